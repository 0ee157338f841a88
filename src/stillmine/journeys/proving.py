"""Show proof being kept of a page, and a letter that is not ready until nothing is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from stillmine.act.capture import CaptureRequest, capture
from stillmine.act.case.adding import AddRequest, SenderRequest, add, sender
from stillmine.act.case.opening import NewCaseRequest, new
from stillmine.act.hand_out import HandOutRequest, hand_out
from stillmine.act.notices.notice import NoticeRequest, notice
from stillmine.act.verify import VerifyRequest, verify
from stillmine.app.context import Context
from stillmine.app.network.practice import practice_site
from stillmine.errors import CannotCapture, NoBrowser
from stillmine.imaging.drawn import draw
from stillmine.journeys.told import Told

_PAGE = (
    b"<!doctype html><meta charset=utf-8><title>Look at this</title>"
    b"<h1>Look at this</h1><p>posted by somebody<p><img src=/leak.jpg width=400>"
)
_LAW, _TO = "us-tida", "Discord"
_SIZE = (400, 300)
_ADDRESS = "https://cdn.discordapp.com/attachments/1/2/leak.jpg"


def keep_proof_of_a_page(context: Context, folder: Path) -> Told:
    """Capture a page covered, hand the proof out, check it, change one byte, and check again."""
    folder.mkdir()
    case = _case(context)
    pages = {"/": ("text/html", _PAGE), "/leak.jpg": ("image/jpeg", draw(1, size=_SIZE))}
    # The yes is for a page on this computer, which lives as long as this step.
    agreed = replace(context, agreed_to_send=True)
    try:
        with practice_site(pages) as site:
            kept = capture(agreed, CaptureRequest(f"{site}/", case, "covered", no_stamp=True))
    except (NoBrowser, CannotCapture):
        return Told(good=True, instead="proof-no-browser")
    written = hand_out(context, HandOutRequest(kept.proof or "", case, folder))
    file = Path(written.file)
    whole = verify(context, VerifyRequest(file, key=kept.key)).verdict
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    changed = folder / "changed.wacz"
    changed.write_bytes(content)
    verdict = verify(context, VerifyRequest(changed, key=kept.key)).verdict
    good = (whole, verdict, kept.left_out) == ("unchanged", "changed", 1)
    return Told(good, {"size": kept.size, "whole": whole, "changed": verdict})


def write_a_letter(context: Context) -> Told:
    """Write a letter before it is known who signs, then again."""
    case = _case(context)
    add(context, AddRequest(case, (_ADDRESS,)))
    request = NoticeRequest(case, _TO, regimes=(_LAW,), address=(_ADDRESS,))
    early = notice(context, request)
    sender(context, SenderRequest(case, name="Ana Example", mail="ana@mail.example"))
    late = notice(context, request)
    good = not early.ready and bool(early.missing) and late.ready
    return Told(good, {"missing": len(early.missing), "to": _TO})


def _case(context: Context) -> str:
    # The picture is a drawing: nobody is in it, so nobody was under 18.
    return new(context, NewCaseRequest("US", "no")).case or ""

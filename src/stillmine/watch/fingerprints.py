"""Let others look for a picture without ever seeing it: fingerprints in standard forms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.app.storage.item import Item
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    AgeNotSaid,
    CannotWriteHere,
    InsideHome,
    ItemDamaged,
    ItemForgotten,
    NotAFingerprint,
    NothingChosen,
    OneKindOnly,
    TargetExists,
    TooPlain,
    VaultDamaged,
)
from stillmine.imaging import Decoder, Kind
from stillmine.imaging.likeness.pdq import Pdq
from stillmine.imaging.likeness.standard import Standard
from stillmine.watch import exchange
from stillmine.watch.exchange import Form, Signal, SignalType

_MOVING = (Kind.ANIMATION, Kind.VIDEO)
_NOT_OPENED = (ItemDamaged, ItemForgotten, VaultDamaged)
_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which items' fingerprints to write, where to, and in which form."""

    to: Path = given("The file to write. It must not be there yet.")
    items: tuple[str, ...] = given(
        "The items' numbers, or how they begin.", default=(), positional=True
    )
    everything: bool = given("Take every picture and video of the vault.", default=False)
    all_were_adults: bool = given(
        "Say that everybody in them was 18 or older when they were made.", default=False
    )
    form: Literal["lines", "csv", "hma", "hashes"] = given(
        "The form: lines and csv for ThreatExchange's tools, hma for Hasher-Matcher-Actioner, "
        "hashes for bare digits.",
        default="lines",
    )
    only: Literal["all", "pdq", "video_md5", "vpdq"] = given(
        "One kind of fingerprint only: pdq of pictures, video_md5 and vpdq of videos.",
        default="all",
    )
    upright_only: bool = given(
        "Leave out the fingerprints of turned and mirrored copies.", default=False
    )


@dataclass(frozen=True, slots=True)
class Given:
    """An item of which fingerprints were written: how many, and of a video up to which second.

    `cut` is the code that says why that was not its end, or null.
    """

    item: str
    pdq: int
    video_md5: int
    vpdq: int
    until: float | None
    cut: str | None


@dataclass(frozen=True, slots=True)
class NotGiven:
    """An item of which no fingerprint was written, and the code that says why."""

    item: str
    code: str


@dataclass(frozen=True, slots=True)
class ExportAnswer(Answer):
    """What was written. Whoever has the file can test whether a picture they hold is one of these.

    `file` is null where there was nothing to write.
    """

    exported: tuple[Given, ...]
    skipped: tuple[NotGiven, ...]
    file: Path | None
    fingerprints: int
    form: str

    @property
    def outcome(self) -> Outcome:
        """Return how it went."""
        if not self.exported:
            return Outcome.NOTHING_FOUND
        return Outcome.GAPS if self.skipped else Outcome.DONE


def _warning(request: ExportRequest) -> str | None:
    return "fingerprints-given" if request.all_were_adults and _is_chosen(request) else None


def _is_chosen(request: ExportRequest) -> bool:
    return bool(request.items) != request.everything


@action("watch.fingerprints.export", warns=_warning)
def export(context: Context, request: ExportRequest) -> ExportAnswer:
    """Write fingerprints of chosen items, with which platforms can find copies."""
    if not request.all_were_adults:
        raise AgeNotSaid
    if not _is_chosen(request):
        raise NothingChosen
    if request.form == "hashes" and request.only == "vpdq":
        raise OneKindOnly
    file = _require_free(request.to, Home(context.home))
    taking = _Taking(request)
    with unlocked(context) as vault, Decoder(workers=1, seconds=_SECONDS) as decoder:
        items = _chosen(vault, request)
        context.job.begin("watch.taking-fingerprints", len(items), "files")
        for item in items:
            taking.take(vault, decoder, item)
            context.job.advance()
    signals = tuple(dict.fromkeys(taking.signals))
    if signals:
        _write(file, taking.laid_out(signals))
    return ExportAnswer(
        exported=tuple(taking.given),
        skipped=tuple(taking.skipped),
        file=file if signals else None,
        fingerprints=len(signals),
        form=request.form,
    )


def _chosen(vault: Vault, request: ExportRequest) -> list[Item]:
    """Return the items, each once. Raises UnknownItem or SeveralItems."""
    if request.everything:
        return [item for item in vault.items() if item.kind in _WITH_FINGERPRINTS]
    return list({item.item: item for item in map(vault.item, request.items)}.values())


_WITH_FINGERPRINTS = (Kind.PICTURE, *_MOVING)


@dataclass(slots=True)
class _Taking:
    """The fingerprints that were taken so far, and of which items there are none."""

    request: ExportRequest
    signals: list[Signal] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    skipped: list[NotGiven] = field(default_factory=list)

    def take(self, vault: Vault, decoder: Decoder, item: Item) -> None:
        """Take those of one item."""
        try:
            with vault.open_item(item) as (_, content):
                seen = decoder.standard(content)
                every = list(_signals(seen, content, upright_only=self.request.upright_only))
        except _NOT_OPENED as problem:
            self.skipped.append(NotGiven(item.item, problem.code))
            return
        if not every:
            self.skipped.append(NotGiven(item.item, seen.problem or TooPlain.code))
            return
        found = [each for each in every if self.request.only in ("all", each.signal_type.value)]
        if not found:
            return
        self.signals += found
        kinds = [signal.signal_type for signal in found]
        self.given.append(
            Given(
                item.item,
                kinds.count(SignalType.PDQ),
                kinds.count(SignalType.VIDEO_MD5),
                kinds.count(SignalType.VPDQ),
                seen.until,
                seen.cut,
            )
        )

    def laid_out(self, signals: tuple[Signal, ...]) -> str:
        """Return the content of the file. Raises OneKindOnly where bare digits would be mixed."""
        try:
            return exchange.write(signals, Form(self.request.form))
        except NotAFingerprint as mixed:
            raise OneKindOnly from mixed


def _signals(seen: Standard, content: BinaryIO, *, upright_only: bool) -> Iterator[Signal]:
    """Yield the fingerprints of one item that are worth giving."""
    if seen.look.kind is Kind.VIDEO:
        # The original's own bytes: it finds copies that were passed on as they are.
        content.seek(0)
        yield Signal.of_video(content)
    found = [(print_.seconds, Pdq(print_.hash, print_.quality)) for print_ in seen.prints]
    usable = [(seconds, pdq) for seconds, pdq in found if pdq.usable]
    if seen.look.kind in _MOVING:
        if usable:
            yield Signal.of_moments((seconds or 0.0, pdq) for seconds, pdq in usable)
        return
    for _, pdq in usable[: 1 if upright_only else None]:
        yield Signal.of_picture(pdq)


def _require_free(file: Path, home: Home) -> Path:
    """Refuse a file that is there, or would lie among the sealed ones."""
    try:
        if file.resolve().is_relative_to(home.root.resolve()):
            raise InsideHome(file=str(file))
        if os.path.lexists(file):
            raise TargetExists(file=str(file))
        reachable = os.access(file.parent, os.W_OK | os.X_OK)
    except OSError as problem:
        raise CannotWriteHere(full=False) from problem
    if not reachable:
        raise CannotWriteHere(full=False)
    return file


def _write(file: Path, text: str) -> None:
    """Write the file whole or not at all, for its owner only."""
    try:
        descriptor = durable.create_exclusive(file)
    except FileExistsError as problem:
        raise TargetExists(file=str(file)) from problem
    except OSError as problem:
        raise CannotWriteHere(full=False) from problem
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as opened:
            durable.write_all(opened.fileno(), text.encode("ascii"))
            durable.sync_file(opened.fileno())
    except OSError as problem:
        file.unlink(missing_ok=True)
        raise CannotWriteHere(full=True) from problem

"""Look through a letter that somebody else wrote, for what the law asks and it does not have."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from stillmine.act.case.store import find_case, notice_of
from stillmine.act.notices.judging import Missing, check_text
from stillmine.act.notices.recipients import goes_to
from stillmine.act.notices.regime import SUPERSET, regime_of
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.sources.finding import one_source
from stillmine.app.sources.handed import HandedFile
from stillmine.app.unlocking import unlocked
from stillmine.errors import CannotReadFile, NoSuchFile, WrongUsage
from stillmine.messages import translate

_MOST = 1 << 18  # bytes of a letter; a longer one is no letter
# What a letter without a country leans on: the laws that many platforms answer to.
_STANDARD_INPUT = Path("-")
_SUPERSET = ("us-tida", "eu-dsa", "eu-gdpr", "gb-osa")


@dataclass(frozen=True, slots=True)
class CheckNoticeRequest:
    """A file with a letter, or a letter of a case."""

    file: Path | None = given(
        "A text file with the letter; - reads what is pasted in.", default=None, positional=True
    )
    regimes: tuple[str, ...] = given(
        "The kind of letter, such as us-tida or eu-dsa; repeat it for several.", default=()
    )
    case: str = given("The case, to look through a letter that is kept there.", default="")
    notice: str = given("The letter of the case, such as n1.", default="")
    to: str = given("The platform it goes to, so that its addresses are looked at.", default="")


@dataclass(frozen=True, slots=True)
class CheckNoticeAnswer(Answer):
    """Whether anything is missing, what, and which law says so."""

    ready: bool
    missing: tuple[Missing, ...]
    not_confirmed: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something is missing."""
        return Outcome.DONE if self.ready else Outcome.GAPS


@action("act.check-notice")
def check_notice(context: Context, request: CheckNoticeRequest) -> CheckNoticeAnswer:
    """Say what a letter lacks under the law it leans on, with the words of the law."""
    text, regimes, to = _asked(context, request)
    names = _SUPERSET if regimes == (SUPERSET,) else regimes
    if not names:
        raise WrongUsage(problem=translate("name a kind of letter with --regime."))
    for each in names:
        regime_of(each)
    judged = check_text(text, names, domains=goes_to(to).domains if to else ())
    return CheckNoticeAnswer(judged.ready, judged.missing, judged.not_confirmed)


def _asked(context: Context, request: CheckNoticeRequest) -> tuple[str, tuple[str, ...], str]:
    """Return the text, the kinds of letter, and to whom it goes."""
    if request.file is not None:
        return _text_of(one_source(request.file, context)), request.regimes, request.to
    if not (request.case and request.notice):
        raise WrongUsage(problem=translate("name a file, or a case and a letter of it."))
    with unlocked(context) as vault:
        kept = notice_of(find_case(vault, request.case), request.notice)
    platform = kept.platform.removeprefix("platforms/")
    return kept.text, request.regimes or kept.regimes, request.to or platform


def _text_of(file: Path | HandedFile) -> str:
    """Return what a file holds, or what comes in by the standard input where it is `-`."""
    try:
        if isinstance(file, HandedFile):
            content = file.content.read(_MOST + 1)
        elif file == _STANDARD_INPUT:
            content = sys.stdin.buffer.read(_MOST + 1)
        else:
            with file.open("rb") as opened:
                content = opened.read(_MOST + 1)
        if len(content) > _MOST:
            raise CannotReadFile(file=file.name)
        return content.decode("utf-8-sig")
    except FileNotFoundError as problem:
        raise NoSuchFile(file=str(file)) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotReadFile(file=file.name) from problem

"""Cover parts of a picture of the vault; what comes of it is kept in the vault alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stillmine.app.actions import Answer
from stillmine.app.context import Context
from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.app.unlocking import unlocked
from stillmine.errors import CannotCoverPicture, NoSuchBox
from stillmine.imaging import Decoder
from stillmine.imaging.cover import CannotCover, Covered, NotABox, Part, Style, cover_parts
from stillmine.keep.add import AddRequest, add
from stillmine.messages import say
from stillmine.share.names import inner_name


@dataclass(frozen=True, slots=True)
class CoveredItem(Answer):
    """The covered picture: its number in the vault."""

    item: str


def cover_item(context: Context, name: str, parts: Sequence[Part], label: str) -> CoveredItem:
    """Paint over parts of an item for good, and keep the new picture under a label.

    The plain pixels are in memory only. The item itself stays as it is. Raises CannotCoverPicture,
    NoSuchBox, and what opening the vault and keeping a file raise.
    """
    covered = _covered(context, name, parts)
    with memory_file() as content:
        content.write(covered.data)
        content.seek(0)
        file = HandedFile(inner_name(covered.format), content, len(covered.data))
        answer = add(replace(context, handed=(file,)), AddRequest((), label=label))
    kept = (*answer.added, *answer.already)
    if not kept:
        skipped = next(iter(answer.skipped))
        raise CannotCoverPicture(why=say(skipped.code, {})[0])
    return CoveredItem(kept[0].item)


def _covered(context: Context, name: str, parts: Sequence[Part]) -> Covered:
    with (
        unlocked(context) as vault,
        Decoder(workers=1) as decoder,
        vault.open_item(vault.item(name)) as (_header, content),
    ):
        try:
            return cover_parts(decoder.run, content, parts, Style.SOLID)
        except CannotCover as problem:
            raise CannotCoverPicture(why=say(problem.why, {})[0]) from problem
        except NotABox as problem:
            size = "{} x {}".format(*problem.size) if problem.size else "…"
            raise NoSuchBox(box=problem.text[:60], size=size) from problem

"""Make findings of what was recognised: one for each item and page, with the facts for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from stillmine.app.network.web.references import host_of
from stillmine.app.storage.looks import Looks, Step
from stillmine.watch.looking.bodies import Alike, Spot
from stillmine.watch.looking.finding import Fact, Finding, key_of, read_finding, written

_WHOLE = frozenset({"exact", "re-saved"})


class Notes:
    """Notes findings into a step, so that each is durable with what it came from."""

    def __init__(self, looks: Looks, now: Callable[[], float]) -> None:
        """Take the database, and the clock."""
        self._looks, self._now = looks, now

    def note(self, step: Step, alike: Iterable[Alike], spots: Iterable[Spot], picture: str) -> None:
        """Note each item that was recognised, at each page that shows it, unless it is known."""
        spots = list(spots)
        for each in alike:
            for spot in spots:
                finding = self._finding(each, spot, picture)
                noted = {key for key, _item, _body in step.findings}
                if finding.finding in noted or self._looks.was_told(finding.finding):
                    continue
                step.findings.append((finding.finding, finding.item, written(finding)))
                step.here.append((host_of(spot.page), each.item))

    def hand_over(self, hand_over: Callable[[Finding], None]) -> int:
        """Give on what waits, each one noted as given on afterwards; return how many.

        Whoever is killed in between gives the same finding on once more, under the same key.
        """
        given = 0
        for key, body in self._looks.findings():
            hand_over(read_finding(body))
            self._looks.handed_over(key)
            given += 1
        return given

    def _finding(self, alike: Alike, spot: Spot, picture: str) -> Finding:
        return Finding(
            **alike.alone,
            finding=key_of(self._looks, alike.item, spot.page),
            place=spot.place,
            page=spot.page,
            picture=picture,
            seen_at=datetime.fromtimestamp(self._now(), UTC).isoformat(timespec="seconds"),
            facts=tuple(self._facts(alike, spot)),
            headers=alike.headers,
        )

    def _facts(self, alike: Alike, spot: Spot) -> list[Fact]:
        host = host_of(spot.page)
        found = {
            Fact.SAME_BYTES: alike.same_bytes,
            Fact.SAME_SUM: alike.same_sum,
            Fact.LOOKS_ALIKE: alike.score is not None,
            Fact.WHOLE_ALIKE: alike.score is not None and alike.kind in _WHOLE,
            Fact.AGAIN_HERE: bool(host) and self._looks.others_here(host, alike.item),
            Fact.NAMED_HERE: spot.named,
        }
        return [fact for fact, holds in found.items() if holds]

"""What each task of the child may answer: exact keys, numbers in range, words from fixed lists."""

from __future__ import annotations

from collections.abc import Mapping

from stillmine.imaging.kinds import FORMATS, Problem
from stillmine.imaging.likeness.samples import MOST_BYTES as MOST_OF_SAMPLES
from stillmine.imaging.likeness.standard import MOST_BYTES as MOST_OF_STANDARD
from stillmine.imaging.mark.reading import MOST_BYTES as MOST_OF_A_READING
from stillmine.imaging.wire import Check, count, maybe, measure, one_of

MOST_SIDE = 2048
_MOST_SIZE = 2**31 - 1

_PROBLEM = maybe(one_of(tuple(problem.value for problem in Problem)))
_DESCRIBED: Mapping[str, Check] = {
    "format": one_of(tuple(FORMATS)),
    "width": maybe(count(_MOST_SIZE)),
    "height": maybe(count(_MOST_SIZE)),
    "frames": maybe(count(_MOST_SIZE)),
    "seconds": maybe(measure(1e7)),
    "problem": _PROBLEM,
}
_TAKEN: Mapping[str, Check] = {
    **_DESCRIBED,
    "unlike": _PROBLEM,
    "until": maybe(measure(1e7)),
    "cut": _PROBLEM,
}

SHAPES: dict[str, Mapping[str, Check]] = {
    "fingerprints": _TAKEN,
    "identify": _DESCRIBED,
    "look": _DESCRIBED,
    "mark": {
        "width": count(_MOST_SIZE),
        "height": count(_MOST_SIZE),
        "alpha": count(1),
        "drawn": count(1),
        "change": measure(65_536.0),
        "problem": _PROBLEM,
    },
    "measure": _DESCRIBED,
    "propose": {
        "width": count(_MOST_SIZE),
        "height": count(_MOST_SIZE),
        "faces": count(500),
        "problem": _PROBLEM,
    },
    "standard": _TAKEN,
    "thumbnail": {"width": count(MOST_SIDE), "height": count(MOST_SIDE), "problem": _PROBLEM},
    "trace": {"found": count(1), "problem": _PROBLEM},
    "upright": {
        "format": one_of(tuple(FORMATS)),
        "width": count(_MOST_SIZE),
        "height": count(_MOST_SIZE),
        "alpha": count(1),
        "problem": _PROBLEM,
    },
}
"""The full answer of every task. A task that fails altogether answers only `FAILED`."""

FAILED: Mapping[str, Check] = {"problem": one_of(tuple(problem.value for problem in Problem))}
HEAVY = frozenset({"fingerprints", "mark", "propose", "trace"})
"""The tasks that need a child which loaded more than decoders: some 60 MB, half a second."""
MOST_BYTES: dict[str, int] = {
    "fingerprints": MOST_OF_SAMPLES,
    "mark": 4 * 200_000_000,
    "propose": 1_000 * 20,
    "standard": MOST_OF_STANDARD,
    "thumbnail": MOST_SIDE * MOST_SIDE * 3,
    "trace": MOST_OF_A_READING,
    "upright": 4 * 200_000_000,
}
"""How many raw bytes may follow an answer; none where a task is not named."""
HELLO: Mapping[str, Check] = {
    "memory": count(1),
    "cpu": count(1),
    "files": count(1),
    "seccomp": count(1),
    "landlock": count(99),
}
MOST_PIECE = 1 << 20
WANTED: Mapping[str, Check] = {"offset": count(), "size": count(MOST_PIECE)}
"""What the child says, before its answer, to be given a piece of a file that it has no hold of."""
MOST_INLINE = 256 * 1024 * 1024
"""How many bytes of a file that has no descriptor are sent to the child."""

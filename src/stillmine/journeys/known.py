"""The journeys there are: for the worst hour, for before a picture is shared, for whoever helps."""

from __future__ import annotations

from collections.abc import Mapping

from stillmine.journeys.consenting import LOOKS
from stillmine.journeys.steps import Answers, Journey, Step

UNDER_18 = "under_18"
"""The answer to the first question of every journey that looks at pictures: no, yes or unsure."""
KEEP = "keep"
"""Where things are written down: `vault`, or `without`."""
HAVE = "have"
"""What somebody has who found something: an `address`, or a `picture`."""
MINE = "mine"
"""Whether the picture that was found is the person's own: yes, no, or unsure."""
CASE = "case"
"""The case that the journey writes to."""
ITEM = "item"
"""The picture that is to be handed over: its number in the vault."""
COVERED = "covered"
"""The covered picture that was made of it: its number in the vault."""
PERSON = "person"
"""The name of the person for whom the copy is."""
HOW = "how"
"""How the person opens the copy: with a `key`, a `page`, or a `passphrase`."""
FILE = "file"
"""The name of the file of the copy, which is handed to the browser."""
WHAT_ALONG = "what"
"""What is taken along: a sealed `backup`, plain `files`, or `nothing`."""
FOLDER = "folder"
"""Where it is written to."""
AGREED_AT = "agreed_at"
"""When two people agreed that something is kept: ISO 8601, UTC."""
LOOK = "look"
"""What is looked at together next: one of `consenting.LOOKS`."""


def _may_go_on(answers: Answers) -> bool:
    """Say whether anything may be opened or kept: only after a clear no."""
    return answers.get(UNDER_18) == "no"


def _no_clear_no(answers: Answers) -> bool:
    return answers.get(UNDER_18) in ("yes", "unsure")


def _with_vault(answers: Answers) -> bool:
    """Say whether there is a place to write things down; without one, nothing of it is asked."""
    return _may_go_on(answers) and answers.get(KEEP) == "vault"


def _has_picture(answers: Answers) -> bool:
    return _with_vault(answers) and answers.get(HAVE) == "picture"


def _is_mine(answers: Answers) -> bool:
    return _has_picture(answers) and answers.get(MINE) == "yes"


def _unless_against(answers: Answers) -> bool:
    """Say whether steps may be written down: never of a child's pictures, never against a wish."""
    return answers.get(UNDER_18, "no") == "no" and answers.get(KEEP) != "without"


def _never(_answers: Answers) -> bool:
    return False


def _is_to_look(answers: Answers) -> bool:
    return _may_go_on(answers) and answers.get(LOOK) in LOOKS


def _takes_something(answers: Answers) -> bool:
    return answers.get(WHAT_ALONG) in ("backup", "files")


FIRST_HOUR = Journey(
    "first-hour",
    (
        Step("under-18"),
        Step("children", _no_clear_no),
        Step("people", _may_go_on),
        Step("safe", _may_go_on),
        Step("keep", _may_go_on),  # a vault to write things down in, or on without one
        Step("where", _with_vault),
        Step("proof", _with_vault),
        Step("hashes", _may_go_on),
        Step("ask", _may_go_on),
        Step("next", _may_go_on),
    ),
    _unless_against,
)
BEFORE_SHARING = Journey(
    "before-sharing",
    (Step("pick"), Step("cover"), Step("whom"), Step("how"), Step("again"), Step("done")),
)
FOUND_ONLINE = Journey(
    "found-online",
    (
        Step("under-18"),
        Step("children", _no_clear_no),
        Step("keep", _may_go_on),
        Step("have", _with_vault),
        Step("picture", _has_picture),
        Step("whose", _is_mine),
        Step("where", _with_vault),
        Step("proof", _with_vault),
        Step("host", _with_vault),
        Step("ask", _may_go_on),
        Step("next", _may_go_on),
    ),
    _unless_against,
)
WAS_UNDER_18 = Journey("was-under-18", (Step("children"), Step("people")), _never)
HELPING = Journey(
    "helping",
    (
        Step("before"),
        Step("under-18"),
        Step("children", _no_clear_no),
        Step("wish", _may_go_on),
        Step("consent", _is_to_look),  # for this one look; it is asked again for the next
        Step("look", _is_to_look),
        Step("hand-over", _may_go_on),
        Step("agreed", _may_go_on),
        Step("over", _may_go_on),
        Step("people", _may_go_on),
    ),
    _with_vault,  # only once both agreed that something is kept
)
TAKING_ALONG = Journey(
    "taking-along",
    (
        Step("what"),
        Step("where-to", _takes_something),
        Step("carry", _takes_something),
        Step("traces"),
        Step("gone"),
    ),
)

JOURNEYS: Mapping[str, Journey] = {
    journey.name: journey
    for journey in (
        FIRST_HOUR,
        BEFORE_SHARING,
        FOUND_ONLINE,
        WAS_UNDER_18,
        HELPING,
        TAKING_ALONG,
    )
}

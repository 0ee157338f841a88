"""The list of actions: each is on it once, in order, with the types that it is called with."""

from dataclasses import dataclass

import pytest

from stillmine.app import actions
from stillmine.app.actions import Answer, Outcome, Secret, action, all_actions, asked, given
from stillmine.app.context import Context


@dataclass(frozen=True, slots=True)
class Request:
    name: str = given("A name.", default="")
    secret: Secret | None = asked("A secret.", secret="passphrase", default=None)


@dataclass(frozen=True, slots=True)
class Looked(Answer):
    skipped: tuple[str, ...]


@pytest.fixture(autouse=True)
def _own_list(monkeypatch):
    monkeypatch.setattr(actions, "_actions", {})


def test_an_action_is_listed_with_its_types_and_its_summary():
    @action("room.verb", repeatable=True)
    def verb(_context: Context, _anything: Request) -> Looked:
        """Do it.

        And more.
        """
        return Looked(())

    (listed,) = all_actions()
    assert (listed.name, listed.request, listed.answer) == ("room.verb", Request, Looked)
    assert listed.summary == "Do it."
    assert listed.repeatable
    assert listed.sends is None
    assert listed.run is verb


def test_actions_are_listed_by_name_and_each_name_once():
    def run(_context: Context, _request: Request) -> Looked:
        return Looked(())

    for name in ("b.x", "a.y"):
        action(name)(run)
    assert [listed.name for listed in all_actions()] == ["a.y", "b.x"]
    with pytest.raises(ValueError, match=r"a\.y"):
        action("a.y")(run)


def test_an_answer_with_something_skipped_has_gaps():
    assert Looked(()).outcome is Outcome.DONE
    assert Looked(("x",)).outcome is Outcome.GAPS


def test_a_secret_does_not_show_in_a_printed_request():
    request = Request(secret=Secret("hunter2"))
    assert "hunter2" not in f"{request} {request!r}"
    assert str(request.secret) == "hunter2"

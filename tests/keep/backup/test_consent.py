"""Nothing leaves without a yes, secrets are shown nowhere, and all that leaves is sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from stillmine.app.actions import Secret, all_actions
from stillmine.errors import NothingMayLeave, SecretInUrl, StillmineError
from stillmine.keep.backup import choosing, restore, verify
from stillmine.keep.backup.places import Place as Kept
from tests.keep.backup.person import Person
from tests.servers.cutting import Cable
from tests.servers.places import Place

REMOTE = ["s3", "sftp", "webdav"]


@pytest.fixture
def counted(new_place: Callable[[str], Place], request: pytest.FixtureRequest):
    """Give a place behind a cable that counts what goes to the server."""

    def lay(kind: str) -> tuple[Place, Cable]:
        place = new_place(kind)
        cable = Cable(place.port or 0)
        request.addfinalizer(cable.close)
        return place.by_way_of(cable.port), cable

    return lay


@pytest.mark.parametrize("kind", REMOTE)
def test_without_a_yes_nothing_is_sent_and_nobody_is_called(
    kind: str, keeper: Person, counted, tmp_path: Path
) -> None:
    place, cable = counted(kind)
    secret = Secret(place.secret) if place.secret else None
    keeper.agreed = False
    for work in (
        lambda: keeper.adds_place(place),
        lambda: keeper.restores(place, tmp_path / "back"),
        lambda: verify.inspect(keeper.context, verify.InspectRequest(place.url, 0, secret)),
    ):
        with pytest.raises(NothingMayLeave) as caught:
            work()
        assert caught.value.code == "network.nothing-may-leave"
    assert keeper.places() == ()
    assert (cable.calls, cable.passed) == (0, 0)
    keeper.agreed = True
    keeper.adds_place(place)
    assert cable.calls > 0


def test_a_remote_of_rclone_needs_a_yes_too(keeper: Person, new_place) -> None:
    keeper.agreed = False
    with pytest.raises(NothingMayLeave):
        keeper.adds_place(new_place("rclone"))


def test_a_folder_of_this_computer_needs_none(keeper: Person, shelf: Place, tmp_path: Path) -> None:
    keeper.agreed = False
    assert keeper.backs_up_to(shelf).sent > 0
    assert keeper.restores(shelf, tmp_path / "back")[1].damaged == ()


@pytest.mark.parametrize(
    "url",
    [
        "s3://key:hush-hush@shelf/deep",
        "s3://shelf/deep?endpoint=http://key:hush-hush@127.0.0.1:9",
        "sftp://anna:hush-hush@127.0.0.1/backup",
        "dav://anna:hush-hush@127.0.0.1/backup",
        "davs://anna@127.0.0.1/backup",
    ],
)
@pytest.mark.parametrize("agreed", [True, False])
def test_an_address_with_a_password_is_refused_and_not_repeated(
    url: str, agreed: bool, keeper: Person
) -> None:
    keeper.agreed = agreed
    with pytest.raises(SecretInUrl) as caught:
        choosing.add(keeper.context, choosing.AddRequest("shelf", url))
    assert "hush" not in f"{caught.value!r} {caught.value.facts}"
    assert keeper.places() == ()


def test_the_secret_of_a_place_is_in_no_answer_and_no_repr(
    keeper: Person, new_place: Callable[[str], Place]
) -> None:
    place = new_place("webdav")
    secret = (place.secret or "").partition(":")[2]
    request = choosing.AddRequest("shelf", place.url, Secret(place.secret or ""))
    shown = [
        repr(request),
        repr(choosing.add(keeper.context, request)),
        repr(keeper.backs_up()),
        repr(keeper.places()),
        repr(keeper.verifies()),
        repr(Kept("shelf", place.url, place.secret, "")),
    ]
    assert secret
    assert not any(secret in text for text in shown)
    assert "secret" not in asdict(keeper.places()[0])


def test_a_wrong_secret_is_refused_by_the_place_and_the_place_is_not_added(
    keeper: Person, new_place: Callable[[str], Place]
) -> None:
    with pytest.raises(StillmineError) as caught:
        keeper.adds_place(new_place("webdav").with_secret("anna:guessed"))
    assert caught.value.code == "backup.wrong-secret"
    assert "guessed" not in repr(caught.value.facts)
    assert keeper.places() == ()


def test_each_action_with_an_address_says_beforehand_what_is_sent() -> None:
    by_name = {each.name: each for each in all_actions()}
    for name, request in (
        ("keep.backup.add", choosing.AddRequest("shelf", "sftp://shelf.example/backup")),
        ("keep.backup.restore", restore.RestoreRequest("sftp://shelf.example/backup")),
        ("keep.backup.inspect", verify.InspectRequest("sftp://shelf.example/backup")),
    ):
        said = by_name[name].sending(request)
        assert said is not None
        assert all((said.what, said.to, said.they_learn, said.undo))


def test_objects_at_a_place_have_padded_sizes(keeper: Person, shelf: Place, tmp_path: Path) -> None:
    for number in range(12):
        keeper.keeps_text(tmp_path / f"{number}.txt", f"{number:02}" + "x" * (40_000 + 7 * number))
    keeper.backs_up_to(shelf)
    sizes = {path.stat().st_size for path in Path(shelf.url).rglob("objects/*/*.age")}
    assert len(sizes) <= 3  # fifteen files of thirteen sizes

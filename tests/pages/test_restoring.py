"""Backups in a real browser: places of each kind, practice, and a vault that comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stillmine.app.actions import Secret
from stillmine.keep import rekey, ways_in
from stillmine.keep.backup import drill, restore
from stillmine.messages.pages_backups import (
    BACKUPS,
    DONE,
    DRILL,
    KINDS,
    ONE,
    RESTORE,
    WRONG,
)
from stillmine.messages.pages_frame import FRAME
from stillmine.messages.pages_ground import GROUND
from stillmine.messages.pages_opening import UNLOCK
from stillmine.web.paths import address
from tests.keep.backup import shelf
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.servers.places import Place

NUMBER = {kind: str(at) for at, kind in enumerate(KINDS, 1)}
OTHER_WORDS = "abandon " * 11 + "about"


@pytest.fixture(autouse=True)
def _quick_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let recovery words take a moment as well."""
    for module in (drill, rekey, ways_in):
        monkeypatch.setattr(module, "WORK_FACTOR", 10)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def words(resident: Person) -> str:
    """Return twelve words that open the vault: new keys are made for that."""
    phrase = Secret(PHRASE)
    answer: Any = resident.door.do("keep.rekey", passphrase=phrase, new_passphrase=phrase)
    resident.door.unlock(phrase)
    return " ".join(answer.words)


@pytest.fixture
def saved(resident: Person, stick: Path) -> Path:
    """Keep a whole backup on the stick."""
    resident.door.do("keep.backup.add", name="stick", url=str(stick))
    resident.door.do("keep.backup.run")
    return stick


def arrives(person: Person, name: str) -> None:
    """Wait for the page that shows what a piece of work came to."""
    person.page.wait_for_url(f"**{address(name, work='')}*")


def presses(person: Person) -> None:
    person.page.locator("main button.main").click()


def adds(person: Person, kind: str, **fields: str) -> None:
    person.goes_to("backup.new", kind=NUMBER[kind])
    fills(person, **fields)
    presses(person)


def fills(person: Person, **fields: str) -> None:
    person.page.locator("main form details").evaluate_all("all => all.forEach(e => e.open = true)")
    for name, value in fields.items():
        person.page.fill(f"#{name}", value)


def from_webdav(place: Place) -> dict[str, str]:
    user, _, password = (place.secret or "").partition(":")
    return {
        "address": place.url.replace("dav://", "http://"),
        "user": user,
        "password": password,
    }


def test_the_list_leads_to_each_kind_of_place(resident, full):
    resident.goes_to("backups")
    assert resident.sees(BACKUPS["none"])
    judged(resident, "backups-none", full=full)
    resident.clicks(BACKUPS["add"])
    judged(resident, "backup-kinds", full=full)
    for kind, number in NUMBER.items():
        resident.goes_to("backup.new", kind=number)
        assert resident.sees(KINDS[kind][0])
        judged(resident, f"backup-new-{kind}", full=full)
        presses(resident)
        assert resident.page.locator(".wrong").count() >= 1, kind
    resident.goes_to("backup.new", kind="9")
    assert resident.page.url == resident.url(address("backup.kinds"))


def test_what_is_wrong_with_a_place_stands_beside_its_field(resident, tmp_path, vault, full):
    def says(field: str, words: str = "") -> None:
        found = resident.page.locator(f"#{field}-wrong")
        assert found.count() == 1, resident.page.locator("main").inner_text()
        assert words in found.inner_text()

    adds(resident, "folder", name="a stick", folder=str(tmp_path))
    says("name")
    adds(resident, "folder", name="stick", folder="notes")
    says("folder", WRONG["folder"])
    adds(resident, "folder", name="stick", folder="~nobody-of-that-name/notes")
    says("folder", WRONG["folder"])
    adds(resident, "folder", name="stick", folder=str(tmp_path / "not there"))
    says("folder")
    judged(resident, "backup-wrong", full=full)
    assert resident.page.input_value("#name") == "stick", "what was typed is still there"
    adds(resident, "folder", name="stick", folder=str(vault / "inside"))
    says("folder")
    adds(resident, "webdav", name="cloud", address="ftp://there")
    says("address", WRONG["address"])
    adds(resident, "webdav", name="cloud", address="cloud.example/dav", user="anna")
    says("password", WRONG["both"])
    adds(resident, "s3", name="cloud", bucket="a/b", key_id="k", key="s")
    says("bucket", WRONG["bucket"])
    adds(resident, "sftp", name="nas", host="-oProxyCommand=x", path="/")
    says("host", WRONG["host"])
    adds(resident, "sftp", name="nas", host="nas.example", path="/", port="70000")
    says("port", WRONG["port"])
    adds(resident, "sftp", name="nas", host="nas.example", path="/", login="a b")
    says("login", WRONG["login"])
    adds(resident, "rclone", name="box", remote="a:b")
    says("remote", WRONG["remote"])
    assert resident.door.do("keep.backup.list").places == ()


def test_a_stick_is_added_kept_up_to_date_read_back_cleared_and_left(resident, stick, full):
    adds(resident, "folder", name="stick", folder=str(stick))
    assert resident.sees(BACKUPS["never"])
    judged(resident, "backups", full=full)
    resident.clicks(f"{BACKUPS['run']}: stick")
    arrives(resident, "backed")
    assert resident.heading() == DONE["run"]
    judged(resident, "backed", full=full)
    resident.clicks(BACKUPS["back"])
    resident.clicks("stick")
    judged(resident, "backup", full=full)
    (lost, *_others) = sorted(stick.rglob("objects/*/*.age"))
    lost.unlink()
    resident.clicks(ONE["verify_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["mended"]
    judged(resident, "backup-mended", full=full)
    assert lost.exists()
    resident.goes_to("backup", number=1)
    resident.page.check("#sample-2")
    resident.clicks(ONE["verify_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["whole"]
    forgotten = resident.door.do("keep.list").items[0].item
    resident.door.do("keep.forget", items=(forgotten,))
    resident.door.do("keep.backup.run")
    before = len(list(stick.rglob("objects/*/*.age")))
    resident.goes_to("backup", number=1)
    resident.page.get_by_text(ONE["prune"], exact=True).click()
    resident.clicks(ONE["prune_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["pruned"]
    judged(resident, "backup-pruned", full=full)
    assert len(list(stick.rglob("objects/*/*.age"))) == before - 1
    resident.goes_to("backup", number=1)
    resident.page.get_by_text(ONE["remove"], exact=True).click()
    resident.clicks(ONE["remove_go"])
    assert resident.sees(BACKUPS["none"])
    assert any(stick.rglob("*.age"))
    resident.goes_to("backup", number=1)
    assert resident.heading() == ONE["gone"]


def test_a_place_that_is_away_is_named_and_the_others_are_brought_up_to_date(
    resident, saved, tmp_path, full
):
    other = tmp_path / "other"
    other.mkdir()
    resident.door.do("keep.backup.add", name="other", url=str(other))
    saved.rename(tmp_path / "taken away")
    resident.goes_to("backups")
    resident.clicks(BACKUPS["run_all"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["run_not"]
    judged(resident, "backed-not-all", full=full)
    assert any(other.rglob("*.age"))
    resident.goes_to("backup", number=2)
    resident.clicks(ONE["verify_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["unchecked"]
    judged(resident, "backup-away", full=full)
    for each in other.rglob("manifests/*"):
        each.unlink()
    resident.goes_to("backup", number=1)
    resident.clicks(ONE["verify_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["damaged"]


def test_the_vault_is_mended_from_its_backups(resident, saved, vault, full):
    (lost, *_others) = sorted(vault.rglob("objects/*/*.age"))
    lost.unlink()
    resident.goes_to("backups")
    resident.clicks(BACKUPS["mend_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["repaired"]
    judged(resident, "backup-repaired", full=full)
    assert lost.exists()
    resident.goes_to("backups")
    resident.clicks(BACKUPS["mend_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["repaired_whole"]
    lost.unlink()
    for each in saved.rglob(lost.name):
        each.unlink()
    resident.goes_to("backups")
    resident.clicks(BACKUPS["mend_go"])
    arrives(resident, "backed")
    assert resident.heading() == DONE["repaired_not"]
    judged(resident, "backup-not-repaired", full=full)


def test_practice_takes_the_words_and_they_never_come_back(resident, words, saved, full):
    resident.goes_to("backup", number=1)
    resident.clicks(ONE["drill_go"])
    assert resident.sees(DRILL["never"])
    judged(resident, "backup-drill", full=full)
    presses(resident)
    assert resident.page.locator("#words-wrong").count() == 1
    resident.page.fill("#words", OTHER_WORDS)
    presses(resident)
    resident.page.get_by_text(FRAME["work_failed"]).wait_for()
    judged(resident, "backup-drill-failed", full=full)
    assert "abandon" not in resident.page.content()
    resident.clicks(FRAME["work_asked"])
    assert "abandon" not in resident.page.content()
    assert resident.page.input_value("#words") == ""
    resident.page.fill("#words", words.upper())
    presses(resident)
    arrives(resident, "backed")
    assert resident.heading() == DONE["passed"]
    judged(resident, "backup-drill-passed", full=full)
    for each in words.split():
        assert f" {each} " not in resident.page.content()
    assert resident.door.do("keep.backup.list").places[0].last_drill
    resident.goes_to("backup.drill", number=1)
    assert not resident.sees(DRILL["never"])


def test_practice_that_does_not_pass_names_what_did_not_come_back(resident, words, saved, full):
    for each in saved.rglob("objects/*/*.age"):
        each.chmod(0o600)
        each.write_bytes(each.read_bytes()[:-1])
    resident.goes_to("backup.drill", number=1)
    resident.page.fill("#words", words)
    presses(resident)
    arrives(resident, "backed")
    assert resident.heading() == DONE["failed"]
    judged(resident, "backup-drill-not-passed", full=full)
    assert not resident.door.do("keep.backup.list").places[0].last_drill


def test_a_place_on_the_web_is_added_only_after_a_yes(resident, new_place):
    place = new_place("webdav")
    right = from_webdav(place)
    adds(resident, "webdav", name="cloud", **(right | {"password": "wrong"}))
    presses(resident)
    assert resident.page.locator("#password-wrong").count() == 1
    assert resident.page.input_value("#user") == right["user"]
    assert resident.page.input_value("#name") == "cloud"
    fills(resident, password=right["password"])
    presses(resident)
    assert resident.sees(place.url)
    presses(resident)
    assert resident.heading() == BACKUPS["title"]
    presses(resident)
    arrives(resident, "backed")
    assert resident.heading() == DONE["run"]
    assert sum(name.startswith("objects/") for name in shelf.names(place)) == 3


def test_a_place_elsewhere_is_asked_about_before_anything_is_sent(resident, full):
    fields = {"address": "https://cloud.example/notes", "user": "anna", "password": "a secret"}
    adds(resident, "webdav", name="cloud", **fields)
    assert resident.sees(GROUND["send_ask"])
    judged(resident, "backup-agree", full=full)
    assert "a secret" not in resident.page.content()
    resident.clicks(GROUND["not_now"])
    assert resident.page.input_value("#address") == "https://cloud.example/notes"
    assert resident.page.input_value("#password") == ""
    assert resident.door.do("keep.backup.list").places == ()


def test_a_server_that_shows_an_unknown_key_is_not_trusted_by_itself(resident, new_place):
    place = new_place("sftp")
    where, _, options = place.url.partition("?")
    user, _, rest = where.removeprefix("sftp://").partition("@")
    host, _, after = rest.partition(":")
    port, _, path = after.partition("/")
    identity = options.partition("identity=")[2].partition("&")[0].replace("%2F", "/")
    fields = {"host": host, "login": user, "path": f"/{path}", "port": port}
    adds(resident, "sftp", name="nas", identity=identity, **fields)
    presses(resident)
    assert resident.page.locator("#host_key-wrong").count() == 1
    assert resident.page.input_value("#host_key").startswith("ssh-")
    assert resident.door.do("keep.backup.list").places == ()
    presses(resident)
    presses(resident)
    assert [each.name for each in resident.door.do("keep.backup.list").places] == ["nas"]


def restores(person: Person, kind: str, **fields: str) -> None:
    person.goes_to("restore.kind", kind=NUMBER[kind])
    fills(person, **fields)
    presses(person)


def test_a_new_computer_gets_its_vault_back_and_opens_it(resident, saved, opens, tmp_path, full):
    kept = {each.item for each in resident.door.do("keep.list").items}
    person = opens(tmp_path / "new computer")
    person.clicks(RESTORE["door"])
    judged(person, "restore", full=full)
    person.page.locator(".choice").first.click()
    judged(person, "restore-kind", full=full)
    person.page.fill("#folder", str(tmp_path / "not there"))
    presses(person)
    person.page.get_by_text(FRAME["work_failed"]).wait_for()
    person.clicks(FRAME["work_asked"])
    assert person.page.locator("#folder-wrong").count() == 1
    person.page.fill("#folder", str(saved))
    person.clicks(RESTORE["inspect"])
    arrives(person, "restored")
    assert person.heading() == RESTORE["seen"]
    judged(person, "restore-seen", full=full)
    assert not person.door.has_vault()
    restores(person, "folder", folder=str(saved))
    arrives(person, "restored")
    assert person.heading() == RESTORE["done"]
    judged(person, "restored", full=full)
    person.clicks(RESTORE["open"])
    person.page.fill("#passphrase", PHRASE)
    person.clicks(UNLOCK["go"])
    assert person.page.locator(".tile").count() == len(kept)
    assert {each.item for each in person.door.do("keep.list").items} == kept
    person.goes_to("restore")
    assert person.heading() == RESTORE["there"]
    judged(person, "restore-there", full=full)
    person.goes_to("restore.kind", kind="1")
    assert person.heading() == RESTORE["there"]


def test_words_alone_open_a_vault_that_came_back_from_the_web(
    resident, words, new_place, opens, tmp_path, full
):
    place = new_place("webdav")
    right = from_webdav(place)
    adds(resident, "webdav", name="cloud", **right)
    presses(resident)
    resident.door.do("keep.backup.run")
    person = opens(tmp_path / "new computer")
    restores(person, "webdav", **(right | {"password": "wrong"}))
    presses(person)
    person.page.get_by_text(FRAME["work_failed"]).wait_for()
    person.clicks(FRAME["work_asked"])
    assert person.page.locator("#password-wrong").count() == 1
    assert person.page.input_value("#user") == right["user"]
    judged(person, "restore-wrong", full=full)
    fills(person, password=right["password"])
    presses(person)
    presses(person)
    arrives(person, "restored")
    person.clicks(RESTORE["words"])
    person.page.fill("#words", words)
    person.page.fill("#new_passphrase", "six new boats go over calm water")
    person.page.fill("#again", "six new boats go over calm water")
    presses(person)
    assert words not in person.page.content()
    person.door.unlock(Secret("six new boats go over calm water"))
    assert len(person.door.do("keep.list").items) == 3


def test_a_restore_that_was_stopped_goes_on_where_it_was(
    resident, saved, opens, tmp_path, monkeypatch
):
    """The first two files come; then it is stopped on the page, and later goes on."""
    person = opens(tmp_path / "new computer")
    fetched: list[str] = []
    plain = restore.restore_files

    def stopping(target: Any, listed: Any, home: Any, job: Any) -> Any:
        advance: Callable[..., None] = job.advance

        def stops(*step: Any) -> None:
            advance(*step)
            fetched.append("one")
            job.stop_asked = len(fetched) >= 2

        monkeypatch.setattr(type(job), "advance", lambda _self, *step: stops(*step))
        try:
            return plain(target, listed, home, job)
        finally:
            monkeypatch.undo()

    monkeypatch.setattr(restore, "restore_files", stopping)
    restores(person, "folder", folder=str(saved))
    person.page.get_by_role("heading", name=FRAME["work_stopped"]).wait_for()
    assert not person.door.has_vault()
    before = {path for path in (tmp_path / "new computer").rglob("*.age")}
    assert before
    times = {path: path.stat().st_mtime_ns for path in before if "objects" in path.parts}
    person.clicks(FRAME["work_again"])
    arrives(person, "restored")
    assert person.heading() == RESTORE["done"]
    assert all(path.stat().st_mtime_ns == at for path, at in times.items())


def test_a_backup_that_lost_files_says_which_and_the_rest_comes_back(
    resident, saved, opens, tmp_path, full
):
    (lost, *_others) = sorted(saved.rglob("objects/*/*.age"))
    lost.unlink()
    person = opens(tmp_path / "new computer")
    person.goes_to("restore.kind", kind="1")
    person.page.fill("#folder", str(saved))
    person.clicks(RESTORE["inspect"])
    arrives(person, "restored")
    assert person.heading() == RESTORE["seen_not"]
    assert person.sees(lost.name)
    restores(person, "folder", folder=str(saved))
    arrives(person, "restored")
    assert person.heading() == RESTORE["part"]
    judged(person, "restored-part", full=full)
    person.door.unlock(Secret(PHRASE))
    assert len(person.door.do("keep.list").items) == 3


def test_without_scripts_a_vault_comes_back_too(resident, saved, opens, tmp_path):
    person = opens(tmp_path / "new computer", java_script_enabled=False)
    restores(person, "folder", folder=str(saved))
    while "/n/w/" in person.page.url:
        person.clicks(FRAME["work_see"])
    assert person.heading() == RESTORE["done"]
    person.clicks(RESTORE["open"])
    person.page.fill("#passphrase", PHRASE)
    person.clicks(UNLOCK["go"])
    assert person.page.locator(".tile").count() == 3


def test_an_interrupted_try_of_the_person_leaves_no_secret_in_memory(resident, words, saved):
    resident.goes_to("backup.drill", number=1)
    resident.page.fill("#words", words)
    presses(resident)
    arrives(resident, "backed")
    (work,) = [each for each in resident.door.works.all() if each.action == "keep.backup.drill"]
    assert work.run.__closure__ is None, "what it was asked with is dropped"


def test_results_and_places_that_are_not_there_are_answered_calmly(newcomer, resident):
    for person in (newcomer, resident):
        for name in ("backed", "restored"):
            person.goes_to(name, work="0000")
            assert person.heading()
        for number in ("0", "x", "99"):
            person.goes_to("backup", number=number)
            assert person.heading()

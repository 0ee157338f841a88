"""The vault in a browser: veiled tiles, adding, one item, taking out, forgetting, checking."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillmine.app.home import Home
from stillmine.imaging import drawn
from stillmine.messages.pages_frame import FRAME
from stillmine.messages.pages_vault import ADD, CHECK, ITEM, KINDS, VAULT
from stillmine.web.pages import vault as vault_page
from stillmine.web.paths import address
from tests.pages.browsing import Person, judged


def says_nobody_was_under_18(person: Person) -> None:
    person.goes_to("add")
    person.page.check("#age-1")
    person.clicks(FRAME["go_on"])


def arrives(person: Person, name: str) -> None:
    """Wait for the page that shows what a piece of work came to."""
    person.page.wait_for_url(f"**{address(name, work='')}*")


def keeps(person: Person, *files: Path, label: str = "", album: str = "") -> None:
    person.page.set_input_files("#files", list(files))
    person.page.fill("#label", label)
    person.page.fill("#album", album)
    person.clicks(ADD["go"])
    arrives(person, "added")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "harbour with a name.jpg"
    path.write_bytes(drawn.draw(40, size=(300, 200)))
    return path


def first_item(person: Person) -> str:
    person.goes_to("vault")
    person.page.locator(".tile").first.click()
    return person.page.url.partition("?")[0].rpartition("/")[2]


def test_a_new_vault_says_what_to_do_first(newcomer, full):
    newcomer.goes_to("make")
    newcomer.page.fill("#new_passphrase", "eleven slow ferries carry quiet snow")
    newcomer.page.fill("#again", "eleven slow ferries carry quiet snow")
    newcomer.page.click("button.main")
    newcomer.goes_to("vault")
    assert newcomer.sees(VAULT["empty"])
    judged(newcomer, "vault-empty", full=full)


def test_tiles_are_veiled_and_no_picture_is_on_the_page(resident, full):
    resident.goes_to("vault")
    assert resident.page.locator(".tile").count() == 3
    assert resident.page.locator("img, picture, video, canvas, object, iframe").count() == 0
    assert not resident.sees("picture 0.jpg"), "names of files stay hidden"
    assert resident.sees("By the lake")
    assert resident.sees(KINDS["picture"])
    judged(resident, "vault", full=full)
    assert not [url for url in resident.requests if url.endswith("/f")]


def test_before_any_file_is_touched_one_question_is_asked(resident, full):
    resident.goes_to("add")
    assert resident.heading() == ADD["first"]
    assert resident.page.locator("input[type=file]").count() == 0
    judged(resident, "add-first", full=full)
    resident.clicks(FRAME["go_on"])
    assert resident.page.locator(".wrong").inner_text() == ADD["age_needed"]
    resident.page.check("#age-3")
    resident.clicks(FRAME["go_on"])
    assert resident.heading() == ADD["young"]
    judged(resident, "add-young", full=full)
    resident.goes_to("add")
    assert resident.heading() == ADD["first"], "an unclear answer is no yes"


def test_files_are_kept_and_each_that_is_left_out_is_explained(resident, picture, tmp_path, full):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no picture at all")
    says_nobody_was_under_18(resident)
    judged(resident, "add", full=full)
    resident.clicks(ADD["go"])
    assert resident.page.locator("#files-wrong").inner_text() == ADD["nothing"]
    keeps(resident, picture, broken, label="quay", album="summer")
    assert resident.heading() == ADD["done"]
    assert resident.sees("broken.jpg")
    judged(resident, "added", full=full)
    resident.clicks(ADD["to_vault"])
    assert resident.page.locator(".tile").count() == 5
    resident.page.select_option("#album", "summer")
    resident.clicks(VAULT["find"])
    assert resident.page.locator(".tile").count() == 2
    assert "summer" not in resident.page.url
    resident.goes_to("add")
    keeps(resident, picture)
    assert resident.sees(ADD["already_one"].replace("{count}", "1"))


def test_files_can_be_dropped_onto_the_box(resident):
    says_nobody_was_under_18(resident)
    resident.page.wait_for_selector("#droppable:not([hidden])")
    resident.page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["some words"], "letter.txt"));
          const box = document.querySelector(".drop");
          box.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
        }"""
    )
    assert resident.sees(ADD["chosen_one"].replace("{count}", "1"))
    resident.clicks(ADD["go"])
    arrives(resident, "added")
    resident.goes_to("vault")
    assert resident.page.locator(".tile").count() == 4


def test_without_a_script_files_are_kept_too(opens, vault, picture):
    person = opens(vault, java_script_enabled=False)
    person.goes_to("unlock")
    person.page.fill("#passphrase", "nine quiet lamps under water")
    person.page.click("button.main")
    says_nobody_was_under_18(person)
    person.page.set_input_files("#files", [picture])
    person.clicks(ADD["go"])
    while "/n/w/" in person.page.url:
        person.clicks(FRAME["work_see"])
    assert person.heading() == ADD["done"]


def test_no_plain_picture_is_written_while_files_come_in(resident, picture, tmp_path):
    plain = picture.read_bytes()[:64]
    picture_elsewhere = {path for path in tmp_path.rglob("*") if path.is_file()}
    says_nobody_was_under_18(resident)
    keeps(resident, picture)
    for path in {path for path in tmp_path.rglob("*") if path.is_file()} - picture_elsewhere:
        assert plain not in path.read_bytes(), path


def test_words_are_found_and_never_stand_in_the_address(resident, full):
    resident.goes_to("vault")
    resident.page.fill("#words", "lake")
    resident.clicks(VAULT["find"])
    assert resident.page.locator(".tile").count() == 3
    resident.page.fill("#words", "nothing like it")
    resident.clicks(VAULT["find"])
    assert resident.sees(VAULT["nothing"])
    assert resident.page.url == resident.url(address("vault"))
    judged(resident, "vault-nothing", full=full)
    resident.clicks(VAULT["show_all"])
    assert resident.page.locator(".tile").count() == 3


def test_a_long_vault_is_shown_in_parts(resident, monkeypatch):
    monkeypatch.setattr(vault_page, "PART", 2)
    resident.goes_to("vault")
    assert resident.page.locator(".tile").count() == 2
    assert resident.sees("1 to 2 of 3")
    first = resident.page.locator(".tile").first.get_attribute("href")
    resident.clicks(VAULT["older"])
    assert resident.page.locator(".tile").count() == 1
    assert resident.sees("3 to 3 of 3")
    resident.clicks(VAULT["newer"])
    assert resident.page.locator(".tile").first.get_attribute("href") == first
    resident.page.goto(resident.url(address("vault", part=999)))
    assert resident.page.locator(".tile").count() == 0
    resident.page.goto(resident.url(address("vault", part="x")))
    assert resident.page.locator(".tile").count() == 2


def test_labels_and_albums_of_strangers_words_are_shown_as_words(resident, full):
    item = first_item(resident)
    hostile = '<img src=x onerror=alert(1)>"\u202e olleh'
    resident.page.fill("#label", hostile)
    resident.clicks(ITEM["save"])
    assert resident.page.locator("h1 img").count() == 0
    assert resident.page.locator(".notice.good").count() == 1
    resident.page.fill("#album", "Été & <sea>")
    resident.clicks(ITEM["put"])
    assert resident.page.locator(".tag").inner_text() == "Été & <sea>"
    judged(resident, "item", full=full)
    resident.clicks(f"{ITEM['take_out']}: Été & <sea>")
    assert resident.sees(ITEM["no_albums"])
    assert resident.door.do("keep.show", item=item).label == hostile


def test_an_item_is_taken_out_only_after_a_tick_and_never_over_a_file(resident, tmp_path, full):
    item = first_item(resident)
    resident.goes_to("export", item=item)
    judged(resident, "export", full=full)
    out = tmp_path / "out"
    resident.page.fill("#folder", str(out))
    resident.clicks(ITEM["export_go"])
    assert not out.exists()
    assert resident.page.locator("#yes-wrong").count() == 1
    for _ in range(2):
        resident.goes_to("export", item=item)
        resident.page.fill("#folder", str(out))
        resident.page.check("#yes")
        resident.clicks(ITEM["export_go"])
        assert resident.heading() == ITEM["exported"]
    judged(resident, "exported", full=full)
    assert len(list(out.iterdir())) == 2
    resident.goes_to("export", item=item)
    resident.page.fill("#folder", str(Home(resident.door.home).root))
    resident.page.check("#yes")
    resident.clicks(ITEM["export_go"])
    assert resident.page.locator("#folder-wrong").count() == 1


def test_an_item_is_forgotten_only_after_a_tick(resident, full):
    item = first_item(resident)
    resident.goes_to("forget", item=item)
    judged(resident, "forget", full=full)
    resident.clicks(ITEM["forget_go"])
    assert resident.heading() == ITEM["forget"]
    resident.page.check("#yes")
    resident.clicks(ITEM["forget_go"])
    assert resident.heading() == ITEM["forgot"]
    judged(resident, "forgot", full=full)
    resident.goes_to("item", item=item)
    assert resident.page.locator("h1").count() == 1
    assert not resident.sees("By the lake")


def test_everything_is_checked_and_damage_is_named(resident, full):
    resident.goes_to("check")
    judged(resident, "check", full=full)
    resident.clicks(CHECK["go"])
    arrives(resident, "checked")
    assert resident.heading() == CHECK["whole"]
    judged(resident, "checked", full=full)
    item = first_item(resident)
    path = next(resident.door.home.rglob(f"{item}*.age"))
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-20])
    resident.goes_to("check")
    resident.clicks(CHECK["go"])
    arrives(resident, "checked")
    assert resident.heading() == CHECK["damaged"]
    assert resident.sees(CHECK["object_damaged"])
    judged(resident, "damaged", full=full)


def test_a_page_of_an_item_that_is_not_there_is_answered_calmly(resident):
    for name in ("0" * 32, "zz", "..", "%00"):
        resident.page.goto(resident.url(f"/n/i/{name}"))
        assert resident.page.locator("h1").count() == 1


def test_a_picture_is_seen_while_it_is_held_and_only_then(resident):
    first_item(resident)
    button = resident.page.locator("button.look")
    button.wait_for()
    images = resident.page.locator("img")
    assert images.count() == 0
    where = button.bounding_box()
    assert where is not None
    resident.page.mouse.move(where["x"] + 40, where["y"] + 40)
    resident.page.mouse.down()
    shown = resident.page.wait_for_function(
        "() => document.querySelector('.look img')?.naturalWidth || 0"
    )
    assert shown.json_value() == 320
    assert resident.page.locator(".look b").is_hidden()
    resident.page.mouse.up()
    assert images.count() == 0
    button.focus()
    resident.page.keyboard.down(" ")
    assert images.count() == 1
    resident.page.keyboard.up(" ")
    assert images.count() == 0


def test_a_picture_veils_itself_when_another_window_is_looked_at_and_after_ten_seconds(resident):
    first_item(resident)
    resident.page.clock.install()
    resident.page.reload()
    button = resident.page.locator("button.look")
    images = resident.page.locator("img")
    for end in ("window.dispatchEvent(new Event('blur'))", None):
        button.focus()
        resident.page.keyboard.down(" ")
        assert images.count() == 1
        if end is None:
            resident.page.clock.run_for(10_001)
        else:
            resident.page.evaluate(end)
        assert images.count() == 0
        resident.page.keyboard.up(" ")


def test_the_address_of_a_picture_gives_nothing_but_an_image_of_our_page(resident):
    item = first_item(resident)
    picture = address("picture", item=item)
    resident.page.goto(resident.url(picture))
    assert "JFIF" not in resident.page.content()
    status = "a => fetch(a).then(r => r.status)"
    resident.goes_to("item", item=item)
    assert resident.page.evaluate(status, picture) == 404
    kept = "a => caches.keys().then(k => k.length)"
    assert resident.page.evaluate(kept) == 0


def test_a_locked_vault_shows_no_picture(resident):
    item = first_item(resident)
    resident.door.lock()
    resident.page.evaluate(
        "a => { window.got = 0; const i = new Image(); i.onload = () => { window.got = 1; };"
        " i.onerror = () => { window.got = 2; }; i.src = a; }",
        address("picture", item=item),
    )
    assert resident.page.wait_for_function("() => window.got").json_value() == 2


def test_what_is_to_be_taken_along_is_copied_with_a_button_and_can_be_selected(resident, tmp_path):
    item = first_item(resident)
    resident.goes_to("export", item=item)
    resident.page.fill("#folder", str(tmp_path / "out"))
    resident.page.check("#yes")
    resident.clicks(ITEM["export_go"])
    resident.context.grant_permissions(["clipboard-read", "clipboard-write"])
    resident.clicks(FRAME["copy"])
    resident.page.get_by_role("button", name=FRAME["copied"]).wait_for()
    copied = resident.page.evaluate("navigator.clipboard.readText()")
    assert Path(copied).is_file()
    assert resident.page.locator("#file").inner_text() == copied

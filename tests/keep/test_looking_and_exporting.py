"""Finding, naming, exporting and forgetting what was kept."""

import os

import pytest

from stillmine.app.actions import Outcome
from stillmine.app.storage import twin
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.epoch import Epoch
from stillmine.app.storage.objects import object_path
from stillmine.app.storage.opening import unlock
from stillmine.app.storage.slots import WayIn
from stillmine.crypto import decrypt, normalise_passphrase, parse_identities
from stillmine.errors import CannotWriteHere, InsideHome, SeveralItems, UnknownItem
from stillmine.keep.export import ExportRequest, export
from stillmine.keep.finding import (
    AlbumsRequest,
    FindRequest,
    ListRequest,
    ShowRequest,
    albums,
    find,
    list_items,
    show,
)
from stillmine.keep.forget import ForgetRequest, forget
from stillmine.keep.labels import AlbumRequest, LabelRequest, album, label
from stillmine.keep.verify import VerifyRequest, verify


@pytest.fixture
def kept(person, photos):
    person.items = {each.file.name: each.item for each in person.keeps(photos).added}
    return person


def found(person, *words: str) -> list[str]:
    return [each.name for each in person.does(find, FindRequest(words)).items]


def test_words_are_found_without_regard_to_capitals_and_accents(kept):
    for words in (("ete",), ("ÉTÉ", "zurich"), ("zürich",), ("e\u0301te",)):
        assert found(kept, *words) == ["Été à Zürich.txt"]
    assert found(kept, "ete", "winter") == []
    answer = kept.does(find, FindRequest(("nothing like it",)))
    assert answer.outcome is Outcome.NOTHING_FOUND
    kept.does(label, LabelRequest(kept.items["b.txt"], "Straße am Meer"))
    kept.does(album, AlbumRequest("Łódź", (kept.items["c.txt"],)))
    assert found(kept, "STRASSE") == ["b.txt"]
    assert found(kept, "łódź") == ["c.txt"]


def test_lists_are_by_album_by_kind_and_the_newest_first(kept, tmp_path):
    (tmp_path / "later.txt").write_text("later")
    kept.keeps(tmp_path / "later.txt", album="new")

    def listed(**wanted) -> list[str]:
        return [each.name for each in kept.does(list_items, ListRequest(**wanted)).items]

    assert listed()[0] == "later.txt"
    assert listed(newest=1) == ["later.txt"]
    assert listed(album="new") == ["later.txt"]
    assert listed(album="old") == []
    assert len(listed(kind="document")) == 4
    assert listed(kind="picture") == []


def test_an_item_is_shown_by_the_beginning_of_its_number(kept):
    item = kept.items["b.txt"]
    shown = kept.does(show, ShowRequest(item[:12]))
    assert (shown.item, shown.name, shown.size) == (item, "b.txt", 6000)
    for wrong in ("", "zz", "abc", "f" * 33, "../x", item + "0"):
        with pytest.raises((UnknownItem, SeveralItems)):
            kept.does(show, ShowRequest(wrong))


def test_labels_and_albums_change_and_stay_after_the_list_is_lost(kept):
    one, two = kept.items["b.txt"], kept.items["c.txt"]
    kept.does(label, LabelRequest(one, "first"))
    kept.does(label, LabelRequest(one, "second 🏖"))
    kept.does(album, AlbumRequest("sea", (one, two, one)))
    kept.does(album, AlbumRequest("sea", (two,), remove=True))
    kept.home.catalogue.unlink()
    assert kept.does(show, ShowRequest(one)).label == "second 🏖"
    assert kept.does(show, ShowRequest(one)).albums == ("sea",)
    assert kept.does(show, ShowRequest(two)).albums == ()
    kept.does(label, LabelRequest(one, ""))
    assert kept.does(show, ShowRequest(one)).label == ""


def test_an_export_touches_no_file_that_is_there(kept, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "b.txt").write_text("mine")
    (out / "c.txt").symlink_to("/etc/hostname")
    answer = kept.does(export, ExportRequest(to=out))
    assert {each.file.name for each in answer.exported} == {
        "Été à Zürich.txt",
        "b-2.txt",
        "c-2.txt",
    }
    assert (out / "b.txt").read_text() == "mine"
    assert (out / "b-2.txt").read_bytes() == b"two" * 2000
    assert (out / "c-2.txt").read_bytes() == b"3"
    assert (out / "c-2.txt").stat().st_mode & 0o077 == 0
    assert not list(out.glob("*.tmp"))


def test_two_names_as_long_as_a_name_can_be_are_both_exported(person, tmp_path):
    for place, name in (("a", "ñ" * 125 + ".jpg"), ("b", "ñ" * 125 + ".jpg")):
        (tmp_path / place).mkdir()
        (tmp_path / place / name).write_text(place)
    person.keeps(tmp_path / "a", tmp_path / "b")
    answer = person.does(export, ExportRequest(to=tmp_path / "out"))
    assert len(answer.exported) == 2
    assert {path.read_text() for path in (tmp_path / "out").iterdir()} == {"a", "b"}


def test_nothing_unsealed_is_written_into_the_vault(kept):
    before = sorted(kept.folder.rglob("*"))
    for folder in (kept.folder, kept.folder / "out", kept.folder / "objects" / ".." / "x"):
        with pytest.raises(InsideHome):
            kept.does(export, ExportRequest(to=folder))
    assert sorted(kept.folder.rglob("*")) == before


def test_a_file_where_the_folder_should_be_is_an_error_with_a_name(kept, tmp_path):
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(CannotWriteHere):
            kept.does(export, ExportRequest(to=folder))


def test_a_damaged_item_is_left_out_and_the_others_are_written(kept, tmp_path):
    path = object_path(kept.home.objects, kept.items["b.txt"])
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    for place in (20, 4000, len(data) - 1):
        hit = bytearray(data)
        hit[place] ^= 1
        path.write_bytes(hit)
        answer = kept.does(export, ExportRequest(to=tmp_path / f"{place}"))
        if place < len(data) - 1:  # the last flip is in the zeros behind the file
            assert answer.outcome is Outcome.GAPS
            assert [(s.item, s.code) for s in answer.skipped] == [
                (kept.items["b.txt"], "keep.item-damaged")
            ]
            assert len(list((tmp_path / f"{place}").iterdir())) == 2
    path.write_bytes(data.replace(b"org/v1", b"org/v2"))
    answer = kept.does(export, ExportRequest(to=tmp_path / "version"))
    assert len(answer.exported) == 2


def every_plaintext(person) -> bytes:
    """All that can be read of a home with every key that the vault still has."""
    root = unlock(person.home, WayIn.by_passphrase(normalise_passphrase(person.phrase), 1))
    epoch = Epoch.open(person.home.keys, root, unfinished=person.home.unfinished)
    keys = [root.identity, *(t.identity for t in epoch.compartments.values()), *epoch.inbox]
    keys += [key for _c, _t, row in epoch.rows() for key in parse_identities(row.key)]
    read = bytearray()
    for path in person.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            read += data + os.fsencode(path.name)
            try:
                read += decrypt(data, keys)
            except twin.NOT_GOOD:
                continue
    catalogue = Catalogue(person.home.catalogue, root.catalogue_key(epoch.number))
    read += repr(list(catalogue.dump())).encode()
    catalogue.close()
    return bytes(read)


def test_what_is_forgotten_cannot_be_read_with_any_key_that_is_left(kept, photos, tmp_path):
    item = kept.items["b.txt"]
    kept.does(label, LabelRequest(item, "a label to be gone"))
    secrets = [b"twotwo", b"b.txt", b"a label to be gone", item.encode()]
    read = every_plaintext(kept)
    assert all(secret in read for secret in secrets)
    answer = kept.does(forget, ForgetRequest((item, item[:10])))
    assert [each.name for each in answer.forgotten] == ["b.txt"]
    read = every_plaintext(kept)
    assert not [secret for secret in secrets if secret in read]
    with pytest.raises(UnknownItem):
        kept.does(show, ShowRequest(item))
    assert kept.does(verify, VerifyRequest()).outcome is Outcome.DONE
    again = kept.keeps(photos)
    assert names_of(again.added) == ["b.txt"]
    assert len(again.already) == 2
    assert again.added[0].item != item


def names_of(kept) -> list[str]:
    return [each.file.name for each in kept]


def test_forgetting_one_that_is_not_there_forgets_nothing(kept):
    with pytest.raises(UnknownItem):
        kept.does(forget, ForgetRequest((kept.items["b.txt"], "f" * 32)))
    assert kept.does(list_items, ListRequest()).kept == 3


def test_a_long_list_is_read_one_part_at_a_time(kept):
    def part(**wanted) -> list[str]:
        return [each.name for each in kept.does(list_items, ListRequest(**wanted)).items]

    whole = part()
    assert part(newest=2) + part(newest=2, skip=2) + part(newest=9, skip=4) == whole
    assert part(skip=1) == whole[1:]
    assert part(newest=2, skip=1000) == []
    kept.does(album, AlbumRequest("sea", tuple(kept.items.values())[:3]))
    answer = kept.does(list_items, ListRequest(album="sea", newest=1, skip=1))
    assert (len(answer.items), answer.fitting, answer.kept) == (1, 3, len(whole))
    assert answer.items[0].albums == ("sea",)
    asked = FindRequest(("t",), newest=1, skip=1)
    in_parts = kept.does(find, asked)
    all_found = kept.does(find, FindRequest(("t",)))
    assert in_parts.items == all_found.items[1:2]
    assert in_parts.fitting == len(all_found.items) > 1


def test_albums_are_listed_with_how_much_is_in_them(kept):
    assert kept.does(albums, AlbumsRequest()).outcome is Outcome.NOTHING_FOUND
    one, two = kept.items["b.txt"], kept.items["c.txt"]
    kept.does(album, AlbumRequest("sea", (one, two)))
    kept.does(album, AlbumRequest("Été", (one,)))
    found = kept.does(albums, AlbumsRequest()).albums
    assert [(each.album, each.items) for each in found] == [("Été", 1), ("sea", 2)]

"""What others sealed opens, and it is said who made it and for whom."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.vault import Vault
from stillmine.crypto import Passphrase, PersonalKey, armor, encrypt
from stillmine.errors import (
    CannotReadFile,
    Damaged,
    NoPassphrase,
    NotAge,
    NotAHandover,
    NotArmor,
    NotAsSigned,
    NotForMe,
    NoVault,
    WorkFactorTooHigh,
    WrongHandoverPassphrase,
)
from stillmine.imaging import drawn
from stillmine.share import contents
from stillmine.share.manifest import sign
from stillmine.share.seal import seal_to_key, seal_with_passphrase
from tests.share.conftest import Person, sealed, stated

PICTURE = drawn.draw(3, size=(320, 240))
WORDS = "radar olive famous upper kitten swift"


def own(person: Person) -> PersonalKey:
    """Return a person's secret key, which they made."""
    person.key()
    with _opened(person) as vault:
        return PersonalKey(bytes.fromhex(vault.records.get("own-key", "key")["secret"]))


def _opened(person: Person) -> Vault:
    return open_vault(person.home, unlock(person.home, WayIn.by_passphrase(person.phrase, 1)))


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / f"{os.urandom(4).hex()}.age"
        path.write_bytes(content)
        return path

    return write


def to(person: Person, *, hybrid: bool = False) -> seal_to_key:
    return seal_to_key(own(person).contact(hybrid=hybrid).recipient)


@pytest.mark.parametrize("hybrid", [False, True])
def test_a_picture_for_my_key_is_written_out(
    ada: Person, bo: Person, file: Callable[[bytes], Path], tmp_path: Path, hybrid: bool
) -> None:
    path = file(sealed(to(bo, hybrid=hybrid), PICTURE, own(ada), wishes=("be kind",), views=2))
    answer = bo.opens(path, to=tmp_path / "out")
    assert answer.file.read_bytes() == PICTURE
    assert answer.file.suffix == ".jpg"
    assert (answer.bound, answer.sender, answer.name) == ("you", "unknown", None)
    assert (answer.wishes, answer.views, answer.until) == (("be kind",), 2, None)
    assert answer.fingerprint == ada.key().fingerprint
    assert list((tmp_path / "out").iterdir()) == [answer.file]


def test_nothing_is_written_unless_that_was_asked_for(
    ada: Person, bo: Person, file: Callable[[bytes], Path], tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    path = file(sealed(to(bo), PICTURE, own(ada)))
    answer = bo.opens(path)
    assert not answer.written
    assert sorted(tmp_path.iterdir()) == sorted([*before, path])


def test_a_sender_is_known_by_name_once_their_key_is_and_trusted_once_compared(
    ada: Person, bo: Person, file: Callable[[bytes], Path]
) -> None:
    path = file(sealed(to(bo), PICTURE, own(ada)))
    bo.adds("Ada", ada.key().contact)
    first = bo.opens(path)
    assert (first.sender, first.name) == ("not-compared", "Ada")
    bo.compares("Ada")
    assert bo.opens(path).sender == "compared"
    assert ada.opens(file(sealed(to(ada), PICTURE, own(ada)))).sender == "you"


def test_a_copy_that_was_sealed_anew_for_somebody_else_is_not_passed_off_as_theirs(
    ada: Person, bo: Person, newcomer: Callable[[str], Person], file: Callable[[bytes], Path]
) -> None:
    """Bo got a picture from Ada and seals it for Cleo, so that it looks as if Ada had."""
    cleo = newcomer("Cleo")
    cleo.sets_up()
    statement = stated(PICTURE, own(ada), str(own(bo).contact().recipient))
    signature = sign(statement, own(ada).signing)
    packed = b"".join(contents.pack(statement, signature, PICTURE))
    forged = b"".join(to(cleo).pieces([packed]))
    assert cleo.opens(file(forged)).bound == "somebody-else"
    as_passphrase = stated(PICTURE, own(ada), "passphrase")
    packed = b"".join(contents.pack(as_passphrase, sign(as_passphrase, own(ada).signing), PICTURE))
    assert cleo.opens(file(b"".join(to(cleo).pieces([packed])))).bound == "somebody-else"


def test_a_statement_that_somebody_changed_is_refused_and_nothing_is_written(
    ada: Person, bo: Person, file: Callable[[bytes], Path], tmp_path: Path
) -> None:
    statement = stated(PICTURE, own(ada), str(own(bo).contact().recipient))
    signature = sign(statement, PersonalKey.generate().signing)
    packed = b"".join(contents.pack(statement, signature, PICTURE))
    path = file(b"".join(to(bo).pieces([packed])))
    with pytest.raises(NotAsSigned):
        bo.opens(path, to=tmp_path / "out", keep=True)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("typed", [WORDS, f"  {WORDS.capitalize()} ", WORDS.replace(" ", "  ")])
def test_a_passphrase_opens_it_also_as_a_phone_would_type_it(
    bo: Person, file: Callable[[bytes], Path], page: bool, typed: str
) -> None:
    bo.secrets["handover-passphrase"] = typed
    path = file(sealed(seal_with_passphrase(WORDS, page=page), PICTURE))
    assert bo.opens(path).bound == "passphrase"


@pytest.mark.parametrize("page", [False, True])
def test_a_passphrase_needs_no_vault(
    newcomer: Callable[[str], Person], file: Callable[[bytes], Path], tmp_path: Path, page: bool
) -> None:
    dan = newcomer("Dan")
    dan.secrets["handover-passphrase"] = WORDS
    path = file(sealed(seal_with_passphrase(WORDS, page=page), PICTURE))
    assert dan.opens(path, to=tmp_path / "out").file.read_bytes() == PICTURE
    with pytest.raises(NoVault):
        dan.opens(path, keep=True)


def test_a_wrong_passphrase_is_not_called_damage_nor_damage_a_wrong_passphrase(
    bo: Person, file: Callable[[bytes], Path]
) -> None:
    whole = sealed(seal_with_passphrase(WORDS, page=False), PICTURE)
    bo.secrets["handover-passphrase"] = "radar olive famous upper kitten swim"
    with pytest.raises(WrongHandoverPassphrase):
        bo.opens(file(whole))
    bo.secrets["handover-passphrase"] = WORDS
    with pytest.raises(Damaged):
        bo.opens(file(whole[:-100]))
    with pytest.raises(Damaged):
        bo.opens(file(whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:]))


def test_what_is_sealed_for_somebody_else_is_said_to_be(
    ada: Person, bo: Person, newcomer: Callable[[str], Person], file: Callable[[bytes], Path]
) -> None:
    path = file(sealed(to(bo), PICTURE))
    with pytest.raises(NotForMe):
        ada.opens(path)
    cleo = newcomer("Cleo")
    cleo.sets_up()  # and never made a key
    with pytest.raises(NotForMe):
        cleo.opens(path)
    with pytest.raises(NoVault):
        newcomer("Dan").opens(path)


def test_where_nobody_can_be_asked_that_is_said(bo: Person, file: Callable[[bytes], Path]) -> None:
    with pytest.raises(NoPassphrase):
        bo.opens(file(sealed(seal_with_passphrase(WORDS, page=False), PICTURE)))


def test_a_picture_is_kept_and_kept_once(
    ada: Person, bo: Person, file: Callable[[bytes], Path], tmp_path: Path
) -> None:
    bo.adds("Ada", ada.key().contact)
    path = file(sealed(to(bo), PICTURE, own(ada)))
    item = bo.opens(path, keep=True).item
    assert bo.opens(path, keep=True).item == item
    with _opened(bo) as vault:
        (kept,) = vault.items()
        assert (kept.item, kept.kind, kept.label) == (item, "picture", "From Ada")
        assert (kept.width, kept.height) == (320, 240)
        with vault.open_item(kept) as (_header, content):
            assert content.read() == PICTURE


def test_a_file_that_a_friend_sealed_with_age_alone_opens_unsigned(
    bo: Person, file: Callable[[bytes], Path], tmp_path: Path
) -> None:
    plain = encrypt(PICTURE, [own(bo).contact().recipient])
    for content in (plain, armor(plain), b"Hello, see below.\n\n" + armor(plain)):
        answer = bo.opens(file(content), to=tmp_path / "out")
        assert (answer.sender, answer.bound, answer.made) == ("unsigned", "nobody", None)
        assert answer.file.suffix == ".jpg"
        assert answer.file.read_bytes() == PICTURE
    text = bo.opens(file(encrypt(b"some text", [own(bo).contact().recipient])), to=tmp_path / "out")
    assert text.file.suffix == ".bin"


def test_a_file_that_costs_too_much_to_open_is_refused_before_it_costs_anything(
    bo: Person, file: Callable[[bytes], Path]
) -> None:
    whole = encrypt(b"", [Passphrase(WORDS, work_factor=8)])
    costly = whole.replace(b" 8\n", b" 21\n", 1)
    assert costly != whole
    bo.secrets["handover-passphrase"] = WORDS
    with pytest.raises(WorkFactorTooHigh):
        bo.opens(file(costly))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><p>no seal</p>",
        b"age-encryption.org/v1\n",
        b"age-encryption.org/v1\n--- AAAA\n",
        b"\n-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\n",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n!!\n-----END AGE ENCRYPTED FILE-----\n",
        PICTURE,
    ],
    ids=["empty", "page", "cut", "header", "armor", "letters", "picture"],
)
def test_what_is_no_seal_is_refused_in_words(
    bo: Person, file: Callable[[bytes], Path], content: bytes
) -> None:
    with pytest.raises((NotAHandover, NotAge, NotArmor)):
        bo.opens(file(content))


def test_a_file_that_is_not_there_is_said_to_be(bo: Person, tmp_path: Path) -> None:
    with pytest.raises(CannotReadFile):
        bo.opens(tmp_path / "nothing")

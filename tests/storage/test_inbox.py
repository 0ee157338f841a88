"""The inbox: anything can seal into it while the vault is locked, and only the vault reads it."""

import pytest

from stillmine.app.storage import inbox
from stillmine.crypto import HybridIdentity
from stillmine.errors import NoVault, VaultDamaged
from tests.storage.vaults import files


def letters(made) -> dict[str, bytes | None]:
    with made.open() as vault:
        return dict(inbox.letters(made.home, vault.epoch))


def test_what_is_dropped_while_locked_is_read_when_open(empty):
    sent = {inbox.drop(empty.home, content): content for content in (b"", b"proof", bytes(200_000))}
    assert inbox.waiting(empty.home) == sorted(sent)
    assert letters(empty) == sent
    assert all(b"proof" not in data for data in files(empty.home).values())
    for name in sent:
        inbox.remove(empty.home, name)
        inbox.remove(empty.home, name)
    assert letters(empty) == {}


def test_a_damaged_letter_is_named_and_the_others_are_read(empty):
    good, bad = inbox.drop(empty.home, b"good"), inbox.drop(empty.home, b"bad")
    path = empty.home.inbox / f"{bad}.age"
    data = path.read_bytes()
    for left in (data[:-1], b"", data.replace(b"/v1", b"/v2"), data[:40] + b"x" + data[41:]):
        path.write_bytes(left)
        assert letters(empty) == {good: b"good", bad: None}


@pytest.mark.parametrize("line", [b"", b"age1pq1notakey", b"\xff\xff", b"x" * 5000])
def test_without_the_public_key_it_is_damage_until_somebody_opens_the_vault(empty, line):
    path = empty.home.inbox / inbox.RECIPIENT
    path.write_bytes(line)
    with pytest.raises(VaultDamaged):
        inbox.drop(empty.home, b"x")
    with empty.open(writing=True):
        pass
    inbox.drop(empty.home, b"x")
    assert list(letters(empty).values()) == [b"x"]


def test_a_public_key_that_somebody_else_put_there_is_put_right(empty):
    (empty.home.inbox / inbox.RECIPIENT).write_text(f"{HybridIdentity.generate().recipient}\n")
    with empty.open(writing=True):
        pass
    inbox.drop(empty.home, b"for me")
    assert list(letters(empty).values()) == [b"for me"]


def test_there_is_no_inbox_without_a_vault(tmp_path):
    from stillmine.app.home import Home

    with pytest.raises(NoVault):
        inbox.drop(Home(tmp_path), b"x")

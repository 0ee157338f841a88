"""Getting in: the first time, the wrong way, without the passphrase, and slowly when guessing."""

import json
import unicodedata
from datetime import timedelta

import pytest

from stillmine.app import tries
from stillmine.app.actions import Secret
from stillmine.crypto import new_recovery_words
from stillmine.errors import (
    EmptyPassphrase,
    HomeNotEmpty,
    InsideHome,
    TargetExists,
    TooManyTries,
    UnknownSetting,
    UnknownWord,
    VaultExists,
    WordsDoNotFit,
    WordsDoNotMatch,
    WordsNeverShown,
    WrongDeviceKey,
    WrongPassphrase,
    WrongSetting,
    WrongUsage,
    WrongWords,
)
from stillmine.keep import setup
from stillmine.keep.finding import ListRequest, list_items
from stillmine.keep.rekey import RekeyRequest, rekey
from stillmine.keep.settings import SettingsRequest, settings
from stillmine.keep.setup import ConfirmWordsRequest, InitRequest, confirm_words, init
from stillmine.keep.ways_in import (
    DeviceKeyRequest,
    PassphraseRequest,
    RecoverRequest,
    device_key,
    passphrase,
    recover,
)
from tests.keep.conftest import PHRASE, Person


def listed(person) -> int:
    return person.does(list_items, ListRequest()).kept


def test_setting_up_gives_twelve_words_and_says_how_strong_the_passphrase_is(newcomer):
    answer = newcomer.sets_up()
    assert len(answer.words) == 12
    assert not answer.strength.weak
    assert listed(newcomer) == 0
    with pytest.raises(VaultExists):
        newcomer.sets_up()


@pytest.mark.parametrize("weak", ["password", "a", " x "])
def test_a_weak_passphrase_is_warned_of_and_not_forbidden(newcomer, weak):
    newcomer.phrase = weak
    assert newcomer.sets_up().strength.weak
    assert listed(newcomer) == 0


@pytest.mark.parametrize("empty", ["", " ", "\n", "\t \r\n"])
def test_an_empty_passphrase_is_refused_and_nothing_is_made(newcomer, empty):
    with pytest.raises(EmptyPassphrase):
        newcomer.does(init, InitRequest(Secret(empty)))
    assert not newcomer.folder.exists()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_every_keyboard_gives_the_same_passphrase(newcomer, form, typed):
    newcomer.phrase = unicodedata.normalize(form, PHRASE)
    newcomer.sets_up()
    newcomer.phrase = unicodedata.normalize(typed, PHRASE)
    changed = PassphraseRequest(Secret(newcomer.phrase), Secret("next"))
    newcomer.does(passphrase, changed)
    newcomer.phrase = "next"
    assert listed(newcomer) == 0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_keyboard_opens_for_every_action(person, form):
    person.phrase = unicodedata.normalize(form, PHRASE)
    assert listed(person) == 0


def test_two_words_typed_back_confirm_that_they_were_written_down(person):
    first, second = person.does(list_items, ListRequest()).words_to_confirm
    right = [Secret(person.words[place - 1]) for place in (first, second)]
    for typed, place in (([Secret("zoo?"), right[1]], first), ([right[0], Secret("zoo?")], second)):
        with pytest.raises(WordsDoNotMatch) as caught:
            person.does(confirm_words, ConfirmWordsRequest(*typed))
        assert caught.value.facts["place"] == place
    with pytest.raises(WordsDoNotMatch):
        person.does(confirm_words, ConfirmWordsRequest(Secret(""), Secret("")))
    assert person.does(list_items, ListRequest()).words_to_confirm == (first, second)
    assert not person.does(list_items, ListRequest()).words_confirmed
    person.does(confirm_words, ConfirmWordsRequest(*right))
    afterwards = person.does(list_items, ListRequest())
    assert afterwards.words_to_confirm == ()
    assert afterwards.words_confirmed
    person.does(confirm_words, ConfirmWordsRequest(Secret("any"), Secret("any")))


def test_a_set_up_cut_short_before_the_words_were_shown_is_said(tmp_path, monkeypatch):
    person = Person(tmp_path / "home")
    monkeypatch.setattr(setup, "choose_words_to_confirm", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        person.sets_up()
    answer = person.does(list_items, ListRequest())
    assert not answer.words_confirmed
    assert answer.words_to_confirm == ()
    with pytest.raises(WordsNeverShown):
        person.does(confirm_words, ConfirmWordsRequest(Secret("any"), Secret("any")))


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_all_twelve_words_from_a_file_confirm_too(person):
    every = Secret(" ".join(person.words).upper())
    assert person.does(confirm_words, ConfirmWordsRequest(every, every)).confirmed


def test_a_changed_passphrase_opens_and_the_old_one_does_not(person, photos):
    person.keeps(photos)
    person.does(passphrase, PassphraseRequest(Secret(PHRASE), Secret("another one now")))
    with pytest.raises(WrongPassphrase):
        listed(person)
    person.phrase = "another one now"
    assert listed(person) == 3
    with pytest.raises(WrongPassphrase):
        person.does(passphrase, PassphraseRequest(Secret(PHRASE), Secret("x")))
    with pytest.raises(EmptyPassphrase):
        person.does(passphrase, PassphraseRequest(Secret(person.phrase), Secret("")))


def test_the_words_alone_lead_back_in(person, photos):
    person.keeps(photos)
    written = "\n".join(f"{n}. {word.title()}" for n, word in enumerate(person.words, 1))
    person.does(recover, RecoverRequest(Secret(written), Secret("a fresh start")))
    person.phrase = "a fresh start"
    assert listed(person) == 3


def test_words_that_are_wrong_are_told_apart(person):
    swapped = (person.words[1], person.words[0], *person.words[2:])
    for typed, error in (
        (" ".join((*person.words[:11], "stillmine")), UnknownWord),
        (" ".join(person.words[:11]), WordsDoNotFit),
        (" ".join(new_recovery_words()), WrongWords),
    ):
        with pytest.raises(error):
            person.does(recover, RecoverRequest(Secret(typed), Secret("x")))
    if swapped != person.words:
        with pytest.raises((WordsDoNotFit, WrongWords)):
            person.does(recover, RecoverRequest(Secret(" ".join(swapped)), Secret("x")))


def test_a_device_key_opens_without_the_passphrase_until_it_is_taken_away(person, tmp_path):
    stick = tmp_path / "stick.txt"
    person.does(device_key, DeviceKeyRequest(Secret(PHRASE), to=stick))
    assert stick.stat().st_mode & 0o077 == 0
    person.device, person.phrase = stick, "unknown"
    assert listed(person) == 0
    with pytest.raises(WrongUsage):
        person.does(device_key, DeviceKeyRequest(Secret(PHRASE)))
    assert listed(person) == 0
    person.does(device_key, DeviceKeyRequest(Secret(PHRASE), remove=True))
    with pytest.raises(WrongDeviceKey):
        listed(person)
    for broken in (b"", b"\xff", b"AGE-SECRET-KEY-1NO", b"# only a comment\n"):
        stick.write_bytes(broken)
        with pytest.raises(WrongDeviceKey):
            listed(person)


def test_a_device_key_is_never_written_over_a_file_nor_into_the_vault(person, tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    with pytest.raises(TargetExists):
        person.does(device_key, DeviceKeyRequest(Secret(PHRASE), to=mine))
    with pytest.raises(InsideHome):
        person.does(device_key, DeviceKeyRequest(Secret(PHRASE), to=person.folder / "key.txt"))
    assert mine.read_text() == "mine"
    assert not (person.folder / "slots/3.age").exists()


def test_new_keys_shut_out_the_old_words_and_keep_every_item(person, photos, tmp_path):
    person.keeps(photos)
    person.does(device_key, DeviceKeyRequest(Secret(PHRASE), to=tmp_path / "stick"))
    answer = person.does(rekey, RekeyRequest(Secret(PHRASE)))
    assert answer.device_key_removed
    assert answer.words != person.words
    assert listed(person) == 3
    with pytest.raises(WrongWords):
        person.does(recover, RecoverRequest(Secret(" ".join(person.words)), Secret("x")))
    again = person.keeps(photos)
    assert len(again.already) == 3
    assert not again.added
    person.does(recover, RecoverRequest(Secret(" ".join(answer.words)), Secret("x y z")))
    person.phrase = "x y z"
    assert listed(person) == 3


def wrong(person) -> None:
    right, person.phrase = person.phrase, "a guess"
    try:
        with pytest.raises(WrongPassphrase):
            listed(person)
    finally:
        person.phrase = right


def test_guessing_gets_slower_and_slower_and_a_right_try_starts_anew(person):
    for _ in range(5):
        wrong(person)
    with pytest.raises(TooManyTries) as caught:
        listed(person)
    waits = [caught.value.facts["seconds"]]
    for _ in range(9):
        person.clock += timedelta(seconds=waits[-1])
        wrong(person)
        with pytest.raises(TooManyTries) as caught:
            listed(person)
        waits.append(caught.value.facts["seconds"])
    assert waits == sorted(waits)
    assert waits[0] <= 5
    assert 250 <= waits[-1] <= 301
    person.clock += timedelta(seconds=waits[-1])
    assert listed(person) == 0
    for _ in range(5):
        wrong(person)


def test_a_clock_that_was_set_back_locks_nobody_out(person):
    for _ in range(5):
        wrong(person)
    person.clock -= timedelta(days=400)
    assert listed(person) == 0


@pytest.mark.parametrize(
    "left",
    [b"", b"garbage", b"[1e999, 0]", b"[9" + b"9" * 150 + b", 0]", b"[NaN, NaN]", b"{}", b"\xff",
     b"[5, null]", b"[[], 1]", b"[-5, 0]", b"[6, 1e300]"],
)  # fmt: skip
def test_a_count_of_tries_that_somebody_wrote_stops_nothing(person, left):
    (person.folder / "slots" / "tries").write_bytes(left)
    tries.require_patience(person.home, person.clock)
    assert listed(person) == 0


def test_settings_are_kept_and_nonsense_is_refused(person):
    def change(name: str, value: str):
        return person.does(settings, SettingsRequest(name, value)).settings

    assert change("lock-after-minutes", "25").lock_after_minutes == 25
    assert change("country", "es").country == "ES"
    for value in ("0", "-1", "1441", "9" * 5000, "ten", "", "١٢", "1.5", " 5"):
        with pytest.raises(WrongSetting):
            change("lock-after-minutes", value)
    for value in ("Spain", "e", "1s", "ñé"):
        with pytest.raises(WrongSetting):
            change("country", value)
    with pytest.raises(UnknownSetting):
        change("colour", "blue")
    person.home.catalogue.unlink()
    shown = person.does(settings, SettingsRequest()).settings
    assert json.dumps([shown.lock_after_minutes, shown.country]) == '[25, "ES"]'


def test_a_home_with_files_of_somebody_is_left_alone(newcomer):
    newcomer.folder.mkdir()
    (newcomer.folder / "README.txt").write_text("mine")
    with pytest.raises(HomeNotEmpty):
        newcomer.sets_up()
    assert (newcomer.folder / "README.txt").read_text() == "mine"

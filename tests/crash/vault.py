"""The life of the real vault, for the harness: every change, cut off anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from stillmine.app.storage import durable, inbox, key_tables, opening
from stillmine.app.storage.epoch import MAIN
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.vault import Vault
from stillmine.errors import StillmineError
from stillmine.keep import forget, labels, rekey, setup, ways_in

from .image import clear
from .scenario import Confirm, Scenario
from .vault_backups import BACKUPS
from .vault_bugs import BUGS
from .vault_life import (
    LABELS,
    NEW,
    OLD,
    WORK_FACTOR,
    Facts,
    add,
    cheapen,
    check_vault,
    context,
    facts,
    home_of,
    prepare_vault,
    reopen_vault,
    sealed,
    told,
    unlock,
)
from .vault_records import RECORDS

__all__ = ["BUGS", "SCENARIOS"]

Check = Callable[[Path, Sequence[str]], None]


def written(room: Path, work: Callable[[Vault], None]) -> None:
    """Do `work` as a writer."""
    cheapen()
    home = home_of(room)
    root, _ = unlock(home, OLD)
    with opening.open_vault(home, root, writing=True) as vault:
        work(vault)


# ---- setting up ----------------------------------------------------------------------------------


def _prepare_nothing(_room: Path) -> None:
    return


def _init(room: Path, confirm: Confirm) -> None:
    cheapen()
    answer = setup.init(context(home_of(room)), setup.InitRequest(OLD))
    confirm(f"words {' '.join(answer.words)}")


def _check_init(room: Path, confirmed: Sequence[str]) -> None:
    cheapen()
    home = home_of(room)
    if not home.has_vault():
        assert not confirmed, "the vault is gone"
        setup.init(context(home), setup.InitRequest(OLD))
    for words in told(confirmed, "words"):
        opening.unlock(home, WayIn.by_words(words.split(), WORK_FACTOR))
    root, _ = unlock(home, OLD)
    with opening.open_vault(home, root, writing=True) as vault:
        vault.set_record("setting", "lock", {"minutes": 15})
    check_vault(room, Facts(frozenset(), frozenset(), letters=frozenset()))


# ---- adding --------------------------------------------------------------------------------------


def _add(room: Path, confirm: Confirm) -> None:
    def batches(vault: Vault) -> None:
        for batch in (("a", "b", "c"), ("large",)):
            with ThreadPoolExecutor(2) as pool:
                drafts = list(pool.map(lambda name: sealed(vault, name), batch))
            vault.add(drafts)
            for name in batch:
                confirm(f"added {name}")

    written(room, batches)


def _check_add(room: Path, confirmed: Sequence[str]) -> None:
    check_vault(room, facts(confirmed, adding=("a", "b", "c", "large")))


# ---- labels and albums ---------------------------------------------------------------------------


def _label(room: Path, confirm: Confirm) -> None:
    cheapen()
    home = home_of(room)
    root, _ = unlock(home, OLD)
    with opening.open_vault(home, root) as vault:
        item = {each.shown_name: each.item for each in vault.items()}
    labels.label(context(home), labels.LabelRequest(item["old"], "newer words"))
    confirm("label old")
    labels.album(context(home), labels.AlbumRequest("summer", (item["kept"], item["old"])))
    confirm("album summer")


def _check_label(room: Path, confirmed: Sequence[str]) -> None:
    done = told(confirmed, "label") | told(confirmed, "album")
    label = {"newer words"} if "old" in done else {LABELS["old"], "newer words"}
    album = {("summer",)} if "summer" in done else {(), ("summer",)}
    allowed = {"old": frozenset(album), "kept": frozenset(album)}
    fact = replace(facts(confirmed), labels={"old": frozenset(label)}, albums=allowed)
    check_vault(room, fact, rebuilt=True)


# ---- forgetting ----------------------------------------------------------------------------------


def _forget(room: Path, confirm: Confirm) -> None:
    cheapen()
    home = home_of(room)
    root, _ = unlock(home, OLD)
    with opening.open_vault(home, root) as vault:
        names = [each.item for each in vault.items() if each.shown_name in ("unwanted", "old")]
    for item, name in zip(names, ("unwanted", "old"), strict=True):
        forget.forget(context(home), forget.ForgetRequest((item,)))
        confirm(f"forgotten {name}")


def _check_forget(room: Path, confirmed: Sequence[str]) -> None:
    check_vault(room, facts(confirmed, forgetting=("unwanted", "old")), rebuilt=True)


# ---- keys ----------------------------------------------------------------------------------------


def _rekey(room: Path, confirm: Confirm) -> None:
    cheapen()
    answer = rekey.rekey(context(home_of(room)), rekey.RekeyRequest(OLD, NEW))
    confirm(f"words {' '.join(answer.words)}")


def _check_rekey(room: Path, confirmed: Sequence[str]) -> None:
    for words in told(confirmed, "words"):
        cheapen()
        opening.unlock(home_of(room), WayIn.by_words(words.split(), WORK_FACTOR))
    _check_passphrase(room, confirmed)


def _passphrase(room: Path, confirm: Confirm) -> None:
    cheapen()
    ways_in.passphrase(context(home_of(room)), ways_in.PassphraseRequest(OLD, NEW))
    confirm("passphrase new")


def _check_passphrase(room: Path, confirmed: Sequence[str]) -> None:
    phrases, shut = ((NEW,), (OLD,)) if confirmed else ((OLD, NEW), ())
    check_vault(room, replace(facts(()), phrases=phrases, shut=shut))


# ---- tidying -------------------------------------------------------------------------------------


def _checkpoint(room: Path, confirm: Confirm) -> None:
    def three(vault: Vault) -> None:
        for number in range(3):
            vault.set_record("setting", "theme", number)
            vault.write_checkpoint()
            confirm(f"theme {number}")

    written(room, three)


def _check_checkpoint(room: Path, confirmed: Sequence[str]) -> None:
    cheapen()
    home = home_of(room)
    home.catalogue.unlink()  # what is in checkpoints alone must come back from them
    home.catalogue.with_name("catalogue.db-journal").unlink(missing_ok=True)
    root, _ = unlock(home, OLD)
    with opening.open_vault(home, root) as vault:
        theme = vault.catalogue.record("setting", "theme")
    least = max((int(n) for n in told(confirmed, "theme")), default=None)
    assert least is None or (theme is not None and theme >= least), f"theme {theme}, not {least}"
    check_vault(room, facts(()))


MANY = tuple(f"small{number}" for number in range(9))


def _prepare_merge(room: Path) -> None:
    prepare_vault(room)
    home = home_of(room)
    root, _ = unlock(home, OLD)
    key_tables._MANY_SMALL_TABLES = 100  # not yet: joining them is what is tried
    with opening.open_vault(home, root, writing=True) as vault:
        for name in MANY:
            add(vault, name)


def _merge(room: Path, confirm: Confirm) -> None:
    key_tables.ROWS = 5  # several tables come of it, not one
    written(room, lambda vault: add(vault, "last"))
    confirm("added last")


def _check_merge(room: Path, confirmed: Sequence[str]) -> None:
    fact = facts([*confirmed, *(f"added {name}" for name in MANY)], adding=("last",))
    check_vault(room, fact, rebuilt=True)


def _prepare_lost_catalogue(room: Path) -> None:
    prepare_vault(room)
    home_of(room).catalogue.unlink()


def _rebuild(room: Path, confirm: Confirm) -> None:
    reopen_vault(room)
    confirm("rebuilt")


def _check_whole(room: Path, _confirmed: Sequence[str]) -> None:
    check_vault(room, facts(()))


def _prepare_interrupted(room: Path) -> None:
    """Leave what each kind of cut leaves, all at once."""
    prepare_vault(room)
    home = home_of(room)
    root, _ = unlock(home, OLD)
    try:
        with opening.open_vault(home, root, writing=True) as vault:
            never = [sealed(vault, "never")]
            vault.epoch.compartments[MAIN].add([each.row for each in never])
            placed = [sealed(vault, "placed")]
            vault.epoch.compartments[MAIN].add([each.row for each in placed])
            opening.durable.make_folder(home.objects / placed[0].header.item[:2])
            target = home.objects / placed[0].header.item[:2] / f"{placed[0].header.item}.age"
            placed[0].draft.rename(target)
            unwanted = next(i.item for i in vault.items() if i.shown_name == "unwanted")
            vault.epoch.forget([unwanted])
            (home.keys / "epoch-0002.new" / "pending").mkdir(parents=True)
            durable.write_draft(b"half", unfinished=home.unfinished)
            raise StillmineError
    except StillmineError:
        return


def _check_interrupted(room: Path, _confirmed: Sequence[str]) -> None:
    check_vault(room, facts(("added placed", "forgotten unwanted"), forgetting=("unwanted",)))


def _drop(room: Path, confirm: Confirm) -> None:
    for text in (b"one", b"two" * 900):
        inbox.drop(home_of(room), text)
        confirm(f"letter {text.decode()}")


def _check_drop(room: Path, confirmed: Sequence[str]) -> None:
    letters = {text.encode() for text in told(confirmed, "letter")}
    inbox.drop(home_of(room), b"next")
    fact = facts(())
    check_vault(room, replace(fact, letters=fact.letters | letters | {b"next"}))


def warm(room: Path) -> None:
    """Live once through the longest scenario, so that no child has to import and look up again."""
    for scenario in SCENARIOS:
        if scenario.name in ("init", "second backup"):
            confirmed: list[str] = []
            scenario.prepare(room)
            scenario.run(room, confirmed.append)
            scenario.check(room, confirmed)
            clear(room)


SCENARIOS = (
    Scenario("init", _prepare_nothing, _init, _check_init),
    Scenario("add", prepare_vault, _add, _check_add, reopen_vault),
    Scenario("label", prepare_vault, _label, _check_label, reopen_vault),
    Scenario("forget", prepare_vault, _forget, _check_forget, reopen_vault),
    Scenario("rekey", prepare_vault, _rekey, _check_rekey, reopen_vault),
    Scenario("passphrase", prepare_vault, _passphrase, _check_passphrase, reopen_vault),
    Scenario("checkpoint", prepare_vault, _checkpoint, _check_checkpoint, reopen_vault),
    Scenario("merge", _prepare_merge, _merge, _check_merge, reopen_vault),
    Scenario("rebuild", _prepare_lost_catalogue, _rebuild, _check_whole, reopen_vault),
    Scenario("recovery", _prepare_interrupted, _rebuild, _check_interrupted, reopen_vault),
    Scenario("inbox", prepare_vault, _drop, _check_drop, reopen_vault),
    *BACKUPS,
    *RECORDS,
)

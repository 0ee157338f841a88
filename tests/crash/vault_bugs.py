"""The mistakes to plant in the real vault: the harness must find each of them."""

from __future__ import annotations

from collections.abc import Callable

from stillmine.app.network.targets import folder as folder_target
from stillmine.app.network.targets.folder import FolderTarget
from stillmine.app.storage import creating, durable, objects, opening, rekeying
from stillmine.app.storage.database import Database
from stillmine.app.storage.key_tables import KeyTables
from stillmine.app.storage.vault import Vault
from stillmine.keep.backup import restoring

from . import vault_mistakes as wrong
from .scenario import Bug
from .vault_evidence import EVIDENCE_BUGS
from .vault_mistakes import swap, together


def _bug(what: str, plant: Callable[[], None], *scenarios: str) -> Bug:
    return Bug(what, plant, scenarios)


_FIXED = swap(
    durable,
    temporary=wrong.same_name,
    create_exclusive=wrong.not_exclusive,
    finish=wrong.not_read_back,
)

BUGS = {
    "no fsync of files": _bug(
        "a name without its bytes", swap(durable, sync_file=wrong.nothing), "passphrase", "inbox"
    ),
    "no fsync of folders": _bug(
        "a name that never comes", swap(durable, sync_folder=wrong.nothing), "add"
    ),
    "object named before its fsync": _bug(
        "a listed item without its bytes",
        together(
            swap(objects, place_objects=wrong.objects_synced_late),
            swap(durable, sync_file=wrong.nothing),
        ),
        "add",
    ),
    "written in place": _bug("half a letter", swap(durable, write_file=wrong.in_place), "inbox"),
    "short writes ignored": _bug(
        "half a file",
        swap(durable, write_all=wrong.written_once, finish=wrong.not_read_back),
        "inbox",
    ),
    "failed fsync not heard": _bug(
        "said safe, and is not", swap(durable, sync_file=wrong.deaf_sync), "inbox"
    ),
    "temporary name used again": _bug("the tail of an older file", _FIXED, "inbox"),
    "home's own name not synced": _bug(
        "the whole vault is lost", swap(durable, make_home=wrong.home_not_synced), "init"
    ),
    "catalogue before object": _bug(
        "a row without an object", swap(Vault, add=wrong.row_before_object), "add"
    ),
    "catalogue before key": _bug(
        "a row without a key", swap(Vault, add=wrong.row_before_key), "add"
    ),
    "old key table removed first": _bug(
        "neither old nor new", swap(KeyTables, _write=wrong.old_table_first), "label"
    ),
    "small tables replaced too early": _bug(
        "keys in no table", swap(KeyTables, merge_small=wrong.replaced_by_the_first), "merge"
    ),
    "catalogue not synced": _bug(
        "a torn catalogue", swap(Database, _prepare=wrong.no_sync_in_sqlite), "label", "merge"
    ),
    "older value forgotten first": _bug(
        "a record is gone", swap(Vault, add_record=wrong.older_value_first), "records"
    ),
    "old checkpoint removed first": _bug(
        "no checkpoint", swap(Vault, write_checkpoint=wrong.old_checkpoint_first), "checkpoint"
    ),
    "checkpoints still name what was forgotten": _bug(
        "a name is left", swap(Vault, write_checkpoint=wrong.no_new_checkpoint), "forget"
    ),
    "slots named before their contents": _bug(
        "a vault that nothing opens",
        swap(creating, _NEW_SLOTS="slots", _name_slots=wrong.nothing),
        "init",
    ),
    "object forgotten before its key": _bug(
        "a listed item without an object", swap(Vault, forget=wrong.object_gone_first), "forget"
    ),
    "forgotten without a tombstone": _bug(
        "a listed item without a key", swap(KeyTables, rewrite=wrong.no_tombstones), "forget"
    ),
    "epoch in force before its slots": _bug(
        "no passphrase opens it", swap(rekeying, finish=wrong.old_epoch_first), "rekey"
    ),
    "nothing put right after a crash": _bug(
        "half-done work stays", swap(opening, reconcile=wrong.no_reconciling), "recovery"
    ),
    "nothing swept": _bug("leftovers", swap(durable, sweep=wrong.nothing), "add"),
    "list before its objects": _bug(
        "a backup with holes", swap(FolderTarget, put_new=wrong.list_first), "first backup"
    ),
    "copied under its final name": _bug(
        "a backup with half a file",
        swap(FolderTarget, _write=wrong.part_named_early),
        "first backup",
    ),
    "backup's folders not synced": _bug(
        "a backup that never comes", swap(folder_target, _sync_folder=wrong.nothing), "first backup"
    ),
    "restored slots named first": _bug(
        "a vault without its items", swap(restoring, _SLOTS_COMING="slots"), "restore"
    ),
    **EVIDENCE_BUGS,
}

"""The tables of the catalogue, which checkpoints share, and the version of the whole vault."""

from __future__ import annotations

SCHEMA = 2
# What a list shows lies apart from the rest: most of the time of a large list is spent on pages
# that are opened for it, and the sums alone would be half of them.
SQL = """
CREATE TABLE item (
  number INTEGER PRIMARY KEY, item TEXT NOT NULL UNIQUE, name BLOB NOT NULL, kind TEXT NOT NULL,
  format TEXT NOT NULL, size INTEGER NOT NULL, label TEXT NOT NULL, added INTEGER NOT NULL
);
CREATE INDEX item_size ON item (size);
CREATE INDEX item_added ON item (added);
CREATE TABLE detail (
  number INTEGER PRIMARY KEY, modified INTEGER NOT NULL, width INTEGER, height INTEGER,
  seconds REAL, problem TEXT, digest BLOB NOT NULL, sum BLOB NOT NULL, stored INTEGER NOT NULL,
  compartment TEXT NOT NULL, key_table INTEGER NOT NULL
);
CREATE UNIQUE INDEX detail_digest ON detail (digest);
CREATE TABLE album (
  album TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (album, item)
) WITHOUT ROWID;
CREATE INDEX album_item ON album (item);
CREATE TABLE record (
  kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE sealed_record (
  item TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, revision INTEGER NOT NULL,
  value TEXT NOT NULL, sum BLOB NOT NULL, stored INTEGER NOT NULL, compartment TEXT NOT NULL,
  key_table INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sealed_record_name ON sealed_record (kind, name, revision);
"""
TABLES = ("item", "detail", "album", "record", "sealed_record")


def schema() -> str:
    """Return the SQL that makes an empty catalogue."""
    return f"{SQL} PRAGMA user_version = {SCHEMA};"

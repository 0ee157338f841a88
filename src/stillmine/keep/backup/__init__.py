"""Backups: copies of sealed files at places that cannot read them, checked and practised with."""

from stillmine.keep.backup import choosing, drill, prune, restore, run, verify

__all__ = ["choosing", "drill", "prune", "restore", "run", "verify"]

"""Services that see more than this program can: the way there, how far it is, and reminders."""

from stillmine.watch.enrolling import commands, noting

__all__ = ["commands", "noting"]

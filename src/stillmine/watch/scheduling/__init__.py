"""Look again and again without being asked: by the system's own timer, with a key of its own."""

from stillmine.watch.scheduling import commands

__all__ = ["commands"]

"""Act: the law, the right place to ask, and a person to talk to."""

from stillmine.act import law, lines, platforms

__all__ = ["law", "lines", "platforms"]

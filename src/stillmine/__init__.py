"""Your pictures are still yours."""

__version__ = "0.1.0"

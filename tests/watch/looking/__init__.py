"""Looks at places, against servers that write down who asked for what."""

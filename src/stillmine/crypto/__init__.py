"""Bytes in, bytes out: the age format, keys, words and sums. Raises; never returns a verdict."""

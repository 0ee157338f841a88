"""Walk the packed pixels of a GIF frame to find where they end, and which colours they use.

Source: GIF89a specification, appendix F (variable-length LZW).
"""

from __future__ import annotations

from stillmine.errors import FileDamaged

_MOST_CODES, _WIDEST = 4096, 12


def exact(data: bytes, least_bits: int, pixels: int) -> tuple[bytes, set[int]]:
    """Return the data cut behind the last pixel and closed, and the colour numbers it uses.

    Every colour that a frame shows stands by itself at least once, where it first comes up.
    Raises FileDamaged for data that ends before the pixels do.
    """
    if not 1 <= least_bits <= 11 or not pixels:
        raise FileDamaged(part="picture-data")
    walk = _Walk(least_bits, pixels)
    waiting = bits = at = 0
    for byte in data:
        waiting |= byte << bits
        bits += 8
        while bits >= walk.width:
            width = walk.width
            walk.take(waiting & ((1 << width) - 1))
            waiting >>= width
            bits -= width
            at += width
            if walk.left <= 0:
                return _closed(data, at, walk), walk.used
    raise FileDamaged(part="picture-data")


def _closed(data: bytes, at: int, walk: _Walk) -> bytes:
    """Return the first `at` bits, then the code that ends the frame, then zero bits."""
    full, rest = divmod(at, 8)
    last = data[full] & ((1 << rest) - 1) if rest else 0
    last |= walk.end << rest
    return data[:full] + last.to_bytes((rest + walk.width + 7) // 8, "little")


class _Walk:
    """A decoder that only counts: how long the run of each code is, not what is in it."""

    def __init__(self, least_bits: int, pixels: int) -> None:
        self.clear = 1 << least_bits
        self.end = self.clear + 1
        self.first_width = self.width = least_bits + 1
        self.left = pixels
        self.used: set[int] = set()
        self._runs = [1] * self.clear + [0, 0]
        self._last = 0

    def take(self, code: int) -> None:
        """Count the pixels of one code and learn the next one."""
        if code == self.clear:
            del self._runs[self.end + 1 :]
            self.width, self._last = self.first_width, 0
            return
        run = self._run(code)
        self.left -= run
        if self._last and len(self._runs) < _MOST_CODES:
            self._runs.append(self._last + 1)
            if len(self._runs) == 1 << self.width and self.width < _WIDEST:
                self.width += 1
        self._last = run

    def _run(self, code: int) -> int:
        if code < self.clear:
            self.used.add(code)
            return 1
        if self.end < code < len(self._runs):
            return self._runs[code]
        if code == len(self._runs) and self._last:
            return self._last + 1
        raise FileDamaged(part="picture-data")

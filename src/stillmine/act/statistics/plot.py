"""Draw the curves of removal as one picture (SVG 1.1): a small field for each place and way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from stillmine.act.statistics.buckets import EDGES
from stillmine.act.statistics.cells import Cell
from stillmine.act.statistics.survival import Step
from stillmine.messages import fill, translate
from stillmine.messages.figures import CHANNELS, HOURS_SHORT, PLOT

_WIDE, _HIGH = 250, 150  # of a field, in pixels
FIELD = (_WIDE, _HIGH)
"""How wide and how high the field of one curve is, in pixels."""
_LEFT, _TOP, _RIGHT, _BELOW = 44, 34, 16, 30  # around it
_ACROSS = 3
_HEAD, _FOOT = 64, 44
_STEPS = len(EDGES) + 0.5  # the last level goes on for half a step
_INK, _QUIET, _BAND, _GRID = "#1d2733", "#54606e", "#c7d9ec", "#e3e7ec"
_LINE = "#1f5a96"
_FONT = "font-family=\"'Noto Sans', 'DejaVu Sans', Arial, sans-serif\""


def plot(cells: Sequence[Cell]) -> str:
    """Return the picture. Each step of the time has the same width, so that short ones show."""
    rows = max(1, -(-len(cells) // _ACROSS))
    across = min(_ACROSS, max(1, len(cells)))
    wide = across * (_WIDE + _LEFT + _RIGHT)
    wide = max(wide, 640)
    high = _HEAD + rows * (_HIGH + _TOP + _BELOW) + _FOOT
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
            f'viewBox="0 0 {wide} {high}" role="img" {_FONT}>',
            f"<title>{escape(translate(PLOT['title']))}</title>",
            f'<rect width="{wide}" height="{high}" fill="white"/>',
            _text(16, 30, translate(PLOT["title"]), size=18, weight="bold"),
            _text(16, 50, translate(PLOT["how"]), colour=_QUIET),
            *_fields(cells),
            _text(16, high - 16, translate(PLOT["foot"]), colour=_QUIET),
            "</svg>\n",
        )
    )


def _fields(cells: Sequence[Cell]) -> Iterator[str]:
    if not cells:
        yield _text(16, _HEAD + 40, translate(PLOT["nothing"]))
    for number, cell in enumerate(cells):
        down, right = divmod(number, _ACROSS)
        x = right * (_WIDE + _LEFT + _RIGHT) + _LEFT
        y = _HEAD + down * (_HIGH + _TOP + _BELOW) + _TOP
        yield f'<g transform="translate({x} {y})">'
        facts = {
            "platform": cell.platform,
            "channel": translate(CHANNELS[cell.channel]),
            "cases": cell.cases,
        }
        yield _text(0, -10, fill(translate(PLOT["field"]), facts), weight="bold")
        yield from _grid()
        yield from _curve(cell.curve)
        yield "</g>"


def _grid() -> Iterator[str]:
    for share in (0, 50, 100):
        y = _down(share / 100)
        yield f'<path d="M0 {y}H{_WIDE}" stroke="{_GRID}"/>'
        yield _text(-6, y + 4, f"{share} %", colour=_QUIET, anchor="end")
    for x, name in marks():
        yield f'<path d="M{x} {_HIGH}v4" stroke="{_QUIET}"/>'
        yield _text(x, _HIGH + 17, name, colour=_QUIET, anchor="middle", size=9)


def _curve(curve: Sequence[Step]) -> Iterator[str]:
    if curve:
        line, band = paths_of(curve)
        yield f'<path d="{band}" fill="{_BAND}" opacity="0.7"/>'
        yield f'<path d="{line}" fill="none" stroke="{_LINE}" stroke-width="2"/>'


def paths_of(curve: Sequence[Step]) -> tuple[str, str]:
    """Return the line of a curve and the band around it, as paths of SVG in a field of `FIELD`."""
    if not curve:
        return "", ""
    start = f"M0 {_down(1)}"
    line = "".join(f"H{_across(each.hours)}V{_down(each.lasts)}" for each in curve)
    upper = "".join(f"H{_across(each.hours)}V{_down(each.high)}" for each in curve)
    # The line goes on for a little, so that its last level can be seen.
    end = _across(curve[-1].hours) + _WIDE / _STEPS / 2
    return f"{start}{line}H{end:g}", f"{start}{upper}H{end:g}{_back(curve)}Z"


def marks() -> tuple[tuple[float, str], ...]:
    """Return where times stand below a field, and how each is written."""
    return tuple((_across(hours), translate(HOURS_SHORT[str(hours)])) for hours in (0, *EDGES))


def _back(curve: Sequence[Step]) -> str:
    """Return the lower edge of the band, from its end to its beginning."""
    parts = [f"V{_down(curve[-1].low)}"]
    before = [1.0, *(step.low for step in curve[:-1])]
    for step, low in zip(reversed(curve), reversed(before), strict=True):
        parts.append(f"H{_across(step.hours)}V{_down(low)}")
    return "".join(parts)


def _across(hours: float) -> float:
    return round(_WIDE * (0, *EDGES).index(int(hours)) / _STEPS, 1)


def _down(share: float) -> float:
    return round(_HIGH * (1 - share), 1)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 11,
    weight: str = "normal",
    colour: str = _INK,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
    )

"""Characters of a page as PDFium gives them -> its lines in reading order.

What stands on one base line is one line, columns follow each other, and raised figures become superscripts. Lines in another
direction than most, and those outside of the page, come last: nothing says where they belong.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

NO_LETTER = "\ufffd"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BEFORE_RAISED = re.compile("(?<=[^ ]) +(?=[⁰¹²³⁴-⁹])")
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_SPACES = re.compile(" {2,}")
_HYPHEN = "\ufffe"
_MARK = 4
Box = tuple[float, float, float, float]
_TURN = 15
_FULL = 0.7
_NEAR = 4
_FIFTHS, _EACH = 4, 20


@dataclass(frozen=True, slots=True)
class Line:
    """The words on one base line.

    Attributes:
        words: with raised figures as superscripts.
        x: where they begin, in points, along the direction of the line.
        end: where they end.
        y: how high the base line is, at right angles to its direction.
        size: height of the type of most of them.
        turn: degrees that its direction is turned against that of an upright page, in steps of 15.
        is_aside: in another direction than most of the page, or outside of it.
        is_spread: has a gap between its words as wide as between the cells of a table.
    """

    words: str
    x: float
    end: float
    y: float
    size: float
    turn: int = 0
    is_aside: bool = False
    is_spread: bool = False


@dataclass(slots=True)
class Char:
    """A character: the place of its base line and the height of its font, in points, along the direction of its line."""

    text: str
    x: float
    end: float
    y: float
    size: float

    @property
    def is_space(self) -> bool:
        """Whether PDFium put it between words."""
        return self.text.isspace()


class Run:
    """Characters on one base line, from left to right; more can be added, each at the same cost.

    `size` is the height of most of them.
    """

    def __init__(self, chars: Iterable[Char], turn: int = 0) -> None:
        self.turn = turn
        self.chars: list[Char] = []
        self.x, self.end = math.inf, -math.inf
        self.size = 0.0
        self._counts: Counter[float | tuple[float, float]] = Counter()
        self._base: dict[float, float] = {}
        self.add(chars)

    def add(self, chars: Iterable[Char]) -> None:
        """Add characters at its end."""
        for c in chars:
            self.chars.append(c)
            if c.is_space:
                continue
            self.x, self.end = min(self.x, c.x), max(self.end, c.end)
            size, y = round(c.size, 1), round(c.y, 1)
            self._counts[size] += 1
            self._counts[size, y] += 1
            if self._counts[size] > self._counts[self.size]:
                self.size = size
            if self._counts[size, y] > self._counts[size, self._base.setdefault(size, y)]:
                self._base[size] = y

    @property
    def y(self) -> float:
        """The base line of most of its characters."""
        return self._base[self.size]

    def text(self) -> str:
        """Return the words, raised figures as superscripts."""
        written = []
        for c in self.chars:
            is_raised = c.text.isdigit() and c.size < 0.8 * self.size and c.y > self.y + 0.1 * self.size
            written.append(c.text.translate(_RAISED) if is_raised else c.text)
        words = _BEFORE_RAISED.sub("", "".join(written).replace(_HYPHEN, "-").translate(_LIGATURES))
        return _SPACES.sub(" ", words).strip()

    def gaps(self) -> list[tuple[float, float]]:
        """Return where wide gaps between its characters begin and end."""
        drawn = [c for c in self.chars if not c.is_space]
        return [(a.end, b.x) for a, b in pairwise(drawn) if b.x - a.end > 1.2 * self.size]


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of a page in reading order, those last of which the order is unclear."""
    rows = list(_joined(_rows(page)))
    box = page.get_bbox()
    drawn: Counter[int] = Counter()
    for row in rows:
        drawn[row.turn] += len(row.chars)
    most = drawn.most_common(1)[0][0] if drawn else 0

    def is_aside(row: Run) -> bool:
        return row.turn != most or not is_inside(row, box)

    main, numbers = _without_numbers([row for row in rows if not is_aside(row)])
    aside = [*numbers, *(row for row in rows if is_aside(row))]
    return [*(_line(row, False) for row in _in_order(main)), *(_line(row, True) for row in aside)]


def is_inside(line: Line | Run, box: Box) -> bool:
    """Return whether a line stands on the page."""
    start, low, end, high = frame(box, line.turn)
    return start <= line.end and line.x <= end and low <= line.y <= high


def frame(box: Box, degrees: int) -> Box:
    """Return where a page begins and ends along a direction and at right angles to it: start, low, end, high."""
    left, bottom, right, top = box
    corners = [turned(x, y, degrees) for x in (left, right) for y in (bottom, top)]
    along, above = zip(*corners, strict=True)
    return min(along), min(above), max(along), max(above)


def turned(x: float, y: float, degrees: int) -> tuple[float, float]:
    """Return how far along a direction and how high above it a point stands."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return x * cos + y * sin, y * cos - x * sin


def _line(row: Run, is_aside: bool) -> Line:
    return Line(row.text(), row.x, row.end, row.y, row.size, row.turn, is_aside, bool(row.gaps()))


def _rows(page: pypdfium2.PdfPage) -> Iterator[Run]:
    """Yield the characters between two breaks of PDFium, in its order."""
    text = page.get_textpage()
    here: list[tuple[int, str]] = []
    for n in range(text.count_chars()):
        letter = _letter(text.raw, n)
        if letter in "\r\n":
            yield from _row(text.raw, here)
            here = []
            continue
        here.append((n, letter))
        if letter == _HYPHEN:
            yield from _row(text.raw, here)
            here = []
    yield from _row(text.raw, here)


def _letter(text: raw.FPDF_TEXTPAGE, n: int) -> str:
    code = raw.FPDFText_GetUnicode(text, n)
    if code in (0, 0xFFFF) or raw.FPDFText_HasUnicodeMapError(text, n) == 1:
        return NO_LETTER
    return _HYPHEN if code == 2 or raw.FPDFText_IsHyphen(text, n) == 1 else chr(code)


def _row(text: raw.FPDF_TEXTPAGE, letters: list[tuple[int, str]]) -> Iterator[Run]:
    """Yield characters with their places, in the direction of the first of them that is drawn."""
    first = next((n for n, letter in letters if not letter.isspace()), None)
    if first is None:
        return
    turn = round(-math.degrees(raw.FPDFText_GetCharAngle(text, first)) / _TURN) * _TURN % 360
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    chars = []
    for n, letter in letters:
        raw.FPDFText_GetCharOrigin(text, n, x, y)
        raw.FPDFText_GetLooseCharBox(text, n, box)
        if not turn:
            chars.append(Char(letter, min(box.left, x.value), box.right, y.value, abs(box.top - box.bottom)))
            continue
        at, height = turned(x.value, y.value, turn)
        start, low, end, high = frame((box.left, box.bottom, box.right, box.top), turn)
        chars.append(Char(letter, min(start, at), end, height, high - low))
    yield Run(chars, turn)


def _joined(rows: Iterable[Run]) -> Iterator[Run]:
    """Yield rows with those in one that stand on one base line: PDFium breaks at a raised figure."""
    before: Run | None = None
    for row in rows:
        if before and before.turn == row.turn and _is_one_line(before, row):
            gap = row.x - before.end
            is_raised = _is_mark_of(before, row) or abs(row.y - before.y) >= 0.3 * before.size
            if not is_raised and 0.1 * before.size <= gap:
                before.add([Char(" ", before.end, row.x, row.y, row.size)])
            before.add(row.chars)
            continue
        if before:
            yield before
        before = row
    if before:
        yield before


def _is_one_line(before: Run, row: Run) -> bool:
    """Return whether a row goes on with the one before: on its base line, or one of the two is a raised figure."""
    if _is_mark_of(before, row):
        return True
    if before.end - before.size > row.x:
        return False
    return abs(row.y - before.y) < 0.3 * before.size or (
        _is_figure(row)
        and row.size < 0.8 * before.size
        and before.y + 0.1 * before.size < row.y < before.y + before.size
    )


def _is_mark_of(mark: Run, row: Run) -> bool:
    """Return whether a row is a raised figure before another: the mark of a footnote."""
    return (
        _is_figure(mark)
        and mark.size < 0.8 * row.size
        and 0 <= mark.y - row.y < 0.6 * row.size
        and mark.end <= row.x + 1
    )


def _is_figure(row: Run) -> bool:
    return len(row.chars) <= _MARK and row.text().isdigit()


# --- numbers of lines -------------------------------------------------------------------------------------------------


def _without_numbers(rows: list[Run]) -> tuple[list[Run], list[Run]]:
    """Return rows without the numbers of lines in their left margin, and those: every fifth, or each of a page of many."""
    split = [_number_before(row) for row in rows]
    start = min((rest.x for _, rest in split if rest), default=-math.inf)
    found = sorted((number for number, _ in split if number and number.end < start), key=lambda number: -number.y)
    values = [int(number.text()) for number in found]
    steps = {b - a for a, b in pairwise(values)}
    if len(values) < (_FIFTHS if steps == {5} else _EACH) or steps not in ({5}, {1}):
        return rows, []
    moved = set(found)
    kept = (rest if number in moved else row for row, (number, rest) in zip(rows, split, strict=True))
    return [row for row in kept if row], found


def _number_before(row: Run) -> tuple[Run | None, Run | None]:
    """Return the figures that a row begins with, apart from the rest, and the rest; None for what there is not."""
    if not row.chars[0].text.isdigit():
        return None, row
    end = next((a for a, _ in row.gaps()), math.inf)
    parts = [c for c in row.chars if c.x < end], [c for c in row.chars if c.x >= end]
    letters = "".join(c.text for c in parts[0]).strip()
    if not (letters.isascii() and letters.isdigit() and len(letters) < _MARK):
        return None, row
    return Run(parts[0], row.turn), Run(parts[1], row.turn) if parts[1] else None


# --- columns ----------------------------------------------------------------------------------------------------------


def _in_order(rows: list[Run]) -> list[Run]:
    """Return rows in reading order: as PDFium has them, and where there are two columns one after the other."""
    gutter = _gutter(rows)
    return rows if math.isnan(gutter) else _in_columns([part for row in rows for part in _split(row, gutter)], gutter)


def _gutter(rows: list[Run]) -> float:
    """Return where two columns part, or NaN.

    Most rows leave a strip in the middle free, and on either side many fill most of the width. Where a row stands on both sides,
    text comes near to the strip; the cells of a table do not.
    """
    middle, best = math.nan, (-math.inf, 0)
    gaps = [row.gaps() for row in rows]
    start, end = min((row.x for row in rows), default=0.0), max((row.end for row in rows), default=0.0)
    for step in range(40, 61):
        x = start + (end - start) * step / 100
        sides = [_sides(row, x, wide) for row, wide in zip(rows, gaps, strict=True)]
        near = [each for row, each in zip(rows, sides, strict=True) if each and each[2] < _NEAR * row.size]
        left = sum(width > _FULL * (x - start) for width, _, _ in near)
        right = sum(width > _FULL * (end - x) for _, width, _ in near)
        across, far = sides.count(None), len(sides) - sides.count(None) - len(near)
        least = min(left, right)
        if least >= 8 and least > max(2 * across, far) and (-across, least) > best:
            middle, best = x, (-across, least)
    return middle


def _sides(row: Run, x: float, gaps: list[tuple[float, float]]) -> tuple[float, float, float] | None:
    """Return how wide a row is on either side of a place, and the gap between, or None where it goes across."""
    if row.end < x:
        return row.end - row.x, 0.0, 0.0
    if row.x > x:
        return 0.0, row.end - row.x, 0.0
    return next(((a - row.x, row.end - b, b - a) for a, b in gaps if a <= x <= b), None)


def _split(row: Run, x: float) -> list[Run]:
    if not row.x <= x <= row.end or _sides(row, x, row.gaps()) is None:
        return [row]
    parts = ([c for c in row.chars if c.x < x], [c for c in row.chars if c.x >= x])
    return [Run(part, row.turn) for part in parts]


def _in_columns(rows: list[Run], x: float) -> list[Run]:
    """Return rows in reading order: what goes across divides the page, and above and below the left column comes first."""
    ordered: list[Run] = []
    left: list[Run] = []
    right: list[Run] = []
    for row in sorted(rows, key=lambda row: -row.y):
        if row.x <= x <= row.end:
            ordered += [*left, *right, row]
            left, right = [], []
        else:
            (left if row.end < x else right).append(row)
    return [*ordered, *left, *right]

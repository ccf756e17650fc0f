"""Lines of a page without its furniture -> what is written: one line a line, a footnote in one line behind its mark."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from mandategraph.reading.pdf_lines import Line

_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789", _FIGURES)
_LOWERED = str.maketrans(_FIGURES, "0123456789")
_MARK = re.compile(rf"([{_FIGURES}]+(?= *\S)|\d{{1,3}}(?=/? +\S))")
_STARS = re.compile(r"\*{1,3} *\w")
_RULE = re.compile(r"_{3,}")
_SMALL = 0.95
_USUAL = 10.0
_PARTED = 1.3
_CLOSE = 1.6
_BELOW = 3


class Kind(Enum):
    """What a line of the text is."""

    TEXT = auto()
    GAP = auto()
    RULE = auto()
    NOTE = auto()
    CARRIED = auto()
    STARRED = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A line as it is written: of the text, between paragraphs, above footnotes, a footnote, its end, or a note with a star."""

    kind: Kind
    words: str = ""
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: the size of its text, and the usual step from one base line to the next, in points."""

    size: float
    pitch: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> Setting:
        """Return how most of the lines of a document are set; the step within a paragraph is the least usual one."""
        sizes: Counter[float] = Counter()
        for line in (line for lines in pages for line in lines):
            sizes[line.size] += len(line.words)
        size = sizes.most_common(1)[0][0] if sizes else _USUAL
        pairs = (pair for lines in pages for pair in pairwise(lines) if all(abs(line.size - size) < 1 for line in pair))
        steps = Counter(round(a.y - b.y) for a, b in pairs if a.turn == b.turn and 0.8 * size < a.y - b.y < 3 * size)
        usual = [step for step, count in steps.items() if count >= max(2, 0.1 * steps.total())]
        return cls(size, float(min(usual, default=1.2 * size)))

    def is_parted(self, step: float, line: Line) -> bool:
        """Return whether a step to a line is wider than within a paragraph of its type."""
        return step > _PARTED * self.pitch * line.size / self.size

    def is_small(self, line: Line) -> bool:
        """Return whether a line is set smaller than the text."""
        return line.size < _SMALL * self.size


def pieces_of(lines: Iterable[Line], setting: Setting, rules: Sequence[float]) -> list[Piece]:
    """Return the lines of a page as they are written.

    A footnote begins in smaller type with a raised figure, or with a figure below a rule; smaller lines that follow it closely
    belong to it. What stands below a rule, smaller and without a mark, may go on from the page before.
    """
    pieces: list[Piece] = []
    before: Piece | None = None
    for line in lines:
        here = _Place(line, before, _is_below_rule(line, before, rules))
        kind = _kind(here, setting)
        if before and here.is_close and kind is before.kind is Kind.NOTE and not here.begins_note:
            before = pieces[-1] = Piece(kind, continued(before.words, line.words), line)
            continue
        if (
            before
            and kind in {Kind.TEXT, Kind.STARRED}
            and (kind is not before.kind or setting.is_parted(here.step, line))
        ):
            pieces.append(Piece(Kind.GAP))
        before = Piece(kind, _noted(line.words) if kind is Kind.NOTE else line.words, line)
        pieces.append(before)
    return pieces


def continued(text: str, words: str) -> str:
    """Return a text with its next line.

    Example:
        >>> continued("the well-", "keepers"), continued("the", "wells")
        ('the well-keepers', 'the wells')
    """
    return f"{text}{words}" if text.endswith("-") else f"{text} {words}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A line, what is written before it, and whether a rule is between them."""

    line: Line
    before: Piece | None
    is_below_rule: bool

    @property
    def step(self) -> float:
        """Points from the line before."""
        return self.before.line.y - self.line.y if self.before and self.before.line else 0.0

    @property
    def is_close(self) -> bool:
        """Whether the line follows closely in the same type."""
        if not self.before or not self.before.line:
            return False
        return 0 < self.step < _CLOSE * self.line.size and abs(self.before.line.size - self.line.size) < 1

    @property
    def begins_note(self) -> bool:
        """Whether it begins with the mark of a footnote: raised, or below a rule, or next to that of the note before."""
        mark = _MARK.match(self.line.words)
        if not mark or mark[1][0] in _FIGURES or self.is_below_rule:
            return bool(mark)
        if not self.before or self.before.kind is not Kind.NOTE or not self.is_close:
            return False
        last = _MARK.match(self.before.words)
        return last is not None and int(mark[1]) == int(last[1].translate(_LOWERED)) + 1


def _kind(here: _Place, setting: Setting) -> Kind:
    """Return what a line is; smaller type alone makes no note."""
    if _RULE.fullmatch(here.line.words):
        return Kind.RULE
    if not setting.is_small(here.line):
        return Kind.TEXT
    if here.begins_note:
        return Kind.NOTE
    if _STARS.match(here.line.words):
        return Kind.STARRED
    if here.before and here.is_close and here.before.kind is not Kind.RULE:
        return here.before.kind
    return Kind.CARRIED if here.is_below_rule else Kind.TEXT


def _is_below_rule(line: Line, before: Piece | None, rules: Sequence[float]) -> bool:
    """Return whether a rule stands closely above a line, printed or drawn, and below the line before."""
    above = before.line if before else None
    if before and before.kind is Kind.RULE and above:
        return 0 < above.y - line.y < _BELOW * line.size
    next_above = bisect_right(rules, line.y)
    highest = min(line.y + _BELOW * line.size, above.y if above else math.inf)
    return next_above < len(rules) and rules[next_above] < highest


def _noted(words: str) -> str:
    """Return a footnote with its mark raised."""
    mark = _MARK.match(words)
    assert mark
    return mark[1].translate(_RAISED) + words[mark.end(1) :]

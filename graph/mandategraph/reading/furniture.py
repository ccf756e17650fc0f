"""Running heads and feet: which lines at an edge of the pages belong to the page and not to the text, by place and words.

In: the lines of every page as they are seen from one edge. Out: how many of each page, from that edge inwards, are furniture:
what recurs on other pages at the same place with the same words (whatever its figures), what repeats the first page's symbol or
title above the text, and page and job numbers.

What only recurs is not furniture: it must stand at the edge, above or below all that is text, and, where it recurs on few
pages, apart from it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_MANY = 3
_PARTED = 1.4
_FAR = 2.5
_BAND = 3
_MASTHEAD = 6
_FEWEST_WORDS = 3
_FIGURES = re.compile(r"\d+")
_ROMAN = re.compile(r"\W*[ivxl]{1,6}\W*")
_MARKED = re.compile(r"(?:[-•]|\d{1,3}\.|\(\w{1,4}\))\s")
_JOB = r"(?:GE\.\d\d-\d{5,8}|\d{2,4}-\d{5,6}|\*\d{7}\*)"
_PAGE = r"(?:\d{1,4}/\d{1,4}|page \d{1,4}(?: of \d{1,4})?|- ?\d{1,4} ?-)"
_NUMBERS = re.compile(
    rf"(?:(?:{_JOB}\*?(?: ?\([a-z]\))?|{_PAGE}|\d{{6}}|\d{{1,3}}(?= {_JOB})|(?<=\d )\d{{1,3}}$) ?)+", re.I
)
_SYMBOL = re.compile(r"(?=\S*\d)[A-Z][A-Z-]{0,9}(?:/[\w.()-]+)+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is seen from an edge of its page.

    Attributes:
        depth: from the edge to its base line, in points.
        words: as printed.
        is_small: in smaller type than the text.
    """

    depth: float
    words: str
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says of the document: its symbols, its words one after the other, and how deep its first line stands."""

    symbols: frozenset[str]
    words: str
    depth: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Front:
        """Return what the lines of a first page say."""
        symbols = _SYMBOL.findall(" ".join(row.words for row in rows[:_MASTHEAD]))
        return cls(frozenset(symbols), _bare(" ".join(row.words for row in rows)), rows[0].depth if rows else 0.0)


class _Block(NamedTuple):
    """Lines that follow each other closely, and how far the next is: 0 where it is not known, infinity where there is none."""

    rows: tuple[Row, ...]
    gap: float

    @property
    def is_apart(self) -> bool:
        return self.gap > 0


class Places:
    """How many pages have the same words, in any order and whatever their figures, at the same place (two points more or less).

    Args:
        pages: the lines of each.
        symbols: of the document itself.
    """

    def __init__(self, pages: Sequence[Sequence[Row]], symbols: frozenset[str] = frozenset()) -> None:
        self.symbols = symbols
        self._counts = Counter(at for rows in pages for at in {self._at(row) for row in rows})

    def times(self, row: Row) -> int:
        """Return on how many pages a line stands."""
        key, place = self._at(row)
        return sum(self._counts[key, near] for near in (place - 1, place, place + 1))

    def _at(self, row: Row) -> tuple[str, int]:
        return " ".join(sorted(folded(row.words).split())), round(row.depth / 2)


def furniture(
    pages: Sequence[Sequence[Row]], *, reach: float, pitch: float, front: Front | None = None, is_printed: bool = True
) -> list[int]:
    """Return how many lines of each page, from the edge inwards, are furniture.

    Args:
        pages: the lines of each, by depth. The first page may be left out, so that it keeps its masthead.
        reach: points from the edge in which furniture stands.
        pitch: usual points from one base line to the next.
        front: what the first page says; None at the foot.
        is_printed: depths are measured on paper, where one line that stands alone on the base line of others is of their kind.
    """
    symbols = front.symbols if front else frozenset()
    places = Places([[row for row in rows if row.depth <= reach] for rows in pages], symbols)
    edges = [list(_blocks(rows, reach=reach, pitch=pitch)) for rows in pages]
    counts = [max(_recurring(blocks, places, len(pages)), _known(blocks, front, pitch)) for blocks in edges]
    if not is_printed:
        return counts
    taken = Counter(round(blocks[0].rows[0].depth / 2) for blocks, count in zip(edges, counts, strict=True) if count)
    return [count or _in_band(blocks, taken) for blocks, count in zip(edges, counts, strict=True)]


def folded(words: str) -> str:
    """Return words without what changes from page to page: figures, also Roman ones that stand alone, and capitals.

    Example:
        >>> folded("S/RES/9990 (2031)  Page 12"), folded("iv")
        ('s/res/# (#) page #', '#')
    """
    words = " ".join(words.lower().split())
    return "#" if _ROMAN.fullmatch(words) else _FIGURES.sub("#", words)


def is_number(words: str) -> bool:
    """Return whether words are job numbers and numbers of pages, which nothing else looks like.

    Example:
        >>> [is_number(words) for words in ("31-00001 2/5", "*3100001*", "- 4 -", "4", "3 May 2031")]
        [True, True, True, False, False]
    """
    return bool(_NUMBERS.fullmatch(" ".join(words.split())))


def _blocks(rows: Sequence[Row], *, reach: float, pitch: float) -> Iterator[_Block]:
    """Yield the lines within reach in blocks; the last may go on beyond."""
    block: list[Row] = []
    for row in rows:
        gap = row.depth - block[-1].depth if block else 0.0
        if gap > _PARTED * pitch:
            yield _Block(tuple(block), gap)
            block = []
        if reach < row.depth:
            break
        block.append(row)
    if block:
        yield _Block(tuple(block), 0.0 if reach < rows[-1].depth else math.inf)


def _recurring(blocks: Sequence[_Block], places: Places, pages: int) -> int:
    """Return how many lines from the edge inwards are numbers of pages, or recur."""
    count = 0
    for block in blocks:
        taken, fewest = _taken(block, places, pages)
        is_whole = block.is_apart and taken == len(block.rows)
        if not taken or (fewest < _MANY and (count or not is_whole)) or (count and not is_whole):
            break
        count += taken
        if not is_whole:
            break
    return count


def _taken(block: _Block, places: Places, pages: int) -> tuple[int, int]:
    """Return how many lines of a block recur, and on how many pages at least; in a small block some may change.

    What ends as a sentence recurs as furniture only in smaller type than the text and on most pages.
    """
    times = [_times(row, places) for row in block.rows]
    taken = next((n for n, t in enumerate(times) if t < 2), len(times))
    if block.is_apart and len(times) <= _BAND and times[-1] > 1:
        taken = len(times)
    while taken and _is_sentence(block.rows[:taken]):
        if all(row.is_small for row in block.rows[:taken]) and min(times[:taken]) >= max(_MANY, pages / 2):
            break
        taken -= 1
    return taken, min((t for t in times[:taken] if t > 1), default=0)


def _times(row: Row, places: Places) -> int:
    """Return on how many pages a line stands; numbers of pages and the document's own symbol need no other page."""
    symbols = _SYMBOL.findall(row.words)
    is_symbol = bool(symbols) and places.symbols.issuperset(symbols) and not _bare(row.words)
    if is_number(row.words) or is_symbol:
        return _MANY
    if folded(row.words) == "#":
        return 2
    return places.times(row) if _WORD.search(row.words) else 0


def _is_sentence(rows: Sequence[Row]) -> bool:
    """Return whether lines begin as an item of a list does, or end as a sentence or its part; numbers of pages do not."""
    first, last = rows[0].words, rows[-1].words
    return bool(_MARKED.match(first) and not is_number(first)) or (last[-1] in ".;:," and not is_number(last))


def _known(blocks: Sequence[_Block], front: Front | None, pitch: float) -> int:
    """Return how many lines from the edge inwards begin with the symbol of the first page, or repeat its words and nothing else."""
    if not front or not blocks or not blocks[0].is_apart or _is_sentence(blocks[0].rows):
        return 0
    rows, gap = blocks[0]
    text = " ".join(row.words for row in rows)
    symbols, words = set(_SYMBOL.findall(text)), _bare(text)
    if not symbols <= front.symbols:
        return 0
    if len(rows) <= _BAND and any(_SYMBOL.match(row.words) for row in rows):
        return len(rows)
    if not words or f" {words} " not in f" {front.words} ":
        return 0
    is_far = rows[0].depth < front.depth - 2 or gap > _FAR * pitch or all(row.is_small for row in rows)
    return len(rows) if symbols or (is_far and len(words.split()) >= _FEWEST_WORDS) else 0


def _bare(text: str) -> str:
    """Return the words of a text alone: without symbols, figures, marks, "page" and capitals."""
    words = _WORD.findall(_SYMBOL.sub(" ", text).lower())
    return " ".join(word for word in words if word != "page")


def _in_band(blocks: Sequence[_Block], taken: Counter[int]) -> int:
    """Return how many lines of a page without furniture stand apart on the base line where other pages have theirs."""
    if not blocks or not any(taken[round(blocks[0].rows[0].depth / 2) + near] for near in (-1, 0, 1)):
        return 0
    rows = blocks[0].rows
    return len(rows) if blocks[0].is_apart and len(rows) <= _BAND and not _is_sentence(rows) else 0

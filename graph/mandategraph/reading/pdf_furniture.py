"""Pages -> the parts of each: what stands at their heads and feet on many pages, what stands aside, and the text between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mandategraph.reading.furniture import Front, Places, Row, furniture, is_number
from mandategraph.reading.pdf_lines import Line
from mandategraph.reading.pdf_notes import Setting
from mandategraph.reading.pdf_pages import Page

_REACH = 0.2


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a page.

    Attributes:
        head: running head, from above.
        body: text, in reading order.
        aside: in another direction than most of the page, or outside of it.
        stray: the same, where they belong to the page and not to the text.
        foot: running foot, from above.
    """

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    aside: tuple[Line, ...]
    stray: tuple[Line, ...]
    foot: tuple[Line, ...]


def parts_of(pages: Sequence[Page], setting: Setting) -> list[Parts]:
    """Return the parts of every page; the first keeps its head."""
    heads: dict[int, list[Line]] = {}
    feet: dict[int, list[Line]] = {}
    front = Front.of(_rows(_from_above(pages[0]), pages[0].top, setting)) if pages else None
    for turn in {page.turn for page in pages}:
        alike = [n for n, page in enumerate(pages) if page.turn == turn]
        reach = _REACH * max(pages[n].top - pages[n].bottom for n in alike)
        inner = [n for n in alike if n]
        above = [_from_above(pages[n]) for n in inner]
        rows = [_rows(lines, pages[n].top, setting) for n, lines in zip(inner, above, strict=True)]
        counts = furniture(rows, reach=reach, pitch=setting.pitch, front=front)
        heads |= {n: lines[:count] for n, lines, count in zip(inner, above, counts, strict=True)}
        below = [[line for line in _from_above(pages[n])[::-1] if line not in heads.get(n, ())] for n in alike]
        rows = [_rows(lines, pages[n].bottom, setting) for n, lines in zip(alike, below, strict=True)]
        counts = furniture(rows, reach=reach, pitch=setting.pitch)
        feet |= {n: lines[:count][::-1] for n, lines, count in zip(alike, below, counts, strict=True)}
    places = Places([[_row_aside(line) for line in page.lines] for page in pages])
    return [_parts(page, heads.get(n, []), feet[n], places) for n, page in enumerate(pages)]


def _parts(page: Page, head: list[Line], foot: list[Line], places: Places) -> Parts:
    stray = [
        line for line in page.lines if line.is_aside and (is_number(line.words) or places.times(_row_aside(line)) > 1)
    ]
    apart = {id(line) for line in (*head, *foot, *stray)}
    rest = [line for line in page.lines if id(line) not in apart]
    body = tuple(line for line in rest if not line.is_aside)
    return Parts(tuple(head), body, tuple(line for line in rest if line.is_aside), tuple(stray), tuple(foot))


def _from_above(page: Page) -> list[Line]:
    return sorted((line for line in page.lines if not line.is_aside), key=lambda line: (-line.y, line.x))


def _rows(lines: Sequence[Line], edge: float, setting: Setting) -> list[Row]:
    return [Row(abs(edge - line.y), line.words, setting.is_small(line)) for line in lines]


def _row_aside(line: Line) -> Row:
    return Row(line.y, f"{line.words} {'^' * (line.turn // 15)}")

"""Pages -> the parts of each: what stands at their heads and feet on many pages, what stands aside, and the text between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mandategraph.reading.furniture import Front, Places, Row, furniture, is_number
from mandategraph.reading.pdf_lines import Line, frame, is_inside
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
    heads: list[list[Line]] = [[] for _ in pages]
    feet: list[list[Line]] = [[] for _ in pages]
    front = Front.of(_from_edge(pages[0], 0, setting, is_head=True)[1])
    for turn in {line.turn for page in pages for line in page.lines}:
        reach = _REACH * max(high - low for _, low, _, high in (frame(page.box, turn) for page in pages))
        above = [_from_edge(page, turn, setting, is_head=True) for page in pages]
        counts = furniture([rows for _, rows in above[1:]], reach=reach, pitch=setting.pitch, front=front)
        for head, (lines, _), count in zip(heads[1:], above[1:], counts, strict=True):
            head += lines[:count]
        below = [_from_edge(page, turn, setting, is_head=False) for page in pages]
        rows = [rows[: len(rows) - count] for (_, rows), count in zip(below, [0, *counts], strict=True)]
        counts = furniture(rows, reach=reach, pitch=setting.pitch)
        for foot, (lines, _), count in zip(feet, below, counts, strict=True):
            foot += lines[:count][::-1]
    places = Places([[_row_aside(line) for line in page.lines] for page in pages])
    return [_parts(page, head, foot, places) for page, head, foot in zip(pages, heads, feet, strict=True)]


def _parts(page: Page, head: list[Line], foot: list[Line], places: Places) -> Parts:
    apart = {id(line) for line in (*head, *foot)}
    body: list[Line] = []
    aside: list[Line] = []
    stray: list[Line] = []
    for line in page.lines:
        if id(line) in apart:
            continue
        if not line.is_aside:
            body.append(line)
        elif is_number(line.words) or places.times(_row_aside(line)) > 1:
            stray.append(line)
        else:
            aside.append(line)
    return Parts(tuple(head), tuple(body), tuple(aside), tuple(stray), tuple(foot))


def _from_edge(page: Page, turn: int, setting: Setting, *, is_head: bool) -> tuple[list[Line], list[Row]]:
    """Return the lines of a page in one direction, from its head or its foot inwards, each also as it is seen from there."""
    _, low, _, high = frame(page.box, turn)
    lines = sorted(
        (line for line in page.lines if line.turn == turn and is_inside(line, page.box)),
        key=lambda line: (-line.y, line.x),
        reverse=not is_head,
    )
    rows = [Row(high - line.y if is_head else line.y - low, line.words, setting.is_small(line)) for line in lines]
    return lines, rows


def _row_aside(line: Line) -> Row:
    return Row(line.y, f"{line.words} {'^' * (line.turn // 15)}")

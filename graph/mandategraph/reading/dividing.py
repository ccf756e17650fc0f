"""Several documents in one file -> the clean text of each: a page of an annual volume, a booklet, a report with what was adopted annexed.

A document begins in a file where a line with its number ("1047 (XI). Rights of ...", "Resolution 67/1", "Decision 24/3") stands over an
opening formula: a body named over its preamble, or, of a decision, "At its 5th meeting, the Commission decided". One such line is how a resolution begins; a
file is divided where there are several, or where paragraphs stand before it. What belongs to none of them stays with the file: the end of an earlier
document, or the report around them. All keep the offsets of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mandategraph.reading.genres import is_decided, named_at
from mandategraph.reading.lines import Line, roman_value
from mandategraph.records import CleanText, SourceSpan, Span

_DECISION = re.compile(r"\bdecision\b", re.IGNORECASE)
# What divides a file into what is counted: "Annex II", "Chapter IV", "Part 3".
_DIVISION = re.compile(r"^(annex|appendix|chapter|part) ([ivxl]+|[a-z]|\d+)[*:.]?$", re.IGNORECASE)
# Between a number and its opening formula stand so many lines of a title, none as long as a paragraph.
_TITLE, _LONGEST, _PARAGRAPH = 7, 300, 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that are a document of their own: from `first` up to `last`, which is not among them."""

    first: int
    last: int


def find_documents(lines: Sequence[Line], number: Callable[[Line], str]) -> tuple[Stretch, ...]:
    """Return where documents stand in a file that holds several, in order; nothing where it is one document.

    Args:
        lines: of the file.
        number: gives the number that a line heads a document with, "" where it heads none.
    """
    starts: list[int] = []
    seen: set[str] = set()
    for i, line in enumerate(lines):
        said = number(line)
        if said and said not in seen and _opens(lines, i, said, number):
            seen.add(said)
            starts.append(i)
    if len(starts) < 2 and not any(map(_is_paragraph, lines[: starts[0]] if starts else ())):
        return ()
    ends = [*starts[1:], len(lines)]
    return tuple(Stretch(first, _end(lines, starts[0], first, last)) for first, last in zip(starts, ends, strict=True))


def _opens(lines: Sequence[Line], i: int, said: str, number: Callable[[Line], str]) -> bool:
    """Return whether an opening formula follows on the number in line i, with a title at most between."""
    for j in range(i + 1, min(i + 1 + _TITLE, len(lines))):
        if named_at(lines, j) or (_DECISION.search(said) and is_decided(lines[j])):
            return True
        if lines[j].number is not None or len(lines[j].text) > _LONGEST or number(lines[j]):
            return False
    return False


def _is_paragraph(line: Line) -> bool:
    return line.number is not None and len(line.text) > _PARAGRAPH


def _end(lines: Sequence[Line], outer: int, first: int, last: int) -> int:
    """Return where a document ends at the latest: where the file around it goes on with its annexes, chapters or numbers.

    Args:
        lines: of the file.
        outer: index of the line where the first document begins.
        first: index of the line where this one begins.
        last: index of the line where the next one begins.
    """
    within = next((found for line in reversed(lines[:first]) if (found := _DIVISION.match(line.bare))), None)
    before = max((line.number for line in lines[:outer] if line.number is not None and _is_paragraph(line)), default=0)
    own = 0
    for i in range(first + 1, last):
        number, division = lines[i].number, _DIVISION.match(lines[i].bare)
        if within and division and division[1].lower() == within[1].lower() and _place(division) == _place(within) + 1:
            return i
        if number is not None and before and number == before + 1 != own + 1:
            return _heading_over(lines, first, i)
        own = own if number is None else number
    return last


def _place(division: re.Match[str]) -> int:
    """Return the place of a division among its like: by a roman numeral, a letter or a figure."""
    mark = division[2].lower()
    if mark.isdigit():
        return int(mark)
    value = roman_value(mark)
    return value if value else ord(mark[0]) - ord("a") + 1


def _heading_over(lines: Sequence[Line], first: int, i: int) -> int:
    """Return the index of the first line of the headings that stand over line i."""
    while i - 1 > first and lines[i - 1].number is None and lines[i - 1].letter is None:
        if len(lines[i - 1].text) > _LONGEST or lines[i - 1].bare.endswith((".", ";", ",")):
            break
        i -= 1
    return i


def divide(text: CleanText, lines: Sequence[Line], found: Sequence[Stretch]) -> list[tuple[CleanText, SourceSpan]]:
    """Return the clean text of what the file holds besides, then that of each document, with the place of each in the source.

    Args:
        text: of the file.
        lines: of the text.
        found: where documents stand in it, in order.
    """
    ends = [*(line.span.start for line in lines), len(text.text)]
    spans = [Span(ends[each.first], ends[each.last]) for each in found]
    places = [SourceSpan(_at(text, span.start), _at(text, span.end)) for span in spans]
    between = zip((0, *(span.end for span in spans)), (*(span.start for span in spans), len(text.text)), strict=True)
    rest = [Span(start, end) for start, end in between if start < end]
    whole = SourceSpan(0, len(text.source.text))
    own = [(text.within([span], [place]), place) for span, place in zip(spans, places, strict=True)]
    return [(text.within(rest, _between(places, whole)), whole), *own]


def _at(text: CleanText, offset: int) -> int:
    """Return the source offset of a clean character; that of the end of the text is the end of the source."""
    return text.offsets.at(offset) if offset < len(text.text) else len(text.source.text)


def _between(places: Sequence[SourceSpan], whole: SourceSpan) -> list[SourceSpan]:
    """Return the ranges of the source that lie in none of some places."""
    starts = (whole.start, *(place.end for place in places))
    ends = (*(place.start for place in places), whole.end)
    return [SourceSpan(start, end) for start, end in zip(starts, ends, strict=True) if start < end]

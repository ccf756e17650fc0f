"""Passes over paragraphs: every one becomes a line, with single spaces and no empty lines between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mandategraph.dates import MONTHS
from mandategraph.reading.cleaning.edits import Edit

_NUMBER = re.compile(r"^(?:[-–•][ ]+)?(\d{1,3})\.(?=\s)")
_MARKER = re.compile(
    r"^(?:[-–—•►▪■●◦‣·\uf0b7*][ ]?\S|#{1,6}[ ]|(?:[IVX]{1,5}|[ivx]{1,5}|[a-z])\.[ ]|(?:[-–•][ ]+)?(?:#{1,6}[ ]*)?"
    r"\(?(?:[a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2})\)[ ](?!(?:and|or|of|above|below|through)\b))"
)
_BODY_LINE = re.compile(r"^The (?:(?:[A-Z]\w+|and|for|of) ){1,5}(?:Council|Assembly),?$")
_CLOSED = re.compile(r"[.;:,!?\]\"][)\"*\d]*$|[.;,:]\s*(?:and|or)$")
_OPENS = re.compile(
    r"^(?:Further |Also |Again |Once again |Deeply |Gravely |Strongly |Seriously |Bearing |Having |Being |Taking )*"
    r"(?:[A-Z]?[a-z]+(?:-[a-z]+)?(?:ing|ed)|Mindful|Aware|Conscious|Cognizant|Alarmed|Desirous|Anxious|[A-Z][a-z]+s)\b"
)
# Between the last two of several: "...; and", and the last but one of a preamble: "..., and".
_LAST_BUT_ONE = re.compile(r"([;,])\s*(?:and|or)$")
# A verb on a line of its own, as resolutions were set in the first years: "REQUESTS" over "The Secretariat".
_LONE_VERB = re.compile(
    r"^(?:[IVX]{1,4}\. )?(?:(?:also|further|therefore) )?(?:adopts|appoints|approves|authorizes|calls upon|decides|directs|endorses|expresses|instructs|invites|"
    r"recommends|requests|resolves|urges)$",
    re.IGNORECASE,
)
_FUNCTION = re.compile(r"\b(?:the|a|an|of|to|and|or|in|on|for|by|with|from|at|as|that|its|their|which)$")


def flow(text: str) -> Iterator[Edit]:
    """Every paragraph becomes one line: breaks within it turn to spaces.

    A new paragraph begins at a believable number, at a list mark, or where a closed line is followed by an opening.
    A number is believed where it continues the document's own sequence.
    """
    lines = text.split("\n")
    starts = _line_starts(lines)
    full = _full_length(lines)
    expected = 1
    previous: int | None = None
    gap = False
    for i, line in enumerate(lines):
        words = line.strip()
        if not words:
            gap = True
            continue
        number = _NUMBER.match(words)
        before = lines[previous].strip() if previous is not None else ""
        is_open = _FUNCTION.search(before) and not _ends_but_one(before, words, gap=gap)
        if number and not is_open and _is_believed(int(number[1]), expected, before, gap=gap):
            expected = int(number[1]) + 1
            joined = False
        elif previous is None:
            joined = False
        else:
            joined = _continues(before, words, full=full, gap=gap, numbered=bool(number))
        if joined and previous is not None:
            end = starts[previous] + len(lines[previous])
            yield Edit(end, end + 1, " ", "line break")
            if starts[i] > end + 1:
                yield Edit(end + 1, starts[i], "", "empty line")
        previous = i
        gap = False


def _line_starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _full_length(lines: list[str]) -> int:
    """Return the length of a full line, or 0 where the text is not hard-wrapped."""
    whole = [line.strip() for line in lines]
    full = _usual([len(line) for line in whole if line], least=10, share=0.6)
    # Of a page with a long masthead, the lines that another follows at once.
    return full or _usual([len(a) for a, b in pairwise(whole) if a and b], least=6, share=0.75)


def _usual(lengths: list[int], *, least: int, share: float) -> int:
    """Return the length of a full line, where there are so many lines and half of them are nearly as long; else 0."""
    lengths = sorted(lengths)
    if len(lengths) < least:
        return 0
    full = lengths[int(0.9 * len(lengths))]
    return full if full <= 130 and lengths[len(lengths) // 2] > share * full else 0


def _is_believed(number: int, expected: int, before: str, *, gap: bool) -> bool:
    if number == expected:
        return True
    closed = not before or bool(_CLOSED.search(before)) or gap
    return closed and (number == 1 or expected < number <= expected + 30)


# A day at the end of a line, whose month begins the next one, however narrow the column.
_DAY = re.compile(r"\b(?:after|and|before|by|from|of|on|since|to|until) \d{1,2}$")
_MONTH = re.compile(rf"(?:{'|'.join(MONTHS)})\b")


def _continues(before: str, words: str, *, full: int, gap: bool, numbered: bool) -> bool:
    """Return whether a line goes on with the paragraph of the line before it."""
    if _MARKER.match(words) or before.startswith("#") or _BODY_LINE.match(words):
        return False
    if _LONE_VERB.match(before):
        return not numbered
    if not gap and _DAY.search(before) and _MONTH.match(words):
        return True
    if _ends_but_one(before, words, gap=gap):
        return False
    closed = bool(_CLOSED.search(before))
    if (gap or not full) and _FUNCTION.search(before):
        return True
    if not full or gap:
        return not closed and words[0].islower() and len(before) > 20
    if words[0].islower() or words[0] in "(\"'" or words[0].isdigit():
        return not (numbered and closed and before[-1] in ".;")
    if _FUNCTION.search(before) or before.endswith("-"):
        return True
    if closed:
        if before[-1] in ".;:" and len(before) < 0.8 * full:
            return False
        return not (before[-1] in ",;:" and _OPENS.match(words))
    return len(before) >= 0.6 * full


def _ends_but_one(before: str, words: str, *, gap: bool) -> bool:
    """Return whether a line ends the last but one of several paragraphs: "; and" before a capital or a number, ", and" before an empty line and a participle."""
    found = _LAST_BUT_ONE.search(before)
    if found is None:
        return False
    if found[1] == ";":
        return words[0].isupper() or bool(_NUMBER.match(words))
    return gap and bool(_OPENS.match(words))


_SPACES = re.compile(r"(?<=\S)[ ]{2,}|^[ ]+|[ ]+$", re.MULTILINE)
_BLANKS = re.compile(r"\n{2,}|^\n+")


def spaces(text: str) -> Iterator[Edit]:
    """Runs of spaces become one; lines lose those at their ends; empty lines go."""
    if not any(run in text for run in ("  ", "\n ", " \n")) and text.strip(" ") == text:
        return
    for found in _SPACES.finditer(text):
        inner = found.start() > 0 and text[found.start() - 1] != "\n" and found.end() < len(text)
        inner = inner and text[found.end()] != "\n"
        yield Edit(found.start() + (1 if inner else 0), found.end(), "", "white space")


def blanks(text: str) -> Iterator[Edit]:
    """Empty lines go."""
    for found in _BLANKS.finditer(text):
        keep = 1 if found.start() else 0
        yield Edit(found.start() + keep, found.end(), "", "empty line")

"""How a document is drafted: its genre, where its body begins, which body speaks, and how far the text has come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mandategraph.reading.lines import Line, is_plain_heading
from mandategraph.records import Genre, Status

BODY = re.compile(
    r"^(?:\d+\. )?(The (?:Security Council|General Assembly|Human Rights Council|Economic and Social Council|"
    r"Commission on [A-Z][\w ]+|Conference of [\w ]+)),?$"
)
_BODY_WITH_FOOTNOTE = re.compile(r"^The (?:Security Council|General Assembly|Human Rights Council),?\s*[\d*]*$")
PARTICIPLE = re.compile(
    r"^(?:\.+ ?|\(?\.\.\.\)? )?(?:[A-Z][a-z]+ly |Further |Also )*(?:[A-Z]?[a-z]+(?:-[a-z]+)?(?:ing|ed)|Mindful|Aware)\b"
)
_PRESIDENTIAL = re.compile(
    r"statement by the president|president of the security council (?:made|issued) the following", re.I
)
_PRESIDENTS = re.compile(r"\W*The (?:Security Council|Human Rights Council|Council)\b")
_NAMED = ("Security Council", "General Assembly", "Human Rights Council", "Economic and Social Council")


def find_genre(lines: Sequence[Line]) -> tuple[Genre, int]:
    """Return the genre and the index of the line where the body begins."""
    head = " ".join(line.text for line in lines[:25])
    opened = next((i for i, line in enumerate(lines[:40]) if BODY.match(line.bare)), None)
    if opened is not None:
        return Genre.RESOLUTION, opened
    if _PRESIDENTIAL.search(head):
        at = next((i for i, line in enumerate(lines) if _PRESIDENTS.match(line.text)), 0)
        return Genre.PRESIDENTIAL_STATEMENT, at
    for i, line in enumerate(lines):
        bare = line.bare
        if BODY.match(bare) or _BODY_WITH_FOOTNOTE.match(bare):
            return Genre.RESOLUTION, i
        if bare.startswith(("The Security Council,", "The General Assembly,", "The Human Rights Council,")) and i < 40:
            return Genre.RESOLUTION, i
    first = next((i for i, line in enumerate(lines) if line.number == 1), None)
    if first is not None:
        opening = [i for i in range(first) if PARTICIPLE.match(lines[i].text) and lines[i].text.rstrip().endswith(",")]
        if len(opening) > 1:
            return Genre.RESOLUTION, opening[0]
    numbered = next((i for i, line in enumerate(lines) if line.number == 1), None)
    if numbered is not None and re.search(r"\bconclusions\b", head[:400], re.I):
        return Genre.CONCLUSIONS, numbered
    first = next((i for i, line in enumerate(lines) if len(line.text) > 200), 0)
    if any(is_plain_heading(lines, i) for i in range(first, len(lines))):
        return Genre.NOTE, first
    return Genre.OTHER, 0


def names_body(line: Line) -> bool:
    """Whether a line is the issuing body's name, on which the preamble follows."""
    return bool(re.match(r"^\W*(?:\d+\. )?The [A-Z]", line.text))


def find_body(lines: Sequence[Line], body_at: int, genre: Genre) -> str:
    """Return the surface of the body that speaks, or ""."""
    if genre is Genre.RESOLUTION and not names_body(lines[body_at]):
        head = "\n".join(line.text for line in lines[:body_at])
        return next((body for body in _NAMED if body in head), "")
    if genre is Genre.RESOLUTION:
        words = lines[body_at].text.strip().lstrip("#-0123456789. ")
        return re.sub(r"^The ", "", words).split(",")[0].strip(" *0123456789")
    if genre is Genre.PRESIDENTIAL_STATEMENT:
        head = " ".join(line.text for line in lines[: body_at + 1])
        return min(_NAMED, key=lambda body: (head.find(body) < 0, head.find(body)))
    if genre is Genre.CONCLUSIONS:
        for line in lines[body_at : body_at + 6]:
            if found := re.search(
                r"\b(?:the|The) ((?:[A-Z]\w+ )*(?:Working Group|Committee)(?: (?:on|of|and|[A-Z]\w+))*)", line.text
            ):
                return re.sub(r"(?: (?:on|of|and))+$", "", found[1])
    if genre is Genre.NOTE:
        head = " ".join(line.text for line in lines[: body_at + 1])
        if found := re.search(r"\bInformal Expert Group(?: \(IEG\))?(?: of the Security Council)?[\w ,]*", head, re.I):
            return found[0].strip(" ,")
    return ""


def find_status(genre: Genre, title: Sequence[Line], symbol: str) -> Status:
    """Return how far the text has come."""
    if genre is Genre.CONCLUSIONS:
        return Status.CONCLUSIONS
    if genre in {Genre.NOTE, Genre.OTHER}:
        return Status.STATEMENT
    head = " ".join(line.text for line in title).lower()
    draft = re.search(r"\bdraft (?:resolution|decision|presidential statement)\b", head) or "/L." in symbol
    return Status.DRAFT if draft else Status.ADOPTED

"""Footnotes leave the flow: their bodies become records, tied to their calls."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from mandategraph.records import Footnote, SourceSpan

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
_INLINE_CALL = re.compile(r"\[footnoteRef:(\d+)\][ \t]?")
_INLINE_BODY = re.compile(r"\s?\[(\d{1,4}):\s+(?=\S)([^\]\[]{1,4000})\]")
_BLOCK = re.compile(rf"^[ ]*(?:<sup>(\d+)</sup>|({_SUPERSCRIPT}+))\s*(\S.*)$", re.MULTILINE)
_RAISED = re.compile(_SUPERSCRIPT)
_BLOCK_CALL = re.compile(rf"<sup>(\d+)</sup>|(?<=[\w.,;:)\"'])({_SUPERSCRIPT}+)(?![\w])")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote body or call found by a pass, in offsets of that pass's text."""

    mark: str
    start: int
    end: int
    is_call: bool


def inline_footnotes(text: str) -> Iterator[Note]:
    """Footnotes that a converter wrote into the line: a call `[footnoteRef:2]`, a body `[2: words]`."""
    marks = set()
    for found in _INLINE_CALL.finditer(text):
        marks.add(found[1])
        yield Note(found[1], found.start(), found.end(), True)
    for found in _INLINE_BODY.finditer(text):
        if found[1] in marks:
            yield Note(found[1], found.start(2), found.start(2) + len(found[2].rstrip()), False)


def block_footnotes(text: str) -> Iterator[Note]:
    """Footnotes in lines of their own behind a raised number, called by a raised number in the text."""
    starts = set()
    if "<sup>" not in text and not _RAISED.search(text):
        return
    for found in _BLOCK.finditer(text):
        mark = found[1] or found[2].translate(_SUPERSCRIPTS)
        starts.add(found.start(1) if found[1] else found.start(2))
        yield Note(mark, found.start(3), found.end(3), False)
    for found in _BLOCK_CALL.finditer(text):
        mark_at = found.start(1) if found[1] else found.start(2)
        if mark_at not in starts:
            yield Note(found[1] or found[2].translate(_SUPERSCRIPTS), found.start(), found.end(), True)


def whole_note(text: str, note: Note) -> tuple[int, int]:
    """Return what to take out for a note: a body goes with its mark and brackets."""
    if note.is_call:
        return note.start, note.end
    if note.end < len(text) and (bracket := text.find("]", note.end)) >= 0 and not text[note.end : bracket].strip():
        opening = text.rfind(f"[{note.mark}:", 0, note.start)
        if opening >= 0 and "]" not in text[opening : note.start]:
            space = opening - 1 if opening and text[opening - 1] == " " else opening
            return space, bracket + 1
    return text.rfind("\n", 0, note.start) + 1, note.end + (text[note.end : note.end + 1] == "\n")


def tie(
    bodies: list[tuple[str, SourceSpan]], calls: list[tuple[str, int]], places: list[int], source: str
) -> tuple[Footnote, ...]:
    """Tie each footnote body to the call of its mark that stands nearest before it, else to the nearest after it."""
    notes = []
    for mark, span in sorted(bodies, key=lambda b: b[1]):
        same = [at for m, at in calls if m == mark]
        before = [at for at in same if at <= span.start]
        at = max(before, default=min(same, default=None))
        called_at = None if at is None else min(bisect_left(places, at), len(places) - 1)
        notes.append(Footnote(mark, source[span.start : span.end], span, called_at))
    return tuple(notes)

"""Edits of a text, and the text on its way through them, which knows where each of its characters stands in the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from mandategraph.records import Cut, SourceSpan


class Edit(NamedTuple):
    """Characters to take out (`put` empty) or to replace one for one."""

    start: int
    end: int
    put: str
    reason: str


@dataclass(slots=True)
class Draft:
    """The text on its way: its characters and where each stands in the source."""

    text: str
    places: list[int]
    cuts: list[Cut]

    def apply(self, edits: Iterable[Edit], source: str) -> None:
        """Carry out the edits; where two overlap, the later begins where the earlier ends."""
        ordered = sorted(edits, key=lambda e: (e.start, -e.end))
        if not ordered:
            return
        pieces: list[str] = []
        places: list[int] = []
        at = 0
        for edit in ordered:
            if edit.end <= at or (edit.put and edit.start < at):
                continue
            start = max(edit.start, at)
            pieces.append(self.text[at:start])
            places.extend(self.places[at:start])
            if edit.put:
                pieces.append(edit.put)
                places.extend(self.places[start : edit.end])
            elif edit.end > start:
                span = SourceSpan(self.places[start], self.places[edit.end - 1] + 1)
                self.cuts.append(Cut(span, source[span.start : span.end], edit.reason))
            at = edit.end
        pieces.append(self.text[at:])
        places.extend(self.places[at:])
        self.text = "".join(pieces)
        self.places = places

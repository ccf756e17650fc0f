"""Words of a document -> a quotation by which they are found again, and back.

In: a document and a range of its source. Out: an `Anchor`, or the range where its words stand now. Only words that are followed by what
followed them count as the same words: a correction is never applied to others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from mandategraph.records import Anchor, Document, SourceSpan

CONTEXT = 48
GONE = "the words are not in the text"
SEVERAL = "the words stand in several places of the text, and what stands around them does not tell which is meant"


class Words:
    """The words of a document in its source, with its paragraphs.

    Args:
        document: the structure.
    """

    def __init__(self, document: Document) -> None:
        self.source = document.text.source.text
        place = document.place
        self.start, self.end = (place.start, place.end) if place else (0, len(self.source))
        spans = ((document.text.offsets.to_source(p.span), p.label) for _, p in document.paragraphs())
        self._paragraphs = sorted((span.start, span.end, label) for span, label in spans)

    def anchor(self, span: SourceSpan, label: str = "") -> Anchor:
        """Return a quotation of a range, with the label of its paragraph where none is given.

        It has as much of the words around as tells it from all other places, within its paragraph.
        """
        start, end, own = self._around(span)
        exact, size = folded(self.source[span.start : span.end]), CONTEXT
        while True:
            before = folded(self.source[max(start, span.start - 2 * size) : span.start])
            after = folded(self.source[span.end : min(end, span.end + 2 * size)])
            anchor = Anchor(label or own, exact, before[-size:].strip(), after[:size].strip())
            is_far = span.start - 2 * size <= start and span.end + 2 * size >= end
            is_whole = is_far and max(len(before), len(after)) <= size
            if (
                is_whole
                or sum(self._likeness(anchor, each)[0] for each in self._places(exact, self.start, self.end)) < 2
            ):
                return anchor
            size += max(CONTEXT // 3, size // 4)

    def find(self, anchor: Anchor) -> SourceSpan | str:
        """Return where a quotation stands now, or why that cannot be said."""
        found = [(self._likeness(anchor, span), span) for span in self._places(anchor.exact, self.start, self.end)]
        best = max((likeness for likeness, _ in found), default=(False, False, False))
        if not best[0]:
            return GONE
        (span, *others) = [span for likeness, span in found if likeness == best]
        return SEVERAL if others else span

    def within(self, words: str, span: SourceSpan) -> SourceSpan | None:
        """Return where words stand that are said in a range: there, else in its paragraph, else last before it; None where they do not."""
        start, end, _ = self._around(span)
        for first, last in ((span.start, span.end), (start, end)):
            if found := next(self._places(words, first, last), None):
                return found
        before = list(self._places(words, self.start, span.start))
        return before[-1] if before else None

    def paragraph(self, label: str) -> SourceSpan | None:
        """Return where a paragraph stands, None where there is none of the label."""
        return next((SourceSpan(start, end) for start, end, own in self._paragraphs if own == label), None)

    def label_at(self, at: int) -> str:
        """Return the label of the paragraph in which an offset stands, "" where it stands in none."""
        return self._around(SourceSpan(at, at))[2]

    def _around(self, span: SourceSpan) -> tuple[int, int, str]:
        """Return the paragraph of a range: where it begins and ends, and its label; some words around it where it stands in none."""
        n = bisect_right(self._paragraphs, span.start, key=lambda each: each[0]) - 1
        if n >= 0 and span.start < self._paragraphs[n][1]:
            start, end, label = self._paragraphs[n]
            return start, max(end, span.end), label
        return max(self.start, span.start - CONTEXT), min(self.end, span.end + CONTEXT), ""

    def _places(self, words: str, start: int, end: int) -> Iterator[SourceSpan]:
        """Yield where words stand in a range, as whole words, whatever white space is between them."""
        parts = r"\s+".join(map(re.escape, words.split()))
        if parts:
            pattern = re.compile(rf"(?<!\w){parts}(?!\w)")
            yield from (SourceSpan(*found.span()) for found in pattern.finditer(self.source, start, end))

    def _likeness(self, anchor: Anchor, span: SourceSpan) -> tuple[bool, bool, bool]:
        """Return whether what stands around a range is what stood around a quotation: after it, before it, and the paragraph.

        What stood at the end of its paragraph is told by what stood before it.
        """
        far = 4 * max(CONTEXT, len(anchor.prefix), len(anchor.suffix))
        after = folded(self.source[span.end : span.end + far]).strip()
        before = folded(self.source[max(0, span.start - far) : span.start]).strip()
        is_before = before.endswith(anchor.prefix)
        is_after = after.startswith(anchor.suffix) and (bool(anchor.suffix) or is_before)
        return is_after, is_before, self.label_at(span.start) == anchor.paragraph


def folded(text: str) -> str:
    """Return words with single spaces between them; one at an end stays, where white space was there."""
    return re.sub(r"\s+", " ", text)

"""What `reading` gives: the words of a file, and the clean text with the way back to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

# Longer runs of characters are no words, longer names no names, longer paragraphs no paragraphs: the longest of 520 documents of
# the genre have 53, 300 and 2,908 characters. What is longer is left out, so that no text takes more than its length allows.
LONGEST_WORD, LONGEST_NAME, LONGEST_PARAGRAPH = 500, 2_000, 20_000


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points of `CleanText.text`."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Return whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class SourceSpan:
    """Half-open range of code points of `SourceText.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of a source begins that has a name of its own: "page 3" of a PDF, "paragraph 12" of a Word document."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch of a source that its format says is not to be read (struck out, hidden, a running head), and why."""

    span: SourceSpan
    reason: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as it was read: decoded, line ends as line feeds, otherwise untouched.

    All words of the file stand in `text`, also those that are not to be read: `omitted` says which.

    Attributes:
        name: file name without its suffix.
        media_type: IANA media type, e.g. `text/plain`.
        text: the decoded text; no control characters but tab and line feed, no noncharacters (U+FFFD stands in their place).
        sha256: hex digest of the bytes.
        places: pages or paragraphs in the order of the text; none in formats that have neither.
        omitted: what is not to be read, in the order of the text, none overlapping.
        remarks: sentences without a full stop on what could not be read ("page 2 is a picture").
    """

    name: str
    media_type: str
    text: str
    sha256: str
    places: tuple[Place, ...] = ()
    omitted: tuple[Omission, ...] = ()
    remarks: tuple[str, ...] = ()

    def place(self, at: int) -> str:
        """Return the name of the page or paragraph that an offset stands in, "" where there is none."""
        n = bisect_right(self.places, at, key=lambda place: place.start)
        return self.places[n - 1].name if n else ""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of the clean text stands in the source.

    `clean_starts[i]` is where the i-th run begins in the clean text, `source_starts[i]` where it begins in the
    source. Both rise; within a run both count alike.
    """

    clean_starts: tuple[int, ...]
    source_starts: tuple[int, ...]

    @classmethod
    def from_indices(cls, indices: Sequence[int]) -> OffsetMap:
        """Return the map of a clean text whose i-th character stands at `indices[i]` in the source; the indices rise."""
        clean_starts, source_starts, at = [0], list(indices[:1]) or [0], 0
        while True:
            here = indices[at] - at if at < len(indices) else 0
            # The indices rise, so that source minus clean never falls: the run ends where it first grows.
            at = bisect_right(range(len(indices)), here, lo=at, key=lambda n: indices[n] - n)
            if at >= len(indices):
                return cls(tuple(clean_starts), tuple(source_starts))
            clean_starts.append(at)
            source_starts.append(indices[at])

    def within(self, spans: Sequence[Span]) -> OffsetMap:
        """Return the map of a text that some ranges of the clean text are, one after the other; they rise."""
        clean_starts, source_starts, at = [0], [self.at(spans[0].start) if spans else 0], 0
        for span in spans:
            run, here = bisect_right(self.clean_starts, span.start), span.start
            while here < span.end:
                clean_starts.append(at + here - span.start)
                source_starts.append(self.at(here))
                here = self.clean_starts[run] if run < len(self.clean_starts) else span.end
                run += 1
            at += span.end - span.start
        begin = 1 if len(clean_starts) > 1 else 0
        return OffsetMap(tuple(clean_starts[begin:]), tuple(source_starts[begin:]))

    def at(self, offset: int) -> int:
        """Return the source offset of the clean character at `offset`."""
        run = bisect_right(self.clean_starts, offset) - 1
        return self.source_starts[run] + offset - self.clean_starts[run]

    def clean_spans(self, span: SourceSpan, length: int) -> Iterator[Span]:
        """Yield the clean ranges whose characters stand in a source range.

        Args:
            span: of the source.
            length: of the clean text.
        """
        run = max(bisect_right(self.source_starts, span.start) - 1, 0)
        for n in range(run, len(self.source_starts)):
            start = self.source_starts[n]
            if start >= span.end:
                return
            size = (self.clean_starts[n + 1] if n + 1 < len(self.clean_starts) else length) - self.clean_starts[n]
            first, last = max(0, span.start - start), min(size, span.end - start)
            if first < last:
                yield Span(self.clean_starts[n] + first, self.clean_starts[n] + last)

    def to_source(self, span: Span) -> SourceSpan:
        """Return the source range from the first to the last character of a clean range.

        An empty span gives an empty range at the same place.
        """
        if span.end <= span.start:
            here = self.at(span.start)
            return SourceSpan(here, here)
        return SourceSpan(self.at(span.start), self.at(span.end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters of the source that are not in the clean text, and why."""

    span: SourceSpan
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note taken out of the flow.

    Attributes:
        mark: as printed ("2").
        text: the note's words, verbatim from the source at `span`.
        span: where the note stands.
        called_at: offset in the clean text of the place that calls it, or None where none does.
    """

    mark: str
    text: str
    span: SourceSpan
    called_at: int | None


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text without what typesetting left behind: one paragraph a line."""

    source: SourceText
    text: str
    offsets: OffsetMap
    footnotes: tuple[Footnote, ...] = ()
    cuts: tuple[Cut, ...] = ()

    def quote(self, span: Span) -> str:
        """Return the source's characters behind a clean span, damage included."""
        here = self.offsets.to_source(span)
        return self.source.text[here.start : here.end]

    def words(self, span: SourceSpan) -> str:
        """Return the clean words of a source range, white space folded; the source's own where none are clean."""
        clean = "".join(self.text[s.start : s.end] for s in self.offsets.clean_spans(span, len(self.text)))
        return " ".join((clean or self.source.text[span.start : span.end]).split())

    def within(self, spans: Sequence[Span], places: Sequence[SourceSpan]) -> CleanText:
        """Return the clean text that some ranges are, with the footnotes that they call and what was left out there.

        Args:
            spans: of the clean text, rising.
            places: the ranges of the source that are these: they hold what was left out, too.
        """
        notes, begin = [], 0
        for span in spans:
            notes += [
                replace(note, called_at=note.called_at - span.start + begin)
                for note in self.footnotes
                if note.called_at is not None and span.start <= note.called_at < span.end
            ]
            begin += span.end - span.start
        notes += [n for n in self.footnotes if n.called_at is None and _is_in(n.span, places)]
        cuts = tuple(cut for cut in self.cuts if _is_in(cut.span, places))
        text = "".join(self.text[span.start : span.end] for span in spans)
        return CleanText(self.source, text, self.offsets.within(spans), tuple(notes), cuts)


def _is_in(span: SourceSpan, places: Sequence[SourceSpan]) -> bool:
    """Return whether a range of the source begins in one of some others."""
    return any(place.start <= span.start < place.end for place in places)

"""Fields of a statement that are read off its own words: text, place, actions, instruments.

In: token indices of an annotated paragraph. Out: values of record fields. Spans that leave here are the source's.

Rule: annotation guidelines, field `instruments`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mandategraph.interpreting.wording import Placed
from mandategraph.records import Annotated, AnnotatedParagraph, Deed, MentionKind, SourceSpan, Span

_SAYABLE = re.compile(r"(?:not )?[^\W\d_]{2}[^\d/]*")


def text_of(paragraph: AnnotatedParagraph, span: Span) -> str:
    """Return the clean words of a span, white space folded."""
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    words = paragraph.text[span.start - base : span.end - base]
    is_folded = "  " not in words and words.isprintable()  # of all white space only the plain space is printable
    return words if is_folded else re.sub(r"\s+", " ", words)


def source_of(annotated: Annotated, paragraph: AnnotatedParagraph, span: Span) -> SourceSpan:
    """Return where a span of a paragraph or footnote stands in the source."""
    if paragraph.offset is not None:
        return SourceSpan(paragraph.offset + span.start, paragraph.offset + span.end)
    return annotated.document.text.offsets.to_source(span)


def said_of(paragraph: AnnotatedParagraph, span: Span) -> tuple[str, Callable[[int, int], Span]]:
    """Return a span in words of the grammar, white space folded, and what gives the place of a stretch of these: half-open, not empty."""
    glossed = paragraph.glossed
    if glossed is None:
        return text_of(paragraph, span), lambda start, end: place_in(paragraph, span, start, end)
    begin, stop = glossed.within(span)
    return glossed.text[begin:stop], lambda start, end: glossed.span(begin + start, begin + end)


def place_in(paragraph: AnnotatedParagraph, span: Span, start: int, end: int) -> Span:
    """Return the place of a part of what `text_of` gives of a span: offsets into it, half-open, `end` after `start`."""
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    starts = [match.start() for match in re.finditer(r"\s+|\S", paragraph.text[span.start - base : span.end - base])]
    return Span(span.start + starts[start], span.start + starts[end - 1] + 1)


def span_of(paragraph: AnnotatedParagraph, start: int, end: int) -> Span:
    """Return the span from one token to before another, at least of the first."""
    return Span(paragraph.tokens[start].start, paragraph.tokens[max(start, end - 1)].end)


def deeds(annotated: Annotated, paragraph: AnnotatedParagraph, placed: Iterable[Placed]) -> tuple[Deed, ...]:
    """Return actions with their words and the place of these in the source; "…" stands for what is passed over. A number or sign is no action."""
    return tuple(
        Deed(
            each.head,
            " … ".join(text_of(paragraph, span_of(paragraph, *piece)) for piece in each.pieces),
            source_of(annotated, paragraph, span_of(paragraph, each.pieces[0][0], each.pieces[-1][1])),
        )
        for each in placed
        if _SAYABLE.fullmatch(each.head)
    )


def instruments(annotated: Annotated, paragraph: AnnotatedParagraph, start: int, end: int) -> dict[str, str]:
    """Return the instruments cited between two tokens with their rules, those of footnotes called there included.

    What is named and then cited in brackets, "the Plan of Action (A/52/231)", is cited once, by its symbol.
    """
    left, right = (
        paragraph.tokens[start].start,
        paragraph.tokens[end - 1].end if end <= len(paragraph.tokens) else paragraph.tokens[-1].end,
    )
    found: dict[str, str] = {}
    own = annotated.document.symbol
    symbols = {m.span.start for m in paragraph.mentions if m.rule == "CIT-symbol"}
    for m in paragraph.mentions:
        is_cited = m.kind is MentionKind.INSTRUMENT and left <= m.span.start < right
        if is_cited and m.entity and m.entity != own and m.span.end + len(" (") not in symbols:
            found.setdefault(m.entity, m.rule)
    for note in annotated.notes.get(paragraph.paragraph.label, ()):
        if left < note.paragraph.span.start <= right + 1:
            for m in note.mentions:
                if m.kind is MentionKind.INSTRUMENT and m.entity:
                    found.setdefault(m.entity, m.rule)
    return found

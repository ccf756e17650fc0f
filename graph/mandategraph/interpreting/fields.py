"""Fields of a statement that are read off its own words: text, place, counterparts, instruments.

In: token indices of an annotated paragraph. Out: values of record fields. Spans that leave here are the source's.

Rule: annotation guidelines, fields `counterparts` and `instruments`.
"""

from __future__ import annotations

import re

from mandategraph.records import Annotated, AnnotatedParagraph, MentionKind, Party, SourceSpan, Span

_OTHER_SIDE = frozenset("to with between among for from against by".split())
_HELPING = frozenset(
    "support assist help encourage inform provide enable cooperate accompany protect disarm consult engage brief advise "
    "equip train keep update supporting assisting helping providing informing supported".split()
)


def text_of(paragraph: AnnotatedParagraph, span: Span) -> str:
    """Return the clean words of a span, white space folded."""
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    return re.sub(r"\s+", " ", paragraph.text[span.start - base : span.end - base])


def source_of(annotated: Annotated, paragraph: AnnotatedParagraph, span: Span) -> SourceSpan:
    """Return where a span of a paragraph or footnote stands in the source."""
    if paragraph.offset is not None:
        return SourceSpan(paragraph.offset + span.start, paragraph.offset + span.end)
    return annotated.document.text.offsets.to_source(span)


def span_of(paragraph: AnnotatedParagraph, start: int, end: int) -> Span:
    """Return the span from one token to before another, at least of the first."""
    return Span(paragraph.tokens[start].start, paragraph.tokens[max(start, end - 1)].end)


def counterparts(
    paragraph: AnnotatedParagraph, start: int, end: int, parties: tuple[Party, ...], *, whole: bool = False
) -> tuple[str, ...]:
    """Return the actors named as the other side of the action."""
    own = {p.actor for p in parties}
    found: dict[str, None] = {}
    if start >= end:
        return ()
    left, right = paragraph.tokens[start].start, paragraph.tokens[end - 1].end
    previous_taken = False
    previous_end = -1
    for m in paragraph.mentions:
        if m.kind is not MentionKind.ACTOR or not left <= m.span.start < right or not m.entity:
            continue
        i = next(k for k, t in enumerate(paragraph.tokens) if t.end > m.span.start)
        j = i - 1
        while j >= 0 and paragraph.tokens[j].lower in {
            "the",
            "all",
            "its",
            "their",
            "his",
            "a",
            "other",
            "relevant",
            "any",
        }:
            j -= 1
        before = paragraph.tokens[j].lower if j >= 0 else ""
        between = [t.lower for t in paragraph.tokens if previous_end <= t.start < m.span.start]
        joined = previous_taken and all(
            w in {",", "and", "the", "(", ")", "as", "well", "its", "their", "other", "relevant", "or"} or w.isupper()
            for w in between
        )
        taken = (before in _OTHER_SIDE and before not in {"by", "from", "for"}) or before in _HELPING or joined
        taken = taken or (
            before == "of"
            and paragraph.tokens[max(j - 1, 0)].lower
            in {"support", "consultation", "coordination", "cooperation", "help", "mandate"}
        )
        taken = taken or (whole and m.type in {"un_mission", "mandate_holder", "un_entity"})
        if m.type == "state" and before != "provide":
            taken = False
        previous_taken, previous_end = taken, m.span.end
        if taken and m.entity not in own:
            found[m.entity] = None
    return tuple(found)


def instruments(annotated: Annotated, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[str, ...]:
    """Return the instruments cited between two tokens, those of footnotes called there included."""
    left, right = (
        paragraph.tokens[start].start,
        paragraph.tokens[end - 1].end if end <= len(paragraph.tokens) else paragraph.tokens[-1].end,
    )
    found: dict[str, None] = {}
    own = annotated.document.symbol
    for m in paragraph.mentions:
        if m.kind is MentionKind.INSTRUMENT and left <= m.span.start < right and m.entity and m.entity != own:
            found[m.entity] = None
    for note in annotated.paragraphs:
        if (
            note.offset is not None
            and note.paragraph.lead_in == paragraph.paragraph.label
            and left < note.paragraph.span.start <= right + 1
        ):
            found.update((m.entity, None) for m in note.mentions if m.kind is MentionKind.INSTRUMENT and m.entity)
    return tuple(found)

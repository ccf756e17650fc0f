""" "The Mission", "that resolution", "the report of the Secretary-General": what was named before.

In: paragraphs with linked mentions. Out: the same, with mentions for what only points back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mandategraph.lexicon import Tables
from mandategraph.linking.names import LINKED, camel, head_of, lead
from mandategraph.records import AnnotatedParagraph, Entity, Mention, MentionKind, Span
from mandategraph.symbols import SYMBOL, normalize, type_of

_DEFINITE = re.compile(r"\b[Tt]he ((?:[A-Z][a-z-]+ ){0,2}[A-Z][a-z-]+)\b(?! (?:of|for) )")
_REPORT_CITED = re.compile(
    rf"\b[Rr]eport (?:\({SYMBOL.pattern}\) )?of the Secretary-General\b[^.;()]{{0,120}}\((?P<symbol>{SYMBOL.pattern})\)"
)
_REPORT_BARE = re.compile(
    r"\b[Tt]he (?:said |same |above-mentioned |aforementioned )?(report) of the Secretary-General"
    r"(?=[,.;:](?!\d)| (?:and|that|therefore|to|is|was|for|in|with|by)\b|$)"
)
_THAT_RESOLUTION = re.compile(r"\b(?:[Tt]hat|[Tt]he (?:said|same|latter|above-mentioned|aforementioned)) resolution\b")
_ORGANS = frozenset({"Council", "Assembly"})


@dataclass(frozen=True, slots=True)
class _Known:
    """An entity that the document has named so far, with the words it is called by."""

    entity: str
    kind: MentionKind
    type: str
    words: str
    at: int


def resolve_report(paragraphs: list[AnnotatedParagraph]) -> list[AnnotatedParagraph]:
    """Link the bare words to the report's symbol where the document cites exactly one report of the Secretary-General."""
    symbols = {normalize(found["symbol"]) for p in paragraphs for found in _REPORT_CITED.finditer(p.text)}
    if len(symbols) != 1:
        return paragraphs
    symbol = symbols.pop()
    done = []
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - lead(paragraph) if paragraph.tokens else 0
        added = [
            Mention(
                Span(base + found.start(1), base + found.end(1)),
                MentionKind.INSTRUMENT,
                found[1],
                symbol,
                type_of(symbol),
                "ANA-report",
            )
            for found in _REPORT_BARE.finditer(paragraph.text)
        ]
        if added:
            mentions = sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end, m.kind))
            paragraph = paragraph.with_mentions(tuple(mentions))
        done.append(paragraph)
    return done


def resolve_that(paragraphs: list[AnnotatedParagraph]) -> list[AnnotatedParagraph]:
    """Link "that resolution" and its like to the resolution cited last, in the paragraph or in the one before it."""
    last: Mention | None = None
    done = []
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - lead(paragraph) if paragraph.tokens else 0
        cited = [m for m in paragraph.mentions if m.rule.startswith("CIT-") and m.type.endswith("resolution")]
        added = []
        for found in _THAT_RESOLUTION.finditer(paragraph.text):
            span = Span(base + found.start(), base + found.end())
            before = [m for m in cited if m.span.end <= span.start]
            meant = before[-1] if before else last
            if meant is not None:
                added.append(replace(meant, span=span, surface=found[0], rule="ANA-that-resolution"))
        last = cited[-1] if cited else None
        if added:
            mentions = sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end, m.kind))
            paragraph = paragraph.with_mentions(tuple(mentions))
        done.append(paragraph)
    return done


def resolve_definite(
    paragraphs: Iterable[AnnotatedParagraph], body: str, tables: Tables, minted: Mapping[str, Entity]
) -> list[AnnotatedParagraph]:
    """Link "the" and a capitalized noun to the nearest actor or instrument before it that is called so."""
    known: list[_Known] = []
    done = []
    entries = tables.gazetteer.by_id
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - lead(paragraph) if paragraph.tokens else 0
        added: list[Mention] = []
        for found in _DEFINITE.finditer(paragraph.text):
            span = Span(base + found.start(), base + found.end())
            if any(m.kind in LINKED and m.span.overlaps(span) for m in paragraph.mentions):
                continue
            if paragraph.text.startswith(" on ", found.end()) and not body.endswith(found[1]):
                continue
            here = _known_of(paragraph.mentions, entries, minted, before=span.start)
            match = _nearest(found[1], [*known, *here], body, entries)
            if match:
                added.append(
                    Mention(
                        span,
                        match.kind,
                        paragraph.text[found.start() : found.end()],
                        match.entity,
                        match.type,
                        "ANA-definite-head",
                    )
                )
        known.extend(_known_of(paragraph.mentions, entries, minted, before=None))
        known = list({k.entity: k for k in known}.values()) if len(known) > 400 else known
        if added:
            mentions = sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end))
            paragraph = paragraph.with_mentions(tuple(mentions))
        done.append(paragraph)
    return done


def _known_of(
    mentions: Iterable[Mention], entries: Mapping[str, object], minted: Mapping[str, Entity], *, before: int | None
) -> list[_Known]:
    found = []
    for m in mentions:
        if m.kind in LINKED and m.entity and (before is None or m.span.start < before):
            entry = entries.get(m.entity) or minted.get(m.entity)
            label = getattr(entry, "label", m.surface)
            found.append(_Known(m.entity, m.kind, m.type, f"{m.surface} | {label}", m.span.start))
    return found


def _nearest(words: str, known: Sequence[_Known], body: str, entries: Mapping[str, object]) -> _Known | None:
    """Return the latest known entity whose name has the words as its head, else the issuing body."""
    pattern = re.compile(
        rf"(?:^|[ |]){re.escape(words)}(?=$| \||,| (?:of|for|on|to|in|against|with|established|pursuant|and)\b)"
    )
    last = words.split()[-1]
    fitting = [item for item in reversed(known) if pattern.search(item.words) and _head_in(item.words, last)]
    if fitting:
        return next((item for item in fitting if last in _ORGANS and item.type == "un_organ"), fitting[0])
    if body.endswith(words) or body.startswith(words):
        key = camel(body)
        if key in entries:
            return _Known(key, MentionKind.ACTOR, "un_organ", body, 0)
    return None


def _head_in(names: str, word: str) -> bool:
    return any(head_of(name.strip()) == word for name in names.split("|"))

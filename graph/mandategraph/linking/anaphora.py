""" "The Mission", "that resolution", "the report of the Secretary-General": what was named before.

In: paragraphs with linked mentions. Out: the same, with mentions for what only points back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mandategraph.lexicon import Tables
from mandategraph.linking.names import LINKED, camel, head_of
from mandategraph.records import AnnotatedParagraph, Entity, Mention, MentionKind
from mandategraph.symbols import SYMBOL, normalize, type_of

_DEFINITE = re.compile(
    r"\b(?P<pointer>[Tt]he(?: said)?|[Tt]h(?:at|is)) "
    r"(?P<words>(?:Panel|Group) of [Ee]xperts|Special (?:Representative|Envoy) of the Secretary-General|SRSG|SESG|government"
    r"|(?:[A-Z][a-z-]+ ){0,2}[A-Z][a-z-]+)\b"
    r"(?:(?<=Council)(?= of (?:the |its |any |all )?[a-z])|(?<=Assembly)(?= of (?:the |its |any |all )?[a-z])|(?! (?:of|for) ))"
)
_REPORT_CITED = re.compile(
    rf"\b[Rr]eport (?:\({SYMBOL.pattern}\) )?of the Secretary-General\b[^.;()]{{0,120}}\((?P<symbol>{SYMBOL.pattern})\)"
)
_REPORT_BARE = re.compile(
    r"\b[Tt]he (?:said |same |above-mentioned |aforementioned )?(report) of the Secretary-General"
    r"(?=[,.;:](?!\d)| (?:and|that|therefore|to|is|was|for|in|with|by)\b|$)"
)
_THAT_RESOLUTION = re.compile(r"\b(?:[Tt]hat|[Tt]he (?:said|same|latter|above-mentioned|aforementioned)) resolution\b")
_ORGANS = frozenset({"Council", "Assembly"})
_SECURITY_COUNCIL = "SecurityCouncil"
_OF_PLACE = ("SanctionsCommittee", "PanelOfExperts", "GroupOfExperts")
_HOLDERS = ("SRSG_", "SpecialEnvoy_")
_WRITTEN_OUT = {
    "SRSG": "Special Representative of the Secretary-General",
    "SESG": "Special Envoy of the Secretary-General",
}


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
    symbols = {normalize(found["symbol"]) for p in paragraphs for found in _REPORT_CITED.finditer(p.said.text)}
    if len(symbols) != 1:
        return paragraphs
    symbol = symbols.pop()
    done = []
    for paragraph in paragraphs:
        said = paragraph.said
        spans = [said.span(found.start(1), found.end(1)) for found in _REPORT_BARE.finditer(said.text)]
        kind, type_ = MentionKind.INSTRUMENT, type_of(symbol)
        added = [Mention(span, kind, paragraph.printed(span), symbol, type_, "ANA-report") for span in spans]
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
        said = paragraph.said
        cited = [m for m in paragraph.mentions if m.is_cited and m.type.endswith("resolution")]
        added = []
        for found in _THAT_RESOLUTION.finditer(said.text):
            span = said.span(found.start(), found.end())
            before = [m for m in cited if m.span.end <= span.start]
            meant = before[-1] if before else last
            if meant is not None:
                added.append(replace(meant, span=span, surface=paragraph.printed(span), rule="ANA-that-resolution"))
        last = cited[-1] if cited else None
        if added:
            mentions = sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end, m.kind))
            paragraph = paragraph.with_mentions(tuple(mentions))
        done.append(paragraph)
    return done


def resolve_definite(
    paragraphs: Iterable[AnnotatedParagraph],
    body: str,
    speaker: Entity | None,
    topic: str,
    tables: Tables,
    minted: Mapping[str, Entity],
) -> list[AnnotatedParagraph]:
    """Link "the" and a capitalized noun to what it points back to in the document.

    Args:
        paragraphs: with their mentions, in reading order.
        body: whose document it is, as printed.
        speaker: the entity that this is, or None.
        topic: the place that the document is mostly about, or "".
        tables: for the names of the gazetteer.
        minted: the document's own entities, by id.
    """
    known: list[_Known] = []
    done = []
    entries = tables.gazetteer.by_id
    standing = _standing(body, speaker, topic, tables)
    for paragraph in paragraphs:
        said = paragraph.said
        added: list[Mention] = []
        inner: list[Mention] = []
        for found in _DEFINITE.finditer(said.text):
            span = said.span(found.start(), found.end())
            met = [m for m in paragraph.mentions if m.kind in LINKED and m.span.overlaps(span)]
            if any(m.span.end != span.end or not found["words"].endswith(f" of the {m.surface}") for m in met):
                continue
            if said.text.startswith(" on ", found.end()) and not body.endswith(found["words"]):
                continue
            if found["pointer"].lower() in {"that", "this"} and head_of(found["words"]) not in tables.types:
                continue
            here = _known_of(paragraph.mentions, entries, minted, before=span.start)
            words = found["words"][:1].upper() + found["words"][1:]
            words = _WRITTEN_OUT.get(words, words)
            match, rule = _meant(words, [*known, *here], standing)
            if match:
                inner.extend(met)
                added.append(Mention(span, match.kind, paragraph.printed(span), match.entity, match.type, rule))
        known.extend(_known_of(paragraph.mentions, entries, minted, before=None))
        known = list({k.entity: k for k in known}.values()) if len(known) > 400 else known
        if added:
            kept = [m for m in paragraph.mentions if m not in inner]
            mentions = sorted([*kept, *added], key=lambda m: (m.span.start, -m.span.end))
            paragraph = paragraph.with_mentions(tuple(mentions))
        done.append(paragraph)
    return done


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a document may mean without naming it: its own body, and the sanctions bodies and special representatives of its place."""

    own: _Known | None
    of_place: tuple[_Known, ...]


def _standing(body: str, speaker: Entity | None, topic: str, tables: Tables) -> _Standing:
    """Return the bodies that need no antecedent in a document of a body on a place."""
    own = _Known(speaker.id, speaker.kind, speaker.type, body, 0) if speaker else None
    if not topic or camel(body) != _SECURITY_COUNCIL:
        return _Standing(own, ())
    bare = next((place.bare for place in tables.places if place.name == topic), "")
    holders = {f"{office}{bare}" for office in _HOLDERS}
    rows = [
        e for e in tables.gazetteer.entries if e.id in holders or (e.context == topic and e.id.startswith(_OF_PLACE))
    ]
    return _Standing(own, tuple(_Known(e.id, e.kind, e.type, " | ".join(e.aliases), 0) for e in rows))


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


def _meant(words: str, known: Sequence[_Known], standing: _Standing) -> tuple[_Known | None, str]:
    """Return what the words mean, and the rule.

    "The Council" and "the Assembly" are the body's own in its document; else the latest known entity whose name has the
    words as its head; else the issuing body, or the one of that name among the sanctions bodies and special representatives of the place.
    """
    own = standing.own if standing.own and _is_called(standing.own.words, words) else None
    if own and words in _ORGANS:
        return own, "ANA-own-body"
    if fitting := [item for item in reversed(known) if words in item.words and _is_named(item.words, words)]:
        organ = next((item for item in fitting if words in _ORGANS and item.type == "un_organ"), fitting[0])
        return organ, "ANA-definite-head"
    if own:
        return own, "ANA-own-body"
    meant = [item for item in standing.of_place if _is_named(item.words, words)]
    return (meant[0], "ANA-regime") if len(meant) == 1 else (None, "")


def _is_called(body: str, words: str) -> bool:
    return body.endswith(f" {words}") or body.startswith(f"{words} ")


def _is_named(names: str, words: str) -> bool:
    """Whether one of the names has the words as its head."""
    return _as_head(words).search(names) is not None and _head_in(names, head_of(words))


@lru_cache(maxsize=1024)
def _as_head(words: str) -> re.Pattern[str]:
    """Return the pattern of names that have the words where a head stands."""
    behind = r"(?=$| \||,| (?:of|for|on|to|in|against|with|established|pursuant|and)\b)"
    return re.compile(rf"(?:^|[ |]){re.escape(words)}{behind}")


def _head_in(names: str, word: str) -> bool:
    return any(head_of(name.strip()) == word for name in names.split("|"))

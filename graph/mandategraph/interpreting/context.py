"""What a paragraph takes from those before it: lead-ins, letters, section heads, ends of mandates.

In: annotated paragraphs in reading order. Out: the `Walk` through a document, and the small questions that it answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mandategraph.interpreting.deadlines import DeadlineReader, MandateEnds
from mandategraph.interpreting.fields import source_of, text_of
from mandategraph.records import (
    PLACES,
    Act,
    Annotated,
    AnnotatedParagraph,
    Deadline,
    Mention,
    MentionKind,
    ParagraphKind,
    Party,
    Span,
    Statement,
    Status,
)

_BODY_ENDS = frozenset(", ; : . on of for to in with under which that composed comprising consisting pursuant".split())
_PERSONS = frozenset({"office", "mandate_holder", "person"})
_ISSUERS = (
    ("S/RES/", "SecurityCouncil"),
    ("S/PRST/", "SecurityCouncil"),
    ("A/HRC/", "HumanRightsCouncil"),
    ("A/RES/", "GeneralAssembly"),
)
_NAMES_ISSUER = re.compile(r"\brecommendations?\b[^.]{0,80}\b(?:by|from)\b", re.I)
_MEANS = re.compile(r"\b(?:by|through|including)\s*:\s*$")
_ANNOUNCES = re.compile(r"\b(?:the following|as follows|following (?:priority |additional )?(?:mandate|tasks))\b", re.I)


@dataclass(frozen=True, slots=True)
class Lead:
    """What list items take from their lead-in."""

    verb: str
    act: Act
    strength: int
    parties: tuple[Party, ...]
    deadlines: tuple[Deadline, ...]
    rule: str
    has_content: bool = True

    @classmethod
    def of(cls, statement: Statement, parties: tuple[Party, ...]) -> Lead:
        """Return what the items below a statement take from it."""
        has_content = bool(statement.actions or statement.addressees)
        return cls(
            statement.verb, statement.act, statement.strength, parties, statement.deadlines, statement.rule, has_content
        )

    @property
    def inherited(self) -> tuple[Party, ...]:
        """The parties as an item has them."""
        return tuple(replace(p, rule="PTY-lead-in") if p.rule == "PTY-coordination" else p for p in self.parties)

    @property
    def due(self) -> tuple[Deadline, ...]:
        """The deadlines as an item without its own has them."""
        return tuple(replace(each, rule="DDL-lead-in") for each in self.deadlines)


@dataclass(slots=True)
class Walk:
    """What the walk through one document has seen; mutable only here."""

    leads: dict[str, Lead] = field(default_factory=dict)
    letters: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    head: tuple[Party, ...] = ()
    means: set[str] = field(default_factory=set)
    named: dict[str, list[Mention]] = field(default_factory=dict)
    last_label: str = ""
    speaker: str | None = None
    addressed: str | None = None


def addressed(annotated: Annotated) -> str | None:
    """Return to whom a letter is addressed, by its title; None where it does not say so."""
    for paragraph in annotated.paragraphs:
        at = paragraph.text.lower().find("addressed to")
        if paragraph.paragraph.kind is ParagraphKind.TITLE and at >= 0:
            begin = at + paragraph.paragraph.span.start
            named = (m for m in paragraph.mentions if m.kind is MentionKind.ACTOR and m.span.start > begin)
            return next((m.entity for m in named), None)
    return None


def find_scopes(annotated: Annotated, deadlines: DeadlineReader) -> dict[str, MandateEnds]:
    """Return the ends of mandates by part of the document: its body, and each annex."""
    texts: dict[str, list[str]] = {}
    for paragraph in annotated.paragraphs:
        texts.setdefault(
            paragraph.section.key.split("/")[0] if paragraph.section.key.startswith("annex") else "", []
        ).append(paragraph.said.text)
    return {key: deadlines.mandate_ends("\n".join(parts)) for key, parts in texts.items()}


def quoted_instrument(annotated: Annotated, paragraph: AnnotatedParagraph) -> str | None:
    """Return the instrument that a quoted section reproduces, by its heading, or None."""
    if paragraph.section.status is not Status.QUOTED:
        return None
    for p in annotated.paragraphs:
        if p.section.key == paragraph.section.key and p.paragraph.kind is ParagraphKind.HEADING:
            for m in p.mentions:
                if m.kind is MentionKind.INSTRUMENT and m.entity:
                    return m.entity
    return None


def issuer_of(
    annotated: Annotated, paragraph: AnnotatedParagraph, quoted: str | None, actor_named: Callable[[str], str | None]
) -> str | None:
    """Return whose words a paragraph is: the body of what it quotes, whoever recommends, else the issuer of its section."""
    section = paragraph.section
    named = next((body for start, body in _ISSUERS if quoted and quoted.startswith(start)), None)
    if named is None and section.status is Status.RECOMMENDED:
        parts = (p for p in annotated.paragraphs if p.section.key == section.key)
        named = next((actor for p in parts if (actor := _recommending(p))), None)
    if named or not section.issuer:
        return named
    return annotated.speakers.get(section.issuer) or actor_named(section.issuer)


def _recommending(paragraph: AnnotatedParagraph) -> str | None:
    """Return the actor behind "recommendations by" or "from"."""
    found = _NAMES_ISSUER.search(paragraph.text)
    if found is None:
        return None
    at = found.end() + (paragraph.paragraph.span.start if paragraph.offset is None else 0)
    return next(
        (m.entity for m in paragraph.mentions if m.kind is MentionKind.ACTOR and m.span.start >= at and m.entity), None
    )


def remember(
    walk: Walk, annotated: Annotated, paragraph: AnnotatedParagraph, found: Sequence[Statement], lead: Lead | None
) -> None:
    """Keep what later paragraphs take from one: its statements as a lead-in, its names, and whom a letter in it goes to."""
    label, text = paragraph.paragraph.label, paragraph.text.rstrip()
    own = label.split("~")[0]
    binding = [
        s for s in found if s.paragraph == own and (s.is_obligation or s.act is Act.DECISION) and s.rule != "ITM-task"
    ]
    source = annotated.document.text.source.text
    heard = paragraph.glossed.text if paragraph.glossed else ""
    announcing = [s for s in binding if _ANNOUNCES.search(heard or source[s.span.start : s.span.end])]
    if announcing or (binding and not text.endswith((".", ";"))):
        last = (announcing or binding)[-1]
        parties = tasked(annotated, paragraph) if last.act is Act.DECISION else last.addressees
        walk.leads[label] = Lead.of(last, parties)
    elif lead is not None:
        walk.leads[label] = lead
    if _MEANS.search(paragraph.said.text):
        walk.means.add(label)
    mentions = [m for m in paragraph.mentions if m.kind is MentionKind.ACTOR]
    if paragraph.paragraph.lead_in:
        walk.named.setdefault(paragraph.paragraph.lead_in, [])[:0] = mentions
    walk.named[label] = mentions
    walk.last_label = label
    if text.endswith(":") and (recipients := letter_recipients(annotated, paragraph)):
        walk.letters[label] = recipients


def tasked(annotated: Annotated, paragraph: AnnotatedParagraph) -> tuple[Party, ...]:
    """Return whose mandate or tasks a decision sets out: the items below are addressed to it.

    It is the body that the decision establishes, named or not, else the first actor named that is no State or organ.
    """
    named = [m for m in paragraph.mentions if m.kind is MentionKind.ACTOR and m.type not in {*PLACES, "un_organ"}]
    founded = _founded(paragraph)
    if founded is not None:
        inside = next((m for m in named if founded.covers(m.span)), None)
        surface = text_of(paragraph, founded)
        entity, link = (inside.entity, inside.rule) if inside else (None, "")
        return (Party(surface, source_of(annotated, paragraph, founded), entity, "PTY-tasked", link),)
    for m in named:
        return (Party(m.surface, source_of(annotated, paragraph, m.span), m.entity, "PTY-tasked", m.rule),)
    return ()


def _founded(paragraph: AnnotatedParagraph) -> Span | None:
    """Return the words of the body that a decision establishes: "to establish an ad hoc working group on ..."."""
    tokens = paragraph.tokens
    for i, token in enumerate(tokens[:-2]):
        if token.lower not in {"establish", "create"}:
            continue
        start = next((k for k in range(i + 1, min(i + 16, len(tokens))) if tokens[k].lower in {"a", "an", "the"}), None)
        if start is None:
            return None
        stop = next((k for k in range(start + 1, len(tokens)) if tokens[k].lower in _BODY_ENDS), len(tokens))
        return Span(tokens[start].start, tokens[stop - 1].end) if stop > start + 1 else None
    return None


def letter_recipients(annotated: Annotated, paragraph: AnnotatedParagraph) -> tuple[Party, ...]:
    """Return whom a letter or message goes to: "transmit a letter addressed to X", "a message to Y"."""
    words = [t.lower for t in paragraph.tokens]
    for i, word in enumerate(words):
        if word != "to" or i + 1 >= len(words):
            continue
        back = words[max(0, i - 12) : i]
        if not any(w in {"letter", "letters", "message"} for w in back):
            continue
        stop = next((k for k in range(i + 1, len(words)) if words[k] in {":", "through"}), len(words))
        left, right = paragraph.tokens[i + 1].start, paragraph.tokens[stop - 1].end
        found = [
            m
            for m in paragraph.mentions
            if m.kind is MentionKind.ACTOR and left <= m.span.start < right and m.type not in PLACES
        ]
        if not found:
            continue
        return tuple(
            Party(_with_article(paragraph, m), source_of(annotated, paragraph, m.span), m.entity, "PTY-letter", m.rule)
            for m in found
        )
    return ()


def is_plural(surface: str) -> bool:
    """Return whether words end like a plural."""
    return surface.rstrip(".").endswith("s") and not surface.endswith(("ss", "us"))


def agrees(pronoun: str, mention: Mention) -> bool:
    """Return whether an actor can be what a pronoun stands for, by number and kind."""
    plural = is_plural(mention.surface)
    if pronoun == "one":
        return not plural and mention.type not in PLACES
    if pronoun in {"him", "her", "he", "she"}:
        return mention.type in _PERSONS
    if pronoun in {"them", "they"}:
        return plural or mention.type == "group"
    return not plural and mention.type not in _PERSONS | PLACES


def _with_article(paragraph: AnnotatedParagraph, mention: Mention) -> str:
    before = next((t for t in reversed(paragraph.tokens) if t.end <= mention.span.start), None)
    return f"{before.text} {mention.surface}" if before is not None and before.lower == "the" else mention.surface

"""What a paragraph takes from those before it: lead-ins, letters, section heads, ends of mandates.

In: annotated paragraphs in reading order. Out: the `Walk` through a document, and the small questions that it answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mandategraph.interpreting.deadlines import DeadlineReader, MandateEnds
from mandategraph.interpreting.fields import source_of, text_of
from mandategraph.phrasing.walking import ARTICLES
from mandategraph.phrasing.words import is_adverb
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
    SourceSpan,
    Span,
    Statement,
    Status,
    Token,
)

_BODY_ENDS = frozenset(", ; : . on of for to in with under which that composed comprising consisting pursuant".split())
_FAR = 48
_BRACKET = re.compile(r"[^().;:]{0,120}\(([^()]{1,80})\)")
_ITS_TASKS = re.compile(
    r"\A(?:(?!\band (?:to|requests|authorizes|decides)\b)[^;])*?\b(?:tasks|mandate|functions|responsibilities)\b", re.I
)
_PERSONS = frozenset({"office", "mandate_holder", "person"})
_NAMES_ISSUER = re.compile(r"\brecommendations?\b[^.]{0,80}\b(?:by|from)\b", re.I)
_MEANS = re.compile(r"\b(?:by|through|including)\s*:\s*$")
# What stands in points below these words is a condition, and nothing to be done.
_PROVISO = re.compile(r"\b(?:provided that|on condition that|unless|if)\s*:\s*$")
_HELPED = re.compile(r"\b(?:support|contribute to|assist in)\s*:\s*$")
_DOES = re.compile(r"\b(?:agree|decide|resolve)[sd]? to\s*:\s*$", re.I)
_TASKS = re.compile(r"\b(?:tasks|functions|mandate|responsibilities|actions to be taken)\b", re.I)
_MANDATE = re.compile(r"\b(?:mandate|terms of reference|functions|responsibilities) (?:of|for)\b", re.I)
_HOLDER = re.compile(r"\b(?:of|for) (the [A-Z][\w'-]*(?: (?:(?:of|for|on|the|and|to|in) )*[A-Z][\w'-]*)*)")
# What can be given functions: types of actors.
OFFICES = frozenset("body commission mandate_holder mechanism mission office un_mission".split())
_ANNOUNCES = re.compile(r"\b(?:the following|as follows|following (?:priority |additional )?(?:mandate|tasks))\b", re.I)


@dataclass(frozen=True, slots=True)
class Lead:
    """What list items take from their lead-in.

    `is_done`: the issuer itself does what they name: "Decides to:"; `is_bare`: it only names whose functions they are: "The Office:".
    """

    verb: str
    act: Act
    strength: int
    parties: tuple[Party, ...]
    deadlines: tuple[Deadline, ...]
    rule: str
    has_content: bool = True
    is_tasking: bool = False
    is_helping: bool = False
    is_done: bool = False
    is_bare: bool = False

    @classmethod
    def of(
        cls, statement: Statement, parties: tuple[Party, ...], *, is_tasking: bool = False, is_helping: bool = False
    ) -> Lead:
        """Return what the items below a statement take from it; `is_tasking`: it announces tasks, which may be nouns of action; `is_helping`: what they name is what it helps, be it any noun."""
        has_content = bool(statement.actions or statement.addressees)
        said = (statement.verb, statement.act, statement.strength, parties, statement.deadlines, statement.rule)
        return cls(*said, has_content, is_tasking, is_helping)

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
    """What the walk through one document has seen; mutable only here.

    Attributes:
        charged: whose mandate a section sets out, by its key.
        provisos: labels of paragraphs whose points are conditions, and of those points.
        we: the word by which those name themselves who declare: "We, the Ministers"; nobody before it.
    """

    leads: dict[str, Lead] = field(default_factory=dict)
    letters: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    head: tuple[Party, ...] = ()
    means: set[str] = field(default_factory=set)
    named: dict[str, list[Mention]] = field(default_factory=dict)
    last_label: str = ""
    speaker: str | None = None
    charged: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    addressed: str | None = None
    we: tuple[Party, ...] = ()
    points: dict[str, str] = field(default_factory=dict)
    provisos: set[str] = field(default_factory=set)


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
    return {key: deadlines.mandate_ends(parts) for key, parts in texts.items()}


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


def issuer_of(annotated: Annotated, paragraph: AnnotatedParagraph, adopted_by: str | None) -> str | None:
    """Return whose words a paragraph is: the body that adopted what it quotes, whoever recommends, else the issuer of its section."""
    section = paragraph.section
    named = adopted_by
    if named is None and section.status is Status.RECOMMENDED:
        parts = (p for p in annotated.paragraphs if p.section.key == section.key)
        named = next((actor for p in parts if (actor := _recommending(p))), None)
    return named or annotated.speakers.get(section.issuer)


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
    if _PROVISO.search(paragraph.said.text):
        walk.provisos.add(label)
    if announcing or (binding and not text.endswith((".", ";"))):
        last = (announcing or binding)[-1]
        created = commissioned(annotated, paragraph)
        given = tuple(p for p in created if p.span and _is_within(p.span, last.span)) or last.addressees
        is_own = last.act is Act.DECISION or (last.act is Act.AUTHORIZATION and not given)
        is_done = last.act is Act.DECISION and bool(_DOES.search(paragraph.said.text))
        parties = () if is_done else tasked(annotated, paragraph) if is_own else given
        read = Lead.of(
            last,
            parties,
            is_tasking=bool(_TASKS.search(paragraph.text)),
            is_helping=bool(_HELPED.search(paragraph.said.text)),
        )
        walk.leads[label] = replace(read, is_done=is_done)
    elif lead is not None:
        walk.leads[label] = lead
    if [t.lower for t in paragraph.tokens[:2]] == ["we", ","]:
        span = source_of(annotated, paragraph, paragraph.tokens[0].span)
        walk.we = (Party(paragraph.tokens[0].text, span, None, "PTY-speaker"),)
    if _MEANS.search(paragraph.said.text):
        walk.means.add(label)
    mentions = [m for m in paragraph.mentions if m.kind is MentionKind.ACTOR]
    if paragraph.paragraph.lead_in:
        walk.named.setdefault(paragraph.paragraph.lead_in, [])[:0] = mentions
    walk.named[label] = mentions
    walk.last_label = label
    if text.endswith(":") and (recipients := letter_recipients(annotated, paragraph)):
        walk.letters[label] = recipients


def _is_within(inner: SourceSpan, outer: SourceSpan) -> bool:
    """Return whether a stretch begins inside another."""
    return outer.start <= inner.start < outer.end


def tasked(annotated: Annotated, paragraph: AnnotatedParagraph) -> tuple[Party, ...]:
    """Return whose mandate or tasks a decision sets out: the items below are addressed to it.

    It is the body that the decision establishes, named or not, else the first actor named that is no State or organ.
    """
    created = _created(annotated, paragraph, _founded(paragraph))
    if created:
        return created
    for m in _able(paragraph):
        return (Party(m.surface, source_of(annotated, paragraph, m.span), m.entity, "PTY-tasked", m.rule),)
    return ()


def charged(annotated: Annotated, heading: AnnotatedParagraph) -> tuple[Party, ...]:
    """Return whose mandate or functions the title of an annex announces: "Terms of reference of the Panel"; nobody where it is no such title."""
    if not _MANDATE.search(heading.text) or not heading.section.key.startswith("annex"):
        return ()
    for m in _able(heading):
        if m.type in OFFICES:
            return (Party(m.surface, source_of(annotated, heading, m.span), m.entity, "PTY-section-head", m.rule),)
    named = _HOLDER.search(heading.text)
    if named is None:
        return ()
    at = heading.paragraph.span.start if heading.offset is None else 0
    span = Span(at + named.start(1), at + named.end(1))
    return (Party(named[1], source_of(annotated, heading, span), None, "PTY-section-head"),)


def commissioned(annotated: Annotated, paragraph: AnnotatedParagraph) -> tuple[Party, ...]:
    """Return the body that somebody is asked to create with a list of its tasks, or nobody: "to establish a panel ... to carry out the tasks"."""
    founded = _founded(paragraph)
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    if founded is None or not _ITS_TASKS.match(paragraph.text[founded.start - base :]):
        return ()
    return _created(annotated, paragraph, founded)


def _able(paragraph: AnnotatedParagraph) -> list[Mention]:
    """Return the actors that a paragraph names and that can have tasks of their own."""
    return [m for m in paragraph.mentions if m.kind is MentionKind.ACTOR and m.type not in {*PLACES, "un_organ"}]


def _created(annotated: Annotated, paragraph: AnnotatedParagraph, founded: Span | None) -> tuple[Party, ...]:
    """Return the party that is founded: named within its words, or in brackets behind them: "a group of experts (the Panel)"."""
    if founded is None:
        return ()
    named = [m for m in paragraph.mentions if m.kind is MentionKind.ACTOR and m.type not in PLACES]
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    bracket = _BRACKET.match(paragraph.text[founded.end - base :])
    inside = [m for m in named if founded.start <= m.span.start < founded.end]
    if bracket is not None:
        inside += [m for m in named if founded.end + bracket.start(1) <= m.span.start < founded.end + bracket.end(1)]
    entity, link = (inside[0].entity, inside[0].rule) if inside else (None, "")
    return (Party(text_of(paragraph, founded), source_of(annotated, paragraph, founded), entity, "PTY-tasked", link),)


def _is_object(tokens: Sequence[Token], verb: int, at: int) -> bool:
    """Return whether the words from a token on are the object of a verb: right behind it, or behind what is inserted between commas."""
    return at - 1 == verb or tokens[at - 1].lower == "," or is_adverb(tokens[at - 1].lower)


def _founded(paragraph: AnnotatedParagraph) -> Span | None:
    """Return the words of the body that is established: "to establish an ad hoc working group on ..."."""
    tokens = paragraph.tokens
    for i, token in enumerate(tokens[:-2]):
        if token.lower not in {"establish", "create"}:
            continue
        within = range(i + 1, min(i + _FAR, len(tokens)))
        start = next((k for k in within if tokens[k].lower in ARTICLES and _is_object(tokens, i, k)), None)
        if start is None:
            continue
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

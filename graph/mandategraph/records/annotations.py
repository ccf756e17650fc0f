"""What `language` and `linking` give: tokens, mentions, verbs and figures of each paragraph, and the entities of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from mandategraph.records.documents import Document, Paragraph, Section
from mandategraph.records.kinds import Act, MentionKind
from mandategraph.records.texts import LONGEST_NAME, Span


class Token(NamedTuple):
    """A word or mark of a paragraph: its span and its text in lower case."""

    start: int
    end: int
    lower: str
    text: str

    @property
    def span(self) -> Span:
        """The token's place in the clean text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where something is named.

    Attributes:
        entity: id of the entry, or None while unresolved.
        type: type of the entry (`un_mission`, `sc_resolution`, …); may be empty.
        rule: id of the rule that found it.
    """

    span: Span
    kind: MentionKind
    surface: str
    entity: str | None
    type: str
    rule: str

    @property
    def rule_kind(self) -> str:
        """The letters of its rule that say what kind of rule it is: "CIT" of a citation, "FAM" of a family of names."""
        return self.rule.partition("-")[0]

    @property
    def is_cited(self) -> bool:
        """Whether it was read from the symbol or number that is printed there, not from a name or what stands for one."""
        return self.rule_kind == "CIT"


@dataclass(frozen=True, slots=True)
class Trigger:
    """An operative or preambular verb in its place.

    Attributes:
        span: from the verb to the end of its particle, adverbs left out.
        verb: lemma with particle ("call upon").
        form: `finite`, `participle`, `past` or `base`.
        frame: how its complement is built (see `verbs.csv`).
        act: what the verb does when nothing in its complement says otherwise.
        strength: 0 (no pressure) to 5 (demand).
        rule: id of the lexicon row.
    """

    span: Span
    verb: str
    form: str
    frame: str
    act: Act
    strength: int
    rule: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, as printed in one place."""

    span: Span
    value: float
    unit: str
    rule: str


@dataclass(frozen=True, slots=True)
class AnnotatedParagraph:
    """A paragraph with what was found in it, in reading order.

    `offset` is what to add to a span to make it an offset of the *source* where the paragraph is a footnote (its
    text does not stand in the clean text); None elsewhere.
    """

    section: Section
    paragraph: Paragraph
    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    figures: tuple[Figure, ...]
    offset: int | None = None

    def with_mentions(self, mentions: tuple[Mention, ...]) -> AnnotatedParagraph:
        """Return the paragraph with other mentions."""
        return AnnotatedParagraph(
            self.section, self.paragraph, self.text, self.tokens, mentions, self.triggers, self.figures, self.offset
        )

    def mentions_at(self, span: Span) -> Iterator[Mention]:
        """Yield the mentions that share characters with a span."""
        first = bisect_left(self.mentions, span.start - LONGEST_NAME, key=lambda m: m.span.start)
        for mention in islice(self.mentions, first, None):
            if mention.span.start >= span.end:
                return
            if mention.span.overlaps(span):
                yield mention


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or instrument that a document names.

    Attributes:
        minted: True where no gazetteer has it and the document alone vouches for it.
    """

    id: str
    kind: MentionKind
    type: str
    label: str
    minted: bool = False


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotated paragraphs, the entities they name, and the place it is mostly about.

    `notes` are its footnotes by the label of the paragraph that calls them; `speakers` the ids of the bodies that speak in it, by the name that
    the document prints.
    """

    document: Document
    paragraphs: tuple[AnnotatedParagraph, ...]
    entities: tuple[Entity, ...] = ()
    topic: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, tuple[AnnotatedParagraph, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        notes: dict[str, tuple[AnnotatedParagraph, ...]] = {}
        for each in self.paragraphs:
            if each.offset is not None and each.paragraph.lead_in:
                notes[each.paragraph.lead_in] = (*notes.get(each.paragraph.lead_in, ()), each)
        object.__setattr__(self, "notes", notes)

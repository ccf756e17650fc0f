"""What `language` and `linking` give: tokens, mentions, verbs and figures of each paragraph, and the entities of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from mandategraph.records.documents import Document, Paragraph, Section
from mandategraph.records.kinds import Act, MentionKind
from mandategraph.records.texts import LONGEST_NAME, Span


class Token(NamedTuple):
    """A word or mark of a paragraph: its span, the word that it is for the grammar, and its text.

    In English that is the text in lower case, in another language what the glossary says; a word that it implies has neither length nor text.
    """

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
        return self.rule.startswith("CIT-")


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
class Said:
    """A paragraph in words of the grammar, with the way back to what is printed.

    Attributes:
        text: the words; in English those that are printed.
        base: what to add to an offset of the text to make it one of the tokens', where the text is what is printed.
        places: else for each character of the text the place of its word.
    """

    text: str
    base: int
    places: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return the place of what is printed for a stretch of the text: half-open, `end` after `start`."""
        if not self.places:
            return Span(self.base + start, self.base + end)
        return Span(self.places[start][0], self.places[end - 1][1])

    def within(self, span: Span) -> tuple[int, int]:
        """Return the stretch of the text, half-open, that stands for a place of what is printed."""
        if not self.places:
            return span.start - self.base, span.end - self.base
        start = bisect_left(self.places, span.start, key=lambda place: place[0])
        end = max(start, bisect_left(self.places, span.end, key=lambda place: place[0]))
        return start, start + len(self.text[start:end].rstrip())


@dataclass(frozen=True, slots=True)
class AnnotatedParagraph:
    """A paragraph with what was found in it, in reading order.

    `offset` is what to add to a span to make it an offset of the *source* where the paragraph is a footnote (its
    text does not stand in the clean text); None elsewhere. `glossed` are its words as words of the grammar, None where those are printed.
    """

    section: Section
    paragraph: Paragraph
    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    figures: tuple[Figure, ...]
    offset: int | None = None
    glossed: Said | None = None

    @property
    def said(self) -> Said:
        """The paragraph in words of the grammar."""
        return self.glossed or Said(self.text, self.paragraph.span.start if self.offset is None else 0)

    def printed(self, span: Span) -> str:
        """Return what is printed in a place of it."""
        base = self.paragraph.span.start if self.offset is None else 0
        return self.text[span.start - base : span.end - base]

    def with_mentions(self, mentions: tuple[Mention, ...]) -> AnnotatedParagraph:
        """Return the paragraph with other mentions; itself where they are the same."""
        return self if mentions == self.mentions else replace(self, mentions=mentions)

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

"""The records that travel from step to step.

Frozen and whole when made; a later step makes a new one. Offsets are half-open, in code points: `Span` counts in the
clean text, `SourceSpan` in the source text, and only the second leaves the program. No record holds a path, an open
file, a spaCy object or an RDF term.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

# Longer runs of characters are no words, longer names no names, longer paragraphs no paragraphs: the longest of 520 documents of
# the genre have 53, 300 and 2,908 characters. What is longer is left out, so that no text takes more than its length allows.
LONGEST_WORD, LONGEST_NAME, LONGEST_PARAGRAPH = 500, 2_000, 20_000


class Act(StrEnum):
    """What a statement does (annotation guidelines, field `act`)."""

    DIRECTIVE = "directive"
    AUTHORIZATION = "authorization"
    PROHIBITION = "prohibition"
    DECISION = "decision"
    COMMITMENT = "commitment"
    ASSERTION = "assertion"


OBLIGING = frozenset({Act.DIRECTIVE, Act.AUTHORIZATION, Act.PROHIBITION, Act.COMMITMENT})


PLACES = frozenset({"state", "territory"})


class Status(StrEnum):
    """Whose word a statement is, and how far it has come."""

    ADOPTED = "adopted"
    DRAFT = "draft"
    CONCLUSIONS = "conclusions"
    RECOMMENDED = "recommended"
    QUOTED = "quoted"
    STATEMENT = "statement"


class Bindingness(StrEnum):
    """How far a statement binds in law: another scale than the pressure of its verb."""

    BINDING = "binding"
    INTERNALLY_BINDING = "internally_binding"
    DISPUTED = "disputed"
    HORTATORY = "hortatory"
    DECLARATORY = "declaratory"
    PENDING = "pending"


class Genre(StrEnum):
    """Kinds of document, by how they are drafted."""

    RESOLUTION = "resolution"
    PRESIDENTIAL_STATEMENT = "presidential_statement"
    CONCLUSIONS = "conclusions"
    NOTE = "note"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The genre as people read it."""
        return self.value.replace("_", " ")


class ParagraphKind(StrEnum):
    """What a paragraph is in its document."""

    TITLE = "title"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    BODY = "body"
    FOOTNOTE = "footnote"


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A labelled paragraph.

    Attributes:
        label: as the annotation guidelines give it: `28(a)(iii)/2`, `pp3`, `annex/26/2`.
        kind: what it is in its document.
        span: its words, without number or bullet.
        lead_in: label of the paragraph it hangs under, or None.
        depth: 0 for a numbered or preambular paragraph, one more for each level below.
    """

    label: str
    kind: ParagraphKind
    span: Span
    lead_in: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading.

    Attributes:
        key: short name, unique within the document: `main`, `recommendations`, `annex`.
        title: the heading as printed; empty where there is none.
        span: the heading's place, or an empty span.
        status: of its statements.
        issuer: surface of the body that speaks here.
        quoted_from: title or symbol of the instrument whose words these are, else empty.
        paragraphs: in reading order.
    """

    key: str
    title: str
    span: Span
    status: Status
    issuer: str
    quoted_from: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """Whose document it is, as its first page says it.

    Attributes:
        symbol: UN document symbol of its own, or "" where it has none.
        rule: which found the symbol; `IDY-place` where there is none.
        why: the rule in words.
        span: of the line that the rule read; empty where it read none.
        date: ISO 8601 day, or None.
        title: in words; may be empty.
        body: surface of the issuing body; may be empty.
        organ: of the United Nations for which the document was made, as printed; may be empty.
        session: of the organ, as printed ("Fifty-fifth session"); may be empty.
        agenda_item: as printed ("3"); may be empty.
        original: language in which it was written, as printed; may be empty.
        edition: the day on which it says that it was issued again, "*" where it gives none; a greater one is newer, and "" the
            first.
    """

    symbol: str
    rule: str
    why: str
    span: Span
    date: str | None
    title: str
    body: str
    organ: str = ""
    session: str = ""
    agenda_item: str = ""
    original: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A clean text with its structure.

    Attributes:
        language: of the text by ISO 639-1, "" where it cannot be told; `language_name` in words.
    """

    text: CleanText
    masthead: Masthead
    genre: Genre
    status: Status
    sections: tuple[Section, ...]
    language: str = ""
    language_name: str = ""

    @property
    def symbol(self) -> str:
        """The document's own symbol, or ""."""
        return self.masthead.symbol

    @property
    def date(self) -> str | None:
        """The document's day as ISO 8601, or None."""
        return self.masthead.date

    @property
    def title(self) -> str:
        """The title in words; may be empty."""
        return self.masthead.title

    @property
    def body(self) -> str:
        """The surface of the issuing body; may be empty."""
        return self.masthead.body

    @property
    def key(self) -> str:
        """The name the document claims in the graph: its symbol, or else the name of its file."""
        return self.symbol or self.text.source.name

    def identified(self) -> str:
        """Return by which rule the document has its key, and the line that the rule read."""
        words = " ".join(self.text.quote(self.masthead.span).split()) if self.masthead.span.end else ""
        said = f"{self.masthead.rule}: {self.masthead.why}"
        return f"{said} ({words})" if words else said

    def paragraphs(self) -> Iterable[tuple[Section, Paragraph]]:
        """Yield every paragraph with its section, in reading order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield section, paragraph


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


class MentionKind(StrEnum):
    """What a mention names."""

    ACTOR = "actor"
    INSTRUMENT = "instrument"
    PLACE = "place"
    THEME = "theme"
    DATE = "date"


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

    `notes` are its footnotes by the label of the paragraph that calls them.
    """

    document: Document
    paragraphs: tuple[AnnotatedParagraph, ...]
    entities: tuple[Entity, ...] = ()
    topic: str = ""
    notes: Mapping[str, tuple[AnnotatedParagraph, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        notes: dict[str, tuple[AnnotatedParagraph, ...]] = {}
        for each in self.paragraphs:
            if each.offset is not None and each.paragraph.lead_in:
                notes[each.paragraph.lead_in] = (*notes.get(each.paragraph.lead_in, ()), each)
        object.__setattr__(self, "notes", notes)


@dataclass(frozen=True, slots=True)
class Party:
    """An addressee as printed, with the actor it names or None.

    Attributes:
        rule: how it came to be addressed; `link`: how its words came to name the actor, "" where they name none.
    """

    surface: str
    span: SourceSpan | None
    actor: str | None
    rule: str = "PTY-coordination"
    link: str = ""


class DeadlineKind(StrEnum):
    """How a time limit is given."""

    DATE = "date"
    RECURRENCE = "recurrence"
    DURATION = "duration"
    SESSION = "session"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit.

    Attributes:
        value: ISO 8601 day, ISO 8601 duration, or a session's label; empty for an event.
        surface: the phrase as printed, white space folded.
        resolves: the day an event falls on where the document itself says so, else None.
    """

    kind: DeadlineKind
    value: str
    surface: str
    resolves: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Provision:
    """A paragraph of an instrument, by the instrument's id and the paragraph's label."""

    instrument: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """Which rule gave a field of a statement which value."""

    field: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One operative or preambular verb of an issuing body, with its complement (annotation guidelines).

    Attributes:
        rule: of the verb.
        provisions: paragraphs of instruments that it cites.
        trace: the rules behind its other fields, in the order of the fields.
        themes: ids, sorted.
        bindingness: how far it binds in law.
    """

    paragraph: str
    trigger: SourceSpan
    span: SourceSpan
    verb: str
    act: Act
    strength: int
    issuer: str | None
    addressees: tuple[Party, ...]
    actions: tuple[str, ...]
    counterparts: tuple[str, ...]
    instruments: tuple[str, ...]
    deadline: Deadline | None
    conditions: tuple[str, ...]
    status: Status
    quoted_from: str | None
    rule: str
    provisions: tuple[Provision, ...] = ()
    trace: tuple[Step, ...] = ()
    themes: tuple[str, ...] = ()
    bindingness: Bindingness = Bindingness.HORTATORY

    @property
    def is_obligation(self) -> bool:
        """Whether somebody is to do, may do, or must not do something."""
        return self.act in OBLIGING


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with its subject.

    Attributes:
        unit: `percent` (0-100), `count`, `USD` or `per_100000`.
        of: what the figure counts or is a share of, in words.
        about: actor id or None.
        sex: `female`, `male` or None.
        time: ISO 8601 year, month or day, or None.
        target: True for a quota, ceiling or aim; False for an observation.
        bound: of a target, `at_most` or `at_least` where the text says so, else None.
    """

    paragraph: str
    span: SourceSpan
    value: float
    unit: str
    of: str
    about: str | None
    sex: str | None
    time: str | None
    target: bool
    bound: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact between actors and instruments that the text states outright.

    Attributes:
        until, lasts: ISO 8601 day and duration to which the text limits it, else None.
    """

    paragraph: str
    span: SourceSpan
    subject: str
    relation: str
    object: str
    rule: str
    until: str | None = None
    lasts: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A passage that looks operative and was not understood."""

    paragraph: str
    span: SourceSpan
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document states."""

    statements: tuple[Statement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: tuple[tuple[str, SourceSpan, Mention], ...] = ()
    entities: tuple[Entity, ...] = ()
    unread: tuple[Unread, ...] = field(default=())

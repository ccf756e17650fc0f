"""What `interpreting` gives: statements, indicators and relations, with the rules that found them."""

from __future__ import annotations

from dataclasses import dataclass, field

from mandategraph.records.annotations import Entity, Mention
from mandategraph.records.kinds import OBLIGING, Act, Bindingness, ContentKind, DeadlineKind, Status, TermStep
from mandategraph.records.texts import SourceSpan


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


@dataclass(frozen=True, slots=True)
class Deed:
    """An action with its words.

    Attributes:
        head: verb in the base form, or noun in the singular (annotation guidelines, field `actions`).
        surface: the words that say what is done, as printed, white space folded: "take steps to disarm" of `take`; "…" stands for
            what is passed over, as in "ensure that … receive".
        span: from the first of the words to the last.
    """

    head: str
    surface: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An actor on the other side of an action.

    Attributes:
        role: recipient, partner, beneficiary, agent or object (annotation guidelines, field `roles`).
        rule: the frame that gives the role.
    """

    actor: str
    role: str
    rule: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit.

    Attributes:
        value: ISO 8601 day, ISO 8601 duration, or a session's label; empty for an event.
        surface: the phrase as printed, white space folded.
        resolves: the day an event falls on where the document itself says so, else None.
        span: where the phrase stands, or None.
    """

    kind: DeadlineKind
    value: str
    surface: str
    resolves: str | None = None
    rule: str = ""
    span: SourceSpan | None = None

    @property
    def day(self) -> str | None:
        """The day on which it falls, as far as the document gives one."""
        return self.value if self.kind is DeadlineKind.DATE else self.resolves


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
        deeds: what is to be done, in the order of the text.
        deadlines: all that it sets or takes from its lead-in, in reading order.
        provisions: paragraphs of instruments that it cites.
        trace: the rules behind its other fields, in the order of the fields.
        themes: ids, sorted.
        bindingness: how far it binds in law.
        products: what it asks to produce, by the table of products, sorted.
        sanctions: what it sets in a regime of sanctions, by the table of sanctions, sorted; `sanctioned`: on whom a measure is, in words.
    """

    paragraph: str
    trigger: SourceSpan
    span: SourceSpan
    verb: str
    act: Act
    strength: int
    issuer: str | None
    addressees: tuple[Party, ...]
    deeds: tuple[Deed, ...]
    counterparts: tuple[Counterpart, ...]
    instruments: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    conditions: tuple[str, ...]
    status: Status
    quoted_from: str | None
    rule: str
    provisions: tuple[Provision, ...] = ()
    trace: tuple[Step, ...] = ()
    themes: tuple[str, ...] = ()
    bindingness: Bindingness = Bindingness.HORTATORY
    products: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    sanctioned: str = ""

    @property
    def actions(self) -> tuple[str, ...]:
        """The heads of what is to be done, in the order of the text."""
        return tuple(deed.head for deed in self.deeds)

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
class Term:
    """What a decision does to what goes on until it ends: a mandate, measures, an authorization.

    Attributes:
        statement: where the trigger of the statement that decides it begins, None where the text only tells of the decision.
        kind: `mandate`, `measures` or `authorization`.
        holder: id of the actor who has it, None for measures, or where the text names nobody by a name that is known.
        source: id of the instrument that it goes back to, where no holder is known.
        until: ISO 8601 day, as the text gives it.
        lasts: ISO 8601 duration, where it gives a period and no day.
        instrument: id of the instrument that decides it: the document's own, or the one that it quotes.
        since: ISO 8601 day or month from which the period counts, where the text says so.
        follows: whether the period counts from the end of the term before.
        condition: on which the term goes on by itself, as printed, "" for one that is decided.
        about: what is decided, in the words of the text.
    """

    paragraph: str
    span: SourceSpan
    statement: int | None
    step: TermStep
    kind: str
    holder: str | None
    source: str | None
    until: str | None
    lasts: str | None
    instrument: str
    rule: str
    since: str | None = None
    follows: bool = False
    condition: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a document gives to a mandate beside its terms.

    Attributes:
        what: what it is.
        kind, holder, source: which mandate, as in `Term`.
        start: where the trigger of the statement, or the words of the figure, begin.
    """

    what: ContentKind
    kind: str
    holder: str | None
    source: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a document says that it answers, as a report is submitted pursuant to a paragraph of a resolution.

    Attributes:
        instrument: its id.
        label: of the paragraph that asked, "" where the document names none.
    """

    paragraph: str
    span: SourceSpan
    instrument: str
    label: str
    rule: str


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
    terms: tuple[Term, ...] = ()
    contents: tuple[Content, ...] = ()
    answers: tuple[Answer, ...] = ()

"""The closed vocabularies: what a statement does, whose word it is, what a mention names."""

from __future__ import annotations

from enum import StrEnum


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
    DECLARATION = "declaration"
    MEETING_REPORT = "meeting_report"
    LETTER = "letter"
    RULES = "rules"
    REPORT = "report"
    CONCLUSIONS = "conclusions"
    SPEECH = "speech"
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


class MentionKind(StrEnum):
    """What a mention names."""

    ACTOR = "actor"
    INSTRUMENT = "instrument"
    PLACE = "place"
    THEME = "theme"
    DATE = "date"


class TermStep(StrEnum):
    """What a decision does to a mandate."""

    FOUNDS = "founds"
    CONTINUES = "continues"
    ENDS = "ends"


class ContentKind(StrEnum):
    """What a document gives to a mandate beside its terms; the values are properties of the ontology.

    `CARRIES` is a statement that goes on with what older paragraphs say.
    """

    TASK = "task"
    CEILING = "ceiling"
    CARRIES = "carriedOnBy"
    MEASURE = "measure"
    EXEMPTION = "exemption"
    CRITERION = "criterion"


class DeadlineKind(StrEnum):
    """How a time limit is given."""

    DATE = "date"
    RECURRENCE = "recurrence"
    DURATION = "duration"
    SESSION = "session"
    EVENT = "event"

"""The records that travel from step to step, a module a stage.

Frozen and whole when made; a later step makes a new one. Offsets are half-open, in code points: `Span` counts in the
clean text, `SourceSpan` in the source text, and only the second leaves the program. No record holds a path, an open
file, a spaCy object or an RDF term.
"""

from mandategraph.records.annotations import Annotated, AnnotatedParagraph, Entity, Figure, Mention, Token, Trigger
from mandategraph.records.documents import Document, Masthead, Paragraph, Section
from mandategraph.records.kinds import (
    OBLIGING,
    PLACES,
    Act,
    Bindingness,
    DeadlineKind,
    Genre,
    MentionKind,
    ParagraphKind,
    Status,
)
from mandategraph.records.readings import (
    Counterpart,
    Deadline,
    Indicator,
    Party,
    Provision,
    Reading,
    Relation,
    Statement,
    Step,
    Unread,
)
from mandategraph.records.texts import (
    LONGEST_NAME,
    LONGEST_PARAGRAPH,
    LONGEST_WORD,
    CleanText,
    Cut,
    Footnote,
    OffsetMap,
    Omission,
    Place,
    SourceSpan,
    SourceText,
    Span,
)

__all__ = [
    "LONGEST_NAME",
    "LONGEST_PARAGRAPH",
    "LONGEST_WORD",
    "OBLIGING",
    "PLACES",
    "Act",
    "Annotated",
    "AnnotatedParagraph",
    "Bindingness",
    "CleanText",
    "Counterpart",
    "Cut",
    "Deadline",
    "DeadlineKind",
    "Document",
    "Entity",
    "Figure",
    "Footnote",
    "Genre",
    "Indicator",
    "Masthead",
    "Mention",
    "MentionKind",
    "OffsetMap",
    "Omission",
    "Paragraph",
    "ParagraphKind",
    "Party",
    "Place",
    "Provision",
    "Reading",
    "Relation",
    "Section",
    "SourceSpan",
    "SourceText",
    "Span",
    "Statement",
    "Status",
    "Step",
    "Token",
    "Trigger",
    "Unread",
]

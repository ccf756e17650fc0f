"""Why a statement reads as it does: the rule behind each of its fields.

In: a document of the store and a paragraph's label. Out: `Explanation` records; what people corrected has the rule `PER-word`. The document's source text is kept in
the store, so it is read again with the rules and data files of now; a statement that the store does not hold in the same
form was read by others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mandategraph.answering.showing import find_thing
from mandategraph.building.extracting import Reader
from mandategraph.building.inputs import stored_source
from mandategraph.building.said import Said, amend
from mandategraph.errors import QueryError
from mandategraph.keeping.documents import said_of
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.reading.genres import Drafting
from mandategraph.recalling.corrections import corrections
from mandategraph.recalling.things import value
from mandategraph.records import SourceText, Statement, Step
from mandategraph.vocabulary import DCTERMS, MG, part_iri, shorten


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement with the rules that made it.

    Attributes:
        words: the passage as printed, white space folded.
        steps: the verb's rule first, then those of the other fields.
        is_stored: whether the store holds a statement at this place with the same verb.
    """

    statement: Statement
    words: str
    steps: tuple[Step, ...]
    is_stored: bool


def explain(store: GraphStore, document: str, paragraph: str, *, data: Iterable[Path] = ()) -> list[Explanation]:
    """Return the statements of a paragraph with the rules behind their fields.

    Args:
        store: open.
        document: symbol, IRI or file name of a document in the store.
        paragraph: its label.
        data: a user's own gazetteer files.

    Raises:
        QueryError: there is no such document, or no statement in the paragraph.
    """
    iri = _document(store, document)
    reader, held = Reader(load_tables(tuple(data))), store.documents()
    said = Said(corrections(store), held.__contains__)
    key = value(store, iri, DCTERMS + "identifier")
    amended = amend(reader, *reader.read(*_source(store, iri)), key, said)
    structured, reading = amended.document, amended.reading
    found = [s for s in reading.statements if s.paragraph == paragraph]
    if not found:
        labels = sorted({s.paragraph for s in reading.statements if s.paragraph.startswith(paragraph[:2])})
        hint = f"Paragraphs near it: {', '.join(labels[:8])}" if labels else "See the labels with: mandategraph show"
        raise QueryError(f"no statement stands in paragraph {paragraph!r}", where=document, hint=hint)
    return [
        Explanation(
            statement,
            structured.text.words(statement.span),
            (Step("verb", statement.verb, statement.rule), *statement.trace),
            value(store, part_iri(iri, "statement", statement.trigger.start), MG + "verbLemma") == statement.verb,
        )
        for statement in found
    ]


def explain_phrases(store: GraphStore, document: str, paragraph: str, *, data: Iterable[Path] = ()) -> str:
    """Return the phrases of a paragraph as a line of text: what was grouped, and what hangs on what.

    Args:
        store: open.
        document: symbol, IRI or file name of a document in the store.
        paragraph: its label.
        data: a user's own gazetteer files.

    Raises:
        QueryError: there is no such document or paragraph.
    """
    for label, shown in Reader(load_tables(tuple(data))).phrases(*_source(store, _document(store, document))):
        if label == paragraph:
            return shown
    raise QueryError(
        f"there is no paragraph {paragraph!r}", where=document, hint="See the labels with: mandategraph show"
    )


def explain_form(store: GraphStore, document: str, *, data: Iterable[Path] = ()) -> Drafting:
    """Return how a document is drafted, with the evidence for each genre, the strongest first.

    Args:
        store: open.
        document: symbol, IRI or file name of a document in the store.
        data: a user's own gazetteer files.

    Raises:
        QueryError: there is no such document.
    """
    return Reader(load_tables(tuple(data))).drafting(*_source(store, _document(store, document)))


def _source(store: GraphStore, iri: str) -> tuple[SourceText, int]:
    """Return the source of a document, and where the document begins in it where it is one of several there, else -1."""
    key = shorten(iri)
    return stored_source(store, key), int(said_of(store, key).get("start", -1))


def _document(store: GraphStore, name: str) -> str:
    """Return the IRI of a document of the store."""
    thing = find_thing(store, name)
    if thing.kind != "document":
        raise QueryError(f"{name!r} is no document of the store", hint="List them with: mandategraph documents")
    return thing.iri

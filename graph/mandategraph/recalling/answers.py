"""The store -> what documents say that they answer. The inverse of `describing.facts.describe_answer`."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.rows import plain, select
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import document_iri, shorten

_ANSWERS = """
  ?answer a mg:Answer ; mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:answers ?asked ; mg:evidence ?passage .
  ?passage oa:exact ?words ; oa:start ?start ."""


@dataclass(frozen=True, slots=True)
class AnswerOf:
    """What a document says that it answers.

    Attributes:
        document: its key; `day`: ISO 8601, "" where it is not known; `body`: who speaks in it.
        paragraph: where it says so, in these words: `quotation`.
        asked: symbol of what it answers; `place`: element id of the paragraph there, "" where it names none.
    """

    document: str
    day: str
    body: str
    paragraph: str
    quotation: str
    asked: str
    place: str


def answers(store: GraphStore) -> list[AnswerOf]:
    """Return what documents say that they answer, by day and document."""
    heads = {document_iri(head.key): head for head in documents(store)}
    found = []
    for document, paragraph, asked, words, _ in plain(
        select(store, "?document ?paragraph ?asked ?words ?start", _ANSWERS, order="?document ?start ?asked")
    ):
        head, (whole, _, place) = heads[document], asked.partition("#")
        said = (paragraph, " ".join(words.split()), symbol_of(shorten(whole)), place)
        found.append(AnswerOf(head.key, head.adopted, head.body, *said))
    return sorted(found, key=lambda answer: (answer.day or "9999", answer.document))

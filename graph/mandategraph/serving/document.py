"""The page of a document: its text with its marks, what people said of it, and the forms in which they say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mandategraph.answering.corrections import described, list_corrections
from mandategraph.keeping.naming import find
from mandategraph.keeping.store import GraphStore
from mandategraph.serving.reading import reading_page


@dataclass(frozen=True, slots=True)
class Editor:
    """Who may correct on the pages: the token of their forms, "" where nobody may, and the name that stands in them."""

    token: str = ""
    who: str = ""


READER = Editor()


def document_page(store: GraphStore, iri: str) -> dict[str, Any]:
    """Return what the page of a document shows.

    Raises:
        NotFoundError: the store has no such document.
    """
    key = find(store, iri).id
    said = [(each, described(each.correction)) for each in list_corrections(store, key)]
    return {**reading_page(store, iri), "document": key, "corrections": said}

"""What was agreed before, as a page and as files: precedents of what the reader gives, or the language of a theme.

In: a store and what the reader typed. A file of this machine is none of it: what is given is a document of the store, a statement or paragraph there, or words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from mandategraph.answering.precedents import Language, Precedents, language, precedents
from mandategraph.answering.subjects import subject_in_store
from mandategraph.exporting import precedents as writing
from mandategraph.indexing.index import Found, Scope
from mandategraph.indexing.opening import open_index
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.serving.tables import place_of
from mandategraph.vocabulary import document_iri

Given = Mapping[str, str]
MOST = 200


def precedents_page(store: GraphStore, given: Given) -> dict[str, Any]:
    """Return what the page of precedents takes."""
    if given["what"]:
        return {"wordings": None, **writing.for_template(_precedents(store, given), _link)}
    if given["theme"]:
        wordings = _language(store, given).wordings
        return {
            "found": None,
            "wordings": wordings[:MOST],
            "total": len(wordings),
            "told": writing.told,
            "link_of": _link,
        }
    return {"found": None, "wordings": None}


def precedents_file(
    of_paragraphs: Callable[[Precedents], str | bytes], of_theme: Callable[[Language], str | bytes]
) -> Callable[[GraphStore, Given], bytes]:
    """Return what makes a file of either, by how each is written."""

    def make(store: GraphStore, given: Given) -> bytes:
        is_theme = given["theme"] and not given["what"]
        written = of_theme(_language(store, given)) if is_theme else of_paragraphs(_precedents(store, given))
        return written if isinstance(written, bytes) else written.encode()

    return make


def _precedents(store: GraphStore, given: Given) -> Precedents:
    store.filled()
    with open_index(store) as index:
        return precedents(
            index, subject_in_store(store, index, given["what"], paragraph=given["paragraph"]), _scope(given)
        )


def _language(store: GraphStore, given: Given) -> Language:
    theme = find(store, given["theme"], (ThingKind.THEME,)).id
    with open_index(store) as index:
        return language(index, theme, _scope(given))


def _scope(given: Given) -> Scope:
    return Scope(body=given["body"], since=given["since"])


def _link(passage: Found) -> str:
    return place_of(NamedNode(document_iri(passage.document)), passage.label)

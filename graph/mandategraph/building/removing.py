"""Documents out of the store, with all that it says of them."""

from __future__ import annotations

from collections.abc import Iterable

from mandategraph.building.claims import Holding
from mandategraph.building.holdings import read_holdings
from mandategraph.keeping.history import history_of
from mandategraph.keeping.inferring import infer
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import corrections_iri, document_iri


def remove(store: GraphStore, keys: Iterable[str]) -> list[str]:
    """Take documents and their histories out of a store, with those that stand in their files, and return the keys of all.

    Raises:
        NotFoundError: the store has no such document; then none is removed.
        StoreError: the store cannot be written.
    """
    known = find_documents(store, keys)
    holdings = read_holdings(store)
    known = list(dict.fromkeys(each for key in known for each in (key, *(h.key for h in holdings.parts_of(key)))))
    for key in known:
        drop_document(store, key, holdings.get(key))
    infer(store)
    return known


def drop_document(store: GraphStore, key: str, holding: Holding | None) -> None:
    """Take one document and its history out of a store, in one transaction; what people said of it stays."""
    origins = holding.quads() if holding else []
    store.exchange(drop=[document_iri(key), corrections_iri(key)], take=[*history_of(store, key), *origins])

"""What a store says of itself: the format that it is of, and what its gazetteer and ontology were made from."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, Store

from mandategraph.errors import StoreError
from mandategraph.keeping.transactions import exchange
from mandategraph.vocabulary import META_GRAPH, MG

FORMAT = 5
_META = NamedNode(META_GRAPH)
_FORMAT = NamedNode(MG + "storeFormat")
_FINGERPRINT = NamedNode(MG + "fingerprint")


def check_format(found: int | None, where: str, *, any_format: bool = False) -> None:
    """Refuse a store that another version made.

    Args:
        found: the format that the store says it is of; not the store, which an error would keep open.
        where: its directory.
        any_format: let a store of an older version pass, to bring it up to date.

    Raises:
        StoreError: the store was made by another version.
    """
    if found is None:
        return
    if found > FORMAT:
        hint = "Update mandategraph, or build the store anew in another directory."
        raise StoreError("the store was made by a newer version", where=where, hint=hint)
    if found < FORMAT and not any_format:
        hint = f"Bring it up to date with: mandategraph migrate --store {where}"
        raise StoreError("the store was made by an older version", where=where, hint=hint)


def store_format(store: Store) -> int | None:
    """Return the format that a store says it is of, None where it says none."""
    found = _said(store, _FORMAT)
    return None if found is None else int(found)


def stamp_format(store: Store, where: str) -> None:
    """Say that a store is of this program's format.

    Raises:
        StoreError: the store cannot be written.
    """
    old = list(store.quads_for_pattern(_META, _FORMAT, None, _META))
    new = Quad(_META, _FORMAT, Literal(str(FORMAT)), _META)
    if old != [new]:
        exchange(store, where, take=old, add=[new])


def shared_fingerprint(store: Store) -> str | None:
    """Return what gazetteer and ontology were made from, or None where they are not there."""
    return _said(store, _FINGERPRINT)


def stamp_shared(store: Store, where: str, fingerprint: str) -> None:
    """Remember what gazetteer and ontology were made from.

    Raises:
        StoreError: the store cannot be written.
    """
    said = ((_FORMAT, str(store_format(store) or FORMAT)), (_FINGERPRINT, fingerprint))
    quads = [Quad(_META, predicate, Literal(value), _META) for predicate, value in said]
    exchange(store, where, drop=[META_GRAPH], add=quads)


def _said(store: Store, predicate: NamedNode) -> str | None:
    found = next(iter(store.quads_for_pattern(_META, predicate, None, _META)), None)
    return found.object.value if found is not None and isinstance(found.object, Literal) else None

"""A folder that is built again whenever something in it changes; watchfiles tells when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch as changes

from mandategraph.building.writing import DocumentReport, build
from mandategraph.errors import SourceError
from mandategraph.keeping.store import GraphStore
from mandategraph.reading import SourceReader
from mandategraph.reading.limits import Limits


def watch(
    folder: Path,
    store_path: Path,
    *,
    data: Iterable[Path] = (),
    limits: Limits | None = None,
    prune: bool = False,
    stop: Event | None = None,
) -> Iterator[list[DocumentReport]]:
    """Yield what became of the documents of a folder: at once, and after each change to the folder.

    The store is open only while it is written, so that other commands can write it in between. A file that is being copied in is
    refused while it is not whole, and read when its last change has been seen.

    Args:
        folder: with documents; it may be empty at first.
        store_path: of the store.
        data: a user's own gazetteer files.
        limits: what a document may have.
        prune: remove a document from the store when it goes from the folder.
        stop: ends the watch when it is set.

    Raises:
        LexiconError: a data file breaks its rules.
        StoreError: the store cannot be written.
    """
    data = tuple(data)
    yield _built(folder, store_path, data, limits, prune)
    for _ in changes(folder, stop_event=stop, raise_interrupt=True):
        yield _built(folder, store_path, data, limits, prune)


def _built(
    folder: Path, store_path: Path, data: tuple[Path, ...], limits: Limits | None, prune: bool
) -> list[DocumentReport]:
    try:
        with SourceReader(limits) as sources:
            next(sources.find(folder))
    except SourceError:
        return []
    with GraphStore.open(store_path) as store:
        return build([folder], store, data=data, limits=limits, prune=prune)

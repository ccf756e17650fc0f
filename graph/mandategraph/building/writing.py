"""Documents into the store, and out of it: what `build`, `migrate` and `load` do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mandategraph.building.builder import Builder
from mandategraph.building.engines import Engine
from mandategraph.building.extracting import (
    ASIDE,
    BESIDE,
    BUILT,
    PASSED,
    REFUSED,
    REMOVED,
    REPLACED,
    UNCHANGED,
    DocumentReport,
    Extract,
)
from mandategraph.building.inputs import items_of, passed_over
from mandategraph.building.removing import remove
from mandategraph.keeping.marks import stamp_format
from mandategraph.keeping.store import GraphStore
from mandategraph.reading import SourceReader
from mandategraph.reading.limits import Limits

__all__ = [
    "ASIDE",
    "BESIDE",
    "BUILT",
    "PASSED",
    "REFUSED",
    "REMOVED",
    "REPLACED",
    "UNCHANGED",
    "DocumentReport",
    "build",
    "load",
    "rebuild",
    "remove",
]

Progress = Callable[[int, int, str], None]


def build(
    paths: Iterable[Path],
    store: GraphStore,
    *,
    data: Iterable[Path] = (),
    limits: Limits | None = None,
    prune: bool = False,
    prefer: Iterable[Path] = (),
    jobs: int = 1,
    engine: Engine | None = None,
    on_progress: Progress | None = None,
) -> list[DocumentReport]:
    """Read documents into a store, and return what became of each, in order.

    Args:
        paths: files, folders, archives, or `-` for standard input.
        store: open for writing.
        data: a user's own gazetteer files.
        limits: what a document may have.
        prune: remove documents that are not at the paths; nothing is removed where a path leads nowhere.
        prefer: files, or folders of them, each of which is the document of the symbol that it prints: others that print it are set
            aside.
        jobs: how many processes read; with more than one, a script calls this under `if __name__ == "__main__"`.
        engine: what extracts the documents, where it is not this machine.
        on_progress: called with (done, total, name) for each document and at the end.

    Raises:
        LexiconError: a data file breaks its rules.
        StoreError: the store cannot be written.
    """
    with SourceReader(limits) as sources:
        items, reports = items_of([*paths, *prefer], sources)
        is_whole = not reports
        reports += passed_over(sources)
        with Builder(store, tuple(data), limits, prefer=prefer, jobs=jobs, engine=engine) as builder:
            for report in builder.build(items, sources):
                reports.append(report)
                if on_progress:
                    on_progress(min(len(reports), len(items)), len(items), report.name)
            if prune and is_whole:
                reports += builder.prune(reports)
    if on_progress:
        on_progress(len(items), len(items), "")
    return reports


def rebuild(
    store: GraphStore, *, data: Iterable[Path] = (), jobs: int = 1, on_progress: Progress | None = None
) -> list[DocumentReport]:
    """Read all documents of a store anew from the texts that it holds, and return what became of each.

    What a store of an older format needs before it can be used, and what any store may have after an update.

    Raises:
        LexiconError: a data file breaks its rules.
        StoreError: the store cannot be written.
    """
    keys = store.documents()
    reports = []
    with Builder(store, tuple(data), jobs=jobs) as builder:
        for report in builder.build_again(keys):
            reports.append(report)
            if on_progress:
                on_progress(len(reports), len(keys), report.key)
    stamp_format(store.store, store.where)
    return reports


def load(store: GraphStore, extracts: Iterable[Extract]) -> Iterator[DocumentReport]:
    """Write documents that were extracted elsewhere into a store, and yield what became of each.

    Args:
        store: open for writing.
        extracts: such as `shards.read_shard` gives them.

    Raises:
        StoreError: the store cannot be written.
    """
    with Builder(store, ()) as builder:
        for extract in extracts:
            yield from builder.write(extract)

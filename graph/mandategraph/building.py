"""Documents into the store: skips unchanged inputs, writes new documents some at a time, and each of them whole.

A document that is refused never stops the others, and leaves nothing of itself in the store.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from mandategraph.describing import describe_gazetteer
from mandategraph.engines import Engine, LocalEngine
from mandategraph.errors import SourceError
from mandategraph.extracting import (
    BUILT,
    REFUSED,
    REMOVED,
    REPLACED,
    UNCHANGED,
    DocumentReport,
    Extract,
    Extractor,
    Task,
    digest_of_program,
)
from mandategraph.history import history_of, revise
from mandategraph.inferring import infer
from mandategraph.lexicon import Tables, load_tables
from mandategraph.reading import Item, SourceReader
from mandategraph.reading.limits import Limits
from mandategraph.records import Omission, Place, SourceSpan, SourceText
from mandategraph.resources import folder
from mandategraph.store import GraphStore
from mandategraph.vocabulary import GAZETTEER_GRAPH, ONTOLOGY_GRAPH, document_iri

__all__ = [
    "BUILT",
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

# New documents are written together, in one transaction: up to so many bytes of N-Quads, or what came in so many seconds.
BATCH, SECONDS = 32_000_000, 10.0
# After more transactions than this the tables of the store are put in order: questions then take less than half as long.
MANY = 3
Progress = Callable[[int, int, str], None]


def build(
    paths: Iterable[Path],
    store: GraphStore,
    *,
    data: Iterable[Path] = (),
    limits: Limits | None = None,
    prune: bool = False,
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
        jobs: how many processes read; with more than one, a script calls this under `if __name__ == "__main__"`.
        engine: what extracts the documents, where it is not this machine.
        on_progress: called with (done, total, name) for each document and at the end.

    Raises:
        LexiconError: a data file breaks its rules.
        StoreError: the store cannot be written.
    """
    with SourceReader(limits) as sources:
        items, reports = _items(paths, sources)
        is_whole = not reports
        with _Builder(store, tuple(data), limits, jobs=jobs, engine=engine) as builder:
            for report in builder.build(items, sources):
                reports.append(report)
                if on_progress:
                    on_progress(len(reports), len(items), report.name)
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
    with _Builder(store, tuple(data), jobs=jobs) as builder:
        for report in builder.build_again(keys):
            reports.append(report)
            if on_progress:
                on_progress(len(reports), len(keys), report.key)
    store.stamp_format()
    return reports


def load(store: GraphStore, extracts: Iterable[Extract]) -> Iterator[DocumentReport]:
    """Write documents that were extracted elsewhere into a store, and yield what became of each.

    Args:
        store: open for writing.
        extracts: such as `shards.read_shard` gives them.

    Raises:
        StoreError: the store cannot be written.
    """
    with _Builder(store, ()) as builder:
        for extract in extracts:
            yield builder.write(extract)


def remove(store: GraphStore, keys: Iterable[str]) -> list[str]:
    """Take documents and their histories out of a store, and return their keys.

    Raises:
        NotFoundError: the store has no such document; then none is removed.
        StoreError: the store cannot be written.
    """
    known = store.known(keys)
    for key in known:
        store.remove(document_iri(key), beside=history_of(store, key))
    infer(store)
    return known


class _Builder:
    """Writes documents into one store with one set of tables; what it holds is written when it is left, even by an error."""

    def __init__(
        self,
        store: GraphStore,
        data: tuple[Path, ...],
        limits: Limits | None = None,
        *,
        jobs: int = 1,
        engine: Engine | None = None,
    ) -> None:
        self.store = store
        tables = load_tables(data)
        base = digest_of_program(data)
        self.taken: dict[str, str] = {}
        self._extractor = Extractor(tables, base, limits)
        self._engine = engine or LocalEngine(self._extractor, data, base, limits, jobs=jobs)
        self._new: list[bytes] = []
        self._batches = 0
        self._written = time.monotonic()
        _write_shared(store, tables, base)

    def __enter__(self) -> _Builder:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._flush()
            infer(self.store)
            if self._batches > MANY and kind is None:
                self.store.optimize()
        finally:
            self._extractor.close()

    def build(self, items: Iterable[Item], sources: SourceReader) -> Iterator[DocumentReport]:
        """Read documents into the store, unless they are there from just this input, and yield what became of each."""

        def tasks() -> Iterator[Task | DocumentReport]:
            for item in items:
                try:
                    loaded = sources.load(item)
                except SourceError as error:
                    yield DocumentReport(item.name, "", REFUSED, problem=str(error))
                    continue
                known = self.store.key_of_fingerprint(self._extractor.fingerprint(loaded.sha256, item.name))
                # Whether it may keep its key is seen in its turn: another document before it may claim that.
                yield Task(loaded) if known is None else DocumentReport(item.name, known, UNCHANGED)

        by_name = {item.name: item for item in items}
        for found in self._engine.extract(tasks()):
            if isinstance(found, DocumentReport):
                if found.outcome == UNCHANGED and self.taken.setdefault(found.key, found.name) != found.name:
                    yield self.write(self._extractor.extract(Task(sources.load(by_name[found.name]))))
                else:
                    yield found
            else:
                yield self.write(found)

    def build_again(self, keys: Iterable[str]) -> Iterator[DocumentReport]:
        """Read documents of the store anew, unless they were read by just this program, and yield what became of each."""

        def tasks() -> Iterator[Task | DocumentReport]:
            for key in keys:
                source = stored_source(self.store, key)
                if self.store.fingerprint(key) == self._extractor.fingerprint(source.sha256, source.name):
                    yield DocumentReport(source.name, key, UNCHANGED)
                else:
                    yield Task(source, key)

        for found in self._engine.extract(tasks()):
            yield found if isinstance(found, DocumentReport) else self.write(found)

    def prune(self, reports: Iterable[DocumentReport]) -> list[DocumentReport]:
        """Remove the documents that no report is about; one that could not be read this time stays."""
        self._flush()
        kept = {report.key for report in reports}
        unread = {report.name for report in reports if report.outcome == REFUSED}
        gone = [key for key in self.store.documents() if key not in kept]
        found = [DocumentReport(stored_source(self.store, key).name, key, REMOVED) for key in gone]
        found = [report for report in found if report.name not in unread]
        remove(self.store, [report.key for report in found])
        return found

    def write(self, extract: Extract) -> DocumentReport:
        """Write an extract under a key of its own, and return what became of it."""
        report = extract.report
        if report.outcome == REFUSED:
            return report
        if self.taken.get(report.key, report.name) != report.name:
            source = _source_of(extract)
            key = f"{report.key}~{source.sha256[:8]}"
            problem = f"{self.taken[report.key]} has the symbol {report.key} too; this one is kept as {key}"
            extract = self._extractor.extract(Task(source, key))
            report = replace(extract.report, problem=problem)
        self.taken[report.key] = report.name
        if self.store.fingerprint(report.key) is None:
            self._new.append(extract.quads)
            if sum(map(len, self._new)) > BATCH or time.monotonic() - self._written > SECONDS:
                self._flush()
            return report
        quads = list(parse(extract.quads, format=RdfFormat.N_QUADS))
        self.store.replace(document_iri(report.key), quads, beside=revise(self.store, report.key, quads))
        return replace(report, outcome=REPLACED)

    def _flush(self) -> None:
        """Write the new documents that are held, in one transaction."""
        if self._new:
            self.store.add(b"".join(self._new))
            self._new.clear()
            self._batches += 1
        self._written = time.monotonic()


def stored_source(store: GraphStore, key: str) -> SourceText:
    """Return the source of a document as it was read into the store."""
    said = store.said(key)
    kind, _, starts = said.get("sourcePlaces", "").partition(" ")
    places = tuple(Place(int(start), f"{kind} {n}") for n, start in enumerate(starts.split(), 1))
    lines = [line.split(" ", 2) for line in said.get("sourceOmitted", "").splitlines()]
    omitted = tuple(Omission(SourceSpan(int(start), int(end)), reason) for start, end, reason in lines)
    remarks = tuple(said.get("sourceRemarks", "").splitlines())
    format_ = said.get("format", "text/plain")
    return SourceText(said["sourceName"], format_, said["sourceText"], said["sha256"], places, omitted, remarks)


def _source_of(extract: Extract) -> SourceText:
    """Return the source of a document as its quads hold it."""
    with GraphStore.in_memory() as alone:
        alone.add(extract.quads)
        return stored_source(alone, extract.report.key)


def _items(paths: Iterable[Path], sources: SourceReader) -> tuple[list[Item], list[DocumentReport]]:
    """Return the documents behind paths, each once, and reports on paths that lead nowhere."""
    items: dict[Item, None] = {}
    reports = []
    for path in paths:
        try:
            items.update(dict.fromkeys(sources.find(path)))
        except SourceError as error:
            reports.append(DocumentReport(str(path), "", REFUSED, problem=str(error)))
    return list(items), reports


def _write_shared(store: GraphStore, tables: Tables, base: str) -> None:
    """Write gazetteer and ontology where the store has them from other data files or not at all."""
    if store.shared_fingerprint() == base:
        return
    store.replace(GAZETTEER_GRAPH, describe_gazetteer(tables))
    store.replace(ONTOLOGY_GRAPH, store.parse_turtle(_turtle_files(), ONTOLOGY_GRAPH))
    store.stamp_shared(base)


def _turtle_files() -> Iterator[tuple[str, str]]:
    """Yield the ontology and its schemes; the shapes stay outside: they speak about the graph, with blank nodes."""
    for file in sorted(folder("ontology").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".ttl") and file.name != "shapes.ttl":
            yield file.name, file.read_text(encoding="utf-8")

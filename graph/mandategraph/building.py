"""Documents into the store: names the steps in order, skips unchanged inputs, one document at a time.

A document that is refused never stops the others, and leaves nothing of itself in the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph import __version__
from mandategraph.cleaning import clean
from mandategraph.describing import describe, describe_gazetteer
from mandategraph.errors import SourceError
from mandategraph.history import history_of, revise
from mandategraph.inferring import infer
from mandategraph.lexicon import Tables, load_tables
from mandategraph.linking import Linker
from mandategraph.reading import Item, SourceReader
from mandategraph.reading.limits import Limits
from mandategraph.records import Document, Genre, Place, Reading, SourceText, Unread
from mandategraph.resources import folder
from mandategraph.store import GraphStore
from mandategraph.structure import structure
from mandategraph.vocabulary import GAZETTEER_GRAPH, ONTOLOGY_GRAPH, document_iri

if TYPE_CHECKING:
    from mandategraph.interpreting import Interpreter
    from mandategraph.language import Annotator

BUILT, REPLACED, UNCHANGED, REFUSED, REMOVED = "built", "replaced", "unchanged", "refused", "removed"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document.

    Attributes:
        name: of the file.
        key: of the document in the store; empty where it was refused.
        outcome: built, replaced, unchanged, refused or removed.
        problem: why it was refused, or a warning; empty where all is well.
    """

    name: str
    key: str
    outcome: str
    statements: int = 0
    obligations: int = 0
    indicators: int = 0
    relations: int = 0
    mentions: int = 0
    unread: tuple[Unread, ...] = ()
    problem: str = ""


class Reader:
    """Reads documents with one set of tables; costly to make (it loads spaCy), so make one and keep it."""

    def __init__(self, tables: Tables) -> None:
        from mandategraph.interpreting import Interpreter
        from mandategraph.language import Annotator

        self.tables = tables
        self._annotator: Annotator = Annotator(tables)
        self._linker = Linker(tables)
        self._interpreter: Interpreter = Interpreter(tables)

    def read(self, source: SourceText) -> tuple[Document, Reading]:
        """Return the structure of a source and all that it states."""
        document = structure(clean(source, words=self.tables.words), self.tables.heads)
        annotated = self._linker.link(self._annotator.annotate(document))
        return document, self._interpreter.interpret(annotated)


def build(
    paths: Iterable[Path],
    store: GraphStore,
    *,
    data: Iterable[Path] = (),
    limits: Limits | None = None,
    prune: bool = False,
    on_progress: Progress | None = None,
) -> list[DocumentReport]:
    """Read documents into a store, and return what became of each, in order.

    Args:
        paths: files, folders, archives, or `-` for standard input.
        store: open for writing.
        data: a user's own gazetteer files.
        limits: what a document may have.
        prune: remove documents that are not at the paths; nothing is removed where a path leads nowhere.
        on_progress: called with (done, total, name) before each document and at the end.

    Raises:
        LexiconError: a data file breaks its rules.
        StoreError: the store cannot be written.
    """
    with SourceReader(limits) as sources:
        items, reports = _items(paths, sources)
        is_whole = not reports
        builder = _Builder(store, tuple(data))
        try:
            for n, item in enumerate(items):
                if on_progress:
                    on_progress(n, len(items), item.name)
                reports.append(builder.build(item, sources))
            if prune and is_whole:
                reports += builder.prune(reports)
        finally:
            infer(store)
    if on_progress:
        on_progress(len(items), len(items), "")
    return reports


def rebuild(
    store: GraphStore, *, data: Iterable[Path] = (), on_progress: Progress | None = None
) -> list[DocumentReport]:
    """Read all documents of a store anew from the texts that it holds, and return what became of each.

    What a store of an older format needs before it can be used, and what any store may have after an update.

    Raises:
        LexiconError: a data file breaks its rules.
        StoreError: the store cannot be written.
    """
    builder = _Builder(store, tuple(data))
    reports = []
    keys = store.documents()
    try:
        for n, key in enumerate(keys):
            if on_progress:
                on_progress(n, len(keys), key)
            reports.append(builder.build_again(key))
    finally:
        infer(store)
    store.stamp_format()
    return reports


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
    """Writes documents into one store with one set of tables."""

    def __init__(self, store: GraphStore, data: tuple[Path, ...]) -> None:
        self.store = store
        self.tables = load_tables(data)
        self.base = _fingerprint_of_data(data)
        self.taken: dict[str, str] = {}
        self._reader: Reader | None = None
        _write_shared(store, self.tables, self.base)

    def build(self, item: Item, sources: SourceReader) -> DocumentReport:
        """Read a document into the store, unless it is there from just this input."""
        try:
            loaded = sources.load(item)
            fingerprint = self._fingerprint(loaded.sha256, item.name)
            known = self.store.key_of_fingerprint(fingerprint)
            if known is not None and self.taken.setdefault(known, item.name) == item.name:
                return DocumentReport(item.name, known, UNCHANGED)
            return self._write(sources.read(loaded), fingerprint)
        except SourceError as error:
            return DocumentReport(item.name, "", REFUSED, problem=str(error))

    def build_again(self, key: str) -> DocumentReport:
        """Read a document of the store anew, unless it was read by just this program."""
        source = stored_source(self.store, key)
        fingerprint = self._fingerprint(source.sha256, source.name)
        if self.store.fingerprint(key) == fingerprint:
            return DocumentReport(source.name, key, UNCHANGED)
        return self._write(source, fingerprint, key=key)

    def prune(self, reports: Iterable[DocumentReport]) -> list[DocumentReport]:
        """Remove the documents that no report is about; one that could not be read this time stays."""
        kept = {report.key for report in reports}
        unread = {report.name for report in reports if report.outcome == REFUSED}
        gone = [key for key in self.store.documents() if key not in kept]
        found = [DocumentReport(stored_source(self.store, key).name, key, REMOVED) for key in gone]
        found = [report for report in found if report.name not in unread]
        remove(self.store, [report.key for report in found])
        return found

    def _fingerprint(self, sha256: str, name: str) -> str:
        return hashlib.sha256(f"{self.base} {sha256} {name}".encode()).hexdigest()

    def _write(self, source: SourceText, fingerprint: str, *, key: str = "") -> DocumentReport:
        self._reader = self._reader or Reader(self.tables)
        document, reading = self._reader.read(source)
        problem = ""
        if not key:
            key = document.key
            if self.taken.get(key, source.name) != source.name:
                key = f"{key}~{source.sha256[:8]}"
                problem = f"{self.taken[document.key]} has the symbol {document.symbol} too; this one is kept as {key}"
        self.taken[key] = source.name
        outcome = REPLACED if self.store.fingerprint(key) else BUILT
        quads = list(describe(document, reading, key=key, version=__version__, fingerprint=fingerprint))
        self.store.replace(document_iri(key), quads, beside=revise(self.store, key, quads))
        if document.genre is Genre.OTHER and not reading.statements:
            problem = problem or "no structure of a United Nations document was recognized; only its mentions are kept"
        return DocumentReport(
            name=source.name,
            key=key,
            outcome=outcome,
            statements=len(reading.statements),
            obligations=sum(s.is_obligation for s in reading.statements),
            indicators=len(reading.indicators),
            relations=len(reading.relations),
            mentions=len(reading.mentions),
            unread=reading.unread,
            problem=problem,
        )


def stored_source(store: GraphStore, key: str) -> SourceText:
    """Return the source of a document as it was read into the store."""
    said = store.said(key)
    kind, _, starts = said.get("sourcePlaces", "").partition(" ")
    places = tuple(Place(int(start), f"{kind} {n}") for n, start in enumerate(starts.split(), 1))
    return SourceText(said["sourceName"], said.get("format", "text/plain"), said["sourceText"], said["sha256"], places)


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


def _fingerprint_of_data(extra: Iterable[Path]) -> str:
    """Return a digest of the program's version and code and of all data files: what is built depends on them."""
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).parent
    for code in sorted(package.rglob("*.py")):
        digest.update(code.read_bytes())
    for kind in ("data", "ontology"):
        for name, content in _walk(folder(kind)):
            if not name.startswith("samples"):
                digest.update(name.encode() + b"\0" + content)
    for path in extra:
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _walk(top: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for item in sorted(top.iterdir(), key=lambda i: i.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            yield from _walk(item, f"{name}/")
        else:
            yield name, item.read_bytes()

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
from mandategraph.errors import MandateGraphError, SourceError
from mandategraph.inferring import infer
from mandategraph.lexicon import Tables, load_tables
from mandategraph.linking import link
from mandategraph.reading import find_documents, read
from mandategraph.records import Document, Genre, Reading, SourceText, Unread
from mandategraph.resources import folder
from mandategraph.store import GraphStore
from mandategraph.structure import structure
from mandategraph.vocabulary import GAZETTEER_GRAPH, ONTOLOGY_GRAPH, document_iri

if TYPE_CHECKING:
    from mandategraph.interpreting import Interpreter
    from mandategraph.language import Annotator

BUILT, REPLACED, UNCHANGED, REFUSED = "built", "replaced", "unchanged", "refused"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document.

    Attributes:
        name: of the file.
        key: of the document in the store; empty where it was refused.
        outcome: built, replaced, unchanged or refused.
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
        self._interpreter: Interpreter = Interpreter(tables)

    def read(self, source: SourceText) -> tuple[Document, Reading]:
        """Return the structure of a source and all that it states."""
        document = structure(clean(source, words=self.tables.words), self.tables.heads)
        annotated = link(self._annotator.annotate(document), self.tables)
        return document, self._interpreter.interpret(annotated)


def build(
    paths: Iterable[Path],
    store: GraphStore,
    *,
    data: Iterable[Path] = (),
    on_progress: Callable[[int, int, str], None] | None = None,
) -> list[DocumentReport]:
    """Read documents into a store, and return what became of each, in order.

    Args:
        paths: files and folders.
        store: open for writing.
        data: a user's own gazetteer files.
        on_progress: called with (done, total, name) before each document and at the end.

    Raises:
        LexiconError: a data file breaks its rules.
        StoreError: the store cannot be written.
    """
    data = tuple(data)
    tables = load_tables(data)
    base = _fingerprint_of_data(data)
    files, reports = _files(paths)
    _write_shared(store, tables, base)
    reader: Reader | None = None
    taken: dict[str, str] = {}
    try:
        for n, file in enumerate(files):
            if on_progress:
                on_progress(n, len(files), file.name)
            try:
                source = read(file)
                fingerprint = hashlib.sha256(f"{base} {source.sha256} {source.name}".encode()).hexdigest()
                known = store.key_of_fingerprint(fingerprint)
                if known is not None and taken.setdefault(known, file.name) == file.name:
                    reports.append(DocumentReport(source.name, known, UNCHANGED))
                    continue
                reader = reader or Reader(tables)
                reports.append(_build_one(source, fingerprint, reader, store, taken))
            except MandateGraphError as error:
                if not isinstance(error, SourceError):
                    raise
                reports.append(DocumentReport(file.name, "", REFUSED, problem=str(error)))
    finally:
        infer(store)
    if on_progress:
        on_progress(len(files), len(files), "")
    return reports


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[DocumentReport]]:
    """Return the documents behind paths, each once, and reports on paths that lead nowhere."""
    files: dict[Path, None] = {}
    reports = []
    for path in paths:
        try:
            files.update(dict.fromkeys(find_documents(path)))
        except SourceError as error:
            reports.append(DocumentReport(str(path), "", REFUSED, problem=str(error)))
    return list(files), reports


def _build_one(
    source: SourceText, fingerprint: str, reader: Reader, store: GraphStore, taken: dict[str, str]
) -> DocumentReport:
    document, reading = reader.read(source)
    key = document.key
    problem = ""
    if taken.get(key, source.name) != source.name:
        key = f"{key}~{source.sha256[:8]}"
        problem = f"{taken[document.key]} has the symbol {document.symbol} too; this one is kept as {key}"
    taken[key] = source.name
    outcome = REPLACED if store.fingerprint(key) else BUILT
    quads = describe(document, reading, key=key, version=__version__, fingerprint=fingerprint)
    store.replace(document_iri(key), quads)
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

"""A document -> what the store needs of it: its quads, written, and what is said of it in a summary.

The steps of reading meet here, and nothing here knows a store: one document is extracted the same way in this process, in another
one, or on another machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph import __version__
from mandategraph.cleaning import clean
from mandategraph.describing import describe
from mandategraph.errors import SourceError
from mandategraph.lexicon import Tables, load_tables
from mandategraph.linking import Linker
from mandategraph.reading import Loaded, SourceReader
from mandategraph.reading.limits import Limits
from mandategraph.records import Document, Genre, Reading, SourceText, Unread
from mandategraph.resources import folder
from mandategraph.structuring import Structurer

if TYPE_CHECKING:
    from mandategraph.interpreting import Interpreter
    from mandategraph.language import Annotator

BUILT, REPLACED, UNCHANGED, REFUSED, REMOVED = "built", "replaced", "unchanged", "refused", "removed"


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


@dataclass(frozen=True, slots=True)
class Task:
    """A document to extract: its bytes, or its text as a store holds it; `key` where it is not to be that of its symbol."""

    source: Loaded | SourceText
    key: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.source.item.name if isinstance(self.source, Loaded) else self.source.name


@dataclass(frozen=True, slots=True)
class Extract:
    """A document as the store needs it.

    Attributes:
        report: with the outcome "built", or "refused" and no quads.
        quads: of its named graph, as N-Quads in the order in which they were said.
    """

    report: DocumentReport
    quads: bytes = b""


class Reader:
    """Reads documents with one set of tables; costly to make (it loads spaCy), so make one and keep it."""

    def __init__(self, tables: Tables) -> None:
        from mandategraph.interpreting import Interpreter
        from mandategraph.language import Annotator

        self.tables = tables
        self._annotator: Annotator = Annotator(tables)
        self._structurer = Structurer(tables)
        self._linker = Linker(tables)
        self._interpreter: Interpreter = Interpreter(tables)

    def read(self, source: SourceText) -> tuple[Document, Reading]:
        """Return the structure of a source and all that it states."""
        document = self._structurer.structure(clean(source, words=self.tables.words))
        annotated = self._linker.link(self._annotator.annotate(document))
        return document, self._interpreter.interpret(annotated)


class Extractor:
    """Extracts documents; it keeps a process for PDF, so close it.

    Args:
        tables: what the steps look up.
        base: digest of the program and its data, as `digest_of_program` gives it.
        limits: what a document may have.
    """

    def __init__(self, tables: Tables, base: str, limits: Limits | None = None) -> None:
        self._tables = tables
        self._base = base
        self._sources = SourceReader(limits)
        self._reader: Reader | None = None

    def close(self) -> None:
        """End the process for PDF."""
        self._sources.close()

    def fingerprint(self, sha256: str, name: str) -> str:
        """Return the digest of all that a document's quads depend on."""
        return hashlib.sha256(f"{self._base} {sha256} {name}".encode()).hexdigest()

    def extract(self, task: Task) -> Extract:
        """Return what the store needs of a document; one that cannot be read is refused in its report."""
        try:
            source = self._sources.read(task.source) if isinstance(task.source, Loaded) else task.source
        except SourceError as error:
            return Extract(DocumentReport(task.name, "", REFUSED, problem=str(error)))
        self._reader = self._reader or Reader(self._tables)
        document, reading = self._reader.read(source)
        key = task.key or document.key
        fingerprint = self.fingerprint(source.sha256, source.name)
        quads = describe(document, reading, key=key, version=__version__, fingerprint=fingerprint)
        is_bare = document.genre is Genre.OTHER and not reading.statements
        report = DocumentReport(
            name=source.name,
            key=key,
            outcome=BUILT,
            statements=len(reading.statements),
            obligations=sum(s.is_obligation for s in reading.statements),
            indicators=len(reading.indicators),
            relations=len(reading.relations),
            mentions=len(reading.mentions),
            unread=reading.unread,
            problem="no structure of a United Nations document was recognized; only its mentions are kept"
            if is_bare
            else "",
        )
        return Extract(report, quads)


def digest_of_program(data: Iterable[Path] = ()) -> str:
    """Return a digest of the program's version and code and of all data files: what is built depends on them.

    Args:
        data: a user's own gazetteer files.
    """
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).parent
    for code in sorted(package.rglob("*.py")):
        digest.update(code.read_bytes())
    for kind in ("data", "ontology"):
        for name, content in _walk(folder(kind)):
            if not name.startswith("samples"):
                digest.update(name.encode() + b"\0" + content)
    for path in data:
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _walk(top: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for item in sorted(top.iterdir(), key=lambda i: i.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            yield from _walk(item, f"{name}/")
        else:
            yield name, item.read_bytes()


def make_extractor(data: tuple[Path, ...], base: str, limits: Limits | None) -> Extractor:
    """Return an extractor with tables of its own: what a process needs that is to extract."""
    return Extractor(load_tables(data), base, limits)

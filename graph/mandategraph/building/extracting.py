"""A document -> what the store needs of it: its quads, written, and what is said of it in a summary.

The steps of reading meet here, and nothing here knows a store: one document is extracted the same way in this process, in another
one, or on another machine.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph import __version__
from mandategraph.describing import describe
from mandategraph.errors import SourceError
from mandategraph.lexicon import Language, Tables, load_tables, tables_in
from mandategraph.linking import Linker
from mandategraph.reading import Loaded, SourceReader
from mandategraph.reading.cleaning import clean
from mandategraph.reading.genres import Drafting
from mandategraph.reading.languages import find_language
from mandategraph.reading.limits import Limits
from mandategraph.records import Annotated, CleanText, Document, Genre, Reading, SourceText, Unread
from mandategraph.resources import folder
from mandategraph.structuring import Structurer

if TYPE_CHECKING:
    from mandategraph.interpreting import Interpreter
    from mandategraph.language import Annotator

_LOG = logging.getLogger(__name__)
BUILT, REPLACED, UNCHANGED, REFUSED, REMOVED = "built", "replaced", "unchanged", "refused", "removed"
BESIDE, ASIDE, PASSED = "kept beside", "set aside", "passed over"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document.

    Attributes:
        name: of the file, or where it stands, as people read it.
        key: of the document in the store; empty where it was refused.
        outcome: built, replaced, unchanged, kept beside (another has its symbol), set aside (another stands in its place),
            refused, removed, or passed over (files of a folder that are of no kind that is read).
        unread: operative passages that were not understood.
        problem: why it was refused, or what a person must know of it; empty where all is well.
        origin: where the input was found.
        claimed: the symbol that it prints, or else the name of its file.
        has_symbol: whether that is a symbol.
        reason: the rule that found the symbol, what it says, and the line that it read.
        sha256: of the bytes.
        fingerprint: of all that the quads depend on.
        edition: which printing it is by its own words; a greater one is newer.
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
    origin: str = ""
    claimed: str = ""
    has_symbol: bool = False
    reason: str = ""
    sha256: str = ""
    fingerprint: str = ""
    edition: str = ""

    @property
    def is_wanting(self) -> bool:
        """Whether it was refused, or read and found to state nothing."""
        return self.outcome == REFUSED or (self.outcome in {BUILT, REPLACED, BESIDE} and not self.statements)


@dataclass(frozen=True, slots=True)
class Task:
    """A document to extract: its bytes, or its text as a store holds it; `key` where it is not to be the one that it claims."""

    source: Loaded | SourceText
    key: str = ""
    origin: str = ""

    @property
    def name(self) -> str:
        """The file, as people read it."""
        return str(self.source.item) if isinstance(self.source, Loaded) else self.source.name


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
    """Reads documents with one set of tables; costly to make (it loads spaCy), so make one and keep it.

    Args:
        tables: what the steps look up.
        annotator: one that was made with the same names, verbs and citations; a new one where it is None.
    """

    def __init__(self, tables: Tables, annotator: Annotator | None = None) -> None:
        from mandategraph.interpreting import Interpreter
        from mandategraph.language import Annotator

        self.tables = tables
        self.annotator: Annotator = annotator or Annotator(tables)
        self._structurer = Structurer(tables)
        self._linker = Linker(tables)
        self._interpreter: Interpreter = Interpreter(tables)
        self._others: dict[str, Reader] = {}

    def read(self, source: SourceText) -> tuple[Document, Reading]:
        """Return the structure of a source and all that it states; of one in a language that is not read, what it names."""
        text, language = self._cleaned(source)
        reader = self._in(language)
        annotated = reader._annotated(text, language)
        is_read = language is None or language.is_read
        return annotated.document, reader._interpreter.interpret(annotated, is_read=is_read)

    def phrases(self, source: SourceText) -> Iterator[tuple[str, str]]:
        """Yield the phrases of each paragraph of a source as a line of text, with the paragraph's label."""
        text, language = self._cleaned(source)
        reader = self._in(language)
        yield from reader._interpreter.phrases(reader._annotated(text, language))

    def drafting(self, source: SourceText) -> Drafting:
        """Return how a source is drafted, with the evidence for each genre."""
        text, language = self._cleaned(source)
        return self._in(language)._structurer.drafting(text)

    def _cleaned(self, source: SourceText) -> tuple[CleanText, Language | None]:
        """Return the clean text of a source with its language, None where it cannot be told."""
        text = clean(source, words=self.tables.words)
        return text, find_language(text.text, self.tables.languages)

    def _in(self, language: Language | None) -> Reader:
        """Return the reader of documents in a language: this one, but for a language that has a glossary; that is made when it is first asked for."""
        if language is None or not language.is_read or language.id == self.tables.language:
            return self
        if language.id not in self._others:
            self._others[language.id] = Reader(tables_in(self.tables, language.id))
        return self._others[language.id]

    def _annotated(self, text: CleanText, language: Language | None) -> Annotated:
        return self._linker.link(self.annotator.annotate(self._structurer.structure(text, language)))


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
            return Extract(DocumentReport(task.name, "", REFUSED, problem=str(error), origin=task.origin))
        self._reader = self._reader or Reader(self._tables)
        try:
            document, reading = self._reader.read(source)
        except Exception as error:
            # A fault of ours in one document must not take the others with it.
            _LOG.debug("reading %s failed", task.name, exc_info=True)
            problem = (
                f"{task.name}: the program failed on it ({type(error).__name__}: {error}). Please report this fault."
            )
            return Extract(DocumentReport(task.name, "", REFUSED, problem=problem, origin=task.origin))
        key = task.key or document.key
        fingerprint = self.fingerprint(source.sha256, source.name)
        quads = describe(document, reading, key=key, version=__version__, fingerprint=fingerprint)
        report = DocumentReport(
            name=task.name,
            key=key,
            outcome=BUILT,
            statements=len(reading.statements),
            obligations=sum(s.is_obligation for s in reading.statements),
            indicators=len(reading.indicators),
            relations=len(reading.relations),
            mentions=len(reading.mentions),
            unread=reading.unread,
            problem="; ".join((*source.remarks, *_silence(document, reading, self._tables.languages))),
            origin=task.origin,
            claimed=document.key,
            has_symbol=bool(document.symbol),
            reason=document.identified(),
            sha256=source.sha256,
            fingerprint=fingerprint,
            edition=document.masthead.edition,
        )
        return Extract(report, quads)


def _silence(document: Document, reading: Reading, languages: Iterable[Language]) -> Iterator[str]:
    """Yield why nothing was read that states something, where that is so."""
    if reading.statements:
        return
    if not document.is_read:
        read = " and ".join(language.name for language in languages if language.is_read)
        yield (
            f"no statement was read: it seems to be in {document.language_name}, and only documents in {read} are read; "
            "its mentions are kept"
        )
    elif document.genre is Genre.OTHER:
        yield "no statement was read: no structure of a United Nations document was recognized; its mentions are kept"
    elif reading.unread:
        yield f"no statement was read: {len(reading.unread)} operative passages were not understood (see --verbose)"
    else:
        yield f"no statement was read: no operative verb was recognized in what seems to be a {document.genre.words}"


def digest_of_program(data: Iterable[Path] = ()) -> str:
    """Return a digest of the program's version and code and of all data files: what is built depends on them.

    Args:
        data: a user's own gazetteer files.
    """
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parents[1]
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

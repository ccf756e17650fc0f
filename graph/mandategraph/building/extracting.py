"""A document -> what the store needs of it: its quads, written, and what is said of it in a summary.

The steps of reading meet here, and nothing here knows a store: one document is extracted the same way in this process, in another
one, or on another machine.
"""

from __future__ import annotations

import gc
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph import __version__
from mandategraph.building.remarks import several, silence
from mandategraph.building.said import UNSAID, Said, amend
from mandategraph.describing import describe, describe_fates
from mandategraph.errors import SourceError
from mandategraph.lexicon import Language, Tables, load_tables, tables_in
from mandategraph.linking import Linker
from mandategraph.reading import Loaded, SourceReader
from mandategraph.reading.cleaning import clean
from mandategraph.reading.genres import Drafting
from mandategraph.reading.languages import find_language
from mandategraph.reading.limits import Limits
from mandategraph.records import Annotated, Corrected, Document, Fate, Reading, SourceText, Unread
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
        within: key of the document of its file, where it is one of several there; else empty.
        holds: how many documents stand in its file besides it.
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
    within: str = ""
    holds: int = 0

    @property
    def is_wanting(self) -> bool:
        """Whether it was refused, or read and found to state nothing."""
        is_silent = not self.statements and not self.holds
        return self.outcome == REFUSED or (self.outcome in {BUILT, REPLACED, BESIDE} and is_silent)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to extract: its bytes, or its text as a store holds it.

    Attributes:
        key: of its document, where it is not to be the one that it claims.
        parts: keys of the documents in it, likewise, in order.
    """

    source: Loaded | SourceText
    key: str = ""
    parts: tuple[str, ...] = ()
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
        quads: of its named graph, as N-Quads in the order in which they were said; where people corrected it, of the graph beside it too.
        parts: the documents that stand in its file, in order.
        fates: what became of each correction that concerns it.
    """

    report: DocumentReport
    quads: bytes = b""
    parts: tuple[Extract, ...] = ()
    fates: tuple[Fate, ...] = ()


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

    def read(self, source: SourceText, at: int = -1) -> tuple[Document, Reading]:
        """Return the structure of a source and all that it states; of one in a language that is not read, what it names.

        Args:
            source: of a file.
            at: offset in the source where one of several documents begins that stand in it; else its own document is read.
        """
        reader, document = self._document(source, at)
        return reader._reading(document)

    def read_all(self, source: SourceText) -> Iterator[tuple[Document, Reading]]:
        """Yield the document of a file with all that it states, and then those that stand in it."""
        reader, documents = self._documents(source)
        yield from map(reader._reading, documents)

    def read_again(self, document: Document) -> tuple[Document, Reading]:
        """Return all that a document states that was read before, and has another masthead now."""
        language = next((each for each in self.tables.languages if each.id == document.language), None)
        return self._in(language)._reading(document)

    def phrases(self, source: SourceText, at: int = -1) -> Iterator[tuple[str, str]]:
        """Yield the phrases of each paragraph of a source as a line of text, with the paragraph's label; arguments as in `read`."""
        reader, document = self._document(source, at)
        yield from reader._interpreter.phrases(reader._annotated(document))

    def drafting(self, source: SourceText, at: int = -1) -> Drafting:
        """Return how a source is drafted, with the evidence for each genre; arguments as in `read`."""
        reader, document = self._document(source, at)
        return reader._structurer.drafting(document)

    def documents(self, source: SourceText) -> tuple[Document, ...]:
        """Return the structure of a file and of the documents that stand in it, in order."""
        return self._documents(source)[1]

    def _documents(self, source: SourceText) -> tuple[Reader, tuple[Document, ...]]:
        """Return the documents of a file, with the reader of their language."""
        with _uncollected():
            text = clean(source, words=self.tables.words, languages=self.tables.languages)
            language = find_language(text.text, self.tables.languages)
            reader = self._in(language)
            return reader, reader._structurer.structure(text, language)

    def _document(self, source: SourceText, at: int) -> tuple[Reader, Document]:
        reader, (whole, *parts) = self._documents(source)
        return reader, next((part for part in parts if part.place and part.place.start == at), whole)

    def _in(self, language: Language | None) -> Reader:
        """Return the reader of documents in a language: this one, but for a language that has a glossary; that is made when it is first asked for."""
        if language is None or not language.is_read or language.id == self.tables.language:
            return self
        if language.id not in self._others:
            self._others[language.id] = Reader(tables_in(self.tables, language.id))
        return self._others[language.id]

    def _annotated(self, document: Document) -> Annotated:
        return self._linker.link(self.annotator.annotate(document))

    def _reading(self, document: Document) -> tuple[Document, Reading]:
        with _uncollected():
            annotated = self._annotated(document)
            return annotated.document, self._interpreter.interpret(annotated, is_read=document.is_read)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the collection of cycles until one document is read.

    What is made for a document lives as long as it is read, so that to look through it again and again frees nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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

    @property
    def reader(self) -> Reader:
        """What reads: made when it is first asked for."""
        self._reader = self._reader or Reader(self._tables)
        return self._reader

    def close(self) -> None:
        """End the process for PDF."""
        self._sources.close()

    def fingerprint(self, sha256: str, name: str) -> str:
        """Return the digest of all that a document's quads depend on."""
        return hashlib.sha256(f"{self._base} {sha256} {name}".encode()).hexdigest()

    def extract(self, task: Task, said: Said = UNSAID) -> Extract:
        """Return what the store needs of a file's document and of those in it; one that cannot be read is refused in its report.

        Args:
            task: the file.
            said: what people say of the documents of the store; where nothing is given, they are as the machine reads them.
        """
        try:
            source = self._sources.read(task.source) if isinstance(task.source, Loaded) else task.source
        except SourceError as error:
            return Extract(DocumentReport(task.name, "", REFUSED, problem=str(error), origin=task.origin))
        try:
            read = list(self.reader.read_all(source))
            parts = task.parts if len(task.parts) == len(read) - 1 else ("",) * (len(read) - 1)
            given = (task.key, *parts)
            amended = [amend(self.reader, *each, key, said) for each, key in zip(read, given, strict=True)]
        except Exception as error:
            # A fault of ours in one document must not take the others with it.
            _LOG.debug("reading %s failed", task.name, exc_info=True)
            problem = (
                f"{task.name}: the program failed on it ({type(error).__name__}: {error}). Please report this fault."
            )
            return Extract(DocumentReport(task.name, "", REFUSED, problem=problem, origin=task.origin))
        keys = [key or each.document.key for key, each in zip(given, amended, strict=True)]
        withins = ("", *(keys[0] for _ in read[1:]))
        whole, *others = map(self._extracted, repeat(task), read, amended, keys, withins)
        return replace(whole, parts=tuple(others))

    def _extracted(
        self, task: Task, read: tuple[Document, Reading], corrected: Corrected, key: str, within: str
    ) -> Extract:
        """Return the extract of one document; `within` is the key of the document of its file, where it is one of several there."""
        document, reading = corrected.document, corrected.reading
        source = document.text.source
        place = f"{within} {document.place.start}" if document.place else source.name
        fingerprint = self.fingerprint(document.digest, place)
        describing = partial(describe, version=__version__, fingerprint=fingerprint, within=within)
        quads = describing(document, reading, key=key)
        if corrected.fates:
            key_read = key if read[0].key == document.key else read[0].key
            quads += describe_fates(key, corrected.fates, describing(*read, key=key_read), quads)
        remarks = () if within else source.remarks
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
            problem="; ".join((*remarks, *several(document), *silence(document, reading, self._tables.languages))),
            origin="" if within else task.origin,
            claimed=document.key,
            has_symbol=bool(document.symbol),
            reason=document.identified(),
            sha256=document.digest,
            fingerprint=fingerprint,
            edition=document.masthead.edition,
            within=within,
            holds=len(document.enclosed),
        )
        return Extract(report, quads, fates=corrected.fates)


def make_extractor(data: tuple[Path, ...], base: str, limits: Limits | None) -> Extractor:
    """Return an extractor with tables of its own: what a process needs that is to extract."""
    return Extractor(load_tables(data), base, limits)

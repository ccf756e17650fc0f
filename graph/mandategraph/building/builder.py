"""One store, written with one set of tables: skips unchanged inputs, writes new documents some at a time, and each of them whole.

A document that is refused never stops the others, and leaves nothing of itself in the store. Which input is kept under a name that
two of them claim, `holdings` decides; every input has its line in the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from pyoxigraph import RdfFormat, parse

from mandategraph.building.batches import Batches
from mandategraph.building.claims import Claimant, Decision, Holding, Outcome
from mandategraph.building.engines import Engine, LocalEngine
from mandategraph.building.extracting import (
    REFUSED,
    REMOVED,
    UNCHANGED,
    DocumentReport,
    Extract,
    Extractor,
    Task,
)
from mandategraph.building.holdings import read_holdings
from mandategraph.building.inputs import is_there, source_of, stored_source
from mandategraph.building.program import digest_of_program
from mandategraph.building.removing import drop_document, remove
from mandategraph.building.said import Said, actors_of, refuse_orphans
from mandategraph.building.shared import write_shared
from mandategraph.describing import describe_corrections
from mandategraph.errors import SourceError
from mandategraph.indexing.opening import refresh_index
from mandategraph.keeping.documents import fingerprint_of, said_of
from mandategraph.keeping.inferring import infer
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.reading import Item, Loaded, SourceReader
from mandategraph.reading.limits import Limits
from mandategraph.recalling.corrections import corrections, keys_naming
from mandategraph.records import Correction
from mandategraph.vocabulary import document_iri

# After more transactions than this the tables of the store are put in order: questions then take less than half as long.
MANY = 3


class Builder:
    """Writes documents into one store with one set of tables; what it holds is written when it is left, even by an error."""

    def __init__(
        self,
        store: GraphStore,
        data: tuple[Path, ...],
        limits: Limits | None = None,
        *,
        prefer: Iterable[Path] = (),
        jobs: int = 1,
        engine: Engine | None = None,
    ) -> None:
        self.store = store
        tables = load_tables(data)
        base = digest_of_program(data)
        self.holdings = read_holdings(store, is_there=is_there)
        self._preferred = tuple(Item(path).origin("") for path in prefer)
        self._extractor = Extractor(tables, base, limits)
        self._engine = engine or LocalEngine(self._extractor, data, base, limits, jobs=jobs)
        self._batches = Batches(store, self.holdings)
        self._said = Said(corrections(store), self.holdings.get)
        self._is_correcting = False
        write_shared(store, tables, base)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._batches.flush()
            infer(self.store)
            if self._batches.written > MANY and kind is None:
                self.store.optimize()
            refresh_index(self.store)
        finally:
            self._extractor.close()

    def build(self, items: Iterable[Item], sources: SourceReader) -> Iterator[DocumentReport]:
        """Read documents into the store, unless they are there from just this input, and yield what became of each."""
        waiting: dict[str, Item] = {}

        def tasks() -> Iterator[Task | DocumentReport]:
            for item in items:
                try:
                    loaded = sources.load(item)
                except SourceError as error:
                    yield DocumentReport(str(item), "", REFUSED, problem=str(error), origin=item.origin(""))
                    continue
                task = Task(loaded, origin=item.origin(loaded.sha256))
                if self._is_preferred(task.origin) or self._known(task) is None:
                    yield task
                else:
                    waiting[task.origin] = item
                    yield DocumentReport(task.name, "", UNCHANGED, origin=task.origin, sha256=loaded.sha256)

        for found in self._engine.extract(tasks()):
            if isinstance(found, DocumentReport) and found.outcome == UNCHANGED:
                # What was known when the input was met may have been replaced since by another before it.
                task = Task(sources.load(waiting.pop(found.origin)), origin=found.origin)
                decision = self._known(task)
                yield from self._told(found, decision) if decision else self.write(self._extractor.extract(task))
            elif isinstance(found, DocumentReport):
                yield found
            else:
                yield from self.write(found)

    def _known(self, task: Task) -> Decision | None:
        """Return what becomes of an input that needs no reading, or None."""
        assert isinstance(task.source, Loaded)
        sha256 = task.source.sha256
        return self.holdings.unchanged(task.origin, self._extractor.fingerprint(sha256, task.source.item.name), sha256)

    def _is_preferred(self, origin: str) -> bool:
        return any(origin == path or origin.startswith(f"{path}/") for path in self._preferred)

    def _told(self, report: DocumentReport, decision: Decision) -> Iterator[DocumentReport]:
        """Keep a decision about an input that was not read, and yield its report, with those of the documents in it."""
        self._batches.keep(decision)
        yield replace(report, key=decision.holding.key, outcome=decision.outcome.value, problem=decision.why)
        for part in self.holdings.parts_of(decision.holding.key):
            yield DocumentReport(report.name, part.key, UNCHANGED, sha256=part.sha256, within=decision.holding.key)

    def build_again(self, keys: Iterable[str]) -> Iterator[DocumentReport]:
        """Read documents of the store anew, unless they were read by just this program, and yield what became of each."""
        # What stands in the file of another is read with it.
        files = [key for key in keys if not ((holding := self.holdings.get(key)) and holding.within)]

        def tasks() -> Iterator[Task | DocumentReport]:
            for key in files:
                source = stored_source(self.store, key)
                if fingerprint_of(self.store, key) == self._extractor.fingerprint(source.sha256, source.name):
                    yield DocumentReport(source.name, key, UNCHANGED)
                else:
                    yield Task(source)

        for key, found in zip(files, self._engine.extract(tasks()), strict=True):
            if isinstance(found, DocumentReport):
                yield found
                for part in self.holdings.parts_of(key):
                    yield DocumentReport(found.name, part.key, UNCHANGED, within=key)
            else:
                yield from self.write(found, held=key)

    def prune(self, reports: Sequence[DocumentReport]) -> list[DocumentReport]:
        """Remove the documents that no report is about, and forget other places; one that could not be read this time stays."""
        self._batches.flush()
        kept = {report.key for report in reports}
        seen = {report.origin for report in reports}
        unread = {report.origin for report in reports if report.outcome == REFUSED}
        found = []
        for key in self.store.documents():
            holding = self.holdings.get(key)
            if key not in kept and not (holding and self.holdings.whole_of(holding).origins & unread):
                found.append(DocumentReport(key, key, REMOVED))
            elif holding and holding.origins - seen:
                here = replace(holding, origins=holding.origins & seen)
                self._batches.keep(Decision(Outcome.UNCHANGED, here, is_written=False))
        remove(self.store, [report.key for report in found])
        return found

    def correct(self, given: Iterable[Correction], *, is_strict: bool) -> list[Extract]:
        """Write corrections, with all documents that they change, in one transaction, and return these as they are now.

        Args:
            given: new ones.
            is_strict: refuse all where one would change nothing.

        Raises:
            QueryError: one would change nothing, and why.
            SourceError: a document that it concerns cannot be read any more.
        """
        new = list(given)
        self._said = Said([*self._said.all, *new], self.holdings.get)
        found = []
        for key in self._concerned(new):
            parts = sorted(self.holdings.parts_of(key), key=lambda part: int(said_of(self.store, part.key)["start"]))
            task = Task(stored_source(self.store, key), key, tuple(part.key for part in parts))
            extract = self._extractor.extract(task, self._said)
            if extract.report.outcome == REFUSED:
                raise SourceError(extract.report.problem.rstrip("."), where=key)
            found.append((key, extract))
        fates = {fate.correction: fate for _, each in found for one in (each, *each.parts) for fate in one.fates}
        if is_strict:
            refuse_orphans(new, fates)
        self._is_correcting = True
        try:
            with self._batches.together(parse(describe_corrections(new), format=RdfFormat.N_QUADS)):
                for key, extract in found:
                    list(self.write(extract, held=key))
        finally:
            self._is_correcting = False
        return [extract for _, extract in found]

    def _concerned(self, new: Iterable[Correction]) -> list[str]:
        """Return the keys of the files that corrections concern, sorted: of those that take others back, what these concern."""
        known = {each.id: each for each in self._said.all}
        meant = [known.get(each.of, each) for each in new]
        actors = [iri for each in meant for iri in actors_of(each)]
        keys = {*keys_naming(self.store, actors)} if actors else set()
        said = Said((each for each in meant if not actors_of(each)), self.holdings.get)
        for key in self.store.documents():
            holding = self.holdings.get(key)
            if holding and said.of(key, holding.sha256, key):
                keys.add(key)
        return sorted({self.holdings.whole_of(holding).key for key in keys if (holding := self.holdings.get(key))})

    def write(self, extract: Extract, *, held: str = "") -> Iterator[DocumentReport]:
        """Write an extract and those of the documents in its file, where they are to be written, and yield what became of each.

        Args:
            extract: under the keys that it claims.
            held: key of the document that it was read from, where that is the store itself.
        """
        if extract.report.outcome == REFUSED:
            yield extract.report
            return
        extract = self._as_said(extract)
        decision = self._decide(extract.report, held=held)
        key = decision.holding.key
        gone = {key, *(each.key for each in decision.gone)}
        before = {part.claim: part for each in sorted(gone) for part in self.holdings.parts_of(each)}
        if decision.is_written and key != extract.report.key:
            extract = self._named(extract, key)
        if not decision.is_written:
            self._batches.keep(decision)
            yield _told_of(extract.report, decision)
            for part in before.values():
                yield DocumentReport(extract.report.name, part.key, UNCHANGED, within=key)
            return
        decisions = [self._decide_part(part.report, before) for part in extract.parts]
        keys = tuple(each.holding.key for each in decisions)
        if keys != tuple(part.report.key for part in extract.parts):
            extract = self._named(extract, key, keys)
        for each, decided in zip((extract, *extract.parts), (decision, *decisions), strict=True):
            self._batches.keep(decided, each.quads if decided.is_written else b"")
            yield _told_of(each.report, decided)
        for part in before.values():
            if part.key not in keys and self.holdings.get(part.key) is part:
                self._batches.flush()
                drop_document(self.store, part.key, part)
                self.holdings.forget(part.key)
                yield DocumentReport(extract.report.name, part.key, REMOVED, within=key)

    def _as_said(self, extract: Extract) -> Extract:
        """Return an extract as people have it: read once more, where corrections concern it and it was read without them."""
        every = (extract, *extract.parts)
        if any(each.fates for each in every):
            return extract
        is_said = any(self._said.concern(each.report.claimed, each.report.sha256, each.quads) for each in every)
        return self._named(extract) if is_said else extract

    def _named(self, extract: Extract, key: str = "", parts: tuple[str, ...] = ()) -> Extract:
        """Return an extract under other keys than those that it claims, of its document and of those in its file, and as people have it."""
        report = extract.report
        again = self._extractor.extract(Task(source_of(extract), key, parts, report.origin), self._said)
        own = tuple(replace(part, report=replace(part.report, name=report.name)) for part in again.parts)
        return replace(again, report=replace(again.report, name=report.name), parts=own)

    def _decide(self, report: DocumentReport, *, held: str = "") -> Decision:
        decide = self.holdings.correct if self._is_correcting else self.holdings.decide
        return decide(
            Claimant(
                claim=report.claimed,
                has_symbol=report.has_symbol,
                sha256=report.sha256,
                fingerprint=report.fingerprint,
                edition=report.edition,
                origin=report.origin,
                held=held,
                is_preferred=self._is_preferred(report.origin),
                within=document_iri(report.within) if report.within else "",
            )
        )

    def _decide_part(self, report: DocumentReport, before: dict[str, Holding]) -> Decision:
        """Return what becomes of a document that stands in a file with others; words that another file holds too stay with that.

        Args:
            report: of its reading.
            before: what the file held until now, by claim.
        """
        here = before.get(report.claimed)
        for twin in self.holdings.claiming(report.claimed):
            if twin.within and twin.sha256 == report.sha256 and twin is not here:
                why = f"it is the same, word for word, as in the file of {self.holdings.whole_of(twin).key}"
                return Decision(Outcome.UNCHANGED, twin, is_written=False, why=why)
        return self._decide(report, held=here.key if here else "")


def _told_of(report: DocumentReport, decision: Decision) -> DocumentReport:
    """Return a report with what was decided."""
    problem = "; ".join(filter(None, (decision.why, report.problem)))
    return replace(report, key=decision.holding.key, outcome=decision.outcome.value, problem=problem)

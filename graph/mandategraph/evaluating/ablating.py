"""What changes nothing: rules that hardly fire, and rows of the data files without which the same is read.

A row is taken out of a copy of the data files, and the documents in which it can matter are read again, until one reads otherwise in any
field. Rows are taken out some at a time first: where nothing changes, each is idle, and all could go together; where something does, each half is tried. Two
rows that stand in for each other are both idle, but not together.

That a row is idle in some texts does not make it wrong: a name waits for its document. It is a question for who keeps the file.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, fields
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pyoxigraph import RdfFormat

from mandategraph import resources
from mandategraph.building.extracting import Reader
from mandategraph.describing import describe
from mandategraph.errors import MandateGraphError
from mandategraph.evaluating.judging import evaluate
from mandategraph.evaluating.reference import Record, reference_folders
from mandategraph.evaluating.rows import Row, rows_of, without
from mandategraph.evaluating.scoring import Score
from mandategraph.exporting.records import read_records
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_rules, load_tables
from mandategraph.processes import Processes
from mandategraph.reading import SourceReader
from mandategraph.records import Document, Reading, SourceText

RARE = 3
_TOGETHER = 8
_ANNOTATED_WITH = ("gazetteer", "verbs", "bodies", "resolution_years")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of a rule or a row.

    Attributes:
        kind: rule or row.
        what: id of the rule, or the row's first cell.
        documents: in which the rule fires, or the row can matter.
        changes: the first document that reads otherwise without the row, or why it cannot be taken out; "" where nothing changes.
        scores: those that change without it, with the difference of F1.
    """

    kind: str
    file: str
    line: int
    what: str
    documents: int
    changes: str = ""
    scores: str = ""


def ablate(
    texts: Sequence[Path],
    folders: Sequence[Path] = (),
    *,
    files: Sequence[str] = (),
    jobs: int = 1,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Finding]:
    """Return what is known of every rule and row over some texts, by file and line.

    Args:
        texts: files, or folders of them.
        folders: reference annotations of some of them; scores are given where there are any.
        files: names of data files; all that reading looks into where there are none.
        jobs: processes.
        on_progress: told how many rows are done, of how many.

    Raises:
        MandateGraphError: a text cannot be read, or there is no such data file.
    """
    with TemporaryDirectory() as place:
        data = Path(place, "data")
        with as_file(resources.folder("data")) as shipped:
            shutil.copytree(shipped, data)
        rows = rows_of(data, files)
        groups = [list(group) for group in _grouped(rows)]
        processes = Processes(_make, data, Path(place), tuple(texts), tuple(folders), count=jobs)
        try:
            found: list[Finding] = [] if files else processes.ask(())
            with ThreadPoolExecutor(jobs) as threads:
                for tried in threads.map(processes.ask, groups):
                    found.extend(tried)
                    on_progress(sum(f.kind == "row" for f in found), len(rows))
        finally:
            processes.close()
    return sorted(found, key=lambda f: (f.file, f.line, f.what))


def to_csv(found: Iterable[Finding]) -> str:
    """Return findings as a CSV file."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(field.name for field in fields(Finding))
    writer.writerows(astuple(each) for each in found)
    return written.getvalue()


def is_idle(found: Finding) -> bool:
    """Return whether a rule hardly fires, or nothing changes without a row."""
    return found.documents < RARE if found.kind == "rule" else not found.changes


def rules_of(reading: Reading) -> set[str]:
    """Return the rules that made something of a document."""
    used = {s.rule for s in reading.statements} | {step.rule for s in reading.statements for step in s.trace}
    used |= (
        {i.rule for i in reading.indicators} | {r.rule for r in reading.relations} | {a.rule for a in reading.answers}
    )
    return used | {mention.rule for *_, mention in reading.mentions}


def _grouped(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    by_file: dict[str, list[Row]] = {}
    for row in rows:
        by_file.setdefault(row.file, []).append(row)
    for each in by_file.values():
        for at in range(0, len(each), _TOGETHER):
            yield each[at : at + _TOGETHER]


def _make(data: Path, place: Path, texts: tuple[Path, ...], folders: tuple[Path, ...]) -> Callable[..., list[Finding]]:
    """Return what answers with the findings of some rows, or of the rules where none are asked for."""
    own = Path(mkdtemp(dir=place)) / "data"
    shutil.copytree(data, own)
    resources.use_instead("data", own)
    trial = _Trial(own, texts, folders)
    return lambda rows: trial.take_out(rows) if rows else trial.rules()


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as it reads with all rows."""

    source: SourceText
    words: str
    read: tuple[tuple[Document, Reading], ...]
    rules: frozenset[str]


class _Trial:
    """Readings with and without rows, of one process that has data files of its own."""

    def __init__(self, data: Path, texts: Sequence[Path], folders: Sequence[Path]) -> None:
        self._data = data
        self._tables = load_tables()
        reader = Reader(self._tables)
        self._annotator = reader.annotator
        self._documents = []
        with SourceReader() as sources:
            for item in (item for text in texts for item in sources.find(text)):
                source = sources.read(sources.load(item))
                read = tuple(reader.read_all(source))
                words = re.sub(r"\s+", " ", source.text.lower())
                self._documents.append(
                    _Read(source, words, read, frozenset(rule for _, each in read for rule in rules_of(each)))
                )
        self._documents.sort(key=lambda each: len(each.words))
        self._folders = folders
        named = ((folder / "SOURCE").read_text(encoding="utf-8").strip() for folder in reference_folders(folders))
        self._annotated = {Path(name).stem for name in named}
        self._records = {d.source.name: _records(d.read) for d in self._documents if d.source.name in self._annotated}
        self._scores = self._scored({})

    def rules(self) -> list[Finding]:
        """Return in how many documents each rule fires."""
        counts = Counter(rule for document in self._documents for rule in document.rules)
        return [
            Finding("rule", rule.file, 0, rule.id, counts[rule.id])
            for rule in load_rules(self._tables).values()
            if rule.field not in {"identity", "date"}
        ]

    def take_out(self, rows: Sequence[Row]) -> list[Finding]:
        """Return what changes without each of some rows of one file."""
        matter = {row: [d for d in self._documents if row.can_matter(d.words, d.rules)] for row in rows}
        idle = [Finding("row", row.file, row.line, row.what, 0) for row in rows if not matter[row]]
        return idle + self._halved({row: found for row, found in matter.items() if found})

    def _halved(self, matter: dict[Row, list[_Read]]) -> list[Finding]:
        rows = list(matter)
        if not rows:
            return []
        among = {id(document): document for found in matter.values() for document in found}
        changes, scores = self._without(rows, list(among.values()))
        if not changes or len(rows) == 1:
            return [Finding("row", r.file, r.line, r.what, len(matter[r]), changes, scores) for r in rows]
        half = len(rows) // 2
        return [f for part in (rows[:half], rows[half:]) for f in self._halved({row: matter[row] for row in part})]

    def _without(self, rows: Sequence[Row], documents: Sequence[_Read]) -> tuple[str, str]:
        """Return the first document that reads otherwise without some rows, and for one row which scores change."""
        file = next(self._data.rglob(rows[0].file))
        whole = file.read_text(encoding="utf-8")
        file.write_text(without(file, frozenset(row.line for row in rows)), encoding="utf-8")
        try:
            reader = self._reader_now(file.name)
            read = ((d, tuple(reader.read_all(d.source))) for d in documents)
            changed = ((d.source.name, new) for d, new in read if new != d.read)
            first = next(changed, None)
            if first is None or len(rows) > 1 or not self._folders:
                return first[0] if first else "", ""
            instead = {name: _records(new) for name, new in (first, *changed) if name in self._annotated}
            return first[0], _difference(self._scores, self._scored(instead) if instead else self._scores)
        except MandateGraphError as error:
            return f"needed: {error}", ""
        finally:
            file.write_text(whole, encoding="utf-8")

    def _reader_now(self, file: str) -> Reader:
        """Return a reader over the data as they are, with the tokens and names of before where they cannot have changed."""
        tables = load_tables()
        is_same = all(getattr(tables, name) == getattr(self._tables, name) for name in _ANNOTATED_WITH)
        return Reader(tables, self._annotator if is_same and file != "citations.jsonl" else None)

    def _scored(self, instead: dict[str, list[Record]]) -> dict[str, Score]:
        """Return the scores with the records of some documents instead of their own."""
        if not self._folders:
            return {}
        return evaluate([r for each in (self._records | instead).values() for r in each], self._folders)


def _records(read: Iterable[tuple[Document, Reading]]) -> list[Record]:
    """Return the records of a file's documents, by way of a store that has them alone."""
    with GraphStore.in_memory() as store:
        for document, reading in read:
            given = {"key": document.key, "within": document.within}
            quads = describe(document, reading, version="", fingerprint="", **given)
            store.store.load(quads, format=RdfFormat.N_QUADS)
        return list(read_records(store))


def _difference(before: dict[str, Score], after: dict[str, Score]) -> str:
    """Return which scores change, and by how much."""
    changed = ((field, after[field].f1 - before[field].f1) for field in before if field in after)
    return ", ".join(f"{field} {by:+.4f}" for field, by in changed if abs(by) >= 0.00005)

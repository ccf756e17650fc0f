"""The index of a store: a database of its paragraphs, their words and their prints, kept in step with the store.

    documents   what each says of itself, and what it was made from
    passages    paragraphs with their text, themes, and a digest of their words
    statements  of the passages, and in `said` their bearers, themes and days, a row a value
    words       full text of the passages (FTS5)
    runs        a print and a passage that has it, as one number: a table of numbers alone takes a third of the time and half the space

In: an open store. Out: passages that share runs with a text, that have the same words, or that hold some words. Documents that were made from
something else since, that are new, or gone, are written anew in whole transactions: a stop leaves nothing to mend.

Limits: paragraphs only, no headings and titles. An index that another process brings up to date meanwhile may be a document ahead of the store that was opened.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mandategraph.indexing.gathering import Entry, fingerprints, gather
from mandategraph.indexing.schema import FORMAT, TABLES
from mandategraph.indexing.words import digest_of, prints_of, words_of
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, adoptions

SUFFIX = ".index"
# So many paragraphs are written in one transaction, sorted by their prints.
BATCH = 60_000
# A question by words looks at so many paragraphs at most, those of its rarest words.
MOST = 2000
# A print has 32 bits, the passage that has it stands in the 31 below.
_SHIFT = 31
_PASSAGE = (1 << _SHIFT) - 1
# So many of the passages that words lead to are read at a time.
_LOOKED_UP = 200
_CACHE = 65_536  # kilobytes
_FOUND = """SELECT p.id, d.key, p.label, d.day, d.body, d.status, p.kind, p.start, p.themes, p.digest, p.text
FROM passages p JOIN documents d ON d.id = p.document"""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of the index.

    Attributes:
        id: within this index, until it changes.
        document: key; `label`: of the paragraph; `day`: ISO 8601, "" where it is not known; `body`: that speaks; `status`: of the document.
        kind: operative, preambular or body; `start`: place in the source, in code points.
        themes: ids; `digest`: the same for passages of the same words.
    """

    id: int
    document: str
    label: str
    day: str
    body: str
    status: str
    kind: str
    start: int
    themes: tuple[str, ...]
    digest: int
    text: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which passages count; what is empty bounds nothing.

    Attributes:
        before: of documents of an earlier day than this; one of an unknown day is none.
        since: of documents of this day or later.
        body: part of the name of the body that speaks, in any case.
        without: keys of documents that do not count.
    """

    before: str = ""
    since: str = ""
    body: str = ""
    without: tuple[str, ...] = ()

    def condition(self) -> tuple[str, list[str]]:
        """Return it as a condition of SQL, beginning with AND where there is any, and its values."""
        parts, values = [], []
        for part, value in (
            ("d.day != '' AND d.day < ?", self.before),
            ("d.day >= ?", self.since),
            ("instr(lower(d.body), lower(?)) > 0", self.body),
        ):
            if value:
                parts.append(part)
                values.append(value)
        if self.without:
            parts.append(f"d.key NOT IN ({_marks(self.without)})")
            values += self.without
        return "".join(f" AND {part}" for part in parts), values


class Index:
    """The index of a store; `opening.open_index` gives it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._frequencies: dict[str, int] = {}

    def __enter__(self) -> Index:
        """Return the index itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()

    def __len__(self) -> int:
        """Return the number of passages."""
        return int(self._one("SELECT count(*) FROM passages"))

    def prepare(self) -> None:
        """Write the empty tables where there are none.

        Raises:
            sqlite3.DatabaseError: another program made them, or they are damaged.
        """
        database = self._database
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute("BEGIN IMMEDIATE")
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'made'").fetchone():
            for statement in TABLES.strip().split(";\n"):
                database.execute(statement)
            database.execute("INSERT INTO made VALUES (?)", [FORMAT])
        database.execute("COMMIT")
        if database.execute("SELECT format FROM made").fetchone() != (FORMAT,):
            raise sqlite3.DatabaseError("another program made it")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    # reading

    def sharing(self, words: Sequence[str], scope: Scope, *, most: int) -> list[tuple[Found, float]]:
        """Return the passages that have most of a text's prints, those with most first, with the share that they have."""
        lows = (prints_of([words])[0] << np.uint64(_SHIFT)).tolist()
        if not lows:
            return []
        condition, values = scope.condition()
        found = self._database.execute(
            f"WITH wanted (low) AS (VALUES {', '.join(['(?)'] * len(lows))}),"
            f" shared (passage, n) AS (SELECT at & {_PASSAGE}, count(*) FROM wanted CROSS JOIN runs ON at BETWEEN low AND low + {_PASSAGE} GROUP BY 1)"
            " SELECT passage, n FROM shared JOIN passages p ON p.id = passage JOIN documents d ON d.id = p.document"
            f" WHERE TRUE{condition} ORDER BY n DESC, d.day DESC, passage LIMIT ?",
            [*lows, *values, most],
        ).fetchall()
        passages = {each.id: each for each in self._passages([id_ for id_, _ in found])}
        return [(passages[id_], count / len(lows)) for id_, count in found]

    def same(self, digest: int, scope: Scope) -> list[Found]:
        """Return the passages of a digest, by day."""
        condition, values = scope.condition()
        return self._found(f"{_FOUND} WHERE p.digest = ?{condition} ORDER BY d.day, p.id", [digest, *values])

    def heads(self, store: GraphStore) -> list[Head]:
        """Return what the documents of the store say of themselves, which is read here sooner than there."""
        adopted = adoptions(store)
        rows = self._database.execute(
            "SELECT key, genre, status, source, day, body, title, language, instrument FROM documents"
        )
        return [replace(Head(*row), adopted_as=adopted.get(row[-1], "")) for row in rows]

    def holding(self, words: Sequence[str], scope: Scope, *, most: int) -> list[Found]:
        """Return the passages that hold the rarest of some words, those first that hold the most and rarest of them."""
        weights: dict[int, float] = defaultdict(float)
        for word in self._rare(words):
            weight = 1 / self._frequencies[word]
            for (id_,) in self._database.execute("SELECT rowid FROM words WHERE words MATCH ?", [f'"{word}"']):
                weights[id_] += weight
        condition, values = scope.condition()
        best = sorted(weights, key=lambda id_: (-weights[id_], id_))
        found: list[Found] = []
        for first in range(0, len(best), _LOOKED_UP):
            ids = best[first : first + _LOOKED_UP]
            here = self._found(f"{_FOUND} WHERE p.id IN ({_marks(ids)}){condition}", [*ids, *values])
            found += sorted(here, key=lambda passage: (-weights[passage.id], passage.id))
            if len(found) >= most:
                break
        return found[:most]

    def search(self, typed: str, scope: Scope, *, most: int) -> list[Found]:
        """Return the passages that hold all words of what was typed, the best first by BM25."""
        words = words_of(typed)
        if not words:
            return []
        condition, values = scope.condition()
        text = f"{_FOUND} JOIN words ON words.rowid = p.id WHERE words MATCH ?{condition} ORDER BY words.rank LIMIT ?"
        return self._found(text, [" ".join(f'"{word}"' for word in words), *values, most])

    def is_said(self, words: str, scope: Scope) -> bool:
        """Return whether a passage has some words on end."""
        condition, values = scope.condition()
        text = f"{_FOUND} JOIN words ON words.rowid = p.id WHERE words MATCH ?{condition} LIMIT 1"
        return bool(self._found(text, [f'"{" ".join(words_of(words))}"', *values]))

    def of_theme(self, theme: str, scope: Scope) -> list[Found]:
        """Return the passages that speak of a theme, by day."""
        condition, values = scope.condition()
        text = f"{_FOUND} WHERE instr(p.themes, ?) > 0{condition} ORDER BY d.day, d.key, p.start"
        return self._found(text, [f" {theme} ", *values])

    def of_document(self, key: str) -> list[Found]:
        """Return the passages of a document, in the order of the text."""
        return self._found(f"{_FOUND} WHERE d.key = ? ORDER BY p.start, p.id", [key])

    def _rare(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the rarest of some words, the rarest first, until what holds them is as much as may be looked at."""
        counted = []
        for word in set(words):
            if word not in self._frequencies:
                row = self._database.execute("SELECT doc FROM frequencies WHERE term = ?", [word]).fetchone()
                self._frequencies[word] = int(row[0]) if row else 0
            if self._frequencies[word]:
                counted.append((self._frequencies[word], word))
        total = 0
        for count, word in sorted(counted):
            total += count
            if total > MOST and total > count:
                return
            yield word

    def _passages(self, ids: Sequence[int]) -> list[Found]:
        return self._found(f"{_FOUND} WHERE p.id IN ({_marks(ids)})", ids)

    def _found(self, text: str, values: Sequence[str | int]) -> list[Found]:
        rows = self._database.execute(text, values)
        return [Found(*(*row[:8], tuple(row[8].split()), *row[9:])) for row in rows]

    def _one(self, text: str) -> int:
        return int(self._database.execute(text).fetchone()[0])

    def ask(self, text: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a question in SQL, for the modules of this room; a table that it makes is temporary and stays in memory."""
        return self._database.execute(text, values).fetchall()

    # writing

    def keep_in_step(self, store: GraphStore) -> int:
        """Bring the index up to date with a store, and return how many documents were other than in the store.

        Each transaction is whole, so that what was done before a stop needs not be done again.
        """
        wanted = fingerprints(store)
        changed = self._changed(wanted)
        for first in range(0, len(changed), BATCH):
            self._write(store, changed[first : first + BATCH], wanted)
        return len(changed)

    def _changed(self, wanted: dict[str, str]) -> list[str]:
        known = dict(self._database.execute("SELECT iri, fingerprint FROM documents"))
        return sorted(iri for iri in known.keys() | wanted.keys() if known.get(iri) != wanted.get(iri))

    def _write(self, store: GraphStore, changed: Sequence[str], wanted: dict[str, str]) -> None:
        """Write documents anew, in transactions of about `BATCH` passages; one that is gone is taken out."""
        database = self._database
        self._frequencies.clear()
        waiting = list(reversed(changed))
        entries = gather(store, {iri for iri in changed if iri in wanted}, of=len(wanted))
        while waiting:
            database.execute("BEGIN IMMEDIATE")
            known = dict(database.execute("SELECT iri, fingerprint FROM documents"))
            texts: list[tuple[int, list[str]]] = []
            while waiting and len(texts) < BATCH:
                iri = waiting.pop()
                if known.get(iri) == wanted.get(iri):
                    continue
                if iri in known:
                    self._take_out(iri)
                if iri in wanted:
                    texts += self._put_in(iri, wanted[iri], entries.pop(iri))
            database.executemany("INSERT INTO runs VALUES (?)", _runs(texts))
            database.execute("COMMIT")

    def _put_in(self, iri: str, fingerprint: str, entry: Entry) -> Iterator[tuple[int, list[str]]]:
        """Write a document and its passages, and yield the words of each passage with its id."""
        database = self._database
        head = entry.head
        told = (head.key, head.genre, head.status, head.source, head.adopted, head.body, head.title, head.language)
        row = (iri, fingerprint, *told, head.instrument)
        document = database.execute(f"INSERT INTO documents VALUES (NULL, {_marks(row)})", row).lastrowid
        id_ = self._one("SELECT coalesce(max(id), 0) FROM passages")
        statement = self._one("SELECT coalesce(max(id), 0) FROM statements")
        rows, texts, statements, said = [], [], [], []
        for passage in entry.passages:
            id_ += 1
            words = words_of(passage.text)
            themes = f" {' '.join(passage.themes)} "
            rows.append(
                (id_, document, passage.label, passage.kind, passage.start, themes, digest_of(words), passage.text)
            )
            texts.append((id_, passage.text))
            for each in passage.said:
                statement += 1
                statements.append((statement, id_, each.iri, each.act, each.strength, each.is_cycle))
                for name, values in (("bearer", each.bearers), ("theme", each.themes), ("day", each.days)):
                    said += [(statement, name, value) for value in dict.fromkeys(values)]
            yield id_, words
        database.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
        database.executemany("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?)", statements)
        database.executemany("INSERT INTO said VALUES (?, ?, ?)", said)

    def _take_out(self, iri: str) -> None:
        database = self._database
        (document,) = database.execute("SELECT id FROM documents WHERE iri = ?", [iri]).fetchone()
        passages = database.execute("SELECT id, text FROM passages WHERE document = ?", [document]).fetchall()
        database.executemany("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", passages)
        database.executemany("DELETE FROM runs WHERE at = ?", _runs([(id_, words_of(text)) for id_, text in passages]))
        own = "(SELECT id FROM passages WHERE document = ?)"
        database.execute(
            f"DELETE FROM said WHERE statement IN (SELECT id FROM statements WHERE passage IN {own})", [document]
        )
        database.execute(f"DELETE FROM statements WHERE passage IN {own}", [document])
        database.execute("DELETE FROM passages WHERE document = ?", [document])
        database.execute("DELETE FROM documents WHERE id = ?", [document])


def _runs(texts: Sequence[tuple[int, Sequence[str]]]) -> Iterator[tuple[int]]:
    """Return what the table of runs keeps of passages, in its order."""
    prints, numbers = prints_of([words for _, words in texts])
    ids = np.array([id_ for id_, _ in texts], np.uint64)
    return zip((prints << np.uint64(_SHIFT) | ids[numbers.astype(np.intp)]).tolist(), strict=True)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))

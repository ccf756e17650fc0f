"""Precedents beside an oracle that reads no index, and how fast they come.

    python benchmarks/precedents.py [FOLDER] [--store DIR] [--times N] [--misses] [--no-oracle]

FOLDER holds `text` and `labels`, where people marked the paragraphs of each document (`../shared/wild`). For every operative paragraph the oracle
goes through all earlier operative and preambular paragraphs and counts the runs of eight words that both have. Where the best has half or more, `precedents` is to
name a paragraph first that has as many, and to call it verbatim exactly where the words are the same.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

from mandategraph.answering.precedents import Given, Likeness, Subject, precedents
from mandategraph.building.writing import build
from mandategraph.indexing import index as indexing
from mandategraph.indexing.gathering import Entry, fingerprints, gather
from mandategraph.indexing.index import Index
from mandategraph.indexing.opening import open_index, path_of_index, throw_away
from mandategraph.keeping.documents import said_of
from mandategraph.keeping.store import GraphStore

WILD = Path(__file__).parent.parent.parent / "shared" / "wild"
RUN = 8


@dataclass(frozen=True)
class Labelled:
    """A paragraph as people marked it: where its document has it, and its words."""

    document: str
    day: str
    start: int
    end: int
    is_operative: bool
    text: str
    words: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]


def labelled(folder: Path, store: GraphStore) -> Iterator[Labelled]:
    """Yield the paragraphs of all documents that the store has with their day."""
    days = {}
    for key in store.documents():
        said = said_of(store, key)
        days[Path(said["sourceName"]).stem] = (key, said.get("date", ""))
    for file in sorted((folder / "labels").iterdir()):
        stem = file.name.split(".json")[0]
        key, day = days.get(stem, ("", ""))
        if not day:
            continue
        text = (folder / "text" / f"{stem}.txt").read_text(encoding="utf-8")
        for line in file.read_text(encoding="utf-8").splitlines():
            mark = json.loads(line)
            if mark["type"] != "paragraph" or mark["paragraph_type"] not in {"operative", "preambular"}:
                continue
            printed = text[mark["start"] : mark["end"]]
            bare = printed.removeprefix(mark["prefix"] or "")
            words = tuple(re.findall(r"\w+", bare.casefold()))
            runs = frozenset(words[n : n + RUN] for n in range(len(words) - RUN + 1))
            yield Labelled(
                key, day, mark["start"], mark["end"], mark["paragraph_type"] == "operative", bare, words, runs
            )


def oracle(paragraphs: list[Labelled]) -> Iterator[tuple[Labelled, int, list[Labelled]]]:
    """Yield the operative paragraphs that share half of their runs or more with an earlier one: how many, and all that share as many."""
    holders = defaultdict(set)
    for n, paragraph in enumerate(paragraphs):
        for run in paragraph.runs:
            holders[run].add(n)
    for paragraph in paragraphs:
        if not paragraph.is_operative or not paragraph.runs:
            continue
        counted = Counter(n for run in paragraph.runs for n in holders[run] if paragraphs[n].day < paragraph.day)
        most = max(counted.values(), default=0)
        if 2 * most >= len(paragraph.runs):
            yield paragraph, most, [paragraphs[n] for n, count in counted.items() if count == most]


def judge(folder: Path, store: GraphStore, index: Index, *, misses: bool) -> None:
    """Print how often the first precedent is the oracle's, and is called rightly."""
    paragraphs = list(labelled(folder, store))
    of_document = defaultdict(list)
    for paragraph in paragraphs:
        of_document[paragraph.document].append(paragraph)
    asked = named = called = 0
    for paragraph, most, best in oracle(paragraphs):
        asked += 1
        subject = Subject(paragraph.document, paragraph.document, paragraph.day, (Given("", paragraph.text),))
        (found,) = precedents(index, subject).paragraphs
        first = found.matches[0] if found.matches else None
        here = (
            [p for p in of_document[first.passage.document] if p.start <= first.passage.start < p.end] if first else []
        )
        is_named = any(p in best for p in here)
        named += is_named
        is_same = any(p.words == paragraph.words for p in best)
        is_called = found.likeness is (Likeness.VERBATIM if is_same else Likeness.ADAPTED)
        called += is_called
        if misses and not (is_named and is_called):
            print(
                f"{paragraph.document} at {paragraph.start}, {most} of {len(paragraph.runs)} runs, {'verbatim' if is_same else 'adapted'}: {paragraph.text[:90]!r}"
            )
            print(f"   oracle {best[0].document} at {best[0].start}: {best[0].text[:90]!r}")
            if first:
                print(
                    f"   first  {first.passage.document}, {first.passage.label} ({first.likeness}, {first.share:.2f}): {first.passage.text[:90]!r}"
                )
    print(f"operative paragraphs that share half or more: {asked}")
    print(f"the first precedent is the oracle's: {named / asked:.4f}")
    print(f"called verbatim or adapted rightly: {called / asked:.4f}")


def speed(path: Path, times: int) -> None:
    """Print how fast the index is made and asked, on a store and on `times` as much: other symbols, and sentences in another order."""
    throw_away(path)
    with GraphStore.open_to_read(path) as store:
        known = fingerprints(store)
        began = time.process_time()
        entries = gather(store, known)
        taken = time.process_time() - began
        count = sum(len(entry.passages) for entry in entries.values())
        stated = _statements(store)
        print(
            f"{count} paragraphs with {stated} statements, read out of the store in {taken:.2f} s of a core: {stated / taken:,.0f} statements a second"
        )
        began, start = time.process_time(), time.perf_counter()
        open_index(store).close()
        print(
            f"the whole, reading and indexing: {time.process_time() - began:.2f} s of a core, {time.perf_counter() - start:.2f} s by the clock"
        )
    size, of_store = path_of_index(path).stat().st_size, sum(file.stat().st_size for file in path.iterdir())
    print(f"size: {size / 1e6:.1f} MB, {size / of_store:.1%} of the store")
    chance = random.Random(1)
    for n in sorted({1, times}):
        made = dict(_shuffled(entries, n, chance))
        last = made.popitem()
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(indexing, "gather", _Made(made)):
            _ask(Path(folder) / "index", made, last, stated * n, chance)


class _Made:
    """Gives documents that were gathered before."""

    def __init__(self, made: dict[str, Entry]) -> None:
        self.made = made

    def __call__(self, _: object, iris: Collection[str], **__: int) -> dict[str, Entry]:
        return {iri: self.made[iri] for iri in iris}


def _ask(file: Path, made: dict[str, Entry], last: tuple[str, Entry], stated: int, chance: random.Random) -> None:
    """Index documents that were gathered, then one more, and ask for the precedents of a draft of sixty paragraphs."""
    with Index(sqlite3.connect(file, isolation_level=None)) as index:
        index.prepare()
        began = time.process_time()
        with mock.patch.object(indexing, "fingerprints", return_value=dict.fromkeys(made, "1")):
            index.keep_in_step(None)  # type: ignore[arg-type]
        taken = time.process_time() - began
        print(
            f"{len(index)} paragraphs, {stated} statements: indexed in {taken:.2f} s of a core: {stated / taken:,.0f} statements a second"
        )
        made.update([last])
        began, start = time.process_time(), time.perf_counter()
        with mock.patch.object(indexing, "fingerprints", return_value=dict.fromkeys(made, "1")):
            index.keep_in_step(None)  # type: ignore[arg-type]
        print(
            f"  one more document of {len(last[1].passages)} paragraphs: {time.process_time() - began:.3f} s of a core, {time.perf_counter() - start:.3f} s by the clock"
        )
        texts = [
            p.text for entry in chance.sample(list(made.values()), 200) for p in entry.passages if len(p.text) > 100
        ]
        rounds = []
        for _ in range(5):
            draft = [_reordered(text, chance) for text in chance.sample(texts, 60)]
            subject = Subject("a draft", "", "", tuple(Given(str(n), text) for n, text in enumerate(draft)))
            began, start = time.process_time(), time.perf_counter()
            precedents(index, subject)
            rounds.append((time.process_time() - began, time.perf_counter() - start))
        core, clock = (statistics.median(each) for each in zip(*rounds, strict=True))
        print(f"  a draft of 60 paragraphs: {core:.2f} s of a core, {clock:.2f} s by the clock (median of 5)")


def _statements(store: GraphStore) -> int:
    found = store.store.query(
        "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a <https://w3id.org/mandategraph/ontology#Statement> } }"
    )
    return int(next(iter(found))[0].value)  # type: ignore[union-attr,arg-type]


def _shuffled(entries: dict[str, Entry], times: int, chance: random.Random) -> Iterator[tuple[str, Entry]]:
    for n in range(times):
        for iri, entry in entries.items():
            passages = (
                entry.passages if not n else tuple(replace(p, text=_reordered(p.text, chance)) for p in entry.passages)
            )
            yield f"{iri}/{n}", replace(entry, head=replace(entry.head, key=f"{entry.head.key}/{n}"), passages=passages)


def _reordered(text: str, chance: random.Random) -> str:
    """Return a text with its sentences, or else its clauses, in another order."""
    parts = re.split(r"(?<=[.;,]) ", text)
    return " ".join(chance.sample(parts, len(parts)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=WILD)
    parser.add_argument("--store", type=Path, help="Where the documents of FOLDER are built already.")
    parser.add_argument("--times", type=int, default=10, help="How many times as much is indexed, too.")
    parser.add_argument("--misses", action="store_true", help="Show what the oracle says otherwise.")
    parser.add_argument("--no-oracle", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_here:
        where = options.store or Path(made_here) / "store"
        if not options.store:
            with GraphStore.open(where) as new:
                build([options.folder / "text"], new)
        if not options.no_oracle:
            with GraphStore.open_to_read(where) as opened, open_index(opened) as ready:
                judge(options.folder, opened, ready, misses=options.misses)
        speed(where, options.times)

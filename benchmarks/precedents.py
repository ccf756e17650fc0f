"""Precedents beside an oracle that reads no index, and how fast they come.

    python benchmarks/precedents.py [FOLDER] [--store DIR] [--rounds N] [--synthetic] [--misses]

FOLDER holds `text` and `labels`, where people marked the paragraphs of each document (`../shared/wild`). For every operative paragraph the oracle
goes through all earlier operative and preambular paragraphs and counts the runs of eight words that both have. Where the best has half or more, `precedents` is to
name a paragraph first that has as many, and to call it verbatim exactly where the words are the same.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mandategraph.answering.precedents import Given, Likeness, Subject, precedents
from mandategraph.indexing.index import Index, open_index
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=WILD)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    with GraphStore.open_to_read(options.store) as opened, open_index(opened) as ready:
        judge(options.folder, opened, ready, misses=options.misses)

"""How long `draft` takes beside a store, and beside one that is several times as large.

    python benchmarks/drafts.py STORE DRAFT... [--times N] [--folder PLACE] [--rounds N]

STORE holds resolutions, DRAFT are texts of about sixty paragraphs. The larger store has each document under N other symbols, the sentences of its paragraphs and the clauses of
its statements in another order; it is made once in `--folder` and kept there. Told are processor seconds and seconds by the clock: to read, to compare, to write the paper.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, RdfFormat, Store

from mandategraph.building.extracting import Reader
from mandategraph.drafting.drafts import read_draft
from mandategraph.drafting.landscape import beside
from mandategraph.drafting.paper import paper_of
from mandategraph.indexing.opening import open_index, path_of_index
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.recalling.rows import text_of
from mandategraph.vocabulary import BASE

_KEY = NamedNode("http://purl.org/dc/terms/identifier")
_WORDS = re.compile(rb'(ontology#text> ")((?:[^"\\]|\\.)*)"')
_PARTS = re.compile(r"(?<=[.;,]) ")
T = TypeVar("T")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a <https://w3id.org/mandategraph/ontology#Statement> } }"


def multiply(path: Path, times: int, to: Path) -> None:
    """Write a store with the documents of another under so many symbols each."""
    chance = random.Random(1)
    with GraphStore.open_to_read(path) as store:
        graphs = [graph for graph in store.store.named_graphs() if isinstance(graph, NamedNode)]
        documents = [graph for graph in graphs if graph.value.startswith(f"{BASE}document/")]
        larger = Store(str(to))
        others = set(graphs) - set(documents)
        larger.bulk_extend(quad for graph in others for quad in store.store.quads_for_pattern(None, None, None, graph))
        for n in range(times):
            for part in _copies(store.store, documents, n, chance):
                larger.bulk_load(input=part, format=RdfFormat.N_QUADS)
        larger.optimize()


def _copies(store: Store, documents: list[NamedNode], n: int, chance: random.Random) -> Iterator[bytes]:
    """Yield the documents under their nth symbols as N-Quads, some hundreds at a time."""
    for first in range(0, len(documents), 200):
        parts = []
        for graph in documents[first : first + 200]:
            written = store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""
            iri = graph.value.encode()
            if n:
                other = iri + b"~%d" % n
                key = next((text_of(q.object) for q in store.quads_for_pattern(graph, _KEY, None, graph)), "")
                written = written.replace(iri + b"#", other + b"#").replace(iri + b">", other + b">")
                written = written.replace(f'identifier> "{key}"'.encode(), f'identifier> "{key}~{n}"'.encode())
                written = _WORDS.sub(lambda found: found[1] + _reordered(found[2], chance) + b'"', written)
                iri = other
            parts.append(written.replace(b" .\n", b" <" + iri + b"> .\n"))
        yield b"".join(parts)


def _reordered(text: bytes, chance: random.Random) -> bytes:
    """Return a text with its sentences, or else its clauses, in another order."""
    parts = _PARTS.split(text.decode())
    return " ".join(chance.sample(parts, len(parts))).encode()


def measure(path: Path, drafts: list[Path], rounds: int) -> None:
    """Print how long each draft takes beside a store."""
    reader = Reader(load_tables())
    with GraphStore.open_to_read(path) as store:
        start = time.perf_counter()
        open_index(store).close()
        made = time.perf_counter() - start
        (row,) = store.store.query(COUNT)  # type: ignore[misc]
        size, of_store = path_of_index(path).stat().st_size, sum(file.stat().st_size for file in path.iterdir())
        print(
            f"{int(row[0].value):,} statements in {len(store.documents())} documents; the index opened in {made:.1f} s, {size / of_store:.1%} of the store"
        )
    for file in drafts:
        times = [_timed(path, file, reader) for _ in range(rounds)]
        told = [
            f"{name} {statistics.median(each[n] for each in times):.2f} s ({statistics.median(each[n + 1] for each in times):.2f})"
            for n, name in ((0, "read"), (2, "compared"), (4, "written"))
        ]
        count = len(read_draft(file, reader=reader).passages)
        print(f"  {file.stem:24} {count:4} paragraphs: {', '.join(told)}", flush=True)


def _timed(path: Path, file: Path, reader: Reader) -> tuple[float, ...]:
    """Return processor seconds and seconds by the clock of each step, beside a store that was just opened."""
    found: list[float] = []

    def step(made: T, since: tuple[float, float]) -> T:
        found.extend((time.process_time() - since[0], time.perf_counter() - since[1]))
        return made

    def now() -> tuple[float, float]:
        return time.process_time(), time.perf_counter()

    begun = now()
    given = step(read_draft(file, reader=reader), begun)
    begun = now()
    with GraphStore.open_to_read(path) as store:
        landscape = step(beside(store, given), begun)
        begun = now()
        step(paper_of(store, landscape), begun)
    return tuple(found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("drafts", type=Path, nargs="+")
    parser.add_argument("--times", type=int, default=8, help="How many times as large the larger store is.")
    parser.add_argument("--folder", type=Path, help="Where the larger store is kept; nowhere where it is not given.")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    measure(options.store, options.drafts, options.rounds)
    with tempfile.TemporaryDirectory() as made_here:
        where = (options.folder or Path(made_here)) / f"times{options.times}"
        if not where.exists():
            multiply(options.store, options.times, where)
        measure(where, options.drafts, options.rounds)

"""Everything that the README says of speed, measured side by side in one run.

    python benchmarks/speed.py [FOLDER] [--rounds 3] [--quick]

Each figure stands beside what it is measured against; figures of a machine that does other things meanwhile vary by a fifth.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import psutil
import pyoxigraph
import spacy
from mandates import write_mandates
from naive import LeadingVerbs
from pyoxigraph import RdfFormat, Store, parse
from rdflib import Dataset

from mandategraph.building.extracting import Extractor, Reader, Task
from mandategraph.building.program import digest_of_program
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.reading import SourceReader
from mandategraph.records import SourceText

ROOT = Path(__file__).resolve().parent.parent
WILD = ROOT.parent / "shared" / "wild" / "text"
COMMAND = [sys.executable, "-m", "mandategraph"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=WILD if WILD.is_dir() else ROOT / "data" / "samples")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes: many documents")
    options = parser.parse_args()
    with SourceReader() as sources:
        texts = [sources.read(sources.load(item)) for item in sources.find(options.folder)]
    words = sum(len(text.text.split()) for text in texts)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, spaCy {spacy.__version__}, "
        f"pyoxigraph {pyoxigraph.__version__}; {len(texts)} documents, {words:,} words"
    )
    with tempfile.TemporaryDirectory() as place:
        _reading(texts, words, options.rounds)
        _building(options.folder, words, Path(place))
        _loading(texts[:: max(1, len(texts) // 60)])
        _starting(Path(place), options.rounds)
        if not options.quick:
            _growing(Path(place))


def _row(what: str, value: str, beside: str = "") -> None:
    print(f"{what:<58}{value:>22}   {beside}".rstrip(), flush=True)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _reading(texts: list[SourceText], words: int, rounds: int) -> None:
    """Reading alone, on one core, beside the tokenizer and the reader of leading verbs, in turn."""
    tables = load_tables()
    tokenized, read = [], []
    for _ in range(rounds):
        nlp = spacy.blank("en")
        tokenized.append(_seconds(lambda nlp=nlp: deque(nlp.pipe(t.text for t in texts), maxlen=0)))  # type: ignore[misc]
        reader = Reader(tables)
        read.append(_seconds(lambda reader=reader: deque(map(reader.read, texts), maxlen=0)))  # type: ignore[misc]
    ratios = [a / b for a, b in zip(read, tokenized, strict=True)]
    _row("blank spaCy tokenizer", f"{words / statistics.median(tokenized):,.0f} words/s", _spread(tokenized))
    _row("reading, one core", f"{words / statistics.median(read):,.0f} words/s", f"{_spread(read)}; target 60,000")
    _row("reading / tokenizer", f"{statistics.median(ratios):.1f} times", "target at most 15")
    some = texts[:: max(1, len(texts) // 100)]
    part = sum(len(text.text.split()) for text in some)
    leading = LeadingVerbs(tables)
    naive = _seconds(lambda: deque((deque(leading.read(t.text, t.name), maxlen=0) for t in some), maxlen=0))
    _row("reader of leading verbs (naive.py)", f"{part / naive:,.0f} words/s", f"{len(some)} documents")


def _spread(values: list[float]) -> str:
    return f"{min(values):.1f}-{max(values):.1f} s in {len(values)} rounds"


def _building(folder: Path, words: int, place: Path) -> None:
    """The whole command with one process and with two, into stores on disk, and again with nothing changed."""
    took = {}
    for jobs in (1, 2):
        store = place / f"store{jobs}"
        took[jobs], memory = _watched([*COMMAND, "build", str(folder), "--store", str(store), "--jobs", str(jobs)])
        said = f"{words / took[jobs]:,.0f} words/s, {memory / 2**20:,.0f} MB at the most"
        _row(f"build into a store on disk, {jobs} reading", f"{took[jobs]:.1f} s", said)
    _row("one / two", f"{took[1] / took[2]:.2f} times", "target 1.8; two in 30 s, under 1,024 MB")
    again, _ = _watched([*COMMAND, "build", str(folder), "--store", str(place / "store2")])
    _row("build again, nothing changed", f"{again:.2f} s", "target 2")
    with GraphStore.open_to_read(place / "store2") as opened:
        quads = len(opened)
    size = sum(file.stat().st_size for file in (place / "store2").iterdir())
    _row("quads, store on disk", f"{quads:,}", f"{size / 2**20:,.0f} MB")


def _watched(command: list[str]) -> tuple[float, int]:
    """Return how long a command takes, and the most memory that it and its processes have at once, in bytes."""
    start = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            most = max(most, sum(p.memory_info().rss for p in (process, *process.children(recursive=True))))
        time.sleep(0.02)
    return time.perf_counter() - start, most


def _loading(texts: list[SourceText]) -> None:
    """Our way of writing new documents beside the store's own bulk load and rdflib's memory store, for the same quads."""
    extractor = Extractor(load_tables(), digest_of_program())
    written = b"".join(extractor.extract(Task(text)).quads for text in texts)
    quads = list(parse(written, format=RdfFormat.N_QUADS))
    with tempfile.TemporaryDirectory() as place:
        bulk = _seconds(lambda: Store(f"{place}/bulk").bulk_extend(quads))
        with GraphStore.open(Path(place) / "ours") as store:
            ours = _seconds(lambda: store.add(written))
    part = written.split(b"\n")[:20_000]
    rdflib = _seconds(lambda: Dataset().parse(data=b"\n".join(part).decode(), format="nquads"))
    rate = len(quads) / bulk
    _row("the store's bulk rate for these quads", f"{rate:,.0f} quads/s", f"{len(quads):,} quads")
    _row("ours, from N-Quads", f"{len(quads) / ours:,.0f} quads/s", f"{bulk / ours:.2f} of it; target 0.5")
    _row(
        "rdflib in memory",
        f"{len(part) / rdflib:,.0f} quads/s",
        f"{len(quads) / ours * rdflib / len(part):.1f} times slower",
    )


def _starting(place: Path, rounds: int) -> None:
    """Commands from cold: a process that has nothing."""
    store = place / "samples"
    subprocess.run(
        [*COMMAND, "build", str(ROOT / "data" / "samples"), "--store", str(store)], capture_output=True, check=True
    )
    for what, given, target in (
        ("--help", ["--help"], 0.3),
        ("query reports, store of the samples", ["query", "reports", "--store", str(store)], 0.6),
    ):
        times = [_watched([*COMMAND, *given])[0] for _ in range(2 * rounds)]
        _row(what, f"{statistics.median(times):.2f} s", f"{_spread(times)}; target {target}")


def _growing(place: Path) -> None:
    """Cost a document as the number of documents grows."""
    costs = []
    for count in (50, 500, 5000):
        folder, store = place / f"d{count}", place / f"s{count}"
        write_mandates(folder, count)
        took, memory = _watched([*COMMAND, "build", str(folder), "--store", str(store)])
        costs.append(took / count)
        said = f"{1000 * took / count:.1f} ms a document, {memory / 2**20:,.0f} MB at the most"
        _row(f"{count:,} synthetic documents of 300 words", f"{took:.1f} s", said)
        shutil.rmtree(store)
    _row(
        "cost of one more document, 500 to 5,000 / 50 to 500",
        f"{(5000 * costs[2] - 500 * costs[1]) / 4500 / ((500 * costs[1] - 50 * costs[0]) / 450):.2f} times",
        "1 is linear",
    )


if __name__ == "__main__":
    main()

"""Milliseconds of every named question in a store, beside rdflib on the same quads in the same run."""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import rdflib
from pyoxigraph import QuerySolutions, RdfFormat, serialize

from mandategraph.answering.asking import bindings, run
from mandategraph.answering.questions import load_question, question_names
from mandategraph.building.writing import build
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import PREFIXES

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=CORPUS if CORPUS.is_dir() else ROOT / "data" / "samples"
    )
    parser.add_argument("--store", type=Path, help="ask this store, and not one built from FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-rdflib", action="store_true", help="ask the store alone")
    parser.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="QUESTION.NAME=VALUE",
        help="a parameter in place of its default",
    )
    options = parser.parse_args()
    given: dict[str, dict[str, str]] = defaultdict(dict)
    for each in options.given:
        place, _, value = each.partition("=")
        question, _, name = place.partition(".")
        given[question][name] = value
    if options.store:
        with GraphStore.open_to_read(options.store) as store:
            measure(store, options.rounds, given, with_rdflib=not options.no_rdflib)
        return
    with tempfile.TemporaryDirectory() as folder, GraphStore.open(Path(folder) / "store") as store:
        build([options.folder], store)
        measure(store, options.rounds, given, with_rdflib=not options.no_rdflib)


def measure(store: GraphStore, rounds: int, given: Mapping[str, Mapping[str, str]], *, with_rdflib: bool) -> None:
    print(
        f"{platform.machine()}, Python {platform.python_version()}, {len(store):,} quads, median of {rounds} round(s)"
    )
    dataset = rdflib.Dataset(default_union=True)
    if with_rdflib:
        dataset.parse(data=serialize(store.quads(), format=RdfFormat.N_QUADS) or b"", format="nquads")
    print(f"{'question':14} {'rows':>6} {'store':>10}" + (f" {'rdflib':>10} {'ratio':>7}" if with_rdflib else ""))
    for name in question_names():
        question = load_question(name)
        if question.by:
            continue
        bound = bindings(store, question, given.get(name))
        times, rows = [], 0
        for _ in range(rounds):
            start = time.perf_counter()
            answer = run(store, question.text, substitutions=bound)
            assert isinstance(answer, QuerySolutions)
            rows = sum(1 for _ in answer)
            times.append(1000 * (time.perf_counter() - start))
        line = f"{name:14} {rows:6} {statistics.median(times):7.1f} ms"
        if with_rdflib:
            start = time.perf_counter()
            terms = {v.value: rdflib.util.from_n3(str(term)) for v, term in bound.items()}
            list(dataset.query(question.text, initBindings=terms, initNs=PREFIXES))
            theirs = 1000 * (time.perf_counter() - start)
            line += f" {theirs:7.0f} ms {theirs / statistics.median(times):6.0f}x"
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""What one machine holds: synthetic mandates until a store has so many quads; its size, and how long questions take there.

python benchmarks/scale.py [--quads 1000000 10000000] [--folder PLACE]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mandates import write_mandates

from mandategraph.answering.asking import ask_rows
from mandategraph.answering.questions import load_question
from mandategraph.keeping.store import GraphStore

ASKED = (
    ("sentence", {"document": "S/RES/5010 (2031)"}),
    ("bears", {"actor": "UNMISS", "document": "S/RES/5010 (2031)"}),
    ("cited", {"instrument": "S/RES/5119 (2032)"}),
    ("due", {"from": "2032-03-01", "to": "2032-03-31"}),
    ("reports", {"actor": "UNMISS"}),
)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?o a mg:Obligation }"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder where none is given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        place = Path(folder)
        each = _measure(place / "probe", 200, is_shown=False) / 200
        for quads in options.quads:
            _measure(place / str(quads), round(quads / each))


def _measure(place: Path, count: int, *, is_shown: bool = True) -> float:
    """Build so many documents, print what they take, and return the quads of their store beside what all stores have."""
    write_mandates(place / "documents", count)
    command = [sys.executable, "-m", "mandategraph", "build", str(place / "documents"), "--store", str(place / "store")]
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    took = time.perf_counter() - start
    size = sum(file.stat().st_size for file in (place / "store").iterdir())
    with GraphStore.open_to_read(place / "store") as store:
        quads = len(store)
        if is_shown:
            print(f"{count:,} documents, {quads:,} quads, {size / 2**20:,.0f} MB, built in {took:.0f} s")
            for name, given in ASKED:
                known = {parameter.name for parameter in load_question(name).parameters}
                given = {key: value for key, value in given.items() if key in known}
                times, rows = [], 0
                for _ in range(3):
                    start = time.perf_counter()
                    rows = len(ask_rows(store, load_question(name), given).rows)
                    times.append(1000 * (time.perf_counter() - start))
                print(f"  {name:10} {' '.join(given.values()):28} {rows:8,} rows {statistics.median(times):10,.1f} ms")
            start = time.perf_counter()
            list(
                store.store.query(
                    COUNT, prefixes={"mg": "https://w3id.org/mandategraph/ontology#"}, use_default_graph_as_union=True
                )
            )  # type: ignore[arg-type]
            print(f"  all obligations counted {1000 * (time.perf_counter() - start):,.0f} ms", flush=True)
    return quads - 15_000 if quads > 30_000 else quads


if __name__ == "__main__":
    main()

"""What an actor bears as a member of a group: the inferred graph beside property paths, on the same store in one run."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, Variable

from mandategraph.answering.asking import run
from mandategraph.building.writing import build
from mandategraph.keeping.inferring import CLOSURES, infer
from mandategraph.keeping.store import GraphStore

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
ACTORS = "SELECT DISTINCT ?actor WHERE { ?actor mg:memberOfTransitive ?group } ORDER BY ?actor"
QUESTION = """
SELECT DISTINCT ?actor ?group ?statement ?paragraph ?words WHERE {
  ?actor %s ?group . ?group mg:bears ?statement .
  ?statement mg:inParagraph/mg:label ?paragraph ; mg:text ?words .
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=CORPUS if CORPUS.is_dir() else ROOT / "data" / "samples"
    )
    parser.add_argument("--actors", type=int, default=20, help="ask for so many actors")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, GraphStore.open(Path(folder) / "store") as store:
        build([options.folder], store)
        start = time.perf_counter()
        inferred = infer(store)
        print(f"{len(store):,} quads; {inferred} inferred and written in {_since(start):.1f} ms")
        answers = run(store, ACTORS)
        assert isinstance(answers, QuerySolutions)
        actors = [solution["actor"] for solution in answers][: options.actors]
        medians, rows = {}, {}
        for name, path in (("inferred graph", "mg:memberOfTransitive"), ("path", CLOSURES["mg:memberOfTransitive"])):
            times = []
            found = set()
            for actor in actors:
                assert isinstance(actor, NamedNode)
                start = time.perf_counter()
                answers = run(store, QUESTION % path, substitutions={Variable("actor"): actor})
                assert isinstance(answers, QuerySolutions)
                found |= {tuple(map(str, solution)) for solution in answers}
                times.append(_since(start))
            medians[name], rows[name] = statistics.median(times), found
            print(f"{name:15} {statistics.median(times):8.2f} ms (median of {len(actors)} actors), {len(found)} rows")
        assert rows["inferred graph"] == rows["path"], "both ways give the same answers"
        print(f"the path takes {medians['path'] / medians['inferred graph']:.0f} times as long")


def _since(start: float) -> float:
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()

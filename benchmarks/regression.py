"""Two commits measured in turn in one run: is reading slower, and does it read the same?

    python benchmarks/regression.py BEFORE [AFTER] [--rounds 3] [--folder FOLDER]

Each commit is checked out beside this one and read with this interpreter; AFTER is the working tree where it is not given. Exit 1
where the median of the ratios is above 1.1.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WILD = ROOT.parent / "shared" / "wild" / "text"
PROGRAM = """
import hashlib, sys, time
from pathlib import Path
try:
    from mandategraph.building.extracting import Reader
except ImportError:
    from mandategraph.building.writing import Reader
from mandategraph.lexicon import load_tables
from mandategraph.reading import read
reader = Reader(load_tables())
sources = [read(file) for file in sorted(Path(sys.argv[1]).iterdir())[:: int(sys.argv[2])]]
digest = hashlib.sha256()
start = time.process_time()
for source in sources:
    for _, reading in reader.read_all(source) if hasattr(reader, "read_all") else [reader.read(source)]:
        digest.update(repr(reading).encode())
print(time.process_time() - start, digest.hexdigest())
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before")
    parser.add_argument("after", nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=WILD if WILD.is_dir() else ROOT / "data" / "samples")
    options = parser.parse_args()
    every = max(1, len(list(options.folder.iterdir())) // 60)
    with tempfile.TemporaryDirectory() as place:
        trees = [_tree(options.before, Path(place, "before"))]
        trees.append(_tree(options.after, Path(place, "after")) if options.after else ROOT)
        try:
            runs = [[_run(tree, options.folder, every) for tree in trees] for _ in range(options.rounds)]
        finally:
            for tree in trees:
                if tree != ROOT:
                    subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)
    ratios = [after[0] / before[0] for before, after in runs]
    ratio = statistics.median(ratios)
    print(
        f"before {statistics.median(b[0] for b, _ in runs):.2f} s, after {statistics.median(a[0] for _, a in runs):.2f} s of processor"
    )
    print(f"after / before {ratio:.2f} ({min(ratios):.2f}-{max(ratios):.2f} in {len(ratios)} rounds)")
    print("the same records" if runs[0][0][1] == runs[0][1][1] else "other records")
    return 1 if ratio > 1.1 else 0


def _tree(commit: str, place: Path) -> Path:
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(place), commit], cwd=ROOT, check=True)
    return place


def _run(tree: Path, folder: Path, every: int) -> tuple[float, str]:
    command = [sys.executable, "-c", PROGRAM, str(folder), str(every)]
    environment = os.environ | {"PYTHONPATH": str(tree / "graph")}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=True)
    seconds, digest = done.stdout.split()
    return float(seconds), digest


if __name__ == "__main__":
    sys.exit(main())

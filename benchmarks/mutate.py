"""What the tests of the grammar do not notice, and which of that changes what is read.

    python benchmarks/mutate.py [--sample 60] [--seed 1] [--modules interpreting] [--wild FOLDER]

cosmic-ray changes the grammar in one place at a time (an operator, a number, a condition), in a copy of the checkout, and runs the tests of phenomena over
each change of a random sample. Those that survive are then compared on what is read in documents of the genre: a survivor that reads otherwise is a
missing case; one that reads the same may be code that could go. Exit 1 where more than one in ten survivors read otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome
from regression import PROGRAM

ROOT = Path(__file__).resolve().parent.parent
WILD = ROOT.parent / "shared" / "wild" / "text"
TESTS = ("tests/test_phenomena.py",)
MOST = 0.1
CONFIG = """
[cosmic-ray]
module-path = {modules}
timeout = {timeout}
excluded-modules = []
test-command = "{command}"

[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modules", nargs="+", default=["interpreting"], help="rooms or modules of the package")
    parser.add_argument("--wild", type=Path, default=WILD)
    parser.add_argument("--documents", type=int, default=60, help="of the genre, on which survivors are compared")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tree = _copy(Path(place, "checkout"))
        session = _sampled(tree, options.modules, options.sample, options.seed)
        _cosmic_ray(tree, "exec", "mutate.toml", session.name)
        survivors = _survivors(session)
        changing = _changing(tree, survivors, options.wild, options.documents)
    share = len(changing) / len(survivors) if survivors else 0.0
    print(f"{len(survivors)} survivors, {len(changing)} of them read otherwise ({share:.0%})")
    return 1 if share > MOST else 0


def _copy(tree: Path) -> Path:
    """Copy what is under version control, as it is now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    return tree


def _sampled(tree: Path, modules: list[str], count: int, seed: int) -> Path:
    """Return a session of so many changes, drawn from all that the tool can make."""
    paths = [f"graph/mandategraph/{module}" for module in modules]
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {' '.join(TESTS)}"
    (tree / "mutate.toml").write_text(CONFIG.format(modules=paths, timeout=300, command=command), encoding="utf-8")
    session = tree / "mutate.sqlite"
    _cosmic_ray(tree, "init", "mutate.toml", session.name)
    with use_db(session, WorkDB.Mode.open) as opened:
        items = sorted(opened.work_items, key=lambda item: repr(item.mutations))
        drawn = random.Random(seed).sample(items, min(count, len(items)))
        opened.clear()
        opened.add_work_items(drawn)
    print(f"{len(items)} changes can be made, {len(drawn)} are tried", flush=True)
    return session


def _survivors(session: Path) -> list[MutationSpec]:
    with use_db(session, WorkDB.Mode.open) as opened:
        done = [(item.mutations[0], result.test_outcome) for item, result in opened.completed_work_items]
    print(", ".join(f"{count} {outcome.value}" for outcome, count in Counter(o for _, o in done).items()))
    return [change for change, outcome in done if outcome is TestOutcome.SURVIVED]


def _changing(tree: Path, survivors: list[MutationSpec], wild: Path, documents: int) -> list[MutationSpec]:
    """Return the survivors with which documents of the genre read otherwise, and print all."""
    if not wild.is_dir():
        print(f"no documents to compare on: there is no {wild}")
        return []
    every = max(1, len(list(wild.iterdir())) // documents)
    before, found = _read(tree, wild, every), []
    for change in survivors:
        operator = get_operator(change.operator_name)(**change.operator_args)
        with use_mutation(tree / change.module_path, operator, change.occurrence):
            is_same = _read(tree, wild, every) == before
        line = (tree / change.module_path).read_text(encoding="utf-8").splitlines()[change.start_pos[0] - 1].strip()
        name = change.operator_name.removeprefix("core/")
        print(
            f"{'same ' if is_same else 'other'} {Path(change.module_path).name}:{change.start_pos[0]} {name}: {line}",
            flush=True,
        )
        if not is_same:
            found.append(change)
    return found


def _read(tree: Path, folder: Path, every: int) -> str:
    """Return a digest of all that is read, or what it failed with."""
    command = [sys.executable, "-c", PROGRAM, str(folder), str(every)]
    done = subprocess.run(command, cwd=tree, env=_environment(tree), capture_output=True, text=True, check=False)
    return done.stdout.split()[-1] if done.returncode == 0 else done.stderr


def _cosmic_ray(tree: Path, *given: str) -> None:
    command = [sys.executable, "-m", "cosmic_ray.cli", *given]
    subprocess.run(command, cwd=tree, env=_environment(tree), check=True)


def _environment(tree: Path) -> dict[str, str]:
    paths = os.pathsep.join(filter(None, (str(tree / "graph"), os.environ.get("PYTHONPATH"))))
    return os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}


if __name__ == "__main__":
    sys.exit(main())

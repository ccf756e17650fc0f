"""Kills a program at random moments of its work, and looks at what it left: run by `test_faults.py` in a process without threads.

    python killing.py build|prune|restore|migrate|correct FOLDER KILLS SEED

Goes on until so many were killed before they were done, and prints a line of JSON: rounds, kills, and everything that was not as
promised.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from mandategraph.building import batches, builder, extracting
from mandategraph.building.correcting import Corrector, correct
from mandategraph.building.extracting import Reader
from mandategraph.building.writing import build, rebuild
from mandategraph.correcting.lines import from_lines, to_lines
from mandategraph.correcting.saying import Remark, Voice, correction_of
from mandategraph.keeping.backup import back_up, restore
from mandategraph.keeping.marks import FORMAT
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.records import Target, Verdict
from mandategraph.vocabulary import BASE, META_GRAPH, MG

DOCUMENTS = 50


def make_documents(folder: Path, count: int = DOCUMENTS) -> None:
    """Write small resolutions of our own, no two alike."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        text = (
            f"Resolution {8000 + n} (2031)\n\nThe Security Council,\n\nRecalling resolution {7000 + n} (2030),\n\n"
            f"1. Requests the Secretary-General to report to the Security Council every {n + 2} months on well number {n};\n\n"
            f"2. Urges all parties to mend well number {n};\n\n3. Decides to remain seized of the matter.\n"
        )
        (folder / f"S_RES_{8000 + n}_2031.txt").write_text(text, encoding="utf-8")


def graphs(path: Path) -> dict[str, str]:
    """Return a digest of every graph of a store; a child reads it, since what has opened a store cannot be forked."""
    answer = path.with_name("answer.json")
    answer.unlink(missing_ok=True)
    in_child(lambda: answer.write_text(json.dumps(_graphs(path))))
    if not answer.exists():
        raise AssertionError("the store cannot be read")
    found: dict[str, str] = json.loads(answer.read_text())
    return found


def _graphs(path: Path) -> dict[str, str]:
    with GraphStore.open_to_read(path) as store:
        written = store.store.dump(format=RdfFormat.N_QUADS) or b""
    lines: dict[str, list[bytes]] = {}
    for line in sorted(written.splitlines()):
        lines.setdefault(line.rsplit(b" ", 2)[-2].decode(), []).append(line)
    return {graph: hashlib.sha256(b"\n".join(each)).hexdigest() for graph, each in lines.items()}


def of_documents(found: dict[str, str]) -> dict[str, str]:
    """Return the graphs of documents among all."""
    return {graph: digest for graph, digest in found.items() if graph.startswith(f"<{BASE}document/")}


def in_child(work: Callable[[], object], kill_after: float | None = None) -> bool:
    """Do work in a child, kill it after some seconds, and return whether it was killed."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(what: str, folder: Path, kills: int, seed: int) -> None:
    """Run one kind of work again and again."""
    tables = load_tables()
    reader = Reader(tables)
    builder.load_tables = lambda _=(): tables  # what takes a second to load is loaded once, before the forks
    batches.BATCH = 400_000  # some documents at a time, so that a kill falls between and within transactions
    extracting.Reader = lambda _: reader  # type: ignore[assignment,misc]
    documents, half = folder / "documents", folder / "half"
    make_documents(documents)
    make_documents(half, DOCUMENTS // 2)
    path = folder / "store"
    whole, less = folder / "whole", folder / "less"

    def built(store_path: Path, source: Path, *, prune: bool = False) -> None:
        with GraphStore.open(store_path) as store:
            build([source], store, prune=prune)

    def aged() -> None:
        """Make the store one of an older format, read by another program."""
        with GraphStore.open(path) as store:
            for name in (f"{MG}fingerprint",):
                for quad in list(store.store.quads_for_pattern(None, NamedNode(name), None, None)):
                    store.store.remove(quad)
                    store.store.add(Quad(quad.subject, quad.predicate, Literal("0" * 64), quad.graph_name))
            meta, format_ = NamedNode(META_GRAPH), NamedNode(f"{MG}storeFormat")
            store.store.remove(Quad(meta, format_, Literal(str(FORMAT)), meta))
            store.store.add(Quad(meta, format_, Literal(str(FORMAT - 1)), meta))

    def migrated() -> None:
        with GraphStore.open(path, any_format=True) as store:
            rebuild(store)

    in_child(lambda: built(whole, documents))
    in_child(lambda: built(less, half))
    wanted, other = graphs(whole), graphs(less)
    backup = folder / "backup.gz"

    def backed_up() -> None:
        with GraphStore.open_to_read(whole) as store, backup.open("wb") as file:
            back_up(store, file)

    in_child(backed_up)
    corrected = folder / "corrected"
    said = folder / "said.jsonl"

    def spoken() -> None:
        """Write what a person says of three documents."""
        with GraphStore.open(whole) as store, Corrector(store) as corrector:
            voice = Voice("Ann", "2031-05-01T10:00:00Z")
            made = []
            for n in range(3):
                key, found = corrector.read(f"S/RES/{8000 + n} (2031)")
                remark = Remark(Verdict.REJECTED, Target.STATEMENT, "3")
                made.append(correction_of(found, key, remark, voice, corrector.called))
        said.write_text("".join(f"{line}\n" for line in to_lines(made)), encoding="utf-8")

    def corrections_written(store_path: Path = path) -> None:
        with GraphStore.open(store_path) as store:
            correct(store, from_lines(said.read_text(encoding="utf-8").splitlines(), "said"))

    if what == "correct":
        in_child(spoken)
        shutil.copytree(whole, corrected)
        in_child(lambda: corrections_written(corrected))
        other = graphs(corrected)
    works: dict[str, tuple[Path | None, Callable[[], object], dict[str, str]]] = {
        "build": (None, lambda: built(path, documents), wanted),
        "prune": (whole, lambda: built(path, half, prune=True), other),
        "restore": (less, lambda: restore(backup, path, replace=True), wanted),
        "migrate": (whole, migrated, wanted),
        "correct": (whole, corrections_written, other),
    }
    before, work, after = works[what]

    def fresh() -> None:
        for each in folder.glob("store*"):
            shutil.rmtree(each)
        if before:
            shutil.copytree(before, path)
        if what == "migrate":
            in_child(aged)

    fresh()
    start = time.monotonic()
    in_child(work)
    usual = time.monotonic() - start
    chance = random.Random(seed)
    killed, faults, n = 0, [], 0
    while killed < kills and n < 4 * kills:
        n += 1
        fresh()
        moment = chance.uniform(0, usual)
        killed += in_child(work, moment)
        try:
            if path.exists() or what != "build":
                found = graphs(path) if what != "migrate" else {}
                for graph, digest in of_documents(found).items():
                    if digest not in (wanted.get(graph), other.get(graph)):
                        faults.append(f"{n}, {moment:.3f}: {graph} is not whole")
                is_old_or_new = of_documents(found) in (of_documents(wanted), of_documents(other))
                if what == "correct":
                    is_old_or_new = found in (wanted, other)
                if what in ("restore", "correct") and not is_old_or_new:
                    faults.append(f"{n}, {moment:.3f}: neither the old store nor the new one")
            if in_child(work):
                faults.append(f"{n}, {moment:.3f}: it could not go on")
            if graphs(path) != after:
                faults.append(f"{n}, {moment:.3f}: other bytes than undisturbed")
        except Exception as error:
            faults.append(f"{n}, {moment:.3f}: {type(error).__name__}: {error}")
    print(json.dumps({"rounds": n, "killed": killed, "seconds": round(usual, 2), "faults": faults}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))

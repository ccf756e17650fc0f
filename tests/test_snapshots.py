"""Reading beside a writer: whoever reads keeps what was there, and nothing stays behind."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from mandategraph.confining import confine
from mandategraph.errors import StaleError, StoreError
from mandategraph.keeping import snapshots
from mandategraph.keeping.marks import stamp_format
from mandategraph.keeping.shared import SharedReader
from mandategraph.keeping.store import GraphStore
from mandategraph.processes import Processes

EX = "http://example.org/"
P = NamedNode(EX + "p")
QUERIES = [
    "SELECT * { ?s ?p ?o } ORDER BY ?o",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s",
    f"SELECT * {{ ?s <{P.value}>* ?o }}",
    "SELECT DISTINCT ?o { ?s ?p ?o FILTER EXISTS { ?x ?y ?o } }",
]


def _filled(path: Path, count: int = 40) -> None:
    """Make a store of many tables: the engine opens no more than a few of them before they are needed."""
    GraphStore.open(path).close()
    store = Store(str(path))
    for n in range(count):
        store.bulk_extend([Quad(NamedNode(f"{EX}{n}"), P, Literal(f"{n} " * 50))])
    store.flush()
    del store


def _written_over(path: Path) -> None:
    with GraphStore.open(path) as writer:
        writer.store.clear()
        stamp_format(writer.store, writer.where)
        writer.optimize()


def _reading(path: Path) -> Callable[[str], Any]:
    confine(megabytes=512)
    opened = GraphStore.open_to_read(path)

    def answer(query: str) -> int | bool:
        return len(list(opened.store.query(query))) if query else True

    return answer


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES)
def test_a_reader_keeps_the_tables_that_a_writer_has_merged(tmp_path: Path, query: str) -> None:
    _filled(tmp_path / "s")
    processes = Processes(_reading, tmp_path / "s", count=1)
    try:
        assert processes.ask("", seconds=30)
        with GraphStore.open_to_read(tmp_path / "s") as store:
            wanted = len(list(store.store.query(query)))
        _written_over(tmp_path / "s")
        assert processes.ask(query, seconds=30) == wanted
    finally:
        processes.close()


@pytest.mark.slow
@pytest.mark.parametrize("means", ["descriptors", "hard links", "copies"])
def test_any_means_of_holding_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, means: str) -> None:
    if means == "descriptors" and not snapshots._DESCRIPTORS.is_dir():
        pytest.skip("this system does not name its open files")
    if means != "descriptors":
        monkeypatch.setattr(snapshots, "_DESCRIPTORS", tmp_path / "none")
    if means == "copies":
        monkeypatch.setattr(os, "link", _refusing)
    _filled(tmp_path / "s")
    with GraphStore.open_to_read(tmp_path / "s") as before:
        _written_over(tmp_path / "s")
        shutil.rmtree(tmp_path / "s")
        assert len(list(before.store.query(QUERIES[0]))) == 40
    assert list(tmp_path.iterdir()) == [], "what was held is given back"


def _refusing(*_: Any) -> None:
    raise OSError(18, "Invalid cross-device link")


@pytest.mark.slow
def test_a_snapshot_is_of_one_moment(tmp_path: Path) -> None:
    """Beside a writer that adds, merges and writes to its disk, a reader sees what was written first to last, without a gap."""
    GraphStore.open(tmp_path / "s").close()
    done = threading.Event()
    raised: list[Exception] = []

    def write() -> None:
        n = 0
        try:
            writer = Store(str(tmp_path / "s"))
            while not done.is_set():
                writer.extend([Quad(NamedNode(f"{EX}{n}"), P, Literal(str(k) * 500)) for k in range(3)])
                n += 1
                if n % 7 == 0:
                    writer.flush()
                if n % 40 == 0:
                    writer.optimize()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    last, until = 0, time.monotonic() + 8
    try:
        while time.monotonic() < until:
            with GraphStore.open_to_read(tmp_path / "s") as store:
                found = [q.subject for q in store.store.quads_for_pattern(None, P, None)]
            numbers = {int(s.value.removeprefix(EX)) for s in found}
            assert len(found) == 3 * len(numbers), "a transaction is there whole or not at all"
            assert numbers == set(range(len(numbers))), "none is missing before another"
            assert len(numbers) >= last, "and none goes"
            last = len(numbers)
    finally:
        done.set()
        thread.join()
    assert raised == []
    assert last > 20


@pytest.mark.slow
def test_a_reader_that_is_killed_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    _filled(tmp_path / "s", 3)
    processes = Processes(_reading, tmp_path / "s", count=1)
    assert processes.ask("", seconds=30)
    with GraphStore.open_to_read(tmp_path / "s"):
        held = set((tmp_path / "temporary").glob("mandategraph-*"))
    assert len(held) == 2
    monkeypatch.setattr(snapshots, "_YOUNG", -1.0)
    with GraphStore.open_to_read(tmp_path / "s"):
        assert len(set((tmp_path / "temporary").glob("mandategraph-*")) & held) == 1, "a living reader keeps its own"
    processes.close()
    for process in multiprocessing.active_children():
        process.join(5)
    with GraphStore.open_to_read(tmp_path / "s") as store:
        assert len(set((tmp_path / "temporary").glob("mandategraph-*"))) == 1
        assert len(store) == 4
    assert list((tmp_path / "temporary").glob("mandategraph-*")) == []


def test_a_store_that_never_stands_still_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    GraphStore.open(tmp_path / "s").close()
    monkeypatch.setattr(snapshots, "_PAUSE", 0.0)
    counts = iter(range(10_000))
    monkeypatch.setattr(snapshots, "_manifest", lambda _: ("MANIFEST-1", str(next(counts)).encode()))
    with pytest.raises(StaleError, match="written all the time"):
        GraphStore.open_to_read(tmp_path / "s")


def test_damage_is_said_in_words(tmp_path: Path) -> None:
    GraphStore.open(tmp_path / "s").close()
    manifest = next((tmp_path / "s").glob("MANIFEST-*"))
    manifest.write_bytes(b"no manifest")
    with pytest.raises(StoreError, match="cannot be used"):
        GraphStore.open_to_read(tmp_path / "s")
    manifest.unlink()
    with pytest.raises(StoreError):
        GraphStore.open_to_read(tmp_path / "s")


@pytest.mark.slow
def test_a_store_that_changes_costs_a_reopening_and_no_descriptors(tmp_path: Path) -> None:
    _filled(tmp_path / "s", 10)
    reader = SharedReader(tmp_path / "s")
    reader.store()
    for n in range(20):
        with GraphStore.open(tmp_path / "s") as store:
            store.store.add(Quad(NamedNode(f"{EX}more{n}"), P, P))
        assert len(reader.store()) == 11 + n + 1
    if Path("/dev/fd").is_dir():
        tables = len(list((tmp_path / "s").glob("*.sst")))
        assert len(os.listdir("/dev/fd")) < 60 + 3 * tables, "those of the older states are given back"

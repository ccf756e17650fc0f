"""One process, several, and a Dask cluster give the same bytes."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from killing import make_documents
from mandategraph.building import clusters
from mandategraph.building.clusters import DaskEngine, extract_shard
from mandategraph.building.engines import FEW, LocalEngine
from mandategraph.building.extracting import DocumentReport, Extract, Task
from mandategraph.building.shards import SUFFIX, read_shard, write_shard
from mandategraph.building.writing import REFUSED, UNCHANGED, build
from mandategraph.cli import main
from mandategraph.errors import EngineError, SourceError
from mandategraph.keeping.store import GraphStore
from mandategraph.processes import EndedError, Processes


def _lines(store: GraphStore) -> list[str]:
    return sorted(str(quad) for quad in store.store)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of our own; two have one symbol, one cannot be read."""
    made = tmp_path_factory.mktemp("documents")
    make_documents(made, 4 * FEW)
    (made / "A_first.txt").write_bytes((made / "S_RES_8003_2031.txt").read_bytes() + b"\n4. Thanks all parties.\n")
    (made / "Z_last.txt").write_bytes(b"\0\0\0")
    return made


@pytest.fixture(scope="module")
def wanted(folder: Path) -> list[str]:
    with GraphStore.in_memory() as store:
        reports = build([folder], store)
        assert [Path(report.name).stem for report in reports if report.outcome == REFUSED] == ["Z_last"]
        assert "S/RES/8003 (2031)~" in " ".join(report.key for report in reports)
        return _lines(store)


@pytest.mark.slow
def test_several_processes_give_the_same_bytes(tmp_path: Path, folder: Path, wanted: list[str]) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        reports = build([folder], store, jobs=2)
        assert [report.name for report in reports] == sorted(report.name for report in reports), "in order"
        assert _lines(store) == wanted
        again = build([folder], store, jobs=2)
        assert {report.outcome for report in again} == {UNCHANGED, REFUSED}
        assert _lines(store) == wanted


def test_a_few_documents_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting:
        def extract(self, task: Task) -> Extract:
            return Extract(DocumentReport(task.key, task.key, "built"))

    def _spread(*_: Any) -> Any:
        raise AssertionError("no process is started")

    monkeypatch.setattr(LocalEngine, "_spread", _spread)
    engine = LocalEngine(Counting(), (), "", None, jobs=2)  # type: ignore[arg-type]
    tasks = [Task(None, str(n)) for n in range(FEW - 1)]  # type: ignore[arg-type]
    assert [found.report.key for found in engine.extract(tasks) if isinstance(found, Extract)] == [t.key for t in tasks]


def _exiting() -> Any:
    return {
        "end": lambda: os._exit(3),
        "raise": lambda: 1 / 0,
        "wait": lambda: time.sleep(60),
        "say": lambda: 7,
    }.__getitem__


def _calling() -> Any:
    answers = _exiting()
    return lambda message: answers(message)()


@pytest.mark.slow
def test_a_process_that_ends_is_replaced() -> None:
    processes = Processes(_calling, count=1)
    try:
        assert processes.ask("say") == 7
        with pytest.raises(ZeroDivisionError):
            processes.ask("raise")
        with pytest.raises(EndedError):
            processes.ask("end")
        with pytest.raises(TimeoutError):
            processes.ask("wait", seconds=4)
        assert processes.ask("say") == 7
    finally:
        processes.close()
    with pytest.raises(EndedError):
        processes.ask("say")


# --- shards -----------------------------------------------------------------------------------------------------------


def test_a_shard_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    file = tmp_path / f"a{SUFFIX}"
    extracts = [Extract(DocumentReport("a", "A", "built", statements=3), b"<a:a> <a:b> <a:c> <a:d> .\n")]
    write_shard(extracts, str(file))
    assert read_shard(str(file)) == extracts
    assert [each.name for each in tmp_path.iterdir()] == [file.name], "nothing is left beside it"
    whole = file.read_bytes()
    for content in (whole[:-20], b"", b"no shard", whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
        file.write_bytes(content)
        with pytest.raises(SourceError, match="shard"):
            read_shard(str(file))
    with pytest.raises(SourceError, match="there is no shard"):
        read_shard(str(tmp_path / "none"))
    write_shard(extracts, "memory://shards/a.nq.gz")
    assert read_shard("memory://shards/a.nq.gz") == extracts


# --- Dask -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of two workers, a process each."""
    from distributed import LocalCluster

    given: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with LocalCluster(**given, host="127.0.0.1") as made:
        yield made


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_worker_is_killed_and_the_bytes_are_the_same(
    tmp_path: Path, folder: Path, wanted: list[str], cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "DOCUMENTS", 4)
    before = {worker.pid for worker in cluster.workers.values()}
    shards = tmp_path / "shards"

    def kill() -> None:
        while len(list(shards.glob(f"*{SUFFIX}"))) < 2:
            time.sleep(0.02)
        os.kill(min(before), signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    with (
        GraphStore.open(tmp_path / "s") as store,
        DaskEngine(cluster.scheduler_address, str(shards)) as engine,
    ):
        reports = build([folder], store, engine=engine)
        killer.join(timeout=5)
        assert {worker.pid for worker in cluster.workers.values()} != before, "the worker was killed"
        assert sum(report.outcome == REFUSED for report in reports) == 1
        assert _lines(store) == wanted
    loaded = CliRunner().invoke(main, ["load", str(shards), "--store", str(tmp_path / "t")])
    assert loaded.exit_code == 1, "one document was refused"
    with GraphStore.open_to_read(tmp_path / "t") as store:
        assert _lines(store) == wanted


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_command_builds_on_a_cluster(tmp_path: Path, folder: Path, wanted: list[str], cluster: Any) -> None:
    given = ["build", str(folder), "--store", str(tmp_path / "s"), "--engine", "dask"]
    given += ["--scheduler", cluster.scheduler_address, "--shards", str(tmp_path / "shards")]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 1, done.output
    with GraphStore.open_to_read(tmp_path / "s") as store:
        assert _lines(store) == wanted


def test_what_is_wrong_with_a_cluster_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineError, match="another version"):
        extract_shard([], str(tmp_path / "a"), (), "another digest", None)
    done = CliRunner().invoke(main, ["build", str(tmp_path), "--engine", "dask", "--store", str(tmp_path / "s")])
    assert (done.exit_code, "go together" in done.stderr) == (2, True)
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(EngineError, match="needs distributed"):
        DaskEngine("tcp://127.0.0.1:1", str(tmp_path))

"""The second wall: processes that open no connection and take no more memory than they may, and what becomes of them."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from mandategraph.answering.apart import ask_apart
from mandategraph.answering.asking import ask
from mandategraph.answering.questions import Question, parse_question
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.confining import confine, within_bounds
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.processes import EndedError, GivenUpError, Processes
from mandategraph.recalling.rows import Rows
from served import Listening

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of another system has no such filter")
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
GROWING = "SELECT (STRLEN(?i) AS ?n) { BIND('" + "x" * 100 + "' AS ?a) " + " ".join(
    f"BIND(CONCAT({', '.join([f'?{a}'] * 16)}) AS ?{b})" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + " }"  # fmt: skip


@pytest.fixture
def listening() -> Iterator[Listening]:
    made = Listening()
    yield made
    made.socket.close()


def _walled(is_offline: bool) -> Callable[[str], Any]:
    """Return what runs a query past the judge, in an empty store."""
    confine(megabytes=512, is_offline=is_offline)
    store = Store()

    def answer(text: str) -> str:
        try:
            return f"{len(list(store.query(text)))} rows"
        except OSError as error:
            return str(error)

    return answer


def _trying(_: Any) -> Callable[[str], Any]:
    confine(megabytes=512)

    def attempt(name: str) -> str:
        ways: dict[str, Callable[[], Any]] = {
            "socket": socket.socket,
            "datagram": lambda: socket.socket(type=socket.SOCK_DGRAM),
            "local": lambda: socket.socket(socket.AF_UNIX),
            "pair": socket.socketpair,
            "program": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
            "thread": lambda: _in_thread(socket.socket),
            "file": lambda: os.close(os.open(os.devnull, os.O_RDONLY)),
        }
        try:
            ways[name]()
        except OSError as error:
            return type(error).__name__
        return "done"

    return attempt


def _in_thread(work: Callable[[], Any]) -> None:
    raised: list[OSError] = []

    def attempt() -> None:
        try:
            work()
        except OSError as error:
            raised.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


@on_linux
@pytest.mark.slow
def test_a_walled_process_makes_no_connection_even_past_the_judge(listening: Listening) -> None:
    text = f"SELECT * {{ SERVICE <{listening.url}> {{ ?s ?p ?o }} }}"
    walled, open_ = Processes(_walled, True, count=1), Processes(_walled, False, count=1)
    try:
        assert "denied" in walled.ask(text)
        assert listening.count == 0
        open_.ask(text)
        assert listening.count == 1, "without the wall it would have been made"
    finally:
        walled.close()
        open_.close()


@on_linux
@pytest.mark.slow
def test_there_is_no_way_around_the_wall() -> None:
    processes = Processes(_trying, None, count=1)
    try:
        tried = {name: processes.ask(name) for name in ("socket", "datagram", "local", "pair", "program", "thread")}
        assert set(tried.values()) == {"PermissionError"}, tried
        assert processes.ask("file") == "done", "files are read all the same"
    finally:
        processes.close()


@on_linux
@pytest.mark.slow
@pytest.mark.parametrize("text", [PRODUCT, GROWING])
def test_no_query_takes_more_memory_than_it_may(store_on_disk: Path, text: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError, match="more memory than 512 MB"):
        ask_apart(store_on_disk, parse_question("q", text), {}, megabytes=512)
    assert time.monotonic() - began < 30


def _deep(_: Any) -> Callable[[int], Any]:
    store = Store()
    return lambda depth: bool(store.query("ASK " + "{" * depth + "}" * depth))


@pytest.mark.slow
def test_a_depth_that_ends_the_engine_ends_a_process_alone(store_on_disk: Path) -> None:
    processes = Processes(_deep, None, count=1)
    try:
        assert processes.ask(100)
        with pytest.raises(EndedError):
            processes.ask(40_000)
        assert processes.ask(100), "it was replaced"
    finally:
        processes.close()
    with pytest.raises(QueryError, match="more than 100 brackets"):
        ask_apart(store_on_disk, Question("q", "", "", (), "ASK " + "{" * 40_000 + "}" * 40_000), {})


@pytest.mark.slow
def test_what_is_asked_apart_is_what_is_asked_here(store_on_disk: Path) -> None:
    found = ask_apart(store_on_disk, parse_question("q", "SELECT ?s { ?s a mg:Prohibition } ORDER BY ?s"), {})
    assert isinstance(found, Rows)
    assert len(found.rows) > 0
    triples = ask_apart(store_on_disk, parse_question("q", "CONSTRUCT WHERE { ?s a mg:Prohibition }"), {})
    assert len(triples) == len(found.rows)  # type: ignore[arg-type]


def _answering(_: Any) -> Callable[[float], float]:
    def answer(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    return answer


@pytest.mark.slow
def test_a_process_that_cannot_be_started_keeps_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = Processes(_answering, None, count=2)
    try:
        with monkeypatch.context() as patched:
            for name in ("Process", "Pipe"):
                patched.setattr(processes._context, name, _failing)
                for _ in range(3):
                    with pytest.raises(EndedError):
                        processes.ask(0.0, seconds=1)
        assert processes.ask(0.0, seconds=20) == 0.0
    finally:
        processes.close()


def _failing(*_: Any, **__: Any) -> Any:
    raise OSError(24, "Too many open files")


@pytest.mark.slow
def test_what_nobody_waits_for_is_ended() -> None:
    processes, given_up = Processes(_answering, None, count=1), threading.Event()
    try:
        processes.ask(0.0)
        threading.Timer(0.3, given_up.set).start()
        began = time.monotonic()
        with pytest.raises(GivenUpError):
            processes.ask(60.0, seconds=60, given_up=given_up)
        assert time.monotonic() - began < 5
        assert processes.ask(0.0, seconds=20) == 0.0
    finally:
        processes.close()


@pytest.mark.slow
def test_the_command_line_reaches_out_only_where_it_is_told(
    store_on_disk: Path, tmp_path: Path, listening: Listening
) -> None:
    text = f"SELECT * {{ # x\r SERVICE SILENT <{listening.url}> {{ ?s ?p ?o }} }}"
    (tmp_path / "q.rq").write_bytes(text.encode())
    for asked, given in ((str(tmp_path / "q.rq"), None), ("-", text)):
        done = CliRunner().invoke(main, ["query", asked, "--store", str(store_on_disk)], input=given)
        assert (done.exit_code, "line 2, column 2: SERVICE is off here" in done.stderr) == (3, True), done.stderr
        assert listening.count == 0
    allowed = ["query", str(tmp_path / "q.rq"), "--allow-service", "--store", str(store_on_disk)]
    assert CliRunner().invoke(main, allowed).exit_code == 0
    assert listening.count > 0


def test_a_question_asked_by_the_library_goes_nowhere(sample_store: GraphStore, listening: Listening) -> None:
    for spelt in ("SERVICE", "#\rSERVICE", "service silent"):
        question = parse_question("q", f"SELECT * {{ {spelt} <{listening.url}> {{ ?s ?p ?o }} }}")
        with pytest.raises(QueryError, match="SERVICE is off here"):
            ask(sample_store, question)
    assert listening.count == 0


@pytest.mark.slow
@on_linux
def test_the_command_line_says_what_ended_a_query(store_on_disk: Path) -> None:
    given = ["query", "-", "--query-memory", "512", "--store", str(store_on_disk)]
    done = CliRunner().invoke(main, given, input=PRODUCT)
    assert (done.exit_code, "needed more memory than 512 MB" in done.stderr) == (3, True), done.stderr
    deep = CliRunner().invoke(main, given, input="ASK " + "{" * 40_000 + "}" * 40_000)
    assert (deep.exit_code, "more than 100 brackets" in deep.stderr) == (3, True), deep.stderr


@pytest.mark.slow
def test_a_query_of_the_command_line_has_a_limit_of_time(store_on_disk: Path) -> None:
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    given = ["query", "-", "--seconds", "1", "--store", str(store_on_disk)]
    done = CliRunner().invoke(main, given, input=long)
    assert (done.exit_code, "took longer than 1 seconds" in done.stderr) == (3, True), done.stderr


_KILLED = """
import os, signal, sys, threading, time
from pathlib import Path
from mandategraph.processes import Processes
from mandategraph.serving.queries import Asked, answering
if __name__ == "__main__":
    processes = Processes(answering, Path(sys.argv[1]), 50, False, 1024, count=1)
    processes.ask(Asked("ASK {}", "text/csv", None))
    print(next(iter(processes._all)).pid, flush=True)
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    threading.Timer(1, os.kill, (os.getpid(), signal.SIGKILL)).start()
    processes.ask(Asked(long, "text/csv", None))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process has no parent there")
def test_a_query_ends_with_the_server_that_asked_it(store_on_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "killed.py").write_text(_KILLED, encoding="utf-8")
    killed = subprocess.Popen(
        [sys.executable, str(tmp_path / "killed.py"), str(store_on_disk)], stdout=subprocess.PIPE, text=True
    )
    assert killed.stdout is not None
    worker = int(killed.stdout.readline())
    assert killed.wait(30) == -9
    killed.stdout.close()
    assert _is_there(worker), "it has something to do yet"
    until = time.monotonic() + 15
    while _is_there(worker) and time.monotonic() < until:
        time.sleep(0.2)
    assert not _is_there(worker)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
        return not Path("/proc").is_dir() or "(zombie)" not in Path(f"/proc/{process}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.slow
def test_processes_begin_anew_when_they_have_nothing_to_do() -> None:
    processes = Processes(_answering, None, count=2)
    try:
        processes.renew()
        first = set(processes._all)
        assert len(first) == 2, "they are there before they are asked"
        processes.ask(0.0)
        processes.renew(seconds=60)
        assert set(processes._all) == first
        processes.renew()
        assert len(set(processes._all) & first) == 1, "the one that has answered has gone"
        assert processes.ask(0.0) == 0.0
    finally:
        processes.close()


def test_what_reads_in_this_process_is_bounded_for_the_time_being() -> None:
    ended = threading.Event()
    before = resource.getrlimit(resource.RLIMIT_AS)
    with within_bounds(megabytes=100_000, seconds=0.05, end=ended.set):
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == 100_000 * 1_048_576
        assert ended.wait(5)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    ended.clear()
    with within_bounds(megabytes=100_000, seconds=0.2, end=ended.set):
        pass
    assert not ended.wait(0.4), "what is done in time is not ended"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "says"), [("READING_MEGABYTES", "3000", "MB of memory"), ("READING_SECONDS", "0.5", "seconds")]
)
def test_a_command_that_shows_ends_within_bounds(
    tmp_path: Path, samples: Path, name: str, value: str, says: str
) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([samples / "A_HRC_RES_46_28.txt"], store)
    script = (
        "import time\n"
        "from mandategraph.cli import main, output\n"
        "from mandategraph.answering import briefing\n"
        f"output.{name} = {value}\n"
        "briefing.brief = lambda *_, **__: (time.sleep(60), bytearray(4 << 30))[::-1] if output.READING_SECONDS < 1 else bytearray(4 << 30)\n"
        f"main(['report', 'MaliState', '--store', {str(tmp_path / 's')!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=50)
    assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (4, True, False), done.stderr

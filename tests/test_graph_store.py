"""Sending to a server: the real Oxigraph server, and one that misbehaves."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, parse

from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import StoreError
from mandategraph.exporting.graph_store import send
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import GAZETTEER_GRAPH, document_iri

DOCUMENT = document_iri("A/HRC/RES/46/28")


@pytest.fixture(scope="module")
def one(samples: Path) -> Iterator[GraphStore]:
    with GraphStore.in_memory() as store:
        build([samples / "A_HRC_RES_46_28.txt"], store)
        yield store


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    """The address of a fresh Oxigraph server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    program = Path(sys.executable).parent / "oxigraph"
    server = subprocess.Popen(
        [str(program), "serve", "--location", str(tmp_path / "db"), "--bind", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://{address}"
    finally:
        server.kill()
        server.wait()


class Misbehaving(ThreadingHTTPServer):
    """A graph store that keeps graphs, and answers some requests as it is told.

    Attributes:
        graphs: what it holds.
        plan: answers to come, by (method, graph): a status each, taken from the front; then it behaves.
        seen: the requests, as (method, graph, Authorization).
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.graphs: dict[str, bytes] = {}
        self.plan: dict[tuple[str, str], list[int]] = {}
        self.seen: list[tuple[str, str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/data"


class _Handler(BaseHTTPRequestHandler):
    server: Misbehaving

    def _answer(self) -> None:
        graph = parse_qs(urlsplit(self.path).query)["graph"][0]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server = self.server
        server.seen.append((self.command, graph, self.headers.get("Authorization", "")))
        planned = server.plan.get((self.command, graph), [])
        status = planned.pop(0) if planned else 0
        if status == -1:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        content = b""
        if not status:
            status = 204
            if self.command == "PUT":
                server.graphs[graph] = body
            elif graph not in server.graphs:
                status = 404
            elif self.command == "GET":
                status, content = 200, server.graphs[graph]
            else:
                del server.graphs[graph]
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_DELETE = _answer

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with Misbehaving() as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.mark.slow
def test_a_real_server_holds_the_same_dataset(one: GraphStore, oxigraph: str) -> None:
    assert send(one, f"{oxigraph}/store") == 4
    assert send(one, f"{oxigraph}/store") == 4, "sending twice is sending once"
    request = urllib.request.Request(f"{oxigraph}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert set(parse(answer.read(), format=RdfFormat.N_QUADS)) == set(one.quads())


@pytest.mark.slow
def test_the_command_sends_one_document(store_on_disk: Path, oxigraph: str) -> None:
    args = ["export", "--store", str(store_on_disk), "--graph-store", f"{oxigraph}/store", "--document", "S/2020/600"]
    done = CliRunner().invoke(main, args)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Sent 3 graphs" in done.stderr
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{oxigraph}/store?graph={DOCUMENT}", timeout=20)


def test_a_busy_server_is_tried_again(one: GraphStore, server: Misbehaving) -> None:
    server.plan = {("PUT", DOCUMENT): [503, -1, 429], ("GET", GAZETTEER_GRAPH): [502]}
    assert send(one, server.url, wait=0, headers={"Authorization": "Bearer secret"}) == 4
    sent = {q.triple for q in parse(server.graphs[DOCUMENT], format=RdfFormat.N_TRIPLES)}
    assert sent == {q.triple for q in one.store.quads_for_pattern(None, None, None, NamedNode(DOCUMENT))}
    assert {authorization for _, _, authorization in server.seen} == {"Bearer secret"}


@pytest.mark.parametrize("status", [400, 401, 403, 405, 500, 302])
def test_what_was_sent_is_taken_back(status: int, one: GraphStore, server: Misbehaving) -> None:
    before = b"<x:a> <x:b> <x:c> .\n"
    server.graphs = {DOCUMENT: before, "x:other": before}
    last = max({q.graph_name.value for q in one.quads()})
    server.plan = {("PUT", last): [status]}
    with pytest.raises(StoreError, match=str(status)) as refused:
        send(one, server.url, wait=0, headers={"Authorization": "Bearer secret"})
    assert server.graphs == {DOCUMENT: before, "x:other": before}, "as it was before"
    assert "secret" not in str(refused.value)


def test_a_server_that_goes_away_is_named(one: GraphStore, server: Misbehaving) -> None:
    last = max({q.graph_name.value for q in one.quads()})
    server.plan = {("PUT", last): [500], ("DELETE", DOCUMENT): [500], ("DELETE", GAZETTEER_GRAPH): [-1] * 9}
    with pytest.raises(StoreError, match="could not be taken back") as refused:
        send(one, server.url, wait=0, attempts=3)
    assert DOCUMENT in str(refused.value)
    assert set(server.graphs) <= {DOCUMENT, GAZETTEER_GRAPH}


def test_a_busy_server_is_not_tried_for_ever(one: GraphStore, server: Misbehaving) -> None:
    first = min({q.graph_name.value for q in one.quads()})
    server.plan = {("GET", first): [503] * 99}
    with pytest.raises(StoreError, match="503"):
        send(one, server.url, wait=0, attempts=4)
    assert len(server.seen) == 4
    assert server.graphs == {}


def test_nobody_answers(one: GraphStore) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        send(one, "http://127.0.0.1:1/store", wait=0)

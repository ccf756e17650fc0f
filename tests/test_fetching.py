"""Fetching against a server of our own that misbehaves in every way a server can."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from mandategraph.building.fetching import FETCHED, REFUSED, UNCHANGED, Fetched, Service, fetch, load_service
from mandategraph.cli import main
from mandategraph.errors import LexiconError

BODY = b"%PDF-1.7\n" + bytes(range(256)) * 400


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.ranges: list[str] = []
        self.times: list[float] = []

    def handle_error(self, *_: Any) -> None:
        """Say nothing: clients that leave are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        symbol = parse_qs(parts.query).get("s", [parts.path])[0]
        self.server.times.append(time.monotonic())
        self.server.asked[symbol] += 1
        if "Range" in self.headers:
            self.server.ranges.append(self.headers["Range"])
        way = symbol.removeprefix("S/").lower().replace("/", "_")
        getattr(self, f"way_{way}", self.way_good)(self.server.asked[symbol])

    def _send(self, body: bytes = BODY, status: int = 200, cut: int | None = None, **headers: str) -> None:
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:cut])
        if cut is not None:
            self.close_connection = True

    def _redirect(self, to: str) -> None:
        self._send(b"", 302, Location=to)

    def way_good(self, _: int) -> None:
        self._send(ETag='"1"', Content_Type="application/pdf")

    def way_moved(self, _: int) -> None:
        self._redirect("/files/moved.pdf")

    def way_elsewhere(self, _: int) -> None:
        self._redirect("https://documents.example/x.pdf")

    def way_plain(self, _: int) -> None:
        self._redirect("file:///etc/passwd")

    def way_round(self, _: int) -> None:
        self._redirect(self.path)

    def way_none(self, _: int) -> None:
        self._send(b"no", 404)

    def way_forbidden(self, _: int) -> None:
        self._send(b"no", 403)

    def way_busy(self, n: int) -> None:
        self._send(b"wait", 503) if n < 3 else self.way_good(n)

    def way_wait(self, n: int) -> None:
        self._send(b"wait", 429, Retry_After="7") if n < 2 else self.way_good(n)

    def way_forever(self, n: int) -> None:
        self._send(b"wait", 503, Retry_After="99999")

    def way_broken(self, n: int) -> None:
        have = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if "Range" in self.headers else 0
        if not have:
            self._send(cut=30_000, ETag='"1"')
        else:
            self._send(BODY[have:], 206, Content_Range=f"bytes {have}-{len(BODY) - 1}/{len(BODY)}", ETag='"1"')

    def way_changed(self, n: int) -> None:
        """The second time it is another file, so that the range does not count."""
        self._send(b"%PDF-old" + BODY, cut=30_000, ETag='"1"') if n == 1 else self._send(ETag='"2"')

    def way_liar(self, n: int) -> None:
        if "Range" in self.headers:
            self._send(BODY[:5], 206, Content_Range="bytes 0-4/99", ETag='"1"')
        elif n == 1:
            self._send(cut=30_000, ETag='"1"')
        else:
            self.way_good(n)

    def way_page(self, _: int) -> None:
        self._send(b"<!doctype html><p>There is no such document.</p>", Content_Type="application/pdf")

    def way_large(self, _: int) -> None:
        self._send(b"%PDF-", cut=5, Content_Length="99000000")

    def way_endless(self, _: int) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"%PDF-" * 10_000)
        self.close_connection = True

    def way_slow(self, n: int) -> None:
        if n == 1:
            time.sleep(1.5)
        self.way_good(n)

    def way_dead(self, n: int) -> None:
        self.close_connection = True
        if n > 2:
            self.way_good(n)
        else:
            self.connection.close()


@pytest.fixture
def server() -> Iterator[_Server]:
    started = _Server()
    threading.Thread(target=started.serve_forever, daemon=True).start()
    yield started
    started.shutdown()
    started.server_close()


@pytest.fixture
def service(server: _Server) -> Service:
    address = f"http://127.0.0.1:{server.server_address[1]}/access?s={{symbol}}&l={{language}}&t={{format}}"
    return Service(address, ("127.0.0.1",), "en", "pdf", 0.0, 1.0, 100.0, 4, 1)


def _fetch(symbol: str, into: Path, service: Service, waits: list[float] | None = None) -> Fetched:
    return next(fetch([symbol], into, service, sleep=(waits if waits is not None else []).append))


def _is_left(into: Path) -> list[str]:
    return sorted(path.name for path in into.iterdir())


def test_a_document_comes_with_its_provenance(tmp_path: Path, service: Service) -> None:
    done = _fetch("S/RES/2374 (2017)", tmp_path / "new" / "folder", service)
    assert done.outcome == FETCHED
    assert done.file
    assert done.file.name == "S_RES_2374_2017.pdf"
    said = json.loads((done.file.parent / f"{done.file.name}.json").read_text())
    assert said["sha256"] == hashlib.sha256(BODY).hexdigest() == hashlib.sha256(done.file.read_bytes()).hexdigest()
    assert said["symbol"] == "S/RES/2374 (2017)"
    assert said["etag"] == '"1"'
    assert _is_left(done.file.parent) == ["S_RES_2374_2017.pdf", "S_RES_2374_2017.pdf.json"]


def test_what_is_there_is_not_fetched_again(tmp_path: Path, server: _Server, service: Service) -> None:
    for outcome in (FETCHED, UNCHANGED):
        assert _fetch("S/GOOD", tmp_path, service).outcome == outcome
    assert server.asked["S/GOOD"] == 1
    (tmp_path / "S_GOOD.pdf").write_bytes(b"%PDF- touched by somebody")
    assert _fetch("S/GOOD", tmp_path, service).outcome == FETCHED
    assert next(fetch(["S/GOOD"], tmp_path, service, again=True)).outcome == FETCHED
    assert server.asked["S/GOOD"] == 3


@pytest.mark.parametrize("way", ["MOVED", "BUSY", "WAIT", "BROKEN", "CHANGED", "LIAR", "SLOW", "DEAD"])
def test_what_a_server_may_do_and_the_document_comes_all_the_same(tmp_path: Path, service: Service, way: str) -> None:
    done = _fetch(f"S/{way}", tmp_path, service)
    assert done.outcome == FETCHED, done.problem
    assert done.file
    assert done.file.read_bytes() == BODY
    assert _is_left(tmp_path) == [done.file.name, f"{done.file.name}.json"]


@pytest.mark.parametrize(
    ("way", "says"),
    [
        ("ELSEWHERE", "leads to documents.example"),
        ("PLAIN", "leads to file address"),
        ("ROUND", "from one address to the next"),
        ("NONE", "no such document"),
        ("FORBIDDEN", "answers 403"),
        ("FOREVER", "it answers 503"),
        ("PAGE", "gave no PDF file"),
        ("LARGE", "larger than 1 MB"),
        ("ENDLESS", "larger than 1 MB"),
        ("../../etc/passwd", "no symbol"),
        ("\u00c9", "no symbol"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_left(tmp_path: Path, service: Service, way: str, says: str) -> None:
    done = _fetch(f"S/{way}", tmp_path, service)
    assert (done.outcome, says in done.problem) == (REFUSED, True), done.problem
    assert [name for name in _is_left(tmp_path) if not name.startswith(".")] == []


def test_it_goes_on_where_it_broke_off(tmp_path: Path, server: _Server, service: Service) -> None:
    once = replace(service, tries=1)
    assert _fetch("S/BROKEN", tmp_path, once).outcome == REFUSED
    have = (tmp_path / ".S_BROKEN.pdf.part").stat().st_size
    assert 20_000 < have <= 30_000
    assert _fetch("S/BROKEN", tmp_path, once).outcome == FETCHED
    assert server.ranges == [f"bytes={have}-"]
    assert (tmp_path / "S_BROKEN.pdf").read_bytes() == BODY


def test_it_waits_as_long_as_it_is_asked_to_and_longer_each_time(tmp_path: Path, service: Service) -> None:
    waits: list[float] = []
    _fetch("S/WAIT", tmp_path, replace(service, pause=0.5), waits)
    assert 7.0 in waits
    waits.clear()
    _fetch("S/FOREVER", tmp_path, replace(service, pause=0.5, longest_wait=60.0), waits)
    assert waits.count(60.0) == 3
    waits.clear()
    _fetch("S/BUSY", tmp_path, replace(service, pause=0.5), waits)
    assert {0.5, 1.0} <= set(waits)


def test_it_pauses_between_requests(tmp_path: Path, server: _Server, service: Service) -> None:
    list(fetch(["S/1", "S/2", "S/3"], tmp_path, replace(service, pause=0.2)))
    assert all(b - a >= 0.19 for a, b in zip(server.times, server.times[1:], strict=False))


def test_the_configuration_is_data_and_its_faults_are_said(tmp_path: Path) -> None:
    assert "documents.un.org" in load_service().hosts
    for text, says in (("address = 1", "no configuration"), ("not toml", "no configuration"), (None, "cannot be read")):
        file = tmp_path / "service.toml"
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_text(text)
        with pytest.raises(LexiconError, match=says):
            load_service(file)


def test_the_command(tmp_path: Path, service: Service) -> None:
    config = tmp_path / "service.toml"
    lines = {**{name: getattr(service, name) for name in service.__slots__}, "hosts": list(service.hosts)}
    config.write_text("\n".join(f"{name} = {json.dumps(value)}" for name, value in lines.items()))
    given = ["fetch", "S/GOOD", "S/NONE", "--into", str(tmp_path / "in"), "--service", str(config)]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 1
    assert "S/GOOD fetched" in done.stdout
    assert "S/NONE: the service has no such document" in done.stderr

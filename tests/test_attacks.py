"""What is let in and let out under attack: queries that hide what they ask, requests that are wrong, clients that are many or gone."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import requests
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from make import MANDATES
from mandategraph.answering.judging import judge
from mandategraph.answering.questions import load_question, question_names
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.keeping.store import GraphStore
from mandategraph.serving import listening as connections
from mandategraph.serving.answers import Answer, Kept
from mandategraph.serving.mandates import FILES
from mandategraph.serving.parameters import FIELDS, MOST_CHOICES
from served import Listening, Served

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a mg:Statement }"


@pytest.fixture(scope="module")
def served(store_on_disk: Path) -> Iterator[Served]:
    started = Served(store_on_disk, seconds=30)
    yield started
    started.close()


@pytest.fixture
def listening() -> Iterator[Listening]:
    made = Listening()
    yield made
    made.socket.close()


@pytest.fixture
def log() -> Iterator[list[str]]:
    """What the server and the loop below it say of faults."""
    said: list[str] = []

    class _Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(self.format(record))

    handler, loggers = _Keeping(), [logging.getLogger(name) for name in ("uvicorn.error", "asyncio", "mandategraph")]
    for each in loggers:
        each.addHandler(handler)
    yield said
    for each in loggers:
        each.removeHandler(handler)


# --- nothing is let out -----------------------------------------------------------------------------------------------

KEYWORDS = [
    "SERVICE", "service", "SeRvIcE", "SERVICE SILENT", "SERVICESILENT", "\\u0053ERVICE", "S\\U00000045RVICE", "SERV\u0131CE", "SERV\u0130CE",
    "\uff33\uff25\uff32\uff36\uff29\uff23\uff25", "SER\u200bVICE", "SER\u00adVICE", "SERVICE#\r", "#\rSERVICE", "#x\nSERVICE", "SERVICE/**/",
    "LOAD", "LATERAL { SERVICE", "\\SERVICE", "%53ERVICE",
]  # fmt: skip
SPACES = [
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "#\r",
    "# }\n",
    "#\u2028",
    "\x0b",
    "\x0c",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\x00",
    "\\u0020",
    "\\u000D",
]
PLAIN = [" ", "\t", "\r", "#x\r", "# }\n", "\r\n"]
BEFORE = [
    "", "1", "1.", "1e0", "-1", "true", "false ", "'x'", "'x'@en", "'x'^^:t", '"""x"""', "'''\\'''", '"\\""', "'\\u0027", "?a", "$a.", "<x:y>", ":a.",
    ":a\\'", ":a\\#", "_:b.", ")", "}", "{", "(", "^", "|", "a", "[]", "()", "[ ?p ?o ]", "?s ?p ?o", "?s ?p ?o .", "?s ?p 'x", "?s ?p \"x\" .",
    "FILTER(?a<?b)", "FILTER(1>0)", "BIND(1 AS ?z)", "OPTIONAL { }", "{ } UNION", "GRAPH ?g", "VALUES ?v { <%s> }", "BIND(<%s> AS ?v)",
]  # fmt: skip
TARGETS = ["<%s>", ":x", ":", "e:x", "?v", "$v", "<\\u0068ttp%.0s>", "<x>", "<>", "IRI('%s')", "<%s> ."]
AROUND = [
    "SELECT * { %s }", "SELECT*{%s}", "ASK { %s }", "ASK{{%s}UNION{}}", "CONSTRUCT { ?s ?p ?o } WHERE { %s }", "CONSTRUCT WHERE { %s }",
    "DESCRIBE ?s { %s }", "SELECT * { { SELECT * { %s } } }", "SELECT * { FILTER EXISTS { %s } }", "SELECT * { FILTER(1 = 1 && EXISTS { %s }) }",
    "SELECT * { OPTIONAL { MINUS { %s } } }", "SELECT * { GRAPH ?g { %s } }", "SELECT * { ?s ?p \"\"\"%s\"\"\" }", "SELECT * { ?s ?p '%s' }",
    "SELECT * { } #%s", "SELECT * { } VALUES ?x { %s }", "SELECT * { BIND(%s AS ?x) }", "SELECT (%s AS ?x) { }", "SELECT * { } %s", "%s",
    "INSERT { ?s ?p ?o } WHERE { %s }", "SELECT * { } ; INSERT DATA { %s }", "SELECT * FROM <%%s> { %s }",
]  # fmt: skip


def _evasion(chance: random.Random, url: str) -> str:
    """Return a query that would have the engine ask an address, if it were let."""
    pick = chance.choice
    if chance.random() < 0.3:
        before = pick(["", "?s ?p ?o .", "OPTIONAL { }", "{ } UNION { }", "?s ?p 'x' ."])
        parts = [before, pick(PLAIN), pick(KEYWORDS[:4]), pick(PLAIN), TARGETS[0], pick(PLAIN), "{ ?s ?p ?o }"]
    else:
        parts = [
            pick(each)
            for each in (BEFORE, SPACES, KEYWORDS, SPACES, TARGETS, SPACES, ["{ ?s ?p ?o }", "{}", "{ ", ""], BEFORE)
        ]
    inner = "".join(parts)
    text = pick(AROUND) % inner.replace("%s", "\x01").replace("%.0s", "\x02")
    for sign in ("\x01", "%s", "%%s"):
        text = text.replace(sign, url)
    head = pick(
        ["", f"PREFIX : <{url}> ", f"PREFIX e: <{url}> PREFIX : <{url}>", f"BASE <{url}> ", f"PREFIX SERVICE: <{url}> "]
    )
    return head + text.replace("\x02", url[4:])


@pytest.mark.slow
def test_no_query_makes_a_connection(
    served: Served, listening: Listening, store_on_disk: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Over GET, both kinds of POST and the command line; `--evasions=100000` tries more."""
    count = request.config.getoption("--evasions")
    statuses: Counter[int] = Counter()

    def ask(seed: int) -> None:
        chance, session = random.Random(seed), requests.Session()
        for n in range(seed, count, 4):
            text = _evasion(chance, listening.url).encode("utf-8", "replace").decode()
            asked: dict[str, Any] = [
                {"method": "GET", "params": {"query": text}},
                {"method": "POST", "data": {"query": text}},
                {"method": "POST", "data": text.encode(), "headers": {"Content-Type": "application/sparql-query"}},
            ][n % 3]
            answer = session.request(url=f"{served.url}/sparql", timeout=60, **asked)
            statuses[answer.status_code] += 1

    with ThreadPoolExecutor(4) as clients:
        list(clients.map(ask, range(4)))
    chance = random.Random(count)
    for n in range(12):
        (tmp_path / "q.rq").write_bytes(_evasion(chance, listening.url).encode("utf-8", "replace"))
        text = (tmp_path / "q.rq").read_bytes()
        given = [str(tmp_path / "q.rq")] if n % 2 else ["-"]
        done = CliRunner().invoke(main, ["query", *given, "--store", str(store_on_disk)], input=text)
        assert done.exit_code in {0, 3}, done.output
    assert listening.count == 0
    assert set(statuses) <= {200, 400, 403, 406, 413, 503}, statuses
    assert statuses[403] > count / 50, "many are what they seem to be"


def test_the_evasions_are_what_an_engine_would_follow(listening: Listening) -> None:
    """Among them are queries that follow the grammar but for SERVICE, and that the engine asked by itself would send out."""
    chance = random.Random(1)
    texts = [_evasion(chance, listening.url) for _ in range(2000)]
    refused = [text for text in texts if judge(text) and judge(text, allow_service=True) is None]
    assert len(refused) > 20
    with contextlib.suppress(OSError, SyntaxError):
        list(GraphStore.in_memory().store.query(f"SELECT * {{ #\r SERVICE <{listening.url}> {{ ?s ?p ?o }} }}"))
    assert listening.count == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "asked", "status"),
    [
        ("GET", {"params": [("query", "ASK {}"), ("query", "SELECT * {}")]}, 400),
        ("POST", {"data": [("query", "ASK {}"), ("query", "SELECT * {}")]}, 400),
        ("PUT", {"params": {"query": "ASK {}"}}, 405),
        ("POST", {"data": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"data": "query=ASK%20%7B%7D"}, 415),
        ("POST", {"data": "ASK {}"}, 415),
        ("POST", {"data": "ASK {}".encode("utf-16"), "headers": {"Content-Type": "application/sparql-query; charset=UTF-16"}}, 400),
        ("GET", {"params": {"query": "ASK { ?s ?p"}}, 400),
        ("GET", {"params": {"other": "x"}}, 400),
        ("POST", {"data": {}, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "no iri"}}, 400),
        ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "http://["}}, 400),
        ("POST", {"data": {"update": "CLEAR NAMED"}}, 403),
        ("POST", {"data": {"query": "CLEAR NAMED"}}, 400),
    ],
)  # fmt: skip
def test_what_the_protocol_calls_an_error_is_one(
    served: Served, method: str, asked: dict[str, Any], status: int
) -> None:
    """The conditions of the W3C's tests of the protocol for bad queries, with requests of our own."""
    answer = requests.request(method, f"{served.url}/sparql", timeout=60, **asked)
    assert answer.status_code == status
    assert answer.text.strip().endswith(".")


# --- nothing wrong is let in ------------------------------------------------------------------------------------------

ROUTES = {
    "/": FIELDS["home"], "/timeline": FIELDS["calendar"], "/query": (), "/questions": (), "/state": (),
    **{f"/{name}": FIELDS[name] for name in ("obligations", "obligations.csv", "compare", "lineage", "quota", "report", "explorer", "find")},
    **{f"/{name}": FIELDS[name.partition(".")[0]] for name in FILES},
}  # fmt: skip
NAMES = {path: [field.name for field in fields] for path, fields in ROUTES.items()} | {
    f"/questions/{name}": ["format", "page", *(p.name for p in load_question(name).parameters)]
    for name in question_names()
}
VALUES = st.one_of(
    st.sampled_from(
        ["MINUSMA", "S/2020/600", "2374", "elections", "document", "due", "full", "csv", "http://", "https://a b", "http://[", "http://a<b>",
         "9999-12-31", "0001-01-01", "2021-02-31", "2021-03-31", "-1", "3", "9" * 30, "\u00b2", "\u0663", "\x00", "\r\nX: y", "../..", "<b>", "?x"]
    ),
    st.text(max_size=20),
    st.dates().map(str),
    st.integers().map(str),
)  # fmt: skip
ASKED = st.sampled_from(sorted(NAMES)).flatmap(
    lambda path: st.tuples(
        st.just(path), st.lists(st.tuples(st.sampled_from([*NAMES[path], "other"]), VALUES), max_size=3)
    )
)
THINGS = st.tuples(
    st.sampled_from(["actor/", "document/", "instrument/", "theme/", "verb/", "graph/", "scheme/", "", "bundle/", "static/", "questions/"]),
    st.one_of(st.text(max_size=12).map(lambda t: quote(t, safe="<>\"{}|\\^`[]")), st.sampled_from(["<x>", "%00", "%zz", "a%0d%0ab", "..%2f.."])),
).map("".join)  # fmt: skip
ACCEPTS = st.sampled_from(["text/html", "text/turtle", "application/ld+json", "*/*", "image/png", ";q=,", ""])


def _status(served: Served, path: str, accept: str) -> int:
    connection = HTTPConnection(served.url.removeprefix("http://"), timeout=60)
    with contextlib.closing(connection):
        raw = path.encode("ascii", "ignore").decode().replace(" ", "%20")
        connection._validate_path = lambda _: None  # type: ignore[attr-defined]
        connection.request("GET", "".join(c for c in raw if c.isprintable()), headers={"Accept": accept})
        return connection.getresponse().status


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ASKED, ACCEPTS)
def test_no_parameter_is_a_fault_of_ours(
    served: Served, log: list[str], asked: tuple[str, list[tuple[str, str]]], accept: str
) -> None:
    path, parameters = asked
    query = urlencode([(name, value.encode("utf-8", "replace")) for name, value in parameters])
    assert _status(served, f"{path}?{query}" if query else path, accept) < 500, (path, parameters)
    assert log == []


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(THINGS, ACCEPTS)
def test_no_address_is_a_fault_of_ours(served: Served, log: list[str], path: str, accept: str) -> None:
    assert _status(served, f"/{path}", accept) < 500, path
    assert log == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/obligations?actor=http://a b", "is no IRI"),
        ("/obligations?minimum=high", "is no whole number"),
        ("/obligations?page=%C2%B2", "is no whole number"),
        ("/obligations?after=2021-02-30", "is no date"),
        ("/obligations?page=first", "is no whole number"),
        ("/report?name=%00", "do not print"),
        ("/report?name=" + "a" * 400, "is longer than"),
        ("/lineage?name=a&name=b", "is given 2 times"),
        ("/questions/due?from=2021-3-1", "is no date"),
        ("/questions/bears?actor=http://%3C", "is no IRI"),
        ("/questions/due?format=xml", "there is no format"),
        ("/explorer?" + "&".join(f"actor=A{n}" for n in range(MOST_CHOICES + 1)), f"{MOST_CHOICES} times at most"),
        ("/explorer?" + "&".join(f"x{n}=1" for n in range(200)), "more than 100 parameters"),
    ],
)
def test_a_wrong_parameter_is_said_in_a_sentence(served: Served, path: str, says: str) -> None:
    answer = served.get(path)
    assert (answer.status_code, says.lower() in answer.text.lower()) == (400, True), answer.text[-300:]


@pytest.mark.slow
def test_the_last_days_there_are_stand_in_the_calendar(tmp_path: Path, mandates_path: Path) -> None:
    started = Served(mandates_path)
    try:
        for path in ("/timeline", "/calendar.csv", "/calendar.ics"):
            for query in ("after=9999-12-31", "before=0001-01-01", "after=9998-01-01&before=9999-12-31"):
                assert started.get(f"{path}?{query}").status_code == 200, (path, query)
    finally:
        started.close()


# --- nobody stops the others ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_request_that_ends_before_its_length_leaves_no_trace(served: Served, log: list[str]) -> None:
    for _ in range(5):
        with socket.create_connection(served.socket.getsockname()) as client:
            client.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"
            )
    time.sleep(0.5)
    assert served.get("/sparql", "text/csv", params={"query": COUNT}).status_code == 200
    assert log == []


@pytest.mark.slow
def test_half_a_request_is_not_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SECONDS", 0.5)
    for begun in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"):  # fmt: skip
        with socket.create_connection(served.socket.getsockname(), timeout=10) as client:
            client.sendall(begun)
            began = time.monotonic()
            with contextlib.suppress(ConnectionResetError):
                while client.recv(1000):
                    pass
            assert time.monotonic() - began < 5
    assert served.get("/").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    "begun", [b"GET /?x=" + b"x" * 5_000_000, b"\x16\x03\x01\x02" * 20_000, b"GET / HTTP/1.1\r\nA" * 100_000]
)
def test_what_is_no_request_is_said_even_while_it_is_sent(served: Served, log: list[str], begun: bytes) -> None:
    with socket.create_connection(served.socket.getsockname(), timeout=10) as client:
        with contextlib.suppress(ConnectionError):
            client.sendall(begun)
        assert client.recv(1000).startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert served.get("/").status_code == 200
    assert log == []


@pytest.mark.slow
def test_one_connection_too_many_is_told_to_come_back(
    served: Served, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 20)
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(served.socket.getsockname())) for _ in range(60)]
        clients[-1].settimeout(10)
        assert clients[-1].recv(1000).startswith(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: ")
    time.sleep(0.5)
    assert served.get("/").status_code == 200
    assert log == []


def test_no_descriptors_are_said_once_and_other_faults_as_ever() -> None:
    loop, said = asyncio.new_event_loop(), list[str]()
    try:
        connections.say_seldom(loop)
        handler = logging.Handler()
        handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
        for name in ("mandategraph", "asyncio"):
            logging.getLogger(name).addHandler(handler)
        for _ in range(100):
            loop.call_exception_handler(
                {"message": "accept", "exception": OSError(errno.EMFILE, "Too many open files")}
            )
        loop.call_exception_handler({"message": "something else", "exception": OSError(errno.EPIPE, "Broken pipe")})
    finally:
        for name in ("mandategraph", "asyncio"):
            logging.getLogger(name).removeHandler(handler)
        loop.close()
    assert len(said) == 2
    assert "no connection can be taken" in said[0]
    assert "something else" in said[1]


@pytest.mark.slow
def test_what_its_clients_have_given_up_stops_nobody(served: Served) -> None:
    """Forty-five long queries and as many large pages whose clients go, and the next answer comes in a moment."""
    served.get("/")
    product = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    clients = []
    for n in range(90):
        client = socket.create_connection(served.socket.getsockname())
        path = f"/sparql?{product}" if n % 2 else f"/explorer?theme=elections&actor=CMA&projection=full&x={n}"
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        clients.append(client)
    time.sleep(1)
    for client in clients:
        client.close()
    began = time.monotonic()
    answers = [served.get("/sparql", "text/csv", params={"query": COUNT}), served.get("/obligations")]
    while any(answer.status_code == 503 for answer in answers) and time.monotonic() - began < 15:
        time.sleep(0.5)
        answers = [served.get("/sparql", "text/csv", params={"query": COUNT}), served.get("/obligations")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert time.monotonic() - began < 10


@pytest.mark.slow
def test_more_than_may_wait_are_told_to_come_back(store_on_disk: Path) -> None:
    started = Served(store_on_disk, seconds=3)
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    try:
        with ThreadPoolExecutor(60) as clients:
            answers = list(
                clients.map(lambda _: started.get("/sparql", "text/csv", params={"query": product}), range(60))
            )
        assert {answer.status_code for answer in answers} == {503}
        assert all(answer.headers["retry-after"] for answer in answers)
        assert any("Too many wait" in answer.text for answer in answers)
        assert started.get("/sparql", "text/csv", params={"query": COUNT}).status_code == 200
    finally:
        started.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
        ({"Origin": "http://mandates.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({}, 200),
    ],
)
def test_pages_of_other_sites_ask_nothing(served: Served, said: dict[str, str], status: int) -> None:
    assert served.get("/questions", headers=said).status_code == status


@pytest.mark.slow
def test_many_clients_and_a_writer(tmp_path: Path) -> None:
    """Pages, queries and disconnects while the store is written: no fault, and no more descriptors than before."""
    for name, text in MANDATES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with GraphStore.open(tmp_path / "s") as store:
        build([tmp_path / name for name in MANDATES], store)
    started = Served(tmp_path / "s", seconds=10)
    done, faults = threading.Event(), list[str]()
    paths = ["/", "/obligations", "/timeline", "/questions/due", "/explorer", "/report?name=MINUSMA", "/state"]
    paths += [
        f"/sparql?{urlencode({'query': COUNT})}",
        f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o } ORDER BY ?o LIMIT 9'})}",
    ]

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        while not done.is_set():
            with contextlib.closing(HTTPConnection(started.url.removeprefix("http://"), timeout=60)) as client:
                path = chance.choice(paths)
                client.request("GET", path)
                if chance.random() < 0.3:
                    continue
                answer = client.getresponse()
                body = answer.read()
                if answer.status >= 500 and not (answer.status == 503 and answer.getheader("Retry-After")):
                    faults.append(f"{path}: {answer.status} {body[:200]!r}")

    try:
        before = len(os.listdir("/dev/fd")) if Path("/dev/fd").is_dir() else 0
        with ThreadPoolExecutor(24) as clients:
            asking = [clients.submit(ask, n) for n in range(24)]
            for n in range(10):
                with GraphStore.open(tmp_path / "s") as store:
                    graph = NamedNode("http://example.org/g")
                    store.store.bulk_extend([Quad(graph, NamedNode(f"http://example.org/{n}"), Literal(str(n)), graph)])
                    store.optimize()
                time.sleep(0.2)
            done.set()
            for each in asking:
                each.result()
        assert faults == []
        time.sleep(1)
        after = len(os.listdir("/dev/fd")) if Path("/dev/fd").is_dir() else 0
        assert after < before + 20
        counted = started.get("/sparql", "text/csv", params={"query": "SELECT * { <http://example.org/g> ?p ?o }"})
        assert len(counted.text.split()) == 11, "the newest state is read"
    finally:
        started.close()


@pytest.mark.slow
def test_a_store_that_is_replaced_or_removed_is_said_and_comes_back(tmp_path: Path, samples: Path) -> None:
    for name in ("s", "t"):
        with GraphStore.open(tmp_path / name) as store:
            build([samples / "A_HRC_RES_46_28.txt"] + ([samples / "S_2020_600.txt"] if name == "t" else []), store)
    started = Served(tmp_path / "s")
    try:
        first = int(started.get("/sparql", "text/csv", params={"query": COUNT}).text.split()[1])
        (tmp_path / "s").rename(tmp_path / "old")
        gone = [started.get("/sparql", "text/csv", params={"query": COUNT}), started.get("/obligations")]
        assert [(answer.status_code, "no store here" in answer.text) for answer in gone] == [(503, True)] * 2
        (tmp_path / "t").rename(tmp_path / "s")
        assert int(started.get("/sparql", "text/csv", params={"query": COUNT}).text.split()[1]) > first
    finally:
        started.close()


def test_what_is_kept_is_bounded() -> None:
    kept = Kept(1000)
    for n in range(50):
        kept.put("now", n, Answer(200, "text/plain", b"x" * 300))
    assert [n for n in range(50) if kept.get("now", n)] == [47, 48, 49]
    kept.get("now", 47)
    kept.put("now", 50, Answer(200, "text/plain", b"x" * 300))
    assert [n for n in range(51) if kept.get("now", n)] == [47, 49, 50], "what was asked for last stays"
    assert kept.get("later", 47) is None
    assert kept.get("now", 47) is None, "what is of another state goes"
    for n in range(3):
        kept.put("now", n, Answer(200, "text/plain", b"x" * 300))
    assert [n for n in range(3) if kept.get("now", n)] == [0, 1, 2], "and gives its room back"
    kept.put("now", 51, Answer(200, "text/plain", b"x" * 5000))
    assert not any(kept.get("now", n) for n in range(52))


@pytest.mark.slow
def test_a_page_is_kept_until_the_store_is_written(tmp_path: Path) -> None:
    for name, text in MANDATES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    first, *others = (tmp_path / name for name in MANDATES)
    with GraphStore.open(tmp_path / "s") as store:
        build([first], store)
    started = Served(tmp_path / "s")
    try:
        texts = [started.get("/").text for _ in range(2)]
        assert texts[0] == texts[1]
        with GraphStore.open(tmp_path / "s") as store:
            build(others, store)
        assert started.get("/").text != texts[0]
    finally:
        started.close()

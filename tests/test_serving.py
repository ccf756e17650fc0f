"""The server: the SPARQL Protocol, dereferencing, pages in a browser, and what it refuses."""

from __future__ import annotations

import csv
import io
import re
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import rdflib
import requests
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from make import HOSTILE
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.processes import Processes
from mandategraph.recalling.statements import statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.serving.document import READER
from mandategraph.serving.mandates import FILES
from mandategraph.serving.parameters import FIELDS
from mandategraph.serving.queries import Asked, answering
from mandategraph.serving.reading import read_document
from mandategraph.serving.site import showing
from mandategraph.serving.workers import Workers
from mandategraph.vocabulary import BASE
from served import Served

SCRIPTS = {f'<script src="/bundle/{name}.js" defer>' for name in ("query", "reading", "search", "stale")}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a mg:Statement }"


@pytest.fixture(scope="module")
def served(store_on_disk: Path) -> Iterator[Served]:
    started = Served(store_on_disk, seconds=5, megabytes=2)
    yield started
    started.close()


# --- the protocol -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_query_by_get_and_by_both_posts(served: Served) -> None:
    wanted = served.get("/sparql", "application/sparql-results+json", params={"query": COUNT}).json()
    assert int(wanted["results"]["bindings"][0]["n"]["value"]) > 100
    form = requests.post(f"{served.url}/sparql", data={"query": COUNT}, timeout=60)
    body = requests.post(
        f"{served.url}/sparql", data=COUNT, headers={"Content-Type": "application/sparql-query"}, timeout=60
    )
    assert form.json() == body.json() == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ],
)
def test_results_are_negotiated(served: Served, accept: str, kind: str) -> None:
    answer = served.get("/sparql", accept, params={"query": COUNT})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == kind
    assert answer.headers["vary"] == "Accept"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_graphs_are_negotiated(served: Served, accept: str, syntax: RdfFormat) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a mg:Prohibition ; ?p ?o }"
    answer = served.get("/sparql", accept, params={"query": query})
    assert answer.headers["content-type"].split(";")[0] == accept
    assert len(list(parse(answer.content, format=syntax))) > 10
    thing = served.get("/actor/CMA", accept)
    assert any(q.subject.value == f"{BASE}actor/CMA" for q in parse(thing.content, format=syntax))


@pytest.mark.slow
def test_the_dataset_is_chosen(served: Served) -> None:
    def count(query: str, **dataset: str) -> int:
        answer = served.get("/sparql", "text/csv", params={"query": query, **dataset})
        return int(answer.text.split()[1])

    everything = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    gazetteer = f"{BASE}graph/gazetteer"
    assert 0 < count(everything, **{"default-graph-uri": gazetteer}) < count(everything)
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert count(graphs, **{"named-graph-uri": gazetteer}) == 1
    assert count(graphs) == 10, (
        "five documents, gazetteer, ontology, what follows, the store itself, where all came from"
    )


@pytest.mark.slow
def test_the_service_describes_itself(served: Served) -> None:
    said = served.get("/sparql", "text/turtle")
    assert said.headers["content-type"].split(";")[0] == "text/turtle"
    graph = rdflib.Graph().parse(data=said.text, format="turtle")
    described = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=rdflib.RDF.type, object=described.Service)
    assert str(graph.value(service, described.endpoint)) == f"{served.url}/sparql"
    assert (service, described.feature, described.UnionDefaultGraph) in graph
    head = requests.head(f"{served.url}/sparql", params={"query": COUNT}, timeout=60)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.slow
def test_many_ask_at_once(served: Served) -> None:
    with ThreadPoolExecutor(16) as clients:
        answers = list(clients.map(lambda _: served.get("/sparql", "text/csv", params={"query": COUNT}), range(64)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}


@pytest.mark.slow
def test_a_client_of_the_field_gets_its_answers(served: Served) -> None:
    store = SPARQLStore(f"{served.url}/sparql", returnFormat="json")
    rows = list(
        rdflib.Graph(store).query("SELECT ?o WHERE { ?o a <https://w3id.org/mandategraph/ontology#Prohibition> }")
    )
    assert rows
    assert all(str(row[0]).startswith(BASE) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "given", "status", "says"),
    [
        ("GET", {"params": {"query": ""}}, 400, "Give one query"),
        ("GET", {"params": {"query": "SELECT * WHERE {\n ?s ?p }"}}, 400, "line 2, column 8"),
        (
            "GET",
            {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}},
            403,
            "SERVICE is off",
        ),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 403, "Updates are refused"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "Updates are refused"),
        (
            "POST",
            {"data": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
            403,
            "Updates are refused",
        ),
        ("POST", {"data": {"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}}, 400, "Not SPARQL"),
        ("POST", {"data": "x", "headers": {"Content-Type": "text/plain"}}, 415, "The body is"),
        ("POST", {"data": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400, "not UTF-8"),
        ("POST", {"data": {"query": "#" * 500_000}}, 413, "longer than"),
        ("PUT", {}, 405, "GET or POST"),
        ("GET", {"params": {"query": COUNT}, "headers": {"Accept": "image/png"}}, 406, "Answers are"),
        ("GET", {"params": {"query": COUNT}, "headers": {"Accept": "text/turtle"}}, 406, "SELECT or ASK"),
        ("GET", {"params": {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}}, 413, "larger than 2 MB"),
        (
            "GET",
            {"params": {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}},
            503,
            "longer than 5 seconds",
        ),
    ],
)
def test_what_is_refused_is_said(served: Served, method: str, given: dict[str, Any], status: int, says: str) -> None:
    answer = requests.request(method, f"{served.url}/sparql", timeout=60, **given)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    after = served.get("/sparql", "text/csv", params={"query": COUNT})
    assert after.status_code == 200, "it goes on"


@pytest.mark.slow
def test_a_worker_that_dies_is_replaced(store_on_disk: Path) -> None:
    workers = Workers(answering, store_on_disk, 50, False, count=1, seconds=30)
    asked = Asked(COUNT, "text/csv", None)
    try:
        first = workers.ask(asked)
        for process in list(workers._processes._all):
            process.kill()
            process.join()
        assert workers.ask(asked) == first, "one that ended while nobody asked it costs nobody an answer"
        large = workers.ask(Asked("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", "text/csv", None))
        assert (large.status, large.body.startswith(b"It needed more memory than 1,024 MB")) == (503, True)
        assert workers.ask(asked) == first
    finally:
        workers.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of another system keeps no such walls")
@pytest.mark.parametrize("make", ["queries", "pages"])
def test_a_worker_can_open_no_connection(store_on_disk: Path, make: str) -> None:
    processes = Processes(_connecting, store_on_disk, make, count=1)
    try:
        assert processes.ask("") == "PermissionError"
    finally:
        processes.close()


def _connecting(path: Path, what: str) -> Callable[[str], str]:
    """Return what tries to open a connection where the workers answer."""
    if what == "queries":
        answering(path, 1, False, 1024)
    else:
        showing(path, 1, False, READER, 1024)

    def connect(_: str) -> str:
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except OSError as error:
            return type(error).__name__
        return "connected"

    return connect


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["/", "/obligations", "/timeline", "/questions", "/questions/due", "/query", "/document/S/2020/600", "/actor/CMA",
     "/instrument/S/RES/2374(2017)", "/theme/elections", "/verb/request", "/bindingness/pending", "/compare", "/lineage", "/report",
     "/quota", "/mandates", "/mandates?holder=MINUSMA", "/precedents", "/precedents?what=S/2020/600&body=Council", "/precedents?theme=elections", "/precedents?what=Requests+the+Secretary-General%0Ato+report+on+it+to+the+Council", "/compare?earlier=S/2020/600&later=2640", "/lineage?name=MINUSMA", "/report?name=MINUSMA", "/report?name=S/2020/600",
     "/burden", "/burden?actor=SecretaryGeneral&after=2020-09-01&before=2021-12-31", "/endings", "/endings?outlook=neither&on=2021-01-01", "/overlaps", "/overlaps?kind=series&on=2021-01-01", "/draft"],
)  # fmt: skip
def test_every_page_is_there_and_strict(served: Served, path: str) -> None:
    answer = served.get(path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert set(re.findall(r"<script[^>]*>", answer.text)) <= SCRIPTS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/actor/MINUSMAA", 404, "Did you mean MINUSMA"),
        ("/nothing", 404, "no such page"),
        ("/questions/reprots", 404, "Did you mean reports"),
        ("/questions/due?from=June", 400, "is no date"),
        ("/timeline?after=2021-02-31", 400, "is no date"),
        ("/burden?after=2022-01-01&before=2021-01-01", 400, "The first day is after the last"),
        ("/burden?actor=MINUSMAA", 404, "Did you mean MINUSMA"),
        ("/endings?outlook=never", 400, "There is no outlook"),
        ("/overlaps?kind=all", 400, "There is no kind"),
        ("/overlaps?theme=electionz", 404, "Did you mean elections"),
        ("/timeline?after=2022-01-01&before=2021-01-01", 400, "The first day is after the last"),
        ("/bundle/../app.py", 404, ""),
        ("/bundle/file.html", 404, ""),
        ("/obligations?sort=nothing", 400, "no column"),
        ("/static/../app.py", 404, ""),
        ("/static/%2e%2e/app.py", 404, ""),
        ("/document/%2e%2e/%2e%2e/etc/passwd", 404, ""),
        ("/actor/%3E%20%22", 404, "nothing is called"),
        ("/explorer?projection=none", 400, "no projection"),
        ("/explorer?actor=Nobody", 404, "there is no instrument or actor"),
        ("/compare?earlier=S/2020/601&later=2640", 404, "Did you mean S/2020/600"),
        ("/lineage?name=MINUSMAA", 404, "Did you mean MINUSMA"),
        ("/mandates?holder=MINUSMAA", 404, "Did you mean MINUSMA"),
        ("/mandates?on=June", 400, "is no date"),
        ("/precedents?what=S/2020/601", 404, "Did you mean S/2020/600"),
        ("/precedents?theme=electionz", 404, "Did you mean elections"),
        ("/precedents?what=/etc/passwd", 404, "there is no document"),
        ("/precedents?since=June", 400, "is no date"),
        (f"/precedents?what={'a+' * 3001}", 400, "longer than 6000"),
        ("/quota?actor=MINUSMAA", 404, "Did you mean MINUSMA"),
        ("/report?name=MINUSMAA", 404, "Did you mean MINUSMA"),
        ("/report.docx?name=MINUSMAA", 404, "Did you mean MINUSMA"),
        ("/calendar.ics?after=June", 400, "is no date"),
    ],
)
def test_wrong_addresses_get_a_page(served: Served, path: str, status: int, says: str) -> None:
    answer = served.get(path)
    assert answer.status_code == status
    assert says.lower() in answer.text.lower()


@pytest.mark.slow
def test_find_lists_the_paragraphs_that_hold_the_words(served: Served) -> None:
    found = served.get("/find?name=fair+electoral+process")
    assert found.status_code == 200
    assert 'href="/document/A/HRC/RES/46/28#para_26"' in found.text
    assert "<mark>electoral</mark>" in found.text
    assert "No paragraph holds all of these words" in served.get("/find?name=fair+electoral+umbrella").text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("2640", "/instrument/S/RES/2640(2022)"),
        ("resolution 2640", "/instrument/S/RES/2640(2022)"),
        ("UNSC 2640", "/instrument/S/RES/2640(2022)"),
        ("minusma", "/actor/MINUSMA"),
        ("Secretary-General", "/actor/SecretaryGeneral"),
        ("Burkina Faso", "/actor/BurkinaFaso"),
        ("protection of civilians", "/theme/protection_of_civilians"),
    ],
)
def test_what_people_type_finds_the_thing(served: Served, typed: str, place: str) -> None:
    answer = served.get("/find", params={"name": typed})
    assert answer.status_code == 200
    assert urlsplit(unquote(answer.url)).path == place


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/actor/MINUSMAA", "/lineage?name=MINUSMAA", "/find?name=MINUSMAA"])
def test_a_wrong_name_gets_links_to_the_nearest(served: Served, path: str) -> None:
    answer = served.get(path)
    assert 'href="/actor/MINUSMA"' in answer.text
    assert "with: mandategraph" not in answer.text


@pytest.mark.slow
def test_another_host_is_refused(served: Served) -> None:
    assert served.get("/", headers={"Host": "mandates.example"}).status_code == 400
    assert served.get("/", headers={"Host": served.url.removeprefix("http://").replace("127.0.0.1", "localhost")}).ok


@pytest.mark.slow
def test_tables_are_downloaded(served: Served) -> None:
    lines = served.get("/obligations.csv?actor=CMA").text.splitlines()
    assert lines[0].startswith("addressee,")
    assert {line.split(",")[0] for line in lines[1:]} == {"CMA"}
    grouped = served.get("/obligations?actor=MINUSMA&group=document&sort=-strength").text
    counts = re.findall(r'<summary>([^<]+) <span class="faint">(\d+)</span></summary>', grouped)
    rows = served.get("/obligations.csv?actor=MINUSMA").text
    assert len(counts) > 1
    assert sum(int(count) for _, count in counts) == len(list(csv.reader(io.StringIO(rows)))) - 1
    assert [int(count) for _, count in counts] == sorted((int(count) for _, count in counts), reverse=True)
    assert 'aria-sort="descending"' in grouped
    due = served.get("/questions/due?from=2021-03-01&to=2021-03-31&format=csv")
    assert due.headers["content-disposition"] == 'attachment; filename="due.csv"'
    assert "2021-03-31" in due.text


@pytest.mark.slow
def test_a_page_says_when_it_is_older_than_the_store(tmp_path: Path, samples: Path, browser: Any) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([samples / "A_HRC_RES_46_28.txt"], store)
    started = Served(tmp_path / "s")
    pages = [browser.new_page() for _ in range(2)]
    try:
        for page, path in zip(pages, ("/timeline", "/explorer"), strict=True):
            page.clock.install()
            page.goto(started.url + path)
            page.clock.run_for(60_000)
            page.wait_for_timeout(300)
            assert page.locator("#stale").is_hidden()
        with GraphStore.open(tmp_path / "s") as store:
            build([samples / "S_2020_600.txt"], store)
        for page in pages:
            page.clock.run_for(60_000)
            page.wait_for_selector("#stale:visible", timeout=5000)
    finally:
        for page in pages:
            page.close()
        started.close()


@pytest.mark.slow
def test_a_build_is_seen_at_once(tmp_path: Path, samples: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([samples / "A_HRC_RES_46_28.txt"], store)
    started = Served(tmp_path / "s")
    try:

        def count() -> int:
            answer = started.get("/sparql", "text/csv", params={"query": COUNT})
            assert answer.status_code == 200, answer.text
            return int(answer.text.split()[1])

        before = count()
        with GraphStore.open(tmp_path / "s") as store:
            build([samples / "S_2020_600.txt"], store)
            during = count()
        assert before < during
        assert "S/2020/600" in started.get("/").text
    finally:
        started.close()


def test_reading_loses_nothing_and_marks_every_verb(sample_store: GraphStore) -> None:
    paragraphs = read_document(sample_store, "S/2020/600")
    text = (Path(__file__).parents[1] / "data" / "samples" / "S_2020_600.txt").read_text(encoding="utf-8")
    shown = "".join(piece.text for p in paragraphs for piece in p.pieces)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
    marked = [piece.verb for p in paragraphs for piece in p.pieces if piece.verb]
    stated = statements(sample_store, Wanted(documents=("S/2020/600",)))
    assert sorted(set(marked)) == sorted(each.statement.partition("#")[2] for each in stated)
    assert len(stated) > 100
    with pytest.raises(NotFoundError, match="there is no document"):
        read_document(sample_store, "S/1")


@pytest.mark.slow
def test_an_empty_store_is_served(tmp_path: Path) -> None:
    GraphStore.open(tmp_path / "s").close()
    started = Served(tmp_path / "s")
    try:
        assert "mandategraph build PATH" in started.get("/").text
        assert "Nothing in the store fits" in started.get("/timeline").text
        drawn = started.get("/explorer")
        assert (drawn.status_code, "nothing to draw" in drawn.text) == (400, True)
    finally:
        started.close()


def test_serve_says_what_is_wrong(tmp_path: Path, store_on_disk: Path) -> None:
    none = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "none")])
    assert (none.exit_code, "there is no store here" in none.stderr) == (4, True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["serve", "--store", str(store_on_disk), "--port", port])
    assert (done.exit_code, "cannot be had" in done.stderr) == (4, True)


# --- in the browser ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_from_a_name_to_its_sentence(served: Served, browser: Any) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.goto(served.url)
    page.fill("input[name=name]", "SecretaryGeneral")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actor/SecretaryGeneral")
    page.locator("a", has_text="S/2020/600, para. 62").first.click()
    assert page.url.endswith("/document/S/2020/600#para_62")
    section = page.locator("section#para_62")
    assert section.locator("mark").first.inner_text().lower() == "requests"
    section.locator("a.verb").first.click()
    page.wait_for_selector(".margin article.statement")
    assert "every three months" in page.inner_text(".margin")
    assert page.url.endswith(section.locator("a.verb").first.get_attribute("id"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{served.url}/explorer")
    page.wait_for_selector("body[data-ready]")
    page.fill("#search", "minusma")
    page.locator("#suggestions li").first.click()
    assert "Stabilization Mission in Mali" in page.inner_text("#panel h2")
    page.fill("input[name=to]", "2021-06-30")
    page.dispatch_event("input[name=to]", "change")
    page.wait_for_selector("#panel blockquote")
    sentence = page.inner_text("#panel blockquote >> nth=0")
    page.locator("#panel .sentences a.page").first.click()
    paragraph = page.locator("section", has=page.locator(":target"))
    assert " ".join(sentence.split()) in " ".join(paragraph.locator("p").first.inner_text().split())
    assert paragraph.locator("mark").count() > 0
    page.goto(f"{served.url}/questions/due")
    page.fill("input[name=from]", "2021-03-01")
    page.fill("input[name=to]", "2021-03-31")
    page.click("form.filters button >> nth=0")
    page.get_by_role("link", name="S/2020/600, para. 64").first.click()
    page.wait_for_selector("section:target mark")
    page.goto(f"{served.url}/query")
    page.wait_for_selector("body[data-ready]")
    page.click("form.sparql button >> nth=0")
    page.wait_for_selector("#answer table")
    assert page.locator("#answer tbody tr").count() == 20
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * WHERE { ?s mg:addr")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert "mg:addressee" in page.inner_text(".cm-tooltip-autocomplete")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer .wrong")
    assert "Not SPARQL: line 1" in page.inner_text("#answer")
    page.reload()
    page.goto(f"{served.url}/query")
    page.wait_for_selector("body[data-ready]")
    with page.expect_download() as saved:
        page.click("form.sparql button >> nth=1")
    assert Path(saved.value.path()).read_text(encoding="utf-8").startswith("actor,obligations")
    said = [each for each in said if "400 (Bad Request)" not in each]
    assert said == []
    page.close()


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_is_what_the_command_writes(served: Served, store_on_disk: Path, tmp_path: Path, name: str) -> None:
    """A file of a page has its type and name, and the bytes that the command writes."""
    page, suffix = name.split(".")
    asked = {
        "compare": ["S/2020/600", "2640"],
        "lineage": ["MINUSMA"],
        "report": ["MINUSMA"],
        "precedents": ["A/HRC/RES/46/28"],
    }.get(page, [])
    answer = served.get(f"/{name}", params=dict(zip((field.name for field in FIELDS[page]), asked, strict=False)))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-type"].partition(";")[0] == FILES[name].media_type.partition(";")[0]
    format_ = {"md": "markdown", "ttl": "turtle"}.get(suffix, suffix)
    given = [page, *asked, "--format", format_, "-o", str(tmp_path / name), "--store", str(store_on_disk)]
    assert CliRunner().invoke(main, given).exit_code == 0
    assert answer.content == (tmp_path / name).read_bytes()


def test_hostile_text_is_text_on_every_page(tmp_path: Path) -> None:
    (tmp_path / "S_RES_9990_2031.txt").write_text(HOSTILE, encoding="utf-8")
    with GraphStore.open(tmp_path / "s") as store:
        build([tmp_path / "S_RES_9990_2031.txt"], store)
    started = Served(tmp_path / "s")
    try:
        for path in (
            "/",
            "/document/S/RES/9990(2031)",
            "/obligations",
            "/questions/sentence?document=S/RES/9990 (2031)",
            "/compare?earlier=9990&later=9990",
            "/lineage?name=SecretaryGeneral",
            "/report?name=9990",
        ):
            text = started.get(path).text
            assert set(re.findall(r"<script[^>]*>", text)) <= SCRIPTS, path
            assert "<img" not in text, path
    finally:
        started.close()


# The contrast of each visible text with the colour behind it (WCAG 2.1, success criterion 1.4.3), the lowest first.
CONTRAST = """() => {
  const channels = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    return colour.startsWith("color(srgb") ? found.map((c, n) => n < 3 ? c * 255 : c) : found;
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = channels(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c.slice(0, 3);
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script, style, .hidden, .skip")) continue;
    const style = getComputedStyle(element);
    const text = element.closest("svg") ? style.fill : style.color;
    const [a, b] = [light(channels(text).slice(0, 3)), light(behind(element))].sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), walker.currentNode.data.trim().slice(0, 40)]);
  }
  return found.sort((x, y) => x[0] - y[0]);
}"""


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read(served: Served, browser: Any, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    for path in ("/", "/obligations", "/timeline", "/questions/due", "/query", "/document/S/2020/600", "/actor/CMA", "/quota", "/draft",
                 "/compare?earlier=S/2020/600&later=2640", "/lineage?name=MINUSMA", "/report?name=MINUSMA",
                 "/instrument/S/RES/2374(2017)", "/explorer#node=actor%2FCMA"):  # fmt: skip
        page.goto(served.url + path)
        if "explorer" in path:
            page.wait_for_selector("body[data-ready]")
        found = page.evaluate(CONTRAST)
        assert len(found) > 10
        assert found[0][0] >= 4.5, (path, found[:5])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        unnamed = page.evaluate(
            "[...document.querySelectorAll('input, select, textarea, button, a[href]')].filter((e) => e.checkVisibility() && "
            "!(e.labels?.length || e.textContent.trim() || e.ariaLabel || e.title)).map((e) => e.outerHTML)"
        )
        assert unnamed == [], path
    assert said == []
    context.close()


@pytest.mark.slow
def test_the_service_is_described_as_it_is(served: Served) -> None:
    described = served.get("/openapi.json").json()["paths"]
    for path, operation in described.items():
        wrong = {p["name"]: "never" for p in operation["get"]["parameters"] if p["schema"].get("format") == "date"}
        if wrong or not operation["get"]["parameters"]:
            assert served.get(path, params=wrong).status_code == (400 if wrong else 200), (path, wrong)
    assert {"/obligations", "/questions/due", "/sparql", "/compare.html"} <= set(described)

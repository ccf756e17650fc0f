"""The explorer as people use it: names, the first page, the search with its facets, tables, the pages of things."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pyoxigraph import NamedNode

from mandategraph.answering.listing import obligations
from mandategraph.errors import NotFoundError
from mandategraph.keeping.naming import find, nearest
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.labels import is_bare, labels_of, paragraph_in_words
from mandategraph.serving.menu import MENU
from mandategraph.serving.parameters import FIELDS, values
from mandategraph.serving.searching import found_rows, search_page
from mandategraph.serving.start import start_page
from mandategraph.serving.things import thing_page
from mandategraph.vocabulary import BASE, MG, shorten
from served import Served

TODAY = date(2031, 4, 1)
NEIGHBOURS = {
    "SecretaryGeneral": [("United Nations Security Council", 3)],
    "SecurityCouncil": [("Secretary-General of the United Nations", 3)],
    "GovernmentOfSouthSudan": None,
}
PAGES = (
    "/", "/search", "/search?q=wells", "/search?theme=elections", "/documents", "/actors", "/obligations", "/obligations?group=addressee&sort=-strength",
    "/obligations?columns=addressee&columns=strength", "/burden", "/endings", "/mandates", "/mandates?holder=UNMISS", "/overlaps", "/lineage?name=UNMISS", "/questions",
    "/questions/reports", "/questions/due", "/actor/UNMISS", "/actor/SecretaryGeneral", "/actor/SecurityCouncil", "/instrument/S/RES/9970(2029)",
    "/mandate/mandate/UNMISS", "/theme/elections", "/verb/request", "/actor/UNMIS", "/compare?earlier=9970&later=9990", "/quota",
)  # fmt: skip


@pytest.fixture(scope="module")
def served(mandates_path: Path) -> Iterator[Served]:
    started = Served(mandates_path, seconds=20)
    yield started
    started.close()


class _Words(HTMLParser):
    """The words that a reader sees on a page, but for what fields suggest and queries."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._hidden, self._found = 0, list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in {"script", "style", "pre", "textarea", "datalist"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "pre", "textarea", "datalist"}

    def handle_data(self, data: str) -> None:
        self._found += [] if self._hidden else [data]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._found).split())


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name", "title"),
    [
        ("actor/GovernmentOfSouthSudan", "Government of South Sudan", "Government of South Sudan"),
        ("actor/UNMISS", "UNMISS", "United Nations Mission in South Sudan"),
        ("actor/NobodyOfTheWells", "Nobody of the Wells", "Nobody of the Wells"),
        ("actor-type/un_mission", "United Nations mission", "United Nations mission"),
        ("instrument/S/RES/9971(2029)", "S/RES/9971 (2029)", "S/RES/9971 (2029)"),
        ("document/S/RES/9970(2029)", "S/RES/9970 (2029)", "Mandate of UNMISS"),
        ("document/S/RES/9970(2029)#para_1", "S/RES/9970 (2029), para. 1", "S/RES/9970 (2029), para. 1"),
        ("mandate/mandate/UNMISS", "mandate of UNMISS", "mandate of UNMISS"),
        ("ontology#reportsTo", "reports to", "reports to"),
    ],
)
def test_everything_has_a_name_for_people(mandates_store: GraphStore, path: str, name: str, title: str) -> None:
    labels = labels_of(mandates_store)
    assert labels.of(BASE + path) == name
    assert labels.title(BASE + path) == title


def test_a_statement_is_called_by_its_words(mandates_store: GraphStore) -> None:
    quads = mandates_store.store.quads_for_pattern(None, NamedNode(MG + "strength"), None, None)
    names = [labels_of(mandates_store).of(quad.subject.value) for quad in quads]
    assert len(names) > 10
    assert all(name and len(name) <= 92 and "statement-" not in name for name in names)


@pytest.mark.parametrize(
    ("title", "is_so"),
    [
        ("", True),
        ("RESOLUTION 1250 (1999)", True),
        ("73 (1949). Resolution of 11 August 1949", True),
        ("Statement by the President of the Security Council", True),
        ("* Reissued for technical reasons", True),
        ("Human rights of older persons", False),
        ("Assistance in mine action", False),
        ("Report on the wells", False),
    ],
)
def test_a_title_that_only_counts_is_none(title: str, is_so: bool) -> None:
    assert is_bare(title) is is_so


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("3", "para. 3"),
        ("2(b)", "para. 2 (b)"),
        ("pp12", "preamble, para. 12"),
        ("annex-ii/28(a)(iii)", "annex ii, para. 28 (a) (iii)"),
        ("4(a)/1", "para. 4 (a), indent 1"),
    ],
)
def test_a_paragraph_is_cited_in_words(label: str, said: str) -> None:
    assert paragraph_in_words(label) == said


def test_what_comes_nearest_is_named(mandates_store: GraphStore) -> None:
    assert nearest(mandates_store, "sudan south")[0] == f"{BASE}actor/SouthSudan"
    assert f"{BASE}theme/protection_of_civilians" in nearest(mandates_store, "civilians")
    assert nearest(mandates_store, "xylophone quartets") == []
    with pytest.raises(NotFoundError) as error:
        find(mandates_store, "UNMISSS")
    assert error.value.near[0] == f"{BASE}actor/UNMISS"


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_an_id(served: Served, mandates_store: GraphStore, path: str) -> None:
    quads = mandates_store.store.quads_for_pattern(None, NamedNode(MG + "actorType"), None, None)
    ids = {id_ for quad in quads if re.search("[a-z][A-Z]", id_ := shorten(quad.subject.value))}
    assert "SecretaryGeneral" in ids
    words = _Words(served.get(path).text).text
    also = words.partition("also called")[2][:200] if "/actor/" in path else ""
    found = {word for word in re.findall(r"\w+", words) if word in ids and word not in also}
    assert found == set()
    assert re.findall(r"https?://\S+|\b[a-z]+_[a-z_]+\b|#\w+-\d+|\bP\d+[YMWD]\b", words) == []


# --- the first page ---------------------------------------------------------------------------------------------------


def test_the_first_page_says_what_is_here_in_force_and_due(mandates_store: GraphStore) -> None:
    shown = start_page(mandates_store, TODAY)
    assert shown["documents"] == 5
    assert shown["years"] == ("2029", "2031")
    assert {name: n for name, n, _ in shown["bodies"]}["Security Council"] == 4
    assert (shown["day"], shown["is_today"]) == ("2031-04-01", True)
    assert [(each.name.text, each.until) for each in shown["held"]] == [("UNMISS", "2032-03-31")]
    shown = start_page(mandates_store, date(2030, 8, 1))
    assert all(shown["day"] <= each.day <= shown["last"] for each in shown["due"])
    assert [each.day for each in shown["due"]] == sorted(each.day for each in shown["due"])
    assert {each.who[0].text for each in shown["due"]} == {"Secretary-General of the United Nations"}
    assert shown["newest"][0].note.startswith("S/RES/9990 (2031)")


def test_an_older_store_is_looked_at_from_its_newest_document(mandates_store: GraphStore) -> None:
    shown = start_page(mandates_store, date(2040, 1, 1))
    assert (shown["day"], shown["is_today"]) == ("2031-03-31", False)
    assert shown["held_count"] == 1


# --- the search -------------------------------------------------------------------------------------------------------


def _search(store: GraphStore, address: str = "") -> dict[str, Any]:
    return search_page(store, values(FIELDS["search"], parse_qsl(urlsplit(address).query)), TODAY)


@pytest.mark.parametrize(
    "address", ["", "/search?q=wells", "/search?bearer=UNMISS", "/search?q=wells&year=2030&act=directive"]
)
def test_each_count_is_how_many_the_link_leads_to(mandates_store: GraphStore, address: str) -> None:
    shown = _search(mandates_store, address)
    assert shown["total"] > 1
    counted = [
        value for facet in shown["facets"] if not facet.chosen for value in facet.values if value.count is not None
    ]
    assert len(counted) > 5
    for value in counted:
        assert _search(mandates_store, value.link)["total"] == value.count, value
    for facet in shown["facets"]:
        if facet.chosen:
            assert _search(mandates_store, facet.chosen.link)["total"] >= shown["total"]


def test_the_words_are_marked_and_names_come_first(mandates_store: GraphStore) -> None:
    shown = _search(mandates_store, "/search?q=wells+villages")
    assert all(
        {text.casefold() for text, is_marked in each.text if is_marked} == {"wells", "villages"}
        for each in shown["results"]
    )
    assert _search(mandates_store, "/search?q=unmiss")["names"][0].link == "/actor/UNMISS"
    assert _search(mandates_store, "/search?q=wells+bridges")["total"] == 0


def test_what_is_in_force_and_due_narrows(mandates_store: GraphStore) -> None:
    whole, held = (_search(mandates_store, f"/search?q=wells{more}")["total"] for more in ("", "&in_force=2031-04-01"))
    assert 0 < held < whole
    cycles = _search(mandates_store, "/search?due=cycle")
    assert cycles["total"] == 3
    assert all("recurs" in " ".join(each.said) or "due" in " ".join(each.said) for each in cycles["results"])


def test_a_search_as_a_file_has_every_paragraph(mandates_store: GraphStore) -> None:
    given = values(FIELDS["search"], [("q", "wells"), ("year", "2030")])
    rows = found_rows(mandates_store, given, TODAY)
    assert len(rows.rows) == _search(mandates_store, "/search?q=wells&year=2030")["total"]
    assert {row["date"][:4] for row in rows.records()} == {"2030"}
    assert any(row["addressee"] == "SecretaryGeneral" and row["strength"] == "3" for row in rows.records())


@pytest.mark.slow
def test_a_search_is_downloaded(served: Served) -> None:
    lines = list(csv.DictReader(io.StringIO(served.get("/search.csv?q=pumps").text)))
    assert lines
    assert all("pump" in line["quotation"] for line in lines)
    book = served.get("/search.xlsx?q=pumps")
    assert book.content.startswith(b"PK")
    assert served.get("/search?strength=9").status_code == 400
    assert served.get("/search?theme=electionz").status_code == 404


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_tables_sort_group_and_keep_what_was_chosen(served: Served) -> None:
    page = served.get("/obligations?actor=UNMISS&sort=document").text
    heads = re.findall(r'<th scope="col"[^>]*><a href="([^"]+)">(\w[\w ]*)</a>', page)
    assert len(heads) > 4
    assert all("actor=UNMISS" in link for link, _ in heads)
    assert "sort=-document" in next(link for link, word in heads if word == "where")
    up, down = (_texts(served.get(f"/obligations?sort={sort}").text, "verb") for sort in ("verb", "-verb"))
    assert up == sorted(up)
    assert down == sorted(up, reverse=True)
    narrow = served.get("/obligations?columns=verb&columns=strength").text
    assert set(re.findall(r'data-name="([\w ]+)"', narrow)) == {"verb", "strength"}
    assert served.get("/obligations?columns=nothing").status_code == 400
    assert served.get("/documents?sort=-date").text.index("9990") < served.get("/documents?sort=-date").text.index(
        "9970"
    )


def _texts(page: str, column: str) -> list[str]:
    return re.findall(rf'<td data-name="{column}"[^>]*>([^<]+)</td>', page)


def test_an_actor_stands_among_its_neighbours(mandates_store: GraphStore) -> None:
    shown = {id_: thing_page(mandates_store, find(mandates_store, id_), TODAY)["near"] for id_ in NEIGHBOURS}
    found = {id_: [(tie.name, tie.count) for tie in near.ties] if near else None for id_, near in shown.items()}
    assert found == NEIGHBOURS
    asked = dict(parse_qsl(urlsplit(shown["SecretaryGeneral"].ties[0].duties).query))
    assert len(obligations(mandates_store, asked).rows) == 3
    assert len(obligations(mandates_store, asked | {"toward": "UNMISS"}).rows) == 0


# --- in the browser ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (900, "dark"), (390, "light")])
def test_nothing_overflows_and_nothing_is_cut(served: Served, browser: Any, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" and "404" not in m.text else None)
    for path in PAGES:
        page.goto(served.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        box = page.locator(".band input").bounding_box()
        assert box["width"] >= 150, path
        cut = page.evaluate(
            "[...document.querySelectorAll('button, .groups a, .entries a, td, .chip')].filter((e) => e.checkVisibility() && "
            "(e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0)).map((e) => e.outerHTML)"
        )
        assert cut == [], path
    assert said == []
    context.close()


@pytest.mark.slow
def test_the_menu_says_where_one_is(served: Served, browser: Any) -> None:
    page = browser.new_page()
    for entry in (entry for group in MENU for entry in group.entries if entry.route != "explorer"):
        page.goto(served.url + entry.path)
        current = page.locator("header [aria-current=page]").all_inner_texts()
        assert current == [entry.name], entry
    page.close()


@pytest.mark.slow
def test_a_search_narrows_by_links_and_by_the_keyboard(served: Served, browser: Any) -> None:
    page = browser.new_page()
    page.goto(served.url)
    page.fill("#q", "wells")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=wells")
    count = page.locator(".facet.who li", has_text="Secretary-General").locator(".faint").inner_text()
    page.locator(".facet.who a", has_text="Secretary-General").click()
    assert page.inner_text(".tools b") == count
    assert "q=wells" in page.url
    page.locator(".results a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/document/**")
    page.close()


@pytest.mark.slow
def test_results_follow_what_is_typed_and_the_form_does_without_script(served: Served, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{served.url}/search?q=wells")
    assert int(page.inner_text(".tools b")) > 1
    page.locator("#q").press("End")
    page.locator("#q").press_sequentially(" ballots")
    page.wait_for_url("**/search?q=wells+ballots")
    assert page.inner_text(".tools b") == "1"
    assert page.url.endswith("/search?q=wells+ballots")
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/search")
    page.fill("#q", "wells ballots")
    page.click("#search button")
    assert page.inner_text(".tools b") == "1"
    context.close()

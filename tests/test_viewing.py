"""The page with the network: what is in it, and what it does in a real browser with the network cut."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from make import HOSTILE
from mandategraph.answering.network import Edge, Node, make_network
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import QueryError, ResourceError
from mandategraph.keeping.store import GraphStore
from mandategraph.viewing import picture, placing, view
from mandategraph.viewing.placing import place

ROOT = Path(__file__).parents[1]


def _data(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="picture">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_picture_is_the_network_with_places(sample_store: GraphStore) -> None:
    drawn = picture(sample_store)
    assert len(drawn["nodes"]) > 200
    for node in drawn["nodes"]:
        assert math.hypot(node["x"], node["y"]) < 4
        assert node["label"]
    for edge in drawn["edges"]:
        assert 0 <= edge["source"] < len(drawn["nodes"])
        assert 0 <= edge["target"] < len(drawn["nodes"])
    duty = next(n for n in drawn["nodes"] if n["kind"] == "obligation" and n["themes"])
    assert duty["quotation"]
    assert duty["bindingness"]
    assert all(theme in drawn["labels"] for theme in duty["themes"])
    assert len({(n["x"], n["y"]) for n in drawn["nodes"]}) > 0.95 * len(drawn["nodes"]), (
        "nodes do not lie on each other"
    )


def test_what_is_drawn_can_be_chosen(sample_store: GraphStore) -> None:
    whole = picture(sample_store)
    one = picture(sample_store, documents=["A/HRC/RES/46/28"])
    assert {e["document"] for e in one["edges"]} == {"A/HRC/RES/46/28"}
    near = picture(sample_store, actors=["CMA"])
    assert "actor/CMA" in {n["id"] for n in near["nodes"]}
    assert len(near["nodes"]) < len(whole["nodes"])
    ends = {frozenset((e["source"], e["target"])) for e in near["edges"]}
    cma = next(n for n, node in enumerate(near["nodes"]) if node["id"] == "actor/CMA")
    for n, node in enumerate(near["nodes"]):
        assert node["kind"] != "obligation" or frozenset((n, cma)) in ends
    assert "instrument/S/RES/2374(2017)" in {n["id"] for n in picture(sample_store, actors=["2374 (2017)"])["nodes"]}
    themed = picture(sample_store, themes=["elections"])
    assert all("elections" in n["themes"] for n in themed["nodes"] if n["kind"] == "obligation")
    owed = picture(sample_store, projection="actor-actor")
    assert {e["type"] for e in owed["edges"]} == {"owes"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"documents": ["S/2020/6000"]}, "no document"),
        ({"actors": ["Nobody"]}, "no instrument or actor 'Nobody'"),
        ({"actors": ["elections"]}, "no instrument or actor"),
        ({"themes": ["nothing"]}, "there is no theme"),
    ],
)
def test_what_cannot_be_drawn_is_said(given: dict[str, list[str]], says: str, sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match=says):
        picture(sample_store, **given)  # type: ignore[arg-type]


def test_a_large_network_is_laid_out_by_its_actors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "WHOLE", 10)
    actors = [Node(f"a{n}", f"A{n}", "actor") for n in range(12)]
    duties = [Node(f"o{n}", "report", "obligation") for n in range(60)]
    edges = [Edge(f"a{n % 12}", f"o{n}", "issues") for n in range(60)]
    edges += [Edge(f"o{n}", f"a{(n * 7 + 1) % 12}", "addressed_to") for n in range(60)]
    network = make_network([*actors, *duties], edges)
    places = place(network)
    assert set(places) == set(network)
    assert len(set(places.values())) == len(places)
    assert places == place(network)


def test_one_node_and_none() -> None:
    assert place(make_network([Node("a", "A", "actor")], [])) == {"a": (0.0, 0.0)}
    assert place(make_network([], [])) == {}


@pytest.mark.usefixtures("bundled")
def test_the_page_holds_all_it_needs_and_trusts_nothing_else(sample_store: GraphStore) -> None:
    page = view(sample_store)
    assert page == view(sample_store), "same store, same bytes"
    assert len(page.encode()) < 3_000_000
    script = page[page.rindex("<script>") + len("<script>") : page.rindex("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert f"script-src 'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert not re.search(r'(?:src|href)="?https?:', page)


def test_without_the_bundle_it_says_what_is_missing(sample_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(kind: str) -> None:
        raise ResourceError("this shipped folder is missing", where=kind)

    monkeypatch.setattr("mandategraph.viewing.folder", missing)
    with pytest.raises(ResourceError, match=r"not bundled\. Install Node"):
        view(sample_store)


def test_the_program_of_the_page_is_typed() -> None:
    compiler = ROOT / "graph" / "explorer" / "node_modules" / ".bin" / "tsc"
    if not compiler.exists():
        pytest.skip("the page's compiler is not installed: npm ci in graph/explorer")
    done = subprocess.run(
        [str(compiler), "--noEmit"], cwd=compiler.parents[2], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


# --- in the browser ---------------------------------------------------------------------------------------------------


class Page:
    """A page opened from disk with the network cut; it keeps what the console said."""

    def __init__(self, browser: Any, file: Path, fragment: str = "", **options: Any) -> None:
        self.context = browser.new_context(offline=True, **options)
        self.said: list[str] = []
        self.page = self.context.new_page()
        self.page.on("console", lambda m: self.said.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(f"{file.as_uri()}{fragment}")
        self.page.wait_for_selector("body[data-ready]")

    def close(self) -> None:
        """Close it; the console must have been silent but for the driver's notes on speed."""
        self.context.close()
        assert [said for said in self.said if "GL Driver Message" not in said and "GPU stall" not in said] == []


@pytest.fixture(scope="module")
def file(store_on_disk: Path, tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Path:
    output = tmp_path_factory.mktemp("view") / "network.html"
    done = CliRunner().invoke(main, ["view", "--store", str(store_on_disk), "-o", str(output)])
    assert done.exit_code == 0, done.output
    return output


@pytest.mark.slow
def test_search_filter_and_find_the_sentence(browser: Any, file: Path) -> None:
    opened = Page(browser, file, viewport={"width": 1440, "height": 900})
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("minusma")
    first = page.locator("#suggestions li").first
    assert "United Nations Multidimensional Integrated Stabilization Mission in Mali" in first.inner_text()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert "un mission" in panel.inner_text().lower() or "United Nations mission" in panel.inner_text()
    assert "node=actor%2FMINUSMA" in page.url
    before = page.locator("#counts").inner_text()
    page.fill("input[name=to]", "2021-03-31")
    page.dispatch_event("input[name=to]", "change")
    after = page.locator("#counts").inner_text()
    assert int(after.split()[0]) < int(before.split()[0])
    page.goto(f"{file.as_uri()}#node=actor%2FSecretaryGeneral&to=2021-03-31")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.locator("#panel .where", has_text="S/2020/600, 64").first.click()
    assert "edge=" in page.url
    assert "roadmap" in page.locator("#panel blockquote").inner_text()
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    page.click("#reset")
    assert page.locator("#counts").inner_text() == before
    opened.close()


@pytest.mark.slow
def test_the_picture_is_saved(browser: Any, file: Path) -> None:
    opened = Page(browser, file, "#node=actor%2FCMA&hops=1", viewport={"width": 1200, "height": 800})
    with opened.page.expect_download() as png:
        opened.page.click("#png")
    assert Path(png.value.path()).read_bytes().startswith(b"\x89PNG")
    with opened.page.expect_download() as svg:
        opened.page.click("#svg")
    written = Path(svg.value.path()).read_text(encoding="utf-8")
    assert written.startswith("<svg")
    assert ">CMA</text>" in written
    assert written.count("<line ") == int(opened.page.locator("#counts").inner_text().split(", ")[1].split()[0])
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_shows_all(browser: Any, file: Path, scheme: str) -> None:
    opened = Page(browser, file, "#node=actor%2FCMA", viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#menu")
    assert page.locator("#filters").is_visible()
    page.locator("summary", has_text="Status").click()
    page.locator("label", has_text="draft").locator("input").check()
    assert "statuses=draft" in page.url
    page.click("#menu")
    assert page.locator("#panel h2").inner_text().startswith("Coordination")
    opened.close()


@pytest.mark.slow
def test_hostile_text_stays_text(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "S_RES_9990_2031.txt").write_text(HOSTILE, encoding="utf-8")
    with GraphStore.in_memory() as store:
        build([tmp_path / "S_RES_9990_2031.txt"], store)
        (tmp_path / "page.html").write_text(view(store), encoding="utf-8")
    opened = Page(browser, tmp_path / "page.html")
    assert opened.page.title() == "MandateGraph"
    assert opened.page.locator("img").count() == 0
    written = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert any("</script>" in n["quotation"] for n in _data(written)["nodes"]), "the words are there, as words"
    opened.close()

"""The page with the network: what is in it, and what it does in a real browser with the network cut."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from make import HOSTILE
from mandategraph.answering.network import PROJECTIONS, Edge, Network, Node, make_network
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import QueryError, ResourceError
from mandategraph.keeping.store import GraphStore
from mandategraph.viewing import details, picture, view
from mandategraph.viewing.placing import MOST_TIES, backbone, place

ROOT = Path(__file__).parents[1]


def _data(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="picture">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_picture_has_things_with_places_and_obligations_in_columns(sample_store: GraphStore) -> None:
    drawn = picture(sample_store)
    things, duties, lists = drawn["things"], drawn["duties"], drawn["lists"]
    assert len(things) > 50
    assert all(math.hypot(thing["x"], thing["y"]) < 4 and thing["label"] for thing in things)
    assert {len(column) for column in duties.values()} == {len(drawn["details"])}
    for name in ("bearers", "counterparts", "cites"):
        assert all(0 <= end < len(things) for ends in duties[name] for end in ends)
    themed = next(n for n, themes in enumerate(duties["themes"]) if themes)
    assert drawn["details"][themed]["words"]
    assert all(lists["theme"][theme] in drawn["labels"] for theme in duties["themes"][themed])
    assert len({(thing["x"], thing["y"]) for thing in things}) > 0.95 * len(things), "things do not lie on each other"


def test_who_only_asks_is_set_aside_and_who_is_only_described_is_left_out(sample_store: GraphStore) -> None:
    drawn = picture(sample_store)
    aside = {thing["id"] for thing in drawn["things"] if thing.get("aside")}
    assert "actor/SecurityCouncil" in aside
    assert not aside & {"actor/MINUSMA", "actor/SecretaryGeneral"}
    assert all("#" not in thing["id"] for thing in drawn["things"])


def test_each_community_is_named_by_its_member_of_most_obligations(sample_store: GraphStore) -> None:
    drawn = picture(sample_store)
    of = {thing["id"]: thing.get("community") for thing in drawn["things"]}
    names = [drawn["things"][n]["id"] for n in drawn["communities"]]
    assert [of[name] for name in names] == list(range(len(names)))
    assert "actor/MINUSMA" in names
    sizes = [sum(community == n for community in of.values()) for n in range(len(names))]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_drawn_can_be_chosen(sample_store: GraphStore) -> None:
    whole = picture(sample_store)
    one = picture(sample_store, documents=["A/HRC/RES/46/28"])
    assert one["lists"]["document"] == ["A/HRC/RES/46/28"]
    near = picture(sample_store, actors=["CMA"])
    assert len(near["things"]) < len(whole["things"])
    cma = next(n for n, thing in enumerate(near["things"]) if thing["id"] == "actor/CMA")
    duties = near["duties"]
    ends = zip(duties["bearers"], duties["counterparts"], duties["cites"], duties["issuer"], strict=True)
    assert all(cma in (*a, *b, *c, d) for a, b, c, d in ends)
    assert "instrument/S/RES/2374(2017)" in {
        thing["id"] for thing in picture(sample_store, actors=["2374 (2017)"])["things"]
    }
    themed = picture(sample_store, themes=["elections"])
    elections = themed["lists"]["theme"].index("elections")
    assert all(elections in themes for themes in themed["duties"]["themes"])
    assert [picture(sample_store, projection=name)["begins"] for name in PROJECTIONS] == ["all", "only", ""]


def test_a_page_that_is_served_asks_for_words(sample_store: GraphStore) -> None:
    drawn = picture(sample_store, is_served=True)
    assert "details" not in drawn
    duties, (first, *_) = drawn["duties"], drawn["lists"]["document"]
    name = f"{first}#statement-{duties['id'][duties['document'].index(0)]}"
    (found,) = details(sample_store, [name, f"{first}#statement-0", "nothing", "a b#c d"])
    assert found["id"] == name
    assert found["words"]
    assert found["place"].startswith(f"/document/{first}#statement-")


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


def test_a_large_network_is_laid_out_by_its_strongest_ties() -> None:
    pairs = [(f"a{n % 40}", f"a{(n * 7 + 1) % 40}") for n in range(400)]
    ties = {pair: pairs.count(pair) + (n < MOST_TIES // 3) * 5 for n, pair in enumerate(dict.fromkeys(pairs))}
    ties |= {(f"x{n}", f"y{n}"): 1 for n in range(MOST_TIES)}
    shape = backbone(ties, frozenset())
    assert shape.least > 1
    assert 0 < sum(count >= shape.least for count in ties.values()) <= MOST_TIES
    network = _owing(ties)
    places = place(network, shape)
    assert set(places) == {end for pair in ties for end in pair}
    carried = [places[node] for node in shape.graph]
    assert min(math.dist(a, b) for a, b in combinations(carried, 2)) > 0.05, "names have room"
    assert places == place(network, backbone(ties, frozenset()))


def test_one_tie_and_none() -> None:
    places = place(_owing({("a", "b"): 1}), backbone({("a", "b"): 1}, frozenset()))
    assert set(places) == {"a", "b"}
    assert place(make_network([], []), backbone({}, frozenset())) == {}
    assert backbone({("a", "s"): 1}, frozenset("s")).aside == frozenset(), "who is aside is drawn where nobody else is"


def _owing(ties: dict[tuple[str, str], int]) -> Network:
    """Return a network in which one owes another so many obligations."""
    edges = []
    for (bearer, counterpart), count in ties.items():
        for n in range(count):
            duty = f"{bearer}-{counterpart}-{n}"
            edges += [Edge(duty, bearer, "addressed_to"), Edge(duty, counterpart, "counterpart")]
    names = sorted({end for pair in ties for end in pair})
    duties = sorted({edge.source for edge in edges})
    return make_network([Node(n, n, "actor") for n in names] + [Node(d, d, "obligation") for d in duties], edges)


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
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Who owes whom"
    page.keyboard.press("/")
    page.keyboard.type("minusma")
    first = page.locator("#suggestions li").first
    assert "United Nations Multidimensional Integrated Stabilization Mission in Mali" in first.inner_text()
    page.keyboard.press("Enter")
    assert "United Nations mission" in panel.inner_text()
    assert "node=actor%2FMINUSMA" in page.url
    panel.locator(".counted .link", has_text="Government of Mali").first.click()
    assert "tie=actor%2FMINUSMA+actor%2FGovernmentOfMali" in page.url
    count = int(panel.locator("h2").inner_text().split()[0])
    assert panel.locator("blockquote").count() == count
    page.go_back()
    assert panel.locator("h2").inner_text().startswith("United Nations Multidimensional")
    page.go_back()
    assert panel.locator("h2").inner_text() == "Who owes whom"
    before = page.locator("#counts").inner_text()
    page.fill("input[name=to]", "2021-03-31")
    page.dispatch_event("input[name=to]", "change")
    after = page.locator("#counts").inner_text()
    assert int(after.split()[0]) < int(before.split()[0])
    page.goto(f"{file.as_uri()}#node=actor%2FSecretaryGeneral&to=2021-03-31")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    sentences = panel.locator(".sentences li", has_text="S/2020/600, paragraph 64")
    assert "roadmap" in sentences.first.locator("blockquote").inner_text()
    page.keyboard.press("Escape")
    assert panel.locator("h2").inner_text() == "Who owes whom"
    page.click("#reset")
    assert page.locator("#counts").inner_text() == before
    opened.close()


@pytest.mark.slow
def test_a_switch_brings_back_who_asks_and_obligations_are_nodes_where_one_asks(browser: Any, file: Path) -> None:
    opened = Page(browser, file, viewport={"width": 1440, "height": 900})
    page = opened.page

    def drawn() -> int:
        return int(page.locator("#counts").inner_text().split()[0])

    def rings() -> int:
        with page.expect_download() as svg:
            page.click("#svg")
        return Path(svg.value.path()).read_text(encoding="utf-8").count('stroke-width="1.')

    less = drawn()
    page.check("input[name=bodies]")
    assert drawn() > less
    assert "bodies=1" in page.url
    page.go_back()
    assert drawn() == less
    page.goto(f"{file.as_uri()}#node=actor%2FMINUSMA&hops=1")
    page.locator("#panel h2", has_text="United Nations Multidimensional").wait_for()
    before = rings()
    page.click("text=its obligations as nodes")
    assert "duties=its" in page.url
    assert rings() > before
    opened.close()


# Names on the picture as SVG, each with the box that it takes; those that lie on each other.
OVERLAPS = """(written) => {
  document.body.insertAdjacentHTML("beforeend", `<div id="copy">${written}</div>`);
  const { style } = document.getElementById("copy");
  [style.position, style.inset] = ["fixed", "0"];
  const boxes = [...document.querySelectorAll("#copy text")].map((e) => [e.textContent, e.getBBox()]);
  const over = ([, a], [, b]) => a.x < b.x + b.width && b.x < a.x + a.width && a.y + 3 < b.y + b.height - 3 && b.y + 3 < a.y + a.height - 3;
  return [boxes.length, boxes.flatMap((a, n) => boxes.slice(n + 1).filter((b) => over(a, b)).map((b) => [a[0], b[0]]))];
}"""


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 900, 390])
def test_at_the_start_no_name_lies_on_another(browser: Any, file: Path, width: int) -> None:
    opened = Page(browser, file, viewport={"width": width, "height": 900})
    with opened.page.expect_download() as svg:
        opened.page.click("#svg")
    written = Path(svg.value.path()).read_text(encoding="utf-8")
    names, overlapping = opened.page.evaluate(OVERLAPS, written)
    assert names >= 10
    assert overlapping == []
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
    ties = int(opened.page.locator("#counts").inner_text().split(", ")[1].split()[0])
    assert written.count("<line ") == 2 * ties, "all lines, and those that are lit once more over the veil"
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_a_narrow_screen_shows_all(browser: Any, file: Path, scheme: str, width: int) -> None:
    opened = Page(
        browser, file, "#node=actor%2FCMA", viewport={"width": width, "height": 844}, color_scheme=scheme
    )  # fmt: skip
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#search").bounding_box()["width"] >= 180
    cut = page.evaluate(
        "[...document.querySelectorAll('.network button, .network input')].filter((e) => e.checkVisibility() && "
        "(e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0)).map((e) => e.outerHTML)"
    )
    assert cut == []
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
    assert any("</script>" in detail["words"] for detail in _data(written)["details"]), "the words are there, as words"
    opened.close()

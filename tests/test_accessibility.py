"""axe-core finds nothing to mend on any page, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from served import Served
from test_explorer import PAGES

AXE = Path(__file__).parents[1] / "graph/explorer/node_modules/axe-core/axe.min.js"
MORE = (
    "/document/S/RES/9970(2029)", "/statement?of=S/RES/9970(2029)%23statement-1", "/timeline", "/timeline?actor=Secretary-General", "/lineage",
    "/precedents", "/precedents?what=9990", "/precedents?theme=elections", "/report", "/report?name=UNMISS", "/compare", "/explorer", "/query", "/draft",
    "/search?q=xylophone", "/questions/quota", "/questions/changed", "/actor/nobody",
)  # fmt: skip
# In the dark only colours are others.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
FOUND = "async (rules) => (await axe.run(document, rules)).violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 200)}`))"


@pytest.fixture(scope="module")
def served(mandates_path: Path) -> Iterator[Served]:
    started = Served(mandates_path, seconds=20)
    yield started
    started.close()


def _found(browser: Any, address: str, paths: tuple[str, ...], scheme: str) -> list[str]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(AXE.read_text(encoding="utf-8"))
    found = []
    for path in paths:
        page.goto(address + path)
        found += [f"{path} {said}" for said in page.evaluate(FOUND, RULES[scheme])]
    context.close()
    return found


@pytest.mark.slow
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: run npm ci in graph/explorer")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(served: Served, browser: Any, scheme: str) -> None:
    # Colours come from one sheet: in the dark every third page has all of them.
    paths = (*PAGES, *MORE) if scheme == "light" else (*PAGES, *MORE)[::3]
    assert _found(browser, served.url, paths, scheme) == []


@pytest.mark.slow
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: run npm ci in graph/explorer")
def test_axe_would_find_what_is_wrong(browser: Any) -> None:
    wrong = "data:text/html,<html lang=en><title>A</title><main><h1>A</h1><img src=x><p style='color:%23999'>grey</p></main>"
    said = _found(browser, wrong, ("",), "light")
    assert {each.split()[0].rstrip(":") for each in said} == {"image-alt", "color-contrast"}

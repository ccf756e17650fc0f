"""The page of a comparison: one kind of change at a time, and what did not change folded."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from mandategraph.answering.comparing import compare
from mandategraph.exporting.comparison import for_template, to_html
from mandategraph.keeping.store import GraphStore
from mandategraph.serving import mandates as pages
from mandategraph.serving.mandates import FILES, FIRST_PAIRS, comparison_page

EARLIER, LATER = "S/RES/9970 (2029)", "S/RES/9980 (2030)"


def _given(**chosen: str) -> Mapping[str, str]:
    return {"earlier": EARLIER, "later": LATER, "theme": "", "change": "", "page": "", **chosen}


def test_a_kind_of_change_is_shown_alone(mandates_store: GraphStore) -> None:
    whole = compare(mandates_store, EARLIER, LATER)
    for change, count in whole.count().items():
        page = comparison_page(mandates_store, _given(change=change))
        shown = [pair for _, pairs in page["groups"] for pair in pairs]
        assert len(shown) == count
        assert {pair.changes[0] for pair in shown} <= {change}
    every = comparison_page(mandates_store, _given())
    assert sum(len(pairs) for _, pairs in every["groups"]) == len(whole.pairs)
    assert every["most"] == FIRST_PAIRS
    assert every["counts"] == whole.count()


def test_pages_of_a_change_follow_each_other(mandates_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAIRS", 1)
    found = []
    for number in range(9):
        page = comparison_page(mandates_store, _given(change="dropped", page=str(number)))
        found += [pair.before.statement for _, pairs in page["groups"] for pair in pairs[: page["most"]]]
        if not page["more"]:
            break
    dropped = [p.before.statement for p in compare(mandates_store, EARLIER, LATER).pairs if p.before and not p.after]
    assert found == dropped
    assert len(dropped) > 1


def test_a_file_has_what_is_chosen(mandates_store: GraphStore) -> None:
    whole = FILES["compare.md"].make(mandates_store, _given()).decode()
    some = FILES["compare.md"].make(mandates_store, _given(change="strengthened")).decode()
    assert "## Dropped" in whole
    assert re.findall(r"^## (.*)$", some, re.MULTILINE) == ["Strengthened"]


def test_long_stretches_without_a_change_are_folded_on_the_page_alone(mandates_store: GraphStore) -> None:
    found = compare(mandates_store, EARLIER, LATER)
    parted = for_template(found, found.pairs, lambda _: "")["parted"]
    text = " " + " ".join(f"word{n}" for n in range(100)) + " "
    assert "".join(parted(text)) == text
    assert len(parted(text)[1].split()) == 76
    assert parted("few words") == ("few words", "", "")
    assert "<details" not in to_html(found, found.pairs), "a file prints whole"


def test_a_theme_is_shown_alone(mandates_store: GraphStore) -> None:
    page = comparison_page(mandates_store, _given(theme="elections"))
    assert 0 < len(page["pairs"]) < len(page["comparison"].pairs)
    assert page["theme"] == "Elections"
    assert dict(page["themes"])["Elections"] == len(page["pairs"]) == sum(page["counts"].values())
    some = FILES["compare.md"].make(mandates_store, _given(theme="elections")).decode()
    assert "elections" in some
    assert "northern villages" not in some

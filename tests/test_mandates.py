"""Mandates, measures and authorizations with their terms, as the store answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mandategraph import GraphStore, ask, build, load_question
from mandategraph.answering.mandates import mandates
from mandategraph.cli import main
from mandategraph.serving.terms import terms_page

HEAD = "Resolution {number} ({year})\n\nAdopted by the Security Council at its 9000th meeting, on {day} {year}\n\nThe Security Council,\n\n"
TEXTS = {
    ("9970", "2029", "1 March"): "1. Decides to establish UNMISS for an initial period of 12 months;\n\n"
    "2. Decides to extend until 30 April 2029 the mandate of UNFICYP;\n",
    ("9980", "2030", "1 February"): "1. Decides to extend the mandate of UNMISS until 31 March 2031;\n\n"
    "2. Decides to renew until 1 June 2030 the measures on wells imposed by paragraph 4 of resolution 2374 (2017);\n",
    ("9990", "2030", "1 September"): "1. Decides to terminate the mandate of UNMISS as of 3 December 2030;\n",
}


@pytest.fixture(scope="module")
def terms_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terms")
    files = []
    for (number, year, day), text in TEXTS.items():
        file = folder / f"S_RES_{number}({year}).txt"
        file.write_text(HEAD.format(number=number, year=year, day=day) + text, encoding="utf-8")
        files.append(file)
    with GraphStore.open(folder / "store") as store:
        build(files, store)
    return folder / "store"


def _run(path: Path, *given: str) -> Result:
    return CliRunner().invoke(main, ["mandates", "--store", str(path), *given])


def _ends(path: Path, **given: str) -> list[tuple[str, str, str]]:
    with GraphStore.open_to_read(path) as store:
        return [(m.name, m.last.end, m.last.instrument) for m in mandates(store, **given)]


def test_the_newest_decision_holds(terms_path: Path) -> None:
    assert _ends(terms_path) == [
        ("UNFICYP", "2029-04-30", "S/RES/9970 (2029)"),
        ("S/RES/2374 (2017)", "2030-06-01", "S/RES/9980 (2030)"),
        ("UNMISS", "2030-12-03", "S/RES/9990 (2030)"),
    ]


def test_a_day_sees_what_was_decided_by_then_and_still_holds(terms_path: Path) -> None:
    assert _ends(terms_path, on="2029-12-01") == [("UNMISS", "2030-03-01", "S/RES/9970 (2029)")]
    assert _ends(terms_path, on="2030-05-01") == [
        ("S/RES/2374 (2017)", "2030-06-01", "S/RES/9980 (2030)"),
        ("UNMISS", "2031-03-31", "S/RES/9980 (2030)"),
    ]
    assert _ends(terms_path, on="2031-01-01") == []
    assert _ends(terms_path, on="2028-01-01") == []


def test_by_holder_and_by_end(terms_path: Path) -> None:
    assert [name for name, *_ in _ends(terms_path, ending_before="2030-06-01")] == ["UNFICYP"]
    assert [name for name, *_ in _ends(terms_path, holder="UNMISS")] == ["UNMISS"]


def test_a_term_names_what_came_after_it(terms_path: Path) -> None:
    with GraphStore.open_to_read(terms_path) as store:
        rows = list(ask(store, load_question("mandate-ends"), {"actor": "UNMISS"}).records())  # type: ignore[union-attr]
    assert [(r["instrument"], r["until"], r["lasts"], bool(r["later"])) for r in rows] == [
        ("S/RES/9990(2030)", "2030-12-03", "", False),
        ("S/RES/9980(2030)", "2031-03-31", "", True),
        ("S/RES/9970(2029)", "", "P1Y", True),
    ]


def test_the_command(terms_path: Path) -> None:
    found = json.loads(_run(terms_path, "--holder", "unmiss", "--format", "json").stdout)
    assert [(m["mandate"], m["founded_by"], m["renewed"]) for m in found] == [("UNMISS", "S/RES/9970 (2029)", "1")]
    assert [term["step"] for term in found[0]["terms"]] == ["founds", "continues", "ends"]
    assert (
        _run(terms_path, "--on", "2029-12-01", "--format", "csv")
        .stdout.splitlines()[1]
        .startswith("UNMISS,mandate,in force,2030-03-01")
    )
    wrong = _run(terms_path, "--holder", "UNMISSS")
    assert wrong.exit_code == 3
    assert "UNMISS" in wrong.stderr
    nothing = _run(terms_path, "--on", "2028-01-01")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "fits" in nothing.stderr
    assert _run(terms_path, "--on", "March").exit_code == 2


def test_the_chart_has_a_bar_a_term_up_to_the_decision_that_came_after(terms_path: Path) -> None:
    with GraphStore.open_to_read(terms_path) as store:
        shown = terms_page(store, {"holder": "unmiss", "on": "", "before": ""})
        held = terms_page(store, {"holder": "", "on": "2030-05-01", "before": ""})
    first, second, third = shown["chart"].bars
    assert first.x < first.x + first.length == second.x < second.x + second.length == third.x
    assert not any(bar.is_held for bar in shown["chart"].bars)
    assert [bar.is_held for bar in held["chart"].bars] == [True, False, True]
    assert [(mandate.name, state) for mandate, state, _ in held["rows"]] == [
        ("S/RES/2374 (2017)", "in force"),
        ("UNMISS", "in force"),
    ]


def test_showing_a_holder_begins_with_its_mandate(terms_path: Path) -> None:
    shown = CliRunner().invoke(main, ["show", "UNMISS", "--store", str(terms_path)]).stdout.splitlines()
    assert shown[1:4] == [
        "  mandate founded by S/RES/9970 (2029) (1 March 2029)",
        "  mandate until 3 December 2030, by S/RES/9990 (2030), S/RES/9990 (2030) 1: in force",
        "  mandate renewed by S/RES/9980 (2030)",
    ]

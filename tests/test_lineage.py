"""One task through successive mandates."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from mandategraph.answering.lineage import Lineage, trace
from mandategraph.cli import main
from mandategraph.errors import NotFoundError
from mandategraph.keeping.store import GraphStore


def _lanes(found: Lineage) -> list[list[tuple[str, str]]]:
    return [[(step.stated.mandate[-11:-7], str(step.change)) for step in lane] for lane in found.lanes]


def test_a_task_goes_on_over_a_gap(mandates_store: GraphStore) -> None:
    found = trace(mandates_store, actor="UNMISS")
    assert [(mandate.key, mandate.day) for mandate in found.mandates][:3] == [
        ("S/RES/9970 (2029)", "2029-03-31"), ("S/RES/9980 (2030)", "2030-03-31"), ("S/RES/9990 (2031)", "2031-03-31"),
    ]  # fmt: skip
    assert _lanes(found)[:2] == [
        [("9970", "added"), ("9980", "strengthened"), ("9990", "kept")],
        [("9970", "added"), ("9990", "reworded")],
    ]
    assert len(found.going) == 2


def test_another_line_is_not_taken_up(mandates_store: GraphStore) -> None:
    """The request to report on bridges is worded like the one on wells, and belongs to another line."""
    assert _lanes(trace(mandates_store, actor="SecretaryGeneral")) == [
        [("9970", "added"), ("9980", "strengthened")],
        [("9975", "added")],
    ]
    named = trace(mandates_store, actor="SecretaryGeneral", documents=["9970", "9975"])
    assert _lanes(named) == [[("9970", "added"), ("9975", "reworded")]], "who names documents takes them as one line"


def test_a_theme_is_traced_whoever_bears_it(mandates_store: GraphStore) -> None:
    assert _lanes(trace(mandates_store, theme="elections")) == [[("9970", "added"), ("9990", "reworded")]]
    with pytest.raises(NotFoundError, match="nothing is asked on sanctions"):
        trace(mandates_store, theme="sanctions")
    with pytest.raises(NotFoundError, match="nothing is asked of UNICEF"):
        trace(mandates_store, actor="UNICEF")


def test_the_draft_and_the_mandate_two_years_later(corpus_store: GraphStore) -> None:
    going = [[step.stated.paragraph for step in lane] for lane in trace(corpus_store, actor="MINUSMA").going]
    for lane in (["28(e)(ii)", "annex/26/5"], ["28(c)(iii)", "annex/26/4"], ["56", "annex/50"]):
        assert lane in going


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in given])


def test_the_command(mandates_path: Path, tmp_path: Path) -> None:
    table = _run("lineage", "UNMISS", "--store", mandates_path)
    assert table.exit_code == 0, table.output
    assert "no longer: where possible" in table.stdout
    assert "--all shows" in table.stdout
    assert "lend its pumps" in _run("lineage", "UNMISS", "--all", "--store", mandates_path).stdout
    rows = list(
        csv.DictReader(io.StringIO(_run("lineage", "UNMISS", "--format", "csv", "--store", mandates_path).stdout))
    )
    said = json.loads(_run("lineage", "UNMISS", "--format", "json", "--store", mandates_path).stdout)
    assert sum(map(len, said["lanes"])) == len(rows)
    file = tmp_path / "lanes.svg"
    assert _run("lineage", "elections", "--format", "svg", "-o", file, "--store", mandates_path).exit_code == 0
    boxes = [each for each in ET.parse(file).getroot().iter() if (each.get("class") or "").startswith("box")]
    assert len(boxes) == 2
    for wrong, code, says in (
        (["Unmisss"], 3, "Did you mean UNMISS"),
        (["UNMISS", "--document", "S/RES/9971 (2029)"], 3, "Did you mean"),
        (["UNMISS", "-o", file], 2, "--format"),
        (["sanctions"], 3, "nothing is asked"),
    ):
        done = _run("lineage", *wrong, "--store", mandates_path)
        assert (done.exit_code, says in done.output) == (code, True), done.output

"""Figures held against quotas, ceilings and aims."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from make import read
from mandategraph.answering.targets import Observation, Standing, Target, standings
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import NotFoundError
from mandategraph.keeping.store import GraphStore

NOTE = "IEG_WPS_Mali_2023-03-28_update"


def _answers(found: list[Standing]) -> dict[tuple[str, float], str]:
    return {(each.observation.of, each.observation.value): each.answer for each in found if each.observation}


def test_question_7(corpus_store: GraphStore) -> None:
    """Which bodies meet the legal quota of 30 per cent women, and which do not, as a reader finds it."""
    found = [each for each in standings(corpus_store, document=NOTE) if each.observation]
    assert {(each.target.value, each.target.bound) for each in found} == {(30.0, "at_least")}
    answers = _answers(found)
    met = {("CSA", 38.0), ("ConstitutionalCourt", 30.0)}
    below = {
        ("NationalTransitionalCouncil", 28.57), ("AIGE", 26.66), ("GovernmentOfMali", 21.42), ("GovernmentOfMali", 20.68),
        ("CVJR", 20.0), ("SupremeCourt", 12.5), ("CNDDR", 2.6), ("MOC", 0.57),
    }  # fmt: skip
    assert {answers[each] for each in met} == {"meets it"}
    assert {answers[each] for each in below} == {"is below"}
    assert not any(of.startswith("MINUSMA") for of, _ in answers), (
        "no mission of the United Nations is under a State's quota"
    )


def test_targets_of_the_corpus_have_their_bound_and_what_is_observed(corpus_store: GraphStore) -> None:
    found = {(each.target.value, each.target.bound): each for each in standings(corpus_store, document="S/2020/600")}
    assert found[13_289.0, "at_most"].answer == "not observed"
    assert found[1_920.0, "at_most"].answer == "not observed"
    integrated = found[2_000.0, "at_least"]
    assert integrated.observation is not None
    assert (integrated.observation.value, integrated.answer) == (1_730.0, "is below")
    assert (integrated.observation.document, integrated.observation.is_dated) == ("A/HRC/RES/46/28", False)


def test_ceilings_and_quotas(mandates_store: GraphStore) -> None:
    answers = _answers(standings(mandates_store))
    assert answers == {
        ("UNMISS", 1350.0): "is above",
        ("NationalAssemblyOfSouthSudan", 31.0): "meets it",
        ("SupremeCourtOfSouthSudan", 12.0): "is below",
    }
    (ceiling,) = standings(mandates_store, actor="UNMISS")
    assert ceiling.observation is not None
    assert (ceiling.observation.time, ceiling.observation.is_dated) == ("2030-06", True)
    assert ceiling.target.said == "at most 1,200 military personnel"
    assert standings(mandates_store, actor="UNICEF") == []
    with pytest.raises(NotFoundError, match=r"S/RES/9970 \(2029\)"):
        standings(mandates_store, document="S/RES/9971 (2029)")


TARGET = Target(100.0, "count", "at_most", "men", "", "UNMISS", "D", "1", "q")
SEEN = Observation(100.0, "UNMISS", "men", "2031", True, "E", "2", "q")


def test_the_aim_itself_is_met_from_both_sides() -> None:
    for bound, answer in (("at_most", "keeps it"), ("at_least", "meets it")):
        target = Target(100.0, "count", bound, "men", "", "UNMISS", "D", "1", "q")
        assert Standing(target, SEEN).answer == answer
    assert Standing(TARGET, None).is_met is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("1. Decides that UNMISS shall comprise up to 900 military personnel;", "at_most"),
        ("1. Decides that the staff of UNMISS shall not exceed 900 military personnel;", "at_most"),
        ("1. Requests UNMISS to train at least 900 police officers;", "at_least"),
        ("1. Requests UNMISS to fill no fewer than 30 per cent of its posts with women;", "at_least"),
        ("1. Requests UNMISS to train 900 police officers;", None),
        ("1. Notes that up to 900 police officers were trained;", None),
    ],
)
def test_the_bound_of_a_target(text: str, bound: str | None) -> None:
    _, reading = read(text)
    (indicator,) = reading.indicators
    assert indicator.bound == bound


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in given])


def test_the_command(mandates_path: Path, tmp_path: Path) -> None:
    table = _run("quota", "--store", mandates_path)
    assert table.exit_code == 0, table.output
    assert "at most 1,200 military personnel · UNMISS · S/RES/9970 (2029), 2" in table.stdout
    assert "│" in table.stdout
    rows = list(csv.DictReader(io.StringIO(_run("quota", "--format", "csv", "--store", mandates_path).stdout)))
    assert {(row["of"], row["answer"]) for row in rows} >= {("UNMISS", "is above")}
    assert all(row["quotation"] and row["target_document"] for row in rows)
    said = json.loads(_run("quota", "--format", "json", "--store", mandates_path).stdout)
    assert len(said) == len(rows)
    file = tmp_path / "chart.svg"
    assert _run("quota", "--format", "svg", "-o", file, "--store", mandates_path).exit_code == 0
    bars = [each for each in ET.parse(file).getroot().iter() if each.get("class") in {"met", "missed"}]
    assert [bar.get("class") for bar in bars] == ["missed", "met", "missed"]
    for wrong, code in ((["-o", file], 2), (["--actor", "Nobdy"], 3), (["--document", "S/2031/1"], 3)):
        done = _run("quota", *wrong, "--store", mandates_path)
        assert (done.exit_code, "Traceback" in done.output) == (code, False), done.output


def test_a_date_behind_another_figure_is_that_ones_and_a_name_is_counted_whole() -> None:
    text = (
        "- 38 per cent of the Commission of Wells (COW) are women, compared to 9 per cent in 2013.\n\n"
        "- In 2031, 12 per cent of the judges and 14 per cent of the clerks were women. 900 pumps were lost in 2030."
    )
    _, reading = read(text, "note-body")
    found = {indicator.value: indicator for indicator in reading.indicators}
    assert [found[value].time for value in (38, 9, 12, 14, 900)] == [None, "2013", "2031", "2031", "2030"]
    assert found[38].of == "the Commission of Wells (COW)"


def test_a_figure_is_held_against_what_was_stated_by_then(tmp_path: Path) -> None:
    """The ceiling of the mandate before the figure counts, not the one of a mandate after it."""
    for number, year, most in ((9950, 2027, 700), (9952, 2029, 900)):
        head = (
            f"S/RES/{number} ({year})\n\n31 March {year}\n\nResolution {number} ({year})\n\nThe Security Council,\n\n"
        )
        text = f"1. Decides that UNMISS shall comprise up to {most} police officers;\n"
        (tmp_path / f"S_RES_{number}_{year}.txt").write_text(head + text)
    head = "S/RES/9951 (2028)\n\n31 March 2028\n\nResolution 9951 (2028)\n\nThe Security Council,\n\n"
    text = "Noting that UNMISS had 800 police officers in January 2028,\n\n1. Decides to meet.\n"
    (tmp_path / "S_RES_9951_2028.txt").write_text(head + text)
    with GraphStore.in_memory() as store:
        build([tmp_path], store)
        found = {each.target.value: each.answer for each in standings(store)}
    assert found == {700.0: "is above", 900.0: "not observed"}


def test_a_distance_is_no_count() -> None:
    _, reading = read(
        "1. Requests UNMISS to move 200 kilometres to the north and to guard 40 wells within 12 nautical miles;"
    )
    assert [indicator.value for indicator in reading.indicators] == [40]

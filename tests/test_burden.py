"""What reports come to, how mandates end, and what was answered: on a store of our own resolutions and reports."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from make import store_of_resolutions
from mandategraph.answering.agenda import agenda, write_icalendar
from mandategraph.answering.answered import State, answered, answered_rows
from mandategraph.answering.answers import linked
from mandategraph.answering.burden import WAYS, burden
from mandategraph.answering.endings import Outlook, endings
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.cli.burden import WAYS as WAYS_OF_COMMAND
from mandategraph.cli.endings import OUTLOOKS
from mandategraph.exporting.sheets import Link, Sheet, to_xlsx
from mandategraph.keeping.store import GraphStore
from mandategraph.serving.landscape import draw

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXTS = {
    ("9801", "2031", "1 March"): """1. Decides to extend the mandate of UNMISS until 28 February 2032;

2. Requests the Secretary-General to report to the Council on the wells of the northern plain and on the state of their pumps every six months;

3. Requests the Secretary-General to submit a report on the pumps by 1 June 2031;

4. Requests UNMISS to report on the mills;
""",
    ("9802", "2032", "27 February"): """1. Decides to extend the mandate of UNMISS until 27 February 2033;

2. Requests the Secretary-General to report to the Council on the wells of the northern plain and on the state of their pumps every six months;

3. Recalls resolution 9801 (2031);
""",
    (
        "9803",
        "2032",
        "5 April",
    ): """1. Decides that, for an initial period of three months, all Member States shall freeze all funds owned by persons who poison wells;

2. Requests the Panel of Experts to report on the poisoned wells every month;
""",
    (
        "9804",
        "2032",
        "6 May",
    ): """1. Decides that all Member States shall freeze all funds owned by persons who sell pumps of the southern plain;

2. Decides to review the measures imposed by paragraph 1 above within two years;
""",
}
REPORTS = {
    "S_2031_401": ("S/2031/401", "9 June 2031", "paragraph 3 of resolution 9801 (2031)"),
    "S_2031_701": ("S/2031/701", "30 August 2031", "paragraph 2 of resolution 9801 (2031)"),
    "S_2032_12": ("S/2032/12", "8 September 2032", "resolution 9802 (2032)"),
    "S_2032_13": ("S/2032/13", "9 September 2032", "paragraph 7 of resolution 9899 (2031)"),
}
LETTER = """United Nations {symbol}
Security Council
Distr.: General
{day}
Original: English

Report of the Secretary-General on wells

1. This report has been prepared pursuant to {asked}. It tells of the wells of the plain and of their pumps.

2. Many wells were dug in the spring, and their water is clean.
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("burden")
    path = store_of_resolutions(folder, TEXTS)
    files = []
    for name, (symbol, day, asked) in REPORTS.items():
        files.append(folder / f"{name}.txt")
        files[-1].write_text(LETTER.format(symbol=symbol, day=day, asked=asked), encoding="utf-8")
    with GraphStore.open(path) as store:
        build(files, store)
    return path


def test_cycles_end_with_their_mandate_or_where_they_are_asked_anew(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        found = burden(store, {})
    dues = {(due.entry.document, due.entry.paragraph): due for due in found.dues}
    renewed, pumps = dues["S/RES/9801 (2031)", "2"], dues["S/RES/9801 (2031)", "3"]
    assert (renewed.per_year, renewed.ends) == (2.0, "asked anew by S/RES/9802 (2032)")
    assert [str(day) for day in renewed.days] == ["2031-09-01"]
    assert ([str(day) for day in pumps.days], pumps.per_year, pumps.ends) == (["2031-06-01"], 0.0, "")
    last = dues["S/RES/9802 (2032)", "2"]
    assert (last.ends, [str(day) for day in last.days]) == ("with its mandate", ["2032-08-27", "2033-02-27"])
    assert dues["S/RES/9801 (2031)", "4"].has_no_day
    assert (found.first, found.last) == (date(2031, 6, 1), date(2033, 12, 31))


def test_sums_are_those_of_the_days(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        found = burden(store, {})
        year = burden(store, {"after": "2032-01-01", "before": "2032-12-31"})
        of_unmiss = burden(store, {"actor": "UNMISS"})
        assert burden(store, {}, body="human rights").dues == ()
    days = [day for due in found.dues for day in due.days]
    for way in ("year", "month"):
        assert sum(one.documents for one in found.sums(way)) == len(days), way
    (council,) = found.sums("body")
    assert (council.name, council.documents, council.requirements) == ("Security Council", len(days), 5)
    bearers = {one.name: one for one in found.sums("bearer")}
    assert (bearers["SecretaryGeneral"].cycles, bearers["SecretaryGeneral"].ending) == (2, 2)
    assert bearers["UNMISS"].without_day == 1
    assert found.whole().per_year == 12.0, "the panel reports every month without an end"
    assert {str(day)[:4] for due in year.dues for day in due.days} == {"2032"}
    assert [due.bearers for due in of_unmiss.dues] == [("UNMISS",)]


def test_the_chart_has_a_bar_a_month_that_leads_to_its_reports(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        found = burden(store, {})
        chart = draw(found)
        assert chart is not None
        bar = next(bar for bar in chart.bars if bar.label == "2031-09")
        assert "1 due, 1 in cycles" in bar.said
        assert [d.entry.paragraph for d in burden(store, bar.link).dues if d.days] == ["2"]
        assert draw(burden(store, {"actor": "UNMISS"})) is None
    assert max(bar.cycles + bar.once for bar in chart.bars) <= chart.base


def test_mandates_are_told_by_review_and_end(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        by_day = {
            day: {e.mandate.name: e.outlook for e in endings(store, day=day)} for day in ("2032-06-01", "2034-01-01")
        }
        reviewed = next(e for e in endings(store, day="2034-01-01") if e.review)
        assert endings(store, day="2034-01-01", outlooks=[Outlook.NEITHER]) == []
    assert by_day["2032-06-01"]["UNMISS"] is Outlook.END
    assert by_day["2034-01-01"]["UNMISS"] is Outlook.FORGOTTEN
    assert by_day["2034-01-01"]["S/RES/9804 (2032)"] is Outlook.REVIEW
    assert reviewed.review is not None
    assert reviewed.review.paragraph == "2"


def test_what_is_answered_is_linked_to_its_requirement_and_day(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        known = linked(store)
        found = {(a.due.entry.document, a.due.entry.paragraph, str(a.day)): a for a in answered(store, {})}
        late = list(answered_rows(store, {"actor": "SecretaryGeneral", "state": "late"}).records())
    assert [answer.document for answer in known.elsewhere] == ["S/2032/13"]
    pumps = found["S/RES/9801 (2031)", "3", "2031-06-01"]
    assert (pumps.state, pumps.days_late) == (State.LATE, 8)
    wells = found["S/RES/9801 (2031)", "2", "2031-09-01"]
    assert (wells.state, wells.answer and wells.answer.document) == (State.ANSWERED, "S/2031/701")
    assert found["S/RES/9802 (2032)", "2", "2032-08-27"].answer, "an instrument alone: the report that has a day"
    assert found["S/RES/9802 (2032)", "2", "2033-02-27"].state is State.TO_COME
    assert found["S/RES/9803 (2032)", "2", "2032-05-05"].state is State.NOT_SEEN
    assert found["S/RES/9801 (2031)", "4", "None"].state is State.NO_DAY
    assert [(row["answer"], row["days_late"]) for row in late] == [("S/2031/401", "8"), ("S/2032/12", "12")]


def test_the_calendar_says_what_answers(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        entries = agenda(store, {})
    by = {(entry.document, entry.paragraph): entry.answered_by for entry in entries}
    assert by["S/RES/9801 (2031)", "3"] == "S/2031/401 (2031-06-09)"
    assert by["S/RES/9803 (2032)", "2"] == ""
    assert "Answered by S/2031/401" in write_icalendar(entries).decode().replace("\r\n ", "")


def _run(path: Path, *given: object, code: int = 0) -> str:
    done = CliRunner().invoke(main, [*map(str, given), "--store", str(path)])
    assert done.exit_code == code, done.output
    return done.stdout


def test_the_commands_write_every_form(path: Path, tmp_path: Path) -> None:
    assert "Secretary-General of the United Nations" in _run(path, "burden")
    rows = list(csv.DictReader(io.StringIO(_run(path, "burden", "--by", "year", "--format", "csv"))))
    assert [row["year"] for row in rows] == ["2031", "2032", "2033"]
    whole = json.loads(_run(path, "burden", "--format", "json"))
    assert set(whole) == {"first", "last", *WAYS}
    assert {row["outlook"] for row in json.loads(_run(path, "endings", "--on", "2034-01-01", "--format", "json"))["mandate"]} >= {
        Outlook.REVIEW.value
    }  # fmt: skip
    assert "Security Council" in _run(path, "endings", "--by", "body", "--on", "2034-01-01")
    assert "late" in _run(path, "query", "answered", "--param", "state=late", "--format", "csv")
    for name in ("burden", "endings", "overlaps"):
        file = tmp_path / f"{name}.xlsx"
        _run(path, name, "--format", "xlsx", "-o", file)
        assert _cells(file.read_bytes())
    _run(path, "precedents", "S/RES/9802 (2032)", "--format", "xlsx", "-o", tmp_path / "p.xlsx")
    assert _cells((tmp_path / "p.xlsx").read_bytes())
    _run(path, "burden", "--after", "soon", code=3)
    _run(path, "burden", "--actor", "Nobodyy", code=3)
    _run(path, "burden", "--body", "Assembly", code=1)
    _run(path, "endings", "--on", "2030-01-01", code=1)
    _run(path, "burden", "-o", tmp_path / "b.txt", code=2)


def test_the_choices_of_the_commands_are_those_of_the_library() -> None:
    assert WAYS_OF_COMMAND == WAYS
    assert set(OUTLOOKS) == set(Outlook)


def _cells(book: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        assert sheet.find(f".//{SPACE}pane[@state='frozen']") is not None
    return list(sheet.iter(f"{SPACE}c"))


def test_a_workbook_has_days_numbers_and_links_and_no_formula() -> None:
    row = (
        "=1+1",
        "@SUM(A1)",
        date(2031, 3, 1),
        2.5,
        Link("S/2031/1", "https://example.org/d#para_1"),
        None,
        "x" * 40_000,
    )
    book = to_xlsx([Sheet("wells", "abcdefg", [row, ("+1", "-1", date(1899, 1, 1), 0, "", None, "")])])
    cells = {cell.get("r"): cell for cell in _cells(book)}
    assert not [cell for cell in cells.values() if cell.find(f"{SPACE}f") is not None]
    assert [cells[place].get("t") for place in ("A2", "B2", "A3", "B3", "C3")] == ["s"] * 5
    assert (cells["C2"].get("t"), cells["C2"].findtext(f"{SPACE}v")) == (None, "47908")
    assert cells["D2"].findtext(f"{SPACE}v") == "2.5"
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert b"https://example.org/d" in parts.read("xl/worksheets/_rels/sheet1.xml.rels")
        assert max(len(text) for text in etree.fromstring(parts.read("xl/sharedStrings.xml")).itertext()) == 32_767
    assert book == to_xlsx([Sheet("wells", "abcdefg", [row, ("+1", "-1", date(1899, 1, 1), 0, "", None, "")])])


def test_a_requirement_is_counted_for_each_bearer_and_once_in_all(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        found = burden(store, {})
    assert found.whole().requirements == len({due.entry.stated.statement for due in found.dues})
    assert replace(found, dues=()).whole().documents == 0

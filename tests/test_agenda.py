"""What stands in a calendar, what waits, and what another program reads in the file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from dateutil.rrule import rrulestr
from icalendar import Calendar

import make
from make import AT_THE_END
from mandategraph import ask, load_question
from mandategraph.answering.agenda import Entry, agenda, write_icalendar
from mandategraph.answering.standing import in_force
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import NotFoundError, QueryError
from mandategraph.exporting.records import read_records
from mandategraph.keeping.store import GraphStore
from mandategraph.keeping.validating import validate
from mandategraph.recalling.rows import Rows
from mandategraph.recalling.statements import statements
from mandategraph.serving.timeline import timeline
from mandategraph.symbols import symbol_of

TEXT = """UNITED NATIONS S/RES/9994 (2031)

Distr.: General
31 January 2031

Resolution 9994 (2031)

Adopted by the Security Council at its 9999th meeting, on 31 January 2031

The Security Council,

1. Decides to extend the mandate of UNMISS until 31 January 2032;

2. Requests the Secretary-General to report to the Security Council every month on the wells;

3. Requests the Panel of Experts to submit a list of wells by 30 April 2031;

4. Requests UNICEF to count the wells within 60 days of the adoption of this resolution;

5. Requests the Secretary-General and UNICEF to report to the Security Council every ninety days;

6. Requests UN Women to mend the wells before the end of the rainy season, and to report within three weeks;

7. Decides to remain seized of the matter.
"""


@pytest.fixture(scope="module")
def store() -> GraphStore:
    made = GraphStore.in_memory()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GraphStore, "close", lambda _: None)
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "S_RES_9994_2031.txt").write_text(TEXT)
            build([Path(folder)], made)
    return made


def _by_paragraph(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.paragraph: entry for entry in entries}


def test_days_come_from_the_text_or_from_the_adoption(store: GraphStore) -> None:
    entries = _by_paragraph(agenda(store, {}))
    assert (entries["3"].day, entries["3"].recurs, entries["3"].rests_on) == (date(2031, 4, 30), "", "the text")
    assert (entries["2"].day, entries["2"].recurs) == (date(2031, 2, 28), "P1M")
    assert entries["2"].until == date(2032, 1, 31), "the mandate that it extends"
    assert "does not say from when" in entries["2"].rests_on
    assert entries["4"].day == date(2031, 4, 1)
    assert entries["4"].rests_on.endswith("the text says from the adoption")
    assert entries["5"].bearers == ("SecretaryGeneral", "UNICEF")
    assert entries["6"].day is None
    assert entries["6"].rests_on.startswith("waits for: ")


def _built(folder: Path, second: str, *, number: int = 9993) -> GraphStore:
    """A store of one resolution of 31 January 2031 whose paragraph 1 is given, and which asks for a monthly report."""
    text = TEXT.replace("9994", str(number)).replace(
        "Decides to extend the mandate of UNMISS until 31 January 2032", second
    )
    (folder / f"S_RES_{number}_2031.txt").write_text(text)
    made = GraphStore.in_memory()
    build([folder / f"S_RES_{number}_2031.txt"], made)
    return made


@pytest.mark.parametrize(
    ("first", "end"),
    [
        ("Decides to extend the mandate of UNMISS for a period of six months", date(2031, 7, 31)),
        ("Decides to extend the mandate of UNMISS until 15 May 2031", date(2031, 5, 15)),
        ("Calls upon all parties to cooperate with UNMISS", None),
    ],
)
def test_a_cycle_ends_with_the_mandate_where_an_end_is_known(first: str, end: date | None, tmp_path: Path) -> None:
    store = _built(tmp_path, first)
    entry = _by_paragraph(agenda(store, {}))["2"]
    assert entry.until == end
    days = list(entry.days(date(2035, 1, 1)))
    assert days[:3] == [date(2031, 2, 28), date(2031, 3, 31), date(2031, 4, 30)]
    assert len(days) == {date(2031, 7, 31): 6, date(2031, 5, 15): 3, None: 47}[end]
    assert (days[-1] <= end) if end else entry.recurs
    assert ("UNTIL" in write_icalendar([entry]).decode()) == (end is not None)


def test_the_timeline_has_the_days_of_the_calendar(tmp_path: Path) -> None:
    store = _built(tmp_path, "Decides to extend the mandate of UNMISS for a period of six months")
    shown = timeline(store, {})
    entries = agenda(store, {})
    drawn = Counter(mark.said.rpartition(", ")[2].rstrip(")") for mark in shown["drawing"].marks)
    last = date(2032, 1, 31)
    due = {e.paragraph: len(list(e.days(last))) * len(e.bearers) for e in entries if e.day}
    assert drawn == due
    assert [table.title for table in shown["months"]] == ["2031-04"], "also what is counted from the adoption"
    assert shown["months"][0].total == 2
    later = timeline(store, {"after": "2031-08-01"})
    assert later["drawing"] is None
    assert not later["months"]


@pytest.mark.parametrize("name", ["sample_store", "mandates_store"])
def test_four_ways_of_asking_agree_on_every_cycle(name: str, request: pytest.FixtureRequest) -> None:
    """The questions `due` and `reports`, the calendar's rules and the timeline: the same cycles, first days and last days."""
    store: GraphStore = request.getfixturevalue(name)
    entries = [entry for entry in agenda(store, {}) if entry.recurs and entry.day]
    assert entries
    told = {(e.document, e.paragraph, e.deadline.words): (str(e.day), str(e.until or "")) for e in entries}

    def rows(question: str) -> list[dict[str, str]]:
        answer = ask(store, load_question(question))
        assert isinstance(answer, Rows)
        known = [{**r, "document": symbol_of(r["document"])} for r in answer.records() if r["recurs"]]
        return [r for r in known if (r["document"], r["paragraph"], r["when"]) in told or question == "due"]

    assert {(r["document"], r["paragraph"], r["when"]): (r["due"], r["until"]) for r in rows("due")} == told
    reported = {(r["document"], r["paragraph"], r["when"]): r["recurs"] for r in rows("reports")}
    asked = {(e.document, e.paragraph, e.deadline.words): e.recurs for e in entries}
    assert reported
    assert reported.items() <= asked.items()
    events = {str(event["uid"]): event for event in Calendar.from_ical(write_icalendar(entries)).walk("VEVENT")}
    assert len(events) == len(entries)
    for entry, event in zip(entries, Calendar.from_ical(write_icalendar(entries)).walk("VEVENT"), strict=True):
        until = event["rrule"].get("until", [None])[0]
        assert (event.decoded("dtstart"), until) == (entry.day, entry.until)
    drawing = timeline(store, {})["drawing"]
    drawn = {mark.said for mark in drawing.marks if mark.is_cycle}
    assert len(drawn) == len(
        {
            (b, e.stated.verb, e.actions, e.deadline.words, e.document, e.paragraph)
            for e in entries
            for b in e.bearers or ("",)
        }
    )


def test_a_cycle_goes_on_through_a_roll_over_and_ends_where_the_tasks_are_set_out_anew(tmp_path: Path) -> None:
    texts = {
        (
            "9951",
            "2030",
            "1 March",
        ): "1. Decides to extend the mandate of UNMISS until 1 March 2031;\n\n2. Requests UNMISS to mend the wells;\n\n"
        "3. Requests the Secretary-General to report to the Council on the wells every 30 days;\n",
        ("9952", "2031", "1 March"): "1. Decides to extend the mandate of UNMISS until 1 May 2031;\n",
        (
            "9953",
            "2031",
            "10 April",
        ): "1. Decides to extend the mandate of UNMISS until 1 May 2032;\n\n2. Requests UNMISS to count the pumps;\n\n"
        "3. Requests the Secretary-General to report to the Council on the pumps every 60 days;\n\n"
        "4. Requests the Secretary-General to go on with the reports in paragraph 3 of resolution 9961 (2030) every month;\n",
        ("9961", "2030", "1 June"): "1. Decides to extend the mandate of UNFICYP until 1 June 2031;\n\n"
        "3. Requests the Secretary-General to report to the Council on the bridges every 30 days;\n",
    }
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        ends = {(e.document[6:10], e.paragraph): str(e.until) for e in agenda(store, {}) if e.recurs}
        for (number, paragraph), end in ends.items():
            for days, is_held in ((0, True), (1, False)):
                held = in_force(store, str(date.fromisoformat(end) + timedelta(days)))
                places = {(s.document[6:10], s.paragraph) for s in statements(held)}
                assert ((number, paragraph) in places) is is_held, (number, end)
    assert ends == {
        ("9951", "3"): "2031-04-09",
        ("9953", "3"): "2032-05-01",
        ("9953", "4"): "2032-05-01",
        ("9961", "3"): "2032-05-01",
    }, "what a newer statement carries on ends with that one's mandate"


def test_what_is_asked_for_is_kept(store: GraphStore) -> None:
    assert {entry.paragraph for entry in agenda(store, {"actor": "UNICEF"})} == {"4", "5"}
    between = agenda(store, {"after": "2031-12-01", "before": "2031-12-31"})
    assert {entry.paragraph for entry in between if entry.day} == {"2"}, (
        "a day of its cycle falls there; that of 90 days does not"
    )
    assert all(entry.day is None or entry.recurs for entry in agenda(store, {"after": "2031-06-01"}))
    for wrong in ({"after": "soon"}, {"after": "2031-02-01", "before": "2031-01-01"}, {"wanted": "S/2031/1"}):
        with pytest.raises(QueryError):
            agenda(store, wrong)
    with GraphStore.in_memory() as empty, pytest.raises(NotFoundError, match="no documents"):
        agenda(empty, {})


def test_another_program_reads_the_calendar(store: GraphStore) -> None:
    written = write_icalendar(agenda(store, {}), alarm=14)
    assert write_icalendar(agenda(store, {}), alarm=14) == written
    events = {str(event["summary"])[-3:-1].strip(): event for event in Calendar.from_ical(written).walk("VEVENT")}
    assert len(events) == 4, "what waits has no day"
    assert len({str(event["uid"]) for event in events.values()}) == 4
    assert events["3"].decoded("dtstart") == date(2031, 4, 30)
    assert "rrule" not in events["3"]
    (reminder,) = events["3"].walk("VALARM")
    assert reminder.decoded("trigger").days == -14
    monthly = events["2"]
    rule = rrulestr(monthly["rrule"].to_ical().decode(), dtstart=datetime(2031, 2, 28))
    days = [day.date() for day in rule]
    assert days[:3] == [date(2031, 2, 28), date(2031, 3, 31), date(2031, 4, 30)]
    assert days[-1] == date(2032, 1, 31), "twelve times, on the last day of each month"
    assert len(days) == 12
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


def test_uids_stay_when_the_text_before_them_does(store: GraphStore) -> None:
    """An identifier is the statement's, so that what is imported again takes the place of what is there."""
    first, again = (write_icalendar(agenda(store, given)) for given in ({}, {"actor": "UNICEF"}))
    uids = [{str(event["uid"]) for event in Calendar.from_ical(each).walk("VEVENT")} for each in (first, again)]
    assert uids[1] < uids[0]


def test_the_samples_have_every_deadline_and_cycle(sample_store: GraphStore) -> None:
    entries = agenda(sample_store, {"wanted": "S/2020/600"})
    dated = {(entry.paragraph, str(entry.day)) for entry in entries if entry.day and not entry.recurs}
    assert {("64", "2021-03-31"), ("38", "2021-04-30"), ("41", "2021-06-30")} <= dated
    cycles = {entry.paragraph: (entry.recurs, entry.day) for entry in entries if entry.recurs}
    assert cycles["62"] == ("P3M", date(2020, 9, 29))
    assert cycles["63"] == ("P6M", date(2020, 12, 29))


def test_the_corpus_has_every_deadline_of_question_2_and_every_cycle_of_question_1(corpus_store: GraphStore) -> None:
    entries = agenda(corpus_store, {})
    dated = {(e.paragraph, str(e.day)) for e in entries if e.day and not e.recurs and e.document == "S/2020/600"}
    at_the_end = {(paragraph, "2021-06-30") for paragraph in AT_THE_END}
    assert {("64", "2021-03-31"), ("38", "2021-04-30")} | at_the_end <= dated
    cycles = {(e.paragraph, e.recurs) for e in entries if e.recurs and "SecretaryGeneral" in e.bearers}
    assert cycles == {("62", "P3M"), ("63", "P6M"), ("annex/57", "P3M")}


def test_a_quoted_mandate_has_its_own_day(corpus_store: GraphStore) -> None:
    """What a note of 2023 quotes of a mandate of 2022 is not counted from the day of the note."""
    (entry,) = [e for e in agenda(corpus_store, {"actor": "SecretaryGeneral"}) if e.document.startswith("IEG")]
    assert (entry.paragraph, entry.recurs, entry.day) == ("annex/57", "P3M", None)
    assert entry.rests_on == "the day of S/RES/2640 (2022) is not known here"


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in given])


def test_the_command(tmp_path: Path, store_on_disk: Path) -> None:
    table = _run("calendar", "--document", "S/2020/600", "--store", store_on_disk)
    assert "2021-03-31" in table.stdout
    rows = list(csv.DictReader(io.StringIO(_run("calendar", "--format", "csv", "--store", store_on_disk).stdout)))
    assert {"62", "64"} <= {row["paragraph"] for row in rows}
    file = tmp_path / "mandates.ics"
    assert _run("calendar", "--format", "ics", "-o", file, "--store", store_on_disk).exit_code == 0
    assert Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    for wrong, code in (
        (["--alarm", "3"], 2),
        (["-o", file], 2),
        (["--after", "tomorrow"], 3),
        (["--actor", "Nobdy"], 3),
        (["--document", "S/2020/601"], 3),
    ):
        done = _run("calendar", *wrong, "--store", store_on_disk)
        assert (done.exit_code, "Traceback" in done.output) == (code, False), done.output


SEVERAL = TEXT.partition("1. Decides")[0] + (
    "1. Requests the Panel of Experts to report to the Security Council by 1 March 2031 and by 1 June 2031;\n\n"
    "2. Requests UNICEF to report within 30 days of the adoption of this resolution and every 60 days thereafter;\n"
)


def test_every_deadline_of_a_statement_is_an_entry_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "S_RES_9994_2031.txt").write_text(SEVERAL)
    store = GraphStore.in_memory()
    build([tmp_path], store)
    made = agenda(store, {})
    assert sorted((entry.paragraph, str(entry.day), entry.recurs) for entry in made) == [
        ("1", "2031-03-01", ""),
        ("1", "2031-06-01", ""),
        ("2", "2031-03-02", ""),
        ("2", "2031-04-01", "P60D"),
    ]
    assert len({entry.deadline for entry in made}) == 4
    events = Calendar.from_ical(write_icalendar(made)).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == 4
    records = [record for record in read_records(store) if record["record"] == "statement" and record["deadline"]]
    assert [[each["value"] for each in record["deadlines"]] for record in records] == [
        ["2031-03-01", "2031-06-01"],
        ["P30D", "P60D"],
    ]
    assert not any(each.violations for each in validate(store))


def test_what_would_lie_on_each_other_is_one_mark_that_leads_to_its_days(tmp_path: Path) -> None:
    store = _built(tmp_path, "Decides to extend the mandate of UNMISS for a period of six months")
    drawing = timeline(store, {})["drawing"]
    gathered = drawing.gathered
    assert sum(mark.count for mark in gathered) == len(drawing.marks)
    many = max(gathered, key=lambda mark: mark.count)
    assert many.count > 1
    assert many.said.splitlines()[0] == f"{many.count} deadlines"
    assert not many.link
    for one, other in combinations(gathered, 2):
        assert one.y != other.y or abs(one.x - other.x) > 8, "each can be pointed at"
    closer = timeline(store, {**many.narrow, "actor": ""})["drawing"]
    assert {str(mark.day) for mark in closer.marks} == {
        str(mark.day) for mark in drawing.marks if many.narrow["after"] <= str(mark.day) <= many.narrow["before"]
    }
    assert len(closer.gathered) > 1, "a click sets them apart"
    assert all(line.days["after"] <= line.days["before"] for line in drawing.scale)

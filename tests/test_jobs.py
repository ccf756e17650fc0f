"""Ten jobs for which people come, each in a real Chromium in at most four clicks from the first page, or in one command, with its right answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from make import store_of_resolutions
from mandategraph.cli import main
from regimes import MISSION_AND_SANCTIONS
from served import Served

MOST_CLICKS = 4
LATER_REPORT = (
    "Requests the Secretary-General to report to the Security Council on the work of UNMISS by 1 October 2030"
)


class Desk:
    """A person at the first page, who types, and whose clicks are counted."""

    def __init__(self, browser: Any, address: str) -> None:
        self.context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.clicks = 0
        self.page.goto(address)

    def ask(self, beginning: str, **blanks: str) -> None:
        """Fill the blanks of a question of the first page, and ask it."""
        form = self.page.locator(".asks form", has_text=beginning)
        for name, typed in blanks.items():
            form.locator(f"[name={name}]").fill(typed)
        self.click(form.get_by_role("button", name="Ask"))

    def find(self, typed: str) -> None:
        """Type into the box of the head, and search."""
        self.page.fill(".band input", typed)
        self.click(self.page.locator(".band button"))

    def follow(self, name: str, *, within: str = "main") -> None:
        """Click the first link of a name."""
        self.click(self.page.locator(within).first.get_by_role("link", name=name, exact=True).first)

    def click(self, place: Any) -> None:
        """Click, and count it."""
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        place.click()
        self.page.wait_for_load_state()

    def save(self, name: str) -> bytes:
        """Click the link to a file, and return what is saved."""
        with self.page.expect_download() as saved:
            self.follow(name, within=".files")
        return Path(saved.value.path()).read_bytes()

    def rows(self) -> list[dict[str, str]]:
        """Return the rows of the tables of the page by the heads of their columns, each with the sentence below it."""
        found: list[dict[str, str]] = []
        for row in self.page.locator("main tbody tr").all():
            if "words" in (row.get_attribute("class") or ""):
                found[-1]["quotation"] = row.inner_text().strip("“”\n ")
            else:
                cells = row.locator("td").all()
                found.append({str(cell.get_attribute("data-name")): cell.inner_text().strip() for cell in cells})
        return found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_of_resolutions(tmp_path_factory.mktemp("jobs"), MISSION_AND_SANCTIONS)


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[Served]:
    started = Served(path, seconds=20)
    yield started
    started.close()


@pytest.fixture
def desk(browser: Any, served: Served) -> Iterator[Desk]:
    begun = Desk(browser, served.url)
    yield begun
    begun.context.close()


def _csv(path: Path, *command: str) -> list[dict[str, str]]:
    done = CliRunner().invoke(main, [command[0], "--store", str(path), *command[1:], "--format", "csv"])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.slow
def test_what_the_secretary_general_must_report_on_a_mission_and_by_when(desk: Desk) -> None:
    desk.ask("What must", document="9961")
    assert [(row["to"], row["due"], row["quotation"]) for row in desk.rows()] == [
        ("United Nations Security Council", "2030-10-01", LATER_REPORT)
    ]


@pytest.mark.slow
def test_who_may_use_force_until_when(desk: Desk) -> None:
    desk.follow("Questions", within=".groups")
    desk.follow("Who is authorized to do what, until when, on which conditions?")
    found = [(row["actor"], row.get("until"), row.get("mandate until"), row["where"]) for row in desk.rows()]
    assert found == [
        ("UNMISS", "", "2030-02-28", "S/RES/9960 (2029), para. 3"),
        ("Member States of the United Nations", "2029-06-30", "", "S/RES/9960 (2029), para. 4"),
        ("UNMISS", "", "2031-02-28", "S/RES/9961 (2030), para. 3"),
    ]
    assert all("to use all necessary means" in row["quotation"] for row in desk.rows())


@pytest.mark.slow
def test_what_changed_for_protection_of_civilians(desk: Desk) -> None:
    desk.ask("What changed", earlier="9960", later="9961", theme="protection of civilians")
    pairs = desk.page.locator("article.pair").all()
    assert [pair.locator(".place").all_inner_texts() for pair in pairs] == [
        ["S/RES/9960 (2029), para. 2 (a) · UNMISS", "S/RES/9961 (2030), para. 2 (a) · UNMISS"]
    ]
    assert desk.page.locator("ins").all_inner_texts() == ["and along the river, by day and by night"]
    desk.click(desk.page.locator("nav[aria-label=Theme] a[aria-current]"))
    assert desk.page.locator("article.pair").count() > 4


@pytest.mark.slow
def test_the_exemptions_of_a_sanctions_regime(desk: Desk) -> None:
    desk.find("9962 (2029)")
    desk.follow("its terms, and who cites it")
    desk.follow("measures under S/RES/9962 (2029)")
    desk.follow("Each point as a table")
    assert [(row["where"], row["quotation"]) for row in desk.rows()] == [
        (
            "S/RES/9962 (2029), para. 2",
            "Decides that the measures imposed by paragraph 1 above shall not apply to funds for:",
        ),
        ("S/RES/9962 (2029), para. 2 (a)", "Food;"),
        ("S/RES/9962 (2029), para. 2 (b)", "The repair of wells;"),
    ]


@pytest.mark.slow
def test_all_that_binds_member_states_in_a_regime(desk: Desk, path: Path) -> None:
    desk.ask("What binds", actor="Member States", instrument="9962 (2029)")
    places = ["S/RES/9962 (2029), para. 1", "S/RES/9962 (2029), para. 3", "S/RES/9963 (2030), para. 2"]
    assert [row["where"] for row in desk.rows()] == places
    rows = _csv(path, "obligations", "--actor", "Member States", "--instrument", "9962 (2029)")
    assert [(row["document"], row["paragraph"], row["verb"]) for row in rows] == [
        ("S/RES/9962(2029)", "1", "decide"),
        ("S/RES/9962(2029)", "3", "call upon"),
        ("S/RES/9963(2030)", "2", "urge"),
    ]


@pytest.mark.slow
def test_the_tasks_of_a_mission_as_a_spreadsheet(desk: Desk) -> None:
    desk.find("UNMISS")
    desk.follow("All as a table")
    rows = list(csv.DictReader(io.StringIO(desk.save("csv").decode())))
    tasks = [row for row in rows if row["document"] == "S/RES/9961(2030)"]
    assert [(row["paragraph"], row["addressee"], row["act"]) for row in tasks] == [
        ("2(a)", "UNMISS", "directive"),
        ("2(b)", "UNMISS", "directive"),
        ("3", "UNMISS", "authorization"),
    ]
    assert tasks[1]["quotation"] == "To repair the roads to the mills;"


@pytest.mark.slow
def test_a_calendar_file(desk: Desk) -> None:
    desk.ask("What falls due", actor="Secretary-General", after="2029-01-01", before="2030-12-31")
    events = Calendar.from_ical(desk.save("ics")).walk("VEVENT")
    assert sorted(str(event["DTSTART"].dt) for event in events) == ["2029-09-01", "2030-10-01"]


@pytest.mark.slow
def test_a_brief_in_word(desk: Desk) -> None:
    desk.find("UNMISS")
    desk.follow("Its brief")
    paper = docx.Document(io.BytesIO(desk.save("docx")))
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert any("mandate of UNMISS ends on 28 February 2031" in each for each in said)
    assert any(each.startswith("To protect civilians around the wells") for each in said)


@pytest.mark.slow
def test_where_else_this_was_asked(desk: Desk) -> None:
    desk.ask("What must", document="9961")
    desk.follow("S/RES/9961 (2030), para. 4")
    desk.click(desk.page.locator("#para_4 a.verb"))
    desk.click(desk.page.locator(".statement").get_by_role("link", name="The same elsewhere"))
    desk.page.wait_for_url("**/precedents**")
    first = desk.page.locator("article.pair").first
    assert first.locator(".side.before a").inner_text() == "S/RES/9960 (2029), para. 5"
    assert first.locator("del").all_inner_texts() == ["September 2029"]


@pytest.mark.slow
def test_the_sentence_is_copied_with_its_citation(desk: Desk) -> None:
    desk.ask("What must", document="9961")
    desk.follow("S/RES/9961 (2030), para. 4")
    desk.click(desk.page.locator("#para_4 a.verb"))
    desk.page.bring_to_front()  # only a page with the focus may write to the clipboard
    desk.click(desk.page.locator(".margin .copies").get_by_role("button", name="Plain"))
    desk.page.locator(".margin [role=status]", has_text="Copied").wait_for()
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{LATER_REPORT}” (")
    assert "S/RES/9961 (2030)" in copied
    assert copied.endswith("para. 4)")

"""What is in force on a day: terms, tasks, ceilings and cycles that a newer decision replaced are history."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

import make
from mandategraph import GraphStore, ask, load_question
from mandategraph.answering.agenda import agenda
from mandategraph.answering.briefing import brief
from mandategraph.answering.standing import history, in_force
from mandategraph.answering.targets import standings
from mandategraph.cli import main
from mandategraph.errors import NotFoundError
from mandategraph.exporting.network import read_network
from mandategraph.recalling.rows import Rows
from mandategraph.recalling.statements import statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.serving.parameters import Page
from mandategraph.serving.site import Site
from mandategraph.vocabulary import document_iri

TEXTS = {
    ("9970", "2029", "1 March"): """1. Decides to establish UNMISS for an initial period of 12 months;

2. Requests UNMISS to mend the wells of the northern villages;

3. Requests UNMISS to count the pumps in the old market hall;

4. Decides that UNMISS shall consist of up to 900 troops;

5. Requests the Secretary-General to report to the Council on the wells every 90 days;

6. Authorizes Chad to guard the bridges until 1 June 2029;

7. Urges Chad to open its roads;
""",
    ("9975", "2029", "1 December"): "1. Decides to extend the mandate of UNMISS until 30 April 2030;\n",
    ("9980", "2030", "1 February"): """1. Decides to extend the mandate of UNMISS until 31 March 2031;

2. Requests UNMISS to train those who dig the wells;

3. Requests UNMISS to continue to carry out the task in paragraph 3 of resolution 9970 (2029);

4. Decides that UNMISS shall consist of up to 500 troops;

5. Requests the Secretary-General to report to the Council on the wells every 60 days;
""",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("standing")
    return make.store_of_resolutions(folder, TEXTS)


def _places(store: GraphStore, **wanted: tuple[str, ...]) -> set[tuple[str, str]]:
    return {(s.document[6:10], s.paragraph) for s in statements(store, Wanted(is_obligation=True, **wanted))}


@pytest.mark.parametrize(
    ("day", "bears"),
    [
        ("2029-05-01", {("9970", "2"), ("9970", "3")}),
        ("2029-12-15", {("9970", "2"), ("9970", "3")}),
        ("2030-06-01", {("9970", "3"), ("9980", "2"), ("9980", "3")}),
        ("2031-04-01", set()),
    ],
)
def test_tasks_stand_until_they_are_set_out_anew_or_the_mandate_ends(
    path: Path, day: str, bears: set[tuple[str, str]]
) -> None:
    """A roll-over that lays nothing on the holder leaves its tasks; a renewal that does replaces them, but for what it carries on."""
    with GraphStore.open_to_read(path) as store:
        assert _places(in_force(store, day), bearers=("UNMISS",)) == bears


def test_what_has_no_end_stands_and_what_lasts_until_a_day_ends(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        assert _places(in_force(store, "2029-05-01"), bearers=("Chad",)) == {("9970", "6"), ("9970", "7")}
        assert _places(in_force(store, "2029-12-15"), bearers=("Chad",)) == {("9970", "7")}
        whys = history(store, "2029-12-15")
        assert "ended on 1 June 2029" in whys.values()
        assert history(store, "2030-06-01")[f"{document_iri('S/RES/9975 (2029)')}#term-{_at(store)}"] == (
            "superseded by S/RES/9980 (2030)"
        )


def _at(store: GraphStore) -> int:
    from mandategraph.recalling.facts import terms

    (term,) = (term for term in terms(store) if term.instrument == "S/RES/9975 (2029)")
    return int(term.iri.rpartition("-")[2])


def test_every_way_of_asking_sees_the_same(path: Path) -> None:
    with GraphStore.open_to_read(path) as whole:
        held = in_force(whole, "2030-06-01")
        assert {entry.recurs for entry in agenda(held, {}) if entry.recurs} == {"P60D"}
        assert {entry.recurs for entry in agenda(whole, {}) if entry.recurs} == {"P90D", "P60D"}
        assert {s.target.value for s in standings(held)} == {500}
        rows = ask(held, load_question("mandate-ends"))
        assert isinstance(rows, Rows)
        assert [row["until"] for row in rows.records()] == ["2031-03-31"]
        drawn = {said["document"] for _, said in read_network(held).nodes(data=True) if said["kind"] == "obligation"}
        assert "S/RES/9975(2029)" not in drawn
        titles = [section.title for section in brief(held, actor="UNMISS").sections]
        assert titles[0] == "What UNMISS bears by S/RES/9980 (2030)"
        whole_titles = [section.title for section in brief(whole, actor="UNMISS").sections]
        assert "What S/RES/9980 (2030) carries on of older mandates" in whole_titles


def test_before_the_first_document_there_is_nothing(path: Path) -> None:
    with GraphStore.open_to_read(path) as store, pytest.raises(NotFoundError, match="no document is of 1 January 2020"):
        in_force(store, "2020-01-01")


def _run(path: Path, *given: str) -> Result:
    return CliRunner().invoke(main, [*given, "--store", str(path)])


@pytest.mark.parametrize(
    ("given", "old", "new"),
    [
        (("obligations", "--format", "csv"), "mend the wells", "train those"),
        (("query", "bears", "--format", "csv"), "mend the wells", "train those"),
        (("report", "UNMISS"), "mend the wells", "train those"),
        (("calendar", "--format", "ics"), "every 90 days", "every 60 days"),
        (("quota",), "at most 900", "at most 500"),
        (("export", "--format", "csv-nodes"), "mend the wells", "train those"),
        (("export", "--format", "jsonl"), '"P90D"', '"P60D"'),
    ],
)
def test_commands_take_a_day(path: Path, given: tuple[str, ...], old: str, new: str) -> None:
    whole, then = (_run(path, *given, *more).output for more in ((), ("--in-force=2030-06-01",)))
    assert new in whole
    assert new in then
    assert old not in then
    assert _run(path, *given, "--in-force=soon").exit_code == 2


def test_what_is_left_out_is_said_and_listed_with_its_reason(path: Path) -> None:
    def rows(*given: str) -> set[tuple[str, str, str]]:
        done = _run(path, "obligations", "--history", "--format", "csv", *given)
        assert done.exit_code == 0, done.output
        return {(r["document"], r["paragraph"], r["why"]) for r in csv.DictReader(io.StringIO(done.stdout))}

    anew = "set out anew by S/RES/9980 (2030)"
    old = {
        ("S/RES/9970(2029)", "2", anew),
        ("S/RES/9970(2029)", "5", "its mandate is over"),
        ("S/RES/9970(2029)", "6", "ended on 1 June 2029"),
    }
    assert rows("--in-force=2030-06-01") == old, "what came later, and what stands, is not in it"
    assert rows("--in-force=2030-06-01", "--actor", "UNMISS") == {("S/RES/9970(2029)", "2", anew)}
    nothing = _run(path, "obligations", "--history", "--in-force=2029-05-01")
    assert "nothing in the store fits" in nothing.stderr
    with GraphStore.open_to_read(path) as store:
        places = {
            (s.document, s.paragraph) for s in statements(in_force(store, "2030-06-01"), Wanted(is_obligation=True))
        }
    assert not {(document.replace("(", " ("), paragraph) for document, paragraph, _ in old} & places
    said = _run(path, "obligations", "--in-force=2030-06-01").stderr
    assert "5 statements are history on 2030-06-01 and are left out" in said
    assert _run(path, "query", "bears", "--in-force=2030-06-01").stderr == said
    assert "history" not in _run(path, "obligations").stderr + _run(path, "query", "bears").stderr
    assert _run(path, "obligations", "--history", "--strength", "3").exit_code == 2


@pytest.mark.usefixtures("bundled")
def test_the_network_takes_a_day(path: Path, tmp_path: Path) -> None:
    whole, then = tmp_path / "whole.html", tmp_path / "then.html"
    _run(path, "view", "-o", str(whole))
    _run(path, "view", "-o", str(then), "--in-force=2030-06-01")
    before, after = whole.read_text("utf-8"), then.read_text("utf-8")
    assert "mend the wells" in before
    assert "mend the wells" not in after
    assert "train those" in after
    site = Site(path)
    duties = [
        _drawn(site.answer(Page("explorer", "", tuple(query.items()), "text/html")).body.decode())
        for query in ({}, {"in_force": "2030-06-01"})
    ]
    assert 0 < duties[1] < duties[0], "the page is of the same, and asks for the words"


def _drawn(page: str) -> int:
    """Return how many obligations a page of the network draws."""
    found = re.search(r'<script type="application/json" id="picture">(.*?)</script>', page, re.DOTALL)
    assert found
    return len(next(iter(json.loads(found[1])["duties"].values())))


def test_the_page_of_a_brief_is_of_a_day(path: Path) -> None:
    site = Site(path)

    def page(**query: str) -> str:
        made = site.answer(Page("report", "", tuple(query.items()), "text/html")).body.decode()
        return re.sub("<datalist.*?</datalist>", "", made)

    assert "What UNMISS bears by S/RES/9980 (2030)" in page(name="UNMISS")
    on = page(name="UNMISS", on="2029-05-01")
    assert "What UNMISS bears by S/RES/9970 (2029)" in on
    assert "9980" not in on, "a ceiling of later is none of that day"
    assert page(name="UNMISS", on="soon").count("is no date") == 1
    assert "on is for the brief of an actor" in page(name="S/RES/9980 (2030)", on="2029-05-01").lower()


def test_pages_take_a_day(path: Path) -> None:
    site = Site(path)

    def page(route: str, **query: str) -> str:
        return site.answer(Page(route, "", tuple(query.items()), "text/html")).body.decode()

    for route in ("obligations", "obligations.csv", "timeline"):
        assert "on the wells every 90 days" in page(route), route
        assert "on the wells every 90 days" not in page(route, in_force="2030-06-01"), route
    assert "900" not in page("quota", in_force="2030-06-01")
    assert page("obligations", in_force="soon").count("is no date") == 1


def test_statements_are_the_same_one_by_one_and_all_together(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        every = statements(store)
        assert len(every) > len(TEXTS)
        assert statements(store, Wanted(statements=tuple(each.statement for each in every))) == every


def test_a_copy_leaves_out_what_it_is_told_and_changes_nothing_of_the_store(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        before, node = set(store.quads()), NamedNode(statements(store)[0].statement)
        with store.without([node]) as copied:
            kept = set(copied.store)
        assert kept == {quad for quad in before if node not in {quad.subject, quad.object}} < before
        assert set(store.quads()) == before

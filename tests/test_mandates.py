"""Mandates, measures and authorizations with their terms, as the store answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import make
from mandategraph import GraphStore, ask, load_question
from mandategraph.answering.contents import Contents, ContentsOf
from mandategraph.answering.mandates import mandates
from mandategraph.answering.standing import history
from mandategraph.cli import main
from mandategraph.recalling.statements import statements
from mandategraph.serving.terms import terms_page

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
    return make.store_of_resolutions(folder, TEXTS)


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
    assert [(cells[0].text, cells[3].text) for cells in held["rows"]] == [
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


HISTORY = {
    ("9901", "2026", "1 March"): "1. Decides to establish UNMISS until 1 March 2027;\n\n"
    "2. Decides that the mandate of UNMISS shall include the following tasks:\n\n(a) To protect wells;\n\n(b) To repair roads;\n\n"
    "3. Decides that UNMISS shall comprise up to 900 military personnel;\n\n"
    "4. Authorizes Member States for a period of 12 months to inspect boats;\n",
    ("9902", "2027", "1 February"): "1. Decides to extend the mandate of UNMISS for a further period of six months;\n\n"
    "2. Decides that UNMISS shall comprise up to 500 military personnel;\n\n"
    "3. Authorizes UNMISS to use boats;\n",
    (
        "9903",
        "2027",
        "1 August",
    ): "1. Decides to extend the mandate of UNMISS, as set out in paragraph 2 of resolution 9901 (2026), until 1 March 2028;\n\n"
    "2. Decides that UNMISS shall dig;\n\n"
    "3. Decides to extend resolution 9905 (2027) until 5 May 2029;\n",
    (
        "9904",
        "2028",
        "1 February",
    ): "1. Welcomes UNMHA, to replace UNMISS, and decides to extend the mandate of UNMHA, as set out in paragraph 3 of resolution 1900 (2006), until 1 March 2029;\n\n"
    "2. Decides that the mandate of UNMHA shall be extended automatically for a further period of one year, unless the Council decides otherwise;\n",
    (
        "9905",
        "2027",
        "3 March",
    ): "1. Decides that all Member States shall, for a period of one year, freeze all funds of persons designated by the Panel, unless they are diggers;\n\n"
    "2. Decides that the measures in paragraph 1 shall not apply to food;\n\n"
    "3. Decides that the measures in paragraph 1 shall apply to individuals who poison wells;\n",
    ("9906", "2030", "3 March"): "1. Decides to lift the measures imposed by paragraph 1 of resolution 9905 (2027);\n",
}


@pytest.fixture(scope="module")
def history_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    return make.store_of_resolutions(folder, HISTORY)


def _held(path: Path, name: str, day: str) -> Contents:
    with GraphStore.open_to_read(path) as store:
        mandate = next(m for m in mandates(store) if m.name == name)
        return ContentsOf(store).on(mandate, day)


def _places(held: Contents, what: str) -> list[tuple[str, str, str]]:
    return [(each.document, each.paragraph, each.carried_by) for each in held.of(what)]


def test_tasks_and_ceilings_are_those_of_the_day(history_path: Path) -> None:
    first = _held(history_path, "UNMISS", "2026-06-01")
    assert [p for _, p, _ in _places(first, "task")] == ["2(a)", "2(b)"]
    assert [each.words for each in first.of("ceiling")] == ["900 military personnel"]
    second = _held(history_path, "UNMISS", "2027-03-01")
    assert [p for _, p, _ in _places(second, "task")] == ["3", "2(a)", "2(b)"]
    assert [each.words for each in second.of("ceiling")] == ["500 military personnel"]
    assert _places(_held(history_path, "UNMISS", "2026-02-01"), "task") == []


def test_what_is_cited_is_carried_on(history_path: Path) -> None:
    third = _held(history_path, "UNMISS", "2027-09-01")
    by = "S/RES/9903 (2027)"
    old = "S/RES/9901 (2026)"
    assert _places(third, "task") == [(by, "2", ""), (old, "2(a)", by), (old, "2(b)", by)]
    assert _held(history_path, "UNMHA", "2028-03-01").elsewhere == ("S/RES/1900 (2006), 3",)


def test_tasks_are_of_whoever_is_authorized_and_not_of_what_it_is_to_establish(tmp_path: Path) -> None:
    texts = {
        (
            "9971",
            "2030",
            "1 March",
        ): "1. Decides that the mandate of UNMISS shall be to help establish the conditions for trade in Chad, and authorizes UNMISS to "
        "perform the following tasks:\n\n(a) Protecting wells;\n\n(b) Repairing roads;\n",
        (
            "9972",
            "2030",
            "1 March",
        ): "1. Requests the Secretary-General to establish a group of experts (the Panel) to carry out the following tasks:\n\n"
        "(a) To monitor the wells;\n\n(b) To report to the Council;\n",
    }
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        borne = {(s.document[6:10], s.paragraph): s.names for s in statements(store) if "(" in s.paragraph}
    assert borne[("9971", "1(a)")] == borne[("9971", "1(b)")] == ("UNMISS",)
    assert {names[0] for (number, _), names in borne.items() if number == "9972"}.isdisjoint(
        {"SecretaryGeneral", "UNMISS"}
    )


def test_what_an_actor_bears_says_who_carries_it_on(history_path: Path) -> None:
    with GraphStore.open_to_read(history_path) as store:
        rows = list(ask(store, load_question("bears"), {"actor": "UNMISS"}).records())  # type: ignore[union-attr]
    assert {(r["document"], r["paragraph"], r["carried_on_by"]) for r in rows} >= {
        ("S/RES/9901(2026)", "2(a)", "S/RES/9903(2027)"),
        ("S/RES/9901(2026)", "2(b)", "S/RES/9903(2027)"),
        ("S/RES/9902(2027)", "3", ""),
        ("S/RES/9903(2027)", "2", ""),
    }


def test_what_is_cited_whole_beside_a_paragraph_is_carried_on_too(tmp_path: Path) -> None:
    texts = {
        (
            "9961",
            "2030",
            "1 March",
        ): "1. Decides that UNMISS shall carry out the following tasks:\n\n(a) To protect wells;\n\n(b) To repair roads;\n\n"
        "2. Decides that UNMISS shall guard the bridges;\n",
        (
            "9962",
            "2031",
            "1 March",
        ): "1. Decides to extend the mandate of UNMISS, as set out in resolution 9955 (2029) and paragraph 1 of resolution 9961 (2030), until 1 March 2032;\n",
    }
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        (mandate,) = mandates(store, holder="UNMISS")
        held = ContentsOf(store).on(mandate, "2031-04-01")
    assert [each.paragraph for each in held.of("task")] == ["1(a)", "1(b)"], "paragraph 2 is not carried on"
    assert held.elsewhere == ("S/RES/9955 (2029)",)


def test_a_further_period_counts_from_the_end_of_the_term_before(history_path: Path) -> None:
    with GraphStore.open_to_read(history_path) as store:
        found = {m.name: m for m in mandates(store)}
    assert [term.end for term in found["UNMISS"].terms] == ["2027-03-01", "2027-09-01", "2028-03-01"]
    assert [(t.end, t.condition) for t in found["UNMHA"].terms] == [
        ("2029-03-01", ""),
        ("2029-02-01", "unless the Council decides otherwise"),
    ]
    assert found["S/RES/9901 (2026)"].row("2026-06-01")[8] == "inspect boats"


def test_who_replaces_another_succeeds_it(history_path: Path) -> None:
    with GraphStore.open_to_read(history_path) as store:
        found = {m.name: (m.succeeds, m.succeeded_by) for m in mandates(store)}
    assert (found["UNMHA"], found["UNMISS"]) == ((("UNMISS",), ()), ((), ("UNMHA",)))


def test_measures_begin_go_on_whole_and_are_lifted(history_path: Path) -> None:
    with GraphStore.open_to_read(history_path) as store:
        regime = next(m for m in mandates(store) if m.name == "S/RES/9905 (2027)")
        rows = list(ask(store, load_question("measures"), {}).records())  # type: ignore[union-attr]
        exempt = list(ask(store, load_question("exempt"), {}).records())  # type: ignore[union-attr]
    assert [(t.step, t.end) for t in regime.terms] == [
        ("founds", "2028-03-03"),
        ("continues", "2029-05-05"),
        ("ends", ""),
    ]
    assert [regime.on(day).state(day) for day in ("2027-09-01", "2030-04-01")] == ["in force", "ended"]  # type: ignore[union-attr]
    assert {(r["measure"], r["on"]) for r in rows} == {
        ("asset freeze", "persons designated by the Panel"),
        ("asset freeze, ends", "persons designated by the Panel"),
    }
    assert {(r["exempt"], r["paragraph"]) for r in exempt} == {("a proviso", "1"), ("the whole", "2")}
    held = _held(history_path, "S/RES/9905 (2027)", "2028-01-01")
    assert [(each.what, each.paragraph) for each in held.given] == [
        ("measure", "1"),
        ("exemption", "2"),
        ("criterion", "3"),
    ]


REGIME = {
    ("9921", "2027", "1 March"): "1. Decides that all Member States shall prevent the supply of arms to Chad;\n\n"
    "2. Decides that all Member States shall, until 1 May 2028, freeze all funds of persons designated by the Panel;\n\n"
    "3. Decides that all Member States shall prevent the entry into their territories of persons designated by the Panel;\n",
    (
        "9922",
        "2028",
        "1 February",
    ): "1. Decides to renew until 1 May 2029 the measures imposed by paragraphs 2 and 3 of resolution 9921 (2027);\n",
    ("9923", "2028", "1 August"): "1. Decides to terminate the arms embargo imposed by resolution 9921 (2027);\n",
    (
        "9924",
        "2028",
        "1 September",
    ): "1. Decides that the measures imposed by paragraph 3 of resolution 9921 (2027) shall no longer apply;\n\n"
    "2. Decides that Member States shall no longer use boats;\n",
    ("9925", "2029", "1 April"): "1. Decides to lift the sanctions established by resolution 9921 (2027);\n",
}


def test_each_measure_of_a_regime_has_its_own_terms(tmp_path: Path) -> None:
    """Who lifts one by its name or its paragraph ends that one; who lifts the regime ends them all."""
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, REGIME)) as store:
        found = {m.measure: m for m in mandates(store)}
        on = {
            day: {m.measure: m.last.end for m in mandates(store, on=day)}
            for day in ("2027-04-01", "2028-03-01", "2028-08-02", "2028-10-01", "2029-04-02")
        }
        gone = {iri.rpartition("/")[2]: why for iri, why in history(store, "2028-10-01").items() if "#term" in iri}
    assert {name: [t.step for t in m.terms] for name, m in found.items()} == {
        "arms embargo": ["founds", "ends", "ends"],
        "asset freeze": ["founds", "continues", "ends"],
        "travel ban": ["founds", "continues", "ends", "ends"],
    }
    assert on == {
        "2027-04-01": {"arms embargo": "", "asset freeze": "2028-05-01", "travel ban": ""},
        "2028-03-01": {"arms embargo": "", "asset freeze": "2029-05-01", "travel ban": "2029-05-01"},
        "2028-08-02": {"asset freeze": "2029-05-01", "travel ban": "2029-05-01"},
        "2028-10-01": {"asset freeze": "2029-05-01"},
        "2029-04-02": {},
    }
    assert sorted(gone.values()) == ["ended", "ended", "ended", "ended", "superseded by S/RES/9922 (2028)"], (
        "the renewal of two measures stands as long as one of them does"
    )


def test_measures_go_back_to_what_they_restate_and_not_to_what_amends_it(tmp_path: Path) -> None:
    texts = {
        ("9951", "2027", "1 March"): "1. Decides that all States shall take the following measures previously imposed "
        "by paragraph 8 of resolution 1333 (2000):\n\n(a) Freeze all funds of these persons, groups and firms;\n\n"
        "2. Recalls that the measures in paragraph 1 above shall not apply to funds for wells;\n",
        ("9952", "2028", "1 March"): "1. Decides to extend until 1 May 2029 the authorizations and the measures in "
        "resolution 2146 (2014), as amended by paragraph 2 of resolution 2441 (2018);\n",
        ("9953", "2028", "1 April"): "1. Decides that, with the exception of prohibitions related to the sale of arms "
        "to Chad, all prohibitions related to trade established by resolution 2374 (2017) shall no longer apply;\n\n"
        "2. Reiterates that, by paragraphs 9 (a), (b) and (c) of resolution 1970 (2011), the measures imposed by "
        "paragraph 3 of resolution 2206 (2015) shall not apply to wells;\n",
    }
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        held = {m.name: m for m in mandates(store)}
        measures = list(ask(store, load_question("measures"), {}).records())  # type: ignore[union-attr]
        exempt = {r["document"]: r["source"] for r in ask(store, load_question("exempt"), {}).records()}  # type: ignore[union-attr]
    assert {"S/RES/1333 (2000)", "S/RES/2146 (2014)", "S/RES/2374 (2017)"} == set(held)
    assert held["S/RES/2374 (2017)"].state("2030-01-01") == "open", "some are lifted, and the rest goes on"
    assert held["S/RES/2374 (2017)"].about == "prohibitions related to the sale of arms to Chad"
    (freeze,) = (r for r in measures if r["measure"] == "asset freeze")
    assert (freeze["on"], freeze["since"]) == ("these persons, groups and firms", "")
    assert exempt == {"S/RES/9951(2027)": "S/RES/1333(2000)", "S/RES/9953(2028)": "S/RES/1970(2011)"}


def test_a_measure_that_is_imposed_again_on_a_state_goes_on(tmp_path: Path) -> None:
    """A later instrument that cites nothing continues it, with its exemptions; what was lifted begins anew, and persons are nobody known."""
    ban, on_persons = (
        "Decides that all States shall prevent the supply of arms to",
        "all persons designated by the Committee",
    )
    texts = {
        ("9911", "2027", "1 March"): f"1. {ban} Chad;\n\n2. Decides that all States shall freeze the funds of {on_persons};\n",
        ("9912", "2028", "1 March"): f"1. {ban} the Republic of Chad;\n\n2. Decides that paragraph 1 above shall not apply to helmets;\n\n"
        f"3. Decides that all States shall freeze the funds of {on_persons};\n",
        ("9913", "2029", "1 March"): "1. Decides to lift the arms embargo imposed by paragraph 1 of resolution 9911 (2027);\n",
        ("9914", "2030", "1 March"): f"1. {ban} Chad;\n",
    }  # fmt: skip
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        found = mandates(store)
        embargoes = [m for m in found if m.measure == "arms embargo"]
        exempt = ContentsOf(store).on(embargoes[0], "2028-12-31").of("exemption")
    assert sorted([term.instrument for term in m.terms] for m in embargoes) == [
        ["S/RES/9911 (2027)", "S/RES/9912 (2028)", "S/RES/9913 (2029)"],
        ["S/RES/9914 (2030)"],
    ]
    assert [each.paragraph for each in exempt] == ["2"]
    assert {m.name for m in found if m.measure == "asset freeze"} == {"S/RES/9911 (2027)", "S/RES/9912 (2028)"}


def test_measures_said_again_go_back_to_those_who_imposed_them(tmp_path: Path) -> None:
    """A decision that is reaffirmed imposes, a preamble does not; what a condition cites is no origin, and conditions are no duties."""
    texts = {
        ("9961", "2031", "1 March"): "Reaffirming its decision that all States shall prevent the supply of arms to Niger,\n\n"
        "1. Reaffirms its decision in paragraph 1 of resolution 9960 (2030) that all States shall take these measures as previously imposed by "
        "paragraph 4 of resolution 1333 (2000):\n\n(a) Freeze the funds of these persons;\n\n"
        "2. Decides that all States shall deny ships from Chad permission to overfly, if they carry what paragraph 3 of resolution 2374 (2017) bans;\n\n"
        "3. Decides that the measures imposed by paragraph 2 above do not apply to mills of the Mission in Chad, provided that:\n\n"
        "(a) They run for one of these ends:\n\n(i) Repairing the wells;\n\n(ii) Feeding the masons;\n",
    }  # fmt: skip
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        rows = list(ask(store, load_question("measures"), {}).records())  # type: ignore[union-attr]
        exempt = list(ask(store, load_question("exempt"), {}).records())  # type: ignore[union-attr]
        duties = {stated.paragraph for stated in statements(store) if stated.is_obligation}
    assert {(r["paragraph"], r["measure"], r["source"]) for r in rows} == {
        ("1(a)", "asset freeze", "S/RES/1333(2000)"),
        ("2", "flight ban", "S/RES/9961(2031)"),
    }
    last = [(r["paragraph"], r["exempt"]) for r in exempt if r["paragraph"].startswith("3")]
    assert last == [("3", "the whole"), *((f"3(a){x}", "a condition of it") for x in ("", "(i)", "(ii)"))]
    assert not {paragraph for paragraph in duties if paragraph.startswith("3(")}


def test_what_is_exempt_is_not_banned(tmp_path: Path) -> None:
    texts = {
        (
            "9931",
            "2027",
            "1 March",
        ): "1. Decides that all Member States shall prevent the supply of arms to Chad, and that this measure shall not apply to:\n\n"
        "(a) Supplies to guards who keep charcoal from being sold;\n",
        (
            "9932",
            "2027",
            "1 March",
        ): "1. Decides that all Member States shall prevent the supply to Niger of:\n\n(a) Arms;\n\n(b) Charcoal;\n",
    }
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        found = {(m.name, m.measure) for m in mandates(store)}
    assert found == {
        ("S/RES/9931 (2027)", "arms embargo"),
        ("S/RES/9932 (2027)", "arms embargo"),
        ("S/RES/9932 (2027)", "trade ban"),
    }


def test_the_command_and_the_pages_say_what_a_mandate_is(history_path: Path) -> None:
    told = _run(history_path, "--holder", "UNMISS", "--on", "2027-09-01").stdout
    assert "UNMISS: task: To repair roads (S/RES/9901 (2026), 2(b), carried on by S/RES/9903 (2027))" in told
    assert "UNMISS: ceiling: 500 military personnel (S/RES/9902 (2027), 2)" in told
    shown = CliRunner().invoke(main, ["show", "UNMISS", "--store", str(history_path), "--on", "2026-06-01"]).stdout
    assert "ceiling: 900 military personnel" in shown
    record = json.loads(_run(history_path, "--holder", "UNMISS", "--format", "json").stdout)[0]
    assert [task["paragraph"] for task in record["task"]] == ["2", "2(a)", "2(b)"]
    with GraphStore.open_to_read(history_path) as store:
        page = terms_page(store, {"holder": "unmiss", "on": "2026-06-01", "before": ""})
    assert [each.words for _, things in page["given_to"] for each, _ in things] == [
        "To protect wells",
        "To repair roads",
        "900 military personnel",
    ]


def test_a_brief_is_about_the_mandate_held_on_the_day(history_path: Path) -> None:
    def headings(*given: str) -> list[str]:
        told = CliRunner().invoke(main, ["report", "UNMISS", "--store", str(history_path), *given]).stdout
        return [
            line for line in told.splitlines() if line.startswith("## What UNMISS") or line.startswith("## What else")
        ]

    assert headings("--on", "2026-06-01") == ["## What UNMISS bears by S/RES/9901 (2026)"]
    assert headings() == ["## What UNMISS bears by S/RES/9903 (2027)", "## What UNMISS bears by S/RES/9901 (2026)"]

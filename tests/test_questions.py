"""The named questions: on the samples always, on the source documents where they are."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib

import make
from make import AT_THE_END
from mandategraph.answering.asking import ask, bindings
from mandategraph.answering.comparing import compare
from mandategraph.answering.contents import ContentsOf
from mandategraph.answering.mandates import mandates
from mandategraph.answering.questions import Question, load_question, parse_question, question_names
from mandategraph.answering.showing import find_thing
from mandategraph.building.writing import build
from mandategraph.errors import NotFoundError, QueryError
from mandategraph.exporting import FORMATS
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import source_text
from mandategraph.recalling.rows import Rows

OF_SANCTIONS = {"measures", "exempt", "criteria"}
REGIME = """Resolution 9961 (2029)

Adopted by the Security Council at its 9000th meeting, on 1 March 2029

The Security Council,

1. Decides that, for an initial period of one year, all Member States shall freeze all funds owned by persons designated by the Panel;

2. Decides that the measures imposed by paragraph 1 above shall not apply to funds, provided that the Panel agrees:

(a) Funds necessary for wells;

(b) Funds necessary for pumps;

3. Decides that the measures imposed by paragraph 1 above shall apply to individuals designated by the Panel as:

(a) Poisoning wells;

(b) Selling pumps to those who poison them;

4. Decides to renew until 31 May 2030 the measures on wells imposed by paragraph 4 of resolution 2374 (2017);

5. Urges all States to freeze pipes and funds;
"""
NOTE = "IEG_WPS_Mali_2023-03-28_update"


def _ask(store: GraphStore, name: str, **given: str) -> list[dict[str, str]]:
    rows = ask(store, load_question(name), given)
    assert isinstance(rows, Rows)
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.as_text()]


def _places(rows: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(r["document"], r["paragraph"]) for r in rows}


@pytest.mark.parametrize("name", question_names())
def test_every_question_runs_and_has_its_head(name: str, sample_store: GraphStore) -> None:
    question = load_question(name)
    assert question.title.endswith(("?", "."))
    assert question.description
    given = {p.name: p.example or "" for p in question.parameters} if name == "changed" else {}
    rows = ask(sample_store, question, given)
    assert isinstance(rows, Rows)
    assert rows.rows or name in OF_SANCTIONS, "it answers on the samples"
    assert {"document", "paragraph", "quotation"} <= set(rows.columns), "every answer shows the sentence"
    projection = question.text[question.text.find("SELECT") : question.text.find("WHERE")]
    for parameter in question.parameters:
        assert question.by or f"?{parameter.name} " in projection, "the store binds only what a query projects"
        assert parameter.about
        assert parameter.example


@pytest.mark.parametrize("name", question_names())
def test_without_parameters_a_question_answers_for_the_store(name: str, mandates_store: GraphStore) -> None:
    """No default names a thing of one collection of documents."""
    question = load_question(name)
    assert [parameter.default for parameter in question.parameters] == [None] * len(question.parameters)
    assert isinstance(ask(mandates_store, question), Rows)


@pytest.mark.parametrize("name", question_names())
def test_a_parameter_chooses_among_the_answers(name: str, sample_store: GraphStore) -> None:
    """What a question answers for one value is what it answers for all, where that value stands."""
    question = load_question(name)
    kept = {parameter.name: parameter.default for parameter in question.parameters if parameter.default}
    whole = ask(sample_store, question, kept)
    assert isinstance(whole, Rows)
    for parameter in question.parameters:
        if parameter.default or parameter.name not in whole.columns:
            continue
        at = whole.columns.index(parameter.name)
        value = next((row[at] for row in whole.rows if row[at] is not None), None)
        if value is None:
            continue
        answer = ask(sample_store, question, {**kept, parameter.name: str(getattr(value, "value", ""))})
        assert isinstance(answer, Rows)
        columns = [whole.columns.index(column) for column in answer.columns]
        wanted = {tuple(row[n] for n in columns) for row in whole.rows if row[at] == value}
        assert set(answer.rows) == wanted, f"{name}: {parameter.name}"


@pytest.mark.parametrize(
    "where", ["?s ?p ?a", "?s a ?c OPTIONAL { ?s $p ?a }", "?s ?p ?a FILTER (STR(?a) != '}{')", "} OPTIONAL { ?s ?p ?a"]
)
def test_braces_in_strings_and_too_many_of_them(sample_store: GraphStore, where: str) -> None:
    text = f"# @param a actor default=MINUSMA\nSELECT ?a ?s WHERE {{ {where} }} LIMIT 2"
    question = parse_question("own", text)
    if where.startswith("}"):
        with pytest.raises(QueryError, match="not SPARQL"):
            ask(sample_store, question)
    else:
        assert isinstance(ask(sample_store, question), Rows)


def test_the_readme_lists_every_question() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert [line.split("`")[1] for line in readme.splitlines() if line.startswith("| `")] == question_names()


def test_1_what_must_the_secretary_general_report(corpus_store: GraphStore) -> None:
    rows = {(r["document"], r["paragraph"]): r for r in _ask(corpus_store, "reports", actor="Secretary-General")}
    draft = "S/2020/600"
    assert {p for d, p in rows if d == draft} == {"4", "5", "38", "46", "57", "62", "63", "64"}
    assert rows[draft, "62"]["recurs"] == "P3M"
    assert rows[draft, "62"]["to"] == "SecurityCouncil"
    assert rows[draft, "63"]["recurs"] == "P6M"
    assert rows[draft, "64"]["due"] == "2021-03-31"
    assert rows[draft, "38"]["due"] == "2021-04-30"
    assert rows[NOTE, "annex/57"]["recurs"] == "P3M"


def test_2_what_falls_due(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "due", **{"from": "2021-03-01", "to": "2021-06-30"})
    days = {(r["paragraph"], r["due"]) for r in rows if r["document"] == "S/2020/600" and not r["recurs"]}
    assert days == {("64", "2021-03-31"), ("38", "2021-04-30")} | {
        (paragraph, "2021-06-30") for paragraph in AT_THE_END
    }
    cycles = {r["paragraph"]: r for r in rows if r["document"] == "S/2020/600" and r["recurs"]}
    assert {p: (r["due"], r["recurs"], r["until"], r["actor"]) for p, r in cycles.items() if p in {"62", "63"}} == {
        "62": ("2021-03-29", "P3M", "2021-06-30", "SecretaryGeneral"),
        "63": ("2021-06-29", "P6M", "2021-06-30", "SecretaryGeneral"),
    }
    whole, later, earlier = (
        {
            (r["document"], r["paragraph"], r["due"], r["actor"])
            for r in _ask(corpus_store, "due", **given)
            if not r["recurs"]
        }
        for given in ({}, {"from": "2021-04-01"}, {"to": "2021-03-31"})
    )
    assert later
    assert (whole, later & earlier) == (later | earlier, set())


def test_27_what_is_due_next(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "due", **{"from": "2020-07-01", "actor": "Secretary-General"})
    days = {r["paragraph"]: r["due"] for r in rows if r["document"] == "S/2020/600"}
    assert (days["62"], days["63"]) == ("2020-09-29", "2020-12-29")


def test_a_mandate_is_set_beside_the_one_before_it(tmp_path: Path) -> None:
    """Without parameters the newest that has one before it; what is not of its line is passed over."""
    texts = {
        (
            "9941",
            "2030",
            "1 March",
        ): "1. Decides to extend the mandate of UNMISS until 1 March 2031;\n\n2. Requests UNMISS to mend the wells of the villages;\n",
        (
            "9942",
            "2031",
            "1 March",
        ): "1. Decides to extend the mandate of UNMISS, as set out in resolution 9941 (2030), until 1 March 2032;\n\n2. Requests UNMISS to mend the wells of the villages;\n",
        ("9943", "2031", "1 May"): "1. Urges Chad to open its roads;\n",
    }
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        rows = _ask(store, "changed")
        assert {(r["document"], r["before"], r["paragraph"], r["change"]) for r in rows} >= {
            ("S/RES/9942(2031)", "2", "2", "kept")
        }
        assert (
            rows
            == _ask(store, "changed", earlier="9941 (2030)", later="9942 (2031)")
            == _ask(store, "changed", later="9942 (2031)")
        )
        with pytest.raises(NotFoundError, match="has none before it here"):
            _ask(store, "changed", later="9941 (2030)")


def test_only_instruments_are_cited(corpus_store: GraphStore) -> None:
    whole = ask(corpus_store, load_question("cited"))
    assert isinstance(whole, Rows)
    at = whole.columns.index("instrument")
    assert all("/instrument/" in str(row[at]) for row in whole.rows)
    assert any(row["how"] == "named" for row in whole.records())


def test_every_quota_says_what_is_measured(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "quota")
    assert all(row["measures"] for row in rows)
    assert {row["measures"] for row in rows}.isdisjoint({"respectively", "more recently", "in 2013", "a few years"})
    assert "19800" not in {row["value"] for row in _ask(corpus_store, "targets")}


@pytest.fixture(scope="module")
def regime_store(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    file = tmp_path_factory.mktemp("regime") / "S_RES_9961(2029).txt"
    file.write_text(REGIME, encoding="utf-8")
    store = GraphStore.in_memory()
    build([file], store)
    return store


def test_measures_with_on_whom_since_and_until(regime_store: GraphStore) -> None:
    rows = _ask(regime_store, "measures")
    assert [(r["paragraph"], r["measure"], r["on"], r["since"], r["until"], r["lasts"], r["source"]) for r in rows] == [
        ("1", "asset freeze", "persons designated by the Panel", "2029-03-01", "", "P1Y", "S/RES/9961(2029)"),
        ("4", "measures, continues", "", "", "2030-05-31", "", "S/RES/2374(2017)"),
    ]


def test_23_what_is_in_force_on_a_day(corpus_store: GraphStore) -> None:
    held = {(m.name, m.kind): m for m in mandates(corpus_store, on="2021-01-01")}
    assert {key: m.last.end for key, m in held.items()} == {
        ("MINUSMA", "mandate"): "2021-06-30",
        ("FrenchForces", "authorization"): "2021-06-30",
    }
    contents = ContentsOf(corpus_store).on(held["MINUSMA", "mandate"], "2021-01-01")
    assert {each.words for each in contents.of("ceiling")} == {"13,289 military personnel", "1,920 police personnel"}
    tasks = {each.paragraph for each in contents.of("task")}
    assert {"18", "28(a)(i)", "28(c)(i)", "29(a)", "29(b)/1"} <= tasks
    assert not {"28", "28(a)", "29"} & tasks


def test_each_exemption_and_each_criterion_has_its_paragraph(regime_store: GraphStore) -> None:
    rows = _ask(regime_store, "exempt")
    assert [(r["paragraph"], r["exempt"]) for r in rows] == [
        ("2", "the whole"),
        ("2(a)", "a point of it"),
        ("2(b)", "a point of it"),
    ]
    assert {r["condition"] for r in rows} == {"provided that the Panel agrees"}
    rows = _ask(regime_store, "criteria")
    assert [(r["paragraph"], r["quotation"]) for r in rows][1:] == [
        ("3(a)", "Poisoning wells;"),
        ("3(b)", "Selling pumps to those who poison them;"),
    ]


def test_26_criteria_that_another_paragraph_lists(tmp_path: Path) -> None:
    texts = {
        ("9962", "2029", "1 March"): "1. Reaffirms that the provisions of paragraph 12 of resolution 2206 (2015) apply to individuals who sell pumps;\n\n"
        "2. Underscores that such actions as described in paragraph 1 above may include, but are not limited to:\n\n"
        "(a) Poisoning wells;\n\n(b) The theft of buckets;\n",
    }  # fmt: skip
    with GraphStore.open_to_read(make.store_of_resolutions(tmp_path, texts)) as store:
        rows = _ask(store, "criteria")
    assert [(r["paragraph"], r["source"]) for r in rows] == [
        (p, "S/RES/2206(2015)") for p in ("1", "2", "2(a)", "2(b)")
    ]


def test_3_what_does_cma_bear(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "bears", actor="CMA")
    itself = {(r["document"], r["paragraph"]) for r in rows if r["how"] == "itself"}
    assert itself == {("S/2020/600", "1"), ("S/2020/600", "56"), ("S/AC.51/2020/11", "5(bb)"), (NOTE, "annex/50")}
    parties = {(r["document"], r["paragraph"]) for r in rows if r["as"] == "MalianParties"}
    assert {("S/2020/600", p) for p in ("3", "3/1", "9", "11", "54")} <= parties
    assert {("A/HRC/RES/46/28", p) for p in ("10", "11")} <= parties
    groups = {(r["document"], r["paragraph"]) for r in rows if "ArmedGroups" in r["as"]}
    wanted = {("S/AC.51/2020/11", f"5({x})") for x in ("w", "x", "y", "z", "aa", "dd")} | {
        ("S/2020/600", "6"),
        ("S/2020/600", "55"),
    }
    assert wanted <= groups
    assert len(rows) == len({tuple(r.values()) for r in rows}), "each once"


def test_4_where_is_2374_cited(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "cited", instrument="2374 (2017)")
    draft = {("S/2020/600", p) for p in ("pp12", "2", "5", "29(b)/1")}
    assert _places(rows) == draft | {("A/HRC/RES/46/28", "pp18"), ("S/AC.51/2020/11", "11")}
    assert {r["how"] for r in rows if r["paragraph"] == "5"} == {"encourage", "express intent", "stress"}


def test_5_where_is_2391_cited(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "cited", instrument="2391 (2017)")
    assert _places(rows) == {("S/2020/600", p) for p in ("37", "38", "40")} | {("S/AC.51/2020/11", "9(b)")}


def test_6_where_is_1325_cited_and_which_plan_implements_it(corpus_store: GraphStore) -> None:
    places = _places(_ask(corpus_store, "cited", instrument="1325 (2000)"))
    quoted = {(NOTE, p) for p in ("annex/3", "annex/41/2", "annex/48")}
    assert {("A/HRC/RES/46/28", "pp16"), ("S/2020/600", "4"), ("S/2020/600", "54")} | quoted <= places
    assert {r["plan"] for r in _ask(corpus_store, "implementing", instrument="1325 (2000)")} == {"NAP1325_2019"}


def test_7_which_bodies_meet_the_quota(corpus_store: GraphStore) -> None:
    rows = [r for r in _ask(corpus_store, "quota") if r["document"] == NOTE]
    shares = {(r["actor"], float(r["share"])): r["answer"] for r in rows}
    assert {r["quota"] for r in rows} == {"30"}
    for body, share in (("CSA", 38), ("ConstitutionalCourt", 30)):
        assert shares[body, share] == "meets it"
    below = {
        "NationalTransitionalCouncil": 28.57,
        "AIGE": 26.66,
        "GovernmentOfMali": 21.42,
        "CVJR": 20,
        "SupremeCourt": 12.5,
        "CNDDR": 2.6,
        "MOC": 0.57,
    }
    for body, share in below.items():
        assert shares[body, share] == "is below"
    ministers = next(r for r in rows if "ministers" in r["measures"])
    assert (ministers["actor"], ministers["share"], ministers["answer"]) == ("GovernmentOfMali", "20.68", "is below")


def test_8_who_is_implicated(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "implicated", theme="conflict_related_sexual_violence")
    assert {"CMA", "MSA_D", "GATIA", "CMFPR", "MDSF", "DanNaAmbassagou", "GandaIzo"} <= {r["actor"] for r in rows}
    assert _ask(corpus_store, "implicated", theme="child_recruitment_and_use")


def test_10_what_is_prohibited(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "prohibited")
    assert {(r["document"], r["paragraph"], r["actions"]) for r in rows} == {("S/2020/600", "5", "benefit")}
    assert all("exemptions" in r["exempt"] for r in rows)
    assert {r["cited"] for r in rows} == {f"S/RES/2374 (2017), {n}" for n in (2, 5, 6, 7)}
    assert {r["actor"] for r in rows} == {"individuals or entities placed on the 2374 sanctions list"}, "a name, no id"


def test_9_who_is_authorized(corpus_store: GraphStore) -> None:
    rows = {r["paragraph"]: r for r in _ask(corpus_store, "authorized")}
    assert set(rows) == {"18", "29", "29(a)", "29(b)/1", "29(b)/2", "41"}
    assert rows["18"]["actor"] == "MINUSMA"
    french = rows["41"]
    assert (french["actor"], french["until"]) == ("FrenchForces", "2021-06-30")
    assert "within the limits of their capacities" in french["conditions"]
    assert "upon request of the Secretary-General" in french["conditions"]


def test_11_when_does_a_mandate_end(corpus_store: GraphStore) -> None:
    rows = {(r["actor"], r["instrument"]): r for r in _ask(corpus_store, "mandate-ends")}
    assert rows["MINUSMA", "S/2020/600"]["until"] == "2021-06-30"
    assert rows["MINUSMA", "S/RES/2640(2022)"]["until"] == "2023-06-30"
    assert rows["IndependentExpert_Mali", "A/HRC/RES/46/28"]["lasts"] == "P1Y"


def test_12_which_laws_is_the_state_asked_to_adopt(corpus_store: GraphStore) -> None:
    rows = {(r["document"], r["paragraph"]): r for r in _ask(corpus_store, "laws")}
    wanted = {("A/HRC/RES/46/28", "9"), ("A/HRC/RES/46/28", "12"), ("S/2020/600", "56"), (NOTE, "annex/50")}
    wanted |= {("S/AC.51/2020/11", p) for p in ("5(o)", "7(b)", "5(t)", "7(g)")} | {(NOTE, "recommendations/6")}
    assert wanted <= set(rows)
    assert rows[NOTE, "recommendations/6"]["strength"] == "4"
    assert rows["S/2020/600", "56"]["issuer"] == "SecurityCouncil"


def test_13_who_must_cooperate_with_whom(corpus_store: GraphStore) -> None:
    pairs = {(r["document"], r["paragraph"], r["actor"], r["with"]) for r in _ask(corpus_store, "cooperation")}
    draft = "S/2020/600"
    assert {(draft, "7", "AllPartiesMali", "SRSG_Mali"), (draft, "7", "AllPartiesMali", "MINUSMA")} <= pairs
    assert (draft, "10", "AllPartiesMali", "CarterCenter") in pairs
    assert ("A/HRC/RES/46/28", "29", "AllPartiesMali", "IndependentExpert_Mali") in pairs


def test_14_ceilings_and_targets(corpus_store: GraphStore) -> None:
    rows = {(r["paragraph"], r["value"]) for r in _ask(corpus_store, "targets") if r["document"] == "S/2020/600"}
    assert rows == {("17", "13289"), ("17", "1920"), ("3/1", "2000"), ("3/2", "30"), ("4", "30")}


def test_every_target_says_what_is_measured(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "targets")
    assert all(row["measures"] for row in rows)
    said = {(r["document"], r["paragraph"], r["value"]): (r["measures"], r["sex"]) for r in rows}
    assert said[NOTE.replace("update", "summary"), "main/5", "30"][0] == "legislative gender quota"
    assert said[NOTE, "participation/p5", "70"] == ("men or women", "")
    whose = {(r["document"], r["paragraph"]): r["actor"] for r in rows if r["unit"].endswith("percent")}
    assert (whose[NOTE, "annex/3"], whose["S/2020/600", "4"]) == ("", ""), "a quota is of no body named before it"


def test_15_what_has_a_delegation_committed_to(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "committed")
    assert {r["document"] for r in rows} == {"S/AC.51/2020/11"}
    assert {f"annex/16/{n}" for n in range(1, 6)} <= {r["paragraph"] for r in rows}


def test_16_what_is_recommended(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "recommended")
    assert {r["document"] for r in rows} == {NOTE, NOTE.replace("update", "summary")}
    assert all(r["paragraph"].startswith("recommendations") for r in rows)


def test_17_what_did_the_later_mandate_change(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "changed", earlier="S/2020/600", later="2640 (2022)")
    pairs = {(r["before"], r["paragraph"]): r for r in rows if r["change"] in {"kept", "strengthened", "weakened"}}
    for pair in (("4", "annex/3"), ("28(e)(ii)", "annex/26/5"), ("56", "annex/50"), ("62", "annex/57")):
        assert pair in pairs
    assert "regularly" in pairs["28(e)(ii)", "annex/26/5"]["was"]
    assert "quarterly" in pairs["28(e)(ii)", "annex/26/5"]["quotation"]
    assert {r["change"] for r in rows} == {"added", "dropped", "kept", "strengthened", "weakened"}


def test_17_is_answered_without_parameters(corpus_store: GraphStore) -> None:
    """The newest mandate that has one before it may be one that documents only quote."""
    assert _ask(corpus_store, "changed") == _ask(corpus_store, "changed", earlier="S/2020/600", later="2640 (2022)")


def test_25_what_is_exempt_from_a_prohibition(corpus_store: GraphStore) -> None:
    (row,) = _ask(corpus_store, "exempt")
    assert (row["document"], row["paragraph"], row["exempt"], row["source"]) == (
        "S/2020/600",
        "5",
        "a proviso",
        "S/RES/2374(2017)",
    )
    assert "paragraphs 2, 5, 6 and 7" in row["condition"]


@pytest.mark.parametrize(("earlier", "later"), [("S/2020/600", "2640 (2022)"), ("A/HRC/RES/46/28", "S/2020/600")])
def test_what_changed_is_what_compare_says(corpus_store: GraphStore, earlier: str, later: str) -> None:
    """One mechanism: each pair of a comparison is in the answer with all its changes, and nothing else is."""
    answer = Counter(
        (r["before"], r["paragraph"], r["how"], r["quotation"])
        for r in _ask(corpus_store, "changed", earlier=earlier, later=later)
    )
    for pair in compare(corpus_store, earlier, later).pairs:
        either = pair.after or pair.before
        assert either is not None
        before = pair.before.paragraph if pair.before else ""
        said = (before, either.paragraph, ", ".join(pair.changes), either.words)
        assert answer[said] >= len({party.iri for party in either.bearers} or {""}), said
        answer[said] -= len({party.iri for party in either.bearers} or {""})
    assert not +answer


def test_a_question_is_answered_by_what_there_is(sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match="nothing of the name 'magic' answers"):
        ask(sample_store, parse_question("own", "# answered by: magic"))


def test_a_mandate_has_its_chain_of_instruments(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "chain")
    assert ("extends", "S/2020/600", "S/RES/2531(2020)") in {(r["how"], r["instrument"], r["adopted"]) for r in rows}
    assert ("extends", "S/RES/2640(2022)", "") in {(r["how"], r["instrument"], r["adopted"]) for r in rows}
    ends = {(r["actor"], r["until"], r["adopted"]) for r in _ask(corpus_store, "mandate-ends")}
    assert ("MINUSMA", "2021-06-30", "S/RES/2531(2020)") in ends


def test_18_who_established_what(corpus_store: GraphStore) -> None:
    pairs = {(r["actor"], r["founder"]) for r in _ask(corpus_store, "established")}
    assert {
        ("PanelOfExperts2374", "S/RES/2374(2017)"),
        ("SanctionsCommittee2374", "S/RES/2374(2017)"),
        ("MonitoringTeam1526", "S/RES/1526(2004)"),
        ("CommissionOfInquiry_Mali", "Agreement"),
        ("IndependentExpert_Mali", "A/HRC/RES/22/18"),
    } <= pairs


def test_19_who_funds_or_supports_whom(corpus_store: GraphStore) -> None:
    facts = {(r["actor"], r["how"], r["whom"]) for r in _ask(corpus_store, "support")}
    assert ("EuropeanUnion", "funds", "ComplianceFramework") in facts
    assert ("WorldBank", "funds", "CNDDR") in facts
    assert ("MINUSMA", "supports", "FC_G5S") in facts


def test_20_what_is_asked_of_nobody(corpus_store: GraphStore) -> None:
    places = _places(_ask(corpus_store, "unaddressed"))
    assert {("A/HRC/RES/46/28", "7"), ("A/HRC/RES/46/28", "26"), ("S/2020/600", "8"), ("S/2020/600", "46")} <= places


def test_21_on_which_themes_do_obligations_concentrate(corpus_store: GraphStore) -> None:
    rows = _ask(corpus_store, "themes")
    themes = {r["theme"].rpartition("/")[2] for r in rows}
    assert {"women_peace_and_security", "child_protection", "demobilization", "elections", "accountability"} <= themes
    assert {"humanitarian_access", "sanctions"} <= themes
    counts = [int(r["obligations"]) for r in rows]
    assert counts == sorted(counts, reverse=True)


def test_22_show_the_sentence(corpus_store: GraphStore) -> None:
    (row,) = _ask(corpus_store, "sentence", document="S/2020/600", paragraph="16")
    text = source_text(corpus_store, "S/2020/600")
    assert text[int(row["start"]) : int(row["end"])] == row["quotation"]


def test_unknown_name_parameter_and_value(sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match=r"no question named 'report'.*Did you mean reports"):
        load_question("report")
    with pytest.raises(QueryError, match=r"no parameter 'actr'.*It takes actor, document"):
        ask(sample_store, load_question("reports"), {"actr": "x"})
    with pytest.raises(QueryError, match="is no date"):
        ask(sample_store, load_question("due"), {"from": "March"})
    with pytest.raises(QueryError, match="unknown parameter type"):
        parse_question("q", "# @param a colour\nSELECT ?a WHERE {}")


def test_a_syntax_error_has_line_and_column(sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match=r"line 2, column \d+: not SPARQL"):
        ask(sample_store, Question("q", "", "", (), "SELECT ?s WHERE {\n ?s ?p }"))


def test_a_value_is_bound_and_never_pasted(sample_store: GraphStore) -> None:
    assert _ask(sample_store, "sentence", paragraph='16" } UNION { ?s ?p ?o } #') == []


def test_things_are_found_by_id_symbol_and_iri(sample_store: GraphStore) -> None:
    assert find_thing(sample_store, "MINUSMA").kind == "actor"
    assert find_thing(sample_store, "2374 (2017)").kind == "instrument"
    document = find_thing(sample_store, "S/2020/600", paragraph="16")
    assert [p.verb for p in document.passages] == ["decide"]
    statement = find_thing(sample_store, document.passages[0].statement)
    assert (statement.kind, len(statement.passages)) == ("statement", 1)
    with pytest.raises(QueryError, match=r"nothing is called 'MINUSMO'.*MINUSMA"):
        find_thing(sample_store, "MINUSMO")
    with pytest.raises(QueryError, match="no statement stands in paragraph"):
        find_thing(sample_store, "S/2020/600", paragraph="999")


ELSEWHERE = [name for name in question_names() if not load_question(name).by]


@pytest.mark.slow
def test_every_question_runs_elsewhere(sample_store: GraphStore) -> None:
    """Another SPARQL processor, on the Turtle export, with nothing declared but what the file declares, gives the same rows."""
    written = io.BytesIO()
    FORMATS["turtle"](sample_store, written)
    graph = rdflib.Graph().parse(data=written.getvalue(), format="turtle")
    for name in ELSEWHERE:
        question = load_question(name)
        bound = bindings(sample_store, question)
        ours = ask(sample_store, question)
        assert isinstance(ours, Rows)
        given = {v.value: rdflib.util.from_n3(str(term)) for v, term in bound.items()}
        theirs = [[row[column] for column in ours.columns] for row in graph.query(question.text, initBindings=given)]
        assert _comparable(theirs) == _comparable(ours.rows), name


def _comparable(rows: Iterable[Iterable[object]]) -> list[list[str]]:
    return sorted(
        [str(t) if isinstance(t, rdflib.term.Identifier) else getattr(t, "value", "") for t in row] for row in rows
    )

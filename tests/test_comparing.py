"""What a later mandate changed: against an alignment made by hand, and case by case."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib
from click.testing import CliRunner, Result

from mandategraph.answering.comparing import (
    Change,
    Comparison,
    Pair,
    align,
    compare,
    read_mandate,
    score,
)
from mandategraph.answering.marking import mark_words
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.cli.compare import CHANGES
from mandategraph.errors import AmbiguousError, NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Deadline, Party, Place, Stated
from mandategraph.symbols import pick
from mandategraph.vocabulary import MG, actor_iri, document_iri

MG_ = rdflib.Namespace(MG)
ALIGNMENT = Path(__file__).parent / "alignments" / "S_2020_600_to_2640.csv"


def _places(provisions: list[Stated]) -> dict[str, tuple[str, int]]:
    """Return where each statement stands: its paragraph, and which of the paragraph's statements it is."""
    counts: Counter[str] = Counter()
    places = {}
    for provision in provisions:
        counts[provision.paragraph] += 1
        places[provision.statement] = (provision.paragraph, counts[provision.paragraph])
    return places


def test_the_alignment_is_that_of_a_reader(corpus_store: GraphStore) -> None:
    """Pairs that a reader made of the draft and of what a note quotes of the later mandate: F1 at least 0.9."""
    with ALIGNMENT.open(encoding="utf-8") as file:
        wanted = {
            ((row["earlier"], int(row["nth_earlier"])), (row["later"], int(row["nth"]))) for row in csv.DictReader(file)
        }
    before, after = (_places(read_mandate(corpus_store, name)) for name in ("S/2020/600", "2640 (2022)"))
    pairs = compare(corpus_store, "S/2020/600", "2640 (2022)").pairs
    found = {(before[p.before.statement], after[p.after.statement]) for p in pairs if p.before and p.after}
    assert 2 * len(found & wanted) / (len(found) + len(wanted)) >= 0.9, (found - wanted, wanted - found)


def test_what_a_reader_finds_in_the_later_mandate(corpus_store: GraphStore) -> None:
    """Question 17: reporting on human rights became quarterly, services for survivors were added, "effective" became "equal"."""
    pairs = {
        (p.before.paragraph, p.after.paragraph): p
        for p in compare(corpus_store, "S/2020/600", "2640 (2022)").pairs
        if p.before and p.after
    }
    assert Change.REWORDED in pairs["pp7", "annex/pp1"].changes
    human_rights = pairs["28(e)(ii)", "annex/26/5"]
    assert human_rights.after is not None
    assert human_rights.after.recurs == "P3M"
    assert Change.STRENGTHENED in human_rights.changes
    assert any("every 3 months" in reason for reason in human_rights.reasons)


def _bearers(*ids: str) -> tuple[Party, ...]:
    return tuple(Party(actor_iri(id_), id_) for id_ in ids)


def _due(day: str) -> tuple[Deadline, ...]:
    return (Deadline("urn:deadline", "date", "by then", day),)


def _every(period: str) -> tuple[Deadline, ...]:
    return (Deadline("urn:deadline", "recurrence", "now and then", "", period),)


BASE = Stated(
    statement="urn:a", document="A", mandate="A", adopted="", enacted="", paragraph="1", section="", verb="encourage", act="directive",
    strength=2, bindingness="hortatory", status="adopted", issuer="", bearers=_bearers("Registrar"), counterparts=(), roles=(),
    heads=("mend",), actions=("mend",), themes=(), cites=(), provisions=(), products=(), conditions=(), deadlines=(),
    words="Encourages the Registrar to mend the wells of the northern villages", rule="", place=Place(), is_obligation=True,
)  # fmt: skip
OTHER = replace(
    BASE, statement="urn:b", paragraph="2", verb="request", strength=4, bearers=_bearers("UNICEF"),
    heads=("count",), words="Requests UNICEF to count the children who walk to school by the river each day",
)  # fmt: skip


@pytest.mark.parametrize(
    ("after", "changes", "why"),
    [
        (BASE, (Change.KEPT,), ""),
        (replace(BASE, words=BASE.text.replace("northern", "southern")), (Change.REWORDED,), ""),
        (
            replace(BASE, verb="urge", strength=4, words=BASE.text.replace("Encourages", "Urges")),
            (Change.STRENGTHENED, Change.REWORDED),
            "encourage (2) became urge (4)",
        ),
        (replace(BASE, verb="invite", strength=1), (Change.WEAKENED,), "encourage (2) became invite (1)"),
        (replace(BASE, conditions=("as appropriate",)), (Change.WEAKENED,), "a condition was added: as appropriate"),
        (replace(BASE, deadlines=_due("2031-03-01")), (Change.STRENGTHENED,), "by 1 March 2031, before no day"),
        (replace(BASE, deadlines=_every("P3M")), (Change.STRENGTHENED,), "every 3 months, before without a period"),
        (
            replace(BASE, verb="urge", strength=4, conditions=("within its means",)),
            (Change.STRENGTHENED, Change.WEAKENED),
            "a condition was added: within its means",
        ),
    ],
)  # fmt: skip
def test_changes(after: Stated, changes: tuple[Change, ...], why: str) -> None:
    (pair,) = align([BASE], [after])
    assert pair.changes == changes
    assert why in "; ".join(pair.reasons)
    (back,) = align([after], [BASE])
    assert (Change.STRENGTHENED in back.changes) == (Change.WEAKENED in changes), "the way back is the other way round"


def test_frequency_and_days_have_a_direction() -> None:
    monthly, yearly = replace(BASE, deadlines=_every("P1M")), replace(BASE, deadlines=_every("P1Y"))
    assert next(iter(align([yearly], [monthly]))).changes == (Change.STRENGTHENED,)
    assert next(iter(align([monthly], [yearly]))).changes == (Change.WEAKENED,)
    early, late = replace(BASE, deadlines=_due("2031-01-31")), replace(BASE, deadlines=_due("2031-12-31"))
    assert next(iter(align([early], [late]))).reasons == ("by 31 December 2031, before 31 January 2031",)


def test_added_dropped_and_moved() -> None:
    def changes(before: list[Stated], after: list[Stated]) -> list[tuple[str, str, tuple[Change, ...]]]:
        return [
            (p.before.statement if p.before else "", p.after.statement if p.after else "", p.changes)
            for p in align(before, after)
        ]

    assert changes([BASE], [OTHER]) == [("", "urn:b", (Change.ADDED,)), ("urn:a", "", (Change.DROPPED,))]
    third = replace(OTHER, statement="urn:c", words="Requests UNICEF to count the pumps that were stolen from the old market hall", themes=("x",))  # fmt: skip
    assert changes([], []) == []
    moved = changes([BASE, OTHER, third], [OTHER, third, BASE])
    assert [c for *_, c in moved] == [(Change.KEPT,), (Change.KEPT,), (Change.MOVED,)]


def test_a_statement_that_became_two_is_split() -> None:
    half = replace(BASE, statement="urn:d", words=BASE.text + " in spring")
    pairs: list[Pair] = list(align([BASE], [BASE, half]))
    assert [pair.changes for pair in pairs] == [(Change.KEPT,), (Change.SPLIT,)]
    assert pairs[1].before == BASE


def test_the_score_is_the_sum_of_its_parts() -> None:
    assert sum(score(BASE, BASE)) == pytest.approx(1.0)
    assert score(BASE, replace(BASE, bearers=_bearers("UNICEF")))[2] == 0
    assert sum(score(BASE, OTHER)) < 0.5


def test_marked_words_give_back_the_texts() -> None:
    for side, text in zip(mark_words(BASE.text, OTHER.text), (BASE.text, OTHER.text), strict=True):
        assert "".join(words for words, _ in side) == text


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in given])


def test_the_command(store_on_disk: Path, tmp_path: Path) -> None:
    given = ["compare", "S/2020/600", "2640 (2022)", "--store", store_on_disk]
    table = _run(*given, "--change", "added")
    assert table.exit_code == 0, table.output
    assert "dropped · " not in table.stdout
    said = json.loads(_run(*given, "--format", "json").stdout)
    assert set(said["counts"]) == set(CHANGES)
    assert sum(said["counts"].values()) == len(said["pairs"])
    file = tmp_path / "changes.md"
    assert _run(*given, "--format", "markdown", "-o", file).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# S/2020/600 and S/RES/2640 (2022)\n")
    assert _run(*given, "--format", "markdown").stdout == file.read_text(encoding="utf-8"), "the same bytes"


@pytest.mark.parametrize(
    ("earlier", "later", "says"),
    [("S/2020/601", "2640 (2022)", "S/2020/600"), ("S/2020/600", "2641 (2022)", "S/RES/2640 (2022)"), ("S/2020/600", "nothing", "mandategraph documents")],
)  # fmt: skip
def test_what_is_not_there_is_said(store_on_disk: Path, earlier: str, later: str, says: str) -> None:
    done = _run("compare", earlier, later, "--store", store_on_disk)
    assert (done.exit_code, says in done.stderr) == (3, True), done.output


def test_a_page_and_a_graph(mandates_path: Path, tmp_path: Path) -> None:
    """The page stands alone; the graph has each pair with its score and what made it, and conforms to the shapes."""
    given = ["compare", "9970", "9980", "--store", mandates_path]
    page = _run(*given, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "<ins>by day" not in page
    assert "<del>, where possible</del>" in page
    written = _run(*given, "--format", "turtle").stdout
    assert written == _run(*given, "--format", "turtle").stdout
    graph = rdflib.Graph().parse(data=written, format="turtle")
    ontology = Path(__file__).parents[1] / "ontology"
    pairs = list(graph.subjects(rdflib.RDF.type, MG_.Alignment))
    assert len(pairs) == len(compare_on_disk(mandates_path).pairs)
    for pair in pairs:
        if (score := graph.value(pair, MG_.score)) is not None:
            parts = [
                graph.value(pair, MG_[f"{name}Score"]) for name in ("words", "actions", "bearers", "verb", "subjects")
            ]
            assert float(sum(part.toPython() for part in parts)) == pytest.approx(float(score))  # type: ignore[union-attr]
    conforms, _, said = pyshacl.validate(graph, shacl_graph=str(ontology / "shapes.ttl"), advanced=True)
    assert conforms, said
    terms = rdflib.Graph().parse(ontology / "mandate.ttl")
    used = {p for p in graph.predicates() if str(p).startswith(str(MG_))}
    assert used <= set(terms.subjects())
    changes = set(graph.objects(None, MG_.change))
    assert changes <= set(rdflib.Graph().parse(ontology / "themes.ttl").subjects())


def compare_on_disk(path: Path) -> Comparison:
    with GraphStore.open_to_read(path) as store:
        return compare(store, "9970", "9980")


def test_what_is_meant_is_found_and_what_may_be_several_is_said(mandates_store: GraphStore) -> None:
    for name in ("9970", "S/RES/9970 (2029)", "S/RES/9970(2029)", document_iri("S/RES/9970 (2029)")):
        assert read_mandate(mandates_store, name)[0].mandate == "S/RES/9970 (2029)"
    with pytest.raises(AmbiguousError, match=r"may be A/HRC/RES/46/28 or A/RES/46/28"):
        pick("46/28", ["A/RES/46/28", "A/HRC/RES/46/28"], what="document", hint="")
    assert pick("46/28", ["A/RES/146/28", "A/HRC/RES/46/28"], what="document", hint="") == "A/HRC/RES/46/28"


def test_what_a_document_quotes_is_named(corpus_store: GraphStore) -> None:
    note = "IEG_WPS_Mali_2023-03-28_update"
    whole, within = (
        compare(corpus_store, "S/2020/600", name) for name in ("2640", f"the text of 2640 (2022) as quoted in {note}")
    )
    assert whole == within
    assert f"known by what {note} quotes" in whole.cautions[0]
    with pytest.raises(NotFoundError, match="there is no instrument"):
        read_mandate(corpus_store, f"2531 (2020) as quoted in {note}")


def test_nothing_aligned_is_said_and_exits_with_1(mandates_path: Path, tmp_path: Path) -> None:
    lone = "Resolution 9960 (2028)\n\nThe Security Council,\n\n1. Authorizes Chad to sail to the islands of ice;\n"
    (tmp_path / "S_RES_9960_2028.txt").write_text(lone)
    other = "Resolution 9961 (2028)\n\nThe Security Council,\n\n1. Requests UNICEF to count the children of the northern villages;\n"
    (tmp_path / "S_RES_9961_2028.txt").write_text(other)
    with GraphStore.open(tmp_path / "s") as store:
        build([tmp_path / "S_RES_9960_2028.txt", tmp_path / "S_RES_9961_2028.txt"], store)
    done = _run("compare", "9960", "9961", "--store", tmp_path / "s")
    assert done.exit_code == 1
    assert "Nothing in S/RES/9961 (2028) resembles anything in S/RES/9960 (2028)" in done.stderr


def test_what_is_no_mandate_is_said(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(
        "Names of wells\n\nThe northern well. The southern well. The well of the market.\n"
    )
    with GraphStore.open(tmp_path / "s") as store:
        build([tmp_path / "list.txt"], store)
    for given in (["compare", "list", "list"], ["report", "list"]):
        done = _run(*given, "--store", tmp_path / "s")
        assert (done.exit_code, "list states nothing. Is it a mandate?" in done.stderr) == (3, True), done.output


def test_an_end_that_is_later_is_longer_and_not_softer() -> None:
    earlier, later = (replace(BASE, act="decision", deadlines=_due(day)) for day in ("2031-03-01", "2032-03-01"))
    (pair,) = align([earlier], [later])
    assert (pair.changes, pair.reasons) == ((Change.EXTENDED,), ("until 1 March 2032, before 1 March 2031",))


@pytest.mark.parametrize(
    ("due", "changes"),
    [
        ("2032-05-01", (Change.EXTENDED,)),
        ("2033-05-01", (Change.WEAKENED,)),
        ("2031-08-01", (Change.WEAKENED,)),
        ("2031-03-15", (Change.STRENGTHENED,)),
    ],
)
def test_a_day_that_is_rolled_over_is_no_softer(due: str, changes: tuple[Change, ...]) -> None:
    """The later text is a year younger: what is due a year later is due as before; with the same day the duty itself was changed."""
    earlier = replace(BASE, adopted="2031-01-15", deadlines=_due("2031-05-01"))
    later = replace(BASE, adopted="2032-01-15" if due.startswith("2032") else "2031-02-01", deadlines=_due(due))
    (pair,) = align([earlier], [later])
    assert pair.changes == changes


CARRYING = {
    "9970(2031)": "1. Requests UNMISS to dig wells in every parish;\n\n2. Requests UNMISS to:\n\n(a) To protect the pumps of the coast;\n\n"
    "(b) To repair the ferries;\n\n3. Requests UNMISS to teach swimming;\n",
    "9980(2032)": "1. Decides that UNMISS shall carry out the tasks set out in paragraph 2 of resolution 9970 (2031);\n\n"
    "2. Takes note of the lessons under paragraph 3 of resolution 9970 (2031);\n\n3. Requests UNMISS to dig wells in every parish;\n",
}


def test_what_is_carried_on_by_citing_its_paragraph_is_not_dropped(tmp_path: Path) -> None:
    head = "Resolution {}\n\nAdopted by the Security Council at its 9000th meeting, on 1 March {}\n\nThe Security Council,\n\n"
    for number, text in CARRYING.items():
        (tmp_path / f"S_RES_{number}.txt").write_text(head.format(number.replace("(", " ("), number[5:9]) + text)
    with GraphStore.open(tmp_path / "s") as store:
        build(sorted(tmp_path.glob("*.txt")), store)
        pairs = compare(store, "9970", "9980").pairs
    became = {p.before.paragraph: (p.changes[0], p.after and p.after.paragraph) for p in pairs if p.before}
    assert {label: became[label] for label in ("1", "2(a)", "2(b)", "3")} == {
        "1": (Change.KEPT, "3"),
        "2(a)": (Change.CARRIED, "1"),
        "2(b)": (Change.CARRIED, "1"),
        "3": (Change.DROPPED, None),
    }


def test_a_condition_in_other_words_is_the_same_one() -> None:
    before, after = (
        replace(BASE, conditions=(words,))
        for words in ("in accordance with paragraphs 19 and 20 above", "in accordance with paragraphs 7 and 8 above")
    )
    assert next(iter(align([before], [after]))).reasons == ()
    cut = replace(BASE, words=BASE.text + " (...)")
    assert next(iter(align([before], [cut]))).reasons == (), "what is cut cannot be told from what is gone"


def test_an_empty_store_has_nothing_to_compare() -> None:
    with GraphStore.in_memory() as store, pytest.raises(NotFoundError, match="the store has no documents"):
        compare(store, "S/2020/600", "2640 (2022)")

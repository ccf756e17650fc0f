"""What was agreed before: verbatim, adapted or new, and where it was said."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as some

from agreed import NEWER, WELLS, write_agreed
from mandategraph.answering.precedents import Likeness, Precedents, language, precedents
from mandategraph.answering.subjects import subject_of, subject_of_text
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import MandateGraphError, NotFoundError, QueryError, SourceError
from mandategraph.exporting import precedents as writing
from mandategraph.indexing.index import Index, Scope
from mandategraph.indexing.opening import open_index
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import document_iri, paragraph_iri

NEWEST = "S/RES/8803 (2033)"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agreed")
    with GraphStore.open(folder / "store") as store:
        build(write_agreed(folder), store)
    return folder / "store"


@pytest.fixture(scope="module")
def store(path: Path) -> Iterator[GraphStore]:
    with GraphStore.open_to_read(path) as found:
        yield found


@pytest.fixture(scope="module")
def index(store: GraphStore) -> Iterator[Index]:
    with open_index(store) as found:
        yield found


@pytest.fixture(scope="module")
def newest(store: GraphStore, index: Index) -> Precedents:
    return precedents(index, subject_of(store, index, NEWEST))


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, ["precedents", *map(str, given)])


def test_a_document_paragraph_by_paragraph(newest: Precedents) -> None:
    found = [
        (p.given.label, p.likeness.value, p.source.document[6:10] if p.source else "", p.uses.times, p.uses.verbatim)
        for p in newest.paragraphs
    ]
    assert found == [
        ("1", "verbatim", "8802", 2, 2),
        ("2", "verbatim", "8802", 2, 1),
        ("3", "new", "", 0, 0),
        ("4", "verbatim", "8802", 2, 2),
    ]
    assert newest.count() == {Likeness.VERBATIM: 3, Likeness.ADAPTED: 0, Likeness.NEW: 1}
    lengths = [p.length for p in newest.paragraphs]
    assert newest.carried == pytest.approx(1 - lengths[2] / sum(lengths))
    assert newest.sources == (("S/RES/8802 (2032)", 3, sum(lengths) - lengths[2]),)


def test_what_differs_a_little_is_adapted(store: GraphStore, index: Index) -> None:
    found = precedents(index, subject_of(store, index, "S/RES/8802 (2032)", paragraph="2"))
    (each,) = found.paragraphs
    assert (each.likeness, each.matches[0].passage.document) == (Likeness.ADAPTED, "S/RES/8801 (2031)")
    assert 0 < each.matches[0].share < 1
    assert 0 < found.carried < 1
    before, here = writing.beside(each.matches[0], each)
    assert ("".join(words for words, is_other in before if is_other), "grain" in str(here)) == ("", True)


def test_nothing_comes_before_the_first(store: GraphStore, index: Index) -> None:
    found = precedents(index, subject_of(store, index, "S/RES/8801 (2031)"))
    assert [p.matches for p in found.paragraphs] == [()] * 4
    assert found.carried == 0


def test_uses_say_when_and_by_whom(newest: Precedents) -> None:
    uses = newest.paragraphs[0].uses
    assert uses.first
    assert uses.latest
    assert (uses.first.day, uses.latest.day) == ("2031-03-04", "2032-04-05")
    assert (uses.bodies, uses.years) == ((("Security Council", 2),), (("2031", 1), ("2032", 1)))


def test_a_scope_bounds_what_counts(index: Index) -> None:
    text = subject_of_text(WELLS)
    for scope, times in (
        (Scope(), 3),
        (Scope(since="2032"), 2),
        (Scope(before="2032-01-01"), 1),
        (Scope(body="Assembly"), 0),
    ):
        (each,) = precedents(index, text, scope).paragraphs
        assert each.uses.times == times


def test_other_words_of_one_meaning_are_found_by_words(index: Index) -> None:
    (each,) = precedents(index, subject_of_text("Wishes that UNICEF had a pump for each of the hills")).paragraphs
    assert each.likeness is Likeness.NEW
    assert [(m.passage.document, m.passage.label, m.share) for m in each.matches[:1]] == [(NEWEST, "3", 0.0)]


def test_a_text_has_paragraphs_without_their_numbers(index: Index) -> None:
    found = precedents(
        index, subject_of_text(f"1. {WELLS};\n\n(a) To paint the old boats\nof the lake blue")
    ).paragraphs
    assert [(p.given.label, p.likeness.value) for p in found] == [("1", "verbatim"), ("2", "new")]


def test_a_file_is_read_and_not_stored(tmp_path: Path, store: GraphStore, index: Index) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(NEWER.replace("8803 (2033)", "8804 (2034)").replace("6 May 2033", "7 June 2034"), encoding="utf-8")
    found = precedents(index, subject_of(store, index, str(file)))
    assert [(p.given.label, p.source.document if p.source else "") for p in found.paragraphs] == [
        (label, NEWEST) for label in "1234"
    ]
    assert len(store.documents()) == 3


def test_a_statement_and_a_paragraph_are_asked_by_iri(store: GraphStore, index: Index) -> None:
    iri = document_iri(NEWEST)
    rows = store.store.query(
        f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s <https://w3id.org/mandategraph/ontology#inParagraph> <{paragraph_iri(iri, '1')}> ; <https://w3id.org/mandategraph/ontology#act> ?a }} }}"
    )
    statement = next(iter(rows))[0].value  # type: ignore[union-attr]
    for asked in (statement, paragraph_iri(iri, "1")):
        (each,) = precedents(index, subject_of(store, index, asked)).paragraphs
        assert (each.given.label, each.source and each.source.label, each.uses.times) == ("1", "1", 2)


def test_the_language_of_a_theme(store: GraphStore, index: Index) -> None:
    theme = next(t for p in index.of_document(NEWEST) for t in p.themes)
    found = language(index, theme).wordings
    assert found[0].uses.times == max(w.uses.times for w in found)
    assert sum(w.uses.times for w in found) == len(index.of_theme(theme, Scope()))
    with pytest.raises(NotFoundError, match="no paragraph speaks"):
        language(index, theme, Scope(body="Nobody"))


@pytest.mark.parametrize(
    ("typed", "paragraph", "error", "says"),
    [
        ("S/RES/8809 (2031)", "", NotFoundError, "there is no document"),
        ("S/RES/8801 (2031)", "77", NotFoundError, "no paragraph '77'"),
        ("nowhere.txt", "", SourceError, "no such file"),
        (" ;", "", QueryError, "no words"),
        (document_iri(NEWEST) + "#para_99", "", MandateGraphError, "para_99"),
    ],
)
def test_what_is_not_there_is_said(
    store: GraphStore, index: Index, typed: str, paragraph: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        subject_of(store, index, typed, paragraph=paragraph)


@given(some.text(max_size=300))
def test_any_text_is_answered(index: Index, text: str) -> None:
    found = precedents(index, subject_of_text(text))
    assert 0 <= found.carried <= 1
    assert all(0 <= match.share <= 1 for each in found.paragraphs for match in each.matches)
    assert len(index.search(text, Scope(), most=2)) <= 2


def test_the_command_writes_every_form(path: Path, tmp_path: Path) -> None:
    shown = _run(NEWEST, "--store", path)
    assert (shown.exit_code, "3 verbatim, 1 new" in shown.stdout, "2 times before" in shown.stdout) == (0, True, True)
    rows = list(csv.DictReader(io.StringIO(_run(NEWEST, "--store", path, "--format", "csv").stdout)))
    assert [rows[0][name] for name in ("paragraph", "likeness", "document", "times")] == [
        "1", "verbatim", "S/RES/8802 (2032)", "2",
    ]  # fmt: skip
    said = json.loads(_run(NEWEST, "--store", path, "--format", "json").stdout)
    assert said["counts"] == {"verbatim": 3, "adapted": 0, "new": 1}
    file = tmp_path / "precedents.md"
    done = _run("S/RES/8802 (2032)", "--paragraph", 2, "--store", path, "--format", "markdown", "-o", file)
    assert done.exit_code == 0
    assert "**and of grain**" in file.read_text(encoding="utf-8")


def test_the_command_says_what_is_wrong(path: Path) -> None:
    assert _run("--store", path).exit_code == 2
    assert _run(NEWEST, "--theme", "water", "--store", path).exit_code == 2
    assert _run("x.pdf", "--store", path).exit_code == 1
    assert _run("S/RES/1", "--store", path).exit_code == 3
    assert _run(NEWEST, "--store", path.parent / "none").exit_code == 4
    alone = _run("Paints the boats of the lake blue and sings", "--store", path)
    assert (alone.exit_code, "Nothing of it has a precedent" in alone.stderr) == (1, True)
    typed = CliRunner().invoke(main, ["precedents", "-", "--store", str(path)], input=WELLS)
    assert (typed.exit_code, "verbatim" in typed.stdout) == (0, True)


def test_the_command_writes_the_language_of_a_theme(path: Path, index: Index) -> None:
    theme = next(t for p in index.of_document(NEWEST) for t in p.themes)
    for format_ in ("table", "csv", "json", "markdown"):
        done = _run("--theme", theme, "--store", path, "--format", format_)
        assert (done.exit_code, "8803" in done.stdout) == (0, True)
    assert _run("--theme", "no_theme_at_all", "--store", path).exit_code == 3

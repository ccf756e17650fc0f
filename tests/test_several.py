"""Several documents in one file: pages of annual volumes, booklets, reports with what was adopted annexed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from make import reader, source
from mandategraph.answering.explaining import explain
from mandategraph.answering.showing import find_thing
from mandategraph.building.extracting import REMOVED, REPLACED, UNCHANGED, Extractor, Task
from mandategraph.building.program import digest_of_program
from mandategraph.building.shards import read_shard, write_shard
from mandategraph.building.writing import build, load, rebuild, remove
from mandategraph.cli import main
from mandategraph.keeping.checking import check
from mandategraph.keeping.store import GraphStore
from mandategraph.keeping.validating import validate
from mandategraph.lexicon import load_tables
from mandategraph.recalling.documents import source_text
from mandategraph.records import Document, Genre
from mandategraph.serving.reading import read_document

END = "4. Requests the Council on Wells to study the matter at its next session.\n\n643rd plenary meeting,\n23 January 1957.\n\n"
ONE = """{number}. {title}

The General Assembly,

Recalling its resolution 942 (X),

1. Requests the Secretary-General to mend {n} wells;

2. Invites Members to send masons.

657th plenary meeting,
20 February 1957.

"""
REPORT = """Report of the Committee on Wells on its fifth session

1. The Committee on Wells held its fifth session in June, and many members took part in it.

2. The Committee requested its secretariat to draw a map of all wells of the north.

Annex I

Resolution 5/1
Clean wells

The Committee on Wells,

Recalling its work,

1. Requests the secretariat to clean the wells;

2. Decides to meet.

Decision 5/2
Masons

At its 3rd meeting, on 5 June 2031, the Committee on Wells decided to appoint three masons.

Annex II

List of those who took part

Chad and Mali took part in the session.
"""


def _one(n: int, number: str = "1047 (XI)", title: str = "Wells of the north") -> str:
    return ONE.format(number=number, title=title, n=n)


PAGE = (
    END
    + _one(1)
    + _one(2, "1048 (XI)", "Roads")
    + "1049 (XI). Schools\n\nThe General Assembly,\n\nRecalling its plan,\n"
)


@pytest.fixture
def store() -> Iterator[GraphStore]:
    with GraphStore.in_memory() as made:
        yield made


def _documents(text: str, name: str = "x") -> list[Document]:
    return [document for document, _ in reader().read_all(source(text, name))]


def _sound(store: GraphStore) -> None:
    assert check(store)[1] == []
    assert [v for report in validate(store) for v in report.violations] == []


def test_a_page_of_a_volume_holds_the_end_of_one_resolution_and_others() -> None:
    whole, *parts = _documents(PAGE)
    assert [part.symbol for part in parts] == ["A/RES/1047 (XI)", "A/RES/1048 (XI)", "A/RES/1049 (XI)"]
    assert [part.title for part in parts] == ["Wells of the north", "Roads", "Schools"]
    assert [part.date for part in parts] == ["1957-02-20", "1957-02-20", None]
    assert (whole.symbol, whole.key, whole.date) == ("", "x", "1957-01-23")
    assert [p.label for _, p in whole.paragraphs() if p.kind.value == "operative"][:1] == ["4"]
    for part in parts:
        labels = [p.label for _, p in part.paragraphs()]
        assert "pp1" in labels
        assert not any(label.startswith("part") for label in labels)


def test_offsets_are_those_of_the_file() -> None:
    for document, reading in reader().read_all(source(PAGE, "x")):
        for statement in reading.statements:
            verb = PAGE[statement.trigger.start : statement.trigger.end]
            assert verb in {"Requests", "Recalling", "Invites"}
            assert document.place is None or document.place.start <= statement.span.start < document.place.end


def test_the_file_is_not_named_by_the_symbol_of_one_of_them() -> None:
    whole, *parts = _documents(PAGE, "A_RES_1048(XI)")
    assert whole.key == "A_RES_1048(XI)"
    assert parts[1].key == "A/RES/1048 (XI)"


@pytest.mark.parametrize(
    "text",
    [
        _one(1),
        "United Nations\n\nA/RES/1047 (XI)\n\n" + _one(1),
        "1047 (XI). Wells\n\nA\n\n" + ONE.partition("\n\n")[2].format(n=1) + "B\n\n" + ONE.partition("\n\n")[2].format(n=2),
        "Contents\n\n1047 (XI). Wells\n\n1048 (XI). Roads\n\n1049 (XI). Schools\n\n" + _one(1),
        "A note\n\n1. What was said of resolution 1048 (XI) is told here at some length, and more.\n\n1047 (XI). Wells\n\nThey are dry.",
    ],
    ids=["one", "masthead", "parts", "contents", "cited"],
)  # fmt: skip
def test_one_document_stays_one(text: str) -> None:
    assert len(_documents(text)) == 1


def test_a_booklet_that_is_nothing_else() -> None:
    whole, *parts = _documents(_one(1) + _one(2, "1048 (XI)", "Roads"))
    assert not list(whole.paragraphs())
    assert len(parts) == 2


def test_a_report_goes_on_after_what_is_annexed() -> None:
    whole, resolution, decision = _documents(REPORT, "report")
    assert whole.genre is Genre.MEETING_REPORT
    assert "took part in the session" in whole.text.text
    assert "clean the wells" not in whole.text.text
    assert (resolution.key, resolution.title) == ("report (Resolution 5/1)", "Clean wells")
    assert (decision.key, decision.body) == ("report (Decision 5/2)", "Committee on Wells")
    (stated,) = reader().read(source(REPORT, "report"), decision.place.start if decision.place else 0)[1].statements
    assert (stated.verb, stated.actions) == ("decide", ("appoint",))


def test_a_decision_may_begin_with_its_body_and_name_no_meeting() -> None:
    text = REPORT.replace("At its 3rd meeting, on 5 June 2031, the", "The")
    *_, decision = _documents(text, "report")
    assert decision.key == "report (Decision 5/2)"
    listed = "The Committee on Wells decided that it would speak of the following:\n\n1. Credentials.\n\n2. Wells."
    whole = text.replace("The Committee on Wells decided to appoint three masons.", listed)
    place = _documents(whole, "report")[-1].place
    [stated] = reader().read(source(whole, "report"), place.start if place else 0)[1].statements
    assert stated.verb == "decide"
    other = text.replace("The Committee on Wells decided to appoint", "The masons decided to dig for")
    assert "report (Decision 5/2)" not in {part.key for part in _documents(other, "report")}


def test_numbers_of_other_bodies_head_documents_too() -> None:
    head = "{0}\n\nThe Well Conference,\n\nRecalling its work,\n\n1. Decides to meet.\n\n"
    numbers = ["Resolution No. 265", "RESOLUTION 12.4", "Decision XII/3", "Resolution 5/COP.2"]
    _, *parts = _documents("".join(head.format(f"{number}\nWells {n}") for n, number in enumerate(numbers)))
    assert [part.number for part in parts] == numbers
    assert [part.title for part in parts] == ["Wells 0", "Wells 1", "Wells 2", "Wells 3"]
    assert len(_documents(head.format("Resolution 265 of 3 May was read") * 2)) == 1


def test_a_report_goes_on_where_its_numbers_do() -> None:
    text = "{0}\n\nII. Attendance\n\n3. Chad and Mali took part in the session, and so did all others.\n"
    whole, part = _documents(
        text.format(
            REPORT.partition("Decision 5/2")[0]
            .replace("Annex I\n", "I. Resolution\n")
            .replace("2. Decides", "2. Thanks Chad;\n\n3. Decides")
            .strip()
        )
    )
    assert "II. Attendance" in whole.text.text
    assert "3" in {p.label for _, p in whole.paragraphs()}
    assert part.text.text.rstrip().endswith("meet.")


def _file(folder: Path, text: str, name: str = "volume.txt") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


KEYS = ["A/RES/1047 (XI)", "A/RES/1048 (XI)", "A/RES/1049 (XI)", "volume"]


def test_each_is_kept_and_the_text_once(tmp_path: Path, store: GraphStore) -> None:
    reports = build([_file(tmp_path, PAGE)], store)
    assert sorted(report.key for report in reports) == store.documents() == KEYS
    assert "holds 3 documents" in reports[0].problem
    assert not any(report.is_wanting for report in reports)
    _sound(store)
    assert len(list(store.store.quads_for_pattern(None, None, None, None))) > 0
    assert {report.outcome for report in build([tmp_path], store, prune=True)} == {UNCHANGED}
    assert store.documents() == KEYS
    assert source_text(store, "A/RES/1048 (XI)") == PAGE == source_text(store, "volume")
    shown = find_thing(store, "1048 (XI)")
    assert ("dcterms:isPartOf", "volume") in shown.properties
    assert [PAGE[p.place.trigger_start : p.place.trigger_end] for p in shown.passages] == [
        "Recalling",
        "Requests",
        "Invites",
    ]
    (explained,) = explain(store, "A/RES/1048 (XI)", "1")
    assert (explained.is_stored, explained.words) == (True, "Requests the Secretary-General to mend 2 wells")


def test_pages_show_the_document_alone_and_the_file_leads_to_it(tmp_path: Path, store: GraphStore) -> None:
    build([_file(tmp_path, PAGE)], store)
    words = "".join(piece.text for paragraph in read_document(store, "A/RES/1047 (XI)") for piece in paragraph.pieces)
    assert "mend 1 wells" in words
    assert "mend 2 wells" not in words
    assert "study the matter" not in words
    file = read_document(store, "volume")
    links = [
        piece.entity
        for paragraph in file
        for piece in paragraph.pieces
        if paragraph.kind == "enclosed" and piece.entity
    ]
    assert links == ["document/A/RES/1047(XI)", "document/A/RES/1048(XI)", "document/A/RES/1049(XI)"]
    assert "mend" not in "".join(piece.text for paragraph in file for piece in paragraph.pieces)


def test_a_changed_file_holds_what_it_holds_now(tmp_path: Path, store: GraphStore) -> None:
    file = _file(tmp_path, PAGE)
    build([file], store)
    _file(tmp_path, "Old wells\n\n" + END + _one(1) + _one(3, "1050 (XI)", "Bridges"))
    outcomes = {report.key: report.outcome for report in build([file], store)}
    assert outcomes["A/RES/1048 (XI)"] == outcomes["A/RES/1049 (XI)"] == REMOVED
    assert outcomes["A/RES/1047 (XI)"] == outcomes["volume"] == REPLACED
    assert store.documents() == ["A/RES/1047 (XI)", "A/RES/1050 (XI)", "volume"]
    _sound(store)
    _file(tmp_path, _one(1))
    build([file], store)
    assert "A/RES/1047 (XI)" in " ".join(store.documents())
    _sound(store)


def test_a_document_of_its_own_file_and_one_in_a_volume_stay_both(tmp_path: Path, store: GraphStore) -> None:
    build([_file(tmp_path, _one(9, "1048 (XI)", "Roads"), "alone.txt"), _file(tmp_path, PAGE)], store)
    beside = [key for key in store.documents() if key.startswith("A/RES/1048 (XI)")]
    assert len(beside) == 2
    _sound(store)
    assert {report.outcome for report in build([tmp_path], store)} == {UNCHANGED}


def test_what_two_volumes_hold_alike_is_kept_once(tmp_path: Path, store: GraphStore) -> None:
    build([_file(tmp_path, PAGE), _file(tmp_path, "Another edition\n\n" + PAGE, "edition.txt")], store)
    assert store.documents() == sorted([*KEYS, "edition"])
    _sound(store)


def test_who_removes_the_file_removes_all_of_it(tmp_path: Path, store: GraphStore) -> None:
    build([_file(tmp_path, PAGE)], store)
    assert sorted(remove(store, ["volume"])) == KEYS
    assert store.documents() == []
    build([_file(tmp_path, PAGE), _file(tmp_path, _one(7, "1060 (XI)", "Maps"), "other.txt")], store)
    (tmp_path / "volume.txt").unlink()
    build([tmp_path], store, prune=True)
    assert store.documents() == ["A/RES/1060 (XI)"]
    _sound(store)


def test_read_anew_and_from_shards_they_are_the_same(tmp_path: Path, store: GraphStore) -> None:
    build([_file(tmp_path, PAGE)], store)
    before = sorted(str(quad) for quad in store.quads())
    assert {report.outcome for report in rebuild(store)} == {UNCHANGED}
    assert sorted(str(quad) for quad in store.quads()) == before
    extractor = Extractor(load_tables(()), digest_of_program(()))
    write_shard([extractor.extract(Task(source(PAGE, "volume")))], str(tmp_path / "s.nq.gz"))
    extractor.close()
    with GraphStore.in_memory() as other:
        reports = list(load(other, read_shard(str(tmp_path / "s.nq.gz"))))
        assert sorted(report.key for report in reports) == other.documents() == KEYS
        _sound(other)


def test_the_export_names_the_file_of_each(tmp_path: Path) -> None:
    file, place = _file(tmp_path, PAGE), str(tmp_path / "s")
    run = CliRunner().invoke(main, ["build", str(file), "--store", place])
    assert run.exit_code == 0, run.output
    run = CliRunner().invoke(main, ["export", "--store", place, "--format", "jsonl", "--output", str(tmp_path / "x")])
    assert run.exit_code == 0, run.output
    rows = (tmp_path / "x").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 10
    assert all('"source": "volume"' in row for row in rows)

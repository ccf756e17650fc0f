"""No document is lost in silence: of every input something is said, and under one name stands what belongs there."""

from __future__ import annotations

import csv
import io
import os
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from mandategraph.building.extracting import DocumentReport
from mandategraph.building.holdings import read_holdings
from mandategraph.building.writing import (
    ASIDE,
    BESIDE,
    BUILT,
    PASSED,
    REFUSED,
    REMOVED,
    REPLACED,
    UNCHANGED,
    build,
    load,
    rebuild,
    remove,
)
from mandategraph.cli import main
from mandategraph.keeping.checking import check
from mandategraph.keeping.documents import said_of
from mandategraph.keeping.history import versions
from mandategraph.keeping.store import GraphStore
from mandategraph.keeping.validating import validate
from mandategraph.reading import printable

HEAD = "United Nations {symbol}\n\nSecurity Council\nDistr.: General\n3 March 2031\n\n"
RESOLUTION = (
    HEAD
    + "Resolution 9999 (2031)\n\nThe Security Council,\n\nRecalling its work,\n\n1. Requests the Secretary-General to mend {n} wells;\n"
)
REPORT = (
    HEAD
    + "Wells of the north\n\nReport of the Secretary-General on resolution 9999 (2031)\n\nI. Wells\n\n1. The Council should mend {n} wells.\n"
)
NOTE = (
    "What a student wrote\n\nafter Resolution 9999 (2031) and S/2031/77\n\n"
    + "There was much to say about wells and roads. " * 6
    + "\n\nNext\n\nThe delegations should mend {n} wells.\n"
)


def resolution(n: int = 1, symbol: str = "S/RES/9999 (2031)") -> str:
    return RESOLUTION.format(symbol=symbol, n=n)


def note(n: int = 1) -> str:
    return NOTE.format(n=n)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _sound(store: GraphStore) -> None:
    """The store is sound after every step, and says so itself."""
    _, findings = check(store)
    assert findings == []
    assert [v for report in validate(store) for v in report.violations] == []


def _built(
    store: GraphStore, *paths: Path, prefer: tuple[Path, ...] = (), prune: bool = False
) -> dict[str, DocumentReport]:
    """Return the reports by the last part of their name; the same inputs once more change nothing."""
    reports = build(paths, store, prefer=prefer, prune=prune)
    _sound(store)
    before = sorted(map(str, store.store))
    again = build(paths, store)
    if not prefer:
        assert {r.outcome for r in again} <= {UNCHANGED, ASIDE, REFUSED, PASSED}
        assert sorted(map(str, store.store)) == before
    return {Path(r.name).name: r for r in reports}


@pytest.fixture
def store() -> GraphStore:
    return GraphStore.in_memory()


def test_a_document_that_names_another_takes_not_its_place(store: GraphStore, tmp_path: Path) -> None:
    _write(tmp_path / "a" / "resolution.txt", resolution())
    _write(tmp_path / "a" / "report.txt", REPORT.format(symbol="S/2031/77", n=2))
    _write(tmp_path / "a" / "essay.txt", note(3))
    reports = _built(store, tmp_path / "a")
    assert {name: r.key for name, r in reports.items()} == {
        "essay.txt": "essay",
        "report.txt": "S/2031/77",
        "resolution.txt": "S/RES/9999 (2031)",
    }
    assert {r.outcome for r in reports.values()} == {BUILT}


def test_files_of_one_name_are_as_many_documents(store: GraphStore, tmp_path: Path) -> None:
    _write(tmp_path / "a" / "x.txt", note(1))
    _write(tmp_path / "b" / "x.txt", note(2))
    _write(tmp_path / "b" / "x.md", note(3))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("d/x.txt", note(4))
        archive.writestr("e/x.txt", note(5))
    _built(store, tmp_path)
    assert store.documents() == ["d/x", "e/x", "x", "x.md", "x.txt"]
    _write(tmp_path / "b" / "x.txt", note(20))
    reports = build([tmp_path], store)
    _sound(store)
    assert {r.key: r.outcome for r in reports} == dict.fromkeys(store.documents(), UNCHANGED) | {"x.txt": REPLACED}


def test_names_that_make_one_address_are_two_documents(store: GraphStore, tmp_path: Path) -> None:
    _write(tmp_path / "my note.txt", note(1))
    _write(tmp_path / "my_note.txt", note(2))
    _built(store, tmp_path)
    assert len(store.documents()) == 2


def test_two_inputs_of_one_symbol_stay_both_until_a_person_settles_it(store: GraphStore, tmp_path: Path) -> None:
    _write(tmp_path / "d" / "one.txt", resolution(1))
    two = _write(tmp_path / "d" / "two.txt", resolution(2))
    reports = _built(store, tmp_path / "d")
    assert (reports["one.txt"].outcome, reports["two.txt"].outcome) == (BUILT, BESIDE)
    assert "has the symbol S/RES/9999 (2031) too" in reports["two.txt"].problem
    assert len(store.documents()) == 2
    preferred = _built(store, tmp_path / "d", prefer=(two,))
    assert store.documents() == ["S/RES/9999 (2031)"]
    assert "2 wells" in said_of(store, "S/RES/9999 (2031)")["sourceText"]
    assert "set aside" in preferred["two.txt"].problem
    assert preferred["one.txt"].outcome in {ASIDE, UNCHANGED}
    later = {Path(r.name).name: r.outcome for r in build([tmp_path / "d"], store)}
    assert later == {"one.txt": ASIDE, "two.txt": UNCHANGED}


def test_documents_show_a_conflict(tmp_path: Path) -> None:
    for n in (1, 2):
        _write(tmp_path / "d" / f"{n}.txt", resolution(n))
    CliRunner().invoke(main, ["build", "--store", str(tmp_path / "s"), str(tmp_path / "d")])
    listed = CliRunner().invoke(main, ["documents", "--format", "csv", "--store", str(tmp_path / "s")]).stdout
    (head, first, second) = csv.reader(io.StringIO(listed))
    conflict = head.index("conflict")
    assert (first[conflict], second[conflict]) == (second[0], first[0])


def test_who_is_left_alone_gets_the_name(store: GraphStore, tmp_path: Path) -> None:
    one = _write(tmp_path / "d" / "one.txt", resolution(1))
    _write(tmp_path / "d" / "two.txt", resolution(2))
    _built(store, tmp_path / "d")
    remove(store, ["S/RES/9999 (2031)"])
    one.unlink()
    reports = _built(store, tmp_path / "d")
    assert store.documents() == ["S/RES/9999 (2031)"]
    assert "was kept as" in reports["two.txt"].problem


@pytest.mark.parametrize("newer_first", [False, True])
def test_a_newer_printing_stands_in_the_place_of_the_older(
    store: GraphStore, tmp_path: Path, newer_first: bool
) -> None:
    old, new = ("b", "a") if newer_first else ("a", "b")
    _write(tmp_path / old / "x.txt", resolution(1))
    _write(
        tmp_path / new / "y.txt",
        resolution(2).replace("Resolution 9999", "* Reissued on 5 March 2031.\n\nResolution 9999"),
    )
    reports = _built(store, tmp_path)
    assert "2 wells" in said_of(store, "S/RES/9999 (2031)")["sourceText"]
    assert store.documents() == ["S/RES/9999 (2031)"]
    assert "newer printing" in " ".join(r.problem for r in reports.values())


def test_revisions_corrigenda_parts_and_sections_are_documents_of_their_own(store: GraphStore, tmp_path: Path) -> None:
    symbols = ["A/90/6 (Sect. 24)", "A/90/6 (Sect. 24)/Corr.1", "A/90/6 (Sect. 3)/Add.5", "S/2031/7", "S/2031/7/Rev.1", "A/RES/90/250 A", "A/RES/90/250 B"]  # fmt: skip
    for n, symbol in enumerate(symbols):
        _write(tmp_path / f"{n}.txt", REPORT.format(symbol=symbol, n=n))
    _built(store, tmp_path)
    assert store.documents() == sorted(symbols)


def test_a_copy_is_one_document_and_is_said(store: GraphStore, tmp_path: Path) -> None:
    _write(tmp_path / "a" / "x.txt", resolution(1))
    _write(tmp_path / "b" / "x.txt", resolution(1))
    reports = build([tmp_path], store)
    assert [r.outcome for r in reports] == [BUILT, UNCHANGED]
    assert "byte for byte" in reports[1].problem
    _write(tmp_path / "b" / "x.txt", resolution(2))
    assert [r.outcome for r in build([tmp_path], store)] == [UNCHANGED, BESIDE]
    _sound(store)


def test_pruned_a_store_knows_no_other_place(store: GraphStore, tmp_path: Path) -> None:
    for name in ("a", "b"):
        _write(tmp_path / name / "x.txt", resolution(1))
    build([tmp_path], store)
    build([tmp_path / "b"], store, prune=True)
    holding = read_holdings(store).get("S/RES/9999 (2031)")
    assert holding
    assert holding.origins == {str(tmp_path / "b" / "x.txt")}


def test_a_file_that_moved_goes_on_as_the_same_document(store: GraphStore, tmp_path: Path) -> None:
    old = _write(tmp_path / "a" / "x.txt", resolution(1))
    build([tmp_path], store)
    (tmp_path / "b").mkdir()
    new = Path(shutil.move(old, tmp_path / "b" / "x.txt"))
    assert [r.outcome for r in build([tmp_path], store)] == [UNCHANGED]
    new.write_text(resolution(2))
    assert [r.outcome for r in build([tmp_path], store)] == [REPLACED]
    assert store.documents() == ["S/RES/9999 (2031)"]


def test_a_file_that_holds_another_document_now_loses_not_the_first(store: GraphStore, tmp_path: Path) -> None:
    file = _write(tmp_path / "x.txt", resolution(1))
    build([file], store)
    file.write_text(resolution(2, "S/RES/9998 (2031)").replace("Resolution 9999", "Resolution 9998"))
    (report,) = build([file], store)
    assert store.documents() == ["S/RES/9998 (2031)", "S/RES/9999 (2031)"]
    assert "stays in the store" in report.problem
    assert [r.outcome for r in build([file], store, prune=True)] == [UNCHANGED, REMOVED]


def test_a_history_goes_with_a_document_that_is_renamed(store: GraphStore, tmp_path: Path) -> None:
    one, two = _write(tmp_path / "one.txt", resolution(1)), _write(tmp_path / "two.txt", resolution(2))
    build([one, two], store)
    two.write_text(resolution(3))
    build([one, two], store)
    (beside,) = (key for key in store.documents() if "~" in key)
    assert len(versions(store, beside)) == 1
    remove(store, ["S/RES/9999 (2031)"])
    build([two], store)
    assert store.documents() == ["S/RES/9999 (2031)"]
    assert len(versions(store, "S/RES/9999 (2031)")) == 1
    _sound(store)


def test_read_anew_a_store_has_as_many_documents(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n, text in enumerate((resolution(1), resolution(2), note(1))):
        _write(tmp_path / str(n) / "x.txt", text)
    _write(tmp_path / "y" / "x.txt", note(2))
    build([tmp_path], store)
    before = store.documents()
    monkeypatch.setattr("mandategraph.building.builder.digest_of_program", lambda *_: "another program")
    assert [r.outcome for r in rebuild(store)] == [REPLACED] * 4
    assert store.documents() == before
    _sound(store)
    monkeypatch.setattr("mandategraph.building.builder.digest_of_program", lambda *_: "a third program")
    assert [r.outcome for r in build([tmp_path], store)] == [REPLACED] * 4
    assert store.documents() == before


def test_what_was_identified_otherwise_is_renamed_and_not_doubled(store: GraphStore, tmp_path: Path) -> None:
    """As after an update whose rules of identity are better."""
    file = _write(tmp_path / "x.txt", resolution(1))
    build([file], store)
    holding = read_holdings(store).get("S/RES/9999 (2031)")
    assert holding
    assert holding.origins == {str(file)}
    text = resolution(1).replace("United Nations S/RES/9999 (2031)\n", "")
    file.write_text(text.replace("Resolution 9999 (2031)\n", "A text on wells\n"))
    build([file], store)
    assert store.documents() == ["S/RES/9999 (2031)", "x"]


def test_extracts_that_are_loaded_are_kept_beside(store: GraphStore, tmp_path: Path) -> None:
    from mandategraph.building.extracting import Task, make_extractor
    from mandategraph.building.program import digest_of_program
    from mandategraph.reading import Item, SourceReader

    extractor = make_extractor((), digest_of_program(), None)
    extracts = []
    with SourceReader() as sources:
        for n in (1, 2):
            loaded = sources.load(Item(_write(tmp_path / f"{n}.txt", resolution(n))))
            extracts.append(extractor.extract(Task(loaded, origin=loaded.item.origin(loaded.sha256))))
    extractor.close()
    assert [r.outcome for r in load(store, extracts)] == [BUILT, BESIDE]
    assert [r.outcome for r in load(store, extracts)] == [UNCHANGED, UNCHANGED]
    assert len(store.documents()) == 2
    _sound(store)


def test_names_that_are_no_text_stop_nothing(store: GraphStore, tmp_path: Path) -> None:
    os.makedirs(tmp_path / "d")
    for n, name in enumerate((b"caf\xe9", b"esc\x1b[31m", b"=SUM(A1)", b"new\nline", "zero\u200bwidth".encode())):
        path = os.fsdecode(os.fsencode(tmp_path / "d") + b"/" + name + b".txt")
        Path(path).write_text(note(n), encoding="utf-8")
    reports = _built(store, tmp_path / "d")
    assert {r.outcome for r in reports.values()} == {BUILT}
    assert len(store.documents()) == 5
    assert all(key.isprintable() for key in store.documents())
    assert printable("a\x1b[31m") == "a\\x1b[31m"


def test_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    _write(tmp_path / "d" / "a.txt", resolution(1))
    (tmp_path / "d" / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "d" / "sub").mkdir()
    (tmp_path / "d" / "sub" / "res.rtf").write_bytes(b"{\\rtf1}")
    (tmp_path / "d" / ".hidden").write_text("x")
    _write(tmp_path / "d" / "a.txt.json", "{}")
    found = CliRunner().invoke(main, ["build", "--store", str(tmp_path / "s"), str(tmp_path / "d")])
    assert found.exit_code == 0
    assert "2 files are of kinds that are not read: old.doc, sub/res.rtf" in found.stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Der Rat der Brunnen\n\nErsucht die Gräber, den Brunnen für alle offen zu halten, die nicht ohne Wasser leben und auch nicht ohne das Dorf sind.",
            "only documents in English and French are read",
        ),
        ("UNICEF met the Government of Chad.", "no structure"),
        (note(1).replace("should mend", "have mended"), "no operative verb"),
        (
            resolution(1).replace("Recalling its work,", "Pondering it,").replace("Requests the", "Wobbles the"),
            "not understood",
        ),
    ],
)
def test_who_states_nothing_says_so(tmp_path: Path, text: str, reason: str) -> None:
    file = _write(tmp_path / "x.txt", text)
    found = CliRunner().invoke(main, ["build", "--store", str(tmp_path / "s"), str(file)])
    assert found.exit_code == 1
    assert "no statement was read" in found.stderr
    assert reason in found.stderr


def test_a_key_is_explained(tmp_path: Path) -> None:
    file = _write(tmp_path / "x.txt", resolution(1))
    found = CliRunner().invoke(main, ["build", "-v", "--store", str(tmp_path / "s"), str(file)])
    said = (
        "IDY-masthead-line: the symbol stands on a line of its own in the masthead (United Nations S/RES/9999 (2031))"
    )
    assert f"Key: S/RES/9999 (2031): {said}" in found.stderr
    shown = CliRunner().invoke(main, ["show", "--store", str(tmp_path / "s"), "S/RES/9999 (2031)"])
    for words in ("the symbol stands on a line of its own", "IDY-masthead-line", str(file)):
        assert words in " ".join(shown.stdout.split())


def test_standard_input_is_another_place_each_time(tmp_path: Path) -> None:
    for n in (1, 2, 2):
        CliRunner().invoke(main, ["build", "--store", str(tmp_path / "s"), "-"], input=note(n).encode())
    with GraphStore.open_to_read(tmp_path / "s") as store:
        assert len(store.documents()) == 2


def test_mastheads_in_headers_of_word(store: GraphStore, tmp_path: Path) -> None:
    """Documents of one budget, whose footnote cites the same list, each with its masthead in the header of the first page."""
    for n, symbol in enumerate(("A/90/6 (Sect. 3)", "A/90/6 (Sect. 24)", "A/90/6 (Plan outline)")):
        document = docx.Document()
        document.sections[0].different_first_page_header_footer = True
        header = document.sections[0].first_page_header
        header.paragraphs[0].text = f"United Nations\t{symbol}"
        for line in ("General Assembly", "Distr.: General", "3 March 2031", "Original: English"):
            header.add_paragraph(line)
        for line in (
            "Ninetieth session",
            f"Wells, part {n}",
            "Report of the Secretary-General",
            "* A/90/50.",
            "It went well.",
        ):
            document.add_paragraph(line)
        document.save(str(tmp_path / f"{n}.docx"))
    _built(store, tmp_path)
    assert store.documents() == ["A/90/6 (Plan outline)", "A/90/6 (Sect. 24)", "A/90/6 (Sect. 3)"]
    said = said_of(store, "A/90/6 (Sect. 24)")
    assert (said["date"], said["bodySession"], said["originalLanguage"]) == (
        "2031-03-03",
        "Ninetieth session",
        "English",
    )

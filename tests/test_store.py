from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from mandategraph.building.writing import BUILT, REFUSED, REPLACED, UNCHANGED, build
from mandategraph.errors import StoreError
from mandategraph.exporting import FORMATS
from mandategraph.exporting.records import read_records
from mandategraph.keeping.store import GraphStore
from mandategraph.records import Annotated, Reading
from mandategraph.vocabulary import document_iri, element_id, instrument_iri, shorten

DOCUMENT = "Resolution 9999 (2030)\n\nThe Security Council,\n\nRecalling its work,\n\n1. Urges the Government of Chad to dig {n} wells;\n"


def _outcomes(store: GraphStore, *paths: Path) -> list[str]:
    return [r.outcome for r in build(paths, store)]


def test_unchanged_is_skipped_and_changed_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "S_RES_9999_2030.txt"
    file.write_text(DOCUMENT.format(n=5))
    with GraphStore.open(tmp_path / "store") as store:
        assert _outcomes(store, file) == [BUILT]
        before = len(store)
        assert _outcomes(store, file) == [UNCHANGED]
        file.write_text(DOCUMENT.format(n=50))
        assert _outcomes(store, file) == [REPLACED]
        texts = {r["of"] for r in read_records(store) if r["record"] == "indicator"}
        assert store.documents() == ["S/RES/9999 (2030)"]
        assert abs(len(store) - before) < 40, "the older version is gone"
        assert len(texts) == 1


def test_a_refused_document_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "c.txt").write_text(DOCUMENT.format(n=5))
    store = GraphStore.in_memory()
    reports = build([tmp_path, tmp_path / "none.txt"], store)
    assert sorted(r.outcome for r in reports) == [BUILT, REFUSED, REFUSED, REFUSED]
    assert all(r.problem for r in reports if r.outcome == REFUSED)
    assert store.documents() == ["S/RES/9999 (2030)"]


def test_a_fault_of_ours_in_one_document_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mandategraph.interpreting import Interpreter

    interpret = Interpreter.interpret

    def failing(self: Interpreter, annotated: Annotated, **how: bool) -> Reading:
        if annotated.document.text.source.name == "a":
            raise IndexError("list index out of range")
        return interpret(self, annotated, **how)

    monkeypatch.setattr(Interpreter, "interpret", failing)
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(DOCUMENT.format(n=5))
    first, second = build([tmp_path], GraphStore.in_memory())
    assert (first.outcome, second.outcome) == (REFUSED, BUILT)
    assert "the program failed on it" in first.problem


def test_text_without_structure_is_kept_with_its_mentions() -> None:
    store = GraphStore.in_memory()
    path = Path(__file__).parent / "data-note.txt"
    try:
        path.write_text("UNICEF met the Government of Chad.\n")
        (report,) = build([path], store)
    finally:
        path.unlink()
    assert (report.outcome, report.statements) == (BUILT, 0)
    assert report.mentions >= 2
    assert "no structure" in report.problem


def test_two_files_of_one_symbol_are_both_kept(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(DOCUMENT.format(n=5))
    (tmp_path / "two.txt").write_text(DOCUMENT.format(n=6))
    store = GraphStore.in_memory()
    reports = build([tmp_path], store)
    assert len(store.documents()) == 2
    assert "symbol" in reports[1].problem


def test_two_builds_give_the_same_bytes(tmp_path: Path, samples: Path) -> None:
    """Also in another process with another hash seed, and with the documents in another order."""
    outputs = []
    for seed, order in (("1", 1), ("77", -1)):
        out = tmp_path / f"{seed}.nq"
        code = (
            "import sys, io\nfrom pathlib import Path\nfrom mandategraph.building.writing import build\n"
            "from mandategraph.keeping.store import GraphStore\nfrom mandategraph.exporting import FORMATS\n"
            f"s = GraphStore.in_memory(); build(sorted(Path({str(samples)!r}).iterdir())[::{order}], s)\n"
            f"f = open({str(out)!r}, 'wb'); FORMATS['nquads'](s, f); f.close()"
        )
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PATH": ""},
        )
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 100_000


def test_no_blank_nodes_and_no_clock(sample_store: GraphStore) -> None:
    for quad in sample_store.quads():
        assert not str(quad.subject).startswith("_:")
        assert not str(quad.object).startswith("_:")


def test_every_quotation_equals_its_source(sample_store: GraphStore) -> None:
    rows = sample_store.store.query(
        "SELECT ?text ?start ?end ?exact WHERE { ?p <http://www.w3.org/ns/oa#hasSource> ?d ; <http://www.w3.org/ns/oa#start> ?start ;"
        " <http://www.w3.org/ns/oa#end> ?end ; <http://www.w3.org/ns/oa#exact> ?exact ."
        " ?d <https://w3id.org/mandategraph/ontology#sourceText> ?text }",
        use_default_graph_as_union=True,
    )
    n = 0
    for row in rows:  # type: ignore[union-attr]
        n += 1
        assert row["text"].value[int(row["start"].value) : int(row["end"].value)] == row["exact"].value
    assert n > 1000


def test_a_store_in_use_is_refused_for_writing_and_open_for_reading(tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "store"):
        with pytest.raises(StoreError, match="in use"):
            GraphStore.open(tmp_path / "store")
        assert len(GraphStore.open_to_read(tmp_path / "store")) == 1


def test_what_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").write_text("x")
    for opener in (GraphStore.open, GraphStore.open_to_read):
        for name in ("file", "folder"):
            with pytest.raises(StoreError, match=r"not a store|is a file"):
                opener(tmp_path / name)
    with pytest.raises(StoreError, match="no store here"):
        GraphStore.open_to_read(tmp_path / "none")


def test_a_newer_store_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mandategraph.keeping.marks.FORMAT", 99)
    GraphStore.open(tmp_path / "store").close()
    monkeypatch.undo()
    with pytest.raises(StoreError, match="newer version"):
        GraphStore.open_to_read(tmp_path / "store")


def test_stopped_in_the_middle_nothing_is_half_there(tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "documents"
    shutil.copytree(samples, folder)

    def stop(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    path = tmp_path / "store"
    with GraphStore.open(path) as store, pytest.raises(KeyboardInterrupt):
        build([folder], store, on_progress=stop)
    with GraphStore.open(path) as store:
        assert len(store.documents()) == 3
        reports = build([folder], store)
        assert [r.outcome for r in reports].count(UNCHANGED) == 3
        whole = sorted(str(q) for q in store.quads())
    fresh = GraphStore.in_memory()
    build([folder], fresh)
    assert whole == sorted(str(q) for q in fresh.quads())


def test_iris() -> None:
    assert instrument_iri("S/RES/2374 (2017)").endswith("/instrument/S/RES/2374(2017)")
    assert shorten(document_iri("IEG note é")) == "IEG_note_é"
    assert element_id("pp3") == "rec_3"
    assert element_id("5(bb)") == "para_5__point_bb"
    assert element_id("recommendations/4") == "sec_recommendations__indent_4"
    assert element_id("29(b)/1") == "para_29__point_b__indent_1"


def test_formats_are_all_written(sample_store: GraphStore, tmp_path: Path) -> None:
    for name, write in FORMATS.items():
        with (tmp_path / name).open("wb") as output:
            write(sample_store, output)
        assert (tmp_path / name).stat().st_size > 10_000


def test_a_store_that_was_written_is_left_without_a_log_to_read_again(tmp_path: Path) -> None:
    graph = NamedNode("https://example.org/g")
    with GraphStore.open(tmp_path / "s") as store:
        store.store.extend(Quad(NamedNode(f"https://example.org/{n}"), graph, graph, graph) for n in range(20_000))
    tables = [f for f in (tmp_path / "s").iterdir() if f.suffix == ".sst"]
    assert sum(f.stat().st_size for f in tables) > 100_000, "it stands in tables, not in the log alone"
    with GraphStore.open_to_read(tmp_path / "s") as store:
        assert sum(1 for _ in store.quads()) == 20_000


def test_a_record_names_what_it_quotes_as_symbols_are_written(corpus_store: GraphStore) -> None:
    named = {record["source_instrument"] for record in read_records(corpus_store) if record["record"] == "statement"}
    assert "S/RES/2640 (2022)" in named

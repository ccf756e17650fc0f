"""A store from day to day: changes, removals, histories, backups, older formats, a folder that is watched."""

from __future__ import annotations

import gzip
import shutil
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad

from killing import make_documents
from mandategraph.building.watching import watch
from mandategraph.building.writing import BUILT, REMOVED, REPLACED, UNCHANGED, build, rebuild, remove
from mandategraph.cli import main
from mandategraph.errors import NotFoundError, StoreError
from mandategraph.keeping.backup import back_up, restore
from mandategraph.keeping.checking import check
from mandategraph.keeping.history import versions
from mandategraph.keeping.marks import FORMAT
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import BASE, INFERRED_GRAPH, META_GRAPH, MG, OA, document_iri


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_documents(tmp_path / "documents", 4)
    return tmp_path / "documents"


def _lines(path: Path) -> list[str]:
    with GraphStore.open_to_read(path) as store:
        return sorted(map(str, store.store))


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in given])


def _change(folder: Path) -> None:
    file = folder / "S_RES_8001_2031.txt"
    file.write_text(file.read_text().replace("every 3 months", "every 9 months"), encoding="utf-8")


def test_what_changes_is_replaced_and_its_history_kept(tmp_path: Path, folder: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        assert {report.outcome for report in build([folder], store)} == {BUILT}
        assert versions(store, "S/RES/8001 (2031)") == []
        _change(folder)
        outcomes = {report.key: report.outcome for report in build([folder], store)}
        assert outcomes.pop("S/RES/8001 (2031)") == REPLACED
        assert set(outcomes.values()) == {UNCHANGED}
        (version,) = versions(store, "S/RES/8001 (2031)")
        assert version.number == 1
        assert len(version.dropped) == len(version.added) == 1
        assert "every 3 months" in version.dropped[0]
        assert version.added[0].startswith("1: Requests the Secretary-General")
    shown = _run("history", "S/RES/8001 (2031)", "--store", tmp_path / "s")
    assert "1 - 1: Requests" in shown.stdout
    assert "in the store" in shown.stdout
    assert _run("history", "S/RES/8099 (2031)", "--store", tmp_path / "s").exit_code == 3


def test_prune_mirrors_a_folder_and_spares_what_cannot_be_read(tmp_path: Path, folder: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
        (folder / "S_RES_8000_2031.txt").unlink()
        (folder / "S_RES_8002_2031.txt").write_bytes(b"\0\0")
        assert len(store.documents()) == len(build([folder], store)) + 1, "without --prune all stay"
        removed = [report.key for report in build([folder], store, prune=True) if report.outcome == REMOVED]
        assert removed == ["S/RES/8000 (2031)"]
        assert len(store.documents()) == 3
        build([folder / "no such folder"], store, prune=True)
        assert len(store.documents()) == 3, "a path that leads nowhere removes nothing"
        assert check(store)[1] == []


def test_remove_takes_all_or_none(tmp_path: Path, folder: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
        _change(folder)
        build([folder], store)
        with pytest.raises(NotFoundError, match="Did you mean"):
            remove(store, ["S/RES/8001 (2031)", "S/RES/8009 (2031)"])
        assert len(store.documents()) == 4
        assert remove(store, ["S/RES/8001(2031)"]) == ["S/RES/8001 (2031)"]
        assert not any("8001" in str(quad.graph_name) for quad in store.store)
        assert versions(store, "S/RES/8001 (2031)") == []
        assert check(store)[1] == []
    assert _run("remove", "S/RES/8001 (2031)", "--store", tmp_path / "s").exit_code == 3
    assert "removed" in _run("remove", "S/RES/8000 (2031)", "--store", tmp_path / "s").stdout


def test_a_backup_comes_back_to_the_same_quads(tmp_path: Path, folder: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
    file = tmp_path / "b.gz"
    assert _run("backup", file, "--store", tmp_path / "s").exit_code == 0
    assert _run("restore", file, "--store", tmp_path / "t").exit_code == 0
    assert _lines(tmp_path / "t") == _lines(tmp_path / "s")
    refused = _run("restore", file, "--store", tmp_path / "t")
    assert (refused.exit_code, "--replace" in refused.stderr) == (4, True)
    _change(folder)
    with GraphStore.open(tmp_path / "t") as store:
        build([folder], store)
    assert _run("restore", file, "--store", tmp_path / "t", "--replace").exit_code == 0
    assert _lines(tmp_path / "t") == _lines(tmp_path / "s")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.gz", "documents", "s", "t"], "nothing is left aside"


def test_a_backup_is_of_one_moment(tmp_path: Path, folder: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
    before = _lines(tmp_path / "s")
    with GraphStore.open_to_read(tmp_path / "s") as opened:
        with GraphStore.open(tmp_path / "s") as store:
            remove(store, ["S/RES/8001 (2031)"])
        with (tmp_path / "b.gz").open("wb") as file:
            back_up(opened, file)
    restore(tmp_path / "b.gz", tmp_path / "t")
    assert _lines(tmp_path / "t") == before


def test_a_damaged_backup_leaves_the_store_as_it_is(tmp_path: Path, folder: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
        with (tmp_path / "b.gz").open("wb") as file:
            back_up(store, file)
    before = _lines(tmp_path / "s")
    whole = (tmp_path / "b.gz").read_bytes()
    text = gzip.decompress(whole)
    damaged = {
        "cut": whole[: len(whole) // 2],
        "no end": gzip.compress(text[: text.rindex(b"# sha256")]),
        "a line less": gzip.compress(text.partition(b"\n")[2]),
        "not quads": gzip.compress(b"nothing of the kind\n" + text),
        "not compressed": text,
        "empty": b"",
    }
    for name, content in damaged.items():
        (tmp_path / "d.gz").write_bytes(content)
        with pytest.raises(StoreError, match=r"damaged|whole"):
            restore(tmp_path / "d.gz", tmp_path / "s", replace=True)
        assert _lines(tmp_path / "s") == before, name
        assert not (tmp_path / "s.restoring").exists()
    with pytest.raises(StoreError, match="no backup here"):
        restore(tmp_path / "none.gz", tmp_path / "t")


def test_check_finds_what_is_not_as_it_must_be(tmp_path: Path, folder: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
        checked, findings = check(store)
        assert (checked.documents, findings) == (4, [])
        assert checked.quotations > 20
        document = NamedNode(document_iri("S/RES/8001 (2031)"))
        (exact, *_) = store.store.quads_for_pattern(None, NamedNode(f"{OA}exact"), None, document)
        store.store.remove(exact)
        store.store.add(Quad(exact.subject, exact.predicate, Literal("other words"), document))
        stray = NamedNode(f"{BASE}graph/stray")
        store.store.add(Quad(stray, stray, stray, stray))
        store.store.add(Quad(stray, stray, stray, NamedNode(INFERRED_GRAPH)))
        for quad in list(store.store.quads_for_pattern(None, NamedNode(f"{MG}sha256"), None, document)):
            store.store.remove(quad)
    done = _run("check", "--store", tmp_path / "s")
    assert done.exit_code == 1
    for said in ("1 quotations are not what the source has", "belongs to no document", "build again", "no sha256"):
        assert said in done.stdout


def test_check_finds_what_is_lost(tmp_path: Path, folder: Path) -> None:
    with GraphStore.in_memory() as store:
        build([folder], store)
        document = NamedNode(document_iri("S/RES/8001 (2031)"))
        words = NamedNode(f"{MG}text")
        paragraph, other = [
            quad
            for quad in store.store.quads_for_pattern(None, words, None, document)
            if "#para_" in quad.subject.value or "#rec_" in quad.subject.value
        ][:2]
        store.store.remove(paragraph)
        store.store.remove(other)
        store.store.add(Quad(other.subject, words, Literal(other.object.value[5:]), document))
        _, findings = check(store)
    found = [finding.what for finding in findings]
    assert len(found) == 2
    assert any("is in no paragraph and no omission" in what for what in found)
    assert any("has not the letters of its source" in what for what in found)


def test_an_older_format_is_refused_with_the_command_that_brings_it_up_to_date(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "s"
    with GraphStore.open(path) as store:
        build([folder], store)
    wanted = _lines(path)
    meta, name = NamedNode(META_GRAPH), NamedNode(f"{MG}storeFormat")
    with GraphStore.open(path) as store:
        store.store.remove(Quad(meta, name, Literal(str(FORMAT)), meta))
        store.store.add(Quad(meta, name, Literal(str(FORMAT - 1)), meta))
    for command in (["documents"], ["build", folder]):
        refused = _run(*command, "--store", path)
        assert (refused.exit_code, f"mandategraph migrate --store {path}" in refused.stderr) == (4, True)
    assert _run("migrate", "--store", path).exit_code == 0
    assert _lines(path) == wanted
    assert _run("migrate", "--store", tmp_path / "none").exit_code == 4


def test_a_store_is_read_anew_from_its_own_texts(tmp_path: Path, folder: Path) -> None:
    data = tmp_path / "own.csv"
    data.write_text("id,type,label,aliases\nWellsMission,un_mission,the Wells Mission,the wells\n")
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
        shutil.rmtree(folder)
        first = {report.outcome for report in rebuild(store)}
        assert first == {UNCHANGED}
        assert len(store.documents()) == 4


def test_a_folder_is_watched(tmp_path: Path, folder: Path) -> None:
    stop = threading.Event()
    seen: list[list[str]] = []
    rounds = watch(folder, tmp_path / "s", prune=True, stop=stop)
    seen.append([report.outcome for report in next(rounds)])
    timer = threading.Timer(1.0, lambda: make_documents(folder, 5))
    timer.start()
    for reports in rounds:
        seen.append(sorted({report.outcome for report in reports}))
        if BUILT in seen[-1]:
            threading.Timer(1.0, (folder / "S_RES_8000_2031.txt").unlink).start()
        elif REMOVED in seen[-1]:
            stop.set()
    assert seen[0] == [BUILT] * 4
    assert any(BUILT in outcomes for outcomes in seen[1:])
    assert REMOVED in seen[-1]
    with GraphStore.open_to_read(tmp_path / "s") as store:
        assert len(store.documents()) == 4

"""The index beside a store: it says what the store says, whatever happened to it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agreed import write_agreed
from mandategraph.building.writing import build, remove
from mandategraph.indexing import index as indexing
from mandategraph.indexing.gathering import Said, fingerprints, gather
from mandategraph.indexing.index import Index, Scope
from mandategraph.indexing.opening import open_index, path_of_index, throw_away
from mandategraph.indexing.words import RUN, digest_of, prints_of, runs_of, words_of
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import statements
from mandategraph.vocabulary import document_iri

HERE = Path(__file__).parent
WORDS = some.lists(some.sampled_from(["water", "well", "gate", "valley", "the", "of", "pump"]), max_size=30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of two resolutions, on disk."""
    with GraphStore.open(tmp_path / "store") as store:
        build(write_agreed(tmp_path, "S_RES_8801_2031.txt", "S_RES_8802_2032.txt"), store)
    return tmp_path / "store"


def rows(path: Path) -> list[tuple[object, ...]]:
    """Return all that an index holds of documents, passages and prints, without its own numbers."""
    database = sqlite3.connect(path)
    documents = database.execute(
        "SELECT iri, fingerprint, key, day, body, title, status FROM documents ORDER BY iri"
    ).fetchall()
    passages = database.execute(
        "SELECT d.key, p.label, p.kind, p.start, p.themes, p.digest, p.text,"
        " (SELECT group_concat(at >> 31) FROM (SELECT at FROM runs WHERE at & 0x7FFFFFFF = p.id ORDER BY at)),"
        " (SELECT count(*) FROM words WHERE words MATCH 'valley' AND words.rowid = p.id)"
        " FROM passages p JOIN documents d ON d.id = p.document ORDER BY d.key, p.start, p.label"
    ).fetchall()
    loose = database.execute(
        "SELECT count(*) FROM runs WHERE at & 0x7FFFFFFF NOT IN (SELECT id FROM passages)"
    ).fetchall()
    database.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    database.close()
    return [*documents, *passages, *loose]


def as_new(path: Path) -> list[tuple[object, ...]]:
    """Return what an index holds that is made from nothing."""
    throw_away(path)
    with GraphStore.open_to_read(path) as store, open_index(store):
        pass
    return rows(path_of_index(path))


def opened(path: Path) -> list[tuple[object, ...]]:
    """Return what an index holds when it was opened as it is."""
    with GraphStore.open_to_read(path) as store, open_index(store):
        pass
    return rows(path_of_index(path))


@given(WORDS, WORDS, WORDS)
def test_texts_that_share_a_run_share_a_print(before: list[str], run: list[str], after: list[str]) -> None:
    run = (run + ["grain"] * RUN)[:RUN]
    prints, numbers = prints_of([before + run, run + after, before, run])
    of = [set(prints[numbers == n].tolist()) for n in range(4)]
    assert of[0] & of[1]
    assert of[0] & of[3]
    assert [set(prints_of([text])[0].tolist()) for text in (before + run, run + after, before, run)] == of


def test_words_are_compared_without_case_and_punctuation() -> None:
    words = words_of("The Secretary-General, 30 days")
    assert words == ["the", "secretary", "general", "30", "days"]
    assert digest_of(words) == digest_of(words_of("the secretary general 30 DAYS!"))
    assert digest_of(words) != digest_of(words_of("the secretary general 31 days"))
    assert runs_of(words) == {tuple(words)}
    assert runs_of([]) == frozenset()
    assert len(runs_of(list("abcdefghij"))) == 3
    assert prints_of([])[0].size == prints_of([[]])[0].size == 0


def test_it_is_made_when_it_is_asked_for_and_kept_in_step_by_builds(path: Path, tmp_path: Path) -> None:
    index = path_of_index(path)
    assert not index.exists(), "no build makes one that nobody asked for"
    first = opened(path)
    assert "S/RES/8802 (2032)" in str(first)
    with GraphStore.open(path) as store:
        build(write_agreed(tmp_path, "S_RES_8803_2033.txt"), store)
    after = rows(index)
    assert "S/RES/8803 (2033)" in str(after)
    assert after == opened(path) == as_new(path)


def test_what_changed_or_went_is_other_in_the_index_too(path: Path, tmp_path: Path) -> None:
    opened(path)
    file = tmp_path / "S_RES_8801_2031.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("carriers", "bearers"), encoding="utf-8")
    with GraphStore.open(path) as store:
        build([file], store)
        remove(store, ["S/RES/8802 (2032)"])
    found = opened(path)
    assert "carriers" not in str(found)
    assert "S/RES/8802" not in str(found)
    assert found == as_new(path)


def test_few_documents_are_read_as_many_are_and_as_their_statements_say(store_on_disk: Path) -> None:
    """What the index reads on its own, sparing time, is what the statements have."""
    with GraphStore.open_to_read(store_on_disk) as store:
        iris = set(fingerprints(store))
        whole = gather(store, iris)
        for iri in iris:
            assert gather(store, {iri}, of=1000) == {iri: whole[iri]}
        read = {said.iri: (iri, p.label, said) for iri, e in whole.items() for p in e.passages for said in p.said}
        kept = {(iri, passage.label) for iri, entry in whole.items() for passage in entry.passages}
        for each in statements(store):
            if (document_iri(each.document), each.paragraph) not in kept:
                continue  # In a heading.
            bearers = tuple(dict.fromkeys(party.described or party.iri for party in each.bearers))
            days = tuple(sorted(set(each.days)))
            said = Said(each.statement, each.act, each.strength, bearers, each.themes, days, bool(each.cycles))
            assert read.pop(each.statement) == (document_iri(each.document), each.paragraph, said)
        assert not read
        everything = [said for entry in whole.values() for passage in entry.passages for said in passage.said]
        assert any(said.bearers and said.themes and said.days for said in everything)
        assert any(said.is_cycle for said in everything)


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 500, None])
def test_a_damaged_one_is_thrown_away_and_made_again(path: Path, damage: bytes | None) -> None:
    whole = opened(path)
    index = path_of_index(path)
    if damage is None:
        database = sqlite3.connect(index)
        database.execute("UPDATE made SET format = 0")
        database.commit()
        database.close()
    else:
        for file in path.parent.glob(f"{index.name}-*"):
            file.unlink()
        index.write_bytes(damage)
    assert opened(path) == whole


def test_where_none_can_be_written_it_is_in_memory(path: Path) -> None:
    path_of_index(path).mkdir()
    with GraphStore.open_to_read(path) as store, open_index(store) as index:
        assert len(index) == 7
        assert index.of_document("S/RES/8801 (2031)")
    assert path_of_index(path).is_dir()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill")
@pytest.mark.parametrize("moment", [1, 2, 3])
def test_killed_while_it_is_written_it_is_mended_when_it_is_opened(path: Path, moment: int) -> None:
    """Killed within the transaction of the document of that number, each a transaction of its own."""
    with GraphStore.open(path) as store:
        build(write_agreed(path.parent, "S_RES_8803_2033.txt"), store)
    program = (
        "import os, signal, sys; from pathlib import Path; from mandategraph.indexing import index\n"
        "from mandategraph.indexing.opening import open_index; from mandategraph.keeping.store import GraphStore\n"
        "index.BATCH, left, runs = 1, [int(sys.argv[2])], index._runs\n"
        "def counted(texts):\n"
        "    left[0] -= 1\n"
        "    yield from runs(texts) if left[0] else [next(runs(texts))]\n"
        "    left[0] or os.kill(os.getpid(), signal.SIGKILL)\n"
        "index._runs = counted\n"
        "open_index(GraphStore.open_to_read(Path(sys.argv[1])))\n"
    )
    env = os.environ | {"PYTHONPATH": str(HERE.parent / "graph")}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path), str(moment)], env=env, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    database = sqlite3.connect(path_of_index(path))
    kept = database.execute("SELECT count(*) FROM documents").fetchone()
    database.close()
    assert kept == (moment - 1,), "what was done before the kill is kept, and nothing is half there"
    found = opened(path)
    assert found == as_new(path)


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    with GraphStore.open_to_read(path) as store, open_index(store) as found:
        yield found


def test_it_is_searched_by_words_theme_and_place(index: Index) -> None:
    found = index.search("grain valley", Scope(), most=9)
    assert [(f.document, f.label, f.kind, f.day, f.body) for f in found] == [
        ("S/RES/8802 (2032)", "2", "operative", "2032-04-05", "Security Council")
    ]
    assert index.search('" XOR -', Scope(), most=9) == [], "what is typed is words, and no query"
    words = found[0].text.split()[2:6]
    assert index.is_said(" ".join(words).upper(), Scope())
    assert not index.is_said(" ".join(reversed(words)), Scope()), "the words in another order"
    assert not index.is_said("", Scope())
    assert index.search("", Scope(), most=9) == []
    assert [f.label for f in index.of_document("S/RES/8801 (2031)")] == ["pp1", "1", "2", "3"]
    assert index.of_theme("no_theme", Scope()) == []


def test_a_scope_bounds_what_is_found(index: Index) -> None:
    def documents(scope: Scope) -> list[str]:
        return [f.document[6:10] for f in index.search("valley carriers", scope, most=9)]

    assert sorted(documents(Scope())) == ["8801", "8802"]
    assert documents(Scope(before="2032-01-01")) == documents(Scope(without=("S/RES/8802 (2032)",))) == ["8801"]
    assert documents(Scope(since="2032")) == ["8802"]
    assert sorted(documents(Scope(body="security"))) == ["8801", "8802"]
    assert documents(Scope(body="General Assembly")) == []


def test_common_words_do_not_make_a_question_long(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MOST", 1)
    found = index.holding(words_of("the grain of the valley"), Scope(), most=9)
    assert [f.label for f in found] == ["2"], "the rarest word alone is looked for"
    assert index.holding(["unheard"], Scope(), most=9) == []

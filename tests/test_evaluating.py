from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mandategraph.errors import SourceError
from mandategraph.evaluating import Judgement, compare, confusion, evaluate, judge, misses, read_export
from mandategraph.exporting.records import read_records
from mandategraph.keeping.store import GraphStore

FLOORS = {
    "statement": 0.97,
    "obligation": 0.95,
    "addressee id": 0.97,
    "instrument": 0.93,
    "act": 0.98,
    "paragraph": 0.98,
    "deadline": 0.95,
    "indicator": 0.92,
}


def test_scores_do_not_fall(corpus_store: GraphStore, shared: Path) -> None:
    scores = evaluate(read_records(corpus_store), [shared / "gold"])
    for field, floor in FLOORS.items():
        assert scores[field].f1 >= floor, field


def test_scores_are_those_of_the_reference_scorer(corpus_store: GraphStore, shared: Path, tmp_path: Path) -> None:
    records = list(read_records(corpus_store))
    file = tmp_path / "system.jsonl"
    file.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(shared / "gold" / "score.py"), str(file), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(done.stdout)
    ours = evaluate(records, [shared / "gold"])
    assert set(ours) == set(theirs)
    for field, score in ours.items():
        for name in ("precision", "recall", "f1"):
            assert getattr(score, name) == pytest.approx(theirs[field][name], abs=1e-4), (field, name)


def _reference(tmp_path: Path, text: str, *statements: dict[str, object]) -> Path:
    (tmp_path / "doc.txt").write_text(text)
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "SOURCE").write_text("../doc.txt\n")
    (folder / "statements.jsonl").write_text("\n".join(json.dumps(s) for s in statements))
    return folder


WANTED = {
    "para": "1",
    "anchor": "Urges all States to dig",
    "verb": "urge",
    "act": "directive",
    "status": "adopted",
    "actions": ["dig"],
    "addressees": [{"text": "all States", "id": "States"}],
    "counterparts": [],
    "instruments": [],
    "deadline": None,
    "conditions": [],
}
GIVEN = {**WANTED, "record": "statement", "source": "doc", "start": 3, "end": 8}


def test_a_perfect_and_a_wrong_answer(tmp_path: Path) -> None:
    folder = _reference(tmp_path, "1. Urges all States to dig;", WANTED)
    assert evaluate([GIVEN], [folder])["obligation"].f1 == 1
    wrong = {**GIVEN, "addressees": [{"text": "UN", "id": "UN"}]}
    scores = evaluate([wrong], [folder])
    assert (scores["statement"].f1, scores["obligation"].f1) == (1, 0)
    assert evaluate([], [folder])["statement"].recall == 0


def _judged(tmp_path: Path, **wrong: object) -> tuple[list[Judgement], list[Judgement]]:
    """A right run and one with a wrong field, over one sentence."""
    folder = _reference(tmp_path, "1. Urges all States to dig;", WANTED)
    return judge([GIVEN], [folder]), judge([{**GIVEN, **wrong}], [folder])


def test_roles_and_several_deadlines(tmp_path: Path) -> None:
    days = [{"type": "date", "value": "2031-03-01"}, {"type": "recurrence", "value": "P2M"}]
    wanted = {
        **WANTED,
        "counterparts": ["SecurityCouncil", "MINUSMA"],
        "roles": {"SecurityCouncil": "recipient", "MINUSMA": "partner|agent"},
        "deadline": days[0],
        "deadlines": days,
    }
    folder = _reference(tmp_path, "1. Urges all States to dig;", wanted)
    given = {**GIVEN, "roles": {"SecurityCouncil": "partner", "MINUSMA": "agent"}, "deadline": days[1]}
    scores = evaluate([given], [folder])
    role, deadline = scores["counterpart with role"], scores["deadline"]
    assert (role.right, role.spurious, role.missed) == (1, 1, 1)
    assert (deadline.right, deadline.spurious, deadline.missed) == (1, 0, 1)
    assert evaluate([{**given, "deadlines": days}], [folder])["deadline"].f1 == 1


def test_without_roles_in_the_reference_there_is_no_row_for_them(tmp_path: Path) -> None:
    folder = _reference(tmp_path, "1. Urges all States to dig;", WANTED)
    assert "counterpart with role" not in evaluate([GIVEN], [folder])


def test_confusion_of_acts(tmp_path: Path) -> None:
    right, wrong = _judged(tmp_path, act="assertion")
    assert confusion(right) == {("directive", "directive"): 1}
    assert confusion(wrong) == {("directive", "assertion"): 1}


def test_misses_by_cause(tmp_path: Path) -> None:
    right, wrong = _judged(tmp_path, actions=["dig", "drill"], act="assertion")
    assert misses(right) == []
    causes = {(field, cause): [j.words for j in found] for field, cause, found in misses(wrong)}
    assert causes["action", "too many read"] == ["Urges all States to dig;"]
    assert ("act", "directive read as assertion") in causes
    assert ("obligation", "another act") in causes


def test_two_runs_compared(tmp_path: Path) -> None:
    right, wrong = _judged(tmp_path, actions=["drill"])
    change = compare(wrong, right)
    assert {(j.field, j.outcome.value, j.value) for j in change.gained} == {
        ("action", "missed", "dig"),
        ("action", "spurious", "drill"),
    }
    assert change.lost == ()
    assert compare(right, wrong).gained == ()
    assert len(compare(right, wrong).lost) == 2


def test_an_export_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    with pytest.raises(SourceError, match="cannot be read"):
        read_export(file)
    file.write_text('{"record": "statement"}\n')
    with pytest.raises(SourceError, match="no record"):
        read_export(file)


def test_a_folder_that_is_no_reference(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no reference annotations"):
        evaluate([], [tmp_path])
    folder = _reference(tmp_path, "text", {"anchor": "words that are not there", "act": "directive"})
    with pytest.raises(SourceError, match="is not in the text"):
        evaluate([], [folder])

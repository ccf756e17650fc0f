"""What the words of a statement set as deadlines, form by form; a table of the reader alone, without the steps before."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

import make
from mandategraph.interpreting.deadlines import DeadlineReader, Found, MandateEnds, Setting
from mandategraph.records import DeadlineKind

TABLE = yaml.safe_load((Path(__file__).parent / "deadlines.yaml").read_text(encoding="utf-8"))
CASES = [(form, text, wanted) for form, cases in TABLE.items() for text, wanted in cases]
ENDS = MandateEnds({"unmiss": "2031-06-30"})


@cache
def _reader() -> DeadlineReader:
    return DeadlineReader(make.tables())


def _read(text: str) -> tuple[Found, ...]:
    setting = Setting(ENDS, "HumanRightsCouncil", "2030-03-01", is_decision=text.startswith("!"))
    return _reader().read(text.removeprefix("!"), setting)


def _said(found: Found) -> str:
    deadline = found.deadline
    if deadline.kind is DeadlineKind.EVENT:
        return f"event {deadline.resolves or ''}".strip()
    return deadline.value


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(t, w, id=f"{form}: {t}") for form, t, w in CASES])
def test_the_words_give(text: str, wanted: list[str]) -> None:
    assert [_said(found) for found in _read(text)] == wanted


@pytest.mark.parametrize("text", [text.removeprefix("!") for _, text, wanted in CASES if wanted])
def test_a_deadline_stands_where_its_words_are(text: str) -> None:
    """Every place is that of the words, and no two begin at one place but sessions that share their words."""
    for found in _read(text):
        assert text[found.start : found.end] == found.deadline.surface

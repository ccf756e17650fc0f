"""What the program is measured against must be worth it: the reader of leading verbs reads plain sentences well."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import make
from mandategraph.evaluating import evaluate

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from naive import LeadingVerbs

TEXT = """Resolution 9999 (2030)

The Security Council,

Recalling its work,

1. Requests the Secretary-General and UNICEF to repair the wells, and to report to the Council;

2. Decides that Member States shall guard the wells, and encourages civil society to help;

3. Also urges UNDP:

(a) To protect the pumps;

4. Welcomes the work done to dig them.
"""


@pytest.fixture(scope="module")
def naive() -> LeadingVerbs:
    return LeadingVerbs(make.tables())


def test_the_reader_of_leading_verbs_reads_plain_sentences(naive: LeadingVerbs) -> None:
    read = [
        (r["para"], r["verb"], [p["text"] for p in r["addressees"]], r["actions"]) for r in naive.read(TEXT, "made")
    ]
    assert read == [
        ("pp1", "recall", [], []),
        ("1", "request", ["the Secretary-General", "UNICEF"], ["repair", "report"]),
        ("2", "decide", ["Member States"], ["guard"]),
        ("2", "encourage", ["civil society"], ["help"]),
        ("3", "urge", ["UNDP"], []),
        ("3(a)", "urge", ["UNDP"], ["protect"]),
        ("4", "welcome", [], []),
    ]


def test_its_offsets_are_those_of_the_verbs(naive: LeadingVerbs) -> None:
    verbs = [TEXT[r["start"] : r["end"]] for r in naive.read(TEXT, "made")]
    assert verbs == ["Recalling", "Requests", "Decides", "encourages", "urges", "T", "Welcomes"]


def test_the_program_reads_more_than_it(
    naive: LeadingVerbs, shared: Path, corpus_records: list[dict[str, Any]]
) -> None:
    """On the reference documents, obligations by name: the simple reader is no straw man, and the program does better."""
    files = sorted((shared / "corpus").glob("*.txt"))
    simple = [r for file in files for r in naive.read(file.read_text(encoding="utf-8"), file.stem)]
    theirs, ours = (
        evaluate(records, [shared / "gold"])["obligation (by name)"] for records in (simple, corpus_records)
    )
    assert 0.4 < theirs.f1 < ours.f1

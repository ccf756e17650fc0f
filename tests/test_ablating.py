"""What changes nothing is found, and what changes something is not called idle."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

import make
from mandategraph.cli import main
from mandategraph.errors import LexiconError
from mandategraph.evaluating.ablating import Finding, ablate, is_idle, to_csv
from mandategraph.evaluating.rows import Row, rows_of, without

DATA = Path(__file__).parent.parent / "data"
TEXT = make.FORMS["resolution"][1].format(
    text="1. Requests UNDP to dig wells, as appropriate, and expresses its concern at the drought;"
)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("texts") / "S_RES_9999_2030.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.mark.slow
def test_a_row_that_is_needed_changes_something_and_one_that_stands_nowhere_nothing(text: Path) -> None:
    told: list[tuple[int, int]] = []
    files = ["conditions.csv", "nouns.csv"]
    found = ablate([text], files=files, on_progress=lambda done, total: told.append((done, total)))
    rows = {f.what: f for f in found}
    needed = [what for what, f in rows.items() if not is_idle(f)]
    assert needed == ["as appropriate", "concern"]
    assert {rows[what].changes for what in needed} == {"S_RES_9999_2030"}
    assert (rows["admiration"].documents, rows["admiration"].changes) == (0, "")
    assert told[-1] == (len(found), len(rows_of(DATA, files)))


@pytest.mark.slow
def test_the_command_writes_rules_rows_and_scores(text: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "SOURCE").write_text(f"{text}\n")
    (gold / "statements.jsonl").write_text(
        '{"para": "1", "anchor": "Requests UNDP", "verb": "request", "act": "directive", "status": "adopted", "actions": ["dig"], "addressees": '
        '[{"text": "UNDP", "id": "UNDP"}], "counterparts": [], "instruments": [], "deadline": null, "conditions": ["as appropriate"]}\n'
    )
    written = tmp_path / "found.csv"
    given = ["evaluate", str(gold), "--ablate", str(text), "--file", "conditions.csv", "-o", str(written)]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 0, done.output
    rows = {row["what"]: row for row in csv.DictReader(written.read_text(encoding="utf-8").splitlines())}
    assert rows["as appropriate"]["scores"] == "condition -1.0000"
    assert rows["as needed"]["scores"] == ""
    wrong = CliRunner().invoke(main, ["evaluate", "--ablate", str(text), "--file", "words.csv"])
    assert (wrong.exit_code, "no rows can be taken out" in wrong.output) == (3, True)


def test_where_a_row_can_matter() -> None:
    name = Row("types.csv", 2, "policy", ("policy",))
    assert name.can_matter("its policies on wells", ())
    assert not name.can_matter("its wells", ())
    assert Row("citations.jsonl", 2, "CIT-x", rule="CIT-x").can_matter("", {"CIT-x"})
    assert not Row("citations.jsonl", 2, "CIT-x", rule="CIT-x").can_matter("its policies", ())
    assert Row("bodies.csv", 2, "Board").can_matter("", ())


def test_every_data_file_of_the_reading_has_its_rows() -> None:
    files = {row.file for row in rows_of(DATA)}
    not_read = {"concepts.csv", "drafting.csv", "drafts.csv", "landscape.jsonl", "rules.csv", "screen.csv"}
    there = {file.name for kind in ("*.csv", "*.jsonl") for file in DATA.rglob(kind)}
    assert files == there - not_read
    with pytest.raises(LexiconError, match="no rows can be taken out"):
        rows_of(DATA, ["words.txt"])


def test_a_file_without_a_row_is_the_file_but_for_its_line(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("word\na\nb\nc\n")
    assert without(file, frozenset({2, 4})) == "word\nb\n"


def test_a_rule_that_fires_in_few_documents_is_idle() -> None:
    assert is_idle(Finding("rule", "rules.csv", 0, "CMP-to", 2))
    assert not is_idle(Finding("rule", "rules.csv", 0, "CMP-to", 3))
    assert to_csv([Finding("row", "x.csv", 2, "a", 1)]).splitlines()[1] == "row,x.csv,2,a,1,,"

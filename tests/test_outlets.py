"""What leaves the program is obeyed by nobody: no terminal, no spreadsheet, and no XML that cannot be read."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from lxml import etree

import make
from mandategraph.answering.tabling import plain_cell
from mandategraph.cli import main
from mandategraph.cli.output import visible
from mandategraph.errors import LexiconError
from mandategraph.lexicon import load_tables

# Escape, bell, vertical tab, form feed, a C1 control, two noncharacters; all of them inside words that are read.
BAD = "\x1b[31m\x07\x0b\x0c\x9b2J\ufffe\ufdd0"
# A file with more control characters than one in two hundred is no text, and is refused.
MANY = "Noting that wells are wells, and that roads are roads to them,\n\n" * 80
TEXT = (
    f"Resolution 9999 (2031)\n\nAdopted on 3 March 2031\n\nThe Security Council,\n\nRecalling the =Wells{BAD} Committee,\n\n"
    f"{MANY}"
    f"1. Requests the Wells Committee to mend {BAD} all wells and =roads every two months until 3 May 2032;\n\n"
    "2. Urges =CMD|' /C calc'!A0 and UNMISS, where appropriate, to dig;\n\n3. Requests UNDP to report by 3 May 2032.\n"
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "=1+1\x1b]0;x\x07.txt").write_text(TEXT, encoding="utf-8")
    (folder / "=2\x1b[2J.txt").write_text(
        "A note\n\n" + "Wells are wells, and roads are roads to them. " * 60 + f"\n\nNext\n\nAll should {BAD} dig.\n"
    )
    _run("build", folder, store=folder / "store")
    return folder / "store"


def _run(*words: object, store: Path) -> str:
    found = CliRunner().invoke(main, [*map(str, words), "--store", str(store)])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found.output


COMMANDS = """documents|actors|obligations|query sentence -p document=S/RES/9999(2031)|query bears|show 9999|show 9999 --paragraph 1|explain 9999 1|validate
check|history 9999|calendar|lineage WellsCommittee --all|compare 9999 9999|query reports|quota|obligations --actor x""".replace(
    "\n", "|"
).split("|")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_what_moves_a_terminal(hostile: Path, command: str) -> None:
    assert not CONTROL.search(_run(*command.split(), store=hostile))


def test_names_and_texts_of_a_build_move_no_terminal(tmp_path: Path, hostile: Path) -> None:
    assert not CONTROL.search(_run("build", "-v", hostile.parent, store=tmp_path / "other"))
    query = tmp_path / "escape.rq"
    query.write_text(r'SELECT ("a\u001B[31mb" AS ?words) WHERE {}')
    assert not CONTROL.search(_run("query", query, store=hostile))


@pytest.mark.parametrize("format_", ["rdf-xml", "graphml", "gexf", "akn"])
def test_xml_is_well_formed(hostile: Path, format_: str) -> None:
    for document in ("9999",) if format_ == "akn" else ("9999", "=2\\x1b[2J"):
        etree.fromstring(_run("export", "--format", format_, "--document", document, store=hostile).encode())


@pytest.mark.parametrize("command", ["obligations --format csv", "query sentence --format csv -p document=S/RES/9999(2031)", "export --format csv-nodes", "export --format csv-edges", "calendar --format csv --after 2031-01-01 --before 2033-01-01", "documents --format csv"])  # fmt: skip
def test_no_cell_is_a_formula(hostile: Path, command: str) -> None:
    rows = list(csv.reader(io.StringIO(_run(*command.split(), store=hostile))))
    assert len(rows) > 1
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=@+-\t\r") and not re.fullmatch(r"[+-]?[\d.]+", cell)]
    assert not CONTROL.search("".join(cells))


def test_what_is_no_formula_stays() -> None:
    assert [plain_cell(cell) for cell in ("-5.2", "+3", "a=b", "")] == ["-5.2", "+3", "a=b", ""]


def test_calendars_and_briefs_are_written(hostile: Path, tmp_path: Path) -> None:
    ics, brief = tmp_path / "c.ics", tmp_path / "b.docx"
    _run("calendar", "--format", "ics", "-o", ics, store=hostile)
    assert not CONTROL.search(ics.read_text(encoding="utf-8").replace("\r\n", "\n"))
    _run("report", "9999", "-o", brief, store=hostile)
    assert any("dig" in p.text for p in docx.Document(str(brief)).paragraphs)


def test_offsets_stay_where_a_character_is_replaced() -> None:
    text = "1. Requests UNMISS to dig \ufffd wells;"
    _, reading = make.read(text)
    (statement,) = reading.statements[1:]
    source = make.FORMS["resolution"][1].format(text=text)
    assert source[statement.trigger.start : statement.trigger.end] == "Requests"


def test_words_are_visible() -> None:
    assert visible("caf\u00e9 \u2013 wells\n\tand roads") == "caf\u00e9 \u2013 wells\n\tand roads"
    assert visible("a\x1b[31m\u202eb") == "a\ufffd[31m\ufffdb"


def test_data_with_control_characters_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("id,type,label,aliases,short_forms,context,source\nX,committee,X\x1b,X,,,own\n")
    with pytest.raises(LexiconError, match="cannot be printed"):
        load_tables([file])

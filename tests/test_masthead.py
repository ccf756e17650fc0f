"""Whose document it is: symbol, day and title are read from the masthead, never from words that cite another document."""

from __future__ import annotations

import re

import pytest

import make
from mandategraph.lexicon import load_patterns
from mandategraph.records import Document, SourceText
from mandategraph.symbols import SYMBOL, from_file_name, normalize

BODY = "\n\nThe Security Council,\n\nRecalling its work,\n\n1. Decides to meet.\n"
ASSEMBLY = BODY.replace("Security Council", "General Assembly")
HEAD = "United Nations {symbol}\n\nGeneral Assembly\nDistr.: General\n3 March 2031\n\nNinetieth session\nAgenda item 44 (b)\n"
ACT = """{}

THE COUNCIL OF THE LAKE UNION,

Having regard to the Treaty of the Lake,

Whereas:

(1) On 17 June 2030 the Council adopted Decision (CFSP) 2030/5, for wells are dry.

HAS ADOPTED THIS DECISION:

Article 1

Wells shall be dug.

Article 2

This Decision shall enter into force on the day after that of its publication.
"""
CASES = [
    ("IDY-masthead-line", "x", HEAD.format(symbol="A/90/77") + "\nWells of the north\n\nReport of the Secretary-General\n", "A/90/77"),
    ("IDY-masthead-line", "x", HEAD.format(symbol="A/80/6 (Sect. 24)*") + "\nProposed budget\n", "A/80/6 (Sect. 24)"),
    ("IDY-masthead-line", "x", HEAD.format(symbol="| A/80/6 (Sect. 3)/Add.5") + "\nProposed budget\n", "A/80/6 (Sect. 3)/Add.5"),
    ("IDY-masthead-line", "x", HEAD.format(symbol="A/RES/90/250 A") + "\n90/250. Wells\n\nA" + ASSEMBLY, "A/RES/90/250 A"),
    ("IDY-masthead-line", "x", "S/2031/77\nWells\n", "S/2031/77"),
    ("IDY-masthead-line", "S_2031_78", HEAD.format(symbol="S/2031/77") + "\nWells\n", "S/2031/77"),
    ("IDY-resolution-number", "x", "Resolution 9999 (2031)" + BODY, "S/RES/9999 (2031)"),
    ("IDY-resolution-number", "x", "Resolution 9999 (2031)\nof 3 March 2031" + BODY, "S/RES/9999 (2031)"),
    ("IDY-session-number", "x", "90/7. Wells" + ASSEMBLY, "A/RES/90/7"),
    ("IDY-session-number", "x", "90/7. Wells\n\nB" + ASSEMBLY, "A/RES/90/7 B"),
    ("IDY-session-number", "x", "2031/7. Wells" + BODY.replace("Security", "Economic and Social"), "E/RES/2031/7"),
    ("IDY-session-number", "x", "Resolution 90/7: Wells" + ASSEMBLY, "A/RES/90/7"),
    ("IDY-decision-number", "x", "Decision 90/501. Wells" + ASSEMBLY, "A/DEC/90/501"),
    ("IDY-roman-session", "x", "1048 (XI). Wells" + ASSEMBLY, "A/RES/1048 (XI)"),
    ("IDY-union-act", "x", ACT.format("COUNCIL DECISION (CFSP) 2031/77\n\nof 3 March 2031\n\nconcerning wells"), "Decision (CFSP) 2031/77"),
    ("IDY-union-act", "x", ACT.format("Commission Implementing Regulation (EU) No 77/2012 of 3 March 2012 on wells"), "Regulation (EU) 77/2012"),
    ("IDY-place", "notes", "Decision (CFSP) 2031/77\n\nA short history of it." + ASSEMBLY, ""),
    ("IDY-session-number", "x", "67/1. Wells" + BODY.replace("Security Council", "Commission on Narcotic Wells"), "Commission on Narcotic Wells resolution 67/1"),
    ("IDY-file-name", "S_2031_77", "Wells of the north\n\nThey are dry.", "S/2031/77"),
    ("IDY-file-name", "A_RES_90_250_B", "Wells of the north\n\nThey are dry.", "A/RES/90/250 B"),
    ("IDY-place", "notes", "What was asked after Resolution 2999 (2030)\n\nA note on S/2031/77 and on A/RES/90/7.", ""),
    ("IDY-place", "notes", "Wells\n\nWhat a student wrote of them.\n\nSources\n\nRead in May:\n\nRead in June:\n\nS/2031/77\n", ""),
    ("IDY-place", "notes", "Resolution 2999 (2030)\n\nA short history of it\n\n1. It was adopted at night.", ""),
    ("IDY-place", "notes", "Resolution 9999 (2031)\n\n" + "An essay on what it says of the wells. " * 8 + BODY, ""),
    ("IDY-place", "notes", "S/2031/1\nS/2031/2\nS/2031/3\n\nWhat I read in May", ""),
    ("IDY-masthead-line", "x", HEAD.format(symbol="A/90/77–S/2031/9") + "\nWells\n", "A/90/77"),
    ("IDY-masthead-line", "x", HEAD.format(symbol="A/90/77").replace("United Nations", "Nations Unies") + "\nPuits\n", "A/90/77"),
    ("IDY-place", "notes", "90/7. Wells\n\nA short history of it.", ""),
    ("IDY-place", "notes", "Report on the implementation of resolution 2999 (2030)\n\n* A/90/50.\n\nIt went well.", ""),
    ("IDY-place", "notes", "Resolution 9999 (2031)" + ASSEMBLY, ""),
    ("IDY-place", "notes", "Decision 9999" + ASSEMBLY, ""),
]  # fmt: skip


def _document(text: str, name: str = "x") -> Document:
    return make.reader().read(SourceText(name, "text/plain", text, "0" * 64))[0]


@pytest.mark.parametrize(("rule", "name", "text", "symbol"), CASES)
def test_a_symbol_is_that_of_the_masthead(rule: str, name: str, text: str, symbol: str) -> None:
    masthead = _document(text, name).masthead
    assert (masthead.symbol, masthead.rule) == (symbol, rule)
    assert masthead.why


def test_the_line_that_gave_the_symbol_is_kept() -> None:
    document = _document(HEAD.format(symbol="A/90/77") + "\nWells of the north\n")
    assert document.text.quote(document.masthead.span) == "United Nations A/90/77"


def test_every_rule_of_identity_has_a_case() -> None:
    rules = {
        row["id"]
        for row in load_patterns(
            "masthead.jsonl", ("id", "what", "regex", "source"), optional=("symbol", "body", "why", "genre")
        )
        if row["what"] == "symbol"
    }
    assert rules <= {rule for rule, *_ in CASES}


STANDING = {
    "MST-distribution": "Distr.: General",
    "MST-organization": "United Nations",
    "MST-organ": "General Assembly",
    "MST-language": "English, French and Spanish only",
    "MST-adopted": "Resolution adopted by the General Assembly on 3 March 2031",
    "MST-bracket": "[without reference to a Main Committee (A/90/L.3)]",
    "MST-meeting": "64th plenary meeting",
    "MST-note": "* Reissued for technical reasons on 5 March 2031.",
    "MST-occasion": "At its 9999th meeting",
    "MST-day": "New York, 3-9 March 2031",
    "MST-job-number": "31-12345 (E)",
    "MST-version": "Advance unedited version",
    "MST-author": "Report of the Secretary-General",
    "MST-original": "Original: French",
    "MST-session": "Ninetieth session",
    "MST-agenda-item": "Item 44 of the provisional agenda*",
    "MST-edition": "* Reissued for technical reasons on 5 March 2031.",
}


@pytest.mark.parametrize(("rule", "line"), STANDING.items(), ids=STANDING)
def test_standing_lines_are_no_titles(rule: str, line: str) -> None:
    """A standing line of the masthead is not the title, whether it comes before or after it; another line is."""
    regex = next(row["regex"] for row in _rows() if row["id"] == rule)
    assert re.search(regex, line, re.IGNORECASE)
    assert not re.search(regex, "Wells of the north", re.IGNORECASE)
    assert (
        _document(f"{line}\n\nWells of the north\n\nThey are dry, and that was to be feared.").title
        == "Wells of the north"
    )
    assert (
        _document(f"Wells of the north\n\n{line}\n\nThey are dry, and that was to be feared.").title
        == "Wells of the north"
    )


def _rows() -> list[dict[str, str]]:
    return load_patterns(
        "masthead.jsonl", ("id", "what", "regex", "source"), optional=("symbol", "body", "why", "genre")
    )


def test_every_standing_form_has_a_case() -> None:
    assert {row["id"] for row in _rows() if row["id"].startswith("MST-")} == set(STANDING)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Resolution adopted by the General Assembly\n\n[on the report of the Second Committee (A/90/455)]\n\n90/9. Wells" + ASSEMBLY, "Wells"),
        ("90/9. Integration of the wells\ninto the world of roads" + ASSEMBLY, "Integration of the wells into the world of roads"),
        ("90/9. Wells\n\nA\n\nWells of the north" + ASSEMBLY, "Wells"),
        ("Resolution 9999 (2031)\nAdopted by the Security Council at its 9999th meeting,\non 3 March 2031" + BODY, "Resolution 9999 (2031)"),
        (ACT.format("COUNCIL DECISION (CFSP) 2031/77\n\nof 3 March 2031\n\nconcerning wells of the north"), "COUNCIL DECISION (CFSP) 2031/77 of 3 March 2031 concerning wells of the north"),
        ("Agenda item 138\n\nProposed budget\n\nStrategy of wells\n\nReport of the Secretary-General\n\nI. Introduction\n", "Strategy of wells"),
    ],
)  # fmt: skip
def test_titles(head: str, title: str) -> None:
    assert _document(head).title == title


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Resolution 9999 (2031)\nAdopted at its 9999th meeting,\non 3 March 2031" + BODY, "2031-03-03"),
        ("Distr.: General 5 April 2031\nResolution adopted on 3 March 2031\n90/9. Wells" + ASSEMBLY, "2031-03-03"),
        (ACT.format("COUNCIL DECISION (CFSP) 2031/77\n\nof 3 March 2031\n\nconcerning wells"), "2031-03-03"),
        ("Resolution 9999 (2031) of 3 March 2031" + BODY, "2031-03-03"),
        ("Letter dated 3 March 2031 from the President\n\nI write to you.", "2031-03-03"),
        ("Resolution 9999 (2031)" + BODY + "\n3 March 2031\n", "2031-03-03"),
        ("Resolution 9999 (2031)" + BODY.replace("to meet", "to extend the mandate until 30 June 2032"), None),
        ("A note on resolution 2999 of 3 March 2030\n\nIt went well.", None),
    ],
)
def test_a_day_is_that_of_the_document(text: str, day: str | None) -> None:
    assert _document(text).date == day


def test_session_agenda_item_language_and_edition() -> None:
    text = (
        HEAD.format(symbol="A/90/77*")
        + "Original: French\n\nWells\n\n* Reissued for technical reasons on 5 March 2031.\n"
    )
    masthead = _document(text).masthead
    assert (masthead.organ, masthead.body) == ("General Assembly", "")
    assert (masthead.session, masthead.agenda_item, masthead.original) == ("Ninetieth session", "44 (b)", "French")
    assert masthead.edition == "2031-03-05"
    assert (
        _document(HEAD.format(symbol="A/90/77") + "\nWells\n\n* Reissued for technical reasons.").masthead.edition
        == "*"
    )
    assert _document(HEAD.format(symbol="A/90/77*") + "\nWells\n").masthead.edition == ""


@pytest.mark.parametrize("council", ["Security Council", "Human Rights Council"])
def test_a_statement_is_that_of_its_own_council(council: str) -> None:
    symbol = "A/HRC/PRST/99/1" if council.startswith("Human") else "S/PRST/2031/9"
    head = HEAD.format(symbol=symbol).replace("General Assembly", council)
    text = f"{head}\nStatement by the President\n\nThe {council} urges all States to dig.\n"
    document, reading = make.reader().read(SourceText("x", "text/plain", text, "0" * 64))
    assert (document.symbol, document.body) == (symbol, council)
    assert {s.issuer for s in reading.statements} == {council.replace(" ", "")}


@pytest.mark.parametrize(
    "symbol",
    """A/RES/90/250 A|A/RES/217 A (III)|S/RES/2374 (2017)|A/80/6 (Sect. 24)/Corr.1|A/CONF.151/26 (Vol. I)|A/80/6 (Plan outline)
    A/HRC/RES/S-28/1|S/2031/600/Rev.1|FCCC/CP/2015/10/Add.1|UNEP/EA.6/RES.8|TD/B/C.I/2|DP/2031/1|JIU/REP/2031/1|S/PV.9999|A/S-32/L.1
    A/ES-10/PV.42|ST/SGB/2031/3|E/CN.4/Sub.2/2003/12/Rev.2|ECE/MP.WAT/63|A/RES/3201 (S-VI)|S/Agenda/9999|CEDAW/C/GC/33|S/INF/68"""
    .replace("\n", "|").split("|"),
)  # fmt: skip
def test_symbols_of_all_series(symbol: str) -> None:
    symbol = symbol.strip()
    assert SYMBOL.fullmatch(symbol)
    assert normalize(symbol) == symbol
    assert SYMBOL.search(f"see {symbol}, annex")[0] == symbol  # type: ignore[index]


@pytest.mark.parametrize("words", ["and/or 5", "A/B testing", "S/he 5", "km/h 5", "TCP/IP 4", "I/O", "24/7", "A/C"])
def test_what_is_no_symbol(words: str) -> None:
    assert not SYMBOL.search(words)


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("A_80_6_(Sect._24)", "A/80/6 (Sect. 24)"),
        ("A_RES_217_A_(III)", "A/RES/217 A (III)"),
        ("UNEP_EA.6_RES.8", "UNEP/EA.6/RES.8"),
        ("A_and_B_2031", ""),
    ],
)
def test_symbols_of_file_names(name: str, symbol: str) -> None:
    assert from_file_name(name) == symbol

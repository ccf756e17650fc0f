"""How documents are drafted: the evidence for each form, and the words of duty and promise that state in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import make
from mandategraph.lexicon import Norm, load_patterns
from mandategraph.reading.genres import find_genre
from mandategraph.reading.lines import read_lines
from mandategraph.records import Act, Genre

CASES = yaml.safe_load((Path(__file__).parent / "genres.yaml").read_text(encoding="utf-8"))
KEYS = ("id", "genre", "where", "regex", "weight", "why", "source")
ROWS = {row["id"]: row for row in load_patterns("genres.jsonl", KEYS, optional=("at_least", "share", "needs"))}
DRAFTED = {
    "resolution": Genre.RESOLUTION,
    "assembly": Genre.RESOLUTION,
    "union": Genre.RESOLUTION,
    "presidential": Genre.PRESIDENTIAL_STATEMENT,
    "press": Genre.PRESIDENTIAL_STATEMENT,
    "conclusions": Genre.CONCLUSIONS,
    "observations": Genre.CONCLUSIONS,
    "declaration": Genre.DECLARATION,
    "meeting": Genre.MEETING_REPORT,
    "letter": Genre.LETTER,
    "rules": Genre.RULES,
    "act": Genre.RULES,
    "report": Genre.REPORT,
    "note": Genre.NOTE,
}


def _matches(rule: str, line: str) -> bool:
    where, pattern = ROWS[rule]["where"], ROWS[rule]["regex"]
    look = re.match if where == "opening" else re.search
    if not any(word in line.lower() for word in ROWS[rule].get("needs", "").split("|")):
        return False
    return look(pattern, line, re.IGNORECASE if where == "head" else 0) is not None


def test_every_row_has_a_line_and_a_counter_line() -> None:
    assert sorted(case["rule"] for case in CASES) == sorted(ROWS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_a_row_reads_its_line_and_not_the_other(case: dict[str, str]) -> None:
    assert _matches(case["rule"], case["line"])
    assert not _matches(case["rule"], case["other"])


@pytest.mark.parametrize(("form", "genre"), DRAFTED.items())
def test_a_form_is_told_by_its_evidence(form: str, genre: Genre) -> None:
    assert make.read("1. Urges all to dig.", form)[0].genre is genre


def _found(text: str) -> tuple[Genre, set[str]]:
    drafting = find_genre(read_lines(text))
    return drafting.genre, {each.rule for each in drafting.evidence}


def test_a_body_over_a_preamble_makes_a_resolution() -> None:
    genre, rules = _found("The Board of Wells,\n\nRecalling its work,\n\n1. Decides to meet.")
    assert genre is Genre.RESOLUTION
    assert "GEN-body-line" in rules
    genre, rules = _found("The Board of Wells,\n\nwhich met in June, has nine members.\n\n1. Attendance")
    assert genre is not Genre.RESOLUTION
    assert "GEN-body-line" not in rules


def test_a_heading_that_names_a_body_opens_no_part() -> None:
    text = "The Board of Wells,\n\nRecalling its work,\n\n1. Decides to meet.\n\nThe Committee\n\n2. Directs the Committee to dig."
    reading = make.reader().read(make.source(text, "board"))[1]
    assert [s.paragraph for s in reading.statements] == ["pp1", "1", "2"]
    again = f"{text}\n\nThe Board of Wells,\n\nNoting the map,\n\n1. Urges all to dig."
    assert [s.paragraph for s in make.reader().read(make.source(again, "board"))[1].statements][3:] == [
        "part-2/pp1",
        "part-2/1",
    ]


def test_a_preamble_without_a_body_makes_a_resolution() -> None:
    genre, rules = _found("Draft on wells\n\nRecalling the drought,\n\nNoting the map,\n\n1. Decides to meet.")
    assert genre is Genre.RESOLUTION
    assert "GEN-preamble" in rules
    assert "GEN-preamble" not in _found("On wells\n\nRecalling the drought,\n\n1. Masons met.")[1]


def test_articles_behind_a_preamble_make_rules_and_behind_operative_paragraphs_do_not() -> None:
    genre, rules = _found("The Board of Wells,\n\nRecalling its work,\n\nArticle 1\n\nThe Board shall meet.")
    assert genre is Genre.RULES
    assert "GEN-articles" in rules
    genre, rules = _found(
        "The Board of Wells,\n\nRecalling its work,\n\n1. Adopts the annex.\n\nAnnex\n\nArticle 1\n\nIt shall meet."
    )
    assert genre is Genre.RESOLUTION
    assert "GEN-articles" not in rules


def test_a_report_may_suggest_a_decision() -> None:
    body = "The Board of Wells,\n\nRecalling its work,\n\n1. Adopts the map."
    genre, rules = _found(
        f"Report on wells\n\nThe Board may wish to adopt a decision along the following lines:\n\n{body}"
    )
    assert genre is Genre.REPORT
    assert "GEN-suggested" in rules
    assert "GEN-suggested" not in _found(f"The Board may wish to adopt what others suggest.\n\n{body}")[1]


def test_a_resolution_that_endorses_a_declaration_stays_one() -> None:
    text = "Lake Declaration on Wells\n\nThe Board of Wells,\n\nRecalling its work,\n\n1. Endorses the declaration."
    assert _found(text)[0] is Genre.RESOLUTION


_FORMS = {Genre.RULES: "rules", Genre.REPORT: "report", Genre.LETTER: "letter", Genre.CONCLUSIONS: "observations"}
NORMS = [(norm, _FORMS[genre]) for norm in make.tables().norms if norm.near != ":" for genre in sorted(norm.genres)]
# Sentences around turns of speech, by the word that says who bears what they ask.
_TURNED = {
    "you": "I should be {words} dig wells.",
    "my": "I wish to inform you that it {words} to dig wells.",
    "behind": "The {words} the Office are the digging of wells.",
    "it": "The drought goes on, and {words} the Board dig wells.",
}


def _told(norm: Norm) -> str:
    """A sentence of duty with the words of a norm."""
    words = " ".join(norm.words)
    if norm.is_turn:
        return _TURNED[norm.bearer].format(words=words).replace("be appreciate", "appreciate")
    who = "Office" if norm.bearer == "office" else "masons" if norm.words[0] in {"are", "do", "have"} else "mason"
    return f"The {who} {words} {'digging' if words.endswith(' for') else 'dig'} wells."


@pytest.mark.parametrize(("norm", "form"), NORMS, ids=lambda x: x if isinstance(x, str) else "-".join(x.words))
def test_words_of_duty_state_in_their_form_alone(norm: Norm, form: str) -> None:
    text = _told(norm)
    [*_, statement] = make.read(text if form in {"rules", "letter"} else f"2. {text}", form)[1].statements
    assert (statement.rule, statement.act) == (norm.rule, norm.negated if "not" in norm.words else norm.act)
    assert statement.actions in {("dig",), ("digging",)}
    who = {"you": "you", "my": "my", "behind": "the Office", "it": "the Board"}.get(norm.bearer) or " ".join(
        text.split()[:2]
    )
    assert [p.surface for p in statement.addressees] == [who]
    assert all(s.rule != norm.rule for s in make.read(f"2. {text}", "meeting")[1].statements)


@pytest.mark.parametrize("word", sorted(make.tables().forms[Genre.DECLARATION].modals))
def test_modals_bind_the_speaker_of_a_declaration(word: str) -> None:
    said = f"{word} to" if word == "need" else word
    [statement] = make.read(f"2. We {said} dig wells.", "declaration")[1].statements
    assert (statement.act, statement.actions) == (Act.COMMITMENT, ("dig",))
    assert make.read(f"2. The masons {said} dig wells.", "declaration")[1].statements == ()


def test_a_resolution_on_one_line_is_taken_apart() -> None:
    text = "The Well Board, Recalling its work, Noting the map, 1. Urges all to dig; 2. Requests the Chair to report."
    document, reading = make.reader().read(make.source(text, "line"))
    assert (document.genre, document.body) == (Genre.RESOLUTION, "Well Board")
    assert [(s.paragraph, s.verb) for s in reading.statements] == [
        ("pp1", "recall"),
        ("pp2", "note"),
        ("1", "urge"),
        ("2", "request"),
    ]


def test_a_line_that_only_counts_is_left_whole() -> None:
    assert len(read_lines("We paid for well 1. Masons came; they dug well 3. Water rose.")) == 1


def test_an_issuer_that_no_gazetteer_knows_is_an_entity() -> None:
    reading = make.read("1. Urges all to dig.", "assembly")[1]
    assert {s.issuer for s in reading.statements} == {"WorldWellAssembly"}
    assert any(e.id == "WorldWellAssembly" and e.minted for e in reading.entities)

"""Every phenomenon of drafting, through the real pipeline; each case says what it must and must not give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import make
import mandategraph
from mandategraph.drafting.rows import load_drafting_rules
from mandategraph.lexicon import load_rules
from mandategraph.records import Deadline, ParagraphKind, Reading, Statement

FOLDER = Path(__file__).parent / "phenomena"
PACKAGE = Path(mandategraph.__file__).parent
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(file.read_text(encoding="utf-8"))]

COUNTERS = yaml.safe_load((Path(__file__).parent / "counters.yaml").read_text(encoding="utf-8"))


def _read(case: dict[str, Any]) -> Reading:
    return make.read(case["text"], case.get("form", "resolution"))[1]


def _mine(case: dict[str, Any], reading: Reading) -> list[Statement]:
    """The statements of the case's own text: those of the frame around it are left out."""
    first = case["text"].split("\n")[0][:25].lstrip("- 0123456789.")
    document, _ = make.read(case["text"], case.get("form", "resolution"))
    start = document.text.source.text.index(first)
    end = start + len(case["text"])
    return [s for s in reading.statements if start <= s.trigger.start < end]


def _value(deadline: Deadline | None) -> str | None:
    return None if deadline is None else deadline.value or deadline.resolves or ""


FIELDS = {
    "verb": lambda s: s.verb,
    "act": lambda s: s.act.value,
    "status": lambda s: s.status.value,
    "paragraph": lambda s: s.paragraph,
    "rule": lambda s: s.rule,
    "ids": lambda s: [p.actor for p in s.addressees],
    "addressees": lambda s: [p.surface for p in s.addressees],
    "actions": lambda s: list(s.actions),
    "words": lambda s: [deed.surface for deed in s.deeds],
    "counterparts": lambda s: [c.actor for c in s.counterparts],
    "roles": lambda s: {c.actor: c.role for c in s.counterparts},
    "instruments": lambda s: sorted(s.instruments),
    "deadline": lambda s: _value(next(iter(s.deadlines), None)),
    "deadlines": lambda s: [_value(each) for each in s.deadlines],
    "deadline_kind": lambda s: s.deadlines[0].kind.value if s.deadlines else None,
    "conditions": lambda s: list(s.conditions),
    "bindingness": lambda s: s.bindingness.value,
    "products": lambda s: list(s.products),
    "sanctions": lambda s: list(s.sanctions),
    "on": lambda s: s.sanctioned,
    "themes": lambda s: list(s.themes),
    "provisions": lambda s: [f"{p.instrument} {p.label}" for p in s.provisions],
}


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=c["id"], marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else []) for c in CASES],
)
def test_phenomenon(case: dict[str, Any]) -> None:
    reading = _read(case)
    statements = _mine(case, reading)
    if "statements" in case:
        assert len(statements) == len(case["statements"]), [(s.paragraph, s.verb) for s in statements]
        for wanted, statement in zip(case["statements"], statements, strict=True):
            got = {field: FIELDS[field](statement) for field in wanted}
            assert got == {k: sorted(v) if k == "instruments" else v for k, v in wanted.items()}
    for verb in case.get("not", ()):
        assert verb not in {s.verb for s in statements}
    if "relations" in case:
        assert {(r.subject, r.relation, r.object) for r in reading.relations} == {tuple(r) for r in case["relations"]}
    if "indicators" in case:
        assert len(reading.indicators) == len(case["indicators"]), [(i.value, i.of) for i in reading.indicators]
        for wanted, indicator in zip(case["indicators"], reading.indicators, strict=True):
            assert {k: getattr(indicator, k) for k in wanted} == wanted
    if "terms" in case:
        got = [(t.paragraph, t.step.value, t.kind, t.holder or t.source, t.until or t.lasts) for t in reading.terms]
        assert got == [tuple(term) for term in case["terms"]]
    if "counted" in case:
        assert [(t.paragraph, t.since, t.follows, t.condition) for t in reading.terms] == [
            tuple(c) for c in case["counted"]
        ]
    if "about" in case:
        assert {t.paragraph: t.about for t in reading.terms if t.about} == case["about"]
    if "contents" in case:
        places = {s.trigger.start: s.paragraph for s in reading.statements}
        places |= {i.span.start: i.paragraph for i in reading.indicators}
        found = [(c.what.value, c.holder or c.source, places[c.start]) for c in reading.contents]
        assert found == [tuple(c) for c in case["contents"]]
    if "answers" in case:
        assert [[a.rule, a.instrument, a.label] for a in reading.answers] == case["answers"]
    for id_ in case.get("minted", ()):
        assert any(e.id == id_ and e.minted for e in reading.entities)


RULES = load_rules(make.tables())
OWN_TESTS = {"verb", "date", "identity", "frame", "genre", "norm", "correction"}


def _used(case: dict[str, Any]) -> set[str]:
    """Every rule that made something out of the case's own text."""
    reading = _read(case)
    statements = _mine(case, reading)
    frame = make.FORMS[case.get("form", "resolution")][1].index("{text}")
    used = {s.rule for s in statements} | {step.rule for s in statements for step in s.trace}
    used |= (
        {a.rule for a in reading.answers}
        | {t.rule for t in reading.terms}
        | {r.rule for r in reading.relations}
        | {i.rule for i in reading.indicators}
    )
    return used | {mention.rule for _, span, mention in reading.mentions if span.start >= frame}


def test_every_rule_is_declared_and_has_a_case_and_a_counter_case() -> None:
    """A rule that no case exercises is one that nobody has checked; verbs, dates, mastheads and corrections have tests of their own, and frames stand in the table of phrases."""
    used = {case["id"]: _used(case) for case in CASES}
    seen = set().union(*used.values())
    assert sorted(seen - set(RULES)) == [], "a trace names a rule that rules.csv does not declare"
    rules = {rule.id for rule in RULES.values() if rule.field not in OWN_TESTS}
    assert sorted(rules - seen) == []
    assert sorted(case["rule"] for case in COUNTERS) == sorted(rules)
    assert [r.id for r in RULES.values() if r.id in rules and r.case and r.id not in used.get(r.case, ())] == []


def test_what_the_code_calls_a_rule_is_declared() -> None:
    written = {
        id_
        for file in PACKAGE.rglob("*.py")
        for id_ in re.findall(r'"([A-Z]{3}-[a-z]+(?:-[a-z]+)*)"', file.read_text(encoding="utf-8"))
    }
    drafting = set(load_drafting_rules())
    assert sorted(written - set(RULES) - drafting) == []
    in_code = {rule.id for rule in RULES.values() if rule.file == "rules.csv"}
    computed = {id_ for id_ in in_code if id_.startswith(("ACT-", "CMP-", "ITM-"))}
    assert sorted(in_code - written - computed) == [], "a rule of rules.csv that no code gives"


@pytest.mark.parametrize("case", COUNTERS, ids=lambda c: c["rule"])
def test_no_rule_reads_its_counter_case(case: dict[str, Any]) -> None:
    assert case["rule"] not in _used(case)


@pytest.mark.parametrize("verb", make.tables().verbs, ids=lambda v: v.rule)
def test_every_verb_states(verb: Any) -> None:
    """Each row of the verb lexicon is reached from a sentence: in the operative part, else in the preamble."""
    finite = next(iter(verb.forms[1]), None)
    participle = next(iter(verb.forms[2]), None)
    under = " under Chapter VII" if verb.frame == "act-under" else ""
    if finite and verb.frame not in {"act-under", "express"}:
        _, reading = make.read(f"1. {finite.capitalize()} the work of the wells;")
    else:
        noun = " its concern at" if verb.frame == "express" else ""
        _, reading = make.read(f"{(participle or '').capitalize()}{under}{noun} the state of the wells,", "preamble")
    mine = [s for s in reading.statements if s.rule == verb.rule]
    assert mine, [s.rule for s in reading.statements]


@pytest.mark.parametrize("verb", make.tables().verbs, ids=lambda v: v.rule)
def test_no_verb_states_inside_what_is_requested(verb: Any) -> None:
    """The counter-case of every row: its bare form in what another body is asked to do, or noted to have done."""
    base = next(iter(verb.forms[0]), verb.verb)
    _, reading = make.read(f"1. Requests UNDP to {base} the work of the wells, and notes that some {base} them;")
    assert [s.rule for s in reading.statements[1:]] == ["VRB-request", "VRB-note"]


def test_headings_and_titles_state_nothing() -> None:
    document, reading = make.read("1. Decides to meet;\n\n## Requests to all\n\n2. Urges all States to come.")
    headings = [p for _, p in document.paragraphs() if p.kind is ParagraphKind.HEADING]
    assert len(headings) == 1
    assert [s.verb for s in reading.statements] == ["recall", "decide", "urge"]

"""Every rule of reading, once: what it decides, on what it rests, and where its case is.

A rule that is a row of another file (a verb, a pattern, a family of names, a rule of bindingness) is declared by that row; those that are
code are rows of `rules.csv`. A trace names no rule that stands in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mandategraph.errors import LexiconError
from mandategraph.lexicon.forms import pledge_rule
from mandategraph.lexicon.rows import Rows, load_patterns
from mandategraph.lexicon.words import frame_id
from mandategraph.resources import folder

if TYPE_CHECKING:
    from mandategraph.lexicon.tables import Tables

_PATTERNS = {
    "answers": "answer",
    "citations": "citation",
    "families": "name",
    "genres": "genre",
    "masthead": "identity",
}
_KEYS = (
    "what",
    "symbol",
    "body",
    "after",
    "needs",
    "why",
    "regex",
    "named",
    "relation",
    "object",
    "pattern",
    "entity",
    "type",
    "label",
    "genre",
    "where",
    "weight",
    "at_least",
    "share",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a trace can name.

    Attributes:
        field: what it gives: a field of a statement, or a kind of name or link.
        decides: what it does, in a sentence; empty where its row says it.
        source: what it rests on.
        case: the phenomenon or the test that it is tried with; empty where the tests find it by its id.
        file: where it is declared.
    """

    id: str
    field: str
    decides: str
    source: str
    case: str
    file: str


def load_rules(tables: Tables) -> Mapping[str, Rule]:
    """Return all rules by id, in the order of the ids.

    Raises:
        LexiconError: two rows declare one id.
    """
    found: dict[str, Rule] = {}
    for rule in (*_in_code(), *_in_patterns(), *_in_tables(tables)):
        if rule.id in found:
            hint = "Declare every rule once."
            raise LexiconError(f"{rule.id} is declared in {found[rule.id].file} already", where=rule.file, hint=hint)
        found[rule.id] = rule
    return dict(sorted(found.items()))


def _in_code() -> Iterator[Rule]:
    for _, row in Rows(folder("data") / "lexicons" / "rules.csv", ("id", "field", "decides", "source", "case")):
        yield Rule(row["id"], row["field"], row["decides"], row["source"], row["case"], "rules.csv")


def _in_patterns() -> Iterator[Rule]:
    for name, field in _PATTERNS.items():
        for row in load_patterns(f"{name}.jsonl", ("id", "source"), optional=_KEYS):
            yield Rule(row["id"], field, "", row["source"], "", f"{name}.jsonl")


def _in_tables(tables: Tables) -> Iterator[Rule]:
    for verb in tables.verbs:
        yield Rule(verb.rule, "verb", "", "", "", "verbs.csv")
    timed = (pattern.id for pattern in tables.times.patterns if pattern.kind not in {"none", "ends"})
    for id_ in dict.fromkeys(timed):
        yield Rule(id_, "deadline", "", "", "", "deadlines.jsonl")
    for word, kind, preposition in tables.frames.rows:
        yield Rule(frame_id(word, kind, preposition), "frame", "", "", "", "frames.csv")
    for row in tables.facts:
        yield Rule(row.rule, "relation", "", "", "", "relations.csv")
    for id_ in dict.fromkeys(norm.rule for norm in tables.norms):
        yield Rule(id_, "norm", "", "", "", "norms.csv")
    pledged = {said for form in tables.forms.values() for said in form.modals.values()}
    for said in sorted(pledged - {"commit"}):
        yield Rule(pledge_rule(said), "norm", "", "", "", "forms.csv")
    for rule in tables.bindingness:
        yield Rule(rule.id, "bindingness", rule.reason, rule.source, "", "bindingness.csv")

"""Statement -> how far it binds in law, apart from how hard it presses.

The rules are the rows of `data/lexicons/bindingness.csv`: the first whose cells all hold decides. They look at the organ,
the verb, whether "Acting under Chapter VII" stands before in the same instrument, and what the addressees are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mandategraph.lexicon import BindingRule
from mandategraph.records import Bindingness, Statement, Status, Step

_NOT_YET = {Status.DRAFT, Status.RECOMMENDED}


def bind(
    statements: Sequence[Statement],
    rules: Sequence[BindingRule],
    types: Mapping[str, str],
    words: Sequence[str],
) -> list[tuple[Bindingness, Step]]:
    """Return the bindingness of each statement of a document, with the rule that gave it.

    Args:
        statements: in the order of the text.
        rules: in the order in which they are tried; the last takes everything.
        types: the type of every actor, by id.
        words: the text of each statement, in words of the grammar.
    """
    under_chapter_vii: set[str | None] = set()
    found = []
    for statement, text in zip(statements, words, strict=True):
        if statement.verb == "act" and "Chapter VII" in text:
            under_chapter_vii.add(statement.quoted_from)
        rule = next(r for r in rules if _holds(r, statement, statement.quoted_from in under_chapter_vii, types))
        value = rule.until_adopted if statement.status in _NOT_YET else rule.bindingness
        step = Step("bindingness", value.value, rule.id)
        found.append((value, step))
    return found


def _holds(rule: BindingRule, statement: Statement, chapter_vii: bool, types: Mapping[str, str]) -> bool:
    return (
        (not rule.acts or statement.act in rule.acts)
        and (not rule.issuers or statement.issuer in rule.issuers)
        and (not rule.verbs or statement.verb in rule.verbs)
        and (rule.chapter_vii is None or rule.chapter_vii == chapter_vii)
        and (not rule.addressee_types or _all_of(rule.addressee_types, statement, types))
    )


def _all_of(wanted: frozenset[str], statement: Statement, types: Mapping[str, str]) -> bool:
    """Whether there are addressees, and each is an actor of one of the types."""
    return bool(statement.addressees) and all(types.get(p.actor or "") in wanted for p in statement.addressees)

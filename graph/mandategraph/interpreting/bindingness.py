"""Statement -> how far it binds in law, apart from how hard it presses.

The rules are the rows of `data/lexicons/bindingness.csv`: the first whose cells all hold decides. They look at the organ,
the verb, whether "Acting under Chapter VII" stands before in the same instrument, what the addressees are, and the form and title of the part
in which a statement stands: a treaty's "shall" binds its parties, a declaration's "will" nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mandategraph.lexicon import BindingRule
from mandategraph.records import Bindingness, Genre, Statement, Status, Step

# How many words of a title say what it is the title of.
_EARLY = 6
_WORD = re.compile(r"[a-z-]+")
_NOT_YET = {Status.DRAFT, Status.RECOMMENDED}


def bind(
    statements: Sequence[Statement],
    rules: Sequence[BindingRule],
    types: Mapping[str, str],
    words: Sequence[str],
    parts: Sequence[tuple[Genre, str]],
) -> list[tuple[Bindingness, Step]]:
    """Return the bindingness of each statement of a document, with the rule that gave it.

    Args:
        statements: in the order of the text.
        rules: in the order in which they are tried; the last takes everything.
        types: the type of every actor, by id.
        words: the text of each statement, in words of the grammar.
        parts: form and title of the part of the document in which each stands.
    """
    under_chapter_vii: set[str | None] = set()
    found = []
    for statement, text, (genre, title) in zip(statements, words, parts, strict=True):
        if statement.verb == "act" and "Chapter VII" in text:
            under_chapter_vii.add(statement.quoted_from)
        heads = frozenset(_WORD.findall(title.lower())[:_EARLY])
        rule = next(
            r
            for r in rules
            if (not r.genres or genre in r.genres)
            and (not r.titles or r.titles & heads)
            and _holds(r, statement, statement.quoted_from in under_chapter_vii, types)
        )
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

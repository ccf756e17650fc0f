"""What coordinates within a paragraph: statements that share an infinitive, and the marks of an enumeration in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mandategraph.records import Act, Statement, Step, Token

_MARK = re.compile(r"[ivx]{1,4}|[a-h]")
_BEFORE_MARK = frozenset(": , ; and or to shall should will".split())


def with_shared_actions(stated: Sequence[Statement]) -> list[Statement]:
    """Return the statements of a sentence; "urges X" of "urges X and encourages Y to do" has what the second is to do, with whom, when and within what."""
    found: list[Statement] = []
    for statement in reversed(stated):
        following = found[-1] if found else None
        is_open = statement.act is Act.DIRECTIVE and statement.addressees and not statement.actions
        if following is not None and is_open and following.act is Act.DIRECTIVE:
            shared = tuple(Step("actions", action, "CMP-shared") for action in following.actions)
            shared += tuple(Step("condition", words, "CMP-shared") for words in following.conditions)
            statement = replace(
                statement,
                deeds=following.deeds,
                conditions=statement.conditions or following.conditions,
                deadlines=statement.deadlines or following.deadlines,
                counterparts=statement.counterparts or following.counterparts,
                trace=(*statement.trace, *shared),
            )
        found.append(statement)
    return found[::-1]


def enumerations(tokens: Sequence[Token], begin: int, end: int) -> list[tuple[int, str]]:
    """Return the marks "(i)" or "(a)" within a stretch: index of the first token after each, and the mark."""
    marks = [
        (i + 3, tokens[i + 1].lower)
        for i in range(begin, end - 3)
        if tokens[i].lower == "("
        and tokens[i + 2].lower == ")"
        and _MARK.fullmatch(tokens[i + 1].lower)
        and tokens[i - 1].lower in _BEFORE_MARK
    ]
    return marks if len(marks) > 1 and marks[0][1] in {"i", "a"} else []

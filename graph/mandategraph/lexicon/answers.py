"""How a report or letter says what it answers: "submitted pursuant to paragraph N of resolution M"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import load_patterns

FILE = "answers.jsonl"
WAYS = ("names", "before")
# What stands before a place is of one length: its white space is one character.
_BEHIND = re.compile(r"(\(\?<[=!][^()]*) \)")


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """A row of the forms.

    Attributes:
        pattern: over a paragraph with its white space as printed; where the form `names` what is answered, its group `ref` is where that stands; else it stands
            in the sentences before.
    """

    rule: str
    names: bool
    pattern: re.Pattern[str]


def load_answers() -> tuple[AnswerForm, ...]:
    """Return the forms in the order of their rules.

    Raises:
        LexiconError: a row is of an unknown way, is no regular expression, or has no group where it needs one.
    """
    found = []
    for row in load_patterns(FILE, ("id", "what", "regex", "source")):
        try:
            pattern = re.compile(_BEHIND.sub(r"\1\\s)", row["regex"]).replace(" ", r"\s+"), re.IGNORECASE)
        except re.error as error:
            raise LexiconError(f"no regular expression ({error})", where=FILE, hint="Mend it.") from error
        names = row["what"] == "names"
        if row["what"] not in WAYS or names != ("ref" in pattern.groupindex):
            hint = f"Use one of {', '.join(WAYS)}; what is named has the group ref."
            raise LexiconError(f"{row['id']}: {row['what']!r} is unknown or lacks its group", where=FILE, hint=hint)
        found.append(AnswerForm(row["id"], names, pattern))
    return tuple(found)

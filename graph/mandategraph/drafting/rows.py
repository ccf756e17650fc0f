"""The rules of drafting, as rows of `drafting.csv`: what each checks, how bad it is, how sure its findings are, and why it is a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, parts_of
from mandategraph.resources import folder

LEVELS = ("note", "warning", "error")
_COLUMNS = ("id", "title", "checks", "severity", "sure", "why", "words", "source")


@dataclass(frozen=True, slots=True)
class DraftingRule:
    """A rule of drafting.

    Attributes:
        title: of a few words; `checks`: what it looks for; `why`: it matters.
        level: note, warning or error.
        sure: how likely a finding of it is right, 0 to 1.
        words: that it looks up.
    """

    id: str
    title: str
    checks: str
    level: str
    sure: float
    why: str
    words: tuple[str, ...]


@cache
def load_drafting_rules() -> Mapping[str, DraftingRule]:
    """Return the rules of drafting by id.

    Raises:
        LexiconError: a severity is none of `LEVELS`, or a share is none.
    """
    found = {}
    for where, row in Rows(folder("data") / "lexicons" / "drafting.csv", _COLUMNS):
        if row["severity"] not in LEVELS:
            raise LexiconError(
                f"unknown severity {row['severity']!r}", where=where, hint=f"Use one of {', '.join(LEVELS)}."
            )
        try:
            sure = float(row["sure"])
        except ValueError:
            sure = -1.0
        if not 0 < sure <= 1:
            raise LexiconError(f"{row['sure']!r} is no share", where=where, hint="Write a number above 0, up to 1.")
        words = parts_of(row["words"])
        found[row["id"]] = DraftingRule(
            row["id"], row["title"], row["checks"], row["severity"], sure, row["why"], words
        )
    return found

"""The phrases by which statements of different documents are weighed against each other: what is another thing in each, ceilings, reviews."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import load_patterns

FILE = "landscape.jsonl"


@dataclass(frozen=True, slots=True)
class Landscape:
    """Patterns over words on one line, in any case.

    Attributes:
        own: what means another thing in each document, unless both are on one subject; `each`: what does so even then; `pointing`: what is `own` in a short sentence.
        ceiling: a figure that is not to be exceeded, its first group.
        review: that something is to be reviewed; `reviewed`: by the kind of a mandate, in which words a review is of it.
    """

    own: re.Pattern[str]
    each: re.Pattern[str]
    pointing: re.Pattern[str]
    ceiling: re.Pattern[str]
    review: re.Pattern[str]
    reviewed: Mapping[str, re.Pattern[str]]


@cache
def load_landscape() -> Landscape:
    """Return the patterns, those of one kind as one.

    Raises:
        LexiconError: a row is of no known kind, or no regular expression; or a kind has no row.
    """
    kinds: dict[str, list[str]] = {field.name: [] for field in fields(Landscape) if field.name != "reviewed"}
    reviewed: dict[str, list[str]] = {}
    for row in load_patterns(FILE, ("id", "kind", "regex", "source"), optional=("of",)):
        if row["kind"] == "reviewed" and row.get("of"):
            reviewed.setdefault(row["of"], []).append(row["regex"])
        elif row["kind"] in kinds:
            kinds[row["kind"]].append(row["regex"])
        else:
            hint = f"Use one of {', '.join(kinds)}, or reviewed with what it is of."
            raise LexiconError(f"{row['id']} is of the unknown kind {row['kind']!r}", where=FILE, hint=hint)
    try:
        return Landscape(
            **{kind: _one(kind, rows) for kind, rows in kinds.items()},
            reviewed={kind: _one(kind, rows) for kind, rows in reviewed.items()},
        )
    except re.error as error:
        raise LexiconError(f"no regular expression ({error})", where=FILE, hint="Mend it.") from error


def _one(kind: str, rows: list[str]) -> re.Pattern[str]:
    if not rows:
        raise LexiconError(f"no row is of the kind {kind!r}", where=FILE, hint="Add one.")
    return re.compile("|".join(rows), re.IGNORECASE)

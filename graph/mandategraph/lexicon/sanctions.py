"""What a statement sets in a regime of sanctions."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from mandategraph.lexicon.rows import Rows, parts_of


@dataclass(frozen=True, slots=True)
class Sanction:
    """A row of the table of sanctions.

    Attributes:
        verbs, is_negated: what is done, and its polarity.
        words, with_: words one of which, of each list that is not empty, stands in the clause.
        by: verbs of the statement itself that can set it; any where there is none.
        falls_on: on what a measure falls first, `persons` or a `place`.
    """

    sanction: str
    verbs: frozenset[str]
    is_negated: bool
    words: tuple[str, ...]
    with_: tuple[str, ...]
    by: frozenset[str]
    falls_on: str


def load_sanctions(file: Traversable) -> tuple[Sanction, ...]:
    """Return the rows in the order of the file."""
    return tuple(
        Sanction(
            row["sanction"],
            frozenset(parts_of(row["verbs"])),
            row["is_negated"] == "yes",
            parts_of(row["words"]),
            parts_of(row["with"]),
            frozenset(parts_of(row["by"])),
            row["falls_on"],
        )
        for _, row in Rows(file, ("sanction", "verbs", "is_negated", "words", "with", "by", "falls_on", "source"))
    )

"""Words on screen for columns, properties and values that have no label in the graph: `screen.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable

from mandategraph.lexicon.rows import Rows


def load_screen_words(file: Traversable) -> Mapping[str, str]:
    """Return the words by the names that programs use: of a column, a prefixed property, a value.

    Raises:
        LexiconError: the file breaks its rules.
    """
    return {row["name"]: row["words"] for _, row in Rows(file, ("name", "words"))}

"""What a duty produces: a report, a law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, parts_of

WAYS = ("done", "made", "put into", "told")


@dataclass(frozen=True, slots=True)
class Product:
    """A row of the table of products.

    Attributes:
        how: `done` where the verb alone says it ("to report"), `made` where a verb has the thing as its object ("to submit a report"), `put into`
            where a verb puts something into it ("to include in his report"), `told` where somebody is kept so ("to keep the Council informed").
        words: the verbs that say it alone, how somebody is kept, or the things, each by the last words of its noun phrase.
        verbs: of what is done with the thing, and the nouns that say the same ("adoption").
    """

    product: str
    how: str
    words: tuple[str, ...]
    verbs: frozenset[str]


def load_products(file: Traversable) -> Mapping[str, tuple[Product, ...]]:
    """Return the rows by how a product comes about.

    Raises:
        LexiconError: an unknown way.
    """
    rows: dict[str, list[Product]] = {way: [] for way in WAYS}
    for where, row in Rows(file, ("product", "how", "words", "verbs", "source")):
        if row["how"] not in rows:
            raise LexiconError(f"unknown way {row['how']!r}", where=where, hint=f"Use one of {', '.join(WAYS)}.")
        made = Product(row["product"], row["how"], parts_of(row["words"]), frozenset(parts_of(row["verbs"])))
        rows[row["how"]].append(made)
    return {way: tuple(found) for way, found in rows.items()}

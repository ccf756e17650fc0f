"""An actor and those it has to do with -> a small drawing: who has duties toward it at the left, toward whom it has duties at the right.

In: the store, and the duties that the actor bears. Out: places in pixels; each name leads to its page, each number to the duties that it counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.labels import Labels
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.serving.tables import link_of
from mandategraph.vocabulary import actor_iri, shorten

# So many stand on each side, those of most duties.
MOST = 8
WIDTH, HEAD, ROW = 760, 40, 28
LEFT, MIDDLE, RIGHT = 250, 380, 510


@dataclass(frozen=True, slots=True)
class Tie:
    """A neighbour at its place: its name and link, how many duties with the link to them, and how thick the line is."""

    x: int
    y: float
    name: str
    link: str
    count: int
    said: str
    duties: str
    thick: float


@dataclass(frozen=True, slots=True)
class Near:
    """The drawing: the actor stands in the middle, at `y`; `left` says on which side a tie is."""

    name: str
    width: int
    height: int
    middle: int
    y: float
    left: int
    ties: tuple[Tie, ...]


def near(store: GraphStore, iri: str, duties: Iterable[Stated], labels: Labels) -> Near | None:
    """Return the drawing of an actor's neighbours, None where there are none.

    Args:
        store: open.
        iri: of the actor.
        duties: those that it bears.
        labels: of the store.
    """
    toward = Counter(actor_iri(id_) for each in duties for id_ in {*each.counterparts})
    owed = statements(store, Wanted(counterparts=(shorten(iri),), is_obligation=True))
    of = Counter(bearer for each in owed for bearer in {party.iri for party in each.bearers if not party.described})
    sides = [_first(found, iri) for found in (of, toward)]
    rows = max(map(len, sides))
    if not rows:
        return None
    ties, y = [], HEAD + ROW * (rows + 1) / 2
    for x, side in zip((LEFT, RIGHT), sides, strict=True):
        begin = y - ROW * (len(side) - 1) / 2
        for n, (other, count) in enumerate(side):
            bearer, whom = (other, iri) if x == LEFT else (iri, other)
            said = f"{count}: duties of {labels.of(bearer)} toward {labels.of(whom)}"
            asked = urlencode({"actor": labels.of(bearer), "toward": labels.of(whom)})
            place, thick = link_of(NamedNode(other)), min(1 + log2(count), 6)
            ties.append(
                Tie(x, begin + ROW * n, labels.of(other), place, count, said, f"/obligations?{asked}", round(thick, 1))
            )
    height = HEAD + ROW * (rows + 1)
    return Near(labels.of(iri), WIDTH, height, MIDDLE, y, LEFT, tuple(ties))


def _first(found: Counter[str], iri: str) -> Sequence[tuple[str, int]]:
    """Return those of most duties, the actor itself not among them."""
    others = [(other, count) for other, count in found.items() if other != iri]
    return sorted(others, key=lambda each: (-each[1], each[0]))[:MOST]

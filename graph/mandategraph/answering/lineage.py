"""How one bearer's duties, or the duties on one theme, ran through successive mandates: each task as a lane through them.

In: the store, an actor or a theme. Out: a `Lineage`. Mandates are taken in the order of their days. Each statement of the next one is paired
with the newest statement of a lane as `comparing` does it, over gaps too: what one mandate leaves out and a later one takes up again is one lane.

A task goes on only within a line (`succession`); whoever names the documents takes them as one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mandategraph.answering.comparing import Change, Pair, align
from mandategraph.answering.succession import Succession, texts_of
from mandategraph.errors import NotFoundError
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted

COLUMNS = (
    "lane", "day", "mandate", "change", "bearers", "verb", "strength", "due", "recurs", "reasons", "document", "paragraph", "quotation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mandate:
    """A mandate in the line: a document, or what documents quote; `day` is ISO 8601, or a year, or ""."""

    key: str
    day: str


@dataclass(frozen=True, slots=True)
class Step:
    """A statement of a lane.

    Attributes:
        column: index of its mandate.
        stated: the statement.
        pair: how it continues the one before it in the lane, or another lane's where it split off; None where the lane begins.
    """

    column: int
    stated: Stated
    pair: Pair | None

    @property
    def change(self) -> str:
        """The main change, in words."""
        return self.pair.changes[0] if self.pair else Change.ADDED


@dataclass(frozen=True, slots=True)
class Lineage:
    """Lanes in the order in which they begin, those that go on first; `steps` of one that does not is one."""

    mandates: tuple[Mandate, ...]
    lanes: tuple[tuple[Step, ...], ...]

    @property
    def going(self) -> tuple[tuple[Step, ...], ...]:
        """The lanes that go on from one mandate to another."""
        return tuple(lane for lane in self.lanes if len(lane) > 1)

    def rows(self) -> list[tuple[str, ...]]:
        """Return a row of `COLUMNS` for each step."""
        return [
            (
                str(n), self.mandates[step.column].day, step.stated.mandate, step.change, ", ".join(step.stated.names), step.stated.verb,
                str(step.stated.strength), step.stated.due, step.stated.recurs, "; ".join(step.pair.reasons if step.pair else ()),
                step.stated.document, step.stated.paragraph, step.stated.text,
            )
            for n, lane in enumerate(self.lanes, 1)
            for step in lane
        ]  # fmt: skip


def trace(store: GraphStore, *, actor: str = "", theme: str = "", documents: Iterable[str] = ()) -> Lineage:
    """Return how what an actor bears, or what is asked on a theme, ran through the mandates of a store.

    Args:
        store: open.
        actor: id, or "".
        theme: id, or "".
        documents: that alone count, and are taken as one line; all where none is given.

    Raises:
        NotFoundError: nothing is asked of the actor or on the theme there, or there is no such document.
    """
    store.filled()
    chosen = find_documents(store, documents)
    asked = Wanted(bearers=(actor,) if actor else (), themes=(theme,) if theme else ())
    found = [each for each in statements(store, asked) if each.act != "assertion"]
    if chosen:
        found = [each for each in found if each.document in chosen]
    if not found:
        what = " and ".join(filter(None, (f"of {actor}" if actor else "", f"on {theme}" if theme else "")))
        raise NotFoundError(f"nothing is asked {what} here", hint="See who bears what with: mandategraph actors")
    texts, succession = texts_of(found), Succession(store)
    days = (Mandate(key, succession.day(members[0])) for key, members in texts.items())
    mandates = sorted(days, key=lambda mandate: (mandate.day or "9999", mandate.key))
    lanes: list[list[Step]] = []
    for column, mandate in enumerate(mandates):
        after = texts[mandate.key]
        document = after[0].document
        open_ = [lane for lane in lanes if chosen or _goes_on(succession, lane[-1].stated, document)]
        before = {lane[-1].stated.statement: lane for lane in open_}
        for pair in align([lane[-1].stated for lane in open_], after):
            if pair.after is None:
                continue
            if pair.before is None:
                lanes.append([Step(column, pair.after, None)])
            elif Change.SPLIT in pair.changes:
                lanes.append([Step(column, pair.after, pair)])
            else:
                before[pair.before.statement].append(Step(column, pair.after, pair))
    lanes.sort(key=lambda lane: len(lane) == 1)
    return Lineage(tuple(mandates), tuple(map(tuple, lanes)))


def _goes_on(succession: Succession, stated: Stated, document: str) -> bool:
    return succession.is_one_line(stated.mandate, stated.document, document)

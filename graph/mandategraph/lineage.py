"""How one bearer's duties, or the duties on one theme, ran through successive mandates: each task as a lane through them.

In: the store, an actor or a theme. Out: a `Lineage`. Mandates are taken in the order of their days. Each statement of the next one is paired
with the newest statement of a lane as `comparing` does it, over gaps too: what one mandate leaves out and a later one takes up again is one lane.

Two mandates are of one line where the later cites the earlier, itself or by way of documents here, or where both name the same State most; a task
goes on only within a line. Whoever names the documents takes them as one line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from mandategraph.asking import ask_rows
from mandategraph.comparing import Change, Pair, Stated, align, read_statements
from mandategraph.errors import NotFoundError
from mandategraph.listing import CITATIONS, HEADS, STATE
from mandategraph.store import GraphStore
from mandategraph.symbols import symbol_of

_SESSION, _SESSIONS = re.compile(r"A/RES/(\d+)/"), 1945
_YEAR = re.compile(r"(?<=[/(])((?:19|20)\d\d)(?=[/)])")
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
    chosen = store.known(documents)
    given = {name: value for name, value in (("bearer", actor), ("subject", theme)) if value}
    found = [each for each in read_statements(store, given) if each.act != "assertion"]
    if chosen:
        found = [each for each in found if each.document in chosen]
    if not found:
        what = " and ".join(filter(None, (f"of {actor}" if actor else "", f"on {theme}" if theme else "")))
        raise NotFoundError(f"nothing is asked {what} here", hint="See who bears what with: mandategraph actors")
    days = {symbol_of(row["document"]): row["adopted"] for row in ask_rows(store, HEADS).records()}
    texts = _texts(found)
    mandates = sorted((Mandate(key, _day(key, members, days)) for key, members in texts.items()), key=_order)
    line = Line(store) if not chosen else None
    lanes: list[list[Step]] = []
    for column, mandate in enumerate(mandates):
        after = texts[mandate.key]
        open_ = [
            lane
            for lane in lanes
            if line is None or line.goes_on(lane[-1].stated.mandate, lane[-1].stated.document, after[0].document)
        ]
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


def _texts(found: Iterable[Stated]) -> dict[str, list[Stated]]:
    """Return the statements of each mandate from the one document that has most of it, its own before all."""
    by: dict[str, dict[str, list[Stated]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        by[each.mandate][each.document].append(each)
    return {
        key: max(texts.values(), key=lambda members: (members[0].document == key, len(members)))
        for key, texts in by.items()
    }


def _day(key: str, members: list[Stated], days: Mapping[str, str]) -> str:
    """Return when a mandate is from: its document's day, else the year of its symbol or session, else the day of what quotes it."""
    year, session = _YEAR.search(key), _SESSION.match(key)
    return days.get(key) or (year[1] if year else str(_SESSIONS + int(session[1])) if session else members[0].adopted)


def _order(mandate: Mandate) -> tuple[str, str]:
    return mandate.day or "9999", mandate.key


class Line:
    """Which documents are of one line; what it has asked of the store it keeps."""

    def __init__(self, store: GraphStore) -> None:
        self._cited = cache(partial(_cited, store))
        self._state = cache(partial(_state, store))
        self._reach = cache(self._reached)
        self._is_one = cache(self._are_one)

    def goes_on(self, mandate: str, document: str, later: str) -> bool:
        """Return whether a mandate, and the document that has its words, are of the line of a later document."""
        return self._is_one(mandate, document, later)

    def _are_one(self, mandate: str, earlier: str, later: str) -> bool:
        earlier, later = symbol_of(earlier), symbol_of(later)
        if earlier == later or mandate in self._reach(later):
            return True
        state = self._state(earlier)
        return bool(state) and state == self._state(later)

    def _reached(self, document: str) -> frozenset[str]:
        """Return what a document cites, and what documents here cite that it cites, and so on."""
        found: set[str] = set()
        left = [document]
        while left:
            new = self._cited(left.pop()) - found
            found |= new
            left += new
        return frozenset(found)


def _cited(store: GraphStore, document: str) -> frozenset[str]:
    rows = ask_rows(store, CITATIONS, {"document": document}).records()
    return frozenset(symbol_of(row["instrument"]) for row in rows)


def _state(store: GraphStore, document: str) -> str:
    """Return the State that a document names most, or ""."""
    return next((row["state"] for row in ask_rows(store, STATE, {"document": document}).records()), "")

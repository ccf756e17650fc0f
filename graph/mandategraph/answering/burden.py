"""Reports due: by whom, to which body, in which year and month, how often, and which end with their mandate.

In: the store. Out: a `Burden`, the requirements to report with the days on which they fall within a window, and their sums. The days are those of
the agenda (`answering.agenda`), as in the calendar. A cycle ends with the mandate that its document extends; where a later document of one line asks
the same, it ends there too, since that one goes on with it.

Limits: a session has no day here, and what waits for it or for an event is counted apart. What a report costs in pages or money no text says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import Literal, NamedNode

from mandategraph.answering import listing
from mandategraph.answering.agenda import Entry, entries_of
from mandategraph.answering.lasting import lasting_of
from mandategraph.answering.lines import read_known
from mandategraph.answering.overlaps import renewals
from mandategraph.dates import later
from mandategraph.describing.terms import date as day_of
from mandategraph.describing.terms import decimal, integer
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon.bodies import load_bodies
from mandategraph.recalling.documents import documents
from mandategraph.recalling.rows import Bindable, Rows
from mandategraph.recalling.statements import Deadline, Stated, statements
from mandategraph.resources import folder
from mandategraph.vocabulary import document_iri

REPORT = "report"
COLUMNS = (
    "actor", "body", "documents", "per_year", "first", "recurs", "until", "ends", "when", "document", "paragraph", "rests_on", "quotation",
)  # fmt: skip
SUMS = ("requirements", "documents", "per_year", "cycles", "ending", "without_day")
WAYS = ("bearer", "body", "year", "month", "requirement")
_PERIOD = re.compile(r"P(\d+)([YMWD])")
_A_YEAR = {"Y": 1.0, "M": 12.0, "W": 365.25 / 7, "D": 365.25}
_NOBODY = "no bearer"


@dataclass(frozen=True, slots=True)
class Due:
    """A requirement to report.

    Attributes:
        entry: of the agenda: whose, where, when, how often.
        body: that asks, by its name, "" where nothing says it.
        ends: why its cycle ends, in words, "" where no end is known, or where it has no cycle.
        days: on which it falls within the window.
    """

    entry: Entry
    body: str
    ends: str
    days: tuple[date, ...]

    @property
    def bearers(self) -> tuple[str, ...]:
        """Ids or words of those who report; one who is said to be nobody where the text names none."""
        return self.entry.bearers or (_NOBODY,)

    @property
    def per_year(self) -> float:
        """How many documents a year a cycle asks for, 0 where there is none."""
        found = _PERIOD.fullmatch(self.entry.deadline.recurs)
        return _A_YEAR[found[2]] / int(found[1]) if found else 0.0

    @property
    def has_no_day(self) -> bool:
        """Whether nothing says on which days it falls."""
        return self.entry.day is None


@dataclass(frozen=True, slots=True)
class Sum:
    """What some requirements come to.

    Attributes:
        documents: that fall due within the window; `per_year`: that those of them ask for that are in cycles without a known end.
        ending: cycles whose end is known; `without_day`: requirements of which no day is known.
    """

    name: str
    requirements: int
    documents: int
    per_year: float
    cycles: int
    ending: int
    without_day: int


@dataclass(frozen=True, slots=True)
class Burden:
    """The requirements to report, by their days, with the first and the last day of the window, None where nothing has a day."""

    first: date | None
    last: date | None
    dues: tuple[Due, ...]

    def sums(self, way: str) -> list[Sum]:
        """Return the sums by "bearer" or "body", those with most documents first, or by "year" or "month", in order.

        A report of several bearers counts for each, and in each year in which it falls.
        """
        groups: dict[str, list[Due]] = defaultdict(list)
        for due in self.dues:
            for name in _KEYS[way](due):
                groups[name].append(due)
        sums = [_sum(name, dues, way) for name, dues in groups.items()]
        if way in {"year", "month"}:
            return sorted(sums, key=lambda one: one.name)
        return sorted(sums, key=lambda one: (-one.documents, -one.requirements, one.name))

    def whole(self) -> Sum:
        """Return the sum of all."""
        return _sum("all", self.dues, "")


def burden(store: GraphStore, given: Mapping[str, str], *, body: str = "") -> Burden:
    """Return what is to be reported, by day; what no day is known of last.

    Args:
        store: open.
        given: values by name as in `agenda`; after and before are the window. It begins, where they are not given, on the first day that
            anything falls due, and ends with the year after the newest document, since a cycle without an end has no last day.
        body: part of the name of the body that asks, in any case.

    Raises:
        QueryError: a value is not of its type, or there is no such thing.
        NotFoundError: the store has no documents.
    """
    first, last = (listing.day(given.get(name, "")) for name in ("after", "before"))
    if first and last and first > last:
        raise QueryError("the first day is after the last", hint="Change one of them.")
    store.filled()
    heads = {head.key: head for head in documents(store)}
    own = {head.instrument for head in heads.values()} | set(heads)
    bodies = {b.actor: b.name for b in load_bodies(folder("data") / "lexicons" / "bodies.csv") if b.actor}
    lasting, renewed = lasting_of(store), _renewed(store)
    if last is None:
        years = [int(head.adopted[:4]) for head in heads.values() if head.adopted]
        last = date(min(max(years, default=9998) + 1, 9999), 12, 31)
    dues = []
    for stated in statements(store, replace(listing.wanted(store, given), products=(REPORT,))):
        if stated.is_quoted and stated.mandate in own:
            continue
        asks = bodies.get(stated.issuer, stated.issuer) if stated.is_quoted else heads[stated.document].body
        if body.casefold() not in asks.casefold():
            continue
        for entry in entries_of(stated, lasting) or [_without_deadline(stated)]:
            dues.append(_due(entry, asks, renewed.get(stated.statement), last))
    days = [day for due in dues for day in due.days]
    first = first or min(days, default=None)
    if given.get("after") or given.get("before"):
        dues = [replace(due, days=tuple(d for d in due.days if first and d >= first)) for due in dues]
        dues = [due for due in dues if due.days or due.has_no_day]
    dues.sort(key=lambda due: (due.days[:1] or (date.max,), due.entry.document, due.entry.deadline.iri))
    return Burden(first, last if days else None, tuple(dues))


def _without_deadline(stated: Stated) -> Entry:
    """Return the entry of a statement that says nothing of when."""
    return Entry(stated, Deadline("", "", ""), None, "", None, None, "no day or cycle is said")


def _renewed(store: GraphStore) -> dict[str, tuple[str, str]]:
    """Return which requirements a later document of one line asks anew, by their IRIs: its day and key."""
    known = read_known(store, product=REPORT)
    return {iri: (duty.day, duty.document) for iri, duty in renewals(known).items()}


def _due(entry: Entry, body: str, renewed: tuple[str, str] | None, last: date) -> Due:
    """Return a requirement with its days as far as a last one."""
    ends = "with its mandate" if entry.recurs and entry.until else ""
    if renewed and entry.recurs and len(renewed[0]) == len("2031-03-01"):
        day = later(date.fromisoformat(renewed[0]), -1)
        if entry.until is None or day < entry.until:
            entry, ends = replace(entry, until=day), f"asked anew by {renewed[1]}"
    days = tuple(entry.days(last))
    return Due(entry, body, ends, days)


_KEYS: Mapping[str, Callable[[Due], Iterable[str]]] = {
    "bearer": lambda due: due.bearers,
    "body": lambda due: (due.body or "unknown",),
    "year": lambda due: dict.fromkeys(f"{day:%Y}" for day in due.days),
    "month": lambda due: dict.fromkeys(f"{day:%Y-%m}" for day in due.days),
}


def _sum(name: str, dues: Sequence[Due], way: str) -> Sum:
    is_time = way in {"year", "month"}
    days = Counter(day for due in dues for day in due.days if not is_time or str(day).startswith(name))
    cycles = [due for due in dues if due.per_year]
    lasting = [due for due in cycles if not due.ends]
    return Sum(
        name,
        len({due.entry.stated.statement for due in dues}),
        days.total(),
        round(sum(due.per_year for due in lasting), 2),
        len(cycles),
        len(cycles) - len(lasting),
        sum(due.has_no_day for due in dues),
    )


def requirement_rows(found: Burden) -> Rows:
    """Return the requirements as rows of `COLUMNS`; an actor who reports alone and is known leads to its node."""
    return Rows(COLUMNS, tuple(_row(due) for due in found.dues))


def _row(due: Due) -> tuple[Bindable | None, ...]:
    entry = due.entry
    stated = entry.stated
    known = [party for party in stated.bearers if not party.described]
    actor = NamedNode(known[0].iri) if len(stated.bearers) == len(known) == 1 else Literal(", ".join(due.bearers))
    cycle = entry.deadline.recurs
    return (
        actor, _said(due.body), integer(len(due.days)), decimal(round(due.per_year, 2)) if due.per_year else None,
        day_of(str(entry.day)) if entry.day else None, _said(cycle), day_of(str(entry.until)) if entry.until else None, _said(due.ends),
        _said(entry.deadline.words), NamedNode(document_iri(entry.document)), Literal(entry.paragraph), _said(entry.rests_on), Literal(stated.text),
    )  # fmt: skip


def sum_rows(found: Burden, way: str) -> Rows:
    """Return the sums by one of `WAYS`, a row each."""
    rows = [
        (Literal(one.name), integer(one.requirements), integer(one.documents), decimal(one.per_year), *map(integer, (one.cycles, one.ending, one.without_day)))
        for one in found.sums(way)
    ]  # fmt: skip
    return Rows((way, *SUMS), tuple(rows))


def _said(words: str) -> Literal | None:
    return Literal(words) if words else None

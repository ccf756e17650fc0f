"""Deadlines and reporting cycles of the store -> a drawing of them in lanes, and the same as tables.

A lane is a bearer. A deadline stands at its day. The days are those of the agenda (`answering.agenda`), as in the calendar; a cycle is drawn for
a year, or until it ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.agenda import Entry, agenda
from mandategraph.dates import DatePhrase, later
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.serving.tables import FIRST, PAGE, link_of, place_of, table
from mandategraph.vocabulary import document_iri

WIDTH, LANE, HEAD, SIDE = 1100, 34, 30, 230
LANES = 14
_YEAR = timedelta(days=366)
_OTHERS = "others"
Row = tuple[Bindable | None, ...]
_COLUMNS = ("due", "recurs", "session", "when", "addressee", "verb", "actions", "document", "paragraph", "quotation")


@dataclass(frozen=True, slots=True)
class Mark:
    """A deadline in the drawing, or one day of a cycle; `x` and `y` in pixels, `said` in words, `link` to its paragraph."""

    x: float
    y: float
    said: str
    link: str
    is_cycle: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A cycle from its document's date on, or a line of the scale; `x` and `end` in pixels."""

    x: float
    end: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything with its place in a picture of some width and height."""

    width: int
    height: int
    side: int
    lanes: tuple[tuple[str, str, float], ...]
    scale: tuple[Line, ...]
    cycles: tuple[Line, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Event:
    bearer: str
    place: str
    said: str
    days: tuple[date, ...]
    start: date | None = None


def timeline(store: GraphStore, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the drawing, deadlines by year and month, and what recurs, has a session or waits for an event.

    Args:
        store: open.
        given: values by name as in `agenda`.

    `is_long` says that the months are more than a page holds, which then leads to each instead.

    Raises:
        QueryError: a value is not of its type.
    """
    entries = agenda(store, given) if store.documents() else []
    dated: dict[str, list[Row]] = defaultdict(list)
    waiting: dict[str, list[Row]] = defaultdict(list)
    for entry in sorted(entries, key=_by_place):
        if entry.day and not entry.recurs:
            dated[f"{entry.day:%Y-%m}"] += _rows(entry)
        else:
            waiting[entry.deadline.kind] += _rows(entry)
    for rows in dated.values():
        rows.sort(key=lambda row: text_of(row[0]))
    tables = {
        name: [
            table(store, Rows(_COLUMNS, tuple(rows)), title=title, size=FIRST) for title, rows in sorted(found.items())
        ]
        for name, found in (("months", dated), ("waiting", waiting))
    }
    ends = {month: DatePhrase(0, 0, month).last_day() for month in dated}
    is_long = sum(map(len, (*dated.values(), *waiting.values()))) > PAGE and len(dated) > 1
    links = {party.name: link_of(NamedNode(party.iri)) for entry in entries for party in entry.stated.bearers}
    return {**tables, "ends": ends, "is_long": is_long, "drawing": draw(entries, links)}


def _by_place(entry: Entry) -> tuple[str, int, str]:
    return document_iri(entry.document), entry.stated.place.trigger_start, entry.deadline.iri


def _rows(entry: Entry) -> list[Row]:
    """Return the rows of an entry, one for each bearer."""
    stated, deadline = entry.stated, entry.deadline
    day = entry.day.isoformat() if entry.day and not entry.recurs else deadline.day
    due, recurs, session = (Literal(said) if said else None for said in (day, deadline.recurs, deadline.session))
    bearers: Sequence[Bindable | None] = [NamedNode(iri) for iri in sorted({p.iri for p in stated.bearers})] or [None]
    said = (Literal(stated.verb), Literal(entry.actions), NamedNode(document_iri(stated.document)))
    words = (Literal(stated.paragraph), Literal(stated.words))
    return [(due, recurs, session, Literal(deadline.words), bearer, *said, *words) for bearer in bearers]


def draw(entries: Iterable[Entry], links: Mapping[str, str]) -> Drawing | None:
    """Return the drawing of the entries of an agenda, or None where no day is known; `links` lead from bearers to their pages."""
    events = list(_events(entries))
    days = [day for event in events for day in (*event.days, *filter(None, (event.start,)))]
    if not days:
        return None
    first, last = later(min(days), -20), later(max(days), 20)
    wide = (WIDTH - SIDE - 20) / (last - first).days

    def x(day: date) -> float:
        return round(SIDE + (day - first).days * wide, 1)

    counts = Counter(event.bearer for event in events)
    named = [bearer for bearer, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    shown = named if len(named) <= LANES else [*named[: LANES - 1], _OTHERS]
    middle = {bearer: HEAD + LANE * (n + 0.5) for n, bearer in enumerate(shown)}
    marks, cycles, taken = [], [], Counter[tuple[str, float]]()
    for event in sorted(events, key=lambda e: (e.days, e.place)):
        bearer = event.bearer if event.bearer in middle else _OTHERS
        y = middle[bearer]
        if event.start:
            cycles.append(Line(x(event.start), x(event.days[-1]), y, event.said))
        for day in event.days:
            cell = (bearer, x(day) // 9)
            step = 0 if event.start else taken[cell]
            taken[cell] += 0 if event.start else 1
            marks.append(
                Mark(x(day), y + (step % 3 - 1) * 9 if step else y, event.said, event.place, bool(event.start))
            )
    lanes = tuple((bearer, links.get(bearer, ""), middle[bearer]) for bearer in shown)
    height = HEAD + LANE * len(shown) + 10
    return Drawing(WIDTH, height, SIDE, lanes, tuple(_scale(first, last, x)), tuple(cycles), tuple(marks))


def _events(entries: Iterable[Entry]) -> Iterator[_Event]:
    for entry in entries:
        if entry.day is None:
            continue
        start = (entry.adopted or entry.day) if entry.recurs else None
        days = tuple(entry.days(later(start, _YEAR.days) if start else entry.day))
        place = place_of(NamedNode(document_iri(entry.document)), entry.paragraph)
        for bearer in entry.bearers or ("no bearer",) if days else ():
            words = f"{bearer}: {entry.stated.verb} {entry.actions}, {entry.deadline.words} ({entry.document}, {entry.paragraph})"
            yield _Event(bearer, place, words, days, start)


def _scale(first: date, last: date, x: Any) -> Iterable[Line]:
    """Yield the first days of years, or of quarters in a short span."""
    months = (1, 4, 7, 10) if last - first < 5 * _YEAR else (1,)
    step = 1 if last.year - first.year <= 20 else 5
    days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in months if not year % step]
    shown = [day for day in days if first <= day <= last]
    for day in shown:
        words = str(day.year) if day.month == 1 else f"{day:%b}"
        yield Line(x(day), x(day), 0, f"{words} {day.year}" if day == shown[0] and day.month > 1 else words)

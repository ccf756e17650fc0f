"""Deadlines and reporting cycles of the store -> a drawing of them in lanes, and the same as tables.

A lane is a bearer. A deadline stands at its day; those that would lie on each other are gathered into one mark with their number, which leads
to their days alone, where they stand apart. The days are those of the agenda (`answering.agenda`), as in the calendar; a cycle is drawn for
a year, or until it ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.agenda import Entry, agenda
from mandategraph.dates import DatePhrase, later
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.labels import labels_of
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.serving.tables import FIRST, PAGE, link_of, place_of, table
from mandategraph.vocabulary import document_iri

WIDTH, LANE, HEAD, SIDE = 1100, 34, 30, 230
LANES = 14
# So many pixels beside each other are one mark; a title names so many deadlines; longer tables are folded.
CELL, NAMED, OPEN = 24, 8, 12
_YEAR = timedelta(days=366)
_OTHERS, _NOBODY = "others", "no bearer"
Row = tuple[Bindable | None, ...]
Window = tuple[date, date]
_COLUMNS = ("due", "recurs", "session", "when", "addressee", "verb", "actions", "document", "paragraph", "quotation")


@dataclass(frozen=True, slots=True)
class Mark:
    """A deadline, or one day of a cycle; `x` and `y` in pixels, `said` in words, `link` to its paragraph."""

    x: float
    y: float
    said: str
    link: str
    is_cycle: bool
    day: date
    bearer: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What stands at one place of the drawing: one mark, or several as one.

    Attributes:
        said: the deadlines in words, a line each.
        link: to the paragraph of the only one, else "".
        narrow: the parameters that ask for these days and this bearer alone, where there are several.
        radius: in pixels, growing with their number.
    """

    x: float
    y: float
    count: int
    said: str
    link: str
    narrow: Mapping[str, str]
    radius: float
    is_cycle: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A cycle from its document's date on, or a line of the scale; `x` and `end` in pixels; `days` that a label of the scale narrows to."""

    x: float
    end: float
    y: float
    label: str
    days: Mapping[str, str] = field(default_factory=dict)


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

    @property
    def gathered(self) -> list[Gathered]:
        """The marks, those that would lie on each other as one."""
        cells: dict[tuple[float, int], list[Mark]] = defaultdict(list)
        for mark in self.marks:
            cells[mark.y, int(mark.x // CELL)].append(mark)
        return [_gathered(marks) for _, marks in sorted(cells.items())]


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
    drawing = draw(entries, links, labels_of(store).named, _window(given))
    return {**tables, "ends": ends, "is_long": is_long, "open": OPEN, "drawing": drawing}


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


def draw(
    entries: Iterable[Entry],
    links: Mapping[str, str],
    name_of: Callable[[str], str],
    window: Window = (date.min, date.max),
) -> Drawing | None:
    """Return a drawing, or None where no day is known.

    Args:
        entries: of an agenda.
        links: from bearers to their pages.
        name_of: says what a bearer is called.
        window: the first and last day to draw; what lies outside is left out, and a window that is open ends at the last that lies within.
    """
    events = list(_within(_events(entries, name_of), window))
    days = [day for event in events for day in (*event.days, *filter(None, (event.start,)))]
    if not days:
        return None
    first = window[0] if window[0] > date.min else later(min(days), -20)
    last = window[1] if window[1] < date.max else later(max(days), 20)
    wide = (WIDTH - SIDE - 20) / max(1, (last - first).days)

    def x(day: date) -> float:
        return round(SIDE + (day - first).days * wide, 1)

    counts = Counter(event.bearer for event in events)
    ranked = [bearer for bearer, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    shown = ranked if len(ranked) <= LANES else [*ranked[: LANES - 1], _OTHERS]
    middle = {bearer: HEAD + LANE * (n + 0.5) for n, bearer in enumerate(shown)}
    marks, cycles = [], []
    for event in sorted(events, key=lambda e: (e.days, e.place)):
        bearer = event.bearer if event.bearer in middle else _OTHERS
        y = middle[bearer]
        if event.start:
            cycles.append(Line(x(event.start), x(event.days[-1]), y, event.said))
        marks += [Mark(x(day), y, event.said, event.place, bool(event.start), day, bearer) for day in event.days]
    lanes = tuple((name_of(bearer), links.get(bearer, ""), middle[bearer]) for bearer in shown)
    height = HEAD + LANE * len(shown) + 10
    return Drawing(WIDTH, height, SIDE, lanes, tuple(_scale(first, last, x)), tuple(cycles), tuple(marks))


def _gathered(marks: Sequence[Mark]) -> Gathered:
    """Return the marks of a cell as one, at their middle."""
    first = marks[0]
    said = [f"{mark.day}: {mark.said}" for mark in marks]
    if len(marks) == 1:
        return Gathered(first.x, first.y, 1, said[0], first.link, {}, 4, first.is_cycle)
    more = [f"and {len(said) - NAMED} more"] if len(said) > NAMED else []
    days = sorted(mark.day for mark in marks)
    narrow = {"after": str(days[0]), "before": str(days[-1])}
    if first.bearer not in {_OTHERS, _NOBODY}:
        narrow["actor"] = first.bearer
    middle = round(sum(mark.x for mark in marks) / len(marks), 1)
    words = "\n".join((f"{len(marks)} deadlines", *said[:NAMED], *more))
    radius = round(min(15.0, 6 + 1.1 * len(marks) ** 0.5), 1)
    return Gathered(middle, first.y, len(marks), words, "", narrow, radius, all(mark.is_cycle for mark in marks))


def _events(entries: Iterable[Entry], name_of: Callable[[str], str]) -> Iterator[_Event]:
    for entry in entries:
        if entry.day is None:
            continue
        start = (entry.adopted or entry.day) if entry.recurs else None
        days = tuple(entry.days(later(start, _YEAR.days) if start else entry.day))
        place = place_of(NamedNode(document_iri(entry.document)), entry.paragraph)
        for bearer in entry.bearers or (_NOBODY,) if days else ():
            words = f"{name_of(bearer)}: {entry.stated.verb} {entry.actions}, {entry.deadline.words} ({entry.document}, {entry.paragraph})"
            yield _Event(bearer, place, words, days, start)


def _window(given: Mapping[str, str]) -> Window:
    """Return the days that were asked for; an end that was not given is the first or last of all days."""
    after, before = given.get("after", ""), given.get("before", "")
    return date.fromisoformat(after) if after else date.min, date.fromisoformat(before) if before else date.max


def _within(events: Iterable[_Event], window: Window) -> Iterator[_Event]:
    """Yield what lies within a window of each event."""
    first, last = window
    for event in events:
        if days := tuple(day for day in event.days if first <= day <= last):
            yield replace(event, days=days, start=max(event.start, first) if event.start else None)


def _scale(first: date, last: date, x: Callable[[date], float]) -> Iterable[Line]:
    """Yield the first days of years, of quarters in a short span, or of months in a shorter one, each with the days that it begins."""
    span = last - first
    step = 1 if span < _YEAR else 3 if span < 5 * _YEAR else 12
    years = 1 if last.year - first.year <= 20 else 5
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13, step)]
    shown = [day for day in months if first <= day <= last and not day.year % years]
    for day in shown:
        after = later(day, (date(day.year + years, 1, 1) - day).days) if step == 12 else _month(day, step)
        words = str(day.year) if day.month == 1 else f"{day:%b}"
        days = {"after": str(day), "before": str(later(after, -1))}
        yield Line(x(day), x(day), 0, f"{words} {day.year}" if day == shown[0] and day.month > 1 else words, days)


def _month(day: date, months: int) -> date:
    """Return the first of a month so many months later."""
    count = day.month - 1 + months
    return date(day.year + count // 12, count % 12 + 1, 1)

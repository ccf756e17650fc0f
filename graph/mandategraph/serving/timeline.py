"""Deadlines and reporting cycles of the store -> a drawing of them in lanes, and the same as tables.

A lane is a bearer. A deadline stands at its day. A cycle begins with its document and goes on for a year: the text says how
often, and seldom from when, so that the days of a cycle are counted from the document's date and drawn as such.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mandategraph.answering import listing
from mandategraph.answering.asking import Rows, ask_rows, text_of
from mandategraph.dates import DatePhrase, later, occurrences
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.serving.pages import FIRST, PAGE, link_of, place_of, table

WIDTH, LANE, HEAD, SIDE = 1100, 34, 30, 230
LANES = 14
_YEAR = timedelta(days=366)
_OTHERS = "others"


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
    link: str
    place: str
    said: str
    days: tuple[date, ...]
    start: date | None = None


def timeline(store: GraphStore, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the drawing, deadlines by year and month, and what recurs, has a session or waits for an event.

    Args:
        store: open.
        given: values by name as in `listing.deadlines`.

    `is_long` says that the months are more than a page holds, which then leads to each instead.

    Raises:
        QueryError: a value is not of its type.
    """
    wanted = {name: value for name, value in given.items() if value}
    if wanted.get("after", "") > wanted.get("before", "9999-12-31"):
        raise QueryError("the first day is after the last", hint="Change one of them.")
    answer = ask_rows(store, listing.deadlines(wanted), wanted)
    at = {name: n for n, name in enumerate(answer.columns)}
    dated, waiting = defaultdict(list), defaultdict(list)
    for row in answer.rows:
        if row[at["due"]]:
            dated[text_of(row[at["due"]])[:7]].append(row)
        else:
            waiting[text_of(row[at["kind"]])].append(row)
    for rows in dated.values():
        rows.sort(key=lambda row: text_of(row[at["due"]]))
    tables = {
        name: [
            table(
                Rows(answer.columns, tuple(rows)),
                title=title,
                drop=("kind", "adopted", "lasts", "statement", "deadline", "status", "quoted"),
                size=FIRST,
            )
            for title, rows in sorted(found.items())
        ]
        for name, found in (("months", dated), ("waiting", waiting))
    }
    ends = {month: DatePhrase(0, 0, month).last_day() for month in dated}
    is_long = len(answer.rows) > PAGE and len(dated) > 1
    return {**tables, "ends": ends, "is_long": is_long, "drawing": draw(answer)}


def draw(answer: Rows) -> Drawing | None:
    """Return the drawing of deadlines, or None where no day is known."""
    events = list(_events(answer))
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
    links = {event.bearer: event.link for event in events}
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


def _events(answer: Rows) -> Iterator[_Event]:
    at = {name: n for n, name in enumerate(answer.columns)}
    for row in answer.rows:
        said = {name: text_of(row[n]) for name, n in at.items()}
        words = f"{said['addressee'] or 'no bearer'}: {said['verb']} {said['actions']}, {said['when']} ({said['document']}, {said['paragraph']})"
        bearer, link = said["addressee"] or "no bearer", link_of(row[at["addressee"]])
        place = place_of(row[at["document"]], said["paragraph"])
        if said["due"]:
            yield _Event(bearer, link, place, words, (date.fromisoformat(said["due"]),))
        elif said["recurs"] and said["adopted"]:
            start = date.fromisoformat(said["adopted"])
            if days := tuple(occurrences(start, said["recurs"], later(start, _YEAR.days))):
                yield _Event(bearer, link, place, words, days, start)


def _scale(first: date, last: date, x: Any) -> Iterable[Line]:
    """Yield the first days of years, or of quarters in a short span."""
    months = (1, 4, 7, 10) if last - first < 5 * _YEAR else (1,)
    step = 1 if last.year - first.year <= 20 else 5
    days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in months if not year % step]
    shown = [day for day in days if first <= day <= last]
    for day in shown:
        words = str(day.year) if day.month == 1 else f"{day:%b}"
        yield Line(x(day), x(day), 0, f"{words} {day.year}" if day == shown[0] and day.month > 1 else words)

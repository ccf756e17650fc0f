"""Mandates of the store with their terms -> a chart, a bar a term, and the same as a table.

A lane is a mandate, those that end first above. A bar begins with its decision and reaches to its end, or to the decision that came after; what has
no end is a mark at its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyoxigraph import NamedNode

from mandategraph.answering.contents import Contents, ContentsOf
from mandategraph.answering.mandates import Mandate, Term, mandates
from mandategraph.keeping.naming import find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.contents import Given
from mandategraph.recalling.labels import Labels, labels_of
from mandategraph.serving.tables import PAGE, Cell, link_of, place_of
from mandategraph.vocabulary import actor_iri, document_iri, instrument_iri

WIDTH, LANE, HEAD, SIDE = 1100, 26, 30, 230
LANES = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A term in the chart: its place and length in pixels, what it says in words, and the link to its sentence."""

    x: float
    y: float
    length: float
    said: str
    link: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: lanes with their middles, years with their places, and bars."""

    width: int
    height: int
    lanes: tuple[tuple[str, float], ...]
    years: tuple[tuple[int, float], ...]
    bars: tuple[Bar, ...]


def wanted(store: GraphStore, given: Mapping[str, str]) -> list[Mandate]:
    """Return the mandates that a page asks for: `holder`, and `on` a day.

    Raises:
        NotFoundError: nothing has the name of the holder.
    """
    holder = find(store, given["holder"]).id if given["holder"] else ""
    return mandates(store, on=given["on"], ending_before=given["before"], holder=holder)


def terms_page(store: GraphStore, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of mandates takes."""
    day = given["on"] or str(date.today())
    found = wanted(store, given)
    labels = labels_of(store)
    rows = [_row(mandate, day, labels) for mandate in found[:PAGE]]
    shown = found[:PAGE] if given["holder"] else []
    contents = ContentsOf(store) if shown else None
    known_on = given["on"] or str(date.max)
    given_to = [(labels.of(mandate.iri), _given(contents.on(mandate, known_on))) for mandate in shown if contents]
    return {"rows": rows, "total": len(found), "chart": draw(found[:LANES], day, labels), "given_to": given_to}


def _given(held: Contents) -> list[tuple[Given, str]]:
    """Return what a mandate is, each with the place of its words among the pages."""
    return [(each, place_of(NamedNode(document_iri(each.document)), each.paragraph)) for each in held.given]


def _row(mandate: Mandate, day: str, labels: Labels) -> tuple[Cell, ...]:
    """Return a mandate as cells: whose, its kind, what it is about, its state, until when, by what, since when, and where that is said."""
    last, by = mandate.last, instrument_iri(mandate.last.instrument)
    return (
        Cell(whose(mandate, labels), link_of(NamedNode(mandate.iri))),
        Cell(labels.word(mandate.kind)),
        Cell(mandate.about),
        Cell(mandate.state(day)),
        Cell(last.end),
        Cell(labels.of(by), link_of(NamedNode(by))),
        Cell(mandate.terms[0].day),
        Cell(labels.cite(last.document, last.paragraph), place_of_term(last)),
    )


def whose(mandate: Mandate, labels: Labels) -> str:
    """Return whose a mandate is, by the name of its holder or of the instrument that it goes back to."""
    return labels.of(instrument_iri(mandate.name) if "/" in mandate.name else actor_iri(mandate.name))


def place_of_term(term: Term) -> str:
    """Return the place of a term's sentence among the pages."""
    return place_of(NamedNode(document_iri(term.document)), term.paragraph)


def draw(found: Sequence[Mandate], today: str, labels: Labels) -> Chart | None:
    """Return the chart of some mandates, or None where there is none; what holds on a day is marked."""
    days = [_day(day) for mandate in found for term in mandate.terms for day in (term.day, term.end) if day]
    if not days:
        return None
    first, last = min(days).year, max(days).year + 1
    wide = (WIDTH - SIDE - 20) / (last - first)

    def x(day: date) -> float:
        return round(SIDE + (day.year - first + (day.timetuple().tm_yday - 1) / 366) * wide, 1)

    middles = [HEAD + LANE * (n + 0.5) for n in range(len(found))]
    bars = []
    for mandate, y in zip(found, middles, strict=True):
        for term, end in _bars(mandate):
            length = max(x(_day(end)) - x(_day(term.day)), 3) if end else 3
            until = f"until {term.end}" if term.end else "without an end"
            said = f"{labels.of(mandate.iri)}: {labels.word(term.step)} {until}, {term.instrument} ({labels.cite(term.document, term.paragraph)})"
            bars.append(
                Bar(x(_day(term.day)), y, length, said, place_of_term(term), term.day <= today <= (end or term.day))
            )
    lanes = tuple(
        (f"{whose(mandate, labels)} {mandate.about}".strip(), y) for mandate, y in zip(found, middles, strict=True)
    )
    step = 1 + (last - first) // 20
    years = tuple((year, x(date(year, 1, 1))) for year in range(first, last + 1, step))
    return Chart(WIDTH, HEAD + LANE * len(found) + 10, lanes, years, tuple(bars))


def _bars(mandate: Mandate) -> Iterator[tuple[Term, str]]:
    """Yield the terms, each with the day to which it reached: its end, or the decision that came after it."""
    for n, term in enumerate(mandate.terms):
        following = next((later.day for later in mandate.terms[n + 1 :] if later.day > term.day), "9999")
        yield term, min(term.end, following) if term.end else ""


def _day(iso: str) -> date:
    """Return a day, of a year or a month its first."""
    return date.fromisoformat(f"{iso}-01-01"[:10] if len(iso) < len("2031-05") else f"{iso}-01"[:10])

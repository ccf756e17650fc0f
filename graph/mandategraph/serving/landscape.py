"""The landscape as pages and as files: the burden of reports with its chart, how mandates end, what is asked more than once.

In: a store and what the reader typed. Out: what a template takes, or a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode

from mandategraph.answering.burden import Burden, burden
from mandategraph.answering.endings import Ending, Outlook, endings
from mandategraph.answering.lines import Known, read_known
from mandategraph.answering.overlaps import Group, Kind, overlaps
from mandategraph.exporting import landscape as writing
from mandategraph.exporting.overlaps import heading, summary, to_csv, to_json, to_markdown
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.duties import Duty
from mandategraph.recalling.labels import labels_of
from mandategraph.serving.files import CSV, JSON, MARKDOWN, XLSX, File, Given
from mandategraph.serving.tables import View, place_of, table
from mandategraph.vocabulary import document_iri

WIDTH, HEIGHT, HEAD, FOOT, SIDE = 1100, 240, 20, 26, 50
_BARS = 60
_GROUPS, _NAMED = 100, 25
# The columns that are shown first.
_REQUIREMENT = ("actor", "body", "first", "recurs", "until", "document")
_ENDING = ("mandate", "kind", "about", "outlook", "until", "body", "document")
# What was read of the store that a worker holds open, which nobody writes through: to read it again for each choice took most of the time.
_KNOWN: WeakKeyDictionary[GraphStore, Known] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Bar:
    """The documents due in a year or month: places and heights in pixels, those in cycles below; `link` narrows to it."""

    x: float
    width: float
    cycles: float
    once: float
    label: str
    said: str
    link: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars in a picture of some width and height, with the lines of the scale: a count and its place."""

    width: int
    height: int
    base: int
    scale: tuple[tuple[int, float], ...]
    bars: tuple[Bar, ...]


def wanted_burden(store: GraphStore, given: Given) -> Burden:
    """Return the burden that a page asks for."""
    return burden(store, {name: value for name, value in given.items() if name != "body"}, body=given["body"])


def burden_page(store: GraphStore, given: Given, view: View) -> dict[str, Any]:
    """Return what the page of the burden takes."""
    if not store.documents():
        return {"summary": "", "tables": [], "chart": None, "whole": None}
    found = wanted_burden(store, given)
    tables = [
        table(store, writing.burden_rows(found, way), title=f"By {way}", size=_NAMED)
        for way in ("bearer", "body", "year")
    ]
    whole = table(
        store,
        writing.burden_rows(found, "requirement"),
        title="Requirements, by their first day",
        view=view,
        first_shown=_REQUIREMENT,
    )
    return {"summary": writing.burden_summary(found), "tables": tables, "whole": whole, "chart": draw(found)}


def draw(found: Burden) -> Chart | None:
    """Return the chart of the documents due: by year, or by month where the window is of three years at most; None where nothing has a day."""
    days = sorted((day, bool(due.per_year)) for due in found.dues for day in due.days)
    if not days:
        return None
    first, last = days[0][0], days[-1][0]
    is_monthly = last.year - first.year < 3
    if is_monthly:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        spans = [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in months]
    else:
        spans = [f"{year:04d}" for year in range(first.year, last.year + 1)][-_BARS:]
    counts = {span: [0, 0] for span in spans}
    for day, is_cycle in days:
        if (span := str(day)[: len(spans[0])]) in counts:
            counts[span][not is_cycle] += 1
    most = max(sum(pair) for pair in counts.values())
    tall, wide = HEIGHT - HEAD - FOOT, (WIDTH - SIDE - 10) / len(spans)
    bars = []
    for n, (span, (cycles, once)) in enumerate(counts.items()):
        said = f"{span}: {cycles + once} due, {cycles} in cycles and {once} once"
        low, high = round(cycles / most * tall, 1), round(once / most * tall, 1)
        bars.append(Bar(round(SIDE + n * wide, 1), round(wide * 0.8, 1), low, high, span, said, _window(span)))
    step = max(1, -(-most // 4))
    scale = tuple((count, round(HEIGHT - FOOT - count / most * tall, 1)) for count in range(0, most + 1, step))
    return Chart(WIDTH, HEIGHT, HEIGHT - FOOT, scale, tuple(bars))


def _window(span: str) -> Mapping[str, str]:
    """Return the parameters that narrow a page to a year or a month."""
    if len(span) == len("2031"):
        return {"after": f"{span}-01-01", "before": f"{span}-12-31"}
    year, month = int(span[:4]), int(span[5:])
    end = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1 if year < date.max.year else date.max.toordinal()
    return {"after": f"{span}-01", "before": str(date.fromordinal(end))}


def wanted_endings(store: GraphStore, given: Given) -> list[Ending]:
    """Return the mandates that a page asks for, as of a day: today where none is given."""
    holder = find(store, given["holder"]).id if given["holder"] else ""
    outlooks = [Outlook(given["outlook"])] if given["outlook"] else list(Outlook)
    return endings(store, day=given["on"] or str(date.today()), body=given["body"], holder=holder, outlooks=outlooks)


def endings_page(store: GraphStore, given: Given, view: View) -> dict[str, Any]:
    """Return what the page of endings takes."""
    found = wanted_endings(store, given)
    counts = [(outlook.value, sum(ending.outlook is outlook for ending in found)) for outlook in Outlook]
    tables = [
        table(store, writing.ending_rows(found, way), title=f"By {way} of the last decision")
        for way in ("body", "year")
    ]
    whole = table(store, writing.ending_rows(found, "mandate"), title="Mandates", view=view, first_shown=_ENDING)
    return {"counts": counts, "tables": tables, "whole": whole, "outlooks": list(Outlook)}


def wanted_overlaps(store: GraphStore, given: Given) -> list[Group]:
    """Return the groups that a page asks for."""
    if store not in _KNOWN:
        _KNOWN[store] = read_known(store)
    return overlaps(
        store,
        known=_KNOWN[store],
        bearer=find(store, given["bearer"], (ThingKind.ACTOR,)).id if given["bearer"] else "",
        body=given["body"],
        theme=find(store, given["theme"], (ThingKind.THEME,)).id if given["theme"] else "",
        kinds=[Kind(given["kind"])] if given["kind"] else list(Kind),
    )


def overlaps_page(store: GraphStore, given: Given) -> dict[str, Any]:
    """Return what the page of overlaps takes: a page of the groups."""
    number = int(given["page"] or 0)
    found = wanted_overlaps(store, given) if store.documents() else []
    shown = found[number * _GROUPS : (number + 1) * _GROUPS]
    return {
        "groups": shown,
        "summary": summary(found),
        "heading": partial(heading, named=labels_of(store).named),
        "cite": labels_of(store).cite,
        "link_of": _link,
        "kinds": list(Kind),
        "page": number,
        "more": (number + 1) * _GROUPS < len(found),
    }


def _link(duty: Duty) -> str:
    return place_of(NamedNode(document_iri(duty.document)), duty.label)


FILES = {
    "overlaps.csv": File(CSV, lambda store, given: to_csv(wanted_overlaps(store, given)).encode()),
    "overlaps.json": File(JSON, lambda store, given: to_json(wanted_overlaps(store, given)).encode()),
    "overlaps.md": File(MARKDOWN, lambda store, given: to_markdown(wanted_overlaps(store, given)).encode()),
    "overlaps.xlsx": File(XLSX, lambda store, given: writing.overlap_book(wanted_overlaps(store, given))),
    "burden.csv": File(CSV, lambda store, given: writing.burden_csv(wanted_burden(store, given)).encode()),
    "burden.json": File(JSON, lambda store, given: writing.burden_json(wanted_burden(store, given)).encode()),
    "burden.xlsx": File(XLSX, lambda store, given: writing.burden_book(wanted_burden(store, given))),
    "endings.csv": File(CSV, lambda store, given: writing.ending_csv(wanted_endings(store, given)).encode()),
    "endings.json": File(JSON, lambda store, given: writing.ending_json(wanted_endings(store, given)).encode()),
    "endings.xlsx": File(XLSX, lambda store, given: writing.ending_book(wanted_endings(store, given))),
}

"""Mandates over time as pages and as files: comparisons, lineages, figures against targets, briefs, the calendar.

In: a store and what the reader typed. Out: what a template takes, or a file. A page that is asked for nothing shows its form alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from pyoxigraph import NamedNode

from mandategraph.answering.agenda import agenda, write_csv, write_icalendar
from mandategraph.answering.briefing import brief
from mandategraph.answering.briefs import Brief, Note
from mandategraph.answering.comparing import Comparison, Pair, compare
from mandategraph.answering.lineage import Lineage, trace
from mandategraph.answering.sections import Order
from mandategraph.answering.showing import find_actor_or_mandate
from mandategraph.answering.targets import Observation, Standing, Target, standings
from mandategraph.errors import QueryError
from mandategraph.exporting import brief as briefs
from mandategraph.exporting import comparison as comparisons
from mandategraph.exporting import lineage as lineages
from mandategraph.exporting import mandates as terms
from mandategraph.exporting import precedents as agreed
from mandategraph.exporting import standings as charts
from mandategraph.exporting.landscape import precedent_book, wording_book
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.labels import labels_of
from mandategraph.recalling.statements import Stated
from mandategraph.serving.files import CSV, HTML, JSON, MARKDOWN, SVG, WORD, XLSX, File, Given
from mandategraph.serving.landscape import FILES as LANDSCAPE
from mandategraph.serving.precedents import precedents_file
from mandategraph.serving.tables import place_of
from mandategraph.serving.terms import wanted
from mandategraph.vocabulary import document_iri, theme_iri

# Of each change so many pairs stand on the page of all, and so many on a page of one.
FIRST_PAIRS, PAIRS = 5, 30


def comparison_page(store: GraphStore, given: Given) -> dict[str, Any]:
    """Return what the page of a comparison takes."""
    shown: dict[str, Any] = {"documents": store.documents(), "comparison": None}
    if given["earlier"] and given["later"]:
        found, number = _comparison(store, given), int(given["page"] or 0)
        on_theme = _on_theme(store, found, given)
        pairs, size = _chosen(on_theme, given), PAIRS if given["change"] else FIRST_PAIRS
        labels = labels_of(store)
        shown |= comparisons.for_template(
            found, pairs[number * size :] if given["change"] else pairs, _link, labels.named
        )
        shown |= {"most": size, "page": number, "more": len(pairs) > (number + 1) * size, "counts": on_theme.count()}
        themes = Counter(theme for pair in found.pairs for theme in _themes(pair)).most_common()
        shown |= {"themes": [(labels.of(theme_iri(theme)), count) for theme, count in themes]}
        shown |= {"theme": labels.of(theme_iri(_theme(store, given))) if given["theme"] else "", "pairs": pairs}
    return shown


def lineage_page(store: GraphStore, given: Given) -> dict[str, Any]:
    """Return what the page of a lineage takes."""
    if not given["name"]:
        return {"lineage": None}
    found = _lineage(store, given)
    return {"lineage": found, "style": "", **lineages.for_template(found, _link)}


def quota_page(store: GraphStore, given: Given) -> dict[str, Any]:
    """Return what the page of figures against targets takes."""
    return {"style": "", **charts.for_template(_standings(store, given), _link, labels_of(store).named)}


def report_page(store: GraphStore, given: Given) -> dict[str, Any]:
    """Return what the page of a brief takes."""
    if not given["name"]:
        return {"brief": None}
    return briefs.for_template(_brief(store, given), _link)


def _theme(store: GraphStore, given: Given) -> str:
    return find(store, given["theme"], (ThingKind.THEME,)).id


def _themes(pair: Pair) -> set[str]:
    """Return the themes of either side."""
    return {theme for side in (pair.before, pair.after) if side for theme in side.themes}


def _on_theme(store: GraphStore, found: Comparison, given: Given) -> Comparison:
    """Return the part of a comparison that is on the theme that is asked for, all of it where none is."""
    if not given["theme"]:
        return found
    theme = _theme(store, given)
    return replace(found, pairs=tuple(pair for pair in found.pairs if theme in _themes(pair)))


def _chosen(found: Comparison, given: Given) -> list[Pair]:
    """Return the pairs whose main change is the one that is asked for, all where none is."""
    return [pair for pair in found.pairs if not given["change"] or pair.changes[0] == given["change"]]


def _comparison(store: GraphStore, given: Given) -> Comparison:
    return compare(store, given["earlier"], given["later"])


def _lineage(store: GraphStore, given: Given) -> Lineage:
    subject = find(store, given["name"], (ThingKind.ACTOR, ThingKind.THEME))
    return trace(store, **{subject.kind: subject.id})


def _standings(store: GraphStore, given: Given) -> list[Standing]:
    actor = find(store, given["actor"], (ThingKind.ACTOR,)).id if given["actor"] else ""
    return standings(store, actor=actor, document=given["document"])


def _brief(store: GraphStore, given: Given) -> Brief:
    kind, id_ = find_actor_or_mandate(store, given["name"])
    if given["on"] and kind == "mandate":
        raise QueryError("on is for the brief of an actor", hint="Leave it out.")
    return brief(store, **{kind: id_}, since=given["since"], on=given["on"], order=given["order"] or Order.THEME)


def _link(place: Stated | Target | Observation | Note) -> str:
    return place_of(NamedNode(document_iri(place.document)), place.paragraph)


def _today(given: Given) -> str:
    return given["on"] or str(date.today())


def _whole(write: Callable[[Comparison, Any], str]) -> Callable[[GraphStore, Given], bytes]:
    def make(store: GraphStore, given: Given) -> bytes:
        found = _comparison(store, given)
        return write(found, _chosen(_on_theme(store, found, given), given)).encode()

    return make


FILES = {
    "compare.md": File(MARKDOWN, _whole(comparisons.to_markdown)),
    "compare.html": File(HTML, _whole(comparisons.to_html)),
    "compare.json": File(JSON, _whole(comparisons.to_json)),
    "compare.ttl": File("text/turtle; charset=utf-8", _whole(comparisons.to_turtle)),
    "lineage.csv": File(CSV, lambda store, given: lineages.to_csv(_lineage(store, given)).encode()),
    "lineage.json": File(JSON, lambda store, given: lineages.to_json(_lineage(store, given)).encode()),
    "lineage.svg": File(SVG, lambda store, given: lineages.to_svg(_lineage(store, given)).encode()),
    "mandates.csv": File(CSV, lambda store, given: terms.to_csv(wanted(store, given), _today(given)).encode()),
    "precedents.md": File(MARKDOWN, precedents_file(agreed.to_markdown, agreed.wordings_to_markdown)),
    "precedents.csv": File(CSV, precedents_file(agreed.to_csv, agreed.wordings_to_csv)),
    "precedents.json": File(JSON, precedents_file(agreed.to_json, agreed.wordings_to_json)),
    "precedents.xlsx": File(XLSX, precedents_file(precedent_book, wording_book)),
    **LANDSCAPE,
    "quota.csv": File(CSV, lambda store, given: charts.to_csv(_standings(store, given)).encode()),
    "quota.json": File(JSON, lambda store, given: charts.to_json(_standings(store, given)).encode()),
    "quota.svg": File(SVG, lambda store, given: charts.to_svg(_standings(store, given)).encode()),
    "report.md": File(MARKDOWN, lambda store, given: briefs.to_markdown(_brief(store, given))),
    "report.html": File(HTML, lambda store, given: briefs.to_html(_brief(store, given))),
    "report.docx": File(WORD, lambda store, given: briefs.to_docx(_brief(store, given))),
    "calendar.ics": File("text/calendar; charset=utf-8", lambda store, given: write_icalendar(agenda(store, given))),
    "calendar.csv": File(CSV, lambda store, given: write_csv(agenda(store, given)).encode()),
}

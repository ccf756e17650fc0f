"""The first page: what is here, what is in force and due soon, what is newest, and questions to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from mandategraph.answering.agenda import Entry, agenda
from mandategraph.answering.mandates import Mandate, mandates
from mandategraph.dates import later
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents
from mandategraph.recalling.labels import Labels, labels_of
from mandategraph.recalling.things import count_obligations
from mandategraph.serving.pages import suggested
from mandategraph.serving.tables import Cell, link_of, place_of
from mandategraph.serving.terms import whose
from mandategraph.vocabulary import concept_iri, document_iri

SOON, SHOWN = 90, 8
_FRESH = 365


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due: the day, who, what, and where it is said."""

    day: str
    who: tuple[Cell, ...]
    what: str
    where: Cell
    is_cycle: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate in force: its name, what it is about, its last day, "" where none is given, and where that is said."""

    name: Cell
    about: str
    until: str
    where: Cell


def looked_from(store: GraphStore, today: date) -> date:
    """Return the day from which is looked: today, or the day of the newest document where that is more than a year ago."""
    days = [head.adopted for head in documents(store) if len(head.adopted) == len("2031-03-01")]
    newest = date.fromisoformat(max(days)) if days else today
    return today if (today - newest).days <= _FRESH else newest


def start_page(store: GraphStore, today: date) -> dict[str, Any]:
    """Return what the first page takes.

    Args:
        store: open.
        today: as `looked_from` takes it.
    """
    heads, labels = documents(store), labels_of(store)
    dated = sorted((head for head in heads if head.adopted), key=lambda head: (head.adopted, head.key), reverse=True)
    day = looked_from(store, today)
    held = [each for each in mandates(store, on=str(day)) if each.last.end] if heads else []
    falling = (
        list(_falling(agenda(store, {"after": str(day), "before": str(later(day, SOON))}), day, labels))
        if heads
        else []
    )
    return {
        "documents": len(heads),
        "obligations": count_obligations(store),
        "day": str(day),
        "is_today": day == today,
        "last": str(later(day, SOON)),
        "bodies": _counted((head.body for head in heads), "body"),
        "forms": _counted((labels.of(concept_iri("genre", head.genre)) for head in heads), "form"),
        "years": _years(dated),
        "held": [_held(each, labels) for each in held[:SHOWN]],
        "held_count": len(held),
        "due": falling[:SHOWN],
        "due_count": len(falling),
        "newest": [
            Cell(labels.title(iri := document_iri(head.key)), link_of(NamedNode(iri)), f"{head.key} · {head.adopted}")
            for head in dated[:SHOWN]
        ],
        "suggested": suggested(store),
    }


def _counted(values: Iterable[str], name: str) -> list[tuple[str, int, str]]:
    """Return values with how many documents have each, and the address that lists those."""
    counts = Counter(filter(None, values))
    return [(value, n, f"/search?{urlencode({name: value})}") for value, n in counts.most_common(SHOWN)]


def _years(dated: list[Head]) -> tuple[str, str]:
    return (dated[-1].adopted[:4], dated[0].adopted[:4]) if dated else ("", "")


def _held(mandate: Mandate, labels: Labels) -> Held:
    last = mandate.last
    where = Cell(
        labels.cite(last.document, last.paragraph), place_of(NamedNode(document_iri(last.document)), last.paragraph)
    )
    return Held(Cell(whose(mandate, labels), link_of(NamedNode(mandate.iri))), mandate.about, last.end, where)


def _falling(entries: Iterable[Entry], day: date, labels: Labels) -> Iterable[Due]:
    """Return what falls due from a day on, the first first."""
    found = []
    for entry in entries:
        at = entry.falls(day, later(day, SOON)) if entry.day else None
        if at is None:
            continue
        stated = entry.stated
        who = tuple(
            Cell(party.described or labels.of(party.iri), "" if party.described else link_of(NamedNode(party.iri)))
            for party in stated.bearers
        )
        where = Cell(
            labels.cite(entry.document, entry.paragraph),
            place_of(NamedNode(document_iri(entry.document)), entry.paragraph),
        )
        found.append(Due(str(at), who, entry.actions or stated.verb, where, bool(entry.recurs)))
    return sorted(found, key=lambda due: (due.day, due.where.text))

"""The search: names and paragraphs at once, narrowed by facets that are links, each with how many paragraphs it would leave.

In: a store and the parameters of the address, which keep all that was chosen. Out: what the template takes, or the same paragraphs as rows of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.standing import history
from mandategraph.dates import later
from mandategraph.errors import AmbiguousError, NotFoundError, QueryError
from mandategraph.indexing.facets import PAGE, Asked, Hit, SaidOf, look_up
from mandategraph.indexing.opening import open_index
from mandategraph.keeping.naming import THINGS, ThingKind, find, nearest
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.labels import Labels, labels_of
from mandategraph.recalling.rows import Rows
from mandategraph.serving.start import SOON, looked_from
from mandategraph.serving.tables import Cell, link_of, place_of
from mandategraph.vocabulary import BASE, actor_iri, concept_iri, document_iri, shorten, theme_iri

_ANY = (*THINGS, ThingKind.THEME)
# A paragraph is shown so far, around the first of its marked words.
_LONGEST, _BEFORE = 700, 200
_NAMES = {
    "body": "Body",
    "year": "Year",
    "form": "Form",
    "bearer": "Who",
    "act": "Kind",
    "strength": "Strength",
    "theme": "Theme",
    "in_force": "In force",
    "due": "Due",
}
# Whom a text only describes is asked for by his words, in quotation marks.
_WORDS = re.compile(r'".+"')
_DUE = {"soon": "within 90 days", "dated": "on a day", "cycle": "again and again"}
_COLUMNS = (
    "document",
    "paragraph",
    "date",
    "body",
    "form",
    "act",
    "addressee",
    "strength",
    "themes",
    "due",
    "quotation",
)
# What is history on a day, by store: it is read from all statements.
_HISTORY: WeakKeyDictionary[GraphStore, dict[str, frozenset[str]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: its name, how many paragraphs have it, None where that is not counted, and the address that narrows to it, or lets go of it."""

    name: str
    count: int | None
    link: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its name and its values; `chosen` is the one that is chosen, if any."""

    name: str
    values: tuple[Value, ...]
    chosen: Value | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A paragraph that is found: where, its stretches with whether each is marked, its statements in short."""

    where: Cell
    about: str
    day: str
    body: str
    text: tuple[tuple[str, bool], ...]
    said: tuple[str, ...]


def search_page(store: GraphStore, given: Mapping[str, Sequence[str]], today: date) -> dict[str, Any]:
    """Return what the page of the search takes.

    Raises:
        QueryError: a value is not of its type.
    """
    chosen = {name: "".join(values) for name, values in given.items()}
    labels = labels_of(store)
    shown: dict[str, Any] = {
        "typed": chosen["q"],
        "given": {name: value for name, value in chosen.items() if value and name != "page"},
    }
    if not documents(store):
        return {
            **shown,
            "results": (),
            "total": 0,
            "facets": (),
            "names": (),
            "before": "",
            "after": "",
            "first": 0,
            "sort": "best",
            "orders": (),
        }
    asked = _asked(store, chosen, today)
    page, order = int(chosen["page"] or 0), chosen["sort"] or ("best" if chosen["q"] else "newest")
    with open_index(store) as index:
        found = look_up(index, asked, order=order, first=page * PAGE)
    link = _Links(chosen)
    counts = {"in_force": (("today", None),), **found.counts}
    facets = [
        Facet(
            said,
            tuple(
                Value(
                    _said(labels, name, value),
                    count,
                    link.to(**{name: str(today) if name == "in_force" else _param(labels, name, value)}),
                )
                for value, count in counts.get(name, ())
            ),
            Value(_chosen_name(name, chosen[name]), None, link.to(**{name: ""})) if chosen[name] else None,
        )
        for name, said in _NAMES.items()
    ]
    return {
        **shown,
        "results": [_result(hit, labels) for hit in found.hits],
        "total": found.total,
        "first": page * PAGE,
        "facets": [facet for facet in facets if facet.values or facet.chosen],
        "names": _names(store, chosen["q"], labels) if chosen["q"] and not page else (),
        "before": link.to(page=str(page - 1)) if page else "",
        "after": link.to(page=str(page + 1)) if (page + 1) * PAGE < found.total else "",
        "sort": order,
        "orders": [
            (name, name if name != "best" else "best first", link.to(sort=name))
            for name in ("best", "newest", "oldest")
        ],
    }


def found_rows(store: GraphStore, given: Mapping[str, Sequence[str]], today: date) -> Rows:
    """Return all paragraphs that a search finds as rows, with the acts, bearers and days of their statements that fit."""
    chosen = {name: "".join(values) for name, values in given.items()}
    if not documents(store):
        return Rows(_COLUMNS, ())
    with open_index(store) as index:
        found = look_up(
            index, _asked(store, chosen, today), order=chosen["sort"] or ("best" if chosen["q"] else "newest"), most=0
        )
    return Rows(_COLUMNS, tuple(_row(hit) for hit in found.hits))


class _Links:
    """Addresses of the same search with something else chosen."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self._chosen = {name: value for name, value in chosen.items() if name != "page"}

    def to(self, **changes: str) -> str:
        """Return the address with some values changed; "" lets go of one."""
        said = {**self._chosen, **changes}
        return "/search?" + urlencode({name: value for name, value in said.items() if value})


def _asked(store: GraphStore, chosen: Mapping[str, str], today: date) -> Asked:
    """Return what is asked of the index: names as typed become ids.

    Raises:
        QueryError: the strength is no number from 0 to 5.
        NotFoundError: there is no such actor or theme.
    """
    if chosen["strength"] and chosen["strength"] not in set("012345"):
        raise QueryError(f"strength {chosen['strength']!r} is no number from 0 to 5", hint="Choose one.")
    labels, day = labels_of(store), looked_from(store, today)
    bearer = chosen["bearer"]
    bearer = bearer[1:-1] if _WORDS.fullmatch(bearer) else find(store, bearer, (ThingKind.ACTOR,)).iri if bearer else ""
    without = None
    if held := chosen["in_force"]:
        kept = _HISTORY.setdefault(store, {})
        if held not in kept:
            kept.clear()
            kept[held] = frozenset(iri for iri in history(store, held) if "#statement-" in iri)
        without = kept[held]
    return Asked(
        typed=chosen["q"],
        body=chosen["body"],
        year=chosen["year"],
        form=_id_of(labels, "genre", chosen["form"]),
        bearer=bearer,
        act=_id_of(labels, "act", chosen["act"]),
        strength=chosen["strength"],
        theme=find(store, chosen["theme"], (ThingKind.THEME,)).id if chosen["theme"] else "",
        due=chosen["due"],
        first=str(day),
        last=str(later(day, SOON)),
        without=without,
    )


def _id_of(labels: Labels, scheme: str, name: str) -> str:
    """Return the id of a concept by its name or id; what is no name is taken for an id."""
    folded = name.casefold().replace(" ", "_")
    return next(
        (id_ for id_ in labels.concepts(scheme) if name.casefold() == labels.of(concept_iri(scheme, id_)).casefold()),
        folded,
    )


def _said(labels: Labels, name: str, value: str) -> str:
    """Return a value of a facet as people read it."""
    if name == "bearer":
        return labels.of(value) if value.startswith(BASE) else value
    if name in {"form", "act"}:
        return labels.of(concept_iri({"form": "genre"}.get(name, name), value))
    if name == "theme":
        return labels.of(theme_iri(value))
    return {"due": _DUE.get(value, value), "strength": f"{value} of 5" + (" or more" if value != "5" else "")}.get(
        name, value
    )


def _param(labels: Labels, name: str, value: str) -> str:
    """Return a value of a facet as the address has it: a name where people have one."""
    if name == "bearer" and not value.startswith(BASE):
        return f'"{value}"'
    return value if name in {"due", "strength"} else _said(labels, name, value)


def _chosen_name(name: str, value: str) -> str:
    return {"due": _DUE.get(value, value), "strength": f"{value} of 5 or more", "in_force": f"on {value}"}.get(
        name, value
    )


def _names(store: GraphStore, typed: str, labels: Labels) -> list[Cell]:
    """Return the things that are called as was typed, or nearly so, the likeliest first."""
    try:
        first = [find(store, typed, _ANY).iri]
    except AmbiguousError as error:
        first = list(error.near)
    except NotFoundError:
        first = []
    found = dict.fromkeys((*first, *nearest(store, typed)))
    return [
        Cell(
            labels.title(iri),
            link_of(NamedNode(iri)),
            labels.of(iri) if labels.of(iri) != labels.title(iri) else _kind(iri),
        )
        for iri in list(found)[:8]
    ]


def _kind(iri: str) -> str:
    return iri.removeprefix(BASE).partition("/")[0]


def _result(hit: Hit, labels: Labels) -> Result:
    document = NamedNode(document_iri(hit.document))
    where = Cell(labels.cite(hit.document, hit.label), place_of(document, hit.label))
    return Result(
        where,
        labels.subject(hit.document),
        hit.day,
        hit.body,
        _cut(hit.text),
        tuple(_in_short(each, labels) for each in hit.said[:6]),
    )


def _in_short(said: SaidOf, labels: Labels) -> str:
    """Return a statement in short: what it is, to whom, how strong, by when."""
    who = ", ".join(labels.of(each) if each.startswith(BASE) else each for each in said.bearers)
    due = ", ".join(said.days) or ("recurs" if said.is_cycle else "")
    return " · ".join(
        filter(
            None,
            (labels.of(concept_iri("act", said.act)), who, f"{said.strength} of 5", f"due {due}" if said.days else due),
        )
    )


def _cut(text: Sequence[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    """Return a long text around its first marked word; an ellipsis stands where words were cut."""
    before = 0
    for part, is_marked in text:
        if is_marked:
            break
        before += len(part)
    else:
        before = 0
    start = max(0, before - _BEFORE) if sum(len(part) for part, _ in text) > _LONGEST else 0
    return tuple(_within(text, start, start + _LONGEST))


def _within(text: Sequence[tuple[str, bool]], start: int, end: int) -> Iterator[tuple[str, bool]]:
    at = 0
    if start:
        yield "… ", False
    for part, is_marked in text:
        inside = part[max(0, start - at) : max(0, end - at)]
        if inside:
            yield inside, is_marked
        at += len(part)
    if at > end:
        yield " …", False


def _row(hit: Hit) -> tuple[NamedNode | Literal | None, ...]:
    said, text = hit.said, "".join(part for part, _ in hit.text)

    def joined(values: Iterator[str]) -> Literal | None:
        listed = ", ".join(dict.fromkeys(values))
        return Literal(listed) if listed else None

    strength = max((each.strength for each in said), default=0)
    return (
        NamedNode(document_iri(hit.document)), Literal(hit.label), Literal(hit.day), Literal(hit.body), Literal(hit.form),
        joined(each.act for each in said), joined(shorten(one) if one.startswith(actor_iri("")) else one for each in said for one in each.bearers),
        Literal(strength) if said else None, joined(one for each in said for one in each.themes), joined(one for each in said for one in each.days),
        Literal(" ".join(text.split())),
    )  # fmt: skip

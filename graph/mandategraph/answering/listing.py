"""What people ask for, by names that they type -> statements that fit, and the table of obligations."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from pyoxigraph import Literal, NamedNode

from mandategraph.describing.terms import date as day_of
from mandategraph.describing.terms import integer
from mandategraph.errors import QueryError
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.vocabulary import actor_iri, concept_iri, document_iri, instrument_iri

COLUMNS = ("addressee", "act", "verb", "strength", "actions", "due", "document", "paragraph", "quotation")
_NAMES = {
    "actor": ("bearers", ThingKind.ACTOR),
    "toward": ("counterparts", ThingKind.ACTOR),
    "wanted": ("documents", ThingKind.DOCUMENT),
    "instrument": ("under", ThingKind.INSTRUMENT),
    "subject": ("themes", ThingKind.THEME),
}
Row = tuple[Bindable | None, ...]
_DAYS, _NUMBERS = ("after", "before"), ("minimum",)


def wanted(store: GraphStore, given: Mapping[str, str]) -> Wanted:
    """Return the filter of obligations that names stand for.

    Args:
        store: open.
        given: as people type them: actor, toward (another), wanted (a document), instrument, subject (a theme); what is "" is not given.

    Raises:
        NotFoundError: nothing has the name; the nearest are listed.
        AmbiguousError: several things have it.
        QueryError: there is no such filter.
    """
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name not in {*_NAMES, *_DAYS, *_NUMBERS}:
            raise QueryError(f"no parameter {name!r}", hint=f"It takes {', '.join((*_NAMES, *_DAYS, *_NUMBERS))}.")
        if value and name in _NAMES:
            field, kind = _NAMES[name]
            found[field] = (find(store, value, (kind,)).id,)
    return replace(Wanted(is_obligation=True), **found)


def day(words: str) -> date | None:
    """Return a day that somebody typed, None where nothing was.

    Raises:
        QueryError: it is none.
    """
    try:
        if words and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            raise ValueError
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise QueryError(f"{words!r} is no day", hint="Write it as 2021-03-31.") from None


def obligations(store: GraphStore, given: Mapping[str, str], *, with_instruments: bool = False) -> Rows:
    """Return the obligations that fit what is given, a row an addressee and a day on which it is due.

    Args:
        store: open.
        given: as for `wanted`, and after and before (days that bound when it is due), minimum (strength).
        with_instruments: a row for each instrument that an obligation cites, in the column `cited`.

    Raises:
        NotFoundError, AmbiguousError, QueryError: as `wanted`, or a value is no day or no number.
    """
    first, last = (day(given.get(name, "")) for name in _DAYS)
    minimum = given.get("minimum") or "0"
    if not re.fullmatch(r"-?\d+", minimum):
        raise QueryError(f"minimum {minimum!r} is no whole number", hint="Write digits.")
    asked = wanted(store, given)
    whose = set(map(actor_iri, asked.bearers))
    rows = []
    for stated in statements(store, asked):
        if stated.strength >= int(minimum):
            rows += [
                row
                for row in _rows(stated, whose, with_instruments=with_instruments)
                if _is_within(row[5], first, last)
            ]
    columns = (*COLUMNS[:6], "cited", *COLUMNS[6:]) if with_instruments else COLUMNS
    return Rows(columns, tuple(rows))


def _rows(stated: Stated, whose: Collection[str], *, with_instruments: bool) -> list[Row]:
    """Return the rows of a statement; where somebody's are wanted, his alone."""
    iris = sorted({party.iri for party in stated.bearers if not whose or party.iri in whose})
    bearers: Sequence[Bindable | None] = [NamedNode(iri) for iri in iris] or [None]
    days: Sequence[Bindable | None] = [day_of(iso) for iso in sorted(set(stated.days))] or [None]
    cited: Sequence[Row] = [(NamedNode(instrument_iri(id_)),) for id_ in stated.cites] or [(None,)]
    act = NamedNode(concept_iri("act", stated.act))
    what = (Literal(stated.verb), integer(stated.strength), Literal(", ".join(stated.actions)))
    where = (NamedNode(document_iri(stated.document)), Literal(stated.paragraph), Literal(stated.words))
    return [
        (bearer, act, *what, due, *by, *where)
        for bearer, due, by in product(bearers, days, cited if with_instruments else [()])
    ]


def _is_within(due: Bindable | None, first: date | None, last: date | None) -> bool:
    """Return whether a day lies between two; a month or a year is no day, and lies nowhere."""
    if first is None and last is None:
        return True
    try:
        here = date.fromisoformat(text_of(due)) if due else None
    except ValueError:
        return False
    return here is not None and (first or date.min) <= here <= (last or date.max)

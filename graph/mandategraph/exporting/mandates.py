"""Mandates with their terms, as CSV and as JSON objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple

from mandategraph.answering.contents import KINDS, Contents
from mandategraph.answering.mandates import COLUMNS, Mandate, Term
from mandategraph.answering.tabling import as_csv
from mandategraph.recalling.contents import Given


def to_csv(found: Iterable[Mandate], day: str) -> str:
    """Return mandates as CSV with a head, as of a day."""
    return as_csv(COLUMNS, (m.row(day) for m in found))


def to_records(found: Iterable[Mandate], day: str, held: Mapping[str, Contents]) -> list[dict[str, object]]:
    """Return mandates as JSON objects as of a day, each with its terms and with what it is, by the IRI of its node."""
    names = Term.__slots__
    return [
        {
            **dict(zip(COLUMNS, m.row(day), strict=True)),
            "terms": [dict(zip(names, astuple(term), strict=True)) for term in m.terms],
            "succeeds": list(m.succeeds),
            "succeeded_by": list(m.succeeded_by),
            **{what: [_record(each) for each in held[m.iri].of(what)] for what in KINDS},
            "elsewhere": list(held[m.iri].elsewhere),
        }
        for m in found
    ]


def _record(given: Given) -> dict[str, str]:
    return {
        "words": given.words,
        "document": given.document,
        "paragraph": given.paragraph,
        "carried_by": given.carried_by,
    }

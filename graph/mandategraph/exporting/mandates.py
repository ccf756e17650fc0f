"""Mandates with their terms, as CSV and as JSON objects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple

from mandategraph.answering.mandates import COLUMNS, Mandate, Term


def to_csv(found: Iterable[Mandate], day: str) -> str:
    """Return mandates as CSV with a head, as of a day."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(m.row(day) for m in found)
    return out.getvalue()


def to_records(found: Iterable[Mandate], day: str) -> list[dict[str, object]]:
    """Return mandates as JSON objects, each with its terms, as of a day."""
    names = Term.__slots__
    return [
        {
            **dict(zip(COLUMNS, m.row(day), strict=True)),
            "terms": [dict(zip(names, astuple(term), strict=True)) for term in m.terms],
        }
        for m in found
    ]

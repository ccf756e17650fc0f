"""Rows -> text: SPARQL 1.1 results as JSON and TSV, and CSV that a spreadsheet shows and does not carry out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from mandategraph.recalling.rows import Bindable, Rows
from mandategraph.vocabulary import XSD

_FORMULA = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def sparql_json(rows: Rows) -> str:
    """Return rows as SPARQL 1.1 Query Results JSON, terms whole."""
    bindings = [
        {name: _json_term(term) for name, term in zip(rows.columns, row, strict=True) if term is not None}
        for row in rows.rows
    ]
    return json.dumps({"head": {"vars": rows.columns}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1)


def _json_term(term: Bindable) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        said = {"type": "literal", "value": term.value}
        if term.language:
            return said | {"xml:lang": term.language}
        return said if term.datatype.value == XSD + "string" else said | {"datatype": term.datatype.value}
    return {"type": "bnode", "value": str(term).removeprefix("_:")}


def sparql_tsv(rows: Rows) -> str:
    """Return rows as SPARQL 1.1 Query Results TSV: terms whole, as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in rows.columns)]
    lines += ["\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) for row in rows.rows]
    return "\n".join(lines) + "\n"


def plain_csv(rows: Rows) -> str:
    """Return rows as CSV as people read them: ids short."""
    return as_csv(rows.columns, rows.as_text())


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV (RFC 4180, but for line feeds alone), whose cells no spreadsheet takes for formulas."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([columns, *(map(plain_cell, row) for row in rows)])
    return written.getvalue()


def plain_cell(cell: str) -> str:
    """Return a cell of CSV that a spreadsheet shows and does not carry out: before what opens like a formula stands an apostrophe.

    Example:
        >>> plain_cell("=1+1"), plain_cell("-5.2"), plain_cell("- to dig")
        ("'=1+1", '-5.2', "'- to dig")
    """
    if cell[:1] in _FORMULA and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell

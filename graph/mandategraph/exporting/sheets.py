"""Tables as a workbook (Office Open XML): real days and numbers, links to what is named, heads that stay in view.

In: `Sheet` records. Out: the bytes of a file that holds no formula: a text that opens like one is written as the text that it is. The same tables
give the same bytes. Limits: a cell holds 32,767 characters, and a longer text ends with "…"; a sheet 1,048,576 rows and 65,530 links.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pyoxigraph import Literal, NamedNode

from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.vocabulary import BASE, XSD, document_iri, paragraph_iri

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST, _MOST_ROWS, _MOST_LINKS = 32_767, 1_048_575, 60_000
# What a spreadsheet takes for a day before 1900 it takes for none.
_FIRST_DAY = date(1900, 3, 1)
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double"))
_WIDTHS = {"quotation": 90, "text": 90, "words": 60, "when": 30, "rests_on": 40, "about": 40, "reasons": 40}
_WIDTH = 18
_NEVER_CHANGES = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a cell, and the IRI that they lead to."""

    text: str
    iri: str


Value = str | int | float | date | Link | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns, its rows of as many values."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def sheet_of_rows(name: str, rows: Rows) -> Sheet:
    """Return rows as a sheet: days and numbers as such, things as links, and a document that stands before a paragraph as one to it."""
    document, paragraph = (rows.columns.index(c) if c in rows.columns else -1 for c in ("document", "paragraph"))
    found = []
    for row in rows.rows:
        values = [_value(rows, term) for term in row]
        if document >= 0 and paragraph >= 0 and isinstance(values[document], Link):
            key, label = text_of(row[document]), text_of(row[paragraph])
            values[document] = Link(key, paragraph_iri(document_iri(key), label) if label else document_iri(key))
        found.append(values)
    return Sheet(name, rows.columns, found)


def sheet_of_text(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: str = "") -> Sheet:
    """Return rows of text as a sheet; days in the columns "day" are days, and the columns that `numbers` names hold numbers."""
    numeric = frozenset(numbers.split())
    found = []
    for row in rows:
        given = dict(zip(columns, row, strict=True))
        found.append([_typed(column, text, given, is_number=column in numeric) for column, text in given.items()])
    return Sheet(name, columns, found)


def records(sheet: Sheet) -> list[dict[str, str | float | None]]:
    """Return the rows of a sheet by column, as JSON has them: days in ISO 8601, of a link its words."""
    return [dict(zip(sheet.columns, map(_plain, row), strict=True)) for row in sheet.rows]


def _plain(value: Value) -> str | float | None:
    if isinstance(value, Link):
        return value.text
    return value.isoformat() if isinstance(value, date) else value


def to_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Return some tables as a workbook, a sheet each."""
    import xlsxwriter

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"created": _NEVER_CHANGES})
        head = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        linked = book.add_format({"font_color": "#0b57a4", "underline": 1, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for n, column in enumerate(sheet.columns):
                page.write_string(0, n, column, head)
                page.set_column(n, n, _WIDTHS.get(column, _WIDTH))
            links = 0
            for n, row in enumerate(sheet.rows[:_MOST_ROWS], 1):
                for m, value in enumerate(row):
                    if isinstance(value, Link) and links < _MOST_LINKS:
                        links += 1
                        page.write_url(n, m, value.iri, linked, _cut(value.text))
                    elif isinstance(value, Link | str):
                        page.write_string(n, m, _cut(value.text if isinstance(value, Link) else value), wrapped)
                    elif isinstance(value, date) and value >= _FIRST_DAY:
                        page.write_datetime(n, m, datetime.combine(value, datetime.min.time()), day)
                    elif isinstance(value, date):
                        page.write_string(n, m, value.isoformat(), wrapped)
                    elif value is not None:
                        page.write_number(n, m, value, wrapped)
            if sheet.rows:
                page.autofilter(0, 0, min(len(sheet.rows), _MOST_ROWS), len(sheet.columns) - 1)
    return written.getvalue()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _value(rows: Rows, term: Bindable | None) -> Value:
    """Return a term of some rows as a value of a cell."""
    if term is None:
        return None
    if isinstance(term, NamedNode) and term.value.startswith(BASE):
        return Link(rows.text(term), term.value)
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        return float(term.value) if "." in term.value else int(term.value)
    if isinstance(term, Literal) and term.datatype.value == XSD + "date":
        return date.fromisoformat(term.value)
    return text_of(term)


def _typed(column: str, text: str, row: dict[str, str], *, is_number: bool) -> Value:
    """Return a text as a value of a cell, by its column; a document leads to the paragraph that its row names."""
    if not text:
        return None
    if is_number:
        return float(text)
    if column == "day" and len(text) == len("2031-03-01"):
        return date.fromisoformat(text)
    if column == "document":
        label = row.get("precedent", row.get("paragraph", ""))
        iri = document_iri(text)
        return Link(text, paragraph_iri(iri, label) if label else iri)
    return text

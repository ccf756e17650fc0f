"""The landscape in tables: the burden of reports, how mandates end, what is asked more than once, and what was agreed before.

Each answer is some sheets (`exporting.sheets`), which are written as a workbook, as CSV one by one, and as JSON together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from mandategraph.answering import burden as reporting
from mandategraph.answering import endings as ending
from mandategraph.answering.burden import WAYS, Burden
from mandategraph.answering.endings import Ending
from mandategraph.answering.overlaps import Group
from mandategraph.answering.precedents import Language, Precedents
from mandategraph.answering.tabling import plain_csv
from mandategraph.exporting import overlaps, precedents
from mandategraph.exporting.sheets import Sheet, records, sheet_of_rows, sheet_of_text, to_xlsx
from mandategraph.recalling.rows import Rows

ENDING_WAYS = ("mandate", "body", "year")


def burden_rows(found: Burden, way: str) -> Rows:
    """Return the burden by one of `WAYS`."""
    return reporting.requirement_rows(found) if way == "requirement" else reporting.sum_rows(found, way)


def burden_book(found: Burden) -> bytes:
    """Return the burden as a workbook, a sheet a way."""
    return to_xlsx(_burden_sheets(found))


def burden_csv(found: Burden, way: str = "requirement") -> str:
    """Return the burden by one of `WAYS` as CSV."""
    return plain_csv(burden_rows(found, way))


def burden_json(found: Burden) -> str:
    """Return the burden as JSON: the window, then a list a way."""
    window = {
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
    }
    return _json(window | {sheet.name: records(sheet) for sheet in _burden_sheets(found)})


def burden_summary(found: Burden) -> str:
    """Return the burden in one sentence."""
    whole = found.whole()
    if found.first is None or found.last is None:
        return f"{whole.requirements} requirements to report, none on a day that is known."
    return (
        f"{whole.requirements} requirements to report; {whole.documents} documents fall due from {found.first} to {found.last}; "
        f"{whole.cycles} cycles, of which {whole.ending} end, and the others ask for {whole.per_year:g} documents a year; {whole.without_day} on no day that is known."
    )


def ending_rows(found: Sequence[Ending], way: str) -> Rows:
    """Return how mandates end, by one of `ENDING_WAYS`."""
    return ending.ending_rows(found) if way == "mandate" else ending.sum_rows(found, way)


def ending_book(found: Sequence[Ending]) -> bytes:
    """Return how mandates end as a workbook, a sheet a way."""
    return to_xlsx(_ending_sheets(found))


def ending_csv(found: Sequence[Ending], way: str = "mandate") -> str:
    """Return how mandates end, by one of `ENDING_WAYS`, as CSV."""
    return plain_csv(ending_rows(found, way))


def ending_json(found: Sequence[Ending]) -> str:
    """Return how mandates end as JSON, a list a way."""
    return _json({sheet.name: records(sheet) for sheet in _ending_sheets(found)})


def overlap_book(found: Iterable[Group]) -> bytes:
    """Return groups of obligations as a workbook, a row an obligation."""
    return to_xlsx([sheet_of_text("overlaps", overlaps.COLUMNS, overlaps.rows(found), numbers="group score")])


def precedent_book(found: Precedents) -> bytes:
    """Return precedents as a workbook, a row a match."""
    numbers = "share similarity times verbatim"
    return to_xlsx([sheet_of_text("precedents", precedents.COLUMNS, precedents.rows(found), numbers=numbers)])


def wording_book(found: Language) -> bytes:
    """Return the wordings of a theme as a workbook."""
    rows = precedents.wording_rows(found)
    return to_xlsx([sheet_of_text("wordings", precedents.WORDINGS, rows, numbers="times verbatim")])


def _burden_sheets(found: Burden) -> list[Sheet]:
    return [sheet_of_rows(way, burden_rows(found, way)) for way in WAYS]


def _ending_sheets(found: Sequence[Ending]) -> list[Sheet]:
    return [sheet_of_rows(way, ending_rows(found, way)) for way in ENDING_WAYS]


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

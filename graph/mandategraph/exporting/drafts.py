"""A draft beside a store in tables: its paragraphs with what each comes from, what changes, what is asked already, what it adds to the calendar, and remarks.

In: a `Landscape`, or the remarks alone. Out: a workbook, a sheet a table; CSV of the paragraphs, or of the remarks. Actors stand by their ids, as in all tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from mandategraph.answering.tabling import as_csv
from mandategraph.drafting.landscape import Landscape
from mandategraph.drafting.linting import Finding
from mandategraph.drafting.paper import sureness
from mandategraph.exporting import precedents
from mandategraph.exporting.sheets import Sheet, sheet_of_text, to_xlsx

CHANGES = ("paragraph", "change", "reasons", "words", "document", "precedent", "quotation")
ASKED = ("paragraph", "kind", "bearers", "reasons", "document", "precedent", "day", "words", "quotation")
CALENDAR = ("day", "recurs", "until", "bearers", "when", "paragraph", "rests_on", "quotation")
COLLISIONS = ("paragraph", "due", "words", "bearers", "document", "precedent", "day", "quotation")
REMARKS = ("paragraph", "level", "rule", "reason", "sure", "sureness", "switched_off", "words")
_NUMBERS = "share similarity times verbatim sure"
Row = tuple[str, ...]


def paragraph_rows(found: Landscape) -> Iterator[Row]:
    """Yield a row of `precedents.COLUMNS` for each paragraph, with its closest precedent."""
    closest = tuple(replace(each, matches=each.matches[:1]) for each in found.precedents.paragraphs)
    yield from precedents.rows(replace(found.precedents, paragraphs=closest))


def change_rows(found: Landscape) -> Iterator[Row]:
    """Yield a row of `CHANGES` for each statement of the draft and of its predecessor; none where none is known."""
    for pair in found.pairs:
        own = (pair.after.paragraph, pair.after.text) if pair.after else ("", "")
        other = (pair.before.document, pair.before.paragraph, pair.before.text) if pair.before else ("", "", "")
        yield own[0], ", ".join(pair.changes), "; ".join(pair.reasons), own[1], *other


def asked_rows(found: Landscape) -> Iterator[Row]:
    """Yield a row of `ASKED` for each statement in force that asks what the draft asks."""
    for each in found.asked:
        own = (each.stated.paragraph, each.kind, ", ".join(each.stated.names), "; ".join(each.reasons))
        for other in each.earlier:
            yield *own, other.document, other.paragraph, other.adopted, each.stated.text, other.text


def calendar_rows(found: Landscape) -> Iterator[Row]:
    """Yield a row of `CALENDAR` for each day, cycle and time limit of the draft, those of a known day first."""
    for entry in sorted(found.entries, key=lambda entry: (entry.day is None, str(entry.day or ""))):
        day, until = str(entry.day or ""), str(entry.until or "")
        who, said = ", ".join(entry.bearers), precedents.one_line(entry.stated.text)
        yield day, entry.recurs, until, who, entry.deadline.words, entry.paragraph, entry.rests_on, said


def collision_rows(found: Landscape) -> Iterator[Row]:
    """Yield a row of `COLLISIONS` for each day of the draft, `due`, within a week of which a bearer has something else to do, on `day`."""
    for each in found.collisions:
        own = (each.entry.paragraph, str(each.day), each.entry.stated.text, ", ".join(each.other.bearers))
        yield *own, each.other.document, each.other.paragraph, str(each.other_day), each.other.stated.text


def remark_rows(findings: Sequence[Finding]) -> Iterator[Row]:
    """Yield a row of `REMARKS` for each finding, those that the draft switches off as well."""
    for each in findings:
        off = "yes" if each.is_silenced else ""
        yield each.paragraph, each.level, each.rule.id, each.reason, f"{each.sure:.2f}", sureness(each), off, each.words


_SHEETS: tuple[tuple[str, Row, Callable[[Landscape], Iterator[Row]]], ...] = (
    ("paragraphs", precedents.COLUMNS, paragraph_rows),
    ("changes", CHANGES, change_rows),
    ("asked already", ASKED, asked_rows),
    ("calendar", CALENDAR, calendar_rows),
    ("due within a week", COLLISIONS, collision_rows),
    ("remarks", REMARKS, lambda found: remark_rows(found.findings)),
)


def to_workbook(found: Landscape) -> bytes:
    """Return a draft beside a store as a workbook, a sheet a table; one of nothing has its head alone."""
    return to_xlsx(draft_sheets(found))


def draft_sheets(found: Landscape) -> list[Sheet]:
    """Return the tables of a draft beside a store."""
    return [sheet_of_text(name, columns, rows(found), numbers=_NUMBERS) for name, columns, rows in _SHEETS]


def to_csv(found: Landscape) -> str:
    """Return the paragraphs of a draft, each with its closest precedent, as CSV with a head."""
    return as_csv(precedents.COLUMNS, paragraph_rows(found))


def remarks_to_csv(findings: Sequence[Finding]) -> str:
    """Return remarks as CSV with a head."""
    return as_csv(REMARKS, remark_rows(findings))

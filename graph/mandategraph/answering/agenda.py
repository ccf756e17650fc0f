"""Deadlines and reporting cycles of the store -> what stands in a calendar, and what waits for something else.

A cycle is counted from the day its document was adopted, unless nothing tells that day: the texts say how often, and seldom from when, so
each entry says on what its days rest. A period ("within 60 days") is counted from there only where the text says so.

In: the store. Out: `Entry` records, and iCalendar (RFC 5545) made of them. Limits: sessions have no days here; a cycle ends as `lasting` says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from mandategraph import __version__
from mandategraph.answering import listing
from mandategraph.answering.answers import linked
from mandategraph.answering.lasting import Lasting, lasting_of
from mandategraph.answering.tabling import as_csv
from mandategraph.dates import in_words, later, occurrences
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.answers import AnswerOf
from mandategraph.recalling.statements import Deadline, Stated, statements
from mandategraph.vocabulary import document_iri

_FOREVER = date(9999, 12, 31)
_LONGEST = 1500
_PERIOD = re.compile(r"P([1-9]\d{0,3})([YMWD])")
_FREQUENCIES = {"Y": "YEARLY", "M": "MONTHLY", "W": "WEEKLY", "D": "DAILY"}
_FROM_ADOPTION = re.compile(r"\b(?:from|after|of|following) (?:the )?(?:date of (?:the )?)?adoption\b", re.IGNORECASE)
COLUMNS = (
    "day",
    "recurs",
    "until",
    "bearers",
    "verb",
    "actions",
    "when",
    "document",
    "paragraph",
    "rests_on",
    "answered_by",
    "quotation",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline or cycle of a statement.

    Attributes:
        stated: the statement; `deadline`: this one of its deadlines.
        day: when it falls due, or first falls due; None where that is not known.
        recurs: ISO 8601 duration of a cycle, else "".
        until: the last day of a cycle, or None where none is known.
        adopted: the day of the mandate, or None where it is not known here.
        rests_on: what the day rests on, or what the entry waits for, in words.
        answers: what answers it, by day.
    """

    stated: Stated
    deadline: Deadline
    day: date | None
    recurs: str
    until: date | None
    adopted: date | None
    rests_on: str
    answers: tuple[AnswerOf, ...] = ()

    @property
    def bearers(self) -> tuple[str, ...]:
        """Ids or words, sorted; empty where nobody is named."""
        return tuple(dict.fromkeys(party.name for party in sorted(self.stated.bearers, key=lambda party: party.iri)))

    @property
    def document(self) -> str:
        """The document that holds the words."""
        return self.stated.document

    @property
    def paragraph(self) -> str:
        """Where they stand in it."""
        return self.stated.paragraph

    @property
    def actions(self) -> str:
        """What is to be done."""
        return ", ".join(self.stated.actions)

    @property
    def title(self) -> str:
        """What stands in a calendar: "SecretaryGeneral: report (S/2020/600, 62)"."""
        return f"{', '.join(self.bearers) or 'no bearer'}: {self.actions or self.stated.verb} ({self.document}, {self.paragraph})"

    def days(self, last: date) -> Iterator[date]:
        """Yield the days on which it falls due, as far as a last one; those of a cycle as far as its end, and none where no day is known."""
        if self.day is None or not self.recurs:
            yield from [self.day] if self.day and self.day <= last else []
        else:
            start = self.adopted or self.day
            yield from occurrences(start, self.recurs, min(last, self.until or _FOREVER))

    def falls(self, first: date | None, last: date | None) -> date | None:
        """Return the first of its days between two, None where none is."""
        begins = max(filter(None, (first, self.day)), default=date.min)
        stop = min(last or _FOREVER, later(begins, _LONGEST))
        return next((day for day in self.days(stop) if first is None or day >= first), None)

    @property
    def answered_by(self) -> str:
        """What answers it: "S/2031/40 (2031-03-01), S/2031/80 (2031-06-02)"; "" where nothing here does."""
        said = (f"{each.document} ({each.day})" if each.day else each.document for each in self.answers)
        return ", ".join(dict.fromkeys(said))

    def row(self) -> tuple[str, ...]:
        """Return the entry as a row of `COLUMNS`."""
        days = tuple("" if day is None else day.isoformat() for day in (self.day, self.until))
        return (
            days[0], self.recurs, days[1], ", ".join(self.bearers), self.stated.verb, self.actions, self.deadline.words,
            self.document, self.paragraph, self.rests_on, self.answered_by, self.stated.text,
        )  # fmt: skip


def agenda(store: GraphStore, given: Mapping[str, str]) -> list[Entry]:
    """Return the entries of a store: those with a day first, by day, then those that wait.

    Args:
        store: open.
        given: values by name: actor, wanted (a document), instrument, subject (a theme), after and before (days; a cycle is
            in where one of its days is; what waits is in).

    Raises:
        QueryError: a value is not of its type, or there is no such thing.
        NotFoundError: the store has no documents.
    """
    first, last = (listing.day(given.get(name, "")) for name in ("after", "before"))
    if first and last and first > last:
        raise QueryError("the first day is after the last", hint="Change one of them.")
    store.filled()
    lasting, answers = lasting_of(store), linked(store).given
    entries = [
        replace(entry, answers=answers.get(stated.statement, ()))
        for stated in statements(store, replace(listing.wanted(store, given), is_timed=True))
        for entry in entries_of(stated, lasting)
    ]
    is_asked = first is not None or last is not None
    kept = [entry for entry in entries if not is_asked or entry.day is None or entry.falls(first, last)]
    return sorted(kept, key=lambda e: (e.day or _FOREVER, document_iri(e.document), e.deadline.iri))


def entries_of(stated: Stated, lasting: Lasting) -> list[Entry]:
    """Return the entries of a statement, one a deadline."""
    return [entry_of(stated, deadline, lasting) for deadline in stated.deadlines]


def entry_of(stated: Stated, deadline: Deadline, lasting: Lasting) -> Entry:
    """Return the entry of a statement and one of its deadlines; what else the statement says counts where it has only one."""
    adopted = _day(stated.enacted)
    is_said = _FROM_ADOPTION.search(f"{deadline.words} {stated.words if len(stated.deadlines) == 1 else ''}")
    counted = in_words(stated.enacted) if adopted else ""
    since = f"the date of the draft, {counted}" if stated.status == "draft" else f"the adoption on {counted}"
    day, recurs, until, rests_on = _day(deadline.day), "", None, "the text"
    if day is None and adopted and _PERIOD.fullmatch(deadline.recurs):
        end = date.fromisoformat(lasting.of(stated).last)
        recurs, until = deadline.recurs, end if adopted < end < _FOREVER else None
        day = next(occurrences(adopted, recurs, until or _FOREVER), None)
        rests_on = f"counted from {since}" + (
            ": the text says from the adoption" if is_said else "; the text does not say from when"
        )
    elif day is None and adopted and deadline.lasts and is_said:
        day = next(occurrences(adopted, deadline.lasts, _FOREVER), None)
        rests_on = f"counted from {since}: the text says from the adoption"
    if day is None:
        recurs, rests_on = deadline.recurs, f"waits for: {deadline.words}"
        if recurs and not adopted:
            rests_on = f"the day of {stated.mandate} is not known here"
    return Entry(stated, deadline, day, recurs, until, adopted, rests_on)


def _day(iso: str) -> date | None:
    """Return a day of the graph, None where it is a month, a year or nothing."""
    return date.fromisoformat(iso) if len(iso) == len("2031-03-01") else None


def write_csv(entries: Iterable[Entry]) -> str:
    """Return the entries as CSV, a row of `COLUMNS` each."""
    return as_csv(COLUMNS, (entry.row() for entry in entries))


def write_icalendar(entries: Iterable[Entry], *, alarm: int | None = None) -> bytes:
    """Return the entries that have a day as iCalendar (RFC 5545): a whole day each, cycles as rules.

    Identifiers come from the statements, and stamps from the documents, so that the same store gives the same bytes, and to import
    again updates what is there.

    Args:
        entries: of an agenda.
        alarm: days before each at which to remind; none where it is not given.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//MandateGraph//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", "Mandates")
    for entry in entries:
        if entry.day is None:
            continue
        event = Event()
        event.add("uid", f"{hashlib.sha256(entry.deadline.iri.encode()).hexdigest()[:32]}@mandategraph")
        event.add("dtstamp", datetime.combine(entry.adopted or entry.day, time(), UTC))
        event.add("dtstart", entry.day)
        event.add("summary", entry.title)
        event.add(
            "description",
            f"{entry.stated.text}\n\n{entry.deadline.words}. The day rests on: {entry.rests_on}."
            + (f" Answered by {entry.answered_by}." if entry.answered_by else ""),
        )
        event.add("url", entry.stated.statement)
        event.add("transp", "TRANSPARENT")
        if entry.recurs:
            event.add("rrule", _rule(entry))
        if alarm is not None:
            reminder = Alarm()
            reminder.add("action", "DISPLAY")
            reminder.add("description", entry.title)
            reminder.add("trigger", timedelta(days=-alarm))
            event.add_component(reminder)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _rule(entry: Entry) -> dict[str, Any]:
    """Return the rule of a cycle; one that began on a day that not all months have falls on their last day."""
    found = _PERIOD.fullmatch(entry.recurs)
    assert found is not None
    rule: dict[str, Any] = {"freq": _FREQUENCIES[found[2]], "interval": int(found[1])}
    start = entry.adopted or entry.day
    assert start is not None
    if found[2] == "M" and start.day > 28:
        rule |= {"bymonthday": list(range(28, start.day + 1)), "bysetpos": -1}
    if entry.until:
        rule["until"] = entry.until
    return rule

"""Mandates, measures and authorizations with their terms: who has them, since when, until when, by whom they were renewed.

In: the store. Out: `Mandate` records as of a day, those that end first at the head. A term reaches to the day that its text gives, or, for a
period, that long from the day of the document. The newest decision holds; what came before it is history.

Limits: a document without a day has no place in the order and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mandategraph.dates import after, in_words
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.facts import TermOf, terms

COLUMNS = (
    "mandate",
    "kind",
    "state",
    "until",
    "by",
    "since",
    "founded_by",
    "renewed",
    "document",
    "paragraph",
    "quotation",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One decision about a mandate: ISO 8601 day of the decision, and the last day to which it reaches, "" where it says none."""

    step: str
    day: str
    end: str
    instrument: str
    document: str
    paragraph: str
    quotation: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """What goes on until it ends, with its terms, oldest first."""

    name: str
    kind: str
    terms: tuple[Term, ...]

    def on(self, day: str) -> Mandate | None:
        """Return it as it was known on a day, or None where nothing had been decided."""
        known = tuple(term for term in self.terms if term.day <= day)
        return Mandate(self.name, self.kind, known) if known else None

    @property
    def last(self) -> Term:
        """The newest decision; of one day's, the last that gives an end."""
        return max(enumerate(self.terms), key=lambda item: (item[1].day, bool(item[1].end), item[0]))[1]

    def state(self, day: str) -> str:
        """Return whether it is in force on a day: "in force", "ended", or "open" where no end is given."""
        if self.last.step == "ends" and (not self.last.end or self.last.end < day):
            return "ended"
        return "open" if not self.last.end else "in force" if self.last.end >= day else "ended"

    def said(self, day: str) -> Iterator[str]:
        """Yield what is known of it as people read it, as of a day."""
        founded = next((term for term in self.terms if term.step == "founds"), None)
        renewed = dict.fromkeys(term.instrument for term in self.terms if term.step == "continues")
        if founded:
            yield f"{self.kind} founded by {founded.instrument} ({in_words(founded.day)})"
        end = f"until {in_words(self.last.end)}" if self.last.end else "without an end"
        yield f"{self.kind} {end}, by {self.last.instrument}, {self.last.document} {self.last.paragraph}: {self.state(day)}"
        if renewed:
            yield f"{self.kind} renewed by {', '.join(renewed)}"

    def row(self, day: str) -> tuple[str, ...]:
        """Return it in the columns of the table, as of a day."""
        founded = next((term for term in self.terms if term.step == "founds"), None)
        renewed = len({term.instrument for term in self.terms if term.step == "continues"})
        first, last = self.terms[0], self.last
        by = founded.instrument if founded else ""
        told = (self.name, self.kind, self.state(day), last.end, last.instrument, first.day, by, str(renewed))
        return (*told, last.document, last.paragraph, " ".join(last.quotation.split()))


def mandates(store: GraphStore, *, on: str = "", ending_before: str = "", holder: str = "") -> list[Mandate]:
    """Return the mandates of the store, those that end first at the head.

    Args:
        store: open.
        on: ISO 8601 day: as they were known then, and only those in force.
        ending_before: ISO 8601 day: only those whose newest term ends before it.
        holder: id of the actor who has it, or of the instrument that measures go back to.
    """
    found = [m for m in _read(store) if not holder or m.name == holder]
    if on:
        found = [known for m in found if (known := m.on(on)) and known.state(on) != "ended"]
    if ending_before:
        found = [m for m in found if m.last.end and m.last.end < ending_before]
    return sorted(found, key=lambda m: (m.last.end or "9999", m.name, m.kind))


def _read(store: GraphStore) -> Iterator[Mandate]:
    for _, of in groupby(terms(store), key=lambda term: term.mandate):
        yield mandate_of(list(of))


def mandate_of(of: Sequence[TermOf]) -> Mandate:
    """Return the mandate that some terms are of."""
    return Mandate(of[0].whose, of[0].kind, tuple(map(_term, of)))


def _term(term: TermOf) -> Term:
    is_day = len(term.day) == len("2021-06-30")
    end = term.until or (str(after(date.fromisoformat(term.day), term.lasts)) if term.lasts and is_day else "")
    return Term(term.step, term.day, end, term.instrument, term.document, term.paragraph, term.quotation)

"""Mandates, measures and authorizations with their terms: who has them, since when, until when, by whom they were renewed.

In: the store. Out: `Mandate` records as of a day, those that end first at the head. A term reaches to the day that its text gives, or, for a
period, that long from the day of the document, from the day that the text names, or from the end of the term before where the text counts so and
that end is near. The newest decision holds; what came before it is history. Who extends a whole instrument extends all that it decided.

Limits: a document without a day has no place in the order and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from mandategraph.dates import DatePhrase, after, in_words, later
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.facts import TermOf, successions, terms
from mandategraph.symbols import symbol_of

COLUMNS = (
    "mandate",
    "kind",
    "state",
    "until",
    "by",
    "since",
    "founded_by",
    "renewed",
    "about",
    "document",
    "paragraph",
    "quotation",
)
_EARLIEST, _LATEST = 31, 183


@dataclass(frozen=True, slots=True)
class Term:
    """One decision about a mandate.

    Attributes:
        day: ISO 8601 day of the decision; `end`: the last day to which it reaches, "" where it says none.
        condition: on which it goes on by itself, "" where it was decided outright.
        about: what is decided, in words of the text, "" for what an actor holds.
    """

    step: str
    day: str
    end: str
    instrument: str
    document: str
    paragraph: str
    quotation: str
    condition: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The terms of one mandate, by its IRI, or of one measure of a regime, "" for none; oldest first and never empty."""

    mandate: str
    measure: str
    terms: tuple[TermOf, ...]


@dataclass(frozen=True, slots=True)
class Mandate:
    """What goes on until it ends, with its terms, oldest first.

    Attributes:
        iri: of its node; `name`: id of its holder, or symbol of the instrument that it goes back to.
        succeeds, succeeded_by: names of the mandates whose place it took, and that took its place.
        measure: which of a regime it is (asset freeze), "" where that is not known, and for what is no measure.
        nodes: IRIs of all nodes that its terms are of: more than one where later instruments impose a measure again without citing it.
    """

    iri: str
    name: str
    kind: str
    terms: tuple[Term, ...]
    succeeds: tuple[str, ...] = ()
    succeeded_by: tuple[str, ...] = ()
    measure: str = ""
    nodes: tuple[str, ...] = ()

    def on(self, day: str) -> Mandate | None:
        """Return it as it was known on a day, or None where nothing had been decided."""
        known = tuple(term for term in self.terms if term.day <= day)
        return replace(self, terms=known) if known else None

    @property
    def last(self) -> Term:
        """The newest decision; of one day's, the last that gives an end, be it one that does not hang on a condition."""
        return max(enumerate(self.terms), key=lambda i: (i[1].day, bool(i[1].end), not i[1].condition, i[0]))[1]

    @property
    def about(self) -> str:
        """The measure that it is, else what the newest decision that says so is about, in its words; "" for what an actor holds."""
        return self.measure or next((term.about for term in reversed(self.terms) if term.about), "")

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
        for term in (t for t in self.terms if t.condition and t.day == self.last.day):
            yield f"{self.kind} goes on by itself until {in_words(term.end)}, {term.condition}"
        if renewed:
            yield f"{self.kind} renewed by {', '.join(renewed)}"
        for names, words in ((self.succeeds, "succeeds"), (self.succeeded_by, "succeeded by")):
            if names:
                yield f"{self.kind} {words} {', '.join(names)}"

    def row(self, day: str) -> tuple[str, ...]:
        """Return it in the columns of the table, as of a day."""
        founded = next((term for term in self.terms if term.step == "founds"), None)
        renewed = len({term.instrument for term in self.terms if term.step == "continues"})
        first, last = self.terms[0], self.last
        by = founded.instrument if founded else ""
        told = (self.name, self.kind, self.state(day), last.end, last.instrument, first.day, by, str(renewed))
        return (*told, self.about, last.document, last.paragraph, " ".join(last.quotation.split()))


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
    newer: dict[str, list[str]] = {}
    older: dict[str, list[str]] = {}
    for after_it, before_it in successions(store):
        older.setdefault(after_it, []).append(_name_of(before_it))
        newer.setdefault(before_it, []).append(_name_of(after_it))
    for chain in chains(terms(store)):
        one = mandate_of(chain)
        yield replace(one, succeeds=tuple(older.get(one.iri, ())), succeeded_by=tuple(newer.get(one.iri, ())))


def mandate_of(chain: Chain) -> Mandate:
    """Return the mandate that a chain of terms is of."""
    first = chain.terms[0]
    nodes = tuple(dict.fromkeys((chain.mandate, *(term.mandate for term in chain.terms))))
    return Mandate(chain.mandate, first.whose, first.kind, _terms(chain.terms), measure=chain.measure, nodes=nodes)


def chains(known: Iterable[TermOf]) -> list[Chain]:
    """Return the terms of each mandate together, of each measure of a regime together, oldest first.

    What extends a whole instrument is of all that the instrument decided; where it decided nothing that is known, it stands for itself.

    Args:
        known: the terms of one mandate together and in their order, as `terms` gives them.
    """
    found = [Chain(iri, "", tuple(of)) for iri, of in groupby(known, key=lambda term: term.mandate)]
    whole = [chain for chain in found if chain.terms[0].kind == "instrument"]
    used: set[str] = set()
    made: list[Chain] = []
    for chain in (c for c in found if c.terms[0].kind != "instrument"):
        by = {chain.terms[0].whose, *(term.instrument for term in chain.terms)}
        rolled = [c for c in whole if c.terms[0].whose in by]
        used.update(c.mandate for c in rolled)
        ordered = sorted((*chain.terms, *(t for c in rolled for t in c.terms)), key=lambda term: term.day)
        made += _by_measure(Chain(chain.mandate, "", tuple(ordered)))
    return [*_joined(made), *(c for c in whole if c.mandate not in used)]


def _joined(made: Iterable[Chain]) -> list[Chain]:
    """Return chains with those in one that impose the same measure on the same State again, as long as it has not ended: they continue the first."""
    found: list[Chain] = []
    newest: dict[tuple[str, str], int] = {}
    for chain in sorted(made, key=lambda chain: chain.terms[0].day):
        first = chain.terms[0]
        key = (chain.measure, next((term.state for term in chain.terms if term.state), ""))
        at = newest.get(key)
        known = mandate_of(found[at]).on(first.day) if at is not None else None
        if at is not None and known is not None and known.state(first.day) != "ended":
            again = (replace(term, step="continues") if term.step == "founds" else term for term in chain.terms)
            terms_ = sorted((*found[at].terms, *again), key=lambda term: term.day)
            found[at] = Chain(found[at].mandate, chain.measure, tuple(terms_))
            continue
        if all(key):
            newest[key] = len(found)
        found.append(chain)
    return found


def _by_measure(chain: Chain) -> list[Chain]:
    """Return the chains of the measures of a regime; what is decided of the regime as a whole is in each of them.

    What cites paragraphs that are not in the store is of measures that nobody here knows, and a chain of its own.
    """
    kinds = dict.fromkeys(kind for term in chain.terms for kind in term.measures)
    if chain.terms[0].kind != "measures" or not kinds:
        return [chain]
    of = [(kind, tuple(t for t in chain.terms if kind in t.measures or not (t.measures or t.cites))) for kind in kinds]
    rest = tuple(term for term in chain.terms if term.cites and not term.measures)
    return [Chain(chain.mandate, kind, members) for kind, members in [*of, ("", rest)] if members]


def _name_of(mandate: str) -> str:
    """Return the id or symbol at the end of a mandate's IRI: ".../mandate/mandate/ATMIS"."""
    return symbol_of(mandate.partition("/mandate/")[2].partition("/")[2])


def _terms(of: Sequence[TermOf]) -> tuple[Term, ...]:
    """Return the terms of a mandate as they were decided, oldest first: each may count from the end of those before it."""
    found: list[Term] = []
    for term in of:
        before = [t.end for t in found if t.end] if term.follows else []
        end = term.until or _end(term.day, term.lasts, term.since, before)
        where = (term.instrument, term.document, term.paragraph, term.quotation)
        found.append(Term(term.step, term.day, end, *where, term.condition, term.about))
    return tuple(found)


def _end(day: str, lasts: str, since: str, before: Sequence[str]) -> str:
    """Return the last day of a period, "" where the text gives none or its document has no day.

    Args:
        day: of the document.
        lasts: ISO 8601 duration.
        since: ISO 8601 day or month that the text names, "" where it names none.
        before: the ends of the terms before, where it counts from the last of them; one that was long past, or is far ahead, is not meant.
    """
    if not lasts or len(day) < len("2021-06-30"):
        return ""
    start = date.fromisoformat(day)
    if len(since) == len("2021-06-30"):
        return str(later(after(date.fromisoformat(since), lasts), -1))
    near = [end for end in before if str(later(start, -_EARLIEST)) <= end <= str(later(start, _LATEST))]
    if since:
        near = [*(end for end in before if end.startswith(since)), DatePhrase(0, 0, since).last_day()][:1]
    return str(after(date.fromisoformat(near[-1]) if near else start, lasts))

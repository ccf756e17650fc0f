"""What is in force on a day: the one rule (`docs/mandates.md`, "In force"), and a store of what it leaves.

In: a store and a day. Out: what is history, each with why; and a store in memory without it, so that whoever lists, asks, draws or exports
it is asked as ever, and no two of them can differ.

Limits: the copy takes memory for all that stays; a mandate's tasks are known by whom they are laid on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pyoxigraph import NamedNode

from mandategraph.answering.carrying import LASTING, carries
from mandategraph.answering.mandates import Mandate, mandate_of
from mandategraph.dates import in_words
from mandategraph.errors import NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents
from mandategraph.recalling.facts import TermOf, facts, figures, terms
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import said_of
from mandategraph.symbols import year_of
from mandategraph.vocabulary import MG, document_iri

_PARTS = frozenset({MG + "party", MG + "deadline"})


def in_force(store: GraphStore, day: str) -> GraphStore:
    """Return a store in memory of what is in force on a day, with all that nobody decides: names, texts, observations.

    Args:
        store: open.
        day: ISO 8601.

    Raises:
        NotFoundError: no document is of that day or before.
    """
    store.filled()
    heads = documents(store)
    later = {document_iri(head.key) for head in heads if _is_later(head.adopted or year_of(head.key), day)}
    if len(later) == len(heads):
        raise NotFoundError(
            f"no document is of {in_words(day)} or before", hint="See the days with: mandategraph documents"
        )
    gone = {NamedNode(iri) for iri in (*later, *history(store, day))}
    kept = GraphStore.in_memory()
    kept.store.bulk_extend(quad for quad in store.quads() if not gone & {quad.graph_name, quad.subject, quad.object})
    return kept


def history(store: GraphStore, day: str) -> dict[str, str]:
    """Return what is not in force on a day, by IRI: statements, terms, targets and facts, each with why in words."""
    stated = [each for each in statements(store) if each.is_obligation or each.act == "decision"]
    heads = {head.key: head for head in documents(store)}
    found = {each.statement: why for each in stated if (why := _undecided(each, heads, day))}
    known = [term for term in terms(store) if not _is_later(term.day, day) and term.statement not in found]
    lapses = _Lapses(known, [each for each in stated if each.statement not in found], day)
    found |= {each.statement: why for each in stated if each.statement not in found and (why := lapses.of(each))}
    found |= lapses.old_terms()
    for figure in figures(store, is_target=True):
        if why := lapses.holders.get((figure.document, figure.actor), ""):
            found[figure.iri] = why
    found |= {fact.iri: f"until {in_words(fact.until)}" for fact in facts(store) if fact.until and fact.until < day}
    return found | {part: found[iri] for iri in list(found) for part in _parts(store, iri)}


class _Lapses:
    """What of the decisions of mandates is over.

    Attributes:
        holders: instrument and holder -> why what it laid on him is over; `cycles`: instruments whose mandates are all over.
    """

    def __init__(self, known: Iterable[TermOf], stated: Iterable[Stated], day: str) -> None:
        self._day = day
        self._by_instrument: Mapping[str, list[Stated]] = _grouped(stated)
        self._carriers = [(key, each) for key, of in self._by_instrument.items() for each in of if each.provisions]
        self.holders: dict[tuple[str, str], str] = {}
        alive: dict[str, set[bool]] = defaultdict(set)
        self._terms = [list(of) for _, of in groupby(known, key=lambda term: term.mandate)]
        for of in self._terms:
            own = [term for term in of if term.statement and term.kind == "mandate"]
            end = _ended(mandate_of(of), day)
            for term in own:
                why = end or self._set_out_anew(term, own)
                alive[term.instrument].add(not why)
                if why:
                    self.holders[term.instrument, term.whose] = why
        self.cycles = {instrument for instrument, states in alive.items() if states == {False}}

    def of(self, stated: Stated) -> str:
        """Return why a statement is history, "" where it is in force."""
        whys = [self.holders.get((stated.mandate, name), "") for name in stated.names]
        over = whys[0] if whys and all(whys) else ""
        if stated.recurs and stated.mandate in self.cycles:
            over = over or "its mandate is over"
        if over and not self._is_carried(stated):
            return over
        last = max(stated.days, default="")
        return f"until {in_words(last)}" if stated.act in LASTING and last and last < self._day else ""

    def old_terms(self) -> dict[str, str]:
        """Return the terms that are superseded or have ended, and the statements that decided them."""
        found: dict[str, str] = {}
        for of in self._terms:
            mandate = mandate_of(of)
            end = _ended(mandate, self._day)
            for term in of:
                if why := end or (f"superseded by {mandate.last.instrument}" if term.day < mandate.last.day else ""):
                    found |= {iri: why for iri in (term.iri, term.statement) if iri}
        return found

    def _set_out_anew(self, term: TermOf, of: Iterable[TermOf]) -> str:
        """Return which later decision set the tasks of the holder out anew: one that lays at least half as many on him; "" where none does."""
        here = self._count(term)
        newer = (other for other in of if other.day > term.day)
        found = [other for other in newer if self._count(other) and 2 * self._count(other) >= here]
        return f"set out anew by {found[-1].instrument}" if found else ""

    def _count(self, term: TermOf) -> int:
        return sum(term.whose in each.names for each in self._by_instrument.get(term.instrument, ()))

    def _is_carried(self, stated: Stated) -> bool:
        """Return whether a newer statement that is in force itself carries it on by citing its paragraph."""
        return any(
            new.enacted > stated.enacted and carries(stated, new)
            for instrument, new in self._carriers
            if instrument not in self.cycles
        )


def _grouped(stated: Iterable[Stated]) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    for each in stated:
        found[each.mandate].append(each)
    return found


def _ended(mandate: Mandate, day: str) -> str:
    end = mandate.last.end
    return f"ended{f' on {in_words(end)}' if end else ''}" if mandate.state(day) == "ended" else ""


def _undecided(stated: Stated, heads: Mapping[str, Head], day: str) -> str:
    """Return why a statement was not decided by a day: it is younger, or a draft or a recommendation that nobody is known to have adopted."""
    if _is_later(stated.enacted or year_of(stated.mandate) or stated.adopted, day):
        return "decided later"
    is_draft = stated.status == "draft" and not heads[stated.document].adopted_as
    return "not adopted" if is_draft or stated.status == "recommended" else ""


def _is_later(iso: str, day: str) -> bool:
    """Return whether a day, month or year begins after a day; what has none is taken to have been before."""
    return iso > day[: len(iso)]


def _parts(store: GraphStore, iri: str) -> Iterator[str]:
    """Yield the nodes of a statement's parties and deadlines."""
    for quad in said_of(store, iri):
        if quad.predicate.value in _PARTS and isinstance(quad.object, NamedNode):
            yield quad.object.value

"""What is in force on a day: the one rule (`docs/mandates.md`, "In force"), and a store of what it leaves.

In: a store and a day. Out: what is history, each with why; and a copy of the store without it, so that whoever lists, asks, draws or exports
it is asked as ever, and no two of them can differ.

Limits: the copy of a store in memory takes memory for all that stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandategraph.answering import listing
from mandategraph.answering.carrying import LASTING
from mandategraph.answering.lasting import Lasting, end_of
from mandategraph.answering.mandates import Chain, chains, mandate_of
from mandategraph.dates import in_words
from mandategraph.errors import NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents
from mandategraph.recalling.facts import facts, figures, terms
from mandategraph.recalling.rows import Rows
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import said_of
from mandategraph.recalling.wanted import Wanted
from mandategraph.records import Act
from mandategraph.symbols import year_of
from mandategraph.vocabulary import MG, document_iri

_LATER, _NOT_ADOPTED = "decided later", "not adopted"
_NEVER_HELD = frozenset({_LATER, _NOT_ADOPTED})
_DECIDING = tuple(act.value for act in Act if act is not Act.ASSERTION)
_STATEMENT = re.compile(r"#statement-\d+$")
_PARTS = frozenset({MG + "party", MG + "deadline"})


@dataclass(frozen=True, slots=True)
class Held:
    """What of a store is in force on a day: a copy of that, and by IRI what is history, each with why in words."""

    store: GraphStore
    history: Mapping[str, str]

    @property
    def old(self) -> int:
        """How many statements are history."""
        return sum(bool(_STATEMENT.search(iri)) for iri in self.history)


def in_force(store: GraphStore, day: str) -> GraphStore:
    """Return a copy of a store with what is in force on a day; as `held`."""
    return held(store, day).store


def held(store: GraphStore, day: str) -> Held:
    """Return what is in force on a day, with all that nobody decides: names, texts, observations.

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
    old = history(store, day)
    kept = store.without(NamedNode(iri) for iri in (*later, *old))
    return Held(kept, {iri: why for iri, why in old.items() if iri.partition("#")[0] not in later})


def left_out(store: GraphStore, day: str, given: Mapping[str, str]) -> Rows:
    """Return the obligations that are history on a day, each with why: what was in force before it and is no longer.

    Args:
        store: open, whole.
        day: ISO 8601.
        given: as for `listing.wanted`.

    Raises:
        NotFoundError, AmbiguousError, QueryError: as `listing.wanted`.
    """
    old, rows = history(store, day), []
    for stated in statements(store, listing.wanted(store, given)):
        why = old.get(stated.statement, "")
        if why and why not in _NEVER_HELD:
            where = (NamedNode(document_iri(stated.document)), Literal(stated.paragraph), Literal(stated.words))
            said = (
                Literal(why),
                Literal(", ".join(stated.names)),
                Literal(stated.verb),
                Literal(", ".join(stated.actions)),
            )
            rows.append((*said, *where))
    return Rows(("why", "addressees", "verb", "actions", "document", "paragraph", "quotation"), tuple(rows))


def history(store: GraphStore, day: str) -> dict[str, str]:
    """Return what is not in force on a day, by IRI: statements, terms, targets and facts, each with why in words."""
    stated = statements(store, Wanted(acts=_DECIDING))
    heads = {head.key: head for head in documents(store)}
    found = {each.statement: why for each in stated if (why := _undecided(each, heads, day))}
    known = [term for term in terms(store) if not _is_later(term.day, day) and term.statement not in found]
    of = chains(known)
    lasting = Lasting(store, of)
    found |= {
        each.statement: why for each in stated if each.statement not in found and (why := _lapsed(each, lasting, day))
    }
    found |= _old_terms(of, day)
    for figure in figures(store, is_target=True):
        stand = lasting.held(figure.document, figure.actor)
        if stand.is_over(day):
            found[figure.iri] = stand.why
    found |= {fact.iri: f"until {in_words(fact.until)}" for fact in facts(store) if fact.until and fact.until < day}
    return found | {part: found[iri] for iri in list(found) for part in _parts(store, iri)}


def _old_terms(of: Iterable[Chain], day: str) -> dict[str, str]:
    """Return the terms that are superseded or have ended, and the statements that decided them; what is of several measures, when it is so in all."""
    found: dict[str, list[str]] = defaultdict(list)
    for chain in of:
        mandate, end = mandate_of(chain), end_of(mandate_of(chain))
        for term in chain.terms:
            why = f"superseded by {mandate.last.instrument}" if term.day < mandate.last.day else ""
            for iri in filter(None, (term.iri, term.statement)):
                found[iri].append(end.why if end.is_over(day) else why)
    return {iri: whys[0] for iri, whys in found.items() if all(whys)}


def _lapsed(stated: Stated, lasting: Lasting, day: str) -> str:
    """Return why a statement that was decided is history, "" where it is in force."""
    stand = lasting.of(stated)
    if stand.is_over(day):
        return stand.why
    last = max(stated.days, default="")
    return f"until {in_words(last)}" if stated.act in LASTING and last and last < day else ""


def _undecided(stated: Stated, heads: Mapping[str, Head], day: str) -> str:
    """Return why a statement was not decided by a day: it is younger, or a draft or a recommendation that nobody is known to have adopted."""
    if _is_later(stated.enacted or year_of(stated.mandate) or stated.adopted, day):
        return _LATER
    is_draft = stated.status == "draft" and not heads[stated.document].adopted_as
    return _NOT_ADOPTED if is_draft or stated.status == "recommended" else ""


def _is_later(iso: str, day: str) -> bool:
    """Return whether a day, month or year begins after a day; what has none is taken to have been before."""
    return iso > day[: len(iso)]


def _parts(store: GraphStore, iri: str) -> Iterator[str]:
    """Yield the nodes of a statement's parties and deadlines."""
    for quad in said_of(store, iri):
        if quad.predicate.value in _PARTS and isinstance(quad.object, NamedNode):
            yield quad.object.value

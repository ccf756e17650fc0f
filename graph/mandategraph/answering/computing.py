"""Named questions that a function answers, where no pattern over the graph can: those whose head says "answered by"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.agenda import Entry, agenda
from mandategraph.answering.answered import answered_rows
from mandategraph.answering.comparing import Change, Pair, compare, find_mandate
from mandategraph.answering.listing import day
from mandategraph.answering.succession import Succession
from mandategraph.describing.terms import date as day_of
from mandategraph.describing.terms import duration
from mandategraph.errors import NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import Bindable, Rows
from mandategraph.recalling.statements import statements
from mandategraph.recalling.things import named_instruments
from mandategraph.symbols import symbol_of, year_of
from mandategraph.vocabulary import concept_iri, document_iri, shorten

_WORDS = frozenset({Change.ADDED, Change.DROPPED, Change.STRENGTHENED, Change.WEAKENED})
CHANGED = ("change", "how", "actor", "before", "was", "document", "paragraph", "quotation")
DUE = ("due", "recurs", "until", "actor", "act", "document", "paragraph", "when", "rests_on", "quotation")


def changed(store: GraphStore, given: Mapping[str, str]) -> Rows:
    """Return the pairs of a comparison, a row a bearer of each.

    Args:
        store: open.
        given: the earlier mandate and the later one. Where the later is not given, it is the newest, be it quoted, that has one before it; where the earlier is
            not given, it is the one before.

    Raises:
        NotFoundError, AmbiguousError: as `comparing.compare`; or the later has none before it here.
    """
    succession = Succession(store)
    quoted = [symbol_of(shorten(iri)) for iri in named_instruments(store, "mg:quotedFrom")]
    days = {**{key: year_of(key) for key in quoted}, **{key: head.adopted for key, head in succession.heads.items()}}
    newest = sorted(days, key=lambda key: (days[key], key), reverse=True)
    for later in [given["later"]] if "later" in given else newest:
        earlier = given.get("earlier") or _before(store, succession, later)
        if earlier:
            return Rows(CHANGED, tuple(row for pair in compare(store, earlier, later).pairs for row in _rows(pair)))
    if "later" in given:
        raise NotFoundError(f"{given['later']} has none before it here", hint="Give earlier=....")
    return Rows(CHANGED, ())


def _before(store: GraphStore, succession: Succession, later: str) -> str:
    """Return the mandate before another, "" where there is none."""
    stated = statements(store, find_mandate(store, later))
    earlier = succession.before(stated, succession.candidates(stated)) if stated else []
    return earlier[0].mandate if earlier else ""


def due(store: GraphStore, given: Mapping[str, str]) -> Rows:
    """Return what falls due between two days, a row a bearer; of a cycle the first of its days.

    Args:
        store: open.
        given: `from` and `to`, ISO 8601 days, and `actor`, whose; any may be missing.
    """
    asked = {"actor": given.get("actor", ""), "after": given.get("from", ""), "before": given.get("to", "")}
    first, last = (day(asked[name]) for name in ("after", "before"))
    entries = agenda(store, asked) if store.documents() else []
    found = sorted((falls, n) for n, entry in enumerate(entries) if (falls := entry.falls(first, last)))
    return Rows(DUE, tuple(row for falls, n in found for row in _due_rows(falls, entries[n])))


def _due_rows(falls: date, entry: Entry) -> Iterator[tuple[Bindable | None, ...]]:
    stated = entry.stated
    recurs = duration(entry.recurs) if entry.recurs else None
    until = day_of(entry.until.isoformat()) if entry.until else None
    where = (NamedNode(document_iri(stated.document)), Literal(stated.paragraph), Literal(entry.deadline.words))
    for iri in sorted({party.iri for party in stated.bearers}) or [""]:
        whose = (NamedNode(iri) if iri else None, NamedNode(concept_iri("act", stated.act)))
        yield (day_of(falls.isoformat()), recurs, until, *whose, *where, Literal(entry.rests_on), Literal(stated.words))


def _rows(pair: Pair) -> Iterator[tuple[Bindable | None, ...]]:
    either, before = pair.after or pair.before, pair.before
    assert either is not None
    change = pair.changes[0] if pair.changes[0] in _WORDS else Change.KEPT
    how = Literal(", ".join(pair.changes))
    was = (Literal(before.paragraph), Literal(before.words) if pair.after else None) if before else (None, None)
    where = (NamedNode(document_iri(either.document)), Literal(either.paragraph), Literal(either.words))
    for iri in sorted({party.iri for party in either.bearers}) or [""]:
        yield (Literal(change), how, NamedNode(iri) if iri else None, *was, *where)


COMPUTED: Mapping[str, Callable[[GraphStore, Mapping[str, str]], Rows]] = MappingProxyType(
    {"answers": answered_rows, "compare": changed, "agenda": due}
)

"""A draft beside a store -> what it changes, what of it is asked already, what it adds to the calendar, where its words come from, and what is wrong in it.

In: a file, and a store. Out: a `Landscape`. The file is read and not stored: what it states stands in a store in memory, so that it is compared as all else is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mandategraph import __version__
from mandategraph.answering.agenda import Entry, agenda
from mandategraph.answering.comparing import Pair, find_mandate, pairs_of
from mandategraph.answering.lasting import lasting_of
from mandategraph.answering.precedents import Given, Precedents, Subject, precedents
from mandategraph.describing import describe
from mandategraph.drafting.asking import Asked, Collision, Lines, asked_already, collisions
from mandategraph.drafting.drafts import Draft, read_draft
from mandategraph.drafting.known import Known
from mandategraph.drafting.linting import Finding, lint
from mandategraph.drafting.predecessors import find_predecessor
from mandategraph.indexing.opening import open_index
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents, remember
from mandategraph.recalling.facts import TermOf, terms
from mandategraph.recalling.statements import Stated, statements

SILENT = frozenset({"assertion"})


@dataclass(frozen=True)
class Landscape:
    """A draft beside what is known.

    Attributes:
        own: a store of the draft alone; `stated`: what it states; `terms`: what it gives.
        predecessor: what it takes the place of, None where none is known; `why`: it is that.
        pairs: what became of each statement of the predecessor; those that ask nothing are left out.
        asked: what others ask already.
        entries: what it adds to the calendar; `collisions`: what else is due then.
    """

    draft: Draft
    own: GraphStore
    stated: tuple[Stated, ...]
    terms: tuple[TermOf, ...]
    predecessor: Head | None
    why: str
    pairs: tuple[Pair, ...]
    asked: tuple[Asked, ...]
    entries: tuple[Entry, ...]
    collisions: tuple[Collision, ...]
    precedents: Precedents
    findings: tuple[Finding, ...]


def draft(store: GraphStore, path: Path, *, against: str = "", day: str = "", ignore: Iterable[str] = ()) -> Landscape:
    """Return a draft beside a store.

    Args:
        store: open.
        path: of the draft.
        against: its predecessor, by symbol or IRI; it is looked for where it is not given.
        day: ISO 8601, for a draft that gives none.
        ignore: rules of drafting that are not asked.

    Raises:
        SourceError: the file cannot be read, or is no draft.
        NotFoundError: the store has no documents, or no such predecessor.
        QueryError: there is no such rule.
    """
    store.filled()
    return beside(store, read_draft(path, day=day), against=against, ignore=ignore)


def beside(store: GraphStore, given: Draft, *, against: str = "", ignore: Iterable[str] = ()) -> Landscape:
    """Return a draft that was read beside a store; arguments and errors as for `draft`."""
    own = store_of(given)
    (head,) = documents(own)[:1]
    stated = statements(own)
    with open_index(store) as index:
        remember(store, index.heads(store))
        known = Known(store, given.tables, without=given.key, index=index)
        findings = lint(given, known, ignore=ignore)
        heads = {**known.heads, head.key: head}
        lasting = lasting_of(store, is_whole=False)
        paragraphs = tuple(Given(passage.label, passage.text) for passage in given.passages)
        words = precedents(index, Subject(given.name, given.key, given.day, paragraphs))
        if against:
            wanted = find_mandate(store, against)
            before = statements(store, wanted)
            key, why = before[0].mandate if before else "", "it was named"
        else:
            key, why = find_predecessor(store, own, head, known.heads, words, given.day)
            before = statements(store, find_mandate(store, key)) if key else []
        lines = Lines(store, own, head.key, heads)
        skipped = (given.key, key)
        asked = asked_already(store, index, stated, lines, heads, lasting, day=given.day, without=skipped)
    asking = [[each for each in side if each.act not in SILENT] for side in (before, stated)]
    entries = agenda(own, {})
    return Landscape(
        draft=given,
        own=own,
        stated=tuple(stated),
        terms=tuple(terms(own)),
        predecessor=(known.heads.get(key) or Head(key, "", "", "")) if key else None,
        why=why,
        pairs=tuple(pairs_of(*asking)) if key else (),
        asked=tuple(asked),
        entries=tuple(entries),
        collisions=tuple(collisions(store, entries, lasting, day=given.day, without=skipped)),
        precedents=words,
        findings=tuple(findings),
    )


def store_of(given: Draft) -> GraphStore:
    """Return a store in memory of a draft alone."""
    own = GraphStore.in_memory()
    own.add(
        describe(given.document, given.reading, key=given.key, version=__version__, fingerprint=given.document.digest)
    )
    return own

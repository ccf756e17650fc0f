"""Which mandates follow which: their days, whether two are of one line, the newest of each body, and the one before.

Two mandates are of one line where the later cites the earlier, itself or by way of documents here, or where both name the same State most.

In: the store, and statements with the mandate that each belongs to. Out: keys of mandates, or their statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from mandategraph.answering.comparing import align
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import citations, documents, state_of
from mandategraph.recalling.facts import terms
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.symbols import year_of

_CANDIDATES = 3


class Succession:
    """The mandates of a store in their order; what it has asked of the store it keeps.

    Attributes:
        heads: what each document says of itself, by key.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.heads = {head.key: head for head in documents(store)}
        self._cited = cache(lambda key: citations(store, key) if key in self.heads else frozenset())
        self._state = cache(lambda key: state_of(store, key) if key in self.heads else "")
        self._reach = cache(self._reached)
        self.is_one_line = cache(self._are_one)

    def day(self, stated: Stated) -> str:
        """Return when a statement's mandate is from: its document's day, else the year of its symbol or session, else the day of what quotes it."""
        head = self.heads.get(stated.mandate)
        return (head.adopted if head else "") or year_of(stated.mandate) or stated.adopted

    def newest(self, stated: Sequence[Stated]) -> list[str]:
        """Return the newest mandate that each body issued and what later ones are quoted with, the newest first."""
        days = {each.mandate: self.day(each) for each in stated}
        own = sorted((key for key in days if key in self.heads), key=lambda key: (days[key], key))
        newest = {self.heads[key].body: key for key in own}
        least = min((days[key] for key in newest.values()), default="")
        quoted = {key for key in days if key not in self.heads and days[key] >= least}
        chosen = {*newest.values(), *quoted}
        return [key for key in self.in_order(stated) if key in chosen]

    def in_order(self, stated: Iterable[Stated]) -> list[str]:
        """Return the mandates that statements belong to, the newest first."""
        days = {each.mandate: self.day(each) for each in stated}
        return sorted(days, key=lambda key: (days[key], key), reverse=True)

    def before(self, later: Sequence[Stated], texts: Iterable[Sequence[Stated]]) -> Sequence[Stated]:
        """Return the mandate before another: of those of its line that are older and that it continues in anything, the newest; else nothing."""
        for text in sorted(texts, key=lambda text: self.day(text[0]), reverse=True):
            first = text[0]
            is_older = bool(later) and self.day(first) < self.day(later[0])
            if is_older and self.is_one_line(first.mandate, first.document, later[0].document):
                if any(pair.before and pair.after for pair in align(text, later)):
                    return text
        return []

    def candidates(self, stated: Sequence[Stated]) -> list[list[Stated]]:
        """Return what may be the mandate before: older ones of the line that extend the same mandate, else some of the same body."""
        here, day = stated[0], self.day(stated[0])
        body = self.heads[here.mandate].body if here.mandate in self.heads else None
        ends = [term for term in terms(self._store) if term.is_held and (term.until or term.lasts)]
        mine = {term.whose for term in ends if term.instrument == here.mandate}
        extending = {term.document for term in ends if term.whose in mine}
        found: list[list[Stated]] = []
        for key in sorted(self.heads, key=lambda key: (key in extending, self.heads[key].adopted), reverse=True):
            head = self.heads[key]
            is_older = bool(head.adopted) and head.adopted < day and key != here.mandate
            is_like = key in extending or body is None or head.body == body
            if is_older and is_like and self.is_one_line(key, key, here.document):
                found.append(statements(self._store, Wanted(documents=(key,), is_own=True)))
            if len(found) == _CANDIDATES or (found and key in extending):
                break
        return [text for text in found if text]

    def _are_one(self, mandate: str, document: str, later: str) -> bool:
        """Return whether a mandate, and the document that has its words, are of the line of a later document."""
        if document == later or mandate in self._reach(later):
            return True
        state = self._state(document)
        return bool(state) and state == self._state(later)

    def _reached(self, document: str) -> frozenset[str]:
        """Return what a document cites, and what documents here cite that it cites, and so on."""
        found: set[str] = set()
        left = [document]
        while left:
            new = self._cited(left.pop()) - found
            found |= new
            left += new
        return frozenset(found)


def texts_of(stated: Iterable[Stated]) -> Mapping[str, list[Stated]]:
    """Return the statements of each mandate from the one document that has most of it, its own before all."""
    found: dict[str, dict[str, list[Stated]]] = {}
    for each in stated:
        found.setdefault(each.mandate, {}).setdefault(each.document, []).append(each)
    return {
        key: max(texts.values(), key=lambda members: (members[0].document == key, len(members)))
        for key, texts in found.items()
    }

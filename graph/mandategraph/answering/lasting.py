"""Until when stands what decisions lay on those who hold mandates: the rule for duties of `docs/mandates.md`, "In force", 3 and 4.

In: the store, and terms of mandates. Out: for a statement the last day on which it stands, and why no longer. What an instrument lays on a holder ends
with the mandate, where no term follows within a month, or on the day before a later decision sets its tasks out anew. A cycle ends with the last of its instrument's mandates. What a
newer statement carries on by citing its paragraph stands as long as that one's instrument. The calendar ends cycles by this, and so does what is in force.

Limits: a mandate's tasks are known by whom they are laid on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from mandategraph.answering.carrying import carries, cited_by
from mandategraph.answering.mandates import Chain, Mandate, Term, chains, mandate_of
from mandategraph.dates import in_words, later
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.contents import Laying
from mandategraph.recalling.facts import terms
from mandategraph.recalling.statements import Stated

_NEVER = "9999-12-31"
# Days after its end on which a mandate may be renewed as if it had not ended.
_GAP = 31


@dataclass(frozen=True, slots=True, order=True)
class Stand:
    """Until when something stands: its last day, ISO 8601, and why no longer, in words; `_NEVER` where nothing ends it."""

    last: str = _NEVER
    why: str = ""

    def is_over(self, day: str) -> bool:
        """Return whether it stands no longer on an ISO 8601 day."""
        return self.last < day


class Lasting:
    """Until when the decisions of a store stand, by the terms that are known.

    Args:
        store: open.
        chains: of the terms.
        is_whole: whether most of the store will be asked of; else what is needed of it is looked up.
    """

    def __init__(self, store: GraphStore, chains: Iterable[Chain], *, is_whole: bool = True) -> None:
        self._laying = Laying(store, is_whole=is_whole)
        self._terms: dict[str, list[tuple[Mandate, Term]]] = defaultdict(list)
        for chain in chains:
            if chain.terms[0].kind == "mandate":
                mandate = mandate_of(chain)
                for term in {t.instrument: t for t in reversed(mandate.terms)}.values():
                    self._terms[term.instrument].append((mandate, term))
        self._stands = cache(self._standing)

    def of(self, stated: Stated) -> Stand:
        """Return until when a statement stands."""
        stand = self._laid_on(stated)
        if stated.recurs:
            stand = min(stand, self._whole(stated.mandate))
        if stand != Stand():
            citing_it = (new for place in cited_by(stated) for new in self._laying.citing(place))
            carriers = (new for new in citing_it if new.enacted > stated.enacted and carries(stated, new))
            stand = max([stand, *(self._whole(new.mandate) for new in carriers)])
        return stand

    def held(self, instrument: str, holder: str) -> Stand:
        """Return until when stands what an instrument laid on a holder, by his id."""
        return self._stands(instrument).get(holder, Stand())

    def _standing(self, instrument: str) -> Mapping[str, Stand]:
        """Return until when stands what an instrument laid on each holder of whose mandate it decided."""
        return {mandate.name: self._stand(mandate, term) for mandate, term in self._terms.get(instrument, ())}

    def _whole(self, instrument: str) -> Stand:
        """Return until when the last of an instrument's mandates stands."""
        stands = self._stands(instrument).values()
        return Stand(max(stands).last, "its mandate is over") if stands else Stand()

    def _laid_on(self, stated: Stated) -> Stand:
        """Return until when what is laid on whoever a statement addresses stands: the last of them; those whom a task names where they are only described."""
        is_described = any(party.described for party in stated.bearers)
        whom = (self._laying.whom(stated.statement) or stated.names) if is_described else stated.names
        return max((self.held(stated.mandate, name) for name in whom), default=Stand())

    def _stand(self, mandate: Mandate, term: Term) -> Stand:
        """Return until when stands what a term's instrument laid on the holder: as long as term follows term, or until one sets it out anew."""
        end = end_of(mandate.on(term.day) or mandate)
        for newer in (t for t in mandate.terms if t.day > term.day):
            if str(later(date.fromisoformat(end.last), _GAP)) < newer.day:
                break
            before = _day_before(newer.day)
            if self._is_set_out_anew(mandate.name, term, newer):
                return Stand(before, f"set out anew by {newer.instrument}") if before < end.last else end
            end = end_of(mandate.on(newer.day) or mandate)
        return end

    def _is_set_out_anew(self, holder: str, term: Term, newer: Term) -> bool:
        """Return whether a later decision sets the tasks of the holder out anew: it lays at least half as many on him."""
        here, there = (self._laying.laid_on(holder).get(t.instrument, 0) for t in (term, newer))
        return bool(there) and 2 * there >= here


def lasting_of(store: GraphStore, *, is_whole: bool = True) -> Lasting:
    """Return until when the decisions of a store stand, by all terms in it; arguments as for `Lasting`."""
    return Lasting(store, chains(terms(store)), is_whole=is_whole)


def end_of(mandate: Mandate) -> Stand:
    """Return until when a mandate stands by its newest decision; what ends it and gives no day ends it at once."""
    last = mandate.last
    if last.end:
        return Stand(last.end, f"ended on {in_words(last.end)}")
    return Stand(_day_before(last.day), "ended") if last.step == "ends" else Stand()


def _day_before(iso: str) -> str:
    """Return the day before a day; of a month or a year, the day before its first."""
    return str(later(date.fromisoformat(f"{iso}-01-01"[:10] if len(iso) < len("2031-05") else f"{iso}-01"[:10]), -1))

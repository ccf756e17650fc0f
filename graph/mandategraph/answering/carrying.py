"""How a later statement goes on with an earlier one that it does not repeat: by a later day, or by citing its paragraph.

A day is rolled over where it lies later by about as much as the document does ("by 1 May 2031" in one year, "by 1 May 2032" in the next), and where a
decision or an authorization holds until later. What a later mandate sets out by reference ("as set out in paragraph 4 of resolution N") it carries
on: whatever stands in that paragraph, and in the points below it.
"""

from __future__ import annotations

from datetime import date

from mandategraph.recalling.contents import Citing
from mandategraph.recalling.statements import Stated
from mandategraph.vocabulary import document_iri, paragraph_iri, shorten

LASTING = frozenset({"decision", "authorization"})
_SAYING = frozenset({"assertion", "commitment"})
# Days by which the time between a document and what is due in it may differ from one year's document to the next.
_NEAR = 45
_DAY = len("2031-05-01")


def is_rolled_over(before: Stated, after: Stated) -> bool:
    """Return whether what is due in the one is due in the other as long after it, or what holds until a day holds until a later one."""
    if not before.due or not before.due < after.due:
        return False
    if {before.act, after.act} <= LASTING:
        return True
    days = (before.adopted, before.due, after.adopted, after.due)
    if any(len(day) != _DAY for day in days) or not before.adopted < after.adopted:
        return False
    first, due, later, then = map(date.fromisoformat, days)
    return abs((then - later).days - (due - first).days) <= _NEAR


def carries(before: Stated, after: Stated | Citing) -> bool:
    """Return whether a later statement carries on an earlier one: it decides or asks, and cites the paragraph or one above it."""
    if before.act == "assertion" or after.act in _SAYING:
        return False
    return not cited_by(before).isdisjoint(after.provisions)


def cited_by(stated: Stated) -> frozenset[str]:
    """Return the ids by which a statement's paragraph, or one above it, is cited."""
    parts = shorten(paragraph_iri(document_iri(stated.mandate), stated.paragraph)).split("__")
    return frozenset("__".join(parts[:n]) for n in range(1, len(parts) + 1))

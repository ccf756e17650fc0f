"""Mandates by review and end: with an end, with a review only, with neither, run out, and run out and never mentioned again.

In: the store, and a day. Out: `Ending` records. The terms are those of `answering.mandates`. A review is what a document that decided a term says of
reviewing the mandate, the measures or the like (`data/patterns/landscape.jsonl`). What names the holder, or the instrument that it goes back to, mentions it.

Limits: that nothing here mentions a mandate again says nothing of documents that are not in the store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.mandates import Mandate, mandates
from mandategraph.describing.terms import date as day_of
from mandategraph.describing.terms import integer
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon.landscape import load_landscape
from mandategraph.recalling.documents import documents, last_mentions
from mandategraph.recalling.rows import Bindable, Rows
from mandategraph.recalling.statements import Stated, saying, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.vocabulary import document_iri

COLUMNS = (
    "mandate", "kind", "about", "outlook", "until", "review", "body", "since", "decided", "by", "mentioned", "in", "document", "paragraph", "quotation",
)  # fmt: skip
_RESOLVED, _AFFIRMED = frozenset({"decision", "commitment"}), "affirm"
# Characters before and after the word for a review, within which what is reviewed stands.
_NEAR = 120


class Outlook(StrEnum):
    """How a mandate ends, as of a day."""

    END = "end"
    REVIEW = "review only"
    NEITHER = "neither"
    ENDED = "brought to an end"
    RUN_OUT = "run out"
    FORGOTTEN = "run out, not mentioned again"


@dataclass(frozen=True, slots=True)
class Ending:
    """A mandate with its outlook.

    Attributes:
        body: of the document that decided last, "" where nothing says it.
        review: what says that it is to be reviewed, None where nothing does.
        mentioned: ISO 8601 day on which a document last mentions it, and the key of that document, "" where none does.
    """

    mandate: Mandate
    outlook: Outlook
    body: str
    review: Stated | None
    mentioned: tuple[str, str]

    @property
    def year(self) -> str:
        """The year of the last decision."""
        return self.mandate.last.day[:4]


def endings(
    store: GraphStore, *, day: str, body: str = "", holder: str = "", outlooks: Iterable[Outlook] = tuple(Outlook)
) -> list[Ending]:
    """Return the mandates of a store as they were known on a day, with their outlooks: in the order of `Outlook`, then those that end first.

    Args:
        store: open.
        day: ISO 8601.
        body: part of the name of the body that decided last, in any case.
        holder: id of the actor who has it, or of the instrument that measures go back to.
        outlooks: only of these.
    """
    bodies = {head.key: head.body for head in documents(store)}
    mentions, reviews = last_mentions(store, day), _reviews(store)
    wanted = frozenset(outlooks)
    known_all = [known for each in mandates(store) if (known := each.on(day))]
    alone = Counter((instrument, m.kind) for m in known_all for instrument in {term.instrument for term in m.terms})
    found = []
    for known in known_all:
        if (holder and known.name != holder) or body.casefold() not in bodies.get(known.last.document, "").casefold():
            continue
        review = _review_of(known, reviews, alone)
        mentioned = max((mentions.get(name, ("", "")) for name in _names(known)), default=("", ""))
        outlook = _outlook(known, day, review, mentioned)
        if outlook in wanted:
            found.append(Ending(known, outlook, bodies.get(known.last.document, ""), review, mentioned))
    order = list(Outlook)
    return sorted(
        found, key=lambda e: (order.index(e.outlook), e.mandate.last.end or "9999", e.mandate.name, e.mandate.kind)
    )


def _outlook(mandate: Mandate, day: str, review: Stated | None, mentioned: tuple[str, str]) -> Outlook:
    last = mandate.last
    if last.step == "ends" and mandate.state(day) == "ended":
        return Outlook.ENDED
    if last.end and last.end < day:
        return Outlook.RUN_OUT if mentioned[0] > last.end else Outlook.FORGOTTEN
    if last.end:
        return Outlook.END
    return Outlook.REVIEW if review else Outlook.NEITHER


def _names(mandate: Mandate) -> set[str]:
    """Return the ids by which documents mention a mandate: whose it is, and what decided it where no actor holds it."""
    own = {mandate.name}
    return own if mandate.kind == "mandate" else own | {term.instrument for term in mandate.terms}


def _reviews(store: GraphStore) -> dict[str, list[Stated]]:
    """Return what is to be reviewed of a mandate, by the document whose words they are."""
    found: dict[str, list[Stated]] = defaultdict(list)
    iris = saying(store, load_landscape().review)
    for stated in statements(store, Wanted(statements=iris)) if iris else ():
        if stated.is_obligation or stated.act in _RESOLVED or stated.verb == _AFFIRMED:
            found[stated.mandate].append(stated)
    return found


def _review_of(
    mandate: Mandate, reviews: Mapping[str, list[Stated]], alone: Mapping[tuple[str, str], int]
) -> Stated | None:
    """Return what says that a mandate is to be reviewed, by the newest document that decided it and says so."""
    for term in reversed(mandate.terms):
        for stated in reviews.get(term.instrument, ()):
            if _is_of(stated, mandate, is_alone=alone[term.instrument, mandate.kind] == 1):
                return stated
    return None


def _is_of(stated: Stated, mandate: Mandate, *, is_alone: bool) -> bool:
    """Return whether a review is of a mandate: near it stand words of its kind, and where the document decided on several holders, it names this one."""
    phrases = load_landscape()
    reviewed = phrases.reviewed.get(mandate.kind)
    is_named = mandate.kind != "mandate" or is_alone or mandate.name in {*stated.names, *stated.counterparts}
    if reviewed is None or not is_named:
        return False
    return any(
        reviewed.search(stated.text, max(0, found.start() - _NEAR), found.end() + _NEAR)
        for found in phrases.review.finditer(stated.text)
    )


def sums(found: Sequence[Ending], way: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return how many mandates have which outlook, by "body" or "year" of the last decision: names with counts in the order of `Outlook`."""
    counts: dict[str, Counter[Outlook]] = defaultdict(Counter)
    for ending in found:
        counts[ending.year if way == "year" else ending.body or "unknown"][ending.outlook] += 1
    return [(name, tuple(counts[name][outlook] for outlook in Outlook)) for name in sorted(counts)]


def ending_rows(found: Iterable[Ending]) -> Rows:
    """Return the mandates as rows of `COLUMNS`."""
    return Rows(COLUMNS, tuple(_row(ending) for ending in found))


def sum_rows(found: Sequence[Ending], way: str) -> Rows:
    """Return the counts as rows, a column an outlook."""
    rows = tuple((Literal(name), *map(integer, counts)) for name, counts in sums(found, way))
    return Rows((way, *map(str, Outlook)), rows)


def _row(ending: Ending) -> tuple[Bindable | None, ...]:
    mandate, last = ending.mandate, ending.mandate.last
    review = f"{ending.review.document}, {ending.review.paragraph}" if ending.review else ""
    when, where = ending.mentioned
    return (
        Literal(mandate.name), Literal(mandate.kind), _said(mandate.about), Literal(ending.outlook.value), day_of(last.end) if last.end else None,
        _said(review), _said(ending.body), day_of(mandate.terms[0].day), day_of(last.day), Literal(last.instrument),
        day_of(when) if when else None, NamedNode(document_iri(where)) if where else None,
        NamedNode(document_iri(last.document)), Literal(last.paragraph), Literal(" ".join(last.quotation.split())),
    )  # fmt: skip


def _said(words: str) -> Literal | None:
    return Literal(words) if words else None

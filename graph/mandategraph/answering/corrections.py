"""What people say of the store's documents, each with what became of it; and what is worth a look first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mandategraph.answering.standing import history
from mandategraph.correcting.settling import Conflict, conflicts, holding
from mandategraph.correcting.values import in_words
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.corrections import corrections, standings
from mandategraph.recalling.statements import Stated, statements
from mandategraph.records import Correction, Standing, Target, Verdict

_WITHDRAWN, _REPLACED, _RECORD = "withdrawn", "replaced", "takes back"
_NOWHERE = "the document is not in the store"
_NOBODY = "no document names the actor"


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction with what became of it.

    Attributes:
        standing: stands, overruled, orphaned; withdrawn or replaced by its author; "takes back" of one that withdraws another.
        reason: why it does not stand, "" where it does.
        rivals: names of people who say otherwise of the same.
    """

    correction: Correction
    standing: str
    reason: str = ""
    rivals: tuple[str, ...] = ()


def list_corrections(store: GraphStore, document: str = "") -> list[Listed]:
    """Return all corrections in order, or those of the document that has a key."""
    every = corrections(store)
    became, live = standings(store), {each.id for each in holding(every)}
    gone = {each.of for each in every if each.verdict is Verdict.WITHDRAWN}
    rivals = _rivals(conflicts(every))
    found = []
    for each in every:
        places = became.get(each.id, [])
        if document and each.document != document and document not in (key for key, _ in places):
            continue
        if each.verdict is Verdict.WITHDRAWN:
            found.append(Listed(each, _RECORD, each.of))
        elif each.id not in live:
            found.append(Listed(each, _WITHDRAWN if each.id in gone else _REPLACED))
        else:
            best = min((fate for _, fate in places), key=lambda fate: list(Standing).index(fate.standing), default=None)
            missing = _NOBODY if each.target is Target.ACTOR else _NOWHERE
            standing, reason = (best.standing, best.reason) if best else (Standing.ORPHANED, missing)
            found.append(Listed(each, standing.value, reason, tuple(sorted(rivals.get(each.id, ())))))
    return found


def _rivals(found: Iterable[Conflict]) -> dict[str, set[str]]:
    rivals: dict[str, set[str]] = {}
    for each in found:
        rivals.setdefault(each.held.id, set()).add(each.other.who)
        rivals.setdefault(each.other.id, set()).add(each.held.who)
    return rivals


def worth_a_look(store: GraphStore, day: str, *, document: str = "") -> Sequence[Stated]:
    """Return the obligations that nobody has judged yet, those of the gravest consequence first: in force, binding, with a day, strong.

    Args:
        store: open.
        day: ISO 8601: what is history on it comes last.
        document: only of the document that has this key.
    """
    judged = {
        (key, fate.span.start)
        for places in standings(store).values()
        for key, fate in places
        if fate.span and fate.standing is Standing.STANDS
    }
    old = history(store, day)
    found = [
        each
        for each in statements(store)
        if each.is_obligation
        and (each.document, each.place.trigger_start) not in judged
        and document in ("", each.document)
    ]
    binding = ("binding", "internally_binding", "disputed")

    def gravity(each: Stated) -> tuple[bool, bool, bool, int]:
        return (
            each.statement in old,
            each.bindingness not in binding,
            not (each.days and each.days[-1] >= day),
            -each.strength,
        )

    return sorted(found, key=gravity)


def described(each: Correction) -> str:
    """Return what a correction says, on one line."""
    where = " ".join(filter(None, (each.document, each.anchor.paragraph if each.anchor else "")))
    if each.of:
        return f"{where} takes back {each.of}".strip()
    was, becomes = (in_words(each.value(value)) or "nothing" for value in (each.was, each.becomes))
    what = f"{each.field}: {was} becomes {becomes}" if each.field and each.verdict == "corrected" else ""
    words = f"“{each.anchor.exact}”" if each.anchor else ""
    return " ".join(filter(None, (where, each.target.value, words, each.verdict.value, what)))

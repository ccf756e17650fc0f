"""Requirements to report -> each of their days: answered, late, not seen in this store, or still to come.

In: the store. Out: `Answered` records, a day of a requirement each. The days are those of `answering.burden`, as far as the newest document; what answers them
those of `answering.answers`. Each answer is of the day nearest to its own that has none yet.

Limits: "not seen" says nothing of documents that are not in the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.agenda import entries_of
from mandategraph.answering.answers import linked
from mandategraph.answering.burden import Due, burden
from mandategraph.answering.lasting import lasting_of
from mandategraph.describing.terms import date as day_of
from mandategraph.describing.terms import integer
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.answers import AnswerOf
from mandategraph.recalling.documents import documents
from mandategraph.recalling.rows import Bindable, Rows
from mandategraph.vocabulary import document_iri

COLUMNS = (
    "actor",
    "due",
    "state",
    "days_late",
    "answer",
    "dated",
    "recurs",
    "when",
    "document",
    "paragraph",
    "quotation",
)


class State(StrEnum):
    """What became of a requirement on one of its days."""

    ANSWERED = "answered"
    LATE = "late"
    NOT_SEEN = "not seen"
    TO_COME = "to come"
    NO_DAY = "no day"


@dataclass(frozen=True, slots=True)
class Answered:
    """A day of a requirement, None where none is known, with what answers it, None where nothing here does."""

    due: Due
    day: date | None
    state: State
    answer: AnswerOf | None

    @property
    def days_late(self) -> int:
        """How many days after its day the answer came, 0 where it came in time or did not come."""
        return late_by(self.day, self.answer)


def answered(store: GraphStore, given: Mapping[str, str]) -> list[Answered]:
    """Return what became of the requirements, by day; what has no day last.

    Args:
        store: open.
        given: values by name as in `burden`.

    Raises:
        QueryError, NotFoundError: as `burden`.
    """
    newest = max((head.adopted for head in documents(store) if len(head.adopted) == len("2031-03-01")), default="")
    dues, known = list(burden(store, given).dues), linked(store)
    here = {due.entry.stated.statement for due in dues}
    if not any(given.values()):
        lasting = lasting_of(store)
        for iri, stated in known.asked.items():
            if iri not in here:
                dues += [
                    Due(entry, "", "", tuple([entry.day] if entry.day else [])) for entry in entries_of(stated, lasting)
                ]
    by_statement = groupby(
        sorted(dues, key=lambda due: due.entry.stated.statement), key=lambda due: due.entry.stated.statement
    )
    found = [each for iri, of in by_statement for each in _of(list(of), known.given.get(iri, ()), newest)]
    return sorted(found, key=lambda a: (a.day or date.max, a.due.entry.document, a.due.entry.deadline.iri))


def _of(dues: Sequence[Due], answers: Sequence[AnswerOf], newest: str) -> Iterator[Answered]:
    """Yield the days of a requirement, each with its answer, then the answers of which no day is known."""
    days = sorted({day: due for due in dues for day in due.days}.items())
    taken, left = _shared_out([day for day, _ in days], answers, is_only=len(dues) == 1)
    for day, due in days:
        if answer := taken.get(day):
            yield Answered(due, day, State.LATE if late_by(day, answer) else State.ANSWERED, answer)
        else:
            yield Answered(due, day, State.NOT_SEEN if str(day) <= newest else State.TO_COME, None)
    for answer in left:
        yield Answered(dues[0], None, State.ANSWERED, answer)
    if not days and not answers:
        yield Answered(dues[0], None, State.NO_DAY, None)


def _shared_out(
    days: Sequence[date], answers: Sequence[AnswerOf], *, is_only: bool
) -> tuple[dict[date, AnswerOf], list[AnswerOf]]:
    """Return which answer is of which day, the nearest that has none yet, and the answers of which that is not known.

    An answer whose own day is not known is of the only day there is, where the requirement has no other deadline.
    """
    taken: dict[date, AnswerOf] = {}
    left = []
    for answer in answers:
        here = date.fromisoformat(answer.day) if len(answer.day) == len("2031-03-01") else None
        free = [day for day in days if day not in taken]
        if free and here:
            taken[min(free, key=lambda day: (abs((day - here).days), day))] = answer
        elif free and is_only and len(days) == 1:
            taken[days[0]] = answer
        else:
            left.append(answer)
    return taken, left


def late_by(day: date | None, answer: AnswerOf | None) -> int:
    """Return how many days an answer came after a day, 0 where it did not, or where either is not known."""
    if day is None or answer is None or len(answer.day) != len("2031-03-01"):
        return 0
    return max(0, (date.fromisoformat(answer.day) - day).days)


def answered_rows(store: GraphStore, given: Mapping[str, str]) -> Rows:
    """Return what became of the requirements as rows of `COLUMNS`, a row a bearer; `given` has an actor, a document and a state, or none of them."""
    asked = {"actor": given.get("actor", ""), "wanted": given.get("document", "")}
    state = given.get("state", "")
    found = [each for each in answered(store, asked) if state in {"", each.state.value}]
    return Rows(COLUMNS, tuple(row for each in found for row in _rows(each)))


def _rows(each: Answered) -> Iterator[tuple[Bindable | None, ...]]:
    entry, answer = each.due.entry, each.answer
    stated = entry.stated
    what = (
        day_of(str(each.day)) if each.day else None, Literal(each.state.value), integer(each.days_late) if each.days_late else None,
        NamedNode(document_iri(answer.document)) if answer else None, day_of(answer.day) if answer and answer.day else None,
        Literal(entry.deadline.recurs) if entry.deadline.recurs else None, Literal(entry.deadline.words) if entry.deadline.words else None,
        NamedNode(document_iri(entry.document)), Literal(entry.paragraph), Literal(stated.text),
    )  # fmt: skip
    for iri in sorted({party.iri for party in stated.bearers}) or [""]:
        yield (NamedNode(iri) if iri else None, *what)

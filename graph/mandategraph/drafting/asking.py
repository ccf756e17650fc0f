"""A draft -> what of it is asked already, by whom, and what other reports are due when its own are.

In: a store with its index, and what the draft states. Out: `Asked` and `Collision` records. What is asked already is found by the index and judged as `overlaps` judges it;
what is over, or in force no more, does not count. Limits: what is asked in other words is not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from mandategraph.answering.agenda import Entry, entry_of
from mandategraph.answering.lasting import Lasting
from mandategraph.answering.lines import are_of_one_exchange, are_one_title
from mandategraph.answering.overlaps import Kind, grouped
from mandategraph.dates import later
from mandategraph.indexing.index import Index, Scope
from mandategraph.indexing.words import words_of
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, citations, state_of
from mandategraph.recalling.duties import Duty, wholes
from mandategraph.recalling.finding import due_of, in_paragraphs
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted

# So many paragraphs are looked at for each of the draft, those that share most with it, and at least so much.
_LOOKED_AT, _LEAST = 12, 0.15
_CITED, _COMMON = 0.3, 0.5
_NEAR = 7
# A report in cycles that a text asked longer ago than this is taken to have ended, where the text does not say when.
_YEARS, _AHEAD = 2, 550


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft asks, and who asks it already.

    Attributes:
        stated: of the draft.
        kind: what it means that both ask it; `reasons`: what made it, in words.
        earlier: statements in force, the newest first.
    """

    stated: Stated
    kind: Kind
    reasons: tuple[str, ...]
    earlier: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """A day on which something of a draft is due, and what the same bearer has to do within a week of it."""

    entry: Entry
    day: date
    other: Entry
    other_day: date


class Lines:
    """Which documents carry on which, as `duties.Lines` has it, but asked of the store only for those that matter.

    Args:
        store: open.
        own: a store of the draft alone.
        key: of the draft.
        heads: of all documents, the draft among them.
    """

    def __init__(self, store: GraphStore, own: GraphStore, key: str, heads: Mapping[str, Head]) -> None:
        self._heads = heads
        self._cited = cache(lambda k: citations(own if k == key else store, k))
        self._state = cache(lambda k: state_of(own if k == key else store, k))

    def is_one(self, one: str, other: str) -> bool:
        """Return whether two documents of one body carry on one another."""
        if self._heads[one].body.casefold() != self._heads[other].body.casefold():
            return are_of_one_exchange(self._heads[one].title, self._heads[other].title)
        here, there = self._cited(one), self._cited(other)
        is_cited = other in here or one in there
        return is_cited or self.is_one_subject(one, other) or len(here & there) >= _CITED * len(here | there) > 0

    def is_one_subject(self, one: str, other: str) -> bool:
        """Return whether two documents speak of one State most, or have one title."""
        titles = [self._heads[key].title for key in (one, other)]
        if all(titles) and not any("resolution" in title.casefold() for title in titles):
            return are_one_title(*titles)
        return bool(self._state(one)) and self._state(one) == self._state(other)


def asked_already(
    store: GraphStore,
    index: Index,
    stated: Sequence[Stated],
    lines: Lines,
    heads: Mapping[str, Head],
    lasting: Lasting,
    *,
    day: str,
    without: Iterable[str] = (),
) -> list[Asked]:
    """Return what of a draft is asked already in force, in the order of the draft.

    Args:
        store: open.
        index: of it.
        stated: what the draft states.
        lines: which documents carry on which.
        heads: of all documents, the draft among them.
        lasting: until when decisions stand.
        day: ISO 8601 day of the draft, "" where it is not known.
        without: keys of documents that do not count: the draft, and its predecessor.
    """
    mine = [each for each in stated if each.is_obligation and each.bearers]
    scope = Scope(before=day, without=tuple(filter(None, without)))
    places = {
        (found.document, found.label)
        for each in mine
        for found, share in index.sharing(words_of(each.text), scope, most=_LOOKED_AT)
        if share >= _LEAST
    }
    iris = tuple(in_paragraphs(store, sorted(places)))
    others = statements(store, Wanted(statements=iris, is_obligation=True)) if iris else []
    others = [each for each in others if not each.is_quoted and is_in_force(each, day, lasting)]
    known = {each.statement: each for each in (*mine, *others)}
    duties = [_duty(each, heads[each.document]) for each in known.values()]
    # Of so few obligations many name the one mission that the draft is about: only what half of them name tells nothing.
    groups = grouped(duties, _Matching(lines), wholes(store), common=_COMMON)  # type: ignore[arg-type]
    found = []
    for group in groups:
        members = [known[duty.iri] for duty in group.duties]
        ours = [each for each in mine if each in members]
        theirs = sorted(
            (each for each in members if each not in mine), key=lambda s: (s.adopted, s.document), reverse=True
        )
        found += [Asked(each, group.kind, group.reasons, tuple(theirs)) for each in ours if theirs]
    return sorted(found, key=lambda each: (each.stated.place.trigger_start, each.kind))


class _Matching:
    """Lines as `grouped` asks for them."""

    def __init__(self, lines: Lines) -> None:
        self.is_one = cache(lines.is_one)
        self.is_one_subject = cache(lines.is_one_subject)


def is_in_force(stated: Stated, day: str, lasting: Lasting) -> bool:
    """Return whether an obligation holds on a day: its mandate has not ended, and its days are not over but of a cycle; nothing recommended, nothing of a draft."""
    if stated.status in {"draft", "recommended"} or (day and lasting.of(stated).is_over(day)):
        return False
    return not day or not stated.days or bool(stated.cycles) or max(stated.days) >= day


def _duty(stated: Stated, head: Head) -> Duty:
    recipients = frozenset(id_ for id_, role in stated.roles if role == "recipient")
    return Duty(
        iri=stated.statement, document=stated.document, label=stated.paragraph, day=stated.adopted, body=head.body, act=stated.act,
        actions=stated.heads, status=stated.status, bearers=frozenset(p.name for p in stated.bearers if not p.described),
        counterparts=frozenset(stated.counterparts), recipients=recipients, themes=frozenset(stated.themes),
        products=frozenset({"report"} & set(stated.heads)), days=stated.days, cycles=stated.cycles, text=stated.text,
    )  # fmt: skip


def collisions(
    store: GraphStore, entries: Sequence[Entry], lasting: Lasting, *, day: str, without: Iterable[str] = ()
) -> list[Collision]:
    """Return the days of a draft within a week of which its bearer has something else to do, by day.

    Args:
        store: open.
        entries: of the draft.
        lasting: until when decisions stand.
        day: ISO 8601 day of the draft.
        without: keys of documents that do not count.
    """
    skipped = frozenset(without)
    known: dict[str, list[Entry]] = {}
    found = []
    for entry in entries:
        if entry.day is None or not day:
            continue
        last = later(date.fromisoformat(day), _AHEAD)
        for party in entry.stated.bearers:
            if party.described:
                continue
            if party.name not in known:
                known[party.name] = [
                    other for other in _owed(store, party.name, day, lasting) if other.document not in skipped
                ]
            for mine in entry.days(last):
                for other in known[party.name]:
                    near = [theirs for theirs in other.days(later(mine, _NEAR)) if abs((theirs - mine).days) <= _NEAR]
                    found += [Collision(entry, mine, other, theirs) for theirs in near]
    return sorted(
        set(found), key=lambda each: (each.day, each.entry.deadline.iri, each.other_day, each.other.deadline.iri)
    )


def _owed(store: GraphStore, actor: str, day: str, lasting: Lasting) -> list[Entry]:
    """Return what an actor has to do by days after one, or in cycles that go on."""
    since = f"{int(day[:4]) - _YEARS:04d}{day[4:]}"
    iris = tuple(due_of(store, actor, since=day, after=since))
    stated = statements(store, Wanted(statements=iris)) if iris else []
    now = date.fromisoformat(day)
    found = []
    for each in stated:
        if each.status in {"draft", "recommended"} or each.is_quoted or (each.adopted and each.adopted > day):
            continue
        for deadline in each.deadlines:
            entry = entry_of(each, deadline, lasting)
            # A cycle without an end is taken to end in two years.
            until = entry.until or later(entry.adopted or now, 366 * _YEARS)
            if entry.day is not None and (not entry.recurs or until >= now):
                found.append(replace(entry, until=until) if entry.recurs else entry)
    return found

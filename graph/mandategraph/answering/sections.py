"""The sections of a brief: who bears what by subject, by bearer, when, what changed, what is open, figures against targets.

In: statements, entries of the agenda, standings. Out: `Section` records, whose notes are kept in one list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial

from mandategraph.answering.agenda import Entry
from mandategraph.answering.briefs import Group, Item, Notes, Section
from mandategraph.answering.comparing import Change, Pair, is_enough, pairs_of, score
from mandategraph.answering.marking import mark_words
from mandategraph.answering.targets import Observation, Standing, Target
from mandategraph.dates import cycle_in_words, in_words
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Stated
from mandategraph.recalling.things import label

SILENT = frozenset({"assertion"})
_OTHER = "Other subjects"
_NOBODY = "Nobody in particular"
_DESCRIBED = "Others, as the texts describe them"
_STRETCHES, _STRETCH = 3, 60
_LONGEST = 100


def _short(heading: str) -> str:
    """Return a heading, cut where it runs on."""
    return heading if len(heading) <= _LONGEST else f"{heading[:_LONGEST].rsplit(' ', 1)[0]} …"


class Order(StrEnum):
    """How the lines of a brief stand: by theme, or as the text has them, under its headings."""

    THEME = "theme"
    TEXT = "text"


class Sections:
    """Makes sections; what things are called is asked of the store once.

    Args:
        store: open.
        order: of what is borne and decided.

    Attributes:
        notes: of all sections together.
    """

    def __init__(self, store: GraphStore, order: Order = Order.THEME) -> None:
        self.order = order
        self.label = cache(partial(label, store))
        self.notes = Notes()

    def grouped(self, title: str, stated: Sequence[Stated], actor: str) -> Section:
        """Return statements by subject, or under the headings of the text and in its order where that was asked for."""
        return (
            self._in_order(title, stated, actor) if self.order is Order.TEXT else self._by_theme(title, stated, actor)
        )

    def _in_order(self, title: str, stated: Sequence[Stated], actor: str) -> Section:
        groups: dict[tuple[str, str], list[Stated]] = defaultdict(list)
        for each in sorted(stated, key=lambda each: (each.document, each.place.trigger_start)):
            groups[each.document, each.section].append(each)
        made = (
            Group(_short(name), tuple(self._item(each, actor) for each in here)) for (_, name), here in groups.items()
        )
        return Section(title, tuple(made))

    def _by_theme(self, title: str, stated: Sequence[Stated], actor: str) -> Section:
        """Return statements by the subject that most of them share, each once."""
        counts = Counter(theme for each in stated for theme in each.themes)
        groups: dict[str, list[Stated]] = defaultdict(list)
        for each in stated:
            theme = min(each.themes, key=lambda theme: (-counts[theme], theme), default="")
            groups[self.name(theme) if theme else _OTHER].append(each)
        order = sorted(groups, key=lambda name: (name == _OTHER, -len(groups[name]), name))
        return Section(
            title, tuple(Group(name, tuple(self._item(each, actor) for each in groups[name])) for name in order)
        )

    def by_bearer(
        self, title: str, stated: Sequence[Stated], *, skip: str = "", without: Sequence[str] = ()
    ) -> Section:
        """Return statements by whom they address; `skip` is not named as a counterpart, and those `without` have no group."""
        groups: dict[str, list[Stated]] = defaultdict(list)
        for each in stated:
            if each.act in SILENT:
                continue
            for name in each.names or (_NOBODY,):
                if name in without:
                    continue
                groups[name if name == _NOBODY or self.label(name) else _DESCRIBED].append(each)
        order = sorted(groups, key=lambda name: (name == _NOBODY, name == _DESCRIBED, -len(groups[name]), name))
        made = []
        for name in order:
            unique = list({each.statement: each for each in groups[name]}.values())
            unique.sort(key=lambda each: min(each.themes, default="~"))
            items = tuple(self._item(each, name, with_theme=True, skip=skip) for each in unique)
            made.append(Group(self.name(name), items))
        return Section(title, tuple(made))

    def _item(self, stated: Stated, bearer: str, *, with_theme: bool = False, skip: str = "") -> Item:
        """Return a statement as a line."""
        others = [self.name(name) for name in stated.names if name != bearer]
        how = "borne by" if bearer == _DESCRIBED else "together with"
        beside = [f"{how} {listed(others)}"] if others else []
        themes = sorted(self.name(theme) for theme in stated.themes) if with_theme else []
        details = self._details(stated, between=(", ".join(themes).lower(), *beside), skip=skip)
        return Item(bare(stated.text), tuple(details), (self.notes.cite(stated, is_given=True),))

    def _details(self, stated: Stated, *, between: Iterable[str] = (), skip: str = "") -> list[str]:
        """Return how strongly it is asked, what stands between, toward whom, when, and on which conditions."""
        toward = listed([self.name(name) for name in stated.counterparts if name != skip])
        conditions = "; ".join(sorted(set(stated.conditions)))
        found = (
            f"{stated.verb}, {stated.strength} of 5, {stated.bindingness.replace('_', ' ')}",
            *between,
            f"toward {toward}" if toward else "",
            *_when(stated),
            f"on condition: {conditions}" if conditions else "",
        )
        return [detail for detail in found if detail]

    def deadlines(self, entries: Sequence[Entry], mandates: Sequence[str], stated: Mapping[str, Stated]) -> Section:
        """Return the entries of some mandates whose statements are given, by their IRIs."""
        items = []
        for entry in entries:
            each = stated.get(entry.stated.statement)
            if each is None or each.mandate not in mandates:
                continue
            cycle = f", then {cycle_in_words(entry.recurs)}" if entry.recurs and entry.day else ""
            until = f" until {in_words(entry.until.isoformat())}" if entry.until else ""
            waiting = f"{cycle_in_words(entry.recurs)}: " if entry.recurs else ""
            when = f"{in_words(entry.day.isoformat())}{cycle}{until}" if entry.day else f"{waiting}{entry.rests_on}"
            who = listed([self.short(name) for name in entry.bearers]) or "no bearer"
            rests = (entry.rests_on,) if entry.day and entry.rests_on != "the text" else ()
            items.append(
                Item(
                    f"{when}: {who}: {entry.actions or entry.stated.verb}",
                    (f"“{entry.deadline.words}”", *rests),
                    (self.notes.cite(each),),
                )
            )
        return Section("Deadlines and cycles", (Group("", tuple(items)),) if items else ())

    def changes(self, before: Sequence[Stated], after: Sequence[Stated]) -> Section:
        """Return what the later of two mandates changed, what is kept in the same words only counted."""
        title = "Changes since the previous mandate"
        if not after:
            return Section(title)
        if not before:
            return Section(title, said=(f"No earlier mandate of the line of {after[0].mandate} is in the store.",))
        kept = [[each for each in side if each.act not in SILENT] for side in (before, after)]
        pairs = list(pairs_of(*kept))
        is_partial = after[0].document != after[0].mandate
        counts = Counter(pair.changes[0] for pair in pairs)
        said = [f"{after[0].mandate} beside {before[0].mandate}. Kept in the same words: {counts[Change.KEPT]}."]
        if is_partial:
            said.append(
                f"{after[0].mandate} is known by what {after[0].document} quotes of it: what was dropped cannot be told."
            )
        groups = []
        for change in Change:
            here = [pair for pair in pairs if pair.changes[0] is change]
            if here and change is not Change.KEPT and not (is_partial and change is Change.DROPPED):
                groups.append(Group(change.value.capitalize(), tuple(self._change(pair) for pair in here)))
        return Section(title, tuple(groups), tuple(said))

    def _change(self, pair: Pair) -> Item:
        either = pair.after or pair.before
        assert either is not None
        details = [*([listed([self.short(name) for name in either.names])] if either.names else []), *pair.reasons]
        if pair.before and pair.after:
            details += [f"also {change.value}" for change in pair.changes[1:] if change is not Change.REWORDED]
            details += reworded(pair.before.text, pair.after.text)
        notes = tuple(self.notes.cite(side, is_given=side is either) for side in (pair.before, pair.after) if side)
        return Item(bare(either.text), tuple(details), notes)

    def open_recommendations(self, asked: Sequence[Stated], mandates: Sequence[Stated]) -> Section:
        """Return recommendations, each once however many documents make it, with what later took it up."""
        same: dict[str, list[Stated]] = defaultdict(list)
        for each in asked:
            same[each.text.casefold()].append(each)
        items = []
        for members in same.values():
            first = members[0]
            later = [each for each in mandates if each.adopted > first.adopted and each.status != "recommended"]
            taken = max(
                ((sum(score(first, each)), each) for each in later if is_enough(score(first, each))),
                key=lambda pair: pair[0],
                default=None,
            )
            names = listed([self.name(name) for name in first.names])
            details = [f"to {names}" if names else "to nobody by name", *self._details(first)]
            notes = [self.notes.cite(each, is_given=True) for each in members]
            if taken:
                details.append(f"resembled by {taken[1].mandate}, {taken[1].paragraph}")
                notes.append(self.notes.cite(taken[1]))
            items.append(Item(bare(first.text), tuple(details), tuple(notes)))
        return Section("Open recommendations", (Group("", tuple(items)),) if items else ())

    def figures(self, found: Sequence[Standing]) -> Section:
        """Return what is observed beside what is aimed at."""
        items = []
        for standing in found:
            target, seen = standing.target, standing.observation
            whose = f"{self.short(target.actor)}: " if target.actor and target.sex != "female" else ""
            notes = [self._paragraph(target)]
            if seen is None:
                items.append(Item(f"{whose}{target.said}: nothing observed", (), tuple(notes)))
                continue
            notes.append(self._paragraph(seen))
            of = self.short(seen.of) if self.label(seen.of) else seen.of
            dated = f", {in_words(seen.time)}{'' if seen.is_dated else ' (day of the document)'}" if seen.time else ""
            words = f"{of}: {seen.value:,.6g}{' %' if target.unit == 'percent' else ''}, {standing.answer} ({target.said}){dated}"
            items.append(
                Item(words, (seen.measures,) if seen.measures not in {"", seen.of} else (), tuple(dict.fromkeys(notes)))
            )
        return Section("Figures against targets", (Group("", tuple(items)),) if items else ())

    def name(self, id_: str) -> str:
        """Return what an actor or theme is called, else the words themselves."""
        return self.label(id_) or id_

    def short(self, id_: str) -> str:
        """Return an acronym where that is the id, else the name."""
        return id_ if id_ == id_.upper() else self.name(id_)

    def _paragraph(self, place: Target | Observation) -> int:
        return self.notes.add(place.document, place.paragraph, "", " ".join(place.quotation.split()))


def _when(stated: Stated) -> list[str]:
    """Return the days and cycles of a statement in words, or its own words where it has neither."""
    known = [*(f"by {in_words(day)}" for day in stated.days), *(cycle_in_words(each) for each in stated.cycles)]
    return known or [f"when: {words}" for words in stated.when]


def reworded(before: str, after: str) -> list[str]:
    """Return which words became which, where they are few."""
    old, new = (
        [words.strip() for words, is_other in side if is_other and words.strip()] for side in mark_words(before, after)
    )
    if not (old or new) or max(len(old), len(new)) > _STRETCHES or any(len(words) > _STRETCH for words in (*old, *new)):
        return []
    was = ", ".join(f"“{words}”" for words in old)
    now = ", ".join(f"“{words}”" for words in new)
    return [f"{was} became {now}" if old and new else f"without {was}" if old else f"with {now}"]


def bare(text: str) -> str:
    """Return words without the mark at their end."""
    return text.rstrip(" ;:,.")


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words: "A, B and C"."""
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""

"""A mandate brief: who bears what, by subject, with strengths, deadlines, counterparts, changes, open recommendations and figures.

In: the store, and an actor or a mandate in it. Out: a `Brief`: sections of lines, each with notes that name the paragraph and quote it. What is
written is what the graph holds; nothing is summed up in words of the program's own. `exporting.brief` writes it as Markdown, HTML and DOCX.

Of an actor, the mandates are the one that it holds, then the newest one that each body issued and all that later ones are quoted with; named documents replace that choice
(`succession` says which those are, and which is the one before). A recommendation is open where it was made and no later mandate here resembles it.

Limits: a statement stands once, under the subject that most statements of its section share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from mandategraph.answering.agenda import Entry, agenda
from mandategraph.answering.asking import ask_rows
from mandategraph.answering.comparing import (
    Change,
    Pair,
    is_enough,
    pairs_of,
    read_mandate,
    score,
)
from mandategraph.answering.contents import documents_of
from mandategraph.answering.marking import mark_words
from mandategraph.answering.questions import load_question
from mandategraph.answering.succession import Succession, texts_of
from mandategraph.answering.targets import Observation, Standing, Target, standings
from mandategraph.dates import cycle_in_words, in_words
from mandategraph.errors import NotFoundError
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import label
from mandategraph.recalling.wanted import Wanted
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import document_iri, paragraph_iri

_OTHER = "Other subjects"
_NOBODY = "Nobody in particular"
_DESCRIBED = "Others, as the texts describe them"
_MANY = 6
_STRETCHES, _STRETCH = 3, 60
_SILENT = frozenset({"assertion"})
_HOW_TO_READ = (
    "Strength is the pressure of the verb, from 0 (none) to 5 (demand, decide); what binds in law is said beside it: binding (Member States), "
    "internally binding (the organ and the bodies under it), disputed, hortatory (binds nobody), pending (would bind once adopted).",
    "Each line is a statement of the text that its note names and quotes. It was found by rules, which miss some and misread some: what is to be "
    "relied on should be read in the source.",
)


@dataclass(frozen=True, slots=True)
class Note:
    """Where a line stands: a paragraph of a document; `iri` is the statement's, or the paragraph's.

    `quotation` has the words where a line that calls the note does not give them itself, else it is "".
    """

    number: int
    document: str
    paragraph: str
    iri: str
    quotation: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line: its words, what is said of them, and the numbers of its notes."""

    words: str
    details: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading, which may be empty."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief; `said` stands before its lines."""

    title: str
    groups: tuple[Group, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole, with its notes in the order of their numbers."""

    title: str
    facts: tuple[Item, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


def brief(
    store: GraphStore,
    *,
    actor: str = "",
    mandate: str = "",
    documents: Iterable[str] = (),
    since: str = "",
    on: str = "",
) -> Brief:
    """Return the brief of an actor, or of a mandate.

    Args:
        store: open.
        actor: id of the actor whose brief it is; or
        mandate: a document, or what documents quote, as `comparing.read_mandate` takes it.
        documents: of an actor, the documents to cover instead of the newest ones.
        since: the mandate to compare with, instead of the one that is found.
        on: of an actor, the ISO 8601 day as of which it is told; all that is known where none is given.

    Raises:
        NotFoundError: there is no such mandate or document, or it states nothing of whom is asked about.
    """
    store.filled()
    return (
        _Briefing(store).of_actor(actor, documents, since, on) if actor else _Briefing(store).of_mandate(mandate, since)
    )


class _Briefing:
    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self._label = cache(partial(label, store))
        self.succession = Succession(store)
        self.notes: dict[str, Note] = {}

    def of_actor(self, actor: str, documents: Iterable[str], since: str, on: str = "") -> Brief:
        name, day = self._short(actor), on or str(date.max)
        borne = [each for each in statements(self.store, Wanted(bearers=(actor,))) if each.adopted <= day]
        toward = [each for each in statements(self.store, Wanted(counterparts=(actor,))) if each.adopted <= day]
        toward = [each for each in toward if actor not in each.names]
        keys = find_documents(self.store, documents)
        if not borne and not toward:
            raise NotFoundError(f"nothing is asked of {name} here", hint="See who bears what with: mandategraph actors")
        asked = _adopted(borne) or _adopted(toward)
        if keys:
            asked = [each for each in asked if each.document in keys]
        mandates = self.succession.newest(asked) if not keys else self.succession.in_order(asked)
        held = [] if keys else documents_of(self.store, actor, day)
        own = list(dict.fromkeys(each.mandate for document in held for each in asked if each.document == document))
        mandates = [*own, *(each for each in mandates if each not in own)]
        if not mandates:
            raise NotFoundError(f"no mandate here asks anything of {name}", hint="Name others with --document.")
        sections = []
        for mandate in mandates:
            mine = [each for each in borne if each.mandate == mandate and each.act not in _SILENT]
            words = (
                f"What else {mandate} asks of {name}"
                if own and mandate not in own
                else f"What {name} bears by {mandate}"
            )
            sections.append(self._by_theme(words, mine, actor))
        about = [each for each in toward if each.mandate in mandates]
        decided, owed = ([each for each in about if (each.act == "decision") is is_one] for is_one in (True, False))
        sections.append(self._by_theme(f"What is decided of {name}", decided, actor))
        sections.append(self._by_bearer(f"What is asked of others that concerns {name}", owed, skip=actor))
        known = {each.statement: each for each in (*borne, *toward)}
        sections.append(self._deadlines(agenda(self.store, {}), mandates, known))
        texts = dict(texts_of(_adopted(borne)))
        later = texts.pop(mandates[0], [])
        earlier = self.succession.before(later, texts.values())
        if since:
            earlier = [each for each in read_mandate(self.store, since) if actor in each.names]
        sections.append(self._changes(earlier, later))
        asked = self._recommended(
            lambda each: actor in (*each.names, *each.counterparts) or _speaks_of(each.text, (actor, name))
        )
        sections.append(self._open(asked, [each for each in borne if each.mandate in mandates]))
        sections.append(self._figures(standings(self.store, actor=actor)))
        whole = self._name(actor)
        title = f"{name}: mandate brief" if name == whole else f"{name} ({whole}): mandate brief"
        return self._brief(title, mandates, sections, borne or toward, actor=actor)

    def of_mandate(self, name: str, since: str) -> Brief:
        stated = read_mandate(self.store, name)
        mandate = stated[0].mandate
        asked = [each for each in stated if each.act not in {*_SILENT, "decision"}]
        counts = Counter(name for each in asked for name in each.names if self._label(name))
        chief = [name for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if count >= _MANY]
        sections = [
            *(
                self._by_theme(f"What {self._short(name)} bears", [s for s in asked if name in s.names], name)
                for name in chief
            ),
            self._by_bearer("Who else bears what" if chief else "Who bears what", asked, without=chief),
            self._by_theme("What it decides", [each for each in stated if each.act == "decision"], ""),
        ]
        entries = agenda(self.store, {"wanted": stated[0].document})
        sections.append(self._deadlines(entries, [mandate], {each.statement: each for each in stated}))
        earlier = (
            read_mandate(self.store, since)
            if since
            else self.succession.before(stated, self.succession.candidates(stated))
        )
        sections.append(self._changes(earlier, stated))
        day = stated[0].adopted
        asked = self._recommended(
            lambda each: each.adopted >= day and self.succession.is_one_line(mandate, stated[0].document, each.document)
        )
        sections.append(self._open(asked, []))
        sections.append(self._figures(standings(self.store, document=stated[0].document)))
        title = f"{mandate}: mandate brief"
        return self._brief(title, [mandate], sections, stated, document=stated[0].document)

    def _brief(
        self,
        title: str,
        mandates: Sequence[str],
        sections: Sequence[Section],
        stated: Sequence[Stated],
        *,
        actor: str = "",
        document: str = "",
    ) -> Brief:
        facts = [Item(self._said_of(mandate, stated)) for mandate in mandates]
        ends = ask_rows(self.store, load_question("mandate-ends"), {"actor": actor} if actor else {}).records()
        for row in ends:
            by = symbol_of(row["instrument"])
            if by in mandates and (not document or symbol_of(row["document"]) == document) and row["until"]:
                whose = self._short(actor or row["actor"]) if actor or row["actor"] else symbol_of(row["source"])
                kind = row["kind"]
                ends_on = f"{'end' if kind == 'measures' else 'ends'} on {in_words(row['until'])}"
                note = self._note(symbol_of(row["document"]), row["paragraph"], "", row["quotation"])
                facts.append(Item(f"The {kind} of {whose} {ends_on}, by {by}.", (), (note,)))
        kept = [section for section in sections if section.groups or section.said]
        return self._numbered(title, facts, [*kept, Section("How to read this", said=_HOW_TO_READ)])

    def _numbered(self, title: str, facts: Iterable[Item], sections: Iterable[Section]) -> Brief:
        """Return the brief with its notes numbered as they are first called, from top to bottom."""
        order: dict[int, int] = {}

        def again(item: Item) -> Item:
            return replace(item, notes=tuple(order.setdefault(number, len(order) + 1) for number in item.notes))

        first = tuple(map(again, facts))
        others = tuple(
            replace(
                section,
                groups=tuple(replace(group, items=tuple(map(again, group.items))) for group in section.groups),
            )
            for section in sections
        )
        notes = (replace(note, number=order[note.number]) for note in self.notes.values() if note.number in order)
        return Brief(title, first, others, tuple(sorted(notes, key=lambda note: note.number)))

    # sections

    def _by_theme(self, title: str, stated: Sequence[Stated], actor: str) -> Section:
        counts = Counter(theme for each in stated for theme in each.themes)
        groups: dict[str, list[Stated]] = defaultdict(list)
        for each in stated:
            theme = min(each.themes, key=lambda theme: (-counts[theme], theme), default="")
            groups[self._name(theme) if theme else _OTHER].append(each)
        order = sorted(groups, key=lambda name: (name == _OTHER, -len(groups[name]), name))
        return Section(
            title, tuple(Group(name, tuple(self._item(each, actor) for each in groups[name])) for name in order)
        )

    def _by_bearer(
        self, title: str, stated: Sequence[Stated], *, skip: str = "", without: Sequence[str] = ()
    ) -> Section:
        groups: dict[str, list[Stated]] = defaultdict(list)
        for each in stated:
            if each.act in _SILENT:
                continue
            for name in each.names or (_NOBODY,):
                if name in without:
                    continue
                groups[name if name == _NOBODY or self._label(name) else _DESCRIBED].append(each)
        order = sorted(groups, key=lambda name: (name == _NOBODY, name == _DESCRIBED, -len(groups[name]), name))
        made = []
        for name in order:
            unique = list({each.statement: each for each in groups[name]}.values())
            unique.sort(key=lambda each: min(each.themes, default="~"))
            items = tuple(self._item(each, name, with_theme=True, skip=skip) for each in unique)
            made.append(Group(self._name(name), items))
        return Section(title, tuple(made))

    def _item(self, stated: Stated, bearer: str, *, with_theme: bool = False, skip: str = "") -> Item:
        """Return a statement as a line."""
        others = [self._name(name) for name in stated.names if name != bearer]
        how = "borne by" if bearer == _DESCRIBED else "together with"
        beside = [f"{how} {_listed(others)}"] if others else []
        themes = sorted(self._name(theme) for theme in stated.themes) if with_theme else []
        details = self._details(stated, between=(", ".join(themes).lower(), *beside), skip=skip)
        return Item(_bare(stated.text), tuple(details), (self._cite(stated, is_given=True),))

    def _details(self, stated: Stated, *, between: Iterable[str] = (), skip: str = "") -> list[str]:
        """Return how strongly it is asked, what stands between, toward whom, when, and on which conditions."""
        toward = _listed([self._name(name) for name in stated.counterparts if name != skip])
        conditions = "; ".join(sorted(set(stated.conditions)))
        found = (
            f"{stated.verb}, {stated.strength} of 5, {stated.bindingness.replace('_', ' ')}",
            *between,
            f"toward {toward}" if toward else "",
            *_when(stated),
            f"on condition: {conditions}" if conditions else "",
        )
        return [detail for detail in found if detail]

    def _deadlines(self, entries: Sequence[Entry], mandates: Sequence[str], stated: Mapping[str, Stated]) -> Section:
        items = []
        for entry in entries:
            each = stated.get(entry.stated.statement)
            if each is None or each.mandate not in mandates:
                continue
            cycle = f", then {cycle_in_words(entry.recurs)}" if entry.recurs and entry.day else ""
            until = f" until {in_words(entry.until.isoformat())}" if entry.until else ""
            waiting = f"{cycle_in_words(entry.recurs)}: " if entry.recurs else ""
            when = f"{in_words(entry.day.isoformat())}{cycle}{until}" if entry.day else f"{waiting}{entry.rests_on}"
            who = _listed([self._short(name) for name in entry.bearers]) or "no bearer"
            rests = (entry.rests_on,) if entry.day and entry.rests_on != "the text" else ()
            items.append(
                Item(
                    f"{when}: {who}: {entry.actions or entry.stated.verb}",
                    (f"“{entry.deadline.words}”", *rests),
                    (self._cite(each),),
                )
            )
        return Section("Deadlines and cycles", (Group("", tuple(items)),) if items else ())

    def _changes(self, before: Sequence[Stated], after: Sequence[Stated]) -> Section:
        title = "Changes since the previous mandate"
        if not after:
            return Section(title)
        if not before:
            return Section(title, said=(f"No earlier mandate of the line of {after[0].mandate} is in the store.",))
        kept = [[each for each in side if each.act not in _SILENT] for side in (before, after)]
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
        details = [*([_listed([self._short(name) for name in either.names])] if either.names else []), *pair.reasons]
        if pair.before and pair.after:
            details += [f"also {change.value}" for change in pair.changes[1:] if change is not Change.REWORDED]
            details += _reworded(pair.before.text, pair.after.text)
        notes = tuple(self._cite(side, is_given=side is either) for side in (pair.before, pair.after) if side)
        return Item(_bare(either.text), tuple(details), notes)

    def _recommended(self, is_wanted: Callable[[Stated], bool]) -> list[Stated]:
        found = [each for each in statements(self.store, Wanted(status="recommended")) if each.act not in _SILENT]
        return [each for each in found if is_wanted(each)]

    def _open(self, asked: Sequence[Stated], mandates: Sequence[Stated]) -> Section:
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
            names = _listed([self._name(name) for name in first.names])
            details = [f"to {names}" if names else "to nobody by name", *self._details(first)]
            notes = [self._cite(each, is_given=True) for each in members]
            if taken:
                details.append(f"resembled by {taken[1].mandate}, {taken[1].paragraph}")
                notes.append(self._cite(taken[1]))
            items.append(Item(_bare(first.text), tuple(details), tuple(notes)))
        return Section("Open recommendations", (Group("", tuple(items)),) if items else ())

    def _figures(self, found: Sequence[Standing]) -> Section:
        items = []
        for standing in found:
            target, seen = standing.target, standing.observation
            whose = f"{self._short(target.actor)}: " if target.actor and target.sex != "female" else ""
            notes = [self._paragraph(target)]
            if seen is None:
                items.append(Item(f"{whose}{target.said}: nothing observed", (), tuple(notes)))
                continue
            notes.append(self._paragraph(seen))
            of = self._short(seen.of) if self._label(seen.of) else seen.of
            dated = f", {in_words(seen.time)}{'' if seen.is_dated else ' (day of the document)'}" if seen.time else ""
            words = f"{of}: {seen.value:,.6g}{' %' if target.unit == 'percent' else ''}, {standing.answer} ({target.said}){dated}"
            items.append(
                Item(words, (seen.measures,) if seen.measures not in {"", seen.of} else (), tuple(dict.fromkeys(notes)))
            )
        return Section("Figures against targets", (Group("", tuple(items)),) if items else ())

    # names and notes

    def _name(self, id_: str) -> str:
        return self._label(id_) or id_

    def _short(self, id_: str) -> str:
        """Return an acronym where that is the id, else the name."""
        return id_ if id_ == id_.upper() else self._name(id_)

    def _said_of(self, mandate: str, stated: Iterable[Stated]) -> str:
        head = self.succession.heads.get(mandate)
        if head is None:
            sources = sorted({each.document for each in stated if each.mandate == mandate})
            return f"{mandate}, as quoted in {_listed(sources)}"
        day = f" of {in_words(head.adopted)}" if head.adopted else ""
        adopted = f", adopted as {head.adopted_as}" if head.adopted_as else ""
        return f"{mandate}{day} ({head.status}{adopted}): {head.title}"

    def _cite(self, stated: Stated, *, is_given: bool = False) -> int:
        """Return the number of a statement's note; `is_given` says that the line has its words."""
        return self._note(stated.document, stated.paragraph, stated.statement, "" if is_given else stated.text)

    def _paragraph(self, place: Target | Observation) -> int:
        return self._note(place.document, place.paragraph, "", " ".join(place.quotation.split()))

    def _note(self, document: str, paragraph: str, statement: str, quotation: str) -> int:
        iri = statement or paragraph_iri(document_iri(document), paragraph)
        number = self.notes[iri].number if iri in self.notes else len(self.notes) + 1
        said = " ".join(quotation.split()) or (self.notes[iri].quotation if iri in self.notes else "")
        self.notes[iri] = Note(number, document, paragraph, iri, said)
        return number


def _adopted(stated: Iterable[Stated]) -> list[Stated]:
    """Return the statements of mandates: what is recommended alone is none."""
    return [each for each in stated if each.status != "recommended" and each.act not in _SILENT]


def _when(stated: Stated) -> list[str]:
    """Return the days and cycles of a statement in words, or its own words where it has neither."""
    known = [*(f"by {in_words(day)}" for day in stated.days), *(cycle_in_words(each) for each in stated.cycles)]
    return known or [f"when: {words}" for words in stated.when]


def _reworded(before: str, after: str) -> list[str]:
    """Return which words became which, where they are few."""
    old, new = (
        [words.strip() for words, is_other in side if is_other and words.strip()] for side in mark_words(before, after)
    )
    if not (old or new) or max(len(old), len(new)) > _STRETCHES or any(len(words) > _STRETCH for words in (*old, *new)):
        return []
    was = ", ".join(f"“{words}”" for words in old)
    now = ", ".join(f"“{words}”" for words in new)
    return [f"{was} became {now}" if old and new else f"without {was}" if old else f"with {now}"]


def _bare(text: str) -> str:
    return text.rstrip(" ;:,.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def _speaks_of(text: str, names: Iterable[str]) -> bool:
    return any(name.casefold() in text.casefold() for name in names)

"""A landscape -> what a desk officer hands on: what matters first, in sentences, with names and no ids, every line with its paragraph.

In: a landscape and its store. Out: a `Brief`, which `exporting.brief` writes as Markdown, HTML and Word. Limits: names are those of the gazetteer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mandategraph.answering.agenda import Entry
from mandategraph.answering.briefs import Brief, Group, Item, Notes, Section
from mandategraph.answering.comparing import Change, Pair
from mandategraph.answering.overlaps import Kind
from mandategraph.answering.precedents import Likeness, Precedent
from mandategraph.answering.sections import bare, listed, reworded
from mandategraph.dates import cycle_in_words, in_words
from mandategraph.drafting.asking import Asked, Collision
from mandategraph.drafting.drafts import paragraph_in_words
from mandategraph.drafting.landscape import Landscape
from mandategraph.drafting.linting import Finding
from mandategraph.drafting.rows import LEVELS
from mandategraph.drafting.telling import (
    by_day,
    counted,
    gap,
    is_report,
    number,
    period,
    ranges,
    to_do,
    together,
    upper,
)
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.facts import TermOf
from mandategraph.recalling.statements import Stated
from mandategraph.recalling.things import label
from mandategraph.symbols import name_of
from mandategraph.vocabulary import document_iri, paragraph_iri, shorten

_LEVELS = {"error": "To be mended", "warning": "To be looked at", "note": "To be aware of"}
_CERTAIN, _LIKELY = 0.9, 0.75
_KINDS = {
    Kind.CONTRADICTION: "Cannot both hold",
    Kind.REPORT_TWICE: "A report that is asked already",
    Kind.PARALLEL: "Asked already by another text",
    Kind.SERIES: "Asked already in the same line of texts",
}
_CHANGES = {
    Change.ADDED: "New",
    Change.STRENGTHENED: "Stronger",
    Change.WEAKENED: "Weaker",
    Change.EXTENDED: "Extended",
    Change.REWORDED: "In other words",
    Change.SPLIT: "Divided",
    Change.MOVED: "Elsewhere in the text",
    Change.CARRIED: "Carried on by a reference",
    Change.DROPPED: "Dropped",
}
_PLURAL = ("the ", "The ", "Member States", "States")
_LONGEST, _SHORTEST, _MANY = 240, 8, 4
# A new paragraph comes near another where they have this much of their words in one order.
_NEAR = 0.5
HOW = (
    "The draft was read by rules and not stored. What is kept, changed and dropped is told by statements that resemble each other; what is asked already, by words that are "
    "alike. What is asked in other words is not found, and what is not in the store is not known.",
    "Each remark on the drafting says how sure it is: certain, likely, or to be checked.",
)  # fmt: skip


def paper_of(store: GraphStore, found: Landscape, *, is_linked: bool = False) -> Brief:
    """Return what is to be handed on of a draft beside a store.

    Args:
        store: open.
        found: the draft beside it.
        is_linked: whether notes keep the IRIs of paragraphs, for those who have the store; those of the draft have none.
    """
    return _Paper(store, found).brief(is_linked=is_linked)


def sureness(finding: Finding) -> str:
    """Return how sure a finding is, in a word."""
    return "certain" if finding.sure >= _CERTAIN else "likely" if finding.sure >= _LIKELY else "to be checked"


class _Paper:
    def __init__(self, store: GraphStore, found: Landscape) -> None:
        self.store, self.found = store, found
        self.notes = Notes()

    def brief(self, *, is_linked: bool) -> Brief:
        """Return the whole; notes say where they lead to in words."""
        sections = [self._findings(), self._changes(), self._asked(), self._calendar(), self._words()]
        kept = [section for section in sections if section.groups or section.said]
        title = f"The draft “{self.found.draft.name}”"
        made = self.notes.numbered(title, self._facts(), [*kept, Section("How to read this", said=HOW)])
        key = self.found.draft.key
        notes = []
        for note in made.notes:
            is_own = note.document == key
            iri = paragraph_iri(document_iri(note.document), note.paragraph) if is_linked and not is_own else ""
            document = "This draft" if is_own else name_of(note.document)
            notes.append(replace(note, document=document, paragraph=paragraph_in_words(note.paragraph), iri=iri))
        return replace(made, notes=tuple(notes))

    def _facts(self) -> Iterator[Item]:
        """Yield in a sentence each what the draft does, what it comes from, what it adds, and what is wrong in it."""
        for term in sorted(self.found.terms, key=lambda term: term.kind != "mandate"):
            if term.statement and term.step != "ends" and term.is_held:
                yield Item(self._given(term))
        yield self._predecessor()
        count = self.found.precedents.count()
        whole = len(self.found.precedents.paragraphs)
        yield Item(
            f"Of its {whole} paragraphs and points, {count[Likeness.VERBATIM]} stand word for word in earlier texts, {count[Likeness.ADAPTED]} are adapted and "
            f"{count[Likeness.NEW]} are new; {self.found.precedents.carried:.0%} of the words are carried over."
        )
        reports = [e for e in self.found.entries if is_report(e)]
        near = len(list(by_day(self.found.collisions)))
        added = f"It asks for {counted(len(reports), 'report')} and sets {counted(len(self.found.entries) - len(reports), 'other time limit')}"
        yield Item(
            f"{added}; {counted(near, 'day')} {'falls' if near == 1 else 'fall'} within a week of another report of the same body."
            if near
            else f"{added}."
        )
        if self.found.asked:
            whom = len({each.stated.statement for each in self.found.asked})
            yield Item(
                f"{upper(counted(whom, 'thing'))} that it asks {'is' if whom == 1 else 'are'} asked already by texts in force."
            )
        yield Item(self._linted())

    def _linted(self) -> str:
        counts = Counter(each.level for each in self.found.findings if not each.is_silenced)
        parts = [f"{number(counts[level])} {_LEVELS[level].lower()}" for level in reversed(LEVELS) if counts[level]]
        return f"Remarks on the drafting: {listed(parts)}." if parts else "There are no remarks on the drafting."

    def _given(self, term: TermOf) -> str:
        until = (
            f" until {in_words(term.until)}"
            if term.until
            else f" for {period(term.lasts)}"
            if term.lasts
            else ", without saying until when"
        )
        does = "renews" if term.step == "continues" else "gives"
        if term.kind == "authorization":
            return f"It authorizes {self._short(term.whose)}{until}."
        return f"It {does} the mandate of {self._short(term.whose)}{until}."

    def _predecessor(self) -> Item:
        head, why = self.found.predecessor, self.found.why
        if head is None:
            nearest = self.found.precedents.sources[:1]
            rest = f" Most of what is carried over comes from {name_of(nearest[0][0])}." if nearest else ""
            return Item(f"No earlier text that it takes the place of is known here.{rest}")
        day = f" of {in_words(head.adopted)}" if head.adopted else ""
        return Item(f"It takes the place of {name_of(head.key)}{day}: {why}.")

    # what is wrong

    def _findings(self) -> Section:
        groups = []
        for level in reversed(LEVELS):
            here = [each for each in self.found.findings if each.level == level and not each.is_silenced]
            if here:
                groups.append(Group(_LEVELS[level], tuple(self._finding(each) for each in here)))
        silenced = sum(each.is_silenced for each in self.found.findings)
        said = (f"The draft itself switches off {counted(silenced, 'remark')}.",) if silenced else ()
        return Section("Remarks on the drafting", tuple(groups), said)

    def _finding(self, each: Finding) -> Item:
        words = each.words if len(each.words) <= _LONGEST else f"{each.words[:_LONGEST].rsplit(' ', 1)[0]} …"
        return Item(
            f"{upper(paragraph_in_words(each.paragraph))}: {each.reason}", (f"“{words}”", sureness(each), each.rule.id)
        )

    # what became of the predecessor

    def _changes(self) -> Section:
        head = self.found.predecessor
        if head is None:
            return Section("")
        name = name_of(head.key)
        kept = [pair for pair in self.found.pairs if pair.changes[0] is Change.KEPT]
        groups = []
        for change, title in _CHANGES.items():
            here = tuple(self._change(pair) for pair in self.found.pairs if pair.changes[0] is change)
            if here:
                groups.append(Group(f"{title} ({len(here)})", here))
        said = (
            f"{counted(len(kept), 'statement')} of {name} {'is' if len(kept) == 1 else 'are'} kept in the same words."
        )
        return Section(f"What changes against {name}", tuple(groups), (said,))

    def _change(self, pair: Pair) -> Item:
        either = pair.after or pair.before
        assert either is not None
        details = [self._who(either), *pair.reasons]
        if pair.before and pair.after:
            details += reworded(pair.before.text, pair.after.text)
        notes = [self.notes.cite(pair.before, is_given=pair.after is None)] if pair.before else []
        return Item(
            f"{upper(paragraph_in_words(either.paragraph))}: {bare(either.text)}",
            tuple(filter(None, details)),
            tuple(notes),
        )

    # what is asked already

    def _asked(self) -> Section:
        groups = []
        for kind, title in _KINDS.items():
            here = [each for each in self.found.asked if each.kind is kind]
            if here:
                groups.append(Group(title, tuple(self._already(each) for each in here)))
        return Section("What is asked already", tuple(groups))

    def _already(self, each: Asked) -> Item:
        by = listed([f"{name_of(s.document)} ({paragraph_in_words(s.paragraph)})" for s in each.earlier[:3]])
        more = f" and {len(each.earlier) - 3} more" if len(each.earlier) > 3 else ""
        notes = tuple(self.notes.cite(s) for s in each.earlier[:3])
        reasons = [] if each.kind is Kind.SERIES else [r for r in each.reasons if not r.startswith("asked by")]
        words = f"{upper(paragraph_in_words(each.stated.paragraph))}: {bare(each.stated.text)}"
        return Item(words, (self._who(each.stated), f"asked already in {by}{more}", *reasons), notes)

    # when

    def _calendar(self) -> Section:
        dated = [e for e in self.found.entries if e.day]
        waiting = [e for e in self.found.entries if not e.day]
        reports = [e for e in dated if is_report(e)]
        groups = [
            Group("Reports", tuple(map(self._due, together(reports)))),
            Group("Other time limits", tuple(map(self._due, together(e for e in dated if e not in reports)))),
            Group("Without a day", tuple(map(self._due, together(waiting)))),
            Group(
                "Days on which other reports are due as well",
                tuple(self._collided(day, entry, them) for day, entry, them in by_day(self.found.collisions)),
            ),
        ]
        return Section("What it adds to the calendar", tuple(group for group in groups if group.items))

    def _due(self, entries: Sequence[Entry]) -> Item:
        """Return entries of one day, bearer and paragraph as a line."""
        entry = entries[0]
        who = upper(listed([self._short(name) for name in entry.bearers])) or "Nobody by name"
        again = entry.recurs and entry.day and entry.until != entry.day
        cycle = f", then {cycle_in_words(entry.recurs)}" if again else ""
        until = f" until {in_words(str(entry.until))}" if again and entry.until else ""
        when = f"{in_words(str(entry.day))}{cycle}{until}" if entry.day else f"“{entry.deadline.words}”"
        rests = () if entry.rests_on == "the text" or not entry.day else (entry.rests_on,)
        what, place = to_do(entry), upper(paragraph_in_words(entry.paragraph))
        if len(entries) > 1:
            what, place = (
                f"{counted(len(entries), 'task')}, the first of them {what}",
                f"{place}, and the points under it",
            )
        return Item(f"{when}: {who}: {what}", (place, *rests), (self.notes.cite(entry.stated),))

    def _collided(self, day: date, entry: Entry, others: Sequence[Collision]) -> Item:
        """Return a day of the draft with what else the same body has to do within a week of it."""
        who = listed([self._short(name) for name in others[0].other.bearers])
        told = [
            f"{gap((each.other_day - day).days)}, {to_do(each.other)} ({name_of(each.other.document)})"
            for each in others
        ]
        rest = [f"and {number(len(told) - _MANY)} more"] if len(told) > _MANY + 1 else told[_MANY:]
        notes = tuple(dict.fromkeys(self.notes.cite(each.other.stated) for each in others[:_MANY]))
        words = f"{in_words(str(day))} ({paragraph_in_words(entry.paragraph)}): {who} also {'has' if len(told) == 1 else 'has, within a week'}"
        return Item(words, (*told[:_MANY], *rest), notes)

    # where the words come from

    def _words(self) -> Section:
        sources = [
            Item(f"{name_of(key)}: {counted(count, 'paragraph')}, {counted(words, 'word')}")
            for key, count, words in self.found.precedents.sources[:8]
        ]
        long_ = [each for each in self.found.precedents.paragraphs if each.length >= _SHORTEST]
        groups = [
            Group("From where", tuple(sources)),
            *(
                Group(title, tuple(self._precedent(each) for each in long_ if each.likeness is likeness))
                for likeness, title in ((Likeness.VERBATIM, "Word for word"), (Likeness.ADAPTED, "Adapted"))
            ),
            Group("New", tuple(self._new([each for each in long_ if each.likeness is Likeness.NEW]))),
        ]
        short = len(self.found.precedents.paragraphs) - len(long_)
        verb = "is" if short == 1 else "are"
        said = f"{upper(number(short))} of fewer than {number(_SHORTEST)} words {verb} counted and not listed."
        return Section(
            "Where the words come from", tuple(group for group in groups if group.items), (said,) if short else ()
        )

    def _precedent(self, each: Precedent) -> Item:
        match = each.matches[0]
        passage = match.passage
        times = "once" if each.uses.times == 1 else counted(each.uses.times, "time")
        used = f"used {times} before" + (f", first in {each.uses.first.day[:4]}" if each.uses.first else "")
        how = (
            reworded(" ".join(passage.text.split()), " ".join(each.given.text.split()))
            if match.likeness is Likeness.ADAPTED
            else []
        )
        note = self.notes.add(
            passage.document, passage.label, "", passage.text if match.likeness is Likeness.ADAPTED else ""
        )
        place = f"{name_of(passage.document)}, {paragraph_in_words(passage.label)}"
        return Item(f"{upper(paragraph_in_words(each.given.label))}: {place}", (*how, used), (note,))

    def _new(self, new: Sequence[Precedent]) -> Iterator[Item]:
        """Yield the paragraphs that are new, on one line, and those that come near something on theirs."""
        far = [each for each in new if not each.matches or each.matches[0].similarity < _NEAR]
        for each in new:
            if each not in far:
                passage = each.matches[0].passage
                place = f"{name_of(passage.document)}, {paragraph_in_words(passage.label)}"
                note = self.notes.add(passage.document, passage.label, "", passage.text)
                yield Item(f"{upper(paragraph_in_words(each.given.label))}: nearest comes {place}", (), (note,))
        preambular = [int(p[2:]) for p in (each.given.label for each in far) if re.fullmatch(r"pp\d+", p)]
        operative = {int(top[0]) for each in far if (top := re.match(r"\d+", each.given.label))}
        for kind, numbers in (("preambular paragraphs", preambular), ("paragraphs", sorted(operative))):
            if numbers:
                yield Item(f"Without anything like it in the store: {kind} {ranges(numbers)}, or points of them")

    # names

    def _short(self, id_: str) -> str:
        """Return an acronym where that is the id, else a name, else words; a name of the United Nations is said without it."""
        if id_ == id_.upper():
            return id_
        name = label(self.store, id_) or label(self.found.own, id_)
        if not name:
            return shorten(id_)
        bare_name = name.removesuffix(" of the United Nations").removeprefix("United Nations ")
        is_one = bare_name == "Secretary-General" or (" " in bare_name and not bare_name.startswith(_PLURAL))
        return f"the {bare_name}" if is_one else bare_name

    def _who(self, stated: Stated) -> str:
        names = [self._short(name) for name in stated.names]
        return f"for {listed(names)}" if names else ""

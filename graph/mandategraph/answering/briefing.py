"""A mandate brief: who bears what, by subject, with strengths, deadlines, counterparts, changes, open recommendations and figures.

In: the store, and an actor or a mandate in it. Out: a `Brief`: sections of lines, each with notes that name the paragraph and quote it. What is
written is what the graph holds; nothing is summed up in words of the program's own. `exporting.brief` writes it as Markdown, HTML and DOCX.

Of an actor, the mandates are the one that it holds, then the newest one that each body issued and all that later ones are quoted with; named documents replace that choice
(`succession` says which those are, and which is the one before). A recommendation is open where it was made and no later mandate here resembles it.

Limits: a statement stands once, under the subject that most statements of its section share, or, in the order of the text, under the heading
where it stands: the order in which whoever gives the mandate puts its tasks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from mandategraph.answering.agenda import agenda
from mandategraph.answering.asking import ask_rows
from mandategraph.answering.briefs import Brief, Item, Section
from mandategraph.answering.carrying import carries
from mandategraph.answering.comparing import find_mandate, read_mandate
from mandategraph.answering.contents import documents_of
from mandategraph.answering.questions import load_question
from mandategraph.answering.sections import SILENT, Order, Sections, listed
from mandategraph.answering.succession import Succession, texts_of
from mandategraph.answering.targets import Standing, standings
from mandategraph.dates import in_words
from mandategraph.errors import NotFoundError
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.symbols import symbol_of

_MANY = 6
_HOW_TO_READ = (
    "Strength is the pressure of the verb, from 0 (none) to 5 (demand, decide); what binds in law is said beside it: binding (Member States), "
    "internally binding (the organ and the bodies under it), disputed, hortatory (binds nobody), pending (would bind once adopted).",
    "Each line is a statement of the text that its note names and quotes. It was found by rules, which miss some and misread some: what is to be "
    "relied on should be read in the source.",
)


def brief(
    store: GraphStore,
    *,
    actor: str = "",
    mandate: str = "",
    documents: Iterable[str] = (),
    since: str = "",
    on: str = "",
    order: str = Order.THEME,
) -> Brief:
    """Return the brief of an actor, or of a mandate.

    Args:
        store: open.
        actor: id of the actor whose brief it is; or
        mandate: a document, or what documents quote, as `comparing.read_mandate` takes it.
        documents: of an actor, the documents to cover instead of the newest ones.
        since: the mandate to compare with, instead of the one that is found.
        on: of an actor, the ISO 8601 day as of which it is told; all that is known where none is given.
        order: of what is borne and decided, one of `Order`: by theme, or as the mandate has it, under its headings.

    Raises:
        NotFoundError: there is no such mandate or document, or it states nothing of whom is asked about.
    """
    store.filled()
    briefing = _Briefing(store, Order(order))
    return briefing.of_actor(actor, documents, since, on) if actor else briefing.of_mandate(mandate, since)


class _Briefing:
    def __init__(self, store: GraphStore, order: Order) -> None:
        self.store = store
        self.sections = Sections(store, order)
        self.succession = Succession(store)

    def of_actor(self, actor: str, documents: Iterable[str], since: str, on: str = "") -> Brief:
        name, day = self.sections.short(actor), on or str(date.max)
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
            mine = [each for each in borne if each.mandate == mandate and each.act not in SILENT]
            is_other = own and mandate not in own
            words = f"What else {mandate} asks of {name}" if is_other else f"What {name} bears by {mandate}"
            sections.append(self.sections.grouped(words, mine, actor))
            older = [each for each in borne if each.mandate not in mandates]
            carried = _carried_on(older, statements(self.store, find_mandate(self.store, mandate)))
            sections.append(self.sections.grouped(f"What {mandate} carries on of older mandates", carried, actor))
        about = [each for each in toward if each.mandate in mandates]
        decided, owed = ([each for each in about if (each.act == "decision") is is_one] for is_one in (True, False))
        sections.append(self.sections.grouped(f"What is decided of {name}", decided, actor))
        sections.append(self.sections.by_bearer(f"What is asked of others that concerns {name}", owed, skip=actor))
        known = {each.statement: each for each in (*borne, *toward)}
        sections.append(self.sections.deadlines(agenda(self.store, {}), mandates, known))
        texts = dict(texts_of(_adopted(borne)))
        later = texts.pop(mandates[0], [])
        earlier = self.succession.before(later, texts.values())
        if since:
            earlier = [each for each in read_mandate(self.store, since) if actor in each.names]
        sections.append(self.sections.changes(earlier, later))
        asked = self._recommended(
            lambda each: (
                each.adopted <= day
                and (actor in (*each.names, *each.counterparts) or _speaks_of(each.text, (actor, name)))
            )
        )
        sections.append(self.sections.open_recommendations(asked, [each for each in borne if each.mandate in mandates]))
        here = {head.key for head in self.succession.heads.values() if head.adopted <= day}
        found = standings(self.store, actor=actor)
        sections.append(self.sections.figures(_of(found, here)))
        whole = self.sections.name(actor)
        title = f"{name}: mandate brief" if name == whole else f"{name} ({whole}): mandate brief"
        return self._brief(title, mandates, sections, borne or toward, actor=actor)

    def of_mandate(self, name: str, since: str) -> Brief:
        stated = read_mandate(self.store, name)
        mandate = stated[0].mandate
        asked = [each for each in stated if each.act not in {*SILENT, "decision"}]
        counts = Counter(name for each in asked for name in each.names if self.sections.label(name))
        chief = [name for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if count >= _MANY]
        sections = [
            *(
                self.sections.grouped(
                    f"What {self.sections.short(name)} bears", [s for s in asked if name in s.names], name
                )
                for name in chief
            ),
            self.sections.by_bearer("Who else bears what" if chief else "Who bears what", asked, without=chief),
            self.sections.grouped("What it decides", [each for each in stated if each.act == "decision"], ""),
        ]
        entries = agenda(self.store, {"wanted": stated[0].document})
        sections.append(self.sections.deadlines(entries, [mandate], {each.statement: each for each in stated}))
        earlier = (
            read_mandate(self.store, since)
            if since
            else self.succession.before(stated, self.succession.candidates(stated))
        )
        sections.append(self.sections.changes(earlier, stated))
        day = stated[0].adopted
        asked = self._recommended(
            lambda each: each.adopted >= day and self.succession.is_one_line(mandate, stated[0].document, each.document)
        )
        sections.append(self.sections.open_recommendations(asked, []))
        sections.append(self.sections.figures(standings(self.store, document=stated[0].document)))
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
                whose = (
                    self.sections.short(actor or row["actor"]) if actor or row["actor"] else symbol_of(row["source"])
                )
                kind = row["kind"]
                ends_on = f"{'end' if kind == 'measures' else 'ends'} on {in_words(row['until'])}"
                note = self.sections.notes.add(symbol_of(row["document"]), row["paragraph"], "", row["quotation"])
                facts.append(Item(f"The {kind} of {whose} {ends_on}, by {by}.", (), (note,)))
        kept = [section for section in sections if section.groups or section.said]
        return self.sections.notes.numbered(title, facts, [*kept, Section("How to read this", said=_HOW_TO_READ)])

    def _recommended(self, is_wanted: Callable[[Stated], bool]) -> list[Stated]:
        found = [each for each in statements(self.store, Wanted(status="recommended")) if each.act not in SILENT]
        return [each for each in found if is_wanted(each)]

    def _said_of(self, mandate: str, stated: Iterable[Stated]) -> str:
        head = self.succession.heads.get(mandate)
        if head is None:
            sources = sorted({each.document for each in stated if each.mandate == mandate})
            return f"{mandate}, as quoted in {listed(sources)}"
        day = f" of {in_words(head.adopted)}" if head.adopted else ""
        adopted = f", adopted as {head.adopted_as}" if head.adopted_as else ""
        return f"{mandate}{day} ({head.status}{adopted}): {head.title}"


def _of(found: Iterable[Standing], documents: Collection[str]) -> list[Standing]:
    """Return targets of some documents, with what was observed in them."""
    of = (standing for standing in found if standing.target.document in documents)
    kept = (s if s.observation and s.observation.document in documents else replace(s, observation=None) for s in of)
    return list(dict.fromkeys(kept))


def _carried_on(older: Iterable[Stated], newer: Iterable[Stated]) -> list[Stated]:
    """Return the statements of older mandates that a newer one carries on by citing their paragraphs."""
    citing = [each for each in newer if each.provisions]
    return [old for old in older if any(carries(old, new) for new in citing)]


def _adopted(stated: Iterable[Stated]) -> list[Stated]:
    """Return the statements of mandates: what is recommended alone is none."""
    return [each for each in stated if each.status != "recommended" and each.act not in SILENT]


def _speaks_of(text: str, names: Iterable[str]) -> bool:
    return any(name.casefold() in text.casefold() for name in names)

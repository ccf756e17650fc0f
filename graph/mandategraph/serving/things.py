"""One thing of the graph as a page: what it is, its terms, its duties by theme, who asks, with whom, what is due, what is stated of it.

In: a store and an IRI. Out: what the template takes. Ids and IRIs stand in the address alone, and in the files that the page offers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.agenda import agenda
from mandategraph.answering.contents import ContentsOf
from mandategraph.answering.mandates import Mandate, mandates
from mandategraph.keeping.naming import Named, ThingKind
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.facts import Fact
from mandategraph.recalling.facts import facts as stated_facts
from mandategraph.recalling.labels import Labels, labels_of
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import bearers_of, said_of
from mandategraph.recalling.wanted import Wanted
from mandategraph.serving.near import near
from mandategraph.serving.start import looked_from
from mandategraph.serving.tables import FIRST, Cell, Line, Table, link_of, place_of, table
from mandategraph.serving.terms import Chart, draw
from mandategraph.vocabulary import BASE, MG, actor_iri, document_iri, instrument_iri, shorten, theme_iri

# So many duties are shown of a theme, and so many names in a list; the rest is a link away.
_OF_THEME, _NAMES = 4, 12
_FACTS = ("subject", "relation", "object", "document", "paragraph", "quotation")
# What the parts of a page say already, and what only programs read.
_NOT_SHOWN = frozenset(
    (
        "rdf:type skos:prefLabel rdfs:label dcterms:identifier dcterms:title skos:hiddenLabel skos:notation skos:topConceptOf rdfs:isDefinedBy rdfs:subClassOf "
        "mg:bears mg:memberOfTransitive mg:partOfTransitive mg:continuesTransitive mg:minted mg:task mg:ceiling mg:measure mg:exemption mg:criterion "
        "mg:carriedOnBy mg:holder mg:source mg:mandateKind skos:example skos:closeMatch skos:relatedMatch skos:exactMatch skos:broadMatch skos:narrowMatch"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A name with how often, and where it leads."""

    cell: Cell
    count: int


@dataclass(frozen=True, slots=True)
class Theme:
    """Duties on one theme: its name and number, some of them, and where all are."""

    name: Cell
    count: int
    lines: tuple[Line, ...]
    link: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """A mandate on the page of its holder, or its terms on its own: its name, its state and last day, and its sentence."""

    name: Cell
    state: str
    until: str
    by: Cell


def thing_page(store: GraphStore, thing: Named, today: date) -> dict[str, Any]:
    """Return what the page of a thing takes, looked at from a day as `looked_from` gives it."""
    labels, today = labels_of(store), looked_from(store, today)
    shown: dict[str, Any] = {
        "kind": "mandate" if thing.iri.startswith(BASE + "mandate/") else str(thing.kind),
        "day": str(today),
        "iri": thing.iri,
        "path": thing.iri.removeprefix(BASE),
        "title": labels.title(thing.iri),
        "short": labels.of(thing.iri) if labels.of(thing.iri) != labels.title(thing.iri) else "",
        "name": labels.of(thing.iri),
        "facts": facts(store, thing.iri, labels),
        "text": None,
        "chart": None,
        "terms": (),
        "due": (),
        "themes": (),
        "lists": (),
        "near": None,
        "given_to": (),
        "source": "",
        "stated": None,
    }
    make = {
        ThingKind.ACTOR: _actor,
        ThingKind.INSTRUMENT: _instrument,
        ThingKind.THEME: _theme,
    }.get(thing.kind)
    if make:
        shown |= make(store, thing, labels, today)
    elif thing.iri.startswith(BASE + "mandate/"):
        shown |= _mandate(store, thing.iri, labels, today)
    return shown


def facts(store: GraphStore, iri: str, labels: Labels) -> list[tuple[str, list[Cell]]]:
    """Return what is said of a thing itself: each property in words, with its values, links before words."""
    found: dict[str, dict[str, Cell]] = defaultdict(dict)
    for quad in said_of(store, iri):
        name = shorten(quad.predicate.value)
        if name not in _NOT_SHOWN and not name.startswith("owl:"):
            cell = Cell(labels.text(quad.object), link_of(quad.object))
            found[labels.of(quad.predicate.value) if quad.predicate.value.startswith(MG) else labels.word(name)][
                cell.text
            ] = cell
    return [
        (words, [values[key] for key in sorted(values, key=str.casefold)][:_NAMES])
        for words, values in sorted(found.items())
    ]


def _actor(store: GraphStore, thing: Named, labels: Labels, today: date) -> dict[str, Any]:
    duties = statements(store, Wanted(bearers=(thing.id,), is_obligation=True))
    lists = (
        ("Who asks", _counted((actor_iri(each.issuer) for each in duties if each.issuer), labels)),
        ("With whom", _counted((actor_iri(id_) for each in duties for id_ in each.counterparts), labels)),
        ("Whom it asks", _counted(bearers_of(store, thing.iri, "mg:issuer"), labels)),
        ("Who must deal with it", _counted(bearers_of(store, thing.iri, "mg:counterpart"), labels)),
    )
    return {
        **_held(mandates(store, holder=thing.id), labels, today),
        "themes": _by_theme(duties, labels, {"actor": labels.of(thing.iri)}),
        "duties": len(duties),
        "all_duties": f"/obligations?{urlencode({'actor': labels.of(thing.iri)})}",
        "near": near(store, thing.iri, duties, labels),
        "due": _due(store, thing.id, labels, today),
        "due_link": f"/timeline?{urlencode({'actor': labels.of(thing.iri)})}",
        "lists": tuple((name, found) for name, found in lists if found),
        "stated": _stated(store, thing.iri),
    }


def _instrument(store: GraphStore, thing: Named, labels: Labels, today: date) -> dict[str, Any]:
    own = next(
        (head.key for head in documents(store) if head.instrument and instrument_iri(head.instrument) == thing.iri), ""
    )
    under = statements(store, Wanted(under=(thing.id,)))
    duties = [each for each in under if each.is_obligation]
    lists = (
        ("Cited by", _counted((document_iri(each.document) for each in under if thing.id in each.cites), labels)),
        (
            "Who is asked under it",
            _counted((party.iri for each in duties for party in each.bearers if not party.described), labels),
        ),
    )
    text = Cell(labels.title(document_iri(own)), link_of(NamedNode(document_iri(own)))) if own else None
    title = text.text if text else labels.title(thing.iri)
    return {
        **_held(mandates(store, holder=thing.id), labels, today),
        "title": title,
        "short": labels.of(thing.iri) if labels.of(thing.iri) != title else "",
        "text": text,
        "themes": _by_theme(duties, labels, {"instrument": thing.id}),
        "duties": len(duties),
        "all_duties": f"/obligations?{urlencode({'instrument': thing.id})}",
        "lists": tuple((name, found) for name, found in lists if found),
        "stated": _stated(store, thing.iri),
    }


def _theme(store: GraphStore, thing: Named, labels: Labels, _: date) -> dict[str, Any]:
    duties = statements(store, Wanted(themes=(thing.id,), is_obligation=True))
    lists = (
        (
            "Who is asked",
            _counted((party.iri for each in duties for party in each.bearers if not party.described), labels),
        ),
        ("In which documents", _counted((document_iri(each.document) for each in duties), labels)),
    )
    lines = tuple(
        _line(each, labels)
        for each in sorted(duties, key=lambda each: (each.adopted, each.strength), reverse=True)[:FIRST]
    )
    name = Cell("The newest")
    link = f"/obligations?{urlencode({'subject': labels.of(thing.iri)})}"
    return {
        "themes": (Theme(name, len(duties), lines[:20], link),) if lines else (),
        "duties": len(duties),
        "all_duties": link,
        "lists": tuple((said, found) for said, found in lists if found),
    }


def _mandate(store: GraphStore, iri: str, labels: Labels, today: date) -> dict[str, Any]:
    found = [each for each in mandates(store) if each.iri == iri]
    holder = next(
        (
            quad.object
            for name in ("holder", "source")
            for quad in said_of(store, iri)
            if quad.predicate.value == MG + name
        ),
        None,
    )
    contents = ContentsOf(store).on(found[0], str(date.max)).given if found else ()
    given: dict[str, list[Line]] = defaultdict(list)
    for each in contents:
        where = Cell(
            labels.cite(each.document, each.paragraph), place_of(NamedNode(document_iri(each.document)), each.paragraph)
        )
        carried = f"carried on by {each.carried_by}" if each.carried_by else ""
        given[each.what].append(Line((Cell(each.words, note=carried), where)))
    title = labels.of(iri)
    return {
        **_held(found, labels, today, is_own=True),
        "title": title[:1].upper() + title[1:],
        "short": "",
        "facts": [("whose", [Cell(labels.title(holder.value), link_of(holder))])]
        if isinstance(holder, NamedNode)
        else [],
        "given_to": tuple(given.items()),
        "source": labels.of(holder.value) if isinstance(holder, NamedNode) and "/instrument/" in holder.value else "",
    }


def _held(found: Sequence[Mandate], labels: Labels, today: date, *, is_own: bool = False) -> dict[str, Any]:
    """Return the chart of some mandates, and a line each; of one mandate a line a term, the newest first."""
    lines = []
    for mandate in found:
        for term in reversed(mandate.terms) if is_own else [mandate.last]:
            where = Cell(
                labels.cite(term.document, term.paragraph),
                place_of(NamedNode(document_iri(term.document)), term.paragraph),
            )
            name = Cell(
                f"{labels.word(term.step)} {term.day}" if is_own else labels.of(mandate.iri),
                "" if is_own else link_of(NamedNode(mandate.iri)),
                term.about or mandate.measure,
            )
            state = "" if is_own and term is not mandate.last else mandate.state(str(today))
            lines.append(TermLine(name, state, term.end, where))
    chart: Chart | None = draw(found, str(today), labels) if found else None
    return {"chart": chart, "terms": tuple(lines)}


def _by_theme(duties: Iterable[Stated], labels: Labels, given: dict[str, str]) -> tuple[Theme, ...]:
    """Return duties by theme, the themes of most duties first, of each those of the newest documents and the strongest verbs first."""
    of: dict[str, list[Stated]] = defaultdict(list)
    for each in duties:
        for theme in each.themes or ("",):
            of[theme].append(each)
    found = []
    for theme, stated in sorted(of.items(), key=lambda item: (-len(item[1]), item[0])):
        first = sorted(stated, key=lambda each: (each.adopted, each.strength, each.document), reverse=True)[:_OF_THEME]
        name = labels.of(theme_iri(theme)) if theme else "no theme"
        link = f"/obligations?{urlencode(given | {'subject': name})}" if theme else f"/obligations?{urlencode(given)}"
        cell = Cell(name, f"/{theme_iri(theme).removeprefix(BASE)}" if theme else "")
        found.append(Theme(cell, len(stated), tuple(_line(each, labels) for each in first), link))
    return tuple(found)


def _line(stated: Stated, labels: Labels) -> Line:
    """Return a duty as a line: who asks whom, by when, where, and the sentence."""
    who = ", ".join(party.described or labels.of(party.iri) for party in stated.bearers)
    document = NamedNode(document_iri(stated.document))
    where = Cell(
        labels.cite(stated.document, stated.paragraph),
        place_of(document, stated.paragraph),
        labels.subject(stated.document),
    )
    return Line((Cell(who), Cell("; ".join(stated.when)), Cell(f"{stated.strength} of 5"), where), stated.text)


def _counted(iris: Iterable[str], labels: Labels) -> tuple[Counted, ...]:
    """Return things with how often each is met, the most often first."""
    counts = Counter(iris).most_common(_NAMES)
    is_document = BASE + "document/"
    found = []
    for iri, n in counts:
        note = labels.subject(labels.key(iri)) if iri.startswith(is_document) else ""
        found.append(Counted(Cell(labels.of(iri), link_of(NamedNode(iri)), note), n))
    return tuple(found)


def _due(store: GraphStore, actor: str, labels: Labels, today: date) -> tuple[tuple[str, str, Cell, str], ...]:
    """Return what an actor has to do by which day, what is to come first: the day, what, where, and how often."""
    found = []
    for entry in agenda(store, {"actor": actor}):
        day = entry.falls(today, None) or entry.day
        if day:
            where = Cell(
                labels.cite(entry.document, entry.paragraph),
                place_of(NamedNode(document_iri(entry.document)), entry.paragraph),
            )
            recurs = labels.text(Literal(entry.recurs)) if entry.recurs else ""
            found.append((str(day), entry.actions or entry.stated.verb, where, f"every {recurs}" if recurs else ""))
    found.sort(key=lambda each: each[:2])
    coming = [each for each in found if each[0] >= str(today)]
    return (*coming, *reversed(found[: len(found) - len(coming)]))[:_NAMES]


def _stated(store: GraphStore, iri: str) -> Table | None:
    rows = sorted(map(_fact, stated_facts(store, ends=[iri])), key=lambda row: tuple(map(text_of, row)))
    return table(store, Rows(_FACTS, tuple(rows)), size=FIRST) if rows else None


def _fact(fact: Fact) -> tuple[Bindable, ...]:
    ends = (NamedNode(fact.subject), Literal(fact.relation), NamedNode(fact.object))
    return (*ends, NamedNode(document_iri(fact.document)), Literal(fact.paragraph), Literal(fact.quotation))

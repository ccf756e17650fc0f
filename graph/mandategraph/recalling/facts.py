"""The store -> figures, stated facts, and terms of mandates. The inverse of `describing.facts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import keys
from mandategraph.recalling.lookups import Lookup
from mandategraph.recalling.rows import plain, select
from mandategraph.recalling.wanted import linked
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import MG, OA, actor_iri, concept_iri, document_iri, shorten

_FIGURES = """
  ?indicator a mg:Indicator ; mg:inDocument ?document ; mg:inParagraph ?place ; mg:value ?value ; mg:unit ?unit ; mg:isTarget ?aim ;
    mg:evidence ?passage .
  ?place mg:label ?paragraph . ?passage oa:start ?start ; oa:end ?end . OPTIONAL { ?place mg:text ?words }
  OPTIONAL { ?indicator mg:measures ?measures } OPTIONAL { ?indicator mg:about ?actor } OPTIONAL { ?indicator mg:sex ?sex }
  OPTIONAL { ?indicator mg:time ?time } OPTIONAL { ?indicator mg:bound ?bound }"""
_FACTS = """
  ?fact a mg:Relation ; mg:subject ?subject ; mg:relationName ?name ; mg:object ?object ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:evidence ?passage . ?passage oa:exact ?words ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?fact mg:until ?until } OPTIONAL { ?fact mg:lasts ?lasts }"""
_TERMS = """
  ?term mg:ofMandate ?mandate ; mg:step ?step ; mg:byInstrument ?instrument ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:evidence ?passage .
  ?passage oa:exact ?words ; oa:start ?start .
  ?mandate mg:mandateKind ?kind ; mg:holder|mg:source ?whose .
  ?document dcterms:date ?day .
  OPTIONAL { ?term mg:until ?until } OPTIONAL { ?term mg:lasts ?lasts } OPTIONAL { ?term mg:decidedBy ?decision }
  OPTIONAL { ?term mg:since ?since } OPTIONAL { ?term mg:follows ?follows } OPTIONAL { ?term mg:automaticIf ?condition }
  OPTIONAL { ?term mg:decides ?about }"""

_SET = "?statement mg:sanction ?kind ; mg:inParagraph ?place"
_ON = "?statement mg:sanctionOn ?on ; mg:inParagraph ?place"
_STATE = concept_iri("actor-type", "state")
_CITING = "?term mg:decidedBy ?statement . ?statement mg:citesProvision ?place"
_KNOWN: WeakKeyDictionary[GraphStore, tuple[TermOf, ...]] = WeakKeyDictionary()
# What `mg:sanction` says of a statement that imposes nothing.
NO_MEASURES = frozenset({"exemption", "criteria"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, by its IRI: a legal target, or what was observed.

    Attributes:
        value: in its unit: percent (0-100), count, USD, per_100000.
        bound: of a target, "at_most" or "at_least" where the text says so, else "".
        measures: what it counts, in words; `sex`: "female", "male" or "".
        actor: id of whom it is about, or "".
        time: ISO 8601 year, month or day, "" where the words say none.
        document, paragraph: where it stands, and `start` and `end` in the source in code points; `quotation`: the paragraph.
    """

    iri: str
    document: str
    paragraph: str
    start: int
    end: int
    value: float
    unit: str
    is_target: bool
    bound: str
    measures: str
    sex: str
    actor: str
    time: str
    quotation: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated fact, by its IRI: the relation of a subject to an object, by their IRIs, where it stands, and until when it says that it holds."""

    iri: str
    document: str
    paragraph: str
    start: int
    end: int
    subject: str
    relation: str
    object: str
    until: str
    lasts: str
    quotation: str


@dataclass(frozen=True, slots=True)
class TermOf:
    """One decision about a mandate, by its IRI.

    Attributes:
        mandate: IRI; `kind` and `whose` it is: the id of its holder, where it `is_held`, or of the instrument that it goes back to.
        step: founds, continues or ends.
        day: ISO 8601 day of the document; `until`: a day, or `lasts`: a period from then, "" where the text gives none.
        since: ISO 8601 day or month that a period counts from, "" where the text names none; `follows`: it counts from the end of the term before.
        condition: on which it goes on by itself, or ""; `about`: what is decided, in words, where no holder says it.
        statement: IRI of the decision, "" where another document tells of it.
        measures: kinds of measures that it is about: those that it names, else those that the paragraphs impose which it cites; none where it
            names none, or their document is not in the store; `cites`: whether it cites paragraphs.
        state: id of the State that they are on, "" where they are on somebody else, or the decision does not say.
    """

    iri: str
    mandate: str
    kind: str
    whose: str
    is_held: bool
    step: str
    day: str
    until: str
    lasts: str
    instrument: str
    document: str
    paragraph: str
    statement: str
    quotation: str
    since: str
    follows: bool
    condition: str
    about: str
    measures: tuple[str, ...]
    cites: bool
    state: str


def figures(store: GraphStore, *, is_target: bool | None = None) -> list[Figure]:
    """Return the figures, by document and in the order of the text: targets, or what was observed, or both."""
    columns = "?document ?paragraph ?start ?end ?value ?unit ?aim ?bound ?measures ?sex ?actor ?time ?words ?indicator"
    found, known = [], keys(store)
    for row in plain(select(store, columns, _FIGURES, order="?document ?start")):
        document, paragraph, start, end, value, unit, aim, bound, measures, sex, actor, time, words, iri = row
        if is_target in {None, aim == "true"}:
            place = (known[document], paragraph, int(start), int(end), float(value), shorten(unit))
            found.append(Figure(iri, *place, aim == "true", bound, measures, sex, shorten(actor), time, words))
    return found


def facts(
    store: GraphStore, *, documents: Iterable[str] = (), ends: Iterable[str] = (), relation: str = ""
) -> list[Fact]:
    """Return the stated facts, by document and in the order of the text.

    Args:
        store: open.
        documents: keys: only what one of them says; all where none is given.
        ends: IRIs: only facts of which one of them is subject or object.
        relation: only facts of this name, as "extends".
    """
    choice = linked("mg:inDocument", map(document_iri, documents), subject="fact") + linked("?as", ends, subject="fact")
    columns = "?document ?paragraph ?start ?end ?subject ?name ?object ?until ?lasts ?words ?fact"
    rows = plain(select(store, columns, choice + _FACTS, order="?document ?start ?name ?subject ?object"))
    known = keys(store)
    found = (
        Fact(iri, known[document], paragraph, int(start), int(end), *said)
        for document, paragraph, start, end, *said, iri in rows
    )
    return [fact for fact in found if relation in {"", fact.relation}]


def terms(store: GraphStore) -> list[TermOf]:
    """Return the terms of all mandates, those of one together and in the order in which they were decided; of a store that nobody writes to they are read once."""
    if not store.is_still:
        return _read_terms(store)
    if store not in _KNOWN:
        _KNOWN[store] = tuple(_read_terms(store))
    return list(_KNOWN[store])


def _read_terms(store: GraphStore) -> list[TermOf]:
    columns = "?mandate ?kind ?whose ?step ?day ?until ?lasts ?instrument ?document ?paragraph ?decision ?words ?since ?follows ?condition ?about ?start ?term"
    known, on, (named, citing) = keys(store), _states(store), _measures(store)
    return [
        TermOf(
            term, mandate, shorten(kind), symbol_of(shorten(whose)), whose.startswith(actor_iri("")), shorten(step), day, until, lasts, symbol_of(shorten(instrument)),
            known[document], paragraph, decision, words, since, bool(follows), condition, about, named.get(decision, ()), decision in citing, on.get(decision, ""),
        )
        for mandate, kind, whose, step, day, until, lasts, instrument, document, paragraph, decision, words, since, follows, condition, about, _, term in plain(
            select(store, columns, _TERMS, order="?mandate ?day ?document ?start")
        )
    ]  # fmt: skip


def _measures(store: GraphStore) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Return the kinds of measures that decisions about measures are about, and which of them cite paragraphs, by their IRIs."""
    named: dict[str, list[str]] = defaultdict(list)
    imposed: list[tuple[str, str]] = []
    for statement, place, kind in plain(
        select(store, "?statement ?place ?kind", _SET, order="?place ?statement ?kind")
    ):
        if kind not in NO_MEASURES:
            named[statement].append(kind)
            imposed.append((place, kind))
    cited: dict[str, list[str]] = defaultdict(list)
    for statement, place in plain(select(store, "?statement ?place", _CITING, order="?statement ?place")):
        there = (kind for at, kind in imposed if at == place or at.startswith(f"{place}__"))
        cited[statement] += there
    citing = frozenset(cited)
    found = {iri: tuple(dict.fromkeys(named[iri] or cited[iri])) for iri in {*named, *cited}}
    return found, citing


def _states(store: GraphStore) -> dict[str, str]:
    """Return the States on which decisions impose measures, as their paragraphs name them, by the IRIs of the decisions."""
    rows, lookup = list(plain(select(store, "?statement ?on ?place", _ON))), Lookup(store, is_whole=False)
    get = lookup.of
    mentions = {place: lookup.to(place, MG + "inParagraph") for *_, place in rows}
    nodes = [node for them in mentions.values() for node in them]
    words, named = get(nodes, OA + "exact"), get(nodes, MG + "names")
    states = get({thing for things in named.values() for thing in things}, MG + "actorType", value=_STATE)
    return {
        statement: shorten(thing)
        for statement, on, place in rows
        for node in mentions[place]
        if words.get(node) == [on]
        for thing in named.get(node, ())
        if thing in states
    }


def successions(store: GraphStore) -> list[tuple[str, str]]:
    """Return the mandates that took the place of others, by their IRIs: the newer and the older."""
    rows = plain(select(store, "?newer ?older", "?newer a mg:Mandate ; mg:succeeds ?older", order="?newer ?older"))
    return [(newer, older) for newer, older in rows]

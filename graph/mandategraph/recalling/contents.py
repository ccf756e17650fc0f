"""The store -> what documents give to mandates beside their terms, and on whom decisions lay something. The inverse of `describing.facts`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents, keys
from mandategraph.recalling.lookups import Lookup
from mandategraph.recalling.rows import plain, select
from mandategraph.recalling.things import place_of
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import MG, actor_iri, document_iri, shorten

_GIVEN = """
  VALUES ?what { mg:task mg:ceiling mg:carriedOnBy mg:measure mg:exemption mg:criterion }
  ?mandate ?what ?thing . ?thing mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:rule ?rule .
  ?document dcterms:date ?day .
  OPTIONAL { ?thing mg:text ?said ; mg:trigger/oa:start ?at }
  OPTIONAL { ?thing mg:measures ?of ; mg:value ?value ; mg:evidence/oa:start ?seen }
  BIND (COALESCE(?said, ?of) AS ?words)
  BIND (COALESCE(?at, ?seen) AS ?start)"""
_PLACES = """
  ?mandate mg:carriedOnBy ?thing . ?thing mg:citesProvision ?place . OPTIONAL { ?place mg:label ?label ; mg:inDocument/eli:realizes ?cited }"""
_CITED = "?mandate mg:carriedOnBy ?thing . ?thing mg:cites ?cited"


@dataclass(frozen=True, slots=True)
class Citing:
    """A statement that cites paragraphs: what it does, the ids of the paragraphs, whose words it has, and the ISO 8601 day of that."""

    act: str
    provisions: tuple[str, ...]
    mandate: str
    enacted: str


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that a document gives to a mandate.

    Attributes:
        what: task, ceiling, measure, exemption or criterion; or carriedOnBy, for what goes on with older tasks.
        words: as printed, white space folded, for a ceiling the figure and what it counts.
        day: of the document, ISO 8601.
        carried_by: the document that carries it on, "" where its own sets it out.
    """

    what: str
    iri: str
    document: str
    paragraph: str
    day: str
    words: str
    rule: str
    carried_by: str = ""


def given(store: GraphStore) -> dict[str, list[Given]]:
    """Return what documents give to mandates, by the IRIs of the mandates: the newest first, and in the order of the text."""
    found: dict[str, list[Given]] = defaultdict(list)
    known = keys(store)
    columns = "?mandate ?what ?thing ?document ?day ?paragraph ?rule ?words ?value ?start"
    for row in plain(select(store, columns, _GIVEN, order="DESC(?day) ?document ?start ?what")):
        mandate, what, thing, document, day, paragraph, rule, words, value, _ = row
        said = " ".join(words.split()).rstrip(" ;,.")
        said = f"{float(value):,.0f} {said}" if value else said
        place = (known[document], paragraph, day)
        found[mandate].append(Given(what.rpartition("#")[2], thing, *place, said, rule))
    return found


def carried_places(store: GraphStore) -> dict[str, list[tuple[str, str]]]:
    """Return what statements carry on, by their IRIs: symbols with labels of paragraphs, the label "" for what is cited as a whole."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    columns = "?thing ?cited ?place ?label"
    for thing, cited, place, label in plain(select(store, columns, _PLACES, order="?cited ?place")):
        found[thing].append(_place(cited or place, label))
    for thing, cited in plain(select(store, "?thing ?cited", _CITED, order="?cited")):
        symbol = symbol_of(shorten(cited))
        if symbol not in {known for known, _ in found[thing]}:
            found[thing].append((symbol, ""))
    return found


class Laying:
    """What instruments lay on those who hold mandates, as tasks or as who is addressed, and which statements cite a paragraph.

    Args:
        store: open.
        is_whole: go through all of the store at once, for whoever asks of most of it; else what is asked is looked up.
    """

    def __init__(self, store: GraphStore, *, is_whole: bool) -> None:
        self._store = store
        self._lookup = Lookup(store, is_whole=is_whole)
        self.laid_on = cache(self._laid_on)
        self.whom = cache(self._whom)
        self.citing = cache(self._citing)
        self._heads: Mapping[str, Head] = {document_iri(head.key): head for head in documents(store)}
        self._days = {head.instrument: head.adopted for head in self._heads.values() if head.instrument}
        self._all = _Whole(self._lookup) if is_whole else None

    def _laid_on(self, holder: str) -> Mapping[str, int]:
        """Return how many statements each instrument, by its symbol, lays on a holder, by its id."""
        actor = actor_iri(holder)
        if self._all:
            on = self._all.on.get(actor, set())
        else:
            on = self._to(actor, "addressee").union(*map(self._tasks, self._to(actor, "holder")))
        return Counter(instrument for _, instrument in self._laid(on))

    def _whom(self, statement: str) -> tuple[str, ...]:
        """Return the ids of those who hold mandates and on whom a statement, by its IRI, lays something."""
        if self._all:
            on = self._all.whom.get(statement, set())
        else:
            holders = (actor for actor in self._of({statement}, "addressee") if self._to(actor, "holder"))
            on = {*holders, *self._of(self._to(statement, "task"), "holder")}
        return tuple(sorted(map(shorten, on))) if on and list(self._laid({statement})) else ()

    def _laid(self, statements: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield statements that lay something on anybody, each with the symbol of the instrument whose words it has."""
        given = self._all
        acts = given.acts if given else self._lookup.of(statements, MG + "act")
        quoted = given.quoted if given else self._lookup.of(statements, MG + "quotedFrom")
        for iri in statements:
            if iri in acts and shorten(acts[iri][0]) != "assertion":
                head = self._heads[iri.partition("#")[0]]
                yield iri, symbol_of(shorten(quoted[iri][0])) if iri in quoted else head.key

    def _citing(self, place: str) -> tuple[Citing, ...]:
        """Return the statements that cite a paragraph, by its id."""
        key, _, element = place.partition("#")
        statements = (self._all.cited if self._all else {}).get(place) or (
            set() if self._all else self._to(f"{document_iri(key)}#{element}", "citesProvision")
        )
        given = self._all
        acts, quoted, places = (
            (given.acts, given.quoted, given.cites)
            if given
            else tuple(self._lookup.of(statements, MG + name) for name in ("act", "quotedFrom", "citesProvision"))
        )
        found = []
        for iri in sorted(statements):
            head, from_ = self._heads[iri.partition("#")[0]], quoted.get(iri, ("",))[0]
            mandate = symbol_of(shorten(from_)) if from_ else head.key
            enacted = self._days.get(shorten(from_), "") if from_ else head.adopted
            found.append(Citing(shorten(acts[iri][0]), tuple(map(shorten, places[iri])), mandate, enacted))
        return tuple(found)

    def _to(self, iri: str, property_: str) -> set[str]:
        """Return what has a thing by a property."""
        quads = self._store.store.quads_for_pattern(None, NamedNode(MG + property_), NamedNode(iri), None)
        return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}

    def _of(self, nodes: Collection[str], property_: str) -> set[str]:
        return {end for ends in self._lookup.of(nodes, MG + property_).values() for end in ends}

    def _tasks(self, mandate: str) -> set[str]:
        return self._of({mandate}, "task")


class _Whole:
    """The same of all statements: on whom each lays something, what each does, from what it quotes, and what it cites."""

    def __init__(self, lookup: Lookup) -> None:
        held, self.acts, self.quoted, self.cites = (
            lookup.of(None, MG + name) for name in ("holder", "act", "quotedFrom", "citesProvision")
        )
        holders = {actor for actors in held.values() for actor in actors}
        self.whom: dict[str, set[str]] = defaultdict(set)
        for iri, actors in lookup.of(None, MG + "addressee").items():
            self.whom[iri] |= holders.intersection(actors)
        for mandate, tasks in lookup.of(held.keys(), MG + "task").items():
            for iri in tasks:
                self.whom[iri] |= set(held[mandate])
        self.on, self.cited = (defaultdict[str, set[str]](set) for _ in range(2))
        for iri, on in self.whom.items():
            for actor in on:
                self.on[actor].add(iri)
        for iri, places in self.cites.items():
            for place in places:
                self.cited[shorten(place)].add(iri)


def _place(cited: str, label: str) -> tuple[str, str]:
    """Return symbol and label of what is cited, an instrument or, where its document is not in the store, a paragraph's IRI."""
    instrument, place = place_of(cited)
    return instrument, label or place

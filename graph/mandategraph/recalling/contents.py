"""The store -> what documents give to mandates beside their terms, and on whom decisions lay something. The inverse of `describing.facts`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents, keys
from mandategraph.recalling.lookups import Lookup
from mandategraph.recalling.rows import plain, select
from mandategraph.recalling.things import place_of
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import MG, document_iri, shorten

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
_CITING = """
  ?statement mg:citesProvision ?place ; mg:act ?act ; mg:inDocument ?document . OPTIONAL { ?statement mg:quotedFrom ?quoted }"""


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


def laid(store: GraphStore) -> list[tuple[str, str, str]]:
    """Return what instruments lay on those who hold mandates, as tasks or as who is addressed: statements (IRIs), instruments, ids of holders."""
    known, get = keys(store), Lookup(store, is_whole=True).of
    held, acts, quoted = (get(None, MG + name) for name in ("holder", "act", "quotedFrom"))
    holders = {actor for actors in held.values() for actor in actors}
    addressed = ((iri, actor) for iri, actors in get(None, MG + "addressee").items() for actor in actors)
    on = {(iri, actor) for iri, actor in addressed if actor in holders}
    for mandate, tasks in get(held.keys(), MG + "task").items():
        on |= {(iri, actor) for iri in tasks for actor in held[mandate]}
    found = []
    for iri, actor in sorted(on):
        if shorten(acts[iri][0]) != "assertion":
            instrument = symbol_of(shorten(quoted[iri][0])) if iri in quoted else known[iri.partition("#")[0]]
            found.append((iri, instrument, shorten(actor)))
    return found


def citing(store: GraphStore) -> list[Citing]:
    """Return the statements that cite paragraphs."""
    heads = {document_iri(head.key): head for head in documents(store)}
    days = {head.instrument: head.adopted for head in heads.values() if head.instrument}
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    columns = "?statement ?place ?act ?document ?quoted"
    for iri, place, act, document, quoted in sorted(plain(select(store, columns, _CITING))):
        mandate = symbol_of(shorten(quoted)) if quoted else heads[document].key
        enacted = days.get(shorten(quoted), "") if quoted else heads[document].adopted
        found[iri, shorten(act), mandate, enacted].append(shorten(place))
    return [Citing(act, tuple(places), mandate, enacted) for (_, act, mandate, enacted), places in found.items()]


def _place(cited: str, label: str) -> tuple[str, str]:
    """Return symbol and label of what is cited, an instrument or, where its document is not in the store, a paragraph's IRI."""
    instrument, place = place_of(cited)
    return instrument, label or place

"""The store -> documents: what each says of itself, its paragraphs, whom it names, what is not read of it, its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import plain, select
from mandategraph.recalling.wanted import linked, one_of
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import document_iri, shorten

_HEADS = """
  ?document a mg:Document ; dcterms:identifier ?key ; mg:genre ?genre ; mg:status ?status ; mg:sourceName ?source .
  OPTIONAL { ?document dcterms:date ?adopted } OPTIONAL { ?document mg:issuingBody ?body } OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:language ?language }
  OPTIONAL { ?document eli:realizes ?instrument OPTIONAL { ?instrument mg:adoptedAs ?as } }"""
_PARAGRAPHS = """
  ?paragraph mg:inDocument ?document ; mg:label ?label ; mg:paragraphKind ?kind ; mg:text ?text ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?paragraph mg:leadIn/mg:label ?above }"""
_MENTIONS = "?mention oa:hasSource ?document ; a mg:Mention ; mg:names ?thing ; oa:start ?start ; oa:end ?end . "
_OMISSIONS = """
  ?omission oa:hasSource ?document ; a mg:Omission ; oa:start ?start ; oa:end ?end ; mg:omissionReason ?reason . """
_OF_MANDATES = """
  { SELECT DISTINCT ?thing WHERE { { ?mandate mg:holder ?thing } UNION { ?mandate mg:source ?thing } UNION { ?term mg:byInstrument ?thing } } }
  ?mention mg:names ?thing ; oa:hasSource ?document . ?document dcterms:date ?day . """
# Of a store that nobody writes to the documents are read once: nearly every answer asks for them, several times.
_KNOWN: WeakKeyDictionary[GraphStore, tuple[Head, ...]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says of itself.

    Attributes:
        key: that it is known by; `source`: name of its file.
        adopted: ISO 8601 day, month or year, "" where none is known.
        language: of its words by ISO 639-1, "" where it could not be told.
        instrument: id of the instrument whose words it has, as an IRI has it, or ""; `adopted_as`: what that was adopted as.
    """

    key: str
    genre: str
    status: str
    source: str
    adopted: str = ""
    body: str = ""
    title: str = ""
    language: str = ""
    instrument: str = ""
    adopted_as: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphOf:
    """A paragraph of a document: its kind, its words, the label of what it hangs under, and where it stands in code points."""

    document: str
    label: str
    kind: str
    above: str
    text: str
    start: int
    end: int


def documents(store: GraphStore, iri: str = "") -> list[Head]:
    """Return what the documents say of themselves, in the order of their IRIs; of one by its IRI, or of all."""
    if store.is_still and not iri:
        if store not in _KNOWN:
            _KNOWN[store] = tuple(_heads(store, ""))
        return list(_KNOWN[store])
    return list(_heads(store, one_of("document", [iri] if iri else [])))


def remember(store: GraphStore, heads: Iterable[Head]) -> None:
    """Take what the documents of a store say of themselves from whoever has read it already; only of a store that nobody writes to."""
    if store.is_still and store not in _KNOWN:
        _KNOWN[store] = tuple(sorted(heads, key=lambda head: document_iri(head.key)))


def adoptions(store: GraphStore) -> dict[str, str]:
    """Return as what instruments were adopted, symbols by ids; another document may say it than the one that has the words."""
    found: dict[str, str] = {}
    for instrument, as_ in plain(select(store, "?instrument ?as", "?instrument mg:adoptedAs ?as", order="?instrument ?as")):  # fmt: skip
        found.setdefault(shorten(instrument), symbol_of(shorten(as_)))
    return found


def _heads(store: GraphStore, choice: str) -> Iterable[Head]:
    columns = "?document ?key ?genre ?status ?source ?adopted ?body ?title ?language ?instrument ?as"
    found: dict[str, Head] = {}
    for row in plain(select(store, columns, choice + _HEADS, order="?document ?instrument ?as")):
        document, key, genre, status, source, adopted, body, title, language, instrument, as_ = row
        said = (source, adopted, body, title, language, shorten(instrument), symbol_of(shorten(as_)))
        found.setdefault(document, Head(key, shorten(genre), shorten(status), *said))
    return found.values()


def keys(store: GraphStore) -> dict[str, str]:
    """Return the keys of documents by their IRIs: a key that is the name of a file is not to be read off its IRI."""
    rows = plain(select(store, "?document ?key", "?document a mg:Document ; dcterms:identifier ?key"))
    return {row[0]: row[1] for row in rows}


def source_place(store: GraphStore, document: str) -> tuple[str, int, int]:
    """Return the source of the file in which a document stands, by its key, and where it begins and ends there in code points."""
    iri = NamedNode(document_iri(document))
    patterns = f"{iri} dcterms:isPartOf?/mg:sourceText ?text OPTIONAL {{ {iri} oa:start ?start ; oa:end ?end }}"
    text, start, end = next(plain(select(store, "?text ?start ?end", patterns)), ("", "", ""))
    return text, int(start or 0), int(end or len(text))


def source_text(store: GraphStore, document: str) -> str:
    """Return the source of the file in which a document stands, by its key, "" where there is none."""
    return source_place(store, document)[0]


def enclosed_in(store: GraphStore, document: str) -> list[tuple[int, int, str, str]]:
    """Return the documents that stand in the file of another, by its key: starts and ends in code points, IRIs and keys, in order."""
    patterns = f"?part dcterms:isPartOf {NamedNode(document_iri(document))} ; dcterms:identifier ?key ; oa:start ?start ; oa:end ?end"
    rows = plain(select(store, "?part ?key ?start ?end", patterns, order="?start"))
    return [(int(start), int(end), part, key) for part, key, start, end in rows]


def paragraphs(store: GraphStore, document: str = "") -> list[ParagraphOf]:
    """Return the paragraphs of a document by its key, in the order of the source; of all where none is given."""
    choice = linked("mg:inDocument", [document_iri(document)] if document else [], subject="paragraph")
    columns = "?document ?label ?kind ?above ?text ?start ?end"
    rows = plain(select(store, columns, choice + _PARAGRAPHS, order="?document ?start"))
    known = {document_iri(document): document} if document else keys(store)
    return [
        ParagraphOf(known[of], label, kind, above, text, int(start), int(end))
        for of, label, kind, above, text, start, end in rows
    ]


def mentions(store: GraphStore, document: str) -> list[tuple[str, int, int]]:
    """Return who and what a document names, by its key: IRIs with starts and ends in code points, in order."""
    choice = linked("oa:hasSource", [document_iri(document)], subject="mention")
    rows = plain(select(store, "?mention ?thing ?start ?end", choice + _MENTIONS, order="?start"))
    return [(thing, int(start), int(end)) for _, thing, start, end in rows]


def last_mentions(store: GraphStore, day: str) -> dict[str, tuple[str, str]]:
    """Return when whoever has a mandate, and what founded or decided one, is last named, by id: the ISO 8601 day, and the key of the document.

    Nothing after a day counts.
    """
    known, found = keys(store), dict[str, tuple[str, str]]()
    for thing, document, said in plain(select(store, "?thing ?document ?day", _OF_MANDATES, order="?day ?document")):
        if said <= day:
            id_ = symbol_of(shorten(thing))
            found[id_] = max(found.get(id_, ("", "")), (said, known[document]))
    return found


def omissions(store: GraphStore, document: str) -> list[tuple[int, int, str]]:
    """Return what of a document's source is not read, by its key: starts and ends in code points, and why, in order."""
    choice = linked("oa:hasSource", [document_iri(document)], subject="omission")
    rows = plain(select(store, "?omission ?start ?end ?reason", choice + _OMISSIONS, order="?start ?reason"))
    return [(int(start), int(end), reason) for _, start, end, reason in rows]


def citations(store: GraphStore, document: str) -> frozenset[str]:
    """Return the symbols of what a document cites, by its key."""
    rows = plain(select(store, "?instrument", f"{NamedNode(document_iri(document))} eli:cites ?instrument"))
    return frozenset(symbol_of(shorten(row[0])) for row in rows)


def state_of(store: GraphStore, document: str) -> str:
    """Return the State that a document names most, by its key, or ""."""
    states = "FILTER EXISTS { ?thing mg:actorType <https://w3id.org/mandategraph/actor-type/state> }"
    choice = linked("oa:hasSource", [document_iri(document)], subject="mention")
    rows = plain(select(store, "?mention ?thing", choice + _MENTIONS + states))
    counts = Counter(shorten(thing) for _, thing in rows)
    return min(counts, key=lambda state: (-counts[state], state), default="")

"""IRIs: namespaces, and how the IRI of each thing is minted.

In: keys of records (symbols, labels, offsets, ids). Out: IRIs as text. The same record always gets the same IRI; none
holds a clock or a counter. Paragraph fragments follow the element ids of Akoma Ntoso for the United Nations
(`para_28__point_a__point_iii`, `rec_3`); a stretch of text is `#char=start,end` (RFC 5147).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote

BASE = "https://w3id.org/mandategraph/"
_BAR = "\u2223"
MG = BASE + "ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
ELI = "http://data.europa.eu/eli/ontology#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
QB = "http://purl.org/linked-data/cube#"
TIME = "http://www.w3.org/2006/time#"
UNBIS = "http://metadata.un.org/thesaurus/"
OWL = "http://www.w3.org/2002/07/owl#"
ODRL = "http://www.w3.org/ns/odrl/2/"
UNDO = "https://w3id.org/un/ontology/undo/"

PREFIXES = {
    "mg": MG,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "org": ORG,
    "foaf": FOAF,
    "eli": ELI,
    "oa": OA,
    "prov": PROV,
    "qb": QB,
    "time": TIME,
    "owl": OWL,
    "odrl": ODRL,
    "undo": UNDO,
    "actor": BASE + "actor/",
    "instrument": BASE + "instrument/",
    "verb": BASE + "verb/",
    "theme": BASE + "theme/",
    "graph": BASE + "graph/",
}

GAZETTEER_GRAPH = BASE + "graph/gazetteer"
ONTOLOGY_GRAPH = BASE + "graph/ontology"
INFERRED_GRAPH = BASE + "graph/inferred"
HISTORY_GRAPH = BASE + "graph/history"
META_GRAPH = BASE + "graph/store"
ORIGINS_GRAPH = BASE + "graph/origins"
CORRECTIONS_GRAPH = BASE + "graph/corrections"
PROGRAM = BASE + "program"
INDICATORS = BASE + "indicators"

SCHEMES = (
    "document/",
    "actor/",
    "instrument/",
    "verb/",
    "theme/",
    "act/",
    "status/",
    "bindingness/",
    "genre/",
    "unit/",
    "actor-type/",
    "instrument-type/",
    "regime/",
    "change/",
    "mandate/",
    "mandate-kind/",
    "step/",
)
# A document symbol has no underscore: where one stands in its IRI, it is a space.
_SYMBOL = re.compile(r"[A-Z]{1,8}/")
_PARTS = {"annex": "att", "part": "part"}
_PART = re.compile(r"^(?P<kind>annex|part(?=-))(?:-(?P<mark>\w+))?(?=[/(]|$)")
_SAFE = "/().,:;_-~!'"
_LEVEL = re.compile(r"\((?P<mark>[^()]+)\)|/(?P<count>[^/()]+)")


def document_iri(key: str) -> str:
    """Return the IRI of a document by its key, which is its named graph's too.

    Example:
        >>> document_iri("S/RES/2374 (2017)")
        'https://w3id.org/mandategraph/document/S/RES/2374(2017)'
    """
    return BASE + "document/" + _path(key)


def corrections_iri(key: str) -> str:
    """Return the IRI of the graph that says what became of corrections in a document."""
    return f"{CORRECTIONS_GRAPH}/{_path(key)}"


def correction_iri(id_: str) -> str:
    """Return the IRI of a correction by its id."""
    return f"{BASE}correction/{id_}"


def person_iri(name: str) -> str:
    """Return the IRI of a person who corrects, by the name that he or she gives."""
    return f"{BASE}person/{_path(name)}"


def instrument_iri(id_: str) -> str:
    """Return the IRI of an instrument by its symbol or id."""
    return BASE + "instrument/" + _path(id_)


def actor_iri(id_: str) -> str:
    """Return the IRI of an actor by its id."""
    return BASE + "actor/" + _path(id_)


def theme_iri(id_: str) -> str:
    """Return the IRI of a theme."""
    return BASE + "theme/" + _path(id_)


def verb_iri(verb: str) -> str:
    """Return the IRI of an operative verb's concept."""
    return BASE + "verb/" + _path(verb.replace(" ", "-"))


def mandate_iri(kind: str, id_: str) -> str:
    """Return the IRI of a mandate, measures or an authorization, by the id of its holder or of the instrument it goes back to."""
    return BASE + f"mandate/{kind}/" + _path(id_)


def concept_iri(scheme: str, id_: str) -> str:
    """Return the IRI of a concept of a small scheme: `act`, `status`, `actor-type`, `instrument-type`, `unit`."""
    return f"{BASE}{scheme}/{_path(id_)}"


def paragraph_iri(document: str, label: str) -> str:
    """Return the IRI of a paragraph.

    Example:
        >>> paragraph_iri("https://example.org/d", "annex/28(a)(iii)/2")
        'https://example.org/d#att_1__para_28__point_a__point_iii__indent_2'
    """
    return f"{document}#{element_id(label)}"


@lru_cache(maxsize=65_536)
def element_id(label: str) -> str:
    """Return the element id of a paragraph's label, with the abbreviations of the Akoma Ntoso Naming Convention 1.0."""
    bare, _, again = label.partition("~")
    parts = []
    if part := _PART.match(bare):
        parts.append(f"{_PARTS[part['kind']]}_{part['mark'] or 1}")
        bare = bare[part.end() :].removeprefix("/")
    head = re.match(r"^[^/()]+", bare)
    first = head[0] if head else ""
    if first.isdigit():
        parts.append(f"para_{first}")
    elif re.fullmatch(r"pp\d+", first):
        parts.append(f"rec_{first[2:]}")
    elif first:
        parts.append(f"sec_{quote(first, safe='-')}")
    for level in _LEVEL.finditer(bare[len(first) :]):
        if level["mark"]:
            parts.append(f"point_{level['mark']}")
        else:
            parts.append(f"indent_{level['count']}" if level["count"].isdigit() else quote(level["count"], safe="-"))
    return "__".join(parts) + (f"__{again}" if again else "")


def passage_iri(document: str, start: int, end: int) -> str:
    """Return the IRI of a stretch of a document's source text, by code points."""
    return f"{document}#char={start},{end}"


def bounds_of(passage: str) -> tuple[int, int]:
    """Return where a stretch begins and ends in its source text, in code points, by its IRI.

    Example:
        >>> bounds_of(passage_iri("https://example.org/d", 17, 29))
        (17, 29)
    """
    start, _, end = passage.rpartition("#char=")[2].partition(",")
    return int(start), int(end)


def comparison_iri(earlier: str, later: str) -> str:
    """Return the IRI of a comparison of two mandates by their keys."""
    return f"{BASE}comparison/{_path(earlier)}/with/{_path(later)}"


def part_iri(document: str, kind: str, *place: int | str) -> str:
    """Return the IRI of a statement, deadline, party, indicator or relation by where it stands."""
    return f"{document}#{'-'.join((kind, *(quote(str(p), safe='') for p in place)))}"


def joined(values: Iterable[str]) -> str:
    """Return a list as one literal, a bar between its values; a bar within a value is written as another sign, which looks like it.

    Example:
        >>> joined(["when it rains", "a|b"]), parted(joined(["when it rains", "a|b"]))
        ('when it rains|a∣b', ['when it rains', 'a|b'])
    """
    return "|".join(value.replace("|", _BAR) for value in values)


def parted(listed: str) -> list[str]:
    """Return the values of a list that `joined` wrote."""
    return [value.replace(_BAR, "|") for value in listed.split("|")] if listed else []


def camel(name: str) -> str:
    """Return a relation's name as a property: `signatory_of` is `signatoryOf`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def expand(name: str) -> str:
    """Return the IRI that a prefixed name stands for.

    Example:
        >>> expand("skos:Concept")
        'http://www.w3.org/2004/02/skos/core#Concept'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=65_536)
def shorten(iri: str) -> str:
    """Return an IRI as people know it: the key of a document, actor or instrument, else with its prefix.

    Example:
        >>> shorten(document_iri("A/RES/78/250 B")), shorten(document_iri("my_note"))
        ('A/RES/78/250 B', 'my_note')
    """
    local = iri.removeprefix(BASE)
    for scheme in SCHEMES:
        if local != iri and local.startswith(scheme):
            key, mark, part = unquote(local.removeprefix(scheme)).partition("#")
            return f"{key.replace('_', ' ') if _SYMBOL.match(key) else key}{mark}{part}"
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return local


@lru_cache(maxsize=65_536)
def _path(key: str) -> str:
    return quote(re.sub(r"\s+(?=\()", "", key).replace(" ", "_"), safe=_SAFE)


ROLES = {
    "recipient": "recipient",
    "partner": "partner",
    "beneficiary": "beneficiary",
    "agent": "agent",
    "object": "actsOn",
}
"""Roles of counterparts (annotation guidelines) -> the properties of the ontology."""

"""Data files -> SKOS schemes in Turtle (`ontology/verbs.ttl`, `themes.ttl`); ontology -> context of JSON-LD (`context.jsonld`).

These files are written from their sources (`python -m mandategraph.describing.schemes`), and a test
compares: one source, never two.
"""

from __future__ import annotations

import json
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from mandategraph.describing.terms import Graph, integer, mg
from mandategraph.lexicon import Tables, load_tables
from mandategraph.records import Act
from mandategraph.vocabulary import (
    BASE,
    DCTERMS,
    MG,
    ONTOLOGY_GRAPH,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
    UNBIS,
    XSD,
    concept_iri,
    expand,
    theme_iri,
    verb_iri,
)

_TITLES = {
    "act": "Acts",
    "status": "Statuses",
    "bindingness": "Bindingness",
    "genre": "Genres",
    "unit": "Units",
    "actor-type": "Actor types",
    "instrument-type": "Instrument types",
    "change": "Changes between mandates",
}
_VERB_SCHEMES = ("act", "status", "bindingness")
_ORDER = (
    "Verbs are ordered by pressure, 0 (none) to 5 (demand): the tone of the verb, not what it binds to. The order of "
    "invite, encourage, call upon, urge and demand follows J. Gruenberg, An Analysis of United Nations Security Council "
    "Resolutions: Are All Countries Treated Equally?, Case Western Reserve Journal of International Law 41 (2009)."
)


def verbs_turtle(tables: Tables) -> str:
    """Return the schemes of operative verbs, acts, statuses and bindingness."""
    graph = Graph(ONTOLOGY_GRAPH)
    _scheme(graph, "verbs", "Operative and preambular verbs")
    for lemma, (act, strength) in sorted(_lemmas(tables).items()):
        _verb(graph, lemma, act, strength)
    for scheme in _VERB_SCHEMES:
        _small_scheme(graph, scheme, tables)
    for rule in tables.bindingness:
        note = Literal(f"{rule.id}: {rule.reason} ({rule.source})", language="en")
        for value in {rule.bindingness, rule.until_adopted}:
            graph.add(concept_iri("bindingness", value.value), (SKOS + "editorialNote", note))
    graph.add(concept_iri("scheme", "verbs"), (SKOS + "editorialNote", Literal(_ORDER, language="en")))
    return _turtle(graph)


def themes_turtle(tables: Tables) -> str:
    """Return the schemes of themes, genres, units, actor types and instrument types."""
    graph = Graph(ONTOLOGY_GRAPH)
    _scheme(graph, "themes", "Themes")
    for theme in tables.themes:
        iri = theme_iri(theme.id)
        _concept(graph, iri, "themes", theme.label)
        graph.add(iri, *((SKOS + "hiddenLabel", Literal(word, language="en")) for word in theme.keywords))
        if theme.unbis:
            graph.add(iri, (SKOS + "closeMatch", NamedNode(UNBIS + theme.unbis)))
    for scheme in (s for s in _TITLES if s not in _VERB_SCHEMES):
        _small_scheme(graph, scheme, tables)
    return _turtle(graph)


def _small_scheme(graph: Graph, scheme: str, tables: Tables) -> None:
    _scheme(graph, scheme, _TITLES[scheme])
    for concept in tables.concepts:
        if concept.scheme == scheme:
            iri = concept_iri(scheme, concept.id)
            _concept(graph, iri, scheme, concept.label)
            graph.add(iri, (SKOS + "definition", Literal(concept.definition, language="en")))
            if concept.match:
                graph.add(iri, (SKOS + "closeMatch", NamedNode(expand(concept.match))))


def _lemmas(tables: Tables) -> dict[str, tuple[Act, int]]:
    """Return act and strength of every lemma; a verb's own row goes before the adjectives that share its lemma."""
    lemmas = {f"express {noun.lemma}": (noun.act, noun.strength) for noun in tables.nouns.values()}
    for verb in sorted(tables.verbs, key=lambda v: v.frame == "adjective"):
        if verb.frame != "express":
            lemmas.setdefault(verb.verb, (verb.act, verb.strength))
    return lemmas


def _scheme(graph: Graph, name: str, title: str) -> None:
    iri = concept_iri("scheme", name)
    graph.type(iri, SKOS + "ConceptScheme")
    graph.add(iri, (DCTERMS + "title", Literal(title, language="en")))


def _concept(graph: Graph, iri: str, scheme: str, label: str) -> None:
    graph.type(iri, SKOS + "Concept")
    graph.add(
        iri,
        (SKOS + "prefLabel", Literal(label, language="en")),
        (SKOS + "inScheme", NamedNode(concept_iri("scheme", scheme))),
    )


def _verb(graph: Graph, verb: str, act: Act, strength: int) -> None:
    iri = verb_iri(verb)
    _concept(graph, iri, "verbs", verb)
    graph.add(iri, (mg("act"), NamedNode(concept_iri("act", act.value))), (mg("strength"), integer(strength)))


def _turtle(graph: Graph) -> str:
    triples = sorted({Triple(q.subject, q.predicate, q.object) for q in graph.quads()}, key=str)
    head = "# Written from the data files; do not edit.\n"
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return head + (written or b"").decode()


def json_ld_context(ontology: bytes) -> str:
    """Return the JSON-LD context of the terms of an ontology: each term by its name, with what its values are.

    Prefixes that share their name with a term (`verb`, `theme`, `time`) give way to it, and those of single actors and
    instruments with them: ids stand as full IRIs.
    """
    facts: dict[str, dict[str, set[str]]] = {}
    for triple in parse(ontology, format=RdfFormat.TURTLE):
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(MG):
            said = facts.setdefault(triple.subject.value.removeprefix(MG), {})
            said.setdefault(triple.predicate.value, set()).add(str(getattr(triple.object, "value", "")))
    terms: dict[str, object] = {}
    for name, said in sorted(facts.items()):
        kinds, ranges = said[RDF + "type"], said.get(RDFS + "range", set())
        datatype = next((r.replace(XSD, "xsd:") for r in ranges if r.startswith(XSD) and r != XSD + "string"), "")
        coerced = "@id" if OWL + "ObjectProperty" in kinds else datatype
        terms[name] = {"@id": f"mg:{name}", "@type": coerced} if coerced else f"mg:{name}"
    prefixes = {p: iri for p, iri in PREFIXES.items() if p not in terms and (p == "mg" or not iri.startswith(BASE))}
    return json.dumps({"@context": prefixes | terms}, indent=1) + "\n"


def write(folder: Path) -> None:
    """Write the files into the ontology folder of a checkout."""
    tables = load_tables()
    (folder / "verbs.ttl").write_text(verbs_turtle(tables), encoding="utf-8")
    (folder / "themes.ttl").write_text(themes_turtle(tables), encoding="utf-8")
    (folder / "context.jsonld").write_text(json_ld_context((folder / "mandate.ttl").read_bytes()), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[3] / "ontology")

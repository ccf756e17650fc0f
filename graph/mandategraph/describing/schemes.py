"""Data files -> SKOS schemes in Turtle: `ontology/verbs.ttl` and `ontology/themes.ttl`.

The files in `ontology/` are written from the data files (`python -m mandategraph.describing.schemes`), and a test
compares: one source, never two.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from mandategraph.describing.terms import Graph, integer, mg
from mandategraph.lexicon import Tables, load_tables
from mandategraph.records import Act, Bindingness, Status
from mandategraph.vocabulary import DCTERMS, ONTOLOGY_GRAPH, PREFIXES, SKOS, UNBIS, concept_iri, theme_iri, verb_iri

_ACTS = {
    Act.DIRECTIVE: "Somebody is to do something, however softly.",
    Act.AUTHORIZATION: "Somebody may do something.",
    Act.PROHIBITION: "Somebody shall not do something.",
    Act.DECISION: "The issuer constitutes or changes something itself.",
    Act.COMMITMENT: "The speaker binds itself.",
    Act.ASSERTION: "Everything else that a body says: condemn, welcome, note, recall.",
}
_STATUSES = {
    Status.ADOPTED: "Adopted by the issuing body.",
    Status.DRAFT: "Stands in a draft.",
    Status.CONCLUSIONS: "Conclusions of a working group.",
    Status.RECOMMENDED: "Wording that one body suggests another should adopt.",
    Status.QUOTED: "Words of another instrument, reproduced.",
    Status.STATEMENT: "A delegation speaks.",
}

_BINDINGNESS = {
    Bindingness.BINDING: "Binds Member States in law.",
    Bindingness.INTERNALLY_BINDING: "Binds the organ itself, or the bodies and officers of the Organization under it.",
    Bindingness.DISPUTED: "Whether it binds is disputed.",
    Bindingness.HORTATORY: "Calls for something and binds nobody.",
    Bindingness.DECLARATORY: "Asks nothing: it states, values or recalls.",
    Bindingness.PENDING: "Would bind, in one way or another, once adopted; stands in a draft or a recommendation.",
}
_ORDER = (
    "Verbs are ordered by pressure, 0 (none) to 5 (demand): the tone of the verb, not what it binds to. The order of "
    "invite, encourage, call upon, urge and demand follows J. Gruenberg, An Analysis of United Nations Security Council "
    "Resolutions: Are All Countries Treated Equally?, Case Western Reserve Journal of International Law 41 (2009)."
)


def verbs_turtle(tables: Tables) -> str:
    """Return the schemes of operative verbs, acts and statuses."""
    graph = Graph(ONTOLOGY_GRAPH)
    _scheme(graph, "verbs", "Operative and preambular verbs")
    for lemma, (act, strength) in sorted(_lemmas(tables).items()):
        _verb(graph, lemma, act, strength)
    for scheme, title, values in (("act", "Acts", _ACTS), ("status", "Statuses", _STATUSES)):
        _scheme(graph, scheme, title)
        for value, definition in values.items():
            iri = concept_iri(scheme, value.value)
            _concept(graph, iri, scheme, value.value)
            graph.add(iri, (SKOS + "definition", Literal(definition, language="en")))
    _scheme(graph, "bindingness", "Bindingness")
    for bindingness, definition in _BINDINGNESS.items():
        iri = concept_iri("bindingness", bindingness.value)
        _concept(graph, iri, "bindingness", bindingness.value.replace("_", " "))
        rules = [r for r in tables.bindingness if bindingness in {r.bindingness, r.until_adopted}]
        graph.add(
            iri,
            (SKOS + "definition", Literal(definition, language="en")),
            *((SKOS + "editorialNote", Literal(f"{r.id}: {r.reason} ({r.source})", language="en")) for r in rules),
        )
    graph.add(concept_iri("scheme", "verbs"), (SKOS + "editorialNote", Literal(_ORDER, language="en")))
    return _turtle(graph)


def themes_turtle(tables: Tables) -> str:
    """Return the schemes of themes, actor types, instrument types and units."""
    graph = Graph(ONTOLOGY_GRAPH)
    _scheme(graph, "themes", "Themes")
    for theme in tables.themes:
        iri = theme_iri(theme.id)
        _concept(graph, iri, "themes", theme.label)
        graph.add(iri, *((SKOS + "hiddenLabel", Literal(word, language="en")) for word in theme.keywords))
        if theme.unbis:
            graph.add(iri, (SKOS + "closeMatch", NamedNode(UNBIS + theme.unbis)))
    types = {"actor-type": set[str](), "instrument-type": set[str]()}
    for entry in tables.gazetteer.entries:
        types[f"{entry.kind.value}-type"].add(entry.type)
    for kind, type_ in tables.types.values():
        types[f"{kind.value}-type"].add(type_)
    for scheme, values in (*types.items(), ("unit", {"percent", "count", "USD", "per_100000"})):
        _scheme(graph, scheme, scheme.replace("-", " ").capitalize() + "s")
        for value in sorted(values - {""}):
            _concept(graph, concept_iri(scheme, value), scheme, value.replace("_", " "))
    return _turtle(graph)


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


def write(folder: Path) -> None:
    """Write the files into the ontology folder of a checkout."""
    tables = load_tables()
    (folder / "verbs.ttl").write_text(verbs_turtle(tables), encoding="utf-8")
    (folder / "themes.ttl").write_text(themes_turtle(tables), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[3] / "ontology")

"""What a store holds, as questions: its documents, the actors that they name, and obligations by what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping

from mandategraph.asking import Parameter, Question

_DOCUMENTS = """
SELECT ?document ?date ?status ?title (COUNT(DISTINCT ?s) AS ?statements) (COUNT(DISTINCT ?o) AS ?obligations) WHERE {
  ?document a mg:Document ; mg:status ?status .
  OPTIONAL { ?document dcterms:date ?date } OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?s a mg:Statement ; mg:inDocument ?document OPTIONAL { ?s a mg:Obligation BIND (?s AS ?o) } }
} GROUP BY ?document ?date ?status ?title ORDER BY ?document"""
_ACTORS = """
SELECT ?actor ?label ?type ?bears ?mentions ?new WHERE {
  { SELECT ?actor (COUNT(?m) AS ?mentions) (MIN(?name) AS ?label) (MIN(?of) AS ?type) (MAX(?minted) AS ?new) WHERE {
      GRAPH ?document { ?actor a mg:Actor ; skos:prefLabel|rdfs:label ?name . OPTIONAL { ?actor mg:actorType ?of }
        OPTIONAL { ?actor mg:minted ?minted } OPTIONAL { ?m a mg:Mention ; mg:names ?actor } }
      FILTER (?document != graph:gazetteer)
    } GROUP BY ?actor }
  OPTIONAL { SELECT ?actor (COUNT(DISTINCT ?o) AS ?bears) WHERE { ?actor mg:bears ?o } GROUP BY ?actor }
} ORDER BY DESC(?bears) DESC(?mentions) ?actor"""
_OBLIGATIONS = """
SELECT %s ?addressee ?act ?verb ?strength ?actions ?due ?document ?paragraph ?quotation WHERE {
  ?s a mg:Obligation ; mg:act ?act ; mg:verbLemma ?verb ; mg:strength ?strength ; mg:actionList ?list ;
    mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:text ?quotation ; mg:trigger/oa:start ?start .
  BIND (REPLACE(?list, "\\\\|", ", ") AS ?actions)
  OPTIONAL { ?s mg:addressee ?addressee } OPTIONAL { ?s mg:due ?due }
  %s
} ORDER BY ?document ?start ?addressee"""
_FILTERS = {
    "actor": ("actor", "FILTER (?addressee = ?actor)"),
    "wanted": ("document", "FILTER (?document = ?wanted)"),
    "instrument": ("instrument", "?s mg:cites ?instrument ."),
    "subject": ("theme", "?s mg:theme ?subject ."),
    "after": ("date", "FILTER (BOUND(?due) && ?due >= ?after)"),
    "before": ("date", "FILTER (BOUND(?due) && ?due <= ?before)"),
    "minimum": ("integer", "FILTER (?strength >= ?minimum)"),
}
DOCUMENTS = Question("documents", "", "", (), _DOCUMENTS)
ACTORS = Question("actors", "", "", (), _ACTORS)


def obligations(given: Mapping[str, str]) -> Question:
    """Return the question for obligations that fit what is given, with a parameter for each.

    Args:
        given: values by name: actor, wanted (a document), instrument, subject (a theme), after and before (days that bound
            when it is due), minimum (strength); only the names count here, the values are bound when it is asked.
    """
    names = [name for name in _FILTERS if name in given]
    text = _OBLIGATIONS % (" ".join(f"?{name}" for name in names), "\n  ".join(_FILTERS[name][1] for name in names))
    return Question("obligations", "", "", tuple(Parameter(name, _FILTERS[name][0], None, "") for name in names), text)

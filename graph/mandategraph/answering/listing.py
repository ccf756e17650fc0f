"""What a store holds, as questions: its documents, the actors that they name, and obligations by what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping

from mandategraph.answering.asking import Parameter, Question

_DOCUMENTS = """
SELECT ?document ?date ?status ?title (COUNT(DISTINCT ?s) AS ?statements) (COUNT(DISTINCT ?o) AS ?obligations)
    (MIN(?other) AS ?conflict) WHERE {
  ?document a mg:Document ; mg:status ?status .
  OPTIONAL { ?document mg:symbol ?symbol . ?other mg:symbol ?symbol FILTER (?other != ?document) }
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
_BUSIEST = """
SELECT ?actor (COUNT(DISTINCT ?o) AS ?bears) WHERE { ?actor mg:bears ?o } GROUP BY ?actor ORDER BY DESC(?bears) ?actor LIMIT 25"""
_OBLIGATIONS = """
SELECT %s ?addressee ?act ?verb ?strength ?actions ?due ?document ?paragraph ?quotation WHERE {
  ?s a mg:Obligation ; mg:act ?act ; mg:verbLemma ?verb ; mg:strength ?strength ; mg:actionWords ?list ;
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
_DEADLINES = """
SELECT %s ?due ?recurs ?session ?when ?kind ?addressee ?verb ?actions ?document ?paragraph ?quotation ?adopted ?lasts ?statement ?deadline ?status ?quoted WHERE {
  ?s mg:deadline ?deadline ; a mg:Obligation ; mg:status ?status ; mg:verbLemma ?verb ; mg:actionWords ?list ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:text ?quotation ; mg:trigger/oa:start ?start .
  ?deadline mg:position ?position ; mg:deadlineKind ?kind ; mg:surface ?when .
  OPTIONAL { ?s mg:addressee ?addressee } OPTIONAL { ?document dcterms:date ?dated }
  OPTIONAL { ?s mg:quotedFrom ?quoted OPTIONAL { ?own eli:realizes ?quoted ; dcterms:date ?since } }
  BIND (IF(BOUND(?quoted), ?since, ?dated) AS ?adopted)
  OPTIONAL { ?deadline time:hasXSDDuration ?time ; mg:period ?lasts } BIND (?s AS ?statement)
  OPTIONAL { ?deadline mg:recurs ?cycle ; mg:period ?recurs }
  OPTIONAL { ?deadline time:inXSDDate ?due } OPTIONAL { ?deadline mg:session ?session }
  BIND (REPLACE(?list, "\\\\|", ", ") AS ?actions)
  %s
} ORDER BY ?document ?start ?position ?addressee"""
_STATEMENTS = """
SELECT %s ?quotedFrom ?statement ?document ?adopted ?paragraph ?section ?verb ?act ?strength ?bindingness ?status ?actions ?conditions
    ?quotation WHERE {
  %s
  ?statement mg:inDocument ?document ; mg:inParagraph ?place ; mg:verbLemma ?verb ; mg:act ?act ; mg:strength ?strength ;
    mg:bindingness ?bindingness ; mg:status ?status ; mg:actionList ?actions ; mg:text ?quotation ; mg:trigger/oa:start ?start .
  ?place mg:label ?paragraph .
  FILTER EXISTS { ?statement a mg:Statement }
  OPTIONAL { ?place mg:sectionTitle ?section } OPTIONAL { ?statement mg:conditionList ?conditions }
  OPTIONAL { ?statement mg:quotedFrom ?quotedFrom }
  OPTIONAL { ?document dcterms:date ?adopted }
} ORDER BY ?document ?start"""
_PARTS = """
SELECT %s ?statement ?what ?value WHERE {
  {
    %s
    ?statement mg:party ?party . ?party mg:position ?n ; mg:names ?thing .
    BIND (mg:party AS ?property)
  } UNION {
    %s
    ?statement ?property ?thing .
    FILTER (?property IN (mg:counterpart, mg:theme, mg:cites, mg:citesProvision))
  } UNION {
    %s
    ?statement mg:deadline ?deadline . ?deadline mg:position ?n ; ?property ?thing .
    FILTER (?property IN (mg:surface, time:inXSDDate))
  } UNION {
    %s
    ?statement mg:deadline ?deadline . ?deadline mg:position ?n ; mg:recurs ?cycle ; mg:period ?thing .
    BIND (mg:recurs AS ?property)
  }
  OPTIONAL { ?thing a mg:DescribedParty ; rdfs:label ?words }
  BIND (COALESCE(?words, ?thing) AS ?value)
  BIND (STRAFTER(STR(?property), "#") AS ?what)
} ORDER BY ?statement ?what ?n ?value"""
_FIGURES = """
SELECT ?value ?unit ?measures ?actor ?sex ?time ?document ?paragraph ?quotation WHERE {
  ?indicator mg:isTarget false ; mg:about ?actor ; mg:value ?value ; mg:unit ?unit ; mg:measures ?measures ; mg:inDocument ?document ;
    mg:inParagraph ?place ; mg:evidence/oa:start ?start .
  ?place mg:label ?paragraph ; mg:text ?quotation .
  OPTIONAL { ?indicator mg:sex ?sex } OPTIONAL { ?indicator mg:time ?time }
} ORDER BY ?document ?start"""
_HEADS = """
SELECT ?document ?adopted ?status ?body ?title ?as WHERE {
  ?document a mg:Document ; mg:status ?status .
  OPTIONAL { ?document dcterms:date ?adopted } OPTIONAL { ?document mg:issuingBody ?body } OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document eli:realizes/mg:adoptedAs ?as }
} ORDER BY ?document"""
_CITATIONS = "SELECT ?document ?instrument WHERE { ?document eli:cites ?instrument }"
_STATE = """
SELECT ?document ?state (COUNT(DISTINCT ?mention) AS ?times) WHERE {
  ?mention oa:hasSource ?document ; mg:names ?state .
  FILTER EXISTS { ?state mg:actorType <https://w3id.org/mandategraph/actor-type/state> }
} GROUP BY ?document ?state ORDER BY DESC(?times) ?state LIMIT 1"""
_OF_DOCUMENT = (Parameter("document", "document", None, ""),)
_OF_MANDATE = {
    "wanted": (
        "document",
        "?statement mg:inDocument ?wanted . FILTER NOT EXISTS { ?statement mg:quotedFrom ?another }",
    ),
    "quoted": ("instrument", "?statement mg:quotedFrom ?quoted ."),
    "quoting": ("document", "?statement mg:inDocument ?quoting ."),
    "bearer": ("actor", "?statement mg:addressee ?bearer ."),
    "toward": ("actor", "?statement mg:counterpart ?toward ."),
    "standing": ("theme", "?statement mg:status ?standing ."),
    "subject": ("theme", "?statement mg:theme ?subject ."),
}
DOCUMENTS = Question("documents", "", "", (), _DOCUMENTS)
ACTORS = Question("actors", "", "", (), _ACTORS)
BUSIEST = Question("busiest", "", "", (), _BUSIEST)
FIGURES = Question("figures", "", "", (), _FIGURES)
HEADS = Question("heads", "", "", (), _HEADS)
CITATIONS = Question("citations", "", "", _OF_DOCUMENT, _CITATIONS)
STATE = Question("state", "", "", _OF_DOCUMENT, _STATE)


def obligations(given: Mapping[str, str], *, with_instruments: bool = False) -> Question:
    """Return the question for obligations that fit what is given, with a parameter for each: a row an addressee and a day.

    Args:
        given: values by name: actor, wanted (a document), instrument, subject (a theme), after and before (days that bound
            when it is due), minimum (strength); only the names count here, the values are bound when it is asked.
        with_instruments: a row for each instrument that an obligation cites, in the column `cited`.
    """
    text = _OBLIGATIONS
    if with_instruments:
        text = text.replace("?document", "?cited ?document", 1).replace(
            "  %s\n", "  OPTIONAL { ?s mg:cites ?cited }\n  %s\n"
        )
    return _filtered("obligations", text, given)


def deadlines(given: Mapping[str, str]) -> Question:
    """Return the question for deadlines and cycles of obligations, a row a deadline and an addressee; `given` as for
    `obligations`, less minimum.
    """
    return _filtered("deadlines", _DEADLINES, given)


def statements_of(given: Mapping[str, str]) -> Question:
    """Return the question for statements: `wanted`, a document's own; `quoted`, those of an instrument, which may be in the document
    `quoting`; `bearer`, `toward` (a counterpart), `subject` (a theme),
    `standing` (IRI of a status).
    """
    return _filtered("statements", _STATEMENTS, given, _OF_MANDATE)


def parts_of_statements(given: Mapping[str, str]) -> Question:
    """Return the question for what those statements have several of: addressees, themes, deadlines, what they cite."""
    return _filtered("parts", _PARTS, given, _OF_MANDATE)


def question(text: str) -> Question:
    """Return a question of the program's own that takes nothing."""
    return Question("own", "", "", (), text)


def _filtered(
    name: str, text: str, given: Mapping[str, str], filters: Mapping[str, tuple[str, str]] = _FILTERS
) -> Question:
    names = [each for each in filters if each in given]
    head, *rest = text.split("%s")
    projected, chosen = " ".join(f"?{each}" for each in names), "\n  ".join(filters[each][1] for each in names)
    filled = f"{head}{projected}{chosen.join(rest)}"
    return Question(name, "", "", tuple(Parameter(each, filters[each][0], None, "") for each in names), filled)

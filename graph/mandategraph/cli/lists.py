"""`documents`, `actors`, `obligations`: what the graph holds, filtered."""

from __future__ import annotations

from pathlib import Path

import click

from mandategraph.cli.output import format_option, guarded, store_option, write_answer

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
SELECT ?actor ?instrument ?minimum ?before ?wanted ?addressee ?act ?verb ?strength ?actions ?due ?document ?paragraph ?quotation WHERE {
  ?s a mg:Obligation ; mg:act ?act ; mg:verbLemma ?verb ; mg:strength ?strength ; mg:actionList ?list ;
    mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:text ?quotation ; mg:trigger/oa:start ?start .
  BIND (REPLACE(?list, "\\\\|", ", ") AS ?actions)
  OPTIONAL { ?s mg:addressee ?addressee } OPTIONAL { ?s mg:due ?due }
  %s
} ORDER BY ?document ?start ?addressee"""


@click.command()
@store_option
@format_option
@click.option("--status", help="Only documents of this status (adopted, draft, conclusions, ...).")
@guarded
def documents(store_path: Path, format_: str, status: str | None) -> None:
    """List the documents in the store."""
    from mandategraph.asking import Question

    write_answer(store_path, Question("documents", "", "", (), _DOCUMENTS), {}, format_, keep=("status", status))


@click.command()
@store_option
@format_option
@click.option("--type", "type_", help="Only actors of this type (un_mission, armed_group, government, ...).")
@guarded
def actors(store_path: Path, format_: str, type_: str | None) -> None:
    """List the actors that the documents name, those that bear most first."""
    from mandategraph.asking import Question

    write_answer(store_path, Question("actors", "", "", (), _ACTORS), {}, format_, keep=("type", type_))


@click.command()
@store_option
@format_option
@click.option("--actor", help="Only what this actor bears (id, e.g. MINUSMA).")
@click.option("--document", help="Only from this document (symbol).")
@click.option("--instrument", help="Only under this instrument (symbol or id).")
@click.option("--due-before", help="Only what is due by this day (2021-06-30).")
@click.option("--strength", "minimum", type=click.IntRange(0, 5), help="Only verbs of at least this pressure (0-5).")
@guarded
def obligations(
    store_path: Path,
    format_: str,
    actor: str | None,
    document: str | None,
    instrument: str | None,
    due_before: str | None,
    minimum: int | None,
) -> None:
    """List who must, may or must not do what."""
    from mandategraph.asking import Parameter, Question

    given = {"actor": actor, "wanted": document, "instrument": instrument, "before": due_before, "minimum": minimum}
    filters = {
        "actor": "FILTER (?addressee = ?actor)",
        "wanted": "FILTER (?document = ?wanted)",
        "instrument": "?s mg:cites ?instrument .",
        "before": "FILTER (BOUND(?due) && ?due <= ?before)",
        "minimum": "FILTER (?strength >= ?minimum)",
    }
    types = {"actor": "actor", "wanted": "document", "instrument": "instrument", "before": "date", "minimum": "integer"}
    asked = {name: str(value) for name, value in given.items() if value is not None}
    text = _OBLIGATIONS % "\n  ".join(filters[name] for name in asked)
    unused = " ".join(f"?{name}" for name in filters if name not in asked)
    for name in unused.split():
        text = text.replace(f" {name} ", " ", 1)
    parameters = tuple(Parameter(name, types[name], None, "") for name in asked)
    write_answer(store_path, Question("obligations", "", "", parameters, text), asked, format_)

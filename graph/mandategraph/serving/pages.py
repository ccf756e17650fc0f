"""The store -> what the pages show: rows with their links, things with what is known of them.

Templates in `templates/` write it; they escape every text. A link leads to the same path here that a thing has in its IRI.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode, Quad, Triple

from mandategraph.asking import (
    Bindable,
    Parameter,
    Question,
    Rows,
    ask_rows,
    load_question,
    question_names,
    text_of,
)
from mandategraph.errors import QueryError
from mandategraph.listing import ACTORS, DOCUMENTS, obligations
from mandategraph.store import GraphStore
from mandategraph.vocabulary import BASE, DCTERMS, RDFS, SKOS, element_id, shorten

PAGE = 200
_NOT_SHOWN = frozenset(
    "type prefLabel identifier bears memberOfTransitive hiddenLabel sourceText sha256 fingerprint sourceName cutCount "
    "wasGeneratedBy cites".split()
)
_TERMS = """
SELECT ?term ?about WHERE {
  GRAPH graph:ontology { ?term rdfs:comment ?about } FILTER (STRSTARTS(STR(?term), STR(mg:)))
} ORDER BY ?term"""
_EVENTS = """
SELECT ?due ?recurs ?session ?when ?kind ?addressee ?verb ?actions ?document ?paragraph ?quotation WHERE {
  ?s mg:deadline ?d ; a mg:Obligation ; mg:verbLemma ?verb ; mg:actionList ?list ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:text ?quotation ; mg:trigger/oa:start ?start .
  ?d mg:deadlineKind ?kind ; mg:surface ?when .
  OPTIONAL { ?s mg:addressee ?addressee }
  OPTIONAL { ?d time:inXSDDate ?due } OPTIONAL { ?d mg:recurs ?recurs } OPTIONAL { ?d mg:session ?session }
  BIND (REPLACE(?list, "\\\\|", ", ") AS ?actions)
} ORDER BY ?document ?start ?addressee"""
_ISSUED = """
SELECT ?actor ?verb ?act ?addressee ?actions ?document ?paragraph ?quotation WHERE {
  ?s mg:issuer ?actor ; a mg:Obligation ; mg:verbLemma ?verb ; mg:act ?act ; mg:actionList ?list ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:text ?quotation ; mg:trigger/oa:start ?start .
  OPTIONAL { ?s mg:addressee ?addressee }
  BIND (REPLACE(?list, "\\\\|", ", ") AS ?actions)
} ORDER BY ?document ?start ?addressee LIMIT 200"""
_FACTS = """
SELECT ?thing ?subject ?relation ?object ?document ?paragraph ?quotation WHERE {
  { ?r mg:subject ?thing } UNION { ?r mg:object ?thing }
  ?r mg:subject ?subject ; mg:relationName ?name ; mg:object ?object ; mg:inDocument ?document ;
    mg:inParagraph/mg:label ?paragraph ; mg:evidence/oa:exact ?words .
  BIND (REPLACE(?name, "_", " ") AS ?relation) BIND (REPLACE(?words, "\\\\s+", " ") AS ?quotation)
} ORDER BY ?relation ?subject ?object ?document"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words and where they lead, "" where nowhere."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for a page; `quotation` stands below its row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Cell, ...], str], ...]
    title: str = ""
    total: int = 0
    group: str = ""
    groups: tuple[tuple[Cell, int], ...] = field(default=())


def table(answer: Rows, *, title: str = "", drop: Sequence[str] = ()) -> Table:
    """Return rows as a table of links; document and paragraph lead to the words in the reading view."""
    hidden = {"quotation", "paragraph", *drop} if "document" in answer.columns else {"quotation", *drop}
    shown = [n for n, name in enumerate(answer.columns) if name not in hidden]
    place = {name: n for n, name in enumerate(answer.columns)}
    rows = []
    for row in answer.rows:
        cells = []
        for n in shown:
            if answer.columns[n] == "document" and "paragraph" in place:
                label = text_of(row[place["paragraph"]])
                link = f"{link_of(row[n])}#{element_id(label)}" if label else link_of(row[n])
                cells.append(Cell(f"{text_of(row[n])}, {label}" if label else text_of(row[n]), link))
            else:
                cells.append(Cell(text_of(row[n]), link_of(row[n])))
        quotation = text_of(row[place["quotation"]]) if "quotation" in place else ""
        rows.append((tuple(cells), quotation))
    filled = [n for n in range(len(shown)) if any(cells[n].text for cells, _ in rows)]
    kept = tuple((tuple(cells[n] for n in filled), quotation) for cells, quotation in rows)
    return Table(tuple(answer.columns[shown[n]] for n in filled), kept, title, len(kept))


def link_of(term: Bindable | None) -> str:
    """Return where a term leads here: the path of its IRI, or "" where it is no IRI of ours."""
    if isinstance(term, NamedNode) and term.value.startswith(BASE) and "ontology#" not in term.value:
        return "/" + term.value.removeprefix(BASE)
    return ""


def home(store: GraphStore) -> dict[str, Any]:
    """Return what the first page shows."""
    documents, actors = ask_rows(store, DOCUMENTS), ask_rows(store, ACTORS)
    most = Rows(actors.columns, actors.rows[:25])
    return {
        "documents": table(documents, title="Documents"),
        "actors": table(most, title="Actors that bear most", drop=("new", "label")),
        "questions": questions(),
    }


def obligations_page(store: GraphStore, given: Mapping[str, str], *, sort: str, group: str, page: int) -> Table:
    """Return a page of the obligations that fit.

    Raises:
        QueryError: a value is not of its type, or there is no such column.
    """
    wanted = {name: value for name, value in given.items() if value}
    answer = ask_rows(store, obligations(wanted), wanted)
    rows = list(answer.rows)
    for name in (sort, group):
        if name and name not in answer.columns:
            raise QueryError(f"there is no column {name!r}", hint=f"The columns are {', '.join(answer.columns)}.")
    if sort:
        at = answer.columns.index(sort)
        rows.sort(key=lambda row: (row[at] is None, text_of(row[at])))
    counts: dict[str, tuple[Cell, int]] = {}
    if group:
        at = answer.columns.index(group)
        rows.sort(key=lambda row: text_of(row[at]))
        for row in rows:
            cell, n = counts.get(text_of(row[at]), (Cell(text_of(row[at]) or "none", link_of(row[at])), 0))
            counts[text_of(row[at])] = (cell, n + 1)
    shown = table(Rows(answer.columns, tuple(rows[page * PAGE : (page + 1) * PAGE])))
    ordered = tuple(sorted(counts.values(), key=lambda pair: (-pair[1], pair[0].text)))
    return Table(shown.columns, shown.rows, "", len(rows), group, ordered)


def timeline(store: GraphStore) -> dict[str, Any]:
    """Return deadlines by year and month, and what recurs, has a session or waits for an event."""
    answer = ask_rows(store, Question("timeline", "", "", (), _EVENTS))
    due, kind = answer.columns.index("due"), answer.columns.index("kind")
    dated, waiting = defaultdict(list), defaultdict(list)
    for row in answer.rows:
        if row[due]:
            dated[text_of(row[due])[:7]].append(row)
        else:
            waiting[text_of(row[kind])].append(row)
    for rows in dated.values():
        rows.sort(key=lambda row: text_of(row[due]))
    return {
        name: [
            table(Rows(answer.columns, tuple(rows)), title=title, drop=("kind",))
            for title, rows in sorted(found.items())
        ]
        for name, found in (("months", dated), ("waiting", waiting))
    }


def tables(store: GraphStore, kind: str, iri: str) -> list[Table]:
    """Return what is known of an actor or instrument: what it bears and asks, or where it is cited, and stated facts."""
    named = {"actor": ("bears", "chain"), "instrument": ("cited", "implementing")}.get(kind)
    if named is None:
        return []
    asked = [(load_question(name), kind) for name in named]
    if kind == "actor":
        asked.append((_question("What does it ask, and of whom?", "actor", _ISSUED), "actor"))
    asked.append((_question("What is stated of it?", "thing", _FACTS), "thing"))
    found = [table(ask_rows(store, question, {parameter: iri}), title=question.title) for question, parameter in asked]
    return [each for each in found if each.rows]


def _question(title: str, parameter: str, text: str) -> Question:
    return Question(title, title, "", (Parameter(parameter, "actor", None, ""),), text)


def label(store: GraphStore, iri: str) -> str:
    """Return what a thing is called: of a document its key, else its preferred label, a label, its title or its id."""
    said = {quad.predicate.value: text_of(quad.object) for quad in _said(store, iri)}
    names = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "identifier")
    return next((said[name] for name in names if name in said), shorten(iri))


def facts(store: GraphStore, iri: str) -> list[tuple[str, list[Cell]]]:
    """Return what is said of a thing itself: each property in words, with its values."""
    found: dict[str, dict[str, Cell]] = {}
    for quad in _said(store, iri):
        local = re.split(r"[#/]", quad.predicate.value)[-1]
        if local not in _NOT_SHOWN:
            words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower()
            found.setdefault(words, {})[str(quad.object)] = Cell(text_of(quad.object), link_of(quad.object))
    return [(words, [values[key] for key in sorted(values)]) for words, values in sorted(found.items())]


def terms(store: GraphStore) -> list[dict[str, str]]:
    """Return the terms of the ontology with what they mean, for completion."""
    found = ask_rows(store, Question("terms", "", "", (), _TERMS))
    return [{"name": text_of(term), "about": text_of(about)} for term, about in found.rows]


def _said(store: GraphStore, iri: str) -> list[Quad]:
    """Return what is said of a thing as such, and not of its parts."""
    return list(store.store.quads_for_pattern(NamedNode(iri), None, None, None))


def questions() -> list[Question]:
    """Return the named questions."""
    return [load_question(name) for name in question_names()]


def describe(store: GraphStore, iri: str) -> list[Triple]:
    """Return what is said of a thing as triples, sorted: its own, and of a document all of its graph."""
    node = NamedNode(iri)
    quads = _said(store, iri)
    if store.store.contains_named_graph(node):
        quads += store.store.quads_for_pattern(None, None, None, node)
    return sorted({Triple(q.subject, q.predicate, q.object) for q in quads}, key=str)

"""The store -> what the pages show: rows with their links, things with what is known of them.

Templates in `templates/` write it; they escape every text. A link leads to the same path here that a thing has in its IRI.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple

from mandategraph.answering.asking import (
    Bindable,
    Parameter,
    Question,
    Rows,
    ask_rows,
    load_question,
    question_names,
    text_of,
)
from mandategraph.answering.listing import BUSIEST, DOCUMENTS, obligations
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import BASE, DCTERMS, RDFS, SKOS, element_id, shorten

PAGE = 200
FIRST = 100
_NOT_SHOWN = frozenset(
    "type prefLabel identifier bears memberOfTransitive hiddenLabel sourceText sourcePlaces sourceOmitted claims supersedes sha256 fingerprint sourceName cutCount "
    "wasGeneratedBy cites".split()
)
_TERMS = """
SELECT ?term ?about WHERE {
  GRAPH graph:ontology { ?term rdfs:comment ?about } FILTER (STRSTARTS(STR(?term), STR(mg:)))
} ORDER BY ?term"""
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
    groups: tuple[tuple[str, int], ...] = ()


def table(answer: Rows, *, title: str = "", drop: Sequence[str] = (), page: int = 0, size: int = 0) -> Table:
    """Return rows as a table of links, or a page of them; document and paragraph lead to the words in the reading view."""
    total, rows_here = len(answer.rows), answer.rows[page * size : (page + 1) * size] if size else answer.rows
    hidden = {"quotation", "paragraph", *drop} if "document" in answer.columns else {"quotation", *drop}
    shown = [n for n, name in enumerate(answer.columns) if name not in hidden]
    place = {name: n for n, name in enumerate(answer.columns)}
    rows = []
    for row in rows_here:
        cells = []
        for n in shown:
            if answer.columns[n] == "document" and "paragraph" in place:
                label = text_of(row[place["paragraph"]])
                words = f"{text_of(row[n])}, {label}" if label else text_of(row[n])
                cells.append(Cell(words, place_of(row[n], label)))
            else:
                cells.append(Cell(text_of(row[n]), link_of(row[n])))
        quotation = text_of(row[place["quotation"]]) if "quotation" in place else ""
        rows.append((tuple(cells), quotation))
    filled = [n for n in range(len(shown)) if any(cells[n].text for cells, _ in rows)]
    kept = tuple((tuple(cells[n] for n in filled), quotation) for cells, quotation in rows)
    return Table(tuple(answer.columns[shown[n]] for n in filled), kept, title, total)


def link_of(term: Bindable | None) -> str:
    """Return where a term leads here: the path of its IRI, or "" where it is no IRI of ours."""
    if isinstance(term, NamedNode) and term.value.startswith(BASE) and "ontology#" not in term.value:
        return "/" + term.value.removeprefix(BASE)
    return ""


def place_of(document: Bindable | None, paragraph: str) -> str:
    """Return where a paragraph stands in the reading view; the document's head where no paragraph is said."""
    return f"{link_of(document)}#{element_id(paragraph)}" if paragraph else link_of(document)


def home(store: GraphStore, page: int) -> dict[str, Any]:
    """Return what the first page shows: a page of the documents, who bears most, the questions."""
    actors = ask_rows(store, BUSIEST)
    rows = tuple((*row, Literal(label(store, str(getattr(row[0], "value", ""))))) for row in actors.rows)
    return {
        "documents": table(ask_rows(store, DOCUMENTS), title="Documents", page=page, size=PAGE),
        "actors": table(Rows((*actors.columns, "label"), rows), title="Actors that bear most"),
        "questions": questions(),
    }


def obligations_page(store: GraphStore, given: Mapping[str, str], *, sort: str, group: str, page: int) -> Table:
    """Return a page of the obligations that fit.

    Raises:
        QueryError: a value is not of its type, or there is no such column.
    """
    wanted = {name: value for name, value in given.items() if value}
    answer = ask_rows(store, obligations(wanted, with_instruments="cited" in {sort, group}), wanted)
    rows = list(answer.rows)
    for name in (sort, group):
        if name and name not in answer.columns:
            raise QueryError(f"there is no column {name!r}", hint=f"The columns are {', '.join(answer.columns)}.")
    if sort:
        at = answer.columns.index(sort)
        rows.sort(key=lambda row: (row[at] is None, text_of(row[at])))
    counts: Counter[str] = Counter()
    if group:
        at = answer.columns.index(group)
        rows.sort(key=lambda row: text_of(row[at]))
        counts.update(text_of(row[at]) for row in rows)
    shown = table(Rows(answer.columns, tuple(rows)), page=page, size=PAGE)
    groups = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return replace(shown, group=group, groups=groups)


def tables(store: GraphStore, kind: str, iri: str, *, is_whole: bool) -> list[Table]:
    """Return what is known of an actor or instrument: what it bears and asks, or where it is cited, and stated facts.

    The first `FIRST` rows of each, unless all are wanted.
    """
    named = {"actor": ("bears", "issued", "chain"), "instrument": ("cited", "implementing")}.get(kind)
    if named is None:
        return []
    asked = [(load_question(name), kind) for name in named]
    facts = "What is stated of it?"
    asked.append((Question("facts", facts, "", (Parameter("thing", kind, None, ""),), _FACTS), "thing"))
    size = 0 if is_whole else FIRST
    found = (table(ask_rows(store, q, {parameter: iri}), title=q.title, size=size) for q, parameter in asked)
    return [each for each in found if each.rows]


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

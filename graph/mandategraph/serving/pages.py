"""The store -> what the pages show: rows with their links, things with what is known of them.

Templates in `templates/` write it; they escape every text. A link leads to the same path here that a thing has in its IRI.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Literal, NamedNode

from mandategraph.answering.asking import ask_rows
from mandategraph.answering.listing import obligations
from mandategraph.answering.questions import Question, load_question, question_names
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.facts import Fact
from mandategraph.recalling.facts import facts as stated_facts
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.recalling.things import list_bearers, list_documents, said_of, vocabulary
from mandategraph.vocabulary import BASE, DCTERMS, RDFS, SKOS, document_iri, element_id, shorten

PAGE = 200
FIRST = 100
BUSIEST = 25
_NOT_SHOWN = frozenset(
    "type prefLabel identifier bears memberOfTransitive hiddenLabel sourceText sourcePlaces sourceOmitted claims supersedes sha256 fingerprint sourceName cutCount "
    "wasGeneratedBy cites".split()
)
_FACTS = ("subject", "relation", "object", "document", "paragraph", "quotation")


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
                cells.append(Cell(answer.text(row[n]), link_of(row[n])))
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
    actors = list_bearers(store)
    rows = tuple((*row, Literal(label(store, str(getattr(row[0], "value", ""))))) for row in actors.rows[:BUSIEST])
    return {
        "documents": table(list_documents(store), title="Documents", page=page, size=PAGE),
        "actors": table(Rows((*actors.columns, "label"), rows), title="Actors that bear most"),
        "questions": questions(),
    }


def obligations_page(store: GraphStore, given: Mapping[str, str], *, sort: str, group: str, page: int) -> Table:
    """Return a page of the obligations that fit.

    Raises:
        QueryError: a value is not of its type, or there is no such column.
    """
    answer = obligations(store, given, with_instruments="cited" in {sort, group})
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
    size = 0 if is_whole else FIRST
    asked = map(load_question, named)
    found = [table(ask_rows(store, question, {kind: iri}), title=question.title, size=size) for question in asked]
    stated = sorted(stated_facts(store, ends=[iri]), key=_by_relation)
    found.append(table(Rows(_FACTS, tuple(map(_fact, stated))), title="What is stated of it?", size=size))
    return [each for each in found if each.rows]


def _by_relation(fact: Fact) -> tuple[str, ...]:
    return fact.relation.replace("_", " "), fact.subject, fact.object, document_iri(fact.document)


def _fact(fact: Fact) -> tuple[Bindable, ...]:
    ends = (NamedNode(fact.subject), Literal(fact.relation.replace("_", " ")), NamedNode(fact.object))
    words = Literal(re.sub(r"\s+", " ", fact.quotation))
    return (*ends, NamedNode(document_iri(fact.document)), Literal(fact.paragraph), words)


def label(store: GraphStore, iri: str) -> str:
    """Return what a thing is called: of a document its key, else its preferred label, a label, its title or its id."""
    said = {quad.predicate.value: text_of(quad.object) for quad in said_of(store, iri)}
    names = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "identifier")
    return next((said[name] for name in names if name in said), shorten(iri))


def facts(store: GraphStore, iri: str) -> list[tuple[str, list[Cell]]]:
    """Return what is said of a thing itself: each property in words, with its values."""
    found: dict[str, dict[str, Cell]] = {}
    for quad in said_of(store, iri):
        local = re.split(r"[#/]", quad.predicate.value)[-1]
        if local not in _NOT_SHOWN:
            words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower()
            found.setdefault(words, {})[str(quad.object)] = Cell(text_of(quad.object), link_of(quad.object))
    return [(words, [values[key] for key in sorted(values)]) for words, values in sorted(found.items())]


def terms(store: GraphStore) -> list[dict[str, str]]:
    """Return the terms of the ontology with what they mean, for completion."""
    return [{"name": term, "about": about} for term, about in vocabulary(store)]


def questions() -> list[Question]:
    """Return the named questions."""
    return [load_question(name) for name in question_names()]

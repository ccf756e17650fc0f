"""SPARQL -> rows: how everything is read from a store.

In: a store, and graph patterns; the prefixes of the package need no declaration. Out: rows of plain text, or `Rows` of terms for whoever shows
them as the results of a query. All documents are read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple, Variable

from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import BASE, PREFIXES, shorten

Bindable = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT or ASK.

    Attributes:
        columns: their names; `rows`: of terms, None where unbound.
        labels: what those are called who have no id, by IRI.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Bindable | None, ...], ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    def text(self, term: Bindable | None) -> str:
        """Return a term as people read it: who has no id by what the text calls him."""
        return self.labels.get(term.value) or text_of(term) if isinstance(term, NamedNode) else text_of(term)

    def as_text(self) -> Iterator[list[str]]:
        """Yield the rows as people read them: identifiers short, literals bare."""
        for row in self.rows:
            yield [self.text(term) for term in row]

    def records(self) -> Iterator[dict[str, str]]:
        """Yield the rows as people read them, by column."""
        for row in self.as_text():
            yield dict(zip(self.columns, row, strict=True))

    def where(self, column: str, value: str) -> Rows:
        """Return the rows that have a value, as people read it, in a column."""
        n = self.columns.index(column)
        return replace(self, rows=tuple(row for row in self.rows if self.text(row[n]) == value))


def text_of(term: Bindable | None) -> str:
    """Return a term as people read it: an id short, a literal bare, nothing for what is unbound."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value) if term.value.startswith(BASE) or "#" in term.value else term.value
    if isinstance(term, Literal):
        return str(term.value)
    return str(term)


def select(store: GraphStore, columns: str, patterns: str, *, order: str = "", group: str = "") -> Rows:
    """Return the rows of some patterns, each once.

    Args:
        store: open.
        columns: variables, or counts of them "(COUNT(?x) AS ?n)"; of a list of variables, as SPARQL writes them.
        patterns: what stands between the braces of WHERE.
        order: by what they are put in order, if anything.
        group: by what they are counted, if anything.
    """
    text = f"SELECT DISTINCT {columns} WHERE {{ {patterns} }}"
    text += (f" GROUP BY {group}" if group else "") + (f" ORDER BY {order}" if order else "")
    return _rows(store, text)


def text_rows(store: GraphStore, text: str) -> Iterator[list[str]]:
    """Yield the rows of a whole SELECT as plain text."""
    return plain(_rows(store, text))


def _rows(store: GraphStore, text: str) -> Rows:
    solutions = run(store, text)
    assert isinstance(solutions, QuerySolutions)
    names = tuple(variable.value for variable in solutions.variables)
    return Rows(names, tuple(tuple(solution) for solution in solutions))


def pairs(store: GraphStore, text: str) -> Iterator[tuple[str, str]]:
    """Yield the rows of a whole SELECT of two columns as plain text, as they come: one that stands in two graphs may come twice."""
    solutions = run(store, text)
    assert isinstance(solutions, QuerySolutions)
    for one, other in solutions:
        yield getattr(one, "value", ""), getattr(other, "value", "")


def plain(rows: Rows) -> Iterator[list[str]]:
    """Yield rows as plain text: IRIs whole, nothing for what is unbound."""
    for row in rows.rows:
        yield ["" if term is None else str(getattr(term, "value", term)) for term in row]


def run(
    store: GraphStore, text: str, *, name: str = "query", substitutions: Mapping[Variable, Bindable] | None = None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Run SPARQL over all documents together.

    Raises:
        QueryError: the text is not that, with line and column, or the query fails.
    """
    try:
        return store.store.query(
            text, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=dict(substitutions or {})
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise failure(error, name) from error


def failure(error: Exception, name: str) -> QueryError:
    """Return what is said of a query that the engine gave up."""
    return QueryError(f"the query failed ({error})", where=name, hint="Simplify it.")

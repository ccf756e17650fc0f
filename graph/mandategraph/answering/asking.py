"""Named questions and any SPARQL, asked of a store.

The parameters of a named question (`questions`) are checked against their type and bound as RDF terms through the store, never pasted into the text; the
store binds only variables that the SELECT projects, so a query projects its parameters (they are left out of the
answer unless nothing else would be left, or unless they say where the sentence stands). A parameter that is not given and has no default stays free.
One that only an OPTIONAL binds is not bound, which would keep every row, but chooses among the rows. One that stands in expressions alone ("from" a day)
is no column where it is not given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Variable

from mandategraph.answering.judging import judge, tokens
from mandategraph.answering.questions import NAMES, Parameter, Question
from mandategraph.answering.refusing import Kind, syntax_fault
from mandategraph.errors import QueryError
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling import rows as reading
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.recalling.things import EVIDENCE, evidence_of, labels_in
from mandategraph.vocabulary import PREFIXES, XSD

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_HINTS = {
    Kind.SYNTAX: "Mend the query there.",
    Kind.UPDATE: "Write with the commands that build, load and remove.",
    Kind.SERVICE: "Take it out, or give --allow-service on the command line where you mean it.",
    Kind.SIZE: "Ask in several queries.",
}


def with_evidence(store: GraphStore, rows: Rows) -> Rows:
    """Return rows with document, paragraph and quotation of the first statement, figure or fact in each; where they are, as they are."""
    if set(EVIDENCE) <= set(rows.columns):
        return rows
    found: dict[Bindable | None, tuple[Bindable | None, ...]] = {}
    shown = [n for n, name in enumerate(rows.columns) if name not in EVIDENCE]
    more = []
    for row in rows.rows:
        for term in row:
            if isinstance(term, NamedNode) and term not in found:
                found[term] = evidence_of(store, term)
        evidence = next((found[t] for t in row if found.get(t)), (None,) * len(EVIDENCE))
        more.append((*(row[n] for n in shown), *evidence))
    return Rows((*(rows.columns[n] for n in shown), *EVIDENCE), tuple(more), rows.labels)


def ask(
    store: GraphStore, question: Question, given: Mapping[str, str] | None = None, *, allow_service: bool = False
) -> Rows | QueryTriples:
    """Return the answer to a question: rows, or the triples of a CONSTRUCT or DESCRIBE.

    Args:
        store: open.
        question: named, or made from any SPARQL text.
        given: parameters by name, as typed by the user.
        allow_service: let it ask other servers with SERVICE.

    Raises:
        QueryError: an unknown parameter, a value that is not of its type, or a syntax error.
    """
    if question.by:
        bound = bindings(store, question, given)
        return _computed(store, question, {variable.value: text_of(term) for variable, term in bound.items()})
    check(question.text, question.name, allow_service=allow_service)
    bound = bindings(store, question, given)
    chosen = {variable: term for variable, term in bound.items() if _groups_of(question.text, variable.value) == {True}}
    substituted = {variable: term for variable, term in bound.items() if variable not in chosen}
    result = run(store, question.text, name=question.name, substitutions=substituted, allow_service=allow_service)
    if isinstance(result, QueryTriples):
        return result
    if isinstance(result, QueryBoolean):
        return Rows(("answer",), ((Literal(bool(result)),),))
    names = [v.value for v in result.variables]
    never = {
        p.name for p in question.parameters if Variable(p.name) not in bound and not _groups_of(question.text, p.name)
    }
    hidden = never | ({v.value for v in bound} - set(EVIDENCE) if len(bound) < len(names) else set())
    shown = [n for n in names if n not in hidden]
    try:
        rows = tuple(
            tuple(solution[n] for n in shown)
            for solution in result
            if all(solution[variable] == term for variable, term in chosen.items())
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise reading.failure(error, question.name) from error
    return Rows(tuple(shown), rows, labels_in(store, rows))


def _computed(store: GraphStore, question: Question, given: Mapping[str, str]) -> Rows:
    from mandategraph.answering.computing import COMPUTED

    if question.by not in COMPUTED:
        hint = f"Known are {', '.join(COMPUTED)}."
        raise QueryError(f"nothing of the name {question.by!r} answers questions", where=question.name, hint=hint)
    return COMPUTED[question.by](store, given)


def ask_rows(store: GraphStore, question: Question, given: Mapping[str, str] | None = None) -> Rows:
    """Return the answer to a question that is a SELECT or ASK.

    Raises:
        QueryError: as `ask`, or it is a CONSTRUCT or DESCRIBE.
    """
    answer = ask(store, question, given)
    if not isinstance(answer, Rows):
        raise QueryError("this question answers with a graph", where=question.name, hint="Ask a SELECT.")
    return answer


def run(
    store: GraphStore,
    text: str,
    *,
    name: str = "query",
    substitutions: Mapping[Variable, Bindable] | None = None,
    allow_service: bool = False,
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Run SPARQL that only reads over all documents together; the prefixes of the package need no declaration.

    Raises:
        QueryError: the text is not that, with line and column.
    """
    check(text, name, allow_service=allow_service)
    try:
        return reading.run(store, text, name=name, substitutions=substitutions)
    except SyntaxError as error:
        line, column, message = syntax_fault(error, text, PREFIXES)
        where = f"{name}, line {line}, column {column}" if line else name
        raise QueryError(f"not SPARQL: {message}", where=where, hint="Mend the query there.") from error


def check(text: str, name: str, *, allow_service: bool = False) -> None:
    """Let a query pass that is SPARQL and only reads.

    Raises:
        QueryError: it is not, with line and column.
    """
    if fault := judge(text, allow_service=allow_service):
        said = f"not SPARQL: {fault.said}" if fault.kind == Kind.SYNTAX else fault.said
        raise QueryError(said, where=f"{name}, line {fault.line}, column {fault.column}", hint=_HINTS[fault.kind])


def bindings(store: GraphStore, question: Question, given: Mapping[str, str] | None = None) -> dict[Variable, Bindable]:
    """Return the terms that the parameters of a question stand for: those given, else their defaults.

    Raises:
        QueryError: an unknown parameter, a value that is not of its type, or a name that nothing in the store has.
    """
    given = given or {}
    known = {p.name: p for p in question.parameters}
    for name in given:
        if name not in known:
            takes = f"It takes {', '.join(known)}." if known else "It takes none."
            raise QueryError(f"no parameter {name!r}", where=question.name, hint=takes)
    bound: dict[Variable, Bindable] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bound[Variable(parameter.name)] = _term(store, parameter, value, question.name)
    return bound


@lru_cache(maxsize=256)
def _groups_of(text: str, name: str) -> frozenset[bool]:
    """Return of the triples that a variable of a query stands in whether they are behind OPTIONAL; empty where it stands in expressions alone."""
    groups: list[bool] = []
    parentheses, found, before = 0, set(), ""
    for token in tokens(text):
        if token.kind in "()":
            parentheses += 1 if token.kind == "(" else -1
        elif token.kind == "}":
            groups = groups[:-1]
        elif token.kind == "{":
            groups.append(before == "OPTIONAL")
        elif token.kind == "variable" and token.text[1:] == name and groups and not parentheses:
            found.add(any(groups))
        before = token.kind
    return frozenset(found)


def _term(store: GraphStore, parameter: Parameter, value: str, where: str) -> Bindable:
    """Return a typed value as the RDF term that the graph uses."""
    if parameter.type in NAMES:
        return NamedNode(find(store, value, (ThingKind(parameter.type),)).iri)
    if parameter.type == "date":
        if not _is_day(value):
            raise QueryError(f"{parameter.name} {value!r} is no date", where=where, hint="Write it as 2021-03-31.")
        return Literal(value, datatype=NamedNode(XSD + "date"))
    if parameter.type == "integer":
        if not re.fullmatch(r"-?\d+", value):
            raise QueryError(f"{parameter.name} {value!r} is no whole number", where=where, hint="Write digits.")
        return Literal(value, datatype=NamedNode(XSD + "integer"))
    return Literal(value)


def _is_day(value: str) -> bool:
    try:
        return _DAY.match(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False

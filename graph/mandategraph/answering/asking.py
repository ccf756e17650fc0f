"""Named questions and any SPARQL, asked of a store.

A named question is a file of `queries/`. Its head declares title, description and parameters:

    # title: What must an actor report?
    # description: ...
    # @param actor actor default=SecretaryGeneral   Whose reports.
    # @param document document example=S/2020/600   In which document.

Parameters are checked against their type and bound as RDF terms through the store, never pasted into the text; the
store binds only variables that the SELECT projects, so a query projects its parameters (they are left out of the
answer unless nothing else would be left, or unless they say where the sentence stands). A parameter that is not given and has no default stays free.
One that only an OPTIONAL binds is not bound, which would keep every row, but chooses among the rows. One that stands in expressions alone ("from" a day)
is no column where it is not given.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple, Variable

from mandategraph.answering.judging import Kind, judge, tokens
from mandategraph.errors import NotFoundError, QueryError
from mandategraph.keeping.naming import ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.resources import folder
from mandategraph.symbols import did_you_mean
from mandategraph.vocabulary import BASE, PREFIXES, XSD, shorten

_PARAM = re.compile(
    r"^#\s*@param\s+(?P<name>\w+)\s+(?P<type>\w+)(?:\s+default=(?P<default>\S+))?(?:\s+example=(?P<example>\S+))?"
    r"(?:\s+(?P<about>.*))?$"
)
_FIELD = re.compile(r"^#\s*(?P<name>title|description):\s*(?P<value>.*)$")
_SYNTAX = re.compile(r"error at (\d+):(\d+):\s*(.*)", re.DOTALL)
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_NAMES = ("actor", "instrument", "document", "theme")
TYPES = (*_NAMES, "date", "integer", "string")

_FORMULA = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_HINTS = {
    Kind.SYNTAX: "Mend the query there.",
    Kind.UPDATE: "Write with the commands that build, load and remove.",
    Kind.SERVICE: "Take it out, or give --allow-service on the command line where you mean it.",
    Kind.SIZE: "Ask in several queries.",
}
_EVIDENCE = ("document", "paragraph", "quotation")
_EVIDENCE_OF = """
SELECT ?thing ?document ?paragraph ?quotation WHERE {
  ?thing mg:inParagraph/mg:label ?paragraph ; mg:evidence ?passage .
  ?passage oa:hasSource ?document ; oa:exact ?quotation .
} LIMIT 1"""

Bindable = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question."""

    name: str
    type: str
    default: str | None
    about: str
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A named question."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT or ASK: column names, and rows of terms (None where unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Bindable | None, ...], ...]

    def as_text(self) -> Iterator[list[str]]:
        """Yield the rows as people read them: identifiers short, literals bare."""
        for row in self.rows:
            yield [text_of(term) for term in row]

    def records(self) -> Iterator[dict[str, str]]:
        """Yield the rows as people read them, by column."""
        for row in self.as_text():
            yield dict(zip(self.columns, row, strict=True))

    def where(self, column: str, value: str) -> Rows:
        """Return the rows that have a value, as people read it, in a column."""
        n = self.columns.index(column)
        return Rows(self.columns, tuple(row for row in self.rows if text_of(row[n]) == value))


def text_rows(store: GraphStore, text: str) -> Iterator[list[str]]:
    """Yield the rows of a SELECT as plain text: IRIs whole, nothing for what is unbound."""
    solutions = run(store, text)
    assert isinstance(solutions, QuerySolutions)
    for solution in solutions:
        yield ["" if term is None else str(getattr(term, "value", term)) for term in solution]


def sparql_json(rows: Rows) -> str:
    """Return rows as SPARQL 1.1 Query Results JSON, terms whole."""
    bindings = [
        {name: _json_term(term) for name, term in zip(rows.columns, row, strict=True) if term is not None}
        for row in rows.rows
    ]
    return json.dumps({"head": {"vars": rows.columns}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1)


def _json_term(term: Bindable) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        said = {"type": "literal", "value": term.value}
        if term.language:
            return said | {"xml:lang": term.language}
        return said if term.datatype.value == XSD + "string" else said | {"datatype": term.datatype.value}
    return {"type": "bnode", "value": str(term).removeprefix("_:")}


def sparql_tsv(rows: Rows) -> str:
    """Return rows as SPARQL 1.1 Query Results TSV: terms whole, as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in rows.columns)]
    lines += ["\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) for row in rows.rows]
    return "\n".join(lines) + "\n"


def plain_csv(rows: Rows) -> str:
    """Return rows as CSV as people read them: ids short."""
    return as_csv(rows.columns, rows.as_text())


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV (RFC 4180, but for line feeds alone), whose cells no spreadsheet takes for formulas."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([columns, *(map(plain_cell, row) for row in rows)])
    return written.getvalue()


def plain_cell(cell: str) -> str:
    """Return a cell of CSV that a spreadsheet shows and does not carry out: before what opens like a formula stands an apostrophe.

    Example:
        >>> plain_cell("=1+1"), plain_cell("-5.2"), plain_cell("- to dig")
        ("'=1+1", '-5.2', "'- to dig")
    """
    if cell[:1] in _FORMULA and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def with_evidence(store: GraphStore, rows: Rows) -> Rows:
    """Return rows with document, paragraph and quotation of the first statement, figure or fact in each; where they are, as they are."""
    if set(_EVIDENCE) <= set(rows.columns):
        return rows
    found: dict[Bindable | None, tuple[Bindable | None, ...]] = {}
    shown = [n for n, name in enumerate(rows.columns) if name not in _EVIDENCE]
    more = []
    for row in rows.rows:
        for term in row:
            if isinstance(term, NamedNode) and term not in found:
                said = run(store, _EVIDENCE_OF, substitutions={Variable("thing"): term})
                assert isinstance(said, QuerySolutions)
                found[term] = next((tuple(solution[name] for name in _EVIDENCE) for solution in said), ())
        evidence = next((found[t] for t in row if found.get(t)), (None,) * len(_EVIDENCE))
        more.append((*(row[n] for n in shown), *evidence))
    return Rows((*(rows.columns[n] for n in shown), *_EVIDENCE), tuple(more))


def question_names() -> list[str]:
    """Return the names of all named questions, sorted."""
    return sorted(f.name.removesuffix(".rq") for f in folder("queries").iterdir() if f.name.endswith(".rq"))


def load_question(name: str) -> Question:
    """Return a named question.

    Raises:
        NotFoundError: there is none of that name.
        QueryError: its head is wrong.
    """
    names = question_names()
    if name not in names:
        hint = did_you_mean(name, names) or f"The questions are {', '.join(names)}."
        raise NotFoundError(f"there is no question named {name!r}", hint=hint)
    return parse_question(name, (folder("queries") / f"{name}.rq").read_text(encoding="utf-8"))


def parse_question(name: str, text: str) -> Question:
    """Return the question that a query text with a head is; a text without a head has no parameters.

    Raises:
        QueryError: a parameter has a type that does not exist.
    """
    fields, parameters = {"title": name, "description": ""}, []
    for n, line in enumerate(text.splitlines(), 1):
        if field := _FIELD.match(line):
            fields[field["name"]] = field["value"].strip()
        if param := _PARAM.match(line):
            if param["type"] not in TYPES:
                hint = f"Use one of {', '.join(TYPES)}."
                raise QueryError(f"unknown parameter type {param['type']!r}", where=f"{name}, line {n}", hint=hint)
            about, example = (param["about"] or "").strip(), param["example"] or param["default"]
            parameters.append(Parameter(param["name"], param["type"], param["default"], about, example))
    return Question(name, fields["title"], fields["description"], tuple(parameters), text)


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
    hidden = never | ({v.value for v in bound} - set(_EVIDENCE) if len(bound) < len(names) else set())
    shown = [n for n in names if n not in hidden]
    try:
        rows = tuple(
            tuple(solution[n] for n in shown)
            for solution in result
            if all(solution[variable] == term for variable, term in chosen.items())
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise _failure(error, question.name) from error
    return Rows(tuple(shown), rows)


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
        return store.store.query(
            text, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=dict(substitutions or {})
        )
    except SyntaxError as error:
        line, column, message = syntax_fault(error)
        where = f"{name}, line {line}, column {column}" if line else name
        raise QueryError(f"not SPARQL: {message}", where=where, hint="Mend the query there.") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise _failure(error, name) from error


def check(text: str, name: str, *, allow_service: bool = False) -> None:
    """Let a query pass that is SPARQL and only reads.

    Raises:
        QueryError: it is not, with line and column.
    """
    if fault := judge(text, allow_service=allow_service):
        said = f"not SPARQL: {fault.said}" if fault.kind == Kind.SYNTAX else fault.said
        raise QueryError(said, where=f"{name}, line {fault.line}, column {fault.column}", hint=_HINTS[fault.kind])


def _failure(error: Exception, name: str) -> QueryError:
    return QueryError(f"the query failed ({error})", where=name, hint="Simplify it.")


def syntax_fault(error: SyntaxError) -> tuple[int, int, str]:
    """Return line, column and words of what the store says of a query; line and column are 0 where it does not say."""
    message = str(error)
    if found := _SYNTAX.search(message):
        return int(found[1]), int(found[2]), found[3].strip()
    return 0, 0, message


def question_of_file(path: Path) -> Question:
    """Return the question in a file.

    Raises:
        QueryError: the file cannot be read.
    """
    try:
        return parse_question(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"the file cannot be read ({error})", where=str(path), hint="Check the path.") from error


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
    if parameter.type in _NAMES:
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


def text_of(term: Bindable | None) -> str:
    """Return a term as people read it: an id short, a literal bare, nothing for what is unbound."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value) if term.value.startswith(BASE) or "#" in term.value else term.value
    if isinstance(term, Literal):
        return str(term.value)
    return str(term)

"""Small helpers that make RDF terms; nothing here knows what is described."""

from __future__ import annotations

import re
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from mandategraph.vocabulary import MG, RDF, XSD

_TYPE = str(NamedNode(RDF + "type"))
INTEGER = NamedNode(XSD + "integer")
DECIMAL = NamedNode(XSD + "decimal")
BOOLEAN = NamedNode(XSD + "boolean")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}

Term = NamedNode | Literal


@cache
def mg(name: str) -> NamedNode:
    """Return a term of our ontology."""
    return NamedNode(MG + name)


def integer(value: int) -> Literal:
    """Return an `xsd:integer`."""
    return Literal(str(value), datatype=INTEGER)


def decimal(value: float) -> Literal:
    """Return an `xsd:decimal` without an exponent."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return Literal(text, datatype=DECIMAL)


def boolean(value: bool) -> Literal:
    """Return an `xsd:boolean`."""
    return Literal("true" if value else "false", datatype=BOOLEAN)


def date(iso: str) -> Literal:
    """Return an ISO 8601 year, month or day as the XSD type that it is."""
    return Literal(iso, datatype=NamedNode(XSD + _DATE_TYPES.get(len(iso), "string")))


def duration(iso: str) -> Literal:
    """Return an ISO 8601 duration as XML Schema has it, which knows no weeks."""
    weeks = re.fullmatch(r"P(\d+)W", iso)
    return Literal(f"P{7 * int(weeks[1])}D" if weeks else iso, datatype=NamedNode(XSD + "duration"))


@cache
def _written(term: NamedNode | str) -> str:
    """Return a property or class as N-Quads write it; there are few of them."""
    return str(NamedNode(term) if isinstance(term, str) else term)


class Graph:
    """Collects what is said in one named graph, each quad once, in the order in which they were said.

    It keeps them as lines of N-Quads: a quad as an object of the store takes eight times as long to make, and most are never asked for.
    """

    def __init__(self, name: str) -> None:
        self.name = NamedNode(name)
        self._end = f" {self.name} .\n"
        self._lines: dict[str, None] = {}

    def add(self, subject: str, *pairs: tuple[str | NamedNode, Term | str | None]) -> None:
        """Say properties of a subject; a value that is None or "" is not said; plain text becomes a literal."""
        node = str(NamedNode(subject))
        lines, end = self._lines, self._end
        for predicate, value in pairs:
            if value is None or value == "":
                continue
            term = Literal(value) if isinstance(value, str) else value
            lines[f"{node} {_written(predicate)} {term}{end}"] = None

    def type(self, subject: str, *classes: NamedNode | str) -> None:
        """Say the classes of a subject."""
        node = str(NamedNode(subject))
        for class_ in classes:
            self._lines[f"{node} {_TYPE} {_written(class_)}{self._end}"] = None

    def written(self) -> bytes:
        """Return the quads as N-Quads."""
        return "".join(self._lines).encode()

    def quads(self) -> list[Quad]:
        """Return the quads."""
        return list(parse(self.written(), format=RdfFormat.N_QUADS))

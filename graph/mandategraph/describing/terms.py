"""Small helpers that make RDF terms; nothing here knows what is described."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from mandategraph.vocabulary import MG, RDF, XSD

TYPE = NamedNode(RDF + "type")
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
    """Return an ISO 8601 duration."""
    return Literal(iso, datatype=NamedNode(XSD + "duration"))


@cache
def _property(iri: str) -> NamedNode:
    return NamedNode(iri)


class Graph:
    """Collects the quads of one named graph, each once, in the order in which they were said."""

    def __init__(self, name: str) -> None:
        self.name = NamedNode(name)
        self._quads: dict[Quad, None] = {}

    def add(self, subject: str, *pairs: tuple[str | NamedNode, Term | str | None]) -> None:
        """Say properties of a subject; a value that is None or "" is not said; plain text becomes a literal."""
        node = NamedNode(subject)
        quads, name = self._quads, self.name
        for predicate, value in pairs:
            if value is None or value == "":
                continue
            if isinstance(value, str):
                value = Literal(value)
            if isinstance(predicate, str):
                predicate = _property(predicate)
            quads[Quad(node, predicate, value, name)] = None

    def type(self, subject: str, *classes: NamedNode | str) -> None:
        """Say the classes of a subject."""
        node = NamedNode(subject)
        for class_ in classes:
            term = _property(class_) if isinstance(class_, str) else class_
            self._quads[Quad(node, TYPE, term, self.name)] = None

    def quads(self) -> Iterable[Quad]:
        """Return the quads."""
        return list(self._quads)

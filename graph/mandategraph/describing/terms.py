"""Small helpers that make RDF terms; nothing here knows what is described."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from mandategraph.vocabulary import MG, RDF, XSD

TYPE = NamedNode(RDF + "type")
INTEGER = NamedNode(XSD + "integer")
DECIMAL = NamedNode(XSD + "decimal")
BOOLEAN = NamedNode(XSD + "boolean")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}

Term = NamedNode | Literal


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


class Graph:
    """Collects the quads of one named graph, each once, in the order in which they were said."""

    def __init__(self, name: str) -> None:
        self.name = NamedNode(name)
        self._quads: dict[Quad, None] = {}

    def add(self, subject: str, *pairs: tuple[str | NamedNode, Term | str | None]) -> None:
        """Say properties of a subject; a value that is None or "" is not said; plain text becomes a literal."""
        node = NamedNode(subject)
        for predicate, value in pairs:
            if value is None or value == "":
                continue
            term = Literal(value) if isinstance(value, str) else value
            property_ = NamedNode(predicate) if isinstance(predicate, str) else predicate
            self._quads[Quad(node, property_, term, self.name)] = None

    def type(self, subject: str, *classes: NamedNode | str) -> None:
        """Say the classes of a subject."""
        self.add(subject, *((TYPE, NamedNode(c) if isinstance(c, str) else c) for c in classes))

    def quads(self) -> Iterable[Quad]:
        """Return the quads."""
        return list(self._quads)

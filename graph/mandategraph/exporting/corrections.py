"""Corrections -> Turtle, and back."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import RdfFormat, parse, serialize

from mandategraph.describing import describe_corrections
from mandategraph.errors import SourceError
from mandategraph.recalling.corrections import from_quads
from mandategraph.records import Correction
from mandategraph.vocabulary import PREFIXES


def to_turtle(corrections: Iterable[Correction]) -> bytes:
    """Return corrections as Turtle (PROV-O, Web Annotation), in their order."""
    given = sorted(corrections, key=lambda each: each.order)
    triples = (quad.triple for quad in parse(describe_corrections(given), format=RdfFormat.N_QUADS))
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def from_turtle(written: bytes, where: str) -> list[Correction]:
    """Return the corrections that Turtle says.

    Raises:
        SourceError: it is no Turtle, or one of them is no correction or was changed.
    """
    try:
        return from_quads(parse(written, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise SourceError(f"this is no Turtle ({error})", where=where, hint="Write it with: mandategraph corrections export") from error  # fmt: skip

"""A query of the SPARQL Protocol -> its answer, in a worker.

Each worker opens the store for reading, and again when a build has changed it: every query sees one consistent state. An answer that
grows over its limit is refused, not cut.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from mandategraph.answering.judging import judge
from mandategraph.answering.refusing import Fault, Kind, syntax_fault
from mandategraph.confining import confine
from mandategraph.errors import MandateGraphError
from mandategraph.keeping.shared import SharedReader
from mandategraph.serving.answers import Answer, refusal
from mandategraph.vocabulary import PREFIXES

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what it is to be answered as.

    Attributes:
        results: the media type for SELECT and ASK, or None where none is acceptable.
        graph: the media type for CONSTRUCT and DESCRIBE, or None.
        default_graphs: IRIs of what the query takes as its default graph; all graphs where none is given.
        named_graphs: IRIs of the named graphs; all where none is given.
        is_file: whether a browser is to save the answer.
    """

    text: str
    results: str | None
    graph: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    is_file: bool = False


class _TooLargeError(Exception):
    """The answer is over its limit."""


class _Limited(io.BytesIO):
    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: object) -> int:
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self.limit:
            raise _TooLargeError
        return written


def answering(path: Path, megabytes: int, is_as_read: bool, memory: int) -> Callable[[Asked], Answer]:
    """Return what answers queries to a store, between walls.

    Args:
        path: of the store.
        megabytes: an answer may have.
        is_as_read: of what the machine reads, without what people corrected.
        memory: megabytes that a query may take.
    """
    confine(megabytes=memory)
    reader = SharedReader(path, is_as_read=is_as_read)
    return lambda asked: _answer(reader, asked, megabytes * 1_000_000)


def _answer(reader: SharedReader, asked: Asked, limit: int) -> Answer:
    if fault := judge(asked.text):
        return _refused(fault)
    try:
        return _found(reader, asked, limit)
    except _TooLargeError:
        return refusal(413, f"The answer is larger than {limit // 1_000_000} MB: give the query a LIMIT.")
    except SyntaxError as error:
        return _refused(Fault(Kind.SYNTAX, *syntax_fault(error, asked.text, PREFIXES)))
    except MandateGraphError as error:
        return refusal(503, str(error))
    except (ValueError, RuntimeError, OSError) as error:
        return refusal(400, f"The query failed: {error}.")


def _found(reader: SharedReader, asked: Asked, limit: int) -> Answer:
    output = _Limited(limit)
    found = reader.store().store.query(
        asked.text,
        prefixes=PREFIXES,
        use_default_graph_as_union=not asked.default_graphs and not asked.named_graphs,
        default_graph=[NamedNode(g) for g in asked.default_graphs] if _has_dataset(asked) else None,
        named_graphs=[NamedNode(g) for g in asked.named_graphs] if _has_dataset(asked) else None,
    )
    if isinstance(found, QuerySolutions | QueryBoolean):
        if asked.results is None:
            return refusal(406, f"The answer to a SELECT or ASK is one of {', '.join(RESULTS)}.")
        found.serialize(output, RESULTS[asked.results])
        return Answer(200, asked.results, output.getvalue())
    if asked.graph is None:
        return refusal(406, f"The answer to a CONSTRUCT or DESCRIBE is one of {', '.join(GRAPHS)}.")
    found.serialize(output, GRAPHS[asked.graph])
    return Answer(200, asked.graph, output.getvalue())


def _refused(fault: Fault) -> Answer:
    where = f"line {fault.line}, column {fault.column}: " if fault.line else ""
    if fault.kind == Kind.SERVICE:
        return refusal(403, f"{where}{fault.said}.")
    what = {Kind.SYNTAX: "Not SPARQL", Kind.UPDATE: "Not SPARQL for reading", Kind.SIZE: "Too much"}[fault.kind]
    return refusal(400, f"{what}: {where}{fault.said}.")


def _has_dataset(asked: Asked) -> bool:
    return bool(asked.default_graphs or asked.named_graphs)

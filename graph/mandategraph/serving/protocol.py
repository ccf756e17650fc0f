"""The SPARQL 1.1 Protocol (W3C 2013), for queries alone.

GET with `query`, POST as a form or as `application/sparql-query`; a `format` goes before the Accept header, for forms;
`default-graph-uri` and `named-graph-uri` choose the dataset, which is all graphs together where neither is given. Updates are
refused. GET without a query describes the service (SPARQL 1.1 Service Description, W3C 2013).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import parse_qs

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from mandategraph.answering.judging import LONGEST
from mandategraph.serving.negotiating import negotiate
from mandategraph.serving.queries import GRAPHS, RESULTS, Asked
from mandategraph.serving.workers import Workers
from mandategraph.vocabulary import RDF

MOST_FIELDS = 100
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "JSON-LD", "RDF_XML",
)  # fmt: skip
Fields = Mapping[str, Sequence[str]]


class Refused(Exception):
    """A request that is answered with a status and a sentence."""

    def __init__(self, status: int, said: str, **headers: str) -> None:
        super().__init__(said)
        self.status = status
        self.headers = headers


async def answer(request: Request, workers: Workers) -> Response:
    """Return the answer to a request of the protocol."""
    if request.method in {"GET", "HEAD"} and not request.url.query:
        wanted = negotiate(request.headers.get("accept", ""), list(GRAPHS))
        if wanted:
            return Response(describe(str(request.url), GRAPHS[wanted]), media_type=wanted, headers={"Vary": "Accept"})
    try:
        asked = await read(request)
    except Refused as refused:
        return PlainTextResponse(f"{refused}\n", refused.status, headers=refused.headers)
    found = await workers.answer(asked, request)
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff", **dict(found.headers)}
    if asked.is_file and found.status == HTTPStatus.OK:
        headers["Content-Disposition"] = (
            f'attachment; filename="answer.{found.media_type.split("/")[-1].split("+")[-1]}"'
        )
    return Response(found.body, found.status, media_type=found.media_type, headers=headers)


def describe(endpoint: str, syntax: RdfFormat) -> bytes:
    """Return the description of the service: what it answers, in which formats, over which graph."""
    service, dataset, default = BlankNode(), BlankNode(), BlankNode()
    said: list[tuple[BlankNode, str, NamedNode | BlankNode]] = [
        (service, RDF + "type", NamedNode(_SD + "Service")),
        (service, _SD + "endpoint", NamedNode(endpoint)),
        (service, _SD + "supportedLanguage", NamedNode(_SD + "SPARQL11Query")),
        (service, _SD + "feature", NamedNode(_SD + "UnionDefaultGraph")),
        *((service, _SD + "resultFormat", NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS),
        (service, _SD + "defaultDataset", dataset),
        (dataset, RDF + "type", NamedNode(_SD + "Dataset")),
        (dataset, _SD + "defaultGraph", default),
        (default, RDF + "type", NamedNode(_SD + "Graph")),
    ]
    written = serialize(
        [Triple(s, NamedNode(p), o) for s, p, o in said], format=syntax, prefixes={"sd": _SD, "formats": _FORMATS}
    )
    return written or b""


async def read(request: Request) -> Asked:
    """Return what a request asks.

    Raises:
        Refused: it is no query, or not one that is answered here.
    """
    if request.method not in {"GET", "HEAD", "POST"}:
        raise Refused(405, "Use GET or POST.", Allow="GET, HEAD, POST")
    fields: Fields = _fields(request.url.query)
    text: str | None = None
    if request.method == "POST":
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == _UPDATE:
            raise Refused(403, "Updates are refused: this store is for reading.")
        if kind not in {_FORM, _QUERY}:
            raise Refused(415, f"The body is {_FORM} or {_QUERY}.")
        body = await _body(request)
        if kind == _QUERY:
            text = body
        else:
            fields = _fields(body)
    if "update" in fields:
        raise Refused(403, "Updates are refused: this store is for reading.")
    if text is None:
        given = fields.get("query", [])
        if len(given) != 1 or not given[0].strip():
            raise Refused(400, "Give one query: the parameter is called query.")
        text = given[0]
    if len(text) > LONGEST:
        raise Refused(413 if request.method == "POST" else 414, f"The query is longer than {LONGEST:,} characters.")
    accept = ",".join(fields.get("format", ())) or ",".join(request.headers.getlist("accept")) or "*/*"
    results, graph = negotiate(accept, list(RESULTS)), negotiate(accept, list(GRAPHS))
    if results is None and graph is None:
        raise Refused(406, f"Answers are {', '.join((*RESULTS, *GRAPHS))}.")
    return Asked(
        text,
        results,
        graph,
        _iris(fields, "default-graph-uri"),
        _iris(fields, "named-graph-uri"),
        is_file="format" in fields,
    )


def _iris(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the IRIs that a parameter gives.

    Raises:
        Refused: one is none.
    """
    given = tuple(fields.get(name, ()))
    for each in given:
        try:
            NamedNode(each)
        except ValueError:
            raise Refused(400, f"{name} is no IRI.") from None
    return given


def _fields(written: str) -> Fields:
    """Return the values of each field of a form.

    Raises:
        Refused: there are too many.
    """
    try:
        return parse_qs(written, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refused(400, f"There are more than {MOST_FIELDS} parameters.") from None


async def _body(request: Request) -> str:
    """Return the body, read no further than it may go."""
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > 4 * LONGEST:
            raise Refused(413, f"The query is longer than {LONGEST:,} characters.")
        parts.append(part)
    try:
        return b"".join(parts).decode()
    except UnicodeDecodeError:
        raise Refused(400, "The body is not UTF-8.") from None

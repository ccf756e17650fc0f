"""What can be asked of the server, as an OpenAPI document: made of the declarations that the requests are checked against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from mandategraph import __version__
from mandategraph.answering.judging import LONGEST as LONGEST_QUERY
from mandategraph.answering.questions import load_question, question_names
from mandategraph.serving.drafts import FORM, LARGEST
from mandategraph.serving.mandates import FILES
from mandategraph.serving.parameters import FIELDS, LONGEST, LONGEST_TEXT, PAGES, Field

_SCHEMAS: Mapping[str, dict[str, Any]] = {
    "name": {"type": "string", "maxLength": LONGEST},
    "text": {"type": "string", "maxLength": LONGEST_TEXT},
    "column": {"type": "string", "maxLength": LONGEST},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer", "minimum": 0, "maximum": 999_999},
}
_ANSWERS = {
    "200": "As asked.",
    "400": "A parameter is not of its type; the answer says which.",
    "404": "There is no such thing.",
    "503": "Too many wait, or the store cannot be read: Retry-After says when to come back.",
}


def describe_service() -> str:
    """Return the OpenAPI 3.1 document of the pages, files, questions and the SPARQL endpoint, as JSON."""
    paths = {"/": FIELDS["home"], "/timeline": FIELDS["calendar"], "/questions": (), "/query": (), "/state": ()}
    paths |= {f"/{name}": FIELDS[name] for name in PAGES}
    paths |= {f"/{name}": FIELDS[name.partition(".")[0]] for name in FILES}
    for name in question_names():
        own = (Field(p.name, p.type if p.type in _SCHEMAS else "name") for p in load_question(name).parameters)
        paths[f"/questions/{name}"] = (*FIELDS["question"], *own)
    described: dict[str, Any] = {path: {"get": _operation(fields)} for path, fields in paths.items()}
    described["/draft"] = {"get": _operation(()), "post": _sent()}
    described["/sparql"] = {"get": _operation(()) | {"parameters": _sparql()}}
    info = {"title": "MandateGraph", "version": __version__, "description": "Reading only, on this machine alone."}
    return json.dumps({"openapi": "3.1.0", "info": info, "paths": described}, indent=1)


def _operation(fields: Iterable[Field]) -> dict[str, Any]:
    answers = {status: {"description": said} for status, said in _ANSWERS.items()}
    return {"parameters": [_parameter(field) for field in fields], "responses": answers}


def _sent() -> dict[str, Any]:
    """Return how a draft is sent: a form with a file or words."""
    file, text = {"type": "string", "contentMediaType": "application/octet-stream"}, {"type": "string"}
    fields = {"file": file, "text": text} | {field.name: _parameter(field)["schema"] for field in FIELDS["draft"]}
    answers = {"413": f"It is larger than {LARGEST // 1_000_000} MB.", "415": f"It is no form ({FORM})."}
    return _operation(()) | {
        "requestBody": {"required": True, "content": {FORM: {"schema": {"type": "object", "properties": fields}}}},
        "responses": {status: {"description": said} for status, said in sorted((_ANSWERS | answers).items())},
    }


def _parameter(field: Field) -> dict[str, Any]:
    schema = {"type": "string", "enum": list(field.choices)} if field.choices else _SCHEMAS[field.type]
    if field.most > 1:
        schema = {"type": "array", "items": schema, "maxItems": field.most}
    return {"name": field.name, "in": "query", "schema": schema}


def _sparql() -> list[dict[str, Any]]:
    query = {"name": "query", "in": "query", "required": True, "schema": {"type": "string", "maxLength": LONGEST_QUERY}}
    graphs = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return [query, *({"name": f"{kind}-graph-uri", "in": "query", "schema": graphs} for kind in ("default", "named"))]

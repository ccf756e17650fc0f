"""The store -> JSON Lines: one object a statement, indicator and relation, with offsets into its source.

    {"record": "statement", "source": file name, "start": ..., "end": ..., "para": ..., "verb": ..., "act": ...,
     "issuer": ..., "status": ..., "addressees": [{"id": ..., "text": ...}], "actions": [...], "counterparts": [...],
     "instruments": [...], "deadline": {...} or null, "deadlines": [...] where there are several, "conditions": [...],
     "source_instrument": ...,
     "bindingness": ..., "themes": [...]}
    {"record": "indicator", "source": ..., "start": ..., "end": ..., "value": ..., "unit": ..., "about": ..., ...}
    {"record": "relation", "source": ..., "subject": ..., "relation": ..., "object": ..., ...}

Offsets count code points of the source, half-open; ids are those of the gazetteer and the symbols of documents. The
lines are sorted by source and place.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, BinaryIO

from mandategraph.answering.asking import text_rows
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import ROLES, parted, shorten

_STATEMENTS = """
SELECT ?id ?source ?start ?end ?para ?verb ?act ?issuer ?status ?bindingness ?actions ?conditions ?quoted WHERE {
  ?id a mg:Statement ; mg:inDocument/mg:sourceName ?source ; mg:trigger ?trigger ; mg:inParagraph/mg:label ?para ;
    mg:verbLemma ?verb ; mg:act ?act ; mg:status ?status ; mg:bindingness ?bindingness .
  ?trigger oa:start ?start ; oa:end ?end .
  OPTIONAL { ?id mg:actionList ?actions }
  OPTIONAL { ?id mg:conditionList ?conditions }
  OPTIONAL { ?id mg:issuer ?issuer }
  OPTIONAL { ?id mg:quotedFrom ?quoted }
} ORDER BY ?source ?start"""
_DEADLINES = """
SELECT ?id ?position ?kind ?surface ?due ?period ?session WHERE {
  ?id mg:deadline ?deadline . ?deadline mg:position ?position ; mg:deadlineKind ?kind ; mg:surface ?surface .
  OPTIONAL { ?deadline time:inXSDDate ?due }
  OPTIONAL { ?deadline mg:period ?period }
  OPTIONAL { ?deadline mg:session ?session }
} ORDER BY ?id ?position"""
_PARTIES = """
SELECT ?id ?position ?surface ?names WHERE {
  ?id mg:party ?party . ?party mg:position ?position ; mg:names ?names . OPTIONAL { ?party mg:surface ?surface }
} ORDER BY ?id ?position"""
_ROLES = " ".join(f'(mg:{name} "{role}")' for role, name in ROLES.items())
_MANY = f"""
SELECT ?id ?how ?end WHERE {{
  {{ ?id mg:counterpart ?end BIND ("counterparts" AS ?how) }} UNION {{ ?id mg:cites ?end BIND ("instruments" AS ?how) }}
  UNION {{ ?id mg:theme ?end BIND ("themes" AS ?how) }} UNION {{ VALUES (?role ?how) {{ {_ROLES} }} ?id ?role ?end }}
}} ORDER BY ?id ?how ?end"""
_INDICATORS = """
SELECT ?source ?start ?end ?para ?value ?unit ?of ?about ?sex ?time ?target WHERE {
  ?id a mg:Indicator ; mg:inDocument/mg:sourceName ?source ; mg:inParagraph/mg:label ?para ; mg:value ?value ;
    mg:unit ?unit ; mg:isTarget ?target ; mg:evidence ?passage . ?passage oa:start ?start ; oa:end ?end .
  OPTIONAL { ?id mg:measures ?of } OPTIONAL { ?id mg:about ?about } OPTIONAL { ?id mg:sex ?sex }
  OPTIONAL { ?id mg:time ?time }
} ORDER BY ?source ?start"""
_RELATIONS = """
SELECT ?source ?start ?end ?para ?subject ?relation ?object WHERE {
  ?id a mg:Relation ; mg:inDocument/mg:sourceName ?source ; mg:inParagraph/mg:label ?para ; mg:subject ?subject ;
    mg:relationName ?relation ; mg:object ?object ; mg:evidence ?passage . ?passage oa:start ?start ; oa:end ?end .
} ORDER BY ?source ?start ?relation ?subject ?object"""


def write_json_lines(store: GraphStore, output: BinaryIO) -> None:
    """Write all records."""
    for record in read_records(store):
        output.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def read_records(store: GraphStore) -> Iterator[dict[str, Any]]:
    """Yield all records: statements, then indicators, then relations."""
    parties: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    for id_, _, surface, names in text_rows(store, _PARTIES):
        described = "#described-party" in names
        parties[id_].append({"id": None if described else shorten_id(names) or None, "text": surface})
    many: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, how, end in text_rows(store, _MANY):
        many[id_, how].append(shorten_id(end))
    deadlines: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    for id_, _, *said in text_rows(store, _DEADLINES):
        deadlines[id_].append(_deadline(*said))
    for row in text_rows(store, _STATEMENTS):
        (
            id_,
            source,
            start,
            end,
            para,
            verb,
            act,
            issuer,
            status,
            bindingness,
            actions,
            conditions,
            quoted,
        ) = row
        due = deadlines[id_]
        yield {
            "record": "statement",
            "source": source,
            "start": int(start),
            "end": int(end),
            "para": para,
            "verb": verb,
            "act": shorten(act),
            "issuer": shorten_id(issuer) or None,
            "status": shorten(status),
            "addressees": parties[id_],
            "actions": parted(actions),
            "counterparts": many[id_, "counterparts"],
            "roles": {actor: role for role in ROLES for actor in many[id_, role]},
            "instruments": many[id_, "instruments"],
            "deadline": due[0] if due else None,
            **({"deadlines": due} if len(due) > 1 else {}),
            "conditions": parted(conditions),
            "source_instrument": shorten_id(quoted) or None,
            "bindingness": shorten(bindingness),
            "themes": many[id_, "themes"],
        }
    for source, start, end, para, value, unit, of, about, sex, time, target in text_rows(store, _INDICATORS):
        yield {
            "record": "indicator",
            "source": source,
            "start": int(start),
            "end": int(end),
            "para": para,
            "value": float(value),
            "unit": shorten(unit),
            "of": of,
            "about": shorten_id(about) or None,
            "dimension": {"sex": sex} if sex else {},
            "time": time or None,
            "kind": "target" if target == "true" else "observation",
        }
    for source, start, end, para, subject, relation, object_ in text_rows(store, _RELATIONS):
        yield {
            "record": "relation",
            "source": source,
            "start": int(start),
            "end": int(end),
            "para": para,
            "subject": shorten_id(subject),
            "relation": relation,
            "object": shorten_id(object_),
        }


def _deadline(kind: str, surface: str, due: str, period: str, session: str) -> dict[str, str | None]:
    if kind == "event":
        return {"type": kind, "text": surface, "resolves": due or None}
    return {"type": kind, "value": due or period or session}


def shorten_id(iri: str) -> str:
    """Return the id of an actor or instrument; what stands in brackets at a symbol stands after a space again.

    Example:
        >>> shorten_id("https://w3id.org/mandategraph/instrument/S/RES/2374(2017)")
        'S/RES/2374 (2017)'
        >>> shorten_id("https://w3id.org/mandategraph/instrument/A/RES/217_A(III)")
        'A/RES/217 A (III)'
    """
    short = shorten(iri)
    return short.replace("(", " (") if re.match(r"[A-Z]{1,8}/", short) else short

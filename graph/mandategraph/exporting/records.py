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
from collections.abc import Iterator
from typing import Any, BinaryIO

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.facts import facts, figures
from mandategraph.recalling.statements import Deadline, Stated, statements
from mandategraph.vocabulary import shorten


def write_json_lines(store: GraphStore, output: BinaryIO) -> None:
    """Write all records."""
    for record in read_records(store):
        output.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def read_records(store: GraphStore) -> Iterator[dict[str, Any]]:
    """Yield all records: statements, then indicators, then relations."""
    sources = {head.key: head.source for head in documents(store)}
    for stated in sorted(statements(store), key=lambda each: (sources[each.document], each.place.trigger_start)):
        yield {"record": "statement", "source": sources[stated.document], **_statement(stated)}
    for figure in sorted(figures(store), key=lambda each: (sources[each.document], each.start)):
        yield {
            "record": "indicator",
            "source": sources[figure.document],
            "start": figure.start,
            "end": figure.end,
            "para": figure.paragraph,
            "value": figure.value,
            "unit": figure.unit,
            "of": figure.measures,
            "about": figure.actor or None,
            "dimension": {"sex": figure.sex} if figure.sex else {},
            "time": figure.time or None,
            "kind": "target" if figure.is_target else "observation",
        }
    for fact in sorted(facts(store), key=lambda each: (sources[each.document], each.start)):
        yield {
            "record": "relation",
            "source": sources[fact.document],
            "start": fact.start,
            "end": fact.end,
            "para": fact.paragraph,
            "subject": shorten_id(fact.subject),
            "relation": fact.relation,
            "object": shorten_id(fact.object),
        }


def _statement(stated: Stated) -> dict[str, Any]:
    due = [_deadline(deadline) for deadline in stated.deadlines]
    return {
        "start": stated.place.trigger_start,
        "end": stated.place.trigger_end,
        "para": stated.paragraph,
        "verb": stated.verb,
        "act": stated.act,
        "issuer": stated.issuer or None,
        "status": stated.status,
        "addressees": [
            {"id": None if party.described else shorten_id(party.iri) or None, "text": party.words}
            for party in stated.bearers
        ],
        "actions": list(stated.heads),
        "counterparts": list(stated.counterparts),
        "roles": dict(stated.roles),
        "instruments": list(map(shorten_id, stated.cites)),
        "deadline": due[0] if due else None,
        **({"deadlines": due} if len(due) > 1 else {}),
        "conditions": list(stated.conditions),
        "source_instrument": stated.mandate if stated.is_quoted else None,
        "bindingness": stated.bindingness,
        "themes": list(stated.themes),
    }


def _deadline(deadline: Deadline) -> dict[str, str | None]:
    if deadline.kind == "event":
        return {"type": deadline.kind, "text": deadline.words, "resolves": deadline.day or None}
    return {"type": deadline.kind, "value": deadline.day or deadline.period or deadline.session}


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

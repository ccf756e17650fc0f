"""Why a statement reads as it does."""

from __future__ import annotations

import pytest

from mandategraph.answering.explaining import explain
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore


def test_every_field_has_its_rule(sample_store: GraphStore) -> None:
    found = explain(sample_store, "S/2020/600", "62")
    assert all(each.is_stored for each in found)
    request = next(each for each in found if each.statement.verb == "request")
    rules = {(step.field, step.rule) for step in request.steps}
    assert ("verb", "VRB-request") in rules
    assert ("addressees", "PTY-coordination") in rules
    assert ("addressees", "GAZ-alias") in rules
    assert ("actions", "CMP-to") in rules
    assert ("deadline", "DDL-every") in rules
    assert ("counterparts", "FRM-verb-report-to") in rules


def test_what_is_not_there(sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match="no statement stands"):
        explain(sample_store, "S/2020/600", "999")
    with pytest.raises(QueryError, match="is no document"):
        explain(sample_store, "MINUSMA", "1")
    with pytest.raises(QueryError, match="nothing is called"):
        explain(sample_store, "S/1999/1", "1")

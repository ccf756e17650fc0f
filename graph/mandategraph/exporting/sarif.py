"""The findings of a draft as SARIF 2.1.0 (OASIS), which editors and pipelines read.

In: a draft and findings. Out: JSON. Places are lines and columns, counted from one in code points, where the file is plain text or Markdown; of other formats the
paragraph alone is told, since what is read there is not what the file holds. Places in the text as read are properties (`start`, `end`), counted from zero.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from mandategraph import __version__
from mandategraph.drafting.drafts import Draft
from mandategraph.drafting.linting import Finding
from mandategraph.drafting.rows import DraftingRule, load_drafting_rules

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PRINTED = frozenset({"text/plain", "text/markdown"})


def to_sarif(draft: Draft, findings: Sequence[Finding]) -> str:
    """Return findings as SARIF; those that the draft itself switches off are suppressed in the source."""
    rules = list(load_drafting_rules().values())
    source = draft.document.text.source
    uri = quote(PurePath(draft.where).as_posix())
    starts = [0, *(n + 1 for n, character in enumerate(source.text) if character == "\n")]
    order = {rule.id: n for n, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {"name": "MandateGraph", "semanticVersion": __version__, "rules": [_rule(rule) for rule in rules]}
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri}, "mimeType": source.media_type, "hashes": {"sha-256": source.sha256}}],
        "results": [
            _result(each, order[each.rule.id], uri, starts if source.media_type in _PRINTED else [])
            for each in findings
        ],
    }
    said = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def place_of(starts: Sequence[int], at: int) -> tuple[int, int]:
    """Return line and column of an offset, counted from one, by where the lines start.

    Example:
        >>> place_of([0, 5], 7)
        (2, 3)
    """
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


def _rule(rule: DraftingRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")[1:]),
        "shortDescription": {"text": f"{rule.title[0].upper()}{rule.title[1:]}."},
        "fullDescription": {"text": rule.checks},
        "help": {"text": rule.why},
        "defaultConfiguration": {"level": rule.level, "rank": round(100 * rule.sure, 1)},
    }


def _result(each: Finding, index: int, uri: str, starts: Sequence[int]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "index": 0}}
    if starts:
        line, column = place_of(starts, each.span.start)
        end_line, end_column = place_of(starts, each.span.end)
        physical["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
            "snippet": {"text": each.words},
        }
    found: dict[str, Any] = {
        "ruleId": each.rule.id,
        "ruleIndex": index,
        "level": each.level,
        "rank": round(100 * each.sure, 1),
        "message": {"text": each.reason},
        "locations": [
            {"physicalLocation": physical, "logicalLocations": [{"name": each.paragraph, "kind": "paragraph"}]}
        ],
        "properties": {"start": each.span.start, "end": each.span.end},
    }
    if each.is_silenced:
        found["suppressions"] = [{"kind": "inSource"}]
    return found

"""Corrections <-> JSON Lines: one object a correction, so that people share them by file.

    {"id": ..., "verdict": ..., "target": ..., "document": ..., "sha256": ..., "anchor": {"paragraph": ..., "exact": ..., "prefix": ..., "suffix": ...},
     "field": ..., "was": ..., "becomes": ..., "who": ..., "when": ..., "reason": ..., "of": ...}

What is empty is left out. The id is a digest of all else; a line whose id is another was changed by hand, and is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from mandategraph.errors import SourceError
from mandategraph.records import Anchor, Correction, Target, Verdict, moment, written

_HINT = "Write such files with: mandategraph corrections export"
_CHANGED = "A correction is not changed: take it back, and say it anew."


def to_lines(corrections: Iterable[Correction]) -> Iterator[str]:
    """Yield a line for each correction, in their order."""
    for each in sorted(corrections, key=lambda each: each.order):
        said: dict[str, Any] = {"id": each.id, **asdict(each)}
        for name in ("was", "becomes"):
            said[name] = each.value(said[name])
        kept = {name: value for name, value in said.items() if value not in ("", None)}
        if kept.get("anchor"):
            kept["anchor"] = {name: value for name, value in kept["anchor"].items() if value}
        if each.was and "was" not in kept:
            kept["was"] = said["was"]
        if each.becomes and "becomes" not in kept:
            kept["becomes"] = said["becomes"]
        yield json.dumps(kept, ensure_ascii=False)


def from_lines(lines: Iterable[str], where: str) -> list[Correction]:
    """Return the corrections of some lines.

    Args:
        lines: of JSON; empty ones are passed over.
        where: the file, for what is said of it.

    Raises:
        SourceError: a line is no correction, or was changed by hand.
    """
    found = []
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            each = _correction(given)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"the line is no correction ({error})", where=f"{where}:{n}", hint=_HINT) from error
        if given.get("id", each.id) != each.id:
            raise SourceError("the correction was changed after it was written", where=f"{where}:{n}", hint=_CHANGED)
        found.append(each)
    return found


def _correction(given: dict[str, Any]) -> Correction:
    anchor = given.get("anchor")
    return Correction(
        verdict=Verdict(given["verdict"]),
        target=Target(given["target"]),
        document=str(given.get("document", "")),
        sha256=str(given.get("sha256", "")),
        anchor=Anchor(anchor.get("paragraph", ""), anchor["exact"], anchor.get("prefix", ""), anchor.get("suffix", ""))
        if anchor
        else None,
        field=str(given.get("field", "")),
        was=written(given["was"]) if "was" in given else "",
        becomes=written(given["becomes"]) if "becomes" in given else "",
        who=str(given["who"]),
        when=moment(str(given["when"])),
        reason=str(given.get("reason", "")),
        of=str(given.get("of", "")),
    )

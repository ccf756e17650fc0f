"""Overlaps in files: CSV, a row an obligation; JSON, an object a group; Markdown to hand on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from mandategraph.answering.overlaps import Group
from mandategraph.answering.tabling import as_csv
from mandategraph.exporting.markdown import escaped
from mandategraph.recalling.labels import with_periods_in_words

COLUMNS = ("group", "kind", "score", "reasons", "bearers", "day", "body", "document", "paragraph", "quotation")


def rows(found: Iterable[Group]) -> Iterator[tuple[str, ...]]:
    """Yield a row of `COLUMNS` for each obligation of each group."""
    for n, group in enumerate(found, 1):
        head = (str(n), group.kind.value, f"{group.score:.2f}", "; ".join(group.reasons))
        for duty in group.duties:
            bearers = ", ".join(sorted(duty.bearers))
            yield *head, bearers, duty.day, duty.body, duty.document, duty.label, duty.text


def to_csv(found: Sequence[Group]) -> str:
    """Return groups as CSV with a head."""
    return as_csv(COLUMNS, rows(found))


def to_json(found: Sequence[Group]) -> str:
    """Return groups as JSON."""
    said = [
        {
            "kind": group.kind,
            "score": round(group.score, 4),
            "reasons": group.reasons,
            "bearers": group.bearers,
            "obligations": [
                {
                    "statement": duty.iri,
                    "document": duty.document,
                    "paragraph": duty.label,
                    "day": duty.day,
                    "body": duty.body,
                    "bearers": sorted(duty.bearers),
                    "text": duty.text,
                }
                for duty in group.duties
            ],
        }
        for group in found
    ]
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def to_markdown(found: Sequence[Group]) -> str:
    """Return groups as Markdown, a section a group."""
    lines = ["# What is asked more than once", "", f"{summary(found)}.", ""]
    for group in found:
        lines += [f"## {heading(group)}", ""]
        for duty in group.duties:
            place = ", ".join(filter(None, (duty.document, duty.label, duty.day)))
            lines.append(f"- **{escaped(place)}**: {escaped(duty.text)}")
        lines.append("")
    return "\n".join(lines)


def heading(group: Group, named: Callable[[str], str] = str) -> str:
    """Return what a group is, in one line; `named` gives the names of ids, which stand for themselves where it is not given."""
    who = named(", ".join(group.bearers))
    return (
        f"{group.kind.value.capitalize()}, {who} ({group.score:.2f}; {with_periods_in_words('; '.join(group.reasons))})"
    )


def summary(found: Sequence[Group]) -> str:
    """Return how many groups there are of each kind, in words."""
    counted = Counter(group.kind.value for group in found)
    return ", ".join(f"{count} {kind}" for kind, count in counted.items()) or "nothing"

"""Regimes of measures: which instrument a measure, an exemption or a criterion goes back to.

In: the statements of a document. Out: the instrument of each that sets something in a regime of sanctions: the resolution whose paragraphs it cites
first, conditions left out, else the one that its lead-in cites first, or says to have imposed them ("the measures previously imposed by paragraph 4 of resolution N: (a) Freeze ..."), else, for
exemptions and criteria, the first that it names; else its own. What cites a paragraph of its own document goes back where that paragraph
does, its measures first.

Rule: docs/mandates.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mandategraph.interpreting.leading import leads
from mandategraph.records import Annotated, Provision, Statement, Status
from mandategraph.symbols import type_of

_OTHERS = frozenset({"exemption", "criteria"})
_IMPOSED = re.compile(r"\bpreviously imposed (?:by|in) [^;:]*?\bresolution (\d+ \(\d{4}\))")


def measures(statement: Statement) -> tuple[str, ...]:
    """Return the measures that a statement sets, exemptions and criteria left out."""
    return tuple(name for name in statement.sanctions if name not in _OTHERS)


def origins(annotated: Annotated, statements: Sequence[Statement]) -> Mapping[int, str]:
    """Return the instruments that statements of sanctions go back to, by where their triggers begin; what is quoted or merely said has none."""
    over = leads(annotated)
    cited: dict[str, list[str]] = {}
    for statement in statements:
        found = [p.instrument for p in statement.provisions if is_decision(p.instrument)]
        first = _IMPOSED.search(annotated.document.text.words(statement.span))
        found.sort(key=lambda id_: first is None or not id_.endswith(first[1]))
        cited.setdefault(statement.paragraph, []).extend(found)
    origin: dict[int, str] = {}
    imposed: dict[str, str] = {}
    symbol = annotated.document.symbol
    for statement in sorted(statements, key=lambda s: not measures(s)):
        if not statement.sanctions or statement.quoted_from or statement.status is Status.STATEMENT:
            continue
        own = (p.instrument for p in statement.provisions if is_decision(p.instrument) and not _limits(p, statement))
        above = (id_ for lead, _ in over.get(statement.paragraph, ()) for id_ in cited.get(lead, ()))
        named = (id_ for id_ in statement.instruments if is_decision(id_) and not measures(statement))
        source = next(own, None) or next(above, None) or next(named, None) or symbol
        if source and source == symbol:
            labels = [p.label for p in statement.provisions if p.instrument == symbol]
            source = next((imposed[at] for label in labels for at in imposed if _is_of(at, label)), source)
        if source:
            imposed.setdefault(statement.paragraph, source)
            origin[statement.trigger.start] = source
    return origin


def _limits(provision: Provision, statement: Statement) -> bool:
    """Return whether a paragraph is cited in a condition of what a statement imposes: "if they carry items banned by paragraph 9 of resolution N"."""
    number = provision.instrument.rpartition("/")[2]
    return bool(measures(statement)) and any(number in condition for condition in statement.conditions)


def _is_of(label: str, paragraph: str) -> bool:
    """Return whether a label is that of a paragraph, or of a point of it."""
    return label == paragraph or label.startswith(paragraph + "(")


def is_decision(id_: str) -> bool:
    """Return whether an instrument is a resolution."""
    return type_of(id_).endswith("resolution")

"""Regimes of measures: which instrument a measure, an exemption or a criterion goes back to.

In: the statements of a document. Out: the instrument of each that sets something in a regime of sanctions: the resolution whose paragraphs it cites
first, else the one that its lead-in cites first ("the measures previously imposed by paragraph 4 of resolution N: (a) Freeze ..."), else, for
exemptions and criteria, the first that it names; else its own. What cites a paragraph of its own document goes back where the measures of that
paragraph do.

Rule: docs/mandates.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mandategraph.interpreting.leading import leads
from mandategraph.records import Annotated, Statement, Status
from mandategraph.symbols import type_of

_OTHERS = frozenset({"exemption", "criteria"})


def measures(statement: Statement) -> tuple[str, ...]:
    """Return the measures that a statement sets, exemptions and criteria left out."""
    return tuple(name for name in statement.sanctions if name not in _OTHERS)


def origins(annotated: Annotated, statements: Sequence[Statement]) -> Mapping[int, str]:
    """Return the instruments that statements of sanctions go back to, by where their triggers begin; what is quoted or merely said has none."""
    over = leads(annotated)
    cited: dict[str, list[str]] = {}
    for statement in statements:
        found = [p.instrument for p in statement.provisions if is_decision(p.instrument)]
        cited.setdefault(statement.paragraph, []).extend(found)
    origin: dict[int, str] = {}
    imposed: dict[str, str] = {}
    symbol = annotated.document.symbol
    for statement in sorted(statements, key=lambda s: not measures(s)):
        if not statement.sanctions or statement.quoted_from or statement.status is Status.STATEMENT:
            continue
        own = (p.instrument for p in statement.provisions if is_decision(p.instrument))
        above = (id_ for lead, _ in over.get(statement.paragraph, ()) for id_ in cited.get(lead, ()))
        named = (id_ for id_ in statement.instruments if is_decision(id_) and not measures(statement))
        source = next(own, None) or next(above, None) or next(named, None) or symbol
        if source and source == symbol:
            labels = [p.label for p in statement.provisions if p.instrument == symbol]
            source = next((imposed[at] for label in labels for at in imposed if _is_of(at, label)), source)
        if source and measures(statement):
            imposed.setdefault(statement.paragraph, source)
        if source:
            origin[statement.trigger.start] = source
    return origin


def _is_of(label: str, paragraph: str) -> bool:
    """Return whether a label is that of a paragraph, or of a point of it."""
    return label == paragraph or label.startswith(paragraph + "(")


def is_decision(id_: str) -> bool:
    """Return whether an instrument is a resolution."""
    return type_of(id_).endswith("resolution")

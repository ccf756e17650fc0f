"""What a statement sets in a regime of sanctions: a measure of a kind and on whom, an exemption, criteria of designation.

In: the phrases of a paragraph. Out: names, by the table `lexicons/sanctions.csv`: a verb at its own polarity ("shall not apply") and words that stand
in its clause.

Limits: what a measure is on is read where persons or bodies of some kind are named, else it is the first State named behind the verb.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from mandategraph.interpreting.counterparts import apart
from mandategraph.lexicon import Sanction
from mandategraph.phrasing.reaching import Reach
from mandategraph.records import PLACES
from mandategraph.records.phrases import PhraseKind, VerbForm

_PERSONS = re.compile(
    r"\b(?:(?:any|all|those|the|such) )?(?:(?:other|non-governmental) )?(?:individuals?|persons?|entit(?:y|ies)|groups|undertakings)\b[^,;:.]*"
)
_ASKED = frozenset({VerbForm.INFINITIVE, VerbForm.BASE})


class SanctionReader:
    """Reads sanctions with one table."""

    def __init__(self, rows: Sequence[Sanction]) -> None:
        self._rows = rows

    def read(self, reach: Reach, start: int, end: int) -> tuple[tuple[str, ...], str]:
        """Return what is set between two tokens, sorted, and on whom a measure is, in words; what is aimed at, and what was done, sets nothing."""
        left_out = apart(reach, start, end, with_content=False)
        inside = [reach.phrases[i] for i in reach.tree.within(start, end) if i not in left_out]
        words = " ".join(token.text for p in inside for token in reach.tree.paragraph.tokens[p.begin : p.end])
        verbs = {(p.word, p.is_negated) for p in inside if p.kind is PhraseKind.VERB and (p.modal or p.form in _ASKED)}
        rows = [row for row in self._rows if _fits(row, words.lower(), verbs)]
        places = [p.mention.surface for p in inside if p.mention is not None and p.mention.type in PLACES]
        persons = [match[0].strip() for match in _PERSONS.finditer(words)]
        is_place = any(row.falls_on == "place" for row in rows)
        on = [*places, *persons] if is_place else [*persons, *places]
        return tuple(sorted({row.sanction for row in rows})), on[0] if on and any(row.falls_on for row in rows) else ""


def _fits(row: Sanction, words: str, verbs: Collection[tuple[str, bool]]) -> bool:
    return any((verb, row.is_negated) in verbs for verb in row.verbs) and any(
        re.search(rf"\b{re.escape(word)}\b", words) for word in row.words
    )

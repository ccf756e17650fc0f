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
from mandategraph.records.phrases import Phrase, PhraseKind, VerbForm

_PERSONS = re.compile(
    r"\b(?:(?:any|all|those|the|such|these|following) )?(?:(?:other|non-governmental|designated) )?(?:individuals?|persons?|entit(?:y|ies)|groups|undertakings)\b"
    r"(?: ?,? (?:and |or )?(?:other )?(?:individuals|persons|entities|groups|undertakings)\b)*[^,;:.]*"
)
_ASKED = frozenset({VerbForm.INFINITIVE, VerbForm.BASE})
_DO = frozenset({"do", "does"})
_INTO = re.compile(
    r"\b(?:to|into|from|in|against|through) (?:the )?(?:territor(?:y|ies) (?:of|controlled by) (?:the )?|Government of (?:the )?)?$"
)


class SanctionReader:
    """Reads sanctions with one table."""

    def __init__(self, rows: Sequence[Sanction]) -> None:
        self._rows = rows

    def read(self, reach: Reach, start: int, end: int, verb: str, below: str = "") -> tuple[tuple[str, ...], str]:
        """Return what is set between two tokens, sorted, and on whom a measure is, in words; what is aimed at, and what was done, sets nothing.

        Args:
            reach: the phrases of the paragraph.
            start: index of the first token.
            end: index behind the last.
            verb: of the statement.
            below: the words of the points under it, where what is banned stands there.
        """
        rows = [row for row in self._rows if not row.by or verb in row.by]
        asked = {reach.phrases[i].word for i in reach.tree.within(start, end)} if rows else frozenset()
        if all(asked.isdisjoint(row.verbs) for row in rows):
            return (), ""
        left_out = apart(reach, start, end, with_content=False) | _first_aim(reach, start, end)
        inside = [reach.phrases[i] for i in reach.tree.within(start, end) if i not in left_out]
        tokens = [token for p in inside for token in reach.tree.paragraph.tokens[p.begin : p.end]]
        words, said = " ".join(token.text for token in tokens), " ".join(token.lower for token in tokens)
        verbs = {(p.word, p.is_negated) for p in inside if p.kind is PhraseKind.VERB and _sets(reach, p)}
        rows = [row for row in rows if _fits(row, f"{said} {below}".lower(), verbs)]
        named = ((p, p.mention) for p in inside if p.mention is not None and p.mention.type in PLACES)
        places = [mention.surface for p, mention in named if _INTO.search(_before(reach, p))]
        persons = [match[0].strip().replace(" ,", ",") for match in _PERSONS.finditer(words)]
        is_place = any(row.falls_on == "place" for row in rows)
        on = [*places, *persons] if is_place else persons
        return tuple(sorted({row.sanction for row in rows})), on[0] if on and any(row.falls_on for row in rows) else ""


def _sets(reach: Reach, verb: Phrase) -> bool:
    """Return whether a verb says what shall or shall not be, or what is not from now on ("do not apply")."""
    is_denied = verb.is_negated and reach.tree.paragraph.tokens[verb.begin].text.lower() in _DO
    return bool(verb.modal) or verb.form in _ASKED or is_denied


def _first_aim(reach: Reach, start: int, end: int) -> frozenset[int]:
    """Return the phrases of an aim that stands before what is to be done: "States, in order to prevent X from doing Y, shall ..."."""
    inside = list(reach.tree.within(start, end))
    modal = next((n for n, i in enumerate(inside) if reach.phrases[i].modal), 0)
    opening = next((n for n, i in enumerate(inside[:modal]) if reach.opens_aim(i)), modal)
    return frozenset(inside[opening:modal])


def _before(reach: Reach, phrase: Phrase) -> str:
    """Return the words before a phrase and those that open it, as they stand."""
    paragraph = reach.tree.paragraph
    at = phrase.mention.span.start if phrase.mention else paragraph.tokens[phrase.begin].start
    return " ".join(t.text for t in paragraph.tokens if t.end <= at)[-80:] + " "


def _fits(row: Sanction, words: str, verbs: Collection[tuple[str, bool]]) -> bool:
    is_done = any((verb, row.is_negated) in verbs for verb in row.verbs)
    return is_done and all(_has(words, listed) for listed in (row.words, row.with_) if listed)


def _has(words: str, listed: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", words) for word in listed)

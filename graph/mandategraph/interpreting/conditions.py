"""Words that limit a duty: "within existing resources", "where appropriate", "in accordance with ...".

In: the phrases of a statement. Out: the qualifiers as printed, in reading order. Phrases and openers are data (`lexicons/conditions.csv`); an
opener reaches as far as its own phrase, with what is coordinated within it.

Rule: annotation guidelines, field `conditions`.
"""

from __future__ import annotations

import re

from mandategraph.lexicon import Conditions
from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.words import DETERMINERS, PRONOUNS
from mandategraph.records import MentionKind
from mandategraph.records.phrases import FARTHEST, PhraseKind, VerbForm, ahead

_BEFORE_FREE = frozenset(", ( and but".split())
_BEFORE_STATE = frozenset("manner is are be remain remains".split())
_OPENING = frozenset("as where if when whenever".split())
_DEGREES = frozenset("possible practicable feasible".split())
_JOINING, _OWN = frozenset("and in".split()), frozenset("its their".split())
_MEANS = frozenset("by through".split())
_ENDS = frozenset("; : . ( )".split())
_OF_CLAUSE = frozenset({VerbForm.FINITE, VerbForm.BASE})


class ConditionReader:
    """The condition phrases by their first word."""

    def __init__(self, conditions: Conditions, limits: frozenset[str]) -> None:
        self._limits = limits
        self._rows: dict[str, list[tuple[list[str], str]]] = {}
        self._lasts = {phrase.split()[-1] for phrase in conditions.fixed if phrase.split()[0] in _OPENING}
        rows = [(phrase, "fixed") for phrase in conditions.fixed] + list(conditions.openers)
        for phrase, kind in sorted(rows, key=lambda row: -len(row[0])):
            first, *rest = phrase.split()
            self._rows.setdefault(first, []).append((rest, kind))

    def read(self, reach: Reach, start: int, end: int) -> tuple[str, ...]:
        """Return the conditions between two tokens."""
        found: list[str] = []
        at = start
        while at < end:
            stop = self._stop(reach, at, start, end)
            if stop is not None:
                found.append(_said(reach, at, stop))
            at = stop if stop is not None else at + 1
        return tuple(found)

    def _stop(self, reach: Reach, at: int, start: int, end: int) -> int | None:
        """Return one past the last token of the condition that begins at a token, or None where none does."""
        tokens = reach.tree.paragraph.tokens
        for rest, kind in self._rows.get(tokens[at].lower, ()):
            behind = at + 1 + len(rest)
            if behind > end or [t.lower for t in tokens[at + 1 : behind]] != rest:
                continue
            before = tokens[at - 1].lower if at > start else ","
            if kind == "fixed":
                more = [t.lower for t in tokens[behind : behind + 2]]
                if behind + 2 <= end and more[0] in {"and", "or"} and more[1] in self._lasts:
                    behind += 2
                return None if tokens[behind - 1].lower in _DEGREES and _is_compared(reach, at) else behind
            if not self._opens(reach, kind, before, at, behind, end):
                return None
            stop = self._reach(reach, behind, end)
            return self._last_limit(reach, behind, stop) if kind == "means" else stop
        return None

    def _opens(self, reach: Reach, kind: str, before: str, at: int, behind: int, end: int) -> bool:
        """Return whether an opener limits the duty, by its kind and what stands on both sides."""
        tokens = reach.tree.paragraph.tokens
        following = tokens[behind].lower if behind < end else ""
        if kind == "free":
            return before in _BEFORE_FREE
        if kind == "inverted":
            return before == "," and following in DETERMINERS | PRONOUNS
        if kind == "time":
            return reach.phrases[min(reach.at(behind), len(reach.phrases) - 1)].form is not VerbForm.GERUND
        if kind == "means":
            return any(t.lower in self._limits for t in tokens[behind : self._reach(reach, behind, end)])
        if kind == "rule":
            return before not in _BEFORE_STATE and not _cites(reach, behind) and not _is_of_means(reach, at)
        return True

    def _last_limit(self, reach: Reach, behind: int, stop: int) -> int:
        """Return one past the last word that says within what a duty is kept, with what is as much its bearer's: "and its area of work"."""
        tokens = reach.tree.paragraph.tokens
        last = max(k for k in range(behind, stop) if tokens[k].lower in self._limits) + 1
        is_more = last + 1 < stop and tokens[last].lower in _JOINING and tokens[last + 1].lower in _OWN
        return stop if is_more else last

    def _begins(self, reach: Reach, at: int) -> bool:
        """Return whether the words of another condition begin at a token."""
        tokens = reach.tree.paragraph.tokens
        rows = self._rows.get(tokens[at].lower, ())
        return any(rest and [t.lower for t in tokens[at + 1 : at + 1 + len(rest)]] == rest for rest, _ in rows)

    def _reach(self, reach: Reach, behind: int, end: int) -> int:
        """Return where a condition ends: before a mark, or before "and" or a comma that joins nothing within it."""
        first, stop, is_list = reach.end(behind), reach.end(end), False
        if first < stop and reach.is_mark(first, ",") and reach.phrases[first - 1].kind is PhraseKind.OPENER:
            # "provided that, within a year, it is": what commas insert belongs to it.
            first = next((k + 1 for k in ahead(first, stop) if reach.is_mark(k, ",")), first)
        k = first
        while k < stop:
            phrase = reach.phrases[k]
            if phrase.kind is PhraseKind.MARK and phrase.word in _ENDS:
                break
            is_joint = phrase.kind is PhraseKind.JOINT or reach.is_mark(k, ",")
            if is_joint and not _joins(reach, k, first - 1, stop, is_list=is_list):
                break
            is_list = is_list or reach.is_mark(k, ",")
            is_clause = phrase.kind is PhraseKind.OPENER and phrase.word in {"if", "when", "unless"}
            if k > first and (is_clause or self._begins(reach, phrase.begin)):
                break
            k += 1
        return max(behind, min(end, reach.token(k)))


def _is_compared(reach: Reach, at: int) -> bool:
    """Return whether the "as" at a token is the second one of "as close to the border as possible"."""
    tokens = reach.tree.paragraph.tokens
    if tokens[at].lower != "as":
        return False
    for k in range(at - 1, max(0, at - FARTHEST), -1):
        if not tokens[k].lower[:1].isalnum():
            return False
        if tokens[k].lower == "as":
            return True
    return False


def _joins(reach: Reach, k: int, first: int, stop: int, *, is_list: bool) -> bool:
    """Return whether a joint or comma goes on with something inside a condition; `is_list`: a comma has done so before."""
    after = k + 1
    while after < stop and (reach.phrases[after].kind is PhraseKind.JOINT or reach.phrases[after].is_owner):
        after += 1
    verb = reach.past_adverbs(after, stop)
    is_either = reach.tree.paragraph.tokens[reach.phrases[k].end - 1].lower.endswith("or")
    if verb < stop and is_either and reach.phrases[verb].form in _OF_CLAUSE:
        return True
    if after >= stop or reach.phrases[after].kind is not PhraseKind.NOUN:
        return False
    if reach.phrases[k].kind is PhraseKind.JOINT:
        return True
    return first <= reach.ties[after].first < after and (is_list or after == k + 1)


def _cites(reach: Reach, behind: int) -> bool:
    """Return whether what follows is an instrument by its number: a reference, and no limit."""
    k = reach.at(behind)
    if k >= len(reach.phrases):
        return False
    mention = reach.phrases[k].mention
    is_cited = mention is not None and mention.kind is MentionKind.INSTRUMENT
    return is_cited and any(
        t.text.isdigit() for t in reach.tree.paragraph.tokens[reach.phrases[k].begin : reach.phrases[k].end]
    )


def _is_of_means(reach: Reach, at: int) -> bool:
    """Return whether a condition belongs to "by doing", or behind commas to "including by doing": it limits the means, not the duty."""
    opens = _MEANS
    for k in range(reach.at(at) - 1, 0, -1):
        phrase, before = reach.phrases[k], reach.phrases[k - 1]
        if reach.is_mark(k, ","):
            opens = frozenset()
        elif phrase.kind is PhraseKind.MARK:
            return False
        is_including = before.word in _MEANS and reach.phrases[k - 2].word == "including"
        if phrase.form is VerbForm.GERUND and (before.word in opens or is_including):
            return True
        if phrase.form in _OF_CLAUSE or phrase.form is VerbForm.INFINITIVE:
            return False
    return False


def _said(reach: Reach, at: int, stop: int) -> str:
    """Return the words of a condition as printed, white space folded."""
    paragraph = reach.tree.paragraph
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    tokens = paragraph.tokens
    return re.sub(r"\s+", " ", paragraph.text[tokens[at].start - base : tokens[stop - 1].end - base]).strip(" ,;.")

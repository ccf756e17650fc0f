"""A set of corrections -> which of them hold, where people differ, and how far they agree.

The set says it all: not the order in which it was put together, and not the file that a correction came from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from mandategraph.records import Correction, Verdict

_KEPT = frozenset({Verdict.ACCEPTED, Verdict.CORRECTED, Verdict.ADDED})
_WHOLE = frozenset({Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ADDED})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two corrections of different people that cannot both hold; the later one does."""

    held: Correction
    other: Correction


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree on what both judged.

    Attributes:
        judged: statements, relations, names and documents on which both have a verdict.
        same: of these, with the same verdict.
        kappa: Cohen's, over the verdicts accepted, rejected, corrected; None where chance alone would agree always, or nothing was judged by both.
        values: fields to which both gave a value; `same_values`: of these, the same one.
    """

    people: tuple[str, str]
    judged: int
    same: int
    kappa: float | None
    values: int
    same_values: int


def holding(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections that count, in the order in which they are applied: none that is withdrawn, and of each person the last word."""
    given = {each.id: each for each in corrections}
    gone = {each.of for each in given.values() if each.verdict is Verdict.WITHDRAWN}
    last: dict[tuple[object, ...], Correction] = {}
    for each in sorted(given.values(), key=lambda each: each.order):
        if each.verdict is Verdict.WITHDRAWN or each.id in gone:
            continue
        last[each.who, each.spot, "" if each.verdict in _WHOLE else each.field] = each
    return sorted(last.values(), key=lambda each: each.order)


def conflicts(corrections: Iterable[Correction]) -> list[Conflict]:
    """Return where people differ: over the value of a field, over whether something is there at all, or over a whole that one changed later."""
    found = []
    for views in _views(corrections).values():
        for one, other in combinations(views, 2):
            if one.who != other.who and _differ(one, other):
                found.append(Conflict(other, one))
    return found


def agreements(corrections: Iterable[Correction]) -> list[Agreement]:
    """Return how far each two people agree, by their names."""
    views = _views(corrections)
    people = sorted({each.who for judged in views.values() for each in judged})
    return [_agreement(pair, list(views.values())) for pair in combinations(people, 2)]


def _views(corrections: Iterable[Correction]) -> Mapping[tuple[object, ...], list[Correction]]:
    """Return what holds by what it is about, each in order."""
    views: dict[tuple[object, ...], list[Correction]] = defaultdict(list)
    for each in holding(corrections):
        views[each.spot].append(each)
    return views


def _differ(one: Correction, other: Correction) -> bool:
    """Return whether two corrections of one spot cannot both hold; `other` is the later one."""
    if Verdict.REJECTED in (one.verdict, other.verdict):
        return one.verdict is not other.verdict
    if one.field and other.field:
        return one.field == other.field and one.becomes != other.becomes
    if one.field or other.field:
        # Who accepts a whole after a field of it was corrected has seen the correction.
        whole, part = (one, other) if other.field else (other, one)
        values = whole.value(whole.becomes or whole.was) or {}
        return bool(part.value(part.becomes) != values.get(part.field))
    return (one.becomes or one.was) != (other.becomes or other.was)


def _agreement(people: tuple[str, str], views: Sequence[Sequence[Correction]]) -> Agreement:
    pairs, values, same_values = [], 0, 0
    for judged in views:
        mine, theirs = ([each for each in judged if each.who == who] for who in people)
        if not (mine and theirs):
            continue
        pairs.append((_category(mine), _category(theirs)))
        ours = [{each.field: each.becomes for each in one if each.field} for one in (mine, theirs)]
        both = ours[0].keys() & ours[1].keys()
        values += len(both)
        same_values += sum(ours[0][field] == ours[1][field] for field in both)
    same = sum(one == other for one, other in pairs)
    return Agreement(people, len(pairs), same, kappa(pairs), values, same_values)


def _category(judged: Sequence[Correction]) -> str:
    """Return the verdict of one person on one spot: a field that is corrected makes it corrected, unless all is rejected."""
    verdicts = {each.verdict for each in judged}
    if Verdict.REJECTED in verdicts:
        return Verdict.REJECTED
    return Verdict.ACCEPTED if verdicts == {Verdict.ACCEPTED} else Verdict.CORRECTED


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of categories; None where it is not defined.

    Example:
        >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("a", "a")])
        0.5
    """
    count = len(pairs)
    if not count:
        return None
    one, other = (Counter(pair[n] for pair in pairs) for n in (0, 1))
    expected = sum(one[name] * other[name] for name in one) / count**2
    observed = sum(a == b for a, b in pairs) / count
    return None if expected == 1 else (observed - expected) / (1 - expected)

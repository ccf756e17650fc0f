"""What became of each value, and what is counted from it: scores, confusion of acts, misses by cause, two runs compared.

Everything is counted from `Judgement` records, one for each value that was right, missed or spurious, so that a score
and the list of what made it cannot differ.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one value."""

    RIGHT = "right"
    MISSED = "missed"
    SPURIOUS = "spurious"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One value of one field against the reference.

    Attributes:
        source: file name of the text, without suffix.
        paragraph: its label in the reference, or in the records where the reference has none.
        at: offset of the trigger or figure in the source, in code points; -1 for relations.
        field: which score it counts for.
        value: wanted, or given where it is spurious.
        cause: what went wrong, in words that many misses share; empty where it is right.
        words: the beginning of the passage.
    """

    source: str
    paragraph: str
    at: int
    field: str
    outcome: Outcome
    value: str
    cause: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was right, missed and wrongly given."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 1 where nothing was given."""
        given = self.right + self.spurious
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """Share of the reference that was given; 1 where the reference is empty."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """What a second run gained and lost against a first, value by value."""

    gained: tuple[Judgement, ...]
    lost: tuple[Judgement, ...]


def score(judgements: Iterable[Judgement]) -> dict[str, Score]:
    """Return the scores that judgements make, by field."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for judgement in judgements:
        counts[judgement.field][judgement.outcome] += 1
    return {field: Score(n[Outcome.RIGHT], n[Outcome.SPURIOUS], n[Outcome.MISSED]) for field, n in counts.items()}


def confusion(judgements: Iterable[Judgement]) -> dict[tuple[str, str], int]:
    """Return how often each act of the reference was read as each act: (wanted, given) -> count."""
    counts: Counter[tuple[str, str]] = Counter()
    for judgement in judgements:
        if judgement.field == "act" and judgement.outcome is not Outcome.SPURIOUS:
            given = judgement.cause.rpartition(" read as ")[2] if judgement.cause else judgement.value
            counts[judgement.value, given] += 1
    return dict(counts)


def misses(judgements: Iterable[Judgement]) -> list[tuple[str, str, list[Judgement]]]:
    """Return what was missed or spurious by field and cause, the most frequent cause first."""
    groups: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.outcome is not Outcome.RIGHT:
            groups[judgement.field, judgement.cause].append(judgement)
    ordered = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    return [(field, cause, found) for (field, cause), found in ordered]


def compare(before: Iterable[Judgement], after: Iterable[Judgement]) -> Change:
    """Return what a run gained and lost: values that were wrong and are right or gone, and the other way round."""
    old, new = _wrong(before), _wrong(after)
    gained = [old[key] for key in old if key not in new]
    lost = [new[key] for key in new if key not in old]
    return Change(tuple(gained), tuple(lost))


def _wrong(judgements: Iterable[Judgement]) -> dict[tuple[object, ...], Judgement]:
    return {(j.source, j.at, j.field, j.value, j.outcome): j for j in judgements if j.outcome is not Outcome.RIGHT}

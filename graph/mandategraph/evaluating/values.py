"""Values of one field against those of the reference: equal, of the same words, or of an allowed role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mandategraph.evaluating.reference import Record
from mandategraph.evaluating.scoring import Judgement, Outcome

_SNIPPET = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands.

    Attributes:
        source: file name of the text, without suffix.
        paragraph: its label.
        at: offset in the source, in code points; -1 for relations.
        words: the beginning of the passage.
    """

    source: str
    paragraph: str
    at: int
    words: str

    def judged(self, field: str, outcome: Outcome, value: str, cause: str = "") -> Judgement:
        """Return a judgement of a value here; its words are kept where there is a cause to look for."""
        words = self.words if cause else ""
        return Judgement(self.source, self.paragraph, self.at, field, outcome, value, cause, words)


def spot(source: str, text: str, paragraph: str, at: int) -> Spot:
    """Return a place in an annotated text."""
    return Spot(source, paragraph, at, " ".join(text[at : at + _SNIPPET].split()) if at >= 0 else "")


def judge_one(here: Spot, field: str, wanted: object, given: object) -> list[Judgement]:
    """Return what became of the one value of a field."""
    if wanted == given:
        return [here.judged(field, Outcome.RIGHT, str(wanted))]
    cause = f"{wanted} read as {given}"
    return [
        here.judged(field, Outcome.MISSED, str(wanted), cause),
        here.judged(field, Outcome.SPURIOUS, str(given), cause),
    ]


def judge_set(
    here: Spot,
    field: str,
    wanted: Iterable[object],
    given: Iterable[object],
    *,
    same: Callable[[str, str], bool] | None = None,
) -> list[Judgement]:
    """Return what became of each of the values of a field, paired by equality or by `same`."""
    left, right = [str(x) for x in wanted], [str(x) for x in given]
    if same is None:
        left, right = list(dict.fromkeys(left)), list(dict.fromkeys(right))
    free, missed, found = list(right), [], []
    for value in left:
        pair = next((x for x in free if (value == x if same is None else same(value, x))), None)
        if pair is None:
            missed.append(value)
        else:
            free.remove(pair)
            found.append(here.judged(field, Outcome.RIGHT, value))
    cause = _cause(left, right)
    found += [here.judged(field, Outcome.MISSED, value, cause) for value in missed]
    return found + [here.judged(field, Outcome.SPURIOUS, value, cause) for value in free]


def are_right(judgements: Iterable[Judgement]) -> bool:
    """Return whether all values were right."""
    return all(each.outcome is Outcome.RIGHT for each in judgements)


def _cause(wanted: Sequence[str], given: Sequence[str]) -> str:
    """Return what went wrong with a set of values: nothing read, too much, another value, or a list cut short."""
    if not given:
        return "none read"
    if not wanted:
        return "read where there is none"
    if len(wanted) == len(given):
        return "another read"
    return "too few read" if len(given) < len(wanted) else "too many read"


def plain(id_: object) -> str:
    """Return an id as it is compared: without white space, in capitals."""
    return re.sub(r"\s+", "", str(id_)).upper()


def same_name(a: str, b: str) -> bool:
    """Return whether half of the words of two names are the same; an empty name of the reference fits any."""
    if not a:
        return True
    x, y = _words(a), _words(b)
    return bool(x & y) and len(x & y) / len(x | y) >= 0.5


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", name.lower())) - {"the", "of", "in", "and", "all"}


def same_role(wanted: str, given: str) -> bool:
    """Return whether a counterpart has one of the roles that the reference allows: "MINUSMA partner|agent"."""
    (id_, roles), (other, role) = wanted.rsplit(" ", 1), given.rsplit(" ", 1)
    return id_ == other and role in roles.split("|")


def deadlines(record: Record) -> list[object]:
    """Return the values of a statement's deadlines: all of them where it has several."""
    found = [each for each in record.get("deadlines") or [record.get("deadline")] if each]
    return [(each.get("resolves") or "event") if each["type"] == "event" else each.get("value") for each in found]

"""Figures of the store -> observations held against quotas, ceilings and aims: met or not, each with its date and both sources.

A share of women in a body is held against the quota as the question `quota` says. Any other figure is held against a target of the same actor, in
the same unit that was stated by then, the newest, where the words of what is counted resemble each other (`ALIKE`). A target with nothing observed stands alone.

In: the store. Out: `Standing` records. Limits: an aim without "at most" is taken as "at least"; a figure is as old as its words say, else as its
document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from mandategraph.answering.asking import ask_rows
from mandategraph.answering.questions import load_question
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.facts import Figure, figures
from mandategraph.symbols import symbol_of

ALIKE = 80
COLUMNS = (
    "answer", "observed", "unit", "of", "counts", "time", "target", "document", "paragraph", "target_document", "target_paragraph", "quotation",
)  # fmt: skip
_UNITS = {"percent": "%", "count": "", "USD": "USD", "per_100000": "per 100,000"}
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at.

    Attributes:
        value: in its unit: percent (0-100), count, USD, per_100000.
        bound: "at_most" or "at_least".
        measures: what it counts, in words; `sex`: "female", "male" or "".
        actor: id, or "".
        document, paragraph: where it is stated.
        quotation: the paragraph.
    """

    value: float
    unit: str
    bound: str
    measures: str
    sex: str
    actor: str
    document: str
    paragraph: str
    quotation: str

    @property
    def said(self) -> str:
        """It in words: "at least 30 % women"."""
        what = "women" if self.sex == "female" else self.measures
        return " ".join(
            filter(None, (self.bound.replace("_", " "), f"{self.value:,.6g}", _UNITS.get(self.unit, self.unit), what))
        )


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure that was observed.

    Attributes:
        value: in the unit of its target.
        of: the actor that it is about, or what it measures in words.
        measures: what it measures in words.
        time: ISO 8601 year, month or day: as the words say, else of the document; "" where neither is known.
        is_dated: whether the words say it.
        document, paragraph: where it stands.
        quotation: the paragraph.
    """

    value: float
    of: str
    measures: str
    time: str
    is_dated: bool
    document: str
    paragraph: str
    quotation: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A target with one observation, or with none."""

    target: Target
    observation: Observation | None

    @property
    def is_met(self) -> bool | None:
        """Whether what is observed is on the right side; None where nothing is."""
        if self.observation is None:
            return None
        if self.target.bound == "at_most":
            return self.observation.value <= self.target.value
        return self.observation.value >= self.target.value

    @property
    def answer(self) -> str:
        """It in words."""
        if self.is_met is None:
            return "not observed"
        if self.target.bound == "at_most":
            return "keeps it" if self.is_met else "is above"
        return "meets it" if self.is_met else "is below"

    def row(self) -> tuple[str, ...]:
        """Return it as a row of `COLUMNS`."""
        seen, target = self.observation, self.target
        return (
            self.answer, f"{seen.value:g}" if seen else "", target.unit, seen.of if seen else target.actor,
            seen.measures if seen else target.measures, seen.time if seen else "", target.said, seen.document if seen else "", seen.paragraph if seen else "", target.document, target.paragraph,
            " ".join((seen or target).quotation.split()),
        )  # fmt: skip


def standings(store: GraphStore, *, actor: str = "", document: str = "") -> list[Standing]:
    """Return the targets of a store with what is observed of each, in the order in which they are stated, the highest first.

    Args:
        store: open.
        actor: id of the actor whose figures or targets are wanted; all where it is "".
        document: the document in which either stands; all where it is "".

    Raises:
        NotFoundError: the store has no such document, or none at all.
    """
    store.filled()
    keys = find_documents(store, filter(None, [document]))
    days = {head.key: head.adopted for head in documents(store)}
    found = figures(store)
    targets = [_target(figure) for figure in found if figure.is_target]
    seen = [figure for figure in found if not figure.is_target]
    pairs = [*_women(store, targets, days), *_others(seen, targets, days)]
    held = {_key(target) for target, _ in pairs}
    pairs += [(target, None) for target in targets if _key(target) not in held]
    order = {target: n for n, target in reversed(list(enumerate(targets)))}
    pairs.sort(key=lambda pair: (order[pair[0]], -pair[1].value if pair[1] else 0))
    stood = (Standing(target, seen) for target, seen in pairs)
    return [each for each in stood if _fits(each, actor, keys[0] if keys else "")]


def _key(target: Target) -> tuple[object, ...]:
    """Return what makes two targets one: a quota for women is the same wherever it is stated again, others belong to an actor."""
    is_quota = target.unit == "percent" and target.sex == "female"
    said = (target.value, target.unit, target.bound, target.sex)
    return said if is_quota else (*said, target.actor, target.measures)


def _fits(standing: Standing, actor: str, document: str) -> bool:
    ends: list[Target | Observation] = [standing.target, *([standing.observation] if standing.observation else [])]
    bodies = {standing.observation.of} if standing.observation else {standing.target.actor}
    return (not actor or actor in bodies) and (not document or document in {end.document for end in ends})


def _women(store: GraphStore, targets: Iterable[Target], days: Row) -> Iterator[tuple[Target, Observation | None]]:
    """Yield shares of women with the quota that they are held against: that of their list, else of their document, else the first as high."""
    quotas = [target for target in targets if target.unit == "percent" and target.sex == "female"]
    for row in ask_rows(store, load_question("quota")).records():
        same = [quota for quota in quotas if quota.value == float(row["quota"] or "nan")]
        near = [quota for quota in same if quota.document == symbol_of(row["document"])]
        over = [quota for quota in near if row["paragraph"].startswith(f"{quota.paragraph}/")]
        if same:
            yield (over or near or same)[0], _observation({**row, "value": row["share"]}, days)


def _others(
    found: Iterable[Figure], targets: Iterable[Target], days: Row
) -> Iterator[tuple[Target, Observation | None]]:
    """Yield other figures with the newest target of the same actor that counts the same and was stated by then."""
    aims = [target for target in targets if target.actor and not (target.unit == "percent" and target.sex == "female")]
    for figure in found:
        time = figure.time or days.get(figure.document, "")
        like = [
            aim
            for aim in aims
            if (figure.actor, figure.unit, figure.sex) == (aim.actor, aim.unit, aim.sex)
            and fuzz.token_set_ratio(aim.measures, figure.measures) >= ALIKE
            and _is_by(days.get(aim.document, ""), time)
        ]
        if like:
            said = figure.measures
            best = max(like, key=lambda aim: (days.get(aim.document, ""), fuzz.token_sort_ratio(aim.measures, said)))
            yield best, Observation(figure.value, figure.actor, said, time, bool(figure.time), figure.document, figure.paragraph, figure.quotation)  # fmt: skip


def _is_by(stated: str, observed: str) -> bool:
    """Return whether a day is not after another, as far as both are known."""
    known = min(len(stated), len(observed))
    return stated[:known] <= observed[:known]


def _target(figure: Figure) -> Target:
    return Target(
        value=figure.value,
        unit=figure.unit,
        bound=figure.bound or "at_least",
        measures=figure.measures,
        sex=figure.sex,
        actor=figure.actor,
        document=figure.document,
        paragraph=figure.paragraph,
        quotation=figure.quotation,
    )


def _observation(row: Row, days: Row) -> Observation:
    return Observation(
        value=float(row["value"]),
        of=row["actor"] or row["measures"],
        measures=row["measures"],
        time=row["time"] or days.get(symbol_of(row["document"]), ""),
        is_dated=bool(row["time"]),
        document=symbol_of(row["document"]),
        paragraph=row["paragraph"],
        quotation=row["quotation"],
    )

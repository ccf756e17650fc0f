"""Obligations that ask the same of the same bearer in different documents, grouped by what that means.

    series          one mandate that is renewed: documents of one line repeat it
    parallel        two bodies, or two lines of one body, ask the same
    report twice    the same, of a report, where both are due in cycles or within a quarter of a year of each other
    contradiction   the same, where one forbids what the other asks, or where days or ceilings differ that cannot both hold

In: a store. Out: `Group` records. Two obligations ask the same where their words are alike (`SAME`, by the words of both in their order), and one bears both:
the same actor, a group and its member, or a body and its part. Between documents that do not carry on one another more is asked: no names that the other has
not, the same counterparts but for recipients, and words that do not speak of "this resolution" or "its mandate", unless both documents have one subject.

Limits: what is asked in other words is not found. A document that has nothing to do with another may cite it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import networkx as nx
from rapidfuzz.distance import Indel

from mandategraph.answering.lines import Known, Lines, read_known
from mandategraph.indexing.words import prints_of, words_of
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon.landscape import load_landscape
from mandategraph.recalling.duties import Duty

SAME, ACROSS = 0.7, 0.75
# A print that more obligations have is of a formula; a pair is looked at where it shares this much of the prints of the one that has fewer.
_FORMULA, _SHARED = 300, 0.25
_SHORTEST = 8
_MEET = 92
# A name that more than this share of all obligations have, and more than a few, tells nothing.
_COMMON, _FEW = 0.04, 20
_NAME = re.compile(r"(?<=\s)[A-Z][\w'’-]+")
_FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d[\d,.]*\d\d\b")
_SENTENCE = 25
# A report is asked for anew where the words are as like as this.
_AGAIN = 0.9
Pairs = Mapping[tuple[int, int], float]


class Kind(StrEnum):
    """What it means that obligations ask the same."""

    SERIES = "series"
    PARALLEL = "parallel"
    REPORT_TWICE = "report twice"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Group:
    """Obligations that ask the same.

    Attributes:
        score: how like its nearest the one is that is least so, 0 to 1.
        reasons: what made it, in words.
        duties: by day; at least two, of different documents.
    """

    kind: Kind
    score: float
    reasons: tuple[str, ...]
    duties: tuple[Duty, ...]

    @property
    def bearers(self) -> tuple[str, ...]:
        """Who bears any of them, sorted."""
        return tuple(sorted(frozenset[str]().union(*(duty.bearers for duty in self.duties))))


def overlaps(
    store: GraphStore,
    *,
    bearer: str = "",
    body: str = "",
    theme: str = "",
    kinds: Iterable[Kind] = tuple(Kind),
    known: Known | None = None,
) -> list[Group]:
    """Return the groups of a store: contradictions first, then what is asked twice, then series; each by score.

    Args:
        store: open.
        bearer: id of an actor that bears one of each group, itself or by its groups and parts.
        body: part of the name of a body that asks one of them, in any case.
        theme: id of a theme of one of them.
        kinds: only groups of these kinds.
        known: what was read of the store before, so that it need not be read again.
    """
    known = known or read_known(store)
    lines, above, duties = known.lines, known.above, known.duties
    found = grouped(duties, lines, above)
    wanted = frozenset(kinds)
    chosen = [
        group
        for group in found
        if group.kind in wanted
        and (not bearer or any(bearer in duty.bearers or bearer in _reach(duty, above) for duty in group.duties))
        and (not body or any(body.casefold() in duty.body.casefold() for duty in group.duties))
        and (not theme or any(theme in duty.themes for duty in group.duties))
    ]
    order = [Kind.CONTRADICTION, Kind.REPORT_TWICE, Kind.PARALLEL, Kind.SERIES]
    return sorted(chosen, key=lambda g: (order.index(g.kind), -g.score, -len(g.duties), g.duties[0].iri))


def grouped(
    duties: Sequence[Duty],
    lines: Lines,
    above: Mapping[str, frozenset[str]],
    *,
    common: float = _COMMON,
    few: int = _FEW,
) -> list[Group]:
    """Return the groups that obligations form.

    Args:
        duties: of documents.
        lines: which documents carry on which.
        above: the groups and bodies of actors, by their ids.
        common: a name that more than this share of all obligations have tells nothing,
        few: where more than so many have it.
    """
    pairs = dict(_alike(duties, above))
    is_generic = _generic(duties, common, few)
    one_line = {
        (i, j): score
        for (i, j), score in pairs.items()
        if lines.is_one(duties[i].document, duties[j].document) or _is_renewed(duties[i], duties[j], score)
    }
    series = list(_series(duties, one_line))
    # Documents of one day do not renew each other.
    series = [group for group in series if group.duties[0].day < group.duties[-1].day]
    across = {
        (i, j): score
        for (i, j), score in pairs.items()
        if score >= ACROSS and (i, j) not in one_line and _is_same_ask(duties[i], duties[j], lines, is_generic)
    }
    return [*series, *_across(duties, across)]


def renewals(known: Known) -> dict[str, Duty]:
    """Return the obligation that asks each anew in a later document of its line, by IRI: the next one of its series."""
    found: dict[str, Duty] = {}
    for group in grouped(known.duties, known.lines, known.above):
        if group.kind is Kind.SERIES:
            found |= {
                one.iri: following
                for n, one in enumerate(group.duties)
                if (following := next((d for d in group.duties[n + 1 :] if d.day > one.day), None))
            }
    return found


def _alike(duties: Sequence[Duty], above: Mapping[str, frozenset[str]]) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the pairs of obligations of different documents that are alike in words and bearers, the earlier first, with their likeness."""
    texts = [words_of(duty.text) for duty in duties]
    order = sorted(range(len(duties)), key=lambda n: (duties[n].day, duties[n].document, n))
    rank = {n: position for position, n in enumerate(order)}
    # What only leads to a list asks nothing itself.
    kept = [n for n in order if duties[n].bearers and len(texts[n]) >= _SHORTEST and not duties[n].text.endswith(":")]
    prints, numbers = prints_of([texts[n] for n in kept])
    holders: dict[int, list[int]] = defaultdict(list)
    for print_, number in zip(prints.tolist(), numbers.tolist(), strict=True):
        holders[print_].append(kept[number])
    sizes = Counter(n for members in holders.values() for n in members)
    counted: Counter[tuple[int, int]] = Counter()
    for members in holders.values():
        if len(members) <= _FORMULA:
            members.sort(key=rank.__getitem__)
            for position, later in enumerate(members):
                counted.update((earlier, later) for earlier in members[:position])
    for (i, j), count in counted.items():
        one, other = duties[i], duties[j]
        if one.document == other.document or count < _SHARED * min(sizes[i], sizes[j]):
            continue
        if one.bearers & other.bearers or one.bearers & _reach(other, above) or other.bearers & _reach(one, above):
            score = Indel.normalized_similarity(texts[i], texts[j])
            if score >= SAME:
                yield (i, j), score


def _reach(duty: Duty, above: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the groups and bodies that the bearers of an obligation belong to."""
    return frozenset[str]().union(*(above.get(bearer, frozenset()) for bearer in duty.bearers))


def _series(duties: Sequence[Duty], pairs: Pairs) -> Iterator[Group]:
    """Yield a group for each obligation that documents of one line repeat: those that are alike, and what is like them."""
    for members, score in _chains(duties, pairs):
        yield Group(Kind.SERIES, score, (f"{len(members)} documents of one line repeat it",), members)


def _across(duties: Sequence[Duty], pairs: Pairs) -> Iterator[Group]:
    """Yield a group for what documents of several lines ask; contradictions are pairs."""
    rest = {}
    for (i, j), score in pairs.items():
        one, other = duties[i], duties[j]
        if reason := _contradiction(one, other):
            yield Group(Kind.CONTRADICTION, score, (reason, _who(one, other)), (one, other))
        else:
            rest[i, j] = score
    for members, score in _chains(duties, rest):
        reason = next((said for a in members for b in members if a.day < b.day and (said := _report_twice(a, b))), "")
        kind = Kind.REPORT_TWICE if reason else Kind.PARALLEL
        yield Group(kind, score, tuple(filter(None, (_who(*members), reason))), members)


def _chains(duties: Sequence[Duty], pairs: Pairs) -> Iterator[tuple[tuple[Duty, ...], float]]:
    """Yield obligations that hang together, one a document, by day, with the least of what each is like its nearest."""
    graph: nx.Graph[int] = nx.Graph()
    nearest: dict[int, float] = {}
    for (i, j), score in pairs.items():
        graph.add_edge(i, j)
        nearest |= {n: max(nearest.get(n, 0.0), score) for n in (i, j)}
    for chain in nx.connected_components(graph):
        ordered = sorted(chain, key=lambda n: (duties[n].day, duties[n].document, n))
        unique = {duties[n].document: n for n in reversed(ordered)}
        yield tuple(duties[n] for n in ordered if unique[duties[n].document] == n), min(nearest[n] for n in chain)


def _is_same_ask(one: Duty, other: Duty, lines: Lines, generic: frozenset[str]) -> bool:
    """Return whether two obligations of different lines ask the same: of one thing, and not each of its own."""
    if (_is_own(one) or _is_own(other)) and not lines.is_one_subject(one.document, other.document):
        return False
    if any(load_landscape().each.search(duty.text) for duty in (one, other)) or _figures(one) != _figures(other):
        return False
    if one.counterparts - one.recipients != other.counterparts - other.recipients:
        return False
    names = [{name.casefold() for name in _NAME.findall(duty.text)} - generic for duty in (one, other)]
    return names[0] == names[1]


def _is_renewed(one: Duty, other: Duty, score: float) -> bool:
    """Return whether a body asks for a report again in the same words, at another time: one request that is renewed, under whatever title."""
    is_report = "report" in one.products and "report" in other.products
    return is_report and score >= _AGAIN and one.body == other.body and bool(one.body) and not _report_twice(one, other)


def _figures(duty: Duty) -> frozenset[str]:
    """Return the greater figures of an obligation that are no years and no ceilings: amounts, and numbers of what it cites."""
    bare = load_landscape().ceiling.sub("", duty.text)
    return frozenset(re.sub(r"\D", "", figure) for figure in _FIGURE.findall(bare))


def _is_own(duty: Duty) -> bool:
    """Return whether an obligation points to what its own document says elsewhere; a short one does so with any "this" and "such"."""
    phrases, is_short = load_landscape(), len(duty.text.split()) < _SENTENCE
    return bool(phrases.own.search(duty.text) or (is_short and phrases.pointing.search(duty.text)))


def _generic(duties: Sequence[Duty], common: float, few: int) -> frozenset[str]:
    """Return the names that so many obligations have that they tell nothing ("Council", "States")."""
    counted = Counter(name for duty in duties for name in {n.casefold() for n in _NAME.findall(duty.text)})
    return frozenset(name for name, count in counted.items() if count > max(common * len(duties), few))


def _contradiction(one: Duty, other: Duty) -> str:
    """Return why two obligations that ask the same cannot both hold, "" where they can."""
    if one.is_forbidding != other.is_forbidding:
        return "one forbids what the other asks"
    ceiling = load_landscape().ceiling
    ceilings = [{re.sub(r"\D", "", figure) for figure in ceiling.findall(duty.text)} for duty in (one, other)]
    if all(ceilings) and not ceilings[0] & ceilings[1]:
        return f"ceilings differ: {_listed(ceilings[0])} and {_listed(ceilings[1])}"
    later = max(one.day, other.day)
    days = [{day for day in duty.days if day > later} for duty in (one, other)]
    if all(days) and not days[0] & days[1]:
        return f"days differ: {_listed(days[0])} and {_listed(days[1])}"
    return ""


def _report_twice(one: Duty, other: Duty) -> str:
    """Return why two reports are one asked twice, "" where they are not."""
    if not ("report" in one.products and "report" in other.products):
        return ""
    if one.cycles and other.cycles:
        return f"reports in cycles: {_listed(one.cycles)} and {_listed(other.cycles)}"
    for day in one.days:
        for then in other.days:
            if len(day) == len(then) == 10 and abs((date.fromisoformat(day) - date.fromisoformat(then)).days) <= _MEET:
                return f"reports due {day} and {then}"
    return ""


def _who(*duties: Duty) -> str:
    bodies = sorted({duty.body for duty in duties})
    asked = " and ".join(bodies) if len(bodies) > 1 else f"{bodies[0]}, in documents of different lines"
    return f"asked by {asked}"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))

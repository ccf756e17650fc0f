"""Two mandates -> what the later kept, dropped, added, hardened and softened, statement by statement.

In: a store, and two mandates in it: a document by its symbol, or an instrument that other documents quote. Out: a `Comparison`. Each pair of
statements has a score between 0 and 1 that is the sum of its parts (`WEIGHTS`): shared words, actions, bearers, verb, and what is cited and
spoken of. The pairs are those that together score most, each statement in one of them at most; what is left over is set beside a
statement that has a pair already where it resembles that closely, as when one paragraph became two.

Limits: what a quotation leaves out counts as dropped, but a condition that is missing where words are cut ("(...)") says nothing. A bearer under
another name is another bearer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import networkx as nx
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from mandategraph.answering.carrying import LASTING, carries, is_rolled_over
from mandategraph.dates import cycle_in_words, in_words
from mandategraph.errors import NotFoundError
from mandategraph.keeping.naming import ThingKind, find, find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import named_instruments
from mandategraph.recalling.wanted import Wanted
from mandategraph.vocabulary import document_iri

WEIGHTS = {"words": 0.5, "actions": 0.15, "bearers": 0.15, "verb": 0.1, "subjects": 0.1}
ENOUGH, WORDS, CLOSE = 0.5, 0.2, 0.62
_LIKE = 65
_DAYS = {"D": 1, "W": 7, "M": 30.4, "Y": 365}
_PERIOD = re.compile(r"P(\d+)([DWMY])")
_LONG = re.compile(r"\w[\w'’-]{3,}")
_CUT = re.compile(r"\(\s*(?:\.\s?\.\s?\.|…)\s*\)|\[\s*(?:\.\s?\.\s?\.|…)\s*\]")
_QUOTED_IN = " as quoted in "


class Change(StrEnum):
    """What became of a statement; `SPLIT` stands beside a statement that another one is paired with, `CARRIED` beside one that cites its paragraph."""

    KEPT = "kept"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    EXTENDED = "extended"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    CARRIED = "carried on"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement of the earlier mandate beside one of the later; one of them is None where it was added or dropped.

    Attributes:
        changes: the first is the main one.
        score: between 0 and 1; `parts`: what it is the sum of, in the order of `WEIGHTS`.
        reasons: what was strengthened or weakened, in words.
    """

    before: Stated | None
    after: Stated | None
    changes: tuple[Change, ...]
    score: float = 0.0
    parts: tuple[float, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two mandates side by side: pairs in the order of the later one, then what was dropped."""

    earlier: str
    later: str
    pairs: tuple[Pair, ...]

    def count(self) -> dict[Change, int]:
        """Return how many pairs have each main change."""
        found = dict.fromkeys(Change, 0)
        for pair in self.pairs:
            found[pair.changes[0]] += 1
        return found

    @property
    def is_aligned(self) -> bool:
        """Whether any statement of the one continues one of the other."""
        return any(pair.before and pair.after for pair in self.pairs)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to keep in mind while reading it, in sentences; empty where there is nothing."""
        sides = ([p.before for p in self.pairs if p.before], [p.after for p in self.pairs if p.after])
        found = []
        if not self.is_aligned:
            found.append(
                f"Nothing in {self.later} resembles anything in {self.earlier}: are they mandates of one kind?"
            )
        for name, stated in zip((self.earlier, self.later), sides, strict=True):
            sources = sorted({each.document for each in stated if each.document != name})
            if sources:
                found.append(
                    f"{name} is known by what {' and '.join(sources)} quotes of it: what is not quoted is not seen here."
                )
        return tuple(found)


def compare(store: GraphStore, earlier: str, later: str) -> Comparison:
    """Return what the later of two mandates changed.

    Args:
        store: open.
        earlier: symbol of a document, or of an instrument that documents quote.
        later: the same.

    Raises:
        NotFoundError: the store has no such document or quotation, or it states nothing.
    """
    before, after = read_mandate(store, earlier), read_mandate(store, later)
    return Comparison(before[0].mandate, after[0].mandate, tuple(pairs_of(before, after)))


def pairs_of(before: Sequence[Stated], after: Sequence[Stated]) -> Iterator[Pair]:
    """Yield pairs as `align`, and beside what the later mandate does not repeat but carries on, the statement that does."""
    return (_carried(pair, after) for pair in align(before, after))


def _carried(pair: Pair, after: Sequence[Stated]) -> Pair:
    """Return a pair, or, where a statement was dropped that the later mandate carries on by citing its paragraph, it beside the one that does."""
    old = pair.before
    carrier = next((new for new in after if carries(old, new)), None) if old and pair.after is None else None
    return replace(pair, after=carrier, changes=(Change.CARRIED,)) if carrier else pair


def read_mandate(store: GraphStore, name: str) -> list[Stated]:
    """Return the statements of a mandate, in the order of the text.

    Args:
        store: open.
        name: symbol or IRI of a document, or of an instrument that documents quote; "2640 (2022) as quoted in X" is what one of them quotes.

    Raises:
        NotFoundError: the store has no such document or quotation, or it states nothing.
        AmbiguousError: several may be meant.
    """
    found = statements(store, find_mandate(store, name))
    if not found:
        raise NotFoundError(f"{name} states nothing", hint="Is it a mandate?")
    return found


def find_mandate(store: GraphStore, name: str) -> Wanted:
    """Return the filter of a mandate's statements; `name` as for `read_mandate`.

    Raises:
        NotFoundError: the store has no such document or quotation.
        AmbiguousError: several may be meant.
    """
    documents = {document_iri(key) for key in store.filled()}
    quoted = named_instruments(store, "mg:quotedFrom")
    quotation, _, where = name.strip().partition(_QUOTED_IN)
    if where:
        (document,) = find_documents(store, [where])
        asked = quotation.removeprefix("the text of ").strip(" ,")
        return Wanted(quoted=find(store, asked, (ThingKind.INSTRUMENT,), among=quoted).id, documents=(document,))
    found = find(store, name, (ThingKind.DOCUMENT, ThingKind.INSTRUMENT), among=documents | quoted)
    is_document = found.kind is ThingKind.DOCUMENT
    return Wanted(documents=(found.id,), is_own=True) if is_document else Wanted(quoted=found.id)


def is_enough(parts: Sequence[float]) -> bool:
    """Return whether the parts of a score make a pair: enough of all, and enough of the words, as much else is the same everywhere."""
    return parts[0] >= WORDS and sum(parts) >= ENOUGH


def align(before: Sequence[Stated], after: Sequence[Stated]) -> Iterator[Pair]:
    """Yield pairs of statements in the order of the later mandate, then what was dropped."""
    scored: dict[tuple[int, int], tuple[float, ...]] = {}
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for i, old in enumerate(before):
        for j, new in enumerate(after):
            parts = score(old, new)
            if is_enough(parts):
                scored[i, j] = parts
                graph.add_edge(("before", i), ("after", j), weight=sum(parts))
    matched = {}
    for pair in nx.max_weight_matching(graph):
        (_, j), (_, i) = sorted(pair)
        matched[j] = i
    moved = _out_of_order(matched)
    used = set(matched.values())
    for j, new in enumerate(after):
        if j in matched:
            yield _pair(before[matched[j]], new, scored[matched[j], j], is_moved=j in moved)
        elif beside := max(((sum(p), i) for (i, k), p in scored.items() if k == j and sum(p) >= CLOSE), default=None):
            parts = scored[beside[1], j]
            yield Pair(before[beside[1]], new, (Change.SPLIT,), sum(parts), parts)
        else:
            yield Pair(None, new, (Change.ADDED,))
    yield from (Pair(old, None, (Change.DROPPED,)) for i, old in enumerate(before) if i not in used)


def score(before: Stated, after: Stated) -> tuple[float, ...]:
    """Return the parts of a pair's score, in the order of `WEIGHTS`; their sum is 1 where all is the same."""
    words = shared_words(before.text, after.text)
    verb = 1.0 if before.verb == after.verb else 0.5 if before.act == after.act else 0.0
    found = (
        words,
        _shared(frozenset(before.heads), frozenset(after.heads), words),
        _shared(frozenset(before.names), frozenset(after.names), words),
        verb,
        _shared(_subjects(before), _subjects(after), words),
    )
    return tuple(round(weight * part, 4) for weight, part in zip(WEIGHTS.values(), found, strict=True))


def _subjects(stated: Stated) -> frozenset[str]:
    return frozenset((*stated.themes, *stated.cites))


def shared_words(before: str, after: str) -> float:
    """Return how many words two texts share, between 0 and 1: of both together, and of the shorter one, in equal parts.

    Words of up to three letters do not count: they are the same everywhere.
    """
    old, new = _long_words(before), _long_words(after)
    if not old or not new:
        return float(before == after)
    of_shorter = LCSseq.similarity(old, new) / min(len(old), len(new))
    return (Indel.normalized_similarity(old, new) + of_shorter) / 2


@lru_cache(maxsize=4096)
def _long_words(text: str) -> tuple[str, ...]:
    return tuple(sorted(_LONG.findall(text.casefold())))


def _shared(before: frozenset[str], after: frozenset[str], words: float) -> float:
    """Return how much of two sets is in both; where both are empty they tell nothing, and the words count for them."""
    return len(before & after) / len(before | after) if before or after else words


def _out_of_order(matched: Mapping[int, int]) -> set[int]:
    """Return the later statements that stand elsewhere: those outside the longest run that keeps the earlier order."""
    tails: list[int] = []
    runs: list[list[int]] = []
    for j in sorted(matched):
        at = bisect_left(tails, matched[j])
        run = [*(runs[at - 1] if at else []), j]
        tails[at : at + 1], runs[at : at + 1] = [matched[j]], [run]
    return set(matched) - set(runs[-1] if runs else ())


def _pair(before: Stated, after: Stated, parts: tuple[float, ...], *, is_moved: bool) -> Pair:
    harder, softer = list(_harder(before, after)), list(_harder(after, before, is_back=True))
    is_extended = is_rolled_over(before, after)
    changes = [Change.STRENGTHENED] * bool(harder) + [Change.WEAKENED] * bool(softer)
    if softer and before.strength > after.strength:
        changes.reverse()
    changes += [Change.EXTENDED] * is_extended
    if before.text.casefold() != after.text.casefold():
        changes.append(Change.REWORDED)
    if is_moved:
        changes.append(Change.MOVED)
    lasts = before.due != after.due and (is_extended or {before.act, after.act} <= LASTING)
    reasons = (*harder, *softer, *([f"until {_day(after.due)}, before {_day(before.due)}"] if lasts else []))
    return Pair(before, after, tuple(changes) or (Change.KEPT,), sum(parts), parts, reasons)


def _harder(before: Stated, after: Stated, *, is_back: bool = False) -> Iterator[str]:
    """Yield in what the one is harder than the other, in words; `is_back` words it for the way back."""
    old, new = (after, before) if is_back else (before, after)
    if after.strength > before.strength:
        yield f"{old.verb} ({old.strength}) became {new.verb} ({new.strength})"
    gone = sorted(
        words for words in set(before.conditions) if not any(_is_like(words, each) for each in after.conditions)
    )
    if gone and not _CUT.search(after.text):
        yield f"{'a condition was added' if is_back else 'no longer'}: {'; '.join(gone)}"
    is_sooner = after.due and (not before.due or after.due < before.due)
    if is_sooner and after.act not in LASTING and not is_rolled_over(old, new):
        yield f"by {_day(new.due)}, before {_day(old.due)}"
    if after.recurs and (not before.recurs or _days(after.recurs) < _days(before.recurs)):
        yield f"{_cycle(new.recurs)}, before {_cycle(old.recurs)}"


def _is_like(one: str, other: str) -> bool:
    """Return whether two conditions are one in other words."""
    return fuzz.token_set_ratio(one, other) >= _LIKE


def _day(iso: str) -> str:
    return in_words(iso) if iso else "no day"


def _cycle(period: str) -> str:
    return cycle_in_words(period) if period else "without a period"


def _days(period: str) -> float:
    found = _PERIOD.fullmatch(period)
    return int(found[1]) * _DAYS[found[2]] if found else 0


def chosen(comparison: Comparison, changes: Iterable[Change] = ()) -> list[Pair]:
    """Return the pairs that have one of some changes; all where none are given."""
    wanted = set(changes)
    return [pair for pair in comparison.pairs if not wanted or wanted & set(pair.changes)]

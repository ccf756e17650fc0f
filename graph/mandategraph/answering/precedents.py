"""Paragraphs -> the earlier paragraphs that are closest to each: verbatim, adapted, or new; and the agreed language of a theme.

In: an index and paragraphs. Out: `Precedent` records. What is closest shares most runs of eight words with the paragraph; of those that share as many, what has more
words in common in their order, then what is later. Verbatim is what has the same words, whatever their case and punctuation; adapted is what
shares half of the runs or more, or `ALIKE` of the words of both in their order; all else is new, and what comes nearest is shown all the same.

Limits: a paragraph of another language has other words. A document of an unknown day comes before no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.distance import Indel

from mandategraph.errors import NotFoundError
from mandategraph.indexing.index import Found, Index, Scope
from mandategraph.indexing.words import RUN, Run, digest_of, runs_of, words_of

HALF, ALIKE = 0.5, 0.6
SHOWN = 3
# So many passages are compared word by word with a paragraph, those that share most prints; of those found by words alone, so many.
_COMPARED, _BY_WORDS = 300, 12
_LEAST = 0.1


class Likeness(StrEnum):
    """What an earlier paragraph is to a later one."""

    VERBATIM = "verbatim"
    ADAPTED = "adapted"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Given:
    """A paragraph whose precedents are asked for: its label in its document, "" where it has none, and its words as printed."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about.

    Attributes:
        name: of the document or passage, in words.
        key: of the document, "" where it is none of the store.
        day: ISO 8601: what is not earlier is no precedent; "" where all counts.
        paragraphs: in the order of the text.
    """

    name: str
    key: str
    day: str
    paragraphs: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier passage beside a paragraph.

    Attributes:
        share: of the paragraph's runs of eight words that the passage has, 0 to 1.
        similarity: words that both have in the same order, of all words of both, 0 to 1.
        carried: words of the paragraph that stand in such runs.
    """

    passage: Found
    likeness: Likeness
    share: float
    similarity: float
    carried: int


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a wording was used before, verbatim or adapted.

    Attributes:
        times: passages; `verbatim`: of them with the same words.
        first, latest: passages, None where there is none; one of an unknown day is neither.
        bodies: how often by body, the most first; `years`: by year, in order.
    """

    times: int
    verbatim: int
    first: Found | None
    latest: Found | None
    bodies: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Precedent:
    """A paragraph with its precedents, the closest first; none where no earlier passage has any of its words."""

    given: Given
    length: int
    matches: tuple[Match, ...]
    uses: Uses

    @property
    def likeness(self) -> Likeness:
        """What the closest is to it."""
        return self.matches[0].likeness if self.matches else Likeness.NEW

    @property
    def source(self) -> Found | None:
        """Where its words come from, None where it is new."""
        return self.matches[0].passage if self.likeness is not Likeness.NEW else None


@dataclass(frozen=True, slots=True)
class Precedents:
    """The precedents of all paragraphs of a subject."""

    subject: Subject
    paragraphs: tuple[Precedent, ...]

    def count(self) -> dict[Likeness, int]:
        """Return how many paragraphs are of each likeness."""
        found = dict.fromkeys(Likeness, 0)
        for each in self.paragraphs:
            found[each.likeness] += 1
        return found

    @property
    def carried(self) -> float:
        """The share of all words that stand in runs of eight that the closest precedents have, 0 to 1."""
        words = sum(each.length for each in self.paragraphs)
        return sum(each.matches[0].carried for each in self.paragraphs if each.source) / words if words else 0.0

    @property
    def sources(self) -> tuple[tuple[str, int, int], ...]:
        """The documents that the words come from, those of most words first: key, paragraphs, words."""
        paragraphs: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for each in self.paragraphs:
            if each.source:
                paragraphs[each.source.document] += 1
                words[each.source.document] += each.matches[0].carried
        return tuple(
            (key, paragraphs[key], words[key])
            for key in sorted(paragraphs, key=lambda k: (-words[k], -paragraphs[k], k))
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that recurs: its newest form, and its uses."""

    newest: Found
    uses: Uses


@dataclass(frozen=True, slots=True)
class Language:
    """The wordings of a theme, by its id, those used most often first."""

    theme: str
    wordings: tuple[Wording, ...]


def precedents(index: Index, subject: Subject, scope: Scope | None = None, *, shown: int = SHOWN) -> Precedents:
    """Return the precedents of each paragraph of a subject.

    Args:
        index: open.
        subject: what is asked about.
        scope: bounds what counts; a subject of the store is no precedent of itself, nor is what is not earlier.
        shown: so many matches a paragraph, the closest first.
    """
    scope = scope or Scope()
    bounds = replace(scope, before=scope.before or subject.day, without=(*scope.without, *filter(None, (subject.key,))))
    return Precedents(subject, tuple(_precedent(index, given, bounds, shown) for given in subject.paragraphs))


def language(index: Index, theme: str, scope: Scope | None = None) -> Language:
    """Return the wordings that passages on a theme share.

    Args:
        index: open.
        theme: its id.
        scope: bounds what counts.

    Raises:
        NotFoundError: no passage within the bounds speaks of it.
    """
    passages = index.of_theme(theme, scope or Scope())
    if not passages:
        raise NotFoundError(
            f"no paragraph speaks of {theme!r} there", hint="See the themes with: mandategraph query themes"
        )
    families: list[tuple[list[Found], frozenset[Run]]] = []
    holders: dict[Run, dict[int, None]] = {}
    for passage in passages:
        runs = runs_of(words_of(passage.text))
        counted = Counter(n for run in runs for n in holders.get(run, ()))
        best, count = max(counted.items(), key=lambda item: (item[1], -item[0]), default=(-1, 0))
        if count < HALF * len(runs) or not runs:
            best = len(families)
            families.append(([], runs))
        families[best][0].append(passage)
        for run in runs:
            holders.setdefault(run, {})[best] = None
    found = [
        Wording(members[-1], _uses([(m, m.digest == members[-1].digest) for m in members])) for members, _ in families
    ]
    found.sort(key=lambda wording: (-wording.uses.times, wording.newest.document, wording.newest.start))
    return Language(theme, tuple(found))


def _precedent(index: Index, given: Given, scope: Scope, shown: int) -> Precedent:
    words = words_of(given.text)
    matches = _matches(index, words, scope)
    alike = [
        (match.passage, match.likeness is Likeness.VERBATIM) for match in matches if match.likeness is not Likeness.NEW
    ]
    return Precedent(given, len(words), tuple(matches[:shown]), _uses(alike))


def _matches(index: Index, words: Sequence[str], scope: Scope) -> list[Match]:
    """Return what resembles a paragraph, the closest first."""
    if not words:
        return []
    digest = digest_of(words)
    found = {passage.id: passage for passage in index.same(digest, scope)}
    found |= {p.id: p for p, share in index.sharing(words, scope, most=_COMPARED) if share >= _LEAST}
    matches = list(_compared(words, digest, found.values()))
    if all(match.likeness is Likeness.NEW for match in matches):
        others = [p for p in index.holding(words, scope, most=_BY_WORDS) if p.id not in found]
        matches += _compared(words, digest, others)
    # What is later comes first among equals, and what stands first in its document.
    matches.sort(key=lambda match: (match.passage.document, match.passage.start))
    matches.sort(key=lambda m: (m.likeness is not Likeness.NEW, m.share, m.similarity, m.passage.day), reverse=True)
    return matches


def _compared(words: Sequence[str], digest: int, passages: Iterable[Found]) -> Iterator[Match]:
    """Yield passages beside a text, word by word; those of one wording are compared once."""
    runs = runs_of(words)
    known: dict[int, Match] = {}
    for passage in passages:
        match = known.get(passage.digest)
        if match is None:
            match = known[passage.digest] = _beside(words, digest, runs, passage)
        yield replace(match, passage=passage)


def _beside(words: Sequence[str], digest: int, runs: frozenset[Run], passage: Found) -> Match:
    if passage.digest == digest:
        return Match(passage, Likeness.VERBATIM, 1.0, 1.0, len(words))
    others = words_of(passage.text)
    shared = runs & runs_of(others)
    share = len(shared) / len(runs)
    similarity = Indel.normalized_similarity(words, others)
    likeness = Likeness.ADAPTED if share >= HALF or similarity >= ALIKE else Likeness.NEW
    return Match(passage, likeness, share, similarity, _covered(words, shared))


def _covered(words: Sequence[str], shared: frozenset[Run]) -> int:
    """Return how many words of a text stand in some of its runs."""
    end = count = 0
    for start in range(len(words) - RUN + 1):
        if tuple(words[start : start + RUN]) in shared:
            count += start + RUN - max(start, end)
            end = start + RUN
    return count


def _uses(alike: Sequence[tuple[Found, bool]]) -> Uses:
    """Return the uses of a wording: passages, with whether each is verbatim."""
    dated = sorted((p for p, _ in alike if p.day), key=lambda p: (p.day, p.document, p.start))
    bodies = Counter(p.body for p, _ in alike if p.body)
    years = Counter(p.day[:4] for p in dated)
    return Uses(
        times=len(alike),
        verbatim=sum(is_verbatim for _, is_verbatim in alike),
        first=dated[0] if dated else None,
        latest=dated[-1] if dated else None,
        bodies=tuple(sorted(bodies.items(), key=lambda item: (-item[1], item[0]))),
        years=tuple(sorted(years.items())),
    )

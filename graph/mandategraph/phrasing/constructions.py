"""Who stands where beside a verb or noun: the ways in which a clause, a passive or a noun phrase says who does what to whom.

In: the phrases of a paragraph. Out: indices of noun phrases. Places: `agent`, who does it ("A adopts", "adopted by A", "A's adoption", "the adoption
by A"); `patient`, to what it is done; `bearer`, whom a noun describes ("A is a party", "A as an observer"); `self`, the noun; `head`, what it hangs
on; `relative`, what "which" before it stands for; `before` and `next`, what a mark parts; `inside`, those in brackets; `after`, all that follows up to the next verb
or the end of the clause; or a preposition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mandategraph.phrasing.reaching import Reach
from mandategraph.records import PLACES
from mandategraph.records.phrases import FARTHEST, PhraseKind, VerbForm

Group = tuple[int, ...]
_ENDS = frozenset("; : .".split())
_HANGING = frozenset({VerbForm.PARTICIPLE, VerbForm.GERUND, VerbForm.INFINITIVE})
_BOUND = frozenset({"object", "subject", "owner", "between", ""})
_NAMED_BY = frozenset("which that who".split())


def standing(reach: Reach, i: int, place: str) -> Iterator[Group]:
    """Yield the noun phrases that stand in a place beside a phrase, those that are coordinated together; the likeliest first."""
    return _PLACES[place](reach, i) if place in _PLACES else _tied(reach, i, place)


def about(reach: Reach, i: int, nouns: frozenset[str]) -> bool:
    """Return whether one of some nouns is what a word is about, or what that hangs on: "support provided", "use of schools", "mandate of X as set"."""
    things = [k for group in (*_patients(reach, i), *_tied(reach, i, "of")) for k in group] if nouns else []
    things += [n for k in things for group in _tied(reach, k, "of") for n in group]
    things += [n for k in things if (n := reach.ties[k].governor) is not None]
    return not nouns or any(reach.phrases[k].word in nouns for k in things)


def _coordinated(reach: Reach, i: int) -> Group:
    """Return the noun phrases that share the place of one, but for those in brackets; of "armed groups, including A and B" those that are named."""
    first = reach.ties[i].first
    near = [k for k in reach.joined.sharing.get(first, ()) if i - FARTHEST <= k < i + FARTHEST] if first >= 0 else []
    alike = near if i in near else sorted([*near, i])
    found = [k for k in alike if _depth(reach, min(i, k), max(i, k)) == 0]
    named = next((k for k in found if reach.phrases[k - 1].word == "including"), 0)
    kinds = [k for k in found if k < named and _is_kind(reach, k)]
    return tuple(k for k in found if k not in kinds[-1:])


def _depth(reach: Reach, start: int, end: int) -> int:
    """Return how many brackets more open than close between two phrases."""
    return reach.joined.depths[end] - reach.joined.depths[start]


def _is_kind(reach: Reach, i: int) -> bool:
    mention = reach.phrases[i].mention
    return mention is None or mention.surface[:1].islower()


def _agents(reach: Reach, i: int) -> Iterator[Group]:
    if reach.phrases[i].kind is PhraseKind.VERB and not reach.phrases[i].is_passive:
        yield from _subjects(reach, i)
    else:
        yield from _tied(reach, i, "by")
        yield from _tied(reach, i, "owner")


def _patients(reach: Reach, i: int) -> Iterator[Group]:
    if reach.phrases[i].kind is not PhraseKind.VERB:
        yield from _tied(reach, i, "of")
    elif reach.phrases[i].is_passive:
        yield from _subjects(reach, i)
    else:
        yield from _tied(reach, i, "object")
        opener = reach.before_adverbs(i) - 1
        if opener > 0 and reach.phrases[opener].word == "which" and not _is(reach, opener - 1, PhraseKind.PREPOSITION):
            yield from _antecedents(reach, opener)


def _tied(reach: Reach, i: int, via: str) -> Iterator[Group]:
    """Yield what hangs on a phrase in a way; on two that "and" joins, what hangs on the second hangs on both."""
    is_joined = _is(reach, i + 1, PhraseKind.JOINT) and _is_noun(reach, i + 2)
    governors = {i, i + 2} if is_joined else {i}
    hanging = sorted(k for governor in governors for k in reach.joined.hanging.get(governor, ()))
    near = (k for k in hanging if i - 1 <= k < i + FARTHEST and reach.ties[k].via == via)
    if (first := next(near, None)) is not None:
        yield _coordinated(reach, first)


def _subjects(reach: Reach, verb: int) -> Iterator[Group]:
    """Yield the subjects that a verb can have: what stands before it, past insertions; the antecedent of "which"; that of the verb before "and"; the name before ", to replace"; who leads what is "led by A and funded by B"."""
    is_hanging = reach.phrases[verb].form in _HANGING
    i = reach.before_adverbs(verb)
    while i >= 0:
        phrase = reach.phrases[i]
        if phrase.kind is PhraseKind.NOUN:
            is_meant = phrase.word == "it" and _is(reach, i - 1, PhraseKind.OPENER)
            yield from _meant(reach, i) if is_meant else _ending_in(reach, i, is_whole=not is_hanging)
        elif phrase.kind is PhraseKind.OPENER:
            yield from _antecedents(reach, i)
        elif phrase.kind is PhraseKind.VERB:
            yield from _subjects(reach, i) if reach.words.is_light(phrase.word) else ()
        elif phrase.kind is PhraseKind.JOINT or (
            phrase.word == "," and reach.phrases[verb].form is VerbForm.INFINITIVE
        ):
            before = next((k for k in _back(i) if _is(reach, k, PhraseKind.VERB)), None)
            found = [] if before is None else list(_subjects(reach, before))
            yield from found
            if before is not None and reach.phrases[verb].is_passive and reach.phrases[before].is_passive:
                yield from _tied(reach, before, "by")
            if not found and phrase.word == "," and _is_noun(reach, i - 1):
                yield _coordinated(reach, i - 1)
        elif phrase.word == "as" or (phrase.word == "," and is_hanging):
            i = reach.before_adverbs(i)
            continue
        elif phrase.word in {",", ")"}:
            opening = "(" if phrase.word == ")" else ","
            i = reach.before_adverbs(next((k for k in _back(i) if reach.is_mark(k, opening)), 0))
            continue
        return


def _ending_in(reach: Reach, i: int, *, is_whole: bool) -> Iterator[Group]:
    """Yield the subject that ends in a noun phrase: the whole one of a clause, with all that is coordinated; of a participle what is nearest.

    Nearer than a place, a day or a bare noun is what it hangs on: "the panel of experts in Chad established by". A body is the name before it, too.
    """
    noun, tie = reach.phrases[i], reach.ties[i]
    hangs = tie.governor is not None and tie.via not in _BOUND and _is_noun(reach, tie.governor)
    is_place = noun.mention is not None and noun.mention.type in PLACES
    is_part = noun.mention is None and (noun.word.isdigit() or noun.begin == noun.head)
    if hangs and tie.governor is not None and (is_whole or is_place or is_part):
        yield from _ending_in(reach, tie.governor, is_whole=is_whole)
        if is_whole:
            return
    yield _coordinated(reach, i) if is_whole else (i,)
    is_somebody = noun.mention is None and reach.words.is_somebody(noun.word)
    if is_somebody and reach.is_mark(i - 1, ",") and _is_noun(reach, i - 2):
        yield (i - 2,)


def _meant(reach: Reach, i: int) -> Iterator[Group]:
    """Yield what "it" stands for in "by which it extended", then what was named as a subject or object before: "X ..., which it has endorsed"."""
    yield from _antecedents(reach, i - 1)
    named = (k for k in _back(i - 1) if reach.phrases[k].mention and reach.ties[k].via in {"object", "subject", ""})
    yield from ((k,) for k in named)


def _antecedents(reach: Reach, opener: int) -> Iterator[Group]:
    """Yield what "which" or "who" stands for: what is before it, all of a list that "and" closes."""
    i = opener - 1
    while i > 0 and (reach.is_mark(i, ",") or _is(reach, i, PhraseKind.PREPOSITION)):
        i -= 1
    if _is_noun(reach, i) and reach.phrases[opener].word in _NAMED_BY:
        for (k,) in _ending_in(reach, i, is_whole=False):
            yield _coordinated(reach, k) if _is(reach, k - 1, PhraseKind.JOINT) else (k,)


def _bearers(reach: Reach, i: int) -> Iterator[Group]:
    """Yield whom a noun describes: "A is a party", "A submits a report", "A, as the secretariat", "A, a member", "perpetrators were A", "A was among them"."""
    tie = reach.ties[i]
    if tie.governor is not None and (tie.via == "object" or reach.phrases[tie.governor].word == "be"):
        yield from _subjects(reach, tie.governor)
    elif _is(reach, i + 1, PhraseKind.VERB) and reach.phrases[i + 1].word == "be":
        yield from _tied(reach, i + 1, "object")
    else:
        before = next((k for k in _back(i) if reach.phrases[k].word not in {"as", ",", ")"}), i)
        if before < i - 1 and _is_noun(reach, before):
            yield (before,)


def _relative(reach: Reach, i: int) -> Iterator[Group]:
    opener = next((k for k in _back(i) if reach.phrases[k].word == "which"), None)
    return iter(()) if opener is None else _antecedents(reach, opener)


def _head(reach: Reach, i: int) -> Iterator[Group]:
    governor = reach.ties[i].governor
    return iter(() if governor is None else ((governor,),))


def _inside(reach: Reach, i: int) -> Iterator[Group]:
    """Yield the noun phrases behind a bracket, where there is a list of them."""
    at = next((k for k in _ahead(reach, i) if not _is_listed(reach, k)), i)
    found = tuple(k for k in range(i + 1, at) if _is_noun(reach, k))
    if reach.is_mark(at, ")") and len(found) > 1:
        yield found


def _is_listed(reach: Reach, i: int) -> bool:
    return _is_noun(reach, i) or _is(reach, i, PhraseKind.JOINT) or reach.is_mark(i, ",")


def _after(reach: Reach, i: int) -> Iterator[Group]:
    stops = (k for k in _ahead(reach, i) if reach.phrases[k].word in _ENDS or reach.phrases[k].form == VerbForm.FINITE)
    end = next(stops, len(reach.phrases))
    return ((k,) for k in range(i + 1, end) if _is_noun(reach, k))


_PLACES: Mapping[str, Callable[[Reach, int], Iterator[Group]]] = {
    "agent": _agents,
    "patient": _patients,
    "bearer": _bearers,
    "self": lambda reach, i: iter(((i,),)),
    "head": _head,
    "relative": _relative,
    "before": lambda reach, i: ((k,) for k in (i - 1,) if _is_noun(reach, k)),
    "next": lambda reach, i: ((k,) for k in (i + 1,) if _is_noun(reach, k)),
    "inside": _inside,
    "after": _after,
}


def _is(reach: Reach, i: int, kind: PhraseKind) -> bool:
    return 0 <= i < len(reach.phrases) and reach.phrases[i].kind is kind


def _is_noun(reach: Reach, i: int) -> bool:
    return _is(reach, i, PhraseKind.NOUN)


def _back(i: int) -> range:
    return range(i - 1, max(-1, i - FARTHEST), -1)


def _ahead(reach: Reach, i: int) -> range:
    return range(i + 1, min(len(reach.phrases), i + FARTHEST))

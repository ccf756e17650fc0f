"""The words of an action: its verb group, and where that says little, on to the words that say what is done.

In: the phrase at the head of an action. Out: the tokens that users are shown: "continue to support" of `continue`, "take steps to disarm" of `take`,
"ensure that … receive" of `ensure`. What says little is the word class `light`; the head itself is the field `actions`.

Limits: what is done is one verb or noun: of "continue to support and protect" the words end at "support".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.walking import ARTICLES
from mandategraph.phrasing.words import MODALS, is_adverb
from mandategraph.records.phrases import FARTHEST, PhraseKind, VerbForm

_GOING_ON = frozenset({VerbForm.INFINITIVE, VerbForm.GERUND, VerbForm.PARTICIPLE})
_INTO = frozenset("for from in into on to towards under with".split())


@dataclass(frozen=True, slots=True)
class Placed:
    """An action with the place of its words.

    Attributes:
        head: its verb in the base form, "not " before it where it is denied, or its noun in the singular.
        pieces: token ranges, half-open, in reading order; what stands between two of them is passed over.
    """

    head: str
    pieces: tuple[tuple[int, int], ...]


def place(reach: Reach, i: int, stop: int, head: str) -> Placed:
    """Return the action that a phrase heads, with the tokens of its words.

    Args:
        reach: over the phrases of the paragraph.
        i: index of the phrase; the verb of a modal may stand behind what is inserted: "shall, where it can, continue".
        stop: index of the first phrase behind the complement.
        head: what the field `actions` says of it.
    """
    is_carried = reach.phrases[i].head >= reach.phrases[i].end
    before = reach.at(reach.phrases[i].head) if is_carried else i
    pieces = [(reach.phrases[before].begin if is_carried else _begin(reach, i, head), reach.phrases[before].end)]
    for k in _trail(reach, before, stop):
        phrase = reach.phrases[k]
        if reach.past_adverbs(before + 1, k) == k:
            pieces[-1] = (pieces[-1][0], phrase.end)
        else:
            pieces.append((phrase.begin, phrase.end))
        before = k
    return Placed(head, tuple(pieces))


def _begin(reach: Reach, i: int, head: str) -> int:
    """Return the first token of a phrase that its action keeps: no "to", no modal, no article, and "not" where the head has it."""
    phrase, tokens = reach.phrases[i], reach.tree.paragraph.tokens
    at = phrase.begin
    if phrase.kind is PhraseKind.NOUN:
        return at + 1 if tokens[at].lower in ARTICLES and at < phrase.head else at
    is_denied = head.startswith("not ")
    if not is_denied:
        at = next((k + 1 for k in range(phrase.head - 1, at - 1, -1) if tokens[k].lower == ","), at)
    while at < phrase.head:
        word = tokens[at].lower
        if word != "to" and word not in MODALS and (is_denied or (word not in {"not", "and"} and not is_adverb(word))):
            break
        at += 1
    return at


def _trail(reach: Reach, i: int, stop: int) -> Iterator[int]:
    """Yield the indices of the phrases that the words go on with behind a verb or a noun."""
    if i + 1 < stop and reach.phrases[i].kind is PhraseKind.VERB and reach.words.is_particle(reach.phrases[i + 1].word):
        i += 1
        yield i
    is_light = reach.words.is_light(reach.phrases[i].word)
    if reach.phrases[i].kind is PhraseKind.NOUN:
        found = _from_noun(reach, i, stop, is_light=is_light)
    else:
        found = (_to_verb(reach, i, stop) if is_light else ()) or _to_noun(reach, i, stop, is_light=is_light)
    yield from found
    if found:
        yield from _trail(reach, found[-1], stop)


def _to_verb(reach: Reach, i: int, stop: int) -> tuple[int, ...]:
    """Return the verb that a light one goes on to: "continue to support", "refrain from using", "ensure that X receives"."""
    at = reach.past_adverbs(i + 1, stop)
    if _is(reach, at, stop, PhraseKind.PREPOSITION) and at + 1 < stop and reach.phrases[at + 1].form is VerbForm.GERUND:
        return at, at + 1
    if not _is_displacing(reach, at, stop):
        at = reach.past_inserted(at, stop)
    if at < stop and reach.phrases[at].form in _GOING_ON:
        return (at,)
    if _is(reach, at, stop, PhraseKind.OPENER) and reach.phrases[at].word == "that":
        return _to_clause(reach, at, stop)
    return ()


def _is_displacing(reach: Reach, at: int, stop: int) -> bool:
    """Return whether a preposition and its noun stand before the object of the verb: "take into account the needs"."""
    kinds = (PhraseKind.PREPOSITION, PhraseKind.NOUN, PhraseKind.NOUN)
    return all(_is(reach, at + n, stop, kind) for n, kind in enumerate(kinds))


def _to_clause(reach: Reach, at: int, stop: int) -> tuple[int, ...]:
    """Return "that" and the verb of its clause, with the subject where it is one phrase."""
    verb = reach.predicate(at + 1, stop)
    if verb is None or not reach.phrases[verb].word:
        return ()
    return (at, at + 1, verb) if verb == at + 2 else (at, verb)


def _to_noun(reach: Reach, i: int, stop: int, *, is_light: bool) -> tuple[int, ...]:
    """Return the object of a verb that says little, or whose object does: "take steps to", "intensify its efforts to", "take into account"."""
    at = reach.past_adverbs(i + 1, stop)
    if is_light and reach.is_mark(at, ","):
        at = reach.past_inserted(at, stop)
    if _is(reach, at, stop, PhraseKind.NOUN):
        owned = at + (reach.phrases[at].is_owner and _is(reach, at + 1, stop, PhraseKind.NOUN))
        is_object_light = reach.words.is_light(reach.phrases[owned].word)
        if not is_light and not is_object_light:
            return ()
        further = _with(reach, i, owned, stop) or _from_noun(reach, owned, stop, is_light=is_object_light)
        is_wanted = further or (is_light and (owned > at or reach.phrases[at].mention is None))
        return (*range(at, owned + 1), *further) if is_wanted else ()
    is_into = _is(reach, at, stop, PhraseKind.PREPOSITION) and reach.phrases[at].word in _INTO
    return (at, at + 1) if is_light and is_into and _is(reach, at + 1, stop, PhraseKind.NOUN) else ()


def _with(reach: Reach, verb: int, at: int, stop: int) -> tuple[int, ...]:
    """Return what somebody is given, where the object of a verb is who gets it: "provide the Council with a report"."""
    for k in range(at + 1, min(stop, at + FARTHEST)):
        if reach.ties[k].governor == verb and reach.ties[k].via == "with" and reach.phrases[k].kind is PhraseKind.NOUN:
            return k - 1, k
    return ()


def _from_noun(reach: Reach, i: int, stop: int, *, is_light: bool) -> tuple[int, ...]:
    """Return the verb behind a noun: right behind it, as in "keep the Council informed", or farther where the noun says little."""
    at = reach.past_adverbs(i + 1, stop)
    if at < stop and reach.phrases[at].form in {VerbForm.INFINITIVE, VerbForm.PARTICIPLE}:
        return (at,)
    if not is_light:
        return ()
    while at < stop and not reach.is_mark(at, ";"):
        phrase = reach.phrases[at]
        behind = reach.past_insertion(at, stop)
        if behind is not None:
            at = behind
        elif phrase.form is VerbForm.INFINITIVE:
            return (at,)
        elif phrase.kind is PhraseKind.PREPOSITION and _is(reach, at + 1, stop, PhraseKind.NOUN):
            at += 2
            if reach.words.takes_infinitive(reach.phrases[at - 1].word):
                return ()
        elif phrase.kind is PhraseKind.JOINT and _is(reach, at + 1, stop, PhraseKind.NOUN):
            at += 2
        elif phrase.kind is PhraseKind.ADVERB:
            at += 1
        else:
            return ()
    return ()


def _is(reach: Reach, i: int, stop: int, kind: PhraseKind) -> bool:
    return i < stop and reach.phrases[i].kind is kind

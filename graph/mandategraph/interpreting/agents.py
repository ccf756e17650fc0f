"""Who does what a verb or a noun names: "be done by X", "talks between X and Y", "on the part of X"."""

from __future__ import annotations

from mandategraph.interpreting.parties import PartyReader, Ranges
from mandategraph.phrasing.reaching import Reach
from mandategraph.records.phrases import PhraseKind, VerbForm

_TO_REACH = frozenset("of by through for to".split())
_BEARING = frozenset("by between among from".split())


def agents(reach: Reach, parties: PartyReader, governor: int, stop: int) -> Ranges:
    """Return who does what a verb or noun names: "by X", "between X and Y", "on the part of X"."""
    for k in range(governor + 1, stop):
        tie = reach.ties[k]
        if reach.is_mark(k, ";"):
            break
        if reach.phrases[k].kind is not PhraseKind.PREPOSITION or reach.phrases[k].word not in _BEARING:
            continue
        if (
            tie.governor != governor
            and reach.phrases[k].word == "by"
            and reach.phrases[governor].kind is PhraseKind.VERB
        ):
            continue
        if tie.governor is not None and reach.phrases[tie.governor].form is VerbForm.PARTICIPLE:
            continue
        if _is_of_means(reach, parties, tie.governor, governor):
            continue
        has_object = (
            reach.phrases[k].word == "by"
            and k == governor + 1
            and reach.phrases[governor].kind is PhraseKind.NOUN
            and not any(p.word == "into" for p in reach.phrases[k:stop])
        )
        until = _reaches(reach, parties, k + 1, stop, has_object=has_object)
        if parties.is_actor(k + 1, until):
            return parties.split(k + 1, until)
    return ()


def _is_of_means(reach: Reach, parties: PartyReader, k: int | None, governor: int) -> bool:
    """Return whether a phrase hangs on what is done to reach an action: "the talks as a way of improving trust between X and Y"."""
    while k is not None and k > governor:
        if reach.phrases[k].form is VerbForm.GERUND and reach.phrases[k - 1].word in _TO_REACH:
            return True
        k = reach.ties[k].governor
    return False


def _reaches(reach: Reach, parties: PartyReader, i: int, stop: int, *, has_object: bool = False) -> int:
    """Return where those behind "by" end: before the next preposition but "of", verb, opener or mark that joins nobody.

    "of" ends them too where the object of the action follows them: "the provision by donors of funds".
    """
    is_modified = False
    for k in range(i, stop):
        phrase = reach.phrases[k]
        if phrase.form is VerbForm.PARTICIPLE and reach.phrases[k - 1].kind is PhraseKind.NOUN:
            is_modified = True
            continue
        if phrase.kind in {PhraseKind.VERB, PhraseKind.OPENER} or (
            phrase.kind is PhraseKind.PREPOSITION and (phrase.word != "of" or has_object) and not is_modified
        ):
            return k
        if phrase.kind is PhraseKind.MARK and not (phrase.word == "," and _joins_actor(reach, parties, k + 1, stop)):
            return k
    return stop


def _joins_actor(reach: Reach, parties: PartyReader, i: int, stop: int) -> bool:
    while i < stop and reach.phrases[i].kind is PhraseKind.JOINT:
        i += 1
    return i < stop and reach.phrases[i].kind is PhraseKind.NOUN and parties.can_act(i)


def bearers(reach: Reach, parties: PartyReader, first: int, stop: int) -> Ranges:
    """Return who bears a noun action by "of": "on the part of X", "the cooperation of X"."""
    if reach.phrases[first].word not in {"part", "cooperation", "co-operation"} and not any(
        p.word == "part" for p in reach.phrases[first:stop]
    ):
        return ()
    for k in range(first, stop - 1):
        if reach.phrases[k].word in {"part", "cooperation", "co-operation"} and reach.phrases[k + 1].word == "of":
            until = _reaches(reach, parties, k + 2, stop)
            if parties.is_actor(k + 2, until):
                return parties.split(k + 2, until)
    return ()

"""Which noun phrase shares the place of which: "A, B and C", "X and, through it, Y".

A noun phrase behind "and" or a comma shares the place of the nearest one before it that is alike: somebody with somebody, a place with a place, a thing
with a thing, else with the nearest of any kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from mandategraph.phrasing.tied import BETWEEN, ENDS, Tied
from mandategraph.phrasing.walking import JOINTS
from mandategraph.records.phrases import FARTHEST, MAIN, PhraseKind, Tie, VerbForm, back

_OF_DEEDS = frozenset("of for from by on between among with under".split())


def shared(tied: Tied, i: int, mark: int) -> Tie:
    """Return the tie of the phrase with which one behind "and" or a comma is coordinated."""
    conjunct = _conjunct(tied, i, _joint_of(tied, mark))
    if conjunct is None:
        return Tie(None, "", i)
    tie = tied.found[conjunct]
    return Tie(tie.governor, tie.via, tie.first, tie.role, tie.frame)


def _joint_of(tied: Tied, mark: int) -> int:
    """Return the "and" that a comma parts from what it joins: "X and, through it, Y"; else the mark itself."""
    opening = tied.opening(mark) if tied.word(mark) == "," else None
    return opening - 1 if opening and tied.phrases[opening - 1].kind is PhraseKind.JOINT else mark


def _conjunct(tied: Tied, i: int, joint: int) -> int | None:
    is_inserted = tied.phrases[joint].word == "," and not _goes_on(tied, i)
    if is_inserted:
        return None
    if (awaiting := _awaiting(tied, joint)) is not None and tied.kinds[awaiting] == tied.kinds[i]:
        return awaiting
    same = alike = deed = nearest = None
    word, kind, is_deed = tied.word(i), tied.kinds[i], _is_deed(tied, i)
    for k in _nouns_before(tied, joint):
        if nearest is None:
            nearest, is_deed = k, is_deed and tied.found[k].first == k
        if tied.phrases[k].word == word:
            same = k
            break
        if alike is None and tied.kinds[k] == kind:
            alike = k
        if deed is None and is_deed and _is_deed(tied, k):
            deed = k
    found = next((k for k in (same, deed, alike, nearest) if k is not None), None)
    return _holder(tied, found) if found is not None and kind == "somebody" else found


def _is_deed(tied: Tied, i: int) -> bool:
    """Return whether a noun says what is done to something, or by somebody: "strengthened cooperation between", "the use of"."""
    following = tied.phrases[i + 1] if i + 1 < len(tied.phrases) else None
    has_object = following is not None and following.kind is PhraseKind.PREPOSITION and following.word in _OF_DEEDS
    return has_object and tied.kinds[i] == "thing" and tied.words.is_action_noun(tied.word(i))


def _holder(tied: Tied, k: int) -> int:
    """Return who holds an office, where a noun names whose it is, which is one's only: "the Representative of X, and Y"; else the noun."""
    tie = tied.found[k]
    governor = tie.governor if tie.via == "of" else None
    is_one = governor is not None and tied.tokens[tied.phrases[governor].head].lower == tied.word(governor)
    return governor if governor is not None and is_one and tied.words.holds_office(tied.word(governor)) else k


def _awaiting(tied: Tied, joint: int) -> int | None:
    """Return the phrase behind "between" that is not joined with another yet: "between groups of experts, missions and ..."."""
    for k in back(joint) if tied.has_between else ():
        phrase = tied.phrases[k]
        if (phrase.word in ENDS and phrase.kind is PhraseKind.MARK) or phrase.form in MAIN:
            return None
        if phrase.kind is PhraseKind.PREPOSITION and phrase.word in BETWEEN:
            is_joined = any(tied.found[n].first == k + 1 for n in range(k + 2, joint))
            return None if is_joined else k + 1
    return None


def _nouns_before(tied: Tied, joint: int) -> Iterator[int]:
    """Yield the noun phrases before a joint, nearest first, up to the verb that they belong to."""
    for k in back(_before_participle(tied, joint)):
        phrase = tied.phrases[k]
        if phrase.word in ENDS and phrase.kind is PhraseKind.MARK:
            return
        if phrase.kind is PhraseKind.VERB and phrase.form in MAIN:
            return
        if phrase.kind is PhraseKind.NOUN and not phrase.is_owner:
            yield k


def _before_participle(tied: Tied, joint: int) -> int:
    """Return the comma that opens what a participle inserts before a joint: "X, established by Y, and Z"; else the joint."""
    opening = tied.opening(joint - 1) if joint and tied.word(joint - 1) == "," else None
    return joint if opening is None or tied.phrases[opening + 1].form is not VerbForm.PARTICIPLE else opening


def _goes_on(tied: Tied, i: int) -> bool:
    """Return whether a list goes on behind a comma: what follows joins another one, or is itself "B and C bodies"; a gerund may say more of a noun."""
    before = None
    for phrase in tied.phrases[i : i + FARTHEST]:
        if phrase.kind is PhraseKind.NOUN and any(t.lower in JOINTS for t in tied.tokens[phrase.begin : phrase.head]):
            return True
        if phrase.kind is PhraseKind.JOINT and phrase.word != "including":
            return True
        is_modifier = before is PhraseKind.NOUN and phrase.form is VerbForm.GERUND
        if (phrase.kind in {PhraseKind.VERB, PhraseKind.OPENER} and not is_modifier) or phrase.word in ENDS:
            return False
        before = phrase.kind
    return False

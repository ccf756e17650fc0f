"""Noun phrases: from a determiner to the head, with names, modifiers that share a noun, and short forms in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.phrasing.forms import finite, is_base
from mandategraph.phrasing.walking import BEFORE_DETERMINER, BEFORE_LIMIT, ENDS_NOUN, JOINTS, PARTICLES, Walk
from mandategraph.phrasing.words import (
    DETERMINERS,
    PRONOUNS,
    is_adverb,
    singular,
)
from mandategraph.records import Mention
from mandategraph.records.phrases import Phrase, PhraseKind

_TOWARD = frozenset({"to", "with"})
_MADE_OF_MANY = frozenset({"nations", "union"})
"""Last words of names that stand before the nouns of their bodies: "to the United Nations appeal"."""


def find_noun(walk: Walk, begin: int) -> Phrase:
    """Return the noun phrase that begins at a token, its short form in brackets included."""
    at, head, mention = begin, begin, None
    names: list[Mention] = []
    low, named, stop = walk.low, walk.named, len(walk.tokens)
    if low[at] in PRONOUNS and at not in named and low[at] != "all":
        if low[at] not in DETERMINERS or not walk.goes_on_as_noun(at + 1):
            return Phrase(PhraseKind.NOUN, at, at + 1, at, low[at])
    while at < stop:
        word = low[at]
        if at in named and not (at > begin and word in DETERMINERS and low[at - 1] not in DETERMINERS):
            is_part = walk.words.is_rank(low[at - 1]) or low[at - 1] in JOINTS
            name, behind = named[at]
            names.append(name)
            mention = None if is_part and at > begin else name
            head, at = behind - 1, behind
            if low[head].endswith("s") and low[head] != "nations" and walk.words.is_actor_noun(low[head]):
                walk.closed.add(head)
        elif word == "'s" and at > begin:
            return _made(walk, begin, at + 1, head, mention, names, is_owner=True)
        elif _continues(walk, at, begin):
            if word not in DETERMINERS and word[:1].isalnum():
                if mention is not None and walk.words.is_kind(word):
                    head = at - 1
                else:
                    head, mention = at, None
            at += 1
        else:
            break
    end = _behind_brackets(walk, max(at, begin + 1))
    return _made(walk, begin, end, head, mention, names, is_owner=False)


def _made(
    walk: Walk, begin: int, end: int, head: int, mention: Mention | None, names: Sequence[Mention], *, is_owner: bool
) -> Phrase:
    word = singular(walk.low[head])
    others = tuple([name for name in names if name is not mention]) if names else ()
    return Phrase(PhraseKind.NOUN, begin, end, head, word, is_owner=is_owner, mention=mention, names=others)


def _continues(walk: Walk, at: int, begin: int) -> bool:
    """Return whether a noun phrase goes on at a token: with a word, or with "and" between modifiers of one noun."""
    word = walk.low[at]
    if at == begin or (word == "per" and walk.low[at + 1] == "cent"):
        return True
    if at in walk.stated or at in walk.spoken:
        return False
    if word in JOINTS or word == ",":
        return _joins_modifiers(walk, at, begin)
    if word in DETERMINERS:
        return walk.low[at - 1] in BEFORE_DETERMINER or walk.low[at - 1] in {"all", "both"}
    if word in ENDS_NOUN:
        return False
    before = walk.low[at - 1]
    if is_adverb(word):
        return before in DETERMINERS or (walk.modifies(at) and walk.words.is_adjective(before))
    is_told = walk.words.is_actor_noun(before) and before not in _MADE_OF_MANY and _awaits_object(walk)
    if at - 1 in walk.closed or is_told:
        return walk.words.is_kind(word)
    if at - 1 not in walk.inside and _is_before_head(walk, before):
        return True
    if walk.low[at - 2] in JOINTS and _is_modifier(walk, at - 1) and not walk.words.is_action_noun(before):
        return True
    if word in PARTICLES:
        return False
    if not walk.words.is_verbal(word):
        return True
    is_gerund = walk.words.of_gerund(word) is not None
    if is_gerund and singular(before) != before and at - 1 not in walk.inside:
        return False
    if is_gerund or walk.words.of_participle(word):
        return word in {"training", "meeting", "building", "funding", "sharing", "reporting"} or (
            walk.goes_on_as_noun(at + 1) and not word.endswith("ed")
        )
    return not _ends_before_verb(walk, at)


def _awaits_object(walk: Walk) -> bool:
    """Return whether "to" or "with" stands right behind a verb that is done to something: "submit to the Committee information"."""
    if len(walk.found) < 2 or walk.found[-1].word not in _TOWARD or walk.found[-2].kind is not PhraseKind.VERB:
        return False
    return walk.frames.role(walk.found[-2].word, "verb", walk.found[-1].word)[0] == "recipient"


def _is_before_head(walk: Walk, word: str) -> bool:
    """Return whether a word of a noun phrase stands before its head: a determiner, a number, an adjective or a joint."""
    return word in BEFORE_DETERMINER or walk.words.is_number(word) or walk.words.is_adjective(word)


def _ends_before_verb(walk: Walk, at: int) -> bool:
    """Return whether the verb of a clause stands at a token behind its subject."""
    walk.found.append(Phrase(PhraseKind.NOUN, at - 1, at, at - 1, walk.low[at - 1]))
    try:
        return finite(walk, at) is not None or is_base(walk, at)
    finally:
        walk.found.pop()


def _joins_modifiers(walk: Walk, at: int, begin: int) -> bool:
    """Return whether "and" or a comma stands between modifiers that share a noun: "regional, subregional and other bodies"."""
    last = walk.low[at - 1]
    if (
        walk.low[at] == ","
        and walk.low[begin - 1] in BEFORE_LIMIT
        and walk.low[begin - 3 : begin - 1] != ["as", "well"]
    ):
        return False
    after = at + 2 if walk.low[at + 1] in JOINTS else at + 1
    following = walk.low[after]
    if walk.low[at] == "and" and _titles_go_on(walk, begin, at):
        return True
    is_pair = _is_modifier(walk, at - 1) and _is_modifier(walk, after) and walk.goes_on_as_noun(after + 1)
    is_pair = is_pair and after not in walk.named
    is_listed = walk.low[at - 2] == "," and at - 2 > begin and walk.words.is_adjective(following)
    if at - 1 in walk.inside or not (is_pair or is_listed or walk.words.is_adjective(last) or last.endswith("-")):
        return False
    if following in DETERMINERS - {"other"} or not following[:1].isalpha():
        return False
    return walk.goes_on_as_noun(after) and not walk.words.is_only_verb(following)


def _titles_go_on(walk: Walk, begin: int, at: int) -> bool:
    """Return whether "and" stands within the capitalized title of one office: "the Chief Data Protection and Privacy Officer"."""
    if (
        walk.low[begin] not in {"a", "an", "the"}
        or not walk.is_title(at - 1)
        or walk.words.is_actor_noun(walk.low[at - 1])
    ):
        return False
    last = at + 1
    while walk.is_title(last + 1):
        last += 1
    return walk.is_title(at + 1) and last > at + 1 and walk.low[last] in walk.words.tables.word_classes["office"]


def _is_modifier(walk: Walk, at: int) -> bool:
    """Return whether a word stands before a noun as adjectives do: "false", "damaged", "misleading", "long-term"."""
    word = walk.low[at]
    is_hanging = walk.words.of_participle(word) or walk.words.of_gerund(word)
    return bool(is_hanging) or walk.words.is_adjective(word) or "-" in word[1:-1]


def _behind_brackets(walk: Walk, at: int) -> int:
    """Return where a phrase ends with the short form that it defines in brackets: "the Office (“the Office”)", not "the Team (A, B and C)"."""
    if walk.low[at] != "(":
        return at
    close = next((k for k in range(at + 1, min(at + 8, len(walk.tokens))) if walk.low[k] == ")"), None)
    listed = [stop for k, (_, stop) in walk.named.items() if close is not None and at < k < close]
    is_list = len(listed) > 1 and all(walk.low[stop] in {",", "and", ")"} for stop in listed)
    if close is None or is_list:
        return at
    is_short = any(walk.tokens[k].text[:1].isupper() or walk.low[k] in {'"', "“"} for k in range(at + 1, close))
    return close + 1 if is_short else at

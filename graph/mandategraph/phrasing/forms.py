"""Verbs of one word: base forms, forms in -s, gerunds and participles, by what stands on both sides of them."""

from __future__ import annotations

from mandategraph.phrasing.walking import (
    AFTER_VERB,
    ARTICLES,
    BEHIND_GERUND,
    BEHIND_SUBJUNCTIVE,
    BEHIND_VERB,
    FINITE,
    HANGING,
    ITEM_MARKS,
    JOINTS,
    PARTICLES,
    RELATIVES,
    TAKEN,
    Walk,
)
from mandategraph.phrasing.words import (
    DETERMINERS,
    MODALS,
    is_adverb,
)
from mandategraph.records.phrases import PhraseKind, VerbForm


def gerund(walk: Walk, at: int) -> str | None:
    """Return the base form of an -ing form that is a verb where it stands."""
    word, following = walk.low[at], walk.low[at + 1]
    base = walk.words.of_gerund(word)
    if base is None:
        return None
    is_verbal = following == "to" or (walk.follows_subject() and walk.goes_on_as_noun(at + 1))
    is_adjective = walk.words.is_adjective(word) and not is_verbal
    if is_adjective or (walk.found and walk.found[-1].is_owner):
        return None
    if at + 1 in walk.named and walk.found and walk.found[-1].begin in walk.stated:
        return None
    before = walk.found[-1] if walk.found else None
    if following != "of" and _is_taken(walk):
        return base
    if (before is None or before.kind is PhraseKind.JOINT) and following != "of" and walk.low[0].endswith("ing"):
        return base
    is_open = following in BEHIND_GERUND or at + 1 in walk.named or is_adverb(following)
    if before is not None and before.kind is PhraseKind.NOUN and not before.is_owner:
        return base
    return (
        base
        if (is_open and following != "of")
        or not walk.goes_on_as_noun(at + 1)
        or (walk.words.is_only_verb(base) and following != "of")
        else None
    )


def _is_taken(walk: Walk) -> bool:
    """Return whether a verb that takes a gerund was found last, be it with "to": "encourages holding talks", "committed to ending hunger"."""
    found = walk.found
    if len(found) > 1 and found[-1].kind is PhraseKind.PREPOSITION and found[-1].word == "to":
        return walk.words.takes_gerund(found[-2].word)
    if not found or found[-1].kind is not PhraseKind.VERB:
        return False
    word = found[-1].word
    return walk.words.takes_gerund(walk.words.of_finite(word) or walk.words.of_gerund(word) or word)


def participle(walk: Walk, at: int) -> str | None:
    """Return the base form of a participle that is no modifier of a noun behind it."""
    word = walk.low[at]
    base = walk.words.of_participle(word)
    if base is None:
        return None
    before = walk.found[-1] if walk.found else None
    verb = next((p for p in reversed(walk.found) if p.kind is PhraseKind.VERB), None)
    if (
        before is not None
        and before.kind is PhraseKind.JOINT
        and verb is not None
        and verb.is_passive
        and walk.words.is_adjective(walk.low[at + 1])
    ):
        return base
    follows_noun = before is not None and before.kind is PhraseKind.NOUN and not before.is_owner
    return (
        base
        if follows_noun or walk.follows_relative() or walk.low[at + 1] in PARTICLES or not walk.goes_on_as_noun(at + 1)
        else None
    )


def _is_name_like(walk: Walk, at: int) -> bool:
    """Return whether a word is capitalized as names are: not one of several that are all capitals, "WILL REVERT"."""
    word, before = walk.tokens[at].text, walk.tokens[at - 1].text
    return word[:1].isupper() and not (word.isupper() and before.isupper() and len(before) > 1)


def is_base(walk: Walk, at: int) -> bool:
    """Return whether a base form is a verb where it stands: coordinated with one, behind its subject, or first of an item."""
    word, following = walk.low[at], walk.low[at + 1]
    if at in walk.named or not walk.words.is_verb(word) or (at and _is_name_like(walk, at)):
        return False
    if following in {"of", "'s"} or following in FINITE:
        return False
    before = walk.last_phrase()
    if before is None or (before.kind is PhraseKind.MARK and before.word in ITEM_MARKS):
        return walk.words.is_only_verb(word) or following not in {
            "of",
            "to",
            "for",
            "in",
            "on",
            "and",
            ",",
            "by",
            "at",
        }
    if before.begin in walk.stated:
        return walk.low[before.begin] in MODALS
    if before.kind is PhraseKind.OPENER:
        is_relative = len(walk.found) > 1 and walk.found[-2].kind is PhraseKind.NOUN and before.word in RELATIVES
        return is_relative and not _begins_verb(walk, at + 1) and following not in MODALS
    if before.kind is PhraseKind.NOUN and not before.is_owner:
        is_parted = [p.kind for p in walk.found[-3:-1]] == [PhraseKind.JOINT, PhraseKind.PREPOSITION]
        return _is_subjunctive(walk, at) or (is_parted and walk.words.is_only_verb(word) and _is_joined_verb(walk, at))
    if before.word == "," and _awaits_verb(walk):
        is_due = walk.words.is_only_verb(word) or _follows_apposition(walk)
        return is_due or _reads_as_verb(walk, at) or _is_joined_verb(walk, at)
    if before.kind is PhraseKind.JOINT or before.word == ",":
        return _is_joined_verb(walk, at)
    return False


def _is_joined_verb(walk: Walk, at: int) -> bool:
    """Return whether a base form behind "and" or a comma goes on with the infinitives before it."""
    if len(walk.found) > 1 and walk.found[-2].begin in walk.stated and walk.found[-1].kind is PhraseKind.JOINT:
        return walk.low[at + 1] in AFTER_VERB
    if not walk.has_infinitive:
        return False
    word, following = walk.low[at], walk.low[at + 1]
    if walk.words.is_adjective(word) and following not in BEHIND_VERB and at + 1 not in walk.named:
        return False
    return _follows_verb(walk) or _reads_as_verb(walk, at)


def _follows_verb(walk: Walk) -> bool:
    """Return whether nothing but a joint or a comma stands behind a verb: "protect and ..."."""
    before = [
        p for p in walk.found[-3:] if p.kind is PhraseKind.VERB or not (p.kind is PhraseKind.JOINT or p.word == ",")
    ]
    is_apart = walk.found[-1].kind in {PhraseKind.JOINT, PhraseKind.MARK}
    return is_apart and bool(before) and before[-1].kind is PhraseKind.VERB


def _reads_as_verb(walk: Walk, at: int) -> bool:
    """Return whether what follows a base form makes it a verb, where it can be a noun: "report on", "support the"."""
    word, following = walk.low[at], walk.low[at + 1]
    if walk.words.is_only_verb(word):
        return following not in {",", ";", "."}
    if following in {"and", "or"}:
        return walk.words.is_only_verb(walk.low[at + 2]) and at + 2 not in walk.named
    if following in TAKEN:
        has_frame = bool(walk.frames.role(word, "verb", following)[1])
        is_followed = following == "to" and walk.words.is_only_verb(walk.low[at + 2])
        return following in PARTICLES or has_frame or is_followed
    is_set_off = walk.words.is_adjective(following) and len(walk.found) > 1 and walk.found[-2].word == ","
    is_clear = following in AFTER_VERB or at + 1 in walk.named or walk.words.is_only_verb(following)
    return is_clear or is_set_off or following.endswith("ly")


def _is_subjunctive(walk: Walk, at: int) -> bool:
    """Return whether a base form follows its subject in a clause: "that all groups reject"."""
    if not _awaits_subjunctive(walk):
        return False
    word, following = walk.low[at], walk.low[at + 1]
    is_pair = following in JOINTS and walk.words.is_only_verb(walk.low[at + 2]) and at + 2 not in walk.named
    is_taken = at - 1 in walk.inside and bool(walk.frames.role(word, "verb", following)[1])
    is_clear = is_pair or is_taken or following in BEHIND_SUBJUNCTIVE or at + 1 in walk.named
    return walk.words.is_only_verb(word) or is_clear or (at - 1 in walk.inside and is_adverb(following))


def _awaits_subjunctive(walk: Walk) -> bool:
    """Return whether one of the clauses that are open has no verb yet: "that countries that mine use", the second "that" has one."""
    verbs = 0
    for phrase in reversed(walk.found):
        if phrase.word in {";", "."}:
            return False
        if phrase.kind is PhraseKind.VERB and phrase.form not in HANGING:
            if phrase.begin in walk.stated or phrase.form is VerbForm.INFINITIVE:
                return False
            verbs += 1
        elif phrase.kind is PhraseKind.OPENER:
            if not verbs:
                return True
            verbs -= 1
    return False


def finite(walk: Walk, at: int) -> str | None:
    """Return the base form of a verb in -s behind its subject: "that the mission continues"."""
    word = walk.low[at]
    base = walk.words.of_finite(word) if word.endswith("s") and at not in walk.named else None
    if base is None:
        return None
    before = walk.last_phrase()
    if before is None or before.kind not in {PhraseKind.NOUN, PhraseKind.OPENER}:
        return None
    if walk.low[at + 1] in {"of", "'s"} or word in walk.words.tables.word_classes["actor"]:
        return None
    behind = walk.low[at + 2] if is_adverb(walk.low[at + 1]) else walk.low[at + 1]
    is_clear = walk.words.is_only_verb(base) or behind in DETERMINERS
    is_clear = is_clear or (_awaits_verb(walk) and not _begins_verb(walk, at + 1))
    return base if is_clear else None


def _awaits_verb(walk: Walk) -> bool:
    """Return whether a clause has its subject, and no verb yet."""
    last = next(
        (p for p in reversed(walk.found) if p.kind in {PhraseKind.OPENER, PhraseKind.VERB} and p.form not in HANGING),
        None,
    )
    return last is not None and last.word == "that" and last.kind is PhraseKind.OPENER


def _follows_apposition(walk: Walk) -> bool:
    """Return whether a comma has closed a second name for a subject: "that Chad, the host State, leave"."""
    last = walk.found[-4:]
    if [p.kind for p in last] != [PhraseKind.NOUN, PhraseKind.MARK, PhraseKind.NOUN, PhraseKind.MARK]:
        return False
    return last[1].word == last[3].word == "," and walk.low[last[2].begin] in ARTICLES


def _begins_verb(walk: Walk, at: int) -> bool:
    word = walk.low[at]
    return word in FINITE or walk.words.is_verb(word) or is_adverb(word)

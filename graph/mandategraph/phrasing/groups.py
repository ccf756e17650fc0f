"""Verb groups: auxiliaries, adverbs and modals with their verb, and infinitives with what commas insert into them."""

from __future__ import annotations

from mandategraph.phrasing.forms import finite, gerund, is_base, participle
from mandategraph.phrasing.walking import (
    AFTER_VERB,
    AUXILIARIES,
    BE,
    BEFORE_COMMA,
    BEFORE_NOUN,
    BEHIND_UNKNOWN,
    DO,
    HAVE,
    JOINTS,
    STOPS,
    Walk,
)
from mandategraph.phrasing.words import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    guessed_base,
    is_adverb,
    is_clitic,
    looks_nominal,
)
from mandategraph.records.phrases import FARTHEST, Phrase, PhraseKind, VerbForm

_BEFORE_VERB = frozenset({"only", "better"})
"""Words that stand as adverbs before a verb, and before a noun as adjectives: "to better guard", "better guards"."""


def find_verb(walk: Walk, at: int) -> Phrase | None:
    """Return the verb group that begins at a token, or None."""
    word = walk.low[at]
    if word == "to" or (word == "not" and walk.low[at + 1] == "to"):
        return _infinitive(walk, at)
    if word in MODALS and not (word == "may" and walk.tokens[at].text == "May" and at):
        return _group(walk, at, at + 1, VerbForm.FINITE, modal=word)
    if word in AUXILIARIES:
        form = VerbForm.GERUND if word in {"being", "having"} else VerbForm.FINITE
        return _group(walk, at, at, VerbForm.INFINITIVE if word == "be" else form)
    if word == "not" and is_base(walk, at + 1):
        return _group(walk, at, at, VerbForm.BASE)
    if is_adverb(word) or not walk.words.is_verbal(word):
        return None
    if is_base(walk, at):
        return Phrase(PhraseKind.VERB, at, at + 1, at, word, VerbForm.BASE)
    if base := gerund(walk, at):
        return Phrase(PhraseKind.VERB, at, at + 1, at, base, VerbForm.GERUND)
    if base := participle(walk, at):
        has_object = walk.low[at + 1] in AFTER_VERB or (walk.follows_actor() and walk.goes_on_as_noun(at + 1))
        is_past = (walk.follows_subject() and has_object) or walk.follows_relative()
        form = VerbForm.FINITE if is_past else VerbForm.PARTICIPLE
        return Phrase(PhraseKind.VERB, at, at + 1, at, base, form, is_passive=not is_past)
    if base := finite(walk, at):
        return Phrase(PhraseKind.VERB, at, at + 1, at, base, VerbForm.FINITE)
    return None


def _infinitive(walk: Walk, at: int) -> Phrase | None:
    is_negated = walk.low[at] == "not"
    group = _group(walk, at, at + 1 + is_negated, VerbForm.INFINITIVE)
    if group is None or group.head <= at + is_negated:
        return None
    return group._replace(is_negated=True) if is_negated else group


def _group(walk: Walk, begin: int, at: int, form: VerbForm, *, modal: str = "") -> Phrase | None:
    """Return a verb group: auxiliaries, adverbs, what a pair of commas inserts, and the verb behind them."""
    is_negated = is_passive = False
    auxiliary = clitic = ""
    end = len(walk.tokens)
    while at < end:
        word = walk.low[at]
        if word == "and" and at > begin + 1 and is_adverb(walk.low[at - 1]) and (verb := _behind_manner(walk, at)):
            at = verb
            break
        if walk.low[at : at + 2] == ["at", "least"]:
            at += 2
            continue
        if word == "not":
            is_negated = True
        elif is_clitic(word):
            clitic = word
        elif word in AUXILIARIES:
            auxiliary, head = word, at
        elif (not is_adverb(word) and word not in _BEFORE_VERB) or _is_further(walk, at):
            break
        at += 1
    base = _base_at(walk, at, begin, auxiliary, modal)
    if base is None and walk.low[at] == "," and (form is VerbForm.INFINITIVE or modal):
        parted = _parted(walk, begin, at, form, modal, is_negated=is_negated)
        if parted is not None or not modal:
            return parted
    if base is not None:
        is_passive = auxiliary in BE and not walk.low[at].endswith("ing")
        return Phrase(PhraseKind.VERB, begin, at + 1, at, base, form, modal, is_negated, is_passive, clitic=clitic)
    if auxiliary:
        base = "be" if auxiliary in BE else "have" if auxiliary in HAVE else "do"
        return Phrase(PhraseKind.VERB, begin, head + 1, head, base, form, modal, is_negated)
    if modal:
        parted = _parted(walk, begin, at, form, modal, is_negated=is_negated) if walk.low[at] in BEFORE_COMMA else None
        parted = parted or _carried(walk, begin, at, form, modal, is_negated=is_negated)
        return parted or Phrase(PhraseKind.VERB, begin, begin + 1, begin, "", form, modal, is_negated)
    return _carried(walk, begin, at, form, modal, is_negated=is_negated) if form is VerbForm.INFINITIVE else None


def _base_at(walk: Walk, at: int, begin: int, auxiliary: str, modal: str) -> str | None:
    """Return the base form of the verb of a group, or None where there is none at a token."""
    if at >= len(walk.tokens) or at in walk.named:
        return None
    word = walk.low[at]
    if auxiliary in BE | HAVE:
        base = walk.words.of_participle(word) or walk.words.of_gerund(word)
        is_regular = word.endswith(("ed", "ing")) and len(word) > 4 and not walk.words.is_adjective(word)
        return base or (guessed_base(word) if is_regular else None)
    if modal or auxiliary in DO:
        return word if walk.words.is_verb(word) or _is_plain(walk, at) else None
    return word if _looks_verbal(walk, at) else None


def _parted(walk: Walk, begin: int, comma: int, form: VerbForm, modal: str, *, is_negated: bool) -> Phrase | None:
    """Return the group of "to, as appropriate, take" and "shall, within its mandate, support": its verb stands behind the commas."""
    close = next(
        (k for k in range(comma + 1, min(comma + FARTHEST, len(walk.tokens))) if walk.low[k] in {",", ";", ":", "."}),
        None,
    )
    while close is not None and walk.low[close] == ",":
        at = close + 1
        while at < len(walk.tokens) and (is_adverb(walk.low[at]) or walk.low[at] in {"and", "not"}):
            at += 1
        if (
            walk.low[at] == "be"
            and modal
            and (base := _base_at(walk, done := _behind_adverbs(walk, at + 1), begin, "be", modal))
        ):
            walk.spoken.update(range(at, done + 1))
            return Phrase(PhraseKind.VERB, begin, comma, done, base, form, modal, is_negated, is_passive=True)
        if at < len(walk.tokens) and at not in walk.named and walk.words.is_verb(walk.low[at]):
            walk.spoken.add(at)
            return Phrase(PhraseKind.VERB, begin, comma, at, walk.low[at], form, modal, is_negated)
        close = next(
            (
                k
                for k in range(close + 1, min(close + FARTHEST, len(walk.tokens)))
                if walk.low[k] in {",", ";", ":", "."}
            ),
            None,
        )
    return None


def _behind_adverbs(walk: Walk, at: int) -> int:
    """Return the index of the first token from one on that is no adverb."""
    while at < len(walk.tokens) and is_adverb(walk.low[at]):
        at += 1
    return at


def _carried(walk: Walk, begin: int, at: int, form: VerbForm, modal: str, *, is_negated: bool) -> Phrase | None:
    """Return the group of "shall for one year ensure" and "to without delay ensure": its verb stands behind a phrase without commas."""
    if walk.low[at] not in PREPOSITIONS:
        return None
    for k in range(at + 1, min(at + FARTHEST, len(walk.tokens))):
        word = walk.low[k]
        if word in STOPS:
            return None
        if walk.words.is_only_verb(word) and k not in walk.inside and walk.low[k - 1] not in JOINTS:
            walk.spoken.add(k)
            return Phrase(PhraseKind.VERB, begin, begin + 1, k, word, form, modal, is_negated)
    return None


def _behind_manner(walk: Walk, at: int) -> int | None:
    """Return the verb behind "and without ...", "and in full": manner that goes on with an adverb."""
    if is_adverb(walk.low[at + 1]):
        return at + 2
    if walk.low[at + 1] not in PREPOSITIONS:
        return None
    return next(
        (k for k in range(at + 3, min(at + FARTHEST, len(walk.tokens))) if walk.words.is_verb(walk.low[k])), None
    )


def _is_further(walk: Walk, at: int) -> bool:
    """Return whether "further" is the verb of "to further its work"."""
    return walk.low[at] == "further" and walk.low[at + 1] in DETERMINERS


def _looks_verbal(walk: Walk, at: int) -> bool:
    """Return whether the word after "to" is a verb: "to support" and not "to support of"."""
    word, following = walk.low[at], walk.low[at + 1]
    if _is_further(walk, at):
        return True
    if not walk.words.is_verb(word):
        return _is_plain(walk, at) and following in BEHIND_UNKNOWN and not looks_nominal(word)
    if walk.words.is_only_verb(word) or not following or is_adverb(walk.low[at - 1]) or at == 1:
        return True
    if following in {",", ";", "."} and walk.follows_somebody():
        return True
    if following == "," and walk.low[at + 2] in JOINTS:
        return walk.words.is_verb(walk.low[at + 3])
    if following == "," and walk.low[at + 2] in PREPOSITIONS:
        return True
    if following in {",", "and", "or"}:
        after = _behind_aside(walk, at + 2)
        after = after + 1 if walk.low[after] == "to" else after
        return walk.words.is_verb(walk.low[after]) or is_adverb(walk.low[after])
    return following not in {"of", ";", "."}


def _behind_aside(walk: Walk, at: int) -> int:
    """Return the token behind what two commas insert at a token: "and, where necessary, to"; the token itself where none do."""
    if walk.low[at] != ",":
        return at
    return next((k + 1 for k in range(at + 1, min(at + FARTHEST, len(walk.tokens))) if walk.low[k] == ","), at)


def _is_plain(walk: Walk, at: int) -> bool:
    word = walk.low[at]
    return word.isalpha() and not walk.tokens[at].text[:1].isupper() and word not in BEFORE_NOUN

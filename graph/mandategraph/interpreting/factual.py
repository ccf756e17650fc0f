"""Whether a verb or noun says that something is so, or that it is to be, is denied or is only alleged.

In: the phrases of a paragraph. Out: yes or no.
"""

from __future__ import annotations

from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.walking import HAVE
from mandategraph.phrasing.words import MODALS
from mandategraph.records.phrases import PhraseKind, VerbForm

_WISHES = MODALS - {"will"}
_DOUBTED_WITHIN = 12
_MARKS = frozenset(", ; .".split())


def is_fact(reach: Reach, i: int, said: str) -> bool:
    """Return whether a phrase states a fact, as a row of `relations.csv` wants it said."""
    if _is_doubted(reach, i):
        return False
    if said == "wished":
        return True
    return _is_so(reach, i, said) if reach.phrases[i].kind is PhraseKind.VERB else not _is_wanted(reach, i)


def is_decided(reach: Reach, i: int) -> bool:
    """Return whether the document does it: "decides to extend"."""
    before = reach.before_adverbs(i)
    is_decision = before >= 0 and reach.tree.paragraph.tokens[reach.phrases[before].head].lower == "decides"
    return reach.phrases[i].form is VerbForm.INFINITIVE and is_decision


def _is_so(reach: Reach, i: int, said: str) -> bool:
    """Return whether a verb says that something is so: no wish, nor a base form; behind "continues to" what that says."""
    phrase, before = reach.phrases[i], reach.before_adverbs(i)
    if before >= 0 and reach.phrases[before].kind is PhraseKind.VERB:
        is_light = reach.words.is_light(reach.phrases[before].word)
        return is_decided(reach, i) or (is_light and _is_so(reach, before, said))
    subject = reach.ties[before].governor if phrase.form is VerbForm.GERUND and before >= 0 else None
    if subject is not None and reach.phrases[subject].word in reach.words.tables.word_classes["wanted"]:
        return False
    is_past = said == "standing" and reach.tree.paragraph.tokens[phrase.begin].lower in HAVE
    return phrase.form not in {VerbForm.BASE, VerbForm.INFINITIVE} and phrase.modal not in _WISHES and not is_past


def _is_wanted(reach: Reach, i: int) -> bool:
    """Return whether a noun names what is to be: "to strengthen cooperation", "closer cooperation", "the need for cooperation"."""
    classes, phrase = reach.words.tables.word_classes, reach.phrases[i]
    words = [token.lower for token in reach.tree.paragraph.tokens[phrase.begin : phrase.head]]
    is_more = words[:1] != ["the"] and not classes["more"].isdisjoint(words)
    if is_more or (i > 0 and reach.phrases[i - 1].word == "with"):
        return True
    governor = reach.ties[i].governor
    if governor is None:
        return False
    other = reach.phrases[governor]
    is_behind = governor > 0 and reach.phrases[governor - 1].kind is PhraseKind.PREPOSITION
    is_aim = other.form in {VerbForm.INFINITIVE, VerbForm.BASE} or (other.form is VerbForm.GERUND and is_behind)
    return other.word in classes["wanted"] or (is_aim and reach.ties[i].via == "object")


def _is_doubted(reach: Reach, i: int) -> bool:
    """Return whether what a phrase says is denied, or only alleged, in the words before it up to a mark."""
    head, doubting = reach.phrases[i].head, reach.words.tables.word_classes["doubt"]
    for token in reversed(reach.tree.paragraph.tokens[max(0, head - _DOUBTED_WITHIN) : head]):
        if token.lower in _MARKS:
            break
        if token.lower in doubting:
            return True
    return reach.phrases[i].is_negated

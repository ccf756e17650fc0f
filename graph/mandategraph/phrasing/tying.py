"""Phrases -> how each hangs on another: as subject or object of a verb, with another (`coordinating`), by a preposition (`attaching`)."""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.lexicon import Frames
from mandategraph.phrasing.attaching import attached
from mandategraph.phrasing.coordinating import shared
from mandategraph.phrasing.tied import ENDS, Tied
from mandategraph.phrasing.words import Morphology
from mandategraph.records import AnnotatedParagraph
from mandategraph.records.phrases import Phrase, PhraseKind, Phrases, Tie, back

_RELATIVE = frozenset("that which who whom whose where".split())
_PERSONAL = frozenset("recipient agent".split())
_ALONE = Tie(None, "", -1)


def tie(paragraph: AnnotatedParagraph, phrases: Sequence[Phrase], frames: Frames, morphology: Morphology) -> Phrases:
    """Return phrases with their ties."""
    tied = Tied(paragraph, phrases, frames, morphology)
    for i, phrase in enumerate(phrases):
        tied.found.append(_tie(tied, i, phrase))
        if phrase.kind is PhraseKind.PREPOSITION:
            tied.taken.add((tied.found[i].governor, phrase.word))
    owned = tuple(frames.role(p.word, "noun", "of") if p.names else ("", "") for p in phrases)
    return Phrases(paragraph, tuple(phrases), tuple(tied.found), owned)


def _tie(tied: Tied, i: int, phrase: Phrase) -> Tie:
    if phrase.kind is PhraseKind.PREPOSITION:
        return attached(tied, i)
    if phrase.clitic:
        return _before_verb(tied, phrase)
    if phrase.kind is not PhraseKind.NOUN:
        return _ALONE
    if phrase.is_owner:
        return Tie(i + 1, "owner", i, *_owned(tied, i + 1)) if i + 1 < len(tied.phrases) else _ALONE
    before = i - 1
    while before >= 0 and (tied.phrases[before].kind is PhraseKind.ADVERB or tied.phrases[before].is_owner):
        if (verb := tied.parted.get(tied.phrases[before].begin)) is not None:
            return Tie(verb, "object", i, *_object(tied, i, tied.phrases[verb]))
        before -= 1
    if before < 0:
        return Tie(None, "", i)
    return _behind(tied, i, before)


def _before_verb(tied: Tied, verb: Phrase) -> Tie:
    """Return a verb's tie, with what a frame makes of whom the pronoun before a verb means: "lui rendre compte"."""
    taken = [tied.frames.role(verb.word, "verb", "to")] if verb.clitic.startswith("to-") else []
    role, frame = next((found for found in taken if found[0]), tied.frames.role(verb.word, "verb", ""))
    return _ALONE._replace(role=role, frame=frame)


def _behind(tied: Tied, i: int, before: int) -> Tie:
    """Return the tie of a noun phrase by the phrase that stands before it."""
    other = tied.phrases[before]
    if other.kind is PhraseKind.PREPOSITION:
        tie = tied.found[before]
        return Tie(tie.governor, tie.via, i, tie.role, tie.frame)
    if other.word == "," and (verb := _parted_from(tied, before)) is not None:
        return Tie(verb, "object", i, *_object(tied, i, tied.phrases[verb]))
    if other.kind is PhraseKind.JOINT or other.word in {",", "("}:
        return shared(tied, i, before)
    if other.kind is PhraseKind.VERB and not other.is_passive:
        return Tie(before, "object", i, *_object(tied, i, other))
    if other.kind is PhraseKind.OPENER:
        return _subject(tied, i, before)
    if other.kind is PhraseKind.NOUN and (verb := _verb_before(tied, before)) is not None:
        return Tie(verb, "object", i, *_object(tied, i, tied.phrases[verb]))
    return Tie(None, "", i)


def _subject(tied: Tied, i: int, opener: int) -> Tie:
    """Return the tie of the subject of a clause: to what "that" or "which" follows, to the verb that "when" or "if" is said of."""
    following = tied.phrases[i + 1] if i + 1 < len(tied.phrases) else None
    word = tied.word(opener)
    if word != "that" and (following is None or following.kind is PhraseKind.MARK):
        return Tie(None, "", i)
    first = _first_clause(tied, opener)
    if first is not None:
        tie = tied.found[first + 1]
        return Tie(tie.governor, "subject", i, tie.role, tie.frame)
    kinds = {PhraseKind.VERB, PhraseKind.NOUN} if word in _RELATIVE else {PhraseKind.VERB}
    governor = next((k for k in back(opener) if tied.phrases[k].kind in kinds), None)
    if governor is None:
        return Tie(None, "subject", i)
    head = tied.phrases[governor]
    return Tie(governor, "subject", i, *tied.frames.role(head.word, head.kind, word))


def _first_clause(tied: Tied, opener: int) -> int | None:
    """Return the opener of the clause with which one behind "and" is coordinated: "that X meet and that Y report"."""
    if opener == 0 or tied.phrases[opener - 1].kind is not PhraseKind.JOINT:
        return None
    for k in back(opener):
        if tied.phrases[k].word in ENDS and tied.phrases[k].kind is PhraseKind.MARK:
            return None
        if tied.phrases[k].kind is PhraseKind.OPENER and tied.word(k) == tied.word(opener):
            return k if tied.found[k + 1].via == "subject" else None
    return None


def _parted_from(tied: Tied, comma: int) -> int | None:
    """Return the verb from which an inserted phrase that ends at a comma parts its object: "support, as needed, the mission"."""
    opening = tied.opening(comma)
    if opening is None or tied.phrases[opening + 1].kind is not PhraseKind.PREPOSITION:
        return None
    verb = tied.phrases[opening - 1]
    return opening - 1 if verb.kind is PhraseKind.VERB and not verb.is_passive else None


def _verb_before(tied: Tied, before: int) -> int | None:
    """Return the verb whose object stands behind another phrase of it: "disarm without delay all groups"."""
    for k in back(before):
        phrase = tied.phrases[k]
        if phrase.kind is PhraseKind.VERB:
            return None if phrase.is_passive and not _is_done_by_name(tied, k) else k
        if phrase.kind in {PhraseKind.MARK, PhraseKind.OPENER, PhraseKind.JOINT}:
            return None
    return None


def _is_done_by_name(tied: Tied, verb: int) -> bool:
    """Return whether a form in -ed right behind an actor's name is no participle: "the Prosecutor opened, on 3 May, an inquiry"."""
    subject = tied.phrases[verb - 1] if verb else None
    return subject is not None and subject.mention is not None and tied.kinds[verb - 1] == "somebody"


def _object(tied: Tied, i: int, verb: Phrase) -> tuple[str, str]:
    """Return the role of a verb's object, and the frame; "provide X with assistance" gives X the role of "assistance to X".

    A thing receives nothing and does nothing: "give support", and neither does somebody who is given to another: "send X to Y".
    """
    ahead = tied.phrases[i + 1 : i + 3]
    if [p.word for p in ahead[:1]] == ["with"] and len(ahead) > 1 and tied.frames.role(verb.word, "verb", "")[1]:
        role, frame = tied.frames.role(ahead[1].word, "noun", "to")
        if frame:
            return role, frame
    role, frame = tied.frames.role(verb.word, "verb", "")
    is_somebody = tied.kinds[i] != "thing" or tied.words.is_transparent(tied.word(i))
    is_given = [p.word for p in ahead[:1]] == ["to"] and tied.frames.role(verb.word, "verb", "to")[0] == "recipient"
    return ("", "") if role in _PERSONAL and (is_given or not is_somebody) else (role, frame)


def _owned(tied: Tied, i: int) -> tuple[str, str]:
    """Return the role of who owns what a noun names, and the frame: "its mandate", "the Commission's work", "access"."""
    role, frame = tied.frames.role(tied.word(i), "noun", "of")
    if not frame and tied.words.is_transparent(tied.word(i)):
        tie = tied.found[i] if i < len(tied.found) else _tie(tied, i, tied.phrases[i])
        return tie.role, tie.frame
    return role, frame

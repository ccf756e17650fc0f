"""What a preposition belongs to: the nearest phrase before it that takes it (`lexicons/frames.csv`), else the nearest; "of" to the nearest noun."""

from __future__ import annotations

from mandategraph.phrasing.tied import ENDS, Tied
from mandategraph.phrasing.words import PRONOUNS
from mandategraph.records import MentionKind
from mandategraph.records.phrases import MAIN, Phrase, PhraseKind, Tie, VerbForm, back

_PLACING = frozenset("of in at".split())
_ADVERBIAL = frozenset("without within until during pursuant through throughout before after into via as".split())
_TAKING = frozenset({PhraseKind.NOUN, PhraseKind.VERB, PhraseKind.ADVERB})


def attached(tied: Tied, i: int) -> Tie:
    """Return the tie of a preposition: the nearest phrase before it that takes it, else the nearest at all.

    A phrase takes a preposition once, and again only behind "and" or a comma: "on its visit to X to the Council".
    """
    word = tied.word(i)
    if word == "by":
        return _done_by(tied, i)
    if i and tied.word(i - 1) == "pursuant":
        return Tie(tied.found[i - 1].governor, word, i)
    if (repeated := _repeated(tied, i)) is not None and repeated.role:
        return repeated
    if (parted := _parted(tied, i)) is not None:
        return parted
    nearest: int | None = None
    is_again = tied.phrases[i - 1].kind is not PhraseKind.NOUN
    for k in back(i):
        phrase = tied.phrases[k]
        if phrase.kind is PhraseKind.MARK and phrase.word in ENDS:
            break
        if phrase.kind not in _TAKING or phrase.is_owner:
            continue
        if phrase.kind is not PhraseKind.ADVERB and nearest is None:
            nearest = k
        role, frame = _framed(tied, k, phrase, word)
        if not is_again and (k, word) in tied.taken:
            if role or phrase.kind is PhraseKind.VERB:
                break
            continue
        if not frame and word == "of" and tied.words.is_transparent(phrase.word):
            role, frame = tied.found[k].role, tied.found[k].frame
        if frame:
            is_nobody = _is_purpose(tied, i + 1) or (word == "for" and _is_occasion(tied, i + 1))
            return Tie(k, word, i) if is_nobody else Tie(k, word, i, role, frame)
        if word == "of" and nearest is not None and phrase.mention is None:
            break
    return Tie(_unframed(tied, i, nearest), word, i)


def _repeated(tied: Tied, i: int) -> Tie | None:
    """Return the tie of a preposition that "and" repeats, however long the list is between: "work with A, B, C and D, and with E"."""
    if i == 0 or tied.phrases[i - 1].kind is not PhraseKind.JOINT:
        return None
    for k in reversed(range(i)):
        if tied.word(k) in ENDS or tied.phrases[k].form in MAIN:
            return None
        if tied.phrases[k].kind is PhraseKind.PREPOSITION and tied.word(k) == tied.word(i):
            return tied.found[k]._replace(first=i)
    return None


def _parted(tied: Tied, i: int) -> Tie | None:
    """Return the tie of a preposition to the verb from which an insertion parts it: "cooperate, as agreed in May, with"."""
    opening = tied.opening(i - 1) if i and tied.word(i - 1) == "," else None
    if opening is None or tied.phrases[opening - 1].kind is not PhraseKind.VERB:
        return None
    role, frame = _framed(tied, opening - 1, tied.phrases[opening - 1], tied.word(i))
    return Tie(opening - 1, tied.word(i), i, role, frame) if frame else None


def _is_occasion(tied: Tied, i: int) -> bool:
    """Return whether a noun names what is prepared for, and nobody: "a report for the next session of X"."""
    return i < len(tied.phrases) and tied.word(i) in tied.words.tables.word_classes["occasion"]


def _is_purpose(tied: Tied, i: int) -> bool:
    """Return whether a noun is nobody since it takes "to" with nobody: "meet with a view to"."""
    ahead = [p.word for p in tied.phrases[i : i + 2]]
    role, frame = tied.frames.role(ahead[0], "noun", "to") if ahead[1:] == ["to"] else ("", "")
    return bool(frame) and not role


def _unframed(tied: Tied, i: int, nearest: int | None) -> int | None:
    """Return what a preposition belongs to that no frame takes.

    What is inserted before a verb belongs to that verb: "and, in this regard, to report". Else it is the nearest verb, where the preposition
    says when or how, or where a name or pronoun stands before it; else the nearest phrase.
    """
    if (resumed := _resumed(tied, i)) is not None:
        return resumed
    if nearest is None:
        return None
    phrase = tied.phrases[nearest]
    if tied.word(i) == "of":
        done = tied.found[nearest].governor
        is_done_by = tied.found[nearest].via == "by" and phrase.mention is not None and done is not None
        return done if is_done_by else nearest
    is_closed = phrase.word in PRONOUNS or (phrase.mention is not None and tied.word(i) not in _PLACING)
    if not is_closed and tied.word(i) not in _ADVERBIAL and not _is_complex(tied, i):
        return nearest
    verbs = (k for k in back(nearest + 1) if tied.phrases[k].kind is PhraseKind.VERB)
    return next(verbs, nearest)


def _is_complex(tied: Tied, i: int) -> bool:
    """Return whether a preposition opens a longer one, with a noun that takes one more: "in cooperation with", "in order to"."""
    following = tied.phrases[i + 1 : i + 3]
    if tied.word(i) not in {"in", "with"} or len(following) < 2:
        return False
    noun, behind = following
    if behind.form is VerbForm.INFINITIVE:
        return tied.words.takes_infinitive(noun.word)
    return behind.kind is PhraseKind.PREPOSITION and bool(tied.frames.role(noun.word, "noun", behind.word)[1])


def _resumed(tied: Tied, i: int) -> int | None:
    """Return the verb before which a phrase is inserted between commas, or None where it is not."""
    if i == 0 or tied.word(i - 1) != ",":
        return None
    close = next((k for k in tied.ahead(i) if tied.word(k) in {",", *ENDS}), None)
    if close is None or tied.word(close) != ",":
        return None
    verb = next((k for k in tied.ahead(close) if tied.phrases[k].kind is not PhraseKind.ADVERB), 0)
    return verb if tied.phrases[verb].kind is PhraseKind.VERB and tied.phrases[verb].form in MAIN else None


def _done_by(tied: Tied, i: int) -> Tie:
    """Return the tie of "by": of a passive verb, or of the noun of what is done; a law is no doer, but the means of a verb ("by law No. 3")."""
    is_means = any(p.mention and p.mention.kind is MentionKind.INSTRUMENT for p in tied.phrases[i + 1 : i + 2])
    if i > 1 and tied.word(i - 1) == "," and tied.phrases[i - 2].kind is PhraseKind.VERB:
        return Tie(i - 2, "by", i)
    for k in back(i):
        phrase = tied.phrases[k]
        if phrase.kind in {PhraseKind.MARK, PhraseKind.OPENER}:
            break
        if phrase.kind is PhraseKind.VERB:
            return Tie(k, "by", i)
        is_deed = phrase.kind is PhraseKind.NOUN and tied.words.is_action_noun(phrase.word) and not is_means
        if is_deed and phrase.mention is None:
            role, frame = tied.frames.role(phrase.word, "noun", "by")
            is_agent = tied.kinds[i + 1 : i + 2] != ["thing"] and tied.found[k].via != "of"
            if not frame and is_agent:
                role, frame = "agent", "FRM-done-by"
            return Tie(k, "by", i, role, frame)
    return Tie(_resumed(tied, i), "by", i)


def _framed(tied: Tied, k: int, phrase: Phrase, preposition: str) -> tuple[str, str]:
    """Return the role that a phrase gives to what a preposition brings, and the frame; first as part of "with the support of"."""
    if phrase.word in tied.frames.adverbials:
        before = next((p for p in map(tied.phrases.__getitem__, back(k)) if p.kind is not PhraseKind.ADVERB), None)
        if phrase.kind is PhraseKind.NOUN and before is not None and before.kind is PhraseKind.PREPOSITION:
            role, frame = tied.frames.role(f"{before.word} {phrase.word}", "noun", preposition)
            if frame:
                return role, frame
    if phrase.mention is not None:
        return "", ""
    return tied.frames.role(phrase.word, phrase.kind, preposition)

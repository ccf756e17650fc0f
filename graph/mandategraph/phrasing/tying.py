"""Phrases -> how each hangs on another: coordination first, then attachment by frames.

A noun phrase behind "and" or a comma shares the place of the nearest one before it that is alike: somebody with somebody, a place with a
place, a thing with a thing, else with the nearest of any kind. A preposition belongs to the nearest phrase before it that takes it (`lexicons/frames.csv`); "of" to the
nearest noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mandategraph.lexicon import Frames
from mandategraph.phrasing.walking import JOINTS
from mandategraph.phrasing.words import PRONOUNS, Morphology
from mandategraph.records import PLACES, AnnotatedParagraph, MentionKind
from mandategraph.records.phrases import FARTHEST, Phrase, PhraseKind, Phrases, Tie, VerbForm

_BETWEEN = frozenset("between among amongst".split())
_ENDS = frozenset("; : .".split())
_RELATIVE = frozenset("that which who whom whose where".split())
_MAIN = frozenset({VerbForm.INFINITIVE, VerbForm.FINITE, VerbForm.BASE})
_OF_DEEDS = frozenset("of for from by on between among with under".split())
_PLACING = frozenset("of in at".split())
_ADVERBIAL = frozenset("without within until during pursuant through throughout before after into via as".split())
_PERSONAL = frozenset("recipient agent".split())
_TAKING = frozenset({PhraseKind.NOUN, PhraseKind.VERB, PhraseKind.ADVERB})
_ALONE = Tie(None, "", -1)


def tie(paragraph: AnnotatedParagraph, phrases: Sequence[Phrase], frames: Frames, morphology: Morphology) -> Phrases:
    """Return phrases with their ties."""
    tying = _Tying(paragraph, phrases, frames, morphology)
    return Phrases(paragraph, tuple(phrases), tuple(tying.ties()), tuple(tying.owned()))


class _Tying:
    """The ties of one paragraph, from left to right."""

    def __init__(
        self, paragraph: AnnotatedParagraph, phrases: Sequence[Phrase], frames: Frames, morphology: Morphology
    ) -> None:
        self.tokens = paragraph.tokens
        self.phrases = phrases
        self.frames = frames
        self.words = morphology
        self.found: list[Tie] = []
        self.taken: set[tuple[int | None, str]] = set()
        self.has_between = any(p.word in _BETWEEN for p in phrases)
        self.kinds = [self._kind(p) for p in phrases]
        self.parted = {p.head: k for k, p in enumerate(phrases) if p.kind is PhraseKind.VERB and p.head >= p.end}

    def ties(self) -> list[Tie]:
        for i, phrase in enumerate(self.phrases):
            self.found.append(self._tie(i, phrase))
            if phrase.kind is PhraseKind.PREPOSITION:
                self.taken.add((self.found[i].governor, phrase.word))
        return self.found

    def owned(self) -> list[tuple[str, str]]:
        return [self.frames.role(p.word, "noun", "of") if p.names else ("", "") for p in self.phrases]

    def _kind(self, phrase: Phrase) -> str:
        """Return what a noun phrase names: somebody, a place, a day (by its year) or a thing."""
        if phrase.kind is not PhraseKind.NOUN:
            return ""
        if phrase.mention is not None and phrase.mention.kind is not MentionKind.INSTRUMENT:
            return "place" if phrase.mention.type in PLACES or phrase.mention.kind is MentionKind.PLACE else "somebody"
        if phrase.mention is None and phrase.word.isdigit():
            return "day"
        return "somebody" if self.words.is_somebody(phrase.word) else "thing"

    def _tie(self, i: int, phrase: Phrase) -> Tie:
        if phrase.kind is PhraseKind.PREPOSITION:
            return self._attached(i)
        if phrase.clitic:
            return self._before_verb(phrase)
        if phrase.kind is not PhraseKind.NOUN:
            return _ALONE
        if phrase.is_owner:
            return Tie(i + 1, "owner", i, *self._owned(i + 1)) if i + 1 < len(self.phrases) else _ALONE
        before = i - 1
        while before >= 0 and (self.phrases[before].kind is PhraseKind.ADVERB or self.phrases[before].is_owner):
            if (verb := self.parted.get(self.phrases[before].begin)) is not None:
                return Tie(verb, "object", i, *self._object(i, self.phrases[verb]))
            before -= 1
        if before < 0:
            return Tie(None, "", i)
        return self._behind(i, before)

    def _before_verb(self, verb: Phrase) -> Tie:
        """Return a verb's tie, with what a frame makes of whom the pronoun before a verb means: "lui rendre compte"."""
        taken = [self.frames.role(verb.word, "verb", "to")] if verb.clitic.startswith("to-") else []
        role, frame = next((found for found in taken if found[0]), self.frames.role(verb.word, "verb", ""))
        return _ALONE._replace(role=role, frame=frame)

    def _behind(self, i: int, before: int) -> Tie:
        """Return the tie of a noun phrase by the phrase that stands before it."""
        other = self.phrases[before]
        if other.kind is PhraseKind.PREPOSITION:
            tie = self.found[before]
            return Tie(tie.governor, tie.via, i, tie.role, tie.frame)
        if other.word == "," and (verb := self._parted_from(before)) is not None:
            return Tie(verb, "object", i, *self._object(i, self.phrases[verb]))
        if other.kind is PhraseKind.JOINT or other.word in {",", "("}:
            return self._shared(i, self._joint_of(before))
        if other.kind is PhraseKind.VERB and not other.is_passive:
            return Tie(before, "object", i, *self._object(i, other))
        if other.kind is PhraseKind.OPENER:
            return self._subject(i, before)
        if other.kind is PhraseKind.NOUN and (verb := self._verb_before(before)) is not None:
            return Tie(verb, "object", i, *self._object(i, self.phrases[verb]))
        return Tie(None, "", i)

    def _subject(self, i: int, opener: int) -> Tie:
        """Return the tie of the subject of a clause: to what "that" or "which" follows, to the verb that "when" or "if" is said of."""
        following = self.phrases[i + 1] if i + 1 < len(self.phrases) else None
        word = self._word(opener)
        if word != "that" and (following is None or following.kind is PhraseKind.MARK):
            return Tie(None, "", i)
        first = self._first_clause(opener)
        if first is not None:
            tie = self.found[first + 1]
            return Tie(tie.governor, "subject", i, tie.role, tie.frame)
        kinds = {PhraseKind.VERB, PhraseKind.NOUN} if word in _RELATIVE else {PhraseKind.VERB}
        governor = next((k for k in _back(opener) if self.phrases[k].kind in kinds), None)
        if governor is None:
            return Tie(None, "subject", i)
        head = self.phrases[governor]
        return Tie(governor, "subject", i, *self.frames.role(head.word, head.kind, word))

    def _first_clause(self, opener: int) -> int | None:
        """Return the opener of the clause with which one behind "and" is coordinated: "that X meet and that Y report"."""
        if opener == 0 or self.phrases[opener - 1].kind is not PhraseKind.JOINT:
            return None
        for k in _back(opener):
            if self.phrases[k].word in _ENDS and self.phrases[k].kind is PhraseKind.MARK:
                return None
            if self.phrases[k].kind is PhraseKind.OPENER and self._word(k) == self._word(opener):
                return k if self.found[k + 1].via == "subject" else None
        return None

    def _parted_from(self, comma: int) -> int | None:
        """Return the verb from which an inserted phrase that ends at a comma parts its object: "support, as needed, the mission"."""
        opening = self._opening(comma)
        if opening is None or self.phrases[opening + 1].kind is not PhraseKind.PREPOSITION:
            return None
        verb = self.phrases[opening - 1]
        return opening - 1 if verb.kind is PhraseKind.VERB and not verb.is_passive else None

    def _opening(self, close: int) -> int | None:
        """Return the comma that opens what ends at a phrase, with no mark between them, or None."""
        opening = next((k for k in _back(close) if self._word(k) in {",", *_ENDS}), None)
        return opening if opening is not None and self._word(opening) == "," else None

    def _verb_before(self, before: int) -> int | None:
        """Return the verb whose object stands behind another phrase of it: "disarm without delay all groups"."""
        for k in _back(before):
            phrase = self.phrases[k]
            if phrase.kind is PhraseKind.VERB:
                return None if phrase.is_passive and not self._is_done_by_name(k) else k
            if phrase.kind in {PhraseKind.MARK, PhraseKind.OPENER, PhraseKind.JOINT}:
                return None
        return None

    def _is_done_by_name(self, verb: int) -> bool:
        """Return whether a form in -ed right behind an actor's name is no participle: "the Prosecutor opened, on 3 May, an inquiry"."""
        subject = self.phrases[verb - 1] if verb else None
        return subject is not None and subject.mention is not None and self.kinds[verb - 1] == "somebody"

    def _object(self, i: int, verb: Phrase) -> tuple[str, str]:
        """Return the role of a verb's object, and the frame; "provide X with assistance" gives X the role of "assistance to X".

        A thing receives nothing and does nothing: "give support", and neither does somebody who is given to another: "send X to Y".
        """
        ahead = self.phrases[i + 1 : i + 3]
        if [p.word for p in ahead[:1]] == ["with"] and len(ahead) > 1 and self.frames.role(verb.word, "verb", "")[1]:
            role, frame = self.frames.role(ahead[1].word, "noun", "to")
            if frame:
                return role, frame
        role, frame = self.frames.role(verb.word, "verb", "")
        is_somebody = self.kinds[i] != "thing" or self.words.is_transparent(self._word(i))
        is_given = [p.word for p in ahead[:1]] == ["to"] and self.frames.role(verb.word, "verb", "to")[0] == "recipient"
        return ("", "") if role in _PERSONAL and (is_given or not is_somebody) else (role, frame)

    def _owned(self, i: int) -> tuple[str, str]:
        """Return the role of who owns what a noun names, and the frame: "its mandate", "the Commission's work", "access"."""
        role, frame = self.frames.role(self._word(i), "noun", "of")
        if not frame and self.words.is_transparent(self._word(i)):
            tie = self.found[i] if i < len(self.found) else self._tie(i, self.phrases[i])
            return tie.role, tie.frame
        return role, frame

    def _shared(self, i: int, joint: int) -> Tie:
        """Return the tie of the phrase with which one behind "and" or a comma is coordinated."""
        conjunct = self._conjunct(i, joint)
        if conjunct is None:
            return Tie(None, "", i)
        tie = self.found[conjunct]
        return Tie(tie.governor, tie.via, tie.first, tie.role, tie.frame)

    def _joint_of(self, mark: int) -> int:
        """Return the "and" that a comma parts from what it joins: "X and, through it, Y"; else the mark itself."""
        opening = self._opening(mark) if self._word(mark) == "," else None
        return opening - 1 if opening and self.phrases[opening - 1].kind is PhraseKind.JOINT else mark

    def _conjunct(self, i: int, joint: int) -> int | None:
        is_inserted = self.phrases[joint].word == "," and not self._goes_on(i)
        if is_inserted:
            return None
        if (awaiting := self._awaiting(joint)) is not None and self.kinds[awaiting] == self.kinds[i]:
            return awaiting
        same = alike = deed = nearest = None
        word, kind, is_deed = self._word(i), self.kinds[i], self._is_deed(i)
        for k in self._nouns_before(joint):
            if nearest is None:
                nearest, is_deed = k, is_deed and self.found[k].first == k
            if self.phrases[k].word == word:
                same = k
                break
            if alike is None and self.kinds[k] == kind:
                alike = k
            if deed is None and is_deed and self._is_deed(k):
                deed = k
        found = next((k for k in (same, deed, alike, nearest) if k is not None), None)
        return self._holder(found) if found is not None and kind == "somebody" else found

    def _is_deed(self, i: int) -> bool:
        """Return whether a noun says what is done to something, or by somebody: "strengthened cooperation between", "the use of"."""
        following = self.phrases[i + 1] if i + 1 < len(self.phrases) else None
        has_object = following is not None and following.kind is PhraseKind.PREPOSITION and following.word in _OF_DEEDS
        return has_object and self.kinds[i] == "thing" and self.words.is_action_noun(self._word(i))

    def _holder(self, k: int) -> int:
        """Return who holds an office, where a noun names whose it is, which is one's only: "the Representative of X, and Y"; else the noun."""
        tie = self.found[k]
        governor = tie.governor if tie.via == "of" else None
        is_one = governor is not None and self.tokens[self.phrases[governor].head].lower == self._word(governor)
        return governor if governor is not None and is_one and self.words.holds_office(self._word(governor)) else k

    def _awaiting(self, joint: int) -> int | None:
        """Return the phrase behind "between" that is not joined with another yet: "between groups of experts, missions and ..."."""
        for k in _back(joint) if self.has_between else ():
            phrase = self.phrases[k]
            if (phrase.word in _ENDS and phrase.kind is PhraseKind.MARK) or phrase.form in _MAIN:
                return None
            if phrase.kind is PhraseKind.PREPOSITION and phrase.word in _BETWEEN:
                is_joined = any(self.found[n].first == k + 1 for n in range(k + 2, joint))
                return None if is_joined else k + 1
        return None

    def _nouns_before(self, joint: int) -> Iterator[int]:
        """Yield the noun phrases before a joint, nearest first, up to the verb that they belong to."""
        for k in _back(self._before_participle(joint)):
            phrase = self.phrases[k]
            if phrase.word in _ENDS and phrase.kind is PhraseKind.MARK:
                return
            if phrase.kind is PhraseKind.VERB and phrase.form in _MAIN:
                return
            if phrase.kind is PhraseKind.NOUN and not phrase.is_owner:
                yield k

    def _before_participle(self, joint: int) -> int:
        """Return the comma that opens what a participle inserts before a joint: "X, established by Y, and Z"; else the joint."""
        opening = self._opening(joint - 1) if joint and self._word(joint - 1) == "," else None
        return joint if opening is None or self.phrases[opening + 1].form is not VerbForm.PARTICIPLE else opening

    def _goes_on(self, i: int) -> bool:
        """Return whether a list goes on behind a comma: what follows joins another one, or is itself "B and C bodies"."""
        for phrase in self.phrases[i : i + FARTHEST]:
            if phrase.kind is PhraseKind.NOUN and any(
                t.lower in JOINTS for t in self.tokens[phrase.begin : phrase.head]
            ):
                return True
            if phrase.kind is PhraseKind.JOINT and phrase.word != "including":
                return True
            if phrase.kind in {PhraseKind.VERB, PhraseKind.OPENER} or phrase.word in _ENDS:
                return False
        return False

    def _word(self, i: int) -> str:
        return self.phrases[i].word

    def _attached(self, i: int) -> Tie:
        """Return the tie of a preposition: the nearest phrase before it that takes it, else the nearest at all.

        A phrase takes a preposition once, and again only behind "and" or a comma: "on its visit to X to the Council".
        """
        word = self._word(i)
        if word == "by":
            return self._done_by(i)
        if i and self._word(i - 1) == "pursuant":
            return Tie(self.found[i - 1].governor, word, i)
        if (repeated := self._repeated(i)) is not None and repeated.role:
            return repeated
        nearest: int | None = None
        is_again = self.phrases[i - 1].kind is not PhraseKind.NOUN
        for k in _back(i):
            phrase = self.phrases[k]
            if phrase.kind is PhraseKind.MARK and phrase.word in _ENDS:
                break
            if phrase.kind not in _TAKING or phrase.is_owner:
                continue
            if phrase.kind is not PhraseKind.ADVERB and nearest is None:
                nearest = k
            role, frame = self._framed(k, phrase, word)
            if not is_again and (k, word) in self.taken:
                if role or phrase.kind is PhraseKind.VERB:
                    break
                continue
            if not frame and word == "of" and self.words.is_transparent(phrase.word):
                role, frame = self.found[k].role, self.found[k].frame
            if frame:
                is_nobody = self._is_purpose(i + 1) or (word == "for" and self._is_occasion(i + 1))
                return Tie(k, word, i) if is_nobody else Tie(k, word, i, role, frame)
            if word == "of" and nearest is not None and phrase.mention is None:
                break
        return Tie(self._unframed(i, nearest), word, i)

    def _repeated(self, i: int) -> Tie | None:
        """Return the tie of a preposition that "and" repeats, however long the list is between: "work with A, B, C and D, and with E"."""
        if i == 0 or self.phrases[i - 1].kind is not PhraseKind.JOINT:
            return None
        for k in reversed(range(i)):
            if self._word(k) in _ENDS or self.phrases[k].form in _MAIN:
                return None
            if self.phrases[k].kind is PhraseKind.PREPOSITION and self._word(k) == self._word(i):
                return self.found[k]._replace(first=i)
        return None

    def _is_occasion(self, i: int) -> bool:
        """Return whether a noun names what is prepared for, and nobody: "a report for the next session of X"."""
        return i < len(self.phrases) and self._word(i) in self.words.tables.word_classes["occasion"]

    def _is_purpose(self, i: int) -> bool:
        """Return whether a noun is nobody since it takes "to" with nobody: "meet with a view to"."""
        ahead = [p.word for p in self.phrases[i : i + 2]]
        role, frame = self.frames.role(ahead[0], "noun", "to") if ahead[1:] == ["to"] else ("", "")
        return bool(frame) and not role

    def _unframed(self, i: int, nearest: int | None) -> int | None:
        """Return what a preposition belongs to that no frame takes.

        What is inserted before a verb belongs to that verb: "and, in this regard, to report". Else it is the nearest verb, where the preposition
        says when or how, or where a name or pronoun stands before it; else the nearest phrase.
        """
        if (resumed := self._resumed(i)) is not None:
            return resumed
        if nearest is None:
            return None
        phrase = self.phrases[nearest]
        if self._word(i) == "of":
            done = self.found[nearest].governor
            is_done_by = self.found[nearest].via == "by" and phrase.mention is not None and done is not None
            return done if is_done_by else nearest
        is_closed = phrase.word in PRONOUNS or (phrase.mention is not None and self._word(i) not in _PLACING)
        if not is_closed and self._word(i) not in _ADVERBIAL and not self._is_complex(i):
            return nearest
        verbs = (k for k in _back(nearest + 1) if self.phrases[k].kind is PhraseKind.VERB)
        return next(verbs, nearest)

    def _is_complex(self, i: int) -> bool:
        """Return whether a preposition opens a longer one, with a noun that takes one more: "in cooperation with", "in order to"."""
        following = self.phrases[i + 1 : i + 3]
        if self._word(i) not in {"in", "with"} or len(following) < 2:
            return False
        noun, behind = following
        if behind.form is VerbForm.INFINITIVE:
            return self.words.takes_infinitive(noun.word)
        return behind.kind is PhraseKind.PREPOSITION and bool(self.frames.role(noun.word, "noun", behind.word)[1])

    def _resumed(self, i: int) -> int | None:
        """Return the verb before which a phrase is inserted between commas, or None where it is not."""
        if i == 0 or self._word(i - 1) != ",":
            return None
        close = next((k for k in self._ahead(i) if self._word(k) in {",", *_ENDS}), None)
        if close is None or self._word(close) != ",":
            return None
        verb = next((k for k in self._ahead(close) if self.phrases[k].kind is not PhraseKind.ADVERB), 0)
        return verb if self.phrases[verb].kind is PhraseKind.VERB and self.phrases[verb].form in _MAIN else None

    def _ahead(self, i: int) -> range:
        return range(i + 1, min(i + FARTHEST, len(self.phrases)))

    def _done_by(self, i: int) -> Tie:
        """Return the tie of "by": of a passive verb, or of the noun of what is done; a law is no doer, but the means of a verb ("by law No. 3")."""
        is_means = any(p.mention and p.mention.kind is MentionKind.INSTRUMENT for p in self.phrases[i + 1 : i + 2])
        if i > 1 and self._word(i - 1) == "," and self.phrases[i - 2].kind is PhraseKind.VERB:
            return Tie(i - 2, "by", i)
        for k in _back(i):
            phrase = self.phrases[k]
            if phrase.kind in {PhraseKind.MARK, PhraseKind.OPENER}:
                break
            if phrase.kind is PhraseKind.VERB:
                return Tie(k, "by", i)
            is_deed = phrase.kind is PhraseKind.NOUN and self.words.is_action_noun(phrase.word) and not is_means
            if is_deed and phrase.mention is None:
                role, frame = self.frames.role(phrase.word, "noun", "by")
                is_agent = self.kinds[i + 1 : i + 2] != ["thing"] and self.found[k].via != "of"
                if not frame and is_agent:
                    role, frame = "agent", "FRM-done-by"
                return Tie(k, "by", i, role, frame)
        return Tie(self._resumed(i), "by", i)

    def _framed(self, k: int, phrase: Phrase, preposition: str) -> tuple[str, str]:
        """Return the role that a phrase gives to what a preposition brings, and the frame; first as part of "with the support of"."""
        if phrase.word in self.frames.adverbials:
            before = next((p for p in map(self.phrases.__getitem__, _back(k)) if p.kind is not PhraseKind.ADVERB), None)
            if phrase.kind is PhraseKind.NOUN and before is not None and before.kind is PhraseKind.PREPOSITION:
                role, frame = self.frames.role(f"{before.word} {phrase.word}", "noun", preposition)
                if frame:
                    return role, frame
        if phrase.mention is not None:
            return "", ""
        return self.frames.role(phrase.word, phrase.kind, preposition)


def _back(i: int) -> range:
    """Return the indices before one, from it backwards, as far as what belongs together can stand apart."""
    return range(i - 1, max(-1, i - 1 - FARTHEST), -1)

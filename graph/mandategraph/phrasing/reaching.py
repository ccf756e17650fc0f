"""Ways through phrases: from a token to its phrase, past what is inserted, to the verb of a complement or a clause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from mandategraph.phrasing.joined import Joined
from mandategraph.phrasing.verblists import joint_before
from mandategraph.phrasing.walking import ARTICLES
from mandategraph.phrasing.words import DUTIES, Morphology
from mandategraph.records.phrases import FARTHEST, MAIN, Phrase, PhraseKind, Phrases, VerbForm, ahead

_RELATIVE = frozenset("which who whom whose where when whenever if unless while whereas because once".split())
_TIMES = frozenset("when whenever while if unless once".split())
_INSERTED = frozenset({VerbForm.GERUND, VerbForm.PARTICIPLE})
_DIRECT = frozenset("to for upon on".split())
_PERIODS = frozenset("period year month week day".split())


class Reach:
    """The phrases of a paragraph, walked by index."""

    def __init__(self, phrases: Phrases, morphology: Morphology) -> None:
        self.tree = phrases
        self.phrases = phrases.phrases
        self.ties = phrases.ties
        self.words = morphology
        self._aims = morphology.tables.word_classes["aim"]
        self._begins = [p.begin for p in self.phrases]

    @cached_property
    def joined(self) -> Joined:
        """The noun phrases by what they hang on, and by whose place they share."""
        return Joined(self.phrases, self.ties)

    def at(self, token: int) -> int:
        """Return the index of the phrase that a token begins, or of the first one behind it."""
        i = bisect_right(self._begins, token) - 1
        return i if i >= 0 and self.phrases[i].begin == token else i + 1

    def end(self, token: int) -> int:
        """Return one past the last phrase that begins before a token."""
        return bisect_right(self._begins, token - 1)

    def token(self, i: int) -> int:
        """Return the first token of a phrase, or one past the last token of the paragraph."""
        return self.phrases[i].begin if i < len(self.phrases) else self.phrases[-1].end if self.phrases else 0

    def is_mark(self, i: int, word: str) -> bool:
        """Return whether a phrase is a certain mark."""
        return 0 <= i < len(self.phrases) and self.phrases[i].kind is PhraseKind.MARK and self.phrases[i].word == word

    def past_adverbs(self, i: int, end: int) -> int:
        """Return the index of the first phrase that is no adverb."""
        while i < end and self.phrases[i].kind is PhraseKind.ADVERB:
            i += 1
        return i

    def before_adverbs(self, i: int) -> int:
        """Return the index of the last phrase before another that is no adverb, -1 where there is none."""
        i -= 1
        while i >= 0 and self.phrases[i].kind is PhraseKind.ADVERB:
            i -= 1
        return i

    def past_inserted(self, i: int, end: int) -> int:
        """Return where a complement begins: behind adverbs, "in this regard", and what commas part from it."""
        while i < end:
            phrase = self.phrases[i]
            if phrase.kind is PhraseKind.ADVERB or (
                self.is_mark(i, ",") and i + 1 < end and self.phrases[i + 1].word == "that"
            ):
                i += 1
            elif self.is_mark(i, ","):
                close = next((k for k in ahead(i, end) if self.is_mark(k, ",")), None)
                if close is None:
                    return i
                i = close + 1
            elif self._is_aside(i, end):
                i = self._aside_end(i, end)
            elif phrase.kind is PhraseKind.JOINT and i + 1 < end and self._opens(self.phrases[i + 1]):
                close = next((k for k in ahead(i, end) if self.is_mark(k, ",")), None)
                if close is None:
                    return i
                i = close + 1
            else:
                return i
        return i

    def _is_aside(self, i: int, end: int) -> bool:
        phrase = self.phrases[i]
        is_opening = phrase.kind is PhraseKind.PREPOSITION or (
            phrase.kind is PhraseKind.OPENER and phrase.word in _RELATIVE
        )
        return (is_opening or phrase.word == "including") and self._aside_end(i, end) > i

    def _aside_end(self, i: int, end: int) -> int:
        """Return where a phrase before the complement ends, or its own index where it is part of it."""
        noun = self.phrases[i + 1] if i + 1 < end else None
        if (
            noun is not None
            and self.phrases[i].word == "in"
            and noun.word in {"regard", "context", "respect", "connection", "particular", "end"}
        ):
            return i + 3 if self.is_mark(i + 2, ",") else i + 2
        close = next((k for k in ahead(i, end) if self.is_mark(k, ",")), None)
        is_time = self.phrases[i].word == "for" and noun is not None and noun.word in _PERIODS
        return i if close is None or (self.phrases[i].word in _DIRECT and not is_time) else close + 1

    def past_insertion(self, i: int, end: int) -> int | None:
        """Return the index behind an insertion that opens at an index, with a comma or with "when", or None where none opens."""
        if not self.opens_insertion(i, end):
            return None
        is_time = not self.is_mark(i, ",")
        k = i if is_time else self.past_adverbs(i + 1, end)
        commas = [n for n in ahead(k, end) if self.is_mark(n, ",")]
        commas = commas[
            : next((n for n, at in enumerate(commas) if any(self.is_mark(m, ";") for m in range(k, at))), len(commas))
        ]
        closing = next((n for n in commas if n + 1 >= end or self._is_main(self.past_adverbs(n + 1, end), end)), None)
        verb = self._verb_inside(k, end)
        if verb is not None and (closing is None or verb < closing) and not self._resumes(closing, end):
            return verb
        if closing is None and commas and not is_time:
            closing = commas[0]
        return closing + 1 if closing is not None else None

    def _verb_inside(self, i: int, end: int) -> int | None:
        """Return an infinitive that a noun of an insertion cannot take: it is that of the complement, and ends the insertion."""
        for k in ahead(i, end):
            before = self.phrases[self.before_adverbs(k)]
            if self.is_mark(k, ";"):
                return None
            if self.phrases[k].form is VerbForm.INFINITIVE and before.kind is PhraseKind.NOUN:
                return k if before.mention is not None else None
        return None

    def _resumes(self, closing: int | None, end: int) -> bool:
        """Return whether an infinitive follows a closing comma at once."""
        return (
            closing is not None
            and closing + 1 < end
            and self.phrases[self.past_adverbs(closing + 1, end)].form is VerbForm.INFINITIVE
        )

    def opens_insertion(self, i: int, end: int) -> bool:
        """Return whether something is inserted at a comma, or begins with "when", "where" and the like."""
        if self.phrases[i].kind is PhraseKind.OPENER and self.phrases[i].word in _TIMES:
            return True
        k = self.past_adverbs(i + 1, end)
        return self.is_mark(i, ",") and k < end and (self._opens(self.phrases[k]) or self._is_apposition(i, end))

    def _is_apposition(self, comma: int, end: int) -> bool:
        """Return whether a comma after a name opens a second one for the same: "X, the occupying Power,"."""
        close = next((k for k in ahead(comma, end) if self.is_mark(k, ",")), None)
        if close is None or comma == 0 or self.phrases[comma - 1].kind is not PhraseKind.NOUN:
            return False
        inside = self.phrases[comma + 1 : close]
        tokens = self.tree.paragraph.tokens
        is_described = inside[:1] and inside[0].kind is PhraseKind.NOUN and tokens[inside[0].begin].lower in ARTICLES
        is_plain = all(p.kind in {PhraseKind.NOUN, PhraseKind.PREPOSITION} and p.mention is None for p in inside)
        after = self.past_adverbs(close + 1, end)
        return bool(is_described) and is_plain and (after >= end or self.phrases[after].kind is PhraseKind.VERB)

    def closes_after_and(self, comma: int) -> bool:
        """Return whether a comma closes what is inserted behind "and": "and, where applicable, X"."""
        opening = next(
            (k for k in range(comma - 1, max(0, comma - FARTHEST), -1) if self.phrases[k].word in {",", ";"}), 0
        )
        return opening > 0 and self.phrases[opening - 1].kind is PhraseKind.JOINT

    def _opens(self, phrase: Phrase) -> bool:
        is_verb = phrase.kind is PhraseKind.VERB and phrase.form in _INSERTED
        is_clause = phrase.kind is PhraseKind.OPENER and phrase.word != "that"
        is_inverted = bool(phrase.modal) and not phrase.word
        return (
            is_verb or is_clause or is_inverted or phrase.kind is PhraseKind.PREPOSITION or phrase.word == "including"
        )

    def _is_main(self, i: int, end: int) -> bool:
        return i < end and self.phrases[i].kind is PhraseKind.VERB and self.phrases[i].form in MAIN

    # verbs

    def infinitive(self, i: int, end: int, *, nested: bool = False) -> int | None:
        """Return the infinitive of a complement: not one inside an insertion, unless there is no other.

        One behind "and" is not the first: before it stands that of the complement, be it behind a noun that can take one.
        """
        found = next(self._infinitives(i, end, nested=nested, is_skipping=True), None)
        if found is None:
            return next(self._infinitives(i, end, nested=nested, is_skipping=False), None)
        if nested or joint_before(self, found) != "and":
            return found
        return next((k for k in range(i + 1, found) if self._is_of_noun(k)), found)

    def _is_of_noun(self, i: int) -> bool:
        """Return whether an infinitive stands behind a noun, and opens no aim."""
        before = self.before_adverbs(i)
        is_infinitive = self.phrases[i].form is VerbForm.INFINITIVE and not self._is_so(i)
        return is_infinitive and self.phrases[before].kind is PhraseKind.NOUN and not self.opens_aim(before)

    def _infinitives(self, i: int, end: int, *, nested: bool, is_skipping: bool) -> Iterator[int]:
        start = i
        while i < end and not self.is_mark(i, ";"):
            behind = self.past_insertion(i, end) if is_skipping else None
            if behind is not None and i > start:
                i = behind
                continue
            if (
                self.phrases[i].form is VerbForm.INFINITIVE
                and self._is_own(i, start, nested=nested)
                and not self._is_so(i)
            ):
                yield i
            i += 1

    def _is_own(self, i: int, start: int, *, nested: bool) -> bool:
        """Return whether an infinitive belongs to the complement, and not to the verb or noun right before it."""
        before = self.before_adverbs(i)
        if before < start or nested:
            return True
        other = self.phrases[before]
        if other.kind is PhraseKind.VERB:
            is_of_noun = other.form is VerbForm.INFINITIVE and not self._is_own(before, start, nested=False)
            return is_of_noun or (other.word == "do" and self.phrases[i - 1].word == "so")
        is_name = other.mention is not None or self.tree.paragraph.tokens[other.head].text[:1].isupper()
        is_purpose = other.kind is PhraseKind.NOUN and not is_name and self.words.takes_infinitive(other.word)
        return other.kind is not PhraseKind.PREPOSITION and not (is_purpose and before > start)

    def _is_so(self, i: int) -> bool:
        return self.phrases[i].word == "do" and i + 1 < len(self.phrases) and self.phrases[i + 1].word == "so"

    def predicate(self, i: int, end: int) -> int | None:
        """Return the verb of the clause that begins at an index: a modal, a finite form or a subjunctive, not one of a relative clause."""
        start, pending, is_within = i, 0, False
        while i < end and not self.is_mark(i, ";"):
            phrase = self.phrases[i]
            behind = self.past_insertion(i, end)
            if behind is not None and i > start:
                i = behind
                continue
            if phrase.kind is PhraseKind.OPENER and i > start:
                pending += 1
            if phrase.kind is PhraseKind.VERB and (
                phrase.form in {VerbForm.FINITE, VerbForm.BASE}
                or phrase.modal
                or (phrase.form is VerbForm.INFINITIVE and self._is_bare_be(phrase))
            ):
                if not pending and not (is_within and joint_before(self, i) == "and" and self._has_more(i, end)):
                    return i
                is_within = is_within or pending > 0
                pending = max(0, pending - 1)
            i += 1
        return None

    def _has_more(self, i: int, end: int) -> bool:
        """Return whether a later verb with a modal can be that of the clause."""
        return any(p.modal in DUTIES for p in self.phrases[i + 1 : min(end, i + FARTHEST)])

    def _is_bare_be(self, phrase: Phrase) -> bool:
        return self.tree.paragraph.tokens[phrase.begin].lower == "be"

    def opens_aim(self, i: int) -> bool:
        """Return whether a phrase opens what all is done for: "in order to", "with a view to", "to enable X to"."""
        if i == 0 or self.phrases[i].word not in self._aims:
            return False
        opening = PhraseKind.PREPOSITION if self.phrases[i].kind is PhraseKind.NOUN else PhraseKind.NOUN
        is_verb = self.phrases[i].form is VerbForm.INFINITIVE
        return self.phrases[i - 1].kind is opening and (is_verb or opening is PhraseKind.PREPOSITION)

    def said(self, i: int) -> str:
        """Return the base form of a verb, with "not " before it where it is denied."""
        phrase = self.phrases[i]
        return f"not {phrase.word}" if phrase.is_negated and phrase.word else phrase.word

    def is_duty(self, i: int) -> bool:
        """Return whether a verb has a modal of duty."""
        return self.phrases[i].modal in DUTIES

"""Infinitives: where the one of a complement opens, and which verbs are coordinated with it at its own level.

In: tokens of a stretch. Out: token indices and base forms. "to ensure ..., to protect ... and to review" are three verbs,
"to take action to protect and restore" is one; what stands between commas after a preposition is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.interpreting.parties import EXPANDERS, INSERTERS
from mandategraph.phrasing.words import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    RELATIVES,
    Morphology,
    is_adverb,
    looks_nominal,
)
from mandategraph.records import Token

_PARENTHETIC = INSERTERS - {"to", *EXPANDERS}
_PURPOSE = frozenset(
    "view order so as aim continue continuing well due prior access addition regard relation attention efforts effort need".split()
)

_BEFORE_COMPLEMENT = frozenset(
    "in to for with within as at under pursuant while on upon by through when without".split()
)


class InfinitiveReader:
    """Reads infinitives with one set of tables."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology

    def find_infinitive(self, tokens: Sequence[Token], start: int, end: int, *, nested: bool = False) -> int | None:
        """Return the index of the "to" that opens the infinitive of the complement."""
        found = self.first_infinitive(tokens, start, end, nested=nested, skipping=True)
        return found if found is not None else self.first_infinitive(tokens, start, end, nested=nested, skipping=False)

    def first_infinitive(
        self, tokens: Sequence[Token], start: int, end: int, *, nested: bool, skipping: bool
    ) -> int | None:
        """Return the first infinitive's "to"; `skipping` leaves out what stands between commas after a preposition."""
        i = start
        while i < end:
            word = tokens[i].lower
            if word == ";":
                return None
            adding = [t.lower for t in tokens[i + 1 : i + 4]] == ["as", "well", "as"]
            if skipping and word == "," and i + 1 < end and tokens[i + 1].lower in _PARENTHETIC and not adding:
                i = next((k for k in range(i + 1, end) if self._closes(tokens, k, end)), i + 1)
                continue
            if word == "to" and i + 2 < end and [t.lower for t in tokens[i + 1 : i + 3]] == ["do", "so"]:
                i += 3
                continue
            if word == "to" and i + 1 < end:
                verb = self.after_adverbs(tokens, i + 1, end)
                before = tokens[i - 1].lower if i > start else ""
                if tokens[i - 1].lower == "so" and tokens[i - 2].lower in {"do", "done", "doing"}:
                    before = ""
                if verb < end and (nested or before not in _PURPOSE) and self.looks_verbal(tokens, verb, end):
                    return i
            i += 1
        return None

    def _closes(self, tokens: Sequence[Token], k: int, end: int) -> bool:
        """Return whether an inserted phrase ends at a token: a comma, or the infinitive behind a citation in brackets."""
        cited = tokens[k].lower == "to" and tokens[k - 1].lower == ")" and k + 1 < end
        return tokens[k].lower == "," or (cited and self.morphology.is_verb(tokens[k + 1].lower))

    def looks_verbal(self, tokens: Sequence[Token], verb: int, end: int) -> bool:
        """Return whether the word after "to" is a verb where it stands: "to support" and not "to support of"."""
        word = tokens[verb].lower
        if word in {"be", "have", "not", "do"}:
            return True
        following = tokens[verb + 1].lower if verb + 1 < end else ""
        if not self.morphology.is_verb(word):
            plain = word.isalpha() and not tokens[verb].text[:1].isupper() and word not in DETERMINERS | PREPOSITIONS
            return plain and following in DETERMINERS and not looks_nominal(word)
        if following == ",":
            if verb + 2 < end and is_adverb(tokens[verb + 2].lower):
                return True
            after = verb + 3 if verb + 3 < end and tokens[verb + 2].lower in {"and", "or"} else verb + 2
            if after < end and self.morphology.is_verb(tokens[after].lower):
                return True
            if after < end and tokens[after].lower in _PARENTHETIC:
                return any(t.lower == "," for t in tokens[after : min(end, after + 14)])
        return self.morphology.is_only_verb(word) or following not in {"of", ",", ";", "."} or verb + 1 >= end

    @staticmethod
    def before_adverbs(tokens: Sequence[Token], start: int, end: int) -> int:
        """Return where a subject ends that adverbs follow: "all parties immediately cease"."""
        while end > start + 1 and is_adverb(tokens[end - 1].lower) and tokens[end - 1].lower != "so":
            end -= 1
        return end

    def after_adverbs(self, tokens: Sequence[Token], i: int, end: int) -> int:
        """Return the index behind adverbs and what a pair of commas inserts between "to" and its verb."""
        while i < end and is_adverb(tokens[i].lower) and not self._is_further(tokens, i, end):
            i += 1
        if i > 0 and i + 2 < end and is_adverb(tokens[i - 1].lower) and tokens[i].lower == "and":
            if tokens[i + 1].lower in {"without", "in"}:
                return self.after_adverbs(tokens, i + 3, end)
            if is_adverb(tokens[i + 1].lower):
                return self.after_adverbs(tokens, i + 1, end)
        if i < end and tokens[i].lower == "," and i + 1 < end:
            close = next((k for k in range(i + 1, min(end, i + 14)) if tokens[k].lower == ","), None)
            if close is not None and tokens[i + 1].lower in INSERTERS:
                return self.after_adverbs(tokens, close + 1, end)
        if i < end and tokens[i].lower == "not" and i + 1 < end and self.morphology.is_verb(tokens[i + 1].lower):
            return i
        return i

    def after_phrase(self, tokens: Sequence[Token], i: int, end: int) -> int:
        """Skip a phrase without commas between modal and verb: "shall for a period of one year ensure that"."""
        if i >= end or tokens[i].lower not in PREPOSITIONS:
            return i
        for k in range(i + 1, min(end, i + 14)):
            if self.morphology.is_only_verb(tokens[k].lower) and tokens[k - 1].lower not in {"to", "and"}:
                return k
        return i

    @staticmethod
    def _is_further(tokens: Sequence[Token], i: int, end: int) -> bool:
        """ "to further its work": here the adverb is a verb."""
        return tokens[i].lower == "further" and i + 1 < end and tokens[i + 1].lower in DETERMINERS

    def skip_inserted(self, tokens: Sequence[Token], i: int, end: int) -> int:
        """Skip "in this regard", a phrase between commas, and adverbs before a complement."""
        while i < end:
            if is_adverb(tokens[i].lower):
                i += 1
            elif tokens[i].lower == ",":
                close = next((k for k in range(i + 1, end) if tokens[k].lower == ","), None)
                if close is None:
                    return i
                i = close + 1
            elif tokens[i].lower in _BEFORE_COMPLEMENT and i + 1 < end:
                if tokens[i].lower == "in" and [t.lower for t in tokens[i + 1 : i + 3]] in (
                    ["this", "regard"],
                    ["that", "regard"],
                    ["this", "context"],
                    ["this", "respect"],
                    ["this", "connection"],
                ):
                    i += 3
                elif tokens[i].lower == "in" and tokens[i + 1].lower == "particular":
                    i += 2
                else:
                    close = next((k for k in range(i + 1, min(end, i + 25)) if tokens[k].lower == ","), None)
                    if close is None or tokens[i].lower in {"to", "for", "upon", "on"}:
                        return i
                    i = close + 1
            else:
                return i
        return i

    def verbs(self, tokens: Sequence[Token], verb: int, end: int) -> tuple[str, ...]:
        """Return the head verbs coordinated with the one at `verb`."""
        if verb >= end or not tokens[verb].lower[:1].isalpha():
            return ()
        if tokens[verb].lower == "not" and verb + 1 < end:
            found = [f"not {tokens[verb + 1].lower}"]
            i = verb + 2
        else:
            found = [tokens[verb].lower]
            i = verb + 1
        nested = False
        direct = True
        while i < end:
            word = tokens[i].lower
            if word in {";", "."} and i + 1 < end:
                break
            if word == "to" and i + 1 < end:
                target = self.after_adverbs(tokens, i + 1, end)
                if target < end and self.looks_verbal(tokens, target, end):
                    before = tokens[i - 1].lower
                    joined = before in {"and", "or"} or (before == "," and not direct) or self._closes_insert(tokens, i)
                    if (
                        joined
                        and tokens[target].lower not in {"be", "include"}
                        and tokens[i - 1].lower not in {"access", "regard", "respect"}
                    ):
                        found.append(tokens[target].lower)
                        nested = False
                    else:
                        nested = True
                    i = target + 1
                    direct = before in {"and", "or", ","}
                    continue
            if word in {"and", "or", ","} and i + 1 < end:
                target = i + 1
                if word == "," and tokens[target].lower in {"and", "or"}:
                    target += 1
                target = self.after_adverbs(tokens, target, end)
                serial = word == "," and len(found) > 1
                if target < end and (not nested or serial) and self._is_bare_verb(tokens, target, end, direct=direct):
                    found.append(tokens[target].lower)
                    nested = False
                    i = target + 1
                    continue
                direct = direct and word == "," and target < end and is_adverb(tokens[target - 1].lower)
                i += 1
                continue
            if not is_adverb(word):
                direct = False
            i += 1
        return tuple(found)

    @staticmethod
    def _closes_insert(tokens: Sequence[Token], i: int) -> bool:
        """Whether a comma before "to" closes a phrase that opened after "and"."""
        if tokens[i - 1].lower != ",":
            return False
        for k in range(i - 2, max(0, i - 16), -1):
            if tokens[k].lower == ",":
                return tokens[k - 1].lower in {"and", "or"}
        return False

    def _is_bare_verb(self, tokens: Sequence[Token], i: int, end: int, *, direct: bool) -> bool:
        """Return whether a word after "and" or a comma is a verb at the level of the infinitive."""
        word = tokens[i].lower
        if not self.morphology.is_verb(word) or tokens[i].text[:1].isupper():
            return False
        following = tokens[i + 1].lower if i + 1 < end else ""
        if direct:
            return following not in {"of", "'s"}
        if following in {"and", "or"} and i + 2 < end:
            return self.morphology.is_verb(tokens[i + 2].lower) and self.morphology.is_only_verb(word)
        if self.morphology.is_only_verb(word):
            return following not in {"of", "'s", ",", ";", "."}
        return (
            following in DETERMINERS
            or (following in {"to", "with"} and word in {"work", "report"})
            or following in {"off", "up", "out"}
        )

    def reads_as_noun(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        """Return whether the first word of an item is a noun: "Support to the courts"."""
        following = tokens[i + 1].lower if i + 1 < end else ""
        return following in {"of", "to", "for", "in", "on", "and", ",", "by", "at"}

    def gerunds(self, tokens: Sequence[Token], i: int, end: int) -> tuple[str, ...]:
        """Return the base forms of gerunds coordinated with the first of an item."""
        found = []
        depth = False
        while i < end:
            word = tokens[i].lower
            if word in {"by", "including", "through", "such"}:
                depth = True
            joined = word == "and" or (
                word == "as" and i + 2 < end and [t.lower for t in tokens[i - 2 : i + 1]] == ["as", "well", "as"]
            )
            if joined and i + 1 < end and not depth:
                base = self.morphology.of_gerund(tokens[i + 1].lower)
                following = tokens[i + 2].lower if i + 2 < end else ""
                modifies = following in {"of", ",", "and"} or self.morphology.of_gerund(tokens[i - 1].lower)
                if base and not modifies:
                    found.append(base)
            i += 1
        return tuple(found)

    def modal(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
        """Return the index of the clause's own modal, not of a relative clause between commas."""
        i = start
        while i < end:
            word = tokens[i].lower
            if word in {"shall", "should", "must", "ought"}:
                return i
            if word in {";"}:
                return None
            if word == "," and i + 1 < end and (tokens[i + 1].lower in RELATIVES):
                close = next((k for k in range(i + 2, end) if tokens[k].lower == ","), None)
                if close is None:
                    return None
                i = close
            if word in MODALS and word not in {"shall", "should", "must", "ought"}:
                return None
            i += 1
        return None

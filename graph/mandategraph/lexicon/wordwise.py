"""The walk over the words of a text, word by word: what each is for the grammar, by its form and by what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mandategraph.lexicon.glosses import VERBAL, Gloss, Glossed, Printed

Forms = Mapping[str, tuple[tuple[tuple[str, ...], Gloss], ...]]
"""The forms of a language by their first word: what follows it, "*" for adverbs or nothing, and what they are."""
CONTEXTS = frozenset("infinitive gerund verb date limit number unit place noun insertion".split()) | {""}
_DIGITS = re.compile(r"\d+")
# What stands between a preposition and its infinitive: pronouns, negation, adverbs.
_PASSED = frozenset("skip clitic adverb".split())
_STATING = frozenset({"finite", "future"})
# Behind these a form that can be a noun or a verb is a verb.
_BEFORE_VERB = frozenset({"", ",", ";", ":", ".", "and", "or", "that", "which", "it=", "one=", "them="})


def _narrow(gloss: Gloss) -> int:
    """Return how narrow the context is that a gloss wants."""
    return bool(gloss.before) + bool(gloss.after) + (gloss.before == "limit")


class Wordwise:
    """The walk over some words, from left to right."""

    def __init__(self, forms: Forms, words: Sequence[Printed], places: frozenset[int]) -> None:
        self.forms = forms
        self.words = words
        self.low = [word.text.lower() for word in words]
        self.places = places
        self.found: list[Glossed] = []
        self.last = ""

    def run(self) -> list[Glossed]:
        """Return the words of the grammar."""
        at = 0
        while at < len(self.words):
            at = self._take(at)
        return self.found

    def _take(self, at: int) -> int:
        """Gloss what begins at a word, and return the index behind it."""
        gloss, end = self._pick(at)
        if gloss is None:
            word = self.words[at]
            kind = "number" if (number := self._number(self.low[at])) else ""
            self.found.append(Glossed(word.start, word.end, number or self.low[at], word.text, kind))
            self.last = kind or ("noun" if self.low[at][:1].isalpha() else "mark")
            return at + 1
        if gloss.kind in {"skip", "limit"}:
            return end
        if gloss.kind == "adjective" and self._joins(at, end):
            self.last = "noun"
            return end
        self.found.extend(self._placed(gloss, at, end))
        self.last = gloss.kind if end == at + 1 or gloss.kind not in VERBAL else "phrase"
        return end

    def _pick(self, at: int) -> tuple[Gloss | None, int]:
        """Return what the longest form at a word is where it stands, and the index behind it."""
        if self._is_mark(at):
            return None, at + 1
        fitting = [
            (end, gloss, "*" in rest)
            for rest, gloss in self.forms.get(self._key(at), ())
            if (end := self._behind(rest, at + 1)) and self._fits(gloss, at, end)
        ]
        if not fitting:
            return None, at + 1
        longest = max(end for end, _, _ in fitting)
        best = [(is_open, -_narrow(g), self._rank(g, at), g) for end, g, is_open in fitting if end == longest]
        gloss = min(best, key=lambda each: each[:3])[-1]
        if gloss.kind == "future" and self._has_modal(gloss.words[0]):
            gloss = Gloss(gloss.words[1:], gloss.kind)
        if "#" in gloss.words[0]:
            number = _DIGITS.match(self.low[at])
            assert number is not None
            gloss = Gloss((gloss.words[0].replace("#", number[0]),), gloss.kind)
        return gloss, longest

    def _is_mark(self, at: int) -> bool:
        """Return whether a letter marks an item or belongs to a symbol: "a)", "A/HRC"."""
        return len(self.low[at]) == 1 and at + 1 < len(self.low) and self.low[at + 1] in {")", "/"}

    def _has_modal(self, modal: str) -> bool:
        """Return whether a verb goes on with one before it that has the same modal: "protégera ... et fournira"."""
        if not self.found or self.found[-1].word not in {"and", "or", ","}:
            return False
        since = next((i for i in range(len(self.found) - 1, -1, -1) if self.found[i].word in {"that", ";", "."}), 0)
        return any(each.word == modal for each in self.found[since:])

    def _behind(self, rest: tuple[str, ...], at: int) -> int:
        """Return the index behind the rest of a form, 0 where it does not stand at a word; "*" stands for adverbs or nothing."""
        for word in rest:
            if word == "*":
                while at < len(self.low) and (adverb := self._adverb(at)):
                    at = adverb
            elif at < len(self.low) and self.low[at] == word:
                at += 1
            else:
                return 0
        return at

    def _adverb(self, at: int) -> int:
        """Return the index behind the adverb that begins at a word, 0 where none does."""
        found = (
            at + 1 + len(rest)
            for rest, gloss in self.forms.get(self.low[at], ())
            if gloss.kind == "adverb" and tuple(self.low[at + 1 : at + 1 + len(rest)]) == rest
        )
        return max(found, default=0)

    def _key(self, at: int) -> str:
        """Return by what a word is looked up: one of digits and letters by "#" and the letters."""
        word = self.low[at]
        return _DIGITS.sub("#", word, count=1) if word[:1].isdigit() and not word.isdigit() else word

    def _rank(self, gloss: Gloss, at: int) -> int:
        """Return how late a reading is tried: a verb where a clause begins or goes on, a noun behind a word that takes one."""
        before = self.found[-1].word if self.found else ""
        is_clausal = before in _BEFORE_VERB or (self.found and self.found[-1].kind in {"adverb", "noun", ""})
        order = ("finite", "noun") if is_clausal else ("noun", "finite")
        if gloss.kind == "participle" and self.last == "noun":
            return 1
        if gloss.kind == "word" and is_clausal:
            return -1
        return order.index(gloss.kind) * 3 if gloss.kind in order else 2

    def _fits(self, gloss: Gloss, at: int, end: int) -> bool:
        """Return whether what a gloss wants beside its form stands there."""
        return self._follows(gloss.before, end) and self._precedes(gloss.after, at)

    def _precedes(self, wanted: str, at: int) -> bool:
        if wanted == "verb":
            return self.last in VERBAL
        if wanted == "noun":
            return bool(self.found) and self.last in {"noun", "adjective", "mark", "participle"}
        if wanted == "insertion":
            return self._closes_insertion()
        is_figure = wanted in {"number", "date"} and at > 0 and self.low[at - 1].isdigit()
        return not wanted or self.last == wanted or is_figure

    def _closes_insertion(self) -> bool:
        """Return whether a comma closes what stands between a verb and its object: "présenter, à sa session, des ..."."""
        verb = next((i for i in range(len(self.found) - 1, -1, -1) if self.found[i].kind in VERBAL), None)
        commas = [each for each in self.found[verb or 0 :] if each.word == ","]
        return verb is not None and len(commas) > 1 and self.found[-1].word == "," == self.found[verb + 1].word

    def _follows(self, wanted: str, at: int) -> bool:
        if not wanted:
            return True
        if wanted == "place":
            return at in self.places or (at + 1 in self.places and self.low[at] in {"l'", "la", "le"})
        if wanted in {"date", "limit"}:
            behind = self._behind_date(at)
            return behind > at and (wanted == "date" or "limit" in self._kinds(behind))
        if wanted == "number":
            return at < len(self.low) and (self.low[at][:1].isdigit() or bool(self._number(self.low[at])))
        ahead = self._kinds(self._past(at))
        if wanted == "verb":
            return bool(ahead & {"infinitive", "gerund"}) or (bool(ahead & _STATING) and "noun" not in ahead)
        return wanted in ahead

    def _behind_date(self, at: int) -> int:
        """Return the index behind the date that begins at a word; its own where none does."""
        is_day = at < len(self.low) and (self.low[at].isdigit() or self._key(at).startswith("#"))
        month = at + 1 if is_day else at
        if "month" not in self._kinds(month):
            return at
        return month + 1 + (month + 1 < len(self.low) and self.low[month + 1].isdigit())

    def _kinds(self, at: int) -> frozenset[str]:
        """Return what a word can be, whatever stands beside it."""
        if at >= len(self.low):
            return frozenset()
        return frozenset(
            gloss.kind
            for rest, gloss in self.forms.get(self._key(at), ())
            if tuple(self.low[at + 1 : at + 1 + len(rest)]) == rest
        )

    def _past(self, at: int) -> int:
        """Return the index of the first word that is no pronoun, negation or adverb before a verb."""
        while at < len(self.low) and (self._kinds(at) & _PASSED or self.low[at] == "pas"):
            at += 1
        return at

    def _number(self, word: str) -> str:
        """Return a number spelt with hyphens, or "" where it is none: "quarante-huitième" is "forty-eighth"."""
        parts, said = word.split("-"), []
        while parts:
            longest = next((n for n in range(len(parts), 0, -1) if self._cardinal("-".join(parts[:n]))), 0)
            if not longest:
                return ""
            said.append(self._cardinal("-".join(parts[:longest])))
            parts = parts[longest:]
        return "-".join(said)

    def _cardinal(self, word: str) -> str:
        return next((g.words[0] for rest, g in self.forms.get(word, ()) if g.kind == "number" and not rest), "")

    def _joins(self, at: int, end: int) -> bool:
        """Join an adjective to the noun right before it, with another that "and" joins it to; return whether there is one."""
        behind = self.found[-1:]
        if len(self.found) > 1 and behind[0].word in {"and", "or", ","} and self.found[-2].is_wide:
            behind = self.found[-2:]
        noun = behind[0] if behind else None
        is_noun = noun is not None and (noun.kind == "noun" or (not noun.kind and noun.word[:1].isalpha()))
        if noun is None or not is_noun or (self.last != "noun" and len(behind) < 2):
            return False
        del self.found[-len(behind) :]
        stop = self.words[end - 1].end
        self.found.append(Glossed(noun.start, stop, noun.word, noun.text, noun.kind, is_wide=True))
        return True

    def _placed(self, gloss: Gloss, at: int, end: int) -> Iterator[Glossed]:
        """Yield the words of a gloss, each with what is printed for it; the last has all that is left."""
        printed = self.words[at:end]
        spare = max(0, len(gloss.words) - len(printed))
        if gloss.kind == "contraction":
            behind = self.words[end].start if end < len(self.words) else printed[-1].end
            yield Glossed(printed[0].start, printed[-1].end, gloss.words[0], printed[0].text, gloss.kind)
            yield from (Glossed(behind, behind, word, "", gloss.kind) for word in gloss.words[1:])
            return
        yield from (Glossed(printed[0].start, printed[0].start, word, "", gloss.kind) for word in gloss.words[:spare])
        kept = gloss.words[spare:]
        is_title = gloss.kind == "noun" and printed[0].text[:1].isupper()
        for n, word in enumerate(kept):
            last = printed[-1] if n == len(kept) - 1 else printed[n]
            text = printed[n].text.capitalize() if is_title else printed[n].text
            yield Glossed(printed[n].start, last.end, word, text, gloss.kind)

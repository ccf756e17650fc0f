"""Actions that are nouns: "calls for the adoption of ... and for the continuation of ...", a task that is one.

Rule: annotation guidelines, field `actions`.
"""

from __future__ import annotations

from mandategraph.interpreting.agents import agents, bearers
from mandategraph.interpreting.parties import PartyReader, Ranges
from mandategraph.interpreting.shapes import Complement
from mandategraph.interpreting.wording import place
from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.words import PRONOUNS, singular
from mandategraph.records.phrases import PhraseKind, VerbForm

_IT = frozenset("it them following".split())
_HEADS = frozenset("for to upon on".split())
_APART = frozenset({PhraseKind.PREPOSITION, PhraseKind.VERB, PhraseKind.OPENER})


class NounReader:
    """Reads the nouns of one paragraph that say what is to be done."""

    def __init__(self, reach: Reach, parties: PartyReader) -> None:
        self.reach = reach
        self.parties = parties
        self.phrases = reach.phrases
        self.tokens = reach.tree.paragraph.tokens
        self.morphology = reach.words

    def read_task(self, start: int, end: int, *, is_any: bool = False) -> Complement | None:
        """Return the action of a task that is a noun: "establishment and implementation of ..."; None where its first word is no action, unless it may be any noun.

        What a noun says of a gerund without an object makes that a noun too: "village monitoring and reporting".
        """
        if gerunds := self._compound(self.reach.at(start), self.reach.end(end)):
            deeds = tuple(place(self.reach, k, self.reach.end(end), self.phrases[k].word) for k in gerunds)
            return Complement((), deeds, start, shape="noun")
        word = self.tokens[start].lower
        if not (is_any or self.morphology.is_action_noun(word) or self.morphology.is_verb(word)):
            return None
        complement = self.read_noun(start, end)
        return complement if complement.deeds else None

    def _compound(self, i: int, stop: int) -> list[int]:
        """Return the gerunds right behind the noun that a task opens with, where nothing hangs on them."""
        if i + 1 >= stop or self.phrases[i].kind is not PhraseKind.NOUN:
            return []
        found, k = [], i + 1
        while k < stop and self.phrases[k].form is VerbForm.GERUND:
            found.append(k)
            is_joined = k + 1 < stop and self.phrases[k + 1].kind is PhraseKind.JOINT
            k += 2 if is_joined else 1
        return found if k >= stop or self.phrases[k].kind is PhraseKind.MARK else []

    def read_noun(self, start: int, end: int) -> Complement:
        """Return the head nouns of "calls for the adoption of ... and for the continuation of ...", and who acts."""
        reach, stop = self.reach, self.reach.end(end)
        i = reach.at(start)
        if i < stop and self.phrases[i].word in _HEADS:
            i += 1
        first = self.parties.head(i, stop)
        if first is None:
            verb = next((k for k in range(i, stop) if self.phrases[k].kind is PhraseKind.VERB), None)
            gerunds = [verb] if verb is not None and self.phrases[verb].form is VerbForm.GERUND else []
            deeds = tuple(place(reach, k, stop, self.tokens[self.phrases[k].head].lower) for k in gerunds)
            return Complement((), deeds, start, shape="noun")
        heads = [first] if self.phrases[first].word not in _IT else []
        is_close = True
        for k in range(first + 1, stop):
            is_noun = self.phrases[k].kind is PhraseKind.NOUN
            if (is_noun and self._shares(k, first, is_close=is_close)) or self._is_one_more(k):
                heads.append(k)
            is_close = is_close and self.phrases[k].kind not in _APART
        deeds = tuple(place(reach, k, stop, self._noun(k)) for k in heads)
        return Complement(
            self._owner(first)
            or agents(self.reach, self.parties, first, stop)
            or bearers(self.reach, self.parties, first, stop),
            deeds,
            start,
            shape="noun",
        )

    def _owner(self, first: int) -> Ranges:
        """Return whose action a noun is, where it says so before it: "the Government's efforts"."""
        owner = self.phrases[first - 1] if first else None
        if owner is None or not owner.is_owner or not self.parties.can_act(first - 1):
            return ()
        if self.reach.ties[first - 1].role == "beneficiary":  # "women's access to water" is no act of theirs
            return ()
        return ((owner.begin, owner.head + 1),)

    def _noun(self, k: int) -> str:
        phrase = self.phrases[k]
        return phrase.word if phrase.word not in PRONOUNS else singular(self.tokens[phrase.head].lower)

    def _shares(self, k: int, first: int, *, is_close: bool) -> bool:
        """Return whether a noun is one more of what is called for: close behind the first, in a list with it, or behind another "for"."""
        ties = self.reach.ties
        joint = self.phrases[self.reach.before_adverbs(k)]
        if joint.kind is PhraseKind.JOINT and joint.word == "including":
            return False
        if k > first and ties[k].first == first and (is_close or self._is_deed(k, first)):
            return True
        before = self.reach.before_adverbs(k)
        if self.phrases[before].word == "for" and self.phrases[before].kind is PhraseKind.PREPOSITION:
            return self.phrases[before - 1].kind is PhraseKind.JOINT
        return is_close and self.phrases[before].kind is PhraseKind.JOINT and self.phrases[before].word != "including"

    def _is_one_more(self, k: int) -> bool:
        """Return whether a gerund behind another "for" is called for too: "for an end to X and for ceasing Y"."""
        is_called_for = self.phrases[k].form is VerbForm.GERUND and self.phrases[k - 1].word == "for"
        return is_called_for and self.phrases[k - 2].kind is PhraseKind.JOINT

    def _is_deed(self, k: int, first: int) -> bool:
        """Return whether a noun behind "and" says what is to be done too, with no verb between: "support for X and the training of Y"."""
        is_between_verbs = any(p.kind in {PhraseKind.VERB, PhraseKind.OPENER} for p in self.phrases[first:k])
        is_joined = self.phrases[self.reach.before_adverbs(k)].kind is PhraseKind.JOINT
        has_object = k + 1 < len(self.phrases) and self.phrases[k + 1].kind is PhraseKind.PREPOSITION
        is_deed = self.morphology.is_action_noun(self.phrases[k].word)
        return is_joined and has_object and is_deed and not is_between_verbs

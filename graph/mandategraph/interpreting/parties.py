"""Who is addressed: the coordinated parties of a stretch of phrases.

In: phrases. Out: token ranges, one for each party with what belongs to it from behind ("all those involved in ..."). What is inserted between
commas is left out; "including X" adds X where X is named.

Rule: annotation guidelines, field `addressees`.
"""

from __future__ import annotations

from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.words import DETERMINERS
from mandategraph.records import PLACES, Mention, MentionKind
from mandategraph.records.phrases import PhraseKind

_TOWARDS = frozenset("to upon on".split())
Ranges = tuple[tuple[int, int], ...]


class PartyReader:
    """Reads the parties of one paragraph."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.phrases = reach.phrases
        self.tokens = reach.tree.paragraph.tokens

    def head(self, i: int, end: int) -> int | None:
        """Return the noun phrase that a stretch is about: its first that owns nothing."""
        return next(
            (k for k in range(i, end) if self.phrases[k].kind is PhraseKind.NOUN and not self.phrases[k].is_owner), None
        )

    def names(self, k: int) -> Mention | None:
        """Return the actor that a noun phrase names, or None."""
        mention = self.phrases[k].mention
        return mention if mention is not None and mention.kind is MentionKind.ACTOR else None

    def named_in(self, start: int, end: int) -> Mention | None:
        """Return the actor that the head of a stretch of tokens names, or that its "members of" belong to."""
        i, stop = self.reach.at(start), self.reach.end(end)
        head = self.head(i, stop)
        if head is None:
            return None
        if self.names(head) is None and self.phrases[head].word == "member" and head + 2 < stop:
            return self.names(head + 2) if self.phrases[head + 1].word == "of" else None
        return self.names(head)

    def can_act(self, k: int) -> bool:
        """Return whether a noun phrase names an actor or describes somebody who can act."""
        phrase = self.phrases[k]
        return self.names(k) is not None or any(
            self.reach.words.is_actor_noun(word) for word in (phrase.word, self.tokens[phrase.head].lower)
        )

    def is_bare_name(self, k: int) -> bool:
        """Return whether a noun phrase is a name that no gazetteer has, as those of countries are printed: without an article."""
        phrase = self.phrases[k]
        words = [token.text for token in self.tokens[phrase.begin : phrase.head + 1]]
        return phrase.mention is None and all(word[:1].isupper() and word.isalpha() for word in words)

    def is_actor(self, i: int, end: int) -> bool:
        """Return whether a stretch is about somebody who can act."""
        head = self.head(i, end)
        return head is not None and self.can_act(head)

    def can_be_addressed(self, i: int, end: int) -> bool:
        """Return whether what stands before an infinitive can be an addressee."""
        head = self.head(i, end)
        if head is None:
            return False
        words, plain = self.reach.words, self.phrases[head].word
        is_thing = (
            words.is_action_noun(self.tokens[self.phrases[head].head].lower)
            or plain in words.tables.word_classes["thing"]
        )
        return self.can_act(head) or not is_thing

    def split(self, i: int, end: int) -> Ranges:
        """Return the token ranges of the parties in a stretch."""
        begins = self._begins(i, end)
        found = []
        for n, begin in enumerate(begins):
            limit = begins[n + 1] if n + 1 < len(begins) else end
            stop = self._stop(begin, limit, end)
            found.append((self.phrases[begin].begin, self.phrases[stop - 1].end))
        return tuple(found)

    def _begins(self, i: int, end: int) -> list[int]:
        """Return the first phrase of each party."""
        begins: list[int] = []
        at_level = True
        k = i
        while k < end:
            behind = self.reach.past_insertion(k, end) if k > i else None
            if behind is None and k > i and self.reach.opens_insertion(k, end):
                break
            if behind is not None:
                begins.extend(self._added(k + 1, behind, begins[-1]))
                k = behind
                at_level = True
                continue
            phrase = self.phrases[k]
            if (phrase.kind is PhraseKind.NOUN and not begins) or (
                phrase.kind is PhraseKind.NOUN and self._is_member(k, begins, at_level=at_level)
            ):
                begins.append(k)
            if phrase.kind is PhraseKind.OPENER or phrase.kind is PhraseKind.VERB:
                at_level = False
            k += 1
        return begins

    def _is_member(self, k: int, begins: list[int], *, at_level: bool) -> bool:
        """Return whether a noun phrase is one more party: coordinated with the first, and not part of what modifies one."""
        joint, has_and = self._joint(k)
        if joint is None:
            return False
        named = self.names(k)
        if self.phrases[joint].word == "including":
            return named is not None
        is_name = self.tokens[self.phrases[k].head].text[:1].isupper()
        if has_and and joint - 1 == begins[-1] and (self.can_act(k) or not is_name):
            return True
        tie, first = self.reach.ties[k], self.reach.ties[begins[0]]
        shares = tie.first == first.first or (tie.governor == first.governor and tie.via == first.via)
        if shares:
            return self.can_act(k) or (at_level and (not is_name or self._is_unknown_name(k)))
        if has_and and self._is_apart(k, begins[0]):
            return True
        is_body = named is not None and named.type not in PLACES
        if is_body and self._is_parallel(k, begins[0]):
            return True
        return self.can_act(k) and at_level and (is_body or has_and) and not self._is_deeper(k)

    def _is_unknown_name(self, k: int) -> bool:
        """Return whether a noun phrase is a name of two capitalized words or more that no list has, among those who can act."""
        phrase = self.phrases[k]
        words = [t.text for t in self.tokens[phrase.begin : phrase.head + 1] if t.lower not in DETERMINERS]
        return phrase.mention is None and len(words) > 1 and all(word[:1].isupper() for word in words)

    def _joint(self, k: int) -> tuple[int | None, bool]:
        """Return the joint or comma before a noun phrase, past its owner and a repeated "to", and whether it says "and"; None where none is."""
        before = self.reach.before_adverbs(k)
        if before >= 0 and self.phrases[before].is_owner:
            before = self.reach.before_adverbs(before)
        if before > 0 and self.phrases[before].word in _TOWARDS and self.phrases[before - 1].kind is PhraseKind.JOINT:
            before -= 1
        if before < 0 or self._lower(before) == "or":
            return None, False
        if self.phrases[before].kind is PhraseKind.JOINT:
            return before, True
        if not self.reach.is_mark(before, ","):
            return None, False
        return before, self.reach.closes_after_and(before)

    def _is_parallel(self, k: int, first: int) -> bool:
        """Return whether a phrase begins as the first party does, and not as the one right before it: "the team of experts and the Envoy"."""
        if self._lower(k) != "the":
            return self._lower(k) in DETERMINERS
        nearest = self._nearest(k, first)
        return self._lower(first) in DETERMINERS and self._lower(nearest) not in DETERMINERS

    def _is_apart(self, k: int, first: int) -> bool:
        """Return whether "all others" or "other bodies" behind "and" is no part of the phrase right before it: "arrangements for human rights and other bodies"."""
        nearest, word = self._nearest(k, first), self._lower(k)
        if not self.can_act(k):
            return False
        return (word == "all" and self._lower(nearest) != "all") or (word == "other" and not self.can_act(nearest))

    def _nearest(self, k: int, first: int) -> int:
        """Return the noun phrase before another, the first party where none stands between."""
        return next((n for n in range(k - 1, first, -1) if self.phrases[n].kind is PhraseKind.NOUN), first)

    def _lower(self, k: int) -> str:
        return self.tokens[self.phrases[k].begin].lower

    def _is_deeper(self, k: int) -> bool:
        """Return whether a phrase is coordinated with one that a preposition brought."""
        return self.reach.ties[k].via not in {"", "object", "subject"}

    def _added(self, i: int, behind: int, party: int) -> list[int]:
        """Return the parties that "including X and Y" or "notably X" adds to the one before, where one of them is named."""
        first = self.reach.past_adverbs(i, behind)
        if first >= behind or self.phrases[first].word != "including":
            return []
        ties = self.reach.ties
        nouns = (k for k in range(first, behind) if self.phrases[k].kind is PhraseKind.NOUN)
        level = [k for k in nouns if ties[k].via in {"", "object"} or ties[k].first == ties[party].first]
        own = self.names(party)
        apart = [k for k in level if own is None or (named := self.names(k)) is None or named.entity != own.entity]
        return [k for k in apart if self.can_act(k)] if any(self.names(k) for k in apart) else []

    def _stop(self, begin: int, limit: int, end: int) -> int:
        """Return where a party ends: before the insertion, "and" or comma that follows it."""
        k = begin + 1
        while k < limit and not self.reach.opens_insertion(k, end):
            k += 1
        while k > begin + 1 and (
            self.phrases[k - 1].kind is PhraseKind.JOINT
            or (self.phrases[k - 1].kind is PhraseKind.ADVERB and self.phrases[k - 1].word != "so")
            or self.phrases[k - 1].word in _TOWARDS
            or self.phrases[k - 1].word in {",", ";", ":"}
        ):
            k -= 1
        return k

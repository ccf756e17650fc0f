"""What a verb takes: addressees and head verbs of what is to be done.

In: the tokens after an operative verb. Out: where the addressees stand, and the head verbs or nouns of the action. The
complement has one of three shapes, read off the words: "X to do", "that X shall do", and a noun ("the inclusion of").
Infinitives and noun actions are read next door.

Rule: annotation guidelines, fields `addressees` and `actions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mandategraph.interpreting.infinitives import InfinitiveReader
from mandategraph.interpreting.nouns import NounReader
from mandategraph.interpreting.parties import PartyReader
from mandategraph.phrasing.words import (
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    Morphology,
    guessed_base,
    is_adverb,
    singular,
)
from mandategraph.records import AnnotatedParagraph, MentionKind, Token


@dataclass(frozen=True, slots=True)
class Complement:
    """The reading of a complement, as token indices and lemmas.

    Attributes:
        addressees: token ranges, one for each coordinated addressee.
        actions: head verbs or nouns in the order of the text.
        acts_from: index of the first token of the action.
        is_negated: "shall not".
        is_passive: the bearer, if any, stands behind "by".
        shape: "to", "that", "noun" or "none".
    """

    addressees: tuple[tuple[int, int], ...] = ()
    actions: tuple[str, ...] = ()
    acts_from: int = 0
    is_negated: bool = False
    is_passive: bool = False
    modal: str = ""
    shape: str = "none"


class ComplementReader:
    """Reads complements with one set of tables."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology
        self.parties = PartyReader(morphology)
        self.infinitives = InfinitiveReader(morphology)
        self.nouns = NounReader(morphology, self.parties, self.infinitives)

    def read_directive(
        self, paragraph: AnnotatedParagraph, start: int, end: int, *, noun_only: bool = False
    ) -> Complement:
        """Return the complement of "requests", "urges", "calls upon" between two tokens."""
        tokens = paragraph.tokens
        start = self.infinitives.skip_inserted(tokens, start, end)
        if start < end and tokens[start].lower == "that":
            return self.read_that(paragraph, start + 1, end)
        if start + 1 < end and tokens[start].lower == "to":
            verb = self.infinitives.after_adverbs(tokens, start + 1, end)
            if verb < end and self.infinitives.looks_verbal(tokens, verb, end):
                return Complement((), self.infinitives.verbs(tokens, verb, end), verb, shape="to")
        if (listed := self._before_list(paragraph, start, end)) is not None:
            return listed
        infinitive = self.infinitives.find_infinitive(tokens, start, end)
        to = self.infinitives.before_adverbs(tokens, start, infinitive) if infinitive is not None else start
        if infinitive is not None and self.parties.can_be_addressed(paragraph, start, to):
            verb = self.infinitives.after_adverbs(tokens, infinitive + 1, end)
            if tokens[verb].lower == "be":
                return self._passive(paragraph, start, verb, end)
            if not noun_only or self.parties.is_actor(paragraph, start, to):
                negated = tokens[to - 1].lower == "not" and to - 1 > start
                addressees = self.parties.split(paragraph, start, to - 1 if negated else to)
                more, verbs_end = self._upon_again(paragraph, verb, end)
                actions = self.infinitives.verbs(tokens, verb, verbs_end)
                if negated and actions:
                    actions = (f"not {actions[0]}", *actions[1:])
                if more is not None:
                    addressees, actions = (*addressees, *more.addressees), (*actions, *more.actions)
                return Complement(addressees, actions, verb, shape="to")
        modal = self.infinitives.modal(tokens, start, min(end, start + 25))
        if modal is not None and self.parties.is_actor(paragraph, start, modal) and not noun_only:
            return self.read_that(paragraph, start, end)
        if not noun_only and self._is_name(tokens, start, end) and self.parties.is_actor(paragraph, start, end):
            return Complement(self.parties.split(paragraph, start, end), (), end - 1, shape="to")
        return self.read_noun(paragraph, start, end)

    def _before_list(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Complement | None:
        """Return the addressees where the actions stand in a list below: "Urges X to:", "Calls upon X:"."""
        tokens = paragraph.tokens
        if end - start < 2 or tokens[end - 1].lower != ":":
            return None
        close = end - 2 if tokens[end - 2].lower == "to" else end - 1
        if close <= start or self.infinitives.find_infinitive(tokens, start, close) is not None:
            return None
        if close == end - 1 and (
            not self.parties.is_actor(paragraph, start, close)
            or self.infinitives.modal(tokens, start, close) is not None
        ):
            return None
        if not self.parties.can_be_addressed(paragraph, start, close):
            return None
        return Complement(self.parties.split(paragraph, start, close), (), end - 1, shape="to")

    def _upon_again(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[Complement | None, int]:
        """Return the second half of "calls upon X to do and upon Y to do", and where the first half ends.

        Behind a comma "upon" may be missing: "urges X to do, and Y to do".
        """
        tokens = paragraph.tokens
        for i in range(start, end - 2):
            if tokens[i].lower != "and":
                continue
            again = tokens[i + 1].lower in {"upon", "on"}
            if not again and tokens[i - 1].lower != ",":
                continue
            at = i + 2 if again else i + 1
            to = self.infinitives.first_infinitive(tokens, at, end, nested=False, skipping=False)
            if to is None or not self.parties.is_actor(paragraph, at, to):
                continue
            if again or self._is_plain(tokens, at, to):
                return self.read_directive(paragraph, at, end), i
        return None, end

    def _is_name(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Return whether a whole complement can be no more than a name: short, without a verb or possessive."""
        words = [t.lower for t in tokens[start:end]]
        if not words or len(words) > 14 or {";", "'s", "that", "for", "by"} & set(words):
            return False
        return not any(self.morphology.is_only_verb(w) or self.morphology.of_gerund(w) for w in words)

    def _is_plain(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Return whether words are no more than one noun phrase: no verb, preposition or comma in them."""
        if end - start > 8 or end == start:
            return False
        words = [t.lower for t in tokens[start:end]]
        return not any(w in PREPOSITIONS or w in RELATIVES or w in {",", ";"} for w in words) and not any(
            self.morphology.is_only_verb(w) or self.morphology.of_gerund(w) for w in words
        )

    def read_that(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Complement:
        """Return the complement of "that X shall do", "that X do", "that Y should be done by X"."""
        tokens = paragraph.tokens
        start = self.infinitives.skip_inserted(tokens, start, end)
        modal = self.infinitives.modal(tokens, start, end)
        if modal is None:
            verb = self._subjunctive(paragraph, start, end)
            if verb is not None and tokens[verb].lower == "be":
                return replace(self._passive(paragraph, start, verb, end), shape="that")
            if verb is None:
                return Complement(acts_from=start, shape="that")
            actions = self.infinitives.verbs(tokens, verb, end)
            if actions and not self.morphology.is_verb(actions[0]):
                actions = (singular(actions[0]), *actions[1:])
            return Complement(
                self.parties.bearers(paragraph, start, self.infinitives.before_adverbs(tokens, start, verb)),
                actions,
                verb,
                shape="that",
            )
        verb = self.infinitives.after_adverbs(tokens, modal + 1, end)
        negated = verb < end and tokens[verb].lower == "not"
        if negated:
            verb = self.infinitives.after_adverbs(tokens, verb + 1, end)
        verb = self.infinitives.after_phrase(tokens, self.infinitives.skip_inserted(tokens, verb, end), end)
        if verb >= end:
            return Complement(acts_from=modal, shape="that", modal=tokens[modal].lower)
        if tokens[verb].lower in {"be", "also"} and verb + 1 < end:
            read = self._passive(paragraph, start, verb, end)
            return replace(read, is_negated=negated, modal=tokens[modal].lower, shape="that")
        addressees = self.parties.bearers(paragraph, start, self.infinitives.before_adverbs(tokens, start, modal))
        actions = self.infinitives.verbs(tokens, verb, end)
        return Complement(addressees, actions, verb, negated, False, tokens[modal].lower, "that")

    def read_self(self, tokens: Sequence[Token], start: int, end: int) -> Complement:
        """Return the complement of "decides to", "expresses its intent ... to"."""
        to = self.infinitives.find_infinitive(tokens, start, end, nested=True)
        if to is None:
            return Complement(acts_from=start)
        verb = self.infinitives.after_adverbs(tokens, to + 1, end)
        return Complement((), self.infinitives.verbs(tokens, verb, end), verb, shape="to")

    def read_item(self, tokens: Sequence[Token], start: int, end: int) -> Complement | None:
        """Return the action of a list item: "to protect ...", "improving ...", "ensure ..."; None where it has none."""
        at = self.infinitives.skip_inserted(tokens, start, end) if tokens[start].lower not in {"to"} else start
        at = self.infinitives.after_adverbs(tokens, at, end)
        if at >= end:
            return None
        word = tokens[at].lower
        if word == "to":
            verb = self.infinitives.after_adverbs(tokens, at + 1, end)
            if verb >= end or tokens[verb].lower == "be":
                return None
            bare = verb + 2 >= end and self.morphology.is_verb(tokens[verb].lower)
            if not bare and not self.infinitives.looks_verbal(tokens, verb, end):
                return None
            return Complement((), self.infinitives.verbs(tokens, verb, end), at, shape="to")
        if self.morphology.is_verb(word) and not (
            not self.morphology.is_only_verb(word) and self.infinitives.reads_as_noun(tokens, at, end)
        ):
            return Complement((), self.infinitives.verbs(tokens, at, end), at, shape="base")
        if base := self.morphology.of_gerund(word):
            return Complement((), (base, *self.infinitives.gerunds(tokens, at + 1, end)), at, shape="gerund")
        return None

    def _subjunctive(self, paragraph: AnnotatedParagraph, start: int, end: int) -> int | None:
        """Return the index of a base form after a singular or plural subject: "that all groups reject"."""
        tokens = paragraph.tokens
        covered = [m.span for m in paragraph.mentions if m.kind in {MentionKind.ACTOR, MentionKind.INSTRUMENT}]
        relative = False
        for i in range(start + 1, min(end, start + 40)):
            word = tokens[i].lower
            if word in {";", "."}:
                return None
            if word in RELATIVES or word == "that":
                relative = True
            if word == "," and relative:
                relative = False
            inside = any(s.start <= tokens[i].start < s.end for s in covered)
            before = tokens[i - 1].lower
            if inside or relative or before in {"to", "and", "or", "of", ","} | PREPOSITIONS | DETERMINERS:
                continue
            participle = self.infinitives.after_adverbs(tokens, i + 1, end) if word == "be" else end
            if participle < end and self.morphology.of_participle(tokens[participle].lower):
                return i
            if self.morphology.is_only_verb(word):
                return i
            if self.morphology.is_verb(word) and i + 1 < end and tokens[i + 1].lower in DETERMINERS | {"to", "as"}:
                return i
            named = any(s.end == tokens[i - 1].end for s in covered)
            follows = tokens[i + 1].lower if i + 1 < end else ""
            goes_on = follows == "back" or is_adverb(follows) or follows in PREPOSITIONS - {"of"}
            if named and self.morphology.is_verb(word) and goes_on:
                return i
            stated = word.endswith("s") and self.morphology.is_verb(singular(word))
            if stated and i + 1 < end and tokens[i + 1].lower in DETERMINERS:
                return i
        return None

    def _passive(self, paragraph: AnnotatedParagraph, start: int, be: int, end: int) -> Complement:
        """Return "be held accountable by X": the participle's verb, and X where the text says so."""
        tokens = paragraph.tokens
        at = self.infinitives.after_adverbs(tokens, be + 1, end)
        if at >= end:
            return Complement(acts_from=be)
        base = self.morphology.of_participle(tokens[at].lower)
        if base is None and tokens[at].lower.endswith("ed"):
            base = guessed_base(tokens[at].lower)
        if base is None:
            return Complement(
                actions=(tokens[be].lower,) if tokens[be].lower == "be" else (), acts_from=be, is_passive=True
            )
        actions = [base]
        i = at + 1
        while i < end and i < at + 30 and tokens[i].lower not in {";", "."}:
            if tokens[i].lower in {"and", "or"} and i + 1 < end:
                target = self.infinitives.after_adverbs(tokens, i + 1, end)
                other = self.morphology.of_participle(tokens[target].lower) if target < end else None
                if other and (tokens[target].lower in self.morphology.tables.irregular or i == at + 1):
                    actions.append(other)
            i += 1
        agent = self._agent(paragraph, at + 1, min(end, at + 10))
        return Complement(agent, tuple(actions), be, False, True)

    def _agent(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the party behind "by" close after a passive."""
        tokens = paragraph.tokens
        for i in range(start, min(end, len(tokens))):
            if tokens[i].lower in {",", ";"}:
                return ()
            if tokens[i].lower == "by" and i + 1 < len(tokens):
                stop = next((k for k in range(i + 1, len(tokens)) if _ends_agent(tokens, k)), len(tokens))
                if self.parties.is_actor(paragraph, i + 1, stop):
                    return self.parties.split(paragraph, i + 1, stop)
        return ()

    def read_noun(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Complement:
        """Return the head nouns of "calls for the adoption of ... and for the continuation of ...", and who acts."""
        tokens = paragraph.tokens
        if start < end and tokens[start].lower in {"for", "to", "upon", "on"}:
            start += 1
        heads = [self.nouns.head(tokens, start, end)]
        for i in range(start, end - 1):
            word = tokens[i].lower
            if word == "and" and tokens[i + 1].lower == "for":
                heads.append(self.nouns.head(tokens, i + 2, end))
            elif (
                word == "and" and tokens[i + 1].lower == "the" and tokens[i - 1].lower not in {","} and len(heads) == 1
            ):
                between = [t.lower for t in tokens[start:i]]
                if not any(w in PREPOSITIONS for w in between):
                    heads.append(self.nouns.head(tokens, i + 1, end))
        addressees = self.nouns.bearers(paragraph, start, end)
        return Complement(addressees, tuple(h for h in heads if h), start, shape="noun")


def _ends_agent(tokens: Sequence[Token], k: int) -> bool:
    """Return whether an agent ends before a token: a mark, or "in its activities"."""
    own = k + 1 < len(tokens) and tokens[k + 1].lower in {"its", "their", "his", "her"}
    return tokens[k].lower in {",", ";", "."} or (tokens[k].lower in PREPOSITIONS and own)

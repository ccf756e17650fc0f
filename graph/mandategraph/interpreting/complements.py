"""What a verb takes: addressees and head verbs of what is to be done.

In: the tokens after an operative verb. Out: where the addressees stand, and the head verbs or nouns of the action. The
complement has one of three shapes, read off the words: "X to do", "that X shall do", and a noun ("the inclusion of").
Coordination is followed at its own level: "to ensure ..., to protect ... and to review" are three actions, "to take
action to protect and restore" is one.

Rule: annotation guidelines, fields `addressees` and `actions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mandategraph.interpreting.parties import EXPANDERS, INSERTERS, PartyReader
from mandategraph.interpreting.words import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    RELATIVES,
    Morphology,
    guessed_base,
    is_adverb,
    looks_nominal,
    singular,
)
from mandategraph.records import AnnotatedParagraph, MentionKind, Token

_PARENTHETIC = INSERTERS - {"to", *EXPANDERS}
_AGENT_ENDS = frozenset(
    "; . : to between with in for toward towards through during under within into as including that".split()
)
_PURPOSE = frozenset(
    "view order so as aim continue continuing well due prior access addition regard relation attention efforts effort need".split()
)


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

    def read_directive(
        self, paragraph: AnnotatedParagraph, start: int, end: int, *, noun_only: bool = False
    ) -> Complement:
        """Return the complement of "requests", "urges", "calls upon" between two tokens."""
        tokens = paragraph.tokens
        start = self.skip_inserted(tokens, start, end)
        if start < end and tokens[start].lower == "that":
            return self.read_that(paragraph, start + 1, end)
        if start + 1 < end and tokens[start].lower == "to":
            verb = self._after_adverbs(tokens, start + 1, end)
            if verb < end and self._looks_verbal(tokens, verb, end):
                return Complement((), self.verbs(tokens, verb, end), verb, shape="to")
        if (listed := self._before_list(paragraph, start, end)) is not None:
            return listed
        infinitive = self.find_infinitive(tokens, start, end)
        if infinitive is not None and self.parties.can_be_addressed(paragraph, start, infinitive):
            to, verb = infinitive, self._after_adverbs(tokens, infinitive + 1, end)
            if tokens[verb].lower == "be":
                return self._passive(paragraph, start, verb, end)
            if not noun_only or self.parties.is_actor(paragraph, start, to):
                addressees = self.parties.split(paragraph, start, to)
                more, verbs_end = self._upon_again(paragraph, verb, end)
                actions = self.verbs(tokens, verb, verbs_end)
                if more is not None:
                    addressees, actions = (*addressees, *more.addressees), (*actions, *more.actions)
                return Complement(addressees, actions, verb, shape="to")
        modal = self._modal(tokens, start, min(end, start + 25))
        if modal is not None and self.parties.is_actor(paragraph, start, modal) and not noun_only:
            return self.read_that(paragraph, start, end)
        return self.read_noun(paragraph, start, end)

    def _before_list(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Complement | None:
        """Return the addressees where the actions stand in a list below: "Urges X to:", "Calls upon X:"."""
        tokens = paragraph.tokens
        if end - start < 2 or tokens[end - 1].lower != ":":
            return None
        close = end - 2 if tokens[end - 2].lower == "to" else end - 1
        if close <= start or self.find_infinitive(tokens, start, close) is not None:
            return None
        if close == end - 1 and (
            not self.parties.is_actor(paragraph, start, close) or self._modal(tokens, start, close) is not None
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
            to = self._infinitive(tokens, at, end, nested=False, skipping=False)
            if to is None or not self.parties.is_actor(paragraph, at, to):
                continue
            if again or self._is_plain(tokens, at, to):
                return self.read_directive(paragraph, at, end), i
        return None, end

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
        start = self.skip_inserted(tokens, start, end)
        modal = self._modal(tokens, start, end)
        if modal is None:
            verb = self._subjunctive(paragraph, start, end)
            if verb is not None and tokens[verb].lower == "be":
                return replace(self._passive(paragraph, start, verb, end), shape="that")
            if verb is None:
                return Complement(acts_from=start, shape="that")
            actions = self.verbs(tokens, verb, end)
            if actions and not self.morphology.is_verb(actions[0]):
                actions = (singular(actions[0]), *actions[1:])
            return Complement(
                self.parties.bearers(paragraph, start, self._before_adverbs(tokens, start, verb)),
                actions,
                verb,
                shape="that",
            )
        verb = self._after_adverbs(tokens, modal + 1, end)
        negated = verb < end and tokens[verb].lower == "not"
        if negated:
            verb = self._after_adverbs(tokens, verb + 1, end)
        verb = self._after_phrase(tokens, self.skip_inserted(tokens, verb, end), end)
        if verb >= end:
            return Complement(acts_from=modal, shape="that", modal=tokens[modal].lower)
        if tokens[verb].lower in {"be", "also"} and verb + 1 < end:
            read = self._passive(paragraph, start, verb, end)
            return replace(read, is_negated=negated, modal=tokens[modal].lower, shape="that")
        addressees = self.parties.bearers(paragraph, start, self._before_adverbs(tokens, start, modal))
        actions = self.verbs(tokens, verb, end)
        return Complement(addressees, actions, verb, negated, False, tokens[modal].lower, "that")

    def read_self(self, tokens: Sequence[Token], start: int, end: int) -> Complement:
        """Return the complement of "decides to", "expresses its intent ... to"."""
        to = self.find_infinitive(tokens, start, end, nested=True)
        if to is None:
            return Complement(acts_from=start)
        verb = self._after_adverbs(tokens, to + 1, end)
        return Complement((), self.verbs(tokens, verb, end), verb, shape="to")

    def read_item(self, tokens: Sequence[Token], start: int, end: int) -> Complement | None:
        """Return the action of a list item: "to protect ...", "improving ...", "ensure ..."; None where it has none."""
        at = self.skip_inserted(tokens, start, end) if tokens[start].lower not in {"to"} else start
        at = self._after_adverbs(tokens, at, end)
        if at >= end:
            return None
        word = tokens[at].lower
        if word == "to":
            verb = self._after_adverbs(tokens, at + 1, end)
            if verb >= end or tokens[verb].lower == "be" or not self._looks_verbal(tokens, verb, end):
                return None
            return Complement((), self.verbs(tokens, verb, end), at, shape="to")
        if self.morphology.is_verb(word) and not (
            not self.morphology.is_only_verb(word) and self._reads_as_noun(tokens, at, end)
        ):
            return Complement((), self.verbs(tokens, at, end), at, shape="base")
        if base := self.morphology.of_gerund(word):
            return Complement((), (base, *self._gerunds(tokens, at + 1, end)), at, shape="gerund")
        return None

    def find_infinitive(self, tokens: Sequence[Token], start: int, end: int, *, nested: bool = False) -> int | None:
        """Return the index of the "to" that opens the infinitive of the complement."""
        found = self._infinitive(tokens, start, end, nested=nested, skipping=True)
        return found if found is not None else self._infinitive(tokens, start, end, nested=nested, skipping=False)

    def _infinitive(self, tokens: Sequence[Token], start: int, end: int, *, nested: bool, skipping: bool) -> int | None:
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
                verb = self._after_adverbs(tokens, i + 1, end)
                before = tokens[i - 1].lower if i > start else ""
                if tokens[i - 1].lower == "so" and tokens[i - 2].lower in {"do", "done", "doing"}:
                    before = ""
                if verb < end and (nested or before not in _PURPOSE) and self._looks_verbal(tokens, verb, end):
                    return i
            i += 1
        return None

    def _closes(self, tokens: Sequence[Token], k: int, end: int) -> bool:
        """Return whether an inserted phrase ends at a token: a comma, or the infinitive behind a citation in brackets."""
        cited = tokens[k].lower == "to" and tokens[k - 1].lower == ")" and k + 1 < end
        return tokens[k].lower == "," or (cited and self.morphology.is_verb(tokens[k + 1].lower))

    def _looks_verbal(self, tokens: Sequence[Token], verb: int, end: int) -> bool:
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
    def _before_adverbs(tokens: Sequence[Token], start: int, end: int) -> int:
        """Return where a subject ends that adverbs follow: "all parties immediately cease"."""
        while end > start + 1 and is_adverb(tokens[end - 1].lower):
            end -= 1
        return end

    def _after_adverbs(self, tokens: Sequence[Token], i: int, end: int) -> int:
        while i < end and is_adverb(tokens[i].lower) and not self._is_further(tokens, i, end):
            i += 1
        if i > 0 and i + 2 < end and is_adverb(tokens[i - 1].lower) and tokens[i].lower == "and":
            if tokens[i + 1].lower in {"without", "in"}:
                return self._after_adverbs(tokens, i + 3, end)
            if is_adverb(tokens[i + 1].lower):
                return self._after_adverbs(tokens, i + 1, end)
        if i < end and tokens[i].lower == "," and i + 1 < end:
            close = next((k for k in range(i + 1, min(end, i + 14)) if tokens[k].lower == ","), None)
            if close is not None and tokens[i + 1].lower in INSERTERS:
                return self._after_adverbs(tokens, close + 1, end)
        if i < end and tokens[i].lower == "not" and i + 1 < end and self.morphology.is_verb(tokens[i + 1].lower):
            return i
        return i

    def _after_phrase(self, tokens: Sequence[Token], i: int, end: int) -> int:
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
            elif (
                tokens[i].lower
                in {
                    "in",
                    "to",
                    "for",
                    "with",
                    "within",
                    "as",
                    "at",
                    "under",
                    "pursuant",
                    "while",
                    "on",
                    "upon",
                    "by",
                    "through",
                    "when",
                    "without",
                }
                and i + 1 < end
            ):
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
                target = self._after_adverbs(tokens, i + 1, end)
                if target < end and self._looks_verbal(tokens, target, end):
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
                target = self._after_adverbs(tokens, target, end)
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

    def _reads_as_noun(self, tokens: Sequence[Token], i: int, end: int) -> bool:
        following = tokens[i + 1].lower if i + 1 < end else ""
        return following in {"of", "to", "for", "in", "on", "and", ",", "by", "at"}

    def _gerunds(self, tokens: Sequence[Token], i: int, end: int) -> tuple[str, ...]:
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
                if (
                    base
                    and following not in {"of", ",", "and", "facilities"}
                    and tokens[i - 1].lower in {",", "as", "well", "accounts"} | {"capabilities"}
                ):
                    found.append(base)
            i += 1
        return tuple(found)

    def _modal(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
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
            participle = self._after_adverbs(tokens, i + 1, end) if word == "be" else end
            if participle < end and self.morphology.of_participle(tokens[participle].lower):
                return i
            if self.morphology.is_only_verb(word):
                return i
            if self.morphology.is_verb(word) and i + 1 < end and tokens[i + 1].lower in DETERMINERS | {"to"}:
                return i
            stated = word.endswith("s") and self.morphology.is_verb(singular(word))
            if stated and i + 1 < end and tokens[i + 1].lower in DETERMINERS:
                return i
        return None

    def _passive(self, paragraph: AnnotatedParagraph, start: int, be: int, end: int) -> Complement:
        """Return "be held accountable by X": the participle's verb, and X where the text says so."""
        tokens = paragraph.tokens
        at = self._after_adverbs(tokens, be + 1, end)
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
                target = self._after_adverbs(tokens, i + 1, end)
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
                stop = next((k for k in range(i + 1, len(tokens)) if tokens[k].lower in {",", ";", "."}), len(tokens))
                if self.parties.is_actor(paragraph, i + 1, stop):
                    return self.parties.split(paragraph, i + 1, stop)
        return ()

    def read_noun(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Complement:
        """Return the head nouns of "calls for the adoption of ... and for the continuation of ...", and who acts."""
        tokens = paragraph.tokens
        if start < end and tokens[start].lower in {"for", "to", "upon", "on"}:
            start += 1
        heads = [self._head_noun(tokens, start, end)]
        for i in range(start, end - 1):
            word = tokens[i].lower
            if word == "and" and tokens[i + 1].lower == "for":
                heads.append(self._head_noun(tokens, i + 2, end))
            elif (
                word == "and" and tokens[i + 1].lower == "the" and tokens[i - 1].lower not in {","} and len(heads) == 1
            ):
                between = [t.lower for t in tokens[start:i]]
                if not any(w in PREPOSITIONS for w in between):
                    heads.append(self._head_noun(tokens, i + 1, end))
        addressees = self._noun_agent(paragraph, start, end)
        return Complement(addressees, tuple(h for h in heads if h), start, shape="noun")

    def _head_noun(self, tokens: Sequence[Token], start: int, end: int) -> str:
        """Return the noun that a phrase is about: the last word before its first preposition or comma."""
        last = ""
        for i in range(start, min(end, start + 14)):
            word = tokens[i].lower
            adjectival = i + 2 < end and word == "," and not self._starts_noun(tokens[i + 1].lower)
            if adjectival:
                continue
            if (word in PREPOSITIONS or word in {",", ";", ".", "that", "to", ":", '"'} or word in RELATIVES) and last:
                break
            if word == "and" and last and not self._joins_adjectives(tokens, last, i + 1, end):
                break
            if word.isalpha() or "-" in word:
                last = word
        return singular(last)

    def _joins_adjectives(self, tokens: Sequence[Token], last: str, after: int, end: int) -> bool:
        """Return whether "and" stands between two adjectives: "immediate and unconditional release"."""
        if self.morphology.is_adjective(last):
            return True
        if self.morphology.is_action_noun(last) or last.endswith("s"):
            return False
        k = self._after_adverbs(tokens, after, end)
        if k + 1 >= end or tokens[k].lower in DETERMINERS | PREPOSITIONS:
            return False
        noun = tokens[k + 1].lower
        return noun.isalpha() and noun not in PREPOSITIONS | DETERMINERS | {"and", "or", "to", "that"}

    @staticmethod
    def _starts_noun(word: str) -> bool:
        return word in {"and", "including"} or word in PREPOSITIONS or word in DETERMINERS

    def _noun_agent(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return who bears a noun action: "by X", "from X", "between X", "on the part of X" near the head noun."""
        tokens = paragraph.tokens
        for i in range(start, min(end, start + 16)):
            word = tokens[i].lower
            if word in {",", ";"} and i > start + 3:
                break
            before = tokens[i - 1].lower if i > start else ""
            if word not in {"by", "from", "between", "among", "of"} or self.morphology.of_participle(before):
                continue
            if word == "of" and before not in {"part", "cooperation", "co-operation"}:
                continue
            stop = self._agent_end(paragraph, i + 1, end)
            if self.parties.is_actor(paragraph, i + 1, stop):
                return self.parties.split(paragraph, i + 1, stop)
        return ()

    def _agent_end(self, paragraph: AnnotatedParagraph, start: int, end: int) -> int:
        """Return where those who bear a noun action end; behind a comma they go on where somebody is named there."""
        tokens = paragraph.tokens
        for k in range(start, end):
            if self.parties.is_inside(paragraph, k):
                continue
            word = tokens[k].lower
            if word in _AGENT_ENDS:
                return k
            if word == "," and not self._names_more(paragraph, k + 1, end):
                return k
        return end

    def _names_more(self, paragraph: AnnotatedParagraph, start: int, end: int) -> bool:
        """Return whether what follows a comma is one more of those who act."""
        tokens = paragraph.tokens
        stops = (k for k in range(start, end) if tokens[k].lower in _AGENT_ENDS | {",", "and"} and k > start)
        stop = next((k for k in stops if not self.parties.is_inside(paragraph, k)), end)
        if tokens[start].lower in {"and", "as"}:
            return tokens[start].lower == "and" and self.parties.is_actor(paragraph, start + 1, max(stop, start + 2))
        if tokens[start].lower in PREPOSITIONS:
            return False
        named = [t for t in tokens[start:stop] if t.lower != "the"]
        return self.parties.is_actor(paragraph, start, stop) or all(t.text[:1].isupper() for t in named)

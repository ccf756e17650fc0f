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

from mandategraph.interpreting.words import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    RELATIVES,
    Morphology,
    guessed_base,
    is_adverb,
    singular,
)
from mandategraph.records import AnnotatedParagraph, Mention, MentionKind, Token

INSERTERS = PREPOSITIONS | frozenset(
    "as bearing taking addressing following acting working should when where if while whenever notably especially "
    "particularly inter who which whose whom to building using recognizing noting recalling without subject "
    "consistent together along where".split()
)
EXPANDERS = ("notably", "including", "particularly")
_PURPOSE = frozenset(
    "view order so as aim continue continuing well due prior access addition regard relation attention efforts effort need".split()
)
_ACTION_NOUNS = frozenset(
    "efforts effort steps measures support exchanges exchange mapping sharing use action actions progress halt respect "
    "access dialogue initiatives work calls training increase return release restraint end ceasefire compliance assistance consultations talks "
    "process programmes strategies resources contributions funding".split()
)
_ACTION_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "ity", "ship", "ure", "age", "al")
_ACTOR_ENDINGS = ("ers", "ors", "ists", "ants", "ents", "ies", "ments")
_ACTOR_NOUNS = frozenset(
    "parties authorities states government governments group groups forces force council committee commission mission agencies entities "
    "organizations organization countries country community communities actors partners donors institutions bodies offices office "
    "states members member individuals persons people leaders leadership secretariat secretary-general president stakeholders signatories police "
    "rapporteur rapporteurs expert experts representative envoy commissioner coordinator panel team teams procedures funds society sector "
    "parliament parliaments industry companies businesses media enterprises universities presidency contributors delegation delegations "
    "republic republics kingdom union tribunal court prosecutor registrar conference troika association movement movements militias "
    "guarantors neighbours neighbors components co-chairs chair chairs all mechanism mechanisms negotiators belligerents combatants carriers "
    "operators administrations bank banks programme he she it them him her us centres centre".split()
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

    # the three shapes

    def read_directive(
        self, paragraph: AnnotatedParagraph, start: int, end: int, *, noun_only: bool = False
    ) -> Complement:
        """Return the complement of "requests", "urges", "calls upon" between two tokens."""
        tokens = paragraph.tokens
        start = self._skip_inserted(tokens, start, end)
        if start < end and tokens[start].lower == "that":
            return self.read_that(paragraph, start + 1, end)
        if (
            end - start > 2
            and tokens[end - 1].lower == ":"
            and tokens[end - 2].lower == "to"
            and self._is_party(paragraph, start, end - 2)
        ):
            return Complement(self.split_parties(paragraph, start, end - 2), (), end - 1, shape="to")
        infinitive = self.find_infinitive(tokens, start, end)
        if infinitive is not None and self._is_party(paragraph, start, infinitive):
            to, verb = infinitive, self._after_adverbs(tokens, infinitive + 1, end)
            if tokens[verb].lower == "be":
                return self._passive(paragraph, start, verb, end)
            if not noun_only or self._is_actor_phrase(paragraph, start, to):
                addressees = self.split_parties(paragraph, start, to)
                more, verbs_end = self._upon_again(paragraph, verb, end)
                actions = self.verbs(tokens, verb, verbs_end)
                if more is not None:
                    addressees, actions = (*addressees, *more.addressees), (*actions, *more.actions)
                return Complement(addressees, actions, verb, shape="to")
        modal = self._modal(tokens, start, min(end, start + 25))
        if modal is not None and self._is_actor_phrase(paragraph, start, modal) and not noun_only:
            return self.read_that(paragraph, start, end)
        return self._noun(paragraph, start, end)

    def _upon_again(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[Complement | None, int]:
        """Return the second half of "calls upon X to do and upon Y to do", and where the first half ends."""
        tokens = paragraph.tokens
        for i in range(start, end - 2):
            if tokens[i].lower == "and" and tokens[i + 1].lower in {"upon", "on"}:
                to = self.find_infinitive(tokens, i + 2, end)
                if to is not None and self._is_actor_phrase(paragraph, i + 2, to):
                    return self.read_directive(paragraph, i + 2, end), i
        return None, end

    def read_that(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Complement:
        """Return the complement of "that X shall do", "that X do", "that Y should be done by X"."""
        tokens = paragraph.tokens
        start = self._skip_inserted(tokens, start, end)
        modal = self._modal(tokens, start, end)
        if modal is None:
            verb = self._subjunctive(paragraph, start, end)
            if verb is None:
                return Complement(acts_from=start, shape="that")
            addressees = self.split_parties(paragraph, start, verb)
            return Complement(addressees, self.verbs(tokens, verb, end), verb, shape="that")
        verb = self._after_adverbs(tokens, modal + 1, end)
        negated = verb < end and tokens[verb].lower == "not"
        if negated:
            verb = self._after_adverbs(tokens, verb + 1, end)
        verb = self._skip_inserted(tokens, verb, end)
        if verb >= end:
            return Complement(acts_from=modal, shape="that", modal=tokens[modal].lower)
        if tokens[verb].lower in {"be", "also"} and verb + 1 < end:
            read = self._passive(paragraph, start, verb, end)
            return replace(read, is_negated=negated, modal=tokens[modal].lower, shape="that")
        addressees = self.split_parties(paragraph, start, modal)
        actions = self.verbs(tokens, verb, end) or (tokens[verb].lower,)
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
        at = self._skip_inserted(tokens, start, end) if tokens[start].lower not in {"to"} else start
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

    # infinitives

    def find_infinitive(self, tokens: Sequence[Token], start: int, end: int, *, nested: bool = False) -> int | None:
        """Return the index of the "to" that opens the infinitive of the complement."""
        i = start
        while i < end:
            word = tokens[i].lower
            if word == ";":
                return None
            if word == "," and i + 1 < end and tokens[i + 1].lower in INSERTERS and tokens[i + 1].lower != "to":
                i = next((k for k in range(i + 1, end) if tokens[k].lower == ","), i + 1)
                continue
            if word == "to" and i + 1 < end:
                verb = self._after_adverbs(tokens, i + 1, end)
                before = tokens[i - 1].lower if i > start else ""
                if verb < end and (nested or before not in _PURPOSE) and self._looks_verbal(tokens, verb, end):
                    return i
            i += 1
        return None

    def _looks_verbal(self, tokens: Sequence[Token], verb: int, end: int) -> bool:
        word = tokens[verb].lower
        if word in {"be", "have", "not", "do"}:
            return True
        following = tokens[verb + 1].lower if verb + 1 < end else ""
        if not self.morphology.is_verb(word):
            plain = word.isalpha() and not tokens[verb].text[:1].isupper() and word not in DETERMINERS | PREPOSITIONS
            return plain and following in DETERMINERS and not word.endswith(("s", *_ACTION_ENDINGS))
        if following == "," and verb + 2 < end and self.morphology.is_verb(tokens[verb + 2].lower):
            return True
        return self.morphology.is_only_verb(word) or following not in {"of", ",", ";", "."} or verb + 1 >= end

    def _after_adverbs(self, tokens: Sequence[Token], i: int, end: int) -> int:
        while i < end and is_adverb(tokens[i].lower):
            i += 1
        if (
            i > 0
            and i + 2 < end
            and is_adverb(tokens[i - 1].lower)
            and tokens[i].lower == "and"
            and tokens[i + 1].lower in {"without", "in"}
        ):
            return self._after_adverbs(tokens, i + 3, end)
        if i < end and tokens[i].lower == "," and i + 1 < end:
            close = next((k for k in range(i + 1, min(end, i + 14)) if tokens[k].lower == ","), None)
            if close is not None and tokens[i + 1].lower in INSERTERS:
                return self._after_adverbs(tokens, close + 1, end)
        if i < end and tokens[i].lower == "not" and i + 1 < end and self.morphology.is_verb(tokens[i + 1].lower):
            return i
        return i

    def _skip_inserted(self, tokens: Sequence[Token], i: int, end: int) -> int:
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
        if verb >= end:
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
                    if joined and tokens[target].lower not in {"be", "include"} and not is_noun_before(tokens, i):
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
                return tokens[k - 1].lower in {"and", "or"} or tokens[k + 1].lower in INSERTERS
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

    # "that"

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
            if self.morphology.is_only_verb(word):
                return i
            if self.morphology.is_verb(word) and i + 1 < end and tokens[i + 1].lower in DETERMINERS | {"to"}:
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
                if self._is_actor_phrase(paragraph, i + 1, stop):
                    return self.split_parties(paragraph, i + 1, stop)
        return ()

    # nouns

    def _noun(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Complement:
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
            if word == "and" and last and last not in _ADJECTIVES_MAYBE and not _is_adjective(last):
                break
            if word.isalpha() or "-" in word:
                last = word
        return singular(last)

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
            if word == "of" and before != "part":
                continue
            stop = next(
                (
                    k
                    for k in range(i + 1, end)
                    if tokens[k].lower in {",", ";", ".", "to", "between", "with", "in", "for"}
                    and not self._inside(paragraph, k)
                ),
                end,
            )
            if self._is_actor_phrase(paragraph, i + 1, stop) and self._head_mention(paragraph, i + 1, stop):
                return self.split_parties(paragraph, i + 1, stop)
        return ()

    @staticmethod
    def _inside(paragraph: AnnotatedParagraph, k: int) -> bool:
        token = paragraph.tokens[k]
        return any(m.kind is MentionKind.ACTOR and m.span.start < token.start < m.span.end for m in paragraph.mentions)

    # parties

    def _is_party(self, paragraph: AnnotatedParagraph, start: int, to: int) -> bool:
        """Return whether the words before an infinitive can be an addressee."""
        if to <= start:
            return False
        tokens = paragraph.tokens
        if self._is_actor_phrase(paragraph, start, to):
            return True
        head = self._party_head(tokens, start, to)
        return head not in _ACTION_NOUNS and not (head.endswith(_ACTION_ENDINGS) and not head.endswith(_ACTOR_ENDINGS))

    def _is_actor_phrase(self, paragraph: AnnotatedParagraph, start: int, end: int) -> bool:
        if end <= start:
            return False
        head = self._party_head(paragraph.tokens, start, end)
        return self._head_mention(paragraph, start, end) is not None or head in _ACTOR_NOUNS

    def _party_head(self, tokens: Sequence[Token], start: int, end: int) -> str:
        last = ""
        for i in range(start, end):
            word = tokens[i].lower
            if (
                (word in PREPOSITIONS or word in RELATIVES or word in {",", "that", "and", "or"})
                and last
                and not _is_adjective(last)
            ):
                break
            if (
                last
                and (last in _ACTOR_NOUNS or last.endswith("s"))
                and (self.morphology.of_participle(word) or self.morphology.of_gerund(word))
            ):
                break
            if word not in DETERMINERS and word not in {"and", "or", ","}:
                last = word
        return last

    def _head_mention(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Mention | None:
        """Return the actor mention that a noun phrase is, or None: it must cover the phrase's head."""
        if end <= start:
            return None
        tokens = paragraph.tokens
        left, right = tokens[start].start, tokens[end - 1].end
        inside = [
            m
            for m in paragraph.mentions
            if m.kind is MentionKind.ACTOR and left <= m.span.start and m.span.end <= right
        ]
        for mention in inside:
            lead = [t.lower for t in tokens[start:end] if t.start < mention.span.start]
            trail = [t.lower for t in tokens[start:end] if t.start >= mention.span.end]
            if lead[-2:] == ["members", "of"] or lead[-3:] == ["members", "of", "the"]:
                return mention
            if any(w in PREPOSITIONS or w in RELATIVES or w in {"and", ",", "or", "'s"} for w in lead):
                continue
            if (
                trail
                and trail[0]
                not in PREPOSITIONS
                | RELATIVES
                | {",", "(", "and", "or", "that", "'s", "to", "as", "mission", "missions"}
                and not self.morphology.of_participle(trail[0])
                and not trail[0].endswith(("ing", "ed"))
            ):
                continue
            if trail[:1] == ["'s"] and trail[1:2] != ["leadership"]:
                continue
            return mention
        return None

    def split_parties(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the coordinated parties in a stretch: mentions whole, inserted phrases left out, "notably X" added."""
        tokens = paragraph.tokens
        pieces: list[tuple[int, int, str]] = []
        at, mark = start, ""
        i = start
        end = self._before_relative(tokens, start, end)
        while i <= end:
            word = tokens[i].lower if i < end else ","
            cut = i == end or (
                word in {",", ";", "and"} and not self._inside(paragraph, i) and not self._in_brackets(tokens, start, i)
            )
            if i < end and word == "as" and [t.lower for t in tokens[i : i + 3]] == ["as", "well", "as"]:
                cut = True
            if cut:
                if i > at:
                    pieces.append((at, i, mark))
                mark = word
                if word == "as":
                    i += 2
                    mark = "and"
                at = i + 1
            i += 1
        return self._join(paragraph, pieces)

    @staticmethod
    def _before_relative(tokens: Sequence[Token], start: int, end: int) -> int:
        """Leave a relative clause without commas whole: "donors that support A, B and C" is one party."""
        for i in range(start + 1, end):
            if tokens[i].lower in {"that", "who", "which"} and tokens[i - 1].lower != ",":
                return i
        return end

    @staticmethod
    def _in_brackets(tokens: Sequence[Token], start: int, i: int) -> bool:
        depth = 0
        for t in tokens[start:i]:
            depth += (t.lower == "(") - (t.lower == ")")
        return depth > 0

    def _join(self, paragraph: AnnotatedParagraph, pieces: list[tuple[int, int, str]]) -> tuple[tuple[int, int], ...]:
        tokens = paragraph.tokens
        parties: list[tuple[int, int]] = []
        pending: int | None = None
        inserted = False
        for begin, stop, mark in pieces:
            first = tokens[begin].lower
            if inserted:
                continue
            if first in EXPANDERS or (first == "in" and tokens[min(begin + 1, stop - 1)].lower == "particular"):
                skip = begin + (2 if first == "in" else 1)
                if skip < stop and self._head_mention(paragraph, skip, stop):
                    parties.append((skip, stop))
                else:
                    inserted = True
                continue
            if (
                mark == ","
                and parties
                and (first in INSERTERS or self.morphology.of_participle(first) or first.endswith("ing"))
            ):
                inserted = True
                continue
            origin = pending if pending is not None else begin
            last = tokens[stop - 1].lower
            if (_is_adjective(last) or last.endswith("-")) and self._head_mention(paragraph, begin, stop) is None:
                pending = origin
                continue
            pending = None
            if parties and mark in {"and", "or"} and self._is_tail(paragraph, parties[-1], begin, stop):
                parties[-1] = (parties[-1][0], stop)
                continue
            parties.append((origin, stop))
        return tuple(parties)

    def _is_tail(self, paragraph: AnnotatedParagraph, party: tuple[int, int], begin: int, stop: int) -> bool:
        """Whether a piece belongs to the relative clause or postmodifier of the party before it."""
        tokens = paragraph.tokens
        words = [t.lower for t in tokens[party[0] : party[1]]]
        if self._head_mention(paragraph, begin, stop) is not None and tokens[begin].text[:1].isupper():
            return False
        piece = tokens[begin].lower
        in_clause = any(w in RELATIVES or w == "that" for w in words)
        in_participle = any(self.morphology.of_participle(w) or w.endswith("ing") for w in words[1:])
        head = self._party_head(tokens, begin, stop)
        if piece in DETERMINERS or head in _ACTOR_NOUNS:
            return in_clause and self._head_mention(paragraph, begin, stop) is None and head not in _ACTOR_NOUNS
        return in_clause or in_participle or any(w in {"in", "of", "for", "on"} for w in words)


_ADJECTIVES_MAYBE = frozenset("increased additional full greater continued enhanced further".split())


def _is_adjective(word: str) -> bool:
    """Return whether a word ends like an adjective that coordinates before a noun ("regional and multilateral")."""
    return (
        word.endswith(("al", "ic", "ive", "ous", "ary", "ble", "ful", "ant"))
        and word
        not in {
            "council",
            "tribunal",
            "criminal",
            "secretary-general",
            "proposal",
            "representative",
            "executive",
            "secretariat",
            "general",
            "approval",
            "principal",
            "official",
            "withdrawal",
            "initiative",
            "inclusive process",
            "removal",
            "renewal",
            "participant",
            "combatant",
            "appraisal",
            "arrival",
            "public",
            "referral",
            "disposal",
            "republic",
            "clinic",
            "music",
            "traffic",
            "topic",
        }
    ) or word in {
        "free",
        "fair",
        "transparent",
        "inclusive",
        "full",
        "safe",
        "rapid",
        "civil",
        "subregional",
        "sub-regional",
        "peaceful",
        "such",
    }


def is_noun_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words before "to" make it a preposition's ("access to", "as well as to")."""
    return tokens[i - 1].lower in {"access", "regard", "respect"}

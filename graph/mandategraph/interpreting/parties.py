"""Who is addressed: noun phrases that name or describe somebody, and their coordination.

In: token ranges of an annotated paragraph. Out: the coordinated parties in them, and the actor that each one's head
names. A linked mention stands for a party only where it covers the phrase's head: "all United Nations agencies" is not
the United Nations. A relative clause belongs to its party; what a comma inserts ("with the help of ...") is left out;
"notably X" adds X.

Rule: annotation guidelines, field `addressees`.
"""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.phrasing.words import DETERMINERS, PREPOSITIONS, RELATIVES, Morphology
from mandategraph.records import PLACES, AnnotatedParagraph, Mention, MentionKind, Token

INSERTERS = PREPOSITIONS | frozenset(
    "as bearing taking addressing following acting working should when where if while whenever notably especially "
    "particularly inter who which whose whom to building using recognizing noting recalling without subject "
    "consistent together along".split()
)
_CLAUSES = frozenset("when where whenever if while unless once".split())
_KINDS = frozenset("mission missions group groups".split())
"""Nouns that say what a name is and do not change what it names: "the X and Y missions"."""
EXPANDERS = ("notably", "including", "particularly")


class PartyReader:
    """Reads parties with one set of tables."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology

    def split(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the coordinated parties in a stretch: mentions whole, inserted phrases left out, "notably X" added."""
        tokens = paragraph.tokens
        pieces: list[tuple[int, int, str]] = []
        at, mark = start, ""
        i = start
        end = self._before_relative(tokens, start, end)
        while i <= end:
            word = tokens[i].lower if i < end else ","
            cut = i == end or (
                word in {",", ";", "and"}
                and not self.is_inside(paragraph, i)
                and not self._in_brackets(tokens, start, i)
            )
            if i < end and word == "as" and [t.lower for t in tokens[i : i + 3]] == ["as", "well", "as"]:
                cut = True
            if cut:
                if i > at:
                    pieces.append((at, i, mark))
                mark = "and," if word == "," and mark == "and" and i == at else word
                if word == "as":
                    i += 2
                    mark = "as well as"
                at = i + 1
            i += 1
        return self._join(paragraph, pieces)

    def bearers(self, paragraph: AnnotatedParagraph, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the subject of "that X shall" where it can act; "that the crimes must not recur" binds nobody named."""
        if self.is_actor(paragraph, start, end):
            return self.split(paragraph, start, end)
        return ()

    def can_be_addressed(self, paragraph: AnnotatedParagraph, start: int, to: int) -> bool:
        """Return whether the words before an infinitive can be an addressee."""
        if to <= start:
            return False
        tokens = paragraph.tokens
        if self.is_actor(paragraph, start, to):
            return True
        return not self.morphology.is_action_noun(self.head_of(tokens, start, to))

    def is_actor(self, paragraph: AnnotatedParagraph, start: int, end: int) -> bool:
        """Return whether a phrase names an actor or describes somebody who can act."""
        if end <= start:
            return False
        head = self.head_of(paragraph.tokens, start, end)
        return self.mention_of(paragraph, start, end) is not None or self.morphology.is_actor_noun(head)

    def mention_of(self, paragraph: AnnotatedParagraph, start: int, end: int) -> Mention | None:
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
                not in PREPOSITIONS | RELATIVES | {",", "(", "and", "or", "that", "'s", "to", "as"} | _KINDS
                and not self.morphology.of_participle(trail[0])
                and not trail[0].endswith(("ing", "ed"))
            ):
                continue
            if trail[:1] == ["'s"] and not self.morphology.is_actor_noun(trail[1] if len(trail) > 1 else ""):
                continue
            return mention
        return None

    def head_of(self, tokens: Sequence[Token], start: int, end: int) -> str:
        """Return the noun that a phrase is about, in lower case: the last word before what modifies it from behind."""
        last = ""
        for i in range(start, end):
            word = tokens[i].lower
            if (
                (word in PREPOSITIONS or word in RELATIVES or word in _CLAUSES or word in {",", "that", "and", "or"})
                and last
                and not self.morphology.is_adjective(last)
            ):
                break
            if (
                last
                and (self.morphology.is_actor_noun(last) or last.endswith("s"))
                and (self.morphology.of_participle(word) or self.morphology.of_gerund(word) or word.endswith("ed"))
            ):
                break
            if word not in DETERMINERS and word not in {"and", "or", ","}:
                last = word
        return last

    @staticmethod
    def is_inside(paragraph: AnnotatedParagraph, k: int) -> bool:
        """Return whether a token stands within the name of an actor."""
        token = paragraph.tokens[k]
        return any(
            m.kind is MentionKind.ACTOR and m.span.start < token.start for m in paragraph.mentions_at(token.span)
        )

    def _join(self, paragraph: AnnotatedParagraph, pieces: list[tuple[int, int, str]]) -> tuple[tuple[int, int], ...]:
        tokens = paragraph.tokens
        parties: list[tuple[int, int]] = []
        pending: int | None = None
        inserted = False
        for begin, stop, mark in pieces:
            first = tokens[begin].lower
            inserted = inserted and mark != "as well as"
            if inserted:
                continue
            if mark == "and," and first in INSERTERS:
                continue
            if first in EXPANDERS or (first == "in" and tokens[min(begin + 1, stop - 1)].lower == "particular"):
                skip = begin + (2 if first == "in" else 1)
                if skip < stop and self.mention_of(paragraph, skip, stop):
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
            if (self.morphology.is_adjective(last) or last.endswith("-")) and self.mention_of(
                paragraph, begin, stop
            ) is None:
                pending = origin
                continue
            pending = None
            if parties and self._is_place_more(paragraph, parties[-1], begin, stop):
                parties[-1] = (parties[-1][0], stop)
                continue
            if parties and mark in {"and", "as well as"} and self._is_tail(paragraph, parties[-1], begin, stop):
                parties[-1] = (parties[-1][0], stop)
                continue
            parties.append((origin, stop))
        return tuple(parties)

    def _is_place_more(self, paragraph: AnnotatedParagraph, party: tuple[int, int], begin: int, stop: int) -> bool:
        """Whether a piece is one more of the places that a plural names its bearers by: "States of the Sahel, X and Y"."""
        tokens = paragraph.tokens
        words = [t.lower for t in tokens[party[0] : party[1]]]
        at = next((k for k, w in enumerate(words) if w in {"of", "in"}), None)
        if at is None or not self.head_of(tokens, *party).endswith("s"):
            return False
        tail = [t for t in tokens[party[0] + at + 1 : party[1]] if t.lower != "the"]
        piece = [t for t in tokens[begin:stop] if t.lower != "the"]
        if not all(t.text[:1].isupper() for t in (*tail[:1], *piece)) or not piece:
            return False
        mention = self.mention_of(paragraph, begin, stop)
        inner = self.mention_of(paragraph, party[0] + at + 1, party[1])
        return (mention is None or mention.type in PLACES) and (inner is None or inner.type in PLACES)

    def _is_tail(self, paragraph: AnnotatedParagraph, party: tuple[int, int], begin: int, stop: int) -> bool:
        """Whether a piece belongs to the relative clause or postmodifier of the party before it."""
        tokens = paragraph.tokens
        words = [t.lower for t in tokens[party[0] : party[1]]]
        if self.mention_of(paragraph, begin, stop) is not None and tokens[begin].text[:1].isupper():
            return False
        piece = tokens[begin].lower
        in_clause = any(w in RELATIVES or w == "that" for w in words)
        in_participle = any(self.morphology.of_participle(w) or w.endswith("ing") for w in words[1:])
        head = self.head_of(tokens, begin, stop)
        done = self.morphology.is_action_noun(head) and not self.morphology.is_actor_noun(head)
        if done and any(w in {"on", "for", "of"} for w in words):
            return True
        if piece in DETERMINERS or self.morphology.is_actor_noun(head):
            return (
                in_clause
                and self.mention_of(paragraph, begin, stop) is None
                and not self.morphology.is_actor_noun(head)
            )
        return in_clause or in_participle or any(w in {"in", "of", "for", "on"} for w in words)

    @staticmethod
    def _before_relative(tokens: Sequence[Token], start: int, end: int) -> int:
        """Leave out a clause without commas: "donors that support A, B and C" is one party, "States when they do" too."""
        for i in range(start + 1, end):
            if tokens[i].lower in {"that", "who", "which", *_CLAUSES} and tokens[i - 1].lower != ",":
                return i
        return end

    @staticmethod
    def _in_brackets(tokens: Sequence[Token], start: int, i: int) -> bool:
        depth = 0
        for t in tokens[start:i]:
            depth += (t.lower == "(") - (t.lower == ")")
        return depth > 0

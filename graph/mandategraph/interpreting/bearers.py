"""Who bears what a clause states: the parties it names, whom its pronouns mean, and whom it takes from what stands before it.

In: a clause and the token ranges of its parties. Out: `Party` records, each with the rule that made it a bearer.

Rule: annotation guidelines, field `addressees`, and the sections *Section heads* and *Chairs' letters*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mandategraph.interpreting.clauses import Clause
from mandategraph.interpreting.complements import ComplementReader
from mandategraph.interpreting.context import Walk, agrees, is_plural
from mandategraph.interpreting.fields import source_of
from mandategraph.interpreting.grammar import Grammar
from mandategraph.interpreting.shapes import Complement
from mandategraph.phrasing.words import is_clitic
from mandategraph.records import Act, Annotated, AnnotatedParagraph, Genre, Mention, MentionKind, Party, Statement
from mandategraph.records.phrases import PhraseKind

_PRONOUNS = frozenset("it them him her us they we he she i my you one".split())
# Forms in which "I" is who issues the document.
_SIGNED = frozenset({Genre.LETTER, Genre.REPORT})
_GROUPS = frozenset("parties groups authorities government states".split())


@dataclass(frozen=True, slots=True)
class BearerReader:
    """Reads the bearers of one paragraph's clauses.

    Attributes:
        walk: what was read before; the speaker of a commitment is kept there.
        complements: the reader of the paragraph's phrases.
        clauses: of the paragraph, in reading order.
    """

    grammar: Grammar
    annotated: Annotated
    paragraph: AnnotatedParagraph
    walk: Walk
    complements: ComplementReader
    clauses: Sequence[Clause]
    issuer: str | None

    def named(self, ranges: Iterable[tuple[int, int]], rule: str = "PTY-coordination") -> tuple[Party, ...]:
        """Return token ranges as parties."""
        return self.grammar.parties(self.annotated, self.paragraph, ranges, rule, read=self.complements)

    def committing(self, clause: Clause) -> tuple[Party, ...]:
        """Return who commits himself: the subject of the clause, else the issuer."""
        said = clause.subject or clause.speaker
        if said is None:
            return self.walk.we if self.walk.we and not self.issuer else (Party("", None, self.issuer, "PTY-issuer"),)
        party = self.named([said], "PTY-speaker")[0]
        if party.surface.lower() in _PRONOUNS:
            is_signed = self.paragraph.section.genre in _SIGNED and party.surface.lower() in {"i", "my"}
            return (replace(party, actor=self.issuer if is_signed else self.walk.speaker),)
        self.walk.speaker = party.actor
        return (party,)

    def inherited(self, clause: Clause, complement: Complement, previous: Statement | None) -> tuple[Party, ...]:
        """Return the bearer that a directive takes from the clause before it, its letter, or its section head."""
        if clause.act is Act.AUTHORIZATION:
            return ()
        before = self.paragraph.tokens[clause.begin - 1].lower if clause.begin else ""
        earlier = self.paragraph.tokens[clause.begin - 2].lower if clause.begin > 1 else ""
        if complement.shape == "noun" and before == "and" and earlier != "," and previous and previous.is_obligation:
            return tuple(replace(p, rule="PTY-previous") for p in previous.addressees)
        if self.paragraph.paragraph.depth == 0:
            return ()
        return self.walk.letters.get(self.paragraph.paragraph.lead_in or "", ()) or self.walk.head

    def resolve(self, party: Party, clause: Clause, previous: Statement | None) -> tuple[Party, ...]:
        """Return a pronoun with the actor it stands for, and "the Committee" as each of those the letter goes to."""
        word = self._word(party)
        if word == "you":
            return (replace(party, actor=self.walk.addressed, rule="PTY-pronoun"),)
        if word in _PRONOUNS:
            return (replace(party, actor=self._antecedent(word, clause, previous), rule="PTY-pronoun"),)
        for addressed in self.walk.head:
            if set(word.split()) <= set(addressed.surface.lower().split()) and word.split()[-1] in _GROUPS:
                return (replace(party, actor=addressed.actor, rule="PTY-section-head"),)
        head = re.fullmatch(r"[Tt]he ([A-Z]\w+)", party.surface)
        letter = self.walk.letters.get(self.paragraph.paragraph.lead_in or "", ())
        if head and len(letter) > 1:
            same = [p for p in letter if p.actor and head[1] in self.grammar.labels.get(p.actor, "")]
            if len(same) > 1:
                return tuple(replace(party, actor=p.actor, rule="PTY-letter") for p in same)
        return (party,)

    def alone(self) -> tuple[Party, ...]:
        """Return who stands alone in a paragraph that opens a list: "The Office:"; nobody where it says more."""
        reach, words = self.complements.reach, self.paragraph.tokens
        said = [p.kind for p in reach.phrases[:-1]]
        is_name = bool(said) and words[-1].text == ":" and set(said) <= {PhraseKind.NOUN, PhraseKind.PREPOSITION}
        if not is_name or not self.complements.parties.is_actor(0, len(said)):
            return ()
        return self.named([(0, len(words) - 1)], "PTY-lead-in")

    def _word(self, party: Party) -> str:
        """Return a party in words of the grammar, where it is one word; else as printed, in lower case."""
        if self.paragraph.glossed is not None:
            for token in self.paragraph.tokens:
                if source_of(self.annotated, self.paragraph, token.span) == party.span:
                    return token.lower
        return party.surface.lower()

    def before_verb(self, clause: Clause, previous: Statement | None) -> tuple[Party, ...]:
        """Return whom the pronoun before a stating verb addresses, where a glossary marks one: "et le prie de"."""
        tokens = self.paragraph.tokens
        word = tokens[clause.begin - 1].lower if clause.begin else ""
        if not is_clitic(word):
            return ()
        actor = self._antecedent(word.removeprefix("to-").rstrip("="), clause, previous)
        span = source_of(self.annotated, self.paragraph, tokens[clause.begin - 1].span)
        return (Party(tokens[clause.begin - 1].text, span, actor, "PTY-pronoun"),)

    def _antecedent(self, pronoun: str, clause: Clause, previous: Statement | None) -> str | None:
        """Return whom the statement before addresses, where it is one party that agrees, else the nearest such actor."""
        if (
            previous
            and len(previous.addressees) == 1
            and is_plural(previous.addressees[0].surface) == (pronoun in {"them", "they"})
        ):
            return previous.addressees[0].actor
        here = [
            m
            for m in self.paragraph.mentions
            if m.kind is MentionKind.ACTOR and m.span.start < self.paragraph.tokens[clause.begin].start
        ]
        clauses = [c for c in self.clauses if c.begin < clause.begin]
        ordered: list[Mention] = []
        for earlier in reversed(clauses):
            left, right = self.paragraph.tokens[earlier.begin].start, self.paragraph.tokens[earlier.end - 1].end
            ordered.extend(m for m in here if left <= m.span.start < right)
        for m in ordered + self.walk.named.get(self.paragraph.paragraph.lead_in or self.walk.last_label, []):
            if m.entity and m.entity != self.issuer and agrees(pronoun, m):
                return m.entity
        return None

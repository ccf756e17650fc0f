"""What a clause does, now that its complement is read: directive, authorization, prohibition, decision, commitment.

In: a clause and where its complement ends. Out: the complement and the act. "decides to extend" is a decision, "decides
that all States shall freeze" a directive, "stresses that X shall not" a prohibition, "decides to remain seized" a
commitment of the speaker.

Rule: annotation guidelines, field `act`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from mandategraph.interpreting.boundaries import skip_adverbs
from mandategraph.interpreting.clauses import Clause
from mandategraph.interpreting.complements import ComplementReader
from mandategraph.interpreting.shapes import Complement
from mandategraph.records import Act, AnnotatedParagraph, Genre
from mandategraph.records.phrases import PhraseKind

_CLAUSE = frozenset({PhraseKind.OPENER, PhraseKind.VERB})


class ActReader:
    """Reads the acts of one paragraph's clauses."""

    def __init__(self, paragraph: AnnotatedParagraph, complements: Callable[[], ComplementReader]) -> None:
        self.paragraph = paragraph
        self.tokens = paragraph.tokens
        self._make = complements

    @cached_property
    def complements(self) -> ComplementReader:
        """The reader of complements, made when a clause has one: many only assert."""
        return self._make()

    def read(self, clause: Clause, end: int) -> tuple[Complement, Act]:
        """Return the complement of a clause, and its act now that the complement is known."""
        frame, start = clause.trigger.frame, clause.after
        if frame == "express" or clause.act is not clause.trigger.act:
            start = self._after_noun(clause)
        if clause.trigger.verb == "commit" or frame == "pledge":
            return self._pledge(start, end), Act.COMMITMENT
        if frame == "norm" and clause.subject is not None:
            return self.complements.read_norm(clause.subject, clause.begin, end), clause.act
        if frame == "turn" and clause.subject is not None:
            return self._turned(clause, clause.subject, end), clause.act
        if clause.verb == "express intent" or (clause.act is Act.COMMITMENT and frame != "self"):
            return self.complements.read_self(start, end), Act.COMMITMENT
        if frame == "self":
            return self._decision(clause, start, end)
        if frame == "object-that" and clause.act is not Act.DIRECTIVE:
            return self._stressed(clause, start, end)
        if clause.act in {Act.DIRECTIVE, Act.AUTHORIZATION} and frame in {
            "addressee",
            "noun",
            "express",
            "object",
            "object-that",
        }:
            return self._directive(clause, start, end)
        if clause.act is Act.DECISION:
            read = self.complements
            at = read.past_inserted(start, end)
            if at < end and self.tokens[at].lower == "that":
                return replace(read.read_that(at + 1, end), addressees=()), Act.DECISION
            complement = read.read_self(start, end)
            complement = complement if complement.actions else read.nouns.read_noun(start, end)
            return replace(complement, addressees=()), Act.DECISION
        return Complement(acts_from=start), clause.act

    def _turned(self, clause: Clause, subject: tuple[int, int], end: int) -> Complement:
        """Return the complement of a turn of speech: "grateful if you would do", "is my intention to do", "it is recommended that X do", "actions to be taken by X are"."""
        read, reach = self.complements, self.complements.reach
        if clause.act is Act.COMMITMENT:
            return read.read_self(clause.after, end)
        if self.tokens[subject[0]].lower == "it":
            return read.read_that(clause.after, end)
        if subject[0] < clause.after:
            return replace(read.read_that(clause.after - 1, end), addressees=(subject,))
        stop = reach.end(end)
        verb = next((k for k in range(reach.at(subject[1]), stop) if reach.phrases[k].word in {"be", "include"}), stop)
        addressees = read.parties.split(reach.at(subject[0]), reach.at(subject[1]))
        if reach.is_mark(stop - 1, ":"):
            return Complement(addressees, (), reach.token(stop - 1), shape="to")
        return replace(read.nouns.read_noun(reach.token(verb + 1), end), addressees=addressees)

    def _after_noun(self, clause: Clause) -> int:
        """Return the index behind the noun of "expresses its ..." and behind where that was made: "its call in ... for"."""
        nouns = self.complements.morphology.tables.nouns
        at = next((i + 1 for i in range(clause.after, clause.end) if self.tokens[i].lower in nouns), clause.after)
        if at < clause.end and self.tokens[at].lower in {"in", "made", "contained"}:
            reach = range(at + 1, min(at + 20, clause.end))
            return next((k for k in reach if self.tokens[k].lower in {"for", "to", "upon", "on", "that"}), at)
        return at

    def _directive(self, clause: Clause, start: int, end: int) -> tuple[Complement, Act]:
        read, tokens = self.complements, self.tokens
        if (told := self._told(start, end)) is not None:
            return told, clause.act
        if clause.verb in {"appeal", "recommend"} and start < end and tokens[start].lower in {"to"}:
            start += 1
        noun_only = clause.trigger.frame != "addressee" or (
            clause.verb == "appeal" and tokens[min(start, end - 1)].lower == "for"
        )
        bare = start + 1 < end and tokens[start].lower == "to" and read.morphology.is_verb(tokens[start + 1].lower)
        if noun_only and not bare and start < end and tokens[start].lower in {"for", "to", "on", "upon"}:
            noun_only = tokens[start].lower == "for"
            start += 1
        if clause.verb == "recommend" and (to := self._recommended_to(start, end)):
            reach = read.reach
            ranges = read.parties.split(reach.at(to[0]), reach.end(to[1]))
            return Complement(ranges, (), to[1], shape="noun"), clause.act
        complement = read.read_directive(start, end, noun_only=noun_only)
        act = clause.act
        if complement.is_negated and complement.modal in {"shall", "must", "should"}:
            act = Act.PROHIBITION
        if clause.act is Act.AUTHORIZATION and complement.shape == "noun" and not complement.addressees:
            complement = replace(complement, addressees=())
        return complement, act

    def _told(self, start: int, end: int) -> Complement | None:
        """Return the complement of "recommends to the Assembly that it do", "its request to X that he do", or None where it has another form."""
        reach = self.complements.reach
        i, stop = reach.at(start), reach.end(end)
        opener = next((k for k in range(i, stop) if reach.phrases[k].kind in _CLAUSE), None)
        if i >= stop or reach.phrases[i].word != "to" or opener is None or reach.phrases[opener].word != "that":
            return None
        told = self.complements.parties.split(i + 1, opener)
        return replace(self.complements.read_that(reach.token(opener + 1), end), addressees=told) if told else None

    def _recommended_to(self, start: int, end: int) -> tuple[int, int] | None:
        """ "recommend the following to the Security Council"."""
        for i in range(start, min(end, start + 5)):
            if self.tokens[i].lower == "to" and self.tokens[i - 1].lower in {"following"}:
                stop = next((k for k in range(i + 1, end) if self.tokens[k].lower in {":", ",", ";", "."}), end)
                return i + 1, stop
        return None

    def _decision(self, clause: Clause, start: int, end: int) -> tuple[Complement, Act]:
        """Return a decision, or the directive or prohibition that "decides that X shall" is."""
        read, tokens = self.complements, self.tokens
        start = read.past_inserted(start, end)
        if start < end and tokens[start].lower == "that":
            complement = read.read_that(start + 1, end)
            if complement.modal == "may" and complement.addressees:
                return complement, Act.AUTHORIZATION
            if complement.shape == "that" and not complement.modal and not complement.actions:
                return self._copular(start + 1, end), Act.DECISION
            modal = complement.modal in {"shall", "should", "must"}
            acting = bool(complement.addressees)
            if modal and acting and not complement.is_passive:
                if complement.is_negated:
                    return complement, Act.PROHIBITION
                if self._is_own(complement):
                    return complement, Act.COMMITMENT
                if complement.actions and not self._is_of_state(complement):
                    more = [p for p in self._parts(start, end)[1:] if p.modal == "shall" and p.addressees and p.actions]
                    return _merged([self._parts(start, end)[0], *more]), Act.DIRECTIVE
            return complement, Act.DECISION
        complement = read.read_self(start, end)
        said = clause.subject or clause.speaker
        is_declared = said is None and self.paragraph.section.genre is Genre.DECLARATION
        if is_declared or (said is not None and tokens[said[0]].lower in {"we", "i"}):
            return complement, Act.COMMITMENT
        is_kept = complement.actions[:1] in (("remain",), ("keep",), ("continue",))
        if is_kept and any(token.lower == "seized" for token in tokens[start:end]):
            return complement, Act.COMMITMENT
        if clause.act is Act.COMMITMENT:
            return complement, Act.COMMITMENT
        if not complement.actions:
            complement = replace(read.nouns.read_noun(start, end), addressees=()) if start < end else complement
        return complement, Act.DECISION

    def _is_own(self, complement: Complement) -> bool:
        """Return whether "that it shall" speaks of the issuer itself."""
        return len(complement.addressees) == 1 and self.tokens[complement.addressees[0][0]].lower == "it"

    def _copular(self, start: int, end: int) -> Complement:
        """ "that the priority of X remains to support": the action stands behind "is to" or "remains to"."""
        return replace(self.complements.read_self(start, end), shape="that")

    def _stressed(self, clause: Clause, start: int, end: int) -> tuple[Complement, Act]:
        """ "stresses that X should", "reaffirms its decision that X shall": a directive where a modal of duty follows, else an assertion."""
        read, tokens = self.complements, self.tokens
        start = self._past_decision(read.past_inserted(start, end), end)
        if start >= end or tokens[start].lower != "that":
            return Complement(acts_from=start), clause.act
        parts = self._parts(start, end)
        bound = [p for p in parts if p.modal in {"shall", "should", "must"} and p.actions and not self._is_state(p)]
        if not bound or parts[0].modal not in {"shall", "should", "must"}:
            return Complement(acts_from=start), clause.act
        act = Act.PROHIBITION if bound[0].is_negated else Act.DIRECTIVE
        if self._is_own(bound[0]) and bound[0].modal == "shall":
            act = Act.COMMITMENT
        return _merged(bound), act

    def _past_decision(self, start: int, end: int) -> int:
        """Return the index of what was decided, "that ...", where an older decision is said again: "its decision in resolution N that"."""
        words = [token.lower for token in self.tokens[start:end]]
        if words[:1] != ["its"] or words[1:2] not in (["decision"], ["decisions"]) or words[2:3] == ["to"]:
            return start
        return start + words.index("that") if "that" in words else start

    def _is_state(self, complement: Complement) -> bool:
        """Return whether a clause without a bearer tells how things shall be: "the measures shall continue to apply"."""
        if complement.addressees or complement.is_passive:
            return False
        return self._is_of_state(complement)

    def _is_of_state(self, complement: Complement) -> bool:
        """Return whether the action is that something is so: "be", "continue to apply"."""
        at = complement.acts_from
        inner = [t.lower for t in self.tokens[at + 1 : at + 4]] if complement.actions[0] == "continue" else []
        states = self.complements.reach.words.tables.word_classes["stative"]
        return not states.isdisjoint((complement.actions[0], *inner))

    def _parts(self, start: int, end: int) -> list[Complement]:
        """Return the readings of "that X shall ... and that Y shall ...", the first "that" at `start`."""
        tokens = self.tokens
        begins = [start + 1] + [
            i + 1 for i in range(start + 1, end) if tokens[i].lower == "that" and tokens[i - 1].lower in {",", "and"}
        ]
        return [
            self.complements.read_that(at, begins[n + 1] - 1 if n + 1 < len(begins) else end)
            for n, at in enumerate(begins)
        ]

    def _pledge(self, start: int, end: int) -> Complement:
        """Return what a delegation's "will ...", "committed to ...-ing", "pledged its commitment to ..." binds it to."""
        at = skip_adverbs(self.tokens, start)
        item = self.complements.read_item(at, end)
        return self.complements.read_self(at, end) if item is None else replace(item, shape="to")


def _merged(parts: Sequence[Complement]) -> Complement:
    """Return coordinated clauses as one complement, each party once; where it begins and its modal are the first's."""
    parties = dict.fromkeys(party for part in parts for party in part.addressees)
    deeds = tuple(deed for part in parts for deed in part.deeds)
    return replace(parts[0], addressees=tuple(parties), deeds=deeds, shape="that")

"""What a verb takes: addressees and head verbs of what is to be done.

In: the phrases after an operative verb. Out: where the addressees stand, and the head verbs or nouns of the action. The complement has one of
three shapes: "X to do", "that X shall do", and a noun ("the inclusion of").

Rule: annotation guidelines, fields `addressees` and `actions`.
"""

from __future__ import annotations

from dataclasses import replace

from mandategraph.interpreting.agents import agents
from mandategraph.interpreting.nominal import NounReader
from mandategraph.interpreting.parties import PartyReader, Ranges
from mandategraph.interpreting.shapes import Complement
from mandategraph.interpreting.wording import Placed, place
from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.verblists import coordinated
from mandategraph.phrasing.words import PRONOUNS, Morphology
from mandategraph.records.phrases import PhraseKind, Phrases, VerbForm

_PASSED_ON = dict.fromkeys("authorize mandate permit entitle empower".split(), "may") | dict.fromkeys(
    "request invite ask instruct direct urge encourage require expect".split(), "shall"
)
"""Verbs whose passive passes an act on, "that X be requested to do", and the modal that says the same."""
_REFLEXIVES = frozenset("ourselves itself themselves myself".split())
_THEIRS = frozenset("they their it its".split())
_CLAUSAL = frozenset({VerbForm.FINITE, VerbForm.BASE, VerbForm.INFINITIVE})


class ComplementReader:
    """Reads the complements of one paragraph."""

    def __init__(self, phrases: Phrases, morphology: Morphology) -> None:
        self.reach = Reach(phrases, morphology)
        self.parties = PartyReader(self.reach)
        self.nouns = NounReader(self.reach, self.parties)
        self.phrases = phrases.phrases
        self.tokens = phrases.paragraph.tokens
        self.morphology = morphology

    def past_inserted(self, start: int, end: int) -> int:
        """Return the token that a complement begins with, insertions before it left out."""
        return self.reach.token(self.reach.past_inserted(self.reach.at(start), self.reach.end(end)))

    def read_directive(self, start: int, end: int, *, noun_only: bool = False) -> Complement:
        """Return the complement of "requests", "urges", "calls upon" between two tokens."""
        reach, stop = self.reach, self.reach.end(end)
        i = reach.past_inserted(reach.at(start), stop)
        if i >= stop:
            return Complement(acts_from=start, shape="noun")
        if self.phrases[i].kind is PhraseKind.JOINT and i + 1 < stop and self.phrases[i + 1].form is VerbForm.BASE:
            i += 2
        first = self.phrases[min(i, stop - 1)]
        if first.kind is PhraseKind.OPENER and first.word == "that":
            if self.reach.is_mark(stop - 1, ":") and reach.predicate(i + 1, stop) is None:
                return Complement(self.parties.split(i + 1, stop - 1), (), self.phrases[stop - 1].begin, shape="to")
            return self.read_that(reach.token(i + 1), end)
        if first.form is VerbForm.GERUND and self._describes(i, stop):
            party = (first.begin, self.phrases[i + 1].end)
            return replace(self._addressed(i, i + 2, stop), addressees=(party,))
        if first.form is VerbForm.GERUND and not noun_only:
            return self._gerund(i, stop)
        if first.form is VerbForm.INFINITIVE and not first.modal:
            return Complement((), self._verbs(i, stop), first.head, shape="to")
        if (listed := self._before_list(i, stop)) is not None:
            return listed
        verb = reach.infinitive(i, stop)
        if verb is not None and self.parties.can_be_addressed(i, verb):
            if self._is_passive(verb):
                return self._passive(verb, stop, "to")
            if not noun_only or self.parties.is_actor(i, verb):
                return self._addressed(i, verb, stop)
        if verb is None and not noun_only and self.parties.is_actor(i, stop):
            modal = reach.predicate(i, stop)
            if modal is not None and reach.is_duty(modal):
                return self.read_that(reach.token(i), end)
            if self._is_name(i, stop):
                return Complement(self.parties.split(i, stop), (), self.phrases[stop - 1].begin, shape="to")
        return self.nouns.read_noun(reach.token(i), end)

    def _describes(self, i: int, stop: int) -> bool:
        """Return whether a gerund tells which of them is addressed: "encourages importing States to ask"."""
        if i + 2 >= stop or self.phrases[i + 2].form is not VerbForm.INFINITIVE:
            return False
        named = self.phrases[i + 1]
        return named.kind is PhraseKind.NOUN and named.begin == named.head and self.parties.can_act(i + 1)

    def _gerund(self, i: int, stop: int) -> Complement:
        """Return "encourages holding talks" with its verbs, and "encourages sharing of maps by X", a noun, with who is to act."""
        if i + 1 < stop and self.phrases[i + 1].word == "of":
            deed = place(self.reach, i, stop, self.tokens[self.phrases[i].head].lower)
            return Complement(agents(self.reach, self.parties, i, stop), (deed,), self.phrases[i].begin, shape="noun")
        deeds = tuple(place(self.reach, k, stop, self.phrases[k].word) for k in (i, *self._gerunds(i + 1, stop)))
        return Complement((), deeds, self.phrases[i].begin, shape="gerund")

    def _addressed(self, i: int, verb: int, stop: int) -> Complement:
        """Return "X to do", and "X to do and upon Y to do" with what Y is to do."""
        again, verbs_end = self._again(verb, stop)
        addressees, deeds = self.parties.split(i, verb), self._verbs(verb, verbs_end)
        if again is not None:
            addressees, deeds = (*addressees, *again.addressees), (*deeds, *again.deeds)
        return Complement(addressees, deeds, self.phrases[verb].head, shape="to")

    def _again(self, verb: int, stop: int) -> tuple[Complement | None, int]:
        """Return the second half of "calls upon X to do and upon Y to do", and where the first half ends."""
        for k in range(verb + 1, stop - 2):
            if self.phrases[k].kind is not PhraseKind.JOINT or self.phrases[k].word != "and":
                continue
            has_upon = self.phrases[k + 1].word in {"upon", "on"}
            if not has_upon and not self.reach.is_mark(k - 1, ","):
                continue
            at = k + 2 if has_upon else k + 1
            other = next((n for n in range(at, stop) if self.phrases[n].form is VerbForm.INFINITIVE), None)
            if other is None or not self.parties.is_actor(at, other) or not (has_upon or self._is_plain(at, other)):
                continue
            return self.read_directive(self.reach.token(at), self.reach.token(stop)), k
        return None, stop

    def _is_plain(self, i: int, stop: int) -> bool:
        return all(p.kind is PhraseKind.NOUN or p.word == "and" for p in self.phrases[i:stop])

    def _is_name(self, i: int, stop: int) -> bool:
        """Return whether a whole complement can be no more than a name."""
        return not any(p.kind is PhraseKind.VERB or p.word in {"that", "for", "by", ";"} for p in self.phrases[i:stop])

    def _before_list(self, i: int, stop: int) -> Complement | None:
        """Return the addressees where the actions stand in a list below or behind: "Urges X to:", "Calls upon X:", "Requests X, by May, to (a)"."""
        is_open = stop - i > 1 and self.phrases[stop - 1].word == "to"
        if stop - i < 2 or not (is_open or self.reach.is_mark(stop - 1, ":")):
            return None
        close = stop - 1 if is_open else stop - 2 if self.phrases[stop - 2].word == "to" else stop - 1
        if is_open:
            close = next((k for k in range(i + 1, close) if self.reach.is_mark(k, ",")), close)
        if close <= i or self.reach.infinitive(i, close) is not None or not self.parties.can_be_addressed(i, close):
            return None
        if (
            close == stop - 1
            and not is_open
            and (not self.parties.is_actor(i, close) or self.reach.predicate(i, close) is not None)
        ):
            return None
        return Complement(self.parties.split(i, close), (), self.phrases[stop - 1].begin, shape="to")

    def read_that(self, start: int, end: int) -> Complement:
        """Return the complement of "that X shall do", "that X do", "that Y should be done by X", "that X is authorized to do"."""
        reach, stop = self.reach, self.reach.end(end)
        i = reach.past_inserted(reach.at(start), stop)
        verb = reach.predicate(i, stop)
        if verb is None:
            return Complement(acts_from=reach.token(min(i, stop)), shape="that")
        phrase = self.phrases[verb]
        if phrase.is_passive and (modal := _PASSED_ON.get(phrase.word)) and phrase.modal in {"", "should", modal}:
            passed = next((k for k in range(verb + 1, stop) if self.phrases[k].form is VerbForm.INFINITIVE), None)
            if passed is not None:
                deeds = self._verbs(passed, stop)
                return Complement(self._subject(i, verb), deeds, self.phrases[passed].head, modal=modal, shape="that")
        copular = phrase.word in {"be", "remain"} and not phrase.modal and not phrase.is_passive
        if copular and verb + 1 < stop and self.phrases[verb + 1].form is VerbForm.INFINITIVE:
            return Complement((), self._verbs(verb + 1, stop), self.phrases[verb + 1].head, shape="that")
        if self._is_passive(verb) and not (copular and phrase.form is VerbForm.FINITE):
            return self._passive(verb, stop, "that")
        if not phrase.word or (phrase.word in {"be", "have"} and not phrase.modal and phrase.form is VerbForm.FINITE):
            subject = () if phrase.word else self._subject(i, verb)
            return Complement(subject, acts_from=phrase.begin, shape="that", modal=phrase.modal)
        deeds = self._verbs(verb, stop, is_denied_as_whole=bool(phrase.modal))
        more = self._second_clause(verb, stop)
        subject = (*self._subject(i, verb), *more.addressees)
        deeds = (*deeds, *more.deeds)
        return Complement(subject, deeds, phrase.head, phrase.is_negated, False, phrase.modal, shape="that")

    def _second_clause(self, verb: int, stop: int) -> Complement:
        """Return what "and that" goes on with where somebody is to act: "that X report and that Y meet", "and that they meet"; else nothing."""
        for k in range(verb + 1, stop - 2):
            if self.reach.is_mark(k, ";"):
                break
            opener = self.phrases[k + 1]
            if self.phrases[k].word != "and" or opener.kind is not PhraseKind.OPENER or opener.word != "that":
                continue
            again = self.read_that(self.reach.token(k + 2), self.reach.token(stop))
            subject = self.phrases[k + 2]
            is_theirs = subject.word in PRONOUNS or self.tokens[subject.begin].lower in _THEIRS
            if again.is_passive or not again.deeds or not (again.addressees or is_theirs):
                break
            return replace(again, addressees=()) if is_theirs else again
        return Complement()

    def read_norm(self, subject: tuple[int, int], begin: int, end: int) -> Complement:
        """Return the complement of "X shall do" whose subject begins before its verb, be it that of an earlier verb; "X is responsible for doing".

        Args:
            subject: its tokens, half-open.
            begin: of the modal.
            end: of the clause.
        """
        reach, stop = self.reach, self.reach.end(end)
        i = max(reach.end(begin + 1) - 1, 0)
        complement = self.read_that(reach.token(i), end)
        gerund = next((k for k in range(i + 1, min(i + 6, stop)) if self.phrases[k].form is VerbForm.GERUND), None)
        is_charged = i + 1 < stop and self.tokens[self.phrases[i + 1].head].lower == "responsible"
        if self.phrases[i].word in {"be", "have"} and (is_charged or not self.phrases[i].modal):
            infinitive = next((k for k in range(i + 1, stop) if self.phrases[k].form is VerbForm.INFINITIVE), None)
            if gerund is not None and (infinitive is None or gerund < infinitive):
                found = (gerund, *self._gerunds(gerund + 1, stop))
                done = tuple(place(reach, k, stop, self.phrases[k].word) for k in found)
            else:
                done = self._verbs(infinitive, stop) if infinitive is not None else ()
                if is_charged and not done:
                    done = self.nouns.read_noun(reach.token(min(i + 2, stop)), end).deeds
            complement = Complement((), done, reach.token(i + 1), shape="that")
        if complement.is_passive and (complement.addressees or self.phrases[i].word not in _PASSED_ON):
            return complement
        if complement.is_passive:
            complement = Complement(acts_from=complement.acts_from, shape="that")
        first, last = reach.at(subject[0]), reach.end(subject[1])
        head = self.parties.head(first, last)
        things = self.morphology.tables.word_classes["thing"]
        is_numbered = head is not None and self.tokens[self.phrases[head].end - 1].text.isdigit()
        opening = self.tokens[self.phrases[head].begin].lower if head is not None and is_numbered else ""
        is_thing = head is None or self.phrases[head].word in things or opening in things
        can_bear = not is_thing and self.parties.can_be_addressed(first, last)
        ranges = self.parties.split(first, last) if can_bear else ()
        if ranges and self.phrases[first].kind is PhraseKind.VERB:
            # "Staff members shall": a word that can be a verb begins the subject.
            ranges = ((subject[0], ranges[0][1]), *ranges[1:])
        return replace(complement, addressees=ranges)

    def _verbs(self, verb: int, stop: int, *, is_denied_as_whole: bool = False) -> tuple[Placed, ...]:
        """Return a verb and those coordinated with it as actions, each once; "not" is left out where the clause as a whole says it."""
        found: dict[str, Placed] = {}
        for k in coordinated(self.reach, verb, stop):
            head = self.phrases[k].word if is_denied_as_whole else self.reach.said(k)
            if head not in found:
                found[head] = place(self.reach, k, stop, head)
        return tuple(found.values())

    def _subject(self, i: int, verb: int) -> Ranges:
        """Return the subject of a clause where it can act; "that the crimes must not recur" binds nobody named."""
        head = self.parties.head(i, verb)
        if head is None or not (self.parties.can_act(head) or self.parties.is_bare_name(head)):
            return ()
        return self.parties.split(i, verb)

    def _is_passive(self, verb: int) -> bool:
        phrase = self.phrases[verb]
        return phrase.is_passive or phrase.word == "be"

    def _passive(self, verb: int, stop: int, shape: str) -> Complement:
        """Return "be held accountable by X": the participle's verb, and X where the text says so."""
        phrase = self.phrases[verb]
        verbs = [verb]
        for k in range(verb + 1, stop):
            other, before = self.phrases[k], self.phrases[self.reach.before_adverbs(k)]
            if self.reach.is_mark(k, ";") or (
                other.kind is PhraseKind.VERB and (other.modal or other.form in _CLAUSAL)
            ):
                break
            if other.form is VerbForm.PARTICIPLE and before.kind is PhraseKind.JOINT:
                verbs.append(k)
        found = verbs if phrase.is_passive else [verb]
        deeds = tuple(place(self.reach, k, stop, self.phrases[k].word) for k in found)
        return Complement(
            agents(self.reach, self.parties, verb, stop),
            deeds,
            phrase.begin,
            phrase.is_negated,
            True,
            phrase.modal,
            shape,
        )

    def read_self(self, start: int, end: int) -> Complement:
        """Return the complement of "decides to", "expresses its intent ... to", "commit ourselves to doing", "recommit to the launch of"."""
        stop = self.reach.end(end)
        first = self.reach.past_adverbs(self.reach.at(start), stop)
        if first < stop and self.tokens[self.phrases[first].head].lower in _REFLEXIVES:
            first = self.reach.past_adverbs(first + 1, stop)
        if first + 1 < stop and self.phrases[first].kind is PhraseKind.PREPOSITION and self.phrases[first].word == "to":
            return self._bound_to(first + 1, end)
        verb = self.reach.infinitive(self.reach.at(start), stop, nested=True)
        if verb is None:
            return Complement(acts_from=start)
        return Complement((), self._verbs(verb, stop), self.phrases[verb].head, shape="to")

    def _bound_to(self, i: int, end: int) -> Complement:
        """Return what somebody commits to behind "to": "to improving ..." and "to the implementation of ..."; a value binds to no action."""
        start = self.reach.token(i)
        item = self.read_item(start, end)
        if item is not None:
            return item
        noun = self.nouns.read_noun(start, end)
        done = tuple(deed for deed in noun.deeds if self.morphology.is_action_noun(deed.head))
        return replace(noun, addressees=(), deeds=done, shape="to")

    def read_item(self, start: int, end: int) -> Complement | None:
        """Return the action of a list item: "to protect ...", "improving ...", "ensure ...", and "Advises ..." where that is known to be a verb; None where it has none."""
        reach, stop = self.reach, self.reach.end(end)
        i = reach.past_inserted(reach.at(start), stop)
        if i >= stop or self.phrases[i].kind is not PhraseKind.VERB:
            return None
        phrase = self.phrases[i]
        if phrase.form is VerbForm.GERUND:
            deeds = tuple(place(reach, k, stop, self.phrases[k].word) for k in (i, *self._gerunds(i + 1, stop)))
            return Complement((), deeds, phrase.begin, shape="gerund")
        is_told = phrase.form is VerbForm.FINITE and phrase.begin == start and phrase.word.endswith("s")
        if is_told and (base := self.morphology.of_finite(phrase.word)):
            return Complement((), (place(reach, i, stop, base),), phrase.begin, shape="finite")
        if phrase.form not in {VerbForm.INFINITIVE, VerbForm.BASE} or phrase.word == "be":
            return None
        shape = "to" if phrase.form is VerbForm.INFINITIVE else "base"
        return Complement((), self._verbs(i, stop), phrase.begin, shape=shape)

    def _gerunds(self, i: int, stop: int) -> tuple[int, ...]:
        """Return the indices of the gerunds that are coordinated with the first of an item."""
        found = []
        is_inner = False
        for k in range(i, stop):
            phrase, before = self.phrases[k], self.phrases[self.reach.before_adverbs(k)]
            if phrase.word in {"by", "through"}:
                break
            last = self.phrases[self.reach.before_adverbs(k) - 1]
            is_noun = last.kind is PhraseKind.NOUN and self.tokens[last.head].lower.endswith("ing") and k > i
            if phrase.form is not VerbForm.GERUND or is_noun:
                continue
            again = self.phrases[self.reach.before_adverbs(k) - 1].kind is PhraseKind.JOINT and before.word == "to"
            if again and not is_inner:
                found.append(k)
                continue
            is_inner = before.kind is PhraseKind.PREPOSITION or (is_inner and not self.reach.is_mark(k - 2, ","))
            if is_inner:
                continue
            if before.kind is PhraseKind.JOINT or (k == i + 1 and self.reach.is_mark(i, ",")):
                found.append(k)
        return tuple(found)

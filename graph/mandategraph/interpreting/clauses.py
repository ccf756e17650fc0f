"""Which verbs of a paragraph state something, and how far each statement reaches.

In: an annotated paragraph. Out: its clauses in reading order, each a trigger with the tokens that belong to it. A
verb states where it opens the paragraph or, after a comma, semicolon or "and", goes on with the chain of the opening:
"Urges ..., welcomes ... and further requests ...". A form that is a noun there ("its requests in"), that modifies
("measures already taken"), or that stands within what is reported ("in which he calls on ...") states nothing.

Rule: annotation guidelines, section on statements.jsonl.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mandategraph.interpreting.boundaries import Begun, Manner, Places, boundary_is_strong, skip_adverbs
from mandategraph.interpreting.candidates import Candidates
from mandategraph.interpreting.narrative import SPOKEN, Narrator
from mandategraph.lexicon import Tables
from mandategraph.phrasing.words import DETERMINERS, RELATIVES, Morphology, is_adverb, is_clitic
from mandategraph.records import Act, AnnotatedParagraph, Genre, ParagraphKind, Status, Token, Trigger

_TRAILING = frozenset({"and", "while", ",", ";", "but", "."})
# Tokens that a phrase before the subject of a sentence has at most.
_PHRASE = 12
# Forms whose statements open their paragraphs.
_DRAFTED = frozenset({Genre.RESOLUTION, Genre.PRESIDENTIAL_STATEMENT, Genre.NOTE, Genre.OTHER})


@dataclass(frozen=True, slots=True)
class Clause:
    """A stating verb with its reach.

    Attributes:
        trigger: the verb.
        verb: lemma, with the noun where the verb expresses one ("express concern").
        act: of verb and noun, before the complement is read.
        begin: index of the verb's first token; `after`: of the first token after it; `end`: one past the last token
            of the statement.
        start: index of the token from which what belongs to the clause is read, where that is not its verb: "If a member objects, the Chair shall".
        subject: tokens of the speaker's own subject where one is printed, else None; `speaker`: those of the last pronoun before that
            speaks.
    """

    trigger: Trigger
    verb: str
    act: Act
    strength: int
    begin: int
    after: int
    end: int
    subject: tuple[int, int] | None = None
    speaker: tuple[int, int] | None = None
    start: int | None = None


class ClauseFinder:
    """Finds clauses with one set of tables."""

    def __init__(self, tables: Tables, morphology: Morphology) -> None:
        self.tables = tables
        self.morphology = morphology
        self.places = Places(self.morphology)
        self._opening = frozenset(verb.rule for verb in tables.verbs if verb.place == "opening")
        self.narrator = Narrator(tables, self.morphology, self.places, self._opening)
        self._candidates = Candidates(tables)

    def states_anywhere(self, trigger: Trigger) -> bool:
        """Return whether a verb states also elsewhere than at the head of a paragraph of its own."""
        return trigger.rule not in self._opening

    def find(self, paragraph: AnnotatedParagraph, *, is_item: bool = False) -> list[Clause]:
        """Return the clauses of a paragraph.

        Args:
            paragraph: with its verb forms.
            is_item: the paragraph is a list item whose first verb states a task of its lead-in, so that only the
                verbs after it are looked for.
        """
        tokens = paragraph.tokens
        if not tokens:
            return []
        candidates = self._candidates.of(paragraph)
        manner = Manner.FINITE if is_item else self._manner(paragraph, candidates)
        if manner is None:
            return []
        begun: list[Begun] = []
        if manner is Manner.NARRATED:
            form = self.tables.forms[paragraph.section.genre]
            begun = self.narrator.narrated(paragraph, candidates, form, listed=self._listed(paragraph, candidates))
        else:
            begun = self._chained(paragraph, candidates, manner, is_item=is_item)
        return self._close(tokens, begun)

    def goes_on_in_past(self, paragraph: AnnotatedParagraph) -> bool:
        """Return whether a paragraph goes on with the subject of its lead-in in the past tense: "(a) Welcomed"."""
        return bool(paragraph.paragraph.depth) and self._listed(paragraph, self._candidates.of(paragraph)) == "past"

    def infinitive(self, paragraph: AnnotatedParagraph) -> Clause | None:
        """Return the clause of a paragraph that opens with the infinitive of a stating verb, be it without "to": "To call upon both sides to"."""
        tokens = paragraph.tokens
        at = skip_adverbs(tokens, 1 if tokens[0].lower == "to" else 0)
        trigger = next(
            (
                t
                for t in paragraph.triggers
                if at < len(tokens) and t.span.start == tokens[at].start and t.form == "base"
            ),
            None,
        )
        return self._close(tokens, [(at, trigger, None)])[0] if trigger is not None else None

    # how the paragraph opens

    def _manner(self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]]) -> Manner | None:
        first = skip_adverbs(paragraph.tokens, 0)
        forms = {t.form for t in candidates.get(first, ())}
        recommended = paragraph.section.status is Status.RECOMMENDED
        if "base" in forms and recommended:
            return Manner.BASE
        if paragraph.section.genre in SPOKEN or self._listed(paragraph, candidates):
            return Manner.NARRATED
        if self.narrator.pledges(paragraph, first):
            return Manner.NARRATED
        if "participle" in forms:
            if self._turns_to_issuer(paragraph, candidates):
                return Manner.NARRATED
            return Manner.PARTICIPLE
        if "finite" in forms and not self.places.is_noun(paragraph.tokens, first):
            return Manner.FINITE
        if paragraph.section.genre not in _DRAFTED:
            return Manner.NARRATED
        is_told = paragraph.section.genre is Genre.PRESIDENTIAL_STATEMENT
        if paragraph.section.issuer and (is_told or self._opens_with_issuer(paragraph, candidates)):
            return Manner.NARRATED
        return None

    def _listed(self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]]) -> str:
        """Return the form of the verb with which a paragraph goes on with the subject of its lead-in: "(a) Welcomed"; else ""."""
        first = skip_adverbs(paragraph.tokens, 0)
        speakers = self.tables.forms[paragraph.section.genre].speakers
        forms = {trigger.form for trigger in candidates.get(first, ())}
        is_open = paragraph.paragraph.depth or _asks_in_past(paragraph, first, candidates)
        if "past" in forms and is_open and "past" in speakers.get("body", ()):
            return "past"
        is_spoken = paragraph.section.genre is Genre.DECLARATION and not paragraph.paragraph.depth
        return "base" if is_spoken and paragraph.tokens[0].text[:1].isupper() else ""

    def _opens_with_issuer(self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]]) -> bool:
        """A statement in the third person: "The Security Council further encourages", "It calls on"."""
        words = [t.lower for t in paragraph.tokens[:14] if t.lower not in {'"', "'"}]
        issuer = paragraph.section.issuer.lower().split()
        named = any(words[i : i + len(issuer)] == issuer for i in range(len(words)))
        return words[:1] in (["it"], ["they"]) or named or words[1:2] == issuer[-1:]

    def _turns_to_issuer(self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]]) -> bool:
        """A sentence that opens with a participle and has the issuer as its subject: "Recalling ..., the Council urges"."""
        tokens = paragraph.tokens
        for i, triggers in candidates.items():
            if any(t.form in {"finite", "base", "past"} and t.rule not in self._opening for t in triggers):
                form = self.tables.forms[paragraph.section.genre]
                subject = self.narrator.subject(paragraph, i, form)
                opens = {"the", *form.speakers}
                if subject and tokens[subject[0]].lower in opens and tokens[subject[0] - 1].lower == ",":
                    return True
        return False

    # chains

    def _chained(
        self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]], manner: Manner, *, is_item: bool
    ) -> list[Begun]:
        tokens = paragraph.tokens
        first = skip_adverbs(tokens, 0)
        begun: list[Begun] = []
        covered = -1
        swallowed = False
        for i in sorted(candidates):
            if i < covered:
                continue
            if any(t.form == "finite" for t in candidates[i]) and self.places.has_pronoun(tokens, i):
                swallowed = True
            if i != first and (renewed := self._begins_anew(paragraph, i, candidates[i])):
                begun.append(renewed)
                covered, swallowed = i + self.places.length(tokens, i, renewed[1]), False
                continue
            trigger = self._pick(candidates[i], manner, opens=i == first and not is_item)
            if trigger is None and manner is Manner.PARTICIPLE and paragraph.paragraph.kind is ParagraphKind.OPERATIVE:
                trigger = _resolving(candidates[i])
            if trigger is None:
                continue
            if i == first and not is_item:
                accepted = True
            else:
                boundary = self.places.boundary(tokens, i)
                accepted = boundary is not None and self._goes_on(
                    tokens, i, trigger, manner, boundary, swallowed=swallowed
                )
            if accepted:
                begun.append((i, trigger, None))
                covered = i + self.places.length(tokens, i, trigger)
                if boundary_is_strong(tokens, i):
                    swallowed = False
        return begun

    def _begins_anew(self, paragraph: AnnotatedParagraph, i: int, triggers: Sequence[Trigger]) -> Begun | None:
        """Return a verb that has the issuer as its subject in a later sentence or clause: "... . The Council also requests".

        A pronoun is the issuer where the verb speaks to somebody: "It urges", but not "It supports".
        """
        trigger = next((t for t in triggers if t.form == "finite" and t.rule not in self._opening), None)
        form = self.tables.forms[paragraph.section.genre]
        subject = self.narrator.subject(paragraph, i, form) if trigger else None
        if trigger is None or subject is None or not _opens_sentence(paragraph.tokens, subject[0]):
            return None
        is_named = subject[1] - subject[0] > 1
        return (i, trigger, subject) if is_named or trigger.frame == "addressee" else None

    def _pick(self, triggers: Sequence[Trigger], manner: Manner, *, opens: bool) -> Trigger | None:
        """Return the reading of a form that fits how the paragraph opens."""
        preferred = {
            Manner.FINITE: ("finite", "participle"),
            Manner.PARTICIPLE: ("participle",),
            Manner.BASE: ("base", "participle"),
        }[manner]
        for form in preferred[:1] if opens else preferred:
            for trigger in triggers:
                if trigger.form == form:
                    return trigger
        return None

    def _goes_on(
        self, tokens: Sequence[Token], i: int, trigger: Trigger, manner: Manner, boundary: str, *, swallowed: bool
    ) -> bool:
        """Return whether a verb after a boundary goes on with the chain; "not only ..., but also" goes on with a clause inside it."""
        is_paired = boundary.endswith("but") and any(
            tokens[k].lower == "not" and tokens[k + 1].lower == "only" for k in range(i - 1)
        )
        if is_paired:
            return False
        if trigger.frame in {"remain", "act-under"}:
            return False
        is_marked = len(tokens[i].text) > 1 and tokens[i].text.isupper()
        if trigger.rule in self._opening and not (is_marked or self._reopens(tokens, i, trigger, manner, boundary)):
            return False
        following = (
            tokens[i + self.places.length(tokens, i, trigger)].lower
            if i + self.places.length(tokens, i, trigger) < len(tokens)
            else ""
        )
        if trigger.form == "participle":
            if trigger.frame == "adjective":
                return (
                    following in {"about", "at", "by", "over", "that", "also", "with", "further", "in", "of", "to"}
                    and boundary != ";while"
                )
            if swallowed and boundary in {",", "and", ",and"}:
                return False
            if following in {"and", "or"} and self.morphology.of_gerund(tokens[min(i + 2, len(tokens) - 1)].lower):
                return False
            if boundary == "and" and self.places.follows_gerund(tokens, i):
                return False
            if manner is Manner.PARTICIPLE:
                return boundary not in {".", ":"} or trigger.frame == "addressee"
            return boundary in {",", ",and", "while", ",while", ";", ";and"} and not self.places.after_including(
                tokens, i
            )
        if trigger.form == "finite":
            return not self.places.is_noun(tokens, i) and not self.places.is_reported(tokens, i) and boundary != "while"
        if trigger.form == "base":
            return (
                boundary in {"and", ",and", ";", ",", "."}
                and following not in {",", "and", "of"}
                and trigger.frame == "addressee"
            )
        return False

    def _reopens(self, tokens: Sequence[Token], i: int, trigger: Trigger, manner: Manner, boundary: str) -> bool:
        """Whether a verb that mostly opens a paragraph goes on with one: ", and mindful of", ", and supports efforts".

        What stands since the last semicolon must hold no clause of its own that the verb could belong to.
        """
        if boundary not in {",and", ";", ";and"}:
            return False
        if manner is Manner.PARTICIPLE and trigger.form == "participle":
            return trigger.frame in {"adjective", "fixed"} or trigger.verb == "echo" or tokens[i - 1].lower == "having"
        if manner is not Manner.FINITE or trigger.form != "finite" or trigger.verb not in {"support", "bear in mind"}:
            return False
        start = next((k for k in range(i - 1, -1, -1) if tokens[k].lower == ";"), -1)
        return not any(t.lower in RELATIVES or t.lower == "that" for t in tokens[start + 1 : i])

    # reach

    def _close(self, tokens: Sequence[Token], begun: list[Begun]) -> list[Clause]:
        clauses = []
        speaker: tuple[int, int] | None = None
        for n, (i, trigger, subject) in enumerate(begun):
            speaker = subject if subject is not None and subject[1] - subject[0] == 1 else speaker
            stop = begun[n + 1][0] if n + 1 < len(begun) else len(tokens)
            if n + 1 < len(begun) and (later := begun[n + 1][2]):
                stop = min(stop, later[0])
            followed = n + 1 < len(begun)
            while stop > i + 1 and (
                (followed and (is_adverb(tokens[stop - 1].lower) or is_clitic(tokens[stop - 1].lower)))
                or tokens[stop - 1].lower in _TRAILING
            ):
                stop -= 1
            after = i + self.places.length(tokens, i, trigger)
            verb, act, strength = trigger.verb, trigger.act, trigger.strength
            if trigger.frame == "express" or trigger.verb in {"reiterate", "renew", "repeat", "reaffirm"}:
                verb, act, strength = self._expressed(tokens, after, stop, trigger)
            clauses.append(Clause(trigger, verb, act, strength, i, after, max(stop, after), subject, speaker))
        return clauses

    def _expressed(self, tokens: Sequence[Token], after: int, stop: int, trigger: Trigger) -> tuple[str, Act, int]:
        """Return verb, act and strength of "express" and "reiterate" with the noun they take."""
        for k in range(after, min(after + 9, stop)):
            noun = self.tables.nouns.get(tokens[k].lower)
            if noun is not None:
                if trigger.frame == "express":
                    return f"{trigger.verb} {noun.lemma}", noun.act, noun.strength
                own = tokens[after].lower in {"its", "their", "his", "our"} and 0 < k - after < 3
                if own and noun.act in {Act.DIRECTIVE, Act.COMMITMENT}:
                    return trigger.verb, noun.act, noun.strength
                if tokens[after].lower == "our" and noun.lemma == "commitment":
                    return trigger.verb, Act.COMMITMENT, noun.strength
                return trigger.verb, trigger.act, trigger.strength
            if tokens[k].lower in {"that", ";", "of", "to"} or (tokens[k].lower == "the" and k > after):
                break
        return trigger.verb, trigger.act, trigger.strength


def _asks_in_past(paragraph: AnnotatedParagraph, first: int, candidates: dict[int, list[Trigger]]) -> bool:
    """Return whether a paragraph of minutes opens with what was asked, its subject left out: "Requested the secretariat to"."""
    tokens, is_told = paragraph.tokens, paragraph.section.genre is Genre.MEETING_REPORT
    asks = any(t.form == "past" and t.frame == "addressee" for t in candidates.get(first, ()))
    return is_told and asks and first + 1 < len(tokens) and tokens[first + 1].lower in DETERMINERS


def _resolving(triggers: Sequence[Trigger]) -> Trigger | None:
    """Return the verb with which an operative paragraph goes on behind a participle: "Noting the risk, decides to"."""
    return next((t for t in triggers if t.form == "finite" and t.act is not Act.ASSERTION), None)


def _opens_sentence(tokens: Sequence[Token], start: int) -> bool:
    """Return whether a subject begins a sentence or a clause after a semicolon, be it behind a phrase: "In this regard, the Council"."""
    k = start - 1
    if k > 0 and tokens[k].lower == ",":
        k = next((n for n in range(k - 1, max(-1, k - _PHRASE), -1) if tokens[n].lower in {".", ";"}), -1)
    return k > 0 and tokens[k].lower in {".", ";"}

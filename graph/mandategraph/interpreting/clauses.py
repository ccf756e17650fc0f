"""Which verbs of a paragraph state something, and how far each statement reaches.

In: an annotated paragraph. Out: its clauses in reading order, each a trigger with the tokens that belong to it. A
verb states where it opens the paragraph or, after a comma, semicolon or "and", goes on with the chain of the opening:
"Urges ..., welcomes ... and further requests ...". A form that is a noun there ("its requests in"), that modifies
("measures already taken"), or that stands within what is reported ("in which he calls on ...") states nothing.

Rule: annotation guidelines, section on statements.jsonl.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mandategraph.interpreting.words import DETERMINERS, PREPOSITIONS, RELATIVES, Morphology, is_adverb
from mandategraph.lexicon import FORMS, Tables, Verb
from mandategraph.records import Act, AnnotatedParagraph, MentionKind, Span, Status, Token, Trigger

NOUN_LIKE = frozenset(
    "requests demands notes calls supports appeals views questions hopes thanks shares desires".split()
)
_SKIPPED = (
    ("in", "this", "regard"),
    ("in", "that", "regard"),
    ("in", "this", "context"),
    ("in", "this", "respect"),
    ("in", "this", "connection"),
    ("in", "particular"),
    ("for", "its", "part"),
    ("at", "the", "same", "time"),
    ("to", "this", "end"),
)
_TRAILING = frozenset({"and", "while", ",", ";", "but", "."})
_PRONOUNS = frozenset({"it", "they", "we", "i"})
_SUBJECTS = frozenset("he she it they".split())


class Manner(StrEnum):
    """How the verbs of a paragraph stand."""

    FINITE = "finite"
    PARTICIPLE = "participle"
    PAST = "past"
    BASE = "base"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stating verb with its reach.

    Attributes:
        trigger: the verb.
        verb: lemma, with the noun where the verb expresses one ("express concern").
        act: of verb and noun, before the complement is read.
        begin: index of the verb's first token; `after`: of the first token after it; `end`: one past the last token
            of the statement.
        subject: tokens of the speaker's own subject where one is printed, else ().
    """

    trigger: Trigger
    verb: str
    act: Act
    strength: int
    begin: int
    after: int
    end: int
    subject: tuple[int, int] | None = None


class ClauseFinder:
    """Finds clauses with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.morphology = Morphology(tables)
        self._opening = frozenset(verb.rule for verb in tables.verbs if verb.place == "opening")
        self._parts: dict[str, list[tuple[list[str], Verb, str]]] = {}
        for verb in tables.verbs:
            for form, variants in zip(FORMS, verb.forms, strict=True):
                for first, *rest in (variant.split() for variant in variants):
                    if rest:
                        self._parts.setdefault(first, []).append((rest, verb, form))

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
        at = {token.start: i for i, token in enumerate(tokens)}
        candidates: dict[int, list[Trigger]] = {}
        for trigger in paragraph.triggers:
            if trigger.span.start in at:
                i = at[trigger.span.start]
                if trigger.form == "past" and i and tokens[i - 1].lower == "having":
                    trigger = replace(trigger, form="participle")
                candidates.setdefault(i, []).append(trigger)
        for i in range(len(tokens)):
            if parted := self._parted(tokens, i):
                candidates[i] = [parted]
        for i in [i for i, found in candidates.items() if any(t.frame == "act-under" for t in found)]:
            if i + 1 >= len(tokens) or tokens[i + 1].lower not in {"under", "pursuant", "in"}:
                del candidates[i]
        manner = Manner.FINITE if is_item else self._manner(paragraph, candidates)
        if manner is None:
            return []
        begun: list[tuple[int, Trigger, tuple[int, int] | None]] = []
        if manner in {Manner.PAST, Manner.SPEECH}:
            begun = self._narrated(paragraph, candidates, manner)
        else:
            begun = self._chained(paragraph, candidates, manner, is_item=is_item)
        return self._close(tokens, begun)

    def _parted(self, tokens: Sequence[Token], i: int) -> Trigger | None:
        """Return a verb whose particle stands behind adverbs: "calls once again upon", "takes also note"."""
        variants = self._parts.get(tokens[i].lower)
        if not variants:
            return None
        k = i + 1
        while k < len(tokens) and is_adverb(tokens[k].lower):
            k += 1
        if k == i + 1:
            return None
        for rest, verb, form in variants:
            if [t.lower for t in tokens[k : k + len(rest)]] == rest:
                span = Span(tokens[i].start, tokens[k + len(rest) - 1].end)
                return Trigger(span, verb.verb, form, verb.frame, verb.act, verb.strength, verb.rule)
        return None

    # how the paragraph opens

    def _manner(self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]]) -> Manner | None:
        first = skip_adverbs(paragraph.tokens, 0)
        forms = {t.form for t in candidates.get(first, ())}
        recommended = paragraph.section.status is Status.RECOMMENDED
        if "base" in forms and recommended:
            return Manner.BASE
        if "participle" in forms:
            if paragraph.section.issuer and self._turns_to_issuer(paragraph, candidates):
                return Manner.PAST
            return Manner.PARTICIPLE
        if "finite" in forms and not self._is_noun(paragraph.tokens, first):
            return Manner.FINITE
        if paragraph.section.status is Status.STATEMENT:
            return Manner.SPEECH
        if paragraph.section.status is Status.CONCLUSIONS:
            return Manner.PAST
        if paragraph.section.issuer and self._opens_with_issuer(paragraph, candidates):
            return Manner.PAST
        return None

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
            if any(t.form == "finite" and t.rule not in self._opening for t in triggers):
                subject = self._subject(paragraph, i, Manner.PAST)
                if subject and tokens[subject[0]].lower == "the" and tokens[subject[0] - 1].lower == ",":
                    return True
        return False

    # chains

    def _chained(
        self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]], manner: Manner, *, is_item: bool
    ) -> list[tuple[int, Trigger, tuple[int, int] | None]]:
        tokens = paragraph.tokens
        first = skip_adverbs(tokens, 0)
        begun: list[tuple[int, Trigger, tuple[int, int] | None]] = []
        covered = -1
        swallowed = False
        for i in sorted(candidates):
            if i < covered:
                continue
            if any(t.form == "finite" for t in candidates[i]) and self._has_pronoun(tokens, i):
                swallowed = True
            trigger = self._pick(candidates[i], manner, opens=i == first and not is_item)
            if trigger is None:
                continue
            if i == first and not is_item:
                accepted = True
            else:
                boundary = self._boundary(tokens, i)
                accepted = boundary is not None and self._goes_on(
                    tokens, i, trigger, manner, boundary, swallowed=swallowed
                )
            if accepted:
                begun.append((i, trigger, None))
                covered = i + self._length(tokens, i, trigger)
                if boundary_is_strong(tokens, i):
                    swallowed = False
        return begun

    def _pick(self, triggers: Sequence[Trigger], manner: Manner, *, opens: bool) -> Trigger | None:
        """Return the reading of a form that fits how the paragraph opens."""
        preferred = {
            Manner.FINITE: ("finite", "participle"),
            Manner.PARTICIPLE: ("participle",),
            Manner.BASE: ("base", "participle"),
            Manner.PAST: ("past", "finite", "participle"),
            Manner.SPEECH: ("finite", "base", "past"),
        }[manner]
        for form in preferred[:1] if opens else preferred:
            for trigger in triggers:
                if trigger.form == form:
                    return trigger
        return None

    def _boundary(self, tokens: Sequence[Token], i: int) -> str | None:
        """Return what stands before a verb and its adverbs: ",", ";", "and", "while", ...; None where nothing does."""
        j = i - 1
        while j >= 0 and (is_adverb(tokens[j].lower) or self._ends_skipped(tokens, j)):
            j -= 3 if self._ends_skipped(tokens, j) == 3 else 2 if self._ends_skipped(tokens, j) == 2 else 1
        if j < 0:
            return None
        word = tokens[j].lower
        if word in {"being", "remaining", "remains", "are", "were", "having"} and j > 0:
            return self._boundary(tokens, j)
        if word in {"and", "but", "while", ";", ",", ".", ":", "as"}:
            before = tokens[j - 1].lower if j else ""
            if word == "," and before in {"and", "but"}:
                return "and"
            if word in {"and", "but", "while"} and before in {",", ";"}:
                return before + word
            return word if word != "as" else None
        return None

    @staticmethod
    def _ends_skipped(tokens: Sequence[Token], j: int) -> int:
        for phrase in _SKIPPED:
            n = len(phrase)
            if j + 1 >= n and tuple(t.lower for t in tokens[j + 1 - n : j + 1]) == phrase:
                return n
        return 0

    def _goes_on(
        self, tokens: Sequence[Token], i: int, trigger: Trigger, manner: Manner, boundary: str, *, swallowed: bool
    ) -> bool:
        """Return whether a verb after a boundary goes on with the chain."""
        if trigger.frame in {"remain", "act-under"}:
            return False
        if trigger.rule in self._opening and not self._reopens(tokens, i, trigger, manner, boundary):
            return False
        following = (
            tokens[i + self._length(tokens, i, trigger)].lower
            if i + self._length(tokens, i, trigger) < len(tokens)
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
            if boundary == "and" and self._follows_gerund(tokens, i):
                return False
            if manner is Manner.PARTICIPLE:
                return boundary not in {".", ":"} or trigger.frame == "addressee"
            return boundary in {",", ",and", "while", ",while", ";", ";and"} and not self._after_including(tokens, i)
        if trigger.form == "finite":
            return not self._is_noun(tokens, i) and not self._is_reported(tokens, i) and boundary != "while"
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

    def _follows_gerund(self, tokens: Sequence[Token], i: int) -> bool:
        """A gerund joined to the one right before it has its place: "in promoting and encouraging respect"."""
        j = i - 1
        while j > 0 and (is_adverb(tokens[j].lower) or tokens[j].lower == "and"):
            j -= 1
        return self.morphology.of_gerund(tokens[j].lower) is not None

    @staticmethod
    def _after_including(tokens: Sequence[Token], i: int) -> bool:
        """A gerund after "by" or "including" in the same stretch is a means, not a statement."""
        j = i - 1
        while j >= 0 and tokens[j].lower not in {",", ";"}:
            j -= 1
        k = j - 1
        while k >= 0 and tokens[k].lower not in {",", ";", "by", "including", "through"}:
            k -= 1
        return k >= 0 and tokens[k].lower in {"by", "through"} and tokens[k + 1].lower.endswith("ing") and j - k < 14

    def _is_noun(self, tokens: Sequence[Token], i: int) -> bool:
        """Return whether a finite form is a plural noun where it stands."""
        word = tokens[i].lower
        before = tokens[i - 1].lower if i else ""
        if before in DETERMINERS or before in PREPOSITIONS:
            return True
        if word not in NOUN_LIKE:
            return False
        k = i + 1
        while k < len(tokens) - 1 and is_adverb(tokens[k].lower):
            k += 1
        following = tokens[k].lower if k < len(tokens) else ""
        if word in {"calls", "appeals"}:
            return following not in {"upon", "on", "for", "to", "in", ","} and following not in DETERMINERS
        if i == 0 and following == "and" and i + 2 < len(tokens):
            return not self.morphology.is_verb(tokens[2].lower.removesuffix("s"))
        return following in {"of", "from", "made", "by", "and", "or", ";", "."} or (
            following == "for" and word == "requests"
        )

    @staticmethod
    def _is_reported(tokens: Sequence[Token], i: int) -> bool:
        """Return whether a finite verb has a subject of its own in a relative clause ("in which he calls on")."""
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        return j >= 1 and (tokens[j].lower in _SUBJECTS or tokens[j].lower in RELATIVES or tokens[j].lower == "that")

    @staticmethod
    def _has_pronoun(tokens: Sequence[Token], i: int) -> bool:
        """Return whether a pronoun is the subject of a verb: what follows in its sentence is reported."""
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        return j >= 1 and tokens[j].lower in _SUBJECTS

    # narrative

    def _narrated(
        self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]], manner: Manner
    ) -> list[tuple[int, Trigger, tuple[int, int] | None]]:
        """Verbs whose subject, at the start of a sentence or clause, is the speaking body or a pronoun for it."""
        tokens = paragraph.tokens
        begun: list[tuple[int, Trigger, tuple[int, int] | None]] = []
        forms = ("finite", "base", "past") if manner is Manner.SPEECH else ("past", "finite")
        covered = -1
        chaining = False
        tense = ""
        first = skip_adverbs(tokens, 0)
        for i in range(len(tokens)):
            if i < covered:
                continue
            if tokens[i].lower in {".", ";"}:
                chaining = False
            if i == first and manner is Manner.PAST:
                opening = next((t for t in candidates.get(i, ()) if t.form == "participle"), None)
                if opening is not None:
                    begun.append((i, opening, None))
                    covered = i + self._length(tokens, i, opening)
                    continue
            if manner is Manner.SPEECH and (pledge := self._pledge(paragraph, i)):
                begun.append(pledge)
                covered = i + 1
                continue
            options = [t for t in candidates.get(i, ()) if t.rule not in self._opening]
            trigger = next((t for f in forms for t in options if t.form == f), None)
            spoken = trigger or next((t for t in candidates.get(i, ()) if t.form == "finite"), None)
            if spoken is not None and (subject := self._subject(paragraph, i, manner)):
                trigger = spoken
                begun.append((i, trigger, subject))
                chaining, tense = manner is Manner.PAST, trigger.form
            elif (
                chaining
                and (trigger := next((t for t in options if t.form == tense or not tense), None)) is not None
                and self._boundary(tokens, i) in {"and", ",and", ",", "but"}
                and not self._is_noun(tokens, i)
            ):
                begun.append((i, trigger, None))
            else:
                trailing = next((t for t in options if t.form == "participle"), None)
                boundary = self._boundary(tokens, i) if trailing else None
                opens = trailing is not None and boundary in {";", ",while", ";while", "while"}
                if (
                    trailing is None
                    or manner is Manner.SPEECH
                    or not (opens or (chaining and boundary in {",", ",and"}))
                ):
                    if (
                        not any(t.frame == "adjective" and self._is_feeling(tokens, i) for t in options)
                        or manner is Manner.SPEECH
                    ):
                        continue
                    trailing = next(t for t in options if t.frame == "adjective")
                    chaining, tense = True, ""
                begun.append((i, trailing, None))
            covered = i + self._length(tokens, i, begun[-1][1])
        return self._agreements(tokens, begun)

    def _agreements(
        self, tokens: Sequence[Token], begun: list[tuple[int, Trigger, tuple[int, int] | None]]
    ) -> list[tuple[int, Trigger, tuple[int, int] | None]]:
        """ "agreed to recommend that" states a recommendation: the verb is the one agreed on."""
        result = []
        for i, trigger, subject in begun:
            if (
                trigger.verb in {"agree", "decide"}
                and i + 3 < len(tokens)
                and tokens[i + 1].lower == "to"
                and (tokens[i + 3].lower == "that" or tokens[i + 3].lower in DETERMINERS)
            ):
                row = next(
                    (v for v in self.tables.verbs if v.frame == "addressee" and tokens[i + 2].lower in v.forms[0]), None
                )
                if row is not None:
                    token = tokens[i + 2]
                    result.append(
                        (
                            i + 2,
                            Trigger(token.span, row.verb, "base", row.frame, row.act, row.strength, row.rule),
                            subject,
                        )
                    )
                    continue
            result.append((i, trigger, subject))
        return result

    @staticmethod
    def _is_feeling(tokens: Sequence[Token], i: int) -> bool:
        """ "they were particularly concerned by"."""
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        return (
            j >= 1
            and tokens[j].lower in {"were", "was", "are", "is", "remained"}
            and tokens[j - 1].lower in {"they", "it", "we", "council", "group", "members"}
        )

    def _subject(self, paragraph: AnnotatedParagraph, i: int, manner: Manner) -> tuple[int, int] | None:
        """Return the subject before a verb where it opens a sentence and is the speaker; None otherwise."""
        tokens = paragraph.tokens
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        if manner is Manner.SPEECH and j >= 2 and [t.lower for t in tokens[j - 2 : j + 1]] == ["would", "like", "to"]:
            j -= 3
            if tokens[i].lower != "thank":
                return None
        if j > 0 and tokens[j].lower == "," and manner is Manner.PAST:
            return self._early_subject(paragraph, j)
        end = j + 1
        while j >= 0 and tokens[j].lower not in {".", ";", ":", "►"} and not (tokens[j].lower == "," and end - j > 12):
            if tokens[j].lower in {",", "and", "that", "why", "how"} and (end - j) <= 12:
                break
            j -= 1
        start = j + 1
        if start >= end or end - start > 14:
            return None
        words = [t.lower for t in tokens[start:end]]
        while words[0] in {"and", '"', "'"} and len(words) > 1:
            start, words = start + 1, words[1:]
        if j >= 0 and tokens[j].lower in {"that", "why", "how"}:
            return None
        if len(words) == 1 and words[0] in _PRONOUNS:
            return start, end
        if any(w in RELATIVES or w in {"that", "to"} for w in words):
            return None
        return (start, end) if self._is_speaker(paragraph, start, end, manner) else None

    def _early_subject(self, paragraph: AnnotatedParagraph, comma: int) -> tuple[int, int] | None:
        """Return the speaker at the start of a sentence where a phrase stands between it and the verb.

        "The Security Council, in this regard, urges": `comma` is the one before the verb.
        """
        tokens = paragraph.tokens
        opens = next((k + 1 for k in range(comma - 1, -1, -1) if tokens[k].lower in {".", ";"}), 0)
        while opens < comma and tokens[opens].lower in {'"', "'"}:
            opens += 1
        close = next((k for k in range(opens, comma) if tokens[k].lower == ","), None)
        if close is None or close - opens > 14 or not self._is_speaker(paragraph, opens, close, Manner.PAST):
            return None
        return opens, close

    @staticmethod
    def _is_speaker(paragraph: AnnotatedParagraph, start: int, end: int, manner: Manner) -> bool:
        """Return whether a noun phrase is the speaking body (or, in a speech, the government it speaks for)."""
        tokens = paragraph.tokens
        words = " ".join(t.lower for t in tokens[start:end]).strip("\"' ")
        if manner is Manner.SPEECH:
            return any(
                m.kind is MentionKind.ACTOR
                and m.type == "government"
                and tokens[start].start <= m.span.start
                and m.span.end == tokens[end - 1].end
                for m in paragraph.mentions
            )
        issuer = paragraph.section.issuer.lower()
        heads = {issuer, issuer.split(" on ")[0], issuer.split()[-1]}
        bare = words.removeprefix("the ").removeprefix("members of the ")
        return bare in heads

    def _pledge(self, paragraph: AnnotatedParagraph, i: int) -> tuple[int, Trigger, tuple[int, int] | None] | None:
        """A delegation's "will", "is committed to" binds itself: "We will organize free elections"."""
        tokens = paragraph.tokens
        word = tokens[i].lower
        if word == "will" and i + 1 < len(tokens) and tokens[i + 1].lower not in {"not", "never", "be"}:
            k = skip_adverbs(tokens, i + 1)
            if k < len(tokens) and self.morphology.is_verb(tokens[k].lower):
                subject = self._subject(paragraph, i, Manner.SPEECH) or self._late_subject(paragraph, i)
                if subject:
                    return i, _commit(tokens[i]), subject
        if word == "committed" and i + 1 < len(tokens) and tokens[i + 1].lower == "to":
            j = i - 1
            while j >= 0 and is_adverb(tokens[j].lower):
                j -= 1
            if tokens[j].lower in {"are", "is", "am"} and (subject := self._subject(paragraph, j, Manner.SPEECH)):
                return i, _commit(tokens[i]), subject
        if word == "pledged" and i and tokens[i - 1].lower in {"has", "have"}:
            if subject := self._subject(paragraph, i - 1, Manner.SPEECH):
                return i, _commit(tokens[i]), subject
        return None

    def _late_subject(self, paragraph: AnnotatedParagraph, i: int) -> tuple[int, int] | None:
        """A government named directly before "will", after an inserted phrase."""
        tokens = paragraph.tokens
        for m in paragraph.mentions:
            if m.kind is MentionKind.ACTOR and m.type == "government" and m.span.end == tokens[i - 1].end:
                start = next(k for k, t in enumerate(tokens) if t.start >= m.span.start)
                start -= 1 if start and tokens[start - 1].lower in {"the", "my"} else 0
                return start, i
        return None

    # reach

    @staticmethod
    def _length(tokens: Sequence[Token], i: int, trigger: Trigger) -> int:
        n = 1
        while i + n < len(tokens) and tokens[i + n].start < trigger.span.end:
            n += 1
        return n

    def _close(self, tokens: Sequence[Token], begun: list[tuple[int, Trigger, tuple[int, int] | None]]) -> list[Clause]:
        clauses = []
        for n, (i, trigger, subject) in enumerate(begun):
            stop = begun[n + 1][0] if n + 1 < len(begun) else len(tokens)
            if n + 1 < len(begun) and (later := begun[n + 1][2]):
                stop = min(stop, later[0])
            followed = n + 1 < len(begun)
            while stop > i + 1 and (
                (followed and is_adverb(tokens[stop - 1].lower)) or tokens[stop - 1].lower in _TRAILING
            ):
                stop -= 1
            after = i + self._length(tokens, i, trigger)
            verb, act, strength = trigger.verb, trigger.act, trigger.strength
            if trigger.frame == "express" or trigger.verb in {"reiterate", "renew", "repeat", "reaffirm"}:
                verb, act, strength = self._expressed(tokens, after, stop, trigger)
            clauses.append(Clause(trigger, verb, act, strength, i, after, max(stop, after), subject))
        return clauses

    def _expressed(self, tokens: Sequence[Token], after: int, stop: int, trigger: Trigger) -> tuple[str, Act, int]:
        """Return verb, act and strength of "express" and "reiterate" with the noun they take."""
        for k in range(after, min(after + 9, stop)):
            noun = self.tables.nouns.get(tokens[k].lower)
            if noun is not None:
                if trigger.frame == "express":
                    return f"{trigger.verb} {noun.lemma}", noun.act, noun.strength
                own = k == after + 1 and tokens[after].lower in {"its", "their", "his", "our"}
                if own and noun.act is Act.DIRECTIVE:
                    return trigger.verb, noun.act, noun.strength
                return trigger.verb, trigger.act, trigger.strength
            if tokens[k].lower in {"that", ";", "of", "to"} or (tokens[k].lower == "the" and k > after):
                break
        return trigger.verb, trigger.act, trigger.strength


def _commit(token: Token) -> Trigger:
    return Trigger(token.span, "commit", "finite", "self", Act.COMMITMENT, 3, "VRB-commit")


def boundary_is_strong(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a semicolon or full stop stands shortly before token i."""
    return any(t.lower in {";", "."} for t in tokens[max(0, i - 3) : i])


def skip_adverbs(tokens: Sequence[Token], i: int) -> int:
    """Return the index of the first token from i on that is no adverb, quotation mark or fixed phrase."""
    while i < len(tokens):
        if is_adverb(tokens[i].lower) or tokens[i].lower in {'"', "'", "(", "...", "…"}:
            i += 1
            continue
        n = next((len(p) for p in _SKIPPED if tuple(t.lower for t in tokens[i : i + len(p)]) == p), 0)
        if not n:
            having = tokens[i].lower == "having" and i + 1 < len(tokens) and tokens[i + 1].lower != "regard"
            if having or (tokens[i].lower in {"remaining", "being"} and i + 1 < len(tokens)):
                i += 1
                continue
            return i
        i += n
        if i < len(tokens) and tokens[i].lower == ",":
            i += 1
    return i

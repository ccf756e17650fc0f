"""Verbs with a subject of their own: statements in the third person, narrated conclusions, and speeches.

In: a paragraph and its verb forms. Out: the verbs that state, each with the subject printed before it, if any. The subject
is the speaking body or a pronoun for it, at the start of a sentence or clause; in a speech it is the government that
speaks, and its "will" and "is committed to" bind it.

Rule: annotation guidelines, `commit`, `thank`; S/AC.51/2020/11 paras. 3 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.interpreting.boundaries import Begun, Manner, Places, skip_adverbs
from mandategraph.lexicon import Tables
from mandategraph.phrasing.words import DETERMINERS, RELATIVES, Morphology, is_adverb
from mandategraph.records import Act, AnnotatedParagraph, MentionKind, Token, Trigger

_PRONOUNS = frozenset({"it", "they", "we", "i"})


class Narrator:
    """Finds narrated verbs with one set of tables."""

    def __init__(self, tables: Tables, morphology: Morphology, places: Places, opening: frozenset[str]) -> None:
        self.tables = tables
        self.morphology = morphology
        self.places = places
        self._opening = opening

    def narrated(
        self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]], manner: Manner
    ) -> list[Begun]:
        """Verbs whose subject, at the start of a sentence or clause, is the speaking body or a pronoun for it."""
        tokens = paragraph.tokens
        begun: list[Begun] = []
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
                    covered = i + self.places.length(tokens, i, opening)
                    continue
            if manner is Manner.SPEECH and (pledge := self._pledge(paragraph, i)):
                begun.append(pledge)
                covered = i + 1
                continue
            options = [t for t in candidates.get(i, ()) if t.rule not in self._opening]
            trigger = next((t for f in forms for t in options if t.form == f), None)
            spoken = trigger or next((t for t in candidates.get(i, ()) if t.form == "finite"), None)
            if spoken is not None and (subject := self.subject(paragraph, i, manner)):
                trigger = spoken
                begun.append((i, trigger, subject))
                chaining, tense = manner is Manner.PAST, trigger.form
            elif (
                chaining
                and (trigger := next((t for t in options if t.form == tense or not tense), None)) is not None
                and self.places.boundary(tokens, i) in {"and", ",and", ",", "but"}
                and not self.places.is_noun(tokens, i)
            ):
                begun.append((i, trigger, None))
            else:
                trailing = next((t for t in options if t.form == "participle"), None)
                boundary = self.places.boundary(tokens, i) if trailing else None
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
            covered = i + self.places.length(tokens, i, begun[-1][1])
        return self._agreements(tokens, begun)

    def _agreements(self, tokens: Sequence[Token], begun: list[Begun]) -> list[Begun]:
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
                    result.append((i + 2, row.trigger(token.span, "base"), subject))
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

    def subject(self, paragraph: AnnotatedParagraph, i: int, manner: Manner) -> tuple[int, int] | None:
        """Return the subject before a verb where it opens a sentence and is the speaker; None otherwise."""
        tokens = paragraph.tokens
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        if manner is Manner.SPEECH and j >= 2 and [t.lower for t in tokens[j - 2 : j + 1]] == ["would", "like", "to"]:
            j -= 3
        if j > 0 and tokens[j].lower == "," and manner is Manner.PAST:
            return self._early_subject(paragraph, j)
        end = j + 1
        while j >= 0 and tokens[j].lower not in {".", ";", ":"} and not (tokens[j].lower == "," and end - j > 12):
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
        if not issuer:
            return False
        heads = {issuer, issuer.split(" on ")[0], issuer.split()[-1]}
        bare = words.removeprefix("the ").removeprefix("members of the ")
        return bare in heads

    def _pledge(self, paragraph: AnnotatedParagraph, i: int) -> Begun | None:
        """A delegation's "will", "is committed to" binds itself: "We will organize free elections"."""
        tokens = paragraph.tokens
        word = tokens[i].lower
        if word == "will" and i + 1 < len(tokens) and tokens[i + 1].lower not in {"not", "never", "be"}:
            k = skip_adverbs(tokens, i + 1)
            if k < len(tokens) and self.morphology.is_verb(tokens[k].lower):
                subject = self.subject(paragraph, i, Manner.SPEECH) or self._late_subject(paragraph, i)
                if subject:
                    return i, _commit(tokens[i]), subject
        if word == "committed" and i + 1 < len(tokens) and tokens[i + 1].lower == "to":
            j = i - 1
            while j >= 0 and is_adverb(tokens[j].lower):
                j -= 1
            if tokens[j].lower in {"are", "is", "am"} and (subject := self.subject(paragraph, j, Manner.SPEECH)):
                return i, _commit(tokens[i]), subject
        if word == "pledged" and i and tokens[i - 1].lower in {"has", "have"}:
            if subject := self.subject(paragraph, i - 1, Manner.SPEECH):
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


def _commit(token: Token) -> Trigger:
    return Trigger(token.span, "commit", "finite", "self", Act.COMMITMENT, 3, "VRB-commit")

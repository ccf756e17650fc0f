"""Who stands on the other side of an action: to whom to report, with whom to work, whom to support.

In: token indices of an annotated paragraph. Out: ids of actors in reading order, with their rules. An actor is a counterpart

- behind a preposition of exchange: "report to X", "work with X", "coordination between X and Y";
- behind "of" or "for" after a noun of something done for somebody: "the support of X", "training for X";
- behind "by" after a noun of action: "the implementation by X" (not "adopted by X");
- as the object of a verb that needs somebody on the other side: "assist X", "disarm X";
- as whoever is to be made to do something: "ensure that X continues";
- coordinated with one of these, or named after "including" as one of them.

A name that only modifies the next noun ("the X flag") and one behind "associated with" are none. Words are data
(`lexicons/word_classes.csv`, classes `helping` and `served`).

Rule: annotation guidelines, field `counterparts`.
"""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.interpreting.words import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    RELATIVES,
    Morphology,
    is_adverb,
    singular,
)
from mandategraph.records import PLACES, AnnotatedParagraph, Mention, MentionKind, Party, Token

_EXCHANGE = frozenset("to with between among towards".split())
_BOUND = frozenset("associated association affiliated signed compliance accordance line conformity connection".split())
_BEFORE_NAME = frozenset("the all its their his her a other relevant any both".split())
_OBJECTS = frozenset({"un_mission", "mandate_holder", "un_entity"})


class CounterpartReader:
    """Reads counterparts with one set of tables."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology
        classes = morphology.tables.word_classes
        self._helping, self._served = classes["helping"], classes["served"]

    def read(
        self, paragraph: AnnotatedParagraph, start: int, end: int, parties: tuple[Party, ...], *, whole: bool = False
    ) -> dict[str, str]:
        """Return the counterparts in a stretch, in reading order, each with the rule that found it.

        Args:
            paragraph: with linked mentions.
            start: index of the first token of the action.
            end: one past its last.
            parties: the addressees, who are no counterparts.
            whole: the statement is a decision, whose object counts.
        """
        own = {p.actor for p in parties}
        found: dict[str, str] = {}
        if start >= end:
            return found
        tokens = paragraph.tokens
        left, right = tokens[start].start, tokens[end - 1].end
        previous: int | None = None
        for m in paragraph.mentions:
            if m.kind is not MentionKind.ACTOR or not left <= m.span.start < right or not m.entity:
                continue
            first = next(k for k, t in enumerate(tokens) if t.end > m.span.start)
            last = next((k for k, t in enumerate(tokens) if t.start >= m.span.end), len(tokens))
            rule = self._other_side(tokens, start, first, m)
            if not rule and previous is not None and _is_joined(tokens, previous, first):
                rule = "CPT-joined"
            if not rule and whole and m.type in _OBJECTS:
                rule = "CPT-object-of-decision"
            if rule and self._modifies(tokens, last, end, whole=whole):
                rule = ""
            previous = last if rule else None
            if rule and m.entity not in own:
                found.setdefault(m.entity, rule)
        return found

    def _other_side(self, tokens: Sequence[Token], start: int, first: int, mention: Mention) -> str:
        """Return the rule by which a name is a counterpart by what stands before it, or ""."""
        j = first - 1
        while j >= 0 and tokens[j].lower in _BEFORE_NAME:
            j -= 1
        if j < start - 1 or j < 0:
            return ""
        before = tokens[j].lower
        earlier = tokens[j - 1].lower if j else ""
        if mention.type in PLACES:
            return "CPT-helped" if before == "provide" else ""
        if before in _EXCHANGE:
            return "" if earlier in _BOUND else "CPT-exchange"
        if before in {"of", "for"}:
            return "CPT-served" if earlier in self._served else ""
        if before == "by":
            return "CPT-done-by" if self._is_done(tokens, j) else ""
        if before in self._helping:
            return "CPT-helped"
        made = (before == "that" and earlier in {"ensure", "ensuring"}) or before in {"ensure", "ensuring"}
        return "CPT-made-to-act" if made else ""

    def _is_done(self, tokens: Sequence[Token], by: int) -> bool:
        """Return whether "by" follows a noun of action, its object between them or not: "the digging of wells by"."""
        if self.morphology.of_participle(tokens[by - 1].lower) or tokens[by - 1].lower.endswith("ed"):
            return False
        for k in range(by - 1, max(by - 7, -1), -1):
            word = tokens[k].lower
            if word in {",", ";", "by"}:
                return False
            if word in self._served or (self.morphology.is_action_noun(word) and tokens[k - 1].lower != "of"):
                return True
        return False

    def _modifies(self, tokens: Sequence[Token], last: int, end: int, *, whole: bool) -> bool:
        """Return whether a name is a modifier of the noun that follows it; its owner counts where it is served."""
        if last >= end:
            return False
        word = tokens[last].lower
        if word == "'s":
            owned = {t.lower for t in tokens[last + 1 : min(last + 4, end)]}
            return not (whole or owned & self._served)
        if word.endswith("s") and self.morphology.is_only_verb(singular(word)):
            return False
        closed = PREPOSITIONS | RELATIVES | DETERMINERS | MODALS | _GOES_ON
        return word.isalpha() and word not in closed and not is_adverb(word) and not word.endswith(("ing", "ed"))


_GOES_ON = frozenset(
    "and or to as when if while is are was were has have continue continues receive not present prior mission missions".split()
)


def _is_joined(tokens: Sequence[Token], previous: int, first: int) -> bool:
    """Return whether nothing but a coordination stands between two names; it may name others that are not known."""
    between = [t.lower for t in tokens[previous:first]]
    if not between or len(between) > 8 or between[0] not in {",", "and", "or", "(", ")", "as", "including"}:
        return not between
    apart = (PREPOSITIONS | RELATIVES | MODALS | {"to", "that", ";", "."}) - {"including", "as"}
    return not any(w in apart or w.endswith(("ing", "'s")) for w in between if w != "including")

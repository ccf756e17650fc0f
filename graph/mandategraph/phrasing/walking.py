"""The state of the walk over a paragraph that all chunkers share, and the closed classes of words they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mandategraph.phrasing.words import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    Morphology,
    is_adverb,
)
from mandategraph.records import AnnotatedParagraph, Mention, MentionKind, Token
from mandategraph.records.phrases import Phrase, PhraseKind, VerbForm

OPENERS = frozenset(
    "that which who whom whose where wherever when whenever if unless while whereas because whether although provided once".split()
)
JOINTS = frozenset("and or nor but & and/or".split())
EXPANDERS = frozenset("including notably particularly especially".split())
MARKS = frozenset(', ; : . ( ) [ ] " “ ” ‘ ’ – — - …'.split())
ITEM_MARKS = frozenset(") : – — - •".split())
BEHIND_UNKNOWN = DETERMINERS | frozenset("themselves itself himself herself".split())
MEASURES = frozenset("more most further much less".split())
HANGING = frozenset({VerbForm.GERUND, VerbForm.PARTICIPLE})
RELATIVES = frozenset("that who which".split())
ARTICLES = frozenset("a an the".split())
PARTICLES = frozenset("out up forth off over down back".split())
HAVE, BE = frozenset("have has had having".split()), frozenset("be is are was were been being".split())
BEFORE_LIMIT = frozenset("as where wherever when whenever if".split()) | BE
DO = frozenset("do does did".split())
AFTER_VERB = DETERMINERS | PRONOUNS | frozenset("to with that over up out off back".split())
AUXILIARIES = BE | HAVE | DO
FINITE = MODALS | AUXILIARIES
STOPS = MARKS | OPENERS | {"to"}
BEFORE_NOUN = DETERMINERS | PREPOSITIONS
BEFORE_DETERMINER = DETERMINERS | JOINTS
BEFORE_COMMA = PREPOSITIONS | {"no"}
BEHIND_GERUND = DETERMINERS | PREPOSITIONS | {"to", "that", "and", ",", ""}
BEHIND_VERB = DETERMINERS | PRONOUNS
BEHIND_SUBJUNCTIVE = DETERMINERS | PARTICLES | {"to", "as", "with"}
TAKEN = PREPOSITIONS | {"to", "that"}
NO_NOUN = DETERMINERS | PREPOSITIONS | OPENERS | JOINTS | FINITE | {"as"}
ENDS_NOUN = MARKS | PREPOSITIONS | OPENERS | FINITE | EXPANDERS | (PRONOUNS - DETERMINERS) | {"to", "not", "as"}


class Walk:
    """The walk over one paragraph: its words, its names, and the phrases found so far."""

    def __init__(self, morphology: Morphology, paragraph: AnnotatedParagraph, stated: Mapping[int, int]) -> None:
        self.words = morphology
        self.frames = morphology.tables.frames
        self.tokens: Sequence[Token] = paragraph.tokens
        self.low = [token.lower for token in paragraph.tokens] + [
            ""
        ] * 8  # so that the words beside the last ones, and the first, are none
        self.named = names(paragraph)
        self.inside = {k for begin, (_, end) in self.named.items() for k in range(begin, end)}
        self.stated = stated
        self.found: list[Phrase] = []
        self.spoken: set[int] = set()
        self.closed: set[int] = set()
        self.has_infinitive = False

    def last_phrase(self) -> Phrase | None:
        """Return the phrase found last that is no adverb."""
        for phrase in reversed(self.found):
            if phrase.kind is not PhraseKind.ADVERB:
                return phrase
        return None

    def follows_subject(self) -> bool:
        """Return whether a noun phrase that owns nothing was found last."""
        return bool(self.found) and self.found[-1].kind is PhraseKind.NOUN and not self.found[-1].is_owner

    def follows_actor(self) -> bool:
        """Return whether the name of an actor was found last."""
        mention = self.found[-1].mention if self.follows_subject() else None
        return mention is not None and mention.kind is MentionKind.ACTOR

    def is_title(self, at: int) -> bool:
        """Return whether a token is a capitalized word outside any name."""
        return at < len(self.tokens) and self.tokens[at].text[:1].isupper() and at not in self.inside

    def follows_relative(self) -> bool:
        """Return whether "that", "which" or "who" was found last, behind a noun phrase that it speaks of."""
        if len(self.found) < 2 or self.found[-1].kind is not PhraseKind.OPENER or self.found[-1].word not in RELATIVES:
            return False
        has_comma = self.found[-2].word == "," and len(self.found) > 2
        return self.found[-3 if has_comma else -2].kind is PhraseKind.NOUN

    def follows_somebody(self) -> bool:
        """Return whether "to" follows somebody, a comma or "and", so that a verb follows it."""
        before = self.last_phrase()
        if before is None or before.kind is PhraseKind.JOINT or before.word == ",":
            return True
        if before.kind is not PhraseKind.NOUN:
            return False
        has_name = before.mention is not None and before.mention.kind is MentionKind.ACTOR
        return has_name or self.words.is_actor_noun(before.word) or self.words.is_actor_noun(self.low[before.head])

    def goes_on_as_noun(self, at: int) -> bool:
        """Return whether a noun phrase goes on at a token that follows a word like "existing" or "armed"."""
        word = self.low[at]
        return (
            bool(word)
            and (at in self.named or word[:1].isalnum())
            and word not in NO_NOUN
            and not is_adverb(word)
            and word != "as"
        )

    def modifies(self, at: int) -> bool:
        """Return whether an adverb belongs to the noun phrase that it begins: "more effective measures", "further steps"."""
        following = self.low[at + 1]
        if self.low[at] in MEASURES and self.goes_on_as_noun(at + 1) and not self.words.is_verb(following):
            return at + 1 not in self.stated
        is_participle = following.endswith("ed") and self.goes_on_as_noun(at + 2)
        return at + 1 not in self.stated and (is_participle or self.words.is_adjective(following))


def names(paragraph: AnnotatedParagraph) -> dict[int, tuple[Mention, int]]:
    """Return the names of a paragraph by the token they begin at, each with one past its last; the longest of those that overlap."""
    found: dict[int, tuple[Mention, int]] = {}
    at = 0
    tokens = paragraph.tokens
    wanted = [m for m in paragraph.mentions if m.kind in {MentionKind.ACTOR, MentionKind.INSTRUMENT, MentionKind.PLACE}]
    for mention in sorted(wanted, key=lambda m: (m.span.start, -m.span.end)):
        while at < len(tokens) and tokens[at].end <= mention.span.start:
            at += 1
        if at >= len(tokens) or tokens[at].start > mention.span.start:
            continue
        end = at
        while end < len(tokens) and tokens[end].start < mention.span.end:
            end += 1
        found[at] = (mention, end)
        at = end
    return found

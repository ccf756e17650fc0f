"""What is known of the phrases of one paragraph while their ties are found, from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from mandategraph.lexicon import Frames
from mandategraph.phrasing.words import Morphology
from mandategraph.records import PLACES, AnnotatedParagraph, MentionKind
from mandategraph.records.phrases import Phrase, PhraseKind, Tie, ahead, back

BETWEEN = frozenset("between among amongst".split())
ENDS = frozenset("; : .".split())


class Tied:
    """The phrases of a paragraph, and the ties that are found so far.

    Attributes:
        found: one for each phrase before the one that is being tied.
        taken: pairs of a governor and the preposition that it has already.
        kinds: what each phrase names: "somebody", "place", "day" or "thing"; "" where it is no noun phrase.
        parted: verbs by the token of their head, where that stands behind what is inserted into them.
    """

    def __init__(
        self, paragraph: AnnotatedParagraph, phrases: Sequence[Phrase], frames: Frames, morphology: Morphology
    ) -> None:
        self.tokens = paragraph.tokens
        self.phrases = phrases
        self.frames = frames
        self.words = morphology
        self.found: list[Tie] = []
        self.taken: set[tuple[int | None, str]] = set()
        self.has_between = any(p.word in BETWEEN for p in phrases)
        self.kinds = [self._kind(p) for p in phrases]
        self.parted = {p.head: k for k, p in enumerate(phrases) if p.kind is PhraseKind.VERB and p.head >= p.end}

    def _kind(self, phrase: Phrase) -> str:
        """Return what a noun phrase names: somebody, a place, a day (by its year) or a thing."""
        if phrase.kind is not PhraseKind.NOUN:
            return ""
        if phrase.mention is not None and phrase.mention.kind is not MentionKind.INSTRUMENT:
            return "place" if phrase.mention.type in PLACES or phrase.mention.kind is MentionKind.PLACE else "somebody"
        if phrase.mention is None and phrase.word.isdigit():
            return "day"
        return "somebody" if self.words.is_somebody(phrase.word) else "thing"

    def word(self, i: int) -> str:
        """Return the word of a phrase."""
        return self.phrases[i].word

    def opening(self, close: int) -> int | None:
        """Return the comma that opens what ends at a phrase, with no mark between them, or None."""
        opening = next((k for k in back(close) if self.word(k) in {",", *ENDS}), None)
        return opening if opening is not None and self.word(opening) == "," else None

    def ahead(self, i: int) -> range:
        """Return the indices behind one, as far as what belongs together can stand apart."""
        return ahead(i, len(self.phrases))

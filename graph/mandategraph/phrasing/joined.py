"""The noun phrases of a paragraph by what they hang on and by whose place they share, and how deep in brackets each phrase stands.

In: phrases with their ties. Out: indices in reading order, looked up where else each reader would walk through the paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from mandategraph.records.phrases import Phrase, PhraseKind, Tie


class Joined:
    """The lookups of one paragraph.

    Attributes:
        hanging: the noun phrases that hang on each phrase, by its index.
        sharing: the noun phrases that share the place of each first one, itself among them.
        depths: how many brackets more open than close before each phrase, and behind the last.
    """

    def __init__(self, phrases: Sequence[Phrase], ties: Sequence[Tie]) -> None:
        hanging: dict[int | None, list[int]] = defaultdict(list)
        sharing: dict[int, list[int]] = defaultdict(list)
        for k, (phrase, tie) in enumerate(zip(phrases, ties, strict=True)):
            if phrase.kind is PhraseKind.NOUN:
                hanging[tie.governor].append(k)
                sharing[tie.first].append(k)
        self.hanging: Mapping[int | None, Sequence[int]] = hanging
        self.sharing: Mapping[int, Sequence[int]] = sharing
        self.depths = list(accumulate(map(_bracket, phrases), initial=0))


def _bracket(phrase: Phrase) -> int:
    """Return 1 for a bracket that opens, -1 for one that closes, else 0."""
    if phrase.kind is not PhraseKind.MARK:
        return 0
    return (phrase.word == "(") - (phrase.word == ")")

"""What a day is said of: the duty, or a thing that the sentence names.

"The report requested by 1 May" and "the target of halving by 2030" date a thing; where there is no other day, one behind a participle is the
duty's ("report on progress made within 12 months"), unless it says who does it ("themes discussed annually by the Council").

Rule: annotation guidelines, field `deadlines`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from mandategraph.phrasing.reaching import Reach
from mandategraph.records import Deadline, Span
from mandategraph.records.phrases import PhraseKind, VerbForm

Placed = tuple[Span, Deadline]


def of_the_duty(placed: Sequence[Placed], reach: Callable[[], Reach]) -> list[Placed]:
    """Return the days, each with its place in the paragraph, that are of the duty; `reach` is asked for where there is any."""
    if not placed:
        return []
    phrases = reach()
    own = [(place, day) for place, day in placed if not _is_of_thing(phrases, place)]
    return own or [(place, day) for place, day in placed if not _is_apart(phrases, place)]


def _is_of_thing(reach: Reach, place: Span) -> bool:
    """Return whether a day stands right behind a participle or gerund that belongs to a noun."""
    verb = reach.before_adverbs(_at(reach, place.start))
    if verb < 1:
        return False
    brought = reach.phrases[verb - 1]
    if reach.phrases[verb].form is VerbForm.PARTICIPLE:
        return brought.kind is PhraseKind.NOUN
    return reach.phrases[verb].form is VerbForm.GERUND and brought.word == "of"


def _is_apart(reach: Reach, place: Span) -> bool:
    """Return whether a thing is dated with who does it, or is an aim: "of halving by 2030"."""
    behind = _at(reach, place.end)
    verb = reach.phrases[reach.before_adverbs(_at(reach, place.start))]
    return verb.form is VerbForm.GERUND or (behind < len(reach.phrases) and reach.phrases[behind].word == "by")


def _at(reach: Reach, offset: int) -> int:
    """Return the phrase that begins at an offset of the paragraph."""
    return reach.at(bisect_left(reach.tree.paragraph.tokens, offset, key=lambda token: token.start))

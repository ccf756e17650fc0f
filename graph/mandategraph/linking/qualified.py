""" "States" are the Member States, unless more is said: "States in the region" and "coastal States" are some of them, and nobody by name.

In: mentions. Out: those that stand without more.

Rule: annotation guidelines, *Ids of recurring bodies*.
"""

from __future__ import annotations

from mandategraph.records import AnnotatedParagraph, Mention

_WHOLE = "MemberStates"
_QUALIFYING = ("al", "ic", "ive", "ous", "ary", "ble", "ful", "can", "ian")
_PLACED = frozenset("in of bordering neighbouring concerned parties party".split())


def drop_qualified(paragraph: AnnotatedParagraph, adjectives: frozenset[str]) -> AnnotatedParagraph:
    """Return a paragraph without the mentions of States that are only some of them.

    Args:
        paragraph: with linked mentions.
        adjectives: words that say which ones.
    """
    kept = tuple(m for m in paragraph.mentions if not (m.entity == _WHOLE and _is_qualified(paragraph, m, adjectives)))
    return paragraph if len(kept) == len(paragraph.mentions) else paragraph.with_mentions(kept)


def _is_qualified(paragraph: AnnotatedParagraph, mention: Mention, adjectives: frozenset[str]) -> bool:
    """Return whether an adjective stands before "States", or a place behind them."""
    if "ember" in mention.surface:
        return False
    before = next((t for t in reversed(paragraph.tokens) if t.end <= mention.span.start), None)
    after = next((t for t in paragraph.tokens if t.start >= mention.span.end), None)
    is_told = before is not None and (
        before.lower in adjectives - {"other", "further"} or before.lower.endswith(_QUALIFYING)
    )
    return is_told or (after is not None and after.lower in _PLACED)

"""Which of the mentions that overlap stays.

In: all mentions of a paragraph. Out: those that do not overlap within a kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mandategraph.linking.names import LINKED, within
from mandategraph.records import AnnotatedParagraph, Mention, MentionKind

_STRETCH = 64


def untangle(mentions: Sequence[Mention], paragraph: AnnotatedParagraph) -> tuple[Mention, ...]:
    """Within a kind the longest mention wins; citations always stay; a name inside another kind's name goes.

    An instrument inside an actor's name stays where the name says "of" or "to" it ("signatories of the Agreement").
    """
    order = sorted(mentions, key=lambda m: (-(m.span.end - m.span.start), _rank(m), m.span.start, m.entity or ""))
    kept: list[Mention] = []
    by_place: dict[int, list[Mention]] = defaultdict(list)
    for mention in order:
        places = range(mention.span.start // _STRETCH, (mention.span.end - 1) // _STRETCH + 1)
        near = [k for place in places for k in by_place[place] if k.span.overlaps(mention.span)]
        if any(k.kind is mention.kind and not (mention.is_cited or k.is_cited) for k in near):
            continue
        if mention.is_cited and any(k.is_cited for k in near):
            continue
        if not mention.is_cited and mention.kind in LINKED:
            others = (k for k in near if k.kind in LINKED and k.kind is not mention.kind)
            outer = next((k for k in others if not within(k.span, mention.span)), None)
            if outer and not (mention.kind is MentionKind.INSTRUMENT and _is_argument(mention, outer, paragraph)):
                continue
        kept.append(mention)
        for place in places:
            by_place[place].append(mention)
    return tuple(sorted(kept, key=lambda m: (m.span.start, -m.span.end, m.kind)))


def _rank(mention: Mention) -> int:
    """Return how much a rule is believed: a row before what a family makes for any place, a short form after both."""
    ranks = {"DEF-definition": 0, "GAZ-alias": 1, "GAZ-short": 3}
    return ranks.get(mention.rule, 2 if mention.rule_kind == "FAM" else 4)


def _is_argument(inner: Mention, outer: Mention, paragraph: AnnotatedParagraph) -> bool:
    words = [t.lower for t in paragraph.tokens if outer.span.start <= t.start < inner.span.start]
    while words and words[-1] == "the":
        words.pop()
    return bool(words) and words[-1] in {"of", "to", "by", "with"}

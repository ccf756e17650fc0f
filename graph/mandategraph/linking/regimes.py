""" "The Panel of Experts", "the Sanctions Committee": one a regime, by the resolution that founded it.

In: paragraphs with linked mentions. Out: the same; a body that many regimes have means the one of the regime named last before it, else the one
that the document names at all; where it names none, nobody is meant by name.

Rule: annotation guidelines, *Ids of recurring bodies*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mandategraph.records import AnnotatedParagraph, Mention, MentionKind

_COMMON = ("PanelOfExperts", "GroupOfExperts", "SanctionsCommittee", "MonitoringGroup", "MonitoringTeam")
_OF_A_REGIME = re.compile(rf"(?P<common>{'|'.join(_COMMON)})(?:\d|_)")


def resolve_regimes(paragraphs: Sequence[AnnotatedParagraph]) -> list[AnnotatedParagraph]:
    """Return the paragraphs with the bodies of regimes linked to those that the document names."""
    named = {common: [m.entity for p in paragraphs for m in _of_regimes(p.mentions, common)] for common in _COMMON}
    last: dict[str, str] = {}
    done = []
    for paragraph in paragraphs:
        mentions = []
        for mention in paragraph.mentions:
            if mention.kind is MentionKind.ACTOR and mention.entity in _COMMON:
                meant = last.get(mention.entity) or next(iter(named[mention.entity]), None)
                mention = replace(mention, entity=meant, rule="ANA-regime")
            elif mention.entity and (found := _OF_A_REGIME.match(mention.entity)):
                last[found["common"]] = mention.entity
            mentions.append(mention)
        done.append(paragraph.with_mentions(tuple(mentions)))
    return done


def _of_regimes(mentions: Iterable[Mention], common: str) -> list[Mention]:
    return [m for m in mentions if m.entity and (found := _OF_A_REGIME.match(m.entity)) and found["common"] == common]

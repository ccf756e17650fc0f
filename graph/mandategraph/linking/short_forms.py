"""Short forms that hold only where the document speaks of what they stand for.

In: mentions of the gazetteer. Out: those that hold; the place that a document is mostly about, and the titles it gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from mandategraph.lexicon import Tables
from mandategraph.linking.names import titles
from mandategraph.records import Annotated, Mention, MentionKind, ParagraphKind


def find_topic(annotated: Annotated, tables: Tables) -> str:
    """Return the name of the place that the document speaks of most, or ""."""
    ends = {place.name: (f"Of{place.bare}", f"In{place.bare}", f"_{place.bare}") for place in tables.places}
    ids = {place.id: place.name for place in tables.places}
    counts: Counter[str] = Counter()
    for paragraph in annotated.paragraphs:
        weight = 5 if paragraph.paragraph.kind is ParagraphKind.TITLE else 1
        for mention in paragraph.mentions:
            if mention.rule == "GAZ-short" or mention.kind is not MentionKind.ACTOR or not mention.entity:
                continue
            named = ids.get(mention.entity) or next((n for n, end in ends.items() if mention.entity.endswith(end)), "")
            if named:
                counts[named] += weight
    return min(counts, key=lambda n: (-counts[n], n)) if counts else ""


def find_titled(annotated: Annotated) -> dict[str, set[str]]:
    """Return which actors the document names in full under each title: "High Commissioner" -> the one for refugees."""
    titled: dict[str, set[str]] = {}
    for paragraph in annotated.paragraphs:
        for m in paragraph.mentions:
            if m.kind is MentionKind.ACTOR and m.rule != "GAZ-short" and m.entity:
                for title in titles(m.surface):
                    titled.setdefault(title, set()).add(m.entity)
    return titled


def drop_unfounded(
    mentions: Iterable[Mention], text: str, topic: str, tables: Tables, titled: Mapping[str, set[str]]
) -> tuple[Mention, ...]:
    """Keep short forms only where the document speaks of their context; a place must be its topic.

    A title that the document gives to others in full is theirs: "the High Commissioner" may be the one for refugees.
    """
    entries = tables.gazetteer.by_id
    places = {place.name for place in tables.places}
    kept = []
    for mention in mentions:
        entry = entries.get(mention.entity or "")
        context = entry.context if entry else ""
        others = titled.get(mention.surface.removeprefix("the ").removeprefix("The "), set())
        if mention.rule == "GAZ-short" and others and mention.entity not in others:
            continue
        if mention.rule == "GAZ-short" and context:
            if context in places and context != topic:
                continue
            if context not in places and context not in text:
                continue
        kept.append(mention)
    return tuple(kept)

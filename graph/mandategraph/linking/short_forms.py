"""Short forms that hold only where the document speaks of what they stand for.

In: mentions of the gazetteer. Out: those that hold; the place that a document is mostly about, and the titles it gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from mandategraph.lexicon import Entry, Tables
from mandategraph.linking.names import titles
from mandategraph.records import Annotated, Mention, MentionKind, ParagraphKind


class ShortForms:
    """Tells which short forms hold, with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._entries = tables.gazetteer.by_id
        self._places = frozenset(place.name for place in tables.places)
        self._ids = {place.id: place.name for place in tables.places}
        self._ends = {place.name: (f"Of{place.bare}", f"In{place.bare}", f"_{place.bare}") for place in tables.places}

    def find_topic(self, annotated: Annotated) -> str:
        """Return the name of the place that the document speaks of most, or ""."""
        counts: Counter[str] = Counter()
        for paragraph in annotated.paragraphs:
            weight = 5 if paragraph.paragraph.kind is ParagraphKind.TITLE else 1
            for mention in paragraph.mentions:
                if mention.rule == "GAZ-short" or mention.kind is not MentionKind.ACTOR or not mention.entity:
                    continue
                named = self._place_of(mention.entity)
                if named:
                    counts[named] += weight
        return min(counts, key=lambda n: (-counts[n], n)) if counts else ""

    def _place_of(self, actor: str) -> str:
        """Return the name of the place that an actor is or belongs to, by its id; each id is looked up once."""
        if actor not in self._ids:
            self._ids[actor] = next((name for name, end in self._ends.items() if actor.endswith(end)), "")
        return self._ids[actor]

    def drop_unfounded(
        self, mentions: Iterable[Mention], text: str, told: str, topic: str, titled: Mapping[str, set[str]]
    ) -> tuple[Mention, ...]:
        """Keep short forms only where the document speaks of their context; a place must be its topic.

        A title that the document gives to others in full is theirs: "the High Commissioner" may be the one for refugees. `told` is the text in
        words of the grammar.
        """
        return tuple(m for m in mentions if m.rule != "GAZ-short" or self._is_founded(m, text, told, topic, titled))

    def _is_founded(self, mention: Mention, text: str, told: str, topic: str, titled: Mapping[str, set[str]]) -> bool:
        others = titled.get(mention.surface.removeprefix("the ").removeprefix("The "), set())
        if others and mention.entity not in others:
            return False
        entry = self._entries.get(mention.entity or "")
        if mention.surface[:4].lower() == "the " and text.startswith(" of ", mention.span.end):
            return False
        if entry is not None and _is_bare(mention.surface) and not any(name in text for name in _full(entry)):
            return False
        context = entry.context if entry else ""
        return not context or (context == topic if context in self._places else context in told)


def _is_bare(surface: str) -> bool:
    """Return whether a short form is no more than "the" and a noun."""
    words = surface.split()
    return len(words) == 2 and words[0].lower() == "the"


def _full(entry: Entry) -> tuple[str, ...]:
    """Return the names of an actor that say more than "the" and a noun."""
    return (*entry.aliases, *(form for form in entry.short_forms if not _is_bare(form)))


def find_titled(annotated: Annotated) -> dict[str, set[str]]:
    """Return which actors the document names in full under each title: "High Commissioner" -> the one for refugees."""
    titled: dict[str, set[str]] = {}
    for paragraph in annotated.paragraphs:
        for m in paragraph.mentions:
            if m.kind is MentionKind.ACTOR and m.rule != "GAZ-short" and m.entity:
                for title in titles(m.surface):
                    titled.setdefault(title, set()).add(m.entity)
    return titled

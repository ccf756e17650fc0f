"""Names of a whole, "States" and "Governments", where the words around them mean only some of it.

In: mentions of a paragraph. Out: those without the names that are narrowed: "coastal States", "States in the region".

Limits: a relative clause narrows nothing here: "States that have not yet done so" are still addressed as States.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mandategraph.lexicon import Tables
from mandategraph.linking.names import lead
from mandategraph.records import AnnotatedParagraph, Mention

_WHOLE = frozenset({"MemberStates", "Governments"})
_NARROWED = re.compile(
    r"(?:’s|'s)? (?:part(?:y|ies)\b|members? of\b|concerned\b|(?:of|from|in|bordering|around|neighbouring) "
    r"(?:(?:the|that|this|its|their) )?(?:[Rr]egion|[Ss]ub-?region|area|origin|destination|transit|[A-Z])(?!nited Nations))"
)
_LAST_WORD = re.compile(r"([\w'-]+) $")


def drop_narrowed(paragraph: AnnotatedParagraph, mentions: Sequence[Mention], tables: Tables) -> tuple[Mention, ...]:
    """Return the mentions without the names of all States that the words before or after them narrow to some."""
    narrowing = tables.word_classes["narrowing"]
    whole = [m for m in mentions if m.entity in _WHOLE]
    narrowed = [m.span for m in whole if _is_narrowed(paragraph, m, narrowing)]
    if not narrowed:
        return tuple(mentions)
    return tuple(m for m in mentions if m not in whole or not any(span.overlaps(m.span) for span in narrowed))


def _is_narrowed(paragraph: AnnotatedParagraph, mention: Mention, narrowing: frozenset[str]) -> bool:
    base = paragraph.tokens[0].start - lead(paragraph)
    text = paragraph.text.replace("\n", " ")
    before = _LAST_WORD.search(text[: mention.span.start - base])
    if before is not None and before[1].lower() in narrowing:
        return True
    return _NARROWED.match(text, mention.span.end - base) is not None

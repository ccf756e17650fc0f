"""Definitions in the document ('X (Y)', 'X ("the Y")') that name an entity for that document alone.

In: mentions and the text. Out: defined names, and the mentions they make.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from mandategraph.linking.names import LINKED, head_of, lead
from mandategraph.records import AnnotatedParagraph, Mention, MentionKind, Span
from mandategraph.symbols import SYMBOL

_DEFINITION = re.compile(
    r"\s?\((?:herein(?:after)?(?: referred to as)?,? |hereafter )?"
    r'(?:"(?:the |The )?(?P<quoted>[^"()]{2,60})"|(?P<acronym>[A-Z][\w/&-]*[A-Z0-9][\w/&-]*))\)'
)


def find_definitions(
    paragraphs: Iterable[AnnotatedParagraph], known: Container[str]
) -> dict[str, tuple[str, MentionKind, str]]:
    """Return the names that the document defines: words -> (entity, kind, type).

    Args:
        paragraphs: with their mentions.
        known: names that mean the same in any document.
    """
    names: dict[str, tuple[str, MentionKind, str]] = {}
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - lead(paragraph) if paragraph.tokens else 0
        for found in _DEFINITION.finditer(paragraph.text):
            words = (found["quoted"] or found["acronym"]).strip()
            if words in known or words in names or re.fullmatch(r"[IVX]+|[A-Z]", words) or SYMBOL.fullmatch(words):
                continue
            end = base + found.start()
            before = [m for m in paragraph.mentions if m.kind in LINKED and m.span.end == end and m.entity]
            if found["quoted"] and not any(head_of(m.surface) == words.split()[-1] for m in before):
                before = _named_so(paragraph.mentions, words, end) or before
            if before:
                longest = min(before, key=lambda m: m.span.start)
                assert longest.entity is not None
                names[words] = (longest.entity, longest.kind, longest.type)
    return names


def _named_so(mentions: Iterable[Mention], words: str, end: int) -> list[Mention]:
    """Return the nearest mention before a definition that has its noun: "a Committee of ... (herein "the Committee")"."""
    head = words.split()[-1]
    fitting = [
        m for m in mentions if m.kind in LINKED and m.entity and m.span.end <= end and head_of(m.surface) == head
    ]
    return fitting[-1:]


def apply_names(
    paragraph: AnnotatedParagraph, names: Mapping[str, tuple[str, MentionKind, str]]
) -> tuple[Mention, ...]:
    """Add a mention wherever a defined name stands as a whole word."""
    if not names or not paragraph.tokens:
        return paragraph.mentions
    base = paragraph.tokens[0].start - lead(paragraph)
    pattern = re.compile(
        r"(?<![\w-])(?:the )?(" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?![\w-])"
    )
    added = [
        Mention(
            Span(base + f.start(1), base + f.end(1)),
            names[f[1]][1],
            f[1],
            names[f[1]][0],
            names[f[1]][2],
            "DEF-definition",
        )
        for f in pattern.finditer(paragraph.text)
    ]
    taken = [a.span for a in added]
    kept = [m for m in paragraph.mentions if m.rule != "GAZ-short" or not any(m.span.overlaps(t) for t in taken)]
    return tuple(sorted([*kept, *added], key=lambda m: (m.span.start, -m.span.end)))

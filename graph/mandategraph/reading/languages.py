"""In which language a text is, by the small words that make up much of any text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from mandategraph.lexicon import Language

_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Of so many characters; a language is told where its small words are so large a part of all words, and clearly more than English ones.
_LOOKED_AT, _LEAST, _CLEARLY = 200_000, 0.12, 1.4


def find_language(text: str, languages: tuple[Language, ...]) -> Language | None:
    """Return the language of a text, or None where none is clear.

    Example:
        >>> from mandategraph.lexicon import load_tables
        >>> find_language("Prie le puits de rester ouvert et les routes aussi", load_tables().languages).name
        'French'
    """
    head = text[:_LOOKED_AT]
    words = _WORD.findall(head.lower())
    if han := _HAN.findall(head):
        words = [*han, *(word for word in words if word.isascii())]
    if not words:
        return None
    shares = _shares(words, languages)
    best = max(languages, key=lambda language: shares[language.id])
    english = next(language for language in languages if language.id == "en")
    if shares[best.id] < _LEAST:
        return None
    return best if shares[best.id] >= _CLEARLY * shares["en"] else english


def _shares(words: list[str], languages: tuple[Language, ...]) -> Mapping[str, float]:
    counts = Counter(words)
    return {language.id: sum(counts[word] for word in language.words) / len(words) for language in languages}

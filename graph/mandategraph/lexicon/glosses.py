"""What a glossary says of a form, words with their places, and the text that they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

VERBAL = frozenset("infinitive gerund participle finite future".split())


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a form is in the grammar.

    Attributes:
        words: of the grammar.
        kind: one of `KINDS`, or the form of a verb.
        before: what must follow, or "".
        after: what must stand before, or "".
    """

    words: tuple[str, ...]
    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A word as printed, with its half-open place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Glossed:
    """A word of the grammar, with the place and the text of what is printed; an implied word has neither length nor text.

    Attributes:
        kind: of its gloss; "" for marks and for words that the glossary does not have.
        is_wide: several words are printed for it, or an adjective joined it.
    """

    start: int
    end: int
    word: str
    text: str
    kind: str = ""
    is_wide: bool = False


def render(glossed: Sequence[Glossed]) -> tuple[str, list[int]]:
    """Return words of the grammar as a text, and for each of its characters the index of its word."""
    parts: list[str] = []
    owners: list[int] = []
    end = None
    for i, each in enumerate(glossed):
        shown = _shown(
            each, i + 1 < len(glossed) and _opens(each, glossed[i + 1]), i > 0 and _opens(glossed[i - 1], each)
        )
        if end is not None and (each.start > end or (parts[-1][-1:].isalnum() and shown[:1].isalnum())):
            parts.append(" ")
            owners.append(i - 1)
        parts.append(shown)
        owners.extend([i] * len(shown))
        end = each.end
    return "".join(parts), owners


def _opens(implied: Glossed, printed: Glossed) -> bool:
    """Return whether an implied word is the first of what one capitalized word is."""
    is_first = not implied.text and implied.kind == printed.kind != "contraction" and implied.start == printed.start
    return is_first and printed.text[:1].isupper()


def _shown(each: Glossed, is_first: bool, is_later: bool) -> str:
    """Return a word with the capitals of what is printed; what the glossary does not have stands as printed."""
    if not each.kind:
        return each.text
    if not is_first and (is_later or not each.text[:1].isupper()):
        return each.word
    return re.sub(r"(?:^|(?<=-))[a-z]", lambda first: first[0].upper(), each.word)

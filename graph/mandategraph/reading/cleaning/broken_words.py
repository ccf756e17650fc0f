"""Words that a line end or a text layer broke in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from mandategraph.reading.cleaning.edits import Edit

_HYPHEN_BREAK = re.compile(r"-(?:(?<=[A-Za-z]-)[ ]*\n[ ]*(?=[A-Za-z])|(?<=[a-z]-)[ ]+(?=[a-z]+\b)(?!and\b|or\b|to\b))")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)-$")
_WORD = re.compile(r"[A-Za-z]+")
_COMPOUND = re.compile(r"(?<![\w'])[A-Za-z]+(?:-[a-z]+)*")
_MARKED = re.compile(r"[A-Za-z][ ]+['-][a-z]")
_PAIR = re.compile(
    r"(?<![\w'/-])([A-Za-z]+(?:-[a-z]+)*)(?=([ ]+)('[a-z]+|-?[a-z]+(?:-[a-z]+)*)(?![\w/]))",
)


def broken_words(text: str, words: frozenset[str]) -> list[Edit]:
    """A word that a line end or a text layer broke in two is joined; its hyphen goes where the whole is a word without one.

    The two pieces must make a word that the document or the genre knows, and one of them must be no word: neither
    the genre nor any other place in the document has it.
    """
    found_words = [w.lower() for w in _COMPOUND.findall(text)]
    counts = Counter(found_words)
    edits = []
    for broken in _HYPHEN_BREAK.finditer(text):
        start = broken.start() + 1
        before = _WORD_BEFORE.search(text, max(0, start - 40), start)
        after = _WORD.match(text, broken.end())
        if before and after:
            parts = (before[1].lower(), after[0].lower())
            is_one = "".join(parts) in words or counts["".join(parts)] > 0
            start -= is_one and not counts["-".join(parts)]
        edits.append(Edit(start, broken.end(), "", "line break in a word"))
    firsts = {a for a, b in pairwise(found_words) if a + b in words or a + b in counts}
    for found in _pairs(text, firsts):
        first, second = found[1].lower(), found[3]
        whole = first + second
        if not (whole in words or whole in counts or second[0] == "'"):
            continue
        if second[0] == "-" and first not in words and counts[first] < 2:
            continue
        stray = [p for p in (first, second) if p not in words and counts[p.lstrip("-")] <= _stray_limit(p)]
        if second[0] in "-'" or ((stray and first not in {"a", "i"}) or (second not in words and stray)):
            edits.append(Edit(found.start(2), found.end(2), "", "broken word"))
    return edits


def _pairs(text: str, firsts: set[str]) -> Iterator[re.Match[str]]:
    """Yield the pairs of words that might be one: those that begin with some words, or whose second has a mark before it."""
    if _MARKED.search(text):
        yield from _PAIR.finditer(text)
    elif firsts:
        some = "|".join(map(re.escape, sorted(firsts, key=len, reverse=True)))
        yield from re.compile(rf"(?<![\w'/-])((?i:{some}))(?=([ ]+)([a-z]+(?:-[a-z]+)*)(?![\w/]))").finditer(text)


def _stray_limit(piece: str) -> int:
    """How often a piece may stand alone in the document and still be no word: short ones recur by chance."""
    return 3 if len(piece) <= 3 else 1

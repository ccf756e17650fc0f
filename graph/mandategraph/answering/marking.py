"""Two texts -> the words of each that the other has not."""

from __future__ import annotations

import difflib
import re

_WORD = re.compile(r"\w+|[^\w\s]")


def mark_words(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return two texts in stretches, each with whether the other text has it not.

    Example:
        >>> mark_words("reports monthly", "reports weekly")
        ([('reports ', False), ('monthly', True)], [('reports ', False), ('weekly', True)])
    """
    old, new = (list(_WORD.finditer(text)) for text in (before, after))
    matcher = difflib.SequenceMatcher(
        None, [w[0].casefold() for w in old], [w[0].casefold() for w in new], autojunk=False
    )
    marked: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for name, a, b, c, d in matcher.get_opcodes():
        for side, words, text, start, end in ((0, old, before, a, b), (1, new, after, c, d)):
            if start < end:
                last = words[end].start() if end < len(words) else len(text)
                marked[side].append((text[words[start].start() : last], name != "equal"))
    return marked

"""Words of a statement -> the themes it touches, by the keywords of `data/gazetteers/themes.csv`.

A keyword counts where it stands whole, whatever its case (an acronym in capitals counts in capitals alone).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from mandategraph.lexicon import Theme

_WORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*")


class ThemeReader:
    """The keywords by their first words."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        self._by_first: dict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
        for theme in themes:
            for keyword in theme.keywords:
                first = _WORD.match(keyword)
                if first is not None:
                    flags = re.NOFLAG if keyword.isupper() else re.IGNORECASE
                    words = re.compile(r"\s+".join(re.escape(w) for w in keyword.split()) + r"(?![\w-])", flags)
                    self._by_first[first[0].lower()].append((words, theme.id))

    def read(self, text: str) -> tuple[str, ...]:
        """Return the ids of the themes, sorted.

        Args:
            text: the words of a statement.
        """
        found = {
            id_
            for word in _WORD.finditer(text)
            for keyword, id_ in self._by_first.get(word[0].lower(), ())
            if keyword.match(text, word.start())
        }
        return tuple(sorted(found))

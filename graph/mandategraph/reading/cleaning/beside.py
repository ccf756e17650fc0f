"""Two languages side by side: the column that is not in the language of the genre's words is taken out.

In: a text whose lines hold two columns parted by spaces, as printed side by side. Out: edits. A page is in two columns where most of its lines
begin a second part at one place; one is taken out only where the words of the other are known and its own are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mandategraph.reading.cleaning.edits import Edit

_GAP = re.compile(r"\S {3,}(?=\S)")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Lines in two columns that a text has at least, and their share of all lines; the share of known words of a column that is read, and of one that is not.
_LEAST, _MOST, _KNOWN, _UNKNOWN = 4, 0.4, 0.6, 0.45


def beside(text: str, words: frozenset[str]) -> Iterator[Edit]:
    """Yield the edits that take out a column in another language.

    Args:
        text: one line as printed a line.
        words: word forms of the genre, in lower case; without them nothing is taken out.
    """
    lines = [(found.start(), found[0]) for found in re.finditer(r"[^\n]+", text)]
    begins = Counter(gap.end() for _, line in lines if (gap := _GAP.search(line)))
    column, count = begins.most_common(1)[0] if begins and words else (0, 0)
    if count < _LEAST or count < _MOST * sum(1 for _, line in lines if line.strip()):
        return
    left = [(at, line[:column]) for at, line in lines if _is_parted(line, column)]
    right = [(at + column, line[column:]) for at, line in lines if _is_parted(line, column)]
    shares = _known(left, words), _known(right, words)
    if min(shares) < _UNKNOWN and max(shares) > _KNOWN:
        for at, part in right if shares[1] < shares[0] else left:
            if part.strip():
                yield Edit(at, at + len(part.rstrip()), "", "another language beside")


def _is_parted(line: str, column: int) -> bool:
    """Return whether a line has a gap before the second column, or ends before it."""
    return len(line) <= column or not line[column - 2 : column].strip()


def _known(parts: Sequence[tuple[int, str]], words: frozenset[str]) -> float:
    """Return the share of known words of a column."""
    said = [word.lower() for _, part in parts for word in _WORD.findall(part)]
    return sum(word in words for word in said) / len(said) if said else 0.0

"""Text -> words, runs of words, and the few of them that an index keeps.

A run is eight words on end. Two texts that share one share at least one print: prints are hashes of five words, the smallest of each four
that follow each other (winnowing: Schleimer, Wilkerson and Aiken, 2003), so that any eight words hold one that was kept.

Limits: white space, case and punctuation do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

RUN, GRAM = 8, 5
WINDOW = RUN - GRAM + 1
_WORD = re.compile(r"\w+")
_FILLING = ("",) * RUN
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
Run = tuple[str, ...]


class _Codes(dict[str, int]):
    """Words -> numbers, the same in every process."""

    def __missing__(self, word: str) -> int:
        code = self[word] = crc32(word.encode())
        return code


_CODES = _Codes()


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    Example:
        >>> words_of("Requests the Secretary-General:")
        ['requests', 'the', 'secretary', 'general']
    """
    return _WORD.findall(text.casefold())


def runs_of(words: Sequence[str]) -> frozenset[Run]:
    """Return all runs of eight words; of a shorter text, the whole of it."""
    return frozenset(zip(*(words[n:] for n in range(RUN)), strict=False)) or frozenset({tuple(words)} if words else ())


def prints_of(texts: Sequence[Sequence[str]]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the prints of texts, of 32 bits each, and beside each the number of its text; sorted, and each once a text.

    Args:
        texts: their words; one of fewer than eight is filled up with what is no word, and has one print.
    """
    filled = [words if len(words) >= RUN else [*words, *_FILLING[len(words) :]] for words in texts if words]
    numbers = [n for n, words in enumerate(texts) if words]
    count = sum(map(len, filled))
    if not count:
        return np.empty(0, np.uint64), np.empty(0, np.uint64)
    codes = np.fromiter(map(_CODES.__getitem__, chain.from_iterable(filled)), np.uint64, count)
    owners = np.repeat(np.array(numbers, np.uint64), [len(words) for words in filled])
    last = count - GRAM + 1
    grams = codes[:last]
    for n in range(1, GRAM):
        grams = grams * _FACTOR + codes[n : last + n]
        grams ^= grams >> np.uint64(29)
    grams = grams * _FACTOR >> np.uint64(32)
    last = count - RUN + 1
    kept = grams[:last]
    for n in range(1, WINDOW):
        kept = np.minimum(kept, grams[n : last + n])
    is_whole = owners[:last] == owners[RUN - 1 :]
    both = np.sort(kept[is_whole] << np.uint64(32) | owners[:last][is_whole])
    both = both[np.append(True, both[1:] != both[:-1])]
    return both >> np.uint64(32), both & np.uint64(0xFFFFFFFF)


def digest_of(words: Sequence[str]) -> int:
    """Return a number that two texts share where their words are the same."""
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=7).digest(), "big")

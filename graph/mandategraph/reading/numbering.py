"""Numbers of lists in letters, as word processors and browsers write them."""

from __future__ import annotations

_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
           (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def letter(number: int) -> str:
    """Return a number as a letter; after z come aa, bb.

    Example:
        >>> letter(3), letter(28)
        ('c', 'bb')
    """
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """Return a number as a roman numeral in lower case.

    Example:
        >>> roman(14)
        'xiv'
    """
    written = ""
    for value, letters in _ROMANS:
        written += letters * (number // value)
        number %= value
    return written

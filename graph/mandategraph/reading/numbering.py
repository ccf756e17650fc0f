"""Numbers of lists in letters, as word processors and browsers write them."""

from __future__ import annotations

_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
           (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Word repeats a letter thirty times at most (780 is "z" thirty times) and counts in roman numerals to 32,767; beyond, in figures.
_LAST_LETTER, _LAST_ROMAN = 780, 32_767


def letter(number: int) -> str:
    """Return a number as a letter; after z come aa, bb. One that people write in figures comes in figures.

    Example:
        >>> letter(3), letter(28), letter(2_147_483_647)
        ('c', 'bb', '2147483647')
    """
    if not 1 <= number <= _LAST_LETTER:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """Return a number as a roman numeral in lower case; one that has none comes in figures.

    Example:
        >>> roman(14), roman(0)
        ('xiv', '0')
    """
    if not 1 <= number <= _LAST_ROMAN:
        return str(number)
    written = ""
    for value, letters in _ROMANS:
        written += letters * (number // value)
        number %= value
    return written

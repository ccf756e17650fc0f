"""What a line is among the lines around it: a heading, the opening of a list, one of several under a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mandategraph.reading.genres import DIVISION, FINITE
from mandategraph.reading.lines import ANNEX, Line, is_plain_heading, roman_value
from mandategraph.records import Genre

_AGREES = re.compile(
    r"^(?:we,? )?(?:(?:do|have) )?(?:hereby )?(?:agreed?|commit|decided?|pledge|resolved?|undertake)\b", re.I
)
_ROMAN = re.compile(r"^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$")


def is_heading(lines: Sequence[Line], i: int, *, genre: Genre, is_preamble: bool) -> bool:
    """Return whether a line is a heading; in a preamble only what is set as one, or stands before a number."""
    line = lines[i]
    if line.letter is not None or line.number is not None or line.bullet or opens_list(lines, i, genre):
        return False
    if line.is_heading:
        return True
    if is_preamble and not _is_before_marked(lines, i):
        return False
    if genre is Genre.RESOLUTION and line.told.endswith(":") and FINITE.match(line.told):
        return False
    if genre is Genre.RULES and line.told.endswith(":") and i + 1 < len(lines) and lines[i + 1].letter is not None:
        return False
    return is_plain_heading(lines, i)


def _is_before_marked(lines: Sequence[Line], i: int) -> bool:
    """Return whether the next line after i that is no heading is numbered."""
    following = next((x for x in lines[i + 1 :] if not x.is_heading), None)
    return following is not None and following.number is not None


def opens_list(lines: Sequence[Line], i: int, genre: Genre) -> bool:
    """Return whether a line such as "Resolves that:" opens all numbered paragraphs of a resolution, or "Do hereby agree to:" those of a declaration."""
    opening = {Genre.RESOLUTION: FINITE, Genre.DECLARATION: _AGREES}.get(genre)
    is_first = i + 1 < len(lines) and lines[i + 1].number == 1
    return is_first and opening is not None and lines[i].told.endswith(":") and bool(opening.match(lines[i].told))


def has_divisions(lines: Sequence[Line], i: int) -> bool:
    """Return whether an annex that begins at line i is divided into articles, rules or sections."""
    words = [line.told for line in lines[i:]]
    end = next((n for n, each in enumerate(words) if ANNEX.match(each)), len(words))
    return sum(1 for each in words[:end] if DIVISION.match(each) and len(each) < 100) > 1


def has_bullets(lines: Sequence[Line], i: int) -> bool:
    """Return whether the section around line i has bullets."""
    for step in (-1, 1):
        j = i
        while 0 <= j < len(lines) and not (j != i and is_plain_heading(lines, j)):
            if lines[j].bullet:
                return True
            j += step
    return False


def unmarked_run(lines: Sequence[Line], i: int, *, genre: Genre, is_preamble: bool) -> int:
    """Return how many lines without a mark stand together from line i."""
    for j in range(i, len(lines)):
        line = lines[j]
        is_marked = line.letter or line.number is not None or line.bullet
        if is_marked or is_heading(lines, j, genre=genre, is_preamble=is_preamble):
            return j - i
    return len(lines) - i


def kind_of_letter(lines: Sequence[Line], i: int, letter: str, lasts: dict[str, str]) -> str:
    """Return whether the mark of line i is a letter, a roman numeral, a digit or a decimal.

    Args:
        lines: of the document.
        i: index of the line.
        letter: its mark.
        lasts: the last mark of each kind that is open.
    """
    if "." in letter:
        return "decimal"
    if letter.isdigit():
        return "digit"
    if letter.isupper():
        return "upper"
    if not _ROMAN.match(letter):
        return "letter"
    if letter == "i":
        follower = next((x.letter for x in lines[i + 1 :] if x.letter is not None or x.number is not None), None)
        return "letter" if lasts.get("letter") == "h" and follower != "ii" else "roman"
    roman_before = lasts.get("roman")
    if roman_before and roman_value(letter) == roman_value(roman_before) + 1:
        return "roman"
    if lasts.get("letter") and ord(letter[0]) == ord(lasts["letter"][-1]) + 1 and len(letter) == 1:
        return "letter"
    return "roman" if roman_before else "letter"

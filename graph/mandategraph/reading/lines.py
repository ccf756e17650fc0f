"""A line of clean text: whether it is a heading, its mark (number, letter, bullet), and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mandategraph.records import Span

_HEADING = re.compile(r"^(?:[-–•][ ]+)?(#{1,6})[ ]*")
_BULLET = re.compile(r"^[-–—•►▪■●◦‣·\uf0b7][ ]?(?=\S)|^\*[ ](?=\S)")
_NUMBER = re.compile(r"^(\d{1,3})\.(?:[ ]+(?=\S)|(?=[A-Z][a-z]+ ))")
# How negotiators mark the paragraphs of a draft: "PP3", "(OP)4.", "OP4 bis".
_DRAFTED = re.compile(
    r"^(?:\((PP|OP)[ ]?(\d{1,3})?\)|(PP|OP)[ ]?(\d{1,3})(?:[ ]?(?:bis|ter|quater))?\b)[.:)]?[ ]*(?=\S)"
)
_LETTER = re.compile(
    r"^(?:\(?([a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2})\)|([a-z]|[ivx]{1,5})\.)[ ]+(?=\S)|^\(([a-z]|[ivx]{1,5})\)(?=[A-Z][a-z])"
)
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,3}){2,4}|\d{1,2}\.\d{1,3}(?=\.|[ ]+[A-Z(\"']))\.?[ ]+(?=[A-Za-z(\"'])")
_INLINE_NUMBER = re.compile(r"(?<=[;,.:] )(\d{1,3})\. (?=[A-Z][a-z]+)")
_INLINE_BODY = re.compile(r"\bThe (?:[A-Z][\w'-]+|of|on|the|and|for)(?: (?:[A-Z][\w'-]+|of|on|the|and|for)){1,12},")
_INLINE_PARTICIPLE = re.compile(
    r"[,;] (?=(?:(?:[A-Z][a-z]+ly|Also|Further|Having) )*(?:[A-Z]|(?<=[a-z] )[a-z])[a-z]+(?:ing|ed)\b)"
)
_QUOTE = re.compile(r"^[\"'](?=[\w(])")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
# A line with which an annex begins.
ANNEX = re.compile(
    r"^(?:Annex|ANNEX|Appendix|APPENDIX)(?:[ ]+([IVX]+|[A-Z]|\d+))?(?:[*:]?|[ ]+to the letters? dated\b.{1,150})$"
)
CAPITAL = re.compile(r"^([A-Z])\**$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of clean text: its place, whether it is set as a heading, its mark and its words.

    `quoted` says that it opens with a quotation mark, which is not among its words. `told` are its words, `whole` the line, in words of the
    grammar.
    """

    span: Span
    text: str
    is_heading: bool
    bullet: bool
    number: int | None
    letter: str | None
    words: Span
    quoted: bool = False
    glossed: str = ""

    @property
    def told(self) -> str:
        """Its words, without mark, in words of the grammar."""
        return self.glossed or self.bare

    @property
    def whole(self) -> str:
        """The line in words of the grammar, its mark included."""
        return self.text[: self.words.start - self.span.start] + self.glossed if self.glossed else self.text

    @property
    def bare(self) -> str:
        """Its words, without mark."""
        return self.text[self.words.start - self.span.start :].rstrip()


def read_lines(text: str, said: Callable[[str], str] | None = None) -> list[Line]:
    """Return the lines of a clean text that are not empty; a line that holds a whole resolution is taken apart at its numbers.

    Args:
        text: one paragraph a line.
        said: gives words of another language as words of the grammar; None where they are those.
    """
    lines, at = [], 0
    for line in text.split("\n"):
        cuts = [0, *_cuts(line), len(line)]
        for begin, end in pairwise(cuts):
            part = line[begin:end].rstrip()
            if part.strip():
                line_ = _parse(part, at + begin)
                lines.append(replace(line_, glossed=said(line_.bare)) if said else line_)
        at += len(line) + 1
    return lines


def _cuts(line: str) -> list[int]:
    """Return where the paragraphs of a resolution begin that stands on one line: numbers from one on, and participles before them."""
    numbered: list[int] = []
    for found in _INLINE_NUMBER.finditer(line):
        if int(found[1]) == len(numbered) + 1:
            numbered.append(found.start(1))
    if len(numbered) < 2:
        return _preamble_cuts(line)
    body = _INLINE_BODY.search(line, 0, numbered[0])
    if body is None:
        return numbered
    preamble = [found.end() for found in _INLINE_PARTICIPLE.finditer(line, body.end() - 1, numbered[0])]
    return [body.start(), *preamble, *numbered]


def _preamble_cuts(line: str) -> list[int]:
    """Return where the paragraphs of a preamble begin that stands on one line with the name of its body."""
    body = _INLINE_BODY.match(line)
    begins = [found.end() for found in _INLINE_PARTICIPLE.finditer(line, body.end() - 1)] if body else []
    return begins if body and len(begins) > 1 and begins[0] == body.end() + 1 else []


def _parse(line: str, at: int) -> Line:
    rest, bullet, heading = line, False, False
    if found := _HEADING.match(rest):
        heading, rest = True, rest[found.end() :]
    elif found := _BULLET.match(rest):
        bullet, rest = True, rest[found.end() :]
    quote = _QUOTE.match(rest)
    if quote:
        rest = rest[quote.end() :]
    number: int | None = None
    letter: str | None = None
    if found := _DRAFTED.match(rest):
        mark, counted = found[1] or found[3], found[2] or found[4]
        number, rest = int(counted) if mark == "OP" and counted else None, rest[found.end() :]
    if found := _NUMBER.match(rest):
        number, rest = int(found[1]), rest[found.end() :]
    if found := _LETTER.match(rest):
        letter, rest = found[1] or found[2] or found[3], rest[found.end() :]
    elif number is None and (found := _DECIMAL.match(rest)):
        letter, rest = found[1], rest[found.end() :]
    if number is not None or letter is not None:
        bullet = False
    words = Span(at + len(line) - len(rest), at + len(line.rstrip()))
    return Line(Span(at, at + len(line)), line, heading, bullet, number, letter, words, bool(quote))


# What makes a sentence of a line that ends with a colon: "We call on Governments:", "The Board should:".
_SAID = re.compile(r"^We [a-z]|\b(?:shall|should|will|must|may|is|are|was|were|to|as)\b")


def is_plain_heading(lines: Sequence[Line], i: int) -> bool:
    """Return whether a line is a heading: set as one, or short, begun with a capital, left open, and before other text."""
    line = lines[i]
    words = line.bare
    if line.is_heading:
        return True
    if line.bullet or line.quoted or line.number is not None or line.letter is not None or not words[:1].isupper():
        return False
    if len(words) > 220 or re.search(r"[.;,]$", words) or i + 1 >= len(lines):
        return False
    if words.endswith(":"):
        return len(words) < 60 and not _SAID.search(words)
    return len(words) < 160 or lines[i + 1].letter is not None or lines[i + 1].number is not None


def roman_value(numeral: str) -> int:
    """Return the value of a roman numeral in small letters, below a hundred; 0 where it is none.

    Example:
        >>> roman_value("xiv"), roman_value("xlii"), roman_value("b")
        (14, 42, 0)
    """
    if not numeral or set(numeral) - set(_ROMAN):
        return 0
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))

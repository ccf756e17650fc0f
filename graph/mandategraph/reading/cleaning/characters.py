"""Passes over characters: what nobody sees, what is no language, and the marks of mathematics, links and emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mandategraph.reading.cleaning.edits import Edit
from mandategraph.records import LONGEST_WORD, SourceText

# Odd spaces and quotation marks become the plain ones, one for one.
_ODD = tuple(zip("\u00a0\u2007\u202f\u2009\t\u2028’‘`“”„", "     \n'''\"\"\"", strict=True))
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NO_CHARACTER = re.compile("\ufffd+")


def plain(text: str) -> str:
    """Return a text with plain spaces and quotation marks for odd ones."""
    for odd, common in _ODD:
        text = text.replace(odd, common)
    return text


def invisible(text: str) -> Iterator[Edit]:
    """Characters that nobody sees go."""
    for found in _INVISIBLE.finditer(text):
        yield Edit(found.start(), found.end(), "", "invisible character")
    for found in _NO_CHARACTER.finditer(text):
        yield Edit(found.start(), found.end(), "", "no character")


_NO_WORDS = re.compile(rf"\S{{{LONGEST_WORD},}}")


def overlong(text: str) -> Iterator[Edit]:
    """A run of characters without a space that is longer than any word, name or address is no language and goes."""
    if max(map(len, text.split()), default=0) < LONGEST_WORD:
        return
    for found in _NO_WORDS.finditer(text):
        yield Edit(found.start(), found.end(), "", "no word")


def omitted(source: SourceText) -> Iterator[Edit]:
    """What a format says is not to be read goes."""
    for omission in source.omitted:
        yield Edit(omission.span.start, omission.span.end, "", omission.reason)


_GREEK_SERIES = {"sigma": "S", "alpha": "A", "epsilon": "E"}
_MATHS_SYMBOL = re.compile(r"\\?\$\\(sigma|alpha|epsilon)\s*(?=[0-9A-Z][0-9A-Z/.]*/[0-9]+)")
_MATHS_END = re.compile(r"(?<=[0-9])\\(?=[)\],;. ])")


def maths(text: str) -> Iterator[Edit]:
    r"""A series letter that was set as mathematics is put back: `\$\sigma 2020/476\` is `S/2020/476`."""
    if "\\" not in text:
        return
    for found in _MATHS_SYMBOL.finditer(text):
        if found.end() - found.start() < 3:
            continue
        letter = found.end() - 2
        yield Edit(found.start(), letter, "", "mathematical markup")
        yield Edit(letter, found.end(), _GREEK_SERIES[found[1]] + "/", "mathematical markup")
    for found in _MATHS_END.finditer(text):
        yield Edit(found.start(), found.end(), "", "mathematical markup")


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")


def machine_marks(text: str) -> Iterator[Edit]:
    """Bookmarks of a word processor, comments and pictures go."""
    for pattern, reason in ((_COMMENT, "comment"), (_BOOKMARK, "bookmark"), (_IMAGE, "picture")):
        for found in pattern.finditer(text):
            yield Edit(found.start(), found.end(), "", reason)


_LINK = re.compile(r"\[((?:[^\[\]\\\n]|\\.)+)\]\((?:[^()\n\\]|\\.|\([^()\n]*\))*\)")
_ESCAPE = re.compile(r"\\(?=[()\[\]*_#$&%~>.+-])")


def links(text: str) -> Iterator[Edit]:
    """Of a Markdown link its words stay, its target goes; escapes lose their backslash."""
    for found in _LINK.finditer(text):
        yield Edit(found.start(), found.start(1), "", "link")
        yield Edit(found.end(1), found.end(), "", "link")
    inside = [(f.end(1), f.end()) for f in _LINK.finditer(text)]
    for found in _ESCAPE.finditer(text):
        if not any(a <= found.start() < b for a, b in inside):
            yield Edit(found.start(), found.end(), "", "escape")


_ORDINAL_TAG = re.compile(r"</?su[pb]>(?=(?:st|nd|rd|th)\b)|(?<=[0-9](?:st|nd|rd|th))</sup>|(?<=st|nd|rd|th)</sup>")
_STRONG = re.compile(r"(?<!\*)(\*{1,3})(?=[^\s*])([^*\n]*[^\s*])\1(?!\*)")
_UNDERSCORED = re.compile(r"(?<![\w/])(_{1,2})(?=[^\s_])([^_\n]*[^\s_])\1(?![\w/])")


def emphasis(text: str) -> Iterator[Edit]:
    """Emphasis marks and the tags around the letters of an ordinal go."""
    for found in _ORDINAL_TAG.finditer(text) if "<" in text else ():
        yield Edit(found.start(), found.end(), "", "superscript")
    for mark, pattern in (("*", _STRONG), ("_", _UNDERSCORED)):
        for found in pattern.finditer(text) if mark in text else ():
            yield Edit(found.start(), found.end(1), "", "emphasis")
            yield Edit(found.end(2), found.end(), "", "emphasis")

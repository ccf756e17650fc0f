"""Passes over lines: furniture of the page, and the empty lines of a text that is spaced twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mandategraph.reading.cleaning.edits import Edit

_URL_LINE = re.compile(r"^[ ]*(?:https?://|www\.)\S+[ ]*$", re.MULTILINE)
_JOB = re.compile(
    r"^[ ]*(?:\*?\d{0,3}[ ]?\d{2}-\d{5,8}\*?(?:[ ]*\([A-Z]\))?(?:[ ]*\*{0,2}\d*/\d+\*{0,2})?"
    r"|\*{0,2}\d+/\d+\*{0,2}[ ]+\d{2}-\d{5,8}|\*?\d{7}\*?|GE\.\d{2}-\d{5,8}.*|\*{0,2}\d{1,3}/\d{1,3}\*{0,2}"
    r"|\d{1,3}/\d{2,5}-\d{5,6}|\d{1,3}|[Pp]age \d+( of \d+)?)[ ]*$",
    re.MULTILINE,
)
_RULE = re.compile(r"^[ ]*(?:-{3,}|\*{3,}|_{3,})[ ]*$", re.MULTILINE)
_SYMBOL_LINE = re.compile(r"^[ ]*[ASE]/[A-Z0-9./-]+(?:[ ]?\(\d{4}\))?(?:[ ]+\d+)?[ ]*$")


def furniture(text: str) -> Iterator[Edit]:
    """Lines that belong to the page and not to the text: job numbers, running heads, rules, bare links."""
    for pattern, reason in ((_URL_LINE, "link line"), (_JOB, "page furniture"), (_RULE, "rule")):
        for found in pattern.finditer(text):
            yield Edit(found.start(), found.end(), "", reason)
    at = 0
    for line in text.split("\n"):
        head = line.strip()
        if _SYMBOL_LINE.match(line) and head.replace(" ", "") in text[:at].replace(" ", ""):
            yield Edit(at, at + len(line), "", "running head")
        at += len(line) + 1


def double_spacing(text: str) -> Iterator[Edit]:
    """Where every line is followed by an empty one, the empty ones go, except where two stand together."""
    lines = text.split("\n")
    filled = [i for i, line in enumerate(lines[:-1]) if line.strip()]
    if len(filled) < 20:
        return
    spaced = sum(1 for i in filled if not lines[i + 1].strip())
    wrapped = sum(1 for i in filled if not re.search(r"[.;:,!?)]\s*$", lines[i]))
    if spaced < 0.9 * len(filled) or wrapped < 0.5 * len(filled):
        return
    at = 0
    for i, line in enumerate(lines[:-1]):
        end = at + len(line) + 1
        if not line.strip() and i and lines[i - 1].strip():
            yield Edit(at, end, "", "double spacing")
        at = end

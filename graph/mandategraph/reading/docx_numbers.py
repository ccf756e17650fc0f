"""Numbers of Word's lists (ECMA-376, part 1, 17.9): counted as Word counts them, written as their level says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from mandategraph.reading.docx_styles import is_on, value
from mandategraph.reading.numbering import letter, roman

# A list has nine levels, and Word shows no longer text before a paragraph; what a file has beyond that is no list of people.
_LEVELS, _LONGEST, _LINKS = 9, 255, 5
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list.

    Attributes:
        form: of its numbers, as `lowerLetter`.
        shown: the text in which they stand, as "%1.%2".
        start: its first number.
        is_legal: all its numbers are in figures.
        after: it begins anew after a number of a level above this one; 0 for never.
        style: the paragraph style that has this level.
    """

    form: str
    shown: str
    start: int
    is_legal: bool
    after: int
    style: str


class Numbers:
    """Counts as Word does: a level goes on from its last number, and begins anew below a higher one.

    Args:
        part: root of the package's numbering, or None where it has none.
        of_style: the list that a numbering style names, by the style's id.
    """

    def __init__(self, part: Any, of_style: Mapping[str, str]) -> None:
        self._of_style = of_style
        self._abstracts: dict[str, Any] = {}
        self._nums: dict[str, Any] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._starts: dict[tuple[str, int], int] = {}
        if part is None:
            return
        self._abstracts = {each.get(qn("w:abstractNumId"), ""): each for each in part.findall(qn("w:abstractNum"))}
        self._nums = {each.get(qn("w:numId"), ""): each for each in part.findall(qn("w:num"))}
        for id_, each in self._abstracts.items():
            if style := value(each, "w:styleLink"):
                self._linked.setdefault(style, id_)

    def level_of(self, list_: str, style: str) -> str:
        """Return the level that a list gives to a paragraph style, as a figure; "0" where it names none."""
        _, levels = self._list(list_)
        return str(next((n for n, level in levels.items() if style and level.style == style), 0))

    def next(self, list_: str, level: int) -> str:
        """Return the next number at a level of a list as it is shown; "-" for a bullet, "" for no list."""
        abstract, levels = self._list(list_)
        if level not in levels:
            return ""
        here = levels[level]
        counts = self._counts[abstract]
        if (list_, level) in self._starts:
            counts[level] = self._starts.pop((list_, level))
        else:
            counts[level] = counts[level] + 1 if level in counts else here.start
        for deeper in [n for n in counts if n > level and (n not in levels or level < levels[n].after)]:
            del counts[deeper]
        if here.form == "bullet":
            return "-"

        def number(found: re.Match[str]) -> str:
            n = int(found[1]) - 1
            other = levels.get(n, here)
            return _written(counts.get(n, other.start), "decimal" if here.is_legal else other.form)

        return _PLACEHOLDER.sub(number, here.shown)[:_LONGEST]

    def _list(self, list_: str) -> tuple[str, dict[int, _Level]]:
        if list_ not in self._lists:
            self._lists[list_] = self._read(list_)
        return self._lists[list_]

    def _read(self, list_: str) -> tuple[str, dict[int, _Level]]:
        """Return which list counts with this one, and its levels; a list may be defined by a numbering style."""
        num = self._nums.get(list_)
        if num is None:
            return "", {}
        abstract = value(num, "w:abstractNumId") or ""
        for _ in range(_LINKS):
            style = value(self._abstracts.get(abstract), "w:numStyleLink")
            if not style:
                break
            by_list = value(self._nums.get(self._of_style.get(style, "")), "w:abstractNumId")
            abstract = self._linked.get(style) or by_list or ""
        if abstract not in self._levels:
            self._levels[abstract] = _levels(self._abstracts.get(abstract))
        levels = dict(self._levels[abstract])
        for changed in num.findall(qn("w:lvlOverride")):
            levels.update(_levels(changed))
            level, start = _integer(changed.get(qn("w:ilvl")), 0), value(changed, "w:startOverride")
            if start is not None:
                self._starts[list_, level] = _integer(start, 1)
        return abstract, levels


def _levels(parent: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for each in parent.findall(qn("w:lvl")) if parent is not None else ():
        level = _integer(each.get(qn("w:ilvl")), 0)
        if 0 <= level < _LEVELS:
            shown = (value(each, "w:lvlText") or "")[:_LONGEST]
            start = _integer(value(each, "w:start"), 1)
            found[level] = _Level(
                form=value(each, "w:numFmt") or "decimal",
                shown=shown,
                start=start,
                is_legal=is_on(each, "w:isLgl"),
                after=_integer(value(each, "w:lvlRestart"), level),
                style=value(each, "w:pStyle") or "",
            )
    return found


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,10}", text.strip()) else otherwise


def _written(number: int, form: str) -> str:
    """Return a number in one of Word's forms."""
    if form in {"lowerLetter", "upperLetter"}:
        return letter(number) if form == "lowerLetter" else letter(number).upper()
    if form in {"lowerRoman", "upperRoman"}:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)

"""Citations of UN documents in running text.

In: the text of a paragraph and the body that issued its document. Out: places with the symbol they mean: full symbols
("S/2020/476"), resolutions by number and year ("resolution 2374 (2017)"), by number alone where the numbering tells
the year ("resolution 2391"), by session ("25/36 of 28 March 2014"), and lists of them ("resolutions 1612 (2005), 1882
(2009) and 2427 (2018)"). Patterns are data (`patterns/citations.jsonl`): `after` is
the noun that must stand before, `body` the body whose numbering the pattern is.

Limits: a session number after a comma is taken for a resolution wherever the sentence has said "resolution" before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from mandategraph.lexicon import Tables, load_patterns
from mandategraph.symbols import SYMBOL, normalize

_HEAD = re.compile(r"\b(?P<what>[Rr]esolution|[Dd]ecision)s?\b")
_COMMISSION = "Commission on Human Rights"
_BODIES = (
    ("General Assembly", "A/RES/"),
    ("Human Rights Council", "A/HRC/RES/"),
    ("Economic and Social Council", "E/RES/"),
    ("Assembly", "A/RES/"),
)
_OWN = {"General Assembly": "A/RES/", "Human Rights Council": "A/HRC/RES/", "Economic and Social Council": "E/RES/"}
_FOREIGN = re.compile(r"\b(?:Commission on Human Rights|[Cc]ommission|World Health Assembly|Conference)\b")


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document: half-open offsets in the paragraph's text, the symbol, and the rule that found it."""

    start: int
    end: int
    symbol: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    id: str
    regex: re.Pattern[str]
    symbol: str
    after: str
    body: str


class CitationFinder:
    """The citation patterns, compiled once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.patterns = tuple(_load())

    def find(self, text: str, body: str) -> list[Citation]:
        """Return the citations of a text in reading order, none within another.

        Args:
            text: a paragraph, white space folded.
            body: the issuing body, as its documents name it; "its resolution 5/1" is one of its own.
        """
        found = [Citation(m.start(), m.end(), normalize(m[0]), "CIT-symbol") for m in SYMBOL.finditer(text)]
        heads = [(m.start(), m["what"].lower()) for m in _HEAD.finditer(text)]
        for pattern in self.patterns:
            for match in pattern.regex.finditer(text) if heads or not pattern.after else ():
                if pattern.after:
                    before = bisect_left(heads, (match.start(),))
                    if not before or heads[before - 1][1] != pattern.after:
                        continue
                symbol = self._symbol(pattern, match, text, heads, body)
                if symbol:
                    found.append(Citation(match.start(), match.end(), symbol, pattern.id))
        found.sort(key=lambda c: (c.start, -c.end))
        kept: list[Citation] = []
        for citation in found:
            if not kept or citation.start >= kept[-1].end:
                kept.append(citation)
        return kept

    def _symbol(
        self, pattern: _Pattern, match: re.Match[str], text: str, heads: list[tuple[int, str]], body: str
    ) -> str:
        groups = {k: v for k, v in match.groupdict().items() if v}
        if "number2" in groups:
            groups["number"] = groups["number2"]
        if pattern.body:
            head = max(h for h, _ in heads if h < match.start())
            named = _named_body(text[max(0, head - 60) : head]) or body
            if named != pattern.body:
                return ""
        if "{series}" in pattern.symbol:
            head = max(h for h, _ in heads if h < match.start())
            groups["series"] = _series(text[max(0, head - 60) : head], body)
            if not groups["series"]:
                return ""
            if pattern.after == "decision":
                groups["series"] = groups["series"].replace("/RES/", "/DEC/")
        elif "{year}" in pattern.symbol and "year" not in groups:
            year = self.tables.year_of(int(groups["number"]))
            if year is None:
                return ""
            groups["year"] = str(year)
        elif pattern.id == "CIT-numbered-year" and body != "Security Council":
            year = self.tables.year_of(int(groups["number"]))
            if year is not None and abs(year - int(groups["year"])) > 1:
                return ""
        return pattern.symbol.format(**groups)


def _named_body(before: str) -> str:
    """Return the body that the words before "resolutions" name last, or ""."""
    names = (*(name for name, _ in _BODIES), _COMMISSION)
    named = [(before.rfind(name) + len(name), name) for name in names if name in before]
    return max(named)[1] if named else ""


def _series(before: str, body: str) -> str:
    """Return the series of the resolutions that the words before "resolutions" speak of."""
    named = [(before.rfind(name), series) for name, series in _BODIES if name in before]
    foreign = max((m.start() for m in _FOREIGN.finditer(before)), default=-1)
    if named and max(named)[0] > foreign:
        return max(named)[1]
    if foreign >= 0:
        return ""
    return _OWN.get(body, "A/RES/")


def _load() -> Iterator[_Pattern]:
    for row in load_patterns("citations.jsonl", ("id", "regex", "symbol", "source"), optional=("after", "body")):
        yield _Pattern(row["id"], re.compile(row["regex"]), row["symbol"], row.get("after", ""), row.get("body", ""))

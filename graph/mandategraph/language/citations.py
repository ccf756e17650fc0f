"""Citations of UN documents in running text.

In: the text of a paragraph and the body that issued its document. Out: places with the symbol they mean: full symbols
("S/2020/476"), resolutions by number and year ("resolution 2374 (2017)"), by number alone where the numbering tells
the year ("resolution 2391"), by session ("25/36 of 28 March 2014"), and lists of them ("resolutions 1612 (2005), 1882
(2009) and 2427 (2018)"). Patterns are data (`patterns/citations.jsonl`): `after` is
the noun that must stand before, `body` the body whose numbering the pattern is, `needs` a mark without which no text has one.

Limits: a session number after a comma is taken for a resolution wherever the sentence has said "resolution" before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from mandategraph.lexicon import Tables, load_patterns
from mandategraph.symbols import SYMBOL, normalize, numbered_by

_HEAD = re.compile(r"\b(?P<what>[Rr]esolution|[Dd]ecision)s?\b")
_FOREIGN_AFTER = re.compile(r"(?:[A-Z][a-z]+ ){1,3}(?:Commission|Conference|Committee|Board)\b|World Health Assembly\b")
_FOREIGN = re.compile(r"\b(?:[Cc]ommission|World Health Assembly|Conference)\b")
_COUNCIL = re.compile(r"(?<!Security )(?<!Social )(?<!Rights )(?<!European )(?<!Trusteeship )\bCouncil\b")
_UNION = re.compile(r"\b(?:General Assembly|United Nations resolution)")
_ITS = re.compile(r"\b(?:its|our)(?: [a-z]+)?(?: and [a-z]+)? $")
_OF_BODY = re.compile(r"(?:(?!\bresolution |\bdecision )[^.;()]){0,60}?\b(?:of|by) the (?=[A-Z])")
_DAY = re.compile(r",? of \d{1,2} [A-Z][a-z]+ (\d{4})\b")
# The General Assembly counts its resolutions by session and number from this session on.
_FIRST_BY_SESSION = 31
# What stands before a slash is a session of two figures, or a year; else it is no number of a body of the United Nations.
_LAST_SESSION, _FIRST_YEAR = 99, 1946
_SECURITY_COUNCIL, _ASSEMBLY, _RIGHTS_COUNCIL = "Security Council", "General Assembly", "Human Rights Council"
# "78/250 A and B": the parts that follow the one that is printed with its number.
_FURTHER_PARTS = re.compile(r"(?:(?:, |,? and |, and )([B-Z])(?![\w'’]|\. ?[A-Z]))+")
_PART = re.compile(r"/\d+ ([A-Z])(?= \(|$)")
_BEFORE, _AFTER = 60, 80
_OPTIONAL = ("after", "body", "needs")
_FOREIGN_BODY, _BARE_COUNCIL = "another body", "a council"


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
    needs: str

    def owner(self, own: str) -> str:
        """Return whose numbers the pattern's are where no body is named: a bare number is a Security Council resolution's."""
        return _SECURITY_COUNCIL if self.body == _SECURITY_COUNCIL else own

    def council(self, own: str) -> str:
        """Return which body "Council" alone is before a number of this form: the issuer, else the one that counts so."""
        if self.body:
            return self.owner(own)
        return own if own.endswith("Council") and own != _SECURITY_COUNCIL else _RIGHTS_COUNCIL


class CitationFinder:
    """The citation patterns, compiled once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.patterns = tuple(_load())
        self._bodies = {body.name: body for body in tables.bodies if body.aliases}
        self._aliases = [
            (body.name, re.compile(rf"\b(?:{'|'.join(map(re.escape, body.aliases))})\b"))
            for body in self._bodies.values()
        ]

    def find(self, text: str, body: str) -> list[Citation]:
        """Return the citations of a text in reading order, none within another.

        Args:
            text: a paragraph, white space folded.
            body: the issuing body, as its documents name it; "its resolution 5/1" is one of its own.
        """
        symbols = SYMBOL.finditer(text) if "/" in text or "WHA" in text else ()
        found = [Citation(m.start(), m.end(), normalize(m[0]), "CIT-symbol") for m in symbols]
        heads = [(m.start(), m["what"].lower()) for m in _HEAD.finditer(text)]
        for pattern in self.patterns:
            if pattern.needs not in text or (pattern.after and not heads):
                continue
            for match in pattern.regex.finditer(text):
                if pattern.after:
                    before = bisect_left(heads, (match.start(),))
                    if not before or heads[before - 1][1] != pattern.after:
                        continue
                symbol = self._symbol(pattern, match, text, heads, body)
                if symbol:
                    cited = Citation(match.start(), match.end(), symbol, pattern.id)
                    found += [cited, *self._further(text, cited)]
        found.sort(key=lambda c: (c.start, -c.end))
        kept: list[Citation] = []
        for citation in found:
            if not kept or citation.start >= kept[-1].end:
                kept.append(citation)
        return kept

    def _further(self, text: str, citation: Citation) -> Iterator[Citation]:
        """Yield the other parts of a resolution that are cited by their letters alone."""
        letter = _PART.search(citation.symbol)
        if letter and (found := _FURTHER_PARTS.match(text, citation.end)):
            for part in re.finditer(r"\b[B-Z]\b", found[0]):
                at = citation.end + part.start()
                symbol = f"{citation.symbol[: letter.start(1)]}{part[0]}{citation.symbol[letter.end(1) :]}"
                yield Citation(at, at + 1, symbol, citation.rule)

    def _symbol(
        self, pattern: _Pattern, match: re.Match[str], text: str, heads: list[tuple[int, str]], own: str
    ) -> str:
        """Return the symbol that a match means, or "" where none can be told."""
        groups = {k: v for k, v in match.groupdict().items() if v}
        groups["number"] = groups.pop("number2", groups.get("number", ""))
        if "{act}" in pattern.symbol:
            return pattern.symbol.format(**(groups | {"act": groups["act"].title()}))
        earlier = [h for h, _ in heads if h <= match.start()] or [match.start()]
        head, last = earlier[-1], earlier[-2] if len(earlier) > 1 else 0
        before = text[max(0, head - _BEFORE) : head]
        if _ITS.search(before):
            # "the Assembly, in its resolution 60/1, and in its resolution 61/2": whose it is, the words since the last one say.
            before = text[max(last, head - _BEFORE) : head]
        named = self._named(before, text[match.end() : match.end() + _AFTER])
        if named == _BARE_COUNCIL and (own in self._bodies or not own.endswith("Council")):
            named = pattern.council(own)
        if pattern.body and (named or pattern.owner(own)) != pattern.body:
            return ""
        if any(field in pattern.symbol for field in ("{resolution}", "{decision}", "{roman}")):
            kind = pattern.symbol.strip("{}")
            is_own = named in {"", _FOREIGN_BODY, _BARE_COUNCIL} and self._is_own(before, text, match, own)
            if is_own and kind != "roman" and (numbered := numbered_by(own, kind, match[0])):
                return numbered
            if named == _FOREIGN_BODY:
                return ""
            if (day := _DAY.match(text, match.end())) and groups["session"].isdigit():
                named = self._meeting_then(named or own, int(groups["session"]), int(day[1])) or named
            return self._by_session(pattern.symbol.strip("{}"), named, own, groups)
        if "{roman_of_day}" in pattern.symbol:
            groups["roman_of_day"] = _roman_session(int(groups["year"]), groups["month"])
        elif "{year}" in pattern.symbol and "year" not in groups:
            year = self.tables.year_of(int(groups["number"]))
            if year is None:
                return ""
            groups["year"] = str(year)
        elif pattern.id == "CIT-numbered-year" and own != _SECURITY_COUNCIL:
            year = self.tables.year_of(int(groups["number"]))
            if year is not None and abs(year - int(groups["year"])) > 1:
                return ""
        return pattern.symbol.format(**groups)

    def _is_own(self, before: str, text: str, match: re.Match[str], own: str) -> bool:
        """Return whether a number is one of an issuer that has no symbols: called its own, heading a line, or none of the Assembly's.

        Args:
            before: the words before "resolution" or "decision".
            text: the paragraph.
            match: of the number in it.
            own: the issuer.
        """
        of = _OF_BODY.match(text[match.end() : match.end() + _AFTER])
        if own in self._bodies or (of and not text.startswith(own, match.end() + of.end())):
            return False
        if _UNION.search(text[: match.start()]) or any(found[0] not in own for found in _FOREIGN.finditer(before)):
            return False
        session = match["session"]
        is_early = session.isdigit() and int(session) < _FIRST_BY_SESSION
        return bool(is_early or _ITS.search(before) or _FOREIGN.search(before) or not before.strip())

    def _by_session(self, kind: str, named: str, own: str, groups: dict[str, str]) -> str:
        """Return the symbol of a resolution or decision by session and number.

        It is of the body that is named, else of the issuer, else, where that counts otherwise, of the General Assembly.
        """
        body = self._bodies.get(named or own)
        template = getattr(body, kind) if body else ""
        if not template and not named:
            body = self._bodies[_ASSEMBLY]
            template = getattr(body, kind)
        session = groups["session"]
        if session.isdigit() and (_LAST_SESSION < int(session) < _FIRST_YEAR):
            return ""
        if body and body.name == _ASSEMBLY and session.isdigit() and int(session) < _FIRST_BY_SESSION:
            return ""
        if body and body.name == _ASSEMBLY and session.isdigit() and int(session) >= _FIRST_YEAR:
            # A year is counted by other bodies: the issuer's own, where it has a name that tells.
            return "" if named else numbered_by(own, kind, f"{session}/{groups['number']}")
        return str(template.format(session=groups["session"], number=groups["number"]))

    def _meeting_then(self, body: str, session: int, year: int) -> str:
        """Return the one body that had a session of this number in a year, where the body in question had not; else ""."""
        asked = self._bodies.get(body)
        if asked is None or asked.met_in(session, year):
            return ""
        others = [other.name for other in self._bodies.values() if other.met_in(session, year)]
        return others[0] if len(others) == 1 else ""

    def _named(self, before: str, after: str) -> str:
        """Return the body that the words around a number name: the last one before "resolution", or "of the ..." after it.

        `_FOREIGN_BODY` is one whose numbers we do not know; "" means that none is named.
        """
        named = [(m.end(), m.end() - m.start(), body) for body, regex in self._aliases for m in regex.finditer(before)]
        named += [(m.end(), m.end() - m.start(), _FOREIGN_BODY) for m in _FOREIGN.finditer(before)]
        named += [(m.end(), 0, _BARE_COUNCIL) for m in _COUNCIL.finditer(before)]
        of = _OF_BODY.match(after)
        if of and (not named or max(named)[-1] == _BARE_COUNCIL or after.startswith((" of the ", " by the "))):
            rest = after[of.end() :]
            found = [(len(m[0]), body) for body, regex in self._aliases if (m := regex.match(rest))]
            if found or _FOREIGN_AFTER.match(rest):
                return max(found)[1] if found else _FOREIGN_BODY
        return max(named)[-1] if named else ""


def _roman_session(year: int, month: str) -> str:
    """Return the regular session of the General Assembly in which a day fell, in roman numerals: the first began in 1946.

    A session opens in September and may resume until the next one opens.
    """
    session = year - 1945 if month in {"September", "October", "November", "December"} else max(1, year - 1946)
    return "".join("X" * (session // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[session % 10])


def _load() -> Iterator[_Pattern]:
    for row in load_patterns("citations.jsonl", ("id", "regex", "symbol", "source"), optional=_OPTIONAL):
        yield _Pattern(row["id"], re.compile(row["regex"]), row["symbol"], *(row.get(key, "") for key in _OPTIONAL))

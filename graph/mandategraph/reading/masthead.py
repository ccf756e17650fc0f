"""Whose document it is: symbol, day, title, session and agenda item, read from the masthead alone.

In: the lines before the body. Out: a `Masthead`. Forms and their order are rows of `patterns/masthead.jsonl`: the first row of kind
`symbol` that fits a line of the masthead gives the document's symbol; where none fits, its file name may; else it has none, and is
named by where it came from. A symbol in running words, in a footnote or in a title is a citation, and never the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from mandategraph import symbols
from mandategraph.dates import find_dates
from mandategraph.lexicon import Tables, load_patterns
from mandategraph.reading.lines import CAPITAL, Line
from mandategraph.records import CleanText, Genre, Masthead, Span

FILE_NAME, PLACE = "IDY-file-name", "IDY-place"
NO_SYMBOL = "it prints no symbol of its own, so that it is named by where it came from"
# A line with a number and the title behind it is no longer than this.
_LONGEST_TITLE = 600
# A masthead has at most so many lines, none as long as a paragraph; a symbol stands among the first, or near other standing lines.
_LINES, _LONGEST, _FIRST, _NEAR, _ISSUED = 40, 250, 4, 4, 2
# The number of a resolution stands so near over its body, and no paragraph between.
_OVER = 15
_DRAFTED = frozenset({Genre.RESOLUTION, Genre.PRESIDENTIAL_STATEMENT})
_FRONT = re.compile(r"^(?:(?:contents|summary|introduction)\W*$|(?:[ivx]+|\d{1,2})\. [a-z])", re.IGNORECASE)
_ADOPTED = re.compile(r"\badopted\b|^of (?=\d)|^resolution \d+ \(\d{4}\) of ", re.IGNORECASE)
_DATED = re.compile(r"\b(?:dated|held on)\b", re.IGNORECASE)
_ALONE = re.compile(
    r"^\W*(?:.*\b(?:general|limited|restricted|meeting|distr\.?)\b\W*|done at [\w ]+, ?(?:on )?(?:this )?|of )?$",
    re.IGNORECASE,
)
_WORD_OF_NUMBER = re.compile(r"^(?:resolution|decision) (?:no\. ?)?", re.IGNORECASE)
_CITED = re.compile(r"\b(?:resolutions?|report|letter|decision|note) (?:\S+ ){0,3}(?:of|dated) $", re.IGNORECASE)
_MEETING = re.compile(r"\bplenary meeting\W*$", re.IGNORECASE)
_CLOSING = 6
# A title has a word, and is no clause: it ends neither in a stop nor open.
_IS_TITLE = re.compile(r"(?=.*\w{3}).*[^.;,:\s]$")
_NUMBERED = re.compile(
    r"^(?:(?:security council )?resolution \d+ ?\(\d{4}\)[*\d]*|\d+ \(\d{4}\)\. resolution)(?: of \d{1,2} \w+ \d{4})?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A row of the patterns: what a line of this form says."""

    id: str
    what: str
    regex: re.Pattern[str]
    symbol: str
    body: str
    why: str
    genre: Genre


@dataclass(frozen=True, slots=True)
class _Found:
    """A symbol, the line that gave it, and by which form."""

    symbol: str
    form: _Form
    line: Line
    match: re.Match[str]


class MastheadReader:
    """Reads mastheads with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._bodies = {body.name: body for body in tables.bodies}
        self._forms = tuple(_load())

    def read(
        self, text: CleanText, lines: Sequence[Line], body_at: int, genre: Genre, body: str, *, is_part: bool = False
    ) -> Masthead:
        """Return the masthead of a document.

        Args:
            text: the document.
            lines: of the text.
            body_at: index of the line where the body begins.
            genre: of the document.
            body: the issuing body as the body line or the title names it; may be empty.
            is_part: whether it is one of several in its file, so that the name of the file is not its own.
        """
        head = _block(lines, body_at)
        title = (lines[:body_at] if genre in _DRAFTED else []) or head
        named = "" if is_part else symbols.from_file_name(text.source.name)
        over = takewhile(lambda line: len(line.text) <= _LONGEST, reversed(title[-_OVER:]))
        found = self._symbol(head, tuple(over), genre, body)
        symbol, rule, why, span = named, FILE_NAME, "the file is named by the symbol", Span(0, 0)
        if found and (not named or symbols.SYMBOL.fullmatch(found.symbol)):
            symbol, rule, why, span = found.symbol, found.form.id, found.form.why, found.line.span
            symbol = _with_part(symbol, lines, body_at) if found.form.id == "IDY-session-number" else symbol
        elif not named:
            rule, why = PLACE, NO_SYMBOL
        headed = self._headed(title, symbol)
        said = {what: self._value(head, what) for what in ("organ", "session", "agenda", "original")}
        return Masthead(
            symbol=symbol,
            rule=rule,
            why=why,
            span=span,
            date=_date(title, lines, genre),
            title=self._title(title, headed),
            body=body,
            organ=said["organ"],
            session=said["session"],
            agenda_item=said["agenda"],
            original=said["original"],
            edition=self._edition(head, lines),
        )

    def number(self, line: Line) -> str:
        """Return the number with which a line heads a resolution or decision, as printed; "" where it heads none."""
        words = _words(line)
        if len(words) > _LONGEST_TITLE:
            return ""
        for form in self._of("symbol", "number"):
            if (form.symbol or form.what == "number") and (match := form.regex.search(words)):
                end = match.start("title") if "title" in form.regex.groupindex else match.end()
                return words[:end].strip(" .:*")
        return ""

    def _of(self, *what: str) -> Iterator[_Form]:
        return (form for form in self._forms if form.what in what)

    def _is(self, line: Line, *what: str) -> bool:
        words = _words(line)
        return any(form.regex.search(words) for form in self._of(*what))

    def _symbol(self, head: Sequence[Line], numbered: Sequence[Line], genre: Genre, body: str) -> _Found | None:
        """Return the first symbol in the order of the forms; numbers of resolutions count in resolutions alone."""
        for form in self._of("symbol"):
            if (form.symbol and genre is not form.genre) or (form.body and form.body != body):
                continue
            found = [
                _Found(symbol, form, line, match)
                for i, line in enumerate(numbered if form.symbol else head)
                if (match := form.regex.search(_words(line)))
                and (form.symbol or i < _FIRST or self._is_near_standing(head, i))
                and (symbol := self._filled(form, match, body))
            ]
            # A masthead prints one symbol, or two where two organs issue the document; more are a list of others.
            if found and (form.symbol or len({each.symbol for each in found}) <= _ISSUED):
                return found[0]
        return None

    def _is_near_standing(self, head: Sequence[Line], i: int) -> bool:
        near = [*head[max(0, i - _NEAR) : i], *head[i + 1 : i + 1 + _NEAR]]
        return any(self._is(line, "standing", "organ", "original", "session", "agenda") for line in near)

    def _filled(self, form: _Form, match: re.Match[str], body: str) -> str:
        """Return the symbol that a match gives, "" where the body counts otherwise."""
        if not form.symbol:
            return symbols.normalize(match["symbol"])
        said = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
        kind = form.symbol.strip("{}")
        if kind == "act":
            of = f"({said['of'].upper()}) " if "of" in said else ""
            return f"{said['act'].title()} {of}{said['number'].upper()}"
        if kind not in {"resolution", "decision", "roman"}:
            return str(form.symbol.format(**said))
        known = self._bodies.get(body)
        if known is None and kind != "roman":
            return symbols.numbered_by(body, kind, f"{said['session']}/{said['number']}")
        return str(getattr(known, kind, "").format(**said))

    def _headed(self, title: Sequence[Line], symbol: str) -> int | None:
        """Return the index of the line that heads a resolution by its number: that of its symbol, else the last one."""
        heads = [(i, number) for i, line in enumerate(title) if (number := self.number(line)) and self._titled(line)]
        own = [i for i, number in heads if _WORD_OF_NUMBER.sub("", number) in symbol]
        return own[-1] if own else heads[-1][0] if heads else None

    def _title(self, title: Sequence[Line], headed: int | None) -> str:
        """Return the title: what stands behind a resolution's number, or the number; else the last line that is no standing form.

        Where all lines are standing forms it is who wrote it.
        """
        if headed is not None:
            behind = self._behind_number(title[headed])
            kept = [behind] if behind else []
            for line in title[headed + 1 :]:
                words = _words(line)
                is_over = CAPITAL.match(words) or line.letter or len(kept) > 2 or not _IS_TITLE.search(words)
                if is_over or self._is(line, "standing", "organ", "author"):
                    break
                kept.append(_printed(line))
            return " ".join(kept)[:300] or self.number(title[headed])
        short = [line for line in title if len(line.text) <= _LONGEST]
        if numbered := next((_printed(line) for line in reversed(short) if _NUMBERED.match(_words(line))), ""):
            return numbered
        kinds = ("standing", "organ", "symbol", "session", "agenda", "original", "edition")
        titles = [line for line in short if not self._is(line, *kinds) and _IS_TITLE.search(_words(line))]
        kept = [_printed(line) for line in titles]
        own = [_printed(line) for line in titles if not self._is(line, "author")]
        numbers = [_words(line) for line in short if (self._is(line, "symbol") and line.is_heading) or False]
        whole = own or kept or numbers or [_words(line) for line in short if _NUMBERED.match(_words(line))]
        # "on wells", "concerning wells" goes on from what stands before: the kind of the document, or an act's number.
        act = [_words(line) for line in short if self._is_act(line)]
        before = act[-1:] or own[-2:-1]
        is_end = bool(whole) and whole[-1][:1].islower()
        return " ".join((*before, whole[-1]) if is_end else whole[-1:])[:300]

    def _is_act(self, line: Line) -> bool:
        """Return whether an act is headed so: its number is no symbol that stands for itself."""
        words = _words(line)
        return any(form.genre is Genre.RULES and form.regex.search(words) for form in self._of("symbol"))

    def _titled(self, line: Line) -> re.Match[str] | None:
        """Return what a line says that heads a resolution by its number, with the title behind it; None where it does not."""
        forms = (form for form in self._of("symbol", "number") if "title" in form.regex.groupindex)
        return next((match for form in forms if (match := form.regex.search(_words(line)))), None)

    def _behind_number(self, line: Line) -> str:
        """Return the title behind the number that heads a resolution, as printed."""
        match = self._titled(line)
        if match is None or not match["title"]:
            return ""
        number = _words(line)[: match.start("title")].split()[-1]
        return _printed(line).partition(number)[2].strip(" \t.*")

    def _value(self, head: Sequence[Line], what: str) -> str:
        """Return what the first line of a form says."""
        for line in head:
            for form in self._of(what):
                if match := form.regex.search(_words(line)):
                    value = next((value for value in match.groups() if value), "")
                    return _printed(line) if value == _words(line) else value
        return ""

    def _edition(self, head: Sequence[Line], lines: Sequence[Line]) -> str:
        """Return the day on which the document says that it was issued again, "*" where it gives none."""
        for line in (*head, *lines[-_CLOSING:]):
            if self._is(line, "edition"):
                days = [d.iso for d in find_dates(line.whole) if len(d.iso) == 10]
                return days[-1] if days else "*"
        return ""


def _words(line: Line) -> str:
    """Return the line in words of the grammar, without what marks a heading; a number is part of it here."""
    return _bare(line.whole, line)


def _printed(line: Line) -> str:
    """Return the same as it is printed."""
    return _bare(line.text, line)


def _bare(words: str, line: Line) -> str:
    return words.strip().lstrip("# ").strip("* ") if line.is_heading else words.strip()


def _block(lines: Sequence[Line], body_at: int) -> list[Line]:
    """Return the lines of the masthead: those before the body, or before what can only be text."""
    block: list[Line] = []
    for line in lines[: min(_LINES, body_at or _LINES)]:
        words = _words(line)
        if (
            len(words) > _LONGEST
            or (line.bullet and words[0] != "*")
            or (line.number is not None and block)
            or _FRONT.match(words)
        ):
            break
        block.append(line)
    return block


def _with_part(symbol: str, lines: Sequence[Line], body_at: int) -> str:
    """Return a symbol with the letter that stands over the body, where the document holds this one part alone."""
    letters = {found[1] for line in lines if (found := CAPITAL.match(line.text.strip()))}
    over = [found[1] for line in lines[max(0, body_at - 3) : body_at] if (found := CAPITAL.match(line.text.strip()))]
    return f"{symbol} {over[-1]}" if over and len(letters) == 1 else symbol


def _date(title: Sequence[Line], lines: Sequence[Line], genre: Genre) -> str | None:
    """Return the day of a document: of its adoption, else one that stands alone, else one of its title, else a closing one."""
    if genre is Genre.RULES:
        # What follows on the name of who adopts is recitals, and their days are those of others.
        title = list(takewhile(lambda line: line.letter is None and line.bare[-1:] not in {",", ":", ";"}, title))
        own = [d.iso for line in title for d in find_dates(line.text) if len(d.iso) == 10]
        if own:
            return own[0]
    words = [_words(line) for line in title if len(line.text) <= _LONGEST]
    if genre is Genre.RESOLUTION:
        for here, after in zip(words, [*words[1:], ""], strict=False):
            if _NUMBERED.match(here) and (own := [d.iso for d in find_dates(here) if len(d.iso) == 10]):
                return own[0]
            if _ADOPTED.search(here):
                days = _days(here) or (_days(after) if here[-1:] == "," or after.lower().startswith("on ") else [])
                if days:
                    return days[-1]
    alone = [day for each in words for day in _alone(each)]
    if alone:
        return alone[-1] if genre is Genre.RESOLUTION else alone[0]
    dated = [day for line in title if (at := _DATED.search(line.whole)) for day in _days(line.whole[at.end() :][:40])]
    said = dated or [day for each in words for day in _days(each) if genre is not Genre.RESOLUTION]
    if said:
        return said[0]
    closing = [
        day
        for before, line in pairwise(lines)
        if len(line.text) < 60 and (_MEETING.search(before.whole) or line in lines[-_CLOSING:])
        for day in _alone(_words(line))
    ]
    return closing[-1] if closing else None


def _days(words: str) -> list[str]:
    """Return the whole days in some words, but those of a document that the words cite."""
    return [d.iso for d in find_dates(words) if len(d.iso) == 10 and not _CITED.search(words[: d.start])]


def _alone(words: str) -> list[str]:
    """Return the day of a line that says nothing else, but for standing words."""
    return [
        d.iso
        for d in find_dates(words)
        if len(d.iso) == 10 and _ALONE.match(words[: d.start]) and not re.search(r"\w{3}", words[d.end :])
    ]


def _load() -> Iterator[_Form]:
    keys = ("id", "what", "regex", "source")
    for row in load_patterns("masthead.jsonl", keys, optional=("symbol", "body", "why", "genre")):
        regex = row["regex"].replace("{symbol}", f"(?-i:{symbols.SYMBOL.pattern})")
        yield _Form(
            row["id"],
            row["what"],
            re.compile(regex, re.IGNORECASE),
            row.get("symbol", ""),
            row.get("body", ""),
            row.get("why", ""),
            Genre(row.get("genre", "resolution")),
        )

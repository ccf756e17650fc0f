"""CleanText -> Document: title block, preamble, headings, numbered and nested paragraphs, annexes.

In: one paragraph a line. Out: sections of labelled paragraphs; labels as the annotation guidelines give them
(`16`, `28(a)(iii)/2`, `pp3`, `annex/26/2`, `recommendations/4`). Levels nest under their lead-in: a number at the top,
then letters, roman numerals and bullets in the order in which the document opens them.

Limits: a paragraph that a page break tears in two after a full stop stays in two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mandategraph import symbols
from mandategraph.dates import find_dates
from mandategraph.lexicon import Heads
from mandategraph.records import CleanText, Document, Genre, Paragraph, ParagraphKind, Section, Span, Status

_HEADING = re.compile(r"^(?:[-–•][ ]+)?(#{1,6})[ ]*")
_BULLET = re.compile(r"^[-–—•►▪■●◦‣·\uf0b7][ ]?(?=\S)|^\*[ ](?=\S)")
_NUMBER = re.compile(r"^(\d{1,3})\.[ ]+(?=\S)")
_LETTER = re.compile(r"^(?:\(?([a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2})\)|([a-z]|[ivx]{1,5})\.)[ ]+(?=\S)")
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,3}){2,4}|\d{1,2}\.\d{1,3}(?=\.))\.?[ ]+(?=[A-Za-z(\"'])")
_CAPITAL = re.compile(r"^[A-Z]$")
_ROMAN = re.compile(r"^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$")
_ANNEX = re.compile(r"^(?:Annex|ANNEX|Appendix|APPENDIX)(?:[ ]+([IVX]+|[A-Z]|\d+))?[*:]?$")
_CLOSED = re.compile(r"[.;:,][\"')*\d]*$|[,;]\s*(?:and|or)$")
_BODY = re.compile(
    r"^(?:\d+\. )?(The (?:Security Council|General Assembly|Human Rights Council|Economic and Social Council|"
    r"Commission on [A-Z][\w ]+|Conference of [\w ]+)),?$"
)
_BODY_WITH_FOOTNOTE = re.compile(r"^The (?:Security Council|General Assembly|Human Rights Council),?\s*[\d*]*$")
_FINITE = re.compile(
    r"^(?:[A-Z][a-z]+ly |Further |Also |Again |Once |again )*[A-Z][a-z]*(?<!ou)s\b(?! (?:of|that are))"
)
_PARTICIPLE = re.compile(
    r"^(?:\.+ ?|\(?\.\.\.\)? )?(?:[A-Z][a-z]+ly |Further |Also )*(?:[A-Z]?[a-z]+(?:-[a-z]+)?(?:ing|ed)|Mindful|Aware)\b"
)
_SPEECH = re.compile(
    r"(?:statement|remarks|address|letter)\s+(?:by|from)\s+(?:the\s+)?(.+?)(?:\s+(?:to|at) the (?:\w+ )*(?:Working|Council|Committee|Group)\b.*)?$",
    re.IGNORECASE,
)
_PRESIDENTIAL = re.compile(
    r"statement by the president|president of the security council (?:made|issued) the following", re.I
)
_QUOTES = re.compile(
    r"\b(?:language|extracts?|excerpts?|text|provisions|paragraphs|wording)\b.*\b(?:resolution|agreement|statement)\b",
    re.IGNORECASE,
)
_RESOLUTION_NUMBER = re.compile(r"\bResolution (\d{1,4}) \((\d{4})\)")
_SESSION_NUMBER = re.compile(r"^(?:Resolution )?(\d{1,2}|S-\d{1,2}|ES-\d{1,2})/(\d{1,3})\.?(?=\s|$)")
_SERIES = {
    "General Assembly": "A/RES/",
    "Human Rights Council": "A/HRC/RES/",
    "Economic and Social Council": "E/RES/",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of clean text: its place, whether it is set as a heading, its mark and its words."""

    span: Span
    text: str
    is_heading: bool
    bullet: bool
    number: int | None
    letter: str | None
    words: Span


def structure(text: CleanText, heads: Heads) -> Document:
    """Return the document that a clean text is.

    Args:
        text: one paragraph a line.
        heads: what section heads mean.
    """
    lines = _lines(text.text)
    genre, body_at = _genre(lines)
    title = lines[:body_at]
    body = _body_name(lines, body_at, genre)
    symbol = _symbol(text, title, body)
    status = _status(genre, title, symbol)
    builder = _Builder(text=text.text, lines=lines, heads=heads, genre=genre, status=status, issuer=body)
    sections = builder.build(body_at)
    return Document(
        text=text,
        symbol=symbol,
        date=_date(lines, body_at, genre),
        title=_title(title, symbol),
        body=body,
        genre=genre,
        status=status,
        sections=sections,
    )


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(_parse(line, at))
        at += len(line) + 1
    return lines


def _parse(line: str, at: int) -> _Line:
    rest, bullet, heading = line, False, False
    if found := _HEADING.match(rest):
        heading, rest = True, rest[found.end() :]
    elif found := _BULLET.match(rest):
        bullet, rest = True, rest[found.end() :]
    number: int | None = None
    letter: str | None = None
    if found := _NUMBER.match(rest):
        number, rest = int(found[1]), rest[found.end() :]
    if found := _LETTER.match(rest):
        letter, rest = found[1] or found[2], rest[found.end() :]
    elif number is None and (found := _DECIMAL.match(rest)):
        letter, rest = found[1], rest[found.end() :]
    if number is not None or letter is not None:
        bullet = False
    words = Span(at + len(line) - len(rest), at + len(line.rstrip()))
    return _Line(Span(at, at + len(line)), line, heading, bullet, number, letter, words)


# --- the title block --------------------------------------------------------------------------------------------------


def _genre(lines: list[_Line]) -> tuple[Genre, int]:
    """Return the genre and the index of the line where the body begins."""
    head = " ".join(line.text for line in lines[:25])
    if _PRESIDENTIAL.search(head):
        at = next((i for i, line in enumerate(lines) if re.match(r"\W*The Security Council\b", line.text)), 0)
        return Genre.PRESIDENTIAL_STATEMENT, at
    for i, line in enumerate(lines):
        bare = line.text[line.words.start - line.span.start :]
        if _BODY.match(bare) or _BODY_WITH_FOOTNOTE.match(bare):
            return Genre.RESOLUTION, i
        if bare.startswith(("The Security Council,", "The General Assembly,", "The Human Rights Council,")) and i < 40:
            return Genre.RESOLUTION, i
    first = next((i for i, line in enumerate(lines) if line.number == 1), None)
    if first is not None:
        opening = [i for i in range(first) if _PARTICIPLE.match(lines[i].text) and lines[i].text.rstrip().endswith(",")]
        if len(opening) > 1:
            return Genre.RESOLUTION, opening[0]
    numbered = next((i for i, line in enumerate(lines) if line.number == 1), None)
    if numbered is not None and re.search(r"\bconclusions\b", head[:400], re.I):
        return Genre.CONCLUSIONS, numbered
    first = next((i for i, line in enumerate(lines) if len(line.text) > 200), 0)
    if any(_is_plain_heading(lines, i) for i in range(first, len(lines))):
        return Genre.NOTE, first
    return Genre.OTHER, 0


def _names_body(line: _Line) -> bool:
    """Whether a line is the issuing body's name, on which the preamble follows."""
    return bool(re.match(r"^\W*(?:\d+\. )?The [A-Z]", line.text))


def _body_name(lines: list[_Line], body_at: int, genre: Genre) -> str:
    if genre is Genre.RESOLUTION and not _names_body(lines[body_at]):
        head = "\n".join(line.text for line in lines[:body_at])
        return next((body for body in ("Security Council", *_SERIES) if body in head), "")
    if genre is Genre.RESOLUTION:
        words = lines[body_at].text.strip().lstrip("#-0123456789. ")
        return re.sub(r"^The ", "", words).split(",")[0].strip(" *0123456789")
    if genre is Genre.PRESIDENTIAL_STATEMENT:
        return "Security Council"
    if genre is Genre.CONCLUSIONS:
        for line in lines[body_at : body_at + 6]:
            if found := re.search(
                r"\b(?:the|The) ((?:[A-Z]\w+ )*(?:Working Group|Committee)(?: (?:on|of|and|[A-Z]\w+))*)", line.text
            ):
                return re.sub(r"(?: (?:on|of|and))+$", "", found[1])
    if genre is Genre.NOTE:
        head = " ".join(line.text for line in lines[: body_at + 1])
        if found := re.search(r"\bInformal Expert Group(?: \(IEG\))?(?: of the Security Council)?[\w ,]*", head, re.I):
            return found[0].strip(" ,")
    return ""


def _symbol(text: CleanText, title: list[_Line], body: str) -> str:
    """Return the document's symbol: of a resolution or statement in its title block, of its file name, or the first."""
    block = "\n".join(line.text for line in title[-25:])
    named = symbols.from_file_name(text.source.name)
    found = [symbols.normalize(m[0]) for m in symbols.SYMBOL.finditer(block)]
    adopted = next((s for s in found if "/RES/" in s or "/PRST/" in s), "")
    if adopted or named:
        return adopted if adopted and (not named or "/RES/" not in named) else named
    if number := _RESOLUTION_NUMBER.search(block):
        return f"S/RES/{number[1]} ({number[2]})"
    if series := _SERIES.get(body):
        for line in title:
            if number := _SESSION_NUMBER.match(line.text.strip().lstrip("# ")):
                return f"{series}{number[1]}/{number[2]}"
    return found[0] if found else ""


def _status(genre: Genre, title: list[_Line], symbol: str) -> Status:
    if genre is Genre.CONCLUSIONS:
        return Status.CONCLUSIONS
    if genre in {Genre.NOTE, Genre.OTHER}:
        return Status.STATEMENT
    head = " ".join(line.text for line in title).lower()
    draft = re.search(r"\bdraft (?:resolution|decision|presidential statement)\b", head) or "/L." in symbol
    return Status.DRAFT if draft else Status.ADOPTED


def _date(lines: list[_Line], body_at: int, genre: Genre) -> str | None:
    head = "\n".join(line.text for line in lines[:body_at])
    days = [d.iso for d in find_dates(head) if len(d.iso) == 10]
    if days:
        adopted = re.search(r"(?:adopted|resolution of)\b", head, re.I)
        return days[-1] if adopted and genre is Genre.RESOLUTION else days[0]
    tail = [d.iso for line in lines[-6:] if len(line.text) < 60 for d in find_dates(line.text) if len(d.iso) == 10]
    return tail[-1] if tail else None


def _title(title: list[_Line], symbol: str) -> str:
    """Return the longest line of the title block that is none of its standing forms."""
    standing = re.compile(
        r"distr\.|original:|^united nations s/|^united nations$|^adopted|^\W*$|agenda item|\d\w\w meeting|session", re.I
    )
    lines = [re.sub(r"^[#\s]*(?:[A-Z]*-?\d+/\d+\.?\s+)?", "", line.text).strip() for line in title]
    kept = [line for line in lines if not standing.search(line) and line != symbol and re.search(r"[a-z]{3}", line)]
    return max(kept, key=len, default="")[:300]


# --- the body ---------------------------------------------------------------------------------------------------------


def _is_plain_heading(lines: list[_Line], i: int) -> bool:
    """A short line that begins with a capital, ends open, and stands before text is a heading."""
    line = lines[i]
    words = line.text[line.words.start - line.span.start :]
    if line.is_heading:
        return True
    if line.bullet or line.number is not None or line.letter is not None or not words[:1].isupper():
        return False
    if len(words) > 220 or re.search(r"[.;,]$", words) or i + 1 >= len(lines):
        return False
    if words.endswith(":"):
        return len(words) < 60 and not re.search(r"\b(?:shall|should|will|to|as)\b", words)
    return len(words) < 160 or lines[i + 1].letter is not None or lines[i + 1].number is not None


@dataclass(slots=True)
class _Level:
    kind: str
    mark: str
    label: str


@dataclass(slots=True)
class _Builder:
    """Walks the lines and gives each its label; mutable only here."""

    text: str
    lines: list[_Line]
    heads: Heads
    genre: Genre
    status: Status
    issuer: str
    prefix: str = ""
    stack: list[_Level] = field(default_factory=list)
    last_number: int = 0
    preambular: int = 0
    loose: int = 0
    is_preamble: bool = False
    sections: list[Section] = field(default_factory=list)
    current: Section | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    repeats: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)

    def build(self, body_at: int) -> tuple[Section, ...]:
        """Return the sections of the document."""
        title = [
            self._paragraph(f"title/{i}", ParagraphKind.TITLE, line) for i, line in enumerate(self.lines[:body_at], 1)
        ]
        is_note = self.genre is Genre.NOTE
        self._open("main", "", Span(0, 0), self.status, self.issuer)
        self.paragraphs.extend(title)
        self.is_preamble = self.genre is Genre.RESOLUTION
        named = (
            self.genre is Genre.RESOLUTION and _names_body(self.lines[body_at]) and len(self.lines[body_at].text) < 80
        )
        start = body_at + (1 if named else 0)
        if start > body_at:
            self.paragraphs.append(self._paragraph("title/body", ParagraphKind.TITLE, self.lines[body_at]))
        for i in range(start, len(self.lines)):
            line = self.lines[i]
            words = self._words(line)
            if i in self.skipped:
                continue
            if _ANNEX.match(words):
                self._open_annex(i, line)
            elif self._opens_part(words):
                self._open_part(i, line)
            elif self._is_heading(i, line):
                self._heading(i, line)
            elif is_note and not self.prefix:
                self._note_line(i, line)
            else:
                self._numbered_line(i, line)
        self._close()
        return tuple(self.sections)

    def _words(self, line: _Line) -> str:
        return self.text[line.words.start : line.words.end]

    # sections

    def _open(self, key: str, title: str, span: Span, status: Status, issuer: str, quoted_from: str = "") -> None:
        self._close()
        self.current = Section(key, title, span, status, issuer, quoted_from, ())
        self.paragraphs = []

    def _close(self) -> None:
        if self.current is not None and (self.paragraphs or self.current.title):
            self.sections.append(replace(self.current, paragraphs=tuple(self.paragraphs)))
        self.current = None

    def _open_annex(self, i: int, line: _Line) -> None:
        title = " ".join(self._words(x) for x in self.lines[i + 1 : i + 4] if x.number is None and len(x.text) < 260)
        status, issuer, quoted = self.status, self.issuer, ""
        following = self._words(self.lines[i + 1]) if i + 1 < len(self.lines) else ""
        if found := _SPEECH.match(following):
            status, issuer = Status.STATEMENT, found[1].strip(" *")
        elif _QUOTES.search(following):
            status, quoted = Status.QUOTED, following
        number = _ANNEX.match(self._words(line))
        suffix = f"-{number[1]}" if number and number[1] else ""
        self._open(f"annex{suffix}".lower(), title, line.words, status, issuer, quoted)
        self.prefix = f"annex{suffix}/".lower()
        if status is not self.status or quoted:
            self.skipped.add(i + 1)
            self._add(self._next(f"{self.prefix}heading"), ParagraphKind.HEADING, self.lines[i + 1])
        self.stack, self.last_number, self.preambular, self.loose = [], 0, 0, 0
        self.is_preamble = bool(quoted)

    def _opens_part(self, words: str) -> bool:
        """Whether the body is named anew after operative paragraphs: a resolution in parts, each with a preamble."""
        return (
            self.genre is Genre.RESOLUTION
            and not self.prefix.startswith("annex")
            and not self.is_preamble
            and bool(_BODY.match(words))
        )

    def _open_part(self, i: int, line: _Line) -> None:
        """A later part is labelled by the capital over it, `part-b/1`, or else by its place, `part-2/1`."""
        letters = [words.lower() for x in self.lines[max(0, i - 6) : i] if _CAPITAL.match(words := self._words(x))]
        assert self.current is not None
        parts = {section.key for section in self.sections if section.key.startswith("part-")}
        key = f"part-{letters[-1] if letters else len(parts) + 2}"
        self._open(key, "", line.words, self.status, self.issuer)
        self.prefix = f"{key}/"
        self._add(f"{key}/body", ParagraphKind.HEADING, line)
        self.stack, self.last_number, self.preambular, self.loose = [], 0, 0, 0
        self.is_preamble = True

    def _is_heading(self, i: int, line: _Line) -> bool:
        if line.letter is not None or line.number is not None or line.bullet:
            return False
        if line.is_heading:
            return True
        if self.is_preamble and not _is_before_marked(self.lines, i):
            return False
        return _is_plain_heading(self.lines, i)

    def _heading(self, i: int, line: _Line) -> None:
        words = self._words(line)
        assert self.current is not None
        head = self.heads.find(words)
        if self.prefix or self.genre is not Genre.NOTE:
            key = self.current.key
            status, issuer, quoted = self.current.status, self.current.issuer, self.current.quoted_from
        else:
            key = head.key if head else _slug(words)
            status = Status(head.status) if head and head.status else Status.STATEMENT
            issuer, quoted = self.issuer, ""
            self.stack = []
        if self.stack and self.stack[0].kind != "number":
            self.stack = []
        self._open(key, words, line.words, status, issuer, quoted)
        self._add(self._next(f"{key}/heading"), ParagraphKind.HEADING, line)
        while len(self.stack) > 1 and self.stack[-1].kind == "bullet":
            self.stack.pop()

    # paragraphs

    def _paragraph(
        self, label: str, kind: ParagraphKind, line: _Line, lead_in: str | None = None, depth: int = 0
    ) -> Paragraph:
        unique = label
        while unique in self.labels:
            self.repeats[label] = self.repeats.get(label, 1) + 1
            unique = f"{label}~{self.repeats[label]}"
        self.labels.add(unique)
        return Paragraph(unique, kind, line.words, lead_in, depth)

    def _add(self, label: str, kind: ParagraphKind, line: _Line, lead_in: str | None = None, depth: int = 0) -> None:
        self.paragraphs.append(self._paragraph(label, kind, line, lead_in, depth))

    def _note_line(self, i: int, line: _Line) -> None:
        """In a note without numbers, bullets count through their section; a section without bullets counts its lines."""
        assert self.current is not None
        key = self.current.key
        bulleted = self._has_bullets(i)
        if line.bullet or line.number is not None or line.letter is not None:
            self._add(self._next(f"{key}/"), ParagraphKind.BODY, line, key)
        elif bulleted and self._words(line).endswith(":") and key not in self.labels:
            self._add(key, ParagraphKind.BODY, line)
        else:
            self._add(self._next(f"{key}/p" if bulleted else f"{key}/"), ParagraphKind.BODY, line)

    def _next(self, base: str) -> str:
        """Return the next label that begins so."""
        self.counts[base] = self.counts.get(base, 0) + 1
        return f"{base}{self.counts[base]}"

    def _has_bullets(self, i: int) -> bool:
        """Whether the section around line i has bullets."""
        for step in (-1, 1):
            j = i
            while 0 <= j < len(self.lines) and not (j != i and _is_plain_heading(self.lines, j)):
                if self.lines[j].bullet:
                    return True
                j += step
        return False

    def _numbered_line(self, i: int, line: _Line) -> None:
        if line.number is not None and self._believes(line.number):
            self._number(line)
            if line.letter is not None:
                self.paragraphs.pop()
                self._nested(line, *self._letter_kind(i, line.letter))
        elif line.letter is not None:
            self._nested(line, *self._letter_kind(i, line.letter))
        elif line.bullet or self._is_implicit_bullet(line):
            self._bullet(line)
        else:
            self._loose(i, line)

    def _believes(self, number: int) -> bool:
        """A number counts where it goes on from the last one, or, in extracts, rises."""
        assert self.current is not None
        extract = self.current.status is Status.QUOTED
        return number == self.last_number + 1 or (
            self.last_number < number <= self.last_number + (500 if extract else 20)
        )

    def _number(self, line: _Line) -> None:
        assert line.number is not None
        self.is_preamble = False
        self.last_number = line.number
        label = f"{self.prefix}{line.number}"
        self.stack = [_Level("number", str(line.number), label)]
        self._add(label, self._kind(), line)

    def _kind(self) -> ParagraphKind:
        if self.genre in {Genre.RESOLUTION, Genre.PRESIDENTIAL_STATEMENT} or (
            self.current and self.current.status is Status.QUOTED
        ):
            return ParagraphKind.OPERATIVE
        return ParagraphKind.BODY

    def _letter_kind(self, i: int, letter: str) -> tuple[str, str]:
        """Return whether a mark is a letter or a roman numeral here, and how it is written."""
        if "." in letter:
            return "decimal", letter
        if letter.isdigit():
            return "digit", letter
        if letter.isupper():
            return "upper", letter
        lasts = {level.kind: level.mark for level in self.stack}
        follower = next((x.letter for x in self.lines[i + 1 :] if x.letter is not None or x.number is not None), None)
        if not _ROMAN.match(letter):
            return "letter", letter
        if letter == "i":
            after_h = lasts.get("letter") == "h"
            return ("letter", letter) if after_h and follower != "ii" else ("roman", letter)
        roman_before = lasts.get("roman")
        if roman_before and _roman_value(letter) == _roman_value(roman_before) + 1:
            return "roman", letter
        if lasts.get("letter") and ord(letter[0]) == ord(lasts["letter"][-1]) + 1 and len(letter) == 1:
            return "letter", letter
        return ("roman", letter) if roman_before else ("letter", letter)

    def _nested(self, line: _Line, kind: str, mark: str) -> None:
        if kind == "decimal":
            self.stack = [_Level(kind, mark, f"{self.prefix}{mark}")]
            self._add(f"{self.prefix}{mark}", self._kind(), line)
            return
        while self.stack and any(level.kind == kind for level in self.stack) and self.stack[-1].kind != kind:
            self.stack.pop()
        if self.stack and self.stack[-1].kind == kind:
            self.stack.pop()
        parent = self._parent()
        label = f"{parent or self.prefix.rstrip('/')}({mark})"
        self.stack.append(_Level(kind, mark, label))
        self._add(label, self._kind(), line, parent, len(self.stack) - 1)

    def _parent(self) -> str | None:
        if self.stack:
            return self.stack[-1].label
        if self.is_preamble and self.preambular:
            return f"{self.prefix}pp{self.preambular}"
        return None

    def _bullet(self, line: _Line) -> None:
        count = 1
        if self.stack and self.stack[-1].kind == "bullet":
            count = int(self.stack.pop().mark) + 1
        parent = self._parent()
        base = parent if parent else f"{self.prefix}main" if not self.prefix else self.prefix.rstrip("/")
        label = f"{base}/{count}"
        self.stack.append(_Level("bullet", str(count), label))
        self._add(label, self._kind(), line, parent, len(self.stack) - 1)

    def _is_implicit_bullet(self, line: _Line) -> bool:
        """A line in lower case after an open list is a bullet that lost its mark."""
        if not self.paragraphs or not self._words(line)[:1].islower() or not self.stack:
            return False
        before = self.text[self.paragraphs[-1].span.start : self.paragraphs[-1].span.end]
        return before.rstrip().endswith((":", ";", ",", "and", "—", "–"))

    def _loose(self, i: int, line: _Line) -> None:
        """A line without a mark: preambular, operative without numbers, or the words under a lettered heading."""
        words = self._words(line)
        if self.is_preamble and not (self.preambular and _FINITE.match(words) and not _PARTICIPLE.match(words)):
            self.preambular += 1
            self._add(f"{self.prefix}pp{self.preambular}", ParagraphKind.PREAMBULAR, line)
            return
        if self.is_preamble or (not self.stack and _FINITE.match(words) and self.genre is Genre.RESOLUTION):
            self.is_preamble = False
            self.loose += 1
            self._add(f"{self.prefix}op{self.loose}", ParagraphKind.OPERATIVE, line)
            return
        top = self.stack[-1] if self.stack else None
        if top and top.kind in {"letter", "upper"} and self.paragraphs and self._is_title_item(top.label):
            siblings = self._loose_run(i)
            n = sum(1 for p in self.paragraphs if p.lead_in == top.label) + 1
            label = top.label if siblings == 1 and n == 1 else f"{top.label}/{n}"
            if label == top.label:
                self._rename_title_item(label)
            self._add(
                label, self._kind(), line, top.label if label != top.label else self._grandparent(), len(self.stack)
            )
            return
        if self.genre is Genre.PRESIDENTIAL_STATEMENT:
            self.loose += 1
            self._add(f"{self.loose}", ParagraphKind.OPERATIVE, line)
            return
        base = self.stack[0].label if self.stack else (self.prefix.rstrip("/") or "main")
        self._add(self._next(f"{base}/p"), self._loose_kind(words), line)

    def _loose_kind(self, words: str) -> ParagraphKind:
        """In a resolution in sections, lines without numbers are told by how they open and close."""
        if self.genre is Genre.RESOLUTION and not self.prefix.startswith("annex"):
            if _FINITE.match(words) and words.endswith((";", ".")):
                return ParagraphKind.OPERATIVE
            if _PARTICIPLE.match(words) and words.endswith(","):
                return ParagraphKind.PREAMBULAR
        return ParagraphKind.BODY

    def _is_title_item(self, label: str) -> bool:
        item = next((p for p in reversed(self.paragraphs) if p.label == label), None)
        if item is None:
            return any(p.lead_in == label for p in self.paragraphs)
        words = self.text[item.span.start : item.span.end]
        return not _CLOSED.search(words) and len(words) < 150

    def _rename_title_item(self, label: str) -> None:
        """The words under a lettered heading take the letter's label; the heading keeps it with a mark."""
        for at, paragraph in enumerate(self.paragraphs):
            if paragraph.label == label:
                self.paragraphs[at] = replace(paragraph, label=f"{label}/title", kind=ParagraphKind.HEADING)
                self.labels.discard(label)
                self.labels.add(f"{label}/title")

    def _grandparent(self) -> str | None:
        return self.stack[-2].label if len(self.stack) > 1 else None

    def _loose_run(self, i: int) -> int:
        """Return how many lines without a mark stand together from line i."""
        count = 0
        for j in range(i, len(self.lines)):
            line = self.lines[j]
            if line.letter or line.number is not None or line.bullet or self._is_heading(j, line):
                break
            count += 1
        return count


def _is_before_marked(lines: list[_Line], i: int) -> bool:
    """Whether the next line after i that is no heading is numbered."""
    following = next((x for x in lines[i + 1 :] if not x.is_heading), None)
    return following is not None and following.number is not None


def _roman_value(numeral: str) -> int:
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for here, after in zip(numeral, numeral[1:] + " ", strict=True):
        value = values[here]
        total += -value if values.get(after, 0) > value else value
    return total


def _slug(words: str) -> str:
    kept = re.findall(r"[a-z]+", words.lower().replace("'s", ""))
    significant = [w for w in kept if w not in {"the", "of", "and", "in", "on", "for", "a", "to", "from"}]
    return "-".join(significant[:3]) or "section"

"""Lines -> sections of labelled paragraphs.

Labels are as the annotation guidelines give them
(`16`, `28(a)(iii)/2`, `pp3`, `annex/26/2`, `recommendations/4`). Levels nest under their lead-in: a number at the top,
then letters, roman numerals and bullets in the order in which the document opens them.

Limits: a paragraph that a page break tears in two after a full stop stays in two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mandategraph.lexicon import Heads
from mandategraph.reading.genres import BODY, DIVISION, FINITE, PARTICIPLE, named_at, names_body
from mandategraph.reading.lines import CAPITAL, Line, is_plain_heading
from mandategraph.records import Genre, Paragraph, ParagraphKind, Section, Span, Status

_ROMAN = re.compile(r"^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$")
_ANNEX = re.compile(r"^(?:Annex|ANNEX|Appendix|APPENDIX)(?:[ ]+([IVX]+|[A-Z]|\d+))?[*:]?$")
_ACTION = re.compile(r"^(?:Action|Commitment) (\d+)[.:] (?=We\b)")
_RECOMMENDS = re.compile(r"\bfollowing draft (?:resolution|decision)s?:$", re.IGNORECASE)
_END_QUOTE = re.compile(r"[\"'][.;,]?$")
_CLOSED = re.compile(r"[.;:,][\"')*\d]*$|[,;]\s*(?:and|or)$")
_SPEECH = re.compile(
    r"(?:statement|remarks|address|letter)\s+(?:by|from)\s+(?:the\s+)?(.+?)(?:\s+(?:to|at) the (?:\w+ )*(?:Working|Council|Committee|Group)\b.*)?$",
    re.IGNORECASE,
)
_QUOTES = re.compile(
    r"\b(?:language|extracts?|excerpts?|text|provisions|paragraphs|wording)\b.*\b(?:resolution|agreement|statement)\b",
    re.IGNORECASE,
)


# How far a number may rise from one paragraph to the next, where some are left out.
_RISE = 20
# Whose paragraphs without numbers are counted as they run.
_RUNNING = frozenset({Genre.LETTER, Genre.DECLARATION, Genre.RULES})


@dataclass(slots=True)
class _Level:
    kind: str
    mark: str
    label: str


@dataclass(slots=True)
class SectionBuilder:
    """Walks the lines and gives each its label; mutable only here."""

    text: str
    lines: list[Line]
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
    outer: tuple[str, int, int, int, bool] | None = None

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
            self.genre is Genre.RESOLUTION and names_body(self.lines[body_at]) and len(self.lines[body_at].text) < 80
        )
        start = body_at + (1 if named else 0)
        if start > body_at:
            self.paragraphs.append(self._paragraph("title/body", ParagraphKind.TITLE, self.lines[body_at]))
        for i in range(start, len(self.lines)):
            line = self.lines[i]
            words = self._words(line)
            if i in self.skipped:
                continue
            if self._opens_draft(i):
                self._open_draft(line)
                continue
            if self._closes_draft(i):
                self._close_draft()
            if _ANNEX.match(words):
                self._open_annex(i, line)
            elif self._opens_part(i, words):
                self._open_part(i, line)
            elif self._is_heading(i, line):
                self._heading(i, line)
            elif is_note and not self.prefix:
                self._note_line(i, line)
            else:
                self._numbered_line(i, line)
        self._close()
        return tuple(self.sections)

    @property
    def _genre(self) -> Genre:
        """The genre of the section, which may be a resolution in a report."""
        return self.current.genre if self.current is not None else self.genre

    @staticmethod
    def _words(line: Line) -> str:
        """The words of a line without its mark, in words of the grammar."""
        return line.told

    # sections

    def _open(
        self,
        key: str,
        title: str,
        span: Span,
        status: Status,
        issuer: str,
        quoted_from: str = "",
        genre: Genre | None = None,
    ) -> None:
        self._close()
        self.current = Section(key, title, span, status, issuer, quoted_from, genre or self.genre, ())
        self.paragraphs = []

    def _close(self) -> None:
        if self.current is not None and (self.paragraphs or self.current.title):
            self.sections.append(replace(self.current, paragraphs=tuple(self.paragraphs)))
        self.current = None

    def _open_annex(self, i: int, line: Line) -> None:
        title = " ".join(x.bare for x in self.lines[i + 1 : i + 4] if x.number is None and len(x.text) < 260)
        status, issuer, quoted, genre = self.status, self.issuer, "", self.genre
        following = self._words(self.lines[i + 1]) if i + 1 < len(self.lines) else ""
        if found := _SPEECH.match(following):
            status, issuer, genre = Status.STATEMENT, found[1].strip(" *"), Genre.SPEECH
        elif _QUOTES.search(following):
            status, quoted = Status.QUOTED, following
        elif self._has_divisions(i + 1):
            genre = Genre.RULES
        number = _ANNEX.match(self._words(line))
        suffix = f"-{number[1]}" if number and number[1] else ""
        self._open(f"annex{suffix}".lower(), title, line.words, status, issuer, quoted, genre)
        self.prefix = f"annex{suffix}/".lower()
        if status is not self.status or quoted:
            self.skipped.add(i + 1)
            self._add(self._next(f"{self.prefix}heading"), ParagraphKind.HEADING, self.lines[i + 1])
        self.stack, self.last_number, self.preambular, self.loose = [], 0, 0, 0
        self.is_preamble = bool(quoted)

    def _has_divisions(self, i: int) -> bool:
        """Whether an annex is divided into articles, rules or sections."""
        words = [self._words(line) for line in self.lines[i:]]
        end = next((n for n, each in enumerate(words) if _ANNEX.match(each)), len(words))
        return sum(1 for each in words[:end] if DIVISION.match(each) and len(each) < 100) > 1

    def _opens_draft(self, i: int) -> bool:
        """Whether a draft begins that the lines before recommend: its paragraphs open with a quotation mark each."""
        line = self.lines[i]
        return bool(line.quoted and BODY.match(self._words(line)) and i and _RECOMMENDS.search(self.lines[i - 1].whole))

    def _open_draft(self, line: Line) -> None:
        drafts = {section.key for section in self.sections if section.key.startswith("draft")}
        key = f"draft-{len(drafts) + 1}" if drafts else "draft"
        self.outer = (self.prefix, self.last_number, self.preambular, self.loose, self.is_preamble)
        body = BODY.match(self._words(line))
        self._open(
            key,
            "",
            line.words,
            Status.RECOMMENDED,
            body[1].removeprefix("The ") if body else self.issuer,
            genre=Genre.RESOLUTION,
        )
        self.prefix = f"{key}/"
        self._add(f"{key}/body", ParagraphKind.HEADING, line)
        self.stack, self.last_number, self.preambular, self.loose, self.is_preamble = [], 0, 0, 0, True

    def _closes_draft(self, i: int) -> bool:
        """Whether the quotation of a draft has ended before a line."""
        ended = (
            self.outer is not None
            and self.prefix.startswith("draft")
            and i
            and _END_QUOTE.search(self.lines[i - 1].text)
        )
        return bool(ended and not self.lines[i].quoted)

    def _close_draft(self) -> None:
        assert self.outer is not None
        self._open("main", "", Span(0, 0), self.status, self.issuer)
        self.prefix, self.last_number, self.preambular, self.loose, self.is_preamble = self.outer
        self.stack, self.outer = [], None

    def _opens_part(self, i: int, words: str) -> bool:
        """Whether the body is named anew after operative paragraphs: a resolution in parts, each with a preamble.

        In a document of another form a body named over a preamble opens a resolution that the document holds.
        """
        if self.genre is Genre.RESOLUTION:
            is_open = not self.prefix.startswith("annex") and not self.is_preamble
            return is_open and bool(BODY.match(words)) and named_at(self.lines, i)
        return named_at(self.lines, i) and (not self.is_preamble or self.current is None)

    def _open_part(self, i: int, line: Line) -> None:
        """A later part is labelled by the capital over it, `part-b/1`, or else by its place, `part-2/1`."""
        over = (CAPITAL.match(self._words(x)) for x in self.lines[max(0, i - 6) : i])
        letters = [found[1].lower() for found in over if found]
        assert self.current is not None
        if self.genre is not Genre.RESOLUTION and self.outer is None:
            self.outer = (self.prefix, self.last_number, self.preambular, self.loose, False)
        parts = {section.key for section in self.sections if section.key.startswith("part-")}
        key = f"part-{letters[-1] if letters else len(parts) + 2}"
        issuer = self.issuer if self.genre is Genre.RESOLUTION else self._words(line).removeprefix("The ").strip(" ,")
        self._open(key, "", line.words, self.status, issuer, genre=Genre.RESOLUTION)
        self.prefix = f"{key}/"
        self._add(f"{key}/body", ParagraphKind.HEADING, line)
        self.stack, self.last_number, self.preambular, self.loose = [], 0, 0, 0
        self.is_preamble = True

    def _is_heading(self, i: int, line: Line) -> bool:
        if line.letter is not None or line.number is not None or line.bullet or self._opens_list(i):
            return False
        if line.is_heading:
            return True
        if self.is_preamble and not _is_before_marked(self.lines, i):
            return False
        return is_plain_heading(self.lines, i)

    def _opens_list(self, i: int) -> bool:
        """Whether a line such as "Resolves that:" opens all numbered paragraphs of a resolution."""
        words = self._words(self.lines[i])
        is_first = i + 1 < len(self.lines) and self.lines[i + 1].number == 1
        return is_first and self._genre is Genre.RESOLUTION and words.endswith(":") and bool(FINITE.match(words))

    def _heading(self, i: int, line: Line) -> None:
        words = self._words(line)
        if self.outer is not None and self.genre not in {Genre.RESOLUTION, self._genre}:
            self._close_draft()
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
        if self.stack and self.stack[0].kind not in {"number", "division"}:
            self.stack = []
        self._open(key, line.bare, line.words, status, issuer, quoted, self.current.genre)
        self._add(self._next(f"{key}/heading"), ParagraphKind.HEADING, line)
        if self._genre is Genre.RULES and (division := DIVISION.match(words)):
            label = f"{self.prefix}{division[1]}"
            self.stack, self.last_number = [_Level("division", division[1], label)], 0
            return
        while len(self.stack) > 1 and self.stack[-1].kind == "bullet":
            self.stack.pop()

    # paragraphs

    def _paragraph(
        self, label: str, kind: ParagraphKind, line: Line, lead_in: str | None = None, depth: int = 0
    ) -> Paragraph:
        unique = label
        while unique in self.labels:
            self.repeats[label] = self.repeats.get(label, 1) + 1
            unique = f"{label}~{self.repeats[label]}"
        self.labels.add(unique)
        return Paragraph(unique, kind, line.words, lead_in, depth)

    def _add(self, label: str, kind: ParagraphKind, line: Line, lead_in: str | None = None, depth: int = 0) -> None:
        self.paragraphs.append(self._paragraph(label, kind, line, lead_in, depth))

    def _note_line(self, i: int, line: Line) -> None:
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
            while 0 <= j < len(self.lines) and not (j != i and is_plain_heading(self.lines, j)):
                if self.lines[j].bullet:
                    return True
                j += step
        return False

    def _numbered_line(self, i: int, line: Line) -> None:
        if action := _ACTION.match(self._words(line)):
            self._add(f"{self.prefix}action-{action[1]}", ParagraphKind.BODY, line)
        elif line.number is not None and self._believes(i, line.number):
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

    def _believes(self, i: int, number: int) -> bool:
        """A number counts where it goes on from the last one, or, in extracts, rises; or, in other forms than resolutions, where the next one goes on from it."""
        assert self.current is not None
        extract = self.current.status is Status.QUOTED
        if self.last_number < number <= self.last_number + (500 if extract else _RISE):
            return True
        following = next((line.number for line in self.lines[i + 1 :] if line.number is not None), None)
        goes_on = following is None or number < following <= number + _RISE
        return self.genre is not Genre.RESOLUTION and number > self.last_number and goes_on

    def _number(self, line: Line) -> None:
        assert line.number is not None
        self.is_preamble = False
        self.last_number = line.number
        divisions = [level for level in self.stack if level.kind == "division"]
        label = f"{divisions[0].label}({line.number})" if divisions else f"{self.prefix}{line.number}"
        self.stack = [*divisions, _Level("number", str(line.number), label)]
        self._add(label, self._kind(), line, self._lead_of_numbers())

    def _lead_of_numbers(self) -> str | None:
        """Return the label of a line such as "Resolves that:" under which all numbers stand, or None."""
        return next((p.label for p in self.paragraphs if p.label == f"{self.prefix}lead"), None)

    def _kind(self) -> ParagraphKind:
        if self._genre in {Genre.RESOLUTION, Genre.PRESIDENTIAL_STATEMENT} or (
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

    def _nested(self, line: Line, kind: str, mark: str) -> None:
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

    def _bullet(self, line: Line) -> None:
        count = 1
        if self.stack and self.stack[-1].kind == "bullet":
            count = int(self.stack.pop().mark) + 1
        parent = self._parent()
        base = parent if parent else f"{self.prefix}main" if not self.prefix else self.prefix.rstrip("/")
        label = f"{base}/{count}"
        self.stack.append(_Level("bullet", str(count), label))
        self._add(label, self._kind(), line, parent, len(self.stack) - 1)

    def _is_implicit_bullet(self, line: Line) -> bool:
        """A line in lower case after an open list is a bullet that lost its mark; in an operative part without numbers one in upper case is, too."""
        words = self._words(line)
        if not self.paragraphs or not self.stack:
            return False
        before = self.text[self.paragraphs[-1].span.start : self.paragraphs[-1].span.end].rstrip()
        if words[:1].islower():
            return before.endswith((":", ";", ",", "and", "—", "–"))
        if self.stack[0].kind != "running" or FINITE.match(words):
            return False
        return before.endswith(":") or (self.stack[-1].kind == "bullet" and before.endswith((";", "and")))

    def _loose(self, i: int, line: Line) -> None:
        """A line without a mark: preambular, operative without numbers, or the words under a lettered heading."""
        words = self._words(line)
        if self._opens_list(i):
            self.is_preamble = False
            self._add(f"{self.prefix}lead", ParagraphKind.OPERATIVE, line)
            return
        if self.is_preamble and not (self.preambular and FINITE.match(words) and not PARTICIPLE.match(words)):
            self.preambular += 1
            self._add(f"{self.prefix}pp{self.preambular}", ParagraphKind.PREAMBULAR, line)
            return
        is_running = not self.stack or self.stack[0].kind == "running"
        if self.is_preamble or (is_running and FINITE.match(words) and self._genre is Genre.RESOLUTION):
            self.is_preamble = False
            self.loose += 1
            label = f"{self.prefix}{self.loose}"
            self.stack = [_Level("running", str(self.loose), label)]
            self._add(label, ParagraphKind.OPERATIVE, line)
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
        if self.genre is Genre.PRESIDENTIAL_STATEMENT or (self.genre in _RUNNING and not self.stack):
            self.loose += 1
            self._add(f"{self.prefix}{self.loose}", self._kind(), line)
            return
        if top and top.kind == "division" and top.label not in self.labels:
            self._add(top.label, self._kind(), line)
            return
        base = self.stack[0].label if self.stack else (self.prefix.rstrip("/") or "main")
        self._add(self._next(f"{base}/p"), self._loose_kind(words), line)

    def _loose_kind(self, words: str) -> ParagraphKind:
        """In a resolution in sections, lines without numbers are told by how they open and close."""
        if self._genre is Genre.RESOLUTION and not self.prefix.startswith("annex"):
            if FINITE.match(words) and words.endswith((";", ".")):
                return ParagraphKind.OPERATIVE
            if PARTICIPLE.match(words) and words.endswith(","):
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


def _is_before_marked(lines: list[Line], i: int) -> bool:
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

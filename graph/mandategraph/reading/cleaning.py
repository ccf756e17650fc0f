"""SourceText -> CleanText: takes out what typesetting left behind, and keeps the map back.

In: the text as read. Out: one paragraph a line, without page furniture, emphasis, link targets and footnotes, with a
map from every character to its place in the source, and a list of what was taken out and why.

A pass is a function from a text to edits. An edit takes characters out, or puts one character for one; it never adds
and never moves, so the map is right by construction. What leaves the flow with a meaning of its own (footnotes)
becomes a record.

Limits: tables are read as lines of text; footnotes of a page that are told from the body only by their type size stay
in the flow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from mandategraph.records import LONGEST_WORD, CleanText, Cut, Footnote, OffsetMap, SourceSpan, SourceText

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"


class Edit(NamedTuple):
    """Characters to take out (`put` empty) or to replace one for one."""

    start: int
    end: int
    put: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Note:
    """A footnote body or call found by a pass, in offsets of that pass's text."""

    mark: str
    start: int
    end: int
    is_call: bool


@dataclass(slots=True)
class _Draft:
    """The text on its way: its characters and where each stands in the source."""

    text: str
    places: list[int]
    cuts: list[Cut]

    def apply(self, edits: Iterable[Edit], source: str) -> None:
        """Carry out the edits; where two overlap, the later begins where the earlier ends."""
        ordered = sorted(edits, key=lambda e: (e.start, -e.end))
        if not ordered:
            return
        pieces: list[str] = []
        places: list[int] = []
        at = 0
        for edit in ordered:
            if edit.end <= at or (edit.put and edit.start < at):
                continue
            start = max(edit.start, at)
            pieces.append(self.text[at:start])
            places.extend(self.places[at:start])
            if edit.put:
                pieces.append(edit.put)
                places.extend(self.places[start : edit.end])
            elif edit.end > start:
                span = SourceSpan(self.places[start], self.places[edit.end - 1] + 1)
                self.cuts.append(Cut(span, source[span.start : span.end], edit.reason))
            at = edit.end
        pieces.append(self.text[at:])
        places.extend(self.places[at:])
        self.text = "".join(pieces)
        self.places = places


def clean(source: SourceText, *, words: frozenset[str] = frozenset()) -> CleanText:
    """Return the clean text of a source.

    Args:
        source: as read.
        words: word forms of the genre, in lower case; they tell a word broken in two from two words. May be empty.
    """
    draft = _Draft(source.text, list(range(len(source.text))), [])
    draft.apply(_omitted(source), source.text)
    draft.apply(_overlong(draft.text), source.text)
    draft.text = draft.text.translate(_ODD)
    for pass_ in _CHARACTER_PASSES:
        draft.apply(pass_(draft.text), source.text)
    bodies: list[tuple[str, SourceSpan]] = []
    calls: list[tuple[str, int]] = []
    for find in (_inline_footnotes, _block_footnotes):
        notes = list(find(draft.text))
        for note in notes:
            if note.is_call:
                calls.append((note.mark, draft.places[note.start]))
            else:
                bodies.append((note.mark, SourceSpan(draft.places[note.start], draft.places[note.end - 1] + 1)))
        draft.apply((Edit(*_whole_note(draft.text, n), "", "footnote") for n in notes), source.text)
    for pass_ in _LINE_PASSES:
        draft.apply(pass_(draft.text), source.text)
    draft.apply(_broken_words(draft.text, words), source.text)
    for pass_ in _FLOW_PASSES:
        draft.apply(pass_(draft.text), source.text)
    return CleanText(
        source=source,
        text=draft.text,
        offsets=OffsetMap.from_indices(draft.places),
        footnotes=_tie(bodies, calls, draft.places, source.text),
        cuts=tuple(sorted(draft.cuts, key=lambda c: (c.span, c.reason))),
    )


def _tie(
    bodies: list[tuple[str, SourceSpan]], calls: list[tuple[str, int]], places: list[int], source: str
) -> tuple[Footnote, ...]:
    """Tie each footnote body to the call of its mark that stands nearest before it, else to the nearest after it."""
    notes = []
    for mark, span in sorted(bodies, key=lambda b: b[1]):
        same = [at for m, at in calls if m == mark]
        before = [at for at in same if at <= span.start]
        at = max(before, default=min(same, default=None))
        called_at = None if at is None else min(bisect_left(places, at), len(places) - 1)
        notes.append(Footnote(mark, source[span.start : span.end], span, called_at))
    return tuple(notes)


# --- characters -------------------------------------------------------------------------------------------------------

# Odd spaces and quotation marks become the plain ones, one for one.
_ODD = str.maketrans("\u00a0\u2007\u202f\u2009\t\u2028’‘`“”„", "     \n'''\"\"\"")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NO_CHARACTER = re.compile("\ufffd+")


def _invisible(text: str) -> Iterator[Edit]:
    """Characters that nobody sees go."""
    for found in _INVISIBLE.finditer(text):
        yield Edit(found.start(), found.end(), "", "invisible character")
    for found in _NO_CHARACTER.finditer(text):
        yield Edit(found.start(), found.end(), "", "no character")


_NO_WORDS = re.compile(rf"\S{{{LONGEST_WORD},}}")


def _overlong(text: str) -> Iterator[Edit]:
    """A run of characters without a space that is longer than any word, name or address is no language and goes."""
    if max(map(len, text.split()), default=0) < LONGEST_WORD:
        return
    for found in _NO_WORDS.finditer(text):
        yield Edit(found.start(), found.end(), "", "no word")


def _omitted(source: SourceText) -> Iterator[Edit]:
    """What a format says is not to be read goes."""
    for omission in source.omitted:
        yield Edit(omission.span.start, omission.span.end, "", omission.reason)


_GREEK_SERIES = {"sigma": "S", "alpha": "A", "epsilon": "E"}
_MATHS_SYMBOL = re.compile(r"\\?\$\\(sigma|alpha|epsilon)\s*(?=[0-9A-Z][0-9A-Z/.]*/[0-9]+)")
_MATHS_END = re.compile(r"(?<=[0-9])\\(?=[)\],;. ])")


def _maths(text: str) -> Iterator[Edit]:
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


def _machine_marks(text: str) -> Iterator[Edit]:
    """Bookmarks of a word processor, comments and pictures go."""
    for pattern, reason in ((_COMMENT, "comment"), (_BOOKMARK, "bookmark"), (_IMAGE, "picture")):
        for found in pattern.finditer(text):
            yield Edit(found.start(), found.end(), "", reason)


_LINK = re.compile(r"\[((?:[^\[\]\\\n]|\\.)+)\]\((?:[^()\n\\]|\\.|\([^()\n]*\))*\)")
_ESCAPE = re.compile(r"\\(?=[()\[\]*_#$&%~>.+-])")


def _links(text: str) -> Iterator[Edit]:
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


def _emphasis(text: str) -> Iterator[Edit]:
    """Emphasis marks and the tags around the letters of an ordinal go."""
    for found in _ORDINAL_TAG.finditer(text) if "<" in text else ():
        yield Edit(found.start(), found.end(), "", "superscript")
    for mark, pattern in (("*", _STRONG), ("_", _UNDERSCORED)):
        for found in pattern.finditer(text) if mark in text else ():
            yield Edit(found.start(), found.end(1), "", "emphasis")
            yield Edit(found.end(2), found.end(), "", "emphasis")


# --- footnotes --------------------------------------------------------------------------------------------------------

_INLINE_CALL = re.compile(r"\[footnoteRef:(\d+)\][ \t]?")
_INLINE_BODY = re.compile(r"\s?\[(\d{1,4}):\s+(?=\S)([^\]\[]{1,4000})\]")
_BLOCK = re.compile(rf"^[ ]*(?:<sup>(\d+)</sup>|({_SUPERSCRIPT}+))\s*(\S.*)$", re.MULTILINE)
_RAISED = re.compile(_SUPERSCRIPT)
_BLOCK_CALL = re.compile(rf"<sup>(\d+)</sup>|(?<=[\w.,;:)\"'])({_SUPERSCRIPT}+)(?![\w])")


def _inline_footnotes(text: str) -> Iterator[_Note]:
    """Footnotes that a converter wrote into the line: a call `[footnoteRef:2]`, a body `[2: words]`."""
    marks = set()
    for found in _INLINE_CALL.finditer(text):
        marks.add(found[1])
        yield _Note(found[1], found.start(), found.end(), True)
    for found in _INLINE_BODY.finditer(text):
        if found[1] in marks:
            yield _Note(found[1], found.start(2), found.start(2) + len(found[2].rstrip()), False)


def _block_footnotes(text: str) -> Iterator[_Note]:
    """Footnotes in lines of their own behind a raised number, called by a raised number in the text."""
    starts = set()
    if "<sup>" not in text and not _RAISED.search(text):
        return
    for found in _BLOCK.finditer(text):
        mark = found[1] or found[2].translate(SUPERSCRIPTS)
        starts.add(found.start(1) if found[1] else found.start(2))
        yield _Note(mark, found.start(3), found.end(3), False)
    for found in _BLOCK_CALL.finditer(text):
        mark_at = found.start(1) if found[1] else found.start(2)
        if mark_at not in starts:
            yield _Note(found[1] or found[2].translate(SUPERSCRIPTS), found.start(), found.end(), True)


def _whole_note(text: str, note: _Note) -> tuple[int, int]:
    """Return what to take out for a note: a body goes with its mark and brackets."""
    if note.is_call:
        return note.start, note.end
    if note.end < len(text) and (bracket := text.find("]", note.end)) >= 0 and not text[note.end : bracket].strip():
        opening = text.rfind(f"[{note.mark}:", 0, note.start)
        if opening >= 0 and "]" not in text[opening : note.start]:
            space = opening - 1 if opening and text[opening - 1] == " " else opening
            return space, bracket + 1
    return text.rfind("\n", 0, note.start) + 1, note.end + (text[note.end : note.end + 1] == "\n")


# --- lines ------------------------------------------------------------------------------------------------------------

_URL_LINE = re.compile(r"^[ ]*(?:https?://|www\.)\S+[ ]*$", re.MULTILINE)
_JOB = re.compile(
    r"^[ ]*(?:\*?\d{0,3}[ ]?\d{2}-\d{5,8}\*?(?:[ ]*\([A-Z]\))?(?:[ ]*\*{0,2}\d*/\d+\*{0,2})?"
    r"|\*{0,2}\d+/\d+\*{0,2}[ ]+\d{2}-\d{5,8}|\*?\d{7}\*?|GE\.\d{2}-\d{5,8}.*|\*{0,2}\d{1,3}/\d{1,3}\*{0,2}"
    r"|\d{1,3}/\d{2,5}-\d{5,6}|\d{1,3}|[Pp]age \d+( of \d+)?)[ ]*$",
    re.MULTILINE,
)
_RULE = re.compile(r"^[ ]*(?:-{3,}|\*{3,}|_{3,})[ ]*$", re.MULTILINE)
_SYMBOL_LINE = re.compile(r"^[ ]*[ASE]/[A-Z0-9./-]+(?:[ ]?\(\d{4}\))?(?:[ ]+\d+)?[ ]*$")


def _furniture(text: str) -> Iterator[Edit]:
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


def _double_spacing(text: str) -> Iterator[Edit]:
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


# --- words ------------------------------------------------------------------------------------------------------------

_HYPHEN_BREAK = re.compile(r"(?<=[A-Za-z]-)[ ]*\n[ ]*(?=[A-Za-z])|(?<=[a-z]-)[ ]+(?=[a-z]+\b)(?!and\b|or\b|to\b)")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)-$")
_WORD = re.compile(r"[A-Za-z]+")
_COMPOUND = re.compile(r"(?<![\w'])[A-Za-z]+(?:-[a-z]+)*")
_MARKED = re.compile(r"[A-Za-z][ ]+['-][a-z]")
_PAIR = re.compile(
    r"(?<![\w'/-])([A-Za-z]+(?:-[a-z]+)*)(?=([ ]+)('[a-z]+|-?[a-z]+(?:-[a-z]+)*)(?![\w/]))",
)


def _broken_words(text: str, words: frozenset[str]) -> list[Edit]:
    """A word that a line end or a text layer broke in two is joined; its hyphen goes where the whole is a word without one.

    The two pieces must make a word that the document or the genre knows, and one of them must be no word: neither
    the genre nor any other place in the document has it.
    """
    found_words = [w.lower() for w in _COMPOUND.findall(text)]
    counts = Counter(found_words)
    edits = []
    for broken in _HYPHEN_BREAK.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, broken.start() - 40), broken.start())
        after = _WORD.match(text, broken.end())
        start = broken.start()
        if before and after:
            parts = (before[1].lower(), after[0].lower())
            is_one = "".join(parts) in words or counts["".join(parts)] > 0
            start -= is_one and not counts["-".join(parts)]
        edits.append(Edit(start, broken.end(), "", "line break in a word"))
    firsts = {a for a, b in pairwise(found_words) if a + b in words or a + b in counts}
    for found in _pairs(text, firsts):
        first, second = found[1].lower(), found[3]
        whole = first + second
        if not (whole in words or whole in counts or second[0] == "'"):
            continue
        if second[0] == "-" and first not in words and counts[first] < 2:
            continue
        stray = [p for p in (first, second) if p not in words and counts[p.lstrip("-")] <= _stray_limit(p)]
        if second[0] in "-'" or ((stray and first not in {"a", "i"}) or (second not in words and stray)):
            edits.append(Edit(found.start(2), found.end(2), "", "broken word"))
    return edits


def _pairs(text: str, firsts: set[str]) -> Iterator[re.Match[str]]:
    """Yield the pairs of words that might be one: those that begin with some words, or whose second has a mark before it."""
    if _MARKED.search(text):
        yield from _PAIR.finditer(text)
    elif firsts:
        some = "|".join(map(re.escape, sorted(firsts, key=len, reverse=True)))
        yield from re.compile(rf"(?<![\w'/-])((?i:{some}))(?=([ ]+)([a-z]+(?:-[a-z]+)*)(?![\w/]))").finditer(text)


def _stray_limit(piece: str) -> int:
    """How often a piece may stand alone in the document and still be no word: short ones recur by chance."""
    return 3 if len(piece) <= 3 else 1


# --- flow -------------------------------------------------------------------------------------------------------------

NUMBER = re.compile(r"^(?:[-–•][ ]+)?(\d{1,3})\.(?=\s)")
_MARKER = re.compile(
    r"^(?:[-–—•►▪■●◦‣·\uf0b7*][ ]?\S|#{1,6}[ ]|(?:[IVX]{1,5}|[ivx]{1,5}|[a-z])\.[ ]|(?:[-–•][ ]+)?(?:#{1,6}[ ]*)?"
    r"\(?(?:[a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2})\)[ ](?!(?:and|or|of|above|below|through)\b))"
)
_BODY_LINE = re.compile(r"^The (?:(?:[A-Z]\w+|and|for|of) ){1,5}(?:Council|Assembly),?$")
_CLOSED = re.compile(r"[.;:,!?\]\"][)\"*\d]*$|[.;,:]\s*(?:and|or)$")
_OPENS = re.compile(
    r"^(?:Further |Also |Again |Once again |Deeply |Gravely |Strongly |Seriously |Bearing |Having |Being |Taking )*"
    r"(?:[A-Z]?[a-z]+(?:-[a-z]+)?(?:ing|ed)|Mindful|Aware|Conscious|Cognizant|Alarmed|Desirous|Anxious|[A-Z][a-z]+s)\b"
)
_FUNCTION = re.compile(r"\b(?:the|a|an|of|to|and|or|in|on|for|by|with|from|at|as|that|its|their|which)$")


def _flow(text: str) -> Iterator[Edit]:
    """Every paragraph becomes one line: breaks within it turn to spaces.

    A new paragraph begins at a believable number, at a list mark, or where a closed line is followed by an opening.
    A number is believed where it continues the document's own sequence.
    """
    lines = text.split("\n")
    starts = _line_starts(lines)
    full = _full_length(lines)
    expected = 1
    previous: int | None = None
    gap = False
    for i, line in enumerate(lines):
        words = line.strip()
        if not words:
            gap = True
            continue
        number = NUMBER.match(words)
        before = lines[previous].strip() if previous is not None else ""
        open_ended = bool(_FUNCTION.search(before))
        if number and not open_ended and _is_believed(int(number[1]), expected, before, gap=gap):
            expected = int(number[1]) + 1
            joined = False
        elif previous is None:
            joined = False
        else:
            joined = _continues(before, words, full=full, gap=gap, numbered=bool(number))
        if joined and previous is not None:
            end = starts[previous] + len(lines[previous])
            yield Edit(end, end + 1, " ", "line break")
            if starts[i] > end + 1:
                yield Edit(end + 1, starts[i], "", "empty line")
        previous = i
        gap = False


def _line_starts(lines: list[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _full_length(lines: list[str]) -> int:
    """Return the length of a full line, or 0 where the text is not hard-wrapped."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if len(lengths) < 10:
        return 0
    full = lengths[int(0.9 * len(lengths))]
    return full if full <= 130 and lengths[len(lengths) // 2] > 0.6 * full else 0


def _is_believed(number: int, expected: int, before: str, *, gap: bool) -> bool:
    if number == expected:
        return True
    closed = not before or bool(_CLOSED.search(before)) or gap
    return closed and (number == 1 or expected < number <= expected + 30)


def _continues(before: str, words: str, *, full: int, gap: bool, numbered: bool) -> bool:
    """Return whether a line goes on with the paragraph of the line before it."""
    if _MARKER.match(words) or before.startswith("#") or _BODY_LINE.match(words):
        return False
    closed = bool(_CLOSED.search(before))
    if (gap or not full) and _FUNCTION.search(before):
        return True
    if not full or gap:
        return not closed and words[0].islower() and len(before) > 20
    if words[0].islower() or words[0] in "(\"'" or words[0].isdigit():
        return not (numbered and closed and before[-1] in ".;")
    if _FUNCTION.search(before) or before.endswith("-"):
        return True
    if closed:
        if before[-1] in ".;:" and len(before) < 0.8 * full:
            return False
        return not (before[-1] in ",;:" and _OPENS.match(words))
    return len(before) >= 0.6 * full


_SPACES = re.compile(r"(?<=\S)[ ]{2,}|^[ ]+|[ ]+$", re.MULTILINE)
_BLANKS = re.compile(r"\n{2,}|^\n+")


def _spaces(text: str) -> Iterator[Edit]:
    """Runs of spaces become one; lines lose those at their ends; empty lines go."""
    if not any(run in text for run in ("  ", "\n ", " \n")) and text.strip(" ") == text:
        return
    for found in _SPACES.finditer(text):
        inner = found.start() > 0 and text[found.start() - 1] != "\n" and found.end() < len(text)
        inner = inner and text[found.end()] != "\n"
        yield Edit(found.start() + (1 if inner else 0), found.end(), "", "white space")


def _blanks(text: str) -> Iterator[Edit]:
    for found in _BLANKS.finditer(text):
        keep = 1 if found.start() else 0
        yield Edit(found.start() + keep, found.end(), "", "empty line")


_Pass = Callable[[str], Iterator[Edit]]
_CHARACTER_PASSES: tuple[_Pass, ...] = (
    _invisible,
    _machine_marks,
    _maths,
    _links,
    _emphasis,
)
_LINE_PASSES: tuple[_Pass, ...] = (_spaces, _furniture, _double_spacing)
_FLOW_PASSES: tuple[_Pass, ...] = (_flow, _spaces, _blanks, _overlong)

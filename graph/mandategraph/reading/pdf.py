"""PDF: pages -> lines in reading order, by PDFium.

PDFium gives characters with their places. Here they become lines: what stands on one base line is one line, columns follow each
other, raised figures become superscripts, and a footnote stands in one line behind its mark. Pages are divided by form feeds;
what recurs at their heads and feet stays, for the cleaner to take out.

PDFium is a large C++ program that reads files of strangers: `read_pdf` is called in a process of its own.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from mandategraph.errors import SourceError
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words, Writer

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BEFORE_RAISED = re.compile("(?<=[^ ]) +(?=[⁰¹²³⁴-⁹])")
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_SPACES = re.compile(" {2,}")
_PICTURES = "Have its text recognized first (OCR), for example with OCRmyPDF."
_HYPHEN = "\ufffe"
_FEW = 20


@dataclass(slots=True)
class _Char:
    """A character: its base line's place and the height of its font, in points; `is_space` where PDFium put it between words."""

    text: str
    x: float
    end: float
    y: float
    size: float

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


class _Line:
    """Characters on one base line, from left to right, with the height of most and their base line."""

    def __init__(self, chars: list[_Char]) -> None:
        self.chars = chars
        drawn = [c for c in chars if not c.is_space]
        self.size = Counter(round(c.size, 1) for c in drawn).most_common(1)[0][0]
        self.y = Counter(round(c.y, 1) for c in drawn if round(c.size, 1) == self.size).most_common(1)[0][0]
        self.x, self.end = min(c.x for c in drawn), max(c.end for c in drawn)

    def text(self) -> str:
        """Return the words, raised figures as superscripts."""
        written = []
        for c in self.chars:
            is_raised = c.text.isdigit() and c.size < 0.8 * self.size and c.y > self.y + 0.1 * self.size
            written.append(c.text.translate(_RAISED) if is_raised else c.text)
        words = _BEFORE_RAISED.sub("", "".join(written).replace(_HYPHEN, "-").translate(_LIGATURES))
        return _SPACES.sub(" ", words).strip()


def read_pdf(content: bytes, where: str, limits: Limits) -> Words:
    """Return the words of a PDF.

    Args:
        content: of the file.
        where: its name, for messages.
        limits: what it may have.

    Raises:
        SourceError: it is damaged, locked, too long, or holds pictures alone.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise SourceError("the PDF is locked by a password", where=where, hint="Save it without one.") from error
        raise SourceError("the PDF is damaged", where=where, hint="Get the file anew.") from error
    if len(document) > limits.pages:
        hint = f"Up to {limits.pages:,} are read: see --limit pages."
        raise SourceError(f"the PDF has {len(document):,} pages", where=where, hint=hint)
    pages_read = [_page(document[n]) for n in range(len(document))]
    for (before, _), (_, carried) in pairwise(pages_read):
        if carried and before and before[-1][:1] in _FIGURES:
            before[-1] = f"{before[-1]} {carried}"
    texts = ["\n".join([*lines, ""]) for lines, _ in pages_read]
    if sum(not c.isspace() for text in texts for c in text) < _FEW * len(texts):
        raise SourceError("the PDF holds pictures of pages and no text", where=where, hint=_PICTURES)
    writer = Writer(where, limits.characters)
    for n, text in enumerate(texts, 1):
        writer.place(f"page {n}")
        writer.write(text if n == len(texts) else f"{text}\n")
    return writer.words("application/pdf")


def _page(page: pypdfium2.PdfPage) -> tuple[list[str], str]:
    """Return the lines of a page, and what goes on in it of the last footnote of the page before."""
    lines = list(_lines(_characters(page)))
    if not lines:
        return [], ""
    usual = Counter(dict.fromkeys({line.size for line in lines}, 0))
    for line in lines:
        usual[line.size] += len(line.chars)
    body = usual.most_common(1)[0][0]
    gutter = _gutter(lines, page.get_width())
    if gutter:
        lines = _in_columns([part for line in lines for part in _split(line, gutter)], gutter)
    return _with_notes(_joined(lines), body)


def _characters(page: pypdfium2.PdfPage) -> Iterator[_Char]:
    """Yield the characters as PDFium orders them; a break between lines is a line feed."""
    text = page.get_textpage()
    handle = text.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    for n in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, n)
        if code in (0, 0xFFFF):
            continue
        if code == 2 or raw.FPDFText_IsHyphen(handle, n) == 1:
            code = ord(_HYPHEN)
        if code == 13:
            continue
        raw.FPDFText_GetCharOrigin(handle, n, x, y)
        raw.FPDFText_GetLooseCharBox(handle, n, box)
        yield _Char(chr(code), min(box.left, x.value), box.right, y.value, abs(box.top - box.bottom))
        if code == ord(_HYPHEN):
            yield _Char("\n", x.value, x.value, y.value, 0.0)


def _lines(chars: Iterable[_Char]) -> Iterator[_Line]:
    here: list[_Char] = []
    for c in chars:
        if c.text != "\n":
            here.append(c)
            continue
        if any(not c.is_space for c in here):
            yield _Line(here)
        here = []
    if any(not c.is_space for c in here):
        yield _Line(here)


def _joined(lines: Iterable[_Line]) -> list[_Line]:
    """Return lines with those in one that stand on one base line: PDFium breaks at a raised figure."""
    joined: list[_Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and _is_mark_of(before, line):
            joined[-1] = _Line([*before.chars, *line.chars])
        elif before and abs(line.y - before.y) < 0.3 * before.size and before.end - before.size <= line.x:
            gap = [] if line.x - before.end < 0.1 * before.size else [_Char(" ", before.end, line.x, line.y, line.size)]
            joined[-1] = _Line([*before.chars, *gap, *line.chars])
        elif (
            before and line.text().isdigit() and line.size < 0.8 * before.size and line.y > before.y + 0.1 * before.size
        ):
            joined[-1] = _Line([*before.chars, *line.chars])
        else:
            joined.append(line)
    return joined


def _is_mark_of(mark: _Line, line: _Line) -> bool:
    """Return whether a line is a raised figure before another: the mark of a footnote."""
    return (
        mark.text().isdigit()
        and mark.size < 0.8 * line.size
        and 0 <= mark.y - line.y < 0.6 * line.size
        and mark.end <= line.x + 1
    )


# --- columns ----------------------------------------------------------------------------------------------------------


def _gutter(lines: list[_Line], width: float) -> float:
    """Return where two columns part, or 0: most lines leave a strip in the middle free, and either side has text of its own."""
    middle = 0.0
    best = 0
    for step in range(40, 61):
        x = width * step / 100
        parts = [_sides(line, x) for line in lines]
        left, right = sum(p == "left" or p == "both" for p in parts), sum(p == "right" or p == "both" for p in parts)
        crossing = sum(p == "across" for p in parts)
        if min(left, right) >= 8 and min(left, right) > 2 * crossing and min(left, right) > best:
            middle, best = x, min(left, right)
    return middle


def _sides(line: _Line, x: float) -> str:
    """Return on which sides of a place a line stands: left, right, both with a wide gap between, or across."""
    if line.end < x:
        return "left"
    if line.x > x:
        return "right"
    drawn = [c for c in line.chars if not c.is_space]
    gaps = ((a, b) for a, b in pairwise(drawn) if a.end <= x <= b.x)
    return "both" if any(b.x - a.end > 1.2 * line.size for a, b in gaps) else "across"


def _split(line: _Line, x: float) -> list[_Line]:
    if _sides(line, x) != "both":
        return [line]
    return [_Line([c for c in line.chars if c.x < x]), _Line([c for c in line.chars if c.x >= x])]


def _in_columns(lines: list[_Line], x: float) -> list[_Line]:
    """Return lines in reading order: what goes across divides the page, and above and below the left column comes first."""
    ordered: list[_Line] = []
    left: list[_Line] = []
    right: list[_Line] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if _sides(line, x) == "across":
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            (left if line.end < x else right).append(line)
    return [*ordered, *left, *right]


# --- footnotes --------------------------------------------------------------------------------------------------------


def _with_notes(lines: list[_Line], body: float) -> tuple[list[str], str]:
    """Return the lines as text; a footnote in smaller type at the foot, behind a raised figure, becomes one line.

    What stands in smaller type below a rule, and has no mark, goes on from the page before, and is returned beside the lines.
    """
    texts: list[str] = []
    carried = ""
    in_note = False
    pitch = _pitch(lines)
    for before, line in zip([None, *lines], lines, strict=False):
        words = line.text()
        if before and before.y - line.y > 1.3 * pitch and not in_note:
            texts.append("")
        is_small = line.size < 0.95 * body
        if is_small and words[:1] in _FIGURES and words.lstrip(_FIGURES).strip():
            in_note = True
            texts.append(words)
        elif is_small and in_note:
            texts[-1] = _continued(texts[-1], words)
        elif is_small and texts and (carried or not texts[-1].strip("_")) and set(words) != {"_"}:
            carried = _continued(carried, words)
        else:
            in_note = False
            texts.append(words)
    return texts, carried


def _pitch(lines: list[_Line]) -> float:
    """Return the distance from one base line to the next within a paragraph, the least usual one: a wider one parts paragraphs."""
    steps = Counter(round(a.y - b.y) for a, b in pairwise(lines) if 0.8 * a.size < a.y - b.y < 3 * a.size)
    usual = [step for step, count in steps.items() if count >= max(2, 0.1 * steps.total())]
    return float(min(usual, default=0)) or float("inf")


def _continued(text: str, words: str) -> str:
    return f"{text[:-1]}{words}" if text.endswith("-") else f"{text} {words}".strip()

"""A page of a PDF -> what is drawn on it: its lines, the rules above its footnotes, and what of it cannot be read."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from mandategraph.reading.pdf_lines import Box, Line, lines_of

_PICTURES = frozenset({raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM})
_WRITTEN = {raw.FPDF_ANNOT_FREETEXT: b"Contents", raw.FPDF_ANNOT_WIDGET: b"V"}
_DRAWN = frozenset({*_WRITTEN, raw.FPDF_ANNOT_STAMP})
_MUCH = 0.3
_MANY_PATHS = 100
_THICKEST = 2.5
_SHORTEST, _LONGEST = 0.08, 0.45


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page.

    Attributes:
        lines: in reading order.
        box: of the page: left, bottom, right, top, in points.
        rules: heights of the short lines that are drawn alone, as above footnotes.
        is_picture: pictures cover much of it, or it is drawn of very many lines, as letters without a font are.
        has_unread: words of annotations or form fields that it does not show.
    """

    lines: tuple[Line, ...]
    box: Box
    rules: tuple[float, ...]
    is_picture: bool
    has_unread: bool


def page_of(document: pypdfium2.PdfDocument, n: int) -> Page:
    """Return what is on a page, its annotations and form fields drawn into it."""
    page = document[n]
    written = list(_annotated(page))
    if written:
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[n]
    lines = tuple(lines_of(page))
    shown = "".join("".join(line.words.split()) for line in lines) if written else ""
    has_unread = any("".join(words.split()) not in shown for words in written)
    rules, is_picture = _drawings(page)
    box = page.get_bbox()
    page.close()
    return Page(lines, box, rules, is_picture, has_unread)


def _annotated(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the words of annotations and form fields that are drawn on a page; "" where only their drawing has them."""
    for n in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, n)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in _DRAWN and not raw.FPDFAnnot_GetFlags(annotation) & raw.FPDF_ANNOT_FLAG_HIDDEN:
            yield _value(annotation, _WRITTEN[kind]) if _is_text(annotation, kind) else ""
        raw.FPDFPage_CloseAnnot(annotation)


def _is_text(annotation: raw.FPDF_ANNOTATION, kind: int) -> bool:
    return kind == raw.FPDF_ANNOT_FREETEXT or (
        kind == raw.FPDF_ANNOT_WIDGET and _value(annotation, b"FT") in {"Tx", "Ch"}
    )


def _value(annotation: raw.FPDF_ANNOTATION, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _drawings(page: pypdfium2.PdfPage) -> tuple[tuple[float, ...], bool]:
    """Return the heights of short rules, and whether the page is a picture."""
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    covered, paths = 0.0, 0
    rules: Counter[int] = Counter()
    short = set()
    for n in range(raw.FPDFPage_CountObjects(page.raw)):
        drawn = raw.FPDFPage_GetObject(page.raw, n)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        x, y, end, high = _bounds(drawn)
        if kind in _PICTURES:
            covered += max(min(end, right) - max(x, left), 0) * max(min(high, top) - max(y, bottom), 0)
            continue
        paths += 1
        if high - y <= _THICKEST:
            rules[round(high)] += 1
            if _SHORTEST * width <= end - x <= _LONGEST * width:
                short.add(round(high))
    alone = tuple(float(y) for y in sorted(short) if rules[y] == 1)
    return alone, covered > _MUCH * width * height or paths > _MANY_PATHS


def _bounds(drawn: raw.FPDF_PAGEOBJECT) -> tuple[float, float, float, float]:
    x, y, end, high = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(drawn, x, y, end, high)
    return x.value, y.value, end.value, high.value

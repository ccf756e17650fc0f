"""PDF: pages -> their words in reading order, by PDFium.

Every character that PDFium gives stands in the text. What belongs to the page and not to the text (running heads and feet,
numbers of pages and jobs, rules) is listed as omitted; a footnote stands in one line behind its mark, joined where it goes on on
the next page. What PDFium cannot give as letters is said in remarks.

PDFium is a large C++ program that reads files of strangers: `read_pdf` is called in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pypdfium2
from pypdfium2 import raw

from mandategraph.errors import SourceError
from mandategraph.reading.limits import Limits
from mandategraph.reading.pdf_furniture import Parts, parts_of
from mandategraph.reading.pdf_lines import NO_LETTER, Line
from mandategraph.reading.pdf_notes import Kind, Piece, Setting, continued, pieces_of
from mandategraph.reading.pdf_pages import Page, page_of
from mandategraph.reading.words import Words, Writer

_PICTURES = "Have its text recognized first (OCR), for example with OCRmyPDF."
_FEW = 20
_HARDLY = 150


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
    pages = [page_of(document, n) for n in range(len(document))]
    if all(_letters(page.lines) < _FEW for page in pages):
        raise SourceError("the PDF holds pictures of pages and no text", where=where, hint=_PICTURES)
    setting = Setting.of([page.lines for page in pages])
    parts = parts_of(pages, setting)
    texts = [pieces_of(part.body, setting, page.rules) for part, page in zip(parts, pages, strict=True)]
    _carry(texts)
    writer = Writer(where, limits.characters)
    for n, (part, text) in enumerate(zip(parts, texts, strict=True)):
        following = texts[n + 1] if n + 1 < len(texts) else []
        writer.place(f"page {n + 1}")
        _write(writer, part, text, is_open=_goes_on(text, following))
    for remark in _remarks(pages, parts):
        writer.remark(remark)
    return writer.words("application/pdf")


def _letters(lines: Iterable[Line]) -> int:
    return sum(not c.isspace() for line in lines for c in line.words)


def _carry(texts: Sequence[list[Piece]]) -> None:
    """Put what goes on of a footnote behind its beginning on the page before."""
    place: tuple[list[Piece], int] | None = None
    for text in texts:
        carried = [piece for piece in text if piece.kind is Kind.CARRIED]
        if place and carried:
            pieces, n = place
            for piece in carried:
                pieces[n] = Piece(Kind.NOTE, continued(pieces[n].words, piece.words), piece.line)
            text[:] = [piece for piece in text if piece.kind is not Kind.CARRIED]
        last = next((n for n in reversed(range(len(text))) if text[n].kind not in {Kind.GAP, Kind.RULE}), None)
        if last is not None and text[last].kind is Kind.NOTE:
            place = text, last
        elif not carried:
            place = None


def _goes_on(text: Sequence[Piece], following: Sequence[Piece]) -> bool:
    """Return whether the last paragraph of a page goes on on the next: its last line is full, the first there is not indented."""
    here = [piece.line for piece in text if piece.kind is Kind.TEXT and piece.line]
    there = next((piece.line for piece in following if piece.kind is Kind.TEXT and piece.line), None)
    if not here or there is None:
        return False
    last = here[-1]
    ends = sorted(line.end for line in here if abs(line.x - last.x) < 4 * last.size)
    letter = (last.end - last.x) / len(last.words)
    is_full = ends[int(0.9 * (len(ends) - 1))] < last.end + letter * (len(there.words.split()[0]) + 1)
    is_alike = there.x < last.x + last.size / 2 and abs(there.size - last.size) < 1
    return is_full and is_alike and last.words[-1] not in ";:"


def _write(writer: Writer, part: Parts, text: Sequence[Piece], *, is_open: bool) -> None:
    """Write a page; what stands aside of its text does not come between a paragraph and its end on the next page."""
    for line in part.head:
        writer.write(f"{line.words}\n", omit="running head")
    end = max((n for n, piece in enumerate(text, 1) if piece.kind is Kind.TEXT), default=0)
    starred = [piece for piece in text[end:] if piece.kind is Kind.STARRED]
    late = [*starred, *(Piece(Kind.TEXT, line.words, line) for line in part.aside)]
    notes = [piece for piece in text[end:] if piece.kind in {Kind.NOTE, Kind.CARRIED, Kind.RULE}]
    last = max((n for n, piece in enumerate(text[:end]) if piece.kind is Kind.GAP), default=0) if is_open else end
    gap = [Piece(Kind.GAP)]
    for piece in (
        *text[:last],
        *(gap if late and last else []),
        *late,
        *(gap if late else []),
        *text[last:end],
        *notes,
    ):
        writer.write(f"{piece.words}\n", omit="rule" if piece.kind is Kind.RULE else "")
    for line in part.stray:
        writer.write(f"{line.words}\n", omit="running head")
    for line in part.foot:
        writer.write(f"{line.words}\n", omit="running foot")
    if not is_open:
        writer.write("\n")


def _remarks(pages: Sequence[Page], parts: Sequence[Parts]) -> Iterator[str]:
    """Yield what of the pages could not be read."""
    texts = [_letters((*part.body, *part.aside)) for part in parts]
    pictures = [n for n, page in enumerate(pages, 1) if page.is_picture and texts[n - 1] < _HARDLY]
    if pictures:
        yield f"{_named(pictures)} {'hold' if pictures[1:] else 'holds'} pictures and (almost) no text"
    unknown = [n for n, page in enumerate(pages, 1) if any(NO_LETTER in line.words for line in page.lines)]
    if unknown:
        yield f"some characters of {_named(unknown)} have no letters"
    unread = [n for n, page in enumerate(pages, 1) if page.has_unread]
    if unread:
        yield f"words in annotations or form fields of {_named(unread)} are not read"


def _named(numbers: Sequence[int]) -> str:
    """Return the names of pages, those that follow each other as ranges.

    Example:
        >>> _named([2]), _named([2, 3, 4, 7])
        ('page 2', 'pages 2-4 and 7')
    """
    ranges: list[list[int]] = []
    for n in numbers:
        if ranges and ranges[-1][-1] == n - 1:
            ranges[-1] = [ranges[-1][0], n]
        else:
            ranges.append([n])
    names = ["-".join(map(str, each)) for each in ranges]
    return (
        f"page{'s' if numbers[1:] else ''} {' and '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"
    )

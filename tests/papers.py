"""PDF files of our own, drawn word by word: each says where its words stand, and what they are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from mandategraph.reading.limits import Limits
from mandategraph.reading.pdf import read_pdf
from mandategraph.reading.words import Words

WIDTH, HEIGHT = 612, 792


@dataclass(frozen=True)
class Put:
    """Words on a base line, in points from the lower left corner; `mode` 3 is invisible, `turn` in degrees."""

    x: float
    y: float
    words: str
    size: float = 10
    turn: float = 0
    mode: int = 0


@dataclass(frozen=True)
class Picture:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Rule:
    x: float
    y: float
    width: float


Drawn = Put | Picture | Rule


def paper(*pages: Iterable[Drawn]) -> bytes:
    """A PDF of these pages."""
    written = io.BytesIO()
    sheet = canvas.Canvas(written, pagesize=(WIDTH, HEIGHT), invariant=1)
    for page in pages:
        for drawn in page:
            _draw(sheet, drawn)
        sheet.showPage()
    sheet.save()
    return written.getvalue()


def _draw(sheet: canvas.Canvas, drawn: Drawn) -> None:
    if isinstance(drawn, Rule):
        sheet.line(drawn.x, drawn.y, drawn.x + drawn.width, drawn.y)
    elif isinstance(drawn, Picture):
        sheet.drawImage(_grey(), drawn.x, drawn.y, drawn.width, drawn.height)
    else:
        sheet.saveState()
        sheet.translate(drawn.x, drawn.y)
        sheet.rotate(drawn.turn)
        text = sheet.beginText(0, 0)
        text.setFont("Times-Roman", drawn.size)
        text.setTextRenderMode(drawn.mode)
        text.textOut(drawn.words)
        sheet.drawText(text)
        sheet.restoreState()


def _grey() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("L", (8, 8), 200))


def rows(words: Sequence[str], *, y: float, x: float = 90, size: float = 10, step: float = 12.5) -> list[Put]:
    """Words one line below the other; an empty line leaves half a line free."""
    put = []
    for line in words:
        if line:
            put.append(Put(x, y, line, size))
        y -= step if line else step / 2
    return put


def words_of(content: bytes) -> Words:
    return read_pdf(content, "a.pdf", Limits())


def kept(found: Words) -> str:
    """The text without what is omitted."""
    at, pieces = 0, []
    for omission in found.omitted:
        pieces.append(found.text[at : omission.span.start])
        at = omission.span.end
    return "".join([*pieces, found.text[at:]])


def cut(found: Words) -> list[tuple[str, str]]:
    """What is omitted, each with its reason."""
    return [(found.text[o.span.start : o.span.end].strip(), o.reason) for o in found.omitted]


def form(*, value: str, note: str, is_drawn: bool, codes: bytes = b"") -> bytes:
    """A PDF by hand: text, a form field and an annotation on top, drawn or only named, and codes of a font without letters."""

    def appearance(words: str) -> bytes:
        return _stream(
            b"/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F 4 0 R >> >>",
            b"BT /F 10 Tf 2 5 Td (" + words.encode() + b") Tj ET",
        )

    drawn = [b"/AP << /N %d 0 R >>" % n if is_drawn else b"" for n in (7, 8)]
    hexed = codes.hex("/").replace("/", "").encode()
    coded = b"".join(b"00" + hexed[n : n + 2] for n in range(0, len(hexed), 2))
    text = b"BT /F 10 Tf 90 700 Td (A form for those who mend the wells of the villages) Tj ET "
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /DA (/F 10 Tf) >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 9 0 R /Annots [5 0 R 6 0 R]"
        b" /Resources << /Font << /F 4 0 R /G 10 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (%s) /Rect [90 500 390 520] /F 4 %s >>" % (value.encode(), drawn[0]),
        b"<< /Type /Annot /Subtype /FreeText /Contents (%s) /DA (/F 10 Tf) /Rect [90 400 390 420] /F 4 %s >>"
        % (note.encode(), drawn[1]),
        appearance(value),
        appearance(note),
        _stream(b"", text + (b"BT /G 10 Tf 90 650 Td <" + coded + b"> Tj ET" if codes else b"")),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [11 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /FontDescriptor 12 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Type /FontDescriptor /FontName /Made /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80"
        b" /FontBBox [0 0 1000 1000] >>",
    ]  # fmt: skip
    written = b"%PDF-1.7\n"
    starts = []
    for n, content in enumerate(objects, 1):
        starts.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (n, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(written),
    )  # fmt: skip


def _stream(head: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)

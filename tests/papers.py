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

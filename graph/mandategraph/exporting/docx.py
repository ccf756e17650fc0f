"""Word documents with footnotes, by python-docx: it has no footnotes of its own, so their part is written here (ECMA-376, 17.11).

The same content gives the same bytes: no clock is in the document, and the archive's entries have one fixed time.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

_TIME = (1980, 1, 1, 0, 0, 0)
_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_FAINT = RGBColor(0x55, 0x5F, 0x69)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_NOTE = (
    '<w:footnote w:id="{id}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


class Paper:
    """A document that is written from top to bottom.

    Args:
        title: stands above all.
        footer: stands at the foot of each page, before its number.
    """

    def __init__(self, title: str, *, footer: str) -> None:
        self._document = Document()
        self._notes: list[str] = []
        self._last: Paragraph | None = None
        self._prepare(title, footer)
        self._document.add_heading(_plain(title), 0)

    def heading(self, words: str, level: int) -> None:
        """Write a heading; level 1 is below the title."""
        self._last = self._document.add_heading(_plain(words), level)

    def paragraph(self, words: str) -> None:
        """Write a paragraph."""
        self._last = self._document.add_paragraph(_plain(words))

    def bullet(self, words: str, details: str = "") -> None:
        """Write a line with a bullet; details stand behind it, fainter."""
        self._last = self._document.add_paragraph(_plain(words), style="List Bullet")
        if details:
            run = self._last.add_run(f" — {_plain(details)}")
            run.italic, run.font.size, run.font.color.rgb = True, Pt(9.5), _FAINT

    def footnote(self, words: str) -> None:
        """Call a footnote at the end of what was written last."""
        assert self._last is not None
        self._notes.append(words)
        run = self._last.add_run()
        run.style = self._document.styles["Footnote Reference"]
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self._notes)))
        run._r.append(reference)

    def written(self) -> bytes:
        """Return the document."""
        body = "".join(_NOTE.format(id=n, text=escape(_plain(words))) for n, words in enumerate(self._notes, 1))
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {nsdecls("w")}>{_SEPARATORS}{body}</w:footnotes>'
        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        saved = io.BytesIO()
        self._document.save(saved)
        return _with_one_time(saved.getvalue())

    def _prepare(self, title: str, footer: str) -> None:
        document = self._document
        properties = document.core_properties
        properties.title, properties.author, properties.comments = _plain(title), "MandateGraph", ""
        properties.created = properties.modified = _DAY
        properties.revision = 1
        document.styles["Normal"].font.size = Pt(10.5)
        document.styles["Title"].font.size = Pt(20)
        text = document.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        text.font.size = Pt(8.5)
        text.paragraph_format.space_after = Pt(2)
        document.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
        settings: _Element = document.settings.element
        settings.append(
            parse_xml(f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
        )
        foot = document.sections[0].footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run(f"{_plain(footer)} · ")
        field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        foot._p.append(field)


def _plain(words: str) -> str:
    """Return words without characters that XML cannot hold."""
    return "".join(c for c in words if c >= " " or c in "\t\n")


def _with_one_time(archive: bytes) -> bytes:
    """Return a zip archive with all its entries at one time."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _TIME), old.read(entry), zipfile.ZIP_DEFLATED)
    return made.getvalue()

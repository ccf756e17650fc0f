"""Word documents (Office Open XML, ECMA-376): paragraphs, a line each, as Word shows them.

python-docx opens the package and knows its styles. What it does not do is done here: numbers that Word counts are written out as
their level says, tracked insertions stay and deletions go, notes stand behind their calls, a row of a table is a line.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from mandategraph.errors import SourceError
from mandategraph.reading.archive import DAMAGED
from mandategraph.reading.limits import Limits
from mandategraph.reading.numbering import letter, roman
from mandategraph.reading.words import Words, Writer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), _FALLBACK}
_HEADING = "heading"


def read_docx(content: bytes, where: str, limits: Limits) -> Words:
    """Return the words of a Word document.

    Raises:
        SourceError: it is damaged.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        text, starts = _Words(document).read()
    except (*DAMAGED, PackageNotFoundError, etree.XMLSyntaxError, AttributeError, IndexError, TypeError) as error:
        raise SourceError("the Word document is damaged", where=where, hint="Save it anew in Word.") from error
    writer = Writer(where, limits.characters)
    for n, (start, end) in enumerate(pairwise([*starts, len(text)]), 1):
        writer.place(f"paragraph {n}")
        writer.write(text[start:end])
    return writer.words(MEDIA_TYPE)


class _Words:
    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        self.styles = {style.style_id: style for style in document.styles if style.style_id}
        self.numbers = _Numbers(_part(document, "numbering"))
        self.notes = {kind: _part(document, name) for kind, name in _NOTES.items()}
        self.called: list[tuple[str, str]] = []

    def read(self) -> tuple[str, list[int]]:
        """Return the text and the places of its paragraphs."""
        written: list[str] = []
        starts: list[int] = []
        at = 0
        for line in self._blocks(self.body):
            starts.append(at)
            written.append(line)
            at += len(line) + 1
        for n, (kind, id_) in enumerate(self.called, 1):
            line = f"[{n}: {self._note(kind, id_)}]"
            written.append(line)
            starts.append(at)
            at += len(line) + 1
        return "\n".join(written), starts

    def _blocks(self, parent: Any) -> Iterator[str]:
        """Yield the lines of paragraphs and tables in the order of the document."""
        for child in parent:
            if child.tag == qn("w:p"):
                yield self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                for row in child.iter(qn("w:tr")):
                    cells = (" ".join(filter(None, self._blocks(cell))) for cell in row.iter(qn("w:tc")))
                    yield " | ".join(cells)
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> str:
        style = self.styles.get(_value(paragraph, "w:pPr/w:pStyle") or "")
        number = self.numbers.next(self._numbering(paragraph, style))
        words = self._text(paragraph).strip()
        if not words:
            return ""
        if style is not None and style.name.lower().startswith(_HEADING) and not number:
            return f"# {words}"
        return f"{number} {words}" if number else words

    def _numbering(self, paragraph: Any, style: Any) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own, else those of its style or of what that is based on."""
        list_, level = _value(paragraph, "w:pPr/w:numPr/w:numId"), _value(paragraph, "w:pPr/w:numPr/w:ilvl")
        seen = 0
        while list_ is None and style is not None and seen < 20:
            list_ = _value(style.element, "w:pPr/w:numPr/w:numId")
            level = level or _value(style.element, "w:pPr/w:numPr/w:ilvl")
            style, seen = style.base_style, seen + 1
        return list_ or "0", int(level or 0)

    def _text(self, element: Any) -> str:
        """Return the words of a paragraph; a call of a note is written as `[footnoteRef:1]`."""
        written: list[str] = []
        waiting = list(reversed(element))
        while waiting:
            child = waiting.pop()
            if child.tag in _SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == qn("w:t"):
                written.append(child.text or "")
            elif child.tag in {qn("w:tab"), qn("w:br"), qn("w:cr")}:
                written.append(" ")
            elif child.tag == qn("w:noBreakHyphen"):
                written.append("-")
            elif child.tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
                kind = etree.QName(child).localname.removesuffix("Reference")
                self.called.append((kind, child.get(qn("w:id"), "")))
                written.append(f"[footnoteRef:{len(self.called)}]")
            elif child.tag != qn("w:pPr"):
                waiting.extend(reversed(child))
        return "".join(written)

    def _note(self, kind: str, id_: str) -> str:
        part = self.notes[kind]
        for note in part if part is not None else ():
            if note.get(qn("w:id")) == id_:
                return " ".join(" ".join(self._text(p).split()) for p in note.iter(qn("w:p"))).replace("]", ")")
        return ""


class _Numbers:
    """Counts as Word does: a level goes on from its last number, and begins anew below a higher one."""

    def __init__(self, part: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.of: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.starts: dict[tuple[str, int], int] = {}
        if part is None:
            return
        for abstract in part.iter(qn("w:abstractNum")):
            self.levels[abstract.get(qn("w:abstractNumId"), "")] = {
                int(level.get(qn("w:ilvl"), "0")): (
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText") or "",
                    int(_value(level, "w:start") or 1),
                )
                for level in abstract.iter(qn("w:lvl"))
            }
        for number in part.iter(qn("w:num")):
            id_ = number.get(qn("w:numId"), "")
            self.of[id_] = _value(number, "w:abstractNumId") or ""
            for changed in number.iter(qn("w:lvlOverride")):
                start = _value(changed, "w:startOverride")
                if start is not None:
                    self.starts[id_, int(changed.get(qn("w:ilvl"), "0"))] = int(start)

    def next(self, place: tuple[str, int]) -> str:
        """Return the next number at a level of a list as it is shown; "-" for a bullet, "" for no list."""
        list_, level = place
        levels = self.levels.get(self.of.get(list_, ""), {})
        if level not in levels:
            return ""
        counts = self.counts[self.of[list_]]
        form, shown, start = levels[level]
        if form in {"bullet", "none"}:
            return "-" if form == "bullet" else ""
        if (list_, level) in self.starts:
            counts[level] = self.starts.pop((list_, level))
        else:
            counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        for n in range(level + 1):
            form_n, _, start_n = levels.get(n, (form, "", 1))
            shown = shown.replace(f"%{n + 1}", _written(counts.get(n, start_n), form_n))
        return shown


def _written(number: int, form: str) -> str:
    """Return a number in one of Word's forms."""
    if form in {"lowerLetter", "upperLetter"}:
        return letter(number) if form == "lowerLetter" else letter(number).upper()
    if form in {"lowerRoman", "upperRoman"}:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _part(document: Any, name: str) -> Any:
    """Return the XML of a part of the package, or None."""
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == name and not relation.is_external:
            part = relation.target_part
            if hasattr(part, "element"):
                return part.element
            return etree.fromstring(
                part.blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            )
    return None


def _value(element: Any, path: str) -> str | None:
    """Return the `w:val` at a path of elements, or None."""
    for name in path.split("/"):
        element = element.find(qn(name)) if element is not None else None
    value = element.get(qn("w:val")) if element is not None else None
    return None if value is None else str(value)

"""Word documents (Office Open XML, ECMA-376): paragraphs, a line each, as Word shows them.

python-docx opens the package. What it does not do is done here: the header of the first page, where official documents have their
masthead, comes first; numbers that Word counts are written out as their level says; tracked insertions stay; notes stand behind
their calls; a row of a table is a line; text boxes follow their paragraph. What Word does not show (deletions, hidden and struck-out
words, comments) and what recurs on every page (other headers and footers) is written and not read.

Limits: pictures, charts and embedded objects are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from mandategraph.errors import SourceError
from mandategraph.reading.archive import DAMAGED
from mandategraph.reading.docx_numbers import Numbers
from mandategraph.reading.docx_styles import Styles, is_on, marked, value
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words, Writer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag"))
_GONE = {qn("w:del"): "deleted", qn("w:moveFrom"): "deleted"}
_WORDS = frozenset((qn("w:t"), qn("w:delText"), _MATHS))
_SPACES = frozenset(qn(f"w:{name}") for name in ("tab", "ptab"))
_BREAKS = frozenset((qn("w:br"), qn("w:cr")))
_PROPERTIES = frozenset(
    qn(f"w:{name}") for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "rubyPr")
)
_DEEPEST, _FEW = 100, 300


def read_docx(content: bytes, where: str, limits: Limits) -> Words:
    """Return the words of a Word document.

    Raises:
        SourceError: it is damaged, nested deeper than people write, or has more words than it may.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        return _Reader(document, Writer(where, limits.characters), where).read()
    except (*DAMAGED, PackageNotFoundError, etree.XMLSyntaxError, AttributeError, IndexError, TypeError) as error:
        raise SourceError("the Word document is damaged", where=where, hint="Save it anew in Word.") from error


class _Reader:
    """Walks through a document and writes its words."""

    def __init__(self, document: Any, writer: Writer, where: str) -> None:
        self.document = document
        self.body = document.element.body
        self.writer = writer
        self.where = where
        self.styles = Styles(_part(document, "styles"))
        self.numbers = Numbers(_part(document, "numbering"), self.styles.lists())
        self.notes = {kind: self._notes(name, kind) for kind, name in _NOTES.items()}
        self.called: dict[tuple[str, str], int] = {}
        self.lines = 0
        self.is_joined = False

    def read(self) -> Words:
        """Return the words: header of the first page, body, notes, then what is not read."""
        shown, others = self._heads()
        for part in shown:
            self._blocks(part, "\n", in_head=True)
        self._blocks(self.body, "\n")
        for (kind, id_), n in self.called.items():
            self._line()
            self.writer.write(f"[{n}: ")
            self._note(self.notes[kind].get(id_))
            self.writer.write("]\n")
        for kind, notes in self.notes.items():
            for id_, note in notes.items():
                if (kind, id_) not in self.called:
                    self._note(note, omit="note that nothing calls")
        for part, reason in others:
            self._blocks(part, "\n", omit=reason, in_head=True)
        comments = _part(self.document, "comments")
        for comment in comments if comments is not None else ():
            self._blocks(comment, "\n", omit="comment", in_head=True)
        self._remark_pictures()
        return self.writer.words(MEDIA_TYPE)

    def _line(self) -> None:
        """Say that a line of the document begins here."""
        self.lines += 1
        self.writer.place(f"paragraph {self.lines}")

    # blocks

    def _blocks(self, parent: Any, end: str, *, omit: str = "", in_head: bool = False, depth: int = 0) -> None:
        """Write the paragraphs and tables below an element, each with what ends a line here.

        Args:
            parent: their element.
            end: a line feed; within a row of a table a space.
            omit: why they are not read.
            in_head: they are in a header or footer, where each cell of a table is a line, and no line has a number of its own.
            depth: of the nesting.
        """
        if depth > _DEEPEST:
            raise SourceError("the Word document is nested too deep", where=self.where, hint="Save it as plain text.")
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child, end, omit=omit, is_counted=end == "\n" and not in_head, depth=depth)
            elif child.tag == qn("w:tbl"):
                self._table(child, end, omit=omit, in_head=in_head, depth=depth + 1)
            elif child.tag in _WRAPPERS:
                self._blocks(child, end, omit=omit, in_head=in_head, depth=depth + 1)
            elif child.tag in _GONE:
                self._blocks(child, end, omit=omit or _GONE[child.tag], in_head=in_head, depth=depth + 1)
            elif child.tag == qn("w:altChunk"):
                self.writer.remark("it embeds another document, which is not read")

    def _table(self, table: Any, end: str, *, omit: str, in_head: bool, depth: int) -> None:
        for row in _own(table, "w:tr"):
            gone = "deleted" if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None else ""
            if end == "\n" and not in_head:
                self._line()
            for n, cell in enumerate(_own(row, "w:tc")):
                if n and not in_head:
                    self.writer.write("| ")
                self._blocks(cell, "\n" if in_head else " ", omit=omit or gone, in_head=in_head, depth=depth + 1)
            self.writer.write("" if in_head else end)

    def _paragraph(self, paragraph: Any, end: str, *, omit: str, is_counted: bool, depth: int) -> None:
        properties = paragraph.find(qn("w:pPr"))
        style = self.styles.get(value(properties, "w:pStyle"))
        boxes: list[Any] = []
        runs = list(self._runs(paragraph, omit, style.omits, boxes))
        is_read = any(words.strip() and not reason for words, reason in runs)
        mark = properties.find(qn("w:rPr")) if properties is not None else None
        is_gone = mark is not None and mark.find(qn("w:del")) is not None
        if is_counted and not self.is_joined:
            self._line()
        if (is_read or not is_gone) and not self.is_joined and not omit:
            list_ = value(properties, "w:numPr/w:numId") or style.list_
            level = value(properties, "w:numPr/w:ilvl") or str(style.level)
            number = self.numbers.next(list_, int(level)) if level.isdecimal() and len(level) < 3 else ""
            if is_read and number:
                self.writer.write(f"{number} ")
            elif is_read and style.is_heading:
                self.writer.write("# ")
        for words, reason in runs:
            self.writer.write(words, omit=reason)
        # Where the mark of a paragraph is deleted, the next one goes on with its words.
        self.is_joined = is_read and is_gone and end == "\n"
        self.writer.write(" " if self.is_joined else end)
        for box in boxes:
            self._blocks(box, end, omit=omit, in_head=not is_counted, depth=depth + 1)

    # words

    def _runs(self, element: Any, omit: str, by_style: str, boxes: list[Any]) -> Iterator[tuple[str, str]]:
        """Yield the words of a paragraph, each with why it is not read; text boxes in it are put aside.

        The tree is walked without recursion, since others wrote it.
        """
        waiting = [(child, omit) for child in reversed(element)]
        while waiting:
            child, reason = waiting.pop()
            if not isinstance(child.tag, str) or child.tag in _PROPERTIES:
                continue
            if child.tag in _WORDS:
                yield child.text or "", reason
            elif child.tag in _SPACES:
                yield " ", reason
            elif child.tag in _BREAKS:
                yield "\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else " ", reason
            elif child.tag == qn("w:noBreakHyphen"):
                yield "-", reason
            elif child.tag == qn("w:sym"):
                yield _symbol(child.get(qn("w:char"), "")), reason
            elif child.tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
                yield self._call(child), reason
            elif child.tag == qn("w:txbxContent"):
                boxes.append(child)
            elif child.tag == f"{_COMPATIBILITY}AlternateContent":
                waiting.extend((each, reason) for each in reversed(_one_choice(child)))
            else:
                here = (
                    reason
                    or _GONE.get(child.tag, "")
                    or (self._of_run(child, by_style) if child.tag == qn("w:r") else "")
                )
                waiting.extend((each, here) for each in reversed(child))

    def _of_run(self, run: Any, by_style: str) -> str:
        """Return why the words of a run are not read: by its own properties, else by its style, else by that of its paragraph."""
        properties = run.find(qn("w:rPr"))
        said = marked(properties)
        if said is not None:
            return said
        return self.styles.get(value(properties, "w:rStyle")).omits or by_style

    def _call(self, reference: Any) -> str:
        """Return the call of a note; it has one number, however often it is called."""
        key = (etree.QName(reference).localname.removesuffix("Reference"), reference.get(qn("w:id"), ""))
        return f"[footnoteRef:{self.called.setdefault(key, len(self.called) + 1)}]"

    def _note(self, note: Any, *, omit: str = "") -> None:
        """Write the words of a note, in one line; its brackets become round ones, since square ones end it."""
        for n, paragraph in enumerate(note.iter(qn("w:p")) if note is not None else ()):
            self.writer.write(" " if n and not omit else "")
            style = self.styles.get(value(paragraph, "w:pPr/w:pStyle"))
            for words, reason in self._runs(paragraph, omit, style.omits, []):
                self.writer.write(words.replace("[", "(").replace("]", ")").replace("\n", " "), omit=reason)
            self.writer.write("\n" if omit else "")

    def _notes(self, name: str, kind: str) -> dict[str, Any]:
        """Return the notes of a kind by their ids, but for those that draw lines."""
        part = _part(self.document, name)
        found = part.findall(qn(f"w:{kind}")) if part is not None else ()
        return {note.get(qn("w:id"), ""): note for note in found if note.get(qn("w:type"), "normal") == "normal"}

    # headers and footers

    def _heads(self) -> tuple[list[Any], list[tuple[Any, str]]]:
        """Return the header of the first page, and all other headers and footers with why they are not read; each part once."""
        sections = list(self.body.iter(qn("w:sectPr")))
        shown: list[Any] = []
        others: list[tuple[Any, str]] = []
        seen: set[str] = set()
        wanted = "first" if sections and is_on(sections[0], "w:titlePg") else "default"
        for n, section in enumerate(sections):
            references = [each for each in section if each.tag in {qn("w:headerReference"), qn("w:footerReference")}]
            for reference in references:
                part = self.document.part.rels.get(reference.get(qn("r:id"), ""))
                if part is None or part.is_external or str(part.target_part.partname) in seen:
                    continue
                seen.add(str(part.target_part.partname))
                is_head = reference.tag == qn("w:headerReference")
                root = _root(part.target_part)
                if is_head and not n and reference.get(qn("w:type"), "default") == wanted:
                    shown.append(root)
                else:
                    others.append((root, "running head" if is_head else "running foot"))
        return shown, others

    def _remark_pictures(self) -> None:
        pictures = sum(1 for name in _PICTURES for _ in self.body.iter(name))
        if pictures and self.writer.length < _FEW:
            what = "a picture, which is" if pictures == 1 else f"{pictures} pictures, which are"
            self.writer.remark(f"it holds {what} not read, and hardly any text")


def _own(parent: Any, name: str) -> Iterator[Any]:
    """Yield the rows or cells of an element that are its own, and not those of a table within."""
    waiting = list(reversed(parent))
    while waiting:
        child = waiting.pop()
        if child.tag == qn(name):
            yield child
        elif child.tag in _WRAPPERS:
            waiting.extend(reversed(child))


def _one_choice(alternate: Any) -> list[Any]:
    """Return the first of several forms of the same content: they hold the same words."""
    return list(alternate[0]) if len(alternate) else []


def _symbol(code: str) -> str:
    """Return the character of a symbol by its code in its font; Word writes it in the private area of Unicode."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _part(document: Any, name: str) -> Any:
    """Return the XML of a part of the package, or None."""
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] == name and not relation.is_external:
            return _root(relation.target_part)
    return None


def _root(part: Any) -> Any:
    if hasattr(part, "element"):
        return part.element
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))

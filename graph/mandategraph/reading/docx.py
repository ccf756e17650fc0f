"""Word documents (Office Open XML, ECMA-376): paragraphs, a line each, as Word shows them.

python-docx opens the package. In which order its parts are read is said here: the header of the first page, where official documents
have their masthead, then the body, then the notes that it calls. What recurs on every page (other headers and footers), comments, and
notes that nothing calls are written behind and not read.

Limits: pictures and embedded documents are not read; a remark says so where they may hold text. Field codes, alternative texts of
pictures and the properties of the file are no words of the document.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from mandategraph.errors import SourceError
from mandategraph.reading.archive import DAMAGED
from mandategraph.reading.docx_blocks import Blocks, Setting
from mandategraph.reading.docx_numbers import Numbers
from mandategraph.reading.docx_styles import Styles, is_on
from mandategraph.reading.limits import Limits
from mandategraph.reading.pictures import tell_of_pictures
from mandategraph.reading.words import Words, Writer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BROKEN = (PackageNotFoundError, etree.XMLSyntaxError, AttributeError, IndexError, TypeError, RecursionError)
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_HEADS = {"header": "running head", "footer": "running foot"}


def read_docx(content: bytes, where: str, limits: Limits) -> Words:
    """Return the words of a Word document.

    Raises:
        SourceError: it is damaged, nested deeper than people write, has more words than it may, or pictures alone.
    """
    writer = Writer(where, limits.characters)
    try:
        package = docx.Document(io.BytesIO(content))
        relations = {id_: each.target_part for id_, each in package.part.rels.items() if not each.is_external}
        kinds = {id_: package.part.rels[id_].reltype.rsplit("/", 1)[-1] for id_ in relations}
        _Reader(package.element.body, relations, kinds, writer, where).read()
    except (*DAMAGED, *_BROKEN) as error:
        raise SourceError("the Word document is damaged", where=where, hint="Save it anew in Word.") from error
    return writer.words(MEDIA_TYPE)


class _Reader:
    """Reads the parts of a document in their order.

    Args:
        body: of the document.
        relations: the parts that it names, by the ids of the relations.
        kinds: of these relations, as `footnotes`.
        writer: of its words.
        where: the file, for messages.
    """

    def __init__(
        self, body: Any, relations: Mapping[str, Any], kinds: Mapping[str, str], writer: Writer, where: str
    ) -> None:
        self.body = body
        self.relations = relations
        self.kinds = kinds
        self.writer = writer
        self.where = where
        styles = Styles(self._part("styles"))
        self.blocks = Blocks(writer, styles, Numbers(self._part("numbering"), styles.lists()), self._drawn, where)

    def read(self) -> None:
        """Write the words: header of the first page, body, notes, then what is not read."""
        first, others = self._heads()
        if first is not None:
            self.blocks.write(first, Setting("head"))
        self.blocks.pictures.clear()
        self.blocks.write(self.body, Setting("body"))
        pictures = tuple(self.blocks.pictures)
        self._read_notes()
        for root, reason in others:
            self.blocks.write(root, Setting("head", omit=reason))
        comments = self._part("comments")
        if comments is not None:
            self.blocks.write(comments, Setting("head", omit="comment"))
        tell_of_pictures(self.writer, self.where, len(pictures), large=sum(pictures))

    def _read_notes(self) -> None:
        """Write the notes: those that words which are read call, each in a line behind its number; then the others."""
        notes = {
            (kind, note.get(qn("w:id"), "")): note
            for kind, name in _NOTES.items()
            if (part := self._part(name)) is not None
            for note in part.findall(qn(f"w:{kind}"))
            if note.get(qn("w:type"), "normal") == "normal"  # others draw the lines above notes
        }
        for key, n in self.blocks.calls.items():
            if key in notes:
                self.blocks.line()
                self.writer.write(f"[{n}: ")
                self.blocks.write(notes[key], Setting("note"))
                self.writer.write("]\n")
        for key, note in notes.items():
            if key not in self.blocks.calls:
                reason = self.blocks.calls_not_read.get(key, "note that nothing calls")
                self.blocks.write(note, Setting("note", omit=reason))
                self.writer.write("\n", omit=reason)

    def _heads(self) -> tuple[Any, list[tuple[Any, str]]]:
        """Return the header of the first page or None, and all other headers and footers with why they are not read."""
        section = next(self.body.iter(qn("w:sectPr")), None)
        wanted = "first" if is_on(section, "w:titlePg") else "default"
        shown = None
        for each in section.findall(qn("w:headerReference")) if section is not None else ():
            if each.get(qn("w:type"), "default") == wanted:
                shown = self.relations.get(each.get(qn("r:id"), ""))
        parts = {id(part): (part, _HEADS[kind]) for part, kind in self._of_kinds(_HEADS)}
        others = [(_root(part), reason) for part, reason in parts.values() if part is not shown]
        return _root(shown) if shown is not None else None, others

    def _of_kinds(self, kinds: Mapping[str, str]) -> Iterator[tuple[Any, str]]:
        for id_, part in self.relations.items():
            if self.kinds[id_] in kinds:
                yield part, self.kinds[id_]

    def _part(self, kind: str) -> Any:
        """Return the root of the part of a kind, or None."""
        return next((_root(part) for part, _ in self._of_kinds({kind: kind})), None)

    def _drawn(self, id_: str) -> Any:
        """Return the root of a part that holds a drawing in XML (a diagram, a chart), or None."""
        part = self.relations.get(id_)
        return _root(part) if part is not None and str(part.partname).endswith(".xml") else None


def _root(part: Any) -> Any:
    if hasattr(part, "element"):
        return part.element
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))

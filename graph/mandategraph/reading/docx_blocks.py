"""Paragraphs and tables of a Word document -> lines: numbers that Word counts before them, what Word does not show omitted.

A paragraph is a line, and so is a row of a table; text boxes and diagrams follow their paragraph. Elements that are no paragraph, row
or cell are only wrapping (content controls, insertions, custom XML), whatever their name: what is in them is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from mandategraph.errors import SourceError
from mandategraph.reading.docx_numbers import Numbers
from mandategraph.reading.docx_runs import GONE, LOOSE, PARAGRAPHS, PROPERTIES, Note, Runs, children
from mandategraph.reading.docx_styles import Style, Styles, has, value
from mandategraph.reading.words import HIDDEN, Writer

_TABLE, _ROW, _CELL = qn("w:tbl"), qn("w:tr"), qn("w:tc")
_EMBEDDED = frozenset((qn("w:altChunk"), qn("w:subDoc")))
_ENDS = frozenset((*PARAGRAPHS, *PROPERTIES, _TABLE, _ROW, _CELL))
_NOTE_MARKS = str.maketrans("[]\n", "() ")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand.

    Attributes:
        place: `body`, where lines are counted; `head`, where each cell of a table is a line; `note`, which is one line.
        omit: why they are not read, or "".
        in_row: they stand in a row of a table, which is one line.
        depth: of the nesting.
    """

    place: str
    omit: str = ""
    in_row: bool = False
    depth: int = 0

    @property
    def end(self) -> str:
        """What ends a paragraph here."""
        return " " if self.in_row or self.place == "note" else "\n"

    @property
    def is_counted(self) -> bool:
        """Whether a paragraph here is a line of the document that has a number."""
        return self.place == "body" and not self.in_row

    def within(self, omit: str = "", *, in_row: bool = False) -> Setting:
        """Return the setting of what stands within."""
        return replace(self, omit=self.omit or omit, in_row=self.in_row or in_row, depth=self.depth + 1)


class Blocks:
    """Writes blocks.

    Args:
        writer: of their words.
        styles: of the document.
        numbers: of its lists.
        drawn: gives the root of a part with a diagram or chart by the id of its relation.
        where: the file, for messages.

    Attributes:
        calls: the notes that words which are read call, with their numbers in the order of the calls.
        calls_not_read: the notes that other words call, with the reason.
        pictures: of each that was met, whether it is as large as a page.
    """

    def __init__(
        self, writer: Writer, styles: Styles, numbers: Numbers, drawn: Callable[[str], Any], where: str
    ) -> None:
        self.calls: dict[Note, int] = {}
        self.calls_not_read: dict[Note, str] = {}
        self.pictures: list[bool] = []
        self._writer = writer
        self._styles = styles
        self._numbers = numbers
        self._drawn = drawn
        self._where = where
        self._lines = 0
        self._before = ""
        self._said = 0
        self._is_joined = False
        self._met: set[str] = set()

    def line(self) -> None:
        """Say that a line of the document begins here."""
        self._lines += 1
        self._writer.place(f"paragraph {self._lines}")

    def write(self, parent: Any, setting: Setting) -> None:
        """Write the paragraphs and tables below an element.

        Raises:
            SourceError: they are nested deeper than people write.
        """
        if setting.depth > _DEEPEST:
            raise SourceError("the Word document is nested too deep", where=self._where, hint="Save it as plain text.")
        for child in children(parent):
            if child.tag in PARAGRAPHS:
                self._paragraph(child.find(qn("w:pPr")), children(child), setting)
            elif child.tag == _TABLE:
                self._table(child, setting.within())
            elif child.tag in LOOSE:
                self._paragraph(None, [child], setting)
            elif child.tag in _EMBEDDED:
                self._writer.remark("it embeds another document, which is not read")
            elif child.tag not in PROPERTIES:
                self.write(child, setting.within(GONE.get(child.tag, "")))

    def _table(self, table: Any, setting: Setting) -> None:
        is_line = setting.place != "head"
        for row, gone in _own(table, _ROW):
            deleted = "deleted" if has(row.find(qn("w:trPr")), "w:del") else ""
            here = setting.within(gone or deleted, in_row=is_line)
            if setting.is_counted:
                self.line()
            with self._behind(""):
                between = ""
                for cell, gone in _own(row, _CELL):
                    gone = gone or ("deleted" if has(cell.find(qn("w:tcPr")), "w:cellDel") else "")
                    if not gone:
                        self._before += between
                        between = "| " if is_line else ""
                    self.write(cell, here.within(gone))
            if is_line:
                self._writer.write(setting.end, omit=here.omit)

    def _paragraph(self, properties: Any, content: list[Any], setting: Setting) -> None:
        style = self._styles.of_paragraph(value(properties, "w:pStyle"))
        runs = Runs(self._styles, style, setting.omit)
        written = list(runs.walk(content, self._call if setting.place != "note" else None))
        is_read = any(words.strip() and not reason for words, reason in written)
        is_gone = self._is_gone(properties, style)
        is_first = not self._is_joined
        if setting.is_counted and is_first:
            self.line()
        mark, is_heading = "", style.is_heading and not is_gone and is_first
        if is_first and not setting.omit and (is_read or not is_gone):
            number = self._number(properties, style)
            mark = f"{number} " if number else "# " if is_heading else ""
        with self._behind(mark):
            for words, reason in written:
                if setting.place == "note":
                    words = words.translate(_NOTE_MARKS)
                self._say(words.replace("\n", " ") if setting.in_row or is_heading else words, reason)
        # Where the mark of a paragraph is deleted or hidden, the next one goes on with its words.
        self._is_joined = is_gone and (is_read or not is_first) and setting.end == "\n" and not runs.boxes
        self._writer.write(" " if self._is_joined else setting.end, omit=setting.omit)
        self._beside(runs, setting)

    def _beside(self, runs: Runs, setting: Setting) -> None:
        """Write what a paragraph anchors: text boxes, diagrams and charts, each part once."""
        self.pictures += runs.pictures
        if runs.has_object:
            self._writer.remark("it embeds an object of another program, which is not read")
        for box, reason in runs.boxes:
            self.write(box, setting.within(reason))
        for id_, reason in runs.drawings:
            if id_ not in self._met:
                self._met.add(id_)
                root = self._drawn(id_)
                if root is not None:
                    self.write(root, setting.within(reason))

    def _number(self, properties: Any, style: Style) -> str:
        """Return the next number of a paragraph: of its own list, else of that of its style."""
        list_, level = value(properties, "w:numPr/w:numId"), value(properties, "w:numPr/w:ilvl")
        level = level or style.level
        if not level:
            level = "0" if list_ else self._numbers.level_of(style.list_, style.lists_as)
        return self._numbers.next(list_ or style.list_, int(level)) if level.isdecimal() and len(level) < 3 else ""

    def _is_gone(self, properties: Any, style: Style) -> bool:
        """Return whether the mark that ends a paragraph is deleted or hidden."""
        mark = properties.find(qn("w:rPr")) if properties is not None else None
        return has(mark, "w:del") or has(mark, "w:moveFrom") or self._styles.unread(mark, style) == HIDDEN

    def _call(self, note: Note, reason: str) -> str:
        """Return the call of a note; it has one number, however often it is called."""
        if reason:
            self.calls_not_read.setdefault(note, reason)
            return ""
        return f"[footnoteRef:{self.calls.setdefault(note, len(self.calls) + 1)}]"

    def _say(self, words: str, reason: str) -> None:
        if words.strip() and not reason:
            self._writer.write(self._before)
            self._before = ""
            self._said += 1
        self._writer.write(words, omit=reason)

    @contextmanager
    def _behind(self, mark: str) -> Iterator[None]:
        """Put a mark before the first words within that are read; it goes where there are none."""
        outer, said = self._before, self._said
        self._before += mark
        yield
        self._before = outer if self._said == said else ""


def _own(parent: Any, name: str) -> Iterator[tuple[Any, str]]:
    """Yield the rows or cells of an element that are its own, and not those of a table within, each with why it is not read."""
    waiting = [(child, "") for child in reversed(children(parent))]
    while waiting:
        child, gone = waiting.pop()
        if child.tag == name:
            yield child, gone
        elif child.tag not in _ENDS:
            here = gone or GONE.get(child.tag, "")
            waiting.extend((each, here) for each in reversed(children(child)))

"""What the labelling of a document goes by: its lines, how far the labels have come, and the sections so far.

`Frame` and `Count` are frozen; a step gives a new `Count`. `Pages` alone grows, by what the steps add to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mandategraph.lexicon import Heads
from mandategraph.reading.lines import Line
from mandategraph.records import Genre, Paragraph, ParagraphKind, Section, Status


@dataclass(frozen=True, slots=True)
class Frame:
    """A document that is to be labelled.

    Attributes:
        text: the clean text.
        lines: of the text, none empty.
        heads: section heads with a name and a status of their own.
        genre: of the document.
        status: of its statements, where no section has another.
        issuer: surface of the body that speaks, where no section has another.
    """

    text: str
    lines: Sequence[Line]
    heads: Heads
    genre: Genre
    status: Status
    issuer: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the nesting that is open: its kind ("number", "letter", "bullet", ...), its last mark, and the label there."""

    kind: str
    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class Count:
    """How far the labels have come.

    Attributes:
        prefix: of all labels here, such as `annex/`.
        levels: open, the outermost first.
        number: the last one that was believed.
        preambular: paragraphs of the preamble so far.
        running: paragraphs so far that have no number and are counted.
        is_preamble: whether no operative paragraph has come yet.
    """

    prefix: str = ""
    levels: tuple[Level, ...] = ()
    number: int = 0
    preambular: int = 0
    running: int = 0
    is_preamble: bool = False

    @property
    def top(self) -> Level | None:
        """The innermost open level, or None."""
        return self.levels[-1] if self.levels else None

    @property
    def parent(self) -> str | None:
        """The label under which a nested line hangs here, or None."""
        if self.levels:
            return self.levels[-1].label
        return f"{self.prefix}pp{self.preambular}" if self.is_preamble and self.preambular else None


@dataclass(slots=True)
class Pages:
    """The sections of a document so far; no label is given twice.

    Attributes:
        section: that is open; its paragraphs stand in `paragraphs` until it is closed.
    """

    section: Section
    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    _repeats: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def open(self, section: Section) -> None:
        """Close the section that is open, and open another."""
        self.close()
        self.section, self.paragraphs = section, []

    def close(self) -> None:
        """Keep the section that is open, unless it has neither a title nor paragraphs."""
        if self.paragraphs or self.section.title:
            self.sections.append(replace(self.section, paragraphs=tuple(self.paragraphs)))
        self.paragraphs = []

    def add(self, label: str, kind: ParagraphKind, line: Line, lead_in: str | None = None, depth: int = 0) -> None:
        """Add a line as a paragraph; a label that was given before has a mark."""
        unique = label
        while unique in self.labels:
            self._repeats[label] = self._repeats.get(label, 1) + 1
            unique = f"{label}~{self._repeats[label]}"
        self.labels.add(unique)
        self.paragraphs.append(Paragraph(unique, kind, line.words, lead_in, depth))

    def next(self, base: str) -> str:
        """Return the next label that begins so."""
        self._counts[base] = self._counts.get(base, 0) + 1
        return f"{base}{self._counts[base]}"

    def name_title(self, label: str) -> None:
        """Let the words under a heading take its label; the heading keeps it with a mark."""
        for at, paragraph in enumerate(self.paragraphs):
            if paragraph.label == label:
                self.paragraphs[at] = replace(paragraph, label=f"{label}/title", kind=ParagraphKind.HEADING)
                self.labels.discard(label)
                self.labels.add(f"{label}/title")

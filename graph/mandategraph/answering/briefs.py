"""A brief as records: sections of lines, each with notes that name the paragraph and quote it; and how notes are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mandategraph.recalling.statements import Stated
from mandategraph.vocabulary import document_iri, paragraph_iri


@dataclass(frozen=True, slots=True)
class Note:
    """Where a line stands: a paragraph of a document; `iri` is the statement's, or the paragraph's, "" where it has none.

    `quotation` has the words where a line that calls the note does not give them itself, else it is "".
    """

    number: int
    document: str
    paragraph: str
    iri: str
    quotation: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line: its words, what is said of them, and the numbers of its notes."""

    words: str
    details: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading, which may be empty."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief; `said` stands before its lines."""

    title: str
    groups: tuple[Group, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole, with its notes in the order of their numbers."""

    title: str
    facts: tuple[Item, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


class Notes:
    """The notes of a brief, one for each paragraph or statement that a line rests on."""

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}

    def cite(self, stated: Stated, *, is_given: bool = False) -> int:
        """Return the number of a statement's note; `is_given` says that the line has its words."""
        return self.add(stated.document, stated.paragraph, stated.statement, "" if is_given else stated.text)

    def add(self, document: str, paragraph: str, statement: str, quotation: str) -> int:
        """Return the number of a note; a later quotation fills one that had none."""
        iri = statement or paragraph_iri(document_iri(document), paragraph)
        number = self._notes[iri].number if iri in self._notes else len(self._notes) + 1
        said = " ".join(quotation.split()) or (self._notes[iri].quotation if iri in self._notes else "")
        self._notes[iri] = Note(number, document, paragraph, iri, said)
        return number

    def numbered(self, title: str, facts: Iterable[Item], sections: Iterable[Section]) -> Brief:
        """Return the brief with its notes numbered as they are first called, from top to bottom."""
        order: dict[int, int] = {}

        def again(item: Item) -> Item:
            return replace(item, notes=tuple(order.setdefault(number, len(order) + 1) for number in item.notes))

        first = tuple(map(again, facts))
        others = tuple(
            replace(
                section,
                groups=tuple(replace(group, items=tuple(map(again, group.items))) for group in section.groups),
            )
            for section in sections
        )
        notes = (replace(note, number=order[note.number]) for note in self._notes.values() if note.number in order)
        return Brief(title, first, others, tuple(sorted(notes, key=lambda note: note.number)))

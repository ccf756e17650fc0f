"""A document of the store -> its text in paragraphs, every statement and mention marked.

In: an open store and a document. Out: what its page takes: `Paragraph`s of `Piece`s: stretches of the source in order, none overlapping,
each with what it is. Text between paragraphs (numbers, page furniture) opens the next one, so that nothing of the source is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from mandategraph.answering.citing import cite, pinpoint
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents, enclosed_in, mentions, omissions, paragraphs, source_place
from mandategraph.recalling.labels import labels_of
from mandategraph.recalling.statements import statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.serving.things import facts
from mandategraph.vocabulary import BASE, element_id, instrument_iri, shorten

_LONGEST = 70
_PREAMBLE = "Preamble"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source.

    Attributes:
        verb: the statement whose verb it is, by its name in the document.
        entity: path of whom it names; `cited`: the paragraphs that the statement here cites of it, where it is an instrument.
        inside: the shortest statement that goes over it.
        outside: whether it stands before the paragraph.
        omitted: why it is not read.
    """

    text: str
    verb: str = ""
    entity: str = ""
    cited: tuple[str, ...] = ()
    inside: str = ""
    outside: bool = False
    omitted: str = ""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is marked in a source: starts and ends of verbs, statements, mentions and omissions, with what each is; `cited` by statement."""

    verbs: Sequence[tuple[int, int, str]] = ()
    extents: Sequence[tuple[int, int, str]] = ()
    mentions: Sequence[tuple[int, int, str]] = ()
    omissions: Sequence[tuple[int, int, str]] = ()
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Sequence[tuple[int, int, str]], ...]:
        """The marks, a kind each."""
        return self.verbs, self.extents, self.mentions, self.omissions

    def within(self, start: int, end: int) -> _Marks:
        """Return those that reach into a stretch."""
        verbs, extents, found, omitted = ([m for m in some if m[0] < end and m[1] > start] for some in self.all)
        return _Marks(verbs, extents, found, omitted, self.cited)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its pieces; label, fragment and pinpoint are empty for text outside all paragraphs.

    Attributes:
        fragment: of its address.
        pinpoint: how it is cited.
        text: its words, folded.
    """

    label: str
    fragment: str
    kind: str
    pieces: tuple[Piece, ...]
    pinpoint: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list of contents: words, the fragment that it leads to, and whether it is a heading or a paragraph's number."""

    words: str
    fragment: str
    is_heading: bool


def reading_page(store: GraphStore, iri: str) -> dict[str, Any]:
    """Return what the reading view of a document takes, by its IRI."""
    (head,) = documents(store, iri)
    read, labels = read_document(store, head.key), labels_of(store)
    return {
        "key": head.key,
        "title": labels.title(iri),
        "facts": facts(store, iri, labels),
        "paragraphs": read,
        "contents": contents(read),
        "citation": cite(head),
        "instrument": lambda path: shorten(BASE + path),
        "own": f"/{instrument_iri(head.instrument).removeprefix(BASE)}" if head.instrument else "",
    }


def contents(read: Iterable[Paragraph]) -> list[Entry]:
    """Return the list of contents of a document: its headings, the preamble, and the numbers of its paragraphs."""
    found: list[Entry] = []
    for each in read:
        if each.kind == "heading" and each.text:
            words = each.text if len(each.text) <= _LONGEST else f"{each.text[:_LONGEST].rsplit(' ', 1)[0]} …"
            found.append(Entry(words, each.fragment, is_heading=True))
        elif each.kind == "preambular":
            if not any(entry.words == _PREAMBLE for entry in found):
                found.append(Entry(_PREAMBLE, each.fragment, is_heading=True))
        elif each.label.isdecimal():
            found.append(Entry(each.label, each.fragment, is_heading=False))
    return found


def read_document(store: GraphStore, key: str) -> list[Paragraph]:
    """Return the paragraphs of a document in the order of its source.

    Raises:
        NotFoundError: the store has no such document.
    """
    (key,) = find_documents(store, [key])
    source, begin, stop = source_place(store, key)
    source = source[:stop]
    stated = sorted(statements(store, Wanted(documents=(key,))), key=lambda each: each.place.trigger_start)
    marks = _Marks(
        [(each.place.trigger_start, each.place.trigger_end, _fragment(each.statement)) for each in stated],
        [(each.place.start, each.place.end, _fragment(each.statement)) for each in stated],
        [(start, end, thing) for thing, start, end in mentions(store, key)],
        omissions(store, key),
        {_fragment(each.statement): each.provisions for each in stated if each.provisions},
    )
    found: list[Paragraph] = []
    enclosed = deque(enclosed_in(store, key))
    at = begin
    for paragraph in paragraphs(store, key):
        while enclosed and enclosed[0][0] <= paragraph.start:
            found.append(_another(source, at, enclosed[0], marks))
            at = enclosed.popleft()[1]
        first, last = max(paragraph.start, at), paragraph.end
        if first >= last:
            continue
        pieces = (*_outside(source, at, first, marks), *_pieces(source, first, last, marks))
        label, text = paragraph.label, " ".join(paragraph.text.split())
        found.append(Paragraph(label, element_id(label), paragraph.kind, pieces, pinpoint(label), text))
        at = last
    for another in enclosed:
        found.append(_another(source, at, another, marks))
        at = another[1]
    if source[at:].strip():
        found.append(Paragraph("", "", "furniture", tuple(_outside(source, at, len(source), marks))))
    return found


def _another(source: str, at: int, part: tuple[int, int, str, str], marks: _Marks) -> Paragraph:
    """Return the place of a document that stands in the file: its name, which leads to it, after what stands before it."""
    start, _, iri, key = part
    name = Piece(key, entity=iri.removeprefix(BASE), outside=True)
    return Paragraph("", "", "enclosed", (*_outside(source, at, start, marks), name))


def _outside(source: str, start: int, end: int, marks: _Marks) -> Iterator[Piece]:
    """Yield what stands between paragraphs: numbers, and what is not read."""
    for piece in _pieces(source, start, end, _Marks(omissions=marks.omissions)):
        if piece.text.strip():
            yield replace(piece, text=f"{piece.text.strip()} ", outside=True)


def _pieces(source: str, start: int, end: int, marks: _Marks) -> Iterator[Piece]:
    """Yield the stretches between all ends of marks; of mentions within mentions the outer one counts, of statements the inner one."""
    near = marks.within(start, end)
    ends = (c for some in near.all for a, b, _ in some for c in (a, b) if start < c < end)
    for a, b in pairwise(sorted({start, end, *ends})):
        verb = next((id_ for x, y, id_ in near.verbs if x <= a and b <= y), "")
        named = [(y - x, entity) for x, y, entity in near.mentions if x <= a and b <= y]
        inside = min(((y - x, id_) for x, y, id_ in near.extents if x <= a and b <= y), default=(0, ""))[1]
        omitted = next((reason for x, y, reason in near.omissions if x <= a and b <= y), "")
        entity = max(named)[1].removeprefix(BASE) if named and not (verb or omitted) else ""
        key = shorten(BASE + entity) if entity.startswith("instrument/") else ""
        cited = tuple(each for each in marks.cited.get(inside, ()) if key and each.startswith(f"{key}#"))
        yield Piece(source[a:b], "" if omitted else verb, entity, cited, inside, omitted=omitted)


def _fragment(iri: str) -> str:
    return iri.partition("#")[2]

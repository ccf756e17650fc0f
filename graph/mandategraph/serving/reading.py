"""A document of the store -> its text in paragraphs, every statement and mention marked.

In: an open store and a document's key. Out: `Paragraph`s of `Piece`s: stretches of the source in order, none overlapping,
each with what it is. Text between paragraphs (numbers, page furniture) opens the next one, so that nothing of the source is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import enclosed_in, mentions, omissions, paragraphs, source_place
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.vocabulary import BASE, actor_iri, element_id, instrument_iri, shorten, theme_iri


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source: `verb` is the statement whose verb it is, `entity` whom it names.

    `inside` says whether a statement goes over it, `outside` whether it stands before the paragraph, `omitted` why it is not read.
    """

    text: str
    verb: str = ""
    entity: str = ""
    inside: bool = False
    outside: bool = False
    omitted: str = ""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is marked in a source: starts and ends of verbs, statements, mentions and omissions, with what each is."""

    verbs: Sequence[tuple[int, int, str]] = ()
    extents: Sequence[tuple[int, int]] = ()
    mentions: Sequence[tuple[int, int, str]] = ()
    omissions: Sequence[tuple[int, int, str]] = ()


@dataclass(slots=True)
class Record:
    """A statement as its record is shown: names of fields, and values with where each leads; `at` is where its trigger begins."""

    id: str
    at: int
    label: str
    verb: str
    act: str
    fields: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its pieces and records; the label and fragment are empty for text outside all paragraphs."""

    label: str
    fragment: str
    kind: str
    pieces: tuple[Piece, ...]
    records: tuple[Record, ...]


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
        [(each.place.start, each.place.end) for each in stated],
        [(start, end, thing) for thing, start, end in mentions(store, key)],
        omissions(store, key),
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
        here = tuple(_record(each) for each in stated if first <= each.place.trigger_start < last)
        fragment = element_id(paragraph.label)
        found.append(Paragraph(paragraph.label, fragment, paragraph.kind, pieces, here))
        at = last
    for another in enclosed:
        found.append(_another(source, at, another, marks))
        at = another[1]
    if source[at:].strip():
        found.append(Paragraph("", "", "furniture", tuple(_outside(source, at, len(source), marks)), ()))
    return found


def _another(source: str, at: int, part: tuple[int, int, str, str], marks: _Marks) -> Paragraph:
    """Return the place of a document that stands in the file: its name, which leads to it, after what stands before it."""
    start, _, iri, key = part
    name = Piece(key, entity=iri.removeprefix(BASE), outside=True)
    return Paragraph("", "", "enclosed", (*_outside(source, at, start, marks), name), ())


def _outside(source: str, start: int, end: int, marks: _Marks) -> Iterator[Piece]:
    """Yield what stands between paragraphs: numbers, and what is not read."""
    for piece in _pieces(source, start, end, _Marks(omissions=marks.omissions)):
        if piece.text.strip():
            yield replace(piece, text=f"{piece.text.strip()} ", outside=True)


def _pieces(source: str, start: int, end: int, marks: _Marks) -> Iterator[Piece]:
    """Yield the stretches between all ends of marks; of mentions within mentions the outer one counts."""
    all_marks = [(a, b) for a, b, _ in (*marks.verbs, *marks.mentions, *marks.omissions)] + list(marks.extents)
    ends = (c for a, b in all_marks if a < end and b > start for c in (a, b) if start < c < end)
    for a, b in pairwise(sorted({start, end, *ends})):
        verb = next((id_ for x, y, id_ in marks.verbs if x <= a and b <= y), "")
        named = [(y - x, entity) for x, y, entity in marks.mentions if x <= a and b <= y]
        inside = any(x <= a and b <= y for x, y in marks.extents)
        omitted = next((reason for x, y, reason in marks.omissions if x <= a and b <= y), "")
        entity = max(named)[1].removeprefix(BASE) if named and not (verb or omitted) else ""
        yield Piece(source[a:b], "" if omitted else verb, entity, inside, omitted=omitted)


def _record(stated: Stated) -> Record:
    record = Record(_fragment(stated.statement), stated.place.trigger_start, stated.paragraph, stated.verb, stated.act)
    plain = (
        ("strength", f"{stated.strength} of 5"),
        ("bindingness", stated.bindingness.replace("_", " ")),
        ("status", stated.status),
        ("actions", ", ".join(stated.actions)),
        ("conditions", "; ".join(stated.conditions)),
        ("in the file", stated.place.locator),
        ("rule", stated.rule),
    )
    if stated.issuer:
        record.fields.append(("issuer", [_linked(actor_iri(stated.issuer))]))
    record.fields += [(name, [(value, "")]) for name, value in plain if value]
    addressees = sorted({party.iri: party.described for party in stated.bearers}.items())
    ends = (
        ("addressee", [(words, "") if words else _linked(iri) for iri, words in addressees]),
        ("cites", [_linked(instrument_iri(id_)) for id_ in stated.cites]),
        ("counterpart", [_linked(actor_iri(id_)) for id_ in stated.counterparts]),
        ("deadline", [(words, "") for words in stated.when]),
        ("theme", [_linked(theme_iri(id_)) for id_ in stated.themes]),
    )
    record.fields += [(name, found) for name, found in ends if found]
    return record


def _linked(iri: str) -> tuple[str, str]:
    """Return the id of a thing and where it leads."""
    return shorten(iri), iri.removeprefix(BASE)


def _fragment(iri: str) -> str:
    return iri.partition("#")[2]

"""A document of the store -> its text in paragraphs, every statement and mention marked.

In: an open store and a document's key. Out: `Paragraph`s of `Piece`s: stretches of the source in order, none overlapping,
each with what it is. Text between paragraphs (numbers, page furniture) opens the next one, so that nothing of the source is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mandategraph.answering.asking import Parameter, Question, ask_rows
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import BASE, document_iri, shorten

_TEXT = """
SELECT ?document ?text ?start ?end WHERE {
  ?document dcterms:isPartOf?/mg:sourceText ?text . OPTIONAL { ?document oa:start ?start ; oa:end ?end }
}"""
_ENCLOSED = """
SELECT ?document ?part ?key ?start ?end WHERE {
  ?part dcterms:isPartOf ?document ; dcterms:identifier ?key ; oa:start ?start ; oa:end ?end .
} ORDER BY ?start"""
_PARAGRAPHS = """
SELECT ?document ?paragraph ?label ?kind ?start ?end WHERE {
  ?paragraph mg:inDocument ?document ; mg:label ?label ; mg:paragraphKind ?kind ; oa:start ?start ; oa:end ?end .
} ORDER BY ?start"""
_MENTIONS = """
SELECT ?document ?entity ?start ?end WHERE {
  ?mention oa:hasSource ?document ; a mg:Mention ; mg:names ?entity ; oa:start ?start ; oa:end ?end .
} ORDER BY ?start"""
_OMISSIONS = """
SELECT ?document ?start ?end ?reason WHERE {
  ?omission oa:hasSource ?document ; a mg:Omission ; oa:start ?start ; oa:end ?end ; mg:omissionReason ?reason .
} ORDER BY ?start ?reason"""
_STATEMENTS = """
SELECT ?document ?statement ?label ?verb ?act ?strength ?bindingness ?status ?actions ?conditions ?issuer ?rule ?locator ?from ?to ?start ?end WHERE {
  ?statement mg:inDocument ?document ; mg:inParagraph/mg:label ?label ; mg:verbLemma ?verb ; mg:act ?act ;
    mg:strength ?strength ; mg:bindingness ?bindingness ; mg:status ?status ; mg:actionWords ?actions ; mg:rule ?rule ;
    mg:evidence ?passage ; mg:trigger ?trigger .
  ?passage oa:start ?start ; oa:end ?end . ?trigger oa:start ?from ; oa:end ?to .
  OPTIONAL { ?statement mg:issuer ?issuer } OPTIONAL { ?passage mg:locator ?locator }
  OPTIONAL { ?statement mg:conditionList ?conditions }
} ORDER BY ?from"""
_ENDS = """
SELECT ?document ?statement ?how ?end ?name WHERE {
  ?statement mg:inDocument ?document .
  { ?statement mg:addressee ?end BIND ("addressee" AS ?how) } UNION { ?statement mg:counterpart ?end BIND ("counterpart" AS ?how) }
  UNION { ?statement mg:cites ?end BIND ("cites" AS ?how) } UNION { ?statement mg:theme ?end BIND ("theme" AS ?how) }
  UNION { ?statement mg:deadline ?end . ?end mg:position ?n ; mg:surface ?words BIND ("deadline" AS ?how) }
  OPTIONAL { ?end rdfs:label ?label }
  BIND (COALESCE(?words, ?label) AS ?name)
} ORDER BY ?statement ?how ?n ?end"""


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
    """A statement as its record is shown: names of fields, and values with where each leads."""

    id: str
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
    iri = document_iri(key)
    _, source, begin, stop = next(_rows(store, _TEXT, iri))
    source = source[: int(stop or len(source))]
    statements = list(_rows(store, _STATEMENTS, iri))
    records = _records(statements, _rows(store, _ENDS, iri))
    verbs = [(int(r[-4]), int(r[-3]), _fragment(r[1])) for r in statements]
    extents = [(int(r[-2]), int(r[-1])) for r in statements]
    mentions = [(int(r[2]), int(r[3]), r[1]) for r in _rows(store, _MENTIONS, iri)]
    omissions = [(int(r[1]), int(r[2]), r[3]) for r in _rows(store, _OMISSIONS, iri)]
    marks = _Marks(verbs, extents, mentions, omissions)
    paragraphs: list[Paragraph] = []
    enclosed = deque((int(r[3]), int(r[4]), r[1], r[2]) for r in _rows(store, _ENCLOSED, iri))
    at = int(begin or 0)
    for _, paragraph, label, kind, start, end in _rows(store, _PARAGRAPHS, iri):
        while enclosed and enclosed[0][0] <= int(start):
            paragraphs.append(_another(source, at, enclosed[0], marks))
            at = enclosed.popleft()[1]
        first, last = max(int(start), at), int(end)
        if first >= last:
            continue
        pieces = (*_outside(source, at, first, marks), *_pieces(source, first, last, marks))
        here = tuple(records[id_] for begin, _, id_ in verbs if first <= begin < last)
        paragraphs.append(Paragraph(label, _fragment(paragraph), kind, pieces, here))
        at = last
    for each in enclosed:
        paragraphs.append(_another(source, at, each, marks))
        at = each[1]
    if source[at:].strip():
        paragraphs.append(Paragraph("", "", "furniture", tuple(_outside(source, at, len(source), marks)), ()))
    return paragraphs


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


def _records(statements: Iterable[list[str]], ends: Iterable[list[str]]) -> dict[str, Record]:
    records: dict[str, Record] = {}
    for row in statements:
        (
            _,
            statement,
            label,
            verb,
            act,
            strength,
            bindingness,
            status,
            actions,
            conditions,
            issuer,
            rule,
            locator,
            *_,
        ) = row
        record = Record(_fragment(statement), label, verb, shorten(act))
        plain = (
            ("strength", f"{strength} of 5"),
            ("bindingness", shorten(bindingness).replace("_", " ")),
            ("status", shorten(status)),
            ("actions", actions.replace("|", ", ")),
            ("conditions", conditions.replace("|", "; ")),
            ("in the file", locator),
            ("rule", rule),
        )
        if issuer:
            record.fields.append(("issuer", [(shorten(issuer), issuer.removeprefix(BASE))]))
        record.fields += [(name, [(value, "")]) for name, value in plain if value]
        records[record.id] = record
    for _, statement, how, end, name in ends:
        record = records[_fragment(statement)]
        link = "" if "#" in end else end.removeprefix(BASE)
        shown = (name if "#" in end else shorten(end), link)
        if record.fields and record.fields[-1][0] == how:
            record.fields[-1][1].append(shown)
        else:
            record.fields.append((how, [shown]))
    return records


def _fragment(iri: str) -> str:
    return iri.partition("#")[2]


def _rows(store: GraphStore, text: str, document: str) -> Iterator[list[str]]:
    """Yield the rows of a query about one document as plain text, the document first."""
    question = Question("reading", "", "", (Parameter("document", "document", document, ""),), text)
    for row in ask_rows(store, question).rows:
        yield ["" if term is None else str(getattr(term, "value", term)) for term in row]

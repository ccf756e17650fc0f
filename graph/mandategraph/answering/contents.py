"""What a mandate is on a day beside its terms: tasks, ceilings, measures, exemptions, criteria.

In: the store and a mandate. Out: `Contents`. The newest document that sets tasks out in a list, or carries older ones on ("as set out in paragraph 7
of resolution N"), says what the tasks are; single ones that came after are added. The newest document with ceilings says what the ceilings are. Of
measures, exemptions and criteria each document's are added to those before. What came before is history.

Limits: tasks that are carried on by reference to a document that is not in the store are named, not listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mandategraph.answering.mandates import mandates
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import text_rows
from mandategraph.symbols import symbol_of, type_of
from mandategraph.vocabulary import shorten

KINDS = ("task", "ceiling", "measure", "exemption", "criterion")
_GIVEN = """
SELECT DISTINCT ?mandate ?what ?thing ?document ?day ?paragraph ?rule ?words ?value ?start WHERE {
  VALUES ?what { mg:task mg:ceiling mg:carriedOnBy mg:measure mg:exemption mg:criterion }
  ?mandate ?what ?thing . ?thing mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:rule ?rule .
  ?document dcterms:date ?day .
  OPTIONAL { ?thing mg:text ?said ; mg:trigger/oa:start ?at }
  OPTIONAL { ?thing mg:measures ?of ; mg:value ?value ; mg:evidence/oa:start ?seen }
  BIND (COALESCE(?said, ?of) AS ?words)
  BIND (COALESCE(?at, ?seen) AS ?start)
} ORDER BY DESC(?day) ?document ?start ?what"""
_CITED = """
SELECT DISTINCT ?thing ?cited ?label WHERE {
  ?mandate mg:carriedOnBy ?thing .
  { ?thing mg:citesProvision ?place . ?place mg:label ?label ; mg:inDocument/eli:realizes ?cited }
  UNION { ?thing mg:citesProvision ?place FILTER NOT EXISTS { ?place mg:label ?any } BIND (?place AS ?cited) }
  UNION { ?thing mg:cites ?cited FILTER NOT EXISTS { ?thing mg:citesProvision ?other } }
} ORDER BY ?cited ?label"""
_WORKS = "SELECT DISTINCT ?document ?work WHERE { ?document eli:realizes ?work } ORDER BY ?document ?work"


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that a document gives to a mandate.

    Attributes:
        what: one of `KINDS`; `words`: as printed, white space folded, for a ceiling the figure and what it counts.
        day: of the document, ISO 8601.
        carried_by: the document that carries it on, "" where its own sets it out.
    """

    what: str
    iri: str
    document: str
    paragraph: str
    day: str
    words: str
    rule: str
    carried_by: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a mandate is on a day, and the places that it is carried on from and that are not in the store."""

    given: tuple[Given, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def of(self, what: str) -> tuple[Given, ...]:
        """Return what is given of one of the `KINDS`."""
        return tuple(each for each in self.given if each.what == what)

    def said(self) -> Iterator[str]:
        """Yield what it is in lines, as people read it."""
        for what in KINDS:
            for each in self.of(what):
                carried = f", carried on by {each.carried_by}" if each.carried_by else ""
                yield f"{what}: {each.words} ({each.document}, {each.paragraph}{carried})"
        if self.elsewhere:
            yield f"tasks as in {', '.join(self.elsewhere)}, not in the store"


class ContentsOf:
    """The contents of the mandates of a store, which it is asked for once."""

    def __init__(self, store: GraphStore) -> None:
        self._rows: dict[str, list[Given]] = {}
        for row in text_rows(store, _GIVEN):
            self._rows.setdefault(row[0], []).append(_row(row))
        self._cited: dict[str, list[tuple[str, str]]] = {}
        for thing, cited, label in text_rows(store, _CITED):
            self._cited.setdefault(thing, []).append(_place(cited, label))
        self._works = {symbol_of(shorten(here)): symbol_of(shorten(work)) for here, work in text_rows(store, _WORKS)}

    def on(self, mandate: str, day: str) -> Contents:
        """Return what a mandate is on a day.

        Args:
            mandate: IRI of its node.
            day: ISO 8601.
        """
        rows = [row for row in self._rows.get(mandate, ()) if row.day <= day]
        return _Reader(rows, self._cited, self._works).read()


def documents_of(store: GraphStore, holder: str, day: str) -> list[str]:
    """Return the documents that make up the mandate of an actor on an ISO 8601 day: the one of its newest term, then those that give its tasks."""
    held = (m.on(day) for m in mandates(store, holder=holder) if m.kind == "mandate")
    contents = ContentsOf(store)
    found: dict[str, None] = {}
    for mandate in (m for m in held if m is not None):
        tasks = contents.on(mandate.iri, day).of("task")
        found.update(dict.fromkeys([mandate.last.document, *(task.document for task in tasks)]))
    return list(found)


class _Reader:
    """Reads the contents of one mandate from what was given to it until a day."""

    def __init__(
        self, rows: Sequence[Given], cited: Mapping[str, Sequence[tuple[str, str]]], works: Mapping[str, str]
    ) -> None:
        self._rows = rows
        self._cited = cited
        self._works = works

    def read(self) -> Contents:
        """Return all that holds."""
        tasks, elsewhere = self._tasks(self._rows, frozenset())
        ceilings = [row for row in self._rows if row.what == "ceiling"]
        newest = [row for row in ceilings if row.document == ceilings[0].document]
        others = [row for row in self._rows if row.what in {"measure", "exemption", "criterion"}]
        return Contents((*tasks, *newest, *others), tuple(dict.fromkeys(elsewhere)))

    def _tasks(self, rows: Sequence[Given], seen: frozenset[str]) -> tuple[list[Given], list[str]]:
        """Return the tasks that hold by some rows, the newest first, and what they are carried on from that is not here."""
        found: list[Given] = []
        elsewhere: list[str] = []
        for document in dict.fromkeys(row.document for row in rows if row.what in {"task", "carriedOnBy"}):
            own = [row for row in rows if row.document == document and row.what == "task"]
            carrying = [row for row in rows if row.document == document and row.what == "carriedOnBy"]
            found += own
            for row in carrying:
                carried, missing = self._carried(row, seen | {document})
                found += [each for each in carried if each.iri not in {f.iri for f in found}]
                elsewhere += missing
            if carrying or any(row.rule == "ITM-task" for row in own):
                break
        return found, elsewhere

    def _carried(self, carrying: Given, seen: frozenset[str]) -> tuple[list[Given], list[str]]:
        """Return the tasks of the places that a statement cites, and those places that are not in the store."""
        found: list[Given] = []
        missing: list[str] = []
        for work, label in self._cited.get(carrying.iri, ()):
            if not type_of(work).endswith("resolution"):
                continue
            documents = [document for document, of in self._works.items() if of == work and document not in seen]
            if not documents and work not in {self._works.get(document) for document in seen}:
                missing.append(", ".join(filter(None, (work, label))))
            for here in documents:
                rows = [row for row in self._rows if row.document == here and _is_under(row.paragraph, label)]
                tasks, further = self._tasks(rows, seen | {here})
                by = carrying.document
                found += [replace(task, carried_by=task.carried_by or by) for task in tasks]
                missing += further
        return found, missing


def _place(cited: str, label: str) -> tuple[str, str]:
    """Return symbol and label of what is cited, an instrument or, where its document is not in the store, a paragraph's IRI."""
    instrument, _, place = shorten(cited).partition("#para_")
    return symbol_of(instrument), label or re.sub(r"__point_(\w+?)(?=__|$)", r"(\1)", place)


def _is_under(paragraph: str, label: str) -> bool:
    """Return whether a paragraph is, or stands below, the one of a label; every one is where there is no label."""
    return not label or paragraph == label or paragraph.startswith((f"{label}(", f"{label}/"))


def _row(row: list[str]) -> Given:
    _, what, thing, document, day, paragraph, rule, words, value, _ = row
    said = " ".join(words.split()).rstrip(" ;,.")
    if value:
        said = f"{float(value):,.0f} {said}"
    return Given(what.rpartition("#")[2], thing, symbol_of(shorten(document)), paragraph, day, said, rule)

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

from mandategraph.answering.mandates import Mandate, mandates
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.contents import Given, carried_places, given
from mandategraph.recalling.documents import documents
from mandategraph.symbols import symbol_of, type_of

KINDS = ("task", "ceiling", "measure", "exemption", "criterion")
# How a point that another follows ends.
_LAST = re.compile(r"[;,]?(?: and| or)?,?$")


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
                yield f"{what}: {_LAST.sub('', each.words)} ({each.document}, {each.paragraph}{carried})"
        if self.elsewhere:
            yield f"tasks as in {', '.join(self.elsewhere)}, not in the store"


class ContentsOf:
    """The contents of the mandates of a store, which it is asked for once."""

    def __init__(self, store: GraphStore) -> None:
        self._rows = given(store)
        self._cited = carried_places(store)
        self._works = {head.key: symbol_of(head.instrument) for head in documents(store) if head.instrument}

    def on(self, mandate: Mandate, day: str) -> Contents:
        """Return what a mandate is on an ISO 8601 day."""
        rows = [row for node in mandate.nodes for row in self._rows.get(node, ()) if row.day <= day]
        rows.sort(key=lambda row: row.day, reverse=True)
        return _Reader(rows, self._cited, self._works).read()


def documents_of(store: GraphStore, holder: str, day: str) -> list[str]:
    """Return the documents that make up the mandate of an actor on an ISO 8601 day: the one of its newest term, then those that give its tasks."""
    held = (m.on(day) for m in mandates(store, holder=holder) if m.kind == "mandate")
    contents = ContentsOf(store)
    found: dict[str, None] = {}
    for mandate in (m for m in held if m is not None):
        tasks = contents.on(mandate, day).of("task")
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


def _is_under(paragraph: str, label: str) -> bool:
    """Return whether a paragraph is, or stands below, the one of a label; every one is where there is no label."""
    return not label or paragraph == label or paragraph.startswith((f"{label}(", f"{label}/"))

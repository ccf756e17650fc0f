"""Where documents come from: files behind paths, and the texts that a store holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mandategraph.building.extracting import PASSED, REFUSED, DocumentReport, Extract
from mandategraph.errors import SourceError
from mandategraph.keeping.documents import file_of, said_of
from mandategraph.keeping.store import GraphStore
from mandategraph.reading import Item, SourceReader, printable, printed
from mandategraph.records import Omission, Place, SourceSpan, SourceText

# So many files that are not read are named one by one.
NAMED = 12


def items_of(paths: Iterable[Path], sources: SourceReader) -> tuple[list[Item], list[DocumentReport]]:
    """Return the documents behind paths, each once, and reports on paths that lead nowhere."""
    items: dict[Item, None] = {}
    reports = []
    for path in paths:
        try:
            items.update(dict.fromkeys(sources.find(path)))
        except SourceError as error:
            reports.append(DocumentReport(str(path), "", REFUSED, problem=str(error)))
    return list(items), reports


def passed_over(sources: SourceReader) -> list[DocumentReport]:
    """Return a report for each folder or archive that holds files of kinds that are not read."""
    found = []
    for where, names in sources.passed_over.items():
        shown = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
        count = "1 file is of a kind that is" if len(names) == 1 else f"{len(names)} files are of kinds that are"
        found.append(DocumentReport(where, "", PASSED, problem=f"{count} not read: {shown}"))
    return found


def is_there(origin: str) -> bool:
    """Return whether a file is where it was; of a member of an archive, the archive."""
    return any(path.is_file() for path in (Path(origin), *Path(origin).parents))


def stored_source(store: GraphStore, key: str) -> SourceText:
    """Return the source of a document as it was read into the store: all of its file."""
    said = said_of(store, file_of(store, key))
    kind, _, starts = said.get("sourcePlaces", "").partition(" ")
    places = tuple(Place(int(start), f"{kind} {n}") for n, start in enumerate(starts.split(), 1))
    lines = [line.split(" ", 2) for line in said.get("sourceOmitted", "").splitlines()]
    omitted = tuple(Omission(SourceSpan(int(start), int(end)), reason) for start, end, reason in lines)
    remarks = tuple(said.get("sourceRemarks", "").splitlines())
    format_ = said.get("format", "text/plain")
    # What an older program stored may hold control characters; a form feed ended a page.
    text = printed(said["sourceText"].replace("\f", "\n"))
    return SourceText(printable(said["sourceName"]), format_, text, said["sha256"], places, omitted, remarks)


def source_of(extract: Extract) -> SourceText:
    """Return the source of a document as its quads hold it."""
    with GraphStore.in_memory() as alone:
        alone.add(extract.quads)
        return stored_source(alone, extract.report.key)

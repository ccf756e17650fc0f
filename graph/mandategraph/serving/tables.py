"""Rows of an answer -> a table for a page: names for things, heads that sort by links, pages, groups that fold, columns to choose.

In: rows and how the reader looks at them, which is all in the address (`View`). Out: a `Table` for the macros of `templates/macros.html`. The file
beside a table has the same rows with ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.labels import Labels, labels_of
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.serving.parameters import VIEW
from mandategraph.vocabulary import BASE, element_id

PAGE, FIRST, ROWS = 200, 100, 50
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# What a reader opens; to concepts (act, status) nothing leads: their words say it.
_OPENED = ("document/", "actor/", "instrument/", "theme/", "mandate/")
# Values of columns of words that stand for concepts.
_WORDS = frozenset({"how", "step", "state", "kind", "outlook", "likeness", "relation"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, where they lead, "" where nowhere, and what is said beside them in small."""

    text: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its name, its word on screen, "day", "number" or "", the address that sorts by it, and how it sorts now."""

    name: str
    word: str
    kind: str = ""
    link: str = ""
    sorted: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the sentence that stands below it, "" where there is none."""

    cells: tuple[Cell, ...]
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one group with its name and how many it has in all; of a table without groups, all rows."""

    lines: tuple[Line, ...]
    name: Cell = Cell("")
    total: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """How a table is looked at.

    Attributes:
        sort: column, with "-" before it downwards; `group`: column; `columns`: those shown, all where none is named.
        given: the other parameters of the address.
    """

    page: int = 0
    sort: str = ""
    group: str = ""
    columns: tuple[str, ...] = ()
    given: tuple[tuple[str, str], ...] = ()

    def link(self, **changes: str | int | Sequence[str]) -> str:
        """Return the address of the same page looked at otherwise; it begins anew at the first page where none is named."""
        own: dict[str, str | int | Sequence[str]] = {
            "sort": self.sort,
            "group": self.group,
            "columns": self.columns,
            **changes,
        }
        said = [(name, value) for name, value in self.given if name not in changes]
        for name, value in own.items():
            said += [(name, each) for each in ([value] if isinstance(value, str | int) else value) if each]  # type: ignore[misc]
        return "?" + urlencode(said)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or a page of one.

    Attributes:
        total: rows in all; `first`: number of the first row here, from 0.
        pages: addresses of the page before and after, "" where there is none.
    """

    heads: tuple[Head, ...]
    parts: tuple[Part, ...]
    title: str = ""
    total: int = 0
    first: int = 0
    before: str = ""
    after: str = ""
    groups: int = 0
    view: View | None = None
    every: tuple[Head, ...] = field(default=())

    @property
    def rows(self) -> tuple[Line, ...]:
        """All rows here."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def shown(self) -> tuple[Head, ...]:
        """The heads of the columns that are shown."""
        return self.heads


def view_of(chosen: Mapping[str, Sequence[str]], query: Sequence[tuple[str, str]]) -> View:
    """Return how a table is looked at, from the values of `VIEW` and all parameters of the address."""
    own = {each.name for each in VIEW}
    one = {name: "".join(values) for name, values in chosen.items() if name != "columns"}
    given = tuple((name, value[:300]) for name, value in query if name not in own and value.strip())
    return View(int(one["page"] or 0), one["sort"], one["group"], tuple(chosen["columns"]), given)


def table(
    store: GraphStore,
    answer: Rows,
    *,
    title: str = "",
    drop: Sequence[str] = (),
    size: int = 0,
    view: View | None = None,
    first_shown: Sequence[str] = (),
) -> Table:
    """Return rows as a table: the first `size` of them, or the page that a view asks for.

    Of many columns those of `first_shown` are shown where the view names none; the others can be chosen.
    Document and paragraph are one column, which leads to the words in the reading view; a column in which nothing stands is left out.

    Raises:
        QueryError: the view names a column that is not there.
    """
    labels = labels_of(store)
    names = list(answer.columns)
    chosen = frozenset((view.columns if view else ()) or first_shown or names)
    for name in filter(None, (*((view.sort.removeprefix("-"), view.group, *view.columns) if view else ()),)):
        if name not in names:
            raise QueryError(f"there is no column {name!r}", hint=f"The columns are {', '.join(names)}.")
    rows, counts = _ordered(labels, names, answer.rows, view)
    first = view.page * ROWS if view else 0
    here = rows[first : first + ROWS] if view else rows[:size] if size else rows
    hidden = {"quotation", *drop} | ({"paragraph"} if "document" in names else set())
    columns = [
        n
        for n, name in enumerate(names)
        if name not in hidden and any(row[n] is not None and text_of(row[n]) for row in rows)
    ]
    every = tuple(_head(labels, names[n], [row[n] for row in here], view, is_shown=names[n] in chosen) for n in columns)
    shown = [
        (n, head)
        for n, head in zip(columns, every, strict=True)
        if head.is_shown and names[n] != (view.group if view else "")
    ]
    found = Table(
        tuple(head for _, head in shown), (), title, len(rows), first, view=view, every=every, groups=len(counts)
    )
    parts = []
    for group, of in groupby(here, key=lambda row: _group(labels, names, row, view)):
        lines = tuple(_line(labels, names, row, [n for n, _ in shown]) for row in of)
        parts.append(Part(lines, group, counts.get(group.text, len(lines))))
    if view:
        before = view.link(page=view.page - 1) if view.page else ""
        after = view.link(page=view.page + 1) if first + ROWS < len(rows) else ""
        found = replace(found, before=before, after=after)
    return replace(found, parts=tuple(parts))


def _ordered(
    labels: Labels, names: Sequence[str], rows: Sequence[tuple[Bindable | None, ...]], view: View | None
) -> tuple[list[tuple[Bindable | None, ...]], dict[str, int]]:
    """Return rows in the order of a view, the largest groups first, and how many each group has."""
    found = list(rows)
    if view and view.sort:
        n = names.index(view.sort.removeprefix("-"))
        filled = [row for row in found if row[n] is not None]
        filled.sort(key=lambda row: _key(labels.text(row[n])), reverse=view.sort.startswith("-"))
        found = filled + [row for row in found if row[n] is None]
    if not (view and view.group):
        return found, {}
    counts = Counter(_group(labels, names, row, view).text for row in found)
    found.sort(key=lambda row: (-counts[name := _group(labels, names, row, view).text], name))
    return found, dict(counts)


def _key(text: str) -> tuple[float, str]:
    """Return by what a value is put in order: numbers by size and before words, which stand by their letters."""
    return (float(text), "") if _NUMBER.fullmatch(text) else (float("inf"), text.casefold())


def _group(labels: Labels, names: Sequence[str], row: Sequence[Bindable | None], view: View | None) -> Cell:
    if not (view and view.group):
        return Cell("")
    return _cell(labels, view.group, row[names.index(view.group)]) or Cell("none")


def _head(labels: Labels, name: str, values: Sequence[Bindable | None], view: View | None, *, is_shown: bool) -> Head:
    said = [text_of(value) for value in values if value is not None]
    kind = ""
    if said and name not in {"quotation", "paragraph"}:
        kind = (
            "day"
            if all(map(_DAY.fullmatch, said)) and any("-" in each for each in said)
            else "number"
            if all(map(_NUMBER.fullmatch, said))
            else ""
        )
    if view is None:
        return Head(name, labels.word(name), kind, is_shown=is_shown)
    now = {name: "ascending", f"-{name}": "descending"}.get(view.sort, "")
    link = view.link(sort=f"-{name}" if now == "ascending" else name)
    return Head(name, labels.word(name), kind, link, now, is_shown)


def _line(labels: Labels, names: Sequence[str], row: Sequence[Bindable | None], shown: Sequence[int]) -> Line:
    at = {name: n for n, name in enumerate(names)}
    cells = []
    for n in shown:
        if names[n] == "document" and "paragraph" in at:
            label = text_of(row[at["paragraph"]])
            cells.append(Cell(labels.cite(labels.text(row[n]), label), place_of(row[n], label)))
        else:
            cells.append(_cell(labels, names[n], row[n]) or Cell(""))
    quotation = " ".join(text_of(row[at["quotation"]]).split()) if "quotation" in at else ""
    return Line(tuple(cells), quotation)


def _cell(labels: Labels, name: str, term: Bindable | None) -> Cell | None:
    """Return a cell, None where nothing stands in it; a document says what it is about."""
    if term is None:
        return None
    text = labels.value(name, term)
    text = labels.word(text) if name in _WORDS and isinstance(term, Literal) else text
    if isinstance(term, NamedNode) and term.value.startswith(BASE + "document/") and "#" not in term.value:
        return Cell(labels.subject(text) or text, link_of(term), text if labels.subject(text) else "")
    return Cell(text, link_of(term)) if text else None


def link_of(term: Bindable | None) -> str:
    """Return where a term leads here: the path of its IRI, or "" where it is nothing that a reader opens."""
    if not isinstance(term, NamedNode) or not term.value.startswith(BASE):
        return ""
    path, _, part = term.value.removeprefix(BASE).partition("#")
    return f"/{term.value.removeprefix(BASE)}" if path.startswith(_OPENED) and not part.startswith("described-") else ""


def place_of(document: Bindable | None, paragraph: str) -> str:
    """Return where a paragraph stands in the reading view; the document's head where no paragraph is said."""
    return f"{link_of(document)}#{element_id(paragraph)}" if paragraph else link_of(document)

"""The parameters of each page with their types, and a request -> their values: what is not of its type is refused before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from mandategraph.answering.comparing import Change
from mandategraph.answering.endings import Outlook
from mandategraph.answering.network import PROJECTIONS
from mandategraph.answering.overlaps import Kind
from mandategraph.answering.sections import Order
from mandategraph.errors import QueryError

LONGEST = 300
LONGEST_TEXT = 6000
MOST_CHOICES = 20
Query = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for: the name of its route, the path as it came, the parameters in their order, the Accept header, and what was sent, with its type."""

    route: str
    path: str
    query: tuple[tuple[str, str], ...]
    accept: str
    body: bytes = b""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a page.

    Attributes:
        type: "name" (of a thing: an id, a symbol or an IRI), "text" (words of any length up to `LONGEST_TEXT`, on several lines), "date", "integer", "column" (of a table) or "choice".
        choices: the values of a "choice".
        most: so many times it may be given.
    """

    name: str
    type: str = "name"
    choices: tuple[str, ...] = ()
    most: int = 1


_DAYS = (Field("after", "date"), Field("before", "date"))
_IN_FORCE = Field("in_force", "date")
_OBLIGATIONS = (
    Field("actor"), Field("toward"), Field("wanted"), Field("instrument"), Field("subject"), *_DAYS, Field("minimum", "integer"), _IN_FORCE,
)  # fmt: skip
_PAGE = Field("page", "integer")
VIEW = (Field("sort", "column"), Field("group", "column"), Field("columns", "column", most=MOST_CHOICES), _PAGE)
"""The parameters of every page with one table."""
_SEARCH = (
    Field("q"), Field("body"), Field("year"), Field("form"), Field("bearer"), Field("act"), Field("strength"), Field("theme"),
    Field("in_force", "date"), Field("due", "choice", ("soon", "dated", "cycle")), Field("sort", "choice", ("best", "newest", "oldest")), _PAGE,
)  # fmt: skip
PAGES = (
    "obligations",
    "obligations.csv",
    "documents",
    "actors",
    "search",
    "search.csv",
    "search.xlsx",
    "compare",
    "lineage",
    "mandates",
    "precedents",
    "overlaps",
    "burden",
    "endings",
    "quota",
    "report",
    "statement",
    "cited",
    "explorer",
    "explorer.json",
    "find",
)
"""Pages that take parameters; `FIELDS` has those of each."""
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "home": (),
    "documents": VIEW,
    "actors": VIEW,
    "search": _SEARCH,
    "search.csv": _SEARCH,
    "search.xlsx": _SEARCH,
    "obligations": (*_OBLIGATIONS, *VIEW),
    "obligations.csv": _OBLIGATIONS,
    "compare": (
        Field("earlier"),
        Field("later"),
        Field("theme"),
        Field("change", "choice", tuple(map(str, Change))),
        _PAGE,
    ),
    "lineage": (Field("name"), _IN_FORCE),
    "mandates": (Field("holder"), Field("on", "date"), Field("before", "date")),
    "precedents": (
        Field("what", "text"),
        Field("paragraph"),
        Field("theme"),
        Field("body"),
        Field("since", "date"),
    ),
    "overlaps": (
        Field("kind", "choice", tuple(map(str, Kind))),
        Field("bearer"),
        Field("body"),
        Field("theme"),
        _IN_FORCE,
        _PAGE,
    ),
    "burden": (Field("actor"), Field("body"), Field("wanted"), Field("subject"), *_DAYS, _IN_FORCE, *VIEW),
    "endings": (
        Field("holder"),
        Field("body"),
        Field("outlook", "choice", tuple(map(str, Outlook))),
        Field("on", "date"),
        *VIEW,
    ),
    "quota": (Field("actor"), Field("document"), _IN_FORCE),
    "report": (
        Field("name"),
        Field("since"),
        Field("on", "date"),
        Field("order", "choice", tuple(map(str, Order))),
        _IN_FORCE,
    ),
    "calendar": (Field("actor"), Field("wanted"), Field("instrument"), Field("subject"), *_DAYS, _IN_FORCE),
    "explorer": (
        *(Field(name, most=MOST_CHOICES) for name in ("document", "actor", "theme")),
        Field("projection", "choice", PROJECTIONS),
        _IN_FORCE,
    ),
    "statement": (Field("of"), Field("why", "choice", ("yes",))),
    "cited": (Field("instrument"), Field("paragraphs", "text")),
    "explorer.json": (Field("statement", most=MOST_CHOICES),),
    "find": (Field("name"),),
    "draft": (Field("against"), Field("on", "date")),
    "question": (Field("format", "choice", ("csv",)), *VIEW, _IN_FORCE),
}


def values(fields: Iterable[Field], query: Query) -> dict[str, tuple[str, ...]]:
    """Return the values of parameters by name, bare of white space; those that are empty are not given.

    Raises:
        QueryError: a value is not of its type, or there are too many.
    """
    found: dict[str, tuple[str, ...]] = {}
    for field in fields:
        given = tuple(value.strip() for name, value in query if name == field.name and value.strip())
        if len(given) > field.most:
            raise QueryError(f"{field.name} is given {len(given)} times", hint=f"Give it {field.most} times at most.")
        for value in given:
            _check(field, value)
        found[field.name] = given
    return found


def one(fields: Iterable[Field], query: Query) -> dict[str, str]:
    """Return the value of each parameter by name, "" where it is not given.

    Raises:
        QueryError: as `values`.
    """
    return {name: "".join(given) for name, given in values(fields, query).items()}


def _check(field: Field, value: str) -> None:
    longest, plain = (LONGEST_TEXT, "".join(value.split())) if field.type == "text" else (LONGEST, value)
    if len(value) > longest or not plain.isprintable():
        said = f"is longer than {longest} characters" if len(value) > longest else "has characters that do not print"
        raise QueryError(f"{field.name} {said}", hint="Give a name, a day or a number.")
    if field.type == "date" and not _is_day(value):
        raise QueryError(f"{field.name} {value!r} is no date", hint="Write it as 2021-03-31.")
    if field.type == "integer" and not re.fullmatch(r"[0-9]{1,6}", value):
        raise QueryError(f"{field.name} {value!r} is no whole number", hint="Write up to six digits.")
    if field.type == "choice" and value not in field.choices:
        raise QueryError(f"there is no {field.name} {value!r}", hint=f"Use one of {', '.join(field.choices)}.")
    if field.type == "name" and value.startswith(("http://", "https://")):
        try:
            NamedNode(value)
        except ValueError:
            raise QueryError(f"{field.name} {value!r} is no IRI", hint="Write a name instead.") from None


def _is_day(value: str) -> bool:
    try:
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False

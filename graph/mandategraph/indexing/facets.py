"""A search in the index: the passages that hold all words of what was typed, narrowed by facets, with how many passages each value would leave.

In: an open index and what is asked. Out: `Hits`: a page of passages with their words marked, and the counts. What a passage is narrowed to by several
facets of statements (bearer, act, strength, theme, due) is one statement of it that has all of them.

Limits: the counts of a facet are those of what is chosen already; a facet has its commonest values alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mandategraph.indexing.index import Index
from mandategraph.indexing.words import words_of

PAGE, VALUES = 25, 12
_ON, _OFF = "\x02", "\x03"
ORDERS = {"best": "h.rank, d.day DESC", "newest": "d.day DESC, h.rank", "oldest": "d.day = '', d.day, h.rank"}
"""How results may be ordered, each by its name."""
_OF_DOCUMENTS = {"body": "d.body", "year": "substr(d.day, 1, 4)", "form": "d.genre"}
FACETS = (*_OF_DOCUMENTS, "bearer", "act", "strength", "theme", "due")
"""The facets that are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks for; what is "" narrows nothing.

    Attributes:
        typed: words, all of which a passage holds.
        body, year, form: of the document; `bearer`: IRI of an actor or the words that describe one; `act`, `theme`: ids; `strength`: from "0" to "5", or more.
        due: "dated" for what has a day, "cycle" for what recurs, "soon" for what has a day from `first` to `last` (ISO 8601).
        without: IRIs of statements that do not count, None where all do.
    """

    typed: str = ""
    body: str = ""
    year: str = ""
    form: str = ""
    bearer: str = ""
    act: str = ""
    strength: str = ""
    theme: str = ""
    due: str = ""
    first: str = ""
    last: str = ""
    without: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that is found.

    Attributes:
        document: key; `label`: of the paragraph; `day`, `body`, `form`: of the document.
        text: stretches in their order, each with whether it is a word that was typed.
        said: its statements that fit: act, strength, bearers, days and themes.
    """

    document: str
    label: str
    day: str
    body: str
    form: str
    text: tuple[tuple[str, bool], ...]
    said: tuple[SaidOf, ...]


@dataclass(frozen=True, slots=True)
class SaidOf:
    """A statement of a hit: its act and strength, whom it addresses, on which days it is due, whether it recurs, and its themes."""

    act: str
    strength: int
    is_cycle: bool
    bearers: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of passages, how many there are in all, and the values of the facets, each with how many passages have it."""

    total: int
    hits: tuple[Hit, ...]
    counts: dict[str, tuple[tuple[str, int], ...]]


def look_up(index: Index, asked: Asked, *, order: str = "best", first: int = 0, most: int = PAGE) -> Hits:
    """Return the passages that fit.

    Args:
        index: open.
        asked: what fits.
        order: one of `ORDERS`.
        first: number of the first hit that is wanted, from 0.
        most: so many of them, with the counts; 0 for all, without counts.
    """
    _gather(index, asked)
    ((total,),) = index.ask("SELECT count(*) FROM hits")
    counts = {name: _count(index, name, asked) for name in FACETS} if most else {}
    return Hits(total, tuple(_hits(index, asked, order, first, most)), counts)


def _gather(index: Index, asked: Asked) -> None:
    """Make the temporary tables `hits`, a row a passage, and `fits`, a row a statement of them that has what is asked."""
    for name in ("hits", "fits", "history"):
        index.ask(f"DROP TABLE IF EXISTS temp.{name}")
    joined, where, values = "", ["TRUE"], list[str | int]()
    if words := words_of(asked.typed):
        joined, rank = " JOIN words ON words.rowid = p.id", "words.rank"
        where.append("words MATCH ?")
        values.append(" ".join(f'"{word}"' for word in words))
    else:
        rank = "0"
    for name, column in _OF_DOCUMENTS.items():
        if value := getattr(asked, name):
            where.append(f"{column} = ?")
            values.append(value)
    index.ask(
        f"CREATE TEMP TABLE hits AS SELECT p.id AS passage, {rank} AS rank FROM passages p JOIN documents d ON d.id = p.document{joined}"
        f" WHERE {' AND '.join(where)}",
        values,
    )
    condition, given = _of_statements(asked)
    if asked.without is not None:
        index.ask("CREATE TEMP TABLE history (iri TEXT PRIMARY KEY)")
        for start in range(0, len(listed := sorted(asked.without)), 500):
            part = listed[start : start + 500]
            index.ask(f"INSERT INTO history VALUES {', '.join(['(?)'] * len(part))}", part)
        condition.append("s.iri NOT IN (SELECT iri FROM history)")
    index.ask(
        f"CREATE TEMP TABLE fits AS SELECT s.id, s.passage FROM hits h JOIN statements s ON s.passage = h.passage WHERE {' AND '.join(['TRUE', *condition])}",
        given,
    )
    index.ask("CREATE INDEX temp.fits_of ON fits (passage)")
    if condition:
        index.ask("DELETE FROM hits WHERE passage NOT IN (SELECT passage FROM fits)")


def _of_statements(asked: Asked) -> tuple[list[str], list[str | int]]:
    """Return what is asked of a statement as conditions of SQL, and their values."""
    found, values = list[str](), list[str | int]()
    if asked.act:
        found.append("s.act = ?")
        values.append(asked.act)
    if asked.strength:
        found.append("s.strength >= ?")
        values.append(int(asked.strength))
    for name in ("bearer", "theme"):
        if value := getattr(asked, name):
            found.append("s.id IN (SELECT statement FROM said WHERE name = ? AND value = ?)")
            values += [name, value]
    if asked.due == "cycle":
        found.append("s.is_cycle")
    elif asked.due == "dated":
        found.append("s.id IN (SELECT statement FROM said WHERE name = 'day')")
    elif asked.due == "soon":
        found.append("s.id IN (SELECT statement FROM said WHERE name = 'day' AND value BETWEEN ? AND ?)")
        values += [asked.first, asked.last]
    return found, values


def _count(index: Index, name: str, asked: Asked) -> tuple[tuple[str, int], ...]:
    """Return the commonest values of a facet among the hits, each with how many of them have it."""
    if name in _OF_DOCUMENTS:
        order = "1 DESC" if name == "year" else "2 DESC, 1"
        text = (
            f"SELECT {_OF_DOCUMENTS[name]}, count(*) FROM hits h JOIN passages p ON p.id = h.passage JOIN documents d ON d.id = p.document"
            f" GROUP BY 1 HAVING {_OF_DOCUMENTS[name]} != '' ORDER BY {order}"
        )
        return tuple((str(value), count) for value, count in index.ask(text)[: None if name == "year" else VALUES])
    if name in {"bearer", "theme"}:
        text = "SELECT v.value, count(DISTINCT f.passage) FROM fits f JOIN said v ON v.statement = f.id WHERE v.name = ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
        return tuple(index.ask(text, [name, VALUES]))
    if name == "due":
        found = []
        for value in ("soon", "dated", "cycle"):
            condition, values = _of_statements(Asked(due=value, first=asked.first, last=asked.last))
            text = f"SELECT count(DISTINCT f.passage) FROM fits f JOIN statements s ON s.id = f.id WHERE {condition[0]}"
            found.append((value, index.ask(text, values)[0][0]))
        return tuple((value, count) for value, count in found if count)
    if name == "strength":
        of = index.ask(
            "SELECT least, count(DISTINCT f.passage) FROM (SELECT 1 AS least UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5)"
            " JOIN fits f JOIN statements s ON s.id = f.id AND s.strength >= least GROUP BY 1 ORDER BY 1 DESC"
        )
        return tuple((str(value), count) for value, count in of)
    text = f"SELECT s.{name}, count(DISTINCT f.passage) FROM fits f JOIN statements s ON s.id = f.id GROUP BY 1 ORDER BY 2 DESC, 1"
    return tuple((str(value), count) for value, count in index.ask(text))


def _hits(index: Index, asked: Asked, order: str, first: int, most: int) -> list[Hit]:
    """Return a page of the hits, their words marked."""
    words = words_of(asked.typed)
    marked = f"highlight(words, 0, '{_ON}', '{_OFF}')" if words else "p.text"
    joined = " JOIN words ON words.rowid = p.id" if words else ""
    match = " WHERE words MATCH ?" if words else ""
    text = (
        f"SELECT p.id, d.key, p.label, d.day, d.body, d.genre, {marked} FROM hits h JOIN passages p ON p.id = h.passage"
        f" JOIN documents d ON d.id = p.document{joined}{match} ORDER BY {ORDERS[order]}, d.key, p.start LIMIT ? OFFSET ?"
    )
    given: list[str | int] = [" ".join(f'"{word}"' for word in words)] if words else []
    rows = index.ask(text, [*given, most or -1, first])
    said = _said(index, [row[0] for row in rows]) if most else _said(index, None)
    return [_hit(row, said) for row in rows]


def _hit(row: Sequence[Any], said: Mapping[int, Sequence[SaidOf]]) -> Hit:
    id_, document, label, day, body, form, text = row
    return Hit(document, label, day, body, form, _parts(text), tuple(said.get(id_, ())))


def _said(index: Index, passages: Sequence[int] | None) -> dict[int, list[SaidOf]]:
    """Return the statements of some passages that fit, of all where None is given."""
    chosen = "" if passages is None else f" WHERE f.passage IN ({', '.join('?' * len(passages))})"
    values: dict[tuple[int, str], list[str]] = {}
    text = f"SELECT v.statement, v.name, v.value FROM fits f JOIN said v ON v.statement = f.id{chosen} ORDER BY v.rowid"
    for statement, name, value in index.ask(text, passages or ()):
        values.setdefault((statement, name), []).append(value)
    found: dict[int, list[SaidOf]] = {}
    text = f"SELECT f.id, f.passage, s.act, s.strength, s.is_cycle FROM fits f JOIN statements s ON s.id = f.id{chosen} ORDER BY s.id"
    for statement, passage, act, strength, is_cycle in index.ask(text, passages or ()):
        of = (tuple(values.get((statement, name), ())) for name in ("bearer", "theme", "day"))
        found.setdefault(passage, []).append(SaidOf(act, strength, bool(is_cycle), *of))
    return found


def _parts(text: str) -> tuple[tuple[str, bool], ...]:
    """Return a text with marks in stretches, each with whether it is marked."""
    found = []
    for n, stretch in enumerate(text.split(_ON)):
        on, _, off = stretch.partition(_OFF) if n else ("", "", stretch)
        found += [(on, True), (off, False)]
    return tuple((part, is_marked) for part, is_marked in found if part)

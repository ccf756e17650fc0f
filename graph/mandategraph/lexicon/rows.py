"""The rows of a data file, checked: every error names file and line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mandategraph.errors import LexiconError
from mandategraph.records import Act
from mandategraph.resources import folder


class Rows:
    """The rows of a CSV file, each with the place to name in an error."""

    def __init__(self, file: Traversable | Path, columns: Iterable[str]) -> None:
        self.name = file.name
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"cannot be read ({error})", where=self.name, hint="It must be a UTF-8 file.") from error
        self.reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        given = set(self.reader.fieldnames or ())
        missing = [c for c in columns if c not in given]
        if missing:
            hint = f"The first line must name the columns {', '.join(columns)}."
            raise LexiconError(f"no column {missing[0]!r}", where=f"{self.name}:1", hint=hint)

    def __iter__(self) -> Iterator[tuple[str, dict[str, str]]]:
        try:
            for row in self.reader:
                where = f"{self.name}:{self.reader.line_num}"
                if None in row or None in row.values():
                    raise LexiconError("a row has too many or too few columns", where=where, hint="Quote the commas.")
                if not all(value.isprintable() for value in row.values()):
                    raise LexiconError(
                        "a cell holds a character that cannot be printed", where=where, hint="Take it out."
                    )
                yield where, {k: v.strip() for k, v in row.items()}
        except csv.Error as error:
            where = f"{self.name}:{self.reader.line_num}"
            raise LexiconError(f"not a CSV row ({error})", where=where, hint="Quote the cell.") from error


def parts_of(cell: str, mark: str = "|") -> tuple[str, ...]:
    """Return the parts of a cell that a mark divides, bare of white space, without the empty ones."""
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


def number_of(cell: str, where: str, column: str, low: int, high: int) -> int:
    """Return the number of a cell.

    Raises:
        LexiconError: it is none, or out of its bounds.
    """
    if not cell.isdigit() or not low <= int(cell) <= high:
        raise LexiconError(f"{column} {cell!r} is not {low}-{high}", where=where, hint="Write a number.")
    return int(cell)


def act_of(cell: str, where: str) -> Act:
    """Return the act that a cell names.

    Raises:
        LexiconError: there is no such act.
    """
    try:
        return Act(cell)
    except ValueError:
        hint = f"Use one of {', '.join(Act)}."
        raise LexiconError(f"unknown act {cell!r}", where=where, hint=hint) from None


def load_patterns(name: str, keys: Sequence[str], *, optional: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the rows of a file of `data/patterns/`: one JSON object a line.

    Args:
        name: of the file.
        keys: that every row must have.
        optional: keys that a row may have; any other is refused, so that a misspelt one is found.

    Raises:
        LexiconError: a line is no such object.
    """
    rows = []
    file = folder("data") / "patterns" / name
    for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            wrong = sorted(set(keys) - set(row)) or sorted(set(row) - set(keys) - set(optional))
            if wrong:
                raise ValueError(f"the key {wrong[0]!r} is missing or unknown")
        except (ValueError, TypeError) as error:
            raise LexiconError(f"not a pattern ({error})", where=f"{name}:{n}", hint="See its neighbours.") from error
        rows.append(row)
    return rows


def load_words(file: Traversable) -> frozenset[str]:
    """Return the word forms of the genre."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))

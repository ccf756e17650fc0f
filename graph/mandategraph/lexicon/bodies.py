"""Bodies that adopt documents and count their sessions, and languages by their commonest words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, parts_of


@dataclass(frozen=True, slots=True)
class Body:
    """A body that adopts documents, how their symbols are made, and how its sessions are counted.

    Attributes:
        name: as its documents print it.
        aliases: what other documents call it where they cite it; the name is among them.
        resolution: of a session or year, with `{session}` and `{number}`; empty where it has none.
        decision: the same of its decisions.
        roman: the same of the sessions that were counted in roman numerals.
        first_session: year of its first session, 0 where its sessions are named by their years.
        sessions_a_year: how many regular sessions it has a year, on average.
        actor: its id, "" where no gazetteer has it.
        adopts: what the symbols of all that it adopts begin with.
        calendar: what its sessions are called by, "HRC" of "HRC49"; "" where they are not counted so.
    """

    name: str
    aliases: tuple[str, ...]
    resolution: str
    decision: str
    roman: str
    first_session: int = 0
    sessions_a_year: float = 1.0
    actor: str = ""
    adopts: tuple[str, ...] = ()
    calendar: str = ""

    def met_in(self, session: int, year: int) -> bool:
        """Return whether a session can have been in a year, with a year's allowance; a body whose sessions are years says so."""
        if not self.first_session:
            return abs(session - year) < 2
        return abs(self.first_session + (session - 1) / self.sessions_a_year - year) < 2


@dataclass(frozen=True, slots=True)
class Language:
    """A language by ISO 639-1, its name in English, its most frequent words, and whether documents in it are read."""

    id: str
    name: str
    words: frozenset[str]
    is_read: bool = False


def load_bodies(file: Traversable) -> tuple[Body, ...]:
    """Return the bodies that are known by what they adopt or by their sessions.

    Raises:
        LexiconError: a column is missing, or a template has a field that is no session or number.
    """
    columns = (
        "body aliases actor adopts resolution decision roman first_session sessions_a_year calendar source".split()
    )
    found = []
    for where, row in Rows(file, columns):
        for column in ("resolution", "decision", "roman"):
            if wrong := set(re.findall(r"{(\w*)}", row[column])) - {"session", "number"}:
                raise LexiconError(f"unknown field {sorted(wrong)[0]!r}", where=where, hint="Use session and number.")
        if not re.fullmatch(r"(?:\d{4})?", row["first_session"]) or not re.fullmatch(r"[\d.]*", row["sessions_a_year"]):
            raise LexiconError("sessions are not counted so", where=where, hint="Write a year, and a number a year.")
        found.append(
            Body(
                row["body"],
                parts_of(row["aliases"]),
                row["resolution"],
                row["decision"],
                row["roman"],
                int(row["first_session"] or 0),
                float(row["sessions_a_year"] or 1),
                row["actor"],
                parts_of(row["adopts"]),
                row["calendar"],
            )
        )
    return tuple(found)

"""The menu of the pages, in groups by what they are for; `docs/design.md` says why these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu: the name of its route, and its name for people; the path is / and the route, but for the first."""

    route: str
    name: str

    @property
    def path(self) -> str:
        """Where it is."""
        return "/" if self.route == "home" else f"/{self.route}"


@dataclass(frozen=True, slots=True)
class Group:
    """Pages for one kind of work; the first is where the group leads."""

    name: str
    entries: tuple[Entry, ...]


def _group(name: str, **pages: str) -> Group:
    return Group(name, tuple(Entry(route, said) for route, said in pages.items()))


MENU = (
    _group("Start", home="Start"),
    _group("Search", search="Search"),
    _group("Library", documents="Documents", actors="Actors"),
    _group("Duties", obligations="Obligations", timeline="Timeline", burden="Burden", overlaps="Overlaps"),
    _group("Mandates", mandates="Mandates", endings="Endings", quota="Quotas", report="Briefs"),
    _group("Changes", compare="Compare", lineage="Lineage", precedents="Precedents"),
    _group("Draft", draft="Draft"),
    _group("Network", explorer="Network"),
    _group("Questions", questions="Questions", query="SPARQL"),
)
"""Groups of pages, in the order of the menu."""


def group_of(route: str) -> Group | None:
    """Return the group in which a page stands, None where it stands in none.

    Example:
        >>> group_of("endings").name
        'Mandates'
    """
    return next((group for group in MENU if any(entry.route == route for entry in group.entries)), None)

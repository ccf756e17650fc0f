"""The gazetteer: actors, instruments, places, and the families of names that places give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, load_patterns, parts_of
from mandategraph.records import MentionKind


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor or instrument of a gazetteer.

    Attributes:
        aliases: names that mean this entry in any document.
        short_forms: names that mean it only where the document names `context`.
        groups: ids of the actors it is a member of or belongs to.
        rule: id of what put it here.
    """

    id: str
    kind: MentionKind
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    context: str = ""
    groups: tuple[str, ...] = ()
    rule: str = "GAZ-alias"

    @property
    def is_of_a_family(self) -> bool:
        """Whether a pattern made it for a place, where others are rows of a gazetteer."""
        return self.rule != "GAZ-alias"


@dataclass(frozen=True, slots=True)
class Place:
    """A State or other place; its other names are those that documents use besides.

    Attributes:
        code: of ISO 3166-1, two letters; "" where the standard does not have it.
        is_state: Member, observer or member of a specialized agency; other places have no government of their own here.
    """

    id: str
    name: str
    demonym: str
    other_names: tuple[str, ...] = ()
    is_state: bool = True
    code: str = ""

    @property
    def bare(self) -> str:
        """The id as families of actors use it: `GovernmentOf` and this."""
        return self.id.removesuffix("State")


@dataclass(frozen=True)
class Gazetteer:
    """All entries by id."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by their id."""
        return {entry.id: entry for entry in self.entries}


def _check_groups(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        for group in entry.groups:
            if group not in entries:
                hint = "Write the id of a row that exists."
                raise LexiconError(f"{entry.id} belongs to {group!r}, which has no row", where="actors.csv", hint=hint)


def load_entries(file: Traversable | Path) -> tuple[Entry, ...]:
    """Return the entries of a gazetteer file: actors, or instruments where there is no column `groups`.

    Raises:
        LexiconError: a column is missing, an id stands twice, or an alias means two entries.
    """
    rows = Rows(file, ("id", "type", "label", "aliases", "short_forms", "context", "source"))
    kind = MentionKind.ACTOR if "groups" in (rows.reader.fieldnames or ()) else MentionKind.INSTRUMENT
    entries: list[Entry] = []
    seen: set[str] = set()
    claimed: dict[str, str] = {}
    for where, row in rows:
        if not row["id"] or row["id"] in seen:
            raise LexiconError(f"the id {row['id']!r} is empty or stands twice", where=where, hint="Ids are unique.")
        seen.add(row["id"])
        for alias in parts_of(row["aliases"]):
            if alias in claimed:
                message = f"the alias {alias!r} means {claimed[alias]} and {row['id']}"
                raise LexiconError(message, where=where, hint="Make it a short form of one of them.")
            claimed[alias] = row["id"]
        entries.append(
            Entry(
                id=row["id"],
                kind=kind,
                type=row["type"],
                label=row["label"],
                aliases=parts_of(row["aliases"]) or ((row["label"],) if not row["short_forms"] else ()),
                short_forms=parts_of(row["short_forms"]),
                context=row["context"],
                groups=parts_of(row.get("groups", "")),
            )
        )
    return tuple(entries)


def load_places(file: Traversable) -> tuple[Place, ...]:
    """Return every country and territory of ISO 3166-1, with what the file adds to each by its code.

    The names are those of the standard, as pycountry has them, written as running text has them ("Republic of Korea"
    for "Korea, Republic of"). The file gives ids, demonyms, names that United Nations documents use besides, and which
    places are States; a row without a code is a place that the standard does not have.

    Raises:
        LexiconError: a code that the standard does not have, or a row without a name.
    """
    import pycountry

    countries = {country.alpha_2: country for country in pycountry.countries}
    places = []
    for where, row in Rows(file, ("code", "id", "name", "demonym", "other_names", "kind", "source")):
        country = countries.pop(row["code"], None) if row["code"] else None
        if row["code"] and country is None:
            raise LexiconError(
                f"no country {row['code']!r} in ISO 3166-1", where=where, hint="Or its row is there twice."
            )
        names = (*([row["name"]] if row["name"] else []), *(_running_names(country) if country else ()))
        if not names:
            raise LexiconError("a place without a name", where=where, hint="Write its name or its code.")
        others = [n for n in dict.fromkeys((*names[1:], *parts_of(row["other_names"]))) if n != names[0]]
        places.append(Place(row["id"], names[0], row["demonym"], tuple(others), row["kind"] == "state", row["code"]))
    for country in countries.values():
        names = _running_names(country)
        plain = unicodedata.normalize("NFKD", names[0]).encode("ascii", "ignore").decode()
        id_ = "".join(w[:1].upper() + w[1:] for w in re.findall(r"[A-Za-z]+", plain))
        places.append(Place(id_, names[0], "", names[1:], is_state=False, code=country.alpha_2))
    return tuple(sorted(places, key=lambda place: place.id))


def _running_names(country: Any) -> tuple[str, ...]:
    """Return the common, short and official name of a country as running text has them, each once."""
    names = (getattr(country, "common_name", ""), country.name, getattr(country, "official_name", ""))
    turned = [_turned(name) for name in names if name]
    bare = [name.replace("Republic of the ", "Republic of ") for name in turned]
    return tuple(dict.fromkeys([*turned, *bare]))


def _turned(name: str) -> str:
    """Return a name without a remark in brackets, and with what stands behind its comma in its place."""
    name = re.sub(r" \(.*\)$", "", name)
    if name.count(", ") == 1:
        head, rest = name.split(", ")
        before = rest.endswith((" of", " of the")) or " " not in rest
        name = f"{rest} {head}" if before else f"{head} {rest}"
    return name.removeprefix("The ")


def load_families(places: Iterable[Place]) -> tuple[Entry, ...]:
    """Return the actors that a pattern makes for every place: its government, armed forces, and so on.

    Raises:
        LexiconError: a line is no family.
    """
    entries: list[Entry] = []
    for family in load_patterns("families.jsonl", ("id", "pattern", "entity", "type", "label", "source")):
        rule, patterns, target = family["id"], family["pattern"], family["entity"]
        for place in places:
            if place.is_state is (rule == "FAM-territory"):
                continue
            fill = {"id": place.bare if target != "{id}" else place.id, "demonym": place.demonym}
            aliases = tuple(
                dict.fromkeys(
                    pattern.format(name=name, **fill)
                    for pattern in patterns
                    for name in (place.name, *place.other_names)
                    if place.demonym or "{demonym}" not in pattern
                )
            )
            if aliases:
                label = family["label"].format(name=place.name, **fill)
                entries.append(
                    Entry(target.format(**fill), MentionKind.ACTOR, family["type"], label, aliases, rule=rule)
                )
    return tuple(entries)


def load_types(file: Traversable) -> Mapping[str, tuple[MentionKind, str]]:
    """Return which kind and type of thing a capitalized noun heads the name of."""
    return {
        row["noun"]: (MentionKind(row["kind"]), row["type"])
        for _, row in Rows(file, ("noun", "kind", "type", "source"))
    }

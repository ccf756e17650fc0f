"""The tables for documents in another language: names and words of that language over the tables of the grammar.

In: the tables, `gazetteers/names.<language>.csv` and `places.<language>.csv`, `patterns/families.<language>.jsonl` and the glossary. Out: tables
in which every entry has its names in that language besides its own, with the same ids; what the grammar knows stays as it is. The names of
States and territories are those of ISO 3166-1 in that language, as pycountry has them.
"""

from __future__ import annotations

import gettext
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.glossary import load_glossary
from mandategraph.lexicon.names import Gazetteer, Place
from mandategraph.lexicon.rows import Rows, load_patterns, parts_of
from mandategraph.lexicon.tables import Tables
from mandategraph.resources import folder

# How a name follows a word that owns it, that is about it, or that is in it: which one, its gender and first letter decide, and no other is met.
_SLOTS: Mapping[str, tuple[str, ...]] = {
    "{of}": ("du {name}", "de la {name}", "de l'{name}", "de {name}", "d'{name}", "des {name}"),
    "{the}": ("le {name}", "la {name}", "l'{name}", "les {name}", "{name}"),
    "{in}": ("au {name}", "aux {name}", "en {name}", "en l'{name}", "à {name}"),
}


_ELIDED = re.compile(r"(?:\b(?:du|de|la|le|au) |'){name}$")


@dataclass(frozen=True, slots=True)
class _Names:
    """What a place is called in a language."""

    place: Place
    names: tuple[str, ...]
    demonyms: tuple[str, ...]


def tables_in(tables: Tables, language: str) -> Tables:
    """Return the tables for documents in a language that a glossary has.

    Args:
        tables: of the grammar.
        language: by ISO 639-1.

    Raises:
        LexiconError: a file breaks its rules, or names an entry that is in no gazetteer.
    """
    data = folder("data")
    gazetteers = data / "gazetteers"
    added: dict[str, list[str]] = defaultdict(list)
    short: dict[str, tuple[str, ...]] = {}
    known = tables.gazetteer.by_id
    for where, row in Rows(gazetteers / f"names.{language}.csv", ("id", "aliases", "short_forms", "source")):
        if row["id"] not in known:
            raise LexiconError(f"{row['id']!r} is in no gazetteer", where=where, hint="Write the id of a row there.")
        added[row["id"]].extend(parts_of(row["aliases"]))
        short[row["id"]] = parts_of(row["short_forms"])
    claimed = {alias for aliases in added.values() for alias in aliases}
    places = tuple(_places(tables, gazetteers / f"places.{language}.csv", language))
    for id_, alias in _families(tables, places, language):
        if alias not in claimed:
            added[id_].append(alias)
    entries = tuple(
        replace(
            entry,
            aliases=tuple(dict.fromkeys((*entry.aliases, *added[entry.id]))) if entry.id in added else entry.aliases,
            short_forms=(*entry.short_forms, *short.get(entry.id, ())),
        )
        for entry in tables.gazetteer.entries
    )
    glossary = load_glossary(data / "lexicons", language, tables.irregular)
    return replace(tables, gazetteer=Gazetteer(entries), glossary=glossary, language=language)


def _places(tables: Tables, file: Traversable, language: str) -> Iterator[_Names]:
    """Yield the places that have a code with their names in a language: those of the file, those of the standard, turned as running text has them."""
    import pycountry

    said = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language]).gettext
    rows = {row["code"]: row for _, row in Rows(file, ("code", "demonyms", "names", "source"))}
    countries = {country.alpha_2: country for country in pycountry.countries}
    for place in tables.places:
        country = countries.get(place.code)
        if country is None:
            continue
        row = rows.get(place.code, {})
        printed = [said(name) for name in (country.name, getattr(country, "official_name", "")) if name]
        names = (*parts_of(row.get("names", "")), *map(_turned, printed))
        yield _Names(place, tuple(dict.fromkeys(names)), parts_of(row.get("demonyms", "")))


def _turned(name: str) -> str:
    """Return a name without a remark in brackets, and with what stands behind its comma in its place.

    Example:
        >>> _turned("Iran, République islamique d'")
        "République islamique d'Iran"
    """
    name = re.sub(r" \(.*\)$", "", name)
    head, comma, rest = name.partition(", ")
    return name if not comma or "," in rest else f"{rest}{head}" if rest.endswith("'") else f"{rest} {head}"


def _families(tables: Tables, places: tuple[_Names, ...], language: str) -> Iterator[tuple[str, str]]:
    """Yield the id and a name in a language of each actor that a pattern makes for a place, where the gazetteer has that actor."""
    ids = {alias.lower(): entry.id for entry in tables.gazetteer.entries for alias in entry.aliases}
    english = {row["id"]: row["pattern"] for row in load_patterns("families.jsonl", ("id", "pattern"), optional=_REST)}
    for family in load_patterns(f"families.{language}.jsonl", ("id", "pattern", "source")):
        for each in places:
            place = each.place
            if place.is_state is (family["id"] == "FAM-territory"):
                continue
            fill = {"name": place.name, "demonym": place.demonym}
            own = (pattern.format(**fill).lower() for pattern in english[family["id"]])
            id_ = next((ids[name] for name in own if name in ids), None)
            if id_ is not None:
                yield from ((id_, name) for pattern in family["pattern"] for name in _filled(pattern, each))


def _filled(pattern: str, each: _Names) -> Iterator[str]:
    """Yield what a pattern makes of the names of a place."""
    slot = next((slot for slot in _SLOTS if slot in pattern), None)
    forms = [pattern.replace(slot, said) for said in _SLOTS[slot]] if slot else [pattern]
    for form in forms:
        for name in each.names if "{name}" in form else each.demonyms:
            if _ELIDED.search(form) is None or (name[:1].lower() in "aàeéèêiîoôuh") is form.endswith("'{name}"):
                yield form.format(name=name, demonym=name)


_REST = ("entity", "type", "label", "source")

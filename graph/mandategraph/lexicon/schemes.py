"""Concepts, themes and the rules of bindingness."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, parts_of
from mandategraph.records import Bindingness


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a small scheme: an act, a status, a type.

    Attributes:
        match: the term of another standard that is closest, as prefix and name, or "".
    """

    scheme: str
    id: str
    label: str
    definition: str
    match: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject.

    Attributes:
        keywords: words that stand for it.
        is_violation: whether it is something that actors are implicated in.
        unbis: id of the nearest concept of the UNBIS Thesaurus, or "".
    """

    id: str
    label: str
    keywords: tuple[str, ...]
    is_violation: bool
    unbis: str


@dataclass(frozen=True, slots=True)
class BindingRule:
    """When a statement binds how far; an empty cell, or None, holds for everything.

    Attributes:
        addressee_types: the types of which all addressees must be.
        genres: the forms of the part in which it stands; `titles`: words of which one must stand early in the title of that part.
        until_adopted: the bindingness of the same words in a draft or a recommendation.
    """

    id: str
    acts: frozenset[str]
    issuers: frozenset[str]
    verbs: frozenset[str]
    chapter_vii: bool | None
    addressee_types: frozenset[str]
    genres: frozenset[str]
    titles: frozenset[str]
    bindingness: Bindingness
    until_adopted: Bindingness
    reason: str
    source: str


def load_themes(file: Traversable | Path) -> tuple[Theme, ...]:
    """Return the themes.

    Raises:
        LexiconError: a column is missing, or a kind does not exist.
    """
    themes = []
    for where, row in Rows(file, ("id", "label", "keywords", "kind", "unbis", "source")):
        if row["kind"] not in {"violation", "subject"}:
            raise LexiconError(f"unknown kind {row['kind']!r}", where=where, hint="Use violation or subject.")
        is_violation = row["kind"] == "violation"
        themes.append(Theme(row["id"], row["label"], parts_of(row["keywords"]), is_violation, row["unbis"]))
    return tuple(themes)


def load_bindingness(file: Traversable | Path) -> tuple[BindingRule, ...]:
    """Return the rules of bindingness, in the order of the file.

    Raises:
        LexiconError: a column is missing, a value does not exist, or the last row does not take everything.
    """
    sets = ("act", "issuer", "verb", "addressee_type", "genre", "title")
    columns = ("id", *sets, "chapter_vii", "bindingness", "until_adopted", "reason")
    rules = []
    for where, row in Rows(file, (*columns, "source")):
        acts, issuers, verbs, types, genres, titles = (frozenset(parts_of(row[c])) - {"*"} for c in sets)
        for value in (row["bindingness"], row["until_adopted"]):
            if value not in set(Bindingness):
                hint = f"Use one of {', '.join(Bindingness)}."
                raise LexiconError(f"unknown bindingness {value!r}", where=where, hint=hint)
        rules.append(
            BindingRule(
                id=f"BND-{row['id']}",
                acts=acts,
                issuers=issuers,
                verbs=verbs,
                chapter_vii=None if row["chapter_vii"] == "*" else row["chapter_vii"] == "yes",
                addressee_types=types,
                genres=genres,
                titles=titles,
                bindingness=Bindingness(row["bindingness"]),
                until_adopted=Bindingness(row["until_adopted"]),
                reason=row["reason"],
                source=row["source"],
            )
        )
    last = rules[-1] if rules else None
    if (
        last is None
        or last.chapter_vii is not None
        or last.acts | last.issuers | last.verbs | last.addressee_types | last.genres
    ):
        raise LexiconError("no last row takes everything", where="bindingness.csv", hint="End with a row of stars.")
    return tuple(rules)

"""All tables, loaded once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mandategraph.lexicon.answers import AnswerForm, load_answers
from mandategraph.lexicon.bodies import Body, Language, load_bodies
from mandategraph.lexicon.forms import Form, Norm, load_forms, load_norms
from mandategraph.lexicon.glossary import Glossary
from mandategraph.lexicon.names import (
    Entry,
    Gazetteer,
    Place,
    _check_groups,
    load_entries,
    load_families,
    load_places,
    load_types,
)
from mandategraph.lexicon.products import Product, load_products
from mandategraph.lexicon.relations import Fact, load_facts
from mandategraph.lexicon.rows import Rows, load_words, number_of, parts_of
from mandategraph.lexicon.sanctions import Sanction, load_sanctions
from mandategraph.lexicon.schemes import BindingRule, Concept, Theme, load_bindingness, load_themes
from mandategraph.lexicon.times import Times, load_times
from mandategraph.lexicon.words import (
    Conditions,
    Frames,
    Heads,
    Noun,
    Verb,
    load_conditions,
    load_frames,
    load_heads,
    load_nouns,
    load_verbs,
    load_word_classes,
)
from mandategraph.records import Genre, MentionKind
from mandategraph.resources import folder


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the steps look up.

    Attributes:
        language: of the documents that are read with it, by ISO 639-1.
        glossary: its words as words of the grammar, None where they are those.
    """

    gazetteer: Gazetteer
    places: tuple[Place, ...]
    themes: tuple[Theme, ...]
    concepts: tuple[Concept, ...]
    drafts: Mapping[str, str]
    bindingness: tuple[BindingRule, ...]
    verbs: tuple[Verb, ...]
    nouns: Mapping[str, Noun]
    actions: Mapping[str, bool]
    word_classes: Mapping[str, frozenset[str]]
    irregular: Mapping[str, str]
    conditions: Conditions
    frames: Frames
    facts: tuple[Fact, ...]
    products: Mapping[str, tuple[Product, ...]]
    sanctions: tuple[Sanction, ...]
    heads: Heads
    forms: Mapping[Genre, Form]
    norms: tuple[Norm, ...]
    answers: tuple[AnswerForm, ...]
    numbers: Mapping[str, int]
    times: Times
    bodies: tuple[Body, ...]
    languages: tuple[Language, ...]
    resolution_years: tuple[tuple[int, int, int], ...]
    types: Mapping[str, tuple[MentionKind, str]]
    words: frozenset[str]
    language: str = "en"
    glossary: Glossary | None = None

    @property
    def series(self) -> Mapping[str, str]:
        """What the sessions of each body are called by: "HRC" of "HRC49"."""
        return {body.actor: body.calendar for body in self.bodies if body.calendar}

    def issuer_of(self, symbol: str) -> str | None:
        """Return the id of the body that adopted what has a symbol, or None where that is not known."""
        return next((body.actor for body in self.bodies if symbol.startswith(body.adopts or (" ",))), None)

    def year_of(self, number: int) -> int | None:
        """Return the year of a Security Council resolution by its number, or None where it is not known."""
        return next((year for year, first, last in self.resolution_years if first <= number <= last), None)


def load_tables(extra: Iterable[Path] = ()) -> Tables:
    """Return the shipped tables, with a user's own gazetteer files added.

    Args:
        extra: CSV files with the columns of `actors.csv` or `instruments.csv`.

    Raises:
        LexiconError: a file breaks its rules.
        ResourceError: a shipped file is missing.
    """
    data = folder("data")
    gazetteers, lexicons = data / "gazetteers", data / "lexicons"
    places = load_places(gazetteers / "places.csv")
    entries: dict[str, Entry] = {}
    own = load_entries(gazetteers / "actors.csv") + load_entries(gazetteers / "instruments.csv")
    families = load_families(places)
    named: dict[str, list[str]] = defaultdict(list)
    claimed = {alias.lower(): entry.id for entry in own for alias in entry.aliases}
    for entry in families:
        target = next((claimed[a.lower()] for a in entry.aliases if a.lower() in claimed), None)
        if target is None:
            entries[entry.id] = entry
        else:
            named[target].extend(alias for alias in entry.aliases if alias.lower() not in claimed)
    own = tuple(replace(e, aliases=(*e.aliases, *named[e.id])) if e.id in named else e for e in own)
    for entry in own + tuple(e for path in extra for e in load_entries(path)):
        entries[entry.id] = entry
    _check_groups(entries)
    numbers = {
        row["word"]: number_of(row["value"], where, "value", 0, 1000)
        for where, row in Rows(lexicons / "numbers.csv", ("word", "value", "kind", "source"))
    }
    return Tables(
        gazetteer=Gazetteer(tuple(entries[key] for key in sorted(entries))),
        places=places,
        themes=load_themes(gazetteers / "themes.csv"),
        concepts=tuple(
            Concept(row["scheme"], row["id"], row["label"], row["definition"], row["match"])
            for _, row in Rows(lexicons / "concepts.csv", ("scheme", "id", "label", "definition", "match", "source"))
        ),
        drafts={
            row["draft"]: row["adopted"] for _, row in Rows(gazetteers / "drafts.csv", ("draft", "adopted", "source"))
        },
        bindingness=load_bindingness(lexicons / "bindingness.csv"),
        verbs=load_verbs(lexicons / "verbs.csv"),
        nouns=load_nouns(lexicons / "nouns.csv"),
        actions={
            spelling: row["also_noun"] == "yes"
            for _, row in Rows(lexicons / "actions.csv", ("verb", "also_noun", "source"))
            for spelling in {row["verb"], re.sub("ize$", "ise", row["verb"])}
        },
        word_classes=load_word_classes(lexicons / "word_classes.csv"),
        irregular={
            row["participle"]: row["verb"]
            for _, row in Rows(lexicons / "irregular.csv", ("participle", "verb", "source"))
        },
        conditions=load_conditions(lexicons / "conditions.csv"),
        frames=load_frames(lexicons / "frames.csv"),
        facts=load_facts(lexicons / "relations.csv"),
        sanctions=load_sanctions(lexicons / "sanctions.csv"),
        products=load_products(lexicons / "products.csv"),
        heads=load_heads(lexicons / "heads.csv"),
        forms=load_forms(lexicons / "forms.csv"),
        norms=load_norms(lexicons / "norms.csv"),
        answers=load_answers(),
        numbers=numbers,
        times=load_times(lexicons / "times.csv", numbers),
        bodies=load_bodies(lexicons / "bodies.csv"),
        languages=tuple(
            Language(row["language"], row["name"], frozenset(parts_of(row["words"], " ")), row["read"] == "yes")
            for _, row in Rows(lexicons / "languages.csv", ("language", "name", "words", "read", "source"))
        ),
        resolution_years=tuple(
            (int(row["year"]), int(row["first"]), int(row["last"]))
            for _, row in Rows(lexicons / "resolution_years.csv", ("year", "first", "last", "source"))
        ),
        types=load_types(lexicons / "types.csv"),
        words=load_words(lexicons / "words.txt"),
    )

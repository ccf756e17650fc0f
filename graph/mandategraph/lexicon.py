"""Data files -> frozen, checked tables.

In: the CSV, JSON Lines and text files of `data/`, and a user's own. Out: `Tables`. A file is checked whole when it is
loaded; an error names file and line. A user's row extends a gazetteer, and on the same id replaces the shipped row.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mandategraph.errors import LexiconError
from mandategraph.records import Act, Bindingness, MentionKind, Span, Status, Trigger
from mandategraph.resources import folder

FRAMES = frozenset(
    {"addressee", "noun", "object", "object-that", "self", "fixed", "express", "adjective", "remain", "act-under"}
)
PLACES = ("any", "opening")
WORD_CLASSES = ("actor", "action", "noun", "adjective", "helping", "served")
FORMS = ("base", "finite", "participle", "past")


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


@dataclass(frozen=True, slots=True)
class Place:
    """A State or other place; its other names are those that documents use besides.

    Attributes:
        is_state: Member, observer or member of a specialized agency; other places have no government of their own here.
    """

    id: str
    name: str
    demonym: str
    other_names: tuple[str, ...] = ()
    is_state: bool = True

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


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of the verb lexicon.

    Attributes:
        forms: base, finite, participle, past, each with its variants.
        place: `any`, or `opening` where the verb states only at the head of a paragraph ("taking into account ..." after a
            comma is manner).
    """

    verb: str
    forms: tuple[tuple[str, ...], ...]
    frame: str
    place: str
    act: Act
    strength: int
    rule: str

    def trigger(self, span: Span, form: str) -> Trigger:
        """Return the verb as it stands at a place, in one of `FORMS`."""
        return Trigger(span, self.verb, form, self.frame, self.act, self.strength, self.rule)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that a speaker expresses, reiterates or renews: "concern", "call"."""

    noun: str
    lemma: str
    act: Act
    strength: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a section head of an unnumbered note means."""

    contains: str
    key: str
    status: Status


@dataclass(frozen=True, slots=True)
class Heads:
    """The section heads that are known."""

    rows: tuple[Head, ...]

    def find(self, words: str) -> Head | None:
        """Return what a heading means, or None."""
        low = words.lower()
        return next((head for head in self.rows if head.contains in low), None)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Words that limit a duty: whole phrases, and openers of phrases."""

    fixed: tuple[str, ...]
    openers: tuple[tuple[str, str], ...]


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
        until_adopted: the bindingness of the same words in a draft or a recommendation.
    """

    id: str
    acts: frozenset[str]
    issuers: frozenset[str]
    verbs: frozenset[str]
    chapter_vii: bool | None
    addressee_types: frozenset[str]
    bindingness: Bindingness
    until_adopted: Bindingness
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues resolutions, and how their symbols are made.

    Attributes:
        name: as its documents print it.
        aliases: what other documents call it; the name is among them.
        resolution: of a session or year, with `{session}` and `{number}`; empty where it has none.
        decision: the same of its decisions.
        roman: the same of the sessions that were counted in roman numerals.
        first_session: year of its first session, 0 where its sessions are named by their years.
        sessions_a_year: how many regular sessions it has a year, on average.
    """

    name: str
    aliases: tuple[str, ...]
    resolution: str
    decision: str
    roman: str
    first_session: int = 0
    sessions_a_year: float = 1.0

    def met_in(self, session: int, year: int) -> bool:
        """Return whether a session can have been in a year, with a year's allowance; a body whose sessions are years says so."""
        if not self.first_session:
            return abs(session - year) < 2
        return abs(self.first_session + (session - 1) / self.sessions_a_year - year) < 2


@dataclass(frozen=True, slots=True)
class Language:
    """A language by ISO 639-1, its name in English, and its most frequent words."""

    id: str
    name: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the steps look up."""

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
    heads: Heads
    numbers: Mapping[str, int]
    series: Mapping[str, str]
    bodies: tuple[Body, ...]
    languages: tuple[Language, ...]
    resolution_years: tuple[tuple[int, int, int], ...]
    types: Mapping[str, tuple[MentionKind, str]]
    words: frozenset[str]

    def year_of(self, number: int) -> int | None:
        """Return the year of a Security Council resolution by its number, or None where it is not known."""
        return next((year for year, first, last in self.resolution_years if first <= number <= last), None)


class _Rows:
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


def _split(cell: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


def _number(cell: str, where: str, column: str, low: int, high: int) -> int:
    if not cell.isdigit() or not low <= int(cell) <= high:
        raise LexiconError(f"{column} {cell!r} is not {low}-{high}", where=where, hint="Write a number.")
    return int(cell)


def _act(cell: str, where: str) -> Act:
    try:
        return Act(cell)
    except ValueError:
        hint = f"Use one of {', '.join(Act)}."
        raise LexiconError(f"unknown act {cell!r}", where=where, hint=hint) from None


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
    claimed = {alias.lower(): entry.id for entry in own for alias in entry.aliases}
    for entry in families:
        target = next((claimed[a.lower()] for a in entry.aliases if a.lower() in claimed), None)
        if target is None:
            entries[entry.id] = entry
    for entry in own + tuple(e for path in extra for e in load_entries(path)):
        entries[entry.id] = entry
    _check_groups(entries)
    return Tables(
        gazetteer=Gazetteer(tuple(entries[key] for key in sorted(entries))),
        places=places,
        themes=load_themes(gazetteers / "themes.csv"),
        concepts=tuple(
            Concept(row["scheme"], row["id"], row["label"], row["definition"], row["match"])
            for _, row in _Rows(lexicons / "concepts.csv", ("scheme", "id", "label", "definition", "match", "source"))
        ),
        drafts={
            row["draft"]: row["adopted"] for _, row in _Rows(gazetteers / "drafts.csv", ("draft", "adopted", "source"))
        },
        bindingness=load_bindingness(lexicons / "bindingness.csv"),
        verbs=load_verbs(lexicons / "verbs.csv"),
        nouns=load_nouns(lexicons / "nouns.csv"),
        actions={
            spelling: row["also_noun"] == "yes"
            for _, row in _Rows(lexicons / "actions.csv", ("verb", "also_noun", "source"))
            for spelling in {row["verb"], re.sub("ize$", "ise", row["verb"])}
        },
        word_classes=load_word_classes(lexicons / "word_classes.csv"),
        irregular={
            row["participle"]: row["verb"]
            for _, row in _Rows(lexicons / "irregular.csv", ("participle", "verb", "source"))
        },
        conditions=load_conditions(lexicons / "conditions.csv"),
        heads=load_heads(lexicons / "heads.csv"),
        numbers={
            row["word"]: _number(row["value"], where, "value", 0, 1000)
            for where, row in _Rows(lexicons / "numbers.csv", ("word", "value", "kind", "source"))
        },
        series={
            row["body"]: row["series"] for _, row in _Rows(lexicons / "calendars.csv", ("body", "series", "source"))
        },
        bodies=load_bodies(lexicons / "bodies.csv"),
        languages=tuple(
            Language(row["language"], row["name"], frozenset(_split(row["words"], " ")))
            for _, row in _Rows(lexicons / "languages.csv", ("language", "name", "words", "source"))
        ),
        resolution_years=tuple(
            (int(row["year"]), int(row["first"]), int(row["last"]))
            for _, row in _Rows(lexicons / "resolution_years.csv", ("year", "first", "last", "source"))
        ),
        types=load_types(lexicons / "types.csv"),
        words=load_words(lexicons / "words.txt"),
    )


def load_themes(file: Traversable | Path) -> tuple[Theme, ...]:
    """Return the themes.

    Raises:
        LexiconError: a column is missing, or a kind does not exist.
    """
    themes = []
    for where, row in _Rows(file, ("id", "label", "keywords", "kind", "unbis", "source")):
        if row["kind"] not in {"violation", "subject"}:
            raise LexiconError(f"unknown kind {row['kind']!r}", where=where, hint="Use violation or subject.")
        is_violation = row["kind"] == "violation"
        themes.append(Theme(row["id"], row["label"], _split(row["keywords"]), is_violation, row["unbis"]))
    return tuple(themes)


def load_bindingness(file: Traversable | Path) -> tuple[BindingRule, ...]:
    """Return the rules of bindingness, in the order of the file.

    Raises:
        LexiconError: a column is missing, a value does not exist, or the last row does not take everything.
    """
    columns = ("id", "act", "issuer", "verb", "chapter_vii", "addressee_type", "bindingness", "until_adopted", "reason")
    rules = []
    for where, row in _Rows(file, (*columns, "source")):
        acts, issuers, verbs, types = (
            frozenset(_split(row[c])) - {"*"} for c in ("act", "issuer", "verb", "addressee_type")
        )
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
                bindingness=Bindingness(row["bindingness"]),
                until_adopted=Bindingness(row["until_adopted"]),
                reason=row["reason"],
                source=row["source"],
            )
        )
    last = rules[-1] if rules else None
    if last is None or last.acts or last.issuers or last.verbs or last.addressee_types or last.chapter_vii is not None:
        raise LexiconError("no last row takes everything", where="bindingness.csv", hint="End with a row of stars.")
    return tuple(rules)


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
    rows = _Rows(file, ("id", "type", "label", "aliases", "short_forms", "context", "source"))
    kind = MentionKind.ACTOR if "groups" in (rows.reader.fieldnames or ()) else MentionKind.INSTRUMENT
    entries: list[Entry] = []
    seen: set[str] = set()
    claimed: dict[str, str] = {}
    for where, row in rows:
        if not row["id"] or row["id"] in seen:
            raise LexiconError(f"the id {row['id']!r} is empty or stands twice", where=where, hint="Ids are unique.")
        seen.add(row["id"])
        for alias in _split(row["aliases"]):
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
                aliases=_split(row["aliases"]) or ((row["label"],) if not row["short_forms"] else ()),
                short_forms=_split(row["short_forms"]),
                context=row["context"],
                groups=_split(row.get("groups", "")),
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
    for where, row in _Rows(file, ("code", "id", "name", "demonym", "other_names", "kind", "source")):
        country = countries.pop(row["code"], None) if row["code"] else None
        if row["code"] and country is None:
            raise LexiconError(
                f"no country {row['code']!r} in ISO 3166-1", where=where, hint="Or its row is there twice."
            )
        names = (*([row["name"]] if row["name"] else []), *(_running_names(country) if country else ()))
        if not names:
            raise LexiconError("a place without a name", where=where, hint="Write its name or its code.")
        others = [n for n in dict.fromkeys((*names[1:], *_split(row["other_names"]))) if n != names[0]]
        places.append(Place(row["id"], names[0], row["demonym"], tuple(others), row["kind"] == "state"))
    for country in countries.values():
        names = _running_names(country)
        plain = unicodedata.normalize("NFKD", names[0]).encode("ascii", "ignore").decode()
        id_ = "".join(w[:1].upper() + w[1:] for w in re.findall(r"[A-Za-z]+", plain))
        places.append(Place(id_, names[0], "", names[1:], is_state=False))
    return tuple(sorted(places, key=lambda place: place.id))


def _running_names(country: Any) -> tuple[str, ...]:
    """Return the common, short and official name of a country as running text has them, each once."""
    names = (getattr(country, "common_name", ""), country.name, getattr(country, "official_name", ""))
    return tuple(dict.fromkeys(_turned(name) for name in names if name))


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


def load_bodies(file: Traversable) -> tuple[Body, ...]:
    """Return the bodies whose resolutions are told by their numbers.

    Raises:
        LexiconError: a column is missing, or a template has a field that is no session or number.
    """
    columns = ("body", "aliases", "resolution", "decision", "roman", "first_session", "sessions_a_year", "source")
    found = []
    for where, row in _Rows(file, columns):
        for column in ("resolution", "decision", "roman"):
            if wrong := set(re.findall(r"{(\w*)}", row[column])) - {"session", "number"}:
                raise LexiconError(f"unknown field {sorted(wrong)[0]!r}", where=where, hint="Use session and number.")
        if not re.fullmatch(r"(?:\d{4})?", row["first_session"]) or not re.fullmatch(r"[\d.]*", row["sessions_a_year"]):
            raise LexiconError("sessions are not counted so", where=where, hint="Write a year, and a number a year.")
        found.append(
            Body(
                row["body"],
                _split(row["aliases"]),
                row["resolution"],
                row["decision"],
                row["roman"],
                int(row["first_session"] or 0),
                float(row["sessions_a_year"] or 1),
            )
        )
    return tuple(found)


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


def load_verbs(file: Traversable) -> tuple[Verb, ...]:
    """Return the operative verbs.

    Raises:
        LexiconError: an unknown act or frame, a strength outside 0-5, or a form that two rows claim.
    """
    verbs: list[Verb] = []
    claimed: dict[tuple[int, str], str] = {}
    for where, row in _Rows(file, ("verb", "forms", "frame", "place", "act", "strength", "source")):
        forms = tuple(
            tuple(x.strip() for x in part.split(";") if x.strip() not in {"", "-"}) for part in row["forms"].split("|")
        )
        if len(forms) != len(FORMS):
            hint = "Give base|finite|participle|past, with - for none."
            raise LexiconError(f"{row['verb']!r} has {len(forms)} forms", where=where, hint=hint)
        if row["frame"] not in FRAMES:
            hint = f"Use one of {', '.join(sorted(FRAMES))}."
            raise LexiconError(f"unknown frame {row['frame']!r}", where=where, hint=hint)
        if row["place"] not in PLACES:
            raise LexiconError(f"unknown place {row['place']!r}", where=where, hint=f"Use one of {', '.join(PLACES)}.")
        for at, variants in enumerate(forms):
            for form in variants:
                if (at, form) in claimed:
                    message = f"the form {form!r} belongs to {claimed[at, form]!r} already"
                    raise LexiconError(message, where=where, hint="Give every form to one verb.")
                claimed[at, form] = row["verb"]
        lemma = row["verb"].split(" (")[0]
        strength = _number(row["strength"], where, "strength", 0, 5)
        rule = "VRB-" + row["verb"].replace(" (", "-").replace(")", "").replace(" ", "-")
        verbs.append(Verb(lemma, forms, row["frame"], row["place"], _act(row["act"], where), strength, rule))
    return tuple(verbs)


def load_nouns(file: Traversable) -> Mapping[str, Noun]:
    """Return the nouns that a speaker expresses or reiterates, by their form."""
    return {
        row["noun"]: Noun(
            row["noun"], row["lemma"], _act(row["act"], where), _number(row["strength"], where, "strength", 0, 5)
        )
        for where, row in _Rows(file, ("noun", "lemma", "act", "strength", "source"))
    }


def load_conditions(file: Traversable) -> Conditions:
    """Return the words that limit a duty, longest first."""
    rows = [row for _, row in _Rows(file, ("phrase", "kind", "source"))]
    rows.sort(key=lambda row: (-len(row["phrase"]), row["phrase"]))
    return Conditions(
        fixed=tuple(row["phrase"] for row in rows if row["kind"] == "fixed"),
        openers=tuple((row["phrase"], row["kind"]) for row in rows if row["kind"] != "fixed"),
    )


def load_word_classes(file: Traversable) -> Mapping[str, frozenset[str]]:
    """Return the words of each class: `actor` and `action` nouns, `noun` or `adjective` against their ending, and the
    `helping` verbs and `served` nouns that have somebody on the other side.

    Raises:
        LexiconError: an unknown class.
    """
    classes: dict[str, set[str]] = {name: set() for name in WORD_CLASSES}
    for where, row in _Rows(file, ("word", "class", "source")):
        if row["class"] not in classes:
            hint = f"Use one of {', '.join(WORD_CLASSES)}."
            raise LexiconError(f"unknown class {row['class']!r}", where=where, hint=hint)
        classes[row["class"]].add(row["word"])
    return {name: frozenset(words) for name, words in classes.items()}


def load_heads(file: Traversable) -> Heads:
    """Return what section heads mean, in the order of the file."""
    heads = []
    for where, row in _Rows(file, ("contains", "key", "status", "source")):
        try:
            heads.append(Head(row["contains"], row["key"], Status(row["status"])))
        except ValueError:
            hint = f"Use one of {', '.join(Status)}."
            raise LexiconError(f"unknown status {row['status']!r}", where=where, hint=hint) from None
    return Heads(tuple(heads))


def load_types(file: Traversable) -> Mapping[str, tuple[MentionKind, str]]:
    """Return which kind and type of thing a capitalized noun heads the name of."""
    return {
        row["noun"]: (MentionKind(row["kind"]), row["type"])
        for _, row in _Rows(file, ("noun", "kind", "type", "source"))
    }


def load_words(file: Traversable) -> frozenset[str]:
    """Return the word forms of the genre."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))

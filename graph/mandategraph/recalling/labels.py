"""What anything is called by people: the one place where pages, tables and briefs take names from.

In: a store and an IRI. Out: a name: of an actor or instrument its label, of a document its symbol and its subject, of a paragraph how one cites it,
of a statement its words, of a concept or property its word. Ids and IRIs stay in files and addresses.

The subject of a document is its heading. Where that only repeats its number ("Resolution 1996 (2011)"), it is the State or territory that the document
names most, with the missions whose mandates it decides on, sanctions, or the theme that it speaks of more than others do.

Limits: a document of which none of that is known is called by its number alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon.screen import load_screen_words
from mandategraph.recalling.documents import Head, documents
from mandategraph.recalling.rows import Bindable, Rows, text_of
from mandategraph.resources import folder
from mandategraph.symbols import name_of, symbol_of
from mandategraph.vocabulary import BASE, MG, RDFS, SKOS, actor_iri, concept_iri, document_iri, shorten

_LABELS = (SKOS + "prefLabel", RDFS + "label")
# A name by which people know an actor better than by the whole of it: "UNMISS".
_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{1,11}")
# Headings that say no more than the number does: what is left of one when these are taken out of it.
_NUMBER = re.compile(
    r"\b(?:draft|resolution|statement|by|the|president|presidential|of|security|council|general|assembly|note|adopted|letter|report|decision"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|reissued|for|technical|reasons)\b|[\W\d_]+",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"(?P<annex>annex[^/(]*/|part-[^/(]*/)?(?P<head>[^(/]*)(?P<points>.*)")
_PERIOD = re.compile(r"\bP(?:\d+[YMWD])+\b")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_PLACES = ("state", "territory")
# Columns of words that stand for actors.
_IDS = frozenset({"actor", "addressees", "bearer", "bearers", "holder", "mandate"})
# A document is about a place that it names so often, and as often as all other places together; and on a theme that so many of its statements speak of.
_OFTEN, _ON_THEME = 3, 3
_LONGEST = 90
_KNOWN: WeakKeyDictionary[GraphStore, Labels] = WeakKeyDictionary()


def labels_of(store: GraphStore) -> Labels:
    """Return the labels of a store; those of a store that nobody writes to are kept."""
    if not store.is_still:
        return Labels(store)
    if store not in _KNOWN:
        _KNOWN[store] = Labels(store)
    return _KNOWN[store]


def paragraph_in_words(label: str) -> str:
    """Return how a paragraph is cited by its label.

    Example:
        >>> paragraph_in_words("7(a)(i)"), paragraph_in_words("pp3"), paragraph_in_words("annex/4"), paragraph_in_words("title")
        ('para. 7 (a) (i)', 'preamble, para. 3', 'annex, para. 4', 'title')
    """
    found = _PARAGRAPH.fullmatch(label.partition("~")[0])
    if not found or not label:
        return label
    annex, head = (found["annex"] or "").rstrip("/").replace("-", " "), found["head"]
    points = re.sub(r"\(", " (", found["points"]).replace("/", ", indent ")
    if head[:1].isdigit():
        head = f"para. {head}"
    elif re.fullmatch(r"pp\d+", head):
        head = f"preamble, para. {head[2:]}"
    else:
        head = head.replace("_", " ").replace("-", " ")
    return ", ".join(filter(None, (annex, f"{head}{points}".strip())))


def period_in_words(period: str) -> str:
    """Return a period of ISO 8601 as people write it.

    Example:
        >>> period_in_words("P90D"), period_in_words("P1Y")
        ('90 days', '1 year')
    """
    said = [(count, _UNITS[unit]) for count, unit in re.findall(r"(\d+)([YMWD])", period)]
    return " and ".join(f"{count} {unit}{'' if count == '1' else 's'}" for count, unit in said)


def with_periods_in_words(text: str) -> str:
    """Return a text whose periods of ISO 8601 are in words.

    Example:
        >>> with_periods_in_words("P3M and P6M")
        '3 months and 6 months'
    """
    return _PERIOD.sub(lambda found: period_in_words(found[0]), text)


def is_bare(title: str) -> bool:
    """Return whether a title says no more of a document than its number, day and kind.

    Example:
        >>> is_bare("Resolution 1996 (2011)"), is_bare("* Reissued for technical reasons"), is_bare("Integrity of the judicial system")
        (True, True, False)
    """
    return not _NUMBER.sub("", title)


class Labels:
    """The names of the things of a store; each is looked up once.

    Args:
        store: open.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._names: dict[str, str] = {}
        self._words = load_screen_words(folder("data") / "lexicons" / "screen.csv")

    def of(self, iri: str) -> str:
        """Return what a thing is called where there is little room: an acronym that is its id, a symbol, its label."""
        if iri not in self._names:
            self._names[iri] = self._name(iri)
        return self._names[iri]

    def title(self, iri: str) -> str:
        """Return what a thing is called at the head of a page: of a document its subject, of an actor its whole name."""
        if iri.startswith(BASE + "document/") and "#" not in iri:
            key = self.key(iri)
            return self.subject(key) or name_of(key)
        return self._said(iri) or self.of(iri)

    def text(self, term: Bindable | None) -> str:
        """Return a term as people read it: the name of a thing, a period in words, else the value itself."""
        if isinstance(term, NamedNode):
            return self.of(term.value)
        said = text_of(term)
        return period_in_words(said) if _PERIOD.fullmatch(said) else said

    def value(self, column: str, term: Bindable | None) -> str:
        """Return a value of a column as people read it; words that stand for actors are their names."""
        return self.named(text_of(term)) if column in _IDS and isinstance(term, Literal) else self.text(term)

    def lines(self, rows: Rows) -> Iterator[list[str]]:
        """Yield rows as people read them, their names for ids."""
        for row in rows.rows:
            yield [self.value(column, term) for column, term in zip(rows.columns, row, strict=True)]

    def texts(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[list[str]]:
        """Return rows of text with names for ids."""
        return [
            [self.named(text) if name in _IDS else text for name, text in zip(columns, row, strict=True)]
            for row in rows
        ]

    def key(self, iri: str) -> str:
        """Return the key of a document by its IRI."""
        return self._keys.get(iri) or symbol_of(shorten(iri))

    def cite(self, document: str, paragraph: str = "") -> str:
        """Return how a paragraph of a document, by its key, is cited: "S/RES/2729 (2024), para. 7 (a)"."""
        return ", ".join(filter(None, (document, paragraph_in_words(paragraph))))

    def subject(self, key: str) -> str:
        """Return what a document is about, by its key, in a few words; "" where that is not known."""
        return self._subjects.get(key, "")

    def named(self, ids: str) -> str:
        """Return ids of actors, with ", " between them, as names; what is no id stays as it is."""
        said = (self.of(iri) if self._said(iri := actor_iri(id_)) else id_ for id_ in ids.split(", "))
        return ", ".join(said)

    def concepts(self, scheme: str) -> tuple[str, ...]:
        """Return the ids of the concepts of a small scheme: "act", "genre"."""
        quads = self._store.store.quads_for_pattern(None, NamedNode(_LABELS[0]), None, None)
        start = f"{BASE}{scheme}/"
        iris = {getattr(quad.subject, "value", "") for quad in quads}
        return tuple(sorted(iri.removeprefix(start) for iri in iris if iri.startswith(start)))

    def word(self, name: str) -> str:
        """Return the word on screen for a column, a property or a value that is not in the graph.

        Example: "founded_by" is "founded by", "eli:realizes" is "text of".
        """
        if name in self._words:
            return self._words[name]
        bare = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.rpartition(":")[2]).replace("_", " ")
        return bare if bare[:1].isupper() and not bare.islower() and " " not in bare else bare[:1].lower() + bare[1:]

    def _name(self, iri: str) -> str:
        if not iri.startswith(BASE):
            return self.word(shorten(iri)) if iri.startswith(("http://", "https://")) and shorten(iri) != iri else iri
        document, mark, part = iri.partition("#")
        if mark and not iri.startswith(MG):
            return self._part(iri, document, part)
        if iri.startswith(BASE + "document/"):
            return self.key(iri)
        if iri.startswith(BASE + "mandate/"):
            return self._mandate(iri)
        id_ = shorten(iri)
        if iri.startswith(BASE + "actor/") and _ACRONYM.fullmatch(id_):
            return id_
        if iri.startswith(BASE + "instrument/") and "/" in id_:
            return symbol_of(id_)
        if iri.startswith(MG):
            return self._words.get(id_) or self._said(iri) or self.word(id_)
        return self._said(iri) or (self._split(id_) if id_ else iri)

    def _part(self, iri: str, document: str, part: str) -> str:
        """Return what a part of a document is called: who is described by his words, a statement by its own, a paragraph by its place."""
        if said := self._said(iri):
            return said
        if part.startswith("statement-"):
            words = " ".join(self._value(iri, MG + "text").split())
            return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
        label = self._value(iri, MG + "label")
        return self.cite(self.key(document), label) if label else f"part of {self.key(document)}"

    def _mandate(self, iri: str) -> str:
        kind, _, id_ = unquote(iri.removeprefix(BASE + "mandate/")).partition("/")
        id_ = symbol_of(id_.replace("_", " "))
        whose = id_ if "/" in id_ else self.of(actor_iri(id_))
        return f"{kind.replace('_', ' ')} {'under' if '/' in id_ else 'of'} {whose}"

    @staticmethod
    def _split(id_: str) -> str:
        """Return an id that has no label as words: "GovernmentOfMali" is "Government of Mali", "un_mission" is "un mission"."""
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", id_.rpartition("/")[2]).replace("_", " ").split()
        small = {"Of", "The", "And", "In", "On", "For", "To", "With"}
        return " ".join(word.lower() if n and word in small else word for n, word in enumerate(words))

    def _said(self, iri: str) -> str:
        for name in _LABELS:
            quads = self._store.store.quads_for_pattern(NamedNode(iri), NamedNode(name), None, None)
            if said := sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal)):
                return said[0]
        return ""

    def _value(self, iri: str, property_: str) -> str:
        quads = self._store.store.quads_for_pattern(NamedNode(iri), NamedNode(property_), None, None)
        return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), "")

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {document_iri(head.key): head.key for head in documents(self._store)}

    @cached_property
    def _subjects(self) -> dict[str, str]:
        heads = documents(self._store)
        bare = [head for head in heads if is_bare(head.title)]
        found = {head.key: head.title for head in heads if not is_bare(head.title)}
        return found | (_Subjects(self._store, self, heads).of(bare) if bare else {})


class _Subjects:
    """What documents without a telling heading are about."""

    def __init__(self, store: GraphStore, labels: Labels, heads: list[Head]) -> None:
        self._store, self._labels = store, labels
        self._count = len(heads)

    def of(self, heads: list[Head]) -> dict[str, str]:
        """Return the subjects of some documents by their keys."""
        places, themes, holders, measures = self._places(), self._themes(), self._holders(), self._measures()
        spread = Counter(theme for counts in themes.values() for theme in counts)
        found = {}
        for head in heads:
            iri = document_iri(head.key)
            place = _chief(places[iri])
            held = sorted(holders[iri])[:2]
            theme = "" if held else self._theme(themes[iri], spread)
            about = self._labels.of(theme) if theme else ""
            about = f"mandate of {' and '.join(held)}" if held else "sanctions" if iri in measures else about
            where = self._labels.of(place) if place else ""
            about = (about[:1].lower() if where else about[:1].upper()) + about[1:]
            found[head.key] = ": ".join(filter(None, (where, about)))
        return found

    def _theme(self, counts: Counter[str], spread: Counter[str]) -> str:
        """Return the theme that a document speaks of more than others do, "" where it speaks of none often."""
        often = {theme: n * math.log(1 + self._count / spread[theme]) for theme, n in counts.items() if n >= _ON_THEME}
        return max(often, key=lambda theme: (often[theme], theme), default="")

    def _places(self) -> dict[str, Counter[str]]:
        """Return how often each document names each State and territory; each is looked up by itself, since most mentions are of others."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        look, of_type = self._store.store.quads_for_pattern, NamedNode(MG + "actorType")
        for kind in _PLACES:
            quads = look(None, of_type, NamedNode(concept_iri("actor-type", kind)), None)
            for place in {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}:
                for quad in look(None, NamedNode(MG + "names"), NamedNode(place), None):
                    found[getattr(quad.graph_name, "value", "")][place] += 1
        return found

    def _themes(self) -> dict[str, Counter[str]]:
        """Return on how many statements each document speaks of each theme."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for quad in self._store.store.quads_for_pattern(None, NamedNode(MG + "theme"), None, None):
            found[getattr(quad.graph_name, "value", "")][getattr(quad.object, "value", "")] += 1
        return found

    def _measures(self) -> set[str]:
        """Return the documents that decide on measures of sanctions, by their IRIs."""
        quads = self._store.store.quads_for_pattern(None, NamedNode(MG + "ofMandate"), None, None)
        start = f"{BASE}mandate/measures/"
        return {
            getattr(quad.graph_name, "value", "")
            for quad in quads
            if getattr(quad.object, "value", "").startswith(start)
        }

    def _holders(self) -> dict[str, set[str]]:
        """Return the missions whose mandates each document decides on, by the IRIs of the documents."""
        found: dict[str, set[str]] = defaultdict(set)
        look = self._store.store.quads_for_pattern
        holders = {str(quad.subject): quad.object for quad in look(None, NamedNode(MG + "holder"), None, None)}
        for quad in look(None, NamedNode(MG + "ofMandate"), None, None):
            holder = getattr(holders.get(str(quad.object)), "value", "")
            if _ACRONYM.fullmatch(shorten(holder)):
                found[getattr(quad.graph_name, "value", "")].add(self._labels.of(holder))
        return found


def _chief(counts: Counter[str]) -> str:
    """Return what is named most, where it is named often and as often as all others together; else ""."""
    if not counts:
        return ""
    (chief, count), total = counts.most_common(1)[0], counts.total()
    return chief if count >= _OFTEN and 2 * count >= total else ""

"""The store -> statements, whole: each with its parties, deadlines, places and words. The inverse of `describing.statements`.

Whoever lists, shows, compares, counts, draws or exports statements takes these records and chooses among their fields.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents
from mandategraph.recalling.lookups import FEW, Lookup
from mandategraph.recalling.rows import plain, select
from mandategraph.recalling.wanted import Wanted
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import MG, RDF, RDFS, ROLES, TIME, bounds_of, document_iri, parted, shorten

# What every statement has one of; what some have one of; and what they have several of.
_EVERY = (
    "verbLemma inParagraph act strength bindingness status actionList actionWords text rule evidence trigger".split()
)
_SOME = ("conditionList", "issuer", "quotedFrom")
_MANY = ("counterpart", "theme", "cites", "citesProvision", "product", *ROLES.values())
_SPOKEN = "?statement mg:verbLemma ?spoken . "


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a statement addresses.

    Attributes:
        iri: of the actor, or of one whom the text only describes.
        words: as printed, "" where the text leaves it unsaid.
        described: what the text calls one who is only described, else "".
    """

    iri: str
    words: str
    described: str = ""

    @property
    def name(self) -> str:
        """The id of the actor, else the words that describe him."""
        return self.described or shorten(self.iri)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of a statement: its kind (date, recurrence, duration, session, event), ISO 8601 day and period, "" where it has none."""

    iri: str
    kind: str
    words: str
    day: str = ""
    period: str = ""
    session: str = ""

    @property
    def recurs(self) -> str:
        """How often it is due, "" where it is due once."""
        return self.period if self.kind == "recurrence" else ""

    @property
    def lasts(self) -> str:
        """How long it gives or lasts, "" where it does not say so."""
        return self.period if self.kind == "duration" else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands in its source, in code points: the passage and its trigger; `locator` is the page, "" where there is none."""

    start: int = 0
    end: int = 0
    trigger_start: int = 0
    trigger_end: int = 0
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement.

    Attributes:
        statement: IRI.
        document: key of the document that holds the words; `mandate`: whose they are, the document or what it quotes.
        adopted: ISO 8601 day of the document, "" where it is not known; `enacted`: of the mandate.
        paragraph: its label in the document; `section`: the heading above it.
        bearers: whom it addresses, in the order of the text.
        counterparts, themes, cites: ids; `roles`: of counterparts, each an id and its role; `provisions`: paragraphs that it cites, by their ids.
        products: kinds of what is to be made (report).
        heads: what is to be done, in one word each; `actions`: in the words of the text.
        conditions: in the words of the text, in its order.
        text: the statement with its white space folded, `words` as printed.
        is_obligation: whether it is a duty, a permission or the like.
    """

    statement: str
    document: str
    mandate: str
    adopted: str
    enacted: str
    paragraph: str
    section: str
    verb: str
    act: str
    strength: int
    bindingness: str
    status: str
    issuer: str
    bearers: tuple[Party, ...]
    counterparts: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    actions: tuple[str, ...]
    themes: tuple[str, ...]
    cites: tuple[str, ...]
    provisions: tuple[str, ...]
    products: tuple[str, ...]
    conditions: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    words: str
    rule: str
    place: Place
    is_obligation: bool

    @property
    def text(self) -> str:
        """The statement with its white space folded."""
        return " ".join(self.words.split())

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the bearers, or words where they are not named, each once."""
        return tuple(dict.fromkeys(party.name for party in self.bearers))

    @property
    def is_quoted(self) -> bool:
        """Whether the words are another instrument's."""
        return self.mandate != self.document

    @property
    def when(self) -> tuple[str, ...]:
        """The words of its deadlines."""
        return tuple(deadline.words for deadline in self.deadlines)

    @property
    def days(self) -> tuple[str, ...]:
        """The days of its deadlines."""
        return tuple(deadline.day for deadline in self.deadlines if deadline.day)

    @property
    def cycles(self) -> tuple[str, ...]:
        """The cycles of its deadlines."""
        return tuple(deadline.recurs for deadline in self.deadlines if deadline.recurs)

    @property
    def due(self) -> str:
        """The first day on which it is due, "" where there is none."""
        return next(iter(self.days), "")

    @property
    def recurs(self) -> str:
        """How often it is due, by the first cycle that it has, "" where it has none."""
        return next(iter(self.cycles), "")


def saying(store: GraphStore, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return the IRIs of the statements whose words a pattern is found in, folded to one line."""
    rows = plain(select(store, "?statement ?words", "?statement a mg:Statement ; mg:text ?words"))
    return tuple(iri for iri, words in rows if pattern.search(" ".join(words.split())))


def statements(store: GraphStore, wanted: Wanted | None = None) -> list[Stated]:
    """Return the statements that are wanted, by document and in the order of the text; all where nothing is said."""
    chosen = _chosen(store, wanted) if wanted and wanted != Wanted() else None
    lookup = Lookup(store, is_whole=chosen is None or len(chosen) > FEW)
    found = _Statements(lookup, chosen).read(documents(store))
    return [each for each in found if each.is_obligation] if wanted and wanted.is_obligation else found


def _chosen(store: GraphStore, wanted: Wanted) -> frozenset[str]:
    """Return the IRIs of what may be wanted; of IRIs that are given, whether they are obligations is not asked."""
    others = replace(wanted, statements=())
    if wanted.statements and others in (Wanted(), Wanted(is_obligation=True)):
        return frozenset(wanted.statements)
    found = frozenset(row[0] for row in plain(select(store, "?statement", others.patterns + _SPOKEN)))
    return found & frozenset(wanted.statements) if wanted.statements else found


class _Statements:
    """What all or some statements of a store have, property by property.

    Args:
        lookup: of the store.
        chosen: IRIs of statements, None for all.
    """

    def __init__(self, lookup: Lookup, chosen: Collection[str] | None) -> None:
        self._get = lookup.of
        self._verbs = self._get(chosen, MG + "verbLemma")
        iris = self._verbs.keys()
        self._own = {name: self._get(iris, MG + name) for name in (*_EVERY[1:], *_SOME, *_MANY)}
        self._own["verbLemma"] = self._verbs
        self._duties = self._get(iris, RDF + "type", value=MG + "Obligation")
        places, passages = (self._ends(name) for name in ("inParagraph", "evidence"))
        self._labels, self._sections = (self._get(places, MG + name) for name in ("label", "sectionTitle"))
        self._locators = self._get(passages, MG + "locator")
        self._parties, self._deadlines = self._read_parties(iris), self._read_deadlines(iris)

    def read(self, heads: Iterable[Head]) -> list[Stated]:
        """Return the statements by document and in the order of the text; one that lacks what every statement has is none."""
        of = {document_iri(head.key): head for head in heads}
        days = {head.instrument: head.adopted for head in of.values() if head.instrument}
        found = []
        for iri in self._verbs:
            with contextlib.suppress(KeyError):
                found.append((iri.partition("#")[0], self._stated(iri, of, days)))
        return [stated for _, stated in sorted(found, key=lambda each: (each[0], each[1].place.trigger_start))]

    def _stated(self, iri: str, heads: Mapping[str, Head], days: Mapping[str, str]) -> Stated:
        """Return a statement.

        Raises:
            KeyError: it lacks what every statement has.
        """
        said = {name: self._own[name][iri][0] for name in _EVERY}
        place, passage, trigger = said["inParagraph"], said["evidence"], said["trigger"]
        head, quoted = heads[iri.partition("#")[0]], _first(self._own["quotedFrom"], iri)
        return Stated(
            statement=iri,
            document=head.key,
            mandate=symbol_of(shorten(quoted)) if quoted else head.key,
            adopted=head.adopted,
            enacted=days.get(shorten(quoted), "") if quoted else head.adopted,
            paragraph=self._labels[place][0],
            section=_first(self._sections, place),
            verb=said["verbLemma"],
            act=shorten(said["act"]),
            strength=int(said["strength"]),
            bindingness=shorten(said["bindingness"]),
            status=shorten(said["status"]),
            issuer=shorten(_first(self._own["issuer"], iri)),
            bearers=tuple(self._parties.get(iri, ())),
            counterparts=self._ids(iri, "counterpart"),
            roles=tuple((id_, role) for role, name in ROLES.items() for id_ in self._ids(iri, name)),
            heads=tuple(parted(said["actionList"])),
            actions=tuple(parted(said["actionWords"])),
            themes=self._ids(iri, "theme"),
            cites=self._ids(iri, "cites"),
            provisions=self._ids(iri, "citesProvision"),
            products=self._ids(iri, "product"),
            conditions=tuple(parted(_first(self._own["conditionList"], iri))),
            deadlines=tuple(self._deadlines.get(iri, ())),
            words=said["text"],
            rule=said["rule"],
            place=Place(*bounds_of(passage), *bounds_of(trigger), _first(self._locators, passage)),
            is_obligation=iri in self._duties,
        )

    def _ids(self, iri: str, name: str) -> tuple[str, ...]:
        """Return what a statement has several of, as ids, in the order of their IRIs."""
        return tuple(map(shorten, self._own[name].get(iri, ())))

    def _ends(self, name: str) -> set[str]:
        return {end for ends in self._own[name].values() for end in ends}

    def _numbered(self, iris: Collection[str], name: str) -> dict[str, list[str]]:
        """Return the nodes that statements have by a property, in the order of their positions."""
        of = self._get(iris, MG + name)
        at = self._get({node for nodes in of.values() for node in nodes}, MG + "position")
        return {
            iri: sorted((node for node in nodes if node in at), key=lambda node: int(at[node][0]))
            for iri, nodes in of.items()
        }

    def _read_parties(self, iris: Collection[str]) -> dict[str, list[Party]]:
        of = self._numbered(iris, "party")
        nodes = {node for each in of.values() for node in each}
        names, said = (self._get(nodes, MG + name, via=MG + "party") for name in ("names", "surface"))
        things = {thing for each in names.values() for thing in each}
        labels = self._get(self._get(things, RDF + "type", value=MG + "DescribedParty").keys(), RDFS + "label")
        return {
            iri: [
                Party(thing, _first(said, node), label)
                for node in each
                for thing in names.get(node, ())
                for label in labels.get(thing, ("",))
            ]
            for iri, each in of.items()
        }

    def _read_deadlines(self, iris: Collection[str]) -> dict[str, list[Deadline]]:
        of = self._numbered(iris, "deadline")
        nodes = {node for each in of.values() for node in each}
        names = [MG + "deadlineKind", MG + "surface", TIME + "inXSDDate", MG + "period", MG + "session"]
        said = [self._get(nodes, name, via=MG + "deadline") for name in names]
        return {
            iri: [Deadline(node, *(_first(each, node) for each in said)) for node in them] for iri, them in of.items()
        }


def _first(values: Mapping[str, Sequence[str]], node: str) -> str:
    """Return the first of the values of a node, "" where it has none."""
    found = values.get(node)
    return found[0] if found else ""

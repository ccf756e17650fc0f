"""The store -> statements, whole: each with its parties, deadlines, places and words. The inverse of `describing.statements`.

Whoever lists, shows, compares, counts, draws or exports statements takes these records and chooses among their fields.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents
from mandategraph.recalling.rows import plain, select
from mandategraph.recalling.wanted import Wanted
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import ROLES, document_iri, parted, shorten

_ONE = """
  ?statement mg:verbLemma ?verb ; mg:inDocument ?document ; mg:inParagraph ?place ; mg:act ?act ; mg:strength ?strength ;
    mg:bindingness ?bindingness ; mg:status ?status ; mg:actionList ?heads ; mg:actionWords ?actions ; mg:text ?words ; mg:rule ?rule ;
    mg:evidence ?passage ; mg:trigger ?trigger .
  ?place mg:label ?paragraph . ?passage oa:start ?start ; oa:end ?end . ?trigger oa:start ?from ; oa:end ?to . """
_COLUMNS = "statement document paragraph verb act strength bindingness status heads actions words rule start end from to".split()
# What not all have is asked for alone, which takes a third of the time that OPTIONAL does.
_SOME = {
    "section": "mg:inParagraph/mg:sectionTitle",
    "conditions": "mg:conditionList",
    "issuer": "mg:issuer",
    "quoted": "mg:quotedFrom",
    "locator": "mg:evidence/mg:locator",
}
_SPOKEN = "?statement mg:verbLemma ?spoken . "
_MANY = ("counterpart", "theme", "cites", "citesProvision", "product", *ROLES.values())
_PARTIES = """
  ?statement mg:party ?party . ?party mg:position ?n ; mg:names ?thing . OPTIONAL { ?party mg:surface ?said }
  OPTIONAL { ?thing a mg:DescribedParty ; rdfs:label ?label }"""
_DEADLINES = """
  ?statement mg:deadline ?deadline . ?deadline mg:position ?n ; mg:deadlineKind ?kind ; mg:surface ?said .
  OPTIONAL { ?deadline time:inXSDDate ?day } OPTIONAL { ?deadline mg:period ?period } OPTIONAL { ?deadline mg:session ?session }"""


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
    choice = (wanted or Wanted()).patterns
    heads = {document_iri(head.key): head for head in documents(store)}
    own = {head.instrument: head.adopted for head in heads.values() if head.instrument}
    many = {name: _lists(store, choice, f"mg:{name}") for name in _MANY}
    parties: dict[str, list[Party]] = defaultdict(list)
    rows = plain(select(store, "?statement ?n ?thing ?said ?label", choice + _PARTIES))
    for iri, _, *said in sorted(rows, key=lambda row: (row[0], int(row[1]))):
        parties[iri].append(Party(*said))
    deadlines: dict[str, list[Deadline]] = defaultdict(list)
    columns = "?statement ?n ?deadline ?kind ?said ?day ?period ?session"
    for iri, _, *said in plain(select(store, columns, choice + _DEADLINES, order="?statement ?n")):
        deadlines[iri].append(Deadline(*said))
    some = {name: _column(store, choice or _SPOKEN, path) for name, path in _SOME.items()}
    duties = {row[0] for row in plain(select(store, "?statement", f"{choice}?statement a mg:Obligation"))}

    def of(iri: str, name: str) -> tuple[str, ...]:
        return tuple(many[name].get(iri, ()))

    def of_row(row: list[str]) -> Stated:
        said, iri = dict(zip(_COLUMNS, row, strict=True)), row[0]
        said |= {name: values.get(iri, "") for name, values in some.items()}
        head, quoted = heads[said["document"]], said["quoted"]
        return Stated(
            statement=iri,
            document=head.key,
            mandate=symbol_of(shorten(quoted)) if quoted else head.key,
            adopted=head.adopted,
            enacted=own.get(shorten(quoted), "") if quoted else head.adopted,
            paragraph=said["paragraph"],
            section=said["section"],
            verb=said["verb"],
            act=shorten(said["act"]),
            strength=int(said["strength"]),
            bindingness=shorten(said["bindingness"]),
            status=shorten(said["status"]),
            issuer=shorten(said["issuer"]),
            bearers=tuple(parties.get(iri, ())),
            counterparts=of(iri, "counterpart"),
            roles=tuple((id_, role) for role, name in ROLES.items() for id_ in of(iri, name)),
            heads=tuple(parted(said["heads"])),
            actions=tuple(parted(said["actions"])),
            themes=of(iri, "theme"),
            cites=of(iri, "cites"),
            provisions=of(iri, "citesProvision"),
            products=of(iri, "product"),
            conditions=tuple(parted(said["conditions"])),
            deadlines=tuple(deadlines.get(iri, ())),
            words=said["words"],
            rule=said["rule"],
            place=Place(int(said["start"]), int(said["end"]), int(said["from"]), int(said["to"]), said["locator"]),
            is_obligation=iri in duties,
        )

    columns = " ".join(f"?{name}" for name in _COLUMNS)
    found = {row[0]: row for row in plain(select(store, columns, choice + _ONE))}
    # The store takes as long to put them in order as to find them.
    at = _COLUMNS.index("from")
    return [of_row(row) for row in sorted(found.values(), key=lambda row: (row[1], int(row[at])))]


def _column(store: GraphStore, choice: str, path: str) -> dict[str, str]:
    """Return what statements have one of, by their IRIs."""
    rows = plain(select(store, "?statement ?value", f"{choice}?statement {path} ?value"))
    return {row[0]: row[1] for row in rows}


def _lists(store: GraphStore, choice: str, path: str) -> dict[str, list[str]]:
    """Return what statements have several of, as ids, in their order, by the IRIs of the statements."""
    found: dict[str, list[str]] = defaultdict(list)
    for iri, value in sorted(
        map(tuple, plain(select(store, "?statement ?value", f"{choice}?statement {path} ?value")))
    ):
        found[iri].append(shorten(value))
    return found

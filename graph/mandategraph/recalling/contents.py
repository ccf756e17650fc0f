"""The store -> what documents give to mandates beside their terms, and on whom decisions lay something. The inverse of `describing.facts`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import keys
from mandategraph.recalling.rows import plain, select
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import shorten

_GIVEN = """
  VALUES ?what { mg:task mg:ceiling mg:carriedOnBy mg:measure mg:exemption mg:criterion }
  ?mandate ?what ?thing . ?thing mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:rule ?rule .
  ?document dcterms:date ?day .
  OPTIONAL { ?thing mg:text ?said ; mg:trigger/oa:start ?at }
  OPTIONAL { ?thing mg:measures ?of ; mg:value ?value ; mg:evidence/oa:start ?seen }
  BIND (COALESCE(?said, ?of) AS ?words)
  BIND (COALESCE(?at, ?seen) AS ?start)"""
_PLACES = """
  ?mandate mg:carriedOnBy ?thing . ?thing mg:citesProvision ?place . OPTIONAL { ?place mg:label ?label ; mg:inDocument/eli:realizes ?cited }"""
_CITED = "?mandate mg:carriedOnBy ?thing . ?thing mg:cites ?cited"
_LAID = """
  { ?statement mg:addressee ?actor . ?held mg:holder ?actor } UNION { ?mandate mg:task ?statement ; mg:holder ?actor }
  ?statement mg:inDocument ?document ; mg:act ?act . OPTIONAL { ?statement mg:quotedFrom ?quoted }"""


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that a document gives to a mandate.

    Attributes:
        what: task, ceiling, measure, exemption or criterion; or carriedOnBy, for what goes on with older tasks.
        words: as printed, white space folded, for a ceiling the figure and what it counts.
        day: of the document, ISO 8601.
        carried_by: the document that carries it on, "" where its own sets it out.
    """

    what: str
    iri: str
    document: str
    paragraph: str
    day: str
    words: str
    rule: str
    carried_by: str = ""


def given(store: GraphStore) -> dict[str, list[Given]]:
    """Return what documents give to mandates, by the IRIs of the mandates: the newest first, and in the order of the text."""
    found: dict[str, list[Given]] = defaultdict(list)
    known = keys(store)
    columns = "?mandate ?what ?thing ?document ?day ?paragraph ?rule ?words ?value ?start"
    for row in plain(select(store, columns, _GIVEN, order="DESC(?day) ?document ?start ?what")):
        mandate, what, thing, document, day, paragraph, rule, words, value, _ = row
        said = " ".join(words.split()).rstrip(" ;,.")
        said = f"{float(value):,.0f} {said}" if value else said
        place = (known[document], paragraph, day)
        found[mandate].append(Given(what.rpartition("#")[2], thing, *place, said, rule))
    return found


def carried_places(store: GraphStore) -> dict[str, list[tuple[str, str]]]:
    """Return what statements carry on, by their IRIs: symbols with labels of paragraphs, the label "" for what is cited as a whole."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    columns = "?thing ?cited ?place ?label"
    for thing, cited, place, label in plain(select(store, columns, _PLACES, order="?cited ?place")):
        found[thing].append(_place(cited or place, label))
    for thing, cited in plain(select(store, "?thing ?cited", _CITED, order="?cited")):
        symbol = symbol_of(shorten(cited))
        if symbol not in {known for known, _ in found[thing]}:
            found[thing].append((symbol, ""))
    return found


def laid(store: GraphStore) -> list[tuple[str, str, str]]:
    """Return what instruments lay on those who hold mandates, as tasks or as who is addressed: statements (IRIs), instruments, ids of holders."""
    known, found = keys(store), []
    for statement, document, quoted, actor, act in plain(
        select(store, "?statement ?document ?quoted ?actor ?act", _LAID, order="?statement ?actor")
    ):
        if shorten(act) != "assertion":
            found.append((statement, symbol_of(shorten(quoted)) if quoted else known[document], shorten(actor)))
    return found


def _place(cited: str, label: str) -> tuple[str, str]:
    """Return symbol and label of what is cited, an instrument or, where its document is not in the store, a paragraph's IRI."""
    instrument, _, place = shorten(cited).partition("#para_")
    return symbol_of(instrument), label or re.sub(r"__point_(\w+?)(?=__|$)", r"(\1)", place)

"""What is wanted of the statements of a store, as filters that are the same for everybody who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandategraph.vocabulary import (
    actor_iri,
    concept_iri,
    document_iri,
    instrument_iri,
    theme_iri,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of statements; each that is given must fit, and of several values of one any.

    Attributes:
        documents: keys; `bearers`, `counterparts`: ids of actors; `cites`: ids of instruments; `themes`: ids.
        under: ids of instruments that a statement cites or stands in.
        ends: IRIs of actors or instruments that are an end in any way.
        statements: IRIs.
        products: kinds of what is to be made, as "report".
        quoted: id of the instrument whose words they are, or "".
        status: id, or ""; `acts`: ids.
        is_own: not what a document quotes.
        is_obligation: duties, permissions and the like alone.
        is_timed: only what has a deadline or a cycle.
    """

    documents: tuple[str, ...] = ()
    bearers: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    quoted: str = ""
    status: str = ""
    acts: tuple[str, ...] = ()
    is_own: bool = False
    is_obligation: bool = False
    is_timed: bool = False

    @property
    def patterns(self) -> str:
        """The filters as patterns of SPARQL over `?statement`; ids become IRIs, and stand in the text so that it is planned by them."""
        quoted = [instrument_iri(self.quoted)] if self.quoted else []
        status = [concept_iri("status", self.status)] if self.status else []
        return "".join(
            (
                one_of("statement", self.statements),
                "".join(f"?statement mg:product {Literal(product)} . " for product in self.products),
                linked("mg:inDocument", map(document_iri, self.documents)),
                linked("mg:addressee", map(actor_iri, self.bearers)),
                linked("mg:counterpart", map(actor_iri, self.counterparts)),
                linked("mg:cites", map(instrument_iri, self.cites)),
                linked("(mg:cites|mg:inDocument/eli:realizes)", map(instrument_iri, self.under)),
                linked("mg:theme", map(theme_iri, self.themes)),
                linked("mg:quotedFrom", quoted),
                linked("mg:status", status),
                linked("mg:act", (concept_iri("act", act) for act in self.acts)),
                linked("?as", self.ends),
                "?statement a mg:Obligation . " if self.is_obligation else "",
                "?statement mg:deadline ?timed . " if self.is_timed else "",
                "FILTER NOT EXISTS { ?statement mg:quotedFrom ?another } " if self.is_own else "",
            )
        )


def linked(property_: str, iris: Iterable[str], *, subject: str = "statement") -> str:
    """Return the pattern that says that one of some IRIs is a value of a subject; nothing where there are none."""
    nodes = sorted({str(NamedNode(iri)) for iri in iris})
    if len(nodes) > 1:
        each = " UNION ".join(f"{{ ?{subject} {property_} {node} }}" for node in nodes)
        return f"{each} "
    return "".join(f"?{subject} {property_} {node} . " for node in nodes)


def one_of(name: str, iris: Iterable[str]) -> str:
    """Return the pattern that says that a variable is one of some IRIs; nothing where there are none."""
    nodes = " ".join(sorted(str(NamedNode(iri)) for iri in iris))
    return f"VALUES ?{name} {{ {nodes} }} " if nodes else ""

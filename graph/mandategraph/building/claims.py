"""What the store says of where its documents came from, as records: an input that claims a name, a document that holds it, and what becomes of the input."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, Quad

from mandategraph.vocabulary import MG, ORIGINS_GRAPH, document_iri

GRAPH = NamedNode(ORIGINS_GRAPH)
CLAIMS, ORIGIN, SUPERSEDES = (NamedNode(MG + name) for name in ("claims", "origin", "supersedes"))


class Outcome(StrEnum):
    """What becomes of an input."""

    BUILT = "built"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    BESIDE = "kept beside"
    ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class Holding:
    """A document of the store.

    Attributes:
        key: under which it is kept.
        claim: its symbol, or the name of its file.
        has_symbol: whether the claim is a symbol.
        sha256: of the bytes it was read from.
        fingerprint: of all that its quads depend on.
        edition: which printing it is; a greater one is newer.
        origins: where these bytes were found.
        supersedes: digests of inputs in whose place it stands.
        within: IRI of the document of its file, where it is one of several there; it has no origin of its own then.
    """

    key: str
    claim: str
    has_symbol: bool
    sha256: str
    fingerprint: str
    edition: str = ""
    origins: frozenset[str] = frozenset()
    supersedes: frozenset[str] = frozenset()
    within: str = ""

    def quads(self) -> list[Quad]:
        """Return what the store says of where it came from."""
        iri = NamedNode(document_iri(self.key))
        said = [Quad(iri, CLAIMS, Literal(self.claim), GRAPH)]
        said += [Quad(iri, ORIGIN, Literal(origin), GRAPH) for origin in sorted(self.origins)]
        return said + [Quad(iri, SUPERSEDES, Literal(sha256), GRAPH) for sha256 in sorted(self.supersedes)]


@dataclass(frozen=True, slots=True)
class Claimant:
    """An input that was read.

    Attributes:
        claim: its symbol, or the name of its file.
        has_symbol: whether the claim is a symbol.
        sha256: of its bytes.
        fingerprint: of all that its quads depend on.
        edition: which printing it is.
        origin: where it was found; empty where that is not known, as of the texts of a store.
        held: key of the document that it was read from, where that is the store itself.
        is_preferred: a person says that it is the document of its symbol.
        within: IRI of the document of its file, where it is one of several there.
    """

    claim: str
    has_symbol: bool
    sha256: str
    fingerprint: str
    edition: str = ""
    origin: str = ""
    held: str = ""
    is_preferred: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an input.

    Attributes:
        outcome: of the input.
        holding: the document that it is kept in, or that stands in its place, as it is from now on.
        is_written: whether the quads of the input are to be written under that key.
        gone: documents that leave the store.
        changed: other documents, of whose origins something changes.
        is_renamed: the one that is gone is the same document under another name.
        why: a sentence without a full stop; empty where there is nothing to say.
    """

    outcome: Outcome
    holding: Holding
    is_written: bool = True
    gone: tuple[Holding, ...] = ()
    changed: tuple[Holding, ...] = ()
    is_renamed: bool = False
    why: str = ""

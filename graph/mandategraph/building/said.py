"""What people say of the documents of a store, found by the document that is being read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from mandategraph.correcting import apply, identified
from mandategraph.correcting.settling import holding
from mandategraph.errors import QueryError
from mandategraph.lexicon import Tables
from mandategraph.records import Corrected, Correction, Document, Entity, Fate, Reading, Standing, Target, Verdict
from mandategraph.vocabulary import actor_iri


class Said:
    """Corrections, and which of them concern a document.

    A document is known by the key under which it is kept, and by its bytes, where nothing is kept any more under the key that it had.

    Args:
        corrections: of a store, those that do not hold among them.
        is_held: whether the store has a document of a key.
    """

    def __init__(
        self, corrections: Iterable[Correction] = (), is_held: Callable[[str], object] = lambda _: False
    ) -> None:
        self.all = list(corrections)
        self._is_held = is_held
        self._actors = [each for each in holding(self.all) if each.target is Target.ACTOR]

    def of(self, claim: str, sha256: str, key: str = "", *, also: Iterable[Correction] = ()) -> list[Correction]:
        """Return the corrections that concern a document, and those of actors.

        Args:
            claim: the name that it claims.
            sha256: its digest.
            key: under which it is kept, "" where that is not known.
            also: corrections that concern it besides.
        """
        names = {key or claim} if key and self._is_held(claim) else {key, claim} - {""}
        found = {each.id: each for each in also}
        for each in self.all:
            is_moved = each.sha256 == sha256 and not self._is_held(each.document)
            if each.target is Target.ACTOR or each.document in names or (each.document and is_moved):
                found[each.id] = each
        return list(found.values())

    @staticmethod
    def masthead(given: Iterable[Correction]) -> Sequence[Correction]:
        """Return those that hold of a document's masthead, in order."""
        return [each for each in holding(given) if each.target is Target.DOCUMENT]

    def concern(self, claim: str, sha256: str, quads: bytes) -> bool:
        """Return whether anything is said of a document that was read: of itself, or of an actor whom it names."""
        is_own = any(each.target is not Target.ACTOR for each in self.of(claim, sha256))
        return is_own or any(f"<{actor_iri(each.value(each.was))}>".encode() in quads for each in self._actors)


UNSAID = Said()


class Rereader(Protocol):
    """What reads a document again that has another masthead now (`extracting.Reader`)."""

    tables: Tables

    def read_again(self, document: Document) -> tuple[Document, Reading]:
        """Return all that a document states."""


def amend(reader: Rereader, document: Document, reading: Reading, key: str, said: Said) -> Corrected:
    """Return a document and its reading as people have them.

    Args:
        reader: for a document whose masthead is another.
        document: as it was read, and its reading.
        reading: of the document.
        key: under which it is kept, "" where that is what it claims.
        said: what people say.
    """
    given, fates = said.of(document.key, document.digest, key), list[Fate]()
    if not given:
        return Corrected(document, reading)
    if said.masthead(given):
        named, fates = identified(document, said.masthead(given))
        if named.key != document.key:
            # What was said since the document has its other name is about it, too.
            given = said.of(named.key, document.digest, key, also=given)
            named, fates = identified(document, said.masthead(given))
        document, reading = reader.read_again(named)
    found = apply(document, reading, given, known(reader.tables))
    return replace(found, fates=(*fates, *found.fates))


def known(tables: Tables) -> Callable[[str], Entity | None]:
    """Return what gives the actor or instrument that has an id in the gazetteer."""

    def find(id_: str) -> Entity | None:
        entry = tables.gazetteer.by_id.get(id_)
        return Entity(entry.id, entry.kind, entry.type, entry.label) if entry else None

    return find


def actors_of(each: Correction) -> list[str]:
    """Return the IRIs of the actors that a correction says are one; none of any other."""
    if each.target is not Target.ACTOR or not each.was:
        return []
    return [actor_iri(each.value(each.was)), actor_iri(each.value(each.becomes)["id"])]


def refuse_orphans(new: Iterable[Correction], fates: Mapping[str, Fate]) -> None:
    """Refuse corrections that would change nothing.

    Raises:
        QueryError: one would, and why.
    """
    for each in new:
        fate = fates.get(each.id)
        if each.verdict is Verdict.WITHDRAWN or (fate and fate.standing is not Standing.ORPHANED):
            continue
        missing = "no document names that actor" if each.target is Target.ACTOR else "the store has no such document"
        raise QueryError(fate.reason if fate else missing, where=each.document, hint="Nothing was changed.")

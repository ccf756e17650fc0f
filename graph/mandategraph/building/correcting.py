"""What people say -> the store: their records, and all documents that they change, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mandategraph.building.builder import Builder
from mandategraph.building.inputs import stored_source
from mandategraph.building.said import amend, known
from mandategraph.correcting.saying import Remark, Voice, correction_of
from mandategraph.errors import QueryError
from mandategraph.keeping.documents import said_of
from mandategraph.keeping.inferring import infer
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.corrections import corrections, entity_called
from mandategraph.records import Corrected, Correction, Entity, Target, Verdict


class Corrector(Builder):
    """Reads documents of a store as people have them, and writes what people say; costly to make, so make one and keep it.

    Args:
        store: open for writing.
        data: a user's own gazetteer files.
    """

    def __init__(self, store: GraphStore, data: Iterable[Path] = ()) -> None:
        super().__init__(store, tuple(data))

    def read(self, name: str) -> tuple[str, Corrected]:
        """Return the key of a document, and the document with its reading as people have it.

        Raises:
            NotFoundError: the store has no such document.
        """
        (key,) = find_documents(self.store, [name])
        reader = self._extractor.reader
        read = reader.read(stored_source(self.store, key), int(said_of(self.store, key).get("start", -1)))
        return key, amend(reader, *read, key, self._said)

    def say(
        self, document: str, at: int, verdict: str, field: str, values: tuple[str, ...], voice: Voice
    ) -> Correction:
        """Return what a person says of the statement whose trigger begins at an offset of a document's source.

        Raises:
            QueryError: there is none, or what is said does not fit it.
        """
        key, found = self.read(document)
        stated = next((s for s in found.reading.statements if s.trigger.start == at), None)
        if stated is None:
            raise QueryError("no statement stands there any more", where=key, hint="Load the page again.")
        here = [s for s in found.reading.statements if s.paragraph == stated.paragraph]
        nth = 1 + here.index(stated)
        remark = Remark(Verdict(verdict), Target.STATEMENT, stated.paragraph, nth=nth, field=field, values=values)
        return correction_of(found, key, remark, voice, self.called)

    def called(self, name: str) -> Entity | None:
        """Return the actor or instrument that a name means: of the store, else of the gazetteer; None where nothing is called so."""
        if found := entity_called(self.store, name):
            return found
        tables, wanted = self._extractor.reader.tables, name.strip().casefold()
        for entry in tables.gazetteer.entries:
            if wanted in {each.casefold() for each in (entry.id, entry.label, *entry.aliases)}:
                return known(tables)(entry.id)
        return None

    def is_known(self, id_: str) -> bool:
        """Return whether the gazetteer has an id."""
        return id_ in self._extractor.reader.tables.gazetteer.by_id


def correct(
    store: GraphStore, given: Iterable[Correction], *, data: Iterable[Path] = (), is_strict: bool = True
) -> list[Correction]:
    """Write corrections into a store, and return those that it did not have; those that it has stay as they are.

    A stop at any moment leaves all of them in it, with what they change, or none.

    Args:
        store: open for writing.
        given: what people say.
        data: a user's own gazetteer files.
        is_strict: refuse all where one would change nothing; else it is kept as orphaned.

    Raises:
        QueryError: one would change nothing, and why.
        StoreError: the store cannot be written.
    """
    held = {each.id for each in corrections(store)}
    new = [each for each in dict.fromkeys(given) if each.id not in held]
    if new:
        with Corrector(store, data) as corrector:
            corrector.correct(new, is_strict=is_strict)
    else:
        infer(store)
    return new

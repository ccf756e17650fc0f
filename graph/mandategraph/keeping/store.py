"""The graph on disk: an Oxigraph store, opened, read and written; the only writer.

Each document has a named graph of its own, and is written in one transaction: after a stop at any moment the store
holds it whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from mandategraph.errors import NotFoundError, ResourceError, StoreError
from mandategraph.keeping.snapshots import Snapshot, take
from mandategraph.vocabulary import (
    DCTERMS,
    INFERRED_GRAPH,
    META_GRAPH,
    MG,
    ORIGINS_GRAPH,
    document_iri,
    part_iri,
)

FORMAT = 3
DEFAULT = Path("mandategraph-store")
_FORMAT = NamedNode(MG + "storeFormat")
_FINGERPRINT = NamedNode(MG + "fingerprint")
_IDENTIFIER = NamedNode(DCTERMS + "identifier")
_OWN = frozenset({NamedNode(META_GRAPH), NamedNode(ORIGINS_GRAPH)})
_TRIES = 5
_ASIDE, _NEW = ".aside", ".new"
_IN_USE = "Wait until the other command is done, or give another --store."


class GraphStore:
    """A store of documents.

    Example:
        >>> with GraphStore.in_memory() as store:
        ...     len(store)
        0
    """

    def __init__(self, store: Store, where: str, *, is_written: bool = False, snapshot: Snapshot | None = None) -> None:
        self.store = store
        self.where = where
        self._is_written = is_written
        self._snapshot = snapshot

    @classmethod
    def in_memory(cls) -> GraphStore:
        """Return an empty store in memory."""
        return cls(Store(), "memory")

    @classmethod
    def open(cls, path: Path, *, any_format: bool = False) -> GraphStore:
        """Return the store in a directory, for writing; the directory is made where there is none.

        Args:
            path: of the store.
            any_format: open a store of an older version too, to bring it up to date.

        Raises:
            StoreError: the directory is something else, is in use, or was made by another version.
        """
        recover(path)
        if path.exists() and not path.is_dir():
            raise StoreError("this is a file, not a store", where=str(path), hint="Give a directory with --store.")
        if path.is_dir() and any(path.iterdir()) and not (path / "CURRENT").exists():
            raise StoreError("this directory is not a store", where=str(path), hint="Give an empty or a new directory.")
        try:
            if not (path / "CURRENT").exists():
                _create(path)
            opened = cls(Store(str(path)), str(path), is_written=True)
        except OSError as error:
            raise _refusal(error, path) from error
        try:
            opened._check_format(stamp=True, any_format=any_format)
        except StoreError:
            opened.close()
            raise
        return opened

    @classmethod
    def open_to_read(cls, path: Path) -> GraphStore:
        """Return the store in a directory, for reading beside a writer: as it is now, whatever is written from now on.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        recover(path)
        if not path.exists():
            raise StoreError("there is no store here", where=str(path), hint="Make one with: mandategraph build PATH")
        if not (path / "CURRENT").exists():
            raise StoreError("this is not a store", where=str(path), hint="Give the directory of a store with --store.")
        try:
            snapshot, opened_store = _opened(path)
        except (OSError, RuntimeError) as error:
            raise _refusal(error, path) from error
        opened = cls(opened_store, str(path), snapshot=snapshot)
        opened._check_format(stamp=False)
        return opened

    def __enter__(self) -> GraphStore:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the directory."""
        self.close()

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self.store)

    def close(self) -> None:
        """Let go of the directory; the store is not used after this.

        What was written is moved from the log into tables: a long log is read again by whoever opens the store next, which
        took 37 s for 520 documents. All is in the log already, so that a full disk loses nothing here.
        """
        if self._is_written:
            with contextlib.suppress(OSError):
                self.store.flush()
        del self.store
        if self._snapshot is not None:
            self._snapshot.close()

    def _check_format(self, *, stamp: bool, any_format: bool = False) -> None:
        found = self._format()
        if found is None:
            if stamp:
                self.stamp_format()
            return
        if found > FORMAT:
            hint = "Update mandategraph, or build the store anew in another directory."
            raise StoreError("the store was made by a newer version", where=self.where, hint=hint)
        if found < FORMAT and not any_format:
            hint = f"Bring it up to date with: mandategraph migrate --store {self.where}"
            raise StoreError("the store was made by an older version", where=self.where, hint=hint)

    def _format(self) -> int | None:
        meta = NamedNode(META_GRAPH)
        found = next(iter(self.store.quads_for_pattern(meta, _FORMAT, None, meta)), None)
        return None if found is None else int(_literal(found))

    def stamp_format(self) -> None:
        """Say that the store is of this program's format."""
        meta = NamedNode(META_GRAPH)
        old = list(self.store.quads_for_pattern(meta, _FORMAT, None, meta))
        new = Quad(meta, _FORMAT, Literal(str(FORMAT)), meta)
        if old != [new]:
            self.store.update(f"DELETE DATA {{ {_written(old)} }} ; INSERT DATA {{ {_written([new])} }}")

    # what all documents share

    def shared_fingerprint(self) -> str | None:
        """Return what gazetteer and ontology were made from, or None where they are not there."""
        meta = NamedNode(META_GRAPH)
        found = next(iter(self.store.quads_for_pattern(meta, _FINGERPRINT, None, meta)), None)
        return _literal(found) if found is not None else None

    def stamp_shared(self, fingerprint: str) -> None:
        """Remember what gazetteer and ontology were made from."""
        meta = NamedNode(META_GRAPH)
        format_ = Literal(str(self._format() or FORMAT))
        self.replace(
            META_GRAPH, [Quad(meta, _FORMAT, format_, meta), Quad(meta, _FINGERPRINT, Literal(fingerprint), meta)]
        )

    @staticmethod
    def parse_turtle(files: Iterable[tuple[str, str]], graph: str) -> list[Quad]:
        """Return the triples of Turtle files (name, text) as quads of one graph.

        Raises:
            ResourceError: a file is not Turtle.
        """
        quads: list[Quad] = []
        for name, text in files:
            try:
                quads.extend(parse(text, format=RdfFormat.TURTLE))
            except SyntaxError as error:
                raise ResourceError(f"not Turtle ({error})", where=name, hint="Install the package again.") from error
        return [Quad(q.subject, q.predicate, q.object, NamedNode(graph)) for q in quads]

    # documents

    def fingerprint(self, key: str) -> str | None:
        """Return what the stored document was made from, or None where there is none."""
        return self._value(key, _FINGERPRINT)

    def _value(self, key: str, predicate: NamedNode) -> str | None:
        iri = NamedNode(document_iri(key))
        found = next(iter(self.store.quads_for_pattern(iri, predicate, None, iri)), None)
        return _literal(found) if found is not None else None

    def add(self, written: bytes) -> None:
        """Add quads, written as N-Quads, in one transaction: named graphs that are not there yet.

        Raises:
            StoreError: the store cannot be written.
        """
        try:
            self.store.bulk_load(written, format=RdfFormat.N_QUADS, lenient=True)
        except OSError as error:
            raise _refusal(error, Path(self.where)) from error

    def optimize(self) -> None:
        """Put the tables in order for reading; a stop in between changes nothing that is read.

        Raises:
            StoreError: the store cannot be written.
        """
        try:
            self.store.optimize()
        except OSError as error:
            raise _refusal(error, Path(self.where)) from error

    def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        """Put quads in place of all that a named graph holds, in one transaction.

        Raises:
            StoreError: the store cannot be written.
        """
        self.exchange(drop=[graph], add=quads)

    def exchange(self, *, drop: Iterable[str] = (), take: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """Drop named graphs, take quads out and add others, in one transaction and in this order.

        Raises:
            StoreError: the store cannot be written.
        """
        parts = [f"DROP GRAPH {NamedNode(g)}" for g in drop if self.store.contains_named_graph(NamedNode(g))]
        if taken := _written(take):
            parts.append(f"DELETE DATA {{ {taken} }}")
        try:
            if not parts:
                self.store.extend(add)
                return
            if added := _written(add):
                parts.append(f"INSERT DATA {{ {added} }}")
            self.store.update(" ;\n".join(parts))
        except OSError as error:
            raise _refusal(error, Path(self.where)) from error

    def said(self, key: str) -> dict[str, str]:
        """Return what the store says of a document and its reading in literals, by local names; empty where it is not there."""
        iri = document_iri(key)
        graph, found = NamedNode(iri), {}
        for subject in (iri, part_iri(iri, "reading")):
            for quad in self.store.quads_for_pattern(NamedNode(subject), None, None, graph):
                if isinstance(quad.object, Literal):
                    found[quad.predicate.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]] = str(quad.object.value)
        return found

    # reading

    def documents(self) -> list[str]:
        """Return the keys of all documents, sorted."""
        solutions = self.store.query(
            "SELECT ?key WHERE { GRAPH ?d { ?d a mg:Document ; dcterms:identifier ?key } } ORDER BY ?key",
            prefixes={"mg": MG, "dcterms": DCTERMS},
        )
        assert isinstance(solutions, QuerySolutions)
        return [str(row["key"].value) for row in solutions]

    def filled(self) -> list[str]:
        """Return the keys of all documents.

        Raises:
            NotFoundError: there are none.
        """
        documents = self.documents()
        if not documents:
            raise NotFoundError("the store has no documents", hint="Fill it with: mandategraph build PATH")
        return documents

    def select(self, keys: Iterable[str]) -> GraphStore:
        """Return a store in memory with some of the documents, and the gazetteer and ontology that they share."""
        wanted = {NamedNode(document_iri(key)) for key in keys}
        others = {NamedNode(document_iri(key)) for key in self.documents()} - wanted | {NamedNode(INFERRED_GRAPH)}
        selected = GraphStore.in_memory()
        selected.store.bulk_extend(quad for quad in self.quads() if quad.graph_name not in others)
        return selected

    def quads(self) -> Iterator[Quad]:
        """Yield all quads but the store's own, in no order: what it was made from and by, and where its documents are from."""
        for quad in self.store:
            if quad.graph_name not in _OWN:
                yield quad


class SharedReader:
    """A store that others may write, read as it is now: opened again when its files have changed.

    Args:
        path: of the store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: GraphStore | None = None
        self._seen: tuple[tuple[str, int, int], ...] = ()

    def store(self) -> GraphStore:
        """Return the store in its newest committed state.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        now = self.signature()
        if self._opened is None or now != self._seen:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
            self._opened = GraphStore.open_to_read(self.path)
            self._seen = now
        return self._opened

    def signature(self) -> tuple[tuple[str, int, int], ...]:
        """Return what tells one state of the files from another: names, sizes, times in nanoseconds."""
        if not self.path.is_dir():
            return ()
        found = []
        for file in self.path.iterdir():
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue
            if file.name not in {"LOCK", "LOG"}:
                found.append((file.name, stat.st_size, stat.st_mtime_ns))
        return tuple(sorted(found))

    def state(self) -> str:
        """Return a short name of the state of the files."""
        return hashlib.sha256(repr(self.signature()).encode()).hexdigest()[:16]

    def written(self) -> datetime:
        """Return when the store was last written, in UTC."""
        last = max((time for _, _, time in self.signature()), default=0)
        return datetime.fromtimestamp(last // 1_000_000_000, tz=UTC)


def _opened(path: Path) -> tuple[Snapshot, Store]:
    """Return a snapshot and the store in it; the end of a log may be half written at the moment, and is not at the next."""
    for left in reversed(range(_TRIES)):
        snapshot = take(path)
        try:
            return snapshot, Store.read_only(str(snapshot.directory))
        except (OSError, RuntimeError):
            snapshot.close()
            if not left:
                raise
    raise AssertionError("unreachable")


def _create(path: Path) -> None:
    """Make an empty store beside a path and put it there whole: a stop in between leaves no half one."""
    new = path.with_name(f"{path.name}{_NEW}")
    shutil.rmtree(new, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    Store(str(new)).flush()
    if path.is_dir():
        path.rmdir()
    new.rename(path)


def set_aside(path: Path, new: Path) -> None:
    """Put a store in the place of another; a stop in between leaves the old one aside, and `recover` puts it back."""
    old = path.with_name(f"{path.name}{_ASIDE}")
    shutil.rmtree(old, ignore_errors=True)
    if path.exists():
        path.rename(old)
    new.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def recover(path: Path) -> None:
    """Put a store back that was set aside when its successor did not come."""
    old = path.with_name(f"{path.name}{_ASIDE}")
    if not path.exists() and old.is_dir():
        old.rename(path)


def _written(quads: Iterable[Quad]) -> str:
    """Return quads as SPARQL writes them in INSERT DATA."""
    return "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)


def _literal(quad: Quad) -> str:
    """Return the text of a quad's literal."""
    assert isinstance(quad.object, Literal)
    return str(quad.object.value)


def _refusal(error: Exception, path: Path) -> StoreError:
    text = str(error).lower()
    if "lock" in text:
        return StoreError("the store is in use by another process", where=str(path), hint=_IN_USE)
    if isinstance(error, PermissionError) or "permission" in text:
        return StoreError("the store may not be written", where=str(path), hint="Check the directory's permissions.")
    if "no space" in text:
        return StoreError(
            "the disk is full", where=str(path), hint="Make room, then build again: nothing was half written."
        )
    return StoreError(
        f"the store cannot be used ({str(error).splitlines()[0]})",
        where=str(path),
        hint="Build it anew in another directory.",
    )

"""The graph on disk: an Oxigraph store, opened, read and written; the only writer.

Each document has a named graph of its own, and is written in one transaction: after a stop at any moment the store
holds it whole or not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from mandategraph.errors import NotFoundError, StoreError
from mandategraph.keeping.directories import open_to_read, open_to_write, refusal
from mandategraph.keeping.marks import check_format, stamp_format, store_format
from mandategraph.keeping.snapshots import Snapshot, take
from mandategraph.keeping.transactions import exchange
from mandategraph.vocabulary import CORRECTIONS_GRAPH, DCTERMS, META_GRAPH, MG, ORIGINS_GRAPH, RDF

DEFAULT = Path("mandategraph-store")
_OWN = frozenset({NamedNode(META_GRAPH), NamedNode(ORIGINS_GRAPH)})


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
        self._files: Snapshot | None = None

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
        opened = cls(open_to_write(path), str(path), is_written=True)
        try:
            found = store_format(opened.store)
            check_format(found, opened.where, any_format=any_format)
            if found is None:
                stamp_format(opened.store, opened.where)
        except StoreError:
            opened.close()
            raise
        return opened

    @classmethod
    def open_to_read(cls, path: Path) -> GraphStore:
        """Return the store in a directory, for reading beside a writer: as it is now, whatever is written from now on.

        Raises:
            StoreError: there is no store, it cannot be read, or it was made by another version.
        """
        snapshot, store = open_to_read(path)
        check_format(store_format(store), str(path))
        return cls(store, str(path), snapshot=snapshot)

    @property
    def is_on_disk(self) -> bool:
        """Whether it is in a directory, which `where` names."""
        return self._is_written or self._snapshot is not None

    @property
    def is_still(self) -> bool:
        """Whether nobody writes to it: it is a snapshot."""
        return self._snapshot is not None

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
        for snapshot in (self._snapshot, self._files):
            if snapshot is not None:
                snapshot.close()

    # writing

    def add(self, written: bytes) -> None:
        """Add quads, written as N-Quads, in one transaction: named graphs that are not there yet.

        Raises:
            StoreError: the store cannot be written.
        """
        try:
            self.store.bulk_load(written, format=RdfFormat.N_QUADS, lenient=True)
        except OSError as error:
            raise refusal(error, Path(self.where)) from error

    def optimize(self) -> None:
        """Put the tables in order for reading; a stop in between changes nothing that is read.

        Raises:
            StoreError: the store cannot be written.
        """
        try:
            self.store.optimize()
        except OSError as error:
            raise refusal(error, Path(self.where)) from error

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
        exchange(self.store, self.where, drop=drop, take=take, add=add)

    # reading

    def documents(self) -> list[str]:
        """Return the keys of all documents, sorted."""
        look, key = self.store.quads_for_pattern, NamedNode(DCTERMS + "identifier")
        typed = look(None, NamedNode(RDF + "type"), NamedNode(MG + "Document"))
        named = [
            quad.subject for quad in typed if isinstance(quad.subject, NamedNode) and quad.subject == quad.graph_name
        ]
        said = (quad.object for node in named for quad in look(node, key, None, node))
        return sorted(each.value for each in said if isinstance(each, Literal))

    def filled(self) -> list[str]:
        """Return the keys of all documents.

        Raises:
            NotFoundError: there are none.
        """
        documents = self.documents()
        if not documents:
            raise NotFoundError("the store has no documents", hint="Fill it with: mandategraph build PATH")
        return documents

    def quads(self) -> Iterator[Quad]:
        """Yield all quads but the store's own, in no order: what it was made from and by, where its documents are from, what became of corrections."""
        own = {
            graph for graph in self.store.named_graphs() if str(graph.value).startswith(f"{CORRECTIONS_GRAPH}/")
        } | _OWN
        for quad in self.store:
            if quad.graph_name not in own:
                yield quad

    def without(self, nodes: Iterable[NamedNode]) -> GraphStore:
        """Return a copy for this process alone, without the store's own quads, and without what stands in the graphs of some nodes or leads from or to them.

        The tables of a snapshot are shared and not copied, so that it takes as long as there is to be left out. Its changes lie in a temporary
        directory that goes with it.
        """
        copied = GraphStore.in_memory()
        if self._snapshot is None:
            copied.store.bulk_extend(self.store)
        else:
            copied._files = take(self._snapshot.directory)
            copied.store = Store(str(copied._files.directory))
        gone = frozenset(nodes) | _OWN
        for node in gone:
            if copied.store.contains_named_graph(node):
                copied.store.remove_graph(node)
            for pattern in ((node, None, None), (None, None, node)):
                for quad in list(copied.store.quads_for_pattern(*pattern)):
                    copied.store.remove(quad)
        return copied

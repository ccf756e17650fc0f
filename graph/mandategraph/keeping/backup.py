"""A store as one file, and back: all quads as N-Quads, compressed, with a digest that says whether the file is whole.

A backup is taken from a store that is open for reading, so it is the state of one moment, whatever is written meanwhile. A restore
loads into a new directory beside the store and takes its place when all is there: until then the store is as it was.
"""

from __future__ import annotations

import shutil
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import RdfFormat

from mandategraph.errors import StoreError
from mandategraph.keeping.directories import set_aside
from mandategraph.keeping.quadfiles import QuadReader, QuadWriter
from mandategraph.keeping.store import GraphStore

_HINT = "Take another backup."


def back_up(store: GraphStore, output: BinaryIO) -> int:
    """Write all quads of a store to a file, and return their number."""
    writer = QuadWriter(output)
    store.store.dump(cast(BinaryIO, writer), RdfFormat.N_QUADS)
    writer.finish()
    return writer.lines


def restore(file: Path, path: Path, *, replace: bool = False) -> int:
    """Put a backup where a store is or is to be, and return its number of quads.

    Args:
        file: made by `back_up`.
        path: of the store.
        replace: take the place of a store that is there.

    Raises:
        StoreError: the file is no backup or is damaged; a store is there and `replace` is not given, or it is in use.
    """
    if not file.is_file():
        raise StoreError("there is no backup here", where=str(file), hint="Check the path.")
    if path.exists() and any(path.iterdir()):
        if not replace:
            hint = "Give another --store, or --replace to put the backup in its place."
            raise StoreError("a store is here already", where=str(path), hint=hint)
        GraphStore.open(path, any_format=True).close()
    new = path.with_name(f"{path.name}.restoring")
    shutil.rmtree(new, ignore_errors=True)
    try:
        with GraphStore.open(new, any_format=True) as store:
            store.store.clear()
            with file.open("rb") as source:
                reader = QuadReader(source)
                store.store.bulk_load(cast(BinaryIO, reader), RdfFormat.N_QUADS)
            if not reader.is_whole:
                raise StoreError("the backup is not whole", where=str(file), hint=_HINT)
            store.store.optimize()
            count = len(store)
        set_aside(path, new)
    except (OSError, EOFError, zlib.error, SyntaxError) as error:
        raise StoreError(f"the backup is damaged ({error})", where=str(file), hint=_HINT) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return count

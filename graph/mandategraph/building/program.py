"""What the program is that reads: a digest of its code and data, on which everything that is built depends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from mandategraph import __version__
from mandategraph.resources import folder


def digest_of_program(data: Iterable[Path] = ()) -> str:
    """Return a digest of the program's version and code and of all data files: what is built depends on them.

    Args:
        data: a user's own gazetteer files.
    """
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parents[1]
    for code in sorted(package.rglob("*.py")):
        digest.update(code.read_bytes())
    for kind in ("data", "ontology"):
        for name, content in _walk(folder(kind)):
            if not name.startswith("samples"):
                digest.update(name.encode() + b"\0" + content)
    for path in data:
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _walk(top: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for item in sorted(top.iterdir(), key=lambda i: i.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            yield from _walk(item, f"{name}/")
        else:
            yield name, item.read_bytes()

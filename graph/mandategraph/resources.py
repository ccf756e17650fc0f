"""Where the shipped folders are: in a wheel under `_shipped/`, in a checkout at its top."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from mandategraph.errors import ResourceError

_ELSEWHERE = {"explorer": "graph/explorer/dist"}
_INSTEAD: dict[str, Path] = {}


def use_instead(kind: str, place: Path) -> None:
    """Let a folder stand for a shipped one for the rest of this process: for one that only tries what other data would do."""
    _INSTEAD[kind] = place


def folder(kind: str) -> Traversable:
    """Return the shipped folder `data`, `ontology` or `queries`, or the bundled `explorer`.

    Raises:
        ResourceError: neither the installed package nor a checkout has it.
    """
    if kind in _INSTEAD:
        return _INSTEAD[kind]
    shipped = files("mandategraph") / "_shipped" / kind
    if shipped.is_dir():
        return shipped
    checkout = Path(__file__).resolve().parents[2] / _ELSEWHERE.get(kind, kind)
    if checkout.is_dir():
        return checkout
    raise ResourceError("this shipped folder is missing", where=kind, hint="Install the package again.")

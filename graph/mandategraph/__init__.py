"""MandateGraph: documents that give mandates as a knowledge graph of actors, instruments and obligations.

The names below are the library's own front door; they are imported when they are first used, so that a program that only asks does
not wait for what reads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mandategraph.answering.asking import ask
    from mandategraph.answering.questions import load_question
    from mandategraph.building.writing import build
    from mandategraph.keeping.store import GraphStore

__version__ = "0.1.0"
__all__ = ["GraphStore", "__version__", "ask", "build", "load_question"]

_HOMES = {
    "GraphStore": "keeping.store",
    "ask": "answering.asking",
    "build": "building.writing",
    "load_question": "answering.questions",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

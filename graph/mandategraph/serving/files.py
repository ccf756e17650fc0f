"""What a page gives as a file to save: its media type, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mandategraph.exporting.sheets import MEDIA_TYPE
from mandategraph.keeping.store import GraphStore

Given = Mapping[str, str]
MARKDOWN, HTML, CSV, JSON, SVG, XLSX = (
    "text/markdown; charset=utf-8",
    "text/html; charset=utf-8",
    "text/csv; charset=utf-8",
    "application/json",
    "image/svg+xml",
    MEDIA_TYPE,
)
SARIF = "application/sarif+json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class File:
    """A file to save: its media type, and what makes it."""

    media_type: str
    make: Callable[[GraphStore, Given], bytes]

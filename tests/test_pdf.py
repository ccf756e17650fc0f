"""PDF: nothing is lost, heads and feet are no text, footnotes are notes, and what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from make import as_pdf, reader, tables
from mandategraph.cleaning import clean
from mandategraph.errors import SourceError
from mandategraph.reading import read
from mandategraph.reading.limits import Limits
from mandategraph.records import SourceText
from papers import Picture, Put, Rule, cut, kept, paper, rows, words_of

LINES = [
    "Resolution 9991 (2031)",
    "The Security Council,",
    "Recalling its resolution 9990 (2030),",
    "1. Decides to extend the mandate of the Wells Mission until 30 June 2032;",
    "2. Requests the Secretary-General to report to the Security Council every three months on the implementation of this resolution;",
    "3. Decides to remain seized of the matter.",
]


def _file(folder: Path, content: bytes) -> Path:
    file = folder / "a.pdf"
    file.write_bytes(content)
    return file


def _read(folder: Path, content: bytes) -> SourceText:
    return read(_file(folder, content))


# --- moved from test_formats ---

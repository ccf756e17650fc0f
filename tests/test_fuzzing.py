"""Inputs that nobody wrote, through reader, cleaner, structure, grammar and description: none crashes, none hangs.

400 texts and 300 files a run; `pytest tests/test_fuzzing.py --hypothesis-profile=long` tries a hundred times as many. An
input that once failed stands at its test as an example.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from make import as_docx, as_html, as_pdf, as_zip, reader, source
from mandategraph.describing import describe
from mandategraph.errors import SourceError
from mandategraph.reading import SourceReader
from test_faults import UNITS

LINES = [
    "UNITED NATIONS S/RES/9991 (2031)",
    "The Security Council,",
    "Recalling its resolution 9990 (2030) and the report of the Secretary-General (S/2031/44),",
    "1. Decides to extend the mandate of the Wells Mission until 30 June 2032, and that 30 per cent of its staff shall be women;",
    "2. Requests the Secretary-General, in consultation with the parties:",
    "(a) to report to the Security Council every three months;",
    "(b) to mend the wells, among them:",
    "(i) those of the north;",
    "3. Decides to remain seized of the matter.",
]
# Pieces of drafting, of damage, and of what is neither.
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*UNITS, *(f"{line}\n\n" for line in LINES)]),
        st.text(max_size=12),
        st.sampled_from(["\u200b", "\u202e", "\ufeff", "\x00", "\x0c", "\x85", "\u2028", "\u0130", "ſ", "\U0001f4a7", "\ud7ff"]),
    ),
    max_size=60,
).map("".join)  # fmt: skip


def _times(factor: int) -> settings:
    """A run takes this many times the inputs of the profile, each within 20 seconds."""
    return settings(
        max_examples=settings().max_examples * factor,
        deadline=timedelta(seconds=20),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.slow
@_times(4)
@given(TEXTS)
@example("")
@example("(i)(i)(i)\n(ii)\n")
def test_any_text_is_read_and_described(text: str) -> None:
    document, reading = reader().read(source(text))
    length = len(text)
    for found in (*reading.statements, *reading.indicators, *reading.relations, *reading.unread):
        assert 0 <= found.span.start <= found.span.end <= length
    store = Store()
    written = describe(document, reading, key=document.key, version="0", fingerprint="0")
    store.load(written, format=RdfFormat.N_QUADS)
    assert len(store) > 0


@cache
def _files() -> tuple[bytes, ...]:
    return (
        as_pdf(LINES, head="Wells", notes=["See the annex."]),
        as_docx(LINES),
        as_html(LINES),
        "\n\n".join(LINES).encode(),
        "\n\n".join(LINES).encode("utf-16"),
        as_zip({"a/b.txt": "\n\n".join(LINES).encode(), "c.pdf": as_pdf(LINES[:3])}),
    )


CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.binary(max_size=12), st.sampled_from([b"<", b"&x;", b"\0" * 9, b"]]>", b"99999999999", b"endobj", b"<w:p>", b"</w:body>"]))),
    min_size=1,
    max_size=12,
)  # fmt: skip


def _changed(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for at, length, new in changes:
        start = int(at * len(content))
        content = content[:start] + new + content[start + length :]
    return content


def _inside(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Change a member of an archive and pack it again, so that its checksum holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(name for name in members if name.endswith((".xml", ".rels", ".txt", ".pdf")))
    name = (
        "word/document.xml" if "word/document.xml" in names and changes[0][1] % 3 else names[changes[0][1] % len(names)]
    )
    return as_zip({**members, name: _changed(members[name], changes)})


@pytest.fixture(scope="module")
def sources() -> Iterator[SourceReader]:
    """One reader for all files: its process for PDF is kept."""
    with SourceReader() as opened:
        yield opened


@pytest.mark.slow
@_times(3)
@given(st.integers(0, 5), st.booleans(), CHANGES)
@example(5, False, [(0.5, 1, b"")])
def test_a_damaged_file_is_read_or_refused_in_words(
    sources: SourceReader, which: int, is_inside: bool, changes: list[tuple[float, int, bytes]]
) -> None:
    content = _files()[which]
    content = _inside(content, changes) if is_inside and content[:2] == b"PK" else _changed(content, changes)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a")
        file.write_bytes(content)
        problem, read = "", []
        try:
            read = [sources.read(sources.load(item)) for item in sources.find(file)]
        except SourceError as error:
            problem = error.hint
    assert problem or all(each.text.strip() for each in read)

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from mandategraph.errors import SourceError
from mandategraph.reading import SourceReader, read

TEXT = "1. Urges Côte d’Ivoire to meet;\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "windows-1252", "dos line ends"],
)
def test_encodings(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert read(file).text == TEXT


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"%PDF-1.7 ...", "PDF is damaged"),
        (b"PK\x03\x04....", "archive is damaged"),
        (b"\x89PNG....", "picture"),
        (b"\x1f\x8b....", "compressed"),
        (bytes(range(256)) * 4, "binary"),
        (b"ab\0cd" * 50, "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=problem) as refused:
        read(file)
    assert refused.value.hint


def test_missing_and_unreadable(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="no such file or folder"):
        list(SourceReader().find(tmp_path / "none"))
    with pytest.raises(SourceError, match="holds no documents"):
        list(SourceReader().find(tmp_path))
    with pytest.raises(SourceError, match="cannot be read"):
        read(tmp_path)


def test_a_folder_gives_its_documents_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.pdf", "d.json"):
        (tmp_path / name).write_text("x")
    assert [item.path.name for item in SourceReader().find(tmp_path)] == ["a.md", "b.txt", "c.pdf"]

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from mandategraph.errors import SourceError
from mandategraph.reading import SourceReader, read
from mandategraph.records import SourceText

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


def _read(folder: Path, text: str) -> SourceText:
    file = folder / "a.txt"
    file.write_text(text, encoding="utf-8")
    return read(file)


PAGES = ["S/RES/9999 (2031)\n\nThe wells of the north\n\n{text}", "{text}", "{text}"]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("S/RES/9999 (2031)\n", ""),
        ("S/RES/9999 (2031)\nThe wells of the north\n\n", "\n31-00001 {n}"),
        ("\n  The wells of the north, part {n}\n\n", "\nPage {n} of 3\n"),
        ("", "\n\n{n}"),
    ],
)
def test_heads_and_feet_of_plain_pages_are_omitted(tmp_path: Path, head: str, foot: str) -> None:
    text = "Recalls the {w} wells,\nand the pumps of the {w} village.\nDecides so."
    pages = [
        page.replace("{text}", (head if n > 1 else "") + text + foot)
        .replace("{n}", str(n))
        .replace("{w}", "abc"[n - 1] * 5)
        for n, page in enumerate(PAGES, 1)
    ]
    source = _read(tmp_path, "\f".join(pages))
    cut = [source.text[o.span.start : o.span.end].strip() for o in source.omitted]
    heads = [head.replace("{n}", n).strip() for n in "23" if head.strip()]
    feet = [foot.replace("{n}", n).strip() for n in "123" if foot.strip()]
    assert sorted("\n".join(cut).split("\n")) == sorted("\n".join([*heads, *feet]).split("\n"))
    assert source.text == "\n".join(pages), "nothing is lost"


def test_lines_of_plain_pages_that_recur_within_the_text_are_text(tmp_path: Path) -> None:
    table = "Well Depth Keeper\nNorth 14 {n}a\nSouth 15 {n}b\n\nUrges all to mend the wells;\nDecides so, {n}."
    pages = [table.replace("{n}", str(n)) for n in range(1, 3)]
    assert not _read(tmp_path, "\f".join(pages)).omitted
    assert not _read(tmp_path, "\f".join(["Recalls the wells,\nand the pumps.\n\nDecides so."] * 7)).omitted
    first = "Libya and its wells\n\nNumber Name\n\nText {n} of the annex"
    assert not _read(tmp_path, "\f".join(["S/RES/9999 (2031)\n\nDecides so.", first])).omitted

"""PDF: what cannot be read is said, and what is too much is refused."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from make import as_pdf
from mandategraph.errors import SourceError
from mandategraph.reading import read
from mandategraph.reading.limits import Limits
from mandategraph.records import SourceText
from papers import Drawn, Picture, Put, Rule, form, paper, rows, words_of

TEXT = rows([f"Recalls, at line {n} of the text, the wells and the pumps of the north" for n in range(12)], y=760)


def _source(folder: Path, content: bytes) -> SourceText:
    file = folder / "a.pdf"
    file.write_bytes(content)
    return read(file)


WHOLE = Picture(0, 0, 612, 792)
STAMP = Put(200, 20, "Taken from the library on 3 March 2031", 8)
SIGNED = rows(["Done in the harbour"], y=700)


@pytest.mark.parametrize(
    ("pages", "remarks"),
    [
        ([[WHOLE, STAMP]] * 3, ("pages 1-3 hold pictures and (almost) no text",)),
        ([TEXT, [WHOLE], [], SIGNED, [WHOLE], [WHOLE, STAMP]], ("pages 2 and 5-6 hold pictures and (almost) no text",)),
        ([TEXT, [Picture(90, 300, 400, 400), *SIGNED]], ("page 2 holds pictures and (almost) no text",)),
        ([TEXT, [Rule(n * 5 % 500, n * 7 % 700, 3) for n in range(300)]], ("page 2 holds pictures and (almost) no text",)),
        ([TEXT, SIGNED, []], ()),
        ([[Picture(90, 600, 60, 60), *TEXT]], ()),
    ],
)  # fmt: skip
def test_pages_that_are_pictures_are_named(pages: list[list[Drawn]], remarks: tuple[str, ...]) -> None:
    assert words_of(paper(*pages)).remarks == remarks


def test_words_of_forms_and_annotations_are_read_or_said() -> None:
    found = words_of(form(value="Typed by hand", note="Written on top", is_drawn=True))
    assert "Typed by hand" in found.text
    assert "Written on top" in found.text
    assert not found.remarks
    found = words_of(form(value="Typed by hand", note="Written on top", is_drawn=False))
    assert found.remarks == ("words in annotations or form fields of page 1 are not read",)


def test_characters_without_letters_are_said(tmp_path: Path) -> None:
    source = _source(tmp_path, form(value="", note="", is_drawn=False, codes=b"\x01\x02\x03"))
    assert source.text.count("\ufffd") == 3
    assert source.remarks == ("some characters of page 1 have no letters",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"%PDF-1.7\nno more", "damaged"),
        (as_pdf([]) or b"", "damaged|pictures"),
        (as_pdf([" "]), "pictures of pages"),
        (paper([WHOLE], [WHOLE]), "pictures of pages"),
    ],
)
def test_a_pdf_without_text_is_refused_with_advice(tmp_path: Path, content: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as refused:
        _source(tmp_path, content)
    assert refused.value.hint


@pytest.mark.slow
def test_a_page_takes_no_more_than_its_length_allows() -> None:
    """Words that are joined piece by piece, on one base line and on many."""

    def seconds(count: int) -> float:
        pieces = [Put(5 * n, 400 + n % 2 / 100, "wells done", 1) for n in range(count)]
        spread = [Put(n % 600, 800 - n // 600 * 10, f"{n % 7}", 4) for n in range(count)]
        content = paper([*pieces, *spread])
        begun = perf_counter()
        words_of(content)
        return perf_counter() - begun

    seconds(10)
    assert seconds(16_000) < 9 * seconds(4_000)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf(["Decides to mend the wells;"] * 240))
    with pytest.raises(SourceError, match="pages"):
        read(tmp_path / "a.pdf", Limits(pages=1))
    with pytest.raises(SourceError, match="characters"):
        read(tmp_path / "a.pdf", Limits(characters=1000))

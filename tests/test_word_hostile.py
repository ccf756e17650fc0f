"""Word documents that are damaged, made to fell their reader, or pictures: refused or bounded, in time that grows with the file."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from make import as_docx
from mandategraph.building.writing import BUILT, REFUSED, build
from mandategraph.errors import SourceError
from mandategraph.keeping.store import GraphStore
from mandategraph.reading import read
from mandategraph.reading.limits import Limits
from word_files import abstract, box, call, levels, note, num, p, shown, table, word, words_of

LINES = ["Resolution 9991 (2031)", "The Security Council,", "Recalling its work,", "1. Decides to meet."]


@pytest.mark.parametrize(
    ("made", "level", "line"),
    [
        (levels((("lowerLetter", "(%1)"),), start="2147483647"), 0, "(2147483647) one"),
        (levels((("lowerRoman", "(%1)"),), start="2147483647"), 0, "(2147483647) one"),
        (levels((("lowerRoman", "(%1)"),), start="a long way"), 0, "(i) one"),
        (levels((("decimal", "%1." * 100_000),)), 0, None),
        (levels(), 1_000_000_000, "one"),
        (levels(), "x", "one"),
        ("".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>' for n in (-1, 9, 10**9)), 0, "one"),
        ('<w:numStyleLink w:val="Loop"/><w:styleLink w:val="Loop"/>', 0, "one"),
    ],
)  # fmt: skip
def test_lists_that_no_person_makes_are_bounded(made: str, level: int | str, line: str | None) -> None:
    lines = shown(word(p("one", level), numbering=abstract(made)))
    assert len(lines) == 1
    assert lines == [line] if line else len(lines[0]) < 1_000


def test_a_damaged_word_document_is_refused(tmp_path: Path) -> None:
    whole = as_docx(LINES)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        broken = io.BytesIO()
        with zipfile.ZipFile(broken, "w") as to:
            for name in archive.namelist():
                to.writestr(name, b"<w:document" if name == "word/document.xml" else archive.read(name))
    file = tmp_path / "a.docx"
    for content in (whole[: len(whole) // 2], broken.getvalue()):
        file.write_bytes(content)
        with pytest.raises(SourceError, match="damaged"):
            read(file)


def _nested(depth: int) -> str:
    inner = p("deep")
    for n in range(depth):
        inner = table((inner + p(f"level{n}x"), f"side{n}x"))
    return inner


def test_tables_in_tables_are_read_once() -> None:
    found = words_of(word(_nested(30))).text.split()
    assert sorted(w for w in found if w[-1] == "x") == sorted(f"{w}{n}x" for w in ("level", "side") for n in range(30))
    with pytest.raises(SourceError, match="nested too deep"):
        words_of(word(_nested(70)))


def test_a_note_that_is_called_often_is_written_once() -> None:
    content = word(p("x", more=call(2) * 2_000), notes=note(2, p("See the annex. " * 500)))
    text = words_of(content).text
    assert text.count("See the annex.") == 500
    assert text.count("[footnoteRef:1]") == 2_000


def test_a_text_beyond_its_limit_is_refused_while_it_is_written() -> None:
    with pytest.raises(SourceError, match="more than 1,000 characters"):
        words_of(word(*[p("Wells and roads", 0)] * 200), Limits(characters=1_000))


def test_one_that_fells_its_reader_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word(_nested(70)))
    (tmp_path / "b.docx").write_bytes(as_docx(LINES))
    with GraphStore.in_memory() as store:
        assert [r.outcome for r in build([tmp_path], store)] == [REFUSED, BUILT]


LINK = '<w:numStyleLink w:val="Wells"/>'
FIELDS = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>x</w:t></w:r>'
SHAPES: dict[str, Callable[[int], bytes]] = {
    "lists of a style that is not there": lambda n: word(
        *(p("x", 0, list_=1000 + k) for k in range(n)),
        numbering="".join(abstract(LINK, 1000 + k) + num(1000 + k, 1000 + k) for k in range(n)),
    ),
    "lists of one that has many levels": lambda n: word(
        *(p("x", 0, list_=1000 + k) for k in range(n)),
        numbering=abstract(levels() * n) + "".join(num(1000 + k, 90) for k in range(n)),
    ),
    "fields without an end": lambda n: word(f"<w:p>{FIELDS * n}</w:p>"),
    "calls of one note": lambda n: word(p("x", more=call(2) * n), notes=note(2, p("x " * n))),
    "text boxes beside one another": lambda n: word(p("x", more=f"<w:r>{box(p('y'))}</w:r>" * n)),
    "rows of one table": lambda n: word(table(*[("x", "y")] * n)),
    "tables in one cell": lambda n: word(table((table(("x", "y")) * n,))),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_document(shape: str) -> None:
    """Four times the document takes no more than nine times as long, in one of three tries: what else a process holds is collected at times."""

    def seconds(n: int) -> float:
        content = SHAPES[shape](n)
        start = time.process_time()
        words_of(content)
        return time.process_time() - start

    seconds(100)
    assert any(seconds(4_000) < 9 * max(seconds(1_000), 0.05) for _ in range(3))


# --- pictures ---------------------------------------------------------------------------------------------------------

PICTURE = '<w:r><w:drawing><pic:pic><pic:spPr><a:xfrm><a:ext cx="{}" cy="{}"/></a:xfrm></pic:spPr></pic:pic></w:drawing></w:r>'
LOGO, PAGE = PICTURE.format(720_000, 720_000), PICTURE.format(5_760_000, 8_280_000)
TEXT = "Wells and roads. " * 60


@pytest.mark.parametrize(
    ("blocks", "remarks"),
    [
        ([p("Wells", more=LOGO)], ("it holds a picture, which is not read, and hardly any text",)),
        ([p("Wells", more=LOGO * 3)], ("it holds 3 pictures, which are not read, and hardly any text",)),
        ([p(TEXT, more=LOGO)], ()),
        ([p(TEXT, more=PAGE * 2)], ("it holds 2 pictures, which are not read, as large as a page",)),
        ([p("Wells", more=f'<w:del w:id="1" w:author="a">{PAGE}</w:del>')], ()),
        ([p("Wells", more=PICTURE.format("x", "-1"))], ("it holds a picture, which is not read, and hardly any text",)),
    ],
)  # fmt: skip
def test_pictures_in_place_of_text_are_said(blocks: list[str], remarks: tuple[str, ...]) -> None:
    assert words_of(word(*blocks)).remarks == remarks


def test_pictures_alone_are_refused_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word(f"<w:p>{PAGE}</w:p>"))
    with pytest.raises(SourceError, match="pictures and no text") as refused:
        read(file)
    assert "OCR" in refused.value.hint

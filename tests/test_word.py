"""Word documents: what Word shows is read in its order, what it does not show is omitted with the reason, and none fells the reader."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from make import as_docx
from mandategraph.building import BUILT, REFUSED, build
from mandategraph.cleaning import clean
from mandategraph.errors import SourceError
from mandategraph.reading import read
from mandategraph.reading.docx import read_docx
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words
from mandategraph.store import GraphStore
from wordings import W, random_docx

LINES = ["Resolution 9991 (2031)", "The Security Council,", "Recalling its work,", "1. Decides to meet."]
LEVELS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))


def _levels(levels: tuple[tuple[str, str], ...] = LEVELS, start: str = "1", more: str = "") -> str:
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )


def _word(*paragraphs: str, notes: str = "", levels: str = "", numbering: str = "", styles: str = "") -> bytes:
    """A Word document with lists that Word counts, written by hand: what python-docx does not write."""
    document = docx.Document()
    part = document.part.numbering_part.element
    abstract = f'<w:abstractNum w:abstractNumId="90">{levels or _levels()}</w:abstractNum>'
    added = parse_xml(
        f'<w:x {W}>{numbering or abstract}<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num></w:x>'
    )
    for each in list(added):
        part.insert(0, each) if each.tag.endswith("abstractNum") else part.append(each)
    for each in list(parse_xml(f"<w:x {W}>{styles}</w:x>")):
        document.styles.element.append(each)
    body = document.element.body
    for paragraph in paragraphs:
        body.insert(len(body) - 1, parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {W}", paragraph, count=1)))
    written = io.BytesIO()
    document.save(written)
    if not notes:
        return written.getvalue()
    again = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                relation = f'<Relationship Id="rId77" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                content = content.replace("</Relationships>", relation)
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
        new.writestr("word/footnotes.xml", f"<w:footnotes {W}>{notes}</w:footnotes>")
    return again.getvalue()


def _p(words: str, level: int | str | None = None, more: str = "", style: str = "") -> str:
    list_ = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>' if level is not None else ""
    of = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{of}{list_}</w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r>{more}</w:p>'


def _words(content: bytes, limits: Limits | None = None) -> Words:
    return read_docx(content, "a.docx", limits or Limits())


def _shown(content: bytes) -> list[str]:
    """Return the lines that are read."""
    words = _words(content)
    kept = list(words.text)
    for omission in words.omitted:
        kept[omission.span.start : omission.span.end] = [""] * (omission.span.end - omission.span.start)
    return [" ".join(line.split()) for line in "".join(kept).split("\n") if line.strip()]


def _omitted(content: bytes) -> dict[str, str]:
    words = _words(content)
    return {
        words.text[o.span.start : o.span.end].strip(): o.reason
        for o in words.omitted
        if words.text[o.span.start : o.span.end].strip()
    }


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_that_word_counts_are_written_out() -> None:
    content = _word(
        _p("The Security Council,"), _p("Decides to extend the mandate;", 0), _p("Requests the Registrar:", 0),
        _p("to count the wells;", 1), _p("to mend them, among them:", 1), _p("those of the north;", 2), _p("Reporting"),
        _p("Decides to remain seized of the matter.", 0), _p("of a new list", 1),
    )  # fmt: skip
    assert _shown(content) == [
        "The Security Council,",
        "1. Decides to extend the mandate;",
        "2. Requests the Registrar:",
        "(a) to count the wells;",
        "(b) to mend them, among them:",
        "(i) those of the north;",
        "Reporting",
        "3. Decides to remain seized of the matter.",
        "(a) of a new list",
    ]


def test_a_list_of_a_numbering_style_is_counted() -> None:
    by_style = f'<w:abstractNum w:abstractNumId="70">{_levels()}<w:styleLink w:val="Wells"/></w:abstractNum>'
    linked = '<w:abstractNum w:abstractNumId="90"><w:numStyleLink w:val="Wells"/></w:abstractNum>'
    assert _shown(_word(_p("one", 0), _p("of it", 1), _p("two", 0), numbering=by_style + linked)) == [
        "1. one",
        "(a) of it",
        "2. two",
    ]
    of_list = '<w:num w:numId="71"><w:abstractNumId w:val="70"/></w:num>'
    style = '<w:style w:type="numbering" w:styleId="Wells"><w:name w:val="Wells"/><w:pPr><w:numPr><w:numId w:val="71"/></w:numPr></w:pPr></w:style>'
    bare = by_style.replace('<w:styleLink w:val="Wells"/>', "")
    assert _shown(_word(_p("one", 0), numbering=bare + linked + of_list, styles=style)) == ["1. one"]


def test_legal_numbers_and_overridden_levels() -> None:
    legal = _levels((("upperRoman", "%1."), ("decimal", "%1.%2")), more="<w:isLgl/>")
    assert _shown(_word(_p("one", 0), _p("of it", 1), levels=legal)) == ["1. one", "1.1 of it"]
    changed = (
        f'<w:abstractNum w:abstractNumId="90">{_levels()}</w:abstractNum><w:num w:numId="92"><w:abstractNumId w:val="90"/>'
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>'
    )
    assert _shown(_word(_p("one", 0).replace('"91"', '"92"'), numbering=changed)) == ["A) one"]


@pytest.mark.parametrize(
    ("levels", "level", "shown"),
    [
        (_levels((("lowerLetter", "(%1)"),), start="2147483647"), 0, "(2147483647) one"),
        (_levels((("lowerRoman", "(%1)"),), start="2147483647"), 0, "(2147483647) one"),
        (_levels((("lowerRoman", "(%1)"),), start="a long way"), 0, "(i) one"),
        (_levels((("decimal", "%1." * 100_000),)), 0, None),
        (_levels(), 1_000_000_000, "one"),
        (_levels(), "x", "one"),
        ("".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>' for n in (-1, 9, 10**9)), 0, "one"),
    ],
)  # fmt: skip
def test_lists_that_no_person_makes_are_bounded(levels: str, level: int | str, shown: str | None) -> None:
    lines = _shown(_word(_p("one", level), levels=levels))
    assert len(lines) == 1
    assert lines == [shown] if shown else len(lines[0]) < 1_000


# --- what Word does not show --------------------------------------------------------------------------------------------


def test_tracked_changes_are_resolved_and_notes_and_tables_are_kept(tmp_path: Path) -> None:
    changed = (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>May 2031</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>June 2032</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    rows = (f"<w:tr><w:tc>{_p(a)}</w:tc><w:tc>{_p(b)}</w:tc></w:tr>" for a, b in (("Wells", "14"), ("Pumps", "3")))
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>See the annex.</w:t></w:r></w:p></w:footnote>'
    file = tmp_path / "a.bin"
    file.write_bytes(_word(_p("Extends it until ", None, changed), f"<w:tbl>{''.join(rows)}</w:tbl>", notes=note))
    source = read(file)
    assert clean(source).text.splitlines() == ["Extends it until June 2032", "Wells | 14", "Pumps | 3"]
    assert [(n.mark, n.text) for n in clean(source).footnotes] == [("1", "See the annex.")]
    assert ("May 2031", "deleted") in {(cut.text, cut.reason) for cut in clean(source).cuts}
    assert source.place(source.text.index("Pumps")) == "paragraph 3"


def test_hidden_and_struck_out_words_are_omitted_also_by_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Heir"><w:name w:val="Heir"/><w:basedOn w:val="Gone"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
    )
    heir = '<w:r><w:rPr><w:rStyle w:val="Heir"/></w:rPr><w:t>unseen </w:t></w:r>'
    back = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>back</w:t></w:r>'
    content = _word(
        _p("Urges ", None, heir), _p("old ", None, back, style="Old"), _p("same", style="Loop"), styles=styles
    )
    assert _shown(content) == ["Urges", "back", "same"]
    assert _omitted(content) == {"unseen": "hidden", "old": "struck out"}


def test_a_deleted_row_and_a_deleted_paragraph_mark() -> None:
    row = f'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr><w:tc>{_p("gone")}</w:tc></w:tr>'
    mark = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>'
    content = _word(f"<w:tbl>{row}<w:tr><w:tc>{_p('here')}</w:tc></w:tr></w:tbl>", mark, _p("and two"))
    assert _shown(content) == ["here", "one and two"]
    assert _omitted(content) == {"gone": "deleted"}


def test_the_header_of_the_first_page_comes_first_and_all_others_are_omitted() -> None:
    document = docx.Document()
    document.add_section()
    first, second = document.sections
    first.different_first_page_header_footer = True
    first.first_page_header.paragraphs[0].text = "United Nations\tA/99/77"
    cell = first.first_page_header.add_table(1, 2, docx.shared.Cm(10)).rows[0].cells
    cell[0].text, cell[1].text = "General Assembly", "Distr.: General"
    first.header.paragraphs[0].text = "A/99/77"
    first.footer.paragraphs[0].text = "44-12345"
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "A/99/77 annex"
    document.add_paragraph("Wells of the north")
    written = io.BytesIO()
    document.save(written)
    assert _shown(written.getvalue())[:4] == [
        "United Nations A/99/77",
        "General Assembly",
        "Distr.: General",
        "Wells of the north",
    ]
    omitted = _omitted(written.getvalue())
    assert {omitted[words] for words in ("A/99/77", "A/99/77 annex")} == {"running head"}
    assert omitted["44-12345"] == "running foot"
    words = _words(written.getvalue())
    assert words.places[0].start > words.text.index("Distr."), "the header has no paragraph number"


def test_pictures_in_place_of_text_are_said() -> None:
    namespace = 'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    picture = f"<w:r><w:drawing><pic:pic {namespace}/></w:drawing></w:r>"
    assert _words(_word(_p("x", None, picture))).remarks == (
        "it holds a picture, which is not read, and hardly any text",
    )
    assert _words(_word(_p("Wells and roads. " * 30, None, picture))).remarks == ()


# --- hostile ----------------------------------------------------------------------------------------------------------


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
    inner = _p("deep")
    for n in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}{_p(f'level{n}x')}</w:tc><w:tc>{_p(f'side{n}x')}</w:tc></w:tr></w:tbl>"
    return inner


def test_tables_in_tables_are_read_once() -> None:
    words = _words(_word(_nested(30))).text.split()
    assert sorted(w for w in words if w[-1] == "x") == sorted(
        [f"level{n}x" for n in range(30)] + [f"side{n}x" for n in range(30)]
    )
    with pytest.raises(SourceError, match="nested too deep"):
        _words(_word(_nested(70)))


def test_a_note_that_is_called_often_is_written_once() -> None:
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{"See the annex. " * 500}</w:t></w:r></w:p></w:footnote>'
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    text = _words(_word(_p("x", None, call * 2_000), notes=note)).text
    assert text.count("See the annex.") == 500
    assert text.count("[footnoteRef:1]") == 2_000


def test_a_text_beyond_its_limit_is_refused_while_it_is_written() -> None:
    with pytest.raises(SourceError, match="more than 1,000 characters"):
        _words(_word(*[_p("Wells and roads", 0)] * 200), Limits(characters=1_000))


def test_one_that_fells_its_reader_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(_word(_nested(70)))
    (tmp_path / "b.docx").write_bytes(as_docx(LINES))
    with GraphStore.in_memory() as store:
        assert [r.outcome for r in build([tmp_path], store)] == [REFUSED, BUILT]


# --- the law ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_every_word_is_read_or_omitted_with_its_reason(start: int) -> None:
    for seed in range(start, start + 50):
        content, wording = random_docx(seed)
        words = _words(content)
        found = re.findall(r"wo[a-z]+", words.text)
        assert sorted(found) == sorted([*wording.read, *wording.omitted]), seed
        omitted = {
            word: o.reason
            for o in words.omitted
            for word in re.findall(r"wo[a-z]+", words.text[o.span.start : o.span.end])
        }
        assert omitted == wording.omitted, seed

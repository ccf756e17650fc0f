"""Word documents: what Word shows is read in its order, what it does not show is omitted with the reason.

200 random files a run; `pytest tests/test_word.py --hypothesis-profile=long` tries 20,000.
"""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mandategraph.reading import read
from mandategraph.reading.cleaning import clean
from word_files import (
    NAMES,
    abstract,
    add_part,
    box,
    call,
    deleted,
    levels,
    note,
    num,
    omitted,
    p,
    run,
    saved,
    shown,
    table,
    word,
    words_of,
)
from wordings import random_docx

# --- numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_that_word_counts_are_written_out() -> None:
    content = word(
        p("The Security Council,"), p("Decides to extend the mandate;", 0), p("Requests the Registrar:", 0),
        p("to count the wells;", 1), p("to mend them, among them:", 1), p("those of the north;", 2), p("Reporting"),
        p("Decides to remain seized of the matter.", 0), p("of a new list", 1),
    )  # fmt: skip
    assert shown(content) == [
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
    by_style = abstract(f'{levels()}<w:styleLink w:val="Wells"/>', 70)
    linked = abstract('<w:numStyleLink w:val="Wells"/>')
    assert shown(word(p("one", 0), p("of it", 1), p("two", 0), numbering=by_style + linked)) == [
        "1. one",
        "(a) of it",
        "2. two",
    ]
    style = '<w:style w:type="numbering" w:styleId="Wells"><w:name w:val="Wells"/><w:pPr><w:numPr><w:numId w:val="71"/></w:numPr></w:pPr></w:style>'
    by_list = abstract(levels(), 70) + linked + num(71, 70)
    assert shown(word(p("one", 0), numbering=by_list, styles=style)) == ["1. one"]
    assert shown(word(p("one", 0), numbering=linked)) == ["one"], "a style that is not there"


def test_a_list_says_which_style_has_which_level() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="L{n}"><w:name w:val="L{n}"/><w:pPr><w:numPr><w:numId w:val="91"/></w:numPr></w:pPr></w:style>'
        for n in (0, 1)
    )
    heir = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="H"/><w:basedOn w:val="L1"/></w:style>'
    counted = abstract(levels(more='<w:pStyle w:val="L{}"/>'))
    content = word(
        p("one", style="L0"), p("of it", style="L1"), p("more", style="H"), numbering=counted, styles=styles + heir
    )
    assert shown(content) == ["1. one", "(a) of it", "(b) more"]


def test_legal_numbers_and_overridden_levels() -> None:
    legal = levels((("upperRoman", "%1."), ("decimal", "%1.%2")), more="<w:isLgl/>")
    assert shown(word(p("one", 0), p("of it", 1), numbering=abstract(legal))) == ["1. one", "1.1 of it"]
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    changed = num(92, 90).replace("</w:num>", f'<w:lvlOverride w:ilvl="0">{level}</w:lvlOverride></w:num>')
    assert shown(word(p("one", 0, list_=92), numbering=abstract(levels()) + changed)) == ["A) one"]


@pytest.mark.parametrize(("restart", "second"), [("", "1."), ('<w:lvlRestart w:val="0"/>', "2.")])
def test_paragraphs_count_on_below_headings_where_the_list_says_so(restart: str, second: str) -> None:
    counted = abstract(levels((("upperRoman", "%1."), ("decimal", "%2.")), more=restart))
    content = word(p("Wells", 0), p("one", 1), p("Roads", 0), p("two", 1), numbering=counted)
    assert shown(content) == ["I. Wells", "1. one", "II. Roads", f"{second} two"]


# --- what Word does not show --------------------------------------------------------------------------------------------


def test_tracked_changes_are_resolved_and_notes_and_tables_are_kept(tmp_path: Path) -> None:
    inserted = f'<w:ins w:id="2" w:author="a">{run("June 2032")}</w:ins>'
    changed = deleted(run("May 2031", tag="w:delText")) + inserted + call(2)
    file = tmp_path / "a.bin"
    file.write_bytes(
        word(
            p("Extends it until ", more=changed),
            table(("Wells", "14"), ("Pumps", "3")),
            notes=note(2, p("See the annex.")),
        )
    )
    source = read(file)
    assert clean(source).text.splitlines() == ["Extends it until June 2032", "Wells | 14", "Pumps | 3"]
    assert [(n.mark, n.text) for n in clean(source).footnotes] == [("1", "See the annex.")]
    assert ("May 2031", "deleted") in {(cut.text, cut.reason) for cut in clean(source).cuts}
    assert source.place(source.text.index("Pumps")) == "paragraph 3"


STYLES = "".join(
    f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{inside}</w:style>'
    for kind, name, inside in (
        ("character", "Gone", "<w:rPr><w:vanish/></w:rPr>"),
        ("character", "Heir", '<w:basedOn w:val="Gone"/>'),
        ("character", "Back", '<w:basedOn w:val="Gone"/><w:rPr><w:vanish w:val="0"/></w:rPr>'),
        ("paragraph", "Old", "<w:rPr><w:strike/></w:rPr>"),
        ("paragraph", "Unseen", "<w:rPr><w:vanish/></w:rPr>"),
        ("paragraph", "Loop", '<w:basedOn w:val="Loop"/>'),
    )
)


@pytest.mark.parametrize(
    ("style", "properties", "reason"),
    [
        ("", "<w:vanish/>", "hidden"),
        ("", '<w:vanish w:val="true"/>', "hidden"),
        ("", '<w:vanish w:val="0"/>', ""),
        ("", "<w:strike/>", "struck out"),
        ("", '<w:strike w:val="false"/>', ""),
        ("", "<w:dstrike/>", "struck out"),
        ("", "<w:webHidden/>", ""),
        ("", '<w:rStyle w:val="Heir"/>', "hidden"),
        ("", '<w:rStyle w:val="Heir"/><w:vanish w:val="off"/>', ""),
        ("", '<w:rStyle w:val="Back"/>', ""),
        ("Old", "", "struck out"),
        ("Old", '<w:strike w:val="0"/>', ""),
        ("Old", '<w:vanish w:val="0"/>', "struck out"),
        ("Unseen", "", "hidden"),
        ("Unseen", '<w:strike w:val="0"/>', "hidden"),
        ("Unseen", '<w:rStyle w:val="Heir"/>', ""),
        ("Loop", "", ""),
        ("Nowhere", "", ""),
    ],
)
def test_hidden_and_struck_out_words_are_omitted_also_by_style(style: str, properties: str, reason: str) -> None:
    content = word(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("wells", properties)}</w:p>', styles=STYLES)
    assert (shown(content), omitted(content)) == (([], {"wells": reason}) if reason else (["wells"], {}))


def test_the_usual_style_and_the_defaults_of_a_document_hold_where_none_is_named() -> None:
    for path in ("w:style[@w:default='1'][@w:type='paragraph']", "w:docDefaults/w:rPrDefault"):
        document = docx.Document()
        for old in document.styles.element.xpath(f"{path}/w:rPr"):
            old.getparent().remove(old)
        (element,) = document.styles.element.xpath(path)
        element.append(parse_xml(f"<w:rPr {NAMES}><w:strike/></w:rPr>"))
        document.add_paragraph("wells")
        assert omitted(saved(document)) == {"wells": "struck out"}, path


GONE_MARK = "<w:p><w:pPr><w:rPr>{}</w:rPr></w:pPr>{}</w:p>"


def test_a_deleted_row_cell_and_paragraph_mark() -> None:
    content = word(
        table(("gone", "too"), row=f"<w:trPr>{deleted('')}</w:trPr>"),
        table(("a cell",), cell='<w:tcPr><w:cellDel w:id="1" w:author="a"/></w:tcPr>'),
        table(("here", "and there")),
        GONE_MARK.format(deleted(""), run("one")),
        GONE_MARK.format(deleted(""), deleted(run("not", tag="w:delText"))),
        p("and two"),
        p("three"),
    )
    assert shown(content) == ["here | and there", "one and two", "three"]
    assert omitted(content) == {"gone too": "deleted", "a cell": "deleted", "not": "deleted"}


def test_a_paragraph_of_which_the_mark_is_hidden_goes_on_in_the_next_and_is_not_counted_alone() -> None:
    heading = GONE_MARK.format("<w:vanish/><w:specVanish/>", run("Wells."))
    hidden = (
        p("unseen", 0)
        .replace("</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>")
        .replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    )
    assert shown(word(heading, p("They are mended."), hidden, p("one", 0))) == ["Wells. They are mended.", "1. one"]


def test_what_stands_in_what_is_omitted_is_omitted() -> None:
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr>{box(p('boxed'))}</w:r>"
    gone = deleted(f"<w:r>{box(p('too'))}</w:r>") + deleted(call(2))
    content = word(p("wells", more=hidden + gone), notes=note(2, p("noted")))
    assert shown(content) == ["wells"]
    assert omitted(content) == {"boxed": "hidden", "too": "deleted", "noted": "deleted"}


# --- carriers of words ----------------------------------------------------------------------------------------------------

BOXED = box(p("boxed"))
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))


@pytest.mark.parametrize(
    ("block", "lines", "left"),
    [
        (p("a", more=f"<w:r>{BOXED}</w:r>"), ["a", "boxed"], {}),
        (p("a", more=f"<w:r><mc:AlternateContent><mc:Choice>{BOXED}</mc:Choice><mc:Fallback>{BOXED}</mc:Fallback></mc:AlternateContent></w:r>"), ["a", "boxed"], {}),
        (p("a", more=f"<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>{BOXED}</mc:Fallback></mc:AlternateContent></w:r>"), ["a", "boxed"], {}),
        (f"<w:sdt><mc:AlternateContent><mc:Choice>{p('a')}</mc:Choice><mc:Fallback>{p('b')}</mc:Fallback></mc:AlternateContent></w:sdt>", ["a"], {}),
        (f"<w:customXml><w:sdt><w:sdtContent>{p('a')}</w:sdtContent></w:sdt></w:customXml>", ["a"], {}),
        (f'<w:ins w:id="1" w:author="a">{run("a")}</w:ins>', ["a"], {}),
        (deleted(run("a", tag="w:delText")), [], {"a": "deleted"}),
        ("<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>", ["1/2"], {}),
        (p("a", more=f"<w:bdo>{run('b')}</w:bdo><w:smartTag>{run('c')}</w:smartTag>"), ["abc"], {}),
        (p("a", more="<w:r><w:ptab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t></w:r>"), ["a b-cd"], {}),
        (p("a", more="<w:r><w:br/><w:t>b</w:t><w:br w:type='page'/><w:t>c</w:t></w:r>"), ["a", "b c"], {}),
        (p("a", more="<w:r><w:sym w:font='Symbol' w:char='00B1'/></w:r>"), ["a\xb1"], {}),
        (p("a", more=f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('b')}</w:rt><w:rubyBase>{run('c')}</w:rubyBase></w:ruby></w:r>"), ["ac"], {"b": "pronunciation"}),
        (p("a", more=BEGIN + BEGIN + SEPARATE + run("b") + END + SEPARATE + run("c") + END + run("d")), ["acd"], {"b": "field code"}),
        (p("a", more=BEGIN + run("PAGE", tag="w:instrText") + END + run("b")), ["ab"], {}),
        (p("a", more="<w:r><w:pict><v:shape><v:textpath string='DRAFT'/></v:shape></w:pict></w:r>"), ["aDRAFT"], {}),
        (table(("a", table(("b", "c")) + p("d")), ("", "e"), ("f", "")), ["a | b | c d", "| e", "f"], {}),
        (table((p("a", more="<w:r><w:br/><w:t>b</w:t></w:r>") + p("c"), "d")), ["a b c | d"], {}),
        (f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{p('a')}</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>", ["a"], {}),
    ],
)  # fmt: skip
def test_every_carrier_of_words_is_read_once(block: str, lines: list[str], left: dict[str, str]) -> None:
    content = word(block)
    assert (shown(content), omitted(content)) == (lines, left)


def test_notes_are_one_line_with_their_tables_and_boxes() -> None:
    held = p("see [1]", more=f"<w:r>{box(p('boxed'))}</w:r>{call(3)}") + table(("a", "b")) + p("end")
    content = word(p("wells", more=call(2)), notes=note(2, held) + note(3, p("uncalled")))
    assert shown(content) == ["wells[footnoteRef:1]", "[1: see (1) boxed a | b end ]"]
    assert omitted(content) == {"uncalled": "note that nothing calls"}


def test_diagrams_are_read_and_charts_omitted() -> None:
    document = docx.Document()
    inside = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    diagram = f"<dgm:dataModel {NAMES}>{inside.format('north')}{inside.format('south')}</dgm:dataModel>"
    chart = f"<c:chartSpace {NAMES}><c:tx><a:p><a:r><a:t>Wells</a:t></a:r></a:p></c:tx><c:v>14</c:v></c:chartSpace>"
    ids = [add_part(document, f"x/{name}", name, xml) for name, xml in (("diagram", diagram), ("chart", chart))]
    drawn = f'<w:r><w:drawing><dgm:relIds r:dm="{ids[0]}"/><c:chart r:id="{ids[1]}"/></w:drawing></w:r>'
    for _ in range(2):
        document.element.body.insert(0, parse_xml(p("above", more=drawn).replace("<w:p>", f"<w:p {NAMES}>", 1)))
    assert shown(saved(document)) == ["above", "north", "south", "above"]
    assert set(omitted(saved(document)).values()) == {"chart"}
    assert "Wells" in words_of(saved(document)).text


@pytest.mark.parametrize(
    ("block", "remark"),
    [
        ("<w:altChunk/>", "it embeds another document, which is not read"),
        ("<w:subDoc/>", "it embeds another document, which is not read"),
        (
            "<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>",
            "it embeds an object of another program, which is not read",
        ),
    ],
)
def test_what_is_embedded_is_said(block: str, remark: str) -> None:
    assert words_of(word(p("wells"), block)).remarks == (remark,)
    assert words_of(word(p("wells"))).remarks == ()


# --- headers and footers ------------------------------------------------------------------------------------------------


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
    content = saved(document)
    assert shown(content) == ["United Nations A/99/77", "General Assembly", "Distr.: General", "Wells of the north"]
    left = omitted(content)
    assert {left[words] for words in ("A/99/77", "A/99/77 annex")} == {"running head"}
    assert left["44-12345"] == "running foot"
    words = words_of(content)
    assert words.places[0].start > words.text.index("Distr."), "the header has no paragraph number"


@pytest.mark.parametrize("is_first", [True, False])
def test_the_header_of_all_pages_is_that_of_the_first_where_it_has_none_of_its_own(is_first: bool) -> None:
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = is_first
    document.sections[0].header.paragraphs[0].text = "A/99/77"
    document.add_paragraph("Wells of the north")
    assert shown(saved(document)) == (["Wells of the north"] if is_first else ["A/99/77", "Wells of the north"])
    assert omitted(saved(document)) == ({"A/99/77": "running head"} if is_first else {})


# --- the law ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_every_word_is_read_or_omitted_with_its_reason(seed: int) -> None:
    content, wording = random_docx(seed)
    words = words_of(content)
    assert sorted(re.findall(r"wo[a-z]+", words.text)) == sorted([*wording.read, *wording.omitted])
    found = {
        each: o.reason for o in words.omitted for each in re.findall(r"wo[a-z]+", words.text[o.span.start : o.span.end])
    }
    assert found == wording.omitted

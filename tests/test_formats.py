"""The same text in every format, and what each format has of its own."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from make import as_docx, as_html, as_pdf, as_zip, reader, tables
from mandategraph.building import build
from mandategraph.cleaning import clean
from mandategraph.cli import main
from mandategraph.errors import SourceError
from mandategraph.reading import read
from mandategraph.records import SourceText
from mandategraph.store import GraphStore

FORMATS = {"txt": lambda lines: "\n\n".join(lines).encode(), "docx": as_docx, "html": as_html, "pdf": as_pdf}
MEDIA = {"pdf": "application/pdf", "html": "text/html", "txt": "text/plain"}


def _file(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def _statements(source: SourceText) -> Counter[tuple[object, ...]]:
    _, reading = reader().read(source)
    return Counter(
        (s.paragraph, s.verb, s.act, tuple(p.actor for p in s.addressees), s.actions, s.deadline and s.deadline.value)
        for s in reading.statements
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["A_HRC_RES_46_28", "S_2020_600", "S_AC.51_2020_11", "IEG_WPS_Mali_2023-03-28_summary",
     "IEG_WPS_Mali_2023-03-28_update"],
)  # fmt: skip
def test_the_same_statements_from_every_format(tmp_path: Path, samples: Path, name: str) -> None:
    plain = read(next(samples.glob(f"{name}.*")))
    lines = [line for line in clean(plain, words=tables().words).text.split("\n") if line.strip()]
    wanted: Counter[tuple[object, ...]] | None = None
    for format_, make in FORMATS.items():
        source = read(_file(tmp_path, f"{name}.{format_}", make(lines)))
        assert source.media_type == MEDIA.get(format_, source.media_type)
        found = _statements(source)
        wanted = wanted or found
        same = 2 * (found & wanted).total() / (found.total() + wanted.total())
        assert same >= 0.98, (format_, same, sorted(map(str, wanted - found)), sorted(map(str, found - wanted)))


LINES = [
    "Resolution 9991 (2031)",
    "The Security Council,",
    "Recalling its resolution 9990 (2030),",
    "1. Decides to extend the mandate of the Wells Mission until 30 June 2032;",
    "2. Requests the Secretary-General to report to the Security Council every three months on the implementation of this resolution;",
    "3. Decides to remain seized of the matter.",
]


# --- Word -------------------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))


def _word(*paragraphs: str, notes: str = "") -> bytes:
    """A Word document with lists that Word counts, written by hand: what python-docx does not write."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    from docx.oxml import parse_xml

    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(LEVELS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    body = document.element.body
    for paragraph in paragraphs:
        body.insert(
            len(body) - 1, parse_xml(paragraph.replace("<w:p>", f"<w:p {W}>", 1).replace("<w:tbl>", f"<w:tbl {W}>", 1))
        )
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
                content = content.replace(
                    "</Relationships>",
                    f'<Relationship Id="rId77" Type="{kind}" Target="footnotes.xml"/></Relationships>',
                )
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
        new.writestr("word/footnotes.xml", f"<w:footnotes {W}>{notes}</w:footnotes>")
    return again.getvalue()


def _p(words: str, level: int | None = None, more: str = "") -> str:
    list_ = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr></w:pPr>' if level is not None else ""
    )
    return f'<w:p>{list_}<w:r><w:t xml:space="preserve">{words}</w:t></w:r>{more}</w:p>'


def test_numbers_that_word_counts_are_written_out(tmp_path: Path) -> None:
    content = _word(
        _p("The Security Council,"),
        _p("Decides to extend the mandate;", 0),
        _p("Requests the Registrar:", 0),
        _p("to count the wells;", 1),
        _p("to mend them, among them:", 1),
        _p("those of the north;", 2),
        _p("Reporting"),
        _p("Decides to remain seized of the matter.", 0),
        _p("of a new list", 1),
    )
    assert read(_file(tmp_path, "a.docx", content)).text.splitlines() == [
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


def test_tracked_changes_are_resolved_and_notes_and_tables_are_kept(tmp_path: Path) -> None:
    changed = (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>May 2031</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>June 2032</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    table = (
        "<w:tbl>"
        + "".join(
            f"<w:tr><w:tc>{_p(a)}</w:tc><w:tc>{_p(b)}</w:tc></w:tr>" for a, b in (("Wells", "14"), ("Pumps", "3"))
        )
        + "</w:tbl>"
    )
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>See the annex.</w:t></w:r></w:p></w:footnote>'
    source = read(_file(tmp_path, "a.bin", _word(_p("Extends it until ", None, changed), table, notes=note)))
    assert source.text.splitlines() == [
        "Extends it until June 2032[footnoteRef:1]",
        "Wells | 14",
        "Pumps | 3",
        "[1: See the annex.]",
    ]
    assert [(n.mark, n.text) for n in clean(source).footnotes] == [("1", "See the annex.")]
    assert source.place(source.text.index("Pumps")) == "paragraph 3"


def test_a_damaged_word_document_is_refused(tmp_path: Path) -> None:
    whole = as_docx(LINES)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        broken = io.BytesIO()
        with zipfile.ZipFile(broken, "w") as to:
            for name in archive.namelist():
                to.writestr(name, b"<w:document" if name == "word/document.xml" else archive.read(name))
    for content in (whole[: len(whole) // 2], broken.getvalue()):
        with pytest.raises(SourceError, match="damaged"):
            read(_file(tmp_path, "a.docx", content))


# --- HTML -------------------------------------------------------------------------------------------------------------


def test_lists_of_a_page_keep_their_numbers_and_its_furniture_goes(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><body><header><a href="/">Home</a></header>
      <div class="side"><h3>Related</h3><ul><li><a href="/1">Wells of the south</a></li><li><a href="/2">Wells of the east</a></li></ul></div>
      <h1>Resolution 9991 (2031)</h1><p>The Security
      Council,</p><ol><li><i>Decides</i> so;<li>Requests the Registrar:<ol type="a"><li>to count;</li><li>to mend;</li></ol></li></ol>
      <h3>Reporting</h3><ol start="3"><li value="4">Urges &amp; calls<sup>1</sup>;</li></ol><p hidden>5. Hidden</p>
      <table><tr><td>Wells</td><td>14</td></tr></table><pre>6. One
7. Two</pre><ol><li id="fn1">See the annex.</li></ol></body></html>"""
    assert read(_file(tmp_path, "a", page.encode())).text.splitlines() == [
        "# Resolution 9991 (2031)",
        "The Security Council,",
        "1. Decides so;",
        "2. Requests the Registrar:",
        "(a) to count;",
        "(b) to mend;",
        "# Reporting",
        "4. Urges & calls<sup>1</sup>;",
        "Wells | 14",
        "6. One",
        "7. Two",
        "<sup>1</sup> See the annex.",
    ]


# --- archives and standard input --------------------------------------------------------------------------------------


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    text = "\n\n".join(LINES).encode()
    members = {
        "a/S_RES_9991_2031.txt": text,
        "b.pdf": as_pdf(["Resolution 9992 (2031)", *LINES[1:]]),
        "__MACOSX/x.txt": b"x",
    }
    file = _file(
        tmp_path,
        "all.zip",
        as_zip({**members, "picture.png": b"\x89PNG", "../../out.txt": text.replace(b"9991", b"9993")}),
    )
    with GraphStore.in_memory() as store:
        reports = build([file], store)
        assert sorted(report.key for report in reports) == [
            "S/RES/9991 (2031)",
            "S/RES/9992 (2031)",
            "S/RES/9993 (2031)",
        ]
    assert [path.name for path in tmp_path.parent.parent.glob("out.txt")] == [], "nothing is unpacked to the disk"


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["build", "-", "--store", str(tmp_path / "s")], input=as_pdf(LINES))
    assert done.exit_code == 0, done.output
    assert "S/RES/9991 (2031)" in done.stdout
    shown = CliRunner().invoke(main, ["show", "S/RES/9991 (2031)", "--store", str(tmp_path / "s")])
    assert "page 1, characters" in shown.stdout


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("1. Urges Côte d’Ivoire to meet;\n".encode("utf-16-le"), "UTF-16 without a mark"),
        ("1. Urges Côte d’Ivoire to meet;\n".encode("utf-16-be"), "the other order"),
        ("1. Urges Côte d’Ivoire to meet;\n".encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings_that_say_nothing(tmp_path: Path, content: bytes, encoding: str) -> None:
    assert read(_file(tmp_path, "a.txt", content)).text == "1. Urges Côte d’Ivoire to meet;\n", encoding


def test_latin_1_where_a_byte_is_none_of_windows(tmp_path: Path) -> None:
    text = "1. Urges C\xf4te d'Ivoire to meet " * 30 + "\x81;\n"
    assert read(_file(tmp_path, "a.txt", text.encode("latin-1"))).text == text.replace("\x81", "\ufffd")

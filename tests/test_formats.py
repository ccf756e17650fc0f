"""The same text in every format, and what each format has of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from make import as_docx, as_html, as_pdf, as_zip, reader, tables
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.keeping.store import GraphStore
from mandategraph.reading import read
from mandategraph.reading.cleaning import clean
from mandategraph.records import SourceText

FORMATS = {"txt": lambda lines: "\n\n".join(lines).encode(), "docx": as_docx, "html": as_html, "pdf": as_pdf}
MEDIA = {"pdf": "application/pdf", "html": "text/html", "txt": "text/plain"}


def _file(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def _statements(source: SourceText) -> Counter[tuple[object, ...]]:
    _, reading = reader().read(source)
    return Counter(
        (
            s.paragraph,
            s.verb,
            s.act,
            tuple(p.actor for p in s.addressees),
            s.actions,
            tuple(each.value for each in s.deadlines),
        )
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
        assert "not read: picture.png" in reports[0].problem
        assert sorted(report.key for report in reports[1:]) == [
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

"""What a store and a reader promise when things go wrong; `docs/faults.md` lists the promises with these tests."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pkgutil
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import mandategraph
from killing import make_documents
from make import as_docx, as_zip, reader, source
from mandategraph.building import batches
from mandategraph.building.writing import REFUSED, build
from mandategraph.cli import main
from mandategraph.errors import QueryError, SourceError
from mandategraph.keeping.checking import check
from mandategraph.keeping.store import GraphStore
from mandategraph.reading import SourceReader
from mandategraph.reading.isolated import Helper
from mandategraph.reading.limits import Limits, parse_limits
from mandategraph.records import LONGEST_NAME, LONGEST_PARAGRAPH, LONGEST_WORD

HERE = Path(__file__).parent


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in given])


def _file(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


# --- killed -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this machine cannot fork")
@pytest.mark.parametrize(
    ("work", "share", "seed"),
    [("build", 50, 1), ("build", 50, 2), ("prune", 15, 3), ("restore", 15, 4), ("migrate", 15, 5), ("correct", 30, 6)],
)
def test_killed_at_any_moment_the_store_is_whole_and_goes_on(
    tmp_path: Path, work: str, share: int, seed: int, request: pytest.FixtureRequest
) -> None:
    """`share` of a hundred kills, one at least; `pytest --kills=100` does them all, and takes minutes."""
    kills = max(1, request.config.getoption("--kills") * share // 100)
    memory = Path("/dev/shm")  # a kill loses nothing that is written there either, and nothing waits for a disk
    place = Path(tempfile.mkdtemp(dir=memory)) if os.access(memory, os.W_OK) else tmp_path
    program = [sys.executable, str(HERE / "killing.py"), work, str(place), str(kills), str(seed)]
    paths = os.pathsep.join((str(HERE), str(HERE.parent / "graph")))
    done = subprocess.run(
        program, capture_output=True, text=True, timeout=580, env=os.environ | {"PYTHONPATH": paths}, check=False
    )
    shutil.rmtree(place, ignore_errors=True)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["faults"] == []
    assert said["killed"] == kills, "as many as asked were killed before they were done"


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_cleanly(tmp_path: Path, jobs: str) -> None:
    make_documents(tmp_path / "documents", 2000)
    program = [
        sys.executable,
        "-m",
        "mandategraph",
        "build",
        str(tmp_path / "documents"),
        "--store",
        str(tmp_path / "s"),
        "--jobs",
        jobs,
    ]
    heard = partial(
        signal.signal, signal.SIGINT, signal.default_int_handler
    )  # also where the tests run in the background
    child = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard)  # noqa: PLW1509
    for _ in range(600):
        if (tmp_path / "s" / "CURRENT").exists():
            break
        time.sleep(0.05)
    time.sleep(6)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130, said
    assert "Stopped" in said
    assert "Traceback" not in said
    with GraphStore.open_to_read(tmp_path / "s") as store:
        assert check(store)[1] == []
        assert len(store.documents()) < 2000
        assert jobs != "1" or store.documents(), "what was read until then is kept"


def test_a_second_build_says_that_the_store_is_in_use(tmp_path: Path) -> None:
    make_documents(tmp_path / "documents", 1)
    with GraphStore.open(tmp_path / "s"):
        done = _run("build", tmp_path / "documents", "--store", tmp_path / "s")
    assert (done.exit_code, "in use by another process" in done.stderr) == (4, True)


# --- disks and files --------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    given = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    try:
        done = subprocess.run(given, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("this machine has no mount")
    if done.returncode:
        pytest.skip("a disk can be mounted by root alone")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.mark.slow
def test_a_full_disk_loses_nothing_that_was_done(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 200_000)
    make_documents(tmp_path / "documents", 30)
    fill = small_disk / "fill"
    with GraphStore.open(small_disk / "s") as store:
        build([tmp_path / "documents" / "S_RES_8000_2031.txt"], store)
    fill.write_bytes(bytes(max(0, _free(small_disk) - 150_000)))
    done = _run("build", tmp_path / "documents", "--store", small_disk / "s")
    assert (done.exit_code, "disk is full" in done.stderr) == (4, True), done.output
    fill.unlink()
    with GraphStore.open_to_read(small_disk / "s") as store:
        kept = store.documents()
        assert "S/RES/8000 (2031)" in kept
        assert [f for f in check(store)[1] if "build again" not in f.what] == []
    assert _run("build", tmp_path / "documents", "--store", small_disk / "s").exit_code == 0
    with GraphStore.open_to_read(small_disk / "s") as store:
        assert len(store.documents()) == 30
        assert check(store)[1] == []


def _free(place: Path) -> int:
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize


@pytest.mark.slow
def test_a_disk_that_may_not_be_written_is_said(tmp_path: Path, small_disk: Path) -> None:
    make_documents(tmp_path / "documents", 2)
    with GraphStore.open(small_disk / "s") as store:
        build([tmp_path / "documents" / "S_RES_8000_2031.txt"], store)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for command in (["build", tmp_path / "documents"], ["remove", "S/RES/8000 (2031)"]):
        done = _run(*command, "--store", small_disk / "s")
        assert done.exit_code == 4, done.output
        assert "Traceback" not in done.output
    backup = _run("backup", small_disk / "b.gz", "--store", small_disk / "s")
    assert backup.exit_code != 0
    assert _run("documents", "--store", small_disk / "s").exit_code == 0, "it can be read all the same"


def test_a_file_that_changes_or_goes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_documents(tmp_path, 3)
    opened = Path.open

    def meddled(path: Path, *given: Any, **named: Any) -> Any:
        file = opened(path, *given, **named)
        if path.name == "S_RES_8001_2031.txt" and "rb" in given:
            with opened(path, "a") as more:
                more.write("x")
        return file

    with GraphStore.in_memory() as store, SourceReader() as sources:
        items = list(sources.find(tmp_path))
        assert len(items) == 3
        monkeypatch.setattr(Path, "open", meddled)
        reports = build(
            [item.path for item in items],
            store,
            on_progress=lambda *_: (tmp_path / "S_RES_8002_2031.txt").unlink(missing_ok=True),
        )
    said = {Path(report.name).stem: report.problem for report in reports if report.outcome == REFUSED}
    assert "written while it was read" in said["S_RES_8001_2031"]
    assert "no such file" in said["S_RES_8002_2031"]


# --- hostile files ----------------------------------------------------------------------------------------------------


def _nested_docx() -> bytes:
    """A Word document whose main part has an entity that would grow a thousandfold."""
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    words = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx(["x"]))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, f"{entities}]>{words}" if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def _bomb_pdf(megabytes: int) -> bytes:
    """A PDF whose one page is a stream of some kilobytes that unpacks to many megabytes of text operators."""
    import zlib

    stream = zlib.compress(b"BT /F1 9 Tf (aaaaaaaaaaaaaaaa) Tj ET\n" * (megabytes * 1_000_000 // 38), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, 1))
    return body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "limits", "says"),
    [
        ("bomb.zip", as_zip({"a.txt": bytes(60_000_000)}), Limits(unpacked=50), "unpacks to more than 50 MB"),
        ("many.zip", as_zip({f"{n}.txt": b"x" for n in range(200)}), Limits(members=100), "200 members"),
        ("bomb.docx", as_zip({"word/document.xml": bytes(60_000_000)}), Limits(unpacked=50), "unpacks to more than"),
        ("entities.docx", _nested_docx(), Limits(), "damaged|empty"),
        (
            "bomb.pdf",
            _bomb_pdf(150),
            Limits(seconds=5, characters=1_000_000),
            "5 seconds|characters|ended|cannot be read",
        ),
        (
            "nested.html",
            b"<html><body>" + b"<div>" * 100_000 + b"x",
            Limits(),
            "nested too deep|cannot be parsed|empty",
        ),
        ("long.txt", b"a" * 2_000_001, Limits(megabytes=2), "larger than 2 MB"),
        ("characters.txt", b"a " * 60, Limits(characters=100), "more than 100 characters"),
        ("nul.txt", b"1. Decides\0 so" * 3000, Limits(), "binary"),
        ("late-nul.txt", b"1. Decides so;\n" * 3000 + b"\0", Limits(), "binary"),
        ("sheet.xlsx", as_zip({"xl/workbook.xml": b"x"}), Limits(), "Excel"),
        ("open.odt", as_zip({"content.xml": b"x"}), Limits(), "OpenDocument"),
    ],
)
def test_hostile_files_are_refused_early(tmp_path: Path, name: str, content: bytes, limits: Limits, says: str) -> None:
    file = _file(tmp_path, name, content)
    start = time.monotonic()
    with pytest.raises(SourceError, match=says) as refused:
        _read_all(file, limits)
    assert refused.value.hint
    assert time.monotonic() - start < 60


def _read_all(file: Path, limits: Limits) -> None:
    with SourceReader(limits) as sources:
        for item in sources.find(file):
            sources.read(sources.load(item))


def test_a_member_that_lies_about_its_size_is_cut(tmp_path: Path) -> None:
    whole = bytearray(as_zip({"a.txt": b"1. Decides so;\n" * 200_000}))
    size = (200_000 * 15).to_bytes(4, "little")
    while (at := whole.find(size)) >= 0:
        whole[at : at + 4] = (100).to_bytes(4, "little")
    with SourceReader(Limits(megabytes=1)) as sources:
        (item,) = sources.find(_file(tmp_path, "a.zip", bytes(whole)))
        with contextlib.suppress(SourceError):
            assert len(sources.load(item).content) <= 1_000_000


def test_one_archive_in_another_is_refused(tmp_path: Path) -> None:
    inner = as_zip({"a.txt": b"x"})
    with GraphStore.in_memory() as store:
        (report,) = build([_file(tmp_path, "a.zip", as_zip({"b.zip": inner}))], store)
    assert "an archive in an archive" in report.problem


def test_characters_that_cannot_be_seen_hide_no_verb(tmp_path: Path) -> None:
    plain = "The Security Council,\n\n1. Requests the Secretary-General to report every month.\n"
    marked = plain.replace("Requests", "Re\u200bque\u202dsts\u2069").replace("report", "\u202ere\u2066port")
    found = [reader().read(source(f"Resolution 9999 (2031)\n\n{text}"))[1].statements for text in (plain, marked)]
    assert [(s.verb, s.actions) for s in found[1]] == [(s.verb, s.actions) for s in found[0]]


def test_limits_are_given_by_name() -> None:
    assert parse_limits(["pages=7", "seconds=9"]) == Limits(pages=7, seconds=9)
    for wrong in ("pages", "pages=", "pages=-1", "sheets=3", "pages=0"):
        with pytest.raises(QueryError, match="is no limit"):
            parse_limits([wrong])
    done = _run("build", HERE, "--limit", "sheets=3")
    assert (done.exit_code, "megabytes, unpacked" in done.stderr) == (3, True)


def test_what_ends_or_stops_the_reader_of_a_file_ends_nothing_else() -> None:
    helper = Helper()
    try:
        with pytest.raises(SourceError, match="ended the program"):
            helper.call(os._exit, 3, where="a", seconds=20)
        with pytest.raises(SourceError, match=r"more than 0\.5 seconds"):
            helper.call(time.sleep, 60, where="a", seconds=0.5)
        with pytest.raises(SourceError, match="it cannot be read"):
            helper.call(bytes, 100 * 2**30, where="a", seconds=20)
        assert helper.call(len, "abc", where="a", seconds=20) == 3
    finally:
        helper.close()


# --- long texts -------------------------------------------------------------------------------------------------------

UNITS = [
    "a", "a ", "the ", "(", ")", "[", "[a](", "1. ", "1.\n", "- ", "*a", "_a_ ", "Decides to ", "and ", "S/RES/", "S/RES/1 ", "of the ",
    "2020 ", "1 ", "Aa ", "a-", "a- ", "\n", "a;\n", "(a) b\n", "(i)(", "\\(", "<!--", "<sup>1</sup>", "¹", "[1: ", "[footnoteRef:1]",
    "http://a", "#", '"', "resolutions 1 (2020), ", "paragraphs 1, 2, ", "30 per cent ", "the Secretary-General and ",
    "requests the Secretary-General to ", "by 31 March 2021 ", "every three months ", "until ", "in order to ", "A/1/", "1/1 ",
    "12-12345\n", "Annex\n", "…", ".", "in accordance with ", "Office of the ", "the Government of Mali, ", "\fA b c d e f g\n",
    "1. Urges all.\n", "1. Urges Mali (M).\n", "- 30 per cent of women\n", "# a\n",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_more_than_its_length_allows(unit: str) -> None:
    """Four times the text takes no more than about four times as long; the floor keeps a busy machine out of it."""

    def seconds(length: int) -> float:
        text = f"Resolution 9999 (2031)\n\nThe Security Council,\n\n1. Decides {unit * (length // len(unit))}\n"
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            reader().read(source(text))
            best = min(best, time.process_time() - start)
        return best

    assert seconds(8_000) < 9 * max(seconds(2_000), 0.05)


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the package: those of its modules, and those that its rules are made of."""
    seen: set[int] = set()
    waiting: list[tuple[str, Any]] = [("reader", reader())]
    for module in pkgutil.walk_packages(mandategraph.__path__, "mandategraph."):
        if not module.name.endswith("__main__"):
            waiting.append((module.name, vars(import_module(module.name))))
    while waiting:
        name, thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, re.Pattern):
            if isinstance(thing.pattern, str):
                yield f"{name}: {thing.pattern[:60]}", thing
        elif isinstance(thing, dict):
            waiting += [(f"{name}.{key}", value) for key, value in thing.items()]
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting += [(name, value) for value in thing]
        elif type(thing).__module__.startswith("mandategraph"):
            fields = [*getattr(thing, "__dict__", {}), *getattr(type(thing), "__slots__", ())]
            waiting += [(f"{name}.{field}", getattr(thing, field)) for field in fields if hasattr(thing, field)]


def _pumps(pattern: re.Pattern[str], longest: int, *, is_clean: bool) -> Iterator[str]:
    """Texts that make a pattern try again and again: what it repeats, repeated, and then what it does not expect."""
    from re import _parser  # type: ignore[attr-defined]

    def sample(parsed: Any) -> str:
        written = ""
        for kind, value in parsed:
            name = str(kind)
            if name == "LITERAL":
                written += chr(value)
            elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
                written += sample(value[2]) * max(1, min(value[0], 3))
            elif name == "SUBPATTERN":
                written += sample(value[3])
            elif name == "BRANCH":
                written += sample(value[1][0])
            elif name == "IN":
                written += _one_of(value)
            elif name in {"ANY", "NOT_LITERAL"}:
                written += "a"
        return written

    def _one_of(members: Any) -> str:
        for kind, value in members:
            if str(kind) == "LITERAL":
                return chr(value)
            if str(kind) == "RANGE":
                return chr(value[0])
            if str(kind) == "CATEGORY":
                return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(value), "a")
        return "a"

    def repeats(parsed: Any, before: str) -> Iterator[tuple[str, str]]:
        for kind, value in parsed:
            name = str(kind)
            if name in {"MAX_REPEAT", "MIN_REPEAT"}:
                if value[1] > 20:
                    yield before, sample(value[2])
                yield from repeats(value[2], before)
            elif name == "SUBPATTERN":
                yield from repeats(value[3], before)
            elif name == "BRANCH":
                for branch in value[1]:
                    yield from repeats(branch, before)
            before += sample([(kind, value)])

    for before, unit in repeats(_parser.parse(pattern.pattern, pattern.flags), ""):
        if unit:
            for text in (before + unit * longest, (before + unit) * longest):
                # What reaches a rule has no longer words and paragraphs than these, and single spaces where it has been cleaned.
                words = re.sub(rf"(\S{{{LONGEST_WORD - 1}}})(?=\S)", r"\1 ", text[:longest])
                words = re.sub(r"\s+", " ", words) if is_clean else words
                yield words[: longest - 1] + "\x01"


@pytest.mark.slow
def test_every_pattern_survives_its_worst_cases() -> None:
    """On the longest paragraph (or name) that reaches a rule, made of what the pattern repeats, no pattern takes long."""
    slow, tried, texts = [], 0, 0
    for name, pattern in _patterns():
        tried += 1
        is_clean = not name.startswith("mandategraph.reading")
        longest = LONGEST_NAME if ".in_names" in name else LONGEST_PARAGRAPH
        for text in dict.fromkeys(_pumps(pattern, longest, is_clean=is_clean)):
            texts += 1
            start = time.process_time()
            for _ in zip(range(1000), pattern.finditer(text), strict=False):
                pass
            if (took := time.process_time() - start) > 5:
                slow.append((round(took, 1), name, text[:40]))
    assert tried > 200
    assert texts > 300
    assert slow == []

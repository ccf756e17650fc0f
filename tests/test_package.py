"""The wheel, the import contracts, the golden files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import make
from mandategraph.exporting.records import read_records
from mandategraph.keeping.store import GraphStore
from mandategraph.reading import read
from mandategraph.records import SourceSpan

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"


def test_import_contracts() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_wheel_ships_its_folders_and_works_elsewhere(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for kind in ("data", "ontology", "queries"):
        for file in (ROOT / kind).rglob("*"):
            if file.is_file():
                assert f"mandategraph/_shipped/{file.relative_to(ROOT)}" in names
    target = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(target)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r})\nfrom mandategraph.resources import folder\n"
        "from mandategraph.answering.questions import question_names\nfrom mandategraph.lexicon import load_tables\n"
        "assert '_shipped' in str(folder('data'))\nassert 'reports' in question_names()\nassert load_tables().verbs\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)


def test_golden_records_of_the_samples(sample_store: GraphStore, request: pytest.FixtureRequest) -> None:
    """What is read from the samples, as JSON Lines; after a change: pytest --update-golden, and read the difference."""
    by_source: dict[str, list[str]] = {}
    for record in read_records(sample_store):
        by_source.setdefault(record["source"], []).append(json.dumps(record, ensure_ascii=False))
    for source, lines in by_source.items():
        file = GOLDEN / f"{source}.jsonl"
        text = "\n".join(lines) + "\n"
        if request.config.getoption("--update-golden"):
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text, f"{source} reads differently"


def test_layouts_give_the_same_statements(shared: Path) -> None:
    """A resolution re-flowed and as a PDF's text comes out: hardly a statement differs."""
    same = total = 0
    for clean in sorted((shared / "layouts").glob("*.clean.txt")):
        sets = []
        for file in (clean, clean.with_name(clean.name.replace(".clean.", ".pdftext."))):
            _, reading = make.reader().read(read(file))
            sets.append(
                {
                    (s.paragraph, s.verb, s.act, tuple(p.actor or p.surface for p in s.addressees))
                    for s in reading.statements
                }
            )
        same += len(sets[0] & sets[1])
        total += len(sets[0] | sets[1])
    assert same / total > 0.97


def test_documents_of_the_genre_read_without_a_crash(shared: Path) -> None:
    """Some of the many documents that nobody tuned for: each states something, and every span lies in its source."""
    for file in sorted((shared / "wild" / "text").glob("*.txt"))[::26]:
        found = list(make.reader().read_all(read(file)))
        assert any(reading.statements for _, reading in found), file.name
        for document, reading in found:
            place = document.place or SourceSpan(0, len(document.text.source.text))
            for statement in reading.statements:
                assert (
                    place.start <= statement.span.start <= statement.trigger.start < statement.trigger.end <= place.end
                )
            labels = [p.label for _, p in document.paragraphs()]
            assert len(labels) == len(set(labels)), "a label names one paragraph"


def test_every_test_that_a_page_names_is_there() -> None:
    written = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").glob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", written, re.M))
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "SECURITY.md"]
    named = {name for page in pages for name in re.findall(r"`(test_\w+)`", page.read_text("utf-8"))}
    assert len(named) > 60
    assert named <= there

"""A draft beside a store, and the rules of drafting."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from docx import Document as Word

import make
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.drafting.drafts import Draft, draft_of
from mandategraph.drafting.known import Known
from mandategraph.drafting.landscape import beside
from mandategraph.drafting.linting import CHECKS, Finding, lint, wanting
from mandategraph.drafting.paper import paper_of
from mandategraph.drafting.rows import load_drafting_rules
from mandategraph.errors import NotFoundError, QueryError, SourceError
from mandategraph.exporting import brief as writing
from mandategraph.exporting import drafts as tables
from mandategraph.exporting.sarif import to_sarif
from mandategraph.exporting.sheets import records
from mandategraph.keeping.store import GraphStore
from mandategraph.resources import folder

HEAD = "United Nations S/2031/900\n\nDistr.: General 12 March 2031\n\nOriginal: English\n\nChad: draft resolution\n\nThe Security Council,\n\n"
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "drafting.yaml").read_text(encoding="utf-8"))
TASK = "Requests the Secretary-General to report to the Security Council every six months on the seeds that farmers of the uplands were given and on their harvest"
SOWING = "Urges all States to hand out seeds of barley and of rye to the farmers of the uplands before the first snow of the year"


def _text(given: dict[str, str]) -> str:
    parts = (given.get("preamble", "Recalling the harvests of the uplands,"), given["body"], given.get("end", ""))
    return HEAD + "\n\n".join(part for part in parts if part) + "\n"


def _draft(text: str) -> Draft:
    return draft_of(make.source(text), day="2031-03-12", reader=make.reader())


def _found(text: str, store: GraphStore | None = None) -> list[Finding]:
    draft = _draft(text)
    return lint(draft, Known(store, draft.tables, without=draft.key))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_rule_finds_its_case_and_not_its_counter_case(case: dict[str, Any]) -> None:
    found = [each for each in _found(_text(case)) if each.rule.id == case["id"]]
    assert case["at"] in [each.paragraph for each in found]
    assert all(each.reason.endswith(".") and 0 < each.sure <= 1 for each in found)
    other = [each for each in _found(_text(case["not"])) if each.rule.id == case["id"]]
    assert other == []


def test_every_rule_has_its_row_its_function_and_its_cases() -> None:
    assert set(load_drafting_rules()) == set(CHECKS) == {case["id"] for case in CASES}
    lines = (folder("data") / "lexicons" / "drafting.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert lines == sorted(lines)


def test_a_finding_stands_where_its_words_do() -> None:
    text = _text({"body": "1. Recalls resolution 2374 (2018), and urges all parties to sow barley;"})
    (found,) = (each for each in _found(text) if each.rule.id == "LNT-year-wrong")
    assert text[found.span.start : found.span.end] == found.words == "2374 (2018)"
    assert found.reason == "Resolution 2374 was adopted in 2017, not in 2018."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Recalls resolution 2374 (2018); [mandategraph: ignore LNT-year-wrong]\n\n2. Recalls resolution 2391 (2018);", ["1"]),
        ("<!-- mandategraph: ignore LNT-year-wrong, LNT-numbering -->\n\n1. Recalls resolution 2374 (2018);\n\n2. Recalls resolution 2391 (2018);", ["1"]),
        ("1. Recalls resolution 2374 (2018);\n\n2. Recalls resolution 2391 (2018); [mandategraph: ignore LNT-numbering]", []),
    ],
)  # fmt: skip
def test_a_comment_switches_a_rule_off_in_its_paragraph(text: str, expected: list[str]) -> None:
    found = [each for each in _found(_text({"body": text})) if each.rule.id == "LNT-year-wrong"]
    assert [each.paragraph for each in found] == ["1", "2"], "a comment moves no number and no place"
    assert [each.paragraph for each in found if each.is_silenced] == expected
    assert len(wanting(found, "error")) == 2 - len(expected)


def test_a_comment_above_the_opening_line_holds_everywhere() -> None:
    text = "[mandategraph: ignore LNT-year-wrong]\n" + _text({"body": "1. Recalls resolution 2374 (2018);"})
    (found,) = (each for each in _found(text) if each.rule.id == "LNT-year-wrong")
    assert found.is_silenced


def test_rules_are_ignored_by_name_and_a_wrong_name_is_refused() -> None:
    draft = _draft(_text({"body": "1. Recalls resolution 2374 (2018);"}))
    known = Known(None, draft.tables)
    assert "LNT-year-wrong" not in [each.rule.id for each in lint(draft, known, ignore=["LNT-year-wrong"])]
    with pytest.raises(QueryError, match="LNT-year-wrong"):
        lint(draft, known, ignore=["LNT-year-wrongg"])


def test_findings_are_sarif() -> None:
    text = _text({"body": "1. Recalls resolution 2374 (2018); [mandategraph: ignore LNT-year-wrong]\n\n2. Recalls resolution 2391 (2018);"})  # fmt: skip
    draft = _draft(text)
    said = json.loads(to_sarif(draft, lint(draft, Known(None, draft.tables))))
    assert said["version"] == "2.1.0"
    assert said["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = said["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(load_drafting_rules())
    assert all(rule["shortDescription"]["text"] and rule["defaultConfiguration"]["level"] in {"note", "warning", "error"} for rule in rules)  # fmt: skip
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["artifacts"][0]["hashes"]["sha-256"]) == 64
    silenced, found = (each for each in run["results"] if each["ruleId"] == "LNT-year-wrong")
    assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
    assert 0 <= found["rank"] <= 100
    assert found["level"] == "error"
    assert "suppressions" not in found
    assert silenced["suppressions"] == [{"kind": "inSource"}]
    (place,) = found["locations"]
    region = place["physicalLocation"]["region"]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "2391 (2018)" == region["snippet"]["text"]
    assert place["logicalLocations"] == [{"name": "2", "kind": "paragraph"}]
    assert text[found["properties"]["start"] : found["properties"]["end"]] == "2391 (2018)"


# What the specification (SARIF 2.1.0, section 3) says of each property that is written: its type, another object, a list of one, or its values; those that must be there end in "!".
URI = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
TEXT = {"text!": str}
ARTIFACT_LOCATION = {"uri": URI, "index": range(0, 1)}
REGION = {
    "startLine": range(1, 10**6), "startColumn": range(1, 10**6), "endLine": range(1, 10**6), "endColumn": range(1, 10**6), "snippet": {"text": str}
}  # fmt: skip
LEVEL, RANK = ["none", "note", "warning", "error"], float
SARIF: dict[str, Any] = {
    "$schema": URI,
    "version!": ["2.1.0"],
    "runs!": [{
        "tool!": {"driver!": {"name!": str, "semanticVersion": re.compile(r"\d+\.\d+\.\d+([-+].+)?"), "rules": [{
            "id!": str, "name": str, "shortDescription": TEXT, "fullDescription": TEXT, "help": TEXT, "defaultConfiguration": {"level": LEVEL, "rank": RANK},
        }]}},
        "columnKind": ["utf16CodeUnits", "unicodeCodePoints"],
        "artifacts": [{"location": ARTIFACT_LOCATION, "mimeType": re.compile(r"[^/]+/.+"), "hashes": {"sha-256": str}}],
        "results": [{
            "ruleId": str, "ruleIndex": range(-1, 10**6), "level": LEVEL, "rank": RANK, "message!": TEXT,
            "locations": [{
                "physicalLocation": {"artifactLocation!": ARTIFACT_LOCATION, "region": REGION}, "logicalLocations": [{"name": str, "kind": str}],
            }],
            "properties": {"start": range(0, 10**6), "end": range(0, 10**6)},
            "suppressions": [{"kind!": ["inSource", "external"]}],
        }],
    }],
}  # fmt: skip


def _unlike(said: Any, wanted: Any, where: str = "") -> list[str]:
    """Return where a value is none of what is wanted."""
    match wanted:
        case dict():
            names = {name.rstrip("!"): each for name, each in wanted.items()}
            missing = [f"{where}/{name[:-1]}" for name in wanted if name.endswith("!") and name[:-1] not in said]
            return missing + [w for n in said for w in (_unlike(said[n], names[n], f"{where}/{n}") if n in names else [f"{where}/{n}"])]  # fmt: skip
        case [dict() as each]:
            return [w for n, one in enumerate(said) for w in _unlike(one, each, f"{where}/{n}")]
        case list() | range():
            return [] if said in wanted else [where]
        case re.Pattern():
            return [] if isinstance(said, str) and wanted.fullmatch(said) else [where]
        case _ if wanted is float:
            return [] if isinstance(said, int | float) and 0 <= said <= 100 else [where]
    return [] if isinstance(said, wanted) and said else [where]


def _written(tmp_path: Path, name: str, text: str) -> dict[str, Any]:
    """Return what the command writes of a draft, as text or as Word."""
    if name.endswith(".docx"):
        word = Word()
        for paragraph in text.split("\n\n"):
            word.add_paragraph(paragraph)
        word.save(str(tmp_path / name))
    else:
        (tmp_path / name).write_text(text, encoding="utf-8")
    store, to = tmp_path / "none", tmp_path / f"{name}.sarif"
    command = ["draft", str(tmp_path / name), "--store", str(store), "-o", str(to), "--fail-on", "never", "--on", "2031-03-12"]  # fmt: skip
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(to.read_text(encoding="utf-8"))
    return said


@pytest.mark.parametrize("name", ["a draft, mai é.txt", "draft.docx"])
def test_all_that_is_written_is_what_the_specification_has(tmp_path: Path, name: str) -> None:
    """All cases in one draft, so that each rule has its turn; places end after they begin, within their line, and indices lead to what they say."""
    bodies = "\n\n".join(f"{n}. {re.sub(r'^[0-9]+[.] ', '', case['body'])}" for n, case in enumerate(CASES, 1))
    silent = "1. Recalls resolution 2374 (2018); [mandategraph: ignore LNT-year-wrong]\n\n"
    said = _written(tmp_path, name, f"{HEAD}{silent}{bodies}\n")
    assert _unlike(said, SARIF) == []
    run = said["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert len({each["ruleId"] for each in results}) >= 10
    assert any("suppressions" in each for each in results)
    assert len({rule["id"] for rule in rules}) == len(rules)
    for each in results:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        physical = each["locations"][0]["physicalLocation"]
        assert run["artifacts"][physical["artifactLocation"]["index"]]["location"]["uri"] == physical["artifactLocation"]["uri"]  # fmt: skip
        assert ("region" in physical) is name.endswith(".txt")
        if region := physical.get("region"):
            assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])


def test_the_specification_as_the_test_has_it_refuses_what_is_wrong(tmp_path: Path) -> None:
    said = _written(tmp_path, "draft.txt", f"{HEAD}1. Recalls resolution 2374 (2018);\n")
    (run,) = said["runs"]
    found = run["results"][0]
    for wrong, place in (
        (said | {"version": "2.0"}, "/version"),
        (said | {"title": ""}, "/title"),
        (said | {"runs": [{**run, "tool": {}}]}, "/runs/0/tool/driver"),
        (said | {"runs": [{**run, "results": [found | {"level": "fatal"}]}]}, "/runs/0/results/0/level"),
        (said | {"runs": [{**run, "results": [found | {"rank": 101}]}]}, "/runs/0/results/0/rank"),
        (said | {"runs": [{**run, "results": [found | {"message": {}}]}]}, "/runs/0/results/0/message/text"),
    ):
        assert _unlike(wrong, SARIF) == [place]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A resolution of the Council that gives a mandate, and one of the Assembly that asks the same of States."""
    top = tmp_path_factory.mktemp("drafting")
    texts = {
        "S_RES_8901_2030.txt": "Resolution 8901 (2030)\nAdopted by the Security Council at its 9901st meeting, on 4 March 2030\n\nThe Security Council,\n\n"
        f"1. Decides to extend the mandate of MINUSMA until 31 March 2031;\n\n2. {TASK};\n\n3. Requests MINUSMA to guard the seed stores of the uplands;\n\n"
        "4. Urges the Government of Mali to mend the upland road by 1 May 2030;\n\n5. Decides to remain seized of the matter.\n",
        "A_RES_84_4.txt": f"Resolution adopted by the General Assembly on 6 May 2030\n\n84/4. Seeds\n\nThe General Assembly,\n\n1. {SOWING};\n\n"
        "2. Requests the Secretary-General to submit to it a report on the harvest of rye by 30 September 2031.\n",
    }  # fmt: skip
    for name, text in texts.items():
        (top / name).write_text(text, encoding="utf-8")
    with GraphStore.open(top / "store") as store:
        build([top / name for name in texts], store)
    return top / "store"


BODY = (
    f"Recalling its resolution 8901 (2030),\n\n1. Decides to extend the mandate of MINUSMA until 31 March 2032;\n\n2. {TASK.replace('every six months', 'every three months')};\n\n"
    f"3. {SOWING};\n\n4. Requests the Secretary-General to submit a report on the wells of the uplands to the Security Council by 28 September 2031;\n\n"
    "5. Urges the Government of Mali to respect paragraph 77 of resolution 8901 (2030);\n\n6. Decides to remain seized of the matter.\n"
)  # fmt: skip


def test_a_draft_is_set_beside_the_store(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        found = beside(store, _draft(HEAD + BODY))
        assert found.predecessor is not None
        assert (found.predecessor.key, found.why) == ("S/RES/8901 (2030)", "it gave the same mandate last")
        changed = {pair.changes[0].value: (pair.after or pair.before).paragraph for pair in found.pairs}  # type: ignore[union-attr]
        assert changed["strengthened"] == "2", "every three months is harder than every six"
        assert changed["dropped"] in {"3", "4"}
        assert [(each.stated.paragraph, [s.document for s in each.earlier]) for each in found.asked] == [
            ("3", ["A/RES/84/4"])
        ]
        assert {str(entry.day) for entry in found.entries} >= {"2031-06-12", "2031-09-28"}
        collided = {
            (each.entry.paragraph, str(each.day), each.other.document, str(each.other_day)) for each in found.collisions
        }
        assert ("4", "2031-09-28", "A/RES/84/4", "2031-09-30") in collided
        assert [(p.given.label, p.likeness.value) for p in found.precedents.paragraphs][3] == ("3", "verbatim")
        missing = [each.reason for each in found.findings if each.rule.id == "LNT-paragraph-missing"]
        assert missing == ["Security Council resolution 8901 (2030) has 5 paragraphs: there is no paragraph 77."]
        assert "draft" not in " ".join(store.documents()), "the draft is not stored"


def test_a_predecessor_is_named_or_not_known(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        other = _draft(HEAD + "Recalling the wells,\n\n1. Urges the Government of Chad to dig wells in the lowlands;\n")
        assert beside(store, other).predecessor is None
        named = beside(store, other, against="A/RES/84/4")
        assert named.predecessor is not None
        assert named.predecessor.key == "A/RES/84/4"
        with pytest.raises(NotFoundError):
            beside(store, other, against="S/RES/1 (1946)")


def test_the_paper_names_no_ids_and_what_matters_first(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        made = paper_of(store, beside(store, _draft(HEAD + BODY)))
    text = writing.to_markdown(made).decode()
    assert re.search(r"S/RES|A/RES/|SecretaryGeneral|https?://|MemberStates|\bpp\d", text) is None
    assert [section.title for section in made.sections] == [
        "Remarks on the drafting", "What changes against Security Council resolution 8901 (2030)", "What is asked already",
        "What it adds to the calendar", "Where the words come from", "How to read this",
    ]  # fmt: skip
    assert "It renews the mandate of MINUSMA until 31 March 2032." in text
    assert "Paragraph 5: Security Council resolution 8901 (2030) has 5 paragraphs" in text
    assert "“six” became “three”" in text
    assert "asked already in General Assembly resolution 84/4 (paragraph 1)" in text
    assert "two days later" in text
    assert "<h2>What is asked already</h2>" in writing.to_html(made).decode()
    words = "\n".join(p.text for p in Word(io.BytesIO(writing.to_docx(made))).paragraphs)
    assert "It renews the mandate of MINUSMA until 31 March 2032." in words


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, ["draft", *map(str, given)])


def test_the_command_writes_every_form_and_says_what_is_wrong(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "upland.txt"
    file.write_text(HEAD + BODY, encoding="utf-8")
    done = _run(file, "--store", path)
    assert done.exit_code == 1, "a paragraph that does not exist is an error"
    assert "1 remarks of the level error" in done.stderr
    assert done.stdout.startswith("# The draft")
    assert _run(file, "--store", path, "--ignore", "LNT-paragraph-missing").exit_code == 0
    assert _run(file, "--store", path, "--fail-on", "never").exit_code == 0
    for name in ("d.md", "d.html", "d.docx", "d.csv", "d.xlsx", "d.sarif"):
        assert _run(file, "--store", path, "-o", tmp_path / name, "--fail-on", "never").exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000
    lines = _run(file, "--store", tmp_path / "none", "--lint", "--fail-on", "note")
    assert lines.exit_code == 1
    assert "LNT-cycle-open" in lines.stdout, "the remarks need no store"
    assert "LNT-paragraph-missing" in _run(file, "--store", path, "--lint").stdout


def test_the_tables_have_a_row_a_paragraph_and_all_that_the_paper_tells(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        found = beside(store, _draft(HEAD + BODY))
        sheets = {sheet.name: records(sheet) for sheet in tables.draft_sheets(found)}
    assert list(sheets) == ["paragraphs", "changes", "asked already", "calendar", "due within a week", "remarks"]
    paragraphs = {str(row["paragraph"]): row for row in sheets["paragraphs"]}
    assert len(paragraphs) == len(sheets["paragraphs"]) == len(found.precedents.paragraphs)
    sowing = paragraphs["3"]
    assert (sowing["likeness"], sowing["document"], sowing["precedent"], sowing["day"]) == ("verbatim", "A/RES/84/4", "1", "2030-05-06")  # fmt: skip
    assert (sowing["share"], sowing["times"]) == (1.0, 1.0)
    changes = {row["paragraph"]: str(row["change"]) for row in sheets["changes"]}
    assert "strengthened" in changes["2"]
    assert any(row["paragraph"] is None and row["change"] == "dropped" and row["quotation"] for row in sheets["changes"])  # fmt: skip
    assert [(row["paragraph"], row["document"], row["precedent"]) for row in sheets["asked already"]] == [("3", "A/RES/84/4", "1")]  # fmt: skip
    days = [row["day"] for row in sheets["calendar"] if row["day"]]
    assert days == sorted(days, key=str)
    assert "2031-09-28" in days
    assert ("4", "2031-09-28", "A/RES/84/4", "2031-09-30") in {
        (row["paragraph"], row["due"], row["document"], row["day"]) for row in sheets["due within a week"]
    }
    (missing,) = [row for row in sheets["remarks"] if row["rule"] == "LNT-paragraph-missing"]
    assert (missing["paragraph"], missing["level"], missing["sureness"]) == ("5", "error", "certain")
    assert "paragraph 77" in str(missing["words"])
    assert tables.to_workbook(found) == tables.to_workbook(found)


def test_csv_has_the_paragraphs_and_with_lint_the_remarks(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "upland.txt"
    file.write_text(HEAD + BODY, encoding="utf-8")
    whole = list(csv.DictReader(io.StringIO(_run(file, "--store", path, "--format", "csv").stdout)))
    assert [row["paragraph"] for row in whole] == ["pp1", "1", "2", "3", "4", "5", "6"]
    done = _run(file, "--store", path, "--lint", "--format", "csv")
    assert done.exit_code == 1, "a paragraph that does not exist is an error"
    rows = {row["rule"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["LNT-paragraph-missing"]["switched_off"] == ""
    silenced = BODY.replace("paragraph 77", "[mandategraph: ignore LNT-paragraph-missing] paragraph 77")
    file.write_text(HEAD + silenced, encoding="utf-8")
    done = _run(file, "--store", path, "--lint", "--format", "csv")
    rows = {row["rule"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert (done.exit_code, rows["LNT-paragraph-missing"]["switched_off"]) == (0, "yes")


def test_bad_input_is_a_sentence(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "upland.txt"
    file.write_text(HEAD + BODY, encoding="utf-8")
    assert _run(tmp_path / "none.txt", "--store", path).exit_code == SourceError.exit_code
    assert _run(file, "--store", tmp_path / "none").exit_code == 4
    assert _run(file, "--store", path, "--ignore", "LNT-none").exit_code == QueryError.exit_code
    assert _run(file, "--store", path, "--against", "S/RES/1 (1946)").exit_code == 3
    for form in ("docx", "xlsx"):
        assert _run(file, "--store", path, "--format", form).exit_code == 2
    for form in ("html", "docx", "xlsx"):
        given = (file, "--store", path, "--lint", "--format", form, "-o", tmp_path / "d")
        assert _run(*given).exit_code == 2
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    assert _run(tmp_path / "empty.txt", "--store", path).exit_code == SourceError.exit_code

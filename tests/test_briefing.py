"""The mandate brief: what it says, that each line is noted to its words, and that it is the same each time."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from mandategraph.answering.briefing import brief
from mandategraph.answering.briefs import Brief, Item
from mandategraph.cli import main
from mandategraph.exporting.brief import to_docx, to_html, to_markdown
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import source_text


def _items(made: Brief, title: str = "") -> list[Item]:
    sections = [section for section in made.sections if section.title.startswith(title)]
    return [item for section in sections for group in section.groups for item in group.items]


@pytest.fixture(scope="module")
def minusma(corpus_store: GraphStore) -> Brief:
    return brief(corpus_store, actor="MINUSMA")


def test_the_brief_on_minusma_has_every_duty(minusma: Brief, shared: Path) -> None:
    """Every statement of the draft that a reader found addressed to the mission stands in it, and no other."""
    notes = {note.number: note for note in minusma.notes}
    lines = [notes[number] for item in _items(minusma, "What else S/2020/600 asks of MINUSMA") for number in item.notes]
    found = sorted(note.paragraph for note in lines)
    with (shared / "gold" / "S_2020_600" / "statements.jsonl").open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    wanted = sorted(
        record["para"]
        for record in records
        if "MINUSMA" in {each["id"] for each in record["addressees"]} and record["act"] not in {"assertion", "decision"}
    )
    assert found == wanted


def test_what_it_says_of_the_mandate(minusma: Brief) -> None:
    facts = [fact.words for fact in minusma.facts]
    assert "The mandate of MINUSMA ends on 30 June 2021, by S/2020/600." in facts
    assert "The mandate of MINUSMA ends on 30 June 2023, by S/RES/2640 (2022)." in facts
    figures = [item.words for item in _items(minusma, "Figures")]
    assert "MINUSMA: at most 13,289 military personnel: nothing observed" in figures
    changes = {note: item for item in _items(minusma, "Changes") for note in item.notes}
    notes = {note.paragraph: note.number for note in minusma.notes if note.document.startswith("IEG")}
    assert "every 3 months, before without a period" in changes[notes["annex/26/5"]].details
    assert not any(group.title == "Dropped" for section in minusma.sections for group in section.groups)
    assert _items(minusma, "Open recommendations")


def test_every_line_is_noted_and_every_quotation_is_the_sources(minusma: Brief, corpus_store: GraphStore) -> None:
    texts: dict[str, str] = {}
    bare = [item for section in minusma.sections for group in section.groups for item in group.items if not item.notes]
    assert bare == []
    order = [number for item in (*minusma.facts, *_items(minusma)) for number in item.notes]
    assert list(dict.fromkeys(order)) == [note.number for note in minusma.notes], "numbered as they are called"
    for note in minusma.notes:
        text = texts.setdefault(note.document, " ".join(source_text(corpus_store, note.document).split()))
        words = [word for word in re.findall(r"\w+", note.quotation)[:6] if len(word) > 3]
        assert all(word in text for word in words), note
        assert note.iri.startswith("https://w3id.org/mandategraph/document/")


def test_changes_recommendations_and_figures(mandates_store: GraphStore) -> None:
    made = brief(mandates_store, actor="UNMISS")
    first = next(item.words for item in _items(made, "What UNMISS bears by S/RES/9990 (2031)"))
    assert first.startswith("Requests UNMISS to teach")
    assert [item.details for item in _items(made, "Changes")] == [("UNMISS",)]
    since = brief(mandates_store, actor="UNMISS", since="9970")
    assert any("no longer: where possible" in item.details for item in _items(since, "Changes"))
    whole = brief(mandates_store, actor="UNMISS", documents=["9970", "9980"])
    titles = [section.title for section in whole.sections]
    assert titles[:2] == ["What UNMISS bears by S/RES/9980 (2030)", "What UNMISS bears by S/RES/9970 (2029)"]
    assert [item.words for item in _items(whole, "What is asked of others")] == [
        "Calls upon all parties to cooperate with UNMISS at the wells"
    ]
    (rec,) = _items(made, "Open recommendations")
    assert rec.words == "Request UNMISS to lend its pumps to the villages"
    assert any(item.words.startswith("UNMISS: 1,350, is above (at most 1,200") for item in _items(made, "Figures"))


def test_the_brief_of_a_mandate(mandates_store: GraphStore) -> None:
    made = brief(mandates_store, mandate="9980")
    (who,) = [section for section in made.sections if section.title == "Who bears what"]
    names = {group.title for group in who.groups}
    assert {
        "United Nations Mission in South Sudan",
        "Government of South Sudan",
        "Others, as the texts describe them",
    } <= names
    cycles = _items(made, "Deadlines")
    assert any(item.words.startswith("30 June 2030, then every 3 months until") for item in cycles), [
        i.words for i in cycles
    ]
    changes = {item.words: item.details for item in _items(made, "Changes")}
    urged = next(details for words, details in changes.items() if words.startswith("Urges the Government"))
    assert "encourage (2) became urge (4)" in urged
    first = brief(mandates_store, mandate="9970")
    (said,) = [section.said for section in first.sections if section.title.startswith("Changes")]
    assert said == ("No earlier mandate of the line of S/RES/9970 (2029) is in the store.",)


def test_the_same_bytes_in_every_format(mandates_store: GraphStore) -> None:
    for write in (to_markdown, to_html, to_docx):
        once, again = (write(brief(mandates_store, actor="UNMISS")) for _ in range(2))
        assert once == again


def test_word_has_real_footnotes(mandates_store: GraphStore) -> None:
    made = brief(mandates_store, actor="UNMISS")
    written = to_docx(made)
    document = docx.Document(io.BytesIO(written))
    assert document.paragraphs[0].text == made.title
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        notes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    calls = sum(len(item.notes) for item in (*made.facts, *_items(made)))
    assert len(re.findall("<w:footnoteReference ", body)) == calls
    assert len(re.findall(r'<w:footnote w:id="[1-9]', notes)) == calls


def test_markdown_and_html_lead_from_line_to_note_and_back(mandates_store: GraphStore) -> None:
    made = brief(mandates_store, actor="UNMISS")
    text = to_markdown(made).decode()
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    page = to_html(made).decode()
    targets = set(re.findall(r'href="#([\w-]+)"', page))
    assert targets <= set(re.findall(r'id="([\w-]+)"', page))
    assert len(re.findall(r'id="([\w-]+)"', page)) == len(set(re.findall(r'id="([\w-]+)"', page)))
    assert "<script" not in page


def _run(*given: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in given])


def test_the_command(mandates_path: Path, tmp_path: Path) -> None:
    assert _run("report", "UNMISS", "--store", mandates_path).stdout.startswith("# UNMISS (")
    for suffix, start in ((".md", b"# UNMISS"), (".html", b"<!doctype html>"), (".docx", b"PK")):
        file = tmp_path / f"brief{suffix}"
        assert _run("report", "UNMISS", "-o", file, "--store", mandates_path).exit_code == 0
        assert file.read_bytes().startswith(start)
    for wrong, code, says in (
        (["Unmisss"], 3, "Did you mean UNMISS"),
        (["UNMISS", "--format", "docx"], 2, "--output"),
        (["9980", "--document", "9970"], 2, "--document"),
        (["UNMISS", "--since", "9971"], 3, "there is no document"),
        (["UNICEF"], 3, "nothing is asked"),
    ):
        done = _run("report", *wrong, "--store", mandates_path)
        assert (done.exit_code, says in done.output) == (code, True), done.output


@pytest.mark.parametrize(
    "given", [["report", "MINUSMA"], ["lineage", "elections"], ["quota"], ["calendar"], ["compare", "a", "b"]]
)
def test_an_empty_store_is_said(tmp_path: Path, given: list[str]) -> None:
    GraphStore.open(tmp_path / "s").close()
    done = _run(*given, "--store", tmp_path / "s")
    assert (done.exit_code, "the store has no documents" in done.stderr) == (3, True), done.output


def test_the_order_of_the_mandate_is_kept_where_it_is_asked_for(corpus_store: GraphStore) -> None:
    def places(made: Brief) -> list[list[int]]:
        notes = {note.number: note for note in made.notes}
        borne = next(section for section in made.sections if section.title.startswith("What MINUSMA bears"))
        found = [int(notes[item.notes[0]].iri.rpartition("-")[2]) for group in borne.groups for item in group.items]
        return [found, sorted(found)]

    by_theme, in_order = (
        places(brief(corpus_store, actor="MINUSMA")),
        places(brief(corpus_store, actor="MINUSMA", order="text")),
    )
    assert in_order[0] == in_order[1]
    assert by_theme[0] != by_theme[1]
    assert in_order[1] == by_theme[1], "the same lines"
    borne = brief(corpus_store, actor="MINUSMA", documents=["S/2020/600"], order="text").sections[0]
    assert len({group.title for group in borne.groups}) > 1, "under the headings of the text"

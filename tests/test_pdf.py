"""PDF: nothing is lost, heads and feet are no text, footnotes are notes, and what cannot be read is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from make import as_pdf, reader, tables
from mandategraph.reading import read
from mandategraph.reading.cleaning import clean
from mandategraph.reading.pdf_lines import Char, Run
from mandategraph.records import SourceText
from papers import Drawn, Picture, Put, Rule, cut, kept, paper, rows, words_of

LINES = [
    "Resolution 9991 (2031)",
    "The Security Council,",
    "Recalling its resolution 9990 (2030),",
    "1. Decides to extend the mandate of the Wells Mission until 30 June 2032;",
    "2. Requests the Secretary-General to report to the Security Council every three months on the implementation of this resolution;",
    "3. Decides to remain seized of the matter.",
]
MANY = [*LINES[:-1], *(f"{n}. Urges all parties to mend well number {n} of the villages;" for n in range(3, 160))]
TITLE = "Wells of the northern villages"
FIRST = rows(
    ["United Nations A/RES/99/8", "", "General Assembly", "", "", f"99/8. {TITLE} and those who mend them", "", "", "The General Assembly,",
     "", "Recalling what was said in May of the wells and of the pumps of the northern"],
    y=760,
)  # fmt: skip


def _source(folder: Path, content: bytes) -> SourceText:
    file = folder / "a.pdf"
    file.write_bytes(content)
    return read(file)


# --- heads and feet ---------------------------------------------------------------------------------------------------


def test_running_heads_and_page_numbers_are_no_text(tmp_path: Path) -> None:
    source = _source(tmp_path, as_pdf(MANY, head="The wells of the northern villages and those who mend them"))
    text = clean(source, words=tables().words)
    assert source.text.count("those who mend them") >= 4
    assert "those who mend them" not in text.text
    assert "31-00001" not in text.text
    labels = [p.label for _, p in reader().read(source)[0].paragraphs() if p.label.isdigit()]
    assert labels == [str(n) for n in range(1, 160)]


HEADS = {
    "symbol": ["A/RES/99/8"],
    "symbol and title": [f"A/RES/99/8 {TITLE}", "and those who mend them"],
    "three lines": ["A/RES/99/8", TITLE, "and those who mend them"],
    "title alone": [f"{TITLE} and those who mend them"],
    "in capitals": [TITLE.upper(), "A/RES/99/8 page 2"],
    "symbol and other words": ["A/RES/99/8", "English", "Page 2"],
    "shortened": ["A/RES/99/8 Northern wells …"],
}


@pytest.mark.parametrize("size", [8.5, 10])
@pytest.mark.parametrize("head", [pytest.param(lines, id=name) for name, lines in HEADS.items()])
def test_a_head_that_occurs_once_repeats_the_first_page(head: Sequence[str], size: float) -> None:
    second = rows(["villages, and of those that the floods carried away,", "", "Decides to mend them."], y=690)
    found = words_of(paper(FIRST, [*rows(head, y=770, size=size, step=11), *second]))
    assert [words for words, reason in cut(found) if reason == "running head"] == ["\n".join(head)]
    assert "pumps of the northern\nvillages, and of those" in kept(found), "the head tears no paragraph"


NO_HEADS = {
    "a heading": ["Pumps and roads"],
    "a heading with words of the first page": ["Wells of the villages"],
    "the end of a paragraph": ["the northern villages and those who mend them;"],
    "an item of a list": ["(a) the wells of the northern villages"],
    "another document": ["A/RES/99/9"],
    "a symbol within words": ["as was asked for in A/RES/99/8"],
}


@pytest.mark.parametrize("top", [pytest.param(lines, id=name) for name, lines in NO_HEADS.items()])
def test_what_begins_a_page_is_no_head(top: Sequence[str]) -> None:
    found = words_of(paper(FIRST, rows([*top, "", "", "Decides to mend the wells."], y=740)))
    assert not cut(found)
    assert top[0] in kept(found)


def _pages(count: int, top: Sequence[str] = (), foot: Sequence[str] = (), body: Sequence[str] = ()) -> bytes:
    """Pages with their own words, {n} being the number of each; `top` on the inner ones alone."""
    pages: list[list[Drawn]] = []
    for n in range(1, count + 1):
        text = [f"Text {chr(64 + n) * 3} of the wells, {word}" for word in "one two three four five six".split()]
        page = [
            *rows([*text, *body, *text[:3]], y=690),
            *rows([line.format(n=n) for line in foot], y=50, size=8, step=9),
        ]
        head = top[n % len(top)] if top else ""
        pages.append([*page, *(rows(head.format(n=n).split("|"), y=760, size=9) if n > 1 and head else ())])
    return paper(*pages)


@pytest.mark.parametrize(
    ("top", "heads"),
    [
        (["The wells|of the north|and the south {n}"], ["The wells\nof the north\nand the south 2"]),
        (["The wells, part {n}", "Part {n} of wells"], ["The wells, part 2", "Part 3 of wells"]),
        (["{n}", "{n}"], ["2", "3"]),
        (["The wells.", "The wells."], ["The wells.", "The wells."]),
    ],
)
def test_heads_of_any_number_of_lines_are_told_by_place_and_words(top: list[str], heads: list[str]) -> None:
    found = words_of(_pages(7, top))
    assert [words for words, _ in cut(found)][: len(heads)] == heads
    assert len(cut(found)) == 6, "the first page has none"
    assert kept(found) == kept(words_of(_pages(7)))


FEET = [
    "31-00001 (E)|*3100001*",
    "{n}/7 31-00001",
    "31-00001 {n}/7",
    "31-00001 {n}",
    "Page {n} of 7",
    "- {n} -",
    "{n}",
    "GE.31-00001(E)",
]


@pytest.mark.parametrize("pages", [1, 2, 7])
@pytest.mark.parametrize("foot", FEET)
def test_numbers_at_the_foot_are_no_text(foot: str, pages: int) -> None:
    found = words_of(_pages(pages, foot=foot.split("|")))
    assert [words for words, _ in cut(found)] == [foot.format(n=n).replace("|", "\n") for n in range(1, pages + 1)]


def test_a_foot_may_have_its_number_on_either_side() -> None:
    text = rows([f"Text of the wells, line {n} of very many" for n in range(9)], y=690)
    found = words_of(paper([*text, Put(90, 50, "1 Note on wells", 8)], [*text, Put(400, 51, "Note on wells 2", 8)]))
    assert [words for words, _ in cut(found)] == ["1 Note on wells", "Note on wells 2"]


def test_text_that_recurs_is_no_furniture() -> None:
    table = ["Well Depth Keeper", "Urges all parties to mend the wells", "(a) the pumps"]
    found = words_of(_pages(7, body=table))
    assert not cut(found)
    for line in table:
        assert found.text.count(line) == 7
    refrain = rows(["Urges all parties to mend the wells,", "and the pumps;"] * 20, y=700)
    assert not cut(words_of(paper(*[refrain] * 7)))


def test_a_table_that_goes_on_keeps_the_names_of_its_columns() -> None:
    pages = [rows(["Well Depth Keeper", *(f"Well {a}{b} of stone" for b in "xyzuvw")], y=700) for a in "ab"]
    found = words_of(paper(*pages))
    assert found.text.count("Well Depth Keeper") == 2
    assert not cut(found)


# --- small type and footnotes -----------------------------------------------------------------------------------------


def test_small_type_is_text() -> None:
    page = [
        *rows(["Decides that the Mission has these tasks, in the order in which they stand here:", ""], y=700),
        *rows(
            ["(a) To guard the wells by day", "(b) To guard the pumps by night", "", "Leads: the Registrar"],
            y=670,
            size=8,
        ),
        *rows(["Requests the Registrar to report on the wells and on the pumps and on the roads."], y=600),
        *rows(["Figure 1: wells, 2031", "", "* Reissued for technical reasons.", "", "1 Stone 14"], y=140, size=8),
    ]
    found = words_of(paper(page))
    for words in (
        "(a) To guard the wells by day",
        "Leads: the Registrar",
        "Figure 1: wells",
        "* Reissued for",
        "1 Stone 14",
    ):
        assert words in found.text.splitlines() or words in found.text
    assert not cut(found)


def test_small_type_that_is_set_more_closely_tears_no_paragraph_of_the_text() -> None:
    text = rows([f"Text of the wells and of the pumps, line {n} of very many" for n in range(12)], y=700, step=15)
    leads = rows(["Leads: the Registrar", "and those who keep", "the wells of the north"], y=480, size=8, step=9)
    assert words_of(paper([*text, *leads])).text.count("\n\n") == 2, "before the small type, and at the end"


def test_footnotes_of_a_pdf_are_notes(tmp_path: Path) -> None:
    source = _source(tmp_path, as_pdf(LINES, notes=["See the letter of the Wells Mission.", "Ibid."]))
    found = clean(source, words=tables().words)
    assert [(note.mark, note.text) for note in found.footnotes] == [
        ("1", "See the letter of the Wells Mission."),
        ("2", "Ibid."),
    ]
    assert "Ibid" not in found.text


RULES: dict[str, list[Drawn]] = {"drawn": [Rule(90, 135, 90)], "printed": [Put(90, 133, "_" * 18, 8)]}


@pytest.mark.parametrize("rule", [pytest.param(rule, id=name) for name, rule in RULES.items()])
@pytest.mark.parametrize("mark_size", [5, 8])
def test_notes_below_a_rule_do_not_tear_a_paragraph(tmp_path: Path, rule: list[Drawn], mark_size: float) -> None:
    raised = 3 if mark_size < 8 else 0
    notes = [
        Put(90, 122 + raised, "1", mark_size), Put(97, 122, "See the letter of the Mission,", 8), Put(90, 112, "page 12.", 8),
        Put(90, 101 + raised, "2", mark_size), Put(97, 101, "Ibid., para. 3.", 8), Put(90, 50, "31-00001 1/2", 8),
    ]  # fmt: skip
    first = rows(
        [f"Recalls, at line {n} of the text, the wells and the pumps of the north and of the" for n in range(12)], y=700
    )
    second = rows(
        ["Villages, which are dry, as was said in May of the wells and of the pumps.", "", "Decides so."], y=700
    )
    source = _source(tmp_path, paper([*first, *rule, *notes], second))
    text = clean(source, words=tables().words)
    assert [(note.mark, note.text) for note in text.footnotes] == [
        ("1", "See the letter of the Mission, page 12."),
        ("2", "Ibid., para. 3."),
    ]
    assert "of the north and of the Villages, which are dry, as was said" in text.text
    assert "31-00001" not in text.text


def test_a_note_goes_on_on_the_next_page_and_past_the_foot() -> None:
    text = rows([f"Text of the wells, line {n} of very many" for n in range(20)], y=700)
    note = [Put(90, 103, "1", 5), Put(96, 100, "See A/99/1, A/99/2, A/99/3 and", 8), Put(90, 50, "31-00001 1/3", 8)]
    rest = [Put(90, 120, "_" * 18, 8), *rows(["A/99/4 and all", "that follow."], y=108, size=8, step=9)]
    found = words_of(paper([*text, *note], [*text, *rest, Put(90, 50, "2/3 31-00001", 8)], text))
    assert "¹ See A/99/1, A/99/2, A/99/3 and A/99/4 and all that follow.\n" in found.text
    assert [words for words, reason in cut(found) if reason == "running foot"] == ["31-00001 1/3", "2/3 31-00001"]


def test_a_year_below_a_rule_is_no_mark() -> None:
    page = [*FIRST, Rule(90, 135, 90), *rows(["2031 figures for all"], y=122, size=8)]
    assert "2031 figures for all\n" in words_of(paper(page)).text


def test_small_type_below_a_rule_is_text_where_no_note_goes_on() -> None:
    page = [
        *FIRST,
        Rule(90, 135, 90),
        *rows(["Distributed to all", "who asked for it in", "2031 and later"], y=122, size=8, step=9),
    ]
    assert "Distributed to all\nwho asked for it in\n2031 and later\n" in words_of(paper(page)).text


# --- order ------------------------------------------------------------------------------------------------------------


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    many = [*LINES, *(f"{n}. Urges all parties to mend well number {n} of the villages;" for n in range(4, 60))]
    text = clean(_source(tmp_path, as_pdf(many, columns=2)), words=tables().words).text
    assert re.findall(r"^\d+", text, re.MULTILINE) == [str(n) for n in range(1, 60)]


def test_columns_drawn_row_by_row_are_read_one_after_the_other_and_tables_are_not() -> None:
    sides = ["the wells of the northern villages are so dry {n}", "the pumps of the southern ones are not at all {n}"]
    columns = [
        [Put(x, 700 - 12 * n, side.format(n=n)) for x, side in zip((90, 310), sides, strict=True)] for n in range(20)
    ]
    text = words_of(paper([put for row in columns for put in row])).text
    assert text.index("so dry 19") < text.index("at all 0")
    cells = [
        [Put(x, 700 - 12 * n, f"{cell} {n}") for x, cell in ((90, "Well number"), (310, "Pump number"))]
        for n in range(20)
    ]
    assert "Well number 7 Pump number 7\n" in words_of(paper([put for row in cells for put in row])).text


def test_ligatures_are_letters() -> None:
    assert (
        Run([Char(c, n, n + 1, 0, 10) for n, c in enumerate("o\ufb03cers con\ufb02ict")]).text() == "officers conflict"
    )


def test_words_that_stand_sideways_or_outside_come_last() -> None:
    aside = [
        Put(40, 300, "up the margin", turn=90),
        Put(580, 500, "down the margin", turn=-90),
        Put(300, 400, "across", turn=45),
        Put(90, 850, "above the page"),
    ]
    text = rows([f"Text of the wells, line {n}" for n in range(12)], y=700)
    found = words_of(paper([*aside, *text]))
    assert found.text.index("line 11") < min(found.text.index(put.words) for put in aside)


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("is_first", [True, False])
def test_numbers_of_lines_in_the_margin_come_last(step: int, is_first: bool) -> None:
    lines = [f"Text of the wells, line {chr(64 + n) * 3}" for n in range(1, 26)]
    numbers = [Put(60, 712 - 12 * n, str(n), 8) for n in range(step, 26, step)]
    text = rows(lines, y=700, step=12)
    found = words_of(
        paper(
            [*numbers, *text] if is_first else [p for put in text for p in [n for n in numbers if n.y == put.y] + [put]]
        )
    )
    assert found.text.startswith("\n".join(lines))
    assert found.text.split()[-len(numbers) :] == [number.words for number in numbers]


def test_numbers_of_paragraphs_and_rows_stay_before_them() -> None:
    table = [[Put(90, 700 - 14 * n, str(n)), Put(130, 700 - 14 * n, f"Well of the north {n}")] for n in range(1, 12)]
    assert "7 Well of the north 7\n" in words_of(paper([put for row in table for put in row])).text


def test_a_page_on_its_side_is_read_as_one_that_stands() -> None:
    lines = [f"Text of the wells, line {n}" for n in range(12)]
    page = [Put(100 + 12 * n, 90, line, turn=90) for n, line in enumerate(lines)]
    found = words_of(
        paper(FIRST, [*page, Put(90, 760, "A/RES/99/8", 8)], [*rows(lines, y=690), Put(90, 760, "A/RES/99/8", 8)])
    )
    assert found.text.count("\n".join(lines)) == 2
    assert cut(found) == [("A/RES/99/8", "running head")] * 2


def test_invisible_words_are_words() -> None:
    page = [
        Picture(0, 0, 612, 792),
        *(Put(90, 700 - 12 * n, f"Recognized text of line {n}", mode=3) for n in range(12)),
    ]
    found = words_of(paper(page))
    assert found.text.count("Recognized text of line") == 12
    assert not found.remarks

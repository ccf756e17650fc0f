from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from mandategraph.reading.cleaning import clean
from mandategraph.records import CleanText, SourceText, Span

WORDS = frozenset("affected international law children in the of under by".split())

DAMAGE = [
    ("tab before a number", "\t1.\tDecides to meet;", "1. Decides to meet;"),
    ("bookmark", "[bookmark: _Hlk1]\tWelcomes it,", "Welcomes it,"),
    ("emphasis", "The **four** *rules*", "The four rules"),
    ("asterisk of a footnote", "Statement of the Chair*", "Statement of the Chair*"),
    ("ordinal tag", "on March 28<sup>th</sup> 2023", "on March 28th 2023"),
    ("link", "see [S/2022/595](#) and resolution [2538 \\(2020\\)](#),", "see S/2022/595 and resolution 2538 (2020),"),
    ("mathematics", "the report (\\$\\sigma 2020/476\\), and", "the report (S/2020/476), and"),
    ("double spaces", "one  two   three", "one two three"),
    ("soft hyphen", "co\u00adoperate", "cooperate"),
    ("curly quotes", "the Mission’s “task”", 'the Mission\'s "task"'),
    ("broken word", "children affect ed by in ternational law", "children affected by international law"),
    ("two words stay two", "in formed circles", "in formed circles"),
    ("hyphen at a line's end", "the Secretary-\nGeneral came", "the Secretary-General came"),
    ("page picture", "![x](y.png)Text", "Text"),
]


def _clean(text: str, words: frozenset[str] = WORDS) -> CleanText:
    return clean(make.source(text), words=words)


@pytest.mark.parametrize(("damaged", "wanted"), [pytest.param(d, w, id=i) for i, d, w in DAMAGE])
def test_damage_is_repaired(damaged: str, wanted: str) -> None:
    assert _clean(damaged).text == wanted


def test_page_furniture_inside_a_sentence() -> None:
    text = "1. Requests all States to send what they can to the\n\n20-08606 **3/17** \n\nmission without delay;\n\n20-08606 17/17"
    assert _clean(text).text == "1. Requests all States to send what they can to the mission without delay;\n"


def test_link_lines_inside_a_paragraph() -> None:
    text = "1. Recalls the visit of the\nhttps://example.org/a(b)\nhttps://example.org/c\n Working Group to Chad.\n"
    assert "the visit of the Working Group to Chad." in _clean(text).text


def test_running_heads_and_glued_page_numbers() -> None:
    text = "S/RES/9999 (2030)\nBody of the first page which goes\nS/RES/9999 (2030)\n12-441212\non here.\nS/RES/9999 (2030)\n12-441213\n"
    assert "12-44" not in _clean(text).text
    assert _clean(text).text.count("S/RES/9999") == 1


def test_double_spaced_lines_are_joined() -> None:
    line = "The members of the group looked at the wells of the east and found them \n\n"
    text = "1. " + line * 12 + "dry.\n\n2. " + line * 12 + "wet.\n"
    lines = _clean(text).text.strip().split("\n")
    assert [line[:2] for line in lines] == ["1.", "2."]


def test_a_number_is_believed_only_in_its_sequence() -> None:
    wrapped = "1. Notes that the wells of the eastern plain are deep, as was said in paragraph\n14. Further, it was said that the wells were as deep as the well in paragraph\n"
    text = (
        wrapped
        + "2. Notes that this is the second paragraph, that it is long, and that it runs on to\na second line of its own, which is here, as long as the others are, and as full.\n"
        * 6
    )
    lines = [x for x in _clean(text).text.split("\n") if x]
    assert lines[0].startswith("1.")
    assert "paragraph 14. Further" in lines[0]


def test_a_wrapped_line_that_opens_with_a_letter_in_brackets() -> None:
    wrapped = (
        "1. Notes that the wells of the eastern plain are deep, that they are far away from any\n"
        "road, and that the towns along the river have asked for new ones for many years now;\n"
    )
    last = "2. Decides to look after every well of the eastern plain, as is said in subparagraphs\n"
    lines = _clean(wrapped * 5 + last + "(c) and (d) of this paragraph;\ni. to mend the roads;\n").text.split("\n")
    assert any(x.endswith("in subparagraphs (c) and (d) of this paragraph;") for x in lines)
    assert "i. to mend the roads;" in lines


def test_inline_footnote_becomes_a_record() -> None:
    text = _clean("Noting the report,[footnoteRef:2] [2: \t\tA/HRC/46/68. ] \n")
    assert text.text.strip() == "Noting the report,"
    (note,) = text.footnotes
    assert (note.mark, note.text) == ("2", "A/HRC/46/68.")
    assert text.source.text[note.span.start : note.span.end] == note.text
    assert note.called_at is not None
    assert text.text[: note.called_at].rstrip() == "Noting the report,"


def test_footnote_that_splits_a_sentence() -> None:
    text = _clean("Women are 28 percent of¹ the\n\n¹ As of 2020, in the east, 4 percent of them.\n\nformed units.")
    assert text.text == "Women are 28 percent of the formed units."
    assert [n.text for n in text.footnotes] == ["As of 2020, in the east, 4 percent of them."]


def _letters(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text)


PIECES = st.sampled_from(
    [
        "1. Urges all States ",
        "affect ed ",
        "*bold* ",
        "[a](b) ",
        "\n",
        "\n\n",
        "20-08606 3/17\n",
        "¹ note\n",
        "word.¹ ",
        "(a) ",
        "- to do ",
        "[footnoteRef:2] ",
        "[2: words ] ",
        "https://x.y/z\n",
        "Secretary-\n",
        "\\$\\sigma 2020/1\\) ",
        "<sup>2</sup> ",
        "’s ",
        "\u00ad",
        "\t",
        "ANNEX\n",
        "resolution 2374 (2017) ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join)))
def test_every_character_is_kept_or_accounted_for(text: str) -> None:
    cleaned = _clean(text)
    places = [cleaned.offsets.at(i) for i in range(len(cleaned.text))]
    assert places == sorted(set(places)), "the map rises"
    gone = {i for cut in cleaned.cuts for i in range(cut.span.start, cut.span.end)} - set(places)
    for i, c in enumerate(text):
        assert i in gone or i in set(places), f"{c!r} at {i} is neither kept nor cut"
    for cut in cleaned.cuts:
        assert text[cut.span.start : cut.span.end] == cut.text
        assert cut.reason
    for place, c in zip(places, cleaned.text, strict=True):
        assert text[place] == c or not text[place].isalnum() or "\\" in text, "letters are never replaced"


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_spans_give_back_the_source(text: str, data: st.DataObject) -> None:
    cleaned = _clean(text)
    if not cleaned.text:
        return
    start = data.draw(st.integers(0, len(cleaned.text) - 1))
    end = data.draw(st.integers(start + 1, len(cleaned.text)))
    quoted = cleaned.quote(Span(start, end))
    source = cleaned.offsets.to_source(Span(start, end))
    assert text[source.start : source.end] == quoted
    spans = list(cleaned.offsets.clean_spans(source, len(cleaned.text)))
    assert [i for span in spans for i in range(span.start, span.end)] == list(range(start, end))


def test_a_day_and_its_month_are_one_in_narrow_columns() -> None:
    text = "1. Requests the masons to report by 1\nMay 2036;\n\nThe wells are 3\nMay rains fill them.\n"
    cleaned = clean(SourceText("x", "text/plain", text, "0" * 64)).text
    assert "by 1 May 2036;" in cleaned
    assert "are 3\nMay rains" in cleaned


def _beside(left: list[str], right: list[str]) -> str:
    """Two columns, the second from the 50th character on."""
    return "\n".join(f"{a:<50}{b}" for a, b in zip(left, right, strict=True)) + "\n"


ENGLISH = [
    "The Board of Wells,",
    "Recalling its work,",
    "1. Requests the masons to dig all the",
    "wells by 1 May 2036;",
    "2. Urges States to help.",
]
FRENCH = [
    "Le Conseil des puits,",
    "Rappelant ses travaux,",
    "1. Prie les maçons de creuser tous les",
    "puits avant le 1er mai 2036 ;",
    "2. Exhorte les États à aider.",
]


@pytest.mark.parametrize(("left", "right"), [(ENGLISH, FRENCH), (FRENCH, ENGLISH)])
def test_of_two_languages_side_by_side_one_is_read(left: list[str], right: list[str]) -> None:
    source = SourceText("x", "text/plain", _beside(left, right), "0" * 64)
    cleaned = clean(source, words=make.tables().words)
    assert "Prie" not in cleaned.text
    assert "Requests the masons to dig all the wells by 1 May 2036;" in " ".join(cleaned.text.split())
    assert {cut.reason for cut in cleaned.cuts if "puits" in cut.text} == {"another language beside"}


def test_two_columns_in_one_language_stay() -> None:
    cleaned = clean(SourceText("x", "text/plain", _beside(ENGLISH, ENGLISH), "0" * 64), words=make.tables().words)
    assert cleaned.text.count("Urges") == 2


def _in_turns(lines: list[str]) -> str:
    source = SourceText("x", "text/plain", "\n\n".join(lines), "0" * 64)
    return clean(source, languages=make.tables().languages).text


ENGLISH_TURN = "Requests the masons of the lake to dig all of the wells that are in the north by the first of May;"
FRENCH_TURN = (
    "Prie les maçons du lac de creuser tous les puits qui se trouvent dans le nord avant la fin du mois de mai ;"
)


def test_of_two_languages_paragraph_by_paragraph_one_is_read() -> None:
    text = _in_turns([ENGLISH_TURN, FRENCH_TURN, "Décision", FRENCH_TURN, ENGLISH_TURN])
    assert text.count("masons") == 2
    assert "maçons" not in text
    assert "Décision" not in text


def test_a_paragraph_of_another_language_alone_stays() -> None:
    assert "maçons" in _in_turns([ENGLISH_TURN] * 9 + [FRENCH_TURN])

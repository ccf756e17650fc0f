from __future__ import annotations

import pytest

import make
from mandategraph.records import Genre, ParagraphKind, Status
from mandategraph.symbols import find_symbol, from_file_name, normalize
from mandategraph.vocabulary import element_id


def _labels(text: str, form: str = "resolution") -> list[str]:
    document, _ = make.read(text, form)
    skipped = {ParagraphKind.TITLE, ParagraphKind.HEADING}
    return [p.label for _, p in document.paragraphs() if p.kind not in skipped]


def test_nesting() -> None:
    text = "1. Decides:\n(a) One:\n(i) this,\n(ii) that:\n- deeper,\n- deeper still;\n(b) Two;\n2. Ends."
    assert _labels(text) == ["pp1", "1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(a)(ii)/1", "1(a)(ii)/2", "1(b)", "2"]


def test_points_with_a_full_stop() -> None:
    text = "1. Decides:\n(a) One:\ni. to dig,\nii. to mend;\n2. Asks for:\na. wells;\nb. roads."
    assert _labels(text) == ["pp1", "1", "1(a)", "1(a)(i)", "1(a)(ii)", "2", "2(a)", "2(b)"]


def test_a_resolution_in_parts() -> None:
    first = "1. Requests UNMISS to dig;\n\n2. Decides to meet.\n\n"
    part = f"The Security Council,\n\nRecalling its plan,\n\n{first}"
    expected = ["pp1", "1", "2", "part-2/pp1", "part-2/1", "part-2/2"]
    assert _labels(first + part) == expected
    lettered = [label.replace("part-b", "part-2") for label in _labels(f"{first}B\n\n{part}")]
    assert [label for label in lettered if label in expected] == expected
    assert element_id("part-b/2(a)") == "part_b__para_2__point_a"


def test_points_of_a_preamble_are_preambular() -> None:
    document, _ = make.read("Noting:\n\n(a) The wells;\n\n- The roads;\n\n1. Decides:\n\n(a) To meet;")
    kinds = {p.label: p.kind for _, p in document.paragraphs()}
    assert kinds["pp2(a)"] is kinds["pp2(a)/1"] is ParagraphKind.PREAMBULAR
    assert kinds["1"] is kinds["1(a)"] is ParagraphKind.OPERATIVE


def test_a_preamble_may_have_a_finite_verb_among_its_paragraphs() -> None:
    body = "1. Decides to meet;\n\n2. Urges all to dig."
    assert _labels("Recalling its work,\n\nExpresses concern at the drought,\n\nUrging rain,\n\n" + body) == [
        *("pp1", "pp2", "pp3", "pp4", "1", "2")
    ]
    assert _labels("Expresses concern at the drought;\n\nUrges rain;")[1:] == ["1", "2"]


def test_the_letter_i_after_h() -> None:
    letters = "\n".join(f"({c}) Point {c};" for c in "abcdefghij")
    assert _labels("1. Decides:\n" + letters)[-2:] == ["1(i)", "1(j)"]


def test_double_letters_after_z() -> None:
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)] + ["aa", "bb"]
    assert _labels("1. Decides:\n" + "\n".join(f"({c}) Point;" for c in letters))[-2:] == ["1(aa)", "1(bb)"]


def test_words_under_a_lettered_heading() -> None:
    text = "1. Decides the following tasks:\n\n## (a) Wells\n\nTo dig wells;\n\n#### (b) Roads\n\nTo build roads;\n\nTo mend roads;"
    assert _labels(text) == ["pp1", "1", "1(a)", "1(b)", "1(b)/1", "1(b)/2"]


def test_bullets_that_lost_their_mark() -> None:
    assert _labels("1. Asks for these:\nfull respect for the line;\nno arms without consent;") == [
        "pp1",
        "1",
        "1/1",
        "1/2",
    ]


def test_quoted_annex() -> None:
    text = "\n\nAnnex\n\nRelevant language in resolution 2640 (2022)\n\nStressing that wells matter,\n\n3. Urges all to dig;\n\n26. Decides these tasks:\n\n- to dig,"
    document, reading = make.read(
        "Nothing more was said about the wells of the plain in the east of the land of Mali, it seems." * 4 + text,
        "note-body",
    )
    labels = [
        p.label for s, p in document.paragraphs() if s.status is Status.QUOTED and p.kind is not ParagraphKind.HEADING
    ]
    assert labels == ["annex/pp1", "annex/3", "annex/26", "annex/26/1"]
    assert {s.quoted_from for s in reading.statements} == {"S/RES/2640 (2022)"}
    assert {s.issuer for s in reading.statements} == {"SecurityCouncil"}


@pytest.mark.parametrize(
    ("head", "symbol", "date", "status"),
    [
        (
            "United Nations S/2020/600\nDistr.: General 29 June 2020\nFrance: draft resolution\n",
            "S/2020/600",
            "2020-06-29",
            Status.DRAFT,
        ),
        (
            "Resolution 2062 (2012)\nAdopted by the Security Council at its 6817th meeting, on 26 July 2012\n",
            "S/RES/2062 (2012)",
            "2012-07-26",
            Status.ADOPTED,
        ),
    ],
)
def test_title_block(head: str, symbol: str, date: str, status: Status) -> None:
    document, _ = make.reader().read(
        make.source(head + "The Security Council,\nRecalling its work,\n1. Decides to meet.")
    )
    assert (document.symbol, document.date, document.status) == (symbol, date, status)
    assert document.genre is Genre.RESOLUTION


def test_session_number_names_the_series() -> None:
    document, _ = make.reader().read(
        make.source("46/28\tHelp with wells\nThe Human Rights Council,\nRecalling it,\n1. Decides so.")
    )
    assert document.symbol == "A/HRC/RES/46/28"


def test_a_resolution_without_its_body_line() -> None:
    text = "Resolution 9998 (2030)\n\nAdopted by the Security Council on 2 May 2030\n\nRecalling its work,\n\nNoting the wells,\n\n1. Decides to meet."
    document, reading = make.reader().read(make.source(text))
    assert document.body == "Security Council"
    assert {s.issuer for s in reading.statements} == {"SecurityCouncil"}


def test_what_we_declare_in_an_annex_is_labelled_as_of_it() -> None:
    text = (
        "Lake Declaration on Wells\n\nAdopted in May by the masons of the lake, who met in the town of Kisumu for three days.\n\n"
        "Annex\n\nWe, the Ministers of the Lake States, met in May.\n\n1. We commit to dig wells.\n\n2. We commit to pay.\n"
    )
    _, reading = make.reader().read(make.source(text))
    assert [s.paragraph for s in reading.statements] == ["annex/1", "annex/2"]


def test_a_preamble_on_one_line_with_its_body_is_taken_apart() -> None:
    text = (
        "Resolution 9998 (2030)\n\nThe Security Council, Recalling its work, Deeply concerned by the drought,\n\n"
        "1. Decides to meet.\n\n2. Urges all States to dig.\n"
    )
    _, reading = make.reader().read(make.source(text))
    assert [s.paragraph for s in reading.statements] == ["pp1", "pp2", "1", "2"]


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("Draft of 3 May 2031", Status.DRAFT),
        ("Zero draft", Status.DRAFT),
        ("title: Wells\n\n# DRAFT 3", Status.DRAFT),
        ("title: Wells\n\nDraft rules on wells", Status.ADOPTED),
        ("Wells for those who draft", Status.ADOPTED),
    ],
)
def test_a_draft_says_so_in_its_first_line_or_in_one_of_its_own(first: str, status: Status) -> None:
    text = f"{first}\n\nWells for all\n\nThe General Assembly,\n\nRecalling its work,\n\n1. Decides to meet.\n"
    assert make.reader().read(make.source(text))[0].status is status


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("S_RES_73(1949)", "S/RES/73 (1949)"),
        ("A_RES_73_6-EN", "A/RES/73/6"),
        ("S_PRST_2011_4", "S/PRST/2011/4"),
        ("my notes", ""),
    ],
)
def test_symbol_of_a_file_name(name: str, symbol: str) -> None:
    assert from_file_name(name) == symbol


def test_symbols_in_text() -> None:
    assert find_symbol("see S/AC.51/2018/1, para. 2") == "S/AC.51/2018/1"
    assert find_symbol("A/HRC/RES/S-15/1 of 2011") == "A/HRC/RES/S-15/1"
    assert normalize("S/RES/2374(2017)") == "S/RES/2374 (2017)"

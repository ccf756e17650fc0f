"""The reading view: the text, its contents, the margin with what is stated, quotations with their citations; with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mandategraph.answering.citing import cite, pinpoint
from mandategraph.answering.comparing import Change
from mandategraph.answering.later import Following
from mandategraph.errors import NotFoundError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents
from mandategraph.recalling.statements import statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.serving.reading import contents, read_document
from mandategraph.serving.statement import cited_page, statement_page
from served import Served

WELLS = {
    "1": (Change.EXTENDED, "S/RES/9980 (2030)"),
    "2": (Change.DROPPED, "S/RES/9980 (2030)"),
    "3": (Change.STRENGTHENED, "S/RES/9980 (2030)"),
    "5": (Change.DROPPED, "S/RES/9980 (2030)"),
}


def test_what_became_of_a_statement_is_what_the_next_mandate_says(mandates_store: GraphStore) -> None:
    following = Following(mandates_store)
    found = {}
    for stated in statements(mandates_store, Wanted(documents=("S/RES/9970 (2029)",))):
        later = following.of(stated)
        assert later is not None
        found[stated.paragraph] = (later.change, later.document)
    assert {label: found[label] for label in WELLS} == WELLS


def test_a_text_of_another_line_drops_nothing(mandates_store: GraphStore) -> None:
    following = Following(mandates_store)
    for key in ("S/RES/9975 (2030)", "S/RES/9990 (2031)"):
        for stated in statements(mandates_store, Wanted(documents=(key,))):
            assert following.of(stated) is None, stated.text


@pytest.mark.parametrize(
    ("key", "adopted", "oscola", "address"),
    [
        ("S/RES/9970 (2029)", "2029-03-01", "UNSC Res 9970 (1 March 2029) UN Doc S/RES/9970", "S/RES/9970(2029)"),
        ("A/RES/99/1", "2044-10-24", "UNGA Res 99/1 (24 October 2044) UN Doc A/RES/99/1", "A/RES/99/1"),
        ("A/HRC/RES/99/2", "", "UNHRC Res 99/2 UN Doc A/HRC/RES/99/2", "A/HRC/RES/99/2"),
        ("S/2044/1", "2044-01-02", "Council of Wells, ‘On wells’ (2 January 2044) UN Doc S/2044/1", "S/2044/1"),
        ("my note", "2044", "Council of Wells, ‘On wells’ (2044)", ""),
    ],
)  # fmt: skip
def test_citations(key: str, adopted: str, oscola: str, address: str) -> None:
    found = cite(Head(key, "resolution", "final", "x.txt", adopted=adopted, body="Council of Wells", title="On wells"))
    assert found.oscola == oscola
    assert found.address == (f"https://undocs.org/{address}" if address else "")


def test_paragraphs_are_cited_by_their_numbers() -> None:
    assert pinpoint("3") == "para. 3"
    assert pinpoint("28(a)(iii)") == "para. 28 (a) (iii)"
    assert pinpoint("pp12") == "preambular para. 12"
    assert pinpoint("annex II/4") == "annex II, para. 4"
    assert pinpoint("title/1") == ""
    assert pinpoint("recommendations/1") == "recommendations, para. 1"


def test_the_contents_have_headings_and_numbers(sample_store: GraphStore) -> None:
    read = read_document(sample_store, "S/2020/600")
    found = contents(read)
    fragments = {paragraph.fragment for paragraph in read}
    assert {entry.fragment for entry in found} <= fragments
    assert [entry.words for entry in found if not entry.is_heading][:3] == ["1", "2", "3"]
    assert sum(entry.is_heading for entry in found) > 5


def test_a_statement_says_who_what_toward_whom_and_by_when(sample_store: GraphStore) -> None:
    (stated,) = (
        each
        for each in statements(sample_store, Wanted(documents=("S/2020/600",)))
        if each.paragraph == "62" and each.recurs == "P3M"
    )
    page = statement_page(sample_store, {"of": f"S/2020/600#{stated.statement.partition('#')[2]}", "why": ""})
    fields = {name: [cell.text for cell in cells] for name, cells in page["fields"]}
    assert fields["who"] == ["Secretary-General of the United Nations"]
    assert any("Security Council" in words and "recipient" in words for words in fields["toward"])
    assert any(words == "every three months" for words in fields["by when"])
    assert page["pinpoint"] == "para. 62"
    assert page["why"] is None
    why = statement_page(sample_store, {"of": f"S/2020/600#{stated.statement.partition('#')[2]}", "why": "yes"})["why"]
    assert why[0] == {"field": "verb", "value": "request", "rule": "VRB-request", "decides": ""}
    assert any(step["decides"] for step in why)
    for wrong in ("S/2020/600#statement-1", "S/2020/600", "S/2020/600#a b", "S/2020/601#statement-1"):
        with pytest.raises(NotFoundError):
            statement_page(sample_store, {"of": wrong, "why": ""})


def test_a_citation_shows_the_paragraph_where_it_is_here(mandates_store: GraphStore) -> None:
    given = {"instrument": "S/RES/9980(2030)", "paragraphs": "S/RES/9980(2030)#para_2 S/RES/9980(2030)#para_99"}
    page = cited_page(mandates_store, given)
    assert page["head"].key == "S/RES/9980 (2030)"
    here, gone = page["cited"]
    assert here["name"] == "S/RES/9980 (2030), para. 2"
    assert "guard the wells" in here["words"]
    assert (gone["words"], gone["link"]) == ("", "")
    assert documents(mandates_store)


# --- in the browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(mandates_path: Path) -> Iterator[Served]:
    started = Served(mandates_path)
    yield started
    started.close()


def _open(browser: Any, served: Served, width: int, scheme: str = "light", **options: Any) -> Any:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.goto(f"{served.url}/document/S/RES/9970(2029)")
    if options.get("java_script_enabled", True):
        page.wait_for_selector("body[data-ready]")
    return page


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (900, "dark"), (390, "light")])
def test_the_margin_shows_what_is_pointed_at(browser: Any, served: Served, width: int, scheme: str) -> None:
    page = _open(browser, served, width, scheme)
    section = page.locator("section#para_6")
    section.locator("a.verb").click()
    margin = page.locator(".margin")
    margin.locator("article.statement").wait_for()
    said = margin.inner_text()
    assert "Secretary-General" in said
    assert "every 6 months" in said or "every six months" in said
    assert "strengthened" in said
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    where, words = margin.bounding_box(), section.locator("p").first.bounding_box()
    if width > 760:
        assert where["x"] > words["x"] + words["width"] - 1, "beside the text"
    else:
        assert where["y"] > words["y"] + words["height"] - 1, "below the paragraph"
    assert "#statement-" in page.url
    page.keyboard.press("Escape")
    assert margin.locator("article.statement").count() == 0
    assert page.wrong == []
    page.context.close()


@pytest.mark.slow
def test_the_margin_follows_mouse_and_keyboard_and_an_address_opens_it(browser: Any, served: Served) -> None:
    page = _open(browser, served, 1440)
    page.locator("section#para_3 span.inside").first.hover()
    page.wait_for_selector(".margin article.statement")
    assert "guard" in page.inner_text(".margin blockquote >> nth=0")
    page.mouse.move(5, 5)
    page.locator("section#para_4 a.verb").focus()
    page.locator(".margin blockquote", has_text="pumps").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_selector(".margin.pinned article.statement")
    again = page.context.new_page()
    again.goto(page.url)
    again.wait_for_selector(".margin.pinned article.statement")
    assert "pumps" in again.inner_text(".margin blockquote >> nth=0")
    page.click(".margin .why")
    page.wait_for_selector(".margin .trace li")
    assert "VRB-encourage" in page.inner_text(".margin .trace")
    assert page.wrong == []
    page.context.close()


@pytest.mark.slow
def test_a_quotation_is_copied_with_its_citation(browser: Any, served: Served) -> None:
    page = _open(browser, served, 1440, permissions=["clipboard-read", "clipboard-write"])
    page.locator("section#para_3").hover()
    page.locator("section#para_3 .tool").click()
    copied = {}
    for name in ("Plain", "Markdown", "OSCOLA"):
        page.click(f".margin .copies button:text-is('{name}')")
        page.wait_for_selector(".margin .copies [role=status]:text('Copied.')")
        copied[name] = page.evaluate("navigator.clipboard.readText()")
    assert copied["Plain"].startswith("“Requests UNMISS to guard the wells")
    assert copied["Plain"].endswith("(S/RES/9970 (2029), para. 3)")
    assert copied["Markdown"].endswith("— [S/RES/9970 (2029), para. 3](https://undocs.org/S/RES/9970%282029%29)")
    assert copied["OSCOLA"].endswith("UN Doc S/RES/9970, para 3.")
    assert page.wrong == []
    page.context.close()


@pytest.mark.slow
def test_without_script_a_verb_leads_to_its_statement_and_back(browser: Any, served: Served) -> None:
    page = _open(browser, served, 1440, java_script_enabled=False)
    page.locator("section#para_6 a.verb").click()
    assert "/statement?of=S/RES/9970" in page.url
    assert "every six months" in page.inner_text("article.statement")
    page.click("article.statement .where a")
    assert page.url.split("#")[1].startswith("statement-")
    assert page.locator("section#para_6 a.verb:target").count() == 1
    page.goto(f"{served.url}/document/S/RES/9980(2030)")
    page.locator("a.instrument", has_text="9970").first.click()
    assert page.url.endswith("/instrument/S/RES/9970(2029)")
    assert page.wrong == []
    page.context.close()

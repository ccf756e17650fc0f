"""HTML: every word of a page is read or omitted with the reason, lists keep their labels, and no page fells the reader.

200 random pages a run; `pytest tests/test_html.py --hypothesis-profile=long` tries 20,000.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from make import as_html
from mandategraph.building.writing import BUILT, REFUSED, build
from mandategraph.errors import SourceError
from mandategraph.keeping.store import GraphStore
from mandategraph.reading.html import read_html
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words
from wordings import random_html


def _words(page: str, limits: Limits | None = None) -> Words:
    return read_html(page, "a.html", limits or Limits())


def _shown(page: str) -> list[str]:
    """Return the lines that are read."""
    words = _words(f"<html><body>{page}</body></html>")
    kept = list(words.text)
    for omission in words.omitted:
        kept[omission.span.start : omission.span.end] = [""] * (omission.span.end - omission.span.start)
    return [line.strip() for line in "".join(kept).split("\n") if line.strip()]


def test_lists_of_a_page_keep_their_numbers_and_its_furniture_goes() -> None:
    page = """<header><a href="/">Home</a></header>
      <div class="side"><h3>Related</h3><ul><li><a href="/1">Wells of the south</a></li><li><a href="/2">Wells of the east</a></li></ul></div>
      <h1>Resolution 9991 (2031)</h1><p>The Security
      Council,</p><ol><li><i>Decides</i> so;<li>Requests the Registrar:<ol type="a"><li>to count;</li><li>to mend;</li></ol></li></ol>
      <h3>Reporting</h3><ol start="3"><li value="4">Urges &amp; calls<sup>1</sup>;</li></ol><p hidden>5. Hidden</p>
      <table><tr><td>Wells</td><td>14</td></tr></table><pre>6. One
7. Two</pre><ol><li id="fn1">See the annex.</li></ol>"""
    assert _shown(page) == [
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


PLAIN = "<ol><li>one<ol type='a'><li>of it</li><li>and more</li></ol></li><li>two</li></ol>"


@pytest.mark.parametrize(
    "page",
    [
        PLAIN,
        "<ol><li><p>one</p><ol type='a'><li><p>of it</p></li><li><p>and more</p></li></ol></li><li><p>two</p></li></ol>",
        "<ol><li><div><p>one</p></div><ol type='a'><li><div>of it</div></li><li>and more</li></ol></li><li> <p> two</p></li></ol>",
        "<ol>\n<li>\n<p>one</p>\n<ol type='a'>\n<li>\n<p>of it</p>\n</li><li><p>and more</p></li></ol></li><li><p>two</p></li></ol>",
    ],
)
def test_a_label_stands_before_the_words_of_its_item(page: str) -> None:
    assert _shown(page) == ["1. one", "(a) of it", "(b) and more", "2. two"]


def test_a_second_paragraph_of_an_item_has_no_label() -> None:
    assert _shown("<ol><li><p>one</p><p>more</p></li><li></li><li>three</li></ol>") == ["1. one", "more", "3. three"]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<ol><li>Recalling:<ul><li><a href=x>1 (2031)</a></li><li><p><a href=x>2 (2031)</a></p></li></ul></li><li>two</li></ol>", ["1. Recalling:", "- 1 (2031)", "- 2 (2031)", "2. two"]),
        ("<ol><li><ol type=a><li></li></ol>words</li></ol>", ["1. words"]),
        ("<ol><li>one</li><li hidden>two</li><li><del>three</del></li><li>four</li></ol>", ["1. one", "3. four"]),
        ("<dl><dt>1.</dt><dd><p>one</p><p>more</p></dd><dt>Well</dt><dd>a hole</dd></dl>", ["1. one", "more", "Well", "a hole"]),
        ("<ol style='list-style-type: lower-roman'><li>one</ol>", ["(i) one"]),
        ("<style>.n, ul.m {list-style: none}</style><ol class=n><li>1. one</ol><ul class=m><li>two</ul>", ["1. one", "two"]),
        ("<ol reversed><li>one<li>two</ol>", ["2. one", "1. two"]),
    ],
)  # fmt: skip
def test_items_have_the_labels_that_a_browser_shows(page: str, lines: list[str]) -> None:
    assert _shown(page) == lines


LINKED = "<ol><li><a href=x>{0}</a></li><li><a href=x>{0}</a></li></ol>"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (LINKED.format("Wells"), []),
        (LINKED.format("Requests the Registrar to count all wells of the northern villages, and to mend them;"), None),
        ("<header><h1>Wells</h1><p>A. Writer</p></header><p>text</p>", ["# Wells", "A. Writer", "text"]),
        ("<header><h1>Wells</h1><a href=x>Home</a></header><p>text</p>", ["text"]),
        ("<aside>Also read</aside><p>text</p>", ["text"]),
    ],
)
def test_furniture_is_told_by_what_is_in_it(page: str, lines: list[str] | None) -> None:
    assert _shown(page) == lines if lines is not None else len(_shown(page)) == 2


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ("<td><p>Wells</p></td><td><p>14</p></td>", ["Wells | 14"]),
        ("<td><div><p>Wells</p></div></td> <td>\n<p>14</p></td>", ["Wells | 14"]),
        ("<td>General Assembly</td><td><p>Distr.: General</p><p>3 March 2044</p></td>", ["General Assembly | Distr.: General", "3 March 2044"]),
        ("<td></td><td>14</td><td></td>", ["| 14"]),
        ("<td>Wells</td><td hidden>13</td><td>14</td>", ["Wells | 14"]),
        ("<td><p>one</p><p>two</p></td>", ["one", "two"]),
    ],
)  # fmt: skip
def test_a_row_is_a_line_also_of_cells_with_paragraphs(row: str, lines: list[str]) -> None:
    assert _shown(f"<p>above</p><table><tr>{row}</tr></table><p>below</p>") == ["above", *lines, "below"]


BACK = '<a href="#{}">{}</a>'


@pytest.mark.parametrize(
    "page",
    [
        '<p>wells<a href="#fn1" id="fnref1"><sup>1</sup></a></p><aside role="doc-endnotes"><ol><li id="fn1"><p>Ibid. <a href="#fnref1">\u21a9\ufe0e</a></p></li></ol></aside>',
        '<p>wells<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Ibid.</p></div>',
        '<p>wells<sup><a href="#cite_note-1">[1]</a></sup></p><ol><li id="cite_note-1"><a href="#cite_ref-1">^</a> Ibid.</li></ol>',
        '<p>wells<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1"><a href="#fnref1">1</a> Ibid.</li></ol>',
    ],
    ids=["pandoc", "Word", "a wiki", "numbers both ways"],
)
def test_notes_of_programs_that_write_pages(page: str) -> None:
    assert _shown(page) == ["wells<sup>1</sup>", "<sup>1</sup> Ibid."]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>at least <math><mn>30</mn><annotation>x</annotation></math> per cent</p>", ["at least 30 per cent"]),
        ("<p><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of them</p>", ["1/2 of them"]),
        ("<p>a<ruby>b<rp>(</rp><rt>c</rt><rp>)</rp></ruby></p>", ["ab"]),
        ("<p>a<br>b</p>", ["a", "b"]),
        ("<div>Requests <span><div style='display:none'>not</div></span> to report</div>", ["Requests to report"]),
    ],
)
def test_every_carrier_of_words_is_read_once(page: str, lines: list[str]) -> None:
    assert _shown(page) == lines


def test_a_page_may_say_its_encoding() -> None:
    page = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><meta charset="latin1"/><p>C\xf4te</p></html>'
    assert _words(page).text.strip() == "C\xf4te"


SHEET = (
    "<style><!-- .gone, p.too {Display : NONE !important} /* .not {display:none} */ #one {visibility:hidden} b.not {display:none} "
    "span.cut {text-decoration-line: underline line-through} @media print { .not {display:none} } .not.not {display:none} "
    ".back {display:none} p.back {display:block} --></style><style media=print>.not {display:none}</style>"
)


@pytest.mark.parametrize(
    ("page", "shown", "omitted"),
    [
        ("<p>Calls upon States <s>not </s>to pay</p>", "Calls upon States to pay", {"not": "struck out"}),
        (
            "<p>Urges <del>all </del>of <strike>the </strike>States</p>",
            "Urges of States",
            {"all": "struck out", "the": "struck out"},
        ),
        ("<p>a <span style='text-decoration: Line-Through'>b</span> c</p>", "a  c", {"b": "struck out"}),
        ("<p>a <span style='visibility:hidden'>b</span> c</p>", "a  c", {"b": "hidden"}),
        ("<p>a <span style='color:red;display:\tnone'>b</span> c</p>", "a  c", {"b": "hidden"}),
        ("<p>a <span style='mso-hide:all'>b</span> c</p>", "a  c", {"b": "hidden"}),
        ("<p>a <b aria-hidden='true'>b</b> c</p>", "a  c", {"b": "hidden"}),
        ("<p>a <ins>b</ins> c</p>", "a b c", {}),
        ("<main><p>a</p></main><div>b</div>", "a", {"b": "page furniture"}),
        ("<article><header>a</header></article>", "a", {}),
        (f"{SHEET}<p>a <span class='x gone'>b</span> c</p>", "a  c", {"b": "hidden"}),
        (f"{SHEET}<p>a <span class=cut>b</span> c</p>", "a  c", {"b": "struck out"}),
        (f"{SHEET}<p>a <i id=one>b</i> c</p>", "a  c", {"b": "hidden"}),
        (f"{SHEET}<p class=too>a</p><p>b</p>", "b", {"a": "hidden"}),
        (f"{SHEET}<p>a <i class='not too cut'>b</i> c</p>", "a b c", {}),
        (f"{SHEET}<p class=back>a</p>", "a", {}),
        (f"{SHEET}<p class=gone style='display:block'>a</p>", "a", {}),
    ],
)
def test_what_a_page_does_not_say_is_omitted(page: str, shown: str, omitted: dict[str, str]) -> None:
    assert _shown(page) == [shown]
    words = _words(f"<html><body>{page}</body></html>")
    assert {words.text[o.span.start : o.span.end].strip(): o.reason for o in words.omitted} == omitted


def test_pictures_in_place_of_text_are_said() -> None:
    assert _words("<html><img src=a><img src=b><p>Wells</html>").remarks == (
        "it holds 2 pictures, which are not read, and hardly any text",
    )
    assert _words(f"<html><img src=a><p>{'Wells and roads. ' * 20}</p></html>").remarks == ()
    assert _words("<html><nav><img src=a></nav><p>Wells</html>").remarks == ()
    with pytest.raises(SourceError, match="pictures and no text"):
        _words("<html><img src=a></html>")


def test_a_list_with_a_high_start_is_bounded() -> None:
    items = "<li>x" * 20_000
    for form in "aAiI":
        text = _words(f"<html><ol type={form} start=999999>{items}</ol></html>").text
        assert len(text) < 20 * 20_000


SPACED = " ".join(f"a{n}=1" for n in range(5_000))


@pytest.mark.parametrize(
    "tag",
    [
        f"<p {SPACED}>",
        "<p " + SPACED.replace("=1 ", "='<>'") + ">",
        f"<p {SPACED.replace('=1 ', '/')}>",
        f"<!--><p {SPACED}>",
        f"<!-- <a title='--><p {SPACED}>",
        f"<script>if (x <a && y = '</script><p {SPACED}>",
        f"</p {SPACED}>",
    ],
)
def test_tags_with_more_attributes_than_people_write_are_refused(tag: str) -> None:
    with pytest.raises(SourceError, match="attributes"):
        _words(f"<html>{tag}x</html>")


def test_long_values_are_no_attributes() -> None:
    numbers = " ".join(map(str, range(5_000)))
    held = f'<path d="{numbers}"/><img alt=\'{numbers}\'><script>x = "<a {numbers}>"</script><!-- <p {numbers}> -->'
    assert _shown(f"{held}<p>Wells</p>") == ["Wells"]


def test_hostile_pages_are_refused() -> None:
    with pytest.raises(SourceError, match="more than 100 characters"):
        _words(f"<html><p>{'wells ' * 50}</p></html>", Limits(characters=100))
    with pytest.raises(SourceError, match=r"nested too deep|cannot be parsed"):
        _words("<html>" + "<div>" * 5_000 + "x")


def test_a_page_that_is_refused_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><p {SPACED}>x</html>")
    (tmp_path / "b.html").write_bytes(
        as_html(["Resolution 9991 (2031)", "The Security Council,", "1. Decides to meet."])
    )
    with GraphStore.in_memory() as store:
        assert [r.outcome for r in build([tmp_path], store)] == [REFUSED, BUILT]


SHAPES: dict[str, Callable[[int], str]] = {
    "links in nested blocks": lambda n: "<div>" * 200 + "<a href=x>well</a> " * n + "</div>" * 200,
    "rules of a sheet and elements of their class": lambda n: (
        f"<style>{'.x {display:none}' * n}</style>{'<b class=x>y</b>' * n}"
    ),
    "classes of one element": lambda n: f"<style>.x {{display:none}}</style><b class='{'x y ' * n}'>y</b>",
    "comments of a sheet that do not end": lambda n: f"<style>{'/* ' * n}</style>x",
    "items of a list with a high start": lambda n: f"<ol type=i start=999999>{'<li>x' * n}</ol>",
    "tags with a quotation mark": lambda n: '<p title="<a \'>">x' * n,
    "links to notes": lambda n: "x<a href='#fn1'>[1]</a>" * n,
    "cells of one row": lambda n: f"<table><tr>{'<td>x' * n}</table>",
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_page(shape: str) -> None:
    """Four times the page takes no more than nine times as long, in one of three tries: another process may take the caches meanwhile."""

    def seconds(n: int) -> float:
        page = f"<html>{SHAPES[shape](n)}</html>"
        start = time.process_time()
        _words(page)
        return time.process_time() - start

    seconds(1_000)
    assert any(seconds(20_000) < 9 * max(seconds(5_000), 0.05) for _ in range(3))


@settings(max_examples=settings().max_examples * 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_every_word_is_read_or_omitted_with_its_reason(seed: int) -> None:
    content, wording = random_html(seed)
    words = _words(content.decode())
    places = {found[0]: found.start() for found in re.finditer(r"\bwo[a-z]+", content.decode())}
    assert re.findall(r"wo[a-z]+", words.text) == sorted([*wording.read, *wording.omitted], key=places.__getitem__)
    found = {
        each: o.reason for o in words.omitted for each in re.findall(r"wo[a-z]+", words.text[o.span.start : o.span.end])
    }
    assert found == wording.omitted

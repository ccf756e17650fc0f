"""HTML: every word of a page is read or omitted with the reason, lists keep their labels, and no page fells the reader."""

from __future__ import annotations

import re
import time

import pytest

from mandategraph.errors import SourceError
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
        ("<p>a <b aria-hidden='true'>b</b> c</p>", "a  c", {"b": "hidden"}),
        ("<p>a <ins>b</ins> c</p>", "a b c", {}),
        ("<main><p>a</p></main><div>b</div>", "a", {"b": "page furniture"}),
        ("<article><header>a</header></article>", "a", {}),
    ],
)
def test_what_a_page_does_not_say_is_omitted(page: str, shown: str, omitted: dict[str, str]) -> None:
    assert _shown(page) == [shown]
    words = _words(f"<html><body>{page}</body></html>")
    assert {words.text[o.span.start : o.span.end].strip(): o.reason for o in words.omitted} == omitted


def test_pictures_in_place_of_text_are_said() -> None:
    assert _words("<html><img src=a><img src=b></html>").remarks == (
        "it holds 2 pictures, which are not read, and hardly any text",
    )
    assert _words(f"<html><img src=a><p>{'Wells and roads. ' * 20}</p></html>").remarks == ()


def test_a_list_with_a_high_start_is_bounded() -> None:
    items = "<li>x" * 20_000
    for form in "aAiI":
        text = _words(f"<html><ol type={form} start=999999>{items}</ol></html>").text
        assert len(text) < 20 * 20_000


def test_hostile_pages_are_refused() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(5_000))
    with pytest.raises(SourceError, match="attributes"):
        _words(f"<html><p {attributes}>x</p></html>")
    with pytest.raises(SourceError, match="more than 100 characters"):
        _words(f"<html><p>{'wells ' * 50}</p></html>", Limits(characters=100))
    with pytest.raises(SourceError, match=r"nested too deep|cannot be parsed"):
        _words("<html>" + "<div>" * 5_000 + "x")


@pytest.mark.slow
def test_time_grows_with_the_page() -> None:
    """Links in nested blocks: four times the page takes no more than nine times as long."""

    def seconds(links: int) -> float:
        page = "<html>" + "<div>" * 200 + "<a href=x>well</a> " * links + "</div>" * 200
        start = time.process_time()
        _words(page)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(20_000) < 9 * max(seconds(5_000), 0.02)


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_every_word_is_read_or_omitted_with_its_reason(start: int) -> None:
    for seed in range(start, start + 50):
        content, wording = random_html(seed)
        words = _words(content.decode())
        assert re.findall(r"wo[a-z]+", words.text) == sorted(
            [*wording.read, *wording.omitted],
            key=lambda word: re.search(rf"\b{word}\b", content.decode()).start(),  # type: ignore[union-attr]
        ), seed
        omitted = {
            word: o.reason
            for o in words.omitted
            for word in re.findall(r"wo[a-z]+", words.text[o.span.start : o.span.end])
        }
        assert omitted == wording.omitted, seed

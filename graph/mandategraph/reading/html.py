"""HTML -> lines: one for each block, numbers of lists written out, navigation and other furniture of the page left out.

What is furniture is read from the page's own structure (`nav`, `header`, `footer`, `aside`, their ARIA roles, what is hidden), and
from blocks that are links for the most part: extractors that guess the main text drop tables and forget how a list is numbered,
and here a number is a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from mandategraph.errors import SourceError
from mandategraph.reading.limits import Limits
from mandategraph.reading.numbering import letter, roman
from mandategraph.reading.words import Words, Writer

_OPENINGS = ("<!doctype html", "<html", "<head", "<body")
_BEFORE = {"<?xml": "?>", "<!--": "-->"}
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 "
    "hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_DROPPED = frozenset(
    "script style noscript template head nav aside button select option textarea input svg math canvas iframe object video "
    "audio dialog menu".split()
)
_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar toolbar dialog alertdialog".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_DEEPEST = 500
_NOTE = re.compile(r"(?:fn|ftn|note|footnote|endnote|cite_note)[-_:]?(?:[A-Za-z_]*[-_])?(\d{1,3})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def is_html(text: str) -> bool:
    """Return whether a text is a page of HTML.

    Example:
        >>> is_html("<!DOCTYPE html><p>Decides</p>"), is_html("1. Decides <b>so</b>")
        (True, False)
    """
    head = text[:2000].lstrip().lower()
    while end := next((end for start, end in _BEFORE.items() if head.startswith(start)), ""):
        head = head.partition(end)[2].lstrip()
    return head.startswith(_OPENINGS)


@dataclass(slots=True)
class _Counter:
    """An ordered list that is open: its next number, the step to the one after, its form."""

    number: int
    step: int
    form: str


def read_html(text: str, where: str, limits: Limits) -> Words:
    """Return the words of a page, a block a line.

    Raises:
        SourceError: it cannot be parsed, or is nested deeper than any page that people write.
    """
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("the page cannot be parsed", where=where, hint="Save it as plain text.") from error
    mains = root.findall(".//main") or root.findall(".//*[@role='main']")
    body = mains[0] if len(mains) == 1 else root
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(_written(body, where)).split("\n"))
    writer = Writer(where, limits.characters)
    writer.write("\n".join(line for line in lines if line))
    return writer.words("text/html")


def _written(root: etree._Element, where: str) -> Iterator[str]:
    """Yield words and line feeds; the tree is walked without recursion, since others wrote it."""
    counters: list[_Counter | None] = []
    walk = [(root, False)]
    depth = pre = 0
    while walk:
        element, is_done = walk.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if is_done:
            depth -= 1
            if name in {"ol", "ul"}:
                counters.pop()
            if name in {"td", "th"}:
                yield " | " if element.getnext() is not None else ""
            elif name == "sup":
                yield "</sup>"
            elif name in _BLOCKS:
                yield "\n"
            pre -= name == "pre"
            yield _words(element.tail, pre) if element is not root else ""
            continue
        if not name or _is_furniture(element, name, root):
            yield _words(element.tail, pre) if element is not root else ""
            continue
        depth += 1
        if depth > _DEEPEST:
            raise SourceError("the page is nested too deep", where=where, hint="Save it as plain text.")
        walk.append((element, True))
        if name in {"ol", "ul"}:
            counters.append(_counter(element) if name == "ol" else None)
        if (name in _BLOCKS and name not in {"td", "th"}) or name == "br":
            yield "\n"
        if name == "li" and (note := _NOTE.fullmatch(element.get("id") or "")):
            yield f"<sup>{note[1]}</sup> "
        elif name == "li" and counters:
            yield _number(counters[-1], element)
        elif name in _HEADINGS:
            yield "# "
        elif name == "sup":
            yield "<sup>"
        pre += name == "pre"
        yield _words(element.text, pre)
        walk.extend((child, False) for child in reversed(element))


def _words(text: str | None, pre: int) -> str:
    """Return the words of a text node; its line ends count in preformatted text alone."""
    return (text or "") if pre else _SPACE.sub(" ", text or "")


def _is_furniture(element: etree._Element, name: str, root: etree._Element) -> bool:
    if element is root:
        return False
    if name in _DROPPED or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or "display:none" in (element.get("style") or "").replace(" ", ""):
        return True
    if name in {"header", "footer"}:
        return not any(parent.tag in {"article", "main"} for parent in element.iterancestors())
    return name in {"ul", "ol", "div", "p", "table"} and _is_links(element)


def _is_links(element: etree._Element) -> bool:
    """Return whether a block has two or more links and hardly a word outside of them."""
    links = element.findall(".//a")
    if len(links) < 2:
        return False
    return sum(map(_length, links)) > 0.8 * _length(element)


def _length(element: etree._Element) -> int:
    """Return how many characters of words an element has."""
    return len(_SPACE.sub(" ", "".join(map(str, element.itertext()))).strip())


def _counter(element: etree._Element) -> _Counter:
    is_reversed = element.get("reversed") is not None
    first = len(element.findall("li")) if is_reversed else 1
    return _Counter(_integer(element.get("start"), first), -1 if is_reversed else 1, element.get("type") or "1")


def _number(counter: _Counter | None, element: etree._Element) -> str:
    if counter is None:
        return "- "
    number = _integer(element.get("value"), counter.number)
    counter.number = number + counter.step
    if counter.form in {"a", "A"}:
        shown = letter(number)
    elif counter.form in {"i", "I"}:
        shown = roman(number)
    else:
        return f"{number}. "
    return f"({shown.upper() if counter.form.isupper() else shown}) "


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise

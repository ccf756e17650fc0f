"""HTML -> lines: one for each block, numbers of lists written out; navigation and other furniture of the page is written and not read.

What is furniture is read from the page's own structure (`nav`, `header`, `footer`, `aside`, their ARIA roles, what is hidden, what
stands beside the one `main`), and from blocks that are links for the most part: extractors that guess the main text drop tables and
forget how a list is numbered, and here a number is a label. Words that are struck out or hidden are not read either.

Limits: what a style sheet hides is not known; attributes (`alt`, `title`) are no words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree, html

from mandategraph.errors import SourceError
from mandategraph.reading.limits import Limits
from mandategraph.reading.numbering import letter, roman
from mandategraph.reading.words import Words, Writer

MEDIA_TYPE = "text/html"
FURNITURE, HIDDEN, STRUCK = "page furniture", "hidden", "struck out"
_OPENINGS = ("<!doctype html", "<html", "<head", "<body")
_BEFORE = {"<?xml": "?>", "<!--": "-->"}
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 "
    "head header footer hr html legend li main nav ol p pre section summary table tbody td tfoot th thead title tr ul".split()
)
_WORDLESS = frozenset(("script", "style"))
_FURNITURE = frozenset(
    "noscript template head nav aside button select option textarea input svg math canvas iframe object video audio dialog menu".split()
)
_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar toolbar dialog alertdialog".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STRUCK = frozenset(("del", "s", "strike"))
_LISTS = frozenset(("ul", "ol", "div", "p", "table"))
_DEEPEST = 500
_NOTE = re.compile(r"(?:fn|ftn|note|footnote|endnote|cite_note)[-_:]?(?:[A-Za-z_]*[-_])?(\d{1,3})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# People write a few attributes a tag; the parser compares each with all others.
_LONG_TAG, _ATTRIBUTES = re.compile(r"<[A-Za-z][^<>]{8000,}"), 1_000


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


def read_html(text: str, where: str, limits: Limits) -> Words:
    """Return the words of a page, a block a line.

    Raises:
        SourceError: it cannot be parsed, is nested deeper or has more attributes than any page that people write, or has more words
            than it may.
    """
    hint = "Save it as plain text."
    if any(len(tag[0].split()) > _ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise SourceError("a tag of the page has more attributes than people write", where=where, hint=hint)
    parser = html.HTMLParser(huge_tree=False, no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("the page cannot be parsed", where=where, hint=hint) from error
    if any("depth" in error.message for error in parser.error_log):
        raise SourceError("the page is nested too deep", where=where, hint=hint)
    lines = _Lines(Writer(where, limits.characters))
    _Page(root, lines, where).write()
    lines.end()
    pictures = len(root.findall(".//img"))
    if pictures and lines.writer.length < _FEW:
        lines.writer.remark(f"it holds {pictures} pictures, which are not read, and hardly any text")
    return lines.writer.words(MEDIA_TYPE)


_FEW = 100


@dataclass(slots=True)
class _Lines:
    """Writes words in lines, white space folded; what stands before the words of a line (a number) waits for the first of them."""

    writer: Writer
    waiting: str = ""
    is_open: bool = False
    is_spaced: bool = True

    def words(self, words: str, *, omit: str = "", is_kept: bool = False) -> None:
        """Write words of the line, as they stand where `is_kept`."""
        if is_kept:
            for n, line in enumerate(words.split("\n")):
                if n:
                    self.end()
                self._write(line, omit)
        else:
            self._write(_SPACE.sub(" ", words), omit)

    def _write(self, words: str, omit: str) -> None:
        if self.is_spaced:
            words = words.lstrip(" ")
        if not words:
            return
        if self.waiting and not omit:
            self.writer.write(self.waiting)
            self.waiting = ""
        self.writer.write(words, omit=omit)
        self.is_open, self.is_spaced = True, words.endswith(" ")

    def before(self, mark: str) -> None:
        """Put a mark before the next words that are read."""
        self.waiting += mark

    def end(self) -> None:
        """End the line, where it has words."""
        if self.is_open:
            self.writer.write("\n")
        self.is_open, self.is_spaced = False, True


@dataclass(slots=True)
class _Counter:
    """An ordered list that is open: its next number, the step to the one after, its form."""

    number: int
    step: int
    form: str


@dataclass(slots=True)
class _Page:
    """A page on its way into lines."""

    root: etree._Element
    lines: _Lines
    where: str
    counters: list[_Counter | None] = field(default_factory=list)
    pre: int = 0

    def write(self) -> None:
        """Write all words of the page; the tree is walked without recursion, since others wrote it."""
        links = _links(self.root)
        mains = self.root.findall(".//main") or self.root.findall(".//*[@role='main']")
        main = mains[0] if len(mains) == 1 else None
        around = set(main.iterancestors()) if main is not None else set()
        walk: list[tuple[etree._Element, str, bool]] = [(self.root, FURNITURE if main is not None else "", False)]
        depth = 0
        while walk:
            element, omit, is_done = walk.pop()
            name = element.tag if isinstance(element.tag, str) else ""
            if is_done:
                depth -= 1
                self._close(element, name, omit)
                continue
            outer = omit
            if element is main:
                omit = ""
            elif name and element not in around:
                omit = omit or self._reason(element, name, links)
            if name and name not in _WORDLESS:
                depth += 1
                if depth > _DEEPEST:
                    raise SourceError("the page is nested too deep", where=self.where, hint="Save it as plain text.")
                walk.append((element, outer, True))
                self._open(element, name, omit)
                walk.extend((child, omit, False) for child in reversed(element))
            else:
                self._tail(element, outer)

    def _open(self, element: etree._Element, name: str, omit: str) -> None:
        lines = self.lines
        if name in {"ol", "ul"}:
            self.counters.append(_counter(element) if name == "ol" else None)
        if (name in _BLOCKS and name not in {"td", "th"}) or name == "br":
            lines.end()
        if name == "li" and not omit and (note := _NOTE.fullmatch(element.get("id") or "")):
            lines.before(f"<sup>{note[1]}</sup> ")
        elif name == "li" and self.counters and not omit:
            lines.before(_number(self.counters[-1], element))
        elif name in _HEADINGS and not omit:
            lines.before("# ")
        elif name == "sup" and not omit:
            lines.words("<sup>")
        self.pre += name == "pre"
        lines.words(element.text or "", omit=omit, is_kept=bool(self.pre))

    def _close(self, element: etree._Element, name: str, omit: str) -> None:
        lines = self.lines
        if name in {"ol", "ul"}:
            self.counters.pop()
        if name in {"td", "th"}:
            if element.getnext() is not None:
                lines.words(" | ", omit=omit)
        elif name == "sup" and not omit:
            lines.words("</sup>")
        elif name in _BLOCKS:
            lines.end()
            if name in {"li", *_HEADINGS}:
                lines.waiting = ""
        self.pre -= name == "pre"
        self._tail(element, omit)

    def _tail(self, element: etree._Element, omit: str) -> None:
        if element is not self.root:
            self.lines.words(element.tail or "", omit=omit, is_kept=bool(self.pre))

    def _reason(self, element: etree._Element, name: str, links: Mapping[etree._Element, bool]) -> str:
        """Return why an element is not read, or ""."""
        if name in _STRUCK:
            return STRUCK
        style = (element.get("style") or "").replace(" ", "").lower()
        if "line-through" in style:
            return STRUCK
        is_hidden = "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None
        if is_hidden or element.get("aria-hidden") == "true":
            return HIDDEN
        if name in _FURNITURE or element.get("role") in _ROLES:
            return FURNITURE
        if name in {"header", "footer"} and not any(p.tag in {"article", "main"} for p in element.iterancestors()):
            return FURNITURE
        return FURNITURE if element is not self.root and links.get(element) else ""


def _links(root: etree._Element) -> Mapping[etree._Element, bool]:
    """Return which blocks have two or more links and hardly a word outside of them; each element is looked at once."""
    found: dict[etree._Element, bool] = {}
    sizes: list[tuple[int, int, int]] = [(0, 0, 0)]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            sizes.append((_length(element.text), 0, 0))
            continue
        words, linked, count = sizes.pop()
        if element.tag == "a":
            linked, count = words, count + 1
        if element.tag in _LISTS:
            found[element] = count > 1 and linked > 0.8 * words
        over = sizes[-1]
        sizes[-1] = (over[0] + words + _length(element.tail), over[1] + linked, over[2] + count)
    return found


def _length(text: str | None) -> int:
    """Return how many characters of words a text has."""
    return len(_SPACE.sub(" ", text).strip()) if text else 0


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

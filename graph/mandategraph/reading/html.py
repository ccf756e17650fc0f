"""HTML -> lines: one for each block, numbers of lists written out; navigation and other furniture of the page is written and not read.

What is furniture is read from the page's own structure (`nav`, `footer`, `aside`, a `header` with links, their ARIA roles, what stands
beside the one `main`), and from blocks that are links for the most part: extractors that guess the main text drop tables and
forget how a list is numbered, and here a number is a label. Words that are struck out or hidden are not read either.

Limits: attributes (`alt`, `title`, `value`) are no words; of style sheets, see `html_styles`.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from lxml import etree, html

from mandategraph.errors import SourceError
from mandategraph.reading.html_furniture import furniture
from mandategraph.reading.html_lines import Lines
from mandategraph.reading.html_styles import Declared, Sheet
from mandategraph.reading.html_tags import most_attributes
from mandategraph.reading.limits import Limits
from mandategraph.reading.numbering import letter, roman
from mandategraph.reading.pictures import tell_of_pictures
from mandategraph.reading.words import HIDDEN, STRUCK, Words, Writer

MEDIA_TYPE = "text/html"
FURNITURE = "page furniture"
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 "
    "head header footer hr html legend li main menu nav ol option p pre section select summary table tbody textarea tfoot thead title tr "
    "ul".split()
)
_WORDLESS = frozenset(("script", "style"))
_FURNITURE = frozenset(
    "noscript noframes template head nav button select option textarea input svg canvas iframe object video audio dialog menu".split()
)
_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar toolbar dialog alertdialog".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PARTS = frozenset(("li", "tr", "table", *_HEADINGS))
_REASONS = {
    "del": STRUCK, "s": STRUCK, "strike": STRUCK, "annotation": HIDDEN, "annotation-xml": HIDDEN, "rt": "pronunciation",
    "rp": "pronunciation",
}  # fmt: skip
_SIGNS = {"mfrac": "/", "msup": "^", "msub": "_"}
_FORMS = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
    "decimal": "1", "none": "",
}  # fmt: skip
_DEEPEST, _ATTRIBUTES = 500, 1_000
_NOTE = re.compile(r"(?:fn|ftn|note|footnote|endnote|cite_note)[-_:]?(?:[A-Za-z_]*[-_])?(\d{1,3})", re.IGNORECASE)
_TO_NOTE = re.compile(
    r"#_?(?:fn|ftn|edn|note|footnote|endnote|cite)[-_:]?(ref|back)?[A-Za-z_:-]*\d{1,3}", re.IGNORECASE
)
_RAISED = re.compile(r"[\[(]?(\d{1,3})[\])]?")
_LABEL = re.compile(r"\(?\w{1,5}[.)]")


def read_html(text: str, where: str, limits: Limits) -> Words:
    """Return the words of a page, a block a line.

    Raises:
        SourceError: it cannot be parsed, is nested deeper or has more attributes than any page that people write, has more words
            than it may, or pictures alone.
    """
    hint = "Save it as plain text."
    if most_attributes(text) > _ATTRIBUTES:
        raise SourceError("a tag of the page has more attributes than people write", where=where, hint=hint)
    parser = html.HTMLParser(huge_tree=False, no_network=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("the page cannot be parsed", where=where, hint=hint) from error
    if any("depth" in error.message for error in parser.error_log):
        raise SourceError("the page is nested too deep", where=where, hint=hint)
    writer = Writer(where, limits.characters)
    page = _Page(root, Lines(writer), where)
    page.write()
    tell_of_pictures(writer, where, page.pictures)
    return writer.words(MEDIA_TYPE)


@dataclass(slots=True)
class _Counter:
    """A list that is open: its next number, the step to the one after, its form; "" for none, "-" for a bullet."""

    number: int
    step: int
    form: str


@dataclass(slots=True)
class _Page:
    """A page on its way into lines."""

    root: etree._Element
    lines: Lines
    where: str
    counters: list[_Counter] = field(default_factory=list)
    pre: int = 0
    raised: int = 0
    pictures: int = 0
    is_labelled: bool = False
    sheet: Sheet = field(init=False)
    furniture: Set[etree._Element] = field(init=False)

    def write(self) -> None:
        """Write all words of the page; the tree is walked without recursion, since others wrote it."""
        self.sheet, self.furniture = Sheet(self.root), furniture(self.root)
        mains = self.root.findall(".//main") or self.root.findall(".//*[@role='main']")
        main = mains[0] if len(mains) == 1 else None
        around = set(main.iterancestors()) if main is not None else set()
        walk: list[tuple[etree._Element, str, str | None]] = [(self.root, FURNITURE if main is not None else "", None)]
        depth = 0
        while walk:
            element, outer, inner = walk.pop()
            name = element.tag if isinstance(element.tag, str) else ""
            if inner is not None:
                depth -= 1
                self._close(element, name, inner)
                self._tail(element, outer)
            elif not name or name in _WORDLESS:
                self._tail(element, outer)
            else:
                depth += 1
                if depth > _DEEPEST:
                    raise SourceError("the page is nested too deep", where=self.where, hint="Save it as plain text.")
                declared = self.sheet.of(element)
                omit = outer if element in around else outer or self._reason(element, name, declared)
                omit = "" if element is main else omit
                walk.append((element, outer, omit))
                if not self._raised(element, name, omit):
                    self._open(element, name, omit, declared)
                    walk.extend((child, omit, None) for child in reversed(element))

    def _open(self, element: etree._Element, name: str, omit: str, declared: Declared) -> None:
        lines = self.lines
        if name in {"ol", "ul"}:
            self.counters.append(_counter(element, declared))
        if name in _BLOCKS or name == "br":
            if name == "dd" and self.is_labelled:
                lines.open_cell()
            lines.end(omit if omit == HIDDEN else "")
        if name in _PARTS:
            lines.begin()
        if name in {"td", "th"}:
            lines.open_cell()
        if not omit:
            lines.before(self._mark(element, name))
            if name == "sup":
                lines.words("<sup>")
        self.raised += name == "sup"
        self.pictures += name == "img" and not omit
        parent = element.getparent()
        if parent is not None and parent.tag in _SIGNS and element.getprevious() is not None:
            lines.words(_SIGNS[str(parent.tag)], omit=omit)
        self.pre += name == "pre"
        lines.words(element.text or "", omit=omit, is_kept=bool(self.pre))

    def _mark(self, element: etree._Element, name: str) -> str:
        """Return what stands before the words of an element."""
        if name in _HEADINGS:
            return "# "
        if name != "li":
            return ""
        note = _NOTE.fullmatch(element.get("id") or "")
        if note:
            return f"<sup>{note[1]}</sup> "
        return _number(self.counters[-1], element) if self.counters else ""

    def _close(self, element: etree._Element, name: str, omit: str) -> None:
        lines = self.lines
        if name in {"ol", "ul"}:
            self.counters.pop()
        if name == "sup":
            self.raised -= 1
            if not omit:
                lines.words("</sup>")
        if name in {"td", "th"}:
            lines.close_cell()
            lines.before("" if omit else " | ")
        if name in _PARTS:
            lines.finish()
        if name == "dd" and self.is_labelled:
            lines.close_cell()
        if name == "dt" and not omit and _LABEL.fullmatch(_short(element)):
            self.is_labelled = True
            lines.words(" ")
        elif name in _BLOCKS:
            self.is_labelled = False
            lines.end(omit if omit == HIDDEN else "")
        self.pre -= name == "pre"

    def _tail(self, element: etree._Element, omit: str) -> None:
        if element is not self.root:
            self.lines.words(element.tail or "", omit=omit, is_kept=bool(self.pre))

    def _raised(self, element: etree._Element, name: str, omit: str) -> bool:
        """Return whether an element is a link between a note and its call that has a number, and write the number raised."""
        if name != "a" or omit or not _TO_NOTE.fullmatch(element.get("href") or ""):
            return False
        number = _RAISED.fullmatch(_short(element))
        if not number or element.find("sup") is not None:
            return False
        self.lines.words(number[1] if self.raised else f"<sup>{number[1]}</sup>")
        return True

    def _reason(self, element: etree._Element, name: str, declared: Declared) -> str:
        """Return why an element is not read, or ""."""
        if "line-through" in declared.get("text-decoration", ""):
            return STRUCK
        if name in _REASONS:
            return _REASONS[name]
        is_hidden = declared.get("display") == "none" or declared.get("visibility") in {"hidden", "collapse"}
        if is_hidden or declared.get("mso-hide") == "all":
            return HIDDEN
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return HIDDEN
        role = element.get("role") or ""
        if name in _FURNITURE or role in _ROLES or (name == "aside" and not role.startswith("doc-")):
            return FURNITURE
        if name in {"header", "footer"}:
            is_own = any(p.tag in {"article", "main"} for p in element.iterancestors())
            return FURNITURE if not is_own and (name == "footer" or element in self.furniture) else ""
        if element in self.furniture and element is not self.root:
            return FURNITURE
        to_note = _TO_NOTE.fullmatch(element.get("href") or "") if name == "a" else None
        if to_note and to_note[1] and (self.lines.is_marked or not _RAISED.fullmatch(_short(element))):
            return FURNITURE
        return ""


def _short(element: etree._Element) -> str:
    """Return the words of an element that has few, else ""."""
    found = ""
    for text in element.itertext():
        found += str(text).strip()
        if len(found) > 12:
            return ""
    return found


def _counter(element: etree._Element, declared: Declared) -> _Counter:
    styles = [_FORMS[word] for word in declared.get("list-style-type", "").split() if word in _FORMS]
    if element.tag == "ul":
        return _Counter(1, 1, "" if styles == [""] else "-")
    is_reversed = element.get("reversed") is not None
    first = len(element.findall("li")) if is_reversed else 1
    form = styles[0] if styles else element.get("type") or "1"
    return _Counter(_integer(element.get("start"), first), -1 if is_reversed else 1, form)


def _number(counter: _Counter, element: etree._Element) -> str:
    """Return the number of an item as it is shown, and count it."""
    if counter.form in {"", "-"}:
        return "- " if counter.form else ""
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

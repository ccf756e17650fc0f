"""The words of a Word paragraph, each with why it is not read, and what the paragraph anchors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from mandategraph.reading.docx_styles import Style, Styles

Note = tuple[str, str]
"""A note: `footnote` or `endnote`, and its id."""

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_VECTOR = "{urn:schemas-microsoft-com:vml}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_EXTENT = "/".join(
    ("{http://schemas.openxmlformats.org/drawingml/2006/picture}spPr", f"{_DRAWING}xfrm", f"{_DRAWING}ext")
)

PARAGRAPHS = frozenset((qn("w:p"), f"{_DRAWING}p"))
PROPERTIES = frozenset(
    qn(f"w:{name}")
    for name in "pPr rPr tblPr tblGrid tblPrEx trPr tcPr sdtPr sdtEndPr sectPr rubyPr instrText delInstrText".split()
)
GONE = {qn("w:del"): "deleted", qn("w:moveFrom"): "deleted", qn("w:rt"): "pronunciation"}
_WORDS = frozenset((qn("w:t"), qn("w:delText"), f"{_MATHS}t", f"{_DRAWING}t", f"{_CHART}v"))
# What may stand between paragraphs though it belongs into one.
LOOSE = frozenset((*_WORDS, qn("w:r"), qn("w:hyperlink"), qn("w:fldSimple"), f"{_MATHS}oMath", f"{_MATHS}oMathPara"))
_SPACES = frozenset(qn(f"w:{name}") for name in ("tab", "ptab"))
_BREAKS = frozenset((qn("w:br"), qn("w:cr"), f"{_DRAWING}br"))
_SIGNS = {f"{_MATHS}den": "/", f"{_MATHS}sup": "^", f"{_MATHS}sub": "_"}
_CALLS = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_HOLDS_WORDS = (*sorted(_WORDS), f"{_CHART}chart", _DIAGRAM)
# A page of A4 between its margins has 380 square centimetres; a square centimetre is 360,000 units of a drawing squared.
_LARGE = 250 * 360_000**2


@dataclass(slots=True)
class Runs:
    """Reads the runs of a paragraph.

    Attributes:
        styles: of the document.
        style: of the paragraph.
        omit: why nothing in it is read, or "".
        boxes: text boxes that were met, each with why it is not read.
        drawings: ids of relations to diagrams and charts that were met, the same.
        pictures: of each that was met, whether it is as large as a page.
        has_object: an object of another program was met.
    """

    styles: Styles
    style: Style
    omit: str
    boxes: list[tuple[Any, str]] = field(default_factory=list)
    drawings: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[bool] = field(default_factory=list)
    has_object: bool = False

    def walk(self, content: Sequence[Any], call: Callable[[Note, str], str] | None) -> Iterator[tuple[str, str]]:
        """Yield words, each with why it is not read; the tree is walked without recursion, since others wrote it.

        Args:
            content: the elements of the paragraph.
            call: gives what is written for the call of a note; None where there are no calls.
        """
        fields = _Fields()
        waiting = [(child, self.omit) for child in reversed(content)]
        while waiting:
            child, reason = waiting.pop()
            tag = child.tag
            if tag in PROPERTIES or self._puts_aside(child, reason):
                continue
            if tag in _WORDS:
                deleted = "deleted" if tag == qn("w:delText") else ""
                yield child.text or "", reason or deleted or fields.reason
            elif tag in _SPACES:
                yield " ", reason
            elif tag in _BREAKS:
                yield "\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else " ", reason
            elif tag == qn("w:noBreakHyphen"):
                yield "-", reason
            elif tag == qn("w:sym"):
                yield _symbol(child.get(qn("w:char"), "")), reason
            elif tag == f"{_VECTOR}textpath":
                yield f"{child.get('string', '')} ", reason
            elif tag in _CALLS:
                yield call((_CALLS[tag], child.get(qn("w:id"), "")), reason) if call else "", reason
            elif tag == qn("w:fldChar"):
                fields.meet(child.get(qn("w:fldCharType"), ""))
            else:
                yield _SIGNS.get(tag, ""), reason
                reason = reason or GONE.get(tag, "")
                if tag == qn("w:r") and not reason:
                    reason = self.styles.unread(child.find(qn("w:rPr")), self.style)
                waiting.extend((each, reason) for each in reversed(children(child)))

    def _puts_aside(self, element: Any, reason: str) -> bool:
        """Return whether an element is read behind the paragraph; pictures and objects are only counted."""
        tag = element.tag
        if tag == qn("w:txbxContent"):
            self.boxes.append((element, reason))
            return True
        if tag == _DIAGRAM:
            self.drawings.append((element.get(qn("r:dm"), ""), reason))
        elif tag == f"{_CHART}chart":
            self.drawings.append((element.get(qn("r:id"), ""), reason or "chart"))
        elif tag in {_PICTURE, f"{_VECTOR}imagedata"} and not reason:
            self.pictures.append(_is_large(element))
        elif tag == _OBJECT:
            self.has_object = True
        return False


@dataclass(slots=True)
class _Fields:
    """The fields that are open in a paragraph: what stands before their results is code, and Word does not show it."""

    is_code: list[bool] = field(default_factory=list)
    codes: int = 0

    def meet(self, kind: str) -> None:
        """Go on behind a character that begins, divides or ends a field."""
        if kind == "begin":
            self.is_code.append(True)
            self.codes += 1
        elif self.is_code:
            self.codes -= self.is_code.pop()
            if kind == "separate":
                self.is_code.append(False)

    @property
    def reason(self) -> str:
        """Why words here are not read."""
        return "field code" if self.codes else ""


def children(parent: Any) -> list[Any]:
    """Return the elements in an element; of several forms of the same content the first that has words."""
    found: list[Any] = []
    waiting = list(reversed(parent))
    while waiting:
        child = waiting.pop()
        if child.tag == f"{_COMPATIBILITY}AlternateContent":
            forms = [form for form in child if isinstance(form.tag, str)]
            best = next((form for form in forms if next(form.iter(*_HOLDS_WORDS), None) is not None), None)
            for form in forms[:1] if best is None else [best]:
                waiting.extend(reversed(form))
        elif isinstance(child.tag, str):
            found.append(child)
    return found


def _symbol(code: str) -> str:
    """Return the character of a symbol by its code in its font; Word writes it in the private area of Unicode."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _is_large(picture: Any) -> bool:
    extent = picture.find(_EXTENT)
    sides = [extent.get(name, "") for name in ("cx", "cy")] if extent is not None else [""]
    if not all(side.isdecimal() and len(side) < 12 for side in sides):
        return False
    return int(sides[0]) * int(sides[1]) >= _LARGE

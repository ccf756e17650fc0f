"""What Word's styles say of their words and lists: hidden, struck out, numbered, a heading; each from the style it is based on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

HIDDEN, STRUCK = "hidden", "struck out"
_MARKS = (("w:vanish", HIDDEN), ("w:strike", STRUCK), ("w:dstrike", STRUCK))
_OFF = frozenset(("0", "false", "off", "none"))
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it inherits.

    Attributes:
        omits: why words of this style are not read, or "".
        list_: number of the list that it belongs to, or "".
        level: of that list.
        is_heading: whether it sets a heading.
    """

    omits: str = ""
    list_: str = ""
    level: int = 0
    is_heading: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids.

    Args:
        part: root of the package's styles, or None where it has none.
    """

    part: Any
    _elements: dict[str, Any] = field(default_factory=dict)
    _read: dict[str, Style] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.part.findall(qn("w:style")) if self.part is not None else ():
            self._elements.setdefault(each.get(qn("w:styleId"), ""), each)

    def get(self, id_: str | None) -> Style:
        """Return a style; one that says nothing where there is none."""
        if not id_ or id_ not in self._elements:
            return Style()
        if id_ not in self._read:
            self._read[id_] = self._made(id_)
        return self._read[id_]

    def lists(self) -> Mapping[str, str]:
        """Return the list of each numbering style."""
        return {id_: list_ for id_ in self._elements if (list_ := self.get(id_).list_)}

    def _made(self, id_: str) -> Style:
        chain = list(self._chain(id_))
        omits = next((found for each in chain if (found := marked(each.find(qn("w:rPr")))) is not None), "")
        lists = (value(each, "w:pPr/w:numPr/w:numId") for each in chain)
        levels = (value(each, "w:pPr/w:numPr/w:ilvl") for each in chain)
        name = (value(chain[0], "w:name") or "").lower()
        level = next(filter(None, levels), "0")
        list_ = next(filter(None, lists), "")
        return Style(omits, list_, int(level) if level.isdecimal() else 0, name.startswith("heading"))

    def _chain(self, id_: str) -> Iterator[Any]:
        """Yield the element of a style and of those that it is based on."""
        for _ in range(_DEEPEST):
            element = self._elements.get(id_)
            if element is None:
                return
            yield element
            id_ = value(element, "w:basedOn") or ""


def marked(properties: Any) -> str | None:
    """Return why run properties say that words are not read; "" where they say that they are, None where they say nothing."""
    said = None
    for name, reason in _MARKS:
        mark = properties.find(qn(name)) if properties is not None else None
        if mark is not None:
            if mark.get(qn("w:val"), "1").lower() not in _OFF:
                return reason
            said = ""
    return said


def is_on(element: Any, name: str) -> bool:
    """Return whether an element has a switch of this name that is not off."""
    switch = element.find(qn(name)) if element is not None else None
    return switch is not None and switch.get(qn("w:val"), "1").lower() not in _OFF


def value(element: Any, path: str) -> str | None:
    """Return the `w:val` at a path of elements, or None."""
    for name in path.split("/"):
        element = element.find(qn(name)) if element is not None else None
    found = element.get(qn("w:val")) if element is not None else None
    return None if found is None else str(found)

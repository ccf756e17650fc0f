"""What Word's styles say of their words and lists: hidden, struck out, numbered, a heading; each from the style it is based on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from mandategraph.reading.words import HIDDEN, STRUCK

_MARKS = {"w:vanish": HIDDEN, "w:strike": STRUCK, "w:dstrike": STRUCK}
_OFF = frozenset(("0", "false", "off", "none"))
_DEFAULTS = ("w:docDefaults", "w:rPrDefault", "w:rPr")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it inherits.

    Attributes:
        marks: the properties that it sets which take words out of reading, as `w:vanish`.
        list_: number of the list that it belongs to, or "".
        level: of that list, or "" where the list itself says which style has which level.
        lists_as: the style whose list it is: itself, or one that it is based on.
        is_heading: whether it sets a heading.
    """

    marks: frozenset[str] = frozenset()
    list_: str = ""
    level: str = ""
    lists_as: str = ""
    is_heading: bool = False


_NONE = Style()


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids.

    Args:
        part: root of the package's styles, or None where it has none.
    """

    part: Any
    _elements: dict[str, Any] = field(default_factory=dict)
    _read: dict[str, Style] = field(default_factory=dict)
    _usual: str = ""
    _always: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for each in self.part.findall(qn("w:style")) if self.part is not None else ():
            id_ = each.get(qn("w:styleId"), "")
            self._elements.setdefault(id_, each)
            if each.get(qn("w:type")) == "paragraph" and each.get(qn("w:default"), "0").lower() not in _OFF:
                self._usual = id_
        defaults = self.part.find("/".join(map(qn, _DEFAULTS))) if self.part is not None else None
        self._always = frozenset(name for name, is_set in _said(defaults).items() if is_set)

    def of_paragraph(self, id_: str | None) -> Style:
        """Return the style of a paragraph; the usual one where it names none, or one that is not there."""
        return self._get(id_ if id_ in self._elements else self._usual)

    def unread(self, properties: Any, paragraph: Style) -> str:
        """Return why words with these run properties are not read, or "".

        The run itself has the last word. Of styles, one that hides within another that hides shows again (ECMA-376, part 1, 17.7.3).
        """
        of_run = self._get(value(properties, "w:rStyle"))
        on = (of_run.marks ^ paragraph.marks) | self._always
        for name, is_set in _said(properties).items():
            on = on | {name} if is_set else on - {name}
        return next((reason for name, reason in _MARKS.items() if name in on), "")

    def lists(self) -> Mapping[str, str]:
        """Return the list of each numbering style."""
        return {id_: list_ for id_ in self._elements if (list_ := self._get(id_).list_)}

    def _get(self, id_: str | None) -> Style:
        if not id_ or id_ not in self._elements:
            return _NONE
        if id_ not in self._read:
            self._read[id_] = self._made(id_)
        return self._read[id_]

    def _made(self, id_: str) -> Style:
        chain = list(self._chain(id_))
        said: dict[str, bool] = {}
        for _, each in reversed(chain):
            said |= _said(each.find(qn("w:rPr")))
        lists = ((list_, source) for source, each in chain if (list_ := value(each, "w:pPr/w:numPr/w:numId")))
        list_, source = next(lists, ("", ""))
        levels = (value(each, "w:pPr/w:numPr/w:ilvl") for _, each in chain)
        return Style(
            marks=frozenset(name for name, is_set in said.items() if is_set),
            list_=list_,
            level=next(filter(None, levels), ""),
            lists_as=source,
            is_heading=(value(self._elements[id_], "w:name") or "").lower().startswith("heading"),
        )

    def _chain(self, id_: str) -> Iterator[tuple[str, Any]]:
        """Yield the id and element of a style and of those that it is based on."""
        for _ in range(_DEEPEST):
            element = self._elements.get(id_)
            if element is None:
                return
            yield id_, element
            id_ = value(element, "w:basedOn") or ""


def _said(properties: Any) -> dict[str, bool]:
    """Return which marks some run properties set, and which they lift."""
    return {name: is_on(properties, name) for name in _MARKS if has(properties, name)}


def has(element: Any, name: str) -> bool:
    """Return whether an element has a child of this name."""
    return element is not None and element.find(qn(name)) is not None


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

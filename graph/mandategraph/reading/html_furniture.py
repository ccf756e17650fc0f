"""Which blocks of a page are furniture by what is in them: links for the most part."""

from __future__ import annotations

from collections.abc import Set

from lxml import etree

_LISTS = frozenset(("ul", "ol", "div", "p", "table"))
_SENTENCE = 80


def furniture(root: etree._Element) -> Set[etree._Element]:
    """Return the headers that have links, and the blocks that are two or more short links with hardly a word outside of them.

    A block within an item of a list goes with its list. Each element is looked at once.
    """
    found: set[etree._Element] = set()
    sizes: list[tuple[int, int, int]] = [(0, 0, 0)]
    items = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            items += element.tag == "li"
            sizes.append((_length(element.text), 0, 0))
            continue
        items -= element.tag == "li"
        words, linked, count = sizes.pop()
        if element.tag == "a":
            linked, count = words, count + 1
        is_links = count > 1 and 0.8 * words < linked < _SENTENCE * count
        if (element.tag in _LISTS and not items and is_links) or (element.tag == "header" and count):
            found.add(element)
        over = sizes[-1]
        sizes[-1] = (over[0] + words + _length(element.tail), over[1] + linked, over[2] + count)
    return found


def _length(text: str | None) -> int:
    """Return how many characters of words a text has."""
    return len(" ".join(text.split())) if text else 0

"""What the style sheets of a page say of an element: hidden, struck out, how its list is numbered.

Limits: of selectors, those of a tag, a class, an id, or a tag with one of both are understood; sheets for other media than the screen,
rules within rules, and sheets that are not in the page are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

_SAME = {"text-decoration-line": "text-decoration", "list-style": "list-style-type"}
_PROPERTIES = frozenset(("display", "visibility", "text-decoration", "list-style-type", "mso-hide"))
_SELECTOR = re.compile(r"(?P<tag>[A-Za-z][\w-]*)?(?:(?P<kind>[.#])(?P<name>[\w-]+))?")
_TOKEN = re.compile(r"[{}]|[^{}]+")
_SCREEN = frozenset(("all", "screen"))

Declared = Mapping[str, str]
"""What is declared, by property; property and value in lower case."""


class Sheet:
    """The style sheets of a page.

    Args:
        root: of the page.
    """

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[str, dict[str, tuple[int, int, str]]] = {}
        for style in root.iter("style"):
            media = set(re.findall(r"[a-z]+", (style.get("media") or "all").lower()))
            if media & _SCREEN:
                for selectors, declared in _rules("".join(map(str, style.itertext()))):
                    self._add(selectors, declared)

    def of(self, element: etree._Element) -> Declared:
        """Return what is declared of an element, by the sheets and by itself."""
        inline = element.get("style")
        own = _declared(inline) if inline else {}
        if not self._rules:
            return own
        tag, id_ = str(element.tag), element.get("id") or ""
        names = [f".{name}" for name in (element.get("class") or "").split()] + ([f"#{id_}"] if id_ else [])
        best: dict[str, tuple[int, int, str]] = {}
        for key in (tag, *names, *(f"{tag}{name}" for name in names)):
            for name, declared in self._rules.get(key, {}).items():
                best[name] = max(best.get(name, declared), declared)
        return {name: value for name, (_, _, value) in best.items()} | own

    def _add(self, selectors: str, declared: Declared) -> None:
        for selector in selectors.split(",") if declared else ():
            found = _SELECTOR.fullmatch(selector.strip())
            if not found or not found[0]:
                continue
            key = f"{(found['tag'] or '').lower()}{found['kind'] or ''}{found['name'] or ''}"
            weight = {".": 2, "#": 4}.get(found["kind"] or "", 0) + bool(found["tag"])
            at = len(self._rules)
            rules = self._rules.setdefault(key, {})
            for name, value in declared.items():
                rules[name] = (weight, at, value)


def _rules(css: str) -> Iterator[tuple[str, Declared]]:
    """Yield the selectors and declarations of the rules that stand in no other."""
    first, *others = css.replace("<!--", " ").replace("-->", " ").split("/*")
    selectors, depth = "", 0
    for token in _TOKEN.findall(first + " ".join(other.partition("*/")[2] for other in others)):
        if token in "{}":
            depth = depth + 1 if token == "{" else max(depth - 1, 0)
        elif depth == 0:
            selectors = token.rpartition(";")[2]
        elif depth == 1 and not selectors.lstrip().startswith("@"):
            yield selectors, _declared(token)


def _declared(text: str) -> dict[str, str]:
    declared = {}
    for each in text.lower().split(";"):
        name, _, value = each.partition(":")
        name = _SAME.get(name.strip(), name.strip())
        if name in _PROPERTIES:
            declared[name] = value.partition("!")[0].strip()
    return declared

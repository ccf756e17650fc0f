"""Words that limit a duty: "within existing resources", "where appropriate", "in accordance with ...".

In: the text of a statement. Out: the qualifiers as printed, in reading order. Phrases and openers are data
(`lexicons/conditions.csv`).

Rule: annotation guidelines, field `conditions`.
"""

from __future__ import annotations

import re

from mandategraph.lexicon import Conditions

_FREE = frozenset({"subject to", "where", "pending"})
_STANDS_FREE = re.compile(r"(?:^|[,(]|\band|\bbut) ?$")
_OWED = re.compile(r"\b(?:obligations?|duties|rights|protection|crimes?) $")
_HANGING = re.compile(r"(?:,? (?:by|and|or|to|in|of|with|for|through|including))+$")
_COMPARED = re.compile(r"\bas \w+ $", re.I)
_LIST = re.compile(r",?(?: and)? \d{1,4}(?: ?\(\d{4}\)|(?=,| and \d| of ))")


class ConditionReader:
    """The condition phrases, compiled once."""

    def __init__(self, conditions: Conditions) -> None:
        fixed = "|".join(re.escape(p) for p in conditions.fixed)
        self._fixed = re.compile(rf"\b(?:{fixed})\b", re.I)
        clause = "|".join(re.escape(p) for p, kind in conditions.openers if kind in {"clause", "mandate"})
        self._clause = re.compile(rf"\b(?:{clause})\b", re.I)
        inverted = "|".join(re.escape(p) for p, kind in conditions.openers if kind == "inverted")
        self._inverted = re.compile(rf"(?<=, )(?:{inverted}) (?=(?:the|these|this|any|a|he|she|it|they) )", re.I)

    def read(self, text: str) -> tuple[str, ...]:
        """Return the conditions in a statement."""
        found: list[tuple[int, int]] = [
            (m.start(), m.end()) for m in self._fixed.finditer(text) if not _COMPARED.search(text[: m.start()])
        ]
        for pattern in (self._clause, self._inverted):
            for match in pattern.finditer(text):
                before, opener = text[: match.start()], match[0].lower()
                bound = opener in _FREE and not _STANDS_FREE.search(before)
                bound = bound or (opener == "under applicable" and bool(_OWED.search(before)))
                if not bound:
                    found.append((match.start(), _clause_end(text, match)))
        found.sort(key=lambda s: (s[0], -s[1]))
        kept: list[tuple[int, int]] = []
        for start, end in found:
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return tuple(_HANGING.sub("", text[a:b].strip(" ,;.")) for a, b in kept)


_LONGEST = 2000


def _clause_end(text: str, opener: re.Match[str]) -> int:
    """Return where a phrase ends: at the next comma that does not go on with a list of paragraphs or resolutions, or stop."""
    at = opener.end()
    while at < min(len(text), opener.end() + _LONGEST):
        if text[at] in ";.:" and (text[at] != "." or not text[at + 1 : at + 2].isdigit()):
            return at
        if text[at] == ",":
            listed = _LIST.match(text, at) if text[at - 1] in "0123456789)" else None
            if not listed:
                return at
            at = listed.end()
            continue
        if at > opener.end() + 3 and _opens_another(text, at):
            return at
        at += 1
    return at


_NEXT = re.compile(r" (?:and to|if (?:he|she|it|they)|upon request|when) ")


def _opens_another(text: str, at: int) -> bool:
    """Return whether another condition, or another action, begins at a space."""
    return _NEXT.match(text, at) is not None

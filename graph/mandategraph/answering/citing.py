"""A document and a paragraph -> how they are cited: in a text, and as OSCOLA has it.

In: what a document says of itself, and a paragraph's label. Out: a `Citation`. OSCOLA (4th edition, "Citing international law sources") has
"UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373"; bodies that it does not shorten are named in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.dates import in_words
from mandategraph.recalling.documents import Head

_RESOLUTIONS = (
    (re.compile(r"S/RES/(\d+) ?\(\d{4}\)"), "UNSC Res {0}", "S/RES/{0}"),
    (re.compile(r"A/HRC/RES/(\S+)"), "UNHRC Res {0}", "A/HRC/RES/{0}"),
    (re.compile(r"A/RES/(\S.*)"), "UNGA Res {0}", "A/RES/{0}"),
    (re.compile(r"E/RES/(\S+)"), "ECOSOC Res {0}", "E/RES/{0}"),
)
_SYMBOL = re.compile(r"(?:[ASE]|ST)/[A-Z0-9./() -]+")
_LABEL = re.compile(
    r"\A(?:(?P<part>[a-z]++)(?: ?(?P<mark>\w++))?/)?(?:pp(?P<recital>\d+)|(?P<number>\d+)(?P<points>(?:\([^()]+\))*))"
)
_VIEWER = "https://undocs.org/"


@dataclass(frozen=True, slots=True)
class Citation:
    """How a document is cited.

    Attributes:
        plain: in a text of ours, by its symbol or else its title.
        oscola: as OSCOLA has it.
        address: where it is published, "" where it has no symbol of the United Nations.
    """

    plain: str
    oscola: str
    address: str


def cite(head: Head) -> Citation:
    """Return how a document is cited.

    Example:
        >>> found = cite(Head("S/RES/2729 (2024)", "resolution", "final", "x.txt", adopted="2024-04-29"))
        >>> found.plain, found.oscola, found.address
        ('S/RES/2729 (2024)', 'UNSC Res 2729 (29 April 2024) UN Doc S/RES/2729', 'https://undocs.org/S/RES/2729(2024)')
    """
    key, _, _ = head.key.partition("~")
    day = f" ({in_words(head.adopted)})" if head.adopted else ""
    address = _VIEWER + re.sub(r"\s+", "", key) if _SYMBOL.fullmatch(key) else ""
    for pattern, name, symbol in _RESOLUTIONS:
        if found := pattern.fullmatch(key):
            return Citation(key, f"{name.format(found[1])}{day} UN Doc {symbol.format(found[1])}", address)
    title = f"‘{head.title or key}’"
    if address:
        return Citation(
            key, f"{head.body}, {title}{day} UN Doc {key}" if head.body else f"{title}{day} UN Doc {key}", address
        )
    return Citation(head.title or key, f"{head.body}, {title}{day}" if head.body else f"{title}{day}", "")


def pinpoint(label: str) -> str:
    """Return how a paragraph is cited by its label, "" where it has no number; OSCOLA has it without stops and spaces before points.

    Example:
        >>> pinpoint("28(a)(iii)/2"), pinpoint("pp4"), pinpoint("annex/3"), pinpoint("title/1")
        ('para. 28 (a) (iii)', 'preambular para. 4', 'annex, para. 3', '')
    """
    found = _LABEL.match(label)
    if not found or found["part"] == "title":
        return ""
    part = " ".join(filter(None, (found["part"], found["mark"]))) + ", " if found["part"] else ""
    if found["recital"]:
        return f"{part}preambular para. {found['recital']}"
    points = "".join(f" {point}" for point in re.findall(r"\([^()]+\)", found["points"]))
    return f"{part}para. {found['number']}{points}"

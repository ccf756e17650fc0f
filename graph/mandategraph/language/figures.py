"""Numbers with a unit in running text.

In: a paragraph's text and tokens. Out: `Figure` records, from the token in which the number begins to the one in which it ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from mandategraph.records import Figure, Span, Token

_SCALES = {"thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "milliard": 1e9, "milliards": 1e9}
_SCALE = "thousand|millions?|billion|milliards?"
# A decimal comma counts where a share or a scale follows it: "3,5 millions".
_NUMBER = (
    rf"\d+,\d{{1,2}}(?= ?%| pour cent| (?:{_SCALE})\b)|"
    + r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d])|\d+(?:\.\d+)?"
)
_FIGURE = re.compile(
    rf"(?<![\w/.,-])(?:US)?(?P<dollar>\$)? ?(?P<number>{_NUMBER})"
    r"(?P<percent> ?%| per ?cent\b| percent\b| pour cent\b)?"
    rf"(?P<scale> (?:{_SCALE})\b)?(?P<money>(?: de)? (?:United States |US )?dollars\b(?: des États-Unis)?)?"
    r"(?P<rate> ?/ ?100[,. ]?000| per 100[,. ]?000)?(?![\w/]|,\d|\.\d)"
)


def find_figures(text: str, tokens: Sequence[Token], base: int) -> Iterator[Figure]:
    """Yield the figures of a text, in reading order.

    Args:
        text: a paragraph.
        tokens: of the paragraph.
        base: what to add to an offset of the text to make it one of the tokens'.
    """
    for found in _FIGURE.finditer(text):
        value = float(re.sub(r"(?<=\d),(?=\d{1,2}$)", ".", found["number"]).replace(" ", "").replace(",", ""))
        if found["scale"]:
            value = round(value * _SCALES[found["scale"].strip()], 6)
        unit = "percent" if found["percent"] else "USD" if found["money"] or found["dollar"] else "count"
        if found["rate"]:
            unit = "per_100000"
        first = bisect_right(tokens, base + found.start("number"), key=lambda t: t.start) - 1
        last = bisect_left(tokens, base + found.end(), key=lambda t: t.end)
        yield Figure(Span(tokens[first].start, tokens[last].end), value, unit, "FIG-number")

"""Paragraphs of instruments that a statement cites: "paragraphs 1 to 7 of resolution 2374 (2017)", "paragraph 9 above".

In: tokens of an annotated paragraph. Out: `Provision` records, each a paragraph's label under an instrument's symbol;
the document's own symbol for "paragraph 9 above" and "paragraph 3 of this resolution". A range of numbers is written
out, and so are the letters in "9 (a) and (b)". Limits: articles and sections are not read, and annexes only where the paragraph stands in the body.

Rule: United Nations Editorial Manual, references to paragraphs; S/RES/2700 (2023) paras. 3 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mandategraph.records import Annotated, AnnotatedParagraph, MentionKind, Provision, Said, Span

_LABEL = r"\d{1,3}(?: ?\([a-z]{1,5}\)){0,3}"
CITED = re.compile(
    rf"\b[Pp]aragraphs? (?P<list>{_LABEL}(?:(?:,? and |,? or |, | to |[–-])(?:{_LABEL}|\([a-z]{{1,5}}\)))*)"
    r"(?: (?P<own>above|below|(?:of|in) (?:this|the present) (?:resolution|statement|document))| (?P<of>of|in|to|under) )?"
)
_PART = re.compile(rf"(?P<range> to |[–-])?(?P<label>{_LABEL}|\([a-z]{{1,5}}\))")
BETWEEN = re.compile(r"(?:(?:its|the|operative|and|[A-Z][a-z]+) )*(?:[Rr]esolutions? )?$")
_LONGEST = 60


def read_provisions(annotated: Annotated, paragraph: AnnotatedParagraph, span: Span) -> tuple[Provision, ...]:
    """Return the paragraphs that a stretch of a paragraph cites, each once, in reading order."""
    said = paragraph.said
    found: dict[Provision, None] = {}
    for match in CITED.finditer(said.text, *said.within(span)):
        symbol = annotated.document.symbol if match["own"] else ""
        if match["of"]:
            symbol = _symbol(paragraph, said, match.end())
        if symbol:
            found.update((Provision(symbol, label), None) for label in labels_of(match["list"]))
    return tuple(found)


def _symbol(paragraph: AnnotatedParagraph, said: Said, at: int) -> str:
    """Return the symbol of the instrument named right behind "of", or ""."""
    for m in paragraph.mentions:
        if m.kind is MentionKind.INSTRUMENT and m.entity and (begin := said.within(m.span)[0]) >= at:
            return m.entity if BETWEEN.fullmatch(said.text[at:begin]) else ""
    return ""


def labels_of(listed: str) -> Iterator[str]:
    """Yield the labels of a list as `CITED` finds it ("1, 3 to 5 and 7 (a)"), those that a range passes over among them."""
    previous = ""
    for part in _PART.finditer(listed):
        label = part["label"].replace(" ", "")
        if part["range"] and previous.isdigit() and label.isdigit() and 0 < int(label) - int(previous) <= _LONGEST:
            yield from (str(n) for n in range(int(previous) + 1, int(label)))
        yield previous.partition("(")[0] + label if label.startswith("(") else label
        previous = previous if label.startswith("(") else label

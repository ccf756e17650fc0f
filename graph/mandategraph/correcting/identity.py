"""A document as its masthead is read -> as people say that it is: its symbol, title, day and body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mandategraph.correcting.anchoring import Words
from mandategraph.records import Correction, Document, Fate, SourceSpan, Span, Standing, Verdict

FIELDS = ("symbol", "title", "date", "body", "organ", "session", "agenda_item")
_RULE, _WHY, _NONE = "IDY-person", "a person says so", "IDY-place"
_LINE = re.compile(r"\S[^\n]{0,160}")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def opening(document: Document) -> SourceSpan:
    """Return the line by which a document is known again: the one that its masthead was read from, else its first."""
    if document.masthead.span.end:
        return document.text.offsets.to_source(document.masthead.span)
    words = Words(document)
    found = _LINE.search(words.source, words.start, words.end)
    return SourceSpan(*found.span()) if found else SourceSpan(words.start, words.start)


def refusal(field: str, value: str) -> str:
    """Return why a field of a masthead cannot have a value, "" where it can."""
    if field not in FIELDS:
        return f"a document has no field {field!r}: there is {', '.join(FIELDS)}"
    if field == "date" and value and not _DAY.fullmatch(value):
        return f"{value!r} is no day: write it as 2031-03-31"
    return ""


def identified(document: Document, corrections: Iterable[Correction]) -> tuple[Document, list[Fate]]:
    """Return a document with the masthead that people give it, and what became of what they say.

    Args:
        document: as it was read.
        corrections: that hold of its masthead, in their order.
    """
    words, fates = Words(document), []
    for each in corrections:
        found = words.find(each.anchor) if each.anchor else SourceSpan(words.start, words.start)
        if isinstance(found, str):
            fates.append(Fate(each.id, Standing.ORPHANED, found))
            continue
        if each.verdict is Verdict.CORRECTED:
            document = _with(document, each.field, str(each.value(each.becomes) or ""))
        fates.append(Fate(each.id, Standing.STANDS, span=found))
    return document, fates


def _with(document: Document, field: str, value: str) -> Document:
    masthead = document.masthead
    if field == "symbol":
        rule, why = (_RULE, _WHY) if value else (_NONE, "a person says that it has no symbol")
        return replace(document, masthead=replace(masthead, symbol=value, rule=rule, why=why, span=Span(0, 0)))
    if field == "body":
        sections = (replace(s, issuer=value) if s.issuer == masthead.body else s for s in document.sections)
        document = replace(document, sections=tuple(sections))
    said: dict[str, Any] = {field: value or (None if field == "date" else "")}
    return replace(document, masthead=replace(masthead, **said))

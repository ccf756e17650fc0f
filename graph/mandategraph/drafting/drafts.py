"""A file -> a draft: its paragraphs, all that it states, and which rules of drafting it switches off.

In: a file of one document. Out: a `Draft`. A comment "[mandategraph: ignore RULE, RULE]", or the same between "<!--" and "-->", is none of its words: it switches
rules off in the paragraph in which it stands or that follows it; above the opening line, in all of the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from mandategraph.building.extracting import Reader
from mandategraph.dates import in_words
from mandategraph.errors import SourceError
from mandategraph.lexicon import Tables, load_tables
from mandategraph.reading import SourceReader
from mandategraph.records import Document, Mention, ParagraphKind, Reading, SourceSpan, SourceText, Span, Status
from mandategraph.symbols import name_of

_COMMENT = re.compile(
    r"(?:<!--|\[)[^\S\n]*mandategraph:[^\S\n]*ignore[^\S\n]+(?P<rules>[\w-]+(?:[\s,]+[\w-]+)*)[^\S\n]*(?:-->|\])"
)
_PLACE = re.compile(
    r"(?P<annex>[a-z][\w-]*/)?(?P<pp>pp)?(?P<number>\d+)(?P<points>(?:\(\w+\))*)(?P<items>(?:/[\w()]+)*)"
)
_READ = frozenset({ParagraphKind.OPERATIVE, ParagraphKind.PREAMBULAR, ParagraphKind.BODY})


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a draft.

    Attributes:
        label: as everywhere ("28(a)(iii)"); `section`: key of its section; `lead_in`: label of what it hangs under, or "".
        text: its words, without number; `start`: where they begin in the clean text.
    """

    label: str
    kind: ParagraphKind
    section: str
    lead_in: str
    text: str
    start: int

    @property
    def is_operative(self) -> bool:
        """Whether it is an operative paragraph."""
        return self.kind is ParagraphKind.OPERATIVE

    @property
    def number(self) -> int:
        """Its number where it is a numbered paragraph or hangs under one, else 0."""
        found = re.match(r"(?:[a-z][\w-]*/)?(\d+)", self.label)
        return int(found[1]) if found and self.is_operative else 0

    def at(self, start: int, end: int) -> Span:
        """Return the place of a stretch of its text."""
        return Span(self.start + start, self.start + end)


@dataclass(frozen=True)
class Draft:
    """A draft as it was read.

    Attributes:
        where: the file, as it was named.
        day: ISO 8601 day of the draft, "" where it gives none and none was given.
        silenced: rules that it switches off, each with the label of the paragraph, "" where it is off everywhere.
    """

    where: str
    document: Document
    reading: Reading
    tables: Tables
    day: str
    silenced: frozenset[tuple[str, str]] = frozenset()

    @property
    def key(self) -> str:
        """The name that it claims."""
        return self.document.key

    @property
    def name(self) -> str:
        """What it is called by people."""
        kind = "draft" if self.document.status is Status.DRAFT else ""
        title = self.document.title or name_of(self.key)
        words = title if kind in title.lower() or not kind else f"{title} (draft)"
        return f"{words}, {in_words(self.day)}" if self.day and in_words(self.day) not in words else words

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its paragraphs that state something, in reading order; those of other instruments that it quotes are none."""
        return tuple(passage for passage in self.everything if passage.kind in _READ)

    @cached_property
    def everything(self) -> tuple[Passage, ...]:
        """Its paragraphs, titles and headings, in reading order."""
        return tuple(
            Passage(p.label, p.kind, s.key, p.lead_in or "", self.document.text.text[p.span.start : p.span.end], p.span.start)
            for s, p in self.document.paragraphs()
            if not s.quoted_from and p.kind is not ParagraphKind.FOOTNOTE
        )  # fmt: skip

    @cached_property
    def by_label(self) -> dict[str, Passage]:
        """Its paragraphs by their labels."""
        return {passage.label: passage for passage in self.everything}

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """Who and what is named, by the label of the paragraph, in reading order."""
        found: dict[str, list[Mention]] = {}
        for label, _, mention in self.reading.mentions:
            found.setdefault(label, []).append(mention)
        return found

    def passage_at(self, span: SourceSpan) -> Passage | None:
        """Return the paragraph in which a place of the source begins, None where it is none of these."""
        clean = next(iter(self.document.text.offsets.clean_spans(span, len(self.document.text.text))), None)
        return next((p for p in self.everything if clean and p.start <= clean.start < p.start + len(p.text)), None)

    def to_source(self, span: Span) -> SourceSpan:
        """Return the place of the source that a place of the clean text is."""
        return self.document.text.offsets.to_source(span)


def paragraph_in_words(label_: str) -> str:
    """Return where a paragraph stands, as people say it.

    Example:
        >>> paragraph_in_words("28(a)(iii)/2"), paragraph_in_words("pp3"), paragraph_in_words("annex/2")
        ('paragraph 28 (a) (iii), item 2', 'preambular paragraph 3', 'annex, paragraph 2')
    """
    found = _PLACE.fullmatch(label_)
    if not found:
        return "the title" if label_.startswith("title") else label_
    kind = "preambular paragraph" if found["pp"] else "paragraph"
    annex = (
        "" if not found["annex"] or found["annex"] == "main/" else f"{found['annex'].rstrip('/').replace('-', ' ')}, "
    )
    points = re.sub(r"\(", " (", found["points"])
    items = ", ".join(f"item {part.replace('(', ' (')}" for part in found["items"].split("/") if part)
    return f"{annex}{kind} {found['number']}{points}{f', {items}' if items else ''}"


def read_draft(path: Path, *, day: str = "", reader: Reader | None = None) -> Draft:
    """Return a draft.

    Args:
        path: of a file that holds one document.
        day: ISO 8601, for a draft that gives none.
        reader: that is to read it; one is made where none is given.

    Raises:
        SourceError: there is no such file, or it cannot be read, holds several documents, or no paragraph of one.
    """
    if not path.exists():
        raise SourceError("no such file", where=str(path), hint="Check the path.")
    with SourceReader() as sources:
        items = list(sources.find(path))
        if len(items) != 1:
            raise SourceError("this holds several documents, or none", where=str(path), hint="Give one document.")
        source = sources.read(sources.load(items[0]))
    return draft_of(source, where=str(path), day=day, reader=reader)


def draft_of(source: SourceText, *, where: str = "", day: str = "", reader: Reader | None = None) -> Draft:
    """Return the draft that a text is; arguments and errors as for `read_draft`."""
    reader = reader or Reader(load_tables())
    comments = [(found.start(), found["rules"]) for found in _COMMENT.finditer(source.text)]
    bare = _COMMENT.sub(lambda found: " " * len(found[0]), source.text)
    document, reading = reader.read(replace(source, text=bare))
    if day and not document.date:
        document = replace(document, masthead=replace(document.masthead, date=day))
    draft = Draft(where or source.name, document, reading, reader.tables, document.date or "")
    if not draft.passages:
        raise SourceError("no paragraph was read", where=draft.where, hint="Is it a resolution or a draft of one?")
    return replace(draft, silenced=frozenset(_silenced(draft, comments)))


def _silenced(draft: Draft, comments: list[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Yield the rules that comments switch off, with the label of the paragraph, or "" for the whole draft."""
    opening = next((p for p in draft.everything if p.label.endswith("body")), draft.passages[0])
    text, begin = draft.document.text.source.text, draft.to_source(opening.at(0, 1)).start
    starts = [(draft.to_source(passage.at(0, 1)).start, passage.label) for passage in draft.passages if passage.text]
    for at, rules in comments:
        # One that stands behind words belongs to them, one on a line of its own to what follows.
        has_words = bool(re.search(r"\w[^\n]*$", text[:at]))
        before = [label for start, label in starts if start <= at]
        after = [label for start, label in starts if start > at]
        label = (before or after)[-1 if before else 0] if has_words or not after else after[0]
        yield from ((rule, "" if at < begin else label) for rule in re.findall(r"[\w-]+", rules))

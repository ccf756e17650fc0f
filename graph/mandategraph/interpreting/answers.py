"""What a report, letter or note says that it answers: "submitted pursuant to paragraph 4 of resolution N".

In: an annotated document, and the forms (`data/patterns/answers.jsonl`). Out: `Answer` records, one for each paragraph named, or for an instrument named
without one. What is named are the first instruments behind the words that announce them, as far as they stand in one row; where the document answers "that
request", those of the last sentence before that asks.

Limits: only the first paragraphs are read, where documents say so; a decision that is named by its day alone is none that could be found.

Rule: United Nations Editorial Manual, introductory paragraphs of reports; S/2025/231 para. 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mandategraph.interpreting.provisions import read_provisions
from mandategraph.lexicon import Tables
from mandategraph.records import Annotated, AnnotatedParagraph, Answer, Genre, Mention, MentionKind

_ANSWERING = frozenset({Genre.REPORT, Genre.LETTER, Genre.NOTE, Genre.MEETING_REPORT, Genre.OTHER})
_FIRST, _NEAR = 25, 130
# What may stand between two instruments of one row.
_ROW = re.compile(
    r"[\s,()]*(?:(?:and|or|as|well|resolutions?|decisions?|its|the|of|in|by|as|requested|adopted|on|\d{1,2}|\d{4}|[A-Z][\w-]+)[\s,()]*)*"
)
_ASKED = re.compile(r"\b(?:request(?:ed|s)?|invited|asked)\b")
_WHICH = re.compile(r",\s+(?:in|by|under)\s+which\b|[.;]\s")
_PARA = re.compile(r"[\s,(]*(?:see )?paras?(?:\.|graphs?)\s+(\d{1,3}(?: ?\([a-z]{1,4}\))*)")


class AnswerReader:
    """Reads answers with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._forms = tables.answers

    def read(self, annotated: Annotated) -> Iterator[Answer]:
        """Yield what a document answers, each once, in the order of the text."""
        if annotated.document.genre not in _ANSWERING:
            return
        seen: set[tuple[str, str]] = set()
        first = [p for p in annotated.paragraphs if p.offset is None and p.text][:_FIRST]
        for n, paragraph in enumerate(first):
            for answer in self._of(annotated, first, n, paragraph):
                if (answer.instrument, answer.label) not in seen:
                    seen.add((answer.instrument, answer.label))
                    yield answer

    def _of(
        self, annotated: Annotated, first: Sequence[AnnotatedParagraph], n: int, paragraph: AnnotatedParagraph
    ) -> Iterator[Answer]:
        said = paragraph.said
        for form in self._forms:
            for match in form.pattern.finditer(said.text):
                if form.names:
                    named = list(_named(annotated, paragraph, *match.span("ref")))
                else:
                    named = _asked_before(annotated, first[: n + 1], match.start())
                place = annotated.document.text.offsets.to_source(said.span(match.start(), match.end()))
                for instrument, label in named:
                    yield Answer(paragraph.paragraph.label, place, instrument, label, form.rule)


def _named(
    annotated: Annotated, paragraph: AnnotatedParagraph, start: int, end: int, *, is_cited: bool = True
) -> Iterator[tuple[str, str]]:
    """Yield the instruments named in a stretch of a paragraph's words, each with the label of what it names of it, "" where it names none.

    Where they need not be cited by number or symbol, "the decision" that stands for one counts too.
    """
    said = paragraph.said
    if cut := _WHICH.search(said.text, start, end):
        end = cut.start()
    row = list(_row(paragraph, start, end, is_cited=is_cited))
    if not row:
        return
    last = said.within(row[-1].span)[1]
    span = said.span(start, min(max(last, start + 1), len(said.text)))
    provisions = [p for p in read_provisions(annotated, paragraph, span) if p.instrument != annotated.document.symbol]
    after = _PARA.match(said.text, last)
    for mention in row:
        labels = [p.label for p in provisions if p.instrument == mention.entity]
        if after and mention is row[-1] and not labels:
            labels = [after[1].replace(" ", "")]
        yield from ((mention.entity or "", label) for label in labels or [""])


def _row(paragraph: AnnotatedParagraph, start: int, end: int, *, is_cited: bool) -> Iterator[Mention]:
    """Yield the instruments of the first row in a stretch."""
    said, before = paragraph.said, -1
    for mention in paragraph.mentions:
        if mention.kind is not MentionKind.INSTRUMENT or not mention.entity or (is_cited and not mention.is_cited):
            continue
        begin, stop = said.within(mention.span)
        if begin < start or begin >= end:
            continue
        if before < 0:
            if begin - start > _NEAR:
                return
        elif not _ROW.fullmatch(said.text, before, begin):
            return
        yield mention
        before = stop


def _asked_before(annotated: Annotated, before: Sequence[AnnotatedParagraph], at: int) -> list[tuple[str, str]]:
    """Return what the last sentence before a place names in which somebody asks; the place is in the last of some paragraphs."""
    for n, paragraph in enumerate(reversed(before)):
        text = paragraph.said.text if n else paragraph.said.text[:at]
        for asked in reversed(list(_ASKED.finditer(text))):
            start = max(text.rfind(". ", 0, asked.start()), text.rfind("; ", 0, asked.start())) + 1
            if named := list(_named(annotated, paragraph, start, asked.start(), is_cited=False)):
                return named
    return []

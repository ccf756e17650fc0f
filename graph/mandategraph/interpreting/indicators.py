"""Figures that measure something: shares, counts, sums and rates, with what they are about.

In: annotated paragraphs and the statements read from them. Out: `Indicator` records. Percentages, sums of money and
rates always count; a bare number counts where a plural noun follows, or where it is in the thousands and no year.
Numbers of paragraphs, resolutions, dates, ages and periods do not.

A figure within what somebody is told to do or within a decision is a target, and so is a quota, a ceiling or a legal
minimum; every other figure is an observation.

Rule: annotation guidelines, indicators.jsonl.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mandategraph.interpreting.fields import source_of
from mandategraph.phrasing.words import is_adverb
from mandategraph.records import (
    LONGEST_NAME,
    PLACES,
    Act,
    Annotated,
    AnnotatedParagraph,
    Figure,
    Indicator,
    Mention,
    MentionKind,
    ParagraphKind,
    SourceSpan,
    Span,
    Statement,
    Token,
)

_BEFORE = frozenset(
    "paragraph paragraphs para paras article articles annex section part chapter rule item resolution resolutions no no. "
    "nos number page pages table aged age ages phase stage level decision and/or".split()
)
_PERIODS = re.compile(
    r"^(?:days?|weeks?|months?|years?|hours?|minutes?|decades?|times|intervals?|o'clock|meetings?|sessions?|paragraphs?|pages?|and|or|to|percent|regions|tracks?|options?|points?|rounds?|budgeted|degrees?|nautical|miles?|(?:kilo|centi|milli)?met(?:re|er)s?|hectares?)$"
)
_DAYS = re.compile(r"(?:working|consecutive|calendar|business) (?:days?|weeks?|months?)\b")
_TARGET = re.compile(
    r"\b(?:quota|ceilings?|targets?|at least|no (?:more|fewer|less) than|not exceed(?:ing)?|minimum|maximum|as required|require[sd]?|shall|inadmissible)\b",
    re.I,
)
_BOUNDS = re.compile(
    r"\b(?:(?P<at_most>up to|jusqu'à|au (?:maximum|plus)|no more than|not (?:to )?exceed(?:ing)?|maximum|ceilings?|cap|inadmissible)|(?P<at_least>at least|au (?:minimum|moins)|no (?:less|fewer) than|minimum|quotas?))\b",
    re.I,
)
_FEMALE = re.compile(r"\b(?:women|woman|girls?|female|women's)\b", re.I)
_MALE = re.compile(r"\b(?:men|man|boys?|male)\b", re.I)
_TRAILING = re.compile(
    r"(?:\s+(?:and|or|to|up from|compared to|compared|of|a|in|,|\(|and (?:the target of )?\d[\d.]*|(?:are|is|was|were|be) (?:wom[ae]n|m[ae]n|inadmissible)))+$"
)
_BARE = re.compile(
    r"(?:respectively|more recently|currently|at present|annually|in total|or more|or less|a few years(?: ago)?|(?:in|since|by|during) (?:\w+ )?\d{4}|and\b.*)?",
    re.I,
)
_COUNTED = re.compile(
    r"(?P<what>(?:[^\W\d_][\w'’-]*\s+){1,6}?)(?:reached|reaches|rose to|fell to|stood at|stands at|amounted to|amounts to|was|were|is|are)\s+(?:[\d.]+\s+(?:percent\s+)?(?:and|to)\s+)?$"
)
_QUOTA_OF = re.compile(
    r"\b(?:the|an?|its|their)\s+(?P<what>(?:[^\W\d_][\w'’-]*\s+){0,4}?(?:quota|ceiling|target))\s+of\s+$"
)
_LEVEL_OF = re.compile(
    r"\bof\s+(?P<what>(?:[^\W\d_][\w'’-]*\s+){1,3}?)to\s+(?:a\s+|the\s+)?(?:level|strength|total)\s+of\s+$"
)
_OUT_OF = re.compile(r"\b[Oo]ut of (?:the )?(?P<what>[^,;.(]{3,80}?)(?:\s\w+ed)?\s*[(,][^.;]*$")
_COUNTING = (_COUNTED, _OUT_OF, _QUOTA_OF, _LEVEL_OF)
_TOLD = re.compile(
    r"(?<!shall )(?<!will )(?<!to )(?<!must )(?<!should )(?<!may )\b(?:has|have|had)\s+(?:already\s+|also\s+|been\s+|\w+ly\s+)*(?!(?:at|to|up|no|not|a|an|the|some|over|about|more|in|of)\b)[^\W\d]+\b[^,;.]*$"
)
# What is done toward a quota is no longer said of whoever was named before it.
_MEETING = re.compile(r",[^,;]*\b(?:meeting|reaching|respecting|achieving) (?:the|an?|its|their)\b[^,;]*$")
_MONTHS = frozenset(month.lower() for month in calendar.month_name if month)
_UNCLOSED = re.compile(r"\s*\([^()]*$")
_WITHIN = re.compile(r"\b(?:in|at|within) (?:the )?(?:[A-Z][^.;()]*\()?$")
_AT_THE_END = re.compile(r"\s*(?:\([^()]*\))?[\s.;)]*")
_PERSONNEL = re.compile(
    r"^(?:personnel|police|troops|people|women|men|children|staff|military|civilian|young|former|internally)$"
)


def read_indicators(annotated: Annotated, statements: Iterable[Statement]) -> list[Indicator]:
    """Return the indicators of a document, in reading order."""
    binding = [s.span for s in statements if s.is_obligation or s.act is Act.DECISION]
    found: list[Indicator] = []
    for paragraph in annotated.paragraphs:
        if paragraph.paragraph.kind in {ParagraphKind.TITLE, ParagraphKind.HEADING} or not paragraph.tokens:
            continue
        figures = [f for f in paragraph.figures if _measures(paragraph, f)]
        read = [_indicator(annotated, paragraph, f, figures[n + 1 : n + 2], binding) for n, f in enumerate(figures)]
        found.extend(_with_words(paragraph, figures, read))
    return sorted(found, key=lambda i: i.span)


def _with_words(
    paragraph: AnnotatedParagraph, figures: Sequence[Figure], read: Sequence[Indicator]
) -> Iterator[Indicator]:
    """Yield indicators with what they count in words: one behind which nothing stands has it from the subject of its clause or from the quota that it is, else from the figure
    before it in the sentence.
    """
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    last, last_end = "", 0
    for figure, indicator in zip(figures, read, strict=True):
        at = figure.span.start - base
        before = paragraph.text[max(0, at - LONGEST_NAME) : at]
        if _BARE.fullmatch(indicator.of):
            counted = next(filter(None, (words.search(before) for words in _COUNTING)), None)
            is_near = last_end and not re.search(r"[.;] ", paragraph.text[last_end:at])
            of = counted["what"].strip().removeprefix("and ") if counted else last if is_near else ""
            indicator = replace(indicator, of=of)
        last, last_end = indicator.of, figure.span.end - base
        yield indicator


def _measures(paragraph: AnnotatedParagraph, figure: Figure) -> bool:
    if any(m.kind is not MentionKind.THEME and _is_number(m) for m in paragraph.mentions_at(figure.span)):
        return False
    before, after = _around(paragraph, figure.span)
    last = before[-1].lower if before else ""
    if last in _BEFORE or (last == "(" and after[:1] and after[0].lower == ")"):
        return False
    if figure.unit != "count":
        return True
    raw = _raw(paragraph, figure.span)
    following = [t.lower for t in after[:3]]
    if "illi" in raw:
        return True
    if (
        not following
        or _PERIODS.match(following[0])
        or _DAYS.match(" ".join(following))
        or following[0].startswith("-")
        or following[0] in _MONTHS
        or last == "+"
        or (last in {"from", "between", "of age", "since", "than"} and following[:1] == ["to"])
    ):
        return False
    if last in {"the", "these", "those"} and figure.value < 100 and not _PERSONNEL.match(following[0]):
        return (_is_counted(after) and last != "the") or "cases" in following[:2]
    thousands = "," in raw or " " in raw
    return thousands or _is_counted(after)


def _is_number(mention: Mention) -> bool:
    return mention.kind is MentionKind.DATE or mention.is_cited or mention.kind is MentionKind.INSTRUMENT


def _is_counted(after: Sequence[Token]) -> bool:
    """Return whether a number is followed by what it counts: a plural noun within three words."""
    for token in after[:3]:
        word = token.lower
        if _PERSONNEL.match(word):
            return True
        if not word.replace("-", "").replace("'", "").isalpha() or word in {
            "of",
            "in",
            "to",
            "for",
            "on",
            "at",
            "by",
            "with",
            "and",
            "or",
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "from",
            "as",
            "out",
            "per",
            "resolutions",
            "states",
        }:
            return False
        if word.endswith("s") and not word.endswith(("ss", "us", "'s")) and not is_adverb(word):
            return True
    return False


def _around(paragraph: AnnotatedParagraph, span: Span) -> tuple[list[Token], list[Token]]:
    """Return the token before a place and the three after it."""
    tokens = paragraph.tokens
    before = bisect_right(tokens, span.start, key=lambda t: t.end)
    after = bisect_left(tokens, span.end, key=lambda t: t.start)
    return list(tokens[max(0, before - 1) : before]), list(tokens[after : after + 3])


def _raw(paragraph: AnnotatedParagraph, span: Span) -> str:
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    return paragraph.text[span.start - base : span.end - base]


def _indicator(
    annotated: Annotated,
    paragraph: AnnotatedParagraph,
    figure: Figure,
    following: Sequence[Figure],
    binding: Sequence[SourceSpan],
) -> Indicator:
    text = paragraph.text
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    at, end = figure.span.start - base, figure.span.end - base
    first, last = max(0, at - LONGEST_NAME), min(len(text), end + LONGEST_NAME)
    stop_before = max(text.rfind(". ", first, at), text.rfind("; ", first, at))
    sentence_start = stop_before + 2 if stop_before >= 0 else first
    ends = [x for x in (text.find(mark, end, last) for mark in (". ", "; ", '." ')) if x >= 0]
    sentence = text[sentence_start : min([*ends, last])]
    comma = text.find(", ", end, last)
    stop = min([*ends, last] if comma < 0 else [*ends, comma])
    if following:
        stop = min(stop, following[0].span.start - base)
    within = [m.span.end - base for m in paragraph.mentions if m.span.start - base < stop < m.span.end - base]
    of = _TRAILING.sub("", text[end : max([stop, *within])].strip(" ,;."))
    of = _UNCLOSED.sub("", of.strip(" ,;()") if of.count("(") != of.count(")") else of)
    source = source_of(annotated, paragraph, figure.span)
    in_binding = any(b.start <= source.start < b.end for b in binding) and not _TOLD.search(text[sentence_start:at])
    window = text[at : stop + 30] if figure.unit != "percent" else sentence
    is_target = in_binding or (
        bool(_TARGET.search(window))
        and figure.unit == "percent"
        and bool(_TARGET.search(text[max(sentence_start, at - 40) : stop + 40]))
    )
    return Indicator(
        paragraph=paragraph.paragraph.label,
        span=source,
        value=figure.value,
        unit=figure.unit,
        of=of.removeprefix("of ").strip(),
        about=_about(
            paragraph, figure, base + stop, Span(base + sentence_start, base + sentence_start + len(sentence))
        ),
        sex=None
        if _FEMALE.search(text[at:stop]) and _MALE.search(text[at:stop])
        else "female"
        if _FEMALE.search(text[at:stop])
        else "male"
        if _MALE.search(text[at:stop])
        else "female"
        if figure.unit == "percent" and _FEMALE.search(sentence)
        else None,
        time=_time(
            paragraph,
            base + sentence_start,
            min([base + sentence_start + len(sentence), *(f.span.start for f in following)]),
            figure.span.start,
        ),
        target=is_target,
        bound=_bound(text[sentence_start:at], text[end:stop]) if is_target else None,
        rule=figure.rule,
    )


def _bound(before: str, after: str) -> str | None:
    """Return on which side of a target the text wants what is counted: the last word for it before the figure, else the first after."""
    found = [*reversed(list(_BOUNDS.finditer(before))), *_BOUNDS.finditer(after)]
    return found[0].lastgroup if found else None


def _about(paragraph: AnnotatedParagraph, figure: Figure, stop: int, sentence: Span) -> str | None:
    """Return the actor that a figure is about: the next one in its clause, else the last one before it, else the shared one.

    Figures in a row share the body in which they were counted: "2 percent of drivers and 8 percent of clerks, in the X".
    """
    actors = [
        m
        for m in paragraph.mentions
        if m.kind is MentionKind.ACTOR and m.type not in {*PLACES, "international_organization", "group"}
    ]
    after = [m for m in actors if figure.span.end <= m.span.start < stop]
    if after:
        return after[0].entity
    before = [m for m in actors if sentence.start <= m.span.start < figure.span.start]
    base = paragraph.paragraph.span.start if paragraph.offset is None else 0
    if before and not (
        figure.unit == "percent"
        and _MEETING.search(paragraph.text[before[-1].span.end - base : figure.span.start - base])
    ):
        return before[-1].entity
    for actor in (m for m in actors if stop <= m.span.start < sentence.end):
        head, tail = (
            paragraph.text[stop - base : actor.span.start - base],
            paragraph.text[actor.span.end - base : sentence.end - base],
        )
        if _WITHIN.search(head) and _AT_THE_END.fullmatch(tail):
            return actor.entity
    return None


def _time(paragraph: AnnotatedParagraph, start: int, end: int, at: int) -> str | None:
    """Return the date that stands nearest to the figure, within its sentence and before the next figure."""
    dates = [m for m in paragraph.mentions if m.kind is MentionKind.DATE and start <= m.span.start < end]
    return min(dates, key=lambda m: abs(m.span.start - at)).entity if dates else None

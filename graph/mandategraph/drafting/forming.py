"""Rules of drafting about form: numbers, paragraphs that stand twice, days that are in no calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mandategraph.answering.sections import listed
from mandategraph.dates import MONTHS
from mandategraph.drafting.drafts import Draft, Passage, paragraph_in_words
from mandategraph.drafting.hits import Hit
from mandategraph.drafting.known import Known
from mandategraph.drafting.rows import DraftingRule
from mandategraph.indexing.words import digest_of, words_of

_MONTH = "|".join(MONTHS)
_DAY = re.compile(
    rf"(?<![\d/.,-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b(?:,? (?P<year>\d{{4}})\b)?"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/])(?:,? (?P<year2>\d{{4}})\b)?"
)
_LEAP = 2000
_LINE = re.compile(r"(?m)^[ \t]*(\d{1,3})\.[ \t]+(?=[A-Z])")
_NUMBERED = re.compile(r"(?:[a-z][\w-]*/)?\d+")
_LETTERS = re.compile(r"\(([a-z])\)$")
_LEAST, _FEW, _SHOWN = 8, 2, 40


def impossible_days(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield days that no calendar has: 31 June, 29 February of a common year."""
    for passage in draft.everything:
        for found in _DAY.finditer(passage.text):
            day, month, year = (found[name] or found[f"{name}2"] for name in ("day", "month", "year"))
            number = MONTHS.index(month) + 1
            last = monthrange(int(year) if year else _LEAP, number)[1]
            if not 1 <= int(day) <= last:
                of = f" of {year}" if year else ""
                yield Hit(
                    passage, passage.at(*found.span()), f"{month}{of} has {last} days: there is no {day} {month}."
                )


def jumps(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield paragraphs whose number does not follow the one before, and points whose letter does not."""
    by_section: dict[str, list[Passage]] = {}
    for passage in draft.passages:
        if passage.is_operative:
            by_section.setdefault(passage.section, []).append(passage)
    for passages in by_section.values():
        # A paragraph that is nothing but points has no passage of its own.
        first = {p.number: p for p in reversed(passages) if p.lead_in}
        numbered = [(p.number, p) for p in passages if _NUMBERED.fullmatch(p.label) or first.get(p.number) is p]
        alone = {p.number for p in passages if _NUMBERED.fullmatch(p.label)}
        numbered = [(n, p) for n, p in numbered if _NUMBERED.fullmatch(p.label) or n not in alone]
        yield from _gaps([(n, f"paragraph {n}", p) for n, p in numbered])
        for lead_in in dict.fromkeys(p.lead_in for p in passages if p.lead_in):
            points = [(_letter(p), p) for p in passages if p.lead_in == lead_in]
            if len(points) > 1 and points[0][0] == 1 and all(letter for letter, _ in points):
                yield from _gaps([(n, f"point ({chr(96 + n)})", p) for n, p in points])
    yield from _not_believed(draft)


def _letter(passage: Passage) -> int:
    """Return which letter of the alphabet a point has, 0 where it has none."""
    found = _LETTERS.search(passage.label)
    return ord(found[1]) - 96 if found else 0


def _gaps(counted: Sequence[tuple[int, str, Passage]]) -> Iterator[Hit]:
    """Yield what does not follow what stands before it."""
    for (before, _, _), (number, name, passage) in pairwise(counted):
        if number != before + 1:
            gone = [_name(name, n) for n in range(before + 1, number)]
            said = f"{listed(gone[:3])} {'is' if len(gone) == 1 else 'are'} missing" if gone else "it is not the next"
            if len(gone) > 3:
                said = f"{_name(name, before + 1)} to {_name(name, number - 1)} are missing"
            place = passage.at(0, min(len(passage.text), _SHOWN))
            yield Hit(passage, place, f"{name[0].upper()}{name[1:]} follows {_name(name, before)}: {said}.")


def _name(like: str, number: int) -> str:
    kind = like.split()[0]
    return f"point ({chr(96 + number)})" if kind == "point" else f"{kind} {number}"


def _not_believed(draft: Draft) -> Iterator[Hit]:
    """Yield numbers at the head of a line that the reading did not take for one, as they do not follow; none where that is the way of the text."""
    numbered = {p.start: p for p in draft.passages if p.is_operative and re.fullmatch(r"\d+", p.label)}
    last: Passage | None = None
    found = []
    for line in _LINE.finditer(draft.document.text.text):
        if line.end() in numbered:
            last = numbered[line.end()]
            continue
        holder = next((p for p in draft.everything if p.start <= line.end() <= p.start + len(p.text)), None)
        if (
            last
            and holder
            and holder.section == last.section
            and line.start() < max(numbered)
            and int(line[1]) >= last.number
        ):
            place = holder.at(line.start() - holder.start, line.end() - holder.start)
            found.append(Hit(holder, place, f"The number {line[1]} follows paragraph {last.number}."))
    yield from found if len(found) <= _FEW else []


def doubles(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield paragraphs that have the words of an earlier one."""
    seen: dict[int, Passage] = {}
    for passage in draft.passages:
        words = words_of(passage.text)
        if len(words) < _LEAST:
            continue
        first = seen.setdefault(digest_of(words), passage)
        if first is not passage and first.section == passage.section:
            yield Hit(
                passage, passage.at(0, len(passage.text)), f"It has the words of {paragraph_in_words(first.label)}."
            )

"""Words for what a paper on a draft tells: numbers, days, tasks, and what is told together.

In: entries of a calendar, numbers. Out: words, and entries in groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mandategraph.answering.agenda import Entry
from mandategraph.answering.sections import bare, listed
from mandategraph.dates import cycle_in_words
from mandategraph.drafting.asking import Collision

_LONG = 150
_REPORT = re.compile(r"\b(?:reports?|reporting|briefings?|brief|letter|updates?|roadmap)\b")


def is_report(entry: Entry) -> bool:
    """Return whether an entry is of a report, a briefing or the like."""
    return bool(_REPORT.search(entry.stated.text))


def to_do(entry: Entry) -> str:
    """Return what is to be done, in the words of the text from its first verb on, cut where they are long."""
    text = bare(entry.stated.text)
    first = next(iter(entry.stated.actions), "").partition(" … ")[0]
    at = text.find(first) if first else -1
    words = text[max(at, 0) :]
    cut = words if len(words) <= _LONG else f"{words[:_LONG].rsplit(' ', 1)[0]} …"
    return f"to {cut}" if at > 0 and text[:at].endswith("to ") else f"“{cut}”"


def together(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield entries of one day and bearer that hang under one paragraph together, in their order."""
    found: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        top = re.match(r"(?:[a-z]+\W)?\d*", entry.paragraph)
        key = (entry.day, entry.recurs, entry.deadline.words, entry.bearers, top[0] if top else entry.paragraph)
        found.setdefault(key, []).append(entry)
    yield from found.values()


def by_day(collisions: Iterable[Collision]) -> Iterator[tuple[date, Entry, list[Collision]]]:
    """Yield the days of a draft, each with what collides there, each statement of another text once, reports with reports."""
    found: dict[tuple[date, str], list[Collision]] = {}
    for each in collisions:
        here = found.setdefault((each.day, each.entry.deadline.iri), [])
        is_known = any(each.other.stated.statement == other.other.stated.statement for other in here)
        is_told = to_do(each.other).startswith("to ")
        if not is_known and is_told and is_report(each.other) and is_report(each.entry):
            here.append(each)
    for (day, _), them in found.items():
        if them:
            yield day, them[0].entry, them


def gap(days: int) -> str:
    """Return how far a day is from another, in words."""
    return "the same day" if not days else f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers in words, those on end as a range.

    Example:
        >>> ranges([1, 2, 3, 5, 8, 9])
        '1 to 3, 5, 8 and 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listed([part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))])


def period(lasts: str) -> str:
    """Return a period of ISO 8601 in words."""
    return cycle_in_words(lasts).removeprefix("every ")


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, in words."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def number(count: int) -> str:
    """Return a number as people write it, in words below ten."""
    numbers = "no one two three four five six seven eight nine".split()
    return numbers[count] if count < len(numbers) else str(count)


def upper(words: str) -> str:
    """Return words with a capital at their head."""
    return words[:1].upper() + words[1:]

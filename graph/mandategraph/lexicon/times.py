"""How texts say when something is due: words by kind, and the patterns made of them.

In: `lexicons/times.csv` (words, with a value where they have one) and `patterns/deadlines.jsonl` (regular expressions with
slots). Out: the words as a table, and patterns whose slots are filled. A slot is a kind of word (`{limit}`), or one of those
of the code: `{number}`, `{count}` (a number or an article), `{period}` (a number of units), `{ordinals}`, and dates, which stand in the text as marks:
`{date}`, `{days}` and `{row}` (several in a row), `{month}`, `{part}` (a quarter or half of a year). What stands between is
`{few}` words of a noun phrase, what is `{said}` after a verb, a `{stretch}` without a comma, or a `{clause}`: no longer than
such are, so that no text takes long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, load_patterns

_VALUED = frozenset({"adjective", "adverb", "unit"})
_SLOT = re.compile(r"{([a-z]+)}")
DAY, MONTH, YEAR, PART = MARKS = ("\x01", "\x02", "\x03", "\x04")
_DATE = f"[{''.join(MARKS)}]+"
KINDS = ("date", "year", "recurrence", "duration", "session", "event", "mandate", "before", "ends", "none")


@dataclass(frozen=True, slots=True)
class TimePattern:
    """A form of words that says when something is due, or that what stands in it says no such thing.

    Attributes:
        id: of the rule.
        kind: one of `KINDS`: of the deadline, how it is resolved (`year`, `mandate`, `before`), `ends` of mandates, or `none`.
        regex: over the folded text, in which dates are marks of their own length.
        needs: words of which one must stand in the text for it to be tried: in the file a kind of word, `date`, or words
            between "|".
        bar: what must not stand before it, or None.
        value: ISO 8601 duration that it always means, or "".
        is_last: whether of its dates only the last counts.
        is_weak: whether it counts only where nothing says until when.
        decides: whether only a decision can say it.
    """

    id: str
    kind: str
    regex: re.Pattern[str]
    needs: tuple[str, ...]
    bar: re.Pattern[str] | None
    value: str
    is_last: bool
    is_weak: bool
    decides: bool


@dataclass(frozen=True, slots=True)
class Times:
    """The words of time with their values, by kind, and the patterns in the order of the file."""

    words: Mapping[str, Mapping[str, str]]
    patterns: tuple[TimePattern, ...]


def load_times(file: Traversable, numbers: Mapping[str, int]) -> Times:
    """Return the words of time, and the patterns made of them.

    Args:
        file: of the words.
        numbers: cardinals and ordinals by word.

    Raises:
        LexiconError: a word has no value where its kind wants one, or a pattern has an unknown slot or kind.
    """
    words: dict[str, dict[str, str]] = {}
    for where, row in Rows(file, ("phrase", "kind", "value", "source")):
        if bool(row["value"]) is not (row["kind"] in _VALUED):
            raise LexiconError(
                f"{row['phrase']!r} has the value {row['value']!r}",
                where=where,
                hint="Only adverbs, adjectives and units have one.",
            )
        words.setdefault(row["kind"], {})[row["phrase"]] = row["value"]
    slots = _slots(words, numbers)
    optional = ("bar", "value", "last", "weak", "decides")
    rows = load_patterns("deadlines.jsonl", ("id", "kind", "needs", "regex", "source"), optional=optional)
    return Times(words, tuple(_pattern(row, slots, words) for row in rows))


def _pattern(row: Mapping[str, str], slots: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> TimePattern:
    if row["kind"] not in KINDS:
        raise LexiconError(
            f"unknown kind {row['kind']!r}", where="deadlines.jsonl", hint=f"Use one of {', '.join(KINDS)}."
        )
    unknown = [slot for text in (row["regex"], row.get("bar", "")) for slot in _SLOT.findall(text) if slot not in slots]
    if unknown:
        raise LexiconError(f"unknown slot {unknown[0]!r}", where="deadlines.jsonl", hint=f"Known: {', '.join(slots)}.")
    needs = tuple(words.get(row["needs"], row["needs"].split("|"))) if row["needs"] != "date" else MARKS
    return TimePattern(
        row["id"],
        row["kind"],
        _compiled(row["regex"], slots),
        needs,
        _compiled(row["bar"], slots) if "bar" in row else None,
        row.get("value", ""),
        bool(row.get("last")),
        bool(row.get("weak")),
        bool(row.get("decides")),
    )


def _compiled(text: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(_SLOT.sub(lambda slot: slots[slot[1]], text), re.IGNORECASE)


def _slots(words: Mapping[str, Mapping[str, str]], numbers: Mapping[str, int]) -> dict[str, str]:
    """Return what stands for each slot; the longest of several words first."""
    filled = {kind: _any(phrases) for kind, phrases in words.items()}
    number = _any(numbers)
    spelt = rf"(?:{number} hundred(?: and)?[ -])?{number}(?:[ -]{number})?"
    ordinal = rf"(?:{spelt}|\d{{1,3}}(?:st|nd|rd|th)|{YEAR}+)"
    return filled | {
        "period": rf"(?:\d{{1,3}}|{spelt})(?: ?\(\d+\))? {filled['unit']}s?",
        "unit": rf"(?:working |calendar |business |consecutive )?(?P<unit>{filled['unit']})s?",
        "number": rf"(?P<n>\d{{1,3}}|{spelt})(?: ?\(\d+\))?",
        "count": rf"(?P<n>\d{{1,3}}|{spelt}|an?|another)(?: ?\(\d+\))?",
        "ordinals": rf"(?P<ordinals>{ordinal}(?:(?:,|,? and) {ordinal}){{0,3}})",
        "date": _DATE,
        "stretch": r"[^,;:.]{0,300}?",
        "clause": r"[^;:.\n]{0,600}?",
        "few": r"(?:(?!(?:of|on|to)\b)[\w’'-]+ ){0,8}?",
        "said": r"(?:(?!(?:on|of|that|which|who)\b)[\w’'-]+ ){0,20}?",
        "days": rf"{_DATE}(?:(?:,? and|,)(?: on)? {_DATE})*",
        "row": rf"{_DATE}(?:(?:,? and|,? or|,)(?: then)?(?: {filled['limit']}| on)? {_DATE})*",
        "month": f"[{MONTH}{PART}]+",
        "part": f"{PART}+",
    }


def _any(phrases: Mapping[str, object]) -> str:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(re.escape(phrase) for phrase in ordered)})"

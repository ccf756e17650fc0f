"""When a duty is due: dates, recurrences, periods, sessions, and events that the document dates itself.

In: the text of a statement. Out: its `Deadline` records in reading order. Forms and words are data
(`patterns/deadlines.jsonl`, `lexicons/times.csv`); here is what they are worth. Periods count by their last day. What stands
in a condition, in a purpose, or before the document's own day is no deadline. An event ("before the end of the Mission's
current mandate") resolves only where the same part of the document gives the date.

Rule: annotation guidelines, fields `deadline` and `deadlines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mandategraph.dates import DatePhrase, back, find_dates
from mandategraph.lexicon import DAY, MONTH, PART, YEAR, Tables, TimePattern
from mandategraph.records import Deadline, DeadlineKind

_DIGIT = re.compile(r"\d")
_PART = re.compile(r"quarter|half|semester|mid-", re.I)
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z-]*[A-Z][A-Za-z-]*")
_ORGAN = re.compile(
    r"\b(?:[A-Z][a-z]+ (?:and )?)*(?:Council|Assembly|Commission|Committee|Conference|Board|Group|Forum|Congress)\b"
    r"(?: (?:on|for|of|the|and|[A-Z][a-z]+))*"
)
_OWNER = re.compile(rf" of the ({_ORGAN.pattern})")
_OWN = re.compile(r"\bthe (?:resumed )?$", re.I)
_ANNOUNCED = re.compile(r"mandate|authori[sz]ation", re.I)


@dataclass(frozen=True, slots=True)
class MandateEnds:
    """Until when mandates run, as the document says: by the words that name whose, and for the only one ("")."""

    by_name: Mapping[str, str]

    def find(self, whose: str) -> str | None:
        """Return the end of the mandate that a phrase names, or of the only one there is."""
        low = whose.lower()
        for name, day in self.by_name.items():
            if name and name in low:
                return day
        days = set(self.by_name.values())
        return days.pop() if len(days) == 1 else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a statement's deadlines are read against.

    Attributes:
        ends: of the mandates in the same part of the document.
        body: actor id of the issuing body; sessions count in its series.
        since: ISO 8601 day of the document, "" where none is known; nothing falls due before it.
        is_decision: whether the issuer decides something itself.
    """

    ends: MandateEnds
    body: str = ""
    since: str = ""
    is_decision: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline with its half-open place in the folded text of the statement."""

    start: int
    end: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text, the same with a mark for every character of a date, and its dates."""

    text: str
    marks: str
    dates: tuple[DatePhrase, ...]


class DeadlineReader:
    """Reads deadlines with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._numbers = tables.numbers
        self._words = tables.times.words
        self._series = tables.series
        self._bodies = tuple(
            (name, self._series[entry.id])
            for entry in tables.gazetteer.entries
            if entry.id in self._series
            for name in (entry.label, *entry.aliases)
        )
        patterns = tables.times.patterns
        self._patterns = tuple(p for p in patterns if p.kind not in {"none", "ends"})
        self._bars = tuple(p for p in patterns if p.kind == "none")
        self._ends = tuple(p for p in patterns if p.kind == "ends")
        self._ending = frozenset(word for p in self._ends for word in p.needs)
        self._needs = frozenset(p.needs for p in self._patterns)

    def mandate_ends(self, texts: Iterable[str]) -> MandateEnds:
        """Return the ends of mandates that some texts set: "extend the mandate of X until 30 June 2021"."""
        text = "\n".join(text for text in texts if any(map(text.lower().__contains__, self._ending)))
        marked = _mark(text, "")
        ends: dict[str, str] = {}
        for pattern in self._ends:
            for match in pattern.regex.finditer(marked.marks):
                day = next(each.last_day() for each in marked.dates if each.start == match.start("day"))
                names = [name.lower() for name in _ACRONYM.findall(text[match.start() : match.end()])]
                ends.setdefault(names[0] if names else "", day)
        return MandateEnds(ends)

    def read(self, text: str, setting: Setting) -> tuple[Found, ...]:
        """Return the deadlines that a statement sets, in reading order, each once.

        Args:
            text: the statement, white space folded.
            setting: what they are read against.
        """
        marked = _mark(text, setting.since)
        low = marked.marks.lower()
        met = {needs for needs in self._needs if any(map(low.__contains__, needs))}
        tried = [p for p in self._patterns if p.needs in met and (setting.is_decision or not p.decides)]
        read = [
            (match.start(), n, pattern, match)
            for n, pattern in enumerate(tried)
            for match in pattern.regex.finditer(marked.marks)
            if pattern.bar is None or not pattern.bar.search(marked.marks, 0, match.start())
        ]
        if not read:
            return ()
        bars = [p for p in self._bars if any(map(low.__contains__, p.needs))]
        barred = [match.span() for p in bars for match in p.regex.finditer(marked.marks)]
        found: list[Found] = []
        weak: list[Found] = []
        at = 0
        for start, _, pattern, match in sorted(read, key=lambda each: each[:2]):
            if start < at or any(left <= start < right for left, right in barred):
                continue
            given = list(self._given(pattern, match, marked, setting))
            if given:
                (weak if pattern.is_weak else found).extend(given)
                at = match.end()
        lasting = {DeadlineKind.RECURRENCE, DeadlineKind.SESSION}
        if all(each.deadline.kind in lasting for each in found):
            found += weak
        return _each_once(sorted(found, key=lambda each: (each.start, each.end)))

    def _given(self, pattern: TimePattern, match: re.Match[str], marked: _Marked, setting: Setting) -> Iterator[Found]:
        """Yield what a match of a pattern is worth."""
        if pattern.kind == "date":
            yield from _dates(pattern, match, marked, setting.since)
            return
        if pattern.kind == "session":
            yield from self._sessions(pattern, match, marked, setting.body)
            return
        value, resolves, kind = "", None, DeadlineKind.EVENT
        if pattern.kind == "year":
            resolves = f"{setting.since[:4]}-12-31" if setting.since else None
        elif pattern.kind in {"recurrence", "duration"}:
            value, kind = pattern.value or self._often(match), DeadlineKind(pattern.kind)
        elif pattern.kind == "mandate":
            resolves = setting.ends.find(match["event"])
        elif pattern.kind == "before":
            resolves = self._before(match, setting.ends)
        if value or kind is DeadlineKind.EVENT:
            surface = marked.text[match.start() : match.end()].rstrip()
            yield Found(
                match.start(), match.start() + len(surface), Deadline(kind, value, surface, resolves, rule=pattern.id)
            )

    def _often(self, match: re.Match[str]) -> str:
        """Return the ISO 8601 duration of a number of units, or of a word that means one; "" where it is none."""
        groups = match.groupdict()
        if not groups.get("unit"):
            words = {**self._words["adjective"], **self._words["adverb"]}
            said = match[0].lower()
            named = [(said.find(word), -len(word), period) for word, period in words.items() if word in said]
            return min(named)[2] if named else ""
        count = self._count(groups["n"]) if groups.get("n") else 1
        unit = self._words["unit"][groups["unit"].lower()]
        return "" if not count else f"PT{count}H" if unit == "H" else f"P{count}{unit}"

    def _count(self, words: str) -> int:
        """Return the number that words say: "30", "twenty-four", "one hundred and twenty", "a"; 0 where it is none."""
        if words.isdigit():
            return int(words)
        total = 0
        for word in re.split(r"[ -]", words.lower()):
            value = 1 if word in {"a", "an", "another"} else self._numbers.get(word, 0)
            total = total * value if value == 100 and total else total + value
        return total

    def _before(self, match: re.Match[str], ends: MandateEnds) -> str | None:
        """Return the day so long before the end of a mandate, where the document gives that."""
        event = match["event"] or ""
        end = ends.find(event) if _ANNOUNCED.search(event) else None
        count, unit = self._count(match["n"]), self._words["unit"][match["unit"].lower()]
        return back(date.fromisoformat(end), count, unit).isoformat() if end and unit != "H" else None

    def _sessions(self, pattern: TimePattern, match: re.Match[str], marked: _Marked, body: str) -> Iterator[Found]:
        series = self._series_of(marked.text[: match.start("ordinals")], marked.text[match.end() :], body)
        if not series:
            return
        start, surface = match.start(), marked.text[match.start() : match.end()]
        left, right = match.span("ordinals")
        for ordinal in re.split(r"(?<!hundred),? and |, ", marked.text[left:right]):
            number = int(digits[0]) if (digits := re.match(r"\d+", ordinal)) else self._count(ordinal)
            yield Found(
                start, match.end(), Deadline(DeadlineKind.SESSION, f"{series}{number}", surface, rule=pattern.id)
            )

    def _series_of(self, before: str, after: str, body: str) -> str | None:
        """Return the series of the body that a session is of.

        It is named after "the ... session of", else last before "its ... session"; else it is the issuing body.
        """
        is_own = _OWN.search(before) is not None
        named = [] if is_own else [match[0] for match in _ORGAN.finditer(before)]
        if owner := _OWNER.match(after):
            named.append(owner[1])
        if not named:
            return self._series.get(body)
        if named[-1] in {"Council", "Assembly"}:
            return "GA" if named[-1] == "Assembly" else self._series.get(body)
        return next((series for name, series in self._bodies if named[-1].startswith(name)), None)


def _mark(text: str, since: str) -> _Marked:
    """Return a text with its dates marked by how much of a day they say."""
    dates = tuple(find_dates(text, after=since)) if _DIGIT.search(text) else ()
    marks, at = [], 0
    for each in dates:
        said = text[each.start : each.end]
        mark = PART if _PART.search(said) else {4: YEAR, 7: MONTH}.get(len(each.iso), DAY)
        marks += [text[at : each.start], mark * len(said)]
        at = each.end
    return _Marked(text, "".join((*marks, text[at:])), dates)


def _within(marked: _Marked, match: re.Match[str]) -> list[DatePhrase]:
    return [each for each in marked.dates if match.start() <= each.start < match.end()]


def _dates(pattern: TimePattern, match: re.Match[str], marked: _Marked, since: str) -> Iterator[Found]:
    """Yield the days of a match that are not past; the first with the words before it."""
    start = match.start()
    given = _within(marked, match)
    for each in given[-1:] if pattern.is_last else given:
        day = each.last_day()
        if not since or since <= day:
            yield Found(
                start, each.end, Deadline(DeadlineKind.DATE, day, marked.text[start : each.end], rule=pattern.id)
            )
        start = each.end if pattern.is_last else _next(given, each)


def _next(given: list[DatePhrase], after: DatePhrase) -> int:
    return next((each.start for each in given if each.start > after.start), after.end)


def _each_once(found: list[Found]) -> tuple[Found, ...]:
    """Return deadlines without those that say again what stands before."""
    said: dict[tuple[str, str], Found] = {}
    for each in found:
        deadline = each.deadline
        said.setdefault((deadline.kind, deadline.value or deadline.resolves or deadline.surface), each)
    return tuple(said.values())

"""When a duty is due: dates, recurrences, periods, sessions, and events that the document dates itself.

In: the text of a statement. Out: one `Deadline` or None. Periods count by their last day. An event ("before the end of
the Mission's current mandate") resolves only where the same part of the document gives the date.

Rule: annotation guidelines, field `deadline`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mandategraph.dates import MONTHS, DatePhrase, find_dates
from mandategraph.lexicon import Tables
from mandategraph.records import Deadline, DeadlineKind

_NUMBER = r"(?P<n>\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) [a-z]+|[a-z-]+)"
_UNIT = r"(?:working |calendar |business )?(?P<unit>hour|day|week|month|year)s?"
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_EVERY = re.compile(
    rf"\b(?:every|each)\s+(?:{_NUMBER}\s+(?:\([\d]+\)\s+)?)?{_UNIT}\b|\bat (?P<word>\w+)-monthly intervals|\bonce (?:a|every) (?P<per>month|year|week)",
    re.I,
)
_ADVERB = re.compile(
    r"\b(?:report|reports|reporting|brief|briefs|updates?|inform|briefings?|provide|review|submit)\b[^.;]{0,60}?\b(?P<how>annually|quarterly|monthly|weekly|biennially|semi-annually|biannually)\b"
    r"|\b(?:submit|present|provide|prepare|publish|deliver|convene|conduct|hold)\b[^.;,]{0,60}?(?<!its )(?<!his )(?<!her )(?<!their )(?<!the )\b(?P<each>annual|quarterly|monthly|biennial|biannual|semi-annual|six-monthly) (?:[\w-]+ ){0,3}(?:reports?|briefings?|updates?|reviews?|meetings?)\b"
    r"|\bon (?:a|an) (?P<basis>annual|quarterly|monthly|weekly|yearly|biennial|six-monthly|semi-annual|biannual|regular monthly) basis",
    re.I,
)
_OFTEN = {
    "annually": "P1Y",
    "annual": "P1Y",
    "yearly": "P1Y",
    "quarterly": "P3M",
    "monthly": "P1M",
    "weekly": "P1W",
    "biennially": "P2Y",
    "biennial": "P2Y",
    "semi-annually": "P6M",
    "biannually": "P6M",
    "six-monthly": "P6M",
    "semi-annual": "P6M",
    "biannual": "P6M",
    "regular monthly": "P1M",
}
_PERIOD = re.compile(
    rf"\bfor (?:a|an)?\s*(?:further |additional |initial |final |new )*(?:period of )?(?:up to )?(?:a |an )?(?:further |additional )?{_NUMBER}\s*(?:\(\d+\)\s+)?(?:more |additional |further )?{_UNIT}\b",
    re.I,
)
_WITHIN = re.compile(
    rf"\b(?:within|no later than|not later than|in no more than)\s+{_NUMBER}\s+(?:\(\d+\)\s+)?{_UNIT}\b(?P<event>(?:\s+(?:of|from|after|following|before|prior to)\s+[^,;]+)?)",
    re.I,
)
_FROM_ADOPTION = re.compile(
    rf"\b(?:until |in )?{_NUMBER}\s+{_UNIT}\s+(?:from|after|following|of)\s+the\s+(?:date\s+of\s+(?:the\s+)?)?adoption\s+of\s+(?:this|the present)\s+\w+",
    re.I,
)
_BEFORE_EVENT = re.compile(rf"\b{_NUMBER}\s+{_UNIT}\s+(?:before|prior to|after|following)\s+(?:the\s+)?[^,;]+", re.I)
_BY = re.compile(
    r"\b(?:by|until|period ending|no later than|not later than|before|through|on or before|up to|prior to|as of|expir\w+ on)\s+(?:the end of\s+|mid-|end-|at the latest\s+|no later than\s+)?$",
    re.I,
)
_REPORT_ON = re.compile(r"\b(?:report|brief|inform|submit|present)\b[^.;,]{0,60}\bon\s+$", re.I)
_SESSION = re.compile(
    r"\b(?:at|to|during|for|before|by|until|in|agenda of)\s+(?:the\s+[\w -]{3,24}\s+of\s+)?(?:its|the|their)\s+(?:resumed\s+)?(?P<ordinal>[a-z-]+)(?:\s+and\s+[a-z-]+)?\s+(?:regular\s+|special\s+|annual\s+)?session\b",
    re.I,
)
_MANDATE_END = re.compile(
    r"\b(?P<how>before|at|until|by|prior to|after|upon)\s+(?:the\s+)?(?:end|expiry|expiration|completion|conclusion|termination)\s+of\s+(?P<whose>[^,;.]{0,80}?)\b(?:current\s+)?mandate",
    re.I,
)
_EXTENDS = re.compile(
    r"\bext(?:end|ends|ended|ending|ension of)\s+(?:the |its )?(?:current )?(?:mandate|authorization|deployment)s?(?:\s+of\s+(?P<whose>[^,;:]{2,120}?))?(?:,[^,;]{0,80},)?\s+until\s+(?P<when>[^,;:]{4,60})",
    re.I,
)
_EVENTS = re.compile(
    r"\b(?:once (?:they|it|the [\w\s-]{3,40}) (?:are|is|have been|has been) \w+"
    r"|in (?:his|her|its|their|the) (?:first|next|second|final|upcoming|forthcoming) (?:[\w-]+ )?reports?(?: following the adoption of this \w+)?)",
    re.I,
)
_REPORT_DATE = re.compile(
    rf"\bin (?:his|its|her|their|the) ((?:{'|'.join(MONTHS)}) \d{{4}}) (?:\w+ )?(?:report|update|briefing|letter)"
)
# How far before a date the words that make it a deadline may begin.
_LEAD = 400
_IN_PERIOD = re.compile(r"\b(?:in|during|for) the (?:first|second|third|fourth) (?:quarter|half) of \d{4}")
_CITING = re.compile(r"\b(?:adopted|signed|dated|established|concluded|issued|since|from|referral)\b[^,;]{0,40}$", re.I)


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


def find_mandate_ends(text: str) -> MandateEnds:
    """Return the ends of mandates that a text sets: "extend the mandate of X until 30 June 2021"."""
    ends: dict[str, str] = {}
    for found in _EXTENDS.finditer(text):
        dates = find_dates(found["when"])
        if dates:
            names = [w.lower() for w in re.findall(r"[A-Z][A-Za-z-]*[A-Z][A-Za-z-]*", found["whose"] or "")]
            ends.setdefault(names[-1] if names else "", dates[0].last_day())
    return MandateEnds(ends)


@dataclass(frozen=True)
class DeadlineReader:
    """Reads deadlines with one set of tables."""

    tables: Tables

    def read(self, text: str, ends: MandateEnds, *, body: str, is_decision: bool = False) -> Deadline | None:
        """Return the deadline that a statement sets.

        Args:
            text: the statement, white space folded.
            ends: of the mandates in the same part of the document.
            body: actor id of the issuing body; sessions count in its series.
            is_decision: the issuer decides something itself, so that a date after "until" ends it.
        """
        without_conditions = (
            re.sub(r",? should [^,]*,[^,]*?,(?= to )|,? should [^,]*,", ",", text, count=1)
            if ", should " in text
            else text
        )
        low = without_conditions.lower()
        return (
            self._recurrence(without_conditions)
            or self._report_date(without_conditions)
            or self._date(without_conditions)
            or (self._mandate_end(without_conditions, ends) if "mandate" in low else None)
            or (self._period(without_conditions) if any(unit in low for unit in ("hour", *_UNITS)) else None)
            or (self._session(without_conditions, body) if "session" in low else None)
            or self._event(without_conditions)
        )

    def _count(self, word: str | None) -> int | None:
        if not word:
            return 1
        if word.isdigit():
            return int(word)
        return self.tables.numbers.get(word.lower()) or self._ordinal(word.lower().replace(" ", "-"))

    def _recurrence(self, text: str) -> Deadline | None:
        if found := _EVERY.search(text):
            unit = found["unit"] or found["per"] or "month"
            count = self._count(found["n"] or found["word"])
            if count:
                return Deadline(DeadlineKind.RECURRENCE, _period(count, unit), found[0], rule="DDL-every")
        if found := _ADVERB.search(text):
            how = (found["how"] or found["basis"] or found["each"]).lower()
            return Deadline(
                DeadlineKind.RECURRENCE, _OFTEN[how], found["how"] or found["each"] or found[0], rule="DDL-adverb"
            )
        return None

    @staticmethod
    def _report_date(text: str) -> Deadline | None:
        if found := _REPORT_DATE.search(text):
            return Deadline(
                DeadlineKind.DATE, find_dates(found[1])[0].last_day(), found[0], rule="DDL-report-of-a-date"
            )
        if found := _IN_PERIOD.search(text):
            return Deadline(
                DeadlineKind.DATE, find_dates(found[0])[0].last_day(), found[0], rule="DDL-period-of-a-year"
            )
        return None

    @staticmethod
    def _date(text: str) -> Deadline | None:
        for date in find_dates(text):
            first = max(0, date.start - _LEAD)
            before = text[first : date.start]
            opener = _BY.search(before) or _REPORT_ON.search(before)
            if opener and not _CITING.search(before[: opener.start()]):
                return _deadline(date, text, first + opener.start())
        return None

    def _mandate_end(self, text: str, ends: MandateEnds) -> Deadline | None:
        if found := _MANDATE_END.search(text):
            return Deadline(DeadlineKind.EVENT, "", found[0], ends.find(found["whose"]), rule="DDL-end-of-mandate")
        return None

    def _period(self, text: str) -> Deadline | None:
        for pattern in (_WITHIN, _FROM_ADOPTION, _PERIOD, _BEFORE_EVENT):
            for found in pattern.finditer(text):
                count = self._count(found["n"])
                if not count:
                    continue
                if pattern is _BEFORE_EVENT:
                    return Deadline(DeadlineKind.EVENT, "", found[0].strip(), rule="DDL-before-an-event")
                rule = "DDL-for-a-period" if pattern is _PERIOD else "DDL-within"
                return Deadline(DeadlineKind.DURATION, _period(count, found["unit"]), found[0].strip(), rule=rule)
        return None

    def _session(self, text: str, body: str) -> Deadline | None:
        for found in _SESSION.finditer(text):
            number = self._ordinal(found["ordinal"].lower())
            before = text[: found.start()]
            if number is None or _MEETING.search(before):
                continue
            series = self._series(before[-100:], body)
            if series:
                return Deadline(DeadlineKind.SESSION, f"{series}{number}", found[0], rule="DDL-session")
        return None

    def _series(self, before: str, body: str) -> str | None:
        """Return the series of the body named last before "its ... session", or of the issuing body where none is."""
        named = list(_SESSION_BODY.finditer(before))
        if not named:
            return self.tables.series.get(body)
        words = named[-1][0]
        if words in {"Council", "Assembly"}:
            own = self.tables.series.get(body)
            return {"Assembly": "GA"}.get(words, own)
        return next((series for name, series in _SESSION_BODIES if words.startswith(name)), None)

    def _ordinal(self, word: str) -> int | None:
        if word in self.tables.numbers:
            return self.tables.numbers[word]
        tens, _, unit = word.partition("-")
        if unit and tens in self.tables.numbers and unit in self.tables.numbers:
            return self.tables.numbers[tens] + self.tables.numbers[unit]
        return None

    @staticmethod
    def _event(text: str) -> Deadline | None:
        found = _EVENTS.search(text)
        return Deadline(DeadlineKind.EVENT, "", found[0], rule="DDL-event") if found else None


_SESSION_BODIES = (
    ("Human Rights Council", "HRC"),
    ("General Assembly", "GA"),
    ("Economic and Social Council", "ECOSOC"),
    ("Commission on Narcotic Drugs", "CND"),
    ("Commission on the Status of Women", "CSW"),
    ("Commission for Social Development", "CSOCD"),
    ("Commission on Crime Prevention and Criminal Justice", "CCPCJ"),
    ("Commission on Population and Development", "CPD"),
    ("Commission on Science and Technology for Development", "CSTD"),
)
_SESSION_BODY = re.compile(
    r"\bHuman Rights Council\b|\bEconomic and Social Council\b|\bGeneral Assembly\b"
    r"|\b(?:Commission|Committee|Conference|Board|Group)(?: (?:on|for|of|the|and|[A-Z][a-z]+))*|\bCouncil\b|\bAssembly\b"
)
_MEETING = re.compile(r"\b(?:adopted|held|agreed|made|taken|reached|approved|recommended|submitted)\b[^,;]{0,80}$")


def _period(count: int, unit: str) -> str:
    """Return an ISO 8601 duration."""
    return f"PT{count}H" if unit.lower() == "hour" else f"P{count}{_UNITS[unit.lower()]}"


def _deadline(date: DatePhrase, text: str, start: int) -> Deadline:
    return Deadline(DeadlineKind.DATE, date.last_day(), text[start : date.end], rule="DDL-date")

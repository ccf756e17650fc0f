"""Dates as UN documents write them -> ISO 8601.

In: text. Out: places with an ISO day, month or year. A period can be read as its last day, as deadlines count.
Limits: Gregorian calendar, English month names.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(MONTHS)
_NUMBER_OF = {name.lower(): i for i, name in enumerate(MONTHS, 1)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_DATE = re.compile(
    rf"(?<!~)\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    rf"|(?P<q>first|second|third|fourth) quarter of (?P<y4>\d{{4}})"
    rf"|(?P<half>first|second) half of (?P<y5>\d{{4}})"
    rf"|(?P<m3>{_MONTH}) (?P<y3>\d{{4}})"
    rf"|(?<![/\d,.-])(?P<y6>(?:19|20)\d{{2}})(?![/\d)]|\.\d|,\d))\b"
)
_PERIOD = re.compile(r"P([1-9]\d{0,3})([YMD])")


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date in a text: half-open offsets, and as much of an ISO 8601 day as is said."""

    start: int
    end: int
    iso: str

    def last_day(self) -> str:
        """Return the last day of the date's period, as an ISO 8601 day.

        Example:
            >>> DatePhrase(0, 10, "2021-04").last_day()
            '2021-04-30'
        """
        if len(self.iso) == 10:
            return self.iso
        if len(self.iso) == 7:
            year, month = int(self.iso[:4]), int(self.iso[5:])
            return f"{self.iso}-{monthrange(year, month)[1]:02d}"
        return f"{self.iso}-12-31"


def find_dates(text: str) -> list[DatePhrase]:
    """Return the dates in a text, in reading order; a day without a year is left out.

    Example:
        >>> [d.iso for d in find_dates("from 29 June 2020 to the first quarter of 2022")]
        ['2020-06-29', '2022-03-31']
    """
    found = []
    for match in _DATE.finditer(text):
        iso = _iso(match)
        if iso:
            found.append(DatePhrase(match.start(), match.end(), iso))
    return found


def occurrences(start: date, period: str, until: date) -> Iterator[date]:
    """Yield the days on which a period has passed since a day, as far as a last one, which may be among them.

    Args:
        start: the day from which is counted; not among the days.
        period: ISO 8601 with one unit of years, months or days.
        until: the last day.

    Example:
        >>> [str(day) for day in occurrences(date(2020, 8, 31), "P3M", date(2021, 6, 30))]
        ['2020-11-30', '2021-02-28', '2021-05-31']
        >>> list(occurrences(date(9999, 11, 30), "P3M", date(9999, 12, 31)))
        []
    """
    found = _PERIOD.fullmatch(period)
    if not found:
        return
    number, unit = int(found[1]), found[2]
    for n in range(1, 1000):
        if unit == "D":
            if start.toordinal() + n * number > until.toordinal():
                return
            day = start + timedelta(days=n * number)
        else:
            months = start.year * 12 + start.month - 1 + n * number * (12 if unit == "Y" else 1)
            year, month = divmod(months, 12)
            if year > until.year:
                return
            day = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        if day > until:
            return
        yield day


def later(day: date, days: int) -> date:
    """Return the day so many days after another, before it where they are negative; the first or last there is, where it ends.

    Example:
        >>> str(later(date(2021, 3, 31), 1)), str(later(date(9999, 12, 31), 1)), str(later(date(1, 1, 1), -1))
        ('2021-04-01', '9999-12-31', '0001-01-01')
    """
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def in_words(iso: str) -> str:
    """Return a day, month or year of ISO 8601 as people write it.

    Example:
        >>> in_words("2021-06-30"), in_words("2021-04"), in_words("2021")
        ('30 June 2021', 'April 2021', '2021')
    """
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return " ".join(filter(None, (day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year)))


def cycle_in_words(period: str) -> str:
    """Return a period of ISO 8601 as people write a cycle of it.

    Example:
        >>> cycle_in_words("P3M"), cycle_in_words("P1Y")
        ('every 3 months', 'every year')
    """
    found = _PERIOD.fullmatch(period)
    if not found:
        return f"every {period}"
    unit = {"Y": "year", "M": "month", "D": "day"}[found[2]]
    return f"every {unit}" if found[1] == "1" else f"every {found[1]} {unit}s"


def _iso(match: re.Match[str]) -> str:
    for day, month, year in (("d1", "m1", "y1"), ("d2", "m2", "y2")):
        if match[day] and match[year]:
            number = _NUMBER_OF[match[month].lower()]
            if 1 <= int(match[day]) <= monthrange(int(match[year]), number)[1]:
                return f"{match[year]}-{number:02d}-{int(match[day]):02d}"
            return ""
    if match["q"]:
        last = 3 * _ORDINALS[match["q"]]
        return f"{match['y4']}-{last:02d}-{monthrange(int(match['y4']), last)[1]:02d}"
    if match["half"]:
        return f"{match['y5']}-06-30" if match["half"] == "first" else f"{match['y5']}-12-31"
    if match["m3"]:
        return f"{match['y3']}-{_NUMBER_OF[match['m3'].lower()]:02d}"
    return match["y6"] or ""

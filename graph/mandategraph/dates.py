"""Dates as UN documents write them -> ISO 8601.

In: text. Out: places with an ISO day, month or year. A period can be read as its last day, as deadlines count; the middle of
a year is its thirtieth of June, that of a month its fifteenth. Limits: Gregorian calendar, English month names.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(MONTHS)
_NUMBER_OF = {name.lower(): i for i, name in enumerate(MONTHS, 1)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_DATE = re.compile(
    rf"(?<!~)\b(?=[\dADFJMNOSfhlmst])(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ?(?P<m1>{_MONTH})(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y2>\d{{4}}))?"
    rf"|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?![\d-])"
    rf"|(?P<q>first|second|third|fourth|last|final) quarter of (?P<y4>\d{{4}})"
    rf"|(?P<half>first|second|last) (?:half|semester) of (?P<y5>\d{{4}})"
    rf"|[Mm]id-(?:(?P<mid>{_MONTH}) )?(?P<y7>\d{{4}})"
    rf"|(?P<m3>{_MONTH}),? (?P<y3>\d{{4}})"
    rf"|(?<![/\d,.-])(?P<y6>(?:19|20)\d{{2}})(?![/\d)]|\.\d|,\d))\b"
)
# What stands between two dates of one row, so that the first has the year of the second: "15 June and 13 October 2024".
_ROW = re.compile(r"(?:,| and|, and| or|, or| to| until| through)(?: then)?(?: by| on| until)? ")
_PERIOD = re.compile(r"P([1-9]\d{0,3})([YMWD])")


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


def find_dates(text: str, *, after: str | None = None) -> list[DatePhrase]:
    """Return the dates in a text, in reading order; a day has the year of the row it stands in.

    Args:
        text: white space folded.
        after: ISO 8601 day; a day that stands in no row with a year is the next such day after it, and is left out where
            there is none.

    Example:
        >>> [d.iso for d in find_dates("from 29 June 2020 to the first quarter of 2022")]
        ['2020-06-29', '2022-03-31']
        >>> [d.iso for d in find_dates("15 December, 15 June and October 13, 2024")]
        ['2023-12-15', '2024-06-15', '2024-10-13']
        >>> [d.iso for d in find_dates("by 1 March", after="2031-06-30")]
        ['2032-03-01']
    """
    matches = list(_DATE.finditer(text))
    years: dict[int, int] = {}
    for n, match in enumerate(matches):
        if match["y1"] or match["y2"]:
            years[n] = int(match["y1"] or match["y2"])
    for n in range(len(matches) - 2, -1, -1):
        if n + 1 in years and n not in years and _in_a_row(text, matches, n):
            years[n] = years[n + 1] - (_day_of_year(matches[n]) > _day_of_year(matches[n + 1]))
    for n in range(1, len(matches)):
        if n - 1 in years and n not in years and _in_a_row(text, matches, n - 1):
            years[n] = years[n - 1] + (_day_of_year(matches[n]) < _day_of_year(matches[n - 1]))
    found = []
    for n, match in enumerate(matches):
        iso = _iso(match, years.get(n), after)
        if iso:
            found.append(DatePhrase(match.start(), match.end(), iso))
    return found


def occurrences(start: date, period: str, until: date) -> Iterator[date]:
    """Yield the days on which a period has passed since a day, as far as a last one, which may be among them.

    Args:
        start: the day from which is counted; not among the days.
        period: ISO 8601 with one unit of years, months, weeks or days.
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
        if unit in {"D", "W"}:
            days = n * number * (7 if unit == "W" else 1)
            if start.toordinal() + days > until.toordinal():
                return
            day = start + timedelta(days=days)
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


def back(day: date, count: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years (D, W, M, Y) before another; the first there is, where it ends.

    Example:
        >>> str(back(date(2021, 3, 31), 1, "M")), str(back(date(2021, 3, 31), 90, "D"))
        ('2021-02-28', '2020-12-31')
    """
    if unit in {"D", "W"}:
        return later(day, -count * (7 if unit == "W" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 - count * (12 if unit == "Y" else 1), 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(day: date, period: str) -> date:
    """Return the day on which a period of ISO 8601 has passed since another.

    Example:
        >>> str(after(date(2021, 6, 29), "P1Y1M")), str(after(date(2021, 3, 31), "P90D"))
        ('2022-07-29', '2021-06-29')
    """
    for count, unit in re.findall(r"(\d+)([YMWD])", period):
        if day.year + int(count) // {"Y": 1, "M": 12, "W": 52, "D": 365}[unit] >= MAXYEAR:
            return date.max
        day = back(day, -int(count), unit)
    return day


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
    unit = {"Y": "year", "M": "month", "W": "week", "D": "day"}[found[2]]
    return f"every {unit}" if found[1] == "1" else f"every {found[1]} {unit}s"


def _in_a_row(text: str, matches: Sequence[re.Match[str]], n: int) -> bool:
    """Return whether two days with their months stand in a row, from the n-th date on."""
    first, second = matches[n], matches[n + 1]
    is_both = all(match["d1"] or match["d2"] for match in (first, second))
    return is_both and _ROW.fullmatch(text, first.end(), second.start()) is not None


def _day_of_year(match: re.Match[str]) -> tuple[int, int]:
    return _NUMBER_OF[(match["m1"] or match["m2"]).lower()], int(match["d1"] or match["d2"])


def _iso(match: re.Match[str], year: int | None, after: str | None) -> str:
    if match["d1"] or match["d2"]:
        month, day = _day_of_year(match)
        if year is None and after and len(after) == 10:
            year = int(after[:4]) + (f"{month:02d}-{day:02d}" <= after[5:])
        return _day(year, month, day) if year else ""
    if match["iso"]:
        return _day(*map(int, match["iso"].split("-")))
    if match["q"]:
        last = 3 * _ORDINALS[match["q"]]
        return f"{match['y4']}-{last:02d}-{monthrange(int(match['y4']), last)[1]:02d}"
    if match["half"]:
        return f"{match['y5']}-06-30" if match["half"] == "first" else f"{match['y5']}-12-31"
    if match["y7"]:
        return f"{match['y7']}-{_NUMBER_OF[match['mid'].lower()]:02d}-15" if match["mid"] else f"{match['y7']}-06-30"
    if match["m3"]:
        return f"{match['y3']}-{_NUMBER_OF[match['m3'].lower()]:02d}"
    return match["y6"] or ""


def _day(year: int, month: int, day: int) -> str:
    """Return a day of the calendar, or "" where there is no such day."""
    exists = 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}" if exists else ""

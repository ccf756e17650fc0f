"""UN document symbols: found in text or a file name, and written one way.

In: text. Out: symbols such as `S/RES/2374 (2017)`, `A/HRC/RES/46/28`, `S/PRST/2018/10`, `S/2020/476`. The forms are
those of the United Nations Editorial Manual; the year of a Security Council resolution stands in brackets after a
space. Limits: symbols of specialized agencies are not read.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from mandategraph.errors import AmbiguousError, NotFoundError

SYMBOL = re.compile(
    r"(?<![\w/])(?:"
    r"A/HRC/(?:RES|DEC)/(?:S-)?\d+/\d+"
    r"|[AES]/(?:RES|DEC)/[A-Z0-9-]+(?:/[0-9]+[A-Z]?)*(?:[ ]?\(\d{4}\)|[ ]?\((?:[IVXL]+|ES-[IVXL]+|S-[IVXL]+)\))?"
    r"|[AES](?:/(?:[A-Z]{1,6}|[A-Z]{1,4}\.\d{1,3}|(?:ES-|S-)?\d{1,4})){0,8}/\d{1,5}(?:/(?:L|Add|Corr|Rev)\.\d+){0,6}"
    r"|ST/(?:SGB|AI|IC)/\d{2,4}/\d{1,3}(?:/(?:Add|Rev)\.\d+)?"
    r"|(?:CCPR|CERD|CEDAW|CAT|CRC|CMW|CRPD|CED)/C/[A-Za-z0-9]+(?:[/.-][A-Za-z0-9]+)*"
    r"|SC/\d{4,5}"
    r")(?![\w/])"
)
_NUMBERED = re.compile(r"^(S/RES/\d+)\s*\((\d{4})\)$")
_EXTENSION = re.compile(r"(?:[-_. ](?:EN?|en|clean|pdftext|final|draft\d*))+$")

INSTRUMENT_TYPES = (
    ("S/RES/", "sc_resolution"),
    ("A/HRC/RES/", "hrc_resolution"),
    ("A/RES/", "ga_resolution"),
    ("E/RES/", "ecosoc_resolution"),
    ("S/PRST/", "presidential_statement"),
    ("S/AC.51/", "conclusions"),
    ("A/DEC/", "decision"),
    ("A/HRC/DEC/", "decision"),
    ("E/DEC/", "decision"),
    ("E/CN.4/RES/", "commission_resolution"),
    ("ST/", "bulletin"),
    ("SC/", "press_statement"),
    ("A/HRC/", "report"),
    ("S/", "report_or_letter"),
    ("A/", "report_or_letter"),
    ("E/", "report_or_letter"),
)


def normalize(symbol: str) -> str:
    """Return a symbol as the graph writes it.

    Example:
        >>> normalize("S/RES/2374(2017)")
        'S/RES/2374 (2017)'
    """
    folded = re.sub(r"\s+", " ", symbol.strip())
    folded = re.sub(r"\s*\(", " (", folded)
    return folded


def symbol_of(typed: str) -> str:
    """Return a symbol from what people type.

    Example:
        >>> symbol_of("2374 (2017)"), symbol_of("S/2020/600")
        ('S/RES/2374 (2017)', 'S/2020/600')
    """
    if found := re.fullmatch(r"(\d{1,4})\s*\((\d{4})\)", typed.strip()):
        return f"S/RES/{found[1]} ({found[2]})"
    return normalize(typed)


def pick(typed: str, known: Iterable[str], *, what: str, hint: str) -> str:
    """Return the one of some symbols that is meant: as typed, or the only one that ends so ("46/28", "2374").

    Args:
        typed: by people.
        known: symbols.
        what: they are, in words.
        hint: where all are listed, when none comes near.

    Raises:
        NotFoundError: none is meant; the nearest are named.
        AmbiguousError: several may be.
    """
    key, names = symbol_of(typed), sorted(set(known))
    if key in names:
        return key
    ends = re.compile(rf"(?:^|/){re.escape(key)}(?: \(\d{{4}}\))?$")
    meant = [name for name in names if ends.search(name)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousError(f"{key!r} may be {' or '.join(meant)}", hint="Say which.")
    raise NotFoundError(f"there is no {what} {key!r}", hint=did_you_mean(key, names) or hint)


def did_you_mean(typed: str, names: Iterable[str]) -> str:
    """Return a sentence that names what comes nearest, in either case; "" where nothing does.

    Example:
        >>> did_you_mean("minusmas", ["MINUSMA", "UNMISS"])
        'Did you mean MINUSMA?'
    """
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(typed.casefold(), list(folded), n=3)
    return f"Did you mean {' or '.join(folded[name] for name in near)}?" if near else ""


def find_symbol(text: str) -> str:
    """Return the first symbol in a text, or "" where there is none."""
    found = SYMBOL.search(text)
    return normalize(found[0]) if found else ""


def type_of(symbol: str) -> str:
    """Return the instrument type of a symbol, or "" where it is none.

    Example:
        >>> type_of("S/PRST/2018/10")
        'presidential_statement'
    """
    return next((kind for start, kind in INSTRUMENT_TYPES if symbol.startswith(start)), "")


def from_file_name(name: str) -> str:
    """Return the symbol that a file name spells, or "".

    Example:
        >>> from_file_name("S_AC.51_2020_11"), from_file_name("S_RES_2062_2012"), from_file_name("notes")
        ('S/AC.51/2020/11', 'S/RES/2062 (2012)', '')
    """
    stem = _EXTENSION.sub("", name)
    resolution = re.fullmatch(r"S[_-]RES[_-](\d+)[_ -]?\(?(\d{4})\)?", stem)
    if resolution:
        return f"S/RES/{resolution[1]} ({resolution[2]})"
    symbol = normalize(stem.replace("_", "/"))
    return symbol if SYMBOL.fullmatch(symbol) else ""


def parts(symbol: str) -> tuple[str, str]:
    """Return number and year of a Security Council resolution's symbol, or two empty strings.

    Example:
        >>> parts("S/RES/2374 (2017)")
        ('2374', '2017')
    """
    found = _NUMBERED.match(symbol)
    return (found[1].removeprefix("S/RES/"), found[2]) if found else ("", "")


def name_of(symbol: str) -> str:
    """Return what an instrument is called by its symbol.

    Example:
        >>> name_of("S/RES/2374 (2017)"), name_of("S/2020/600")
        ('Security Council resolution 2374 (2017)', 'S/2020/600')
    """
    number, year = parts(symbol)
    if number:
        return f"Security Council resolution {number} ({year})"
    for start, words in (
        ("A/HRC/RES/", "Human Rights Council resolution "),
        ("A/RES/", "General Assembly resolution "),
    ):
        if symbol.startswith(start):
            return words + symbol.removeprefix(start)
    return symbol

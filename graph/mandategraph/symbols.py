"""Document symbols of the United Nations, the African Union and a few other bodies: found in text or a file name, and written one way.

In: text. Out: symbols such as `S/RES/2374 (2017)`, `A/HRC/RES/46/28`, `S/PRST/2018/10`, `S/2020/476`. The forms are
those of the United Nations Editorial Manual; the year of a Security Council resolution stands in brackets after a
space. Resolutions of bodies that have no symbols are named by body and number, acts of the European Union by kind and number.
Limits: of specialized agencies, only resolutions of the World Health Assembly are read.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from mandategraph.errors import AmbiguousError, NotFoundError

# First elements of the series of the United Nations and of the bodies that number their documents alike.
_LEADS = (
    "A S E T ST DP TD ID JIU UNEP UNFCCC FCCC CBD ICCD ECE ESCAP LC HSP HRI CD CCW NPT BWC APLC SPLOS ISBA INFCIRC UNW PBC "
    "CCPR CERD CEDAW CAT CRC CMW CRPD CED"
).split()
_NUMBERED_ELEMENT = (
    r"(?:[A-Z]{1,6}(?:[.-][A-Z0-9]{1,7}){0,3}[.-]\d{1,5}|[A-Z]{1,4}\d{1,4}|(?:E?S-)?\d{1,5}(?:-\d{1,5})?"
    r"|(?:Add|Corr|Rev|Amend|Sub|Res|Dec)\.\d{1,3})"
)
_ELEMENT = rf"(?:{_NUMBERED_ELEMENT}|[A-Z]{{1,6}}(?:[.-][A-Z]{{1,7}})*|Agenda)"
_ROMAN = r"(?:E?S-)?[IVXLC]+"
# "A/80/6 (Sect. 24)", "A/CONF.151/26 (Vol. I)", "A/80/6 (Plan outline)".
_BRACKET = r"[ ]?\((?:(?:Sect|Vol|Part|Parts|Chap|Prog|Supp|Annex|Income[ ]sect|Ann)s?\.?[ ]?(?:\d{1,3}[A-Z]?|[IVX]+)|Plan[ ]outline|Introduction)\)"
# A letter that is a part ("78/250 B") and no word ("78/250 A report").
_LETTER = r"[ ](?:[B-HJ-Z](?:-[B-Z])?|[AI](?:-[B-Z])?(?![ ][a-z]))(?![\w'’./-])"
SYMBOL = re.compile(
    rf"(?<![\w/])(?:"
    rf"[AES]/(?:RES|DEC)/\d{{1,4}}(?:{_LETTER})?(?:[ ]?\((?:\d{{4}}|{_ROMAN})\))"
    rf"|(?:A/HRC/|[AE]/)(?:RES|DEC)/(?:E?S-)?\d{{1,4}}/\d{{1,4}}(?:[A-Z]|{_LETTER})?"
    rf"|SC/\d{{4,5}}"
    rf"|PSC/(?:PR|AHG|MIN|HSG)/(?:COMM|STAT|BR|PS)\.?(?:/?\d{{1,4}}\.?)?[ ]?\((?:\d{{4}}|[IVXLCDM]+)\)"
    rf"|WHA\d{{1,3}}\.\d{{1,3}}|\d{{1,3}}/(?:CP|CMP|CMA)\.\d{{1,3}}|(?:PC|MC|FSC)\.DEC/\d{{1,4}}(?:/\d{{2}})?"
    rf"|(?:Assembly/AU|EX\.?CL)/(?:Dec|Decl|Res)\.[ ]?\d{{1,4}}[ ]?\([IVXLC]+\)"
    rf"|(?:{'|'.join(_LEADS)})(?:/{_ELEMENT}){{0,8}}/{_NUMBERED_ELEMENT}(?:{_BRACKET}(?:/(?:Add|Corr|Rev)\.\d{{1,3}}){{0,3}})?"
    rf")(?![\w/]|\.\d|-\w)"
)
_SESSION, _SESSIONS = re.compile(r"A/RES/(\d+)/"), 1945
_YEAR = re.compile(r"(?<=[/(])((?:19|20)\d\d)(?=[/)]|$)")
_NUMBERED = re.compile(r"^(S/RES/\d+)\s*\((\d{4})\)$")
# What people write short before a number, in small letters.
_SHORT = (
    (r"^un(?=sc|ga|hrc)", ""), (r"^scr\b", "sc resolution"), (r"^sc\b", "security council"), (r"^ga\b", "general assembly"),
    (r"^hrc\b", "human rights council"), (r"^ecosoc\b", "economic and social council"), (r"\bres\b\.?(?= )", "resolution"),
    (r"^(security council|general assembly|human rights council|economic and social council) (?=\d)", r"\1 resolution "),
)  # fmt: skip
_EXTENSION = re.compile(r"(?:[-_. ](?:EN?|en|clean|pdftext|final|draft\d*))+$")

INSTRUMENT_TYPES = (
    ("S/RES/", "sc_resolution"),
    ("A/HRC/RES/", "hrc_resolution"),
    ("A/HRC/PRST/", "presidential_statement"),
    ("A/RES/", "ga_resolution"),
    ("E/RES/", "ecosoc_resolution"),
    ("S/PRST/", "presidential_statement"),
    ("S/AC.51/", "conclusions"),
    ("A/DEC/", "decision"),
    ("A/HRC/DEC/", "decision"),
    ("E/DEC/", "decision"),
    ("E/CN.4/RES/", "commission_resolution"),
    ("ST/", "bulletin"),
    ("PSC/", "communique"),
    ("Assembly/AU/", "decision"),
    ("EX.CL/", "decision"),
    ("WHA", "body_resolution"),
    ("PC.DEC/", "decision"),
    ("MC.DEC/", "decision"),
    ("FSC.DEC/", "decision"),
    ("SC/", "press_statement"),
    ("A/HRC/", "report"),
    ("S/", "report_or_letter"),
    ("A/", "report_or_letter"),
    ("E/", "report_or_letter"),
)


# How resolutions and decisions of bodies without symbols, and acts of the European Union, are named, with their types.
_NAMED = (
    (re.compile(r"[A-Z].* resolution [\w.-]+/\d+"), "body_resolution"),
    (re.compile(r"[A-Z].* decision [\w.-]+/\d+|\d+/C[MA]?[PA]\.\d+"), "decision"),
    (re.compile(r"[A-Z][\w ]+ (?:\([\w, ]+\) \d+/\d+|\d+/\d+/[A-Z]\w+)"), "union_act"),
)
# A name with fewer capitals is that of many bodies: "Governing Council", "Executive Board".
_TELLING = 3
# What a body is that adopts: an officer, a department or a panel adopts nothing.
_ADOPTS = re.compile(
    r"^(?:[A-Z][\w'-]*,? (?:and )?)*(?:Assembly|Board|Commission|Committee|Conference|Congress|Council|Meeting|Parliament)\b"
)


def numbered_by(body: str, kind: str, number: str) -> str:
    """Return what a resolution or decision is called whose body has no symbols; "" where many bodies have its name, or none adopts so.

    Example:
        >>> numbered_by("Commission on Narcotic Drugs", "resolution", "67/1"), numbered_by("Governing Council", "resolution", "1/2")
        ('Commission on Narcotic Drugs resolution 67/1', '')
    """
    is_telling = sum(word[:1].isupper() for word in body.split()) >= _TELLING
    return f"{body} {kind} {number}" if is_telling and _ADOPTS.match(body) else ""


def normalize(symbol: str) -> str:
    """Return a symbol as the graph writes it.

    Example:
        >>> normalize("S/RES/2374(2017)"), normalize("A/80/6 (Sect.24)")
        ('S/RES/2374 (2017)', 'A/80/6 (Sect. 24)')
    """
    folded = re.sub(r"\s+", " ", symbol.strip())
    folded = re.sub(r"(?<=\.)\s+\(", "(", re.sub(r"(?<!\.)\s*\(", " (", folded))
    return re.sub(r"(?<=\w)\.(?=\d+[A-Z]?\)|[IVX]+\))", ". ", folded)


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
    """Return the one of some symbols that is meant, in any case: as typed, or the only one that ends so ("46/28", "resolution 2374").

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
    ending = _ending(key)
    meant = [key] if key in names else []
    if not meant and ending:
        meant = [name for name in names if ending.search(name)] or [
            name for name in names if ending.search(name_of(name))
        ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousError(f"{key!r} may be {' or '.join(meant[:5])}", hint="Say which.")
    raise NotFoundError(f"there is no {what} {key!r}", hint=did_you_mean(key, names) or hint)


def _ending(typed: str) -> re.Pattern[str] | None:
    """Return what the end of a symbol, or of the name of what bears it, looks like that somebody typed; None where that has no number."""
    words = typed.casefold()
    for short, whole in _SHORT:
        words = re.sub(short, whole, words)
    if not words[:1].isalnum() or not any(map(str.isdigit, words)):
        return None
    return re.compile(rf"(?:^|[/ ]){re.escape(words)}(?: \(\d{{4}}\))?$", re.IGNORECASE)


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


def year_of(symbol: str) -> str:
    """Return the year that a symbol tells, itself or by the session of the General Assembly, "" where it tells none.

    Example:
        >>> year_of("S/AC.51/2020/11"), year_of("A/RES/77/12"), year_of("S/RES/2374 (2017)"), year_of("S/RES/39")
        ('2020', '2022', '2017', '')
    """
    year, session = _YEAR.search(symbol), _SESSION.match(symbol)
    return year[1] if year else str(_SESSIONS + int(session[1])) if session else ""


def type_of(symbol: str) -> str:
    """Return the instrument type of a symbol, or "" where it is none.

    Example:
        >>> type_of("S/PRST/2018/10"), type_of("FCCC/CP/2015/10/Add.1"), type_of("Decision (CFSP) 2017/1775")
        ('presidential_statement', 'report_or_letter', 'union_act')
    """
    kind = next((kind for start, kind in INSTRUMENT_TYPES if symbol.startswith(start)), "")
    kind = kind or next((kind for regex, kind in _NAMED if regex.fullmatch(symbol)), "")
    return kind or ("report_or_letter" if SYMBOL.fullmatch(symbol) else "")


def from_file_name(name: str) -> str:
    """Return the symbol that a file name spells, or "".

    Example:
        >>> from_file_name("S_AC.51_2020_11"), from_file_name("S_RES_2062_2012"), from_file_name("notes")
        ('S/AC.51/2020/11', 'S/RES/2062 (2012)', '')
        >>> from_file_name("A_RES_78_250_B"), from_file_name("A_80_6_(Sect._24)"), from_file_name("A_RES_217_A_(III)")
        ('A/RES/78/250 B', 'A/80/6 (Sect. 24)', 'A/RES/217 A (III)')
    """
    stem = _EXTENSION.sub("", name)
    if found := re.fullmatch(r"S[_-]RES[_-](\d+)[_ -]?\(?(\d{4})\)?", stem):
        return f"S/RES/{found[1]} ({found[2]})"
    # A letter or a bracket at the end stands after a space, all else after a slash.
    spelt = re.sub(r"_(?=\()|(?<=\d)_(?=[A-Z](?:-[A-Z])?(?:_?\(|$))", " ", stem)
    symbol = normalize(re.sub(r"(?<=\.)[_ ](?=\w+\))", " ", spelt).replace("_", "/"))
    symbol = re.sub(r"(?<=\.)/(?=\w+\))", " ", symbol)
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
        ("E/RES/", "Economic and Social Council resolution "),
    ):
        if symbol.startswith(start):
            return words + symbol.removeprefix(start)
    return symbol

"""Where another section opens, and what is said over it: an annex, a draft that a report recommends, a part with a preamble, a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mandategraph.reading.genres import BODY, find_genre, named_at, suggested_at
from mandategraph.reading.lines import ANNEX, CAPITAL
from mandategraph.records import Genre, Section, Span, Status
from mandategraph.structuring.frames import Count, Frame
from mandategraph.structuring.lines import has_divisions

_RECOMMENDS = re.compile(r"\bfollowing draft (?:resolution|decision)s?:$", re.IGNORECASE)
_END_QUOTE = re.compile(r"[\"'][.;,]?$")
_SPEECH = re.compile(
    r"(?:statement|remarks|address|letter)\s+(?:by|from)\s+(?:the\s+)?(.+?)(?:\s+(?:to|at) the (?:\w+ )*(?:Working|Council|Committee|Group)\b.*)?$",
    re.IGNORECASE,
)
_QUOTES = re.compile(
    r"\b(?:language|extracts?|excerpts?|text|provisions|paragraphs|wording)\b.*\b(?:resolution|agreement|statement)\b",
    re.IGNORECASE,
)
# The title of what an office is to do, and where it stands: in the first lines of an annex, each shorter than this.
_MANDATE = re.compile(r"\b(?:mandate|terms of reference|functions|responsibilities)\b", re.IGNORECASE)
_TITLE_LINES, _TITLE = 2, 200
# The forms of what is annexed that a letter has, and the report of a meeting.
_ENCLOSES = {
    Genre.LETTER: {Genre.DECLARATION, Genre.RULES, Genre.REPORT, Genre.PRESIDENTIAL_STATEMENT},
    Genre.MEETING_REPORT: {Genre.DECLARATION},
}
_UNSAID = frozenset({"the", "of", "and", "in", "on", "for", "a", "to", "from"})


def main_section(frame: Frame) -> Section:
    """Return the section of what stands under no heading."""
    return Section("main", "", Span(0, 0), frame.status, frame.issuer, "", frame.genre, ())


def annex_at(frame: Frame, i: int) -> Section:
    """Return the section of the annex that line i opens: somebody's speech, a quotation, rules, or words of the issuer."""
    lines = frame.lines
    title = " ".join(x.bare for x in lines[i + 1 : i + 4] if x.number is None and len(x.text) < 260)
    status, issuer, quoted, genre = frame.status, frame.issuer, "", frame.genre
    following = lines[i + 1].told if i + 1 < len(lines) else ""
    if found := _SPEECH.match(following):
        status, issuer, genre = Status.STATEMENT, found[1].strip(" *"), Genre.SPEECH
    elif _QUOTES.search(following):
        status, quoted = Status.QUOTED, following
    elif has_divisions(lines, i + 1):
        genre = Genre.RULES
    elif frame.genre in _ENCLOSES:
        genre = _enclosed(frame, i + 1)
        issuer = issuer if genre in {frame.genre, Genre.RULES} else ""
    number = ANNEX.match(lines[i].told)
    suffix = f"-{number[1]}" if number and number[1] else ""
    return Section(f"annex{suffix}".lower(), title, lines[i].words, status, issuer, quoted, genre, ())


def _enclosed(frame: Frame, i: int) -> Genre:
    """Return the form of what a letter or a report encloses from line i on: a mandate in a letter is rules for who is to have it, else what speaks for another form."""
    end = next((k for k in range(i, len(frame.lines)) if ANNEX.match(frame.lines[k].told)), len(frame.lines))
    if frame.genre is Genre.LETTER and any(
        _MANDATE.search(line.bare) for line in frame.lines[i : i + _TITLE_LINES] if len(line.text) < _TITLE
    ):
        return Genre.RULES
    found = find_genre(frame.lines[i:end]).genre
    return found if found in _ENCLOSES[frame.genre] else frame.genre


def opens_draft(frame: Frame, i: int) -> bool:
    """Return whether a draft begins that the lines before recommend: its paragraphs open with a quotation mark each."""
    line = frame.lines[i]
    return bool(line.quoted and BODY.match(line.told) and i and _RECOMMENDS.search(frame.lines[i - 1].whole))


def draft_at(frame: Frame, i: int, sections: Iterable[Section]) -> Section:
    """Return the section of the draft that line i opens, after other sections."""
    drafts = {section.key for section in sections if section.key.startswith("draft")}
    key = f"draft-{len(drafts) + 1}" if drafts else "draft"
    line = frame.lines[i]
    body = BODY.match(line.told)
    issuer = body[1].removeprefix("The ") if body else frame.issuer
    return Section(key, "", line.words, Status.RECOMMENDED, issuer, "", Genre.RESOLUTION, ())


def closes_draft(frame: Frame, i: int, count: Count) -> bool:
    """Return whether the quotation of a draft has ended before line i."""
    before = frame.lines[i - 1].whole if i else ""
    return count.prefix.startswith("draft") and bool(_END_QUOTE.search(before)) and not frame.lines[i].quoted


def opens_part(frame: Frame, i: int, count: Count) -> bool:
    """Return whether the body is named anew after operative paragraphs: a resolution in parts, each with a preamble.

    In a document of another form a body named over a preamble opens a resolution that the document holds.
    """
    if frame.genre is Genre.RESOLUTION:
        is_open = not count.prefix.startswith("annex") and not count.is_preamble
        return is_open and bool(BODY.match(frame.lines[i].told)) and named_at(frame.lines, i)
    return not count.is_preamble and named_at(frame.lines, i)


def part_at(frame: Frame, i: int, sections: Iterable[Section]) -> Section:
    """Return the section of the part that line i opens: `part-b` after the capital over it, or else by its place, `part-2`."""
    line = frame.lines[i]
    over = (CAPITAL.match(x.bare) for x in frame.lines[max(0, i - 6) : i])
    letters = [found[1].lower() for found in over if found]
    parts = {section.key for section in sections if section.key.startswith("part-")}
    key = f"part-{letters[-1] if letters else len(parts) + 2}"
    issuer = frame.issuer if frame.genre is Genre.RESOLUTION else line.bare.removeprefix("The ").strip(" ,")
    status = Status.RECOMMENDED if suggested_at(frame.lines, i) else frame.status
    return Section(key, "", line.words, status, issuer, "", Genre.RESOLUTION, ())


def headed_at(frame: Frame, i: int, within: Section, count: Count) -> Section:
    """Return the section under a heading; in a note its words say its name and whose words follow."""
    line = frame.lines[i]
    key, status, issuer, quoted = within.key, within.status, within.issuer, within.quoted_from
    if frame.genre is Genre.NOTE and not count.prefix:
        head = frame.heads.find(line.told)
        key = head.key if head else _slug(line.bare)
        status = Status(head.status) if head and head.status else Status.STATEMENT
        issuer, quoted = frame.issuer, ""
    return Section(key, line.bare, line.words, status, issuer, quoted, within.genre, ())


def _slug(words: str) -> str:
    """Return a short name of a heading: its first words with a meaning."""
    kept = re.findall(r"[a-z]+", words.lower().replace("'s", ""))
    return "-".join([w for w in kept if w not in _UNSAID][:3]) or "section"

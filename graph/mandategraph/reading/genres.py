"""How a document is drafted: its genre with the evidence for it, where its body begins, and how far the text has come.

Evidence is rows of `patterns/genres.jsonl`, which are about the head of a document or about its lines, and two kinds that ask where a line
stands: a line that names the speaking body over a preamble, and a preamble without one. Each counts by its weight; the genre with most wins.
No row names a body.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from mandategraph.lexicon import load_patterns
from mandategraph.reading.lines import ANNEX, Line, is_plain_heading
from mandategraph.records import Genre, Status

# Lines among which the title and the name of the body stand, the characters of a line that is running text, and the lines with which
# a part of a file begins.
HEAD, OPENING, _RUNNING, _FIRST = 25, 40, 160, 8
SMALL = "of|on|the|and|for|to|in|at|with|its|their|de|la|against|as|serving|acting|meeting"
BODY = re.compile(
    rf"^(?:\d+\. )?(The (?:[A-Z][\w'.-]*)(?: (?:[A-Z(][\w'.)-]*|{SMALL})){{0,18}}|THE [A-Z][A-Z' -]+),?\s*[\d*]*$"
)
_SPEAKING = re.compile(
    r"^(?:\d+\. )?(T(?:he|HE) [A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|of|on|the|and|for|to|in))*)(?: \([A-Z]+\))?"
    r"(?:, (?=(?:at its|meeting|having|in its|on the occasion)\b).*[,;:]|,)$"
)
PARTICIPLE = re.compile(
    r"^(?:\.+ ?|\(?\.\.\.\)? )?(?:[A-Z][a-z]+ly |Further |Also |Having )*(?:[A-Z]?[a-z]+(?:-[a-z]+)?(?:ing|ed)|[A-Z]{3,}(?:ING|ED)|Mindful|Aware|Conscious|Cognizant|MINDFUL|AWARE)\b"
)
_ADVERBS = "(?:[A-Z][a-z]+ly |Further |Also |Again |Once |again |Therefore |ALSO |FURTHER |THEREFORE )"
FINITE = re.compile(
    r"^(?!(?:Whereas|This|As|Its|His|Thus|Unless|Has|Is|Was|States|Members|Parties)\b)"
    rf"(?:{_ADVERBS}+[a-z]{{3,}}(?<!ou)s|{_ADVERBS}*(?:[A-Z][a-z]*(?<!ou)s|[A-Z]{{4,}}S))\b"
    r"(?! (?:of|that are|are|were|is|was|may|shall|must|will|should|have)\b)"
)
DIVISION = re.compile(
    r"^(?:(?:Section|SECTION|Rule|RULE|Regulation|REGULATION)[ ]+(?=\d)|(?:Article|ARTICLE)[ ]+)(\d+(?:\.\d+)?|[IVXL]+)\b\.?"
)
_PRESIDENTS = re.compile(r"\W*The (?:members of the )?(?:[A-Z][\w]* )*Council\b")
_DECIDED = re.compile(
    r"^(?:(?:At|On) (?:its|the) \d+[a-z]{2} (?:\w+ ){0,2}meeting|The (?:[A-Z][\w-]+ (?:(?:on|of|for|and|the) )*){1,6}decided)\b"
)
_WE = re.compile(r"(?:We|WE), ")
_WHICH = r"^\W*(?:(?:advance|final|first|revised|second|zero) )?draft\b"
_DRAFT = re.compile(rf"\bdraft (?:resolution|decision|presidential statement)\b|{_WHICH}")
# A line of its own, behind what a file says before its text.
_MARKED = re.compile(rf"{_WHICH}(?: no\.?)?[\W\d]*$")
SUGGESTED = re.compile(
    r"\bmay wish to (?:consider )?adopt(?:ing)?\b.*:$|\balong the (?:following )?lines(?: suggested)?(?: below)?:$",
    re.I,
)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a genre: the row or rule, its reason, and the words it was found in."""

    genre: Genre
    rule: str
    weight: int
    why: str
    words: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Drafting:
    """How a document is drafted.

    Attributes:
        body_at: index of the line where the body begins.
        evidence: for all genres, the strongest first.
    """

    genre: Genre
    body_at: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Cue:
    """A row of the patterns: lines of this form speak for a genre; `find` looks for it in a line, or where that opens.

    One of the words that it `needs`, where there are any, must stand in the head or the lines, in small letters, for it to be looked for.
    """

    id: str
    genre: Genre
    is_head: bool
    find: Callable[[str], re.Match[str] | None]
    weight: int
    why: str
    at_least: int
    share: float
    needs: tuple[str, ...]


def find_genre(lines: Sequence[Line]) -> Drafting:
    """Return the genre with its evidence, and the index of the line where the body begins.

    A letter is one by what stands before its annex, whatever it encloses.
    """
    annex = next((i for i, line in enumerate(lines) if i and ANNEX.match(line.told)), None)
    if annex is not None and (letter := find_genre(lines[:annex])).genre is Genre.LETTER:
        return letter
    named, preamble = _named_at(lines), _preamble_at(lines)
    evidence = [*_structural(lines, named, preamble), *_cued(lines)]
    scores: dict[Genre, int] = defaultdict(int)
    for each in evidence:
        scores[each.genre] += each.weight
    evidence.sort(key=lambda each: (-scores[each.genre], each.genre, -each.weight))
    best = evidence[0].genre if evidence and scores[evidence[0].genre] >= _LEAST else None
    if best is None:
        first = next((i for i, line in enumerate(lines) if len(line.text) > 200), 0)
        is_note = any(is_plain_heading(lines, i) for i in range(first, len(lines)))
        return Drafting(Genre.NOTE if is_note else Genre.OTHER, first if is_note else 0, tuple(evidence))
    return Drafting(best, _body_at(lines, best, named, preamble), tuple(evidence))


def find_genre_of_part(lines: Sequence[Line]) -> Drafting:
    """Return the genre of one of several documents in a file, or of what stands between them.

    What has no form of its own is the end of a resolution where it begins with numbered paragraphs that state, and minutes where it
    begins to tell what was decided at a meeting.
    """
    drafting = find_genre(lines)
    if drafting.genre not in {Genre.NOTE, Genre.OTHER}:
        return drafting
    for i, line in enumerate(lines[:_FIRST]):
        for genre, is_of in ((Genre.RESOLUTION, _is_operative), (Genre.MEETING_REPORT, is_decided)):
            if is_of(line):
                return Drafting(genre, i, drafting.evidence)
    return drafting


def _is_operative(line: Line) -> bool:
    return line.number is not None and bool(FINITE.match(line.told))


def is_decided(line: Line) -> bool:
    """Return whether a line begins to tell what a body did at one of its meetings."""
    return bool(_DECIDED.match(line.told))


def _structural(lines: Sequence[Line], named: int | None, preamble: int | None) -> list[Evidence]:
    """Return what the place of lines says: the name of a body over a preamble, a preamble."""
    found = []
    if named is not None and suggested_at(lines, named):
        why = "what it holds is suggested to a body"
        return [Evidence(Genre.REPORT, "GEN-suggested", 6, why, lines[named - 1].text[:80])]
    if named is not None:
        weight, why = (
            (6, "a body is named over its preamble") if named < OPENING else (2, "a body is named further down")
        )
        found.append(Evidence(Genre.RESOLUTION, "GEN-body-line", weight, why, lines[named].text[:80]))
        after = [x for x in lines[named + 1 :] if x.letter is None]
        first = next((x.told for x in after if x.number == 1 or FINITE.match(x.told) or DIVISION.match(x.told)), "")
        if DIVISION.match(first):
            why = "articles follow the preamble, before anything that states"
            found.append(Evidence(Genre.RULES, "GEN-articles", 12, why, first[:80]))
    if preamble is not None:
        why = "participles open paragraphs before the first number"
        found.append(Evidence(Genre.RESOLUTION, "GEN-preamble", 4, why, lines[preamble].text[:80]))
    return found


def _cued(lines: Sequence[Line]) -> list[Evidence]:
    """Return what the rows of the patterns find."""
    found = []
    title = [line for line in lines[:HEAD] if len(line.text) < 400]
    heads = [line.told for line in title]
    heads.append(" ".join(heads))
    head = heads[-1].lower()
    said = [line.told if not line.is_heading else line.whole for line in lines]
    low = "\n".join(said).lower()
    for cue in _cues():
        if cue.needs and not any(map((head if cue.is_head else low).__contains__, cue.needs)):
            continue
        if cue.is_head:
            match = next(filter(None, map(cue.find, heads)), None)
            if match is not None:
                body = match.groupdict().get("body") or ""
                found.append(Evidence(cue.genre, cue.id, cue.weight, cue.why, match[0][:80], body))
            continue
        matched = [m for words in said if (m := cue.find(words))]
        if len(matched) >= max(cue.at_least, cue.share * len(lines)):
            body = matched[0].groupdict().get("body") or ""
            found.append(Evidence(cue.genre, cue.id, cue.weight, cue.why, matched[0].string[:80], body))
    return found


def _named_at(lines: Sequence[Line]) -> int | None:
    """Return the index of the line that names the speaking body: alone, and over paragraphs that open as a preamble or an operative part."""
    return next((i for i in range(len(lines)) if named_at(lines, i)), None)


def named_at(lines: Sequence[Line], i: int) -> bool:
    """Return whether a line names a speaking body over its paragraphs."""
    bare = lines[i].told.strip("*_")
    if not (_SPEAKING.match(bare) or (BODY.match(bare) and len(bare) < 160)):
        return False
    is_open, is_large = bare[-1:] == ",", bare.isupper()
    after = [
        x.told
        for x in lines[i + 1 : i + (4 if is_open else 2)]
        if not x.is_heading and (is_open or x.number is None or (is_large and x.number == 1))
    ]
    return any(PARTICIPLE.match(words) or FINITE.match(words) for words in after)


def suggested_at(lines: Sequence[Line], i: int) -> bool:
    """Return whether the lines right before the name of a body suggest to it what follows."""
    return any(SUGGESTED.search(line.told) for line in lines[max(0, i - 2) : i])


def _preamble_at(lines: Sequence[Line]) -> int | None:
    """Return the index of the first of two or more paragraphs that open with a participle before the first number, or a finite verb."""
    opening: list[int] = []
    for i, line in enumerate(lines):
        is_over = FINITE.match(line.told) and len(opening) > 1 and opening[-1] == i - 1 and opening[0] < OPENING
        if line.number == 1 or is_over:
            return opening[0] if len(opening) > 1 else None
        if PARTICIPLE.match(line.whole) and line.whole.rstrip().endswith(","):
            opening.append(i)
    return None


def _body_at(lines: Sequence[Line], genre: Genre, named: int | None, preamble: int | None) -> int:
    """Return the index of the line where the body of a document begins."""
    if genre is Genre.RESOLUTION:
        return next((at for at in (named, preamble) if at is not None), 0)
    if genre is Genre.PRESIDENTIAL_STATEMENT:
        return next((i for i, line in enumerate(lines) if _PRESIDENTS.match(line.whole)), 0)
    if genre is Genre.RULES:
        divided = next((i for i, line in enumerate(lines) if DIVISION.match(line.told)), None)
        return divided if divided is not None else _numbered_at(lines)
    opening = next((i for i, line in enumerate(lines) if _WE.match(line.told) or ANNEX.match(line.told)), None)
    if genre is Genre.DECLARATION and opening is not None and _WE.match(lines[opening].told):
        return opening
    numbered = next((i for i, line in enumerate(lines) if line.number is not None and len(line.told) > 40), None)
    if genre is Genre.CONCLUSIONS and numbered is not None:
        return numbered
    for i, line in enumerate(lines):
        is_marked = line.number is not None or line.letter is not None
        if i and (is_marked or len(line.told) > _RUNNING or (line.told[-1:] in ".:" and len(line.told) > 60)):
            return i
    return 0


def _numbered_at(lines: Sequence[Line]) -> int:
    """Return the index of the first numbered line, or of the heading over it; 0 without one."""
    first = next((i for i, line in enumerate(lines) if line.number is not None), 0)
    return first - 1 if first > 1 and is_plain_heading(lines, first - 1) else first


@cache
def _cues() -> tuple[_Cue, ...]:
    keys = ("id", "genre", "where", "regex", "weight", "why", "source")
    return tuple(
        _Cue(
            row["id"],
            Genre(row["genre"]),
            row["where"] == "head",
            _finder(row["regex"], row["where"]),
            row["weight"],
            row["why"],
            row.get("at_least", 1),
            row.get("share", 0.0),
            tuple(filter(None, row.get("needs", "").split("|"))),
        )
        for row in load_patterns("genres.jsonl", keys, optional=("at_least", "share", "needs"))
    )


def _finder(regex: str, where: str) -> Callable[[str], re.Match[str] | None]:
    """Return what looks for a row: in the head whatever its case, in a line, or at its opening alone."""
    pattern = re.compile(regex, re.IGNORECASE if where == "head" else re.NOFLAG)
    return pattern.match if where == "opening" else pattern.search


def find_status(genre: Genre, title: Sequence[Line], symbol: str) -> Status:
    """Return how far the text has come."""
    if genre is Genre.CONCLUSIONS:
        return Status.CONCLUSIONS
    if genre in {Genre.NOTE, Genre.OTHER}:
        return Status.STATEMENT
    head = " ".join(line.whole for line in title).lower()
    is_marked = any(_MARKED.match(line.whole.lower()) for line in title)
    draft = is_marked or _DRAFT.search(head) or "/L." in symbol
    return Status.DRAFT if draft else Status.ADOPTED

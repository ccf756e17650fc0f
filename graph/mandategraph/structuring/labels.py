"""A line within a section -> its label, as the annotation guidelines give it (`16`, `28(a)(iii)/2`, `pp3`, `annex/26/2`).

Levels nest under their lead-in: a number at the top, then letters, roman numerals and bullets in the order in which the document opens
them. Each function adds a line to the pages and returns how far the labels have come.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from mandategraph.reading.genres import FINITE, PARTICIPLE
from mandategraph.reading.lines import ANNEX, Line
from mandategraph.records import Genre, ParagraphKind, Status
from mandategraph.structuring.frames import Count, Frame, Level, Pages
from mandategraph.structuring.lines import has_bullets, kind_of_letter, opens_list, unmarked_run

_ACTION = re.compile(r"^(?:Action|Commitment) (\d+)[.:] (?=We\b)")
_CLOSED = re.compile(r"[.;:,][\"')*\d]*$|[,;]\s*(?:and|or)$")
# What begins no point of a list in a declaration that has lost its marks.
_NO_POINT = re.compile(r"(?:We|Done|Adopted|This|These|In|The|Our|Call|And)\b")
# How far a number may rise from one paragraph to the next, where some are left out; in extracts, how far.
_RISE, _RISE_OF_EXTRACTS = 20, 500
# Whose paragraphs without numbers are counted as they run.
_RUNNING = frozenset({Genre.LETTER, Genre.DECLARATION, Genre.RULES})


def label_note_line(frame: Frame, i: int, pages: Pages) -> None:
    """In a note without numbers, bullets count through their section; a section without bullets counts its lines."""
    line, key = frame.lines[i], pages.section.key
    bulleted = has_bullets(frame.lines, i)
    if line.bullet or line.number is not None or line.letter is not None:
        pages.add(pages.next(f"{key}/"), ParagraphKind.BODY, line, key)
    elif bulleted and line.bare.endswith(":") and key not in pages.labels:
        pages.add(key, ParagraphKind.BODY, line)
    else:
        pages.add(pages.next(f"{key}/p" if bulleted else f"{key}/"), ParagraphKind.BODY, line)


def label_line(frame: Frame, i: int, count: Count, pages: Pages) -> Count:
    """Label a line by its mark, or by its place where it has none."""
    line = frame.lines[i]
    if action := _ACTION.match(line.told):
        pages.add(f"{count.prefix}action-{action[1]}", ParagraphKind.BODY, line)
        return count
    if line.number is not None and _is_believed(frame, i, line.number, count, pages):
        count = _numbered(line, line.number, count, pages)
        if line.letter is None:
            return count
        pages.paragraphs.pop()
    if line.letter is not None:
        return _nested(frame, i, line.letter, count, pages)
    if line.bullet or _has_lost_its_bullet(frame, line, count, pages):
        return _bulleted(line, count, pages)
    return _unmarked(frame, i, count, pages)


def _is_believed(frame: Frame, i: int, number: int, count: Count, pages: Pages) -> bool:
    """A number counts where it goes on from the last one, or, in extracts, rises; or, in other forms than resolutions, where the next one goes on from it."""
    rise = _RISE_OF_EXTRACTS if pages.section.status is Status.QUOTED else _RISE
    if count.number < number <= count.number + rise:
        return True
    following = next((line.number for line in frame.lines[i + 1 :] if line.number is not None), None)
    goes_on = following is None or number < following <= number + _RISE
    return frame.genre is not Genre.RESOLUTION and number > count.number and goes_on


def _numbered(line: Line, number: int, count: Count, pages: Pages) -> Count:
    divisions = [level for level in count.levels if level.kind == "division"]
    label = f"{divisions[0].label}({number})" if divisions else f"{count.prefix}{number}"
    # Under a line such as "Resolves that:" all numbers stand.
    lead = next((p.label for p in pages.paragraphs if p.label == f"{count.prefix}lead"), None)
    pages.add(label, _kind(pages), line, lead)
    return replace(count, levels=(*divisions, Level("number", str(number), label)), number=number, is_preamble=False)


def _kind(pages: Pages) -> ParagraphKind:
    """Return what a paragraph is that is no preamble."""
    is_operative = pages.section.genre in {Genre.RESOLUTION, Genre.PRESIDENTIAL_STATEMENT}
    return ParagraphKind.OPERATIVE if is_operative or pages.section.status is Status.QUOTED else ParagraphKind.BODY


def _kind_under(count: Count, pages: Pages) -> ParagraphKind:
    """Return what a point is: in a preamble it is preambular, as the paragraph that it hangs under."""
    return ParagraphKind.PREAMBULAR if count.is_preamble and count.preambular else _kind(pages)


def _nested(frame: Frame, i: int, mark: str, count: Count, pages: Pages) -> Count:
    """A letter, roman numeral or digit hangs under what is open; a decimal stands for itself."""
    line = frame.lines[i]
    kind = kind_of_letter(frame.lines, i, mark, {level.kind: level.mark for level in count.levels})
    if kind == "decimal":
        label = f"{count.prefix}{mark}"
        pages.add(label, _kind(pages), line)
        return replace(count, levels=(Level(kind, mark, label),))
    levels = list(count.levels)
    while levels and any(level.kind == kind for level in levels) and levels[-1].kind != kind:
        levels.pop()
    if levels and levels[-1].kind == kind:
        levels.pop()
    parent = replace(count, levels=tuple(levels)).parent
    label = f"{parent or count.prefix.rstrip('/')}({mark})"
    pages.add(label, _kind_under(count, pages), line, parent, len(levels))
    return replace(count, levels=(*levels, Level(kind, mark, label)))


def _bulleted(line: Line, count: Count, pages: Pages) -> Count:
    number, levels = 1, count.levels
    if count.top and count.top.kind == "bullet":
        number, levels = int(count.top.mark) + 1, count.levels[:-1]
    parent = replace(count, levels=levels).parent
    label = f"{parent or count.prefix.rstrip('/') or 'main'}/{number}"
    pages.add(label, _kind_under(count, pages), line, parent, len(levels))
    return replace(count, levels=(*levels, Level("bullet", str(number), label)))


def _has_lost_its_bullet(frame: Frame, line: Line, count: Count, pages: Pages) -> bool:
    """A line in lower case after an open list is a bullet that lost its mark; in an operative part without numbers one in upper case is, too."""
    if not pages.paragraphs or not count.levels:
        return False
    last = pages.paragraphs[-1].span
    before = frame.text[last.start : last.end].rstrip()
    if line.told[:1].islower():
        return before.endswith((":", ";", ",", "and", "—", "–"))
    if frame.genre is Genre.DECLARATION and count.levels[0].kind == "number":
        is_list = before.endswith(":") or (
            count.levels[-1].kind == "bullet" and before.endswith((";", ",", ".", "and"))
        )
        return is_list and not _NO_POINT.match(line.told)
    if count.levels[0].kind != "running" or FINITE.match(line.told):
        return False
    return before.endswith(":") or (count.levels[-1].kind == "bullet" and before.endswith((";", "and")))


def _unmarked(frame: Frame, i: int, count: Count, pages: Pages) -> Count:
    """A line without a mark: preambular, operative without numbers, or the words under a lettered heading."""
    line = frame.lines[i]
    words, genre, prefix = line.told, pages.section.genre, count.prefix
    if opens_list(frame.lines, i, genre):
        pages.add(f"{prefix}lead", ParagraphKind.OPERATIVE, line)
        return replace(count, is_preamble=False)
    is_finite = FINITE.match(words) and not PARTICIPLE.match(words) and not _goes_on(frame, i)
    if count.is_preamble and not (is_finite and (count.preambular or words.endswith((".", ":", ";")))):
        pages.add(f"{prefix}pp{count.preambular + 1}", ParagraphKind.PREAMBULAR, line)
        return replace(count, preambular=count.preambular + 1)
    is_running = not count.levels or count.levels[0].kind == "running"
    if count.is_preamble or (is_running and FINITE.match(words) and genre is Genre.RESOLUTION):
        label = f"{prefix}{count.running + 1}"
        pages.add(label, ParagraphKind.OPERATIVE, line)
        level = Level("running", str(count.running + 1), label)
        return replace(count, is_preamble=False, running=count.running + 1, levels=(level,))
    top = count.top
    if top and top.kind in {"letter", "upper"} and pages.paragraphs and _is_title(frame, top.label, pages):
        _under_title(frame, i, top.label, count, pages)
    elif frame.genre is Genre.PRESIDENTIAL_STATEMENT or (
        frame.genre in _RUNNING and is_running and not _is_before_numbers(frame, i)
    ):
        label = f"{prefix}{count.running + 1}"
        pages.add(label, _kind(pages), line)
        level = Level("running", str(count.running + 1), label)
        return replace(count, running=count.running + 1, levels=(level,) if words.endswith(":") else ())
    elif top and top.kind == "division" and top.label not in pages.labels:
        pages.add(top.label, _kind(pages), line)
    else:
        base = count.levels[0].label if count.levels else (prefix.rstrip("/") or "main")
        label = pages.next(f"{base}/p")
        pages.add(label, _kind_unmarked(words, prefix, pages), line)
        if genre is Genre.DECLARATION and words.endswith(":") and count.levels:
            return replace(count, levels=(count.levels[0], Level("lead", "", label)))
    return count


def _is_before_numbers(frame: Frame, i: int) -> bool:
    """Return whether a declaration has numbers of its own further on, so that what stands before them is not counted."""
    after = takewhile(lambda line: not ANNEX.match(line.told), frame.lines[i + 1 :])
    return frame.genre is Genre.DECLARATION and any(line.number == 1 for line in after)


def _goes_on(frame: Frame, i: int) -> bool:
    """Return whether a line ends with a comma before a participle: a preamble may have a finite verb among its paragraphs."""
    after = frame.lines[i + 1].told if i + 1 < len(frame.lines) else ""
    return frame.lines[i].told.rstrip().endswith(",") and bool(PARTICIPLE.match(after))


def _kind_unmarked(words: str, prefix: str, pages: Pages) -> ParagraphKind:
    """In a resolution in sections, lines without numbers are told by how they open and close."""
    if pages.section.genre is Genre.RESOLUTION and not prefix.startswith("annex"):
        if FINITE.match(words) and words.endswith((";", ".")):
            return ParagraphKind.OPERATIVE
        if PARTICIPLE.match(words) and words.endswith(","):
            return ParagraphKind.PREAMBULAR
    return ParagraphKind.BODY


def _is_title(frame: Frame, label: str, pages: Pages) -> bool:
    """Return whether the paragraph of a letter is a heading, whose words follow."""
    item = next((p for p in reversed(pages.paragraphs) if p.label == label), None)
    if item is None:
        return any(p.lead_in == label for p in pages.paragraphs)
    words = frame.text[item.span.start : item.span.end]
    return not _CLOSED.search(words) and len(words) < 150


def _under_title(frame: Frame, i: int, label: str, count: Count, pages: Pages) -> None:
    """The words under a lettered heading: one paragraph takes the letter's label, several are counted under it."""
    line, depth = frame.lines[i], len(count.levels)
    n = sum(1 for p in pages.paragraphs if p.lead_in == label) + 1
    siblings = unmarked_run(frame.lines, i, genre=pages.section.genre, is_preamble=count.is_preamble)
    if siblings == 1 and n == 1:
        pages.name_title(label)
        above = count.levels[-2].label if depth > 1 else None
        pages.add(label, _kind(pages), line, above, depth)
    else:
        pages.add(f"{label}/{n}", _kind(pages), line, label, depth)


def without_bullets(count: Count) -> Count:
    """Return the count without the bullets that are open, but for one that is open alone."""
    bullets = len(list(takewhile(lambda level: level.kind == "bullet", reversed(count.levels[1:]))))
    return replace(count, levels=count.levels[: len(count.levels) - bullets])

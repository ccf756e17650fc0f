"""Lines -> sections of labelled paragraphs: one walk through the lines, each of which opens a section or has its label in one.

Limits: a paragraph that a page break tears in two after a full stop stays in two.
"""

from __future__ import annotations

from dataclasses import replace

from mandategraph.reading.genres import BODY, DIVISION
from mandategraph.reading.lines import ANNEX
from mandategraph.reading.speaking import names_body
from mandategraph.records import Genre, ParagraphKind, Section
from mandategraph.structuring.frames import Count, Frame, Level, Pages
from mandategraph.structuring.labels import label_line, label_note_line, without_bullets
from mandategraph.structuring.lines import is_heading
from mandategraph.structuring.titles import (
    annex_at,
    closes_draft,
    draft_at,
    headed_at,
    main_section,
    opens_draft,
    opens_part,
    part_at,
)

# A line with the name of the body is shorter, unless it has nothing else.
_LONGEST_NAME = 80


def build_sections(frame: Frame, body_at: int) -> tuple[Section, ...]:
    """Return the sections of a document.

    Args:
        frame: the document.
        body_at: index of the line where the body begins; what stands before is its title.
    """
    pages = Pages(main_section(frame))
    for i, line in enumerate(frame.lines[:body_at], 1):
        pages.add(f"title/{i}", ParagraphKind.TITLE, line)
    is_resolution = frame.genre is Genre.RESOLUTION
    i, count = body_at, Count(is_preamble=is_resolution)
    if is_resolution and _is_body_line(frame, i):
        pages.add("title/body", ParagraphKind.TITLE, frame.lines[i])
        i += 1
    # Of what a draft or a part interrupts, how far its labels had come.
    outer: Count | None = None
    while i < len(frame.lines):
        if opens_draft(frame, i):
            outer, count = count, _open(frame, i, draft_at(frame, i, pages.sections), pages)
            i += 1
            continue
        if outer and closes_draft(frame, i, count):
            count, outer = _resume(frame, outer, pages), None
        if ANNEX.match(frame.lines[i].told):
            count, read = _open_annex(frame, i, pages)
            i += read
            continue
        if opens_part(frame, i, count):
            outer = count if outer is None and not is_resolution else outer
            count = _open(frame, i, part_at(frame, i, pages.sections), pages)
        elif is_heading(frame.lines, i, genre=pages.section.genre, is_preamble=count.is_preamble):
            if outer and frame.genre not in {Genre.RESOLUTION, pages.section.genre}:
                count, outer = _resume(frame, outer, pages), None
            count = _open_headed(frame, i, count, pages)
        elif frame.genre is Genre.NOTE and not count.prefix:
            label_note_line(frame, i, pages)
        else:
            count = label_line(frame, i, count, pages)
        i += 1
    pages.close()
    return tuple(pages.sections)


def _is_body_line(frame: Frame, i: int) -> bool:
    """Return whether a line only names the body: a long one has nothing else."""
    line = frame.lines[i]
    return names_body(line) and (len(line.text) < _LONGEST_NAME or bool(BODY.match(line.told)))


def _open(frame: Frame, i: int, section: Section, pages: Pages) -> Count:
    """Open a section with a preamble under the line that names its body."""
    pages.open(section)
    pages.add(f"{section.key}/body", ParagraphKind.HEADING, frame.lines[i])
    return Count(prefix=f"{section.key}/", is_preamble=True)


def _resume(frame: Frame, outer: Count, pages: Pages) -> Count:
    """Go on with what a draft or a part interrupted."""
    pages.open(main_section(frame))
    return replace(outer, levels=())


def _open_annex(frame: Frame, i: int, pages: Pages) -> tuple[Count, int]:
    """Open an annex, and return how many lines say what it is: what others say there has a heading."""
    section = annex_at(frame, i)
    pages.open(section)
    count, read = Count(prefix=f"{section.key}/", is_preamble=bool(section.quoted_from)), 1
    if section.status is not frame.status or section.quoted_from:
        read = 2
        pages.add(pages.next(f"{count.prefix}heading"), ParagraphKind.HEADING, frame.lines[i + 1])
    return count, read


def _open_headed(frame: Frame, i: int, count: Count, pages: Pages) -> Count:
    """Open the section under a heading: a division of rules has labels of its own, under others the numbers go on."""
    line = frame.lines[i]
    is_of_note = frame.genre is Genre.NOTE and not count.prefix
    if is_of_note or (count.levels and count.levels[0].kind not in {"number", "division"}):
        count = replace(count, levels=())
    pages.open(headed_at(frame, i, pages.section, count))
    pages.add(pages.next(f"{pages.section.key}/heading"), ParagraphKind.HEADING, line)
    if pages.section.genre is Genre.RULES and (division := DIVISION.match(line.told)):
        level = Level("division", division[1], f"{count.prefix}{division[1]}")
        return replace(count, levels=(level,), number=0)
    return without_bullets(count)

"""A brief in files: Markdown, HTML and DOCX, every line with notes. The same brief gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mandategraph.answering.briefs import Brief, Item, Note
from mandategraph.exporting.docx import Paper
from mandategraph.exporting.markdown import escaped
from mandategraph.exporting.pages import render

_FOOTER = "Made by MandateGraph from the texts named in the notes"


def to_markdown(brief: Brief) -> bytes:
    """Return a brief as Markdown with footnotes, as GitHub, Pandoc and Obsidian read them."""
    lines = [f"# {escaped(brief.title)}", "", *(_line(fact) for fact in brief.facts), ""]
    for section in brief.sections:
        lines += [f"## {escaped(section.title)}", ""]
        for said in section.said:
            lines += [escaped(said), ""]
        for group in section.groups:
            lines += [f"### {escaped(group.title)}", ""] if group.title else []
            lines += [*map(_line, group.items), ""]
    lines += [f"[^{note.number}]: {escaped(_said(note))}{f' <{note.iri}>' if note.iri else ''}" for note in brief.notes]
    return ("\n".join(lines) + "\n").encode()


def _line(item: Item) -> str:
    details = f" — *{escaped(' · '.join(item.details))}*" if item.details else ""
    return f"- {escaped(item.words)}{details}{''.join(f'[^{number}]' for number in item.notes)}"


def _place(note: Note) -> str:
    return f"{note.document}, {note.paragraph}"


def _said(note: Note) -> str:
    return f"{_place(note)}: “{note.quotation}”" if note.quotation else f"{_place(note)}."


def to_html(brief: Brief) -> bytes:
    """Return a brief as a page that stands alone."""
    return render("brief.html", title=brief.title, **for_template(brief, lambda _: "")).encode()


def for_template(brief: Brief, link_of: Callable[[Note], str]) -> dict[str, Any]:
    """Return what the template of a brief takes; `link_of` says where a note's paragraph is to be read, "" where nowhere."""
    return {"brief": brief, "place_of": _place, "link_of": link_of}


def to_docx(brief: Brief) -> bytes:
    """Return a brief as a Word document with footnotes."""
    notes = {note.number: note for note in brief.notes}
    paper = Paper(brief.title, footer=_FOOTER)

    def add(item: Item) -> None:
        paper.bullet(item.words, " · ".join(item.details))
        for number in item.notes:
            paper.footnote(_said(notes[number]))

    for fact in brief.facts:
        add(fact)
    for section in brief.sections:
        paper.heading(section.title, 1)
        for said in section.said:
            paper.paragraph(said)
        for group in section.groups:
            if group.title:
                paper.heading(group.title, 2)
            for item in group.items:
                add(item)
    return paper.written()

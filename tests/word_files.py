"""Word documents written by hand, with what python-docx does not write, and what is read of them."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from mandategraph.reading.docx import read_docx
from mandategraph.reading.limits import Limits
from mandategraph.reading.words import Words

_SCHEMAS = "http://schemas.openxmlformats.org"
NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": f"{_SCHEMAS}/wordprocessingml/2006/main",
        "mc": f"{_SCHEMAS}/markup-compatibility/2006",
        "m": f"{_SCHEMAS}/officeDocument/2006/math",
        "r": f"{_SCHEMAS}/officeDocument/2006/relationships",
        "a": f"{_SCHEMAS}/drawingml/2006/main",
        "c": f"{_SCHEMAS}/drawingml/2006/chart",
        "dgm": f"{_SCHEMAS}/drawingml/2006/diagram",
        "pic": f"{_SCHEMAS}/drawingml/2006/picture",
        "o": "urn:schemas-microsoft-com:office:office",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
LEVELS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))


def levels(made: tuple[tuple[str, str], ...] = LEVELS, start: str = "1", more: str = "") -> str:
    """Levels of a list, each of a form and a text."""
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more.format(n)}<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(made)
    )


def abstract(inside: str, id_: int = 90) -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}">{inside}</w:abstractNum>'


def num(id_: int, of: int) -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/></w:num>'


def add_part(document: Any, kind: str, name: str, xml: str) -> str:
    """Add a part to a document, in the place of one of its kind, and return the id of the relation."""
    for relation in list(document.part.rels.values()):
        if relation.reltype == kind:
            del document.part.rels[relation.rId]
    part = Part(PackURI(f"/word/{name}.xml"), _CONTENT.format(name), xml.encode(), document.part.package)
    return str(document.part.relate_to(part, kind))


def saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def word(*blocks: str, notes: str = "", numbering: str = abstract(levels()), styles: str = "") -> bytes:
    """A Word document of these blocks; list 91 counts as the abstract list 90 says."""
    document = docx.Document()
    lists = document.part.numbering_part.element
    for each in list(parse_xml(f"<w:x {NAMES}>{numbering}{num(91, 90)}</w:x>")):
        lists.insert(0, each) if each.tag.endswith("abstractNum") else lists.append(each)
    for each in list(parse_xml(f"<w:x {NAMES}>{styles}</w:x>")):
        document.styles.element.append(each)
    body = document.element.body
    for block in blocks:
        body.insert(len(body) - 1, parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMES}", block, count=1)))
    if notes:
        add_part(document, RELATIONSHIP_TYPE.FOOTNOTES, "footnotes", f"<w:footnotes {NAMES}>{notes}</w:footnotes>")
    return saved(document)


def run(words: str, properties: str = "", tag: str = "w:t") -> str:
    set_ = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{set_}<{tag} xml:space="preserve">{words}</{tag}></w:r>'


def p(words: str, level: int | str | None = None, more: str = "", style: str = "", list_: int = 91) -> str:
    """A paragraph."""
    in_list = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>' if level is not None else ""
    of = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{of}{in_list}</w:pPr>{run(words)}{more}</w:p>"


def table(*rows: tuple[str, ...], row: str = "", cell: str = "") -> str:
    """A table of cells, each the words of a paragraph or blocks of its own; with properties for all rows or cells."""
    made = (
        "".join(f"<w:tc>{cell}{each if each.startswith('<') else p(each)}</w:tc>" for each in cells) for cells in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}{cells}</w:tr>' for cells in made)}</w:tbl>"


def box(*blocks: str) -> str:
    """A text box, as runs hold it."""
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"


def note(id_: int, *blocks: str) -> str:
    return f'<w:footnote w:id="{id_}">{"".join(blocks)}</w:footnote>'


def call(id_: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{id_}"/></w:r>'


def deleted(inside: str) -> str:
    return f'<w:del w:id="1" w:author="a">{inside}</w:del>'


def words_of(content: bytes, limits: Limits | None = None) -> Words:
    return read_docx(content, "a.docx", limits or Limits())


def shown(content: bytes) -> list[str]:
    """The lines that are read."""
    words = words_of(content)
    kept = list(words.text)
    for omission in words.omitted:
        kept[omission.span.start : omission.span.end] = [""] * (omission.span.end - omission.span.start)
    return [" ".join(line.split()) for line in "".join(kept).split("\n") if line.strip()]


def omitted(content: bytes) -> dict[str, str]:
    """The words that are not read, with the reason, by lines."""
    words = words_of(content)
    found = ((words.text[o.span.start : o.span.end], o.reason) for o in words.omitted)
    return {line.strip(): reason for stretch, reason in found for line in stretch.split("\n") if line.strip()}

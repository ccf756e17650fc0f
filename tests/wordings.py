"""Random Word and HTML files of known words: what each holds, which words are to be read, and which are omitted and why."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


@dataclass
class Wording:
    """Words that no other file part has: those that are to be read in their order, and the others with the reason."""

    chance: random.Random
    read: list[str] = field(default_factory=list)
    omitted: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def words(self, reason: str = "") -> str:
        """Return some new words."""
        made = []
        for _ in range(self.chance.randint(1, 4)):
            self.count += 1
            n, letters = self.count, ""
            while n:
                n, rest = divmod(n, 26)
                letters += chr(ord("a") + rest)
            made.append(f"wo{letters}")
        if reason:
            self.omitted.update(dict.fromkeys(made, reason))
        else:
            self.read += made
        return " ".join(made)


# --- Word -------------------------------------------------------------------------------------------------------------


def random_docx(seed: int) -> tuple[bytes, Wording]:
    """Return a Word document of known words."""
    wording = Wording(random.Random(seed))
    document = docx.Document()
    section = document.sections[0]
    is_first = wording.chance.random() < 0.7
    section.different_first_page_header_footer = is_first
    if is_first:
        section.first_page_header.paragraphs[0].text = wording.words()
        section.header.paragraphs[0].text = wording.words("running head")
        section.first_page_footer.paragraphs[0].text = wording.words("running foot")
    else:
        section.header.paragraphs[0].text = wording.words()
    section.footer.paragraphs[0].text = wording.words("running foot")
    notes: list[str] = []
    body = document.element.body
    for _ in range(wording.chance.randint(3, 12)):
        xml = _table(wording, notes, 3) if wording.chance.random() < 0.2 else _paragraph(wording, notes)
        body.insert(len(body) - 1, parse_xml(xml.replace(">", f" {NAMES}>", 1)))
    called = "".join(notes)
    uncalled = f'<w:footnote w:id="900"><w:p>{_run(wording.words("note that nothing calls"))}</w:p></w:footnote>'
    _add(document, RELATIONSHIP_TYPE.FOOTNOTES, "footnotes", f"<w:footnotes {NAMES}>{called}{uncalled}</w:footnotes>")
    comment = f'<w:comment w:id="1" w:author="a"><w:p>{_run(wording.words("comment"))}</w:p></w:comment>'
    _add(document, RELATIONSHIP_TYPE.COMMENTS, "comments", f"<w:comments {NAMES}>{comment}</w:comments>")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue(), wording


def _add(document: Any, kind: str, name: str, xml: str) -> None:
    for relation in list(document.part.rels.values()):
        if relation.reltype == kind:
            del document.part.rels[relation.rId]
    part = Part(PackURI(f"/word/{name}.xml"), _CONTENT.format(name), xml.encode(), document.part.package)
    document.part.relate_to(part, kind)


def _run(words: str, properties: str = "", tag: str = "w:t") -> str:
    set_ = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{set_}<{tag} xml:space="preserve">{escape(words)} </{tag}></w:r>'


def _paragraph(wording: Wording, notes: list[str], depth: int = 0) -> str:
    """Return a paragraph of runs of many kinds."""
    made = []
    for _ in range(wording.chance.randint(1, 5)):
        kind = wording.chance.choice(
            "plain hidden struck twice off deleted moved inserted link field simple sdt maths note box smart".split()
        )
        if kind == "box" and depth > 1:
            kind = "plain"
        made.append(_piece(wording, notes, kind, depth))
    return f"<w:p>{''.join(made)}</w:p>"


def _piece(wording: Wording, notes: list[str], kind: str, depth: int) -> str:
    if kind == "hidden":
        return _run(wording.words("hidden"), "<w:vanish/>")
    if kind in {"struck", "twice"}:
        return _run(wording.words("struck out"), "<w:strike/>" if kind == "struck" else '<w:dstrike w:val="true"/>')
    if kind == "off":
        return _run(wording.words(), '<w:strike w:val="0"/><w:vanish w:val="false"/>')
    if kind == "deleted":
        return f'<w:del w:id="1" w:author="a">{_run(wording.words("deleted"), tag="w:delText")}</w:del>'
    if kind == "moved":
        return f'<w:moveFrom w:id="1" w:author="a">{_run(wording.words("deleted"))}</w:moveFrom>'
    wrapped = {
        "inserted": '<w:ins w:id="2" w:author="a">{}</w:ins>',
        "link": '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        "simple": '<w:fldSimple w:instr="PAGE">{}</w:fldSimple>',
        "sdt": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "smart": '<w:smartTag w:uri="x" w:element="y">{}</w:smartTag>',
    }
    if kind in wrapped:
        return wrapped[kind].format(_run(wording.words()))
    if kind == "field":
        code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE wozzzz</w:instrText></w:r>'
        return f'{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run(wording.words())}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if kind == "maths":
        return f"<m:oMath><m:r><m:t>{wording.words()} </m:t></m:r></m:oMath>"
    if kind == "note":
        notes.append(f'<w:footnote w:id="{len(notes) + 1}"><w:p>{_run(wording.words())}</w:p></w:footnote>')
        return f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>'
    if kind == "box":
        inside = f"<w:txbxContent>{_paragraph(wording, notes, depth + 1)}</w:txbxContent>"
        shape = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        return f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{shape}</mc:Choice><mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent></w:r>"
    return _run(wording.words())


def _table(wording: Wording, notes: list[str], depth: int) -> str:
    rows = []
    for _ in range(wording.chance.randint(1, 3)):
        cells = []
        for _ in range(wording.chance.randint(1, 3)):
            inner = _table(wording, notes, depth - 1) if depth > 1 and wording.chance.random() < 0.3 else ""
            cells.append(f"<w:tc>{inner}{_paragraph(wording, notes, 2)}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


# --- HTML -------------------------------------------------------------------------------------------------------------


def random_html(seed: int) -> tuple[bytes, Wording]:
    """Return a page of HTML of known words."""
    wording = Wording(random.Random(seed))
    furniture = "page furniture"
    head = f"<title>{wording.words(furniture)}</title><style>.wozzzz {{}}</style><script>var wozzzz</script>"
    top = f"<nav><a href=x>{wording.words(furniture)}</a></nav>"
    has_main = wording.chance.random() < 0.5
    inside = "".join(_block(wording, 3) for _ in range(wording.chance.randint(2, 8)))
    side = f"<div>{wording.words(furniture if has_main else '')}</div>"
    body = f"{top}{f'<main>{inside}</main>' if has_main else inside}{side}<footer>{wording.words(furniture)}</footer>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), wording


def _inline(wording: Wording) -> str:
    made = []
    for _ in range(wording.chance.randint(1, 4)):
        kind = wording.chance.choice("plain b del s hide style span br sup comment".split())
        if kind in {"del", "s"}:
            made.append(f"<{kind}>{wording.words('struck out')} </{kind}>")
        elif kind == "hide":
            made.append(f"<span hidden>{wording.words('hidden')} </span>")
        elif kind == "style":
            made.append(f'<span style="text-decoration: line-through">{wording.words("struck out")} </span>')
        elif kind in {"b", "span", "sup"}:
            made.append(f"<{kind}>{wording.words()}</{kind}> ")
        else:
            made.append({"br": "<br>", "comment": "<!-- wozzzz -->"}.get(kind, "") + wording.words() + " ")
    return "".join(made)


def _block(wording: Wording, depth: int) -> str:
    kind = wording.chance.choice("p h2 ol ul div table dl pre quote items".split())
    if kind == "items" and depth:
        items = "".join(f"<li><p>{_inline(wording)}</p>{_block(wording, depth - 1)}</li>" for _ in range(2))
        return f"<ol type='a' start='{wording.chance.randint(1, 900)}'>{items}</ol>"
    if kind in {"ol", "ul"}:
        items = "".join(f"<li>{_inline(wording)}</li>" for _ in range(wording.chance.randint(1, 3)))
        return f"<{kind}>{items}</{kind}>"
    if kind == "table":
        rows = "".join(f"<tr><td>{_inline(wording)}</td><td>{_inline(wording)}</td></tr>" for _ in range(2))
        return f"<table>{rows}</table>"
    if kind == "dl":
        return f"<dl><dt>{_inline(wording)}</dt><dd>{_inline(wording)}</dd></dl>"
    if kind == "div" and depth:
        return f"<div>{_inline(wording)}{_block(wording, depth - 1)}</div>"
    tag = {"quote": "blockquote", "items": "p", "div": "p"}.get(kind, kind)
    return f"<{tag}>{_inline(wording)}</{tag}>"

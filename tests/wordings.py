"""Random Word and HTML files of known words: what each holds, which words are to be read, and which are omitted and why."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from word_files import NAMES, add_part, box, call, deleted, note, run, saved


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

WRAPPED = {
    "inserted": '<w:ins w:id="2" w:author="a">{}</w:ins>',
    "link": '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
    "simple": '<w:fldSimple w:instr="PAGE">{}</w:fldSimple>',
    "sdt": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "smart": '<w:smartTag w:uri="x" w:element="y">{}</w:smartTag>',
}
KINDS = "plain hidden by-style struck twice off deleted moved field maths note note-gone box box-gone".split()
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
GONE_STYLE = (
    '<w:style {} w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def random_docx(seed: int) -> tuple[bytes, Wording]:
    """Return a Word document of known words."""
    wording = Wording(random.Random(seed))
    document = docx.Document()
    document.styles.element.append(parse_xml(GONE_STYLE.format(NAMES)))
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
        body.insert(len(body) - 1, parse_xml(_block(wording, notes, 3).replace(">", f" {NAMES}>", 1)))
    uncalled = note(900, f"<w:p>{run(wording.words('note that nothing calls'))}</w:p>")
    all_notes = f"<w:footnotes {NAMES}>{''.join(notes)}{uncalled}</w:footnotes>"
    add_part(document, RELATIONSHIP_TYPE.FOOTNOTES, "footnotes", all_notes)
    comment = f'<w:comment w:id="1" w:author="a"><w:p>{run(wording.words("comment"))}</w:p></w:comment>'
    add_part(document, RELATIONSHIP_TYPE.COMMENTS, "comments", f"<w:comments {NAMES}>{comment}</w:comments>")
    return saved(document), wording


def _block(wording: Wording, notes: list[str], depth: int, reason: str = "") -> str:
    """Return a paragraph or a table, sometimes in a content control."""
    is_table = depth > 1 and wording.chance.random() < 0.3
    block = _table(wording, notes, depth, reason) if is_table else _paragraph(wording, notes, depth, reason)
    return WRAPPED["sdt"].format(block) if wording.chance.random() < 0.2 else block


def _paragraph(wording: Wording, notes: list[str], depth: int, reason: str) -> str:
    """Return a paragraph of runs of many kinds, none of which is read where there is a reason."""
    made = []
    for _ in range(wording.chance.randint(1, 5)):
        kind = wording.chance.choice([*KINDS, *WRAPPED])
        if kind in {"box", "box-gone", "note", "note-gone"} and depth < 2:
            kind = "plain"
        made.append(_piece(wording, notes, kind, depth, reason))
    return f"<w:p>{''.join(made)}</w:p>"


def _piece(wording: Wording, notes: list[str], kind: str, depth: int, reason: str) -> str:
    if kind in {"hidden", "by-style"}:
        properties = "<w:vanish/>" if kind == "hidden" else '<w:rStyle w:val="Gone"/>'
        return _words(wording, reason or "hidden", properties)
    if kind in {"struck", "twice"}:
        return _words(
            wording, reason or "struck out", "<w:strike/>" if kind == "struck" else '<w:dstrike w:val="true"/>'
        )
    if kind == "off":
        return _words(wording, reason, '<w:strike w:val="0"/><w:vanish w:val="false"/>')
    if kind == "deleted":
        return deleted(_words(wording, reason or "deleted", tag="w:delText"))
    if kind == "moved":
        return f'<w:moveFrom w:id="1" w:author="a">{_words(wording, reason or "deleted")}</w:moveFrom>'
    if kind == "field":
        begin, separate, end = map(FIELD.format, ("begin", "separate", "end"))
        code = begin + separate + _words(wording, reason or "field code") + end
        return begin + code + separate + _words(wording, reason) + end
    if kind == "maths":
        return f"<m:oMath><m:r><m:t>{wording.words(reason)} </m:t></m:r></m:oMath>"
    if kind in WRAPPED:
        return WRAPPED[kind].format(_words(wording, reason))
    inner = reason or ("deleted" if kind.endswith("gone") else "")
    if kind.startswith("note"):
        notes.append("")
        notes[-1] = note((n := len(notes)), _block(wording, notes, 1, inner), _paragraph(wording, notes, 1, inner))
        return deleted(call(n)) if kind == "note-gone" else call(n)
    if kind.startswith("box"):
        shape = box(_block(wording, notes, depth - 1, inner))
        both = f"<mc:Choice Requires='wps'>{shape}</mc:Choice><mc:Fallback>{shape}</mc:Fallback>"
        made = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
        return deleted(made) if kind == "box-gone" else made
    return _words(wording, reason)


def _words(wording: Wording, reason: str, properties: str = "", tag: str = "w:t") -> str:
    return run(f"{wording.words(reason)} ", properties, tag)


def _table(wording: Wording, notes: list[str], depth: int, reason: str) -> str:
    rows = []
    for _ in range(wording.chance.randint(1, 3)):
        is_gone = wording.chance.random() < 0.2
        cells = []
        for _ in range(wording.chance.randint(1, 3)):
            is_cut = wording.chance.random() < 0.1
            inner = reason or ("deleted" if is_gone or is_cut else "")
            cut = '<w:tcPr><w:cellDel w:id="1" w:author="a"/></w:tcPr>' if is_cut else ""
            held = "".join(_block(wording, notes, depth - 1, inner) for _ in range(wording.chance.randint(1, 2)))
            cells.append(f"<w:tc>{cut}{held}</w:tc>")
        gone = f"<w:trPr>{deleted('')}</w:trPr>" if is_gone else ""
        rows.append(f"<w:tr>{gone}{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


# --- HTML -------------------------------------------------------------------------------------------------------------


def random_html(seed: int) -> tuple[bytes, Wording]:
    """Return a page of HTML of known words."""
    wording = Wording(random.Random(seed))
    furniture = "page furniture"
    head = f"<title>{wording.words(furniture)}</title><style>.wozzzz {{}} .gone {{display:none}} b.cut {{text-decoration:line-through}}</style><script>var wozzzz</script>"
    top = f"<nav><a href=x>{wording.words(furniture)}</a></nav>"
    has_main = wording.chance.random() < 0.5
    inside = "".join(_element(wording, 3) for _ in range(wording.chance.randint(2, 8)))
    side = f"<div>{wording.words(furniture if has_main else '')}</div>"
    body = f"{top}{f'<main>{inside}</main>' if has_main else inside}{side}<footer>{wording.words(furniture)}</footer>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), wording


def _inline(wording: Wording) -> str:
    made = []
    for _ in range(wording.chance.randint(1, 4)):
        kind = wording.chance.choice("plain b del s hide style gone cut ruby span br sup comment".split())
        if kind in {"del", "s"}:
            made.append(f"<{kind}>{wording.words('struck out')} </{kind}>")
        elif kind == "hide":
            made.append(f"<span hidden>{wording.words('hidden')} </span>")
        elif kind in {"gone", "cut"}:
            made.append(f"<b class='{kind}'>{wording.words('hidden' if kind == 'gone' else 'struck out')} </b>")
        elif kind == "ruby":
            made.append(f"<ruby>{wording.words()} <rt>{wording.words('pronunciation')} </rt></ruby> ")
        elif kind == "style":
            made.append(f'<span style="text-decoration: line-through">{wording.words("struck out")} </span>')
        elif kind in {"b", "span", "sup"}:
            made.append(f"<{kind}>{wording.words()}</{kind}> ")
        else:
            made.append({"br": "<br>", "comment": "<!-- wozzzz -->"}.get(kind, "") + wording.words() + " ")
    return "".join(made)


def _element(wording: Wording, depth: int) -> str:
    kind = wording.chance.choice("p h2 ol ul div table dl pre quote items".split())
    if kind == "items" and depth:
        items = "".join(f"<li><p>{_inline(wording)}</p>{_element(wording, depth - 1)}</li>" for _ in range(2))
        return f"<ol type='a' start='{wording.chance.randint(1, 900)}'>{items}</ol>"
    if kind in {"ol", "ul"}:
        items = "".join(f"<li>{_inline(wording)}</li>" for _ in range(wording.chance.randint(1, 3)))
        return f"<{kind}>{items}</{kind}>"
    if kind == "table":
        cells = ("<tr><td>{}</td><td><p>{}</p></td></tr>", "<tr><td><p>{}</p><p>{}</p></td><td></td></tr>")
        rows = "".join(cell.format(_inline(wording), _inline(wording)) for cell in cells)
        return f"<table>{rows}</table>"
    if kind == "dl":
        return f"<dl><dt>{_inline(wording)}</dt><dd>{_inline(wording)}</dd></dl>"
    if kind == "div" and depth:
        return f"<div>{_inline(wording)}{_element(wording, depth - 1)}</div>"
    tag = {"quote": "blockquote", "items": "p", "div": "p"}.get(kind, kind)
    return f"<{tag}>{_inline(wording)}</{tag}>"

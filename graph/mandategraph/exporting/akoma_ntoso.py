"""The store -> Akoma Ntoso: the structure of each document as XML, for tools of legal informatics.

Elements and their ids follow Akoma Ntoso 1.0 (OASIS, namespace akn/3.0) and its naming convention; document types and the
identification follow the guidelines of the United Nations (AKN4UN): a resolution is a `statement`, its preamble holds
`recital`s, its operative paragraphs are `paragraph`s with `point`s and `indent`s, an annex is an `attachment`. The eId of a
paragraph is the fragment of its IRI in the graph, so that each leads to the other.

Limits: tables and emphasis are not kept; the schema asks for a date, so a document of which only the year is known has its
first day, and one without any has 0001-01-01 with the name `unknown`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents, paragraphs
from mandategraph.vocabulary import element_id

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_GENRES = {
    "resolution": ("statement", "resolution"),
    "presidential_statement": ("statement", "presidentialStatement"),
    "conclusions": ("statement", "conclusions"),
    "declaration": ("statement", "declaration"),
    "letter": ("doc", "letter"),
    "meeting_report": ("doc", "meetingReport"),
    "note": ("doc", "note"),
    "report": ("doc", "report"),
    "rules": ("doc", "rules"),
    "speech": ("doc", "speech"),
    "other": ("doc", "document"),
}
_AUTHORS = (("S/", "un-sc"), ("A/HRC/", "un-hrc"), ("A/", "un-ga"), ("E/", "un-ecosoc"))
_ELEMENTS = {
    "para": "paragraph",
    "point": "point",
    "indent": "indent",
    "sec": "section",
    "part": "part",
    "p": "subparagraph",
}


@dataclass(slots=True)
class _Node:
    """A paragraph with those that hang under it."""

    label: str
    kind: str
    text: str
    below: list[_Node] = field(default_factory=list)

    @property
    def eid(self) -> str:
        return element_id(self.label)


def akoma_ntoso_documents(store: GraphStore) -> Iterator[tuple[str, bytes]]:
    """Yield the key of each document and its XML (UTF-8), sorted by key."""
    trees: dict[str, list[_Node]] = {}
    nodes: dict[tuple[str, str], _Node] = {}
    for said in paragraphs(store):
        node = nodes[said.document, said.label] = _Node(said.label, said.kind, " ".join(said.text.split()))
        lead_in = nodes.get((said.document, said.above))
        (lead_in.below if lead_in else trees.setdefault(said.document, [])).append(node)
    for head in documents(store):
        type_, name = _GENRES[head.genre]
        if head.status == "draft":
            name += "Draft"
        root = ET.Element("akomaNtoso", xmlns=NAMESPACE)
        top = ET.SubElement(root, type_, name=name)
        identity = _Identity(
            head.key, type_, head.title or head.key, head.adopted, head.body, _three_letters(head.language)
        )
        identity.write(top)
        _write_parts(top, trees.get(head.key, []), identity)
        ET.indent(root)
        yield head.key, ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


@dataclass(frozen=True, slots=True)
class _Identity:
    """What identifies a document as work, expression and manifestation (FRBR)."""

    key: str
    type: str
    title: str
    date: str
    body: str
    language: str

    def write(self, document: ET.Element, component: str = "main", prefix: str = "") -> None:
        """Write the metadata of the whole document or of a component, whose ids have a prefix."""
        meta = ET.SubElement(document, "meta")
        identification = ET.SubElement(meta, "identification", source=f"#{prefix}mandategraph")
        author = next((a for start, a in _AUTHORS if self.key.startswith(start)), "un")
        number = re.sub(r"[^A-Za-z0-9.]+", "-", self.key).strip("-")
        when = self.date or "unknown"
        work = f"/akn/un/{self.type}/deliberation/{author}/{when}/{number}"
        day, kind = (f"{self.date}-01-01"[:10], "issued") if self.date else ("0001-01-01", "unknown")
        for level, uri in (
            ("Work", work),
            ("Expression", f"{work}/{self.language}@"),
            ("Manifestation", f"{work}/{self.language}@.xml"),
        ):
            part = ET.SubElement(identification, f"FRBR{level}")
            ET.SubElement(part, "FRBRthis", value=f"{uri}/!{component}")
            ET.SubElement(part, "FRBRuri", value=uri)
            if level == "Work":
                ET.SubElement(part, "FRBRalias", name="symbol", value=self.key)
                ET.SubElement(part, "FRBRalias", name="title", value=self.title)
            ET.SubElement(part, "FRBRdate", date=day, name=kind)
            ET.SubElement(
                part, "FRBRauthor", href=f"#{prefix}{'mandategraph' if level == 'Manifestation' else 'author'}"
            )
            if level == "Work":
                ET.SubElement(part, "FRBRcountry", value="un")
                ET.SubElement(part, "FRBRnumber", value=self.key)
            elif level == "Expression":
                ET.SubElement(part, "FRBRlanguage", language=self.language)
            else:
                ET.SubElement(part, "FRBRformat", value="application/xml")
        references = ET.SubElement(meta, "references", source=f"#{prefix}mandategraph")
        body = self.body.strip(" ,") or "United Nations"
        for eid, id_, shown in (("author", author, body), ("mandategraph", "mandategraph", "MandateGraph")):
            href = f"/akn/ontology/organization/{id_}"
            ET.SubElement(references, "TLCOrganization", eId=prefix + eid, href=href, showAs=shown)


def _three_letters(language: str) -> str:
    """Return a language of ISO 639-1 as ISO 639-2 has it, English where none is told."""
    import pycountry

    found = pycountry.languages.get(alpha_2=language) if language else None
    return str(found.alpha_3) if found is not None else "eng"


def _write_parts(top: ET.Element, nodes: Iterable[_Node], identity: _Identity) -> None:
    """Write preface, preamble, main body and attachments."""
    preface: list[_Node] = []
    preamble: list[_Node] = []
    main: list[_Node] = []
    annexes: dict[str, list[_Node]] = {}
    for node in nodes:
        first = node.label.split("/")[0].split("(")[0].split("~")[0]
        if first.startswith("annex"):
            annexes.setdefault(first, []).append(node)
        elif node.kind == "title" and not node.below and not main:
            (preamble if node.label == "title/body" else preface).append(node)
        elif node.kind == "preambular" and re.fullmatch(r"pp\d+(?:~\d+)?", node.label) and not main:
            preamble.append(node)
        else:
            main.append(node)
    if preface:
        element = ET.SubElement(top, "preface")
        for node in preface:
            ET.SubElement(element, "p", eId=node.eid).text = node.text
    if preamble:
        _write_preamble(ET.SubElement(top, "preamble"), preamble)
    _write_body(top, main)
    if annexes:
        attachments = ET.SubElement(top, "attachments")
        for label, below in annexes.items():
            attachment = ET.SubElement(attachments, "attachment", eId=element_id(label))
            document = ET.SubElement(attachment, "doc", name="annex")
            identity.write(document, label, prefix=f"{element_id(label)}__")
            _write_body(document, below)


def _write_preamble(preamble: ET.Element, nodes: Iterable[_Node]) -> None:
    recitals: ET.Element | None = None
    for node in nodes:
        if node.kind == "title":
            formula = ET.SubElement(preamble, "formula", name="enactingFormula", eId=node.eid)
            ET.SubElement(formula, "p").text = node.text
            continue
        if recitals is None:
            recitals = ET.SubElement(preamble, "recitals", eId="recs")
        recital = ET.SubElement(recitals, "recital", eId=node.eid)
        if not node.below:
            ET.SubElement(recital, "p").text = node.text
        else:
            _write_list(recital, node)


def _write_list(parent: ET.Element, node: _Node) -> None:
    """Write a paragraph as a block with its items."""
    block = ET.SubElement(parent, "blockList", eId=f"{node.eid}__list_1")
    ET.SubElement(block, "listIntroduction").text = node.text
    for child in node.below:
        item = ET.SubElement(block, "item", eId=child.eid)
        _write_number(item, child)
        if child.below:
            _write_list(item, child)
        else:
            ET.SubElement(item, "p").text = child.text


def _write_body(document: ET.Element, nodes: Iterable[_Node]) -> None:
    body = ET.SubElement(document, "mainBody")
    place = body
    for node in nodes:
        if node.kind == "heading" and not node.below:
            place = ET.SubElement(body, "section", eId=node.eid)
            ET.SubElement(place, "heading").text = node.text
        else:
            _write_node(place, node)
    if len(body) == 0:
        ET.SubElement(body, "p")


def _write_node(parent: ET.Element, node: _Node) -> None:
    last = node.eid.rsplit("__", 1)[-1] if "~" not in node.label else node.eid.rsplit("__", 2)[-2]
    kind = re.sub(r"[_\d].*", "", last)
    if kind in _ELEMENTS:
        element = ET.SubElement(parent, _ELEMENTS[kind], eId=node.eid)
    else:
        element = ET.SubElement(parent, "hcontainer", name="recital" if kind == "rec" else node.kind, eId=node.eid)
    _write_number(element, node)
    words = ET.SubElement(ET.SubElement(element, "intro" if node.below else "content"), "p")
    words.text = node.text
    for child in node.below:
        _write_node(element, child)


def _write_number(element: ET.Element, node: _Node) -> None:
    """Write the number that the text shows: of 28(a)(iii) it is (iii), of 28 it is 28."""
    bare = node.label.partition("~")[0]
    if found := re.search(r"(\([^()]+\)|(?<![^/])\d+(?:\.\d+)*)$", bare):
        if "(" in found[1] or "/" not in bare or re.match(r"(?:annex|part)[^/]*/\d", bare):
            ET.SubElement(element, "num").text = found[1] if "(" in found[1] else f"{found[1]}."

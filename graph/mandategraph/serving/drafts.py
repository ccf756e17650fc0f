"""A draft that somebody gives in a form -> the page that tells what it changes, and that as files; nothing of it is kept.

In: the body of a POST (`multipart/form-data`): a file or words, and a day and a predecessor where they are given. It is read in this process, which is a worker
between walls. Out: what the template takes. The files stand within the page, as links to their bytes, so that nobody has to send the draft again for them.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesParser
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.serving.files import CSV, MARKDOWN, SARIF, WORD, XLSX
from mandategraph.serving.parameters import FIELDS, one
from mandategraph.vocabulary import BASE

if TYPE_CHECKING:
    from mandategraph.answering.briefs import Note
    from mandategraph.building.extracting import Reader
    from mandategraph.drafting.drafts import Draft

FORM = "multipart/form-data"
LARGEST = 10_000_000
_MOST_PARTS = 20
_LONGEST_NAME = 200
_PASTED = "pasted.txt"


@dataclass(frozen=True, slots=True)
class Form:
    """What a form gives: its fields in their order, and the file with its name, "" where none is given."""

    fields: tuple[tuple[str, str], ...] = ()
    name: str = ""
    content: bytes = b""


def draft_page(store: GraphStore, content_type: str, body: bytes) -> dict[str, Any]:
    """Return what the page of a draft takes; without a body, of the form alone.

    Raises:
        QueryError: the form is none, or does not give one draft.
        SourceError: the draft cannot be read.
        NotFoundError: there is no such predecessor, or the store is empty.
    """
    form = form_of(content_type, body)
    typed = "".join(value for name, value in form.fields if name == "text")
    given = one(FIELDS["draft"], [(name, value) for name, value in form.fields if name != "text"])
    if not body:
        return {"given": given, "brief": None}
    if bool(form.content) == bool(typed.strip()):
        raise QueryError("give a file or words, one of them", hint="Go back, and choose a file or paste a draft.")
    name, content = (form.name or _PASTED, form.content) if form.content else (_PASTED, typed.encode())
    return {"given": given, **_shown(store, name, content, given["against"], given["on"])}


@cache
def draft_reader() -> Reader:
    """Return what a draft is read with, made once."""
    from mandategraph.building.extracting import Reader
    from mandategraph.lexicon import load_tables

    return Reader(load_tables())


def form_of(content_type: str, body: bytes) -> Form:
    """Return what a form gives.

    Args:
        content_type: of the body, with its boundary.
        body: empty where nothing was sent yet.

    Raises:
        QueryError: it is no such form, or has too many fields.
    """
    if not body:
        return Form()
    head = f"Content-Type: {content_type}\r\n\r\n".encode("ascii", "replace")
    message = BytesParser().parsebytes(head + body)
    parts = message.get_payload() if message.is_multipart() else []
    if not isinstance(parts, list) or not parts or len(parts) > _MOST_PARTS:
        raise QueryError(f"a draft is sent as a form ({FORM})", hint="Send the fields file or text, on and against.")
    fields: list[tuple[str, str]] = []
    name, content = "", b""
    for part in parts:
        value = part.get_payload(decode=True) if isinstance(part, Message) else None
        if not isinstance(part, Message) or not isinstance(value, bytes):
            raise QueryError("a field of the form holds fields itself", hint="Send each on its own.")
        field, sent = _said_of(part)
        if field == "file":
            name, content = sent, value
        else:
            fields.append((field, value.decode("utf-8", "replace")))
    return Form(tuple(fields), name, content)


def _said_of(part: Message) -> tuple[str, str]:
    """Return the name of a field, and of its file without folders, "" where it has none; browsers write both in UTF-8."""
    written = next((value for name, value in part.raw_items() if name.lower() == "content-disposition"), "")
    read = Message()
    read["Content-Disposition"] = str(written).encode("ascii", "surrogateescape").decode("utf-8", "replace")
    name = PurePosixPath(read.get_filename("").replace("\\", "/")).name
    return str(read.get_param("name", "", "content-disposition")), name[-_LONGEST_NAME:]


def _shown(store: GraphStore, name: str, content: bytes, against: str, day: str) -> dict[str, Any]:
    from mandategraph.drafting.landscape import beside
    from mandategraph.drafting.paper import paper_of
    from mandategraph.exporting import brief as briefs
    from mandategraph.exporting import drafts as tables
    from mandategraph.exporting.sarif import to_sarif

    store.filled()
    given = _read(name, content, day)
    found = beside(store, given, against=against)
    linked = paper_of(store, found, is_linked=True)
    bare = replace(linked, notes=tuple(replace(note, iri="") for note in linked.notes))
    files = {
        "draft.docx": (WORD, briefs.to_docx(bare)),
        "draft.md": (MARKDOWN, briefs.to_markdown(bare)),
        "draft.xlsx": (XLSX, tables.to_workbook(found)),
        "draft.csv": (CSV, tables.to_csv(found).encode()),
        "draft.sarif": (SARIF, to_sarif(given, found.findings).encode()),
    }
    saved = [(file, f"data:{type_};base64,{b64encode(made).decode()}") for file, (type_, made) in files.items()]
    return {"saved": saved, **briefs.for_template(linked, _link)}


def _read(name: str, content: bytes, day: str) -> Draft:
    from mandategraph.drafting.drafts import draft_of
    from mandategraph.reading import Item, Loaded, SourceReader

    with SourceReader(is_apart=False) as sources:
        source = sources.read(Loaded(Item(Path(name)), content, hashlib.sha256(content).hexdigest()))
    return draft_of(source, where=name, day=day, reader=draft_reader())


def _link(note: Note) -> str:
    return f"/{note.iri.removeprefix(BASE)}" if note.iri else ""

"""What all pages share: the frame around a page, the store that it is about, and what is said of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from pyoxigraph import NamedNode

from mandategraph import __version__
from mandategraph.answering.standing import in_force
from mandategraph.errors import AmbiguousError, MandateGraphError, NotFoundError
from mandategraph.exporting.pages import LOADER
from mandategraph.keeping.shared import SharedReader
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.labels import labels_of, paragraph_in_words
from mandategraph.serving.answers import POLICY, RETRY, Answer, headers
from mandategraph.serving.bundle import bundled
from mandategraph.serving.document import Editor
from mandategraph.serving.menu import MENU, group_of
from mandategraph.serving.tables import Cell, link_of


class Frame:
    """The frame of the pages of a store.

    Args:
        path: of the store, which a build may write meanwhile.
        is_as_read: show what the machine reads, without what people corrected.
        editor: who may correct.
    """

    def __init__(self, path: Path, *, is_as_read: bool, editor: Editor) -> None:
        self.reader = SharedReader(path, is_as_read=is_as_read)
        self._editor = editor
        self._held: tuple[tuple[str, str], GraphStore] | None = None
        self.templates = Environment(
            loader=ChoiceLoader([PackageLoader("mandategraph.serving"), LOADER]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self.templates.filters["para"] = paragraph_in_words

    def html(
        self, template: str, status: int = 200, *, policy: str = POLICY, kept: str = "no-cache", **given: Any
    ) -> Answer:
        """Return a page from its template; `here` is its route where that is not the template's name."""
        state, written = self.reader.state(), self.reader.written()
        here = given.pop("here", template.removesuffix(".html"))
        here = {"question": "questions"}.get(here, here)
        text = self.templates.get_template(template).render(
            version=__version__,
            state=state,
            written=written,
            is_bundled=bundled("stale.js") is not None,
            menu=MENU,
            editor=self._editor,
            here=here,
            menu_group=group_of(here),
            **given,
        )
        more = {"Retry_After": str(RETRY)} if status == 503 else {}
        return Answer(status, "text/html; charset=utf-8", text.encode(), headers(policy, Cache_Control=kept, **more))

    def store_of(self, given: Mapping[str, str]) -> tuple[GraphStore, dict[str, str]]:
        """Return the store that a page is about, of what is in force where a day is given, and what else is given; the last day's is kept."""
        day, asked = given.get("in_force", ""), {name: value for name, value in given.items() if name != "in_force"}
        store = self.reader.store()
        if not day:
            return store, asked
        key = (self.reader.state(), day)
        if self._held is None or self._held[0] != key:
            self._held = (key, in_force(store, day))
        return self._held[1], asked

    def nearest(self, error: NotFoundError | AmbiguousError) -> Answer:
        """Say that a name is not that of one thing, with links to those that come nearest."""
        labels = labels_of(self.reader.store())
        near = [
            Cell(
                labels.title(iri),
                link_of(NamedNode(iri)),
                labels.of(iri) if labels.of(iri) != labels.title(iri) else "",
            )
            for iri in error.near
        ]
        is_many = isinstance(error, AmbiguousError)
        title, said = (
            ("Which one?", advice(error)) if is_many else ("Not found", f"{error.message}. {error.hint}".strip())
        )
        return self.html(
            "error.html", 400 if is_many else 404, title=title, said=said, near=near, name=_typed(error.message)
        )


def advice(error: MandateGraphError) -> str:
    """Return what an error says to a reader of pages: advice to run a command is none here."""
    said = f"{error.message}." if "mandategraph " in error.hint else str(error)
    return said[:1].upper() + said[1:]


def _typed(message: str) -> str:
    """Return the name that an error is about, "" where it names none."""
    found = re.search(r"'(.+)'", message)
    return found[1] if found else ""

"""The store -> the network as one HTML file, to be opened from disk, or as the part of a page that is served.

In: a store, and what to draw of it. Out: the page as text. Its script and style are bundled from `graph/explorer` when the
package is built; texts of documents stand in it as data, and a Content-Security-Policy allows its own script alone.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Any

from mandategraph.errors import ResourceError
from mandategraph.keeping.store import GraphStore
from mandategraph.resources import folder
from mandategraph.viewing.picturing import details, picture

__all__ = ["details", "embedded", "part", "picture", "policy", "view"]
_POLICY = "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data: blob:; base-uri 'none'; form-action 'none'"
_MISSING = "Install Node.js 20 or later, or let pip reach its registry, and install MandateGraph again."


def view(
    store: GraphStore,
    *,
    projection: str = "actor-actor",
    documents: Sequence[str] = (),
    actors: Sequence[str] = (),
    themes: Sequence[str] = (),
) -> str:
    """Return the page as one file.

    Args:
        store: open.
        projection: how it begins, one of `mandategraph.answering.network.PROJECTIONS`.
        documents: only what these documents say, by key; all where none is given.
        actors: only obligations and facts that one of these actors or instruments is an end of, by id or symbol.
        themes: only obligations on these themes, by id.

    Raises:
        QueryError: a document, actor or theme is not there, or nothing is left to draw.
        ResourceError: the page's script was not bundled when the package was built.
    """
    drawn = picture(store, projection=projection, documents=documents, actors=actors, themes=themes)
    return Template(part("file.html")).substitute(
        policy=policy(),
        title=html.escape(drawn["title"]),
        style=_style(),
        network=part("network.html"),
        picture=embedded(drawn),
        script=part("explorer.js"),
    )


def embedded(drawn: Mapping[str, Any]) -> str:
    """Return a picture as the text of a data block, which ends at any "</script", and where a comment could begin at "<!--": no "<" stands in it."""
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def policy() -> str:
    """Return the Content-Security-Policy of the file: its own script and style, and nothing from elsewhere.

    Raises:
        ResourceError: the page's script was not bundled when the package was built.
    """
    return _POLICY.format(script=_digest(part("explorer.js")), style=_digest(_style()))


def part(name: str) -> str:
    """Return a part of the page as it was bundled.

    Raises:
        ResourceError: it was not, when the package was built.
    """
    try:
        text = (folder("explorer") / name).read_text(encoding="utf-8")
    except (ResourceError, FileNotFoundError) as error:
        raise ResourceError("the page's script was not bundled", where=name, hint=_MISSING) from error
    return text.replace("</script", "<\\/script") if name.endswith(".js") else text


def _style() -> str:
    """Return the colours of all pages, and the style of the network."""
    palette = files("mandategraph.exporting") / "static" / "palette.css"
    return palette.read_text(encoding="utf-8") + part("explorer.css")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

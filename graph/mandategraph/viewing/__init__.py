"""The store -> one HTML file with the network, to be opened from disk: no network access, no server.

In: a store, and what to draw of it. Out: the page as text. Its script and style are bundled from `graph/explorer` when the
package is built; texts of documents stand in it as data, and a Content-Security-Policy allows its own script alone.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from string import Template
from typing import Any

from mandategraph.answering.network import project
from mandategraph.errors import QueryError, ResourceError
from mandategraph.exporting.network import read_network
from mandategraph.keeping.naming import ThingKind, find, find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.things import concept_labels
from mandategraph.resources import folder
from mandategraph.viewing.placing import place
from mandategraph.vocabulary import BASE, document_iri, element_id, shorten

_POLICY = "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data: blob:; base-uri 'none'; form-action 'none'"
_MISSING = "Install Node.js 20 or later, or let pip reach its registry, and install MandateGraph again."


def view(
    store: GraphStore,
    *,
    projection: str = "full",
    documents: Sequence[str] = (),
    actors: Sequence[str] = (),
    themes: Sequence[str] = (),
    state: str = "",
) -> str:
    """Return the page.

    Args:
        store: open.
        projection: one of `mandategraph.answering.network.PROJECTIONS`.
        documents: only what these documents say, by key; all where none is given.
        actors: only obligations and facts that one of these actors or instruments is an end of, by id or symbol.
        themes: only obligations on these themes, by id.
        state: of the store, where `mandategraph serve` gives the page: its other pages are there to lead to, and it asks whether
            the store has changed.

    Raises:
        QueryError: a document, actor or theme is not there, or nothing is left to draw.
        ResourceError: the page's script was not bundled when the package was built.
    """
    drawn = picture(store, projection=projection, documents=documents, actors=actors, themes=themes)
    if state:
        drawn["state"] = state
        for each in (*drawn["nodes"], *drawn["edges"]):
            each["place"] = _place(each)
    style, script, page = (_part(name) for name in ("explorer.css", "explorer.js", "explorer.html"))
    # A data block ends at any "</script", and a comment could begin at "<!--": no "<" stands in it as such.
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Template(page).substitute(
        policy=policy(is_served=bool(state)),
        title=html.escape(drawn["title"]),
        style=style,
        picture=text,
        script=script,
    )


def policy(*, is_served: bool = False) -> str:
    """Return the Content-Security-Policy of the page: its own script and style, and nothing from elsewhere.

    Served, it may ask its server.

    Raises:
        ResourceError: the page's script was not bundled when the package was built.
    """
    given = _POLICY.format(script=_digest(_part("explorer.js")), style=_digest(_part("explorer.css")))
    return f"{given}; connect-src 'self'" if is_served else given


def picture(
    store: GraphStore,
    *,
    projection: str = "full",
    documents: Sequence[str] = (),
    actors: Sequence[str] = (),
    themes: Sequence[str] = (),
) -> dict[str, Any]:
    """Return what the page draws: nodes with their places, edges by the numbers of their ends, words for ids."""
    network = read_network(
        store,
        documents=[document_iri(key) for key in find_documents(store, documents)],
        actors=[find(store, name, (ThingKind.INSTRUMENT, ThingKind.ACTOR)).iri for name in actors],
        themes=[find(store, theme, (ThingKind.THEME,)).iri for theme in themes],
    )
    network = project(network, projection)
    if not network.number_of_edges():
        raise QueryError("there is nothing to draw", hint="Choose other documents, actors or themes.")
    places = place(network)
    labels = concept_labels(store)
    numbers = {node: n for n, node in enumerate(network)}
    nodes = []
    for node, said in network.nodes(data=True):
        x, y = places[node]
        listed = {k: v for k, v in said.items() if k != "bipartite"}
        if said["kind"] == "other":
            listed["label"] = labels.get(shorten(node), said["label"])
        listed["themes"] = said["themes"].split("|") if said["themes"] else []
        nodes.append({"id": node.removeprefix(BASE), **listed, "x": x, "y": y})
    edges = []
    for source, target, said in network.edges(data=True):
        listed = {k: v for k, v in said.items() if k != "id"}
        if any(network.nodes[end]["kind"] == "obligation" for end in (source, target)):
            listed["quotation"] = ""
        edges.append({"source": numbers[source], "target": numbers[target], **listed})
    return {
        "title": "MandateGraph",
        "labels": labels,
        "nodes": nodes,
        "edges": edges,
    }


def _place(said: dict[str, Any]) -> str:
    """Return the path of a page: of an actor or instrument its own, else of the paragraph in the reading view."""
    if said.get("kind") in {"actor", "instrument"} and "#" not in said["id"]:
        return f"/{said['id']}"
    if not said["document"]:
        return ""
    return f"/{document_iri(said['document']).removeprefix(BASE)}#{element_id(said['paragraph'])}"


def _part(name: str) -> str:
    try:
        text = (folder("explorer") / name).read_text(encoding="utf-8")
    except (ResourceError, FileNotFoundError) as error:
        raise ResourceError("the page's script was not bundled", where=name, hint=_MISSING) from error
    return text.replace("</script", "<\\/script") if name.endswith(".js") else text


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

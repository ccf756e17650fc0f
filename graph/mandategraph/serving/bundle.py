"""The scripts and styles that are bundled from `graph/explorer`, as the server gives them."""

from __future__ import annotations

from mandategraph.errors import ResourceError
from mandategraph.resources import folder
from mandategraph.serving.answers import Answer, headers

_BUNDLED = {
    "explorer.css": "text/css",
    "explorer.js": "text/javascript",
    "query.js": "text/javascript",
    "reading.js": "text/javascript",
    "search.js": "text/javascript",
    "stale.js": "text/javascript",
}


def bundled(name: str) -> Answer | None:
    """Return a script or style of the pages, or None where it was not bundled when the package was built."""
    if name not in _BUNDLED:
        return None
    try:
        found = (folder("explorer") / name).read_bytes()
    except (ResourceError, FileNotFoundError):
        return None
    return Answer(200, f"{_BUNDLED[name]}; charset=utf-8", found, headers())

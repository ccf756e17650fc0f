"""Pages and pictures that stand alone: HTML and SVG from the package's templates, the style within, no script, nothing from elsewhere.

The same templates make the pages of `serving`, which gives them its own frame.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mandategraph import __version__

LOADER = PackageLoader("mandategraph.exporting")
STATIC = ("mandategraph.exporting", "static")


def render(body: str, *, title: str, **given: Any) -> str:
    """Return a page around a template of this package.

    Args:
        body: name of the template.
        title: of the page.
        given: what the template takes.
    """
    return (
        _environment()
        .get_template("page.html")
        .render(body=body, title=title, style=_style("palette.css", "paper.css"), version=__version__, **given)
    )


def render_svg(picture: str, **given: Any) -> str:
    """Return a picture with its style within; `given` is what its template takes."""
    return _environment().get_template(picture).render(style=_style("palette.css", "drawing.css"), **given)


def _style(*names: str) -> Markup:
    folder = files("mandategraph.exporting") / "static"
    return Markup("".join((folder / name).read_text(encoding="utf-8") for name in names))


@cache
def _environment() -> Environment:
    return Environment(loader=LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

"""A lineage in files: CSV, JSON, and a drawing of its lanes as SVG."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mandategraph.answering.comparing import Change
from mandategraph.answering.lineage import COLUMNS, Lineage, Mandate, Step
from mandategraph.answering.tabling import as_csv
from mandategraph.exporting.pages import render_svg
from mandategraph.recalling.statements import Stated

SIDE, COLUMN, LANE, HEAD, BOX = 400, 112, 26, 150, 92
MOST = 80
_LETTERS = 52
_SIGNS = {
    Change.KEPT: "=",
    Change.STRENGTHENED: "▲",
    Change.WEAKENED: "▼",
    Change.EXTENDED: "→",
    Change.REWORDED: "~",
    Change.MOVED: "↷",
    Change.SPLIT: "»",
    Change.ADDED: "+",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A statement in the drawing; places in pixels, `said` in words."""

    x: float
    step: Step
    sign: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A lane: its gist, its statements, and the lines between them (from, to, change)."""

    y: float
    gist: str
    nodes: tuple[Node, ...]
    lines: tuple[tuple[float, float, str], ...]


def to_csv(lineage: Lineage) -> str:
    """Return a row for each step as CSV."""
    return as_csv(COLUMNS, lineage.rows())


def to_json(lineage: Lineage) -> str:
    """Return the mandates, and the lanes as lists of steps, as JSON."""
    steps = [dict(zip(COLUMNS, row, strict=True)) for row in lineage.rows()]
    lanes = [[step for step in steps if step["lane"] == str(n)] for n in range(1, len(lineage.lanes) + 1)]
    mandates = [{"key": mandate.key, "day": mandate.day} for mandate in lineage.mandates]
    return json.dumps({"mandates": mandates, "lanes": lanes}, ensure_ascii=False, indent=1) + "\n"


def to_svg(lineage: Lineage) -> str:
    """Return the drawing as a picture that stands alone."""
    return render_svg("lanes.svg", **for_template(lineage, lambda _: ""))


def for_template(lineage: Lineage, link_of: Callable[[Stated], str]) -> dict[str, Any]:
    """Return what the template of the drawing takes: the lanes that go on, `MOST` of them, over the mandates that they touch.

    `link_of` says where a statement's paragraph is to be read, "" where nowhere. What stands in one mandate alone is counted in `alone`.
    """
    going = lineage.going
    shown = going[:MOST]
    used = sorted({step.column for lane in shown for step in lane}) or list(range(len(lineage.mandates)))
    x = {column: SIDE + COLUMN * n for n, column in enumerate(used)}
    rows = tuple(_row(HEAD + LANE * n, lane, x) for n, lane in enumerate(shown))
    single = Counter(lane[0].column for lane in lineage.lanes if len(lane) == 1)
    heads: list[tuple[float, Mandate]] = [(x[column], lineage.mandates[column]) for column in used]
    return {
        "rows": rows,
        "heads": heads,
        "alone": [(x[column], single[column]) for column in used if single[column]],
        "left": len(going) - len(shown),
        "width": SIDE + COLUMN * len(used) + 130,
        "height": HEAD + LANE * (len(rows) + 1) + 12,
        "side": SIDE,
        "head": HEAD,
        "lane": LANE,
        "box": BOX,
        "link_of": link_of,
    }


def _row(y: float, lane: tuple[Step, ...], x: dict[int, int]) -> Row:
    nodes = tuple(Node(x[step.column], step, _SIGNS[Change(step.change)], _said(step)) for step in lane)
    lines = tuple((a.x + BOX, b.x, b.step.change) for a, b in pairwise(nodes))
    return Row(y, _cut(lane[-1].stated.text), nodes, lines)


def _said(step: Step) -> str:
    stated, why = step.stated, "; ".join(step.pair.reasons) if step.pair else ""
    about = f"{step.change}{f' ({why})' if why else ''}"
    return f"{stated.document}, {stated.paragraph}: {about}: {stated.text}"


def _cut(words: str) -> str:
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…"

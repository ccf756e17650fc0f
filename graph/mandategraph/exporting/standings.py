"""Observations held against targets, in files: a chart as SVG, CSV, and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from mandategraph.answering.tabling import as_csv
from mandategraph.answering.targets import COLUMNS, Observation, Standing, Target
from mandategraph.exporting.pages import render_svg

WIDTH, NAMES, BARS, ROW, HEAD = 1060, 390, 340, 24, 40
_LETTERS = 52


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart: places and lengths in pixels."""

    y: float
    length: float
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of a target, with where its line stands, in pixels."""

    y: float
    aim: float
    target: Target
    bars: tuple[Bar, ...]


def to_csv(standings: Sequence[Standing]) -> str:
    """Return standings as CSV."""
    return as_csv(COLUMNS, (standing.row() for standing in standings))


def to_json(standings: Sequence[Standing]) -> str:
    """Return standings as JSON."""
    found = [{"answer": standing.answer, **asdict(standing)} for standing in standings]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def to_svg(standings: Sequence[Standing]) -> str:
    """Return the chart as a picture that stands alone."""
    return render_svg("standings.svg", **for_template(standings, lambda _: ""))


def for_template(
    standings: Sequence[Standing], link_of: Callable[[Target | Observation], str], named: Callable[[str], str] = str
) -> dict[str, Any]:
    """Return what the template of the chart takes.

    Args:
        standings: those of one target together.
        link_of: says where a paragraph is to be read, "" where nowhere.
        named: gives the names of ids, which stand for themselves where it is not given.
    """
    groups, y = [], 0.0
    for target, members in groupby(standings, key=lambda standing: standing.target):
        seen = [standing for standing in members if standing.observation]
        most = max([target.value, *(s.observation.value for s in seen if s.observation)]) * 1.1 or 1.0
        wide, top = BARS / most, y + HEAD
        bars = tuple(
            Bar(top + n * ROW, s.observation.value * wide, _name(s.observation, named), s)
            for n, s in enumerate(seen)
            if s.observation
        )
        groups.append(Group(y, NAMES + target.value * wide, target, bars))
        y = top + max(len(bars), 1) * ROW + 8
    return {
        "groups": groups,
        "width": WIDTH,
        "height": y,
        "names": NAMES,
        "row": ROW,
        "head": HEAD,
        "link_of": link_of,
        "named": named,
    }


def _name(seen: Observation, named: Callable[[str], str]) -> str:
    """Return what a bar is called: the body and, where that says more, what was counted of it; cut to fit."""
    of = named(seen.of)
    name = of if seen.of == seen.measures or not seen.measures else f"{of}: {seen.measures}"
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"

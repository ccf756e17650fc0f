"""The page of design says what the pages do: its colours and contrast are those of the palette."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
PALETTE = (ROOT / "graph/mandategraph/exporting/static/palette.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in PALETTE.split("@media"))
PAIRS = re.findall(r"^\| ([\w-]+) on ([\w-]+) \| ([\d.]+) \| ([\d.]+) \|$", DESIGN, re.MULTILINE)
COLOURS = re.findall(r"^\| `--([\w-]+)` \| (#\w{6}) \| (#\w{6}) \|", DESIGN, re.MULTILINE)


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb" (WCAG 2.2)."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("text", "behind", "told", "wanted"), PAIRS, ids=str)
def test_the_contrast_is_as_told(text: str, behind: str, told: str, wanted: str) -> None:
    found = min(contrast(of[text], of[behind]) for of in (LIGHT, DARK))
    assert f"{found:.2f}" == told
    assert found >= float(wanted)


def test_the_colours_are_as_told() -> None:
    assert len(COLOURS) >= 10
    assert {(name, LIGHT[name], DARK[name]) for name, _, _ in COLOURS} == set(COLOURS)


def test_a_pair_that_cannot_be_read_would_be_found() -> None:
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")

"""Phrases of sentences of our own, through the real pipeline: what is grouped, and what hangs on what."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import make

GROUPS = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(*case[1:3], id=case[0]) for cases in GROUPS["right"].values() for case in cases]
CASES += [
    pytest.param(*case[1:3], id=case[0], marks=pytest.mark.xfail(reason=case[3], strict=True))
    for case in GROUPS["wrong"]
]


def bracketed(text: str) -> str:
    """Return the bracketing of a text that stands as an operative paragraph of a resolution."""
    name, frame = make.FORMS["resolution"]
    return dict(make.reader().phrases(make.source(frame.format(text=f"1. {text}"), name)))["1"]


@pytest.mark.parametrize(("text", "bracketing"), CASES)
def test_phrases(text: str, bracketing: str) -> None:
    assert bracketed(text) == bracketing

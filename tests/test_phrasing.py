"""Phrases of sentences of our own, through the real pipeline: what is grouped, and what hangs on what."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import make
from mandategraph.phrasing.words import PREPOSITIONS

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


# --- a sentence for each row of the frames ----------------------------------------------------------------------------

FRAMES = sorted(make.tables().frames.rows.items())


def sentence(word: str, kind: str, preposition: str) -> str:
    """Return a sentence in which a word takes UNICEF with a preposition, as its object, or as the subject of a clause.

    Another noun stands between them where it can, so that only a frame ties them.
    """
    if kind == "adverb":
        return f"Requests UNDP to act {word} {preposition} UNICEF;"
    if kind == "noun":
        before, _, noun = word.rpartition(" ")
        stands = f"act {before}" if before in PREPOSITIONS else "see"
        between = "" if preposition == "of" else "of the roof "
        return (
            f"Requests UNDP to {stands} the {noun if before in PREPOSITIONS else word} {between}{preposition} UNICEF;"
        )
    if preposition == "that":
        return f"Requests UNDP to {word} that UNICEF shall act;"
    between = {"": "", "of": "Chad "}.get(preposition, "the roof ")
    return f"Requests UNDP to {word} {between}{preposition} UNICEF;"


@pytest.mark.parametrize(("row", "role"), FRAMES, ids=lambda x: "-".join(x) if isinstance(x, tuple) else None)
def test_every_frame_gives_its_role(row: tuple[str, str, str], role: str) -> None:
    word, _, preposition = row
    via = {"": "object", "that": "subject"}.get(preposition, preposition)
    wanted = f"[UNICEF{' =' * bool(role)}{role} {via}>{word.rpartition(' ')[2]}]"
    assert wanted in bracketed(sentence(*row))

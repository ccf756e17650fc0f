"""How well the program reads: its records against reference annotations, and which of its rules and rows change what is read."""

from mandategraph.evaluating.judging import (
    Change,
    Judgement,
    Outcome,
    Record,
    Score,
    compare,
    confusion,
    evaluate,
    judge,
    misses,
    read_export,
    score,
)

__all__ = [
    "Change",
    "Judgement",
    "Outcome",
    "Record",
    "Score",
    "compare",
    "confusion",
    "evaluate",
    "judge",
    "misses",
    "read_export",
    "score",
]

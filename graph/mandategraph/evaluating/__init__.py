"""How well the program reads: its records against reference annotations, and which of its rules and rows change what is read."""

from mandategraph.evaluating.confirmed import judge_corrections, write_annotations
from mandategraph.evaluating.judging import evaluate, judge
from mandategraph.evaluating.reference import Record, read_export
from mandategraph.evaluating.scoring import Change, Judgement, Outcome, Score, compare, confusion, misses, score

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
    "judge_corrections",
    "misses",
    "read_export",
    "score",
    "write_annotations",
]

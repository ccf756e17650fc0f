"""Records of the store against reference annotations: precision, recall and F1, field by field.

A reference folder holds `SOURCE` (one line: the annotated text, relative to the folder) and `statements.jsonl`,
`indicators.jsonl`, `relations.jsonl`, whose anchors are words of that text. A statement is found when its trigger
overlaps the reference trigger; fields are scored on those found. `obligation` asks that trigger, act and the whole set
of addressees be right, over all directives, authorizations, prohibitions and commitments.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mandategraph.errors import SourceError
from mandategraph.records import OBLIGING

Record = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of what was right, wrongly given and missed."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 1 where nothing was given."""
        given = self.right + self.spurious
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """Share of the reference that was given; 1 where the reference is empty."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add_one(self, wanted: object, given: object) -> bool:
        """Count one value against one, and return whether they are equal."""
        right = wanted == given
        self.right += right
        self.spurious += not right
        self.missed += not right
        return right

    def add_sets(self, wanted: Iterable[object], given: Iterable[object]) -> bool:
        """Count two sets against each other, and return whether they are equal."""
        a, b = set(wanted), set(given)
        self.right += len(a & b)
        self.missed += len(a - b)
        self.spurious += len(b - a)
        return a == b


def evaluate(records: Iterable[Record], folders: Iterable[Path]) -> dict[str, Score]:
    """Return the scores of records against reference folders, by field.

    Args:
        records: as `exporting.records.read_records` yields them.
        folders: reference folders, or folders of them.

    Raises:
        SourceError: a folder is no reference folder, or its annotations do not fit their text.
    """
    by_source: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_source[record["source"]].append(record)
    scores: dict[str, Score] = defaultdict(Score)
    for folder in _reference_folders(folders):
        source = folder / (folder / "SOURCE").read_text(encoding="utf-8").strip()
        try:
            text = source.read_text(encoding="utf-8")
        except OSError as error:
            raise SourceError(
                "the annotated text is missing", where=str(source), hint="See the folder's SOURCE."
            ) from error
        mine = by_source[source.stem]
        _score_statements(folder, text, [r for r in mine if r["record"] == "statement"], scores)
        _score_indicators(folder, text, [r for r in mine if r["record"] == "indicator"], scores)
        wanted = {_triple(r) for r in _load(folder / "relations.jsonl")}
        scores["relation"].add_sets(wanted, {_triple(r) for r in mine if r["record"] == "relation"})
    return dict(scores)


def _reference_folders(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        found = [folder] if (folder / "SOURCE").is_file() else sorted(p.parent for p in folder.glob("*/SOURCE"))
        if not found:
            hint = "A reference folder holds a file SOURCE."
            raise SourceError("no reference annotations here", where=str(folder), hint=hint)
        yield from found


def _load(path: Path) -> Iterator[Record]:
    if not path.exists():
        return
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise SourceError(f"not JSON ({error})", where=f"{path}:{n}", hint="Mend the line.") from error


def _find(text: str, record: Record, where: Path) -> int:
    pattern = re.compile(r"\s+".join(re.escape(w) for w in record["anchor"].split()))
    hits = [m.start() for m in pattern.finditer(text)]
    occurrence = int(record.get("occurrence", 1))
    if len(hits) < occurrence:
        raise SourceError(
            f"the anchor {record['anchor']!r} is not in the text", where=str(where), hint="Mend the annotation."
        )
    return hits[occurrence - 1]


def _score_statements(folder: Path, text: str, given: Sequence[Record], scores: dict[str, Score]) -> None:
    free = sorted(given, key=lambda r: r["start"])
    wanted = []
    for record in _load(folder / "statements.jsonl"):
        start = _find(text, record, folder)
        wanted.append((start, start + len(record["anchor"].split()[0]), record))
    for start, end, record in sorted(wanted, key=lambda w: w[0]):
        obliging = record["act"] in OBLIGING
        match = next((r for r in free if r["start"] < end and r["end"] > start), None)
        if match is None:
            scores["statement"].missed += 1
            scores["obligation"].missed += obliging
            continue
        free.remove(match)
        scores["statement"].right += 1
        _score_fields(record, match, scores)
    for record in free:
        scores["statement"].spurious += 1
        scores["obligation"].spurious += record["act"] in OBLIGING


def _score_fields(wanted: Record, given: Record, scores: dict[str, Score]) -> None:
    for name, key in (("verb", "verb"), ("paragraph label", "para"), ("status", "status")):
        scores[name].add_one(wanted[key], given[key])
    act = scores["act"].add_one(wanted["act"], given["act"])
    parties = scores["addressee id"].add_sets(
        *([p["id"] or p["text"] for p in r["addressees"]] for r in (wanted, given))
    )
    for name, key in (("action", "actions"), ("counterpart", "counterparts")):
        scores[name].add_sets(wanted[key], given[key])
    scores["instrument"].add_sets(*(map(_plain, r["instruments"]) for r in (wanted, given)))
    scores["deadline"].add_sets(*(_deadline(r.get("deadline")) for r in (wanted, given)))
    asked, told = wanted["act"] in OBLIGING, given["act"] in OBLIGING
    if asked and told and act and parties:
        scores["obligation"].right += 1
    else:
        scores["obligation"].missed += asked
        scores["obligation"].spurious += told


def _score_indicators(folder: Path, text: str, given: Sequence[Record], scores: dict[str, Score]) -> None:
    free = list(given)
    path = folder / "indicators.jsonl"
    if not path.exists():
        return
    for record in _load(path):
        start = _find(text, record, folder)
        match = next(
            (
                r
                for r in free
                if r["start"] <= start + 2 and r["end"] >= start and abs(r["value"] - record["value"]) < 1e-9
            ),
            None,
        )
        if match is None:
            scores["indicator"].missed += 1
        else:
            free.remove(match)
            scores["indicator"].right += 1
    scores["indicator"].spurious += len(free)


def _plain(id_: object) -> str:
    return re.sub(r"\s+", "", str(id_)).upper()


def _triple(record: Record) -> tuple[str, ...]:
    return tuple(_plain(record[k]) for k in ("subject", "relation", "object"))


def _deadline(deadline: Record | None) -> tuple[object, ...]:
    if not deadline:
        return ()
    if deadline["type"] == "event":
        return (deadline.get("resolves") or "event",)
    return (deadline.get("value"),)

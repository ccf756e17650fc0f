"""Records of the store against reference annotations: scores, confusion of acts, misses by cause, two runs compared.

A reference folder holds `SOURCE` (one line: the annotated text, relative to the folder) and `statements.jsonl`,
`indicators.jsonl`, `relations.jsonl`, whose anchors are words of that text. A statement is found when its trigger
overlaps the reference trigger; fields are scored on those found. `obligation` asks that trigger, act and the whole set
of addressees be right, over all directives, authorizations, prohibitions and commitments; `(by name)` compares the words
of addressees instead of their actors.

Everything is counted from `Judgement` records, one for each value that was right, missed or spurious, so that a score
and the list of what made it cannot differ.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from mandategraph.errors import SourceError
from mandategraph.records import OBLIGING

Record = dict[str, Any]
_SNIPPET = 60


class Outcome(StrEnum):
    """What became of one value."""

    RIGHT = "right"
    MISSED = "missed"
    SPURIOUS = "spurious"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One value of one field against the reference.

    Attributes:
        source: file name of the text, without suffix.
        paragraph: its label in the reference, or in the records where the reference has none.
        at: offset of the trigger or figure in the source, in code points; -1 for relations.
        field: which score it counts for.
        value: wanted, or given where it is spurious.
        cause: what went wrong, in words that many misses share; empty where it is right.
        words: the beginning of the passage.
    """

    source: str
    paragraph: str
    at: int
    field: str
    outcome: Outcome
    value: str
    cause: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was right, missed and wrongly given."""

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


@dataclass(frozen=True, slots=True)
class Change:
    """What a second run gained and lost against a first, value by value."""

    gained: tuple[Judgement, ...]
    lost: tuple[Judgement, ...]


def evaluate(records: Iterable[Record], folders: Iterable[Path]) -> dict[str, Score]:
    """Return the scores of records against reference folders, by field.

    Args:
        records: as `exporting.records.read_records` yields them.
        folders: reference folders, or folders of them.

    Raises:
        SourceError: a folder is no reference folder, or its annotations do not fit their text.
    """
    return score(judge(records, folders))


def score(judgements: Iterable[Judgement]) -> dict[str, Score]:
    """Return the scores that judgements make, by field."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for judgement in judgements:
        counts[judgement.field][judgement.outcome] += 1
    return {field: Score(n[Outcome.RIGHT], n[Outcome.SPURIOUS], n[Outcome.MISSED]) for field, n in counts.items()}


def confusion(judgements: Iterable[Judgement]) -> dict[tuple[str, str], int]:
    """Return how often each act of the reference was read as each act: (wanted, given) -> count."""
    counts: Counter[tuple[str, str]] = Counter()
    for judgement in judgements:
        if judgement.field == "act" and judgement.outcome is not Outcome.SPURIOUS:
            given = judgement.cause.rpartition(" read as ")[2] if judgement.cause else judgement.value
            counts[judgement.value, given] += 1
    return dict(counts)


def misses(judgements: Iterable[Judgement]) -> list[tuple[str, str, list[Judgement]]]:
    """Return what was missed or spurious by field and cause, the most frequent cause first."""
    groups: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.outcome is not Outcome.RIGHT:
            groups[judgement.field, judgement.cause].append(judgement)
    ordered = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    return [(field, cause, found) for (field, cause), found in ordered]


def compare(before: Iterable[Judgement], after: Iterable[Judgement]) -> Change:
    """Return what a run gained and lost: values that were wrong and are right or gone, and the other way round."""
    old, new = _wrong(before), _wrong(after)
    gained = [old[key] for key in old if key not in new]
    lost = [new[key] for key in new if key not in old]
    return Change(tuple(gained), tuple(lost))


def _wrong(judgements: Iterable[Judgement]) -> dict[tuple[object, ...], Judgement]:
    return {(j.source, j.at, j.field, j.value, j.outcome): j for j in judgements if j.outcome is not Outcome.RIGHT}


def judge(records: Iterable[Record], folders: Iterable[Path]) -> list[Judgement]:
    """Return every value of the records and of the reference as right, missed or spurious.

    Args:
        records: as `exporting.records.read_records` yields them, or lines of its export.
        folders: reference folders, or folders of them.

    Raises:
        SourceError: a folder is no reference folder, or its annotations do not fit their text.
    """
    by_source: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_source[record["source"]].append(record)
    found: list[Judgement] = []
    for folder in reference_folders(folders):
        source = folder / (folder / "SOURCE").read_text(encoding="utf-8").strip()
        try:
            text = source.read_text(encoding="utf-8")
        except OSError as error:
            raise SourceError(
                "the annotated text is missing", where=str(source), hint="See the folder's SOURCE."
            ) from error
        judging = _Judging(source.stem, text, found)
        mine = by_source[source.stem]
        judging.statements(folder, [r for r in mine if r["record"] == "statement"])
        judging.indicators(folder, [r for r in mine if r["record"] == "indicator"])
        judging.relations(folder, [r for r in mine if r["record"] == "relation"])
    return found


def read_export(file: Path) -> list[Record]:
    """Return the records of an export in JSON Lines.

    Raises:
        SourceError: a line is no record.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            "the export cannot be read", where=str(file), hint="Write one with: mandategraph export --format jsonl"
        ) from error
    found = []
    for n, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            found.append({**record, "record": record["record"], "source": record["source"]})
        except (ValueError, TypeError, KeyError) as error:
            hint = "Write one with: mandategraph export --format jsonl"
            raise SourceError("the line is no record", where=f"{file}:{n}", hint=hint) from error
    return found


class _Judging:
    """Judges the records of one source."""

    def __init__(self, source: str, text: str, found: list[Judgement]) -> None:
        self.source = source
        self.text = text
        self.found = found
        self.has_roles = False

    def statements(self, folder: Path, given: Sequence[Record]) -> None:
        """Pair statements by their triggers and judge each field of the pairs."""
        free = sorted(given, key=lambda r: r["start"])
        wanted = []
        for record in _load(folder / "statements.jsonl"):
            start = _find(self.text, record, folder)
            wanted.append((start, start + len(record["anchor"].split()[0]), record))
        self.has_roles = any("roles" in record for *_, record in wanted)
        for start, end, record in sorted(wanted, key=lambda w: w[0]):
            obliging = record["act"] in OBLIGING
            match = next((r for r in free if r["start"] < end and r["end"] > start), None)
            if match is None:
                cause = f"no statement read at {record['verb']!r}"
                self._add("statement", Outcome.MISSED, record["para"], start, record["verb"], cause)
                if obliging:
                    self._obligation(record["para"], start, "no statement read", missed=True)
                continue
            free.remove(match)
            self._add("statement", Outcome.RIGHT, record["para"], start, record["verb"])
            self._fields(record, match, start)
        for record in free:
            cause = f"{record['verb']!r} read where nothing is stated"
            self._add("statement", Outcome.SPURIOUS, record["para"], record["start"], record["verb"], cause)
            if record["act"] in OBLIGING:
                self._obligation(record["para"], record["start"], "nothing is stated", spurious=True)

    def _fields(self, wanted: Record, given: Record, at: int) -> None:
        para = wanted["para"]
        for field, key in (("verb", "verb"), ("act", "act"), ("paragraph", "para"), ("status", "status")):
            self._one(field, para, at, wanted[key], given[key])
        ids = [[p["id"] or p["text"] for p in r["addressees"]] for r in (wanted, given)]
        names = [[p["text"] for p in r["addressees"]] for r in (wanted, given)]
        right = self._sets("addressee id", para, at, *ids)
        named = self._sets("addressee by name", para, at, *names, same=_same_name)
        for field, key in (("action", "actions"), ("counterpart", "counterparts")):
            self._sets(field, para, at, wanted[key], given[key])
        if self.has_roles:
            roles = [[f"{id_} {role}" for id_, role in r.get("roles", {}).items()] for r in (wanted, given)]
            self._sets("counterpart with role", para, at, *roles, same=_same_role)
        self._sets("instrument", para, at, *(map(_plain, r["instruments"]) for r in (wanted, given)))
        quoted = [[_plain(i)] if i else [] for i in (wanted.get("source"), given.get("source_instrument"))]
        self._sets("quoted from", para, at, *quoted)
        self._sets("deadline", para, at, *map(_deadlines, (wanted, given)))
        self._sets("condition", para, at, wanted["conditions"], given["conditions"], same=_same_name)
        asked, told = wanted["act"] in OBLIGING, given["act"] in OBLIGING
        act = wanted["act"] == given["act"]
        for field, whole in (("obligation", right), ("obligation (by name)", named)):
            if asked and told and act and whole:
                self._add(field, Outcome.RIGHT, para, at, wanted["verb"])
            else:
                cause = "another act" if not act else "other addressees"
                self._obligation(para, at, cause, missed=asked, spurious=told, fields=(field,))

    def _obligation(
        self,
        para: str,
        at: int,
        cause: str,
        *,
        missed: bool = False,
        spurious: bool = False,
        fields: Sequence[str] = ("obligation", "obligation (by name)"),
    ) -> None:
        for field in fields:
            if missed:
                self._add(field, Outcome.MISSED, para, at, "obligation", cause)
            if spurious:
                self._add(field, Outcome.SPURIOUS, para, at, "obligation", cause)

    def indicators(self, folder: Path, given: Sequence[Record]) -> None:
        """Pair figures by place and value."""
        path = folder / "indicators.jsonl"
        if not path.exists():
            return
        free = list(given)
        for record in _load(path):
            start = _find(self.text, record, folder)
            match = next((r for r in free if _is_figure(r, record, start)), None)
            value = f"{record['value']} {record.get('unit', '')}"
            if match is None:
                self._add("indicator", Outcome.MISSED, record["para"], start, value, "figure not read")
                continue
            free.remove(match)
            self._add("indicator", Outcome.RIGHT, record["para"], start, value)
            about = (record.get("about"), match.get("about"))
            self._one("indicator subject", record["para"], start, *about)
            kinds = (record.get("kind", "observation"), match.get("kind", "observation"))
            self._one("indicator kind", record["para"], start, *kinds)
        for record in free:
            value = f"{record['value']} {record.get('unit', '')}"
            self._add(
                "indicator",
                Outcome.SPURIOUS,
                record.get("para", ""),
                record["start"],
                value,
                "figure that measures nothing",
            )

    def relations(self, folder: Path, given: Sequence[Record]) -> None:
        """Compare the relations of a source as one set."""
        path = folder / "relations.jsonl"
        if not path.exists():
            return
        wanted, got = {_triple(r) for r in _load(path)}, {_triple(r) for r in given}
        for triple in sorted(wanted | got):
            outcome = (
                Outcome.RIGHT if triple in wanted & got else Outcome.MISSED if triple in wanted else Outcome.SPURIOUS
            )
            cause = {Outcome.MISSED: f"{triple[1].lower()} not read", Outcome.SPURIOUS: f"{triple[1].lower()} read"}
            self._add("relation", outcome, "", -1, " ".join(triple), cause.get(outcome, ""))

    def _one(self, field: str, para: str, at: int, wanted: object, given: object) -> None:
        if wanted == given:
            self._add(field, Outcome.RIGHT, para, at, str(wanted))
            return
        cause = f"{wanted} read as {given}"
        self._add(field, Outcome.MISSED, para, at, str(wanted), cause)
        self._add(field, Outcome.SPURIOUS, para, at, str(given), cause)

    def _sets(
        self,
        field: str,
        para: str,
        at: int,
        wanted: Iterable[object],
        given: Iterable[object],
        *,
        same: Callable[[str, str], bool] | None = None,
    ) -> bool:
        """Judge two sets of values, paired by equality or by `same`; return whether all are right."""
        left, right = [str(x) for x in wanted], [str(x) for x in given]
        if same is None:
            left, right = list(dict.fromkeys(left)), list(dict.fromkeys(right))
        free, missed = list(right), []
        for value in left:
            pair = next((x for x in free if (value == x if same is None else same(value, x))), None)
            if pair is None:
                missed.append(value)
            else:
                free.remove(pair)
                self._add(field, Outcome.RIGHT, para, at, value)
        for value in missed:
            self._add(field, Outcome.MISSED, para, at, value, _cause(left, right))
        for value in free:
            self._add(field, Outcome.SPURIOUS, para, at, value, _cause(left, right))
        return not missed and not free

    def _add(self, field: str, outcome: Outcome, para: str, at: int, value: str, cause: str = "") -> None:
        words = " ".join(self.text[at : at + _SNIPPET].split()) if cause and at >= 0 else ""
        self.found.append(Judgement(self.source, para, at, field, outcome, value, cause, words))


def _cause(wanted: Sequence[str], given: Sequence[str]) -> str:
    """Return what went wrong with a set of values: nothing read, too much, another value, or a list cut short."""
    if not given:
        return "none read"
    if not wanted:
        return "read where there is none"
    if len(wanted) == len(given):
        return "another read"
    return "too few read" if len(given) < len(wanted) else "too many read"


def _is_figure(given: Record, wanted: Record, start: int) -> bool:
    near = given["start"] <= start + 2 and given["end"] >= start
    return near and abs(float(given["value"]) - float(wanted["value"])) < 1e-9


def reference_folders(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the reference folders among some folders, and in them.

    Raises:
        SourceError: a folder neither is one nor holds one.
    """
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


def _plain(id_: object) -> str:
    return re.sub(r"\s+", "", str(id_)).upper()


def _triple(record: Record) -> tuple[str, ...]:
    return tuple(_plain(record[k]) for k in ("subject", "relation", "object"))


def _same_name(a: str, b: str) -> bool:
    """Return whether half of the words of two names are the same; an empty name of the reference fits any."""
    if not a:
        return True
    x, y = _words(a), _words(b)
    return bool(x & y) and len(x & y) / len(x | y) >= 0.5


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", name.lower())) - {"the", "of", "in", "and", "all"}


def _same_role(wanted: str, given: str) -> bool:
    """Return whether a counterpart has one of the roles that the reference allows: "MINUSMA partner|agent"."""
    (id_, roles), (other, role) = wanted.rsplit(" ", 1), given.rsplit(" ", 1)
    return id_ == other and role in roles.split("|")


def _deadlines(record: Record) -> list[object]:
    """Return the values of a statement's deadlines: all of them where it has several."""
    found = [each for each in record.get("deadlines") or [record.get("deadline")] if each]
    return [(each.get("resolves") or "event") if each["type"] == "event" else each.get("value") for each in found]

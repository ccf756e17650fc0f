"""Records of the store against reference annotations: which values are right, missed or spurious.

A statement is found when its trigger overlaps the reference trigger; fields are scored on those found. `obligation` asks
that trigger, act and the whole set of addressees be right, over all directives, authorizations, prohibitions and
commitments; `(by name)` compares the words of addressees instead of their actors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from mandategraph.evaluating.reference import Record, annotated_text, find_anchor, load, reference_folders
from mandategraph.evaluating.scoring import Judgement, Outcome, Score, score
from mandategraph.evaluating.values import (
    Spot,
    are_right,
    deadlines,
    judge_one,
    judge_set,
    plain,
    same_name,
    same_role,
    spot,
)
from mandategraph.records import OBLIGING

_OBLIGATIONS = ("obligation", "obligation (by name)")


def evaluate(records: Iterable[Record], folders: Iterable[Path]) -> dict[str, Score]:
    """Return the scores of records against reference folders, by field.

    Args:
        records: as `exporting.records.read_records` yields them.
        folders: reference folders, or folders of them.

    Raises:
        SourceError: a folder is no reference folder, or its annotations do not fit their text.
    """
    return score(judge(records, folders))


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
        source, text = annotated_text(folder)
        mine = by_source[source]
        found.extend(_statements(source, text, folder, [r for r in mine if r["record"] == "statement"]))
        found.extend(_indicators(source, text, folder, [r for r in mine if r["record"] == "indicator"]))
        found.extend(_relations(source, folder, [r for r in mine if r["record"] == "relation"]))
    return found


def _statements(source: str, text: str, folder: Path, given: Sequence[Record]) -> Iterator[Judgement]:
    """Pair statements by their triggers and judge each field of the pairs."""
    free = sorted(given, key=lambda r: r["start"])
    wanted = [(find_anchor(text, record, folder), record) for record in load(folder / "statements.jsonl")]
    has_roles = any("roles" in record for _, record in wanted)
    for start, record in sorted(wanted, key=lambda w: w[0]):
        here = spot(source, text, record["para"], start)
        end = start + len(record["anchor"].split()[0])
        match = next((r for r in free if r["start"] < end and r["end"] > start), None)
        if match is None:
            yield here.judged("statement", Outcome.MISSED, record["verb"], f"no statement read at {record['verb']!r}")
            yield from _obligation(here, Outcome.MISSED, record, "no statement read")
            continue
        free.remove(match)
        yield here.judged("statement", Outcome.RIGHT, record["verb"])
        yield from _fields(here, record, match, has_roles=has_roles)
    for record in free:
        here = spot(source, text, record["para"], record["start"])
        cause = f"{record['verb']!r} read where nothing is stated"
        yield here.judged("statement", Outcome.SPURIOUS, record["verb"], cause)
        yield from _obligation(here, Outcome.SPURIOUS, record, "nothing is stated")


def _obligation(here: Spot, outcome: Outcome, record: Record, cause: str) -> list[Judgement]:
    """Return what a statement that has no pair is as an obligation, where it is one."""
    if record["act"] not in OBLIGING:
        return []
    return [here.judged(field, outcome, "obligation", cause) for field in _OBLIGATIONS]


def _fields(here: Spot, wanted: Record, given: Record, *, has_roles: bool) -> Iterator[Judgement]:
    """Judge the fields of a statement that was found."""
    both = (wanted, given)
    for field, key in (("verb", "verb"), ("act", "act"), ("paragraph", "para"), ("status", "status")):
        yield from judge_one(here, field, wanted[key], given[key])
    values = partial(judge_set, here)
    ids = values("addressee id", *([p["id"] or p["text"] for p in r["addressees"]] for r in both))
    named = values("addressee by name", *([p["text"] for p in r["addressees"]] for r in both), same=same_name)
    yield from ids
    yield from named
    for field, key in (("action", "actions"), ("counterpart", "counterparts")):
        yield from values(field, wanted[key], given[key])
    if has_roles:
        roles = ([f"{id_} {role}" for id_, role in r.get("roles", {}).items()] for r in both)
        yield from values("counterpart with role", *roles, same=same_role)
    yield from values("instrument", *(map(plain, r["instruments"]) for r in both))
    quoted = ([plain(i)] if i else [] for i in (wanted.get("source"), given.get("source_instrument")))
    yield from values("quoted from", *quoted)
    yield from values("deadline", *map(deadlines, both))
    yield from values("condition", wanted["conditions"], given["conditions"], same=same_name)
    for field, whole in zip(_OBLIGATIONS, (are_right(ids), are_right(named)), strict=True):
        yield from _bound(here, field, wanted, given, is_whole=whole)


def _bound(here: Spot, field: str, wanted: Record, given: Record, *, is_whole: bool) -> Iterator[Judgement]:
    """Judge whether the right ones are bound: act and all addressees."""
    asked, told = wanted["act"] in OBLIGING, given["act"] in OBLIGING
    is_act = wanted["act"] == given["act"]
    if asked and told and is_act and is_whole:
        yield here.judged(field, Outcome.RIGHT, wanted["verb"])
        return
    cause = "other addressees" if is_act else "another act"
    if asked:
        yield here.judged(field, Outcome.MISSED, "obligation", cause)
    if told:
        yield here.judged(field, Outcome.SPURIOUS, "obligation", cause)


def _indicators(source: str, text: str, folder: Path, given: Sequence[Record]) -> Iterator[Judgement]:
    """Pair figures by place and value."""
    path = folder / "indicators.jsonl"
    if not path.exists():
        return
    free = list(given)
    for record in load(path):
        start = find_anchor(text, record, folder)
        here = spot(source, text, record["para"], start)
        match = next((r for r in free if _is_figure(r, record, start)), None)
        if match is None:
            yield here.judged("indicator", Outcome.MISSED, _figure(record), "figure not read")
            continue
        free.remove(match)
        yield here.judged("indicator", Outcome.RIGHT, _figure(record))
        yield from judge_one(here, "indicator subject", record.get("about"), match.get("about"))
        kinds = (record.get("kind", "observation"), match.get("kind", "observation"))
        yield from judge_one(here, "indicator kind", *kinds)
    for record in free:
        here = spot(source, text, record.get("para", ""), record["start"])
        yield here.judged("indicator", Outcome.SPURIOUS, _figure(record), "figure that measures nothing")


def _figure(record: Record) -> str:
    return f"{record['value']} {record.get('unit', '')}"


def _is_figure(given: Record, wanted: Record, start: int) -> bool:
    near = given["start"] <= start + 2 and given["end"] >= start
    return near and abs(float(given["value"]) - float(wanted["value"])) < 1e-9


def _relations(source: str, folder: Path, given: Sequence[Record]) -> Iterator[Judgement]:
    """Compare the relations of a source as one set."""
    path = folder / "relations.jsonl"
    if not path.exists():
        return
    here = spot(source, "", "", -1)
    wanted, got = {_triple(r) for r in load(path)}, {_triple(r) for r in given}
    for triple in sorted(wanted | got):
        name = triple[1].lower()
        if triple not in wanted:
            yield here.judged("relation", Outcome.SPURIOUS, " ".join(triple), f"{name} read")
        elif triple not in got:
            yield here.judged("relation", Outcome.MISSED, " ".join(triple), f"{name} not read")
        else:
            yield here.judged("relation", Outcome.RIGHT, " ".join(triple))


def _triple(record: Record) -> tuple[str, ...]:
    return tuple(plain(record[k]) for k in ("subject", "relation", "object"))

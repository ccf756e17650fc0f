"""What people said of a store -> reference annotations, and how well the machine reads what people looked at.

Only what somebody judged counts: a statement that nobody looked at is neither right nor spurious.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from mandategraph.correcting.settling import holding
from mandategraph.evaluating.judging import judge
from mandategraph.evaluating.reference import Record
from mandategraph.evaluating.scoring import Judgement
from mandategraph.exporting.records import read_records
from mandategraph.keeping.asread import as_read
from mandategraph.keeping.documents import file_of, said_of
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.corrections import corrections, standings
from mandategraph.recalling.documents import documents
from mandategraph.records import Standing, Target

_FEWEST = 4
_KINDS = {Target.STATEMENT: "statement", Target.RELATION: "relation"}
Places = Mapping[tuple[str, str], set[int]]


def judge_corrections(store: GraphStore) -> list[Judgement]:
    """Return every value of what people judged, as the machine reads it: right, missed or spurious."""
    places = _judged(store)
    given = [record for record in read_records(as_read(store)) if _is_at(record, places)]
    with tempfile.TemporaryDirectory() as folder:
        found = [each for each, _ in write_annotations(store, Path(folder))]
        return judge(given, found)


def write_annotations(store: GraphStore, folder: Path) -> Iterator[tuple[Path, int]]:
    """Write what people hold for right as reference annotations, a folder a document, and yield each with its number of statements.

    What was accepted, added, or corrected in a field is written as it stands now; what was rejected is not.
    """
    places, texts = _judged(store), _texts(store)
    written: dict[str, list[Record]] = defaultdict(list)
    for record in read_records(store):
        if _is_at(record, places):
            written[record["source"]].append(record)
    for source in sorted({source for _, source in places}):
        own = folder / source
        own.mkdir(parents=True, exist_ok=True)
        (own / f"{source}.txt").write_text(texts[source], encoding="utf-8")
        (own / "SOURCE").write_text(f"{source}.txt\n", encoding="utf-8")
        for kind in sorted({kind for kind, of in places if of == source} | {"statement"}):
            records = [_annotation(each, texts[source]) for each in written[source] if each["record"] == kind]
            lines = (json.dumps(each, ensure_ascii=False) for each in records)
            (own / f"{kind}s.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        yield own, sum(each["record"] == "statement" for each in written[source])


def _judged(store: GraphStore) -> Places:
    """Return where statements and relations begin that people judged, by what they are and the name of their source."""
    sources = {head.key: head.source for head in documents(store)}
    live = {each.id: each for each in holding(corrections(store)) if each.target in _KINDS}
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for id_, became in standings(store).items():
        for key, fate in became:
            if id_ in live and fate.span and fate.standing is not Standing.ORPHANED:
                found[_KINDS[live[id_].target], sources[key]].add(fate.span.start)
    return found


def _is_at(record: Record, places: Places) -> bool:
    return record["start"] in places.get((record["record"], record["source"]), ())


def _texts(store: GraphStore) -> dict[str, str]:
    return {head.source: said_of(store, file_of(store, head.key)).get("sourceText", "") for head in documents(store)}


def _annotation(record: Record, text: str) -> Record:
    """Return a record as annotations have it: anchored by its words, as many as make it unique, four at least."""
    rest = re.finditer(r"\S+", text[record["start"] : record["start"] + 2_000])
    words, found = [word[0] for word in rest], []
    for count in range(min(_FEWEST, len(words)), len(words) + 1):
        pattern = re.compile(r"\s+".join(map(re.escape, words[:count])))
        found = [hit.start() for hit in pattern.finditer(text)]
        if len(found) == 1:
            break
    anchor = {"anchor": " ".join(words[:count]), "occurrence": found.index(record["start"]) + 1}
    kept = {k: v for k, v in record.items() if k not in {"record", "source", "start", "end", "source_instrument"}}
    if anchor["occurrence"] == 1:
        del anchor["occurrence"]
    quoted = {"source": record["source_instrument"]} if record.get("source_instrument") else {}
    return {"para": kept.pop("para"), **anchor, **kept, **quoted}

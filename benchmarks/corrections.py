"""Documents corrected by a script in every way, and read again in every way: what becomes of each correction, and whether two runs give the same bytes.

python benchmarks/corrections.py FILE FILE FILE
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from mandategraph.answering.corrections import list_corrections
from mandategraph.building.correcting import Corrector
from mandategraph.building.writing import build, rebuild
from mandategraph.correcting.anchoring import Words
from mandategraph.correcting.saying import Remark, Voice, correction_of, merging, withdrawing
from mandategraph.errors import QueryError
from mandategraph.keeping.asread import as_read
from mandategraph.keeping.backup import back_up, restore
from mandategraph.keeping.checking import check
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.corrections import check_corrections
from mandategraph.records import Corrected, Correction, Entity, Statement, Target, Verdict, written
from mandategraph.vocabulary import HISTORY_GRAPH, ORIGINS_GRAPH

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("addressees", ("SecretaryGeneral=",)), ("act", ("assertion",)), ("verb", ("invite",)), ("strength", ("1",)), ("bindingness", ("hortatory",)),
    ("issuer", ("SecurityCouncil",)), ("status", ("draft",)), ("actions", ()), ("counterparts", ("SecurityCouncil=recipient",)),
    ("instruments", ('["S/RES/1325 (2000)"]',)), ("deadlines", ("2031-06-30=",)), ("conditions", ()), ("themes", ("women_peace_and_security",)), ("quoted_from", ()),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    digests = []
    for n in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            digests.append(_run(Path(folder), options.files, is_told=n == 1))
    print("two runs give the same bytes:", digests[0] == digests[1])


def _run(folder: Path, files: Sequence[Path], *, is_told: bool) -> str:
    """Do all of it once, and return a digest of the store at the end."""
    tell = print if is_told else (lambda *_: None)
    documents = folder / "documents"
    documents.mkdir()
    for file in files:
        (documents / file.name).write_bytes(file.read_bytes())
    with GraphStore.open(folder / "store") as store:
        build([documents], store)
        before = _documents(store)
        said = list(_corrected(store))
        kinds = Counter(f"{each.target.value} {each.verdict.value} {each.field}".strip() for each in said)
        tell(f"{len(said)} corrections of {len(kinds)} kinds:", dict(sorted(kinds.items())))
        _became(store, "said", tell)
        tell("as read, the documents are what they were:", _documents(as_read(store)) == before)
        own = folder / "own.csv"
        own.write_text(
            "id,type,label,aliases,short_forms,context,source\nCouncilItself,body,the Council,,,,own\n",
            encoding="utf-8",
        )
        build([documents], store, data=[own])
        _became(store, "built with another gazetteer", tell)
        rebuild(store)
        _became(store, "migrated", tell)
        with (folder / "backup.gz").open("wb") as file:
            back_up(store, file)
        lines = sorted(map(str, store.store))
    restore(folder / "backup.gz", folder / "restored")
    with GraphStore.open(folder / "restored") as store:
        tell("restored, the quads are the same:", sorted(map(str, store.store)) == lines)
        for file in documents.iterdir():
            file.write_text(_newer(file.read_text(encoding="utf-8")), encoding="utf-8")
        build([documents], store)
        _became(store, "a new version of each text", tell)
        # Where a file lies and when it was replaced are of one run.
        own_of_run = {f"<{HISTORY_GRAPH}>", f"<{ORIGINS_GRAPH}>"}
        kept = [quad for quad in store.store if str(quad.graph_name) not in own_of_run]
        return hashlib.sha256("\n".join(sorted(map(str, kept))).encode()).hexdigest()


def _newer(text: str) -> str:
    """Return a version with one paragraph more, one less, others numbered anew, and a word changed in every fifth line."""
    lines = [line.replace(" the ", " each ", 1) if n % 5 == 4 else line for n, line in enumerate(text.splitlines())]
    numbered = [n for n, line in enumerate(lines) if re.match(r"\s*\d+\. ", line)]
    if len(numbered) > 4:
        del lines[numbered[3]]
        for n in numbered[4:]:
            lines[n - 1] = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), lines[n - 1], count=1)
    return "\n".join(lines) + "\n"


def _became(store: GraphStore, after: str, tell: object) -> None:
    listed = list_corrections(store)
    counts = Counter(
        f"{each.standing}{': ' if each.reason else ''}{each.reason}" for each in listed if each.standing != "takes back"
    )
    findings = check(store)[1] + check_corrections(store)
    tell(f"{after}: {dict(counts)}; check finds {len(findings)}")  # type: ignore[operator]
    for finding in findings:
        tell("  ", finding)  # type: ignore[operator]


def _documents(store: GraphStore) -> list[str]:
    return sorted(str(quad) for quad in store.store if "/graph/" not in str(quad.graph_name))


def _corrected(store: GraphStore) -> Iterator[Correction]:
    """Write corrections of every kind, and yield them."""
    minute = 0
    with Corrector(store) as corrector:

        def voice() -> Voice:
            nonlocal minute
            minute += 1
            return Voice(("Ann", "Ben")[minute % 2], f"2031-05-01T{10 + minute // 60}:{minute % 60:02}:00Z")

        for key in store.documents():
            _, found = corrector.read(key)
            made = []
            for remark in _remarks(found):
                try:
                    made.append(correction_of(found, key, remark, voice(), corrector.called))
                except QueryError as error:
                    print(f"refused: {key} {remark.paragraph} {remark.field}: {error.message}")
            corrector.correct(made, is_strict=True)
            yield from made
            if made:
                back = withdrawing(made[0], voice())
                corrector.correct([back], is_strict=True)
                yield back
        minted = sorted(
            {each.id: each for key in store.documents() for each in _minted(corrector.read(key)[1])}.items()
        )
        if len(minted) > 1:
            (_, old), (_, new) = minted[:2]
            merge = merging(old, new, voice(), is_known=False)
            corrector.correct([merge], is_strict=True)
            yield merge


def _minted(found: Corrected) -> list[Entity]:
    return [each for each in found.reading.entities if each.minted and each.kind.value == "actor"]


def _remarks(found: Corrected) -> Iterator[Remark]:
    """Yield what is said of a document: fields in turn, wholes, names, relations, the masthead."""
    statements = [s for s in found.reading.statements if s.is_obligation] or list(found.reading.statements)
    for n, (field, values) in enumerate(_FIELDS):
        statement = statements[n % len(statements)]
        typed = tuple(
            f"{value}{statement.addressees[0].surface}"
            if value.endswith("=") and field == "addressees" and statement.addressees
            else value.rstrip("=")
            for value in values
        )
        yield _of(found, statement, Verdict.CORRECTED, field, typed)
    yield _of(found, statements[-1], Verdict.REJECTED)
    for statement in found.reading.statements[:2]:
        yield _of(found, statement, Verdict.ACCEPTED)
    words, triggers = Words(found.document), {s.trigger.start for s in found.reading.statements}
    for label in dict.fromkeys(s.paragraph for s in statements):
        place = words.paragraph(label)
        tail = re.search(r"\bto (\w+ [^;.]{10,60}\b)", words.source[place.start : place.end]) if place else None
        if place and tail and place.start + tail.start(1) not in triggers:
            given = written({"act": "directive", "addressees": [{"id": "SecretaryGeneral", "text": ""}]})
            yield Remark(Verdict.ADDED, Target.STATEMENT, label, tail[1].split()[0], words=tail[1], values=(given,))
            ends = ("SecretaryGeneral", "supports", "SecurityCouncil")
            yield Remark(Verdict.ADDED, Target.RELATION, label, words=tail[1], relation=ends)
            break
    for n, relation in enumerate(found.reading.relations[:3]):
        ends = (relation.subject, relation.relation, relation.object)
        verdict = (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.CORRECTED)[n]
        values = ("2031-06-30",) if verdict is Verdict.CORRECTED else ()
        yield Remark(
            verdict, Target.RELATION, relation.paragraph, relation=ends, field="until" if values else "", values=values
        )
    named = [
        (label, words.source[span.start : span.end])
        for label, span, mention in found.reading.mentions
        if mention.kind.value == "actor"
    ]
    for (label, surface), verdict in zip(named[-2:], (Verdict.CORRECTED, Verdict.REJECTED), strict=False):
        yield Remark(
            verdict,
            Target.NAME,
            label,
            words=surface,
            field="entity",
            values=("SecretaryGeneral",) if verdict is Verdict.CORRECTED else (),
        )
    yield Remark(Verdict.CORRECTED, Target.DOCUMENT, field="title", values=("A title that a person gives",))
    yield Remark(Verdict.CORRECTED, Target.DOCUMENT, field="date", values=("2031-05-04",))


def _of(
    found: Corrected, statement: Statement, verdict: Verdict, field: str = "", values: tuple[str, ...] = ()
) -> Remark:
    here = [s for s in found.reading.statements if s.paragraph == statement.paragraph]
    return Remark(
        verdict, Target.STATEMENT, statement.paragraph, nth=here.index(statement) + 1, field=field, values=values
    )


if __name__ == "__main__":
    main()

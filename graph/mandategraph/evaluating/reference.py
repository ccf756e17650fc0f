"""Reference annotations and exports, as records: folders, lines of JSON, and where an anchor stands in its text.

A reference folder holds `SOURCE` (one line: the annotated text, relative to the folder) and `statements.jsonl`,
`indicators.jsonl`, `relations.jsonl`, whose anchors are words of that text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mandategraph.errors import SourceError

Record = dict[str, Any]


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


def annotated_text(folder: Path) -> tuple[str, str]:
    """Return the name and the text that a reference folder annotates.

    Raises:
        SourceError: the text is missing.
    """
    source = folder / (folder / "SOURCE").read_text(encoding="utf-8").strip()
    try:
        return source.stem, source.read_text(encoding="utf-8")
    except OSError as error:
        hint = "See the folder's SOURCE."
        raise SourceError("the annotated text is missing", where=str(source), hint=hint) from error


def load(path: Path) -> Iterator[Record]:
    """Yield the records of a file in JSON Lines, none where there is no file.

    Raises:
        SourceError: a line is not JSON.
    """
    if not path.exists():
        return
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise SourceError(f"not JSON ({error})", where=f"{path}:{n}", hint="Mend the line.") from error


def find_anchor(text: str, record: Record, where: Path) -> int:
    """Return where the anchor of an annotation begins in its text.

    Raises:
        SourceError: it is not there.
    """
    pattern = re.compile(r"\s+".join(re.escape(w) for w in record["anchor"].split()))
    hits = [m.start() for m in pattern.finditer(text)]
    occurrence = int(record.get("occurrence", 1))
    if len(hits) < occurrence:
        raise SourceError(
            f"the anchor {record['anchor']!r} is not in the text", where=str(where), hint="Mend the annotation."
        )
    return hits[occurrence - 1]


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

"""Rows of the data files that can be taken out, and where each can matter.

A row can matter in a document where the words stand that it is looked up by (`LOOKED_UP`): a word that stands nowhere changes nothing. A
pattern can matter where its rule is in the trace. Rows of other files, and patterns of mastheads, can matter anywhere.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mandategraph.errors import LexiconError

LOOKED_UP: Mapping[str, tuple[str, ...]] = {
    "actors.csv": ("label", "aliases", "short_forms"),
    "instruments.csv": ("label", "aliases", "short_forms"),
    "names.fr.csv": ("aliases", "short_forms"),
    "places.fr.csv": ("demonyms", "names"),
    "places.csv": ("name", "demonym", "other_names"),
    "themes.csv": ("keywords",),
    "actions.csv": ("verb",),
    "bindingness.csv": (),
    "bodies.csv": (),
    "conditions.csv": ("phrase",),
    "conjugation.fr.csv": (),
    "forms.csv": (),
    "frames.csv": ("word",),
    "glossary.fr.csv": (),
    "heads.csv": ("contains",),
    "irregular.csv": ("participle",),
    "languages.csv": (),
    "norms.csv": ("words",),
    "nouns.csv": ("noun",),
    "numbers.csv": ("word",),
    "products.csv": ("words", "verbs"),
    "relations.csv": ("verb", "noun"),
    "resolution_years.csv": (),
    "sanctions.csv": ("verbs", "words", "with", "by"),
    "times.csv": ("phrase",),
    "types.csv": ("noun",),
    "verbs.csv": ("forms",),
    "word_classes.csv": ("word",),
    "answers.jsonl": (),
    "citations.jsonl": (),
    "deadlines.jsonl": (),
    "families.fr.jsonl": (),
    "families.jsonl": (),
    "genres.jsonl": (),
    "masthead.jsonl": (),
}
_STEM = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a data file.

    Attributes:
        file: its name.
        line: from 1.
        what: its first cell, or its id.
        names: by which of these it is looked up; empty where it can matter anywhere.
        rule: its id where it is a pattern that a trace names.
    """

    file: str
    line: int
    what: str
    names: tuple[str, ...] = ()
    rule: str = ""

    def can_matter(self, text: str, rules: Iterable[str]) -> bool:
        """Return whether it can matter in a document.

        Args:
            text: of the document, in small letters, with single spaces.
            rules: that its reading names.
        """
        if self.rule:
            return self.rule in rules
        return not self.names or any(_stands(name, text) for name in self.names)


def rows_of(data: Path, files: Iterable[str] = ()) -> list[Row]:
    """Return the rows of the data files of these names, or of all that reading looks into.

    Raises:
        LexiconError: there is no such file, or none that is looked into.
    """
    wanted = tuple(files) or tuple(LOOKED_UP)
    found: list[Row] = []
    for name in wanted:
        file = next(data.rglob(name), None)
        if file is None or name not in LOOKED_UP:
            hint = f"Use one of {', '.join(sorted(LOOKED_UP))}."
            raise LexiconError("no rows can be taken out of this file", where=name, hint=hint)
        found.extend(_patterns(file) if file.suffix == ".jsonl" else _cells(file))
    return found


def without(file: Path, lines: frozenset[int]) -> str:
    """Return the text of a data file without some of its lines, counted from 1."""
    kept = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for n, line in enumerate(kept, 1) if n not in lines)


def _patterns(file: Path) -> Iterator[Row]:
    for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        id_ = json.loads(line)["id"]
        yield Row(file.name, n, id_, rule="" if file.name in {"genres.jsonl", "masthead.jsonl"} else id_)


def _cells(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        for row in reader:
            cells = (row[column] for column in LOOKED_UP[file.name])
            names = tuple(
                x for cell in cells for x in (y.strip().lower() for y in re.split(r"[|;]", cell)) if len(x) > 1
            )
            what = next(cell for cell in row.values() if cell)
            yield Row(file.name, reader.line_num, what, names)


def _stands(name: str, text: str) -> bool:
    """Return whether a name stands in a text, its last word in any form: "policy" in "policies"."""
    return (name[:-1] if len(name) > _STEM else name) in text

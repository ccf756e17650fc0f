"""Which words state a fact between two things, and where each of the two stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, parts_of


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of `relations.csv`: `docs/phrases.md` tells how it is read.

    Attributes:
        verbs: their base forms.
        nouns: of the same, in the singular.
        marks: behind which names say it.
        subject: places where the subject can stand: the first that names somebody holds.
        subject_is: "actor", "instrument", "any" or a type.
        object: as `subject`.
        object_is: as `subject_is`; "=id" where the row itself names it, with `{topic}` or `{theme}`.
        about: nouns one of which must hang on the word; none where all may.
        said: "wished" where it is one also behind a wish ("requests X to submit a report to Y", "to end the recruitment by X"); "standing" where it is one only as long as it
            lasts ("supports", not "has supported"); else "".
        relation: its name in the ontology.
    """

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    marks: tuple[str, ...]
    subject: tuple[str, ...]
    subject_is: str
    object: tuple[str, ...]
    object_is: str
    about: frozenset[str]
    said: str
    relation: str

    @property
    def rule(self) -> str:
        """The id of the rule: REL-verb-adopt-adopted."""
        kind, word = next(
            (k, w[0]) for k, w in (("verb", self.verbs), ("noun", self.nouns), ("mark", self.subject)) if w
        )
        return f"REL-{kind}-{word}-{self.relation}".replace("_", "-")


def load_facts(file: Traversable) -> tuple[Fact, ...]:
    """Return the rows of `relations.csv`.

    Raises:
        LexiconError: a column is missing, or an object stands nowhere and is not named.
    """
    columns = "verb noun mark subject subject_is object object_is about said relation source".split()
    found = []
    for where, row in Rows(file, columns):
        if bool(row["object"]) == row["object_is"].startswith("="):
            raise LexiconError("the object has no place", where=where, hint="Give its place, or its id behind =.")
        found.append(
            Fact(
                parts_of(row["verb"]),
                parts_of(row["noun"]),
                parts_of(row["mark"]),
                parts_of(row["subject"]),
                row["subject_is"],
                parts_of(row["object"]),
                row["object_is"],
                frozenset(parts_of(row["about"])),
                row["said"],
                row["relation"],
            )
        )
    return tuple(found)

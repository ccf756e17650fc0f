"""The words of the grammar: verbs that state, nouns, heads of sections, conditions, classes of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, act_of, number_of, parts_of
from mandategraph.records import Act, Span, Status, Trigger
from mandategraph.vocabulary import ROLES

FRAMES = frozenset(
    {"addressee", "noun", "object", "object-that", "self", "fixed", "express", "adjective", "remain", "act-under"}
)


PLACES = ("any", "opening")


WORD_CLASSES = (
    "actor",
    "action",
    "noun",
    "adjective",
    "transparent",
    "holder",
    "occasion",
    "purpose",
    "light",
    "particle",
    "aim",
    "limit",
    "narrowing",
    "preposition",
    "gerund",
    "founding",
    "personnel",
    "continuing",
    "ending",
    "thing",
    "office",
    "wanted",
    "more",
    "doubt",
    "renewing",
    "stative",
    "stating-noun",
    "kind",
    "rank",
    "state",
    "reporting",
)


FORMS = ("base", "finite", "participle", "past")


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of the verb lexicon.

    Attributes:
        forms: base, finite, participle, past, each with its variants.
        place: `any`, or `opening` where the verb states only at the head of a paragraph ("taking into account ..." after a
            comma is manner).
    """

    verb: str
    forms: tuple[tuple[str, ...], ...]
    frame: str
    place: str
    act: Act
    strength: int
    rule: str

    def trigger(self, span: Span, form: str) -> Trigger:
        """Return the verb as it stands at a place, in one of `FORMS`."""
        return Trigger(span, self.verb, form, self.frame, self.act, self.strength, self.rule)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that a speaker expresses, reiterates or renews: "concern", "call"."""

    noun: str
    lemma: str
    act: Act
    strength: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a section head of an unnumbered note means."""

    contains: str
    key: str
    status: Status


@dataclass(frozen=True, slots=True)
class Heads:
    """The section heads that are known."""

    rows: tuple[Head, ...]

    def find(self, words: str) -> Head | None:
        """Return what a heading means, or None."""
        low = words.lower()
        return next((head for head in self.rows if head.contains in low), None)


def frame_id(word: str, kind: str, preposition: str) -> str:
    """Return the id of a frame: FRM-verb-report-to."""
    return f"FRM-{kind}-{word}-{preposition or 'object'}".replace(" ", "-")


@dataclass(frozen=True)
class Frames:
    """What verbs and nouns take: which prepositions, and what role that gives to whoever follows."""

    rows: Mapping[tuple[str, str, str], str]

    @cached_property
    def adverbials(self) -> frozenset[str]:
        """The nouns of frames with a preposition before them: "support" of "with the support of"."""
        return frozenset(word.split()[1] for word, _, _ in self.rows if " " in word)

    def role(self, word: str, kind: str, preposition: str) -> tuple[str, str]:
        """Return the role of whoever a word takes with a preposition ("" where it takes nobody), and the name of the row; "" where none is.

        Args:
            word: a noun in the singular or the base form of a verb.
            kind: "noun", "verb" or "adverb".
            preposition: "" for an object, "that" for the subject of a clause.
        """
        return self._named.get((word, kind, preposition), ("", ""))

    @cached_property
    def _named(self) -> Mapping[tuple[str, str, str], tuple[str, str]]:
        """The role that each row gives, and its name."""
        return {row: (role, frame_id(*row)) for row, role in self.rows.items()}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Words that limit a duty: whole phrases, and openers of phrases."""

    fixed: tuple[str, ...]
    openers: tuple[tuple[str, str], ...]


def load_verbs(file: Traversable) -> tuple[Verb, ...]:
    """Return the operative verbs.

    Raises:
        LexiconError: an unknown act or frame, a strength outside 0-5, or a form that two rows claim.
    """
    verbs: list[Verb] = []
    claimed: dict[tuple[int, str], str] = {}
    for where, row in Rows(file, ("verb", "forms", "frame", "place", "act", "strength", "source")):
        forms = tuple(
            tuple(x.strip() for x in part.split(";") if x.strip() not in {"", "-"}) for part in row["forms"].split("|")
        )
        if len(forms) != len(FORMS):
            hint = "Give base|finite|participle|past, with - for none."
            raise LexiconError(f"{row['verb']!r} has {len(forms)} forms", where=where, hint=hint)
        if row["frame"] not in FRAMES:
            hint = f"Use one of {', '.join(sorted(FRAMES))}."
            raise LexiconError(f"unknown frame {row['frame']!r}", where=where, hint=hint)
        if row["place"] not in PLACES:
            raise LexiconError(f"unknown place {row['place']!r}", where=where, hint=f"Use one of {', '.join(PLACES)}.")
        for at, variants in enumerate(forms):
            for form in variants:
                if (at, form) in claimed:
                    message = f"the form {form!r} belongs to {claimed[at, form]!r} already"
                    raise LexiconError(message, where=where, hint="Give every form to one verb.")
                claimed[at, form] = row["verb"]
        lemma = row["verb"].split(" (")[0]
        strength = number_of(row["strength"], where, "strength", 0, 5)
        rule = "VRB-" + row["verb"].replace(" (", "-").replace(")", "").replace(" ", "-")
        verbs.append(Verb(lemma, forms, row["frame"], row["place"], act_of(row["act"], where), strength, rule))
    return tuple(verbs)


def load_nouns(file: Traversable) -> Mapping[str, Noun]:
    """Return the nouns that a speaker expresses or reiterates, by their form."""
    return {
        row["noun"]: Noun(
            row["noun"], row["lemma"], act_of(row["act"], where), number_of(row["strength"], where, "strength", 0, 5)
        )
        for where, row in Rows(file, ("noun", "lemma", "act", "strength", "source"))
    }


def load_conditions(file: Traversable) -> Conditions:
    """Return the words that limit a duty, longest first."""
    rows = [row for _, row in Rows(file, ("phrase", "kind", "source"))]
    rows.sort(key=lambda row: (-len(row["phrase"]), row["phrase"]))
    return Conditions(
        fixed=tuple(row["phrase"] for row in rows if row["kind"] == "fixed"),
        openers=tuple((row["phrase"], row["kind"]) for row in rows if row["kind"] != "fixed"),
    )


def load_word_classes(file: Traversable) -> Mapping[str, frozenset[str]]:
    """Return the words of each class, by the name of the class.

    Raises:
        LexiconError: an unknown class.
    """
    classes: dict[str, set[str]] = {name: set() for name in WORD_CLASSES}
    for where, row in Rows(file, ("word", "class", "source")):
        if row["class"] not in classes:
            hint = f"Use one of {', '.join(WORD_CLASSES)}."
            raise LexiconError(f"unknown class {row['class']!r}", where=where, hint=hint)
        classes[row["class"]].add(row["word"])
    return {name: frozenset(words) for name, words in classes.items()}


def load_heads(file: Traversable) -> Heads:
    """Return what section heads mean, in the order of the file."""
    heads = []
    for where, row in Rows(file, ("contains", "key", "status", "source")):
        try:
            heads.append(Head(row["contains"], row["key"], Status(row["status"])))
        except ValueError:
            hint = f"Use one of {', '.join(Status)}."
            raise LexiconError(f"unknown status {row['status']!r}", where=where, hint=hint) from None
    return Heads(tuple(heads))


def load_frames(file: Traversable) -> Frames:
    """Return the frames.

    Raises:
        LexiconError: a column is missing, or a role or kind does not exist.
    """
    rows = {}
    for where, row in Rows(file, ("word", "kind", "preposition", "role", "source")):
        if row["role"] not in {*ROLES, ""}:
            raise LexiconError(f"unknown role {row['role']!r}", where=where, hint=f"Use one of {', '.join(ROLES)}.")
        if row["kind"] not in {"verb", "noun", "adverb"}:
            raise LexiconError(f"unknown kind {row['kind']!r}", where=where, hint="Use verb, noun or adverb.")
        for preposition in parts_of(row["preposition"]) or ("",):
            rows[row["word"], row["kind"], preposition] = row["role"]
    return Frames(rows)

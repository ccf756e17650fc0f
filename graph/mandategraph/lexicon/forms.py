"""How documents of each form speak, and the words of duty that state in texts of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, act_of, number_of, parts_of
from mandategraph.records import Act, Genre

_VERBS = frozenset({"base", "finite", "past", "perfect"})


@dataclass(frozen=True, slots=True)
class Form:
    """Who speaks in documents of a form, and in which verb forms.

    Attributes:
        speakers: who speaks -> the forms of his verbs, the likeliest first ("finite", "past", "base", or "perfect" for "have decided"): "body" is the issuing body under
            its name, "government" a delegation; others are pronouns in lower case.
        modals: auxiliary -> the verb as which a promise of the speaker counts: "will" -> "commit".
    """

    genre: Genre
    speakers: Mapping[str, tuple[str, ...]]
    modals: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Norm:
    """Words of duty, permission or entitlement: "shall", "is responsible for".

    Attributes:
        words: in lower case.
        verb: as which they count.
        negated: the act where "not" follows.
        genres: in whose documents the words state.
        bearer: who bears the duty: the "subject", or only one that is an "office"; where the words have a subject of their own ("grateful if
            you would", "is my intention") one of them, or who stands "behind" them.
        near: a word that must stand before them in the sentence, or ":" where the sentence must end so, or "".
    """

    words: tuple[str, ...]
    verb: str
    act: Act
    negated: Act
    strength: int
    genres: frozenset[Genre]
    bearer: str
    near: str

    @property
    def is_turn(self) -> bool:
        """Whether the words have a subject of their own."""
        return self.bearer not in {"subject", "office"}

    @property
    def rule(self) -> str:
        """The id under which a trace names it."""
        return f"MOD-{self.verb.replace(' ', '-')}"


def pledge_rule(verb: str) -> str:
    """Return the id of the rule by which a speaker's modal binds him."""
    return "VRB-commit" if verb == "commit" else f"PLG-{verb}"


def load_forms(file: Traversable) -> Mapping[Genre, Form]:
    """Return the forms by genre.

    Raises:
        LexiconError: an unknown genre or verb form, or a genre without a row.
    """
    found = {}
    for where, row in Rows(file, ("genre", "speakers", "modals", "rests_on", "source")):
        if row["genre"] not in set(Genre):
            raise LexiconError("unknown genre", where=where, hint=f"Use one of {', '.join(Genre)}.")
        speakers = {}
        for part in parts_of(row["speakers"]):
            who, _, forms = part.partition(":")
            speakers[who] = parts_of(forms, "+")
            if not speakers[who] or not _VERBS.issuperset(speakers[who]):
                raise LexiconError(f"{part!r} names no verb form", where=where, hint="Write it:past+finite.")
        modals = dict(part.split("=", 1) for part in parts_of(row["modals"]) if "=" in part)
        genre = Genre(row["genre"])
        found[genre] = Form(genre, speakers, modals)
    if missing := set(Genre) - set(found):
        raise LexiconError(f"no row for {min(missing)!r}", where=file.name, hint="Each genre needs one.")
    return found


def load_norms(file: Traversable) -> tuple[Norm, ...]:
    """Return the words of duty, the longest first.

    Raises:
        LexiconError: an unknown act, or a strength out of its bounds.
    """
    found = [
        Norm(
            tuple(row["words"].split()),
            row["verb"],
            act_of(row["act"], where),
            act_of(row["negated"], where),
            number_of(row["strength"], where, "strength", 0, 5),
            frozenset(Genre(each) for each in parts_of(row["genre"])),
            row["bearer"],
            row["near"],
        )
        for where, row in Rows(
            file, ("words", "verb", "act", "negated", "strength", "genre", "bearer", "near", "source")
        )
    ]
    return tuple(sorted(found, key=lambda norm: -len(norm.words)))

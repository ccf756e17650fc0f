"""Verbs of another language with all their forms -> English words in the same forms.

In: `lexicons/conjugation.<language>.csv`: a verb, the English verb it is, and its forms where no pattern makes them. Out: every form with
the English words. Limits: the third person, as bodies speak; patterns of French verbs in -er and -ir.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.rows import Rows, parts_of

_TENSES = ("gerund", "participle", "finite", "future", "conditional")


def conjugated(
    folder: Traversable, language: str, irregular: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield every form of every verb, its English words, and its kind; a verb of several words is conjugated as its first is: "rendre compte".

    Args:
        folder: of the lexicons.
        language: by ISO 639-1; one without a file has no verbs.
        irregular: past participles of English with their verbs.

    Raises:
        LexiconError: a verb whose forms are not those of `_TENSES`.
    """
    file = folder / f"conjugation.{language}.csv"
    rows = list(Rows(file, ("verb", "english", "forms", "source"))) if file.is_file() else []
    printed = {
        row["verb"]: tuple(parts_of(part, ";") for part in row["forms"].split("|")) for _, row in rows if row["forms"]
    }
    past = {verb: participle for participle, verb in irregular.items()}
    for where, row in rows:
        reflexive = next((word for word in ("se ", "s'") if row["verb"].startswith(word)), "")
        first, _, rest = row["verb"].removeprefix(reflexive).partition(" ")
        parts = printed.get(first) or _regular(first)
        if len(parts) != len(_TENSES):
            raise LexiconError(
                f"{row['verb']!r} has {len(parts)} forms", where=where, hint=f"Give {'|'.join(_TENSES)}."
            )
        for kind, variants in zip(("infinitive", *_TENSES), ((first,), *parts), strict=True):
            said = tuple(_inflected(row["english"], kind, past))
            for variant in variants:
                yield f"{reflexive}{variant} {rest}".strip(), said, "future" if kind == "conditional" else kind


def _regular(verb: str) -> tuple[tuple[str, ...], ...]:
    """Return the forms of a French verb in -er or -ir by the tenses, () for another.

    Example:
        >>> _regular("lever")[2], _regular("définir")[0]
        (('lève', 'lèvent'), ('définissant',))
    """
    stem = verb[:-2]
    if verb.endswith("ir"):
        participles = tuple(stem + end for end in ("i", "ie", "is", "ies"))
        finite = (stem + "it", stem + "issent", stem + "isse")
        return (stem + "issant",), participles, finite, (verb + "a", verb + "ont"), (verb + "ait", verb + "aient")
    if not verb.endswith("er"):
        return ()
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    open_ = re.sub(r"[eé](?=(?:[bcdfglmnprstv]|[bcdfgptv][lr])$)", "è", stem)
    participles = tuple(stem + end for end in ("é", "ée", "és", "ées"))
    future = tuple(dict.fromkeys(base + end for base in (stem, open_) for end in ("era", "eront")))
    conditional = tuple(dict.fromkeys(base + end for base in (stem, open_) for end in ("erait", "eraient")))
    return (soft + "ant",), participles, (open_ + "e", open_ + "ent"), future, conditional


def _inflected(english: str, kind: str, past: Mapping[str, str]) -> Iterable[str]:
    """Return the English words that a form of a verb is."""
    first, *rest = english.split()
    if kind in {"future", "conditional"}:
        return ("shall" if kind == "future" else "would", first, *rest)
    if kind == "finite":
        is_y = first.endswith("y") and first[-2] not in "aeiou"
        ending = first[:-1] + "ies" if is_y else first + ("es" if first.endswith(("s", "sh", "ch", "x", "o")) else "s")
        return (ending, *rest)
    is_doubled = re.search(r"(?:[bdfghlnprstm][aeiou](?:p|n|g)|mit|fer|cur)$", first) and first not in {
        "open",
        "assign",
        "sign",
    }
    stem = first + first[-1] if is_doubled and len(first) < 9 else first
    if kind == "gerund":
        return ((stem.removesuffix("e") if not first.endswith("ee") else stem) + "ing", *rest)
    if kind == "participle":
        regular = (
            first[:-1] + "ied"
            if first.endswith("y") and first[-2] not in "aeiou"
            else stem + ("d" if stem.endswith("e") else "ed")
        )
        return (past.get(first, regular), *rest)
    return (first, *rest)

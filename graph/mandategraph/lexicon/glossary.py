"""The words of another language as words of the grammar.

The grammar knows words by what they do in a sentence, and names them in English: `of`, `that`, `report`, `shall`. A language is read where it
has a glossary: `lexicons/glossary.<language>.csv` says for its forms which words of the grammar they are, and where that depends on what
stands beside them, `lexicons/conjugation.<language>.csv` does so for verbs with all their forms. In: the words of a text with their places.
Out: the same as words of the grammar, each with the place of what is printed; a word that is not printed by itself ("du" is "of the") has a
place without length.

Limits: words keep their order, but that an adjective behind its noun joins it, and a pronoun before its verb is marked: `it=`, `to-it=`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from mandategraph.errors import LexiconError
from mandategraph.lexicon.conjugation import conjugated
from mandategraph.lexicon.glosses import Gloss, Glossed, Printed, render
from mandategraph.lexicon.rows import Rows, parts_of
from mandategraph.lexicon.wordwise import CONTEXTS, Forms, Wordwise

_WORD = re.compile(r"[\w#]+(?:-\w+)*'?|[^\w\s]")
KINDS = frozenset("word contraction skip clitic adverb adjective noun number month unit limit".split())


@dataclass(frozen=True)
class Glossary:
    """The forms of a language by their first word: what follows it, and what they are, the likeliest first."""

    forms: Forms

    def gloss(self, words: Sequence[Printed], places: frozenset[int] = frozenset()) -> list[Glossed]:
        """Return the words of the grammar that some words are, in their order.

        Args:
            words: as printed, in reading order.
            places: indices of those that begin the name of a State or place.
        """
        return Wordwise(self.forms, words, places).run()

    def said(self, text: str) -> str:
        """Return a text in words of the grammar, with the capitals and marks of the text.

        Example:
            >>> from mandategraph.lexicon import load_tables, tables_in
            >>> tables_in(load_tables(), "fr").glossary.said("Adoptée par le Conseil de sécurité, le 29 juin 2022")
            'Adopted by the Security Council, on 29 June 2022'
        """
        return render(self.gloss([Printed(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]))[0]


def load_glossary(folder: Traversable, language: str, irregular: Mapping[str, str]) -> Glossary:
    """Return the glossary of a language.

    Args:
        folder: of the lexicons.
        language: by ISO 639-1.
        irregular: past participles of English with their verbs.

    Raises:
        LexiconError: an unknown kind or context, or a verb whose forms are not those of its pattern.
    """
    forms: dict[str, list[tuple[tuple[str, ...], Gloss]]] = {}
    verbs = ((form, Gloss(words, kind)) for form, words, kind in conjugated(folder, language, irregular))
    for form, gloss in (*_words(folder / f"glossary.{language}.csv"), *verbs):
        first, *rest = _WORD.findall(form)
        forms.setdefault(first, []).append((tuple(rest), gloss))
    return Glossary({first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in forms.items()})


def _words(file: Traversable) -> Iterator[tuple[str, Gloss]]:
    for where, row in Rows(file, ("forms", "kind", "gloss", "before", "after", "source")):
        if row["kind"] not in KINDS or not {row["before"], row["after"]} <= CONTEXTS:
            hint = f"Kinds are {', '.join(sorted(KINDS))}; contexts {', '.join(sorted(CONTEXTS))}."
            raise LexiconError(f"unknown kind or context of {row['forms']!r}", where=where, hint=hint)
        for form in parts_of(row["forms"]):
            words = tuple(row["gloss"].split()) or (form,)
            yield form, Gloss(words, row["kind"], row["before"], row["after"])

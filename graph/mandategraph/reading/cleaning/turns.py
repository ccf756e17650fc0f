"""Two languages paragraph by paragraph: what is not in the language of the text is taken out.

In: a text, one line as printed a line. Out: edits. A text is in two languages where long lines of another one are a part of all that counts; one
foreign line in a text is left to stand. Short lines between two that are taken out go with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mandategraph.lexicon import Language
from mandategraph.reading.cleaning.edits import Edit
from mandategraph.reading.languages import find_language

# Words that tell the language of a line; how many lines of another language a text in two languages has at least, and their share of
# all that are as long.
_TELLING, _LEAST, _SHARE = 10, 2, 0.15


def in_turns(text: str, languages: tuple[Language, ...]) -> Iterator[Edit]:
    """Yield the edits that take out the lines of a second language.

    Args:
        text: one line as printed a line.
        languages: with their small words; without them nothing is taken out.
    """
    if not languages:
        return
    lines = list(re.finditer(r"[^\n]+", text))
    told = [find_language(line[0], languages) if len(line[0].split()) >= _TELLING else None for line in lines]
    main = _main(told) or find_language(text, languages)
    if main is None:
        return
    foreign = [language is not None and language.id != main.id for language in told]
    if sum(foreign) < max(_LEAST, _SHARE * sum(language is not None for language in told)):
        return
    known = [i for i, language in enumerate(told) if language is not None]
    for i, line in enumerate(lines):
        before = next((k for k in reversed(known) if k <= i), None)
        after = next((k for k in known if k >= i), None)
        is_between = before is not None and after is not None and foreign[before] and foreign[after]
        if is_between or (before is not None and foreign[before] and _is_of(line[0], main, languages)):
            yield Edit(line.start(), line.end(), "", "another language")


def _main(told: Sequence[Language | None]) -> Language | None:
    """Return English where a part of the long lines that counts is in it: the genre's words are English; else None."""
    english = [language for language in told if language is not None and language.id == "en"]
    return english[0] if len(english) >= _SHARE * sum(language is not None for language in told) > 0 else None


def _is_of(line: str, main: Language, languages: tuple[Language, ...]) -> bool:
    """Return whether a short line behind foreign ones is in another language, too."""
    language = find_language(line, languages)
    return language is not None and language.id != main.id

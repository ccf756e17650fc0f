"""Which body speaks in a document: the one named over its preamble, in its title, or in the words that tell its genre."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mandategraph.lexicon import Body
from mandategraph.reading.genres import HEAD, OPENING, SMALL, Drafting, named_at
from mandategraph.reading.lines import Line
from mandategraph.records import Genre

_ORDINAL = re.compile(
    r"^(?:(?:Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety|Hundred|One|[A-Z][a-z]+th)[ -])*(?:[A-Z]?[a-z]+(?:th|st|rd|nd)) (?=[A-Z])"
)
# Who reports or writes for a body.
_OFFICER = re.compile(r"^(?:President|Chair(?:person|man|woman)?|Chairs|Co-Chairs) of the ")


def names_body(line: Line) -> bool:
    """Whether a line is the issuing body's name, on which the preamble follows."""
    return bool(re.match(r"^\W*(?:\d+\. )?The [A-Z]", line.whole, re.I))


def _first_named(head: str, names: Iterable[str]) -> str:
    """Return the name that stands first in a head, or ""."""
    return min(((head.index(name), name) for name in names if name in head), default=(0, ""))[1]


def find_body(lines: Sequence[Line], drafting: Drafting, bodies: Iterable[Body]) -> str:
    """Return the surface of the body that speaks, or ""; `bodies` may be named in a head."""
    known = [body.name for body in bodies if body.adopts]
    genre, body_at = drafting.genre, drafting.body_at
    if genre is Genre.RESOLUTION and not names_body(lines[body_at]):
        head = "\n".join(line.whole for line in lines[:body_at])
        return _first_named(head, known)
    if genre is Genre.RESOLUTION:
        return _printed(lines[body_at])
    if genre is Genre.PRESIDENTIAL_STATEMENT:
        head = " ".join(line.whole for line in lines[: body_at + 1])
        return _first_named(head, known)
    if genre is Genre.CONCLUSIONS:
        for line in lines[body_at : body_at + 6]:
            if found := re.search(
                r"\b(?:the|The) ((?:[A-Z]\w+ )*(?:Working Group|Committee)(?: (?:on|of|and|[A-Z]\w+))*)", line.whole
            ):
                return re.sub(r"(?: (?:on|of|and))+$", "", found[1])
    if genre is Genre.NOTE:
        head = " ".join(line.whole for line in lines[: body_at + 1])
        if found := re.search(r"\bInformal Expert Group(?: \(IEG\))?(?: of the Security Council)?[\w ,]*", head, re.I):
            return found[0].strip(" ,")
    if (
        genre is Genre.RULES
        and (over := next((i for i in range(min(len(lines), OPENING)) if named_at(lines, i)), None)) is not None
    ):
        return _printed(lines[over])
    named = next((each.body.strip() for each in drafting.evidence if each.genre is genre and each.body), "")
    if genre is Genre.MEETING_REPORT and named and " " not in named:
        return _in_full(lines, named)
    return _OFFICER.sub("", named)


def _in_full(lines: Sequence[Line], word: str) -> str:
    """Return the name that begins with a word where the head of a document has it in full: "Summit of Heads of State"; else the word."""
    name = re.compile(rf"\b{word}(?: (?:(?:of|and|the|on|for) )*[A-Z][\w'-]+)+")
    return next((found[0] for line in lines[:HEAD] if (found := name.search(line.whole))), word)


def _printed(line: Line) -> str:
    """Return the name of a body as a line over a preamble prints it, without its article, ordinal and short form."""
    words = line.whole.strip().lstrip("#-0123456789. ")
    name = re.sub(r"^\W*The ", "", words, flags=re.I).split(",")[0].strip(" .*0123456789")
    name = re.sub(r" \([A-Z]+\)$", "", _ORDINAL.sub("", name))
    return _titled(name) if name.isupper() else name


def _titled(words: str) -> str:
    """Return words in capitals as a name is printed."""
    return " ".join(w.lower() if w.lower() in SMALL.split("|") else w.capitalize() for w in words.split())

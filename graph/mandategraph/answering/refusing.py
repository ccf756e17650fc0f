"""What is wrong with a query -> a sentence for whoever wrote it: what stands there, what was meant, which bracket is open.

In: a word of the query that does not fit and what would, or what the store's engine says of a query that the grammar lets through: a prefix that
nobody declared, a variable out of its scope. The engine names the rules of its parser; here it is said what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

Opened = tuple[str, int, int] | None
"""A bracket with its line and column."""
_LONGEST, _MOST = 40, 5
_IN_WORDS = {
    "variable": "a variable (?name)",
    "iri_ref": "an IRI (<...>)",
    "name": "a name (mg:verb)",
    "string": 'a text ("...")',
    "number": "a number",
    "blank": "a blank node",
    "language": "a language (@en)",
    "end": "the end",
}
# What stands for one of these goes without saying; and what few mean.
_CLOSES = {")": "(", "]": "[", "}": "{"}
_UNSAID = frozenset({"prefix", "signed", "nil", "^^", "word", "sign", ""})
_ENGINE = re.compile(r"(\d+):(\d+): (.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:^expected (?:one of )?|, )([A-Z][^',\[\]|]+ [^',\[\]|]+)")
# What the engine says, a word that the query then has, and what that means.
_MEANT = (
    ("variable that is unbound", "SELECT", "a variable is selected that is neither grouped by nor counted"),
    ("Duplicated variable", "SELECT", "two columns have one name: give one of them another after AS"),
    ("[_]", "BIND", "the variable after AS has a value already: give it another name"),
    ("UNDEF", "VALUES", "a row of VALUES has another number of values than there are variables"),
    ("<unreported>", "_:", "a blank node stands in two groups: write a variable instead"),
)
_NAME = re.compile(r"(?<![<\w:])([A-Za-z][\w.-]*)?:(?=[\w%])")
_STRING_OR_IRI = re.compile(r"<[^<>\s]*>|'''.*?'''|\"\"\".*?\"\"\"|'[^'\n]*'|\"[^\"\n]*\"|#[^\n]*", re.DOTALL)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)


class Kind(StrEnum):
    """Why a query is not asked."""

    SYNTAX = "syntax"
    UPDATE = "update"
    SERVICE = "service"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query, and where: line and column count from 1, columns in characters."""

    kind: Kind
    line: int
    column: int
    said: str


def place_of(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a character, both from 1."""
    before = re.sub(r"\r\n?", "\n", text[:at])
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def misfit(written: str, kind: str, expected: Collection[str], *, opened: Opened) -> str:
    """Return what to say of a word that does not fit.

    Args:
        written: as it stands in the query.
        kind: as the grammar names it, "end" where the query ends there.
        expected: what would fit, as the grammar names it.
        opened: the bracket that is open there, with its line and column.

    Example:
        >>> misfit("WHER", "WHER", {"WHERE", "{", "FROM"}, opened=None)
        'WHER does not fit here: WHERE is meant, perhaps'
        >>> misfit("", "end", {"}", "variable"}, opened=("{", 1, 10))
        'the query ends before the { of line 1, column 10 is closed'
    """
    if kind == "end" and opened:
        return f"the query ends before the {opened[0]} of line {opened[1]}, column {opened[2]} is closed"
    if written in _CLOSES and opened and opened[0] != _CLOSES[written]:
        return f"{written} does not close the {opened[0]} of line {opened[1]}, column {opened[2]}"
    if written == "<" and "iri_ref" in expected:
        return "what stands between < and > is no IRI: it has no spaces, for one"
    what = "the query ends too early" if kind == "end" else f"{_cut(written)} does not fit here"
    if written.isalpha() and (near := get_close_matches(written.upper(), [e for e in expected if e.isupper()], n=1)):
        return f"{what}: {near[0]} is meant, perhaps"
    named = [_IN_WORDS.get(each, each) for each in sorted(expected, key=_by_use) if each not in _UNSAID]
    if len(named) > _MOST and {"variable", "iri_ref"} <= {*expected}:
        named = ["a variable", "a name", "a value"] if "string" in expected else ["a variable", "a name"]
    if not named or len(named) > _MOST:
        return what
    return f"{what}: {' or '.join(filter(None, (', '.join(named[:-1]), named[-1])))} would"


def syntax_fault(error: SyntaxError, text: str, known: Collection[str] = ()) -> tuple[int, int, str]:
    """Return line, column and a sentence for what the store says of a query; line and column are 0 where it does not say.

    Args:
        error: of the store.
        text: of the query.
        known: prefixes that are declared for every query.

    Example:
        >>> syntax_fault(SyntaxError("error at 1:28: expected one of Prefix not found, ['%']"), "SELECT ?s WHERE { ?s ex:foo ?o }")
        (1, 22, 'the prefix ex: is not declared: write PREFIX ex: <...> above')
    """
    if place := _undeclared(text, known):
        return place
    found = _ENGINE.search(str(error))
    if not found:
        return 0, 0, "it does not fit together"
    line, column, message = int(found[1]), int(found[2]), found[3].strip()
    for pattern, needed, said in _MEANT:
        if pattern in message and re.search(needed, text, re.IGNORECASE):
            return line, column, said
    said = next(
        (each.strip() for each in _SENTENCE.findall(message)), "what stands here does not fit with what stands before"
    )
    return line, column, f"{said[0].lower()}{said[1:]}"


def _undeclared(text: str, known: Collection[str]) -> tuple[int, int, str] | None:
    """Return the first prefix that is not declared, with its place."""
    bare = _STRING_OR_IRI.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    declared = {*known, *_DECLARED.findall(text)}
    for found in _NAME.finditer(bare):
        prefix = found[1] or ""
        if prefix not in declared and not bare[: found.start()].endswith("_"):
            before = bare[: found.start()]
            line, column = before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1
            return line, column, f"the prefix {prefix}: is not declared: write PREFIX {prefix}: <...> above"
    return None


def _cut(written: str) -> str:
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}..."


def _by_use(name: str) -> tuple[bool, bool, str]:
    """Return the order in which what would fit is named: signs, keywords, then the rest."""
    return name in _IN_WORDS, name.isupper(), name

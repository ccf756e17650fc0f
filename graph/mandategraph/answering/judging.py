r"""The text of a query -> whether it may be asked: SPARQL 1.1 for reading (W3C 2013, sections 19.7 and 19.8), and nothing else.

The text is cut into the terminals of the specification, the longest first, and followed through its grammar, which is LL(1): one
token decides each step. What an engine makes of a text that is no SPARQL does not matter then, for it never sees it. Time goes with the
length; brackets and operators are counted, since an engine takes a stack as deep as they are many.

Escapes of characters (`\u00E9`) are read as section 19.2 says, before all else; one that stands for a sign of the syntax is refused.
What names mean (prefixes that nobody declared, variables out of their scope) is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from mandategraph.answering.refusing import Fault, Kind, Opened, misfit, place_of

LONGEST = 100_000
DEEPEST = 100
MOST_OPERATORS = 1_000


# Words in capitals are keywords, those in small letters terminals, the others productions; [ ] is optional, { } any number of times.
_GRAMMAR = """
Query = Prologue ( Select | Construct | Describe | Ask ) Values end
Prologue = { BASE iri_ref | PREFIX prefix iri_ref }
Select = SelectClause { Dataset } Where Modifiers
SubSelect = SelectClause Where Modifiers Values
SelectClause = SELECT [ DISTINCT | REDUCED ] ( SelectItem { SelectItem } | "*" )
SelectItem = variable | "(" Expression AS variable ")"
Construct = CONSTRUCT ( Template { Dataset } Where Modifiers | { Dataset } WHERE Template Modifiers )
Describe = DESCRIBE ( VarOrIri { VarOrIri } | "*" ) { Dataset } [ Where ] Modifiers
Ask = ASK { Dataset } Where Modifiers
Dataset = FROM [ NAMED ] Iri
Where = [ WHERE ] Group
Modifiers = [ GROUP BY GroupBy { GroupBy } ] [ HAVING Constraint { Constraint } ] [ ORDER BY OrderBy { OrderBy } ] [ Slices ]
GroupBy = BuiltIn | FunctionCall | "(" Expression [ AS variable ] ")" | variable
OrderBy = ( ASC | DESC ) Bracketed | Constraint | variable
Slices = LIMIT number [ OFFSET number ] | OFFSET number [ LIMIT number ]
Values = [ VALUES DataBlock ]
Template = "{" [ Triples ] "}"
Triples = SameSubject [ "." [ Triples ] ]
SameSubject = VarOrTerm Properties | TriplesNode [ Properties ]
Properties = Verb ObjectList { ";" [ Verb ObjectList ] }
Verb = VarOrIri | a
ObjectList = GraphNode { "," GraphNode }
Group = "{" ( SubSelect | GroupParts ) "}"
GroupParts = [ PathTriples ] { NotTriples [ "." ] [ PathTriples ] }
PathTriples = PathSubject [ "." [ PathTriples ] ]
NotTriples = Group { UNION Group } | OPTIONAL Group | MINUS Group | GRAPH VarOrIri Group | SERVICE [ SILENT ] VarOrIri Group
  | FILTER Constraint | BIND "(" Expression AS variable ")" | VALUES DataBlock
DataBlock = variable "{" { DataValue } "}" | ( nil | "(" { variable } ")" ) "{" { "(" { DataValue } ")" | nil } "}"
DataValue = Iri | Literal | UNDEF
Constraint = Bracketed | BuiltIn | FunctionCall
FunctionCall = Iri Arguments
Arguments = nil | "(" [ DISTINCT ] Expression { "," Expression } ")"
ExpressionList = nil | "(" Expression { "," Expression } ")"
PathSubject = VarOrTerm PathProperties | PathTriplesNode [ PathProperties ]
PathProperties = PathVerb PathObjects { ";" [ PathVerb PathObjects ] }
PathVerb = Path | variable
PathObjects = PathGraphNode { "," PathGraphNode }
Path = PathSequence { "|" PathSequence }
PathSequence = PathEltOrInverse { "/" PathEltOrInverse }
PathEltOrInverse = [ "^" ] PathPrimary [ "?" | "*" | "+" ]
PathPrimary = Iri | a | "!" PathNegated | "(" Path ")"
PathNegated = PathOne | nil | "(" [ PathOne { "|" PathOne } ] ")"
PathOne = [ "^" ] ( Iri | a )
TriplesNode = "(" GraphNode { GraphNode } ")" | "[" Properties "]"
GraphNode = VarOrTerm | TriplesNode
PathTriplesNode = "(" PathGraphNode { PathGraphNode } ")" | "[" PathProperties "]"
PathGraphNode = VarOrTerm | PathTriplesNode
VarOrTerm = variable | Iri | Literal | blank | nil
VarOrIri = variable | Iri
Iri = iri_ref | name | prefix
Literal = string [ language | "^^" Iri ] | number | signed | TRUE | FALSE
Expression = And { "||" And }
And = Relation { "&&" Relation }
Relation = Sum [ ( "=" | "!=" | "<" | ">" | "<=" | ">=" ) Sum | [ NOT ] IN ExpressionList ]
Sum = Product { ( "+" | "-" ) Product | signed { ( "*" | "/" ) Unary } }
Product = Unary { ( "*" | "/" ) Unary }
Unary = [ "!" | "+" | "-" ] Primary
Primary = Bracketed | BuiltIn | Iri [ Arguments ] | Literal | variable
Bracketed = "(" Expression ")"
BuiltIn = One "(" Expression ")" | Two "(" Expression "," Expression ")" | None nil | ( CONCAT | COALESCE ) ExpressionList
  | BOUND "(" variable ")" | BNODE ( "(" Expression ")" | nil ) | IF "(" Expression "," Expression "," Expression ")"
  | ( REGEX | SUBSTR ) "(" Expression "," Expression [ "," Expression ] ")"
  | REPLACE "(" Expression "," Expression "," Expression [ "," Expression ] ")"
  | [ NOT ] EXISTS Group | Aggregate
Aggregate = COUNT "(" [ DISTINCT ] ( "*" | Expression ) ")" | ( SUM | MIN | MAX | AVG | SAMPLE ) "(" [ DISTINCT ] Expression ")"
  | GROUP_CONCAT "(" [ DISTINCT ] Expression [ ";" SEPARATOR "=" string ] ")"
One = STR | LANG | DATATYPE | IRI | URI | ABS | CEIL | FLOOR | ROUND | STRLEN | UCASE | LCASE | ENCODE_FOR_URI | YEAR | MONTH | DAY
  | HOURS | MINUTES | SECONDS | TIMEZONE | TZ | MD5 | SHA1 | SHA256 | SHA384 | SHA512 | ISIRI | ISURI | ISBLANK | ISLITERAL | ISNUMERIC
Two = LANGMATCHES | CONTAINS | STRSTARTS | STRENDS | STRBEFORE | STRAFTER | STRLANG | STRDT | SAMETERM
None = RAND | NOW | UUID | STRUUID
"""
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_OPENING, _CLOSING = frozenset("({["), frozenset(")}]")
_OPERATORS = frozenset(
    "|| && = != < > <= >= + - * / | ^ ! { OPTIONAL MINUS UNION FILTER BIND GRAPH EXISTS signed".split()
)

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_VARIABLE = rf"[{_BASE}_0-9][{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*"
_CHARACTER = rf"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040-]"
_PREFIX = rf"(?:[{_BASE}](?:\.*{_CHARACTER})*)?:"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_ESCAPED})(?:\.*(?:{_CHARACTER}|:|{_ESCAPED}))*"
_DIGITS = r"(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"
_TERMINALS = {
    "iri_ref": r"<[^<>\"{}|^`\\\x00-\x20]*>",
    "name": rf"{_PREFIX}{_LOCAL}",
    "prefix": _PREFIX,
    "blank": rf"_:[{_BASE}_0-9](?:\.*{_CHARACTER})*|\[[ \t\r\n]*\]",
    "variable": rf"[?$]{_VARIABLE}",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
    "signed": rf"[+-]{_DIGITS}",
    "number": _DIGITS,
    "string": (
        r"'''(?:'{0,2}(?:[^'\\]|\\[tbnrf\\\"']))*'''|\"\"\"(?:\"{0,2}(?:[^\"\\]|\\[tbnrf\\\"']))*\"\"\""
        r"|'(?!'')(?:[^'\\\r\n]|\\[tbnrf\\\"'])*'|\"(?!\"\")(?:[^\"\\\r\n]|\\[tbnrf\\\"'])*\""
    ),
    "nil": r"\([ \t\r\n]*\)",
    "word": r"[A-Za-z_][A-Za-z0-9_]*",
    "sign": r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\].;,*/|^?!+=<>-]",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?:[ \t\r\n]|#[^\r\n]*)*(?:"
    + "|".join(f"(?P<{name}>{rule})" for name, rule in _TERMINALS.items())
    + r"|(?P<end>\Z))"
)
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PIECE = re.compile(r'"[^"]+"|\S+')


@lru_cache(maxsize=64)
def judge(text: str, *, allow_service: bool = False) -> Fault | None:
    """Return what is wrong with a query, the first thing, or None where it is SPARQL 1.1 that only reads.

    Args:
        text: of the query, as it came.
        allow_service: let it ask other servers with SERVICE.

    Example:
        >>> judge("SELECT ?service { ?service ?p 'SERVICE' } # SERVICE") is None
        True
        >>> judge("ASK { SERVICE <http://example.org/> { ?s ?p ?o } }")
        Fault(kind=<Kind.SERVICE: 'service'>, line=1, column=7, said='SERVICE is off here: only this store is asked')
        >>> judge("CLEAR ALL").said
        'CLEAR is an update: only SELECT, ASK, CONSTRUCT and DESCRIBE are answered'
    """
    if len(text) > LONGEST:
        return Fault(Kind.SIZE, 1, 1, f"the query is longer than {LONGEST:,} characters")
    try:
        _follow(text, allow_service=allow_service)
    except _Wrong as wrong:
        return Fault(wrong.kind, *place_of(text, wrong.at), wrong.said)
    return None


class _Wrong(Exception):
    def __init__(self, at: int, said: str, kind: Kind = Kind.SYNTAX) -> None:
        super().__init__(said)
        self.at, self.said, self.kind = at, said, kind


@dataclass(frozen=True, slots=True)
class Token:
    """A terminal: `kind` as the grammar names it, a keyword in capitals or a sign itself; `at` counts characters from 0."""

    kind: str
    at: int
    text: str


def _unescaped(text: str) -> str:
    """Return the text with each escape as its character, as often as keeps all others in their places."""

    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        if code > 0x10FFFF or 0xD800 <= code < 0xE000 or (code < 0xA0 and not chr(code).isalnum()):
            raise _Wrong(found.start(), f"{found[0]} stands for no letter: write the character itself")
        return chr(code) * len(found[0])

    return _ESCAPE.sub(character, text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the terminals of a query, without space and comments; the last is "end".

    Raises:
        _Wrong: there is something that is no terminal.
    """
    text, at = _unescaped(text), 0
    while at <= len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            space = _SPACE.match(text, at)
            start = space.end() if space else at
            said = "a string that does not end" if text[start] in "\"'" else f"{text[start]!r} is no sign of SPARQL"
            raise _Wrong(start, said)
        kind, written = str(found.lastgroup), found[str(found.lastgroup)]
        if kind == "sign" or written == "a":
            kind = written
        elif kind == "word":
            kind = written.upper()
        yield Token(kind, found.start(str(found.lastgroup)), written)
        at = found.end() if kind != "end" else len(text) + 1


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A piece of the grammar: a terminal or a production by name, or a "seq", "any" (of), "opt" or "rep" of parts."""

    kind: str
    name: str = ""
    parts: tuple[_Part, ...] = ()


def _follow(text: str, *, allow_service: bool) -> None:
    """Go through the grammar with the tokens of a query; a stack of our own, so that no depth of the text is a depth of calls.

    Raises:
        _Wrong: a token does not fit, or there are too many.
    """
    rules, firsts = _rules()
    left = tokens(text)
    stack, token = [rules["Query"]], next(left)
    operators = 0
    opened: list[Token] = []
    skipped: set[str] = set()

    def check(expected: Collection[str]) -> None:
        open_ = (opened[-1].kind, *place_of(text, opened[-1].at)) if opened else None
        _check(token, skipped.union(expected), open_, allow_service=allow_service)

    while stack:
        part = stack.pop()
        if part.kind == "seq":
            stack.extend(reversed(part.parts))
        elif part.kind != "name":
            if chosen := firsts[part].get(token.kind):
                stack.extend((part, chosen) if part.kind == "rep" else (chosen,))
            elif "" not in firsts[part]:
                check(firsts[part])
            else:
                skipped.update(firsts[part])
        elif part.name in rules:
            stack.append(rules[part.name])
        else:
            if token.kind == "SERVICE" or token.kind != part.name:
                check((part.name,))
            skipped.clear()
            if token.kind in _OPENING:
                opened.append(token)
            elif token.kind in _CLOSING:
                opened.pop()
            operators += token.kind in _OPERATORS
            if len(opened) > DEEPEST or operators > MOST_OPERATORS:
                is_deep = len(opened) > DEEPEST
                most = f"{DEEPEST} brackets in each other" if is_deep else f"{MOST_OPERATORS:,} operators"
                raise _Wrong(token.at, f"the query has more than {most}", Kind.SIZE)
            token = next(left, token)


def _check(token: Token, expected: Collection[str], opened: Opened, *, allow_service: bool) -> None:
    """Say what is wrong with a token that does not fit where some others would.

    Raises:
        _Wrong: always, but for SERVICE where that is allowed and expected.
    """
    if token.kind == "SERVICE" and not allow_service:
        raise _Wrong(token.at, "SERVICE is off here: only this store is asked", Kind.SERVICE)
    if token.kind in expected:
        return
    if token.kind in _UPDATES:
        said = f"{token.kind} is an update: only SELECT, ASK, CONSTRUCT and DESCRIBE are answered"
        raise _Wrong(token.at, said, Kind.UPDATE)
    raise _Wrong(token.at, misfit(token.text, token.kind, expected, opened=opened))


@cache
def _rules() -> tuple[dict[str, _Part], dict[_Part, dict[str, _Part]]]:
    """Return the productions by name; and for each part the terminals that it may begin with, "" where it may be empty, each with
    the branch that begins so.
    """
    rules: dict[str, _Part] = {}
    for line in re.split(r"\n(?=\w)", _GRAMMAR.strip()):
        name, _, body = line.partition(" = ")
        rules[name] = _choice(_PIECE.findall(body))
    firsts: dict[_Part, dict[str, _Part]] = {}
    parts = list(rules.values())
    while parts:
        part = parts.pop()
        _first(part, rules, firsts)
        parts.extend(part.parts)
    return rules, firsts


def _choice(pieces: list[str]) -> _Part:
    """Return the part that pieces of the grammar describe, up to a bracket that closes; they are taken off."""
    branches: list[list[_Part]] = [[]]
    closing = {"(": ")", "[": "]", "{": "}"}
    while pieces and pieces[0] not in closing.values():
        piece = pieces.pop(0)
        if piece == "|":
            branches.append([])
        elif piece in closing:
            inner = _choice(pieces)
            pieces.remove(closing[piece])
            branches[-1].append({"(": inner, "[": _Part("opt", "", (inner,)), "{": _Part("rep", "", (inner,))}[piece])
        else:
            branches[-1].append(_Part("name", piece.strip('"')))
    parts = tuple(each[0] if len(each) == 1 else _Part("seq", "", tuple(each)) for each in branches)
    return parts[0] if len(parts) == 1 else _Part("any", "", parts)


def _first(part: _Part, rules: dict[str, _Part], firsts: dict[_Part, dict[str, _Part]]) -> dict[str, _Part]:
    if part in firsts:
        return firsts[part]
    found: dict[str, _Part] = {}
    if part.kind == "name":
        found = dict.fromkeys(_first(rules[part.name], rules, firsts) if part.name in rules else (part.name,), part)
    elif part.kind == "seq":
        found[""] = part
        for each in part.parts:
            if found.pop("", None):
                found |= dict.fromkeys(_first(each, rules, firsts), part)
    else:
        for each in part.parts:
            found |= dict.fromkeys(_first(each, rules, firsts), each)
        if part.kind != "any":
            found[""] = part
    firsts[part] = found
    return found

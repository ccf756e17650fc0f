"""Named questions: files of `queries/` whose head declares title, description and parameters.

    # title: What must an actor report?
    # description: ...
    # @param actor actor default=SecretaryGeneral   Whose reports.
    # @param document document example=S/2020/600   In which document.

The name of a file is the name of its question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mandategraph.errors import NotFoundError, QueryError
from mandategraph.resources import folder
from mandategraph.symbols import did_you_mean

_PARAM = re.compile(
    r"^#\s*@param\s+(?P<name>\w+)\s+(?P<type>\w+)(?:\s+default=(?P<default>\S+))?(?:\s+example=(?P<example>\S+))?"
    r"(?:\s+(?P<about>.*))?$"
)
_FIELD = re.compile(r"^#\s*(?P<name>title|description|answered by):\s*(?P<value>.*)$")
NAMES = ("actor", "instrument", "document", "theme")
TYPES = (*NAMES, "date", "integer", "string")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question."""

    name: str
    type: str
    default: str | None
    about: str
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A named question; `by` names what answers it (`computing`), "" where its text is a query."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    by: str = ""


def question_names() -> list[str]:
    """Return the names of all named questions, sorted."""
    return sorted(f.name.removesuffix(".rq") for f in folder("queries").iterdir() if f.name.endswith(".rq"))


def load_question(name: str) -> Question:
    """Return a named question.

    Raises:
        NotFoundError: there is none of that name.
        QueryError: its head is wrong.
    """
    names = question_names()
    if name not in names:
        hint = did_you_mean(name, names) or f"The questions are {', '.join(names)}."
        raise NotFoundError(f"there is no question named {name!r}", hint=hint)
    return parse_question(name, (folder("queries") / f"{name}.rq").read_text(encoding="utf-8"))


def parse_question(name: str, text: str) -> Question:
    """Return the question that a query text with a head is; a text without a head has no parameters.

    Raises:
        QueryError: a parameter has a type that does not exist.
    """
    fields, parameters = {"title": name, "description": "", "answered by": ""}, []
    for n, line in enumerate(text.splitlines(), 1):
        if field := _FIELD.match(line):
            fields[field["name"]] = field["value"].strip()
        if param := _PARAM.match(line):
            if param["type"] not in TYPES:
                hint = f"Use one of {', '.join(TYPES)}."
                raise QueryError(f"unknown parameter type {param['type']!r}", where=f"{name}, line {n}", hint=hint)
            about, example = (param["about"] or "").strip(), param["example"] or param["default"]
            parameters.append(Parameter(param["name"], param["type"], param["default"], about, example))
    return Question(name, fields["title"], fields["description"], tuple(parameters), text, fields["answered by"])


def question_of_file(path: Path) -> Question:
    """Return the question in a file.

    Raises:
        QueryError: the file cannot be read.
    """
    try:
        return parse_question(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"the file cannot be read ({error})", where=str(path), hint="Check the path.") from error

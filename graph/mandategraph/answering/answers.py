"""Reports and letters -> the requirements that they answer: asked and answered.

In: the store. Out: for each requirement what answers it; and what answers none that is here. A document that names a paragraph answers the reports that
are asked there, below it, or in the words that lead to it; where none is, what else is asked there. One that names an instrument alone answers the reports that are asked there of its author, those first that have a day.

Limits: of several such reports it is not known which is meant, and the document stands with each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.answers import AnswerOf, answers
from mandategraph.recalling.documents import documents
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.symbols import symbol_of
from mandategraph.vocabulary import element_id

REPORT = "report"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is answered.

    Attributes:
        given: by the IRI of a requirement, what answers it, by day.
        asked: the requirements that are answered, by IRI.
        elsewhere: what answers nothing that is here.
    """

    given: Mapping[str, tuple[AnswerOf, ...]]
    asked: Mapping[str, Stated]
    elsewhere: tuple[AnswerOf, ...]


def linked(store: GraphStore) -> Answers:
    """Return what is answered in a store."""
    said = answers(store)
    symbols = {answer.asked for answer in said}
    keys = {head.key: symbol_of(head.instrument or head.key) for head in documents(store)}
    wanted = tuple(key for key, symbol in keys.items() if symbol in symbols)
    asked: dict[str, list[Stated]] = defaultdict(list)
    for stated in statements(store, Wanted(documents=wanted, is_obligation=True)) if wanted else ():
        if not stated.is_quoted:
            asked[keys[stated.document]].append(stated)
    given: dict[str, list[AnswerOf]] = defaultdict(list)
    found: dict[str, Stated] = {}
    elsewhere = []
    for answer in said:
        requirements = _requirements(answer, asked.get(answer.asked, ()))
        for stated in requirements:
            given[stated.statement].append(answer)
            found[stated.statement] = stated
        if not requirements:
            elsewhere.append(answer)
    return Answers({iri: tuple(them) for iri, them in given.items()}, found, tuple(elsewhere))


def _requirements(answer: AnswerOf, asked: Sequence[Stated]) -> list[Stated]:
    """Return which of the obligations of what it names a document answers."""
    if answer.place:
        reports = [stated for stated in asked if REPORT in stated.products]
        for of, fits in product((reports, asked), (_is_there, _is_below, _is_above)):
            if there := [stated for stated in of if fits(element_id(stated.paragraph), answer.place)]:
                return _of_author(answer, there)
        return []
    reports = _of_author(answer, [stated for stated in asked if REPORT in stated.products])
    return [stated for stated in reports if stated.days or stated.cycles] or reports


def _of_author(answer: AnswerOf, asked: list[Stated]) -> list[Stated]:
    """Return what is asked of the author of an answer; all where nothing is, or where nobody knows who he is."""
    author = _bare(answer.body)
    return [s for s in asked if author and any(_bare(name) == author for name in s.names)] or asked


def _is_there(here: str, place: str) -> bool:
    return here == place


def _is_below(here: str, place: str) -> bool:
    return here.startswith(f"{place}__")


def _is_above(here: str, place: str) -> bool:
    return place.startswith(f"{here}__")


def _bare(name: str) -> str:
    """Return a name or an id by its letters alone: "Secretary-General" and "SecretaryGeneral" are one."""
    return re.sub(r"[^a-z]", "", name.casefold())

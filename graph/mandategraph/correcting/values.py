"""Statements and relations <-> the values that a correction gives them.

In: a record of a reading, or values as JSON has them. Out: the other. Values name actors by id and keep the words that are printed; where those stand
is looked up in the text each time, so that values outlive offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from mandategraph.correcting.anchoring import Words
from mandategraph.records import (
    Act,
    Bindingness,
    Counterpart,
    Deadline,
    DeadlineKind,
    Deed,
    Entity,
    MentionKind,
    Party,
    Relation,
    SourceSpan,
    Statement,
    Status,
    Step,
    Values,
)

RULE = "PER-word"
RELATION_FIELDS = ("subject", "relation", "object", "until", "lasts")
ROLES = ("recipient", "partner", "beneficiary", "agent", "object")
_UNSAID = "the words of its value are not in the text"


class UnfitError(Exception):
    """Values that no statement of this text can have; the message says why."""


def values_of(statement: Statement, words: Words) -> dict[str, Any]:
    """Return all that a correction may say of a statement, and its words."""
    found = {name: read(statement) for name, (read, _) in FIELDS.items()}
    return {**found, "words": _printed(words, statement.span)}


def relation_values(relation: Relation) -> dict[str, Any]:
    """Return all that a correction may say of a relation."""
    return {name: getattr(relation, name) for name in RELATION_FIELDS}


def with_value(statement: Statement, field: str, value: Any, words: Words) -> Statement:
    """Return a statement with another value of a field; what it has in common with the old one stays as it is.

    Raises:
        UnfitError: the value is none that the field can have, or its words are not in the text.
    """
    if field not in FIELDS:
        raise UnfitError(f"a statement has no field {field!r}: there is {', '.join(FIELDS)}")
    read, write = FIELDS[field]
    if read(statement) == value:
        return statement
    try:
        changed = write(statement, value, words)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnfitError(f"{value!r} is no value of {field} ({error})") from error
    step = Step(field, in_words(value), RULE)
    return replace(changed, trace=(*(each for each in statement.trace if each.field != field), step))


def made(values: Values, trigger: SourceSpan, label: str, words: Words) -> Statement:
    """Return a statement of some values.

    Args:
        values: as `values_of` gives them; those that are missing are empty.
        trigger: the words of its verb.
        label: of its paragraph.
        words: of the document.

    Raises:
        UnfitError: it has no verb or act, or values that do not fit the text.
    """
    said = words.within(str(values.get("words", "")), trigger)
    paragraph = words.paragraph(words.label_at(trigger.start)) or trigger
    span = said if said and said.start <= trigger.start < said.end else SourceSpan(trigger.start, paragraph.end)
    try:
        act, verb = Act(values["act"]), str(values["verb"])
    except (KeyError, ValueError) as error:
        raise UnfitError(f"a statement needs a verb and an act: {', '.join(Act)}") from error
    empty = Statement(label, trigger, span, verb, act, 0, None, (), (), (), (), (), (), Status.ADOPTED, None, RULE)
    for field in FIELDS:
        if field in values:
            empty = with_value(empty, field, values[field], words)
    return empty


def made_relation(values: Values, span: SourceSpan, label: str) -> Relation:
    """Return a relation of some values.

    Raises:
        UnfitError: an end, or what it is, is missing.
    """
    subject, relation, object_ = (str(values.get(name) or "") for name in RELATION_FIELDS[:3])
    if not (subject and relation and object_):
        raise UnfitError("a relation needs a subject, a relation and an object")
    return Relation(label, span, subject, relation, object_, RULE, values.get("until"), values.get("lasts"))


def named(values: Any, known: Callable[[str], Entity | None]) -> Iterable[Entity]:
    """Yield the actors and instruments that values name.

    Args:
        values: of a correction.
        known: gives what has an id, None where nothing has.

    Raises:
        UnfitError: nothing has an id, and the values do not say what it is.
    """
    for each in values if isinstance(values, list) else [values]:
        if not isinstance(each, Mapping) or not each.get("id"):
            continue
        if each.get("type"):
            kind, label = MentionKind(each.get("kind", "actor")), str(each.get("label") or each["id"])
            yield known(each["id"]) or Entity(each["id"], kind, each["type"], label, minted=True)
        elif entity := known(each["id"]):
            yield entity
        else:
            raise UnfitError(f"nothing has the id {each['id']!r}")


def in_words(value: Any) -> str:
    """Return the value of a field as people read it."""
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    if isinstance(value, Mapping):
        return str(next(filter(None, map(value.get, ("id", "head", "value", "text", "verb", "relation"))), ""))
    return "" if value is None else str(value)


def _printed(words: Words, span: SourceSpan) -> str:
    return " ".join(words.source[span.start : span.end].split())


def _place(statement: Statement, text: str, words: Words) -> SourceSpan:
    found = words.within(text, statement.span)
    if found is None:
        raise UnfitError(f"{_UNSAID}: {text!r}")
    return found


# field by field: reading a value, and a statement with another


def _parties(statement: Statement) -> list[dict[str, Any]]:
    return [{"id": party.actor, "text": party.surface} for party in statement.addressees]


def _with_parties(statement: Statement, value: list[dict[str, Any]], words: Words) -> Statement:
    old = {(party.actor, party.surface): party for party in statement.addressees}
    parties = []
    for each in value:
        id_, text = each.get("id") or None, str(each.get("text") or "")
        if not (id_ or text):
            raise ValueError("an addressee has an id or words")
        span = _place(statement, text, words) if text and (id_, text) not in old else None
        parties.append(old.get((id_, text)) or Party(text, span, id_, RULE, RULE if id_ else ""))
    return replace(statement, addressees=tuple(parties))


def _deeds(statement: Statement) -> list[dict[str, str]]:
    return [{"head": deed.head, "text": deed.surface} for deed in statement.deeds]


def _with_deeds(statement: Statement, value: list[dict[str, str]], words: Words) -> Statement:
    old = {deed.head: deed for deed in statement.deeds}
    deeds = []
    for each in value:
        head, text = each["head"], each.get("text", "")
        kept = old.get(head)
        if kept is None or (text and text != kept.surface):
            # What passes over words ("ensure that … receive") is found by what stands before them.
            span = _place(statement, (text or head).partition(" …")[0], words)
            kept = Deed(head, text or head, span)
        deeds.append(kept)
    return replace(statement, deeds=tuple(deeds))


def _counterparts(statement: Statement) -> list[dict[str, str]]:
    return [{"id": each.actor, "role": each.role} for each in statement.counterparts]


def _with_counterparts(statement: Statement, value: list[dict[str, str]], _: Words) -> Statement:
    wrong = [each["role"] for each in value if each["role"] not in ROLES]
    if wrong:
        raise ValueError(f"there is no role {wrong[0]}, but {', '.join(ROLES)}")
    return replace(statement, counterparts=tuple(Counterpart(each["id"], each["role"], RULE) for each in value))


def _deadlines(statement: Statement) -> list[dict[str, str]]:
    return [
        {"type": each.kind.value, "value": each.value, "text": each.surface, "resolves": each.resolves or ""}
        for each in statement.deadlines
    ]


def _with_deadlines(statement: Statement, value: list[dict[str, str]], words: Words) -> Statement:
    old = {(each.kind.value, each.value, each.surface, each.resolves or ""): each for each in statement.deadlines}
    deadlines = []
    for each in value:
        kind, text = DeadlineKind(each["type"]), each.get("text", "")
        day, resolves = each.get("value", ""), each.get("resolves", "")
        kept = old.get((kind.value, day, text, resolves))
        span = _place(statement, text, words) if text and kept is None else None
        deadlines.append(kept or Deadline(kind, day, text, resolves or None, RULE, span))
    return replace(statement, deadlines=tuple(deadlines))


def _with_conditions(statement: Statement, value: list[str], words: Words) -> Statement:
    for text in value:
        if text not in statement.conditions:
            _place(statement, text, words)
    return replace(statement, conditions=tuple(value))


def _one(name: str, kind: Callable[[Any], Any] = str) -> tuple[Callable[[Statement], Any], Callable[..., Statement]]:
    """Return how a field of one value is read and written."""
    return lambda s: getattr(s, name), lambda s, value, _: replace(s, **{name: kind(value)})


def _several(name: str) -> tuple[Callable[[Statement], Any], Callable[..., Statement]]:
    """Return how a field of several ids is read and written."""
    return lambda s: list(getattr(s, name)), lambda s, value, _: replace(s, **{name: tuple(map(str, value))})


def _or_none(value: Any) -> str | None:
    return str(value) if value else None


FIELDS: Mapping[str, tuple[Callable[[Statement], Any], Callable[..., Statement]]] = {
    "verb": _one("verb"),
    "act": _one("act", Act),
    "strength": _one("strength", lambda value: range(6)[int(value)]),
    "bindingness": _one("bindingness", Bindingness),
    "issuer": _one("issuer", _or_none),
    "status": _one("status", Status),
    "addressees": (_parties, _with_parties),
    "actions": (_deeds, _with_deeds),
    "counterparts": (_counterparts, _with_counterparts),
    "instruments": _several("instruments"),
    "deadlines": (_deadlines, _with_deadlines),
    "conditions": (lambda s: list(s.conditions), _with_conditions),
    "themes": _several("themes"),
    "quoted_from": _one("quoted_from", _or_none),
}
"""Fields of a statement: how each is read, and how a statement with another value is made."""

"""What a person says, in words and ids -> a correction that travels: anchored to the words, with what was read and what holds.

In: a document as people have it, and a `Remark`. Out: a `Correction`. Ids that the gazetteer does not have go with their type and name, so that another store can
take them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mandategraph.correcting import identity
from mandategraph.correcting.anchoring import Words
from mandategraph.correcting.values import FIELDS, RELATION_FIELDS, relation_values, values_of
from mandategraph.errors import QueryError
from mandategraph.records import (
    Anchor,
    Corrected,
    Correction,
    Entity,
    SourceSpan,
    Statement,
    Target,
    Verdict,
    written,
)

_LISTS = frozenset({"addressees", "actions", "counterparts", "instruments", "deadlines", "conditions", "themes"})
_DAY, _PERIOD = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"P\d")
Naming = Callable[[str], Entity | None]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something, when (ISO 8601), and why."""

    who: str
    when: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person says of a document.

    Attributes:
        paragraph: label; "" where it is of the masthead.
        verb: tells statements of one paragraph apart, and is the verb of one that is added; `nth` those of one verb, from 1.
        words: that name somebody, that state a relation, or the whole of a statement that is added.
        relation: subject, relation and object.
        values: as typed: ids, words, days, or JSON.
    """

    verdict: Verdict
    target: Target
    paragraph: str = ""
    verb: str = ""
    nth: int = 0
    words: str = ""
    relation: tuple[str, str, str] | None = None
    field: str = ""
    values: tuple[str, ...] = ()


def correction_of(found: Corrected, key: str, remark: Remark, voice: Voice, naming: Naming) -> Correction:
    """Return what a person says of a document as a correction.

    Args:
        found: the document as people have it.
        key: under which it is kept.
        remark: what is said.
        voice: who says it.
        naming: gives the actor or instrument that a name means, None where none is called so.

    Raises:
        QueryError: the remark fits nothing in the document, or is incomplete.
    """
    saying = _Saying(found, key, remark, naming)
    anchor, was, becomes = saying.said()
    if was and was == becomes:
        raise QueryError("it is read so already", where=key, hint="Say that it is right with --accept.")
    verdict, target, field = remark.verdict, remark.target, remark.field
    digest = found.document.digest
    return Correction(verdict, target, key, digest, anchor, field, was, becomes, voice.who, voice.when, voice.reason)


def merging(old: Entity, new: Entity, voice: Voice, *, is_known: bool) -> Correction:
    """Return that two actors are one.

    Args:
        old: the one that goes: a document alone vouches for it.
        new: the one that stays.
        voice: who says it.
        is_known: whether the gazetteer has the one that stays.

    Raises:
        QueryError: the gazetteer has the one that is to go, or they are one already.
    """
    if not old.minted:
        hint = "Name first the one that is to go, or add a row to a gazetteer of your own."
        raise QueryError("the gazetteer has this actor", where=old.id, hint=hint)
    if old.id == new.id:
        raise QueryError("they are one actor already", where=old.id)
    becomes = {"id": new.id} if is_known else _thing(new)
    target = Target.ACTOR
    return Correction(Verdict.CORRECTED, target, "", "", None, "id", written(old.id), written(becomes), voice.who, voice.when, voice.reason)  # fmt: skip


def withdrawing(of: Correction, voice: Voice) -> Correction:
    """Return that a correction is taken back."""
    return Correction(Verdict.WITHDRAWN, of.target, of.document, of.sha256, None, of.field, "", "", voice.who, voice.when, voice.reason, of.id)  # fmt: skip


def _thing(entity: Entity) -> dict[str, str]:
    return {"id": entity.id, "kind": entity.kind.value, "type": entity.type, "label": entity.label}


class _Saying:
    """A remark on its way to a correction."""

    def __init__(self, found: Corrected, key: str, remark: Remark, naming: Naming) -> None:
        self.found, self.key, self.remark, self.naming = found, key, remark, naming
        self.words = Words(found.document)

    def said(self) -> tuple[Anchor, str, str]:
        """Return the anchor, what was read, and what holds."""
        kinds: Mapping[Target, Callable[[], tuple[Anchor, str, str]]] = {
            Target.STATEMENT: self._added if self.remark.verdict is Verdict.ADDED else self._statement,
            Target.RELATION: self._relation,
            Target.NAME: self._name,
            Target.DOCUMENT: self._document,
        }
        return kinds[self.remark.target]()

    def _refused(self, what: str, hint: str = "") -> QueryError:
        where = " ".join(filter(None, (self.key, self.remark.paragraph)))
        return QueryError(what, where=where, hint=hint)

    # whole statements and their fields

    def statement(self) -> Statement:
        """Return the one statement that is meant."""
        remark = self.remark
        here = [s for s in self.found.reading.statements if s.paragraph == remark.paragraph]
        meant = [s for s in here if not remark.verb or s.verb == remark.verb]
        if remark.nth:
            meant = meant[remark.nth - 1 : remark.nth]
        if len(meant) != 1:
            verbs = ", ".join(f"{n} {s.verb}" for n, s in enumerate(here, 1))
            said = "no such statement" if not meant else "more than one statement"
            raise self._refused(f"{said} stands there", f"There is: {verbs}." if verbs else "")
        return meant[0]

    def _statement(self) -> tuple[Anchor, str, str]:
        statement, field = self.statement(), self.remark.field
        anchor = self.words.anchor(statement.trigger, statement.paragraph)
        if self.remark.verdict is not Verdict.CORRECTED:
            return anchor, written(values_of(statement, self.words)), ""
        if field not in FIELDS:
            raise self._refused(f"a statement has no field {field!r}", f"There is {', '.join(FIELDS)}.")
        was = FIELDS[field][0](statement)
        return anchor, written(was), written(self.value(field))

    def _added(self) -> tuple[Anchor, str, str]:
        """A statement that was not read: its first word is the anchor."""
        whole, remark = self._place(), self.remark
        given = json.loads(remark.values[0]) if remark.values else {}
        first = self.words.source[whole.start : whole.end].split()[0]
        trigger = SourceSpan(whole.start, whole.start + len(first.rstrip(",;.:")))
        values = {"verb": remark.verb, **given, "words": " ".join(remark.words.split())}
        return self.words.anchor(trigger, remark.paragraph), "", written(values)

    def _place(self) -> SourceSpan:
        paragraph = self.words.paragraph(self.remark.paragraph)
        found = self.words.within(self.remark.words, paragraph) if paragraph else None
        if paragraph is None or found is None or found.start < paragraph.start:
            raise self._refused(f"the words {self.remark.words!r} do not stand there", "Give them as they are printed.")
        return found

    # relations, names, mastheads

    def _relation(self) -> tuple[Anchor, str, str]:
        remark = self.remark
        ends = remark.relation or ("", "", "")
        if remark.verdict is Verdict.ADDED:
            things = [self._named(each) for each in (ends[0], ends[2])]
            said = dict(zip(RELATION_FIELDS, (things[0]["id"], ends[1], things[1]["id"]), strict=False))
            carried = [thing for thing in things if "type" in thing]
            becomes = {**said, **({"things": carried} if carried else {})}
            return self.words.anchor(self._place(), remark.paragraph), "", written(becomes)
        here = [r for r in self.found.reading.relations if r.paragraph == remark.paragraph]
        meant = [r for r in here if (r.subject, r.relation, r.object) == ends]
        if len(meant) != 1:
            shown = "; ".join(f"{r.subject} {r.relation} {r.object}" for r in here)
            raise self._refused("no such relation stands there", f"There is: {shown}." if shown else "")
        anchor, was = self.words.anchor(meant[0].span, meant[0].paragraph), written(relation_values(meant[0]))
        if remark.verdict is not Verdict.CORRECTED:
            return anchor, was, ""
        if remark.field not in RELATION_FIELDS or len(remark.values) != 1:
            raise self._refused("a relation has one value of a field", f"There is {', '.join(RELATION_FIELDS)}.")
        is_thing = remark.field in ("subject", "object")
        return anchor, was, written(self._named(remark.values[0]) if is_thing else remark.values[0])

    def _name(self) -> tuple[Anchor, str, str]:
        place = self._place()
        was = next((m.entity for _, span, m in self.found.reading.mentions if span.start < place.end and place.start < span.end), None)  # fmt: skip
        becomes = written(self._named(self.remark.values[0])) if self.remark.values else ""
        if self.remark.verdict is Verdict.CORRECTED and not becomes:
            raise self._refused("it is not said whom the words name")
        return self.words.anchor(place, self.remark.paragraph), written(was), becomes

    def _document(self) -> tuple[Anchor, str, str]:
        field, value = self.remark.field, "".join(self.remark.values[:1]).strip()
        if why := identity.refusal(field, value):
            raise self._refused(why)
        was = getattr(self.found.document.masthead, field)
        return self.words.anchor(identity.opening(self.found.document)), written(was), written(value)

    # values as typed

    def _named(self, name: str) -> dict[str, str]:
        """Return the actor or instrument that a name means: its id, with what it is where no gazetteer has it."""
        entity = self.naming(name)
        if entity is None:
            raise self._refused(f"nothing is called {name!r}", "List what there is with: mandategraph actors")
        return _thing(entity) if entity.minted else {"id": entity.id}

    def value(self, field: str) -> Any:
        """Return the value of a field that is typed as ids, words, days or JSON."""
        typed: Sequence[str] = [each for each in self.remark.values if each.strip()]
        if typed and typed[0].lstrip()[:1] in "[{":
            try:
                return json.loads(typed[0])
            except ValueError as error:
                raise self._refused(f"the value is not JSON ({error})") from error
        if field in _LISTS:
            return [self._part(field, each.strip()) for each in typed]
        if len(typed) > 1:
            raise self._refused(f"{field} has one value")
        text = typed[0].strip() if typed else ""
        if field == "issuer":
            return self._named(text)["id"] if text else None
        return int(text) if field == "strength" and text.isdigit() else text or None

    def _part(self, field: str, typed: str) -> Any:
        """Return one of the values of a list: "ID=words", "head=words", "ID=role", "date:2031-06-30=words", or one side alone."""
        left, _, right = typed.partition("=")
        if field == "addressees":
            entity = self.naming(left)
            if entity is None and not right:
                return {"id": None, "text": left}
            return {**self._named(left), "text": right}
        if field == "actions":
            return {"head": left, "text": right}
        if field == "counterparts":
            return {**self._named(left), "role": right or "recipient"}
        if field == "instruments":
            return self._named(left)["id"]
        if field == "deadlines":
            kind, _, value = left.rpartition(":")
            kind = kind or ("date" if _DAY.fullmatch(value) else "duration" if _PERIOD.match(value) else "session")
            is_event = kind == "event"
            resolves = value if is_event else ""
            return {"type": kind, "value": "" if is_event else value, "text": right, "resolves": resolves}
        return typed

"""A reading and what people say of it -> the reading as they have it, and what became of each correction.

A pure function over records: it knows no store. A correction whose words or values are not there changes nothing, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from mandategraph.correcting.anchoring import Words
from mandategraph.correcting.settling import holding
from mandategraph.correcting.values import (
    FIELDS,
    RELATION_FIELDS,
    RULE,
    UnfitError,
    made,
    made_relation,
    named,
    relation_values,
    values_of,
    with_value,
)
from mandategraph.records import (
    Corrected,
    Correction,
    Document,
    Entity,
    Fate,
    Mention,
    MentionKind,
    Reading,
    Relation,
    SourceSpan,
    Span,
    Standing,
    Statement,
    Target,
    Verdict,
)
from mandategraph.symbols import name_of, type_of

_IDS = frozenset(
    {"actor", "issuer", "entity", "subject", "object", "about", "holder", "source", "instruments", "id", "quoted_from"}
)
_UNREAD = "nothing is read at these words any more"
_REJECTED = "a later correction rejects what it is about"
_KEPT = "a later correction keeps what it rejects"
_OTHER = "a later correction gives another value"
_CHANGED = "the words of the statement are others now"


def apply(
    document: Document, reading: Reading, corrections: Iterable[Correction], known: Callable[[str], Entity | None]
) -> Corrected:
    """Return a document's reading as people have it.

    Args:
        document: the structure.
        reading: as the machine read it.
        corrections: of this document, and of actors; those of its masthead are passed over.
        known: gives the actor or instrument that has an id in the gazetteer, None where none has.
    """
    found = _Amended(document, reading, known)
    for each in holding(corrections):
        if each.target is not Target.DOCUMENT:
            found.take(each)
    return Corrected(document, found.reading(), tuple(found.fates.values()))


class _Amended:
    """A reading while corrections are applied to it, one after the other."""

    def __init__(self, document: Document, reading: Reading, known: Callable[[str], Entity | None]) -> None:
        self.words = Words(document)
        self.fates: dict[str, Fate] = {}
        self._reading = reading
        self._statements = {each.trigger.start: each for each in reading.statements}
        self._rejected: dict[int, Statement] = {}
        self._relations = list(reading.relations)
        self._mentions = list(reading.mentions)
        self._entities = {each.id: each for each in reading.entities}
        self._terms = list(reading.terms)
        self._names: dict[str, str] = {}
        self._known = known
        # Which corrections hold at a statement, by the field that they give ("" of the whole); several say the same.
        self._by: dict[int, dict[str, list[Correction]]] = {}
        self._take: Mapping[Target, Callable[[Correction, SourceSpan], None]] = {
            Target.STATEMENT: self._statement,
            Target.RELATION: self._relation,
            Target.NAME: self._name,
        }

    def reading(self) -> Reading:
        """Return the reading as it is by now."""
        gone = self._rejected.keys()
        reading = replace(
            self._reading,
            statements=tuple(self._statements[at] for at in sorted(self._statements)),
            relations=tuple(self._relations),
            mentions=tuple(self._mentions),
            entities=tuple(self._entities.values()),
            terms=tuple(each for each in self._terms if each.statement not in gone),
            contents=tuple(each for each in self._reading.contents if each.start not in gone),
        )
        return renamed(reading, self._names) if self._names else reading

    def take(self, each: Correction) -> None:
        """Apply a correction, and keep what became of it."""
        if each.target is Target.ACTOR:
            self._merge(each)
            return
        assert each.anchor is not None
        found = self.words.find(each.anchor)
        if isinstance(found, str):
            self.fates[each.id] = Fate(each.id, Standing.ORPHANED, found)
            return
        try:
            self._know(_things(each))
            self._take[each.target](each, found)
            self.fates[each.id] = Fate(each.id, Standing.STANDS, span=found)
        except UnfitError as error:
            self.fates[each.id] = Fate(each.id, Standing.ORPHANED, str(error), found)

    def _know(self, values: list[Any]) -> None:
        """Have the actors and instruments that values name among those of the document."""
        for entity in named(values, lambda id_: self._entities.get(id_) or self._known(id_)):
            self._entities.setdefault(entity.id, entity)

    # statements

    def _statement(self, each: Correction, found: SourceSpan) -> None:
        at, values = found.start, each.value(each.becomes or each.was)
        here = self._statements.get(at) or self._rejected.get(at)
        if here is None and each.verdict in (Verdict.REJECTED, Verdict.CORRECTED):
            raise UnfitError(_UNREAD)
        if each.verdict is Verdict.REJECTED:
            assert here is not None
            self._rejected[at] = here
            self._statements.pop(at, None)
        else:
            changed = self._corrected(each, values, here, found)
            self._know_ends(changed)
            if here:
                self._move_terms(here, changed)
            self._statements[at] = changed
            self._rejected.pop(at, None)
        self._settle(each, self._by.setdefault(at, {}), values)

    def _corrected(self, each: Correction, values: Any, here: Statement | None, found: SourceSpan) -> Statement:
        """Return what a statement becomes by a correction that does not reject it; it is made where none is there."""
        if each.field and here:
            return with_value(here, each.field, values, self.words)
        is_accepted, words = each.verdict is Verdict.ACCEPTED, str(values.get("words", ""))
        if here is None:
            if is_accepted and self.words.within(words, found) is None:
                raise UnfitError(_CHANGED)
            return made(values, found, self.words.label_at(found.start), self.words)
        if is_accepted and values_of(here, self.words)["words"] != words:
            raise UnfitError(_CHANGED)
        for field in FIELDS.keys() & values.keys():
            here = with_value(here, field, values[field], self.words)
        return here

    def _know_ends(self, statement: Statement) -> None:
        """Have the issuer and the instruments of a statement among what the document names; symbols of no gazetteer are known by their form."""
        ends = (*statement.instruments, *([statement.issuer] if statement.issuer else ()))
        for id_ in ends:
            if id_ in self._entities:
                continue
            symbol = Entity(id_, MentionKind.INSTRUMENT, type_of(id_), name_of(id_)) if type_of(id_) else None
            if (entity := self._known(id_) or symbol) is None:
                raise UnfitError(f"nothing has the id {id_!r}")
            self._entities[id_] = entity

    def _settle(self, each: Correction, here: dict[str, list[Correction]], values: Any) -> None:
        """Say of earlier corrections of a statement that they do not hold, where a later one says otherwise."""
        for field, earlier in list(here.items()):
            for other in list(earlier):
                if why := _against(each, other, values):
                    self.fates[other.id] = replace(self.fates[other.id], standing=Standing.OVERRULED, reason=why)
                    here[field].remove(other)
        here.setdefault(each.field, []).append(each)

    def _move_terms(self, old: Statement, new: Statement) -> None:
        """Have the term that a statement decides end on the day that it has now, where it ended on the day that it had."""
        before, after = ([d.day for d in each.deadlines if d.day] for each in (old, new))
        for n, term in enumerate(self._terms):
            if term.statement == old.trigger.start and term.until in before and term.until not in after:
                self._terms[n] = replace(term, until=after[0] if after else None, rule=RULE)

    # relations and names

    def _relation(self, each: Correction, found: SourceSpan) -> None:
        was = each.value(each.was or each.becomes)
        self._know([{"id": was[end]} for end in ("subject", "object") if self._known(was[end])])
        here = next((n for n, r in enumerate(self._relations) if self._is(r, was, found)), None)
        if each.verdict is Verdict.REJECTED:
            if here is None:
                raise UnfitError(_UNREAD)
            del self._relations[here]
        elif each.verdict is Verdict.CORRECTED:
            if here is None or each.field not in RELATION_FIELDS:
                raise UnfitError(_UNREAD if here is None else f"a relation has no field {each.field!r}")
            value = each.value(each.becomes)
            value = value.get("id") if isinstance(value, Mapping) else value
            changed = {**relation_values(self._relations[here]), each.field: value}
            self._relations[here] = made_relation(changed, found, self._relations[here].paragraph)
        elif here is None:
            self._relations.append(made_relation(was, found, self.words.label_at(found.start)))
            self._relations.sort(key=lambda r: (r.span.start, r.span.end))

    @staticmethod
    def _is(relation: Relation, was: Mapping[str, Any], found: SourceSpan) -> bool:
        near = relation.span.start < found.end and found.start < relation.span.end
        return near and all(getattr(relation, end) == was[end] for end in RELATION_FIELDS[:3])

    def _name(self, each: Correction, found: SourceSpan) -> None:
        """Have some words name somebody else, and all that was read from them."""
        was, id_ = each.value(each.was), next((thing["id"] for thing in _things(each)), None)
        kept = [m for m in self._mentions if not (m[1].start < found.end and found.start < m[1].end)]
        if id_:
            entity = self._entities[id_]
            kept.append((self.words.label_at(found.start), found, _mention(entity, each, found)))
            kept.sort(key=lambda each: (each[1].start, -each[1].end))
        self._mentions = kept
        for at, statement in self._statements.items():
            if statement.span.start <= found.start and found.end <= statement.span.end:
                self._statements[at] = _linked(statement, found, was, id_)
        ends = {was: id_} if was and id_ else {}
        self._relations = [
            renamed(r, ends) if r.span.start <= found.start and found.end <= r.span.end else r for r in self._relations
        ]

    def _merge(self, each: Correction) -> None:
        """Have two actors be one, where the document names the one that goes."""
        old, new = each.value(each.was), each.value(each.becomes)
        if old not in self._entities or new["id"] == old:
            return
        try:
            self._know([new])
        except UnfitError as error:
            self.fates[each.id] = Fate(each.id, Standing.ORPHANED, str(error))
            return
        del self._entities[old]
        self._names = {**{a: new["id"] if b == old else b for a, b in self._names.items()}, old: new["id"]}
        self.fates[each.id] = Fate(each.id, Standing.STANDS)


def _against(each: Correction, other: Correction, values: Any) -> str:
    """Return why an earlier correction of a statement does not hold beside a later one with some values, "" where it does."""
    if each.verdict is Verdict.REJECTED:
        return "" if other.verdict is Verdict.REJECTED else _REJECTED
    if other.verdict is Verdict.REJECTED:
        return _KEPT
    if each.field and each.field != other.field:
        return ""
    given = values if each.field == other.field else values.get(other.field)
    return "" if other.value(other.becomes or other.was) == given else _OTHER


def _things(each: Correction) -> list[Any]:
    """Return the values of a correction that may name an actor or instrument, one by one."""
    if each.verdict is Verdict.REJECTED:
        return []
    values = each.value(each.becomes or each.was)
    if each.target is Target.NAME:
        return [{"id": values} if isinstance(values, str) else values] if values else []
    parts = values.values() if isinstance(values, Mapping) and not each.field else [values]
    return [one for part in parts for one in (part if isinstance(part, list) else [part])]


def _mention(entity: Entity, each: Correction, found: SourceSpan) -> Mention:
    surface = each.anchor.exact if each.anchor else ""
    return Mention(Span(found.start, found.end), MentionKind(entity.kind), surface, entity.id, entity.type, RULE)


def _linked(statement: Statement, found: SourceSpan, was: str | None, id_: str | None) -> Statement:
    """Return a statement in which some words name another; parties by their place, all else by the id that it was."""
    parties = tuple(
        replace(party, actor=id_, link=RULE if id_ else "")
        if party.span and party.span.start < found.end and found.start < party.span.end and party.actor in {was, None}
        else party
        for party in statement.addressees
    )
    ends = {was: id_} if was and id_ else {}
    others = tuple(renamed(each, ends) for each in statement.counterparts)
    instruments = tuple(ends.get(each, each) for each in statement.instruments)
    return replace(statement, addressees=parties, counterparts=others, instruments=instruments)


def renamed(thing: Any, names: Mapping[str, str], field: str = "") -> Any:
    """Return a record with other ids of actors and instruments, at any depth; itself where none of them is there."""
    if isinstance(thing, str):
        return names.get(thing, thing) if field in _IDS else thing
    if isinstance(thing, tuple):
        found = tuple(renamed(each, names, field) for each in thing)
        return thing if all(a is b for a, b in zip(thing, found, strict=True)) else found
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changed = {}
    for each in fields(thing):
        old = getattr(thing, each.name)
        if (new := renamed(old, names, each.name)) is not old:
            changed[each.name] = new
    return replace(thing, **changed) if changed else thing

"""Decisions about what goes on until it ends: a mandate, a set of measures, an authorization.

In: the statements of a document and its linked mentions. Out: `Term` records, one for each statement that founds, continues or ends
something, with the day or the period that it gives, and for each extension that the text only tells of.

What a term is about is the actor whom the decision acts on, else the one that its words name first, else the one named last before it in the
paragraph ("pays tribute to X and decides to extend its mandate"). Measures and authorizations without a holder go back to the instrument
whose paragraphs are cited.

Limits: a condition on an automatic extension is not read.

Rule: docs/mandates.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mandategraph.lexicon import Tables
from mandategraph.phrasing.words import Morphology
from mandategraph.records import (
    Act,
    Annotated,
    DeadlineKind,
    MentionKind,
    Relation,
    SourceSpan,
    Statement,
    Term,
    TermStep,
)
from mandategraph.symbols import type_of

_CLASSES = {"founding": TermStep.FOUNDS, "continuing": TermStep.CONTINUES, "ending": TermStep.ENDS}
_RULES = {TermStep.FOUNDS: "TRM-founds", TermStep.CONTINUES: "TRM-continues", TermStep.ENDS: "TRM-ends"}
_HOLDERS = ("un_mission", "mandate_holder", "un_entity", "mission", "body")
_MEASURES = re.compile(r"\b(?:measures?|prohibitions?|sanctions|embargo|restrictions?|provisions)\b", re.I)
_GRANTED = re.compile(r"\bauthori[sz]ations?\b", re.I)
_MANDATE = re.compile(r"\b(?:mandates?|mission|deployment|terms? of office)\b", re.I)
_IS_DUE = re.compile(
    r"(?:by|before|no later|not later|within|at least|after|in)\b|\w+ (?:days?|weeks?|months?|years?) (?:from|after|in|of|before|prior)\b",
    re.I,
)
_WORD = re.compile(r"[a-z]+")


class TermReader:
    """Reads terms with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._words = Morphology(tables)
        self._steps = {word: step for name, step in _CLASSES.items() for word in tables.word_classes[name]}
        self._types = {entry.id: entry.type for entry in tables.gazetteer.entries}

    def read(
        self, annotated: Annotated, statements: Sequence[Statement], relations: Iterable[Relation]
    ) -> Iterator[Term]:
        """Yield the terms of a document, those that it decides, then those that it only tells of ("resolution N extending ...")."""
        decided = list(self._decided(annotated, statements))
        yield from decided
        known = {(term.instrument, term.holder) for term in decided}
        for each in relations:
            if each.relation == "extends" and (each.until or each.lasts) and (each.subject, each.object) not in known:
                yield Term(
                    each.paragraph,
                    each.span,
                    None,
                    TermStep.CONTINUES,
                    "mandate",
                    each.object,
                    None,
                    each.until,
                    each.lasts,
                    each.subject,
                    each.rule,
                )

    def _decided(self, annotated: Annotated, statements: Sequence[Statement]) -> Iterator[Term]:
        """Yield the terms that the statements decide, at most one each."""
        names = _holders(annotated)
        types = {**self._types, **{e.id: e.type for e in annotated.entities}}
        for statement in statements:
            if statement.act not in {Act.DECISION, Act.AUTHORIZATION}:
                continue
            until, lasts = _limits(statement)
            text = annotated.document.text.words(statement.span)
            step = self._step(statement, text, is_limited=bool(until or lasts))
            instrument = statement.quoted_from or annotated.document.symbol
            if step is None or not instrument:
                continue
            kind, holder, source = _about(statement, text, names.get(statement.paragraph, ()), types, instrument)
            is_task = statement.rule == "ITM-task"
            if not (until or lasts) and (holder is None or is_task):
                continue
            yield Term(
                statement.paragraph,
                statement.span,
                statement.trigger.start,
                step,
                kind,
                holder,
                source,
                until,
                lasts,
                instrument,
                _RULES[step],
            )

    def _step(self, statement: Statement, text: str, *, is_limited: bool) -> TermStep | None:
        """Return what a statement does: by its action, else, where it gives an end, by the first of its words that says so."""
        told = next((self._steps[action] for action in statement.actions if action in self._steps), None)
        if told is not None:
            return told if is_limited or told is not TermStep.CONTINUES else None
        if not is_limited:
            return None
        for word in _WORD.findall(text.lower()):
            base = self._words.of_participle(word) or self._words.of_gerund(word) or self._words.of_finite(word) or word
            if base in self._steps and self._steps[base] is not TermStep.ENDS:
                return self._steps[base]
        return TermStep.FOUNDS if statement.act is Act.AUTHORIZATION else None


def _limits(statement: Statement) -> tuple[str | None, str | None]:
    """Return the day until which, or the period for which, a statement holds; what its lead-in limits is not said again."""
    own = [d for d in statement.deadlines if d.rule != "DDL-lead-in" and not _IS_DUE.match(d.surface)]
    until = next((each.value for each in own if each.kind is DeadlineKind.DATE), None)
    lasts = next((each.value for each in own if each.kind is DeadlineKind.DURATION), None)
    return until, None if until else lasts


def _about(
    statement: Statement, text: str, names: Sequence[tuple[SourceSpan, str]], types: Mapping[str, str], own: str
) -> tuple[str, str | None, str]:
    """Return kind, holder and source of what a statement is about; what nothing is cited for goes back to its own instrument."""
    cited = [*(p.instrument for p in statement.provisions), *statement.instruments]
    source = next((id_ for id_ in cited if type_of(id_).endswith("resolution")), None) or own
    is_granted = statement.act is Act.AUTHORIZATION or _GRANTED.search(text)
    if statement.act is Act.AUTHORIZATION and statement.addressees:
        return "authorization", statement.addressees[0].actor, source
    acted = [c.actor for c in statement.counterparts if c.role == "object"]
    holder = next((actor for kind in _HOLDERS for actor in acted if types.get(actor) == kind), None)
    holder = holder or next(iter(acted), None)
    if holder is None and (_MANDATE.search(text) or not (_MEASURES.search(text) or is_granted)):
        inside = [actor for span, actor in names if statement.span.start <= span.start < statement.span.end]
        before = [actor for span, actor in names if span.start < statement.span.start]
        holder = next(iter(inside), None) or next(reversed(before), None)
    if holder is not None or (_MANDATE.search(text) and not is_granted):
        return "mandate", holder, source
    return ("authorization" if is_granted else "measures"), None, source


def _holders(annotated: Annotated) -> Mapping[str, list[tuple[SourceSpan, str]]]:
    """Return where the paragraphs name those who can hold a mandate, by label, in reading order."""
    offsets = annotated.document.text.offsets
    found: dict[str, list[tuple[SourceSpan, str]]] = {}
    for paragraph in annotated.paragraphs:
        if paragraph.offset is not None:
            continue
        found[paragraph.paragraph.label] = [
            (offsets.to_source(m.span), m.entity)
            for m in paragraph.mentions
            if m.kind is MentionKind.ACTOR and m.entity and m.type in _HOLDERS
        ]
    return found

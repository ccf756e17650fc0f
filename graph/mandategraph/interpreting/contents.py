"""What a document gives to mandates beside their terms: tasks, ceilings, what is carried on from older paragraphs; measures, exemptions, criteria.

In: the statements, figures and terms of a document. Out: `Content` records.

A task is what a decision or an authorization makes the holder of a mandate do, or a point under words that announce its mandate or its tasks. A
ceiling is a number of persons that a decision allows a mission. What a decision about a mandate cites ("as set out in paragraph 7 of resolution
N"), and what a holder is told to go on with, carries older tasks on. Measures, exemptions and criteria go back to the instrument that they cite
first, else to their own.

Rule: docs/mandates.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mandategraph.interpreting.leading import leads
from mandategraph.interpreting.mandates import HOLDERS, holders
from mandategraph.interpreting.regimes import is_decision, origins
from mandategraph.lexicon import Tables
from mandategraph.records import (
    Act,
    Annotated,
    Content,
    ContentKind,
    Indicator,
    Party,
    SourceSpan,
    Statement,
    Status,
    Term,
    TermStep,
)

_NEAR = 60
_GIVING = frozenset("decide authorize mandate".split())
_TASKS = re.compile(r"\b(?:mandates?|tasks?|functions|responsibilities|terms of reference)\b", re.I)
_SHALL = re.compile(r"\bshall\b[^.;]*:$")
_TAKEN = re.compile(r"\b(?:reduc|decreas|draw(?:ing )?down|drawdown|withdr[ae]w)\w*\b[^;.]*?$", re.I)
_OTHERS = re.compile(r"\b(?:from|in excess of)\b")
_SANCTIONS = {"exemption": ContentKind.EXEMPTION, "criteria": ContentKind.CRITERION}


class ContentReader:
    """Reads contents of mandates with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._types = {entry.id: entry.type for entry in tables.gazetteer.entries}
        self._personnel = re.compile(rf"\b(?:{'|'.join(sorted(tables.word_classes['personnel']))})\b", re.I)

    def read(
        self,
        annotated: Annotated,
        statements: Sequence[Statement],
        indicators: Iterable[Indicator],
        terms: Iterable[Term],
    ) -> Iterator[Content]:
        """Yield the contents of a document in the order of their kinds, each once."""
        types = {**self._types, **{e.id: e.type for e in annotated.entities}}
        decided = {term.statement: term for term in terms if term.statement is not None}
        spoken = [s for s in statements if s.status is not Status.STATEMENT]
        held = {term.holder for term in decided.values() if term.holder and term.kind == "mandate"}
        yield from _tasks(annotated, spoken, {**types, **dict.fromkeys(held, HOLDERS[0])})
        yield from self._ceilings(annotated, spoken, indicators, decided, types)
        yield from _carried(annotated, spoken, decided, types)
        yield from _sanctions(annotated, spoken, decided)

    def _ceilings(
        self,
        annotated: Annotated,
        statements: Sequence[Statement],
        indicators: Iterable[Indicator],
        decided: Mapping[int, Term],
        types: Mapping[str, str],
    ) -> Iterator[Content]:
        """Yield the figures of persons that a decision sets for the holder of a mandate."""
        named = holders(annotated)
        deciding = [s for s in statements if s.act in {Act.DECISION, Act.AUTHORIZATION} or s.verb in _GIVING]
        for figure in indicators:
            around = next((s for s in deciding if s.span.start <= figure.span.start < s.span.end), None)
            is_limit = figure.target and figure.unit == "count" and figure.bound != "at_least"
            if around is None or not is_limit or not self._personnel.search(figure.of) or _OTHERS.search(figure.of):
                continue
            before = annotated.document.text.source.text[around.span.start : figure.span.start]
            if _TAKEN.search(before[-_NEAR:]):
                continue
            holder = _whose(around, figure, named.get(figure.paragraph, ()), decided, types)
            if holder is not None:
                yield Content(ContentKind.CEILING, "mandate", holder, None, figure.span.start)


def _whose(
    statement: Statement,
    figure: Indicator,
    names: Sequence[tuple[SourceSpan, str]],
    decided: Mapping[int, Term],
    types: Mapping[str, str],
) -> str | None:
    """Return whose ceiling a figure is: of the mandate that its statement decides on, else whom it counts, else whom the statement names."""
    term = decided.get(statement.trigger.start)
    if term is not None and term.kind == "mandate":
        return term.holder
    if types.get(figure.about or "") in HOLDERS:
        return figure.about
    return next((actor for span, actor in names if statement.span.start <= span.start < statement.span.end), None)


def _tasks(annotated: Annotated, statements: Sequence[Statement], types: Mapping[str, str]) -> Iterator[Content]:
    """Yield what holders of mandates are to do or may do; a lead-in all of whose content stands in its points is none."""
    over, named = leads(annotated), [name for names in holders(annotated).values() for name in names]
    found = [
        (statement, holder)
        for statement in statements
        if statement.act in {Act.DIRECTIVE, Act.AUTHORIZATION} and statement.actions
        if statement.verb in _GIVING or _is_listed(statement, over.get(statement.paragraph, ()))
        for holder in dict.fromkeys(id_ for p in statement.addressees for id_ in _held_by(p, named, types))
    ]
    above = {label for statement, _ in found for label, _ in over.get(statement.paragraph, ())}
    for statement, holder in found:
        if statement.paragraph not in above or statement.rule == "ITM-task":
            yield Content(ContentKind.TASK, "mandate", holder, None, statement.trigger.start)


def _held_by(party: Party, named: Sequence[tuple[SourceSpan, str]], types: Mapping[str, str]) -> Iterator[str]:
    """Yield the holders of mandates that a party is, or that it names where it is none by itself: "the Special Representative and UNAMI"."""
    if party.actor and types.get(party.actor) in HOLDERS:
        yield party.actor
    elif party.actor is None and party.span is not None:
        yield from (id_ for span, id_ in named if party.span.start <= span.start < party.span.end)


def _is_listed(statement: Statement, over: Sequence[tuple[str, str]]) -> bool:
    """Return whether a statement is a point of a list of tasks that somebody is asked to do, or that he "shall" do."""
    is_point = statement.rule == "ITM-task" and statement.verb == "request"
    return is_point and any(_TASKS.search(text) or _SHALL.search(text) for _, text in over)


def _carried(
    annotated: Annotated, statements: Sequence[Statement], decided: Mapping[int, Term], types: Mapping[str, str]
) -> Iterator[Content]:
    """Yield the statements that go on with what older paragraphs say of a mandate."""
    own = annotated.document.symbol
    for statement in statements:
        cited = [p.instrument for p in statement.provisions] or [i for i in statement.instruments if is_decision(i)]
        if not cited or all(id_ == own for id_ in cited):
            continue
        term = decided.get(statement.trigger.start)
        text = annotated.document.text.words(statement.span)
        if term is not None and term.kind == "mandate" and term.holder and term.step is not TermStep.ENDS:
            yield Content(ContentKind.CARRIES, "mandate", term.holder, None, statement.trigger.start)
        elif statement.provisions and statement.is_obligation and statement.verb in _GIVING and _TASKS.search(text):
            for party in statement.addressees:
                if party.actor and types.get(party.actor) in HOLDERS:
                    yield Content(ContentKind.CARRIES, "mandate", party.actor, None, statement.trigger.start)


def _sanctions(annotated: Annotated, statements: Sequence[Statement], decided: Mapping[int, Term]) -> Iterator[Content]:
    """Yield measures, exemptions and criteria with the instrument that they go back to; what renews or lifts measures is a term of theirs."""
    sources = origins(annotated, statements)
    for statement in statements:
        at = statement.trigger.start
        imposing = at not in decided or decided[at].step is TermStep.FOUNDS or statement.act is not Act.DECISION
        for what in dict.fromkeys(_SANCTIONS.get(name, ContentKind.MEASURE) for name in statement.sanctions):
            if at in sources and (what is not ContentKind.MEASURE or imposing):
                yield Content(what, "measures", None, sources[at], at)

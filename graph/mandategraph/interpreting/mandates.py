"""Decisions about what goes on until it ends: a mandate, a set of measures, an authorization.

In: the statements of a document and its linked mentions. Out: `Term` records, one for each statement that founds, continues or ends
something, with the day or the period that it gives, and for each extension that the text only tells of.

What a term is about is the actor whom the decision acts on, else the one that its words name first, else the one named last before it in the
paragraph ("pays tribute to X and decides to extend its mandate"). Measures and authorizations without a holder go back to the instrument
whose paragraphs are cited.

A period counts from the day of the document; "for a further period" and "from the expiration of its current mandate" count it from the end of
the term before, "beginning on 1 July" from that day. An extension that comes by itself has the conditions of its statement. Limits: a period without a
number ("for as long as needed") is not read.

Rule: docs/mandates.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mandategraph.dates import find_dates
from mandategraph.interpreting.regimes import measures, origins
from mandategraph.lexicon import Tables
from mandategraph.phrasing.words import Morphology
from mandategraph.records import (
    Act,
    Annotated,
    Deadline,
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
HOLDERS = ("un_mission", "mandate_holder", "un_entity", "mission", "body", "mechanism", "commission")
_MISSIONS = ("un_mission", "mission")
_MANY = ("group", "state")
_MEASURES = re.compile(r"\b(?:measures?|prohibitions?|sanctions|embargo(?:es)?|restrictions?|provisions)\b", re.I)
_GRANTED = re.compile(r"\bauthori[sz]ations?\b", re.I)
_STOPPED = re.compile(r"\b(?:no longer|ceases? to) (?:be )?(?:apply|applied|in force|required)\b", re.I)
_WHOLE = re.compile(
    r"\b(?:extend|renew|prolong|continue|reauthori[sz]e)s? (?:the )?(?:Security Council )?resolution\b", re.I
)
_OBJECT = re.compile(
    r"\b(?:the|its|those|these) (?:(?!the\b|its\b)[\w-]+ ){0,6}?(?:measures?|prohibitions?|sanctions|embargo(?:es)?|restrictions?|provisions?|authori[sz]ations?|requests?)\b[^;]*?"
    r"(?=,? until\b|,? for (?:a|an|another|\w+ (?:months?|years?))\b|, (?!\d|and \d)|;|$)",
    re.I,
)
_EXCEPTED = re.compile(
    r"\b(?:with the exception of|except for|apart from) ((?:the )?[^,;]*?\b(?:measures?|prohibitions?|sanctions|embargo(?:es)?|restrictions?)\b[^,;]*)",
    re.I,
)
_AMENDED = re.compile(r",? (?:as )?(?:further )?(?:amended|modified|expanded|extended) (?:and \w+ )?by\b")
_MANDATE = re.compile(r"\b(?:mandates?|mission|deployment|terms? of office)\b", re.I)
_DEPLOYED = frozenset("deploy maintain continue establish".split())
_ASIDE = re.compile(r"\b(?:with|by|from|for|to|in|against|through)(?: the)? $")
_AUTOMATIC = re.compile(r"\bautomatic(?:ally)?\b", re.I)
_FURTHER = re.compile(r"\b(?:further|additional|another)\b", re.I)
_FROM_ADOPTION = re.compile(
    r"\b(?:from|after|following|of|on) (?:the )?(?:date of )?(?:the )?(?:adoption|(?:this|the present) (?:resolution|decision))\b"
)
_FROM_THE_END = re.compile(
    r"\b(?:from|after|following|upon) (?:the )?(?:date of )?(?:the )?(?:expiration|expiry|end)(?: date)? of (?:its|the|their|this|that)\b[^,;.]*?(?=,|;|\.|$| under\b)"
)
_FROM_A_DAY = re.compile(
    r"\b(?:beginning|starting|commencing|as of|as from|effective(?: from)?|with effect from|from)(?: on)? (?:the )?$",
    re.I,
)
_IS_DUE = re.compile(
    r"(?:by|before|no later|not later|within|at least|after|in)\b|\w+ (?:days?|weeks?|months?|years?) (?:from|after|in|of|before|prior)\b",
    re.I,
)
_PERIOD = re.compile(r"\bperiod,? (?:of )?$")
_IF = re.compile(r"\b(?:if|unless|provided that)\b[^;]*")
_UP_TO = re.compile(r";| (?:until|for (?:a|an) (?:\w+ )?(?:period|term))\b")
_NEAR = 40
_WORD = re.compile(r"[a-z]+")


class TermReader:
    """Reads terms with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._words = Morphology(tables)
        self._steps = {word: step for name, step in _CLASSES.items() for word in tables.word_classes[name]}
        self._founding = tables.word_classes["founding"]
        self._types = {entry.id: entry.type for entry in tables.gazetteer.entries}

    def read(
        self, annotated: Annotated, statements: Sequence[Statement], relations: Iterable[Relation]
    ) -> Iterator[Term]:
        """Yield the terms of a document, those that it decides, then those that it only tells of ("resolution N extending ...")."""
        decided = list(self._decided(annotated, statements))
        yield from decided
        yield from _imposed(annotated, statements, decided)
        known = {(term.instrument, term.holder) for term in decided}
        starts = _starts(annotated)
        told = (r for r in relations if not _is_in_quotes(annotated, starts, r.paragraph, r.span.start))
        for each in told:
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
        """Yield the terms that the statements decide, or ask somebody to found for a time; two each where one extends by itself."""
        names, starts, source = holders(annotated), _starts(annotated), annotated.document.text.source.text
        types = {**self._types, **{e.id: e.type for e in annotated.entities}}
        for statement in statements:
            is_asked = statement.act is Act.DIRECTIVE and not self._founding.isdisjoint(statement.actions)
            if statement.act not in {Act.DECISION, Act.AUTHORIZATION} and not is_asked:
                continue
            text = annotated.document.text.words(statement.span)
            until, lasts = _limits(statement, text)
            if is_asked and not (until or lasts):
                continue
            step = self._step(statement, text, is_limited=bool(until or lasts))
            instrument = statement.quoted_from or annotated.document.symbol
            if step is None or not instrument:
                continue
            kind, holder, origin = _about(
                statement,
                text,
                names.get(statement.paragraph, ()),
                types,
                instrument,
                source,
            )
            excepted = _EXCEPTED.search(text) if step is TermStep.ENDS and kind == "measures" else None
            if excepted is not None and origin != instrument:
                yield _what_remains(statement, excepted[1], origin, instrument)
                continue
            is_task = statement.rule == "ITM-task"
            is_ended = step is TermStep.ENDS and kind in {"measures", "authorization"} and origin != instrument
            if is_asked and (kind != "mandate" or holder is None):
                continue
            if not (until or lasts or is_ended) and (kind != "mandate" or holder is None or is_task):
                continue
            if _is_in_quotes(annotated, starts, statement.paragraph, statement.trigger.start):
                continue
            since, follows = _counted(text, annotated.document.date or "") if lasts else (None, False)
            again = _again(statement, until) if until and _AUTOMATIC.search(text) else None
            condition = "; ".join(statement.conditions) or _condition(text)
            term = Term(
                statement.paragraph,
                statement.span,
                statement.trigger.start,
                step,
                kind,
                holder,
                origin,
                until,
                lasts,
                instrument,
                _RULES[step],
                since,
                follows,
                condition if _AUTOMATIC.search(text) and again is None else "",
                _words_of(statement, text, source) if kind != "mandate" else "",
            )
            yield term
            if again is not None and again.span is not None:
                yield replace(term, span=again.span, until=again.value, condition=condition)

    def _step(self, statement: Statement, text: str, *, is_limited: bool) -> TermStep | None:
        """Return what a statement does: it ends measures that no longer apply; else by its action, else, where it gives an end, by the first of its words that says so."""
        if _STOPPED.search(text) and _MEASURES.search(text):
            return TermStep.ENDS
        told = next((self._steps[action] for action in statement.actions if action in self._steps), None)
        if told is not None:
            return told if is_limited or told is not TermStep.CONTINUES else None
        if not is_limited:
            return None
        for word in _WORD.findall(text.lower()):
            base = self._words.of_participle(word) or self._words.of_gerund(word) or self._words.of_finite(word) or word
            if base in self._steps and self._steps[base] is not TermStep.ENDS:
                return self._steps[base]
        return TermStep.FOUNDS if statement.act is Act.AUTHORIZATION or "authorize" in statement.actions else None


def _what_remains(statement: Statement, words: str, origin: str, instrument: str) -> Term:
    """Return the term of measures that are lifted but for some: with those they go on."""
    step, at = TermStep.CONTINUES, statement.trigger.start
    what = (step, "measures", None, origin, None, None, instrument, _RULES[step])
    return Term(statement.paragraph, statement.span, at, *what, about=words)


def _limits(statement: Statement, text: str) -> tuple[str | None, str | None]:
    """Return the day until which, or the period for which, a statement holds, be it the end of another mandate; what its lead-in limits is not said again."""
    own = [d for d in statement.deadlines if d.rule != "DDL-lead-in"]
    own = [d for d in own if not _IS_DUE.match(d.surface) or _PERIOD.search(text.partition(d.surface)[0])]
    until = next((each.day for each in own if each.kind in {DeadlineKind.DATE, DeadlineKind.EVENT} and each.day), None)
    lasts = next((each.value for each in own if each.kind is DeadlineKind.DURATION), None)
    return until, None if until else lasts


def _again(statement: Statement, until: str) -> Deadline | None:
    """Return the later day to which a statement extends by itself, beyond the one that it decides."""
    later = (d for d in statement.deadlines if d.kind is DeadlineKind.DATE and d.value > until and d.span is not None)
    return next(later, None)


def _condition(text: str) -> str:
    """Return the words from "if" or "unless" on, "" where there are none."""
    return next(iter(_IF.findall(text)), "")


def _imposed(annotated: Annotated, statements: Sequence[Statement], decided: Sequence[Term]) -> Iterator[Term]:
    """Yield a term for each measure that a document imposes, be it new or of an older instrument's regime, by the first statement that does."""
    sources, decided_at = origins(annotated, statements), {term.statement for term in decided}
    own = annotated.document.symbol
    known: set[tuple[str, str]] = set()
    for statement in statements:
        at = statement.trigger.start
        names = [name for name in measures(statement) if at in sources and (sources[at], name) not in known]
        if not own or at in decided_at or not names:
            continue
        known.update((sources[at], name) for name in names)
        step = TermStep.FOUNDS if sources[at] == own else TermStep.CONTINUES
        until, lasts = _limits(statement, annotated.document.text.words(statement.span))
        yield Term(
            statement.paragraph,
            statement.span,
            at,
            step,
            "measures",
            None,
            sources[at],
            until,
            lasts,
            own,
            _RULES[step],
            about=", ".join(names),
        )


def _words_of(statement: Statement, text: str, source_text: str) -> str:
    """Return what a decision is about, in its words: the measures that it renews, or what it authorizes to do."""
    named = None if statement.act is Act.AUTHORIZATION else _OBJECT.search(text)
    if named is not None or not statement.deeds:
        return named[0] if named else ""
    words = " ".join(source_text[statement.deeds[0].span.start : statement.span.end].split())
    return _UP_TO.split(words)[0].rstrip(" ,;.")


def _counted(text: str, day: str) -> tuple[str | None, bool]:
    """Return from which day or month a period counts, None where the text names none, and whether it follows the term before."""
    ending = _FROM_THE_END.search(text)
    if ending is not None:
        return next((each.iso for each in find_dates(ending[0])), None), True
    started = [each.iso for each in find_dates(text) if _FROM_A_DAY.search(text[: each.start])]
    if started and day <= started[0] and len(started[0]) == len("2031-06-30"):
        return started[0], False
    return None, bool(_FURTHER.search(text)) and not _FROM_ADOPTION.search(text)


def _about(
    statement: Statement,
    text: str,
    names: Sequence[tuple[SourceSpan, str]],
    types: Mapping[str, str],
    own: str,
    source_text: str,
) -> tuple[str, str | None, str]:
    """Return kind, holder and source of what a statement is about; what nothing is cited for goes back to its own instrument.

    Whoever is authorized holds it, but what States may do goes back to its instrument, or is the mandate of the mission that they send.
    """
    cited = [*(p.instrument for p in statement.provisions), *statement.instruments]
    cited = [id_ for id_ in cited if type_of(id_).endswith("resolution")]
    amended = _AMENDED.search(text)
    first = (id_ for id_ in cited if amended and id_.rpartition("/")[2] in text[: amended.start()])
    source = next(first, None) or next(iter(cited), None) or own
    named = [(span, actor) for span, actor in names if statement.span.start <= span.start < statement.span.end]
    inside = [actor for _, actor in named]
    if statement.act is Act.AUTHORIZATION and statement.addressees:
        sent = next((actor for actor in inside if types.get(actor) in _MISSIONS), None)
        if sent and not _DEPLOYED.isdisjoint(
            re.findall(r"[a-z]+", " ".join(d.surface for d in statement.deeds).lower())
        ):
            return "mandate", sent, source
        bearer = statement.addressees[0].actor
        return "authorization", None if types.get(bearer or "") in _MANY else bearer, source
    is_granted = statement.act is Act.AUTHORIZATION or _GRANTED.search(text)
    acted = [c.actor for c in statement.counterparts if c.role == "object"]
    holder = next((actor for kind in HOLDERS for actor in acted if types.get(actor) == kind), next(iter(acted), None))
    if holder is None and _MANDATE.search(text):
        before = [actor for span, actor in names if span.start < statement.span.start]
        holder = next(iter(inside), None) or next(reversed(before), None)
    elif holder is None and not (_MEASURES.search(text) or is_granted):
        holder = next(
            (
                actor
                for span, actor in named
                if not _ASIDE.search(" ".join(source_text[span.start - _NEAR : span.start].split()) + " ")
            ),
            None,
        )
    if holder is not None or (_MANDATE.search(text) and not is_granted):
        return "mandate", holder, source
    if is_granted:
        return "authorization", None, source
    if _MEASURES.search(text):
        return "measures", None, source
    return ("instrument" if _WHOLE.search(text) else "request"), None, source


def _starts(annotated: Annotated) -> Mapping[str, int]:
    """Return where in the source the words of each paragraph begin, by label."""
    to_source = annotated.document.text.offsets.to_source
    return {p.paragraph.label: to_source(p.paragraph.span).start for p in annotated.paragraphs if p.offset is None}


def _is_in_quotes(annotated: Annotated, starts: Mapping[str, int], label: str, at: int) -> bool:
    """Return whether a place of the source stands within quotation marks of its paragraph, and so is another text's."""
    before = annotated.document.text.source.text[starts.get(label, at) : at]
    return before.count("\u201c") > before.count("\u201d")


def holders(annotated: Annotated) -> Mapping[str, list[tuple[SourceSpan, str]]]:
    """Return where the paragraphs name those who can hold a mandate, by label, in reading order."""
    offsets = annotated.document.text.offsets
    found: dict[str, list[tuple[SourceSpan, str]]] = {}
    for paragraph in annotated.paragraphs:
        if paragraph.offset is not None:
            continue
        found[paragraph.paragraph.label] = [
            (offsets.to_source(m.span), m.entity)
            for m in paragraph.mentions
            if m.kind is MentionKind.ACTOR and m.entity and m.type in HOLDERS
        ]
    return found

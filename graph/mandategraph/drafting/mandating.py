"""Rules of drafting about what is decided and asked: ends, days, cycles, recipients and resources.

In: a draft. Out: hits. Limits: they see what the reading sees: a task that was not read has no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mandategraph.dates import find_dates, in_words
from mandategraph.drafting.drafts import Draft, Passage
from mandategraph.drafting.hits import Hit
from mandategraph.drafting.known import Known
from mandategraph.drafting.rows import DraftingRule
from mandategraph.records import Act, DeadlineKind, SourceSpan, Statement, Term, TermStep

_SHORT_CYCLE = re.compile(r"P\d+[DWM]")
_WHOLE_YEARS = re.compile(r"P(?:12|24|36)M")
# To whom it goes stands soon behind the verb ("report back to the Council", "brief it", "provide the Council with a report"), or the session that takes it up does.
_READER = r"(?:Security |Human Rights |General |Executive |Economic and Social )?(?:Council|Assembly|Committee|Commission|Conference|Board|Secretary|Secretariat|Government|Parties|Member|States|Special|Panel|Office|Group|High)"
_TOLD = re.compile(
    r"\b(?:report|brief|updat|inform|submit|submission|provid|keep|advis|notif|present|transmit|issue|prepare|produce|deliver|suppl)\w*"
    rf"(?: (?:\w+ly|back|and|its|his|the|a|an|their))* (?:it|us|the {_READER}|[A-Z]|States|members|all)\b"
    rf"|\b(?:to|before)(?:,[^,]*,)? (?:the {_READER}|{_READER}|it\b|us\b|them\b|the (?:committee|commission|conference|secretariat|members))"
    r"|\bsessions?\b|\bmake (?:\w+ )?(?:public|available)|\bpubli(?:sh|c)"
)
_REPORTING = frozenset("report brief submit provide present prepare issue produce transmit deliver".split())
_EVERYBODY = frozenset({"MemberStates"})
_RENEW = frozenset({"extend", "renew", "prolong"})
_RENEWED = re.compile(r"\b(?:extend|renew|prolong)\w*\b(?:,? [\w'’-]+){0,24}?,? mandates?\b")
_LIMITED = re.compile(
    r"\b(?:until|through|for (?:a|an|another|the|one|two|three|four|six|\d+)\b[^;]{0,40}(?:period|months?|years?|days|term)|to \d{1,2} [A-Z]\w+ \d{4}|further period|automatic)"
)
_REPORT = re.compile(
    r"\bto (?:\w+ly )?(?:report|brief)\b|\b(?:submit|provide|present|prepare|issue|produce|transmit|deliver)\w*(?: (?!requested\b)[\w-]+){0,4} (?:reports?|briefings?|updates?)\b"
)
_LIMIT = re.compile(
    r"\b(?:until|by|(?:no|not) later than|at the latest by|expir(?:e|es|ing) on|through)(?: the end of)? (?=\d{1,2} [A-Z]|[A-Z][a-z]+ \d)"
)
# A period of the past is told of, and what was done by then.
_TOLD_OF = re.compile(
    r"(?:\bfrom|\bsince|\bbetween|\bwas|\bwere|\bhad|\bhave|\bhas|\bheld|\bbeen|\bprevious\w*|ed)\b[^.;]{0,40}$"
)
# Right behind such words stands who is to have a report; of "the operation of X" and "a strategy for X" X is none.
_GIVEN_TO = re.compile(
    r"\b(?:to|before|with|(?:brief|inform|advis|notif|keep|provid|updat)\w*|(?:reports?|reporting|briefings?|updates?|information) for)(?: (?:the|its|their|all|both))? $"
)
# A session or a cycle in a sentence that renews a mandate is that of a report.
_NO_END = frozenset({DeadlineKind.SESSION, DeadlineKind.RECURRENCE})
_NEXT = re.compile(r",? and (?:also )?to |; ")
# What is to stand in a report that is asked elsewhere.
_IN_A_REPORT = re.compile(
    r"\b(?:in|as part of|within|through) (?:his|her|its|their|the|a|any) (?:[\w-]+ ){0,5}(?:reports?|reporting|briefings?|updates?)\b"
)


def _stated(draft: Draft, acts: Iterable[Act]) -> Iterator[tuple[Passage, Statement]]:
    """Yield the statements of its own operative paragraphs that are of some acts, with their paragraphs."""
    wanted = frozenset(acts)
    for statement in draft.reading.statements:
        passage = draft.by_label.get(statement.paragraph)
        if statement.act in wanted and not statement.quoted_from and passage is not None and passage.is_operative:
            yield passage, statement


def _own_terms(draft: Draft) -> list[Term]:
    """Return the terms that the draft itself decides."""
    own = {statement.trigger.start for statement in draft.reading.statements if not statement.quoted_from}
    return [term for term in draft.reading.terms if term.statement in own]


def open_authorizations(draft: Draft, _: Known, rule: DraftingRule) -> Iterator[Hit]:
    """Yield authorizations of force and presence that have no end, where the draft sets none to what those have who may."""
    authorized = [(p, s) for p, s in _stated(draft, {Act.AUTHORIZATION}) if not p.lead_in]
    ended = {term.holder for term in _own_terms(draft) if term.until or term.lasts}
    for passage in (passage for passage, statement in authorized if statement.deadlines):
        ended.update(mention.entity for mention in draft.mentions.get(passage.label, ()))
    for passage, statement in authorized:
        words = _words(draft, statement.span)
        is_ended = statement.deadlines or (ended - {None, *_EVERYBODY}) & {p.actor for p in statement.addressees}
        if not is_ended and any(said in words.lower() for said in rule.words):
            yield Hit(passage, statement.span, "It authorizes, and the text says nowhere until when.")


def open_terms(draft: Draft, _: Known, rule: DraftingRule) -> Iterator[Hit]:
    """Yield mandates that are renewed and nobody says until when, and those that are given without an end in a draft that has no word of a review or an end."""
    for passage, statement in _stated(draft, {Act.DECISION, Act.AUTHORIZATION}):
        words = _words(draft, statement.span)
        is_renewed = statement.actions[:1] and statement.actions[0] in _RENEW and _RENEWED.search(words)
        ends = [each for each in statement.deadlines if each.kind not in _NO_END]
        renewal = " ".join(_NEXT.split(words)[0].split())
        is_bound = any(condition in renewal for condition in statement.conditions)
        if is_renewed and not (_LIMITED.search(words) or ends or is_bound):
            yield Hit(passage, statement.span, "It renews a mandate, and does not say until when.")
    terms = [term for term in _own_terms(draft) if term.step is TermStep.FOUNDS and term.kind == "mandate"]
    ended = {term.holder for term in _own_terms(draft) if term.until or term.lasts}
    text = " ".join(passage.text for passage in draft.passages if passage.is_operative).lower()
    if any(re.search(rf"\b{re.escape(word)}", text) for word in rule.words):
        return
    for term in terms:
        passage_of = draft.by_label.get(term.paragraph)
        if passage_of is not None and term.holder not in ended:
            yield Hit(passage_of, term.span, "It gives a mandate, and the text has neither an end nor a review of it.")


def within_resources(draft: Draft, _: Known, rule: DraftingRule) -> Iterator[Hit]:
    """Yield tasks that are to be done within what there is."""
    phrase = re.compile("|".join(re.escape(words) for words in sorted(rule.words, key=len, reverse=True)))
    for passage in dict.fromkeys(
        passage for passage, _ in _stated(draft, {Act.DIRECTIVE, Act.COMMITMENT, Act.DECISION})
    ):
        for found in phrase.finditer(passage.text):
            yield Hit(passage, passage.at(*found.span()), "It asks for something, and for no means to do it with.")


def passed_days(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield days by which something is asked, decided or allowed, before the day of the draft; the reading takes none of them for a deadline."""
    for passage in dict.fromkeys(passage for passage, _ in _stated(draft, set(Act) - {Act.ASSERTION})):
        for found in _LIMIT.finditer(passage.text):
            day = next(iter(find_dates(passage.text[found.end() : found.end() + 24])), None)
            is_whole = day is not None and day.start == 0 and len(day.iso) == len(draft.day) == len("2031-03-01")
            if day is None or not is_whole or day.iso >= draft.day or _TOLD_OF.search(passage.text[: found.start()]):
                continue
            reason = f"{in_words(day.iso)} is before the day of this draft, {in_words(draft.day)}."
            yield Hit(passage, passage.at(found.start(), found.end() + day.end), reason)


def open_cycles(draft: Draft, _: Known, rule: DraftingRule) -> Iterator[Hit]:
    """Yield what is due every so many days, weeks or months, and from when is not said."""
    start = re.compile(rf"\b(?:{'|'.join(map(re.escape, rule.words))})")
    for passage, statement in _stated(draft, {Act.DIRECTIVE, Act.COMMITMENT, Act.DECISION}):
        for deadline in statement.deadlines:
            is_short = _SHORT_CYCLE.fullmatch(deadline.value) and not _WHOLE_YEARS.fullmatch(deadline.value)
            # A point has the cycle of what leads it in, which says it.
            is_own = deadline.span is not None and draft.passage_at(deadline.span) is passage
            if deadline.kind is DeadlineKind.RECURRENCE and is_short and deadline.span and is_own:
                if not start.search(_words(draft, statement.span).replace(deadline.surface, "")):
                    yield Hit(passage, deadline.span, f"“{deadline.surface}”: the text does not say from when.")


def reports_to_nobody(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield reports of which the text does not say to whom they go."""
    for passage, statement in _stated(draft, {Act.DIRECTIVE}):
        if (
            "report" not in statement.products
            or _is_given(passage, statement, draft)
            or any(d.kind is DeadlineKind.SESSION for d in statement.deadlines)
        ):
            continue
        # What is asked stands behind whom it is asked of.
        after = max((p.span.end for p in statement.addressees if p.span), default=statement.trigger.end)
        asked = _words(draft, SourceSpan(min(after, statement.span.end), statement.span.end))
        if _REPORT.search(asked) and not _TOLD.search(asked) and not _IN_A_REPORT.search(asked):
            yield Hit(passage, statement.span, "It asks for a report, and does not say to whom.")


def _is_given(passage: Passage, statement: Statement, draft: Draft) -> bool:
    """Return whether a recipient of a statement is named right behind the words that give something to him."""
    recipients = {each.actor for each in statement.counterparts if each.role == "recipient"}
    return any(
        mention.entity in recipients and _GIVEN_TO.search(passage.text[: mention.span.start - passage.start])
        for mention in draft.mentions.get(passage.label, ())
    )


def _words(draft: Draft, span: SourceSpan) -> str:
    return draft.document.text.words(span)

"""Clauses of duty, permission and entitlement in texts of rules: "the Chair shall", "data may be transferred only", "is responsible for".

In: the phrases of a paragraph. Out: its clauses, each with the modal as its verb and the tokens of its subject. The verb of each sentence's
main clause states, and so do verbs coordinated with it; those of relative clauses, of cases ("if the motion is carried") and of what somebody
is to ensure do not.

Rule: annotation guidelines, *Rules*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mandategraph.interpreting.clauses import Clause
from mandategraph.lexicon import Norm
from mandategraph.phrasing.reaching import Reach
from mandategraph.records import Span, Trigger
from mandategraph.records.phrases import PhraseKind, VerbForm

_STOPS = frozenset(". ; :".split())
_FINITE = frozenset({VerbForm.FINITE, VerbForm.BASE})


def find_norms(reach: Reach, norms: Sequence[Norm]) -> list[Clause]:
    """Return the clauses of a paragraph whose verbs are words of duty.

    Args:
        reach: the phrases of the paragraph.
        norms: words of duty, the longest first.
    """
    clauses: list[Clause] = []
    for start, stop in _sentences(reach):
        found = list(_in_sentence(reach, norms, start, stop))
        for n, (subject, verb, norm) in enumerate(found):
            end = found[n + 1][1] if n + 1 < len(found) else stop
            if n + 1 < len(found) and found[n + 1][0][0] > verb:
                end = found[n + 1][0][0]
            begin = start if n == 0 else min(subject[0], verb) if subject[0] > found[n - 1][1] else verb
            clauses.append(replace(_clause(reach, subject, verb, norm, max(end, verb + 1)), start=reach.token(begin)))
    return clauses


def _sentences(reach: Reach) -> Iterator[tuple[int, int]]:
    """Yield the stretches of phrases between full stops, semicolons and colons."""
    start = 0
    for i, phrase in enumerate(reach.phrases):
        if phrase.kind is PhraseKind.MARK and phrase.word in _STOPS:
            yield start, i + 1 if phrase.word == ":" else i
            start = i + 1
    yield start, len(reach.phrases)


def _in_sentence(
    reach: Reach, norms: Sequence[Norm], start: int, stop: int
) -> Iterator[tuple[tuple[int, int], int, Norm]]:
    """Yield where each subject begins and ends, where its verb stands, and the words of duty there."""
    main = _main_verb(reach, norms, start, stop)
    if main is None:
        return
    begin, verb = main
    subject = (begin, verb)
    if (norm := _norm_at(reach, verb, norms)) is not None:
        yield subject, verb, norm
    for joint in range(verb + 1, stop):
        if reach.phrases[joint].kind is not PhraseKind.JOINT or _is_inside(reach, verb, joint):
            continue
        again = reach.predicate(joint + 1, stop)
        norm = _norm_at(reach, again, norms) if again is not None else None
        if again is None or norm is None or any(_opens(reach, k) for k in range(joint + 1, again)):
            continue
        is_shared = reach.past_adverbs(joint + 1, stop) == again
        if not is_shared and reach.phrases[reach.before_adverbs(again)].kind is PhraseKind.JOINT:
            continue
        if is_shared or reach.phrases[joint + 1].kind is PhraseKind.NOUN:
            subject = subject if is_shared else (joint + 1, again)
            yield subject, again, norm


def _main_verb(reach: Reach, norms: Sequence[Norm], start: int, stop: int) -> tuple[int, int] | None:
    """Return where the subject of a sentence begins and where its verb stands; a phrase set off by a comma before it is passed over.

    Where what stands before the subject hides it, the first word of duty counts that no opener stands before since the last comma.
    """
    begin = reach.past_inserted(start, stop)
    verb = reach.predicate(begin, stop)
    if verb is None:
        for k in range(start, stop):
            comma = _last_comma(reach, start, k)
            if _norm_at(reach, k, norms) is not None and not any(_opens(reach, n) for n in range(comma, k)):
                return comma, k
        return None
    is_set_off = begin < verb and reach.phrases[begin].kind is PhraseKind.PREPOSITION
    return (_last_comma(reach, begin, verb) if is_set_off else begin), verb


def _last_comma(reach: Reach, start: int, stop: int) -> int:
    """Return the index behind the last comma before a phrase, or the start."""
    return next((k + 1 for k in range(stop - 1, start, -1) if reach.is_mark(k, ",")), start)


def _opens(reach: Reach, i: int) -> bool:
    return reach.phrases[i].kind is PhraseKind.OPENER


def _is_inside(reach: Reach, verb: int, joint: int) -> bool:
    """Return whether a joint stands within a subordinate clause: after an opener, unless a comma has closed it."""
    opener = next((k for k in range(joint - 1, verb, -1) if _opens(reach, k)), None)
    if opener is None:
        return False
    has_verb = any(p.kind is PhraseKind.VERB and (p.modal or p.form in _FINITE) for p in reach.phrases[opener:joint])
    return not (has_verb and reach.is_mark(joint - 1, ","))


def _norm_at(reach: Reach, verb: int, norms: Sequence[Norm]) -> Norm | None:
    """Return the words of duty of a verb, or None."""
    phrase, tokens = reach.phrases[verb], reach.tree.paragraph.tokens
    for norm in norms:
        if len(norm.words) == 1:
            if phrase.modal == norm.words[0]:
                return norm
        elif tuple(t.lower for t in tokens[phrase.begin : phrase.begin + len(norm.words)]) == norm.words:
            return norm
    return None


def _clause(reach: Reach, subject: tuple[int, int], verb: int, norm: Norm, end: int) -> Clause:
    """Return the clause of a verb, from its modal to the end."""
    phrase, tokens = reach.phrases[verb], reach.tree.paragraph.tokens
    begin = next((k for k in range(phrase.begin, phrase.end) if tokens[k].lower == norm.words[0]), phrase.begin)
    act = norm.negated if phrase.is_negated else norm.act
    last = begin + len(norm.words) - 1
    trigger = Trigger(
        Span(tokens[begin].start, tokens[last].end), norm.verb, "finite", "norm", act, norm.strength, norm.rule
    )
    stop = reach.token(end)
    return Clause(
        trigger,
        norm.verb,
        act,
        norm.strength,
        begin,
        last + 1,
        max(stop, last + 1),
        (reach.token(subject[0]), reach.token(subject[1])),
    )

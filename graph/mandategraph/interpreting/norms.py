"""Clauses of duty, permission and entitlement in texts of rules: "the Chair shall", "data may be transferred only", "is responsible for".

In: the phrases of a paragraph. Out: its clauses, each with the modal as its verb and the tokens of its subject. The verb of each sentence's
main clause states, and so do verbs coordinated with it; those of relative clauses, of cases ("if the motion is carried") and of what somebody
is to ensure do not. Turns of speech with a subject of their own ("I should be grateful if you would") state wherever they stand.

Rule: annotation guidelines, *Rules*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mandategraph.interpreting.boundaries import SUBJECTS
from mandategraph.interpreting.clauses import Clause
from mandategraph.interpreting.context import OFFICES
from mandategraph.lexicon import Norm, Tables
from mandategraph.phrasing.reaching import Reach
from mandategraph.phrasing.words import MODALS
from mandategraph.records import AnnotatedParagraph, MentionKind, Span, Token, Trigger
from mandategraph.records.phrases import PhraseKind, VerbForm

# The rule of what somebody is responsible for.
RESPONSIBLE = "MOD-be-responsible"
# Verbs behind "will" that give an office nothing to do.
_NO_TASK = frozenset("be need remain require".split())
_STOPS = frozenset(". ; :".split())
# Words that stand before a turn that is the subject of its sentence: "The core functions of".
_OPENING = 3
_NO = frozenset("no neither nobody none".split())
_NAMING = frozenset({PhraseKind.NOUN, PhraseKind.JOINT})
_FRONTED = frozenset({VerbForm.INFINITIVE, VerbForm.GERUND, VerbForm.PARTICIPLE})
_FINITE = frozenset({VerbForm.FINITE, VerbForm.BASE})


def find_norms(reach: Reach, norms: Sequence[Norm]) -> list[Clause]:
    """Return the clauses of a paragraph whose verbs are words of duty.

    Args:
        reach: the phrases of the paragraph.
        norms: words of duty, the longest first.
    """
    clauses: list[Clause] = []
    turns = [norm for norm in norms if norm.is_turn]
    norms = [norm for norm in norms if not norm.is_turn]
    for start, stop in _sentences(reach):
        if said := [turn for norm in turns if (turn := _turn(reach, norm, start, stop)) is not None]:
            clauses.extend(said)
            continue
        found = list(_in_sentence(reach, _said(reach, norms, stop), start, stop))
        for n, (subject, verb, norm) in enumerate(found):
            end = found[n + 1][1] if n + 1 < len(found) else stop
            if n + 1 < len(found) and found[n + 1][0][0] > verb:
                end = found[n + 1][0][0]
            begin = start if n == 0 else min(subject[0], verb) if subject[0] > found[n - 1][1] else verb
            clauses.append(replace(_clause(reach, subject, verb, norm, max(end, verb + 1)), start=reach.token(begin)))
    return clauses


def _said(reach: Reach, norms: Sequence[Norm], stop: int) -> list[Norm]:
    """Return the words of duty that count in a sentence: some do only where it leads in a list, "The Board should:"."""
    leads_in = stop == len(reach.phrases) and reach.is_mark(stop - 1, ":")
    return [norm for norm in norms if leads_in or norm.near != ":"]


def joined(stated: Sequence[Clause], norms: Sequence[Clause], tokens: Sequence[Token]) -> list[Clause]:
    """Return the clauses of a paragraph that states by verbs and by words of duty: those where nothing else states in their sentence, and turns."""
    kept = [norm for norm in norms if norm.trigger.frame == "turn" or not _is_among(norm, stated, tokens)]
    if not kept:
        return list(stated)
    clauses = sorted([*stated, *kept], key=lambda clause: clause.begin)
    begins = [clause.begin if clause.start is None else clause.start for clause in clauses[1:]]
    return [
        replace(clause, end=max(clause.after, min(clause.end, begin)))
        for clause, begin in zip(clauses, [*begins, len(tokens)], strict=True)
    ]


def _is_among(norm: Clause, stated: Sequence[Clause], tokens: Sequence[Token]) -> bool:
    """Return whether a verb states in the sentence of a norm."""
    opens = next((k + 1 for k in range(norm.begin - 1, -1, -1) if tokens[k].lower in _STOPS), 0)
    closes = next((k for k in range(norm.begin, len(tokens)) if tokens[k].lower in _STOPS), len(tokens))
    return any(opens <= clause.begin < closes for clause in stated)


def _turn(reach: Reach, norm: Norm, start: int, stop: int) -> Clause | None:
    """Return the clause of a turn of speech in a sentence, or None where it does not stand there."""
    tokens, first, last = reach.tree.paragraph.tokens, reach.token(start), reach.token(stop)
    words = [token.lower for token in tokens[first:last]]
    size = len(norm.words)
    at = next((k for k in range(len(words) - size + 1) if tuple(words[k : k + size]) == norm.words), None)
    if at is None or (norm.bearer == "behind" and at > _OPENING):
        return None
    if norm.near and norm.near not in (words[-1:] if norm.near == ":" else words[:at]):
        return None
    if norm.bearer == "my" and "had" in words[:at]:
        return None
    begin, after = first + at, first + at + size
    if norm.bearer == "before":
        if at == 0 or words[at - 1] in MODALS:
            return None
        close = next((k for k in range(start, stop) if reach.phrases[k].kind is PhraseKind.VERB), stop)
        subject = (first, min(begin, reach.token(close)))
    elif norm.bearer == "behind":
        i = reach.at(after)
        close = next((k for k in range(i, stop) if reach.phrases[k].kind not in _NAMING), stop)
        subject = (after, reach.token(close))
    else:
        subject = (begin + norm.words.index(norm.bearer), begin + norm.words.index(norm.bearer) + 1)
    span = Span(tokens[begin].start, tokens[after - 1].end)
    trigger = Trigger(span, norm.verb, "finite", "turn", norm.act, norm.strength, norm.rule)
    return Clause(trigger, norm.verb, norm.act, norm.strength, begin, after, max(last, after), subject, start=after)


def _sentences(reach: Reach) -> Iterator[tuple[int, int]]:
    """Yield the stretches of phrases between full stops, semicolons and colons; points in a sentence belong to it: "will (a) dig; (b) pay"."""
    start = 0
    for i, phrase in enumerate(reach.phrases):
        if (
            phrase.kind is PhraseKind.MARK
            and phrase.word in _STOPS
            and not (phrase.word == ";" and _is_point(reach, i))
        ):
            yield start, i + 1 if phrase.word == ":" else i
            start = i + 1
    yield start, len(reach.phrases)


def _is_point(reach: Reach, i: int) -> bool:
    """Return whether a lettered point follows a mark, be it behind "and"."""
    words = [token.lower for token in reach.tree.paragraph.tokens[reach.token(i + 1) :][:4]]
    words = words[1:] if words[:1] == ["and"] else words
    return words[:1] == ["("] and words[2:3] == [")"]


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
    stated = {verb}
    for joint in range(verb + 1, stop):
        if reach.phrases[joint].kind is not PhraseKind.JOINT or _is_inside(reach, verb, joint):
            continue
        again = reach.predicate(joint + 1, stop)
        norm = _norm_at(reach, again, norms) if again is not None else None
        if again is None or norm is None or again in stated or any(_opens(reach, k) for k in range(joint + 1, again)):
            continue
        if any(_is_alone(reach, k) for k in range(joint + 2, again)):
            continue  # "fish and nets and it should": only the last joint leads to the subject
        is_shared = reach.past_adverbs(joint + 1, stop) == again
        before = reach.phrases[reach.before_adverbs(again)]
        if not is_shared and (before.kind is PhraseKind.JOINT or before.word == "as"):
            continue
        if is_shared or reach.phrases[joint + 1].kind is PhraseKind.NOUN:
            subject = subject if is_shared else (joint + 1, again)
            stated.add(again)
            yield subject, again, norm


def _is_alone(reach: Reach, i: int) -> bool:
    """Return whether a phrase behind a joint is a pronoun, which is the whole subject of its verb."""
    return reach.phrases[i - 1].kind is PhraseKind.JOINT and reach.phrases[i].word in SUBJECTS


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
    if reach.phrases[verb].form is VerbForm.BASE and verb == begin:
        # "Staff members shall": a word that can be a verb begins the subject.
        later = reach.predicate(begin + 1, stop)
        verb = later if later is not None and _norm_at(reach, later, norms) is not None else verb
    is_set_off = begin < verb and (reach.phrases[begin].kind is PhraseKind.PREPOSITION or _is_fronted(reach, start))
    return (_behind_fronted(reach, begin, verb) if is_set_off else begin), verb


def _is_fronted(reach: Reach, start: int) -> bool:
    """Return whether a sentence opens with something that is no subject: "In cases of X, Y shall", "To renew X, Y shall"."""
    first = reach.phrases[start]
    is_clause = first.kind is PhraseKind.OPENER and first.word != "that"
    return is_clause or first.kind is PhraseKind.PREPOSITION or first.form in _FRONTED


def _behind_fronted(reach: Reach, start: int, verb: int) -> int:
    """Return where the subject of a verb begins behind what stands before it: at the first of those that the noun behind the last comma is joined with."""
    begins = {start}
    for k in range(start, verb - 1):
        if reach.is_mark(k, ","):
            joined = reach.phrases[k + 1].kind is PhraseKind.JOINT and reach.phrases[k + 1].word != "including"
            if reach.phrases[k + 1 + joined].kind is PhraseKind.NOUN:
                begins.add(k + 1 + joined)
    last = max(begins)
    if last == start:
        return start if reach.is_mark(start - 1, ",") else _last_comma(reach, start, verb)
    first = reach.ties[last].first
    return first if first in begins and first > start else last


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
    is_denied = phrase.is_negated or tokens[reach.token(subject[0])].lower in _NO
    act = norm.negated if is_denied else norm.act
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


def is_of_office(paragraph: AnnotatedParagraph, clause: Clause, tables: Tables) -> bool:
    """Return whether the subject of a clause is an office, a mission or who holds one, and it is to act: not "will need", "will be"."""
    tokens = paragraph.tokens
    if clause.subject is None or tokens[min(clause.after, len(tokens) - 1)].lower in _NO_TASK:
        return False
    start, end = clause.subject
    if tokens[start].lower in {"he", "she"}:
        return True
    left, right = tokens[start].start, tokens[max(start, end - 1)].end
    named = (m for m in paragraph.mentions if m.kind is MentionKind.ACTOR and left <= m.span.start < right)
    head = tables.types.get(tokens[max(start, end - 1)].text, (None, ""))
    return any(m.type in OFFICES for m in named) or head[1] in OFFICES

"""Who stands on the other side of an action: to whom to report, with whom to work, whom to support.

In: the phrases of a paragraph. Out: actors in reading order, each with its role and the frame that gives it. An actor is a counterpart where a
frame takes it (`lexicons/frames.csv`); in a decision also what the decision acts on.

Rule: annotation guidelines, fields `counterparts` and `roles`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from mandategraph.phrasing.reaching import Reach
from mandategraph.records import PLACES, Counterpart, Mention, MentionKind, Party
from mandategraph.records.phrases import PhraseKind, Phrases, VerbForm

_RELATIVE = frozenset("which who".split())
_OBJECTS = frozenset({"un_mission", "mandate_holder", "un_entity"})


def read_counterparts(
    reach: Reach, start: int, end: int, parties: Iterable[Party], *, issuer: str | None, is_decision: bool = False
) -> tuple[Counterpart, ...]:
    """Return the counterparts between two tokens in reading order.

    Args:
        reach: the phrases of the paragraph.
        start: index of the first token of the action.
        end: one past its last.
        parties: the addressees, who are no counterparts.
        issuer: who speaks: "report to it" is to report to the issuer; a pronoun before its verb means it where nobody else is named for it.
        is_decision: what the decision acts on counts.
    """
    own = {p.actor for p in parties}
    phrases = reach.tree
    found: dict[str, Counterpart] = {}
    decided = _decided(phrases, start, end) if is_decision else frozenset()
    left_out = apart(reach, start, end)
    for i in phrases.within(start, end):
        if i in left_out:
            continue
        if phrases.phrases[i].word == "it" and phrases.ties[i].role == "recipient" and issuer and issuer not in own:
            found.setdefault(issuer, Counterpart(issuer, "recipient", phrases.ties[i].frame))
        if phrases.phrases[i].clitic and phrases.ties[i].role:
            role, rule = phrases.ties[i].role, phrases.ties[i].frame
            reporting = reach.words.tables.word_classes["reporting"]
            actor = _meant(phrases, i, phrases.within(start, end), own, reporting) or issuer
            if actor and actor not in own:
                found.setdefault(actor, Counterpart(actor, role, rule))
        for mention, role, rule in _named(phrases, i):
            if mention.kind is not MentionKind.ACTOR or not mention.entity or mention.entity in own:
                continue
            if i in decided and mention.type in _OBJECTS:
                role, rule = "object", "CPT-object-of-decision"
            if role and not (mention.type in PLACES and role in {"object", "agent"}):
                found.setdefault(mention.entity, Counterpart(mention.entity, role, rule))
    return tuple(found.values())


def _meant(
    phrases: Phrases, verb: int, inside: Iterable[int], own: Container[str | None], reporting: frozenset[str]
) -> str | None:
    """Return the actor whom the pronoun before a verb means: the nearest named before it; None where none is.

    To report is to the issuer, unless somebody is named to whom something goes.
    """
    word, role = phrases.phrases[verb].word, phrases.ties[verb].role
    before = [i for i in inside if i < verb and (word not in reporting or phrases.ties[i].role == role)]
    named = (phrases.phrases[i].mention for i in reversed(before))
    fitting = (m for m in named if m and m.kind is MentionKind.ACTOR and m.type not in PLACES)
    return next((m.entity for m in fitting if m.entity not in own), None)


def _named(phrases: Phrases, i: int) -> Iterator[tuple[Mention, str, str]]:
    """Yield the names of a phrase, each with its role and rule."""
    phrase, tie = phrases.phrases[i], phrases.ties[i]
    if phrase.mention is not None:
        yield phrase.mention, tie.role, tie.frame
    for mention in phrase.names:
        yield mention, *phrases.owned[i]


def apart(reach: Reach, start: int, end: int, *, with_content: bool = True) -> frozenset[int]:
    """Return the phrases of an aim ("in order to permit X to ..."), of a relative clause and of what a thing says ("a plan assessing the work of X"), up to a mark."""
    found: set[int] = set()
    is_apart = has_acted = False
    for i in reach.tree.within(start, end):
        phrase = reach.phrases[i]
        if phrase.kind is PhraseKind.MARK:
            is_apart = is_apart and reach.is_mark(i, ",") and _goes_on(reach, i)
        elif has_acted and (phrase.word in _RELATIVE or reach.opens_aim(i) or (with_content and _is_content(reach, i))):
            is_apart = True
        has_acted = has_acted or phrase.kind is PhraseKind.VERB
        if is_apart:
            found.add(i)
    return frozenset(found)


def _goes_on(reach: Reach, comma: int) -> bool:
    """Return whether a list of nouns goes on behind a comma."""
    after = comma + 1
    while after < len(reach.phrases) and reach.phrases[after].word in {"and", "or"}:
        after += 1
    return (
        after < len(reach.phrases) and reach.ties[after].first < comma and reach.phrases[after].kind is PhraseKind.NOUN
    )


def _is_content(reach: Reach, i: int) -> bool:
    """Return whether a verb says what the thing before it is about: "a report assessing", "entities engaged in"."""
    return reach.phrases[i].form in {VerbForm.GERUND, VerbForm.PARTICIPLE} and reach.ties[i - 1].via == "object"


def _decided(phrases: Phrases, start: int, end: int) -> frozenset[int]:
    """Return the phrases that a decision acts on: subject and object of its verb, and whose they are ("the mandate of X")."""
    inside = list(phrases.within(start, end))
    verb = next((i for i in inside if phrases.phrases[i].kind is PhraseKind.VERB), None)
    if verb is None:
        return frozenset()
    later = next((i for i in inside if i > verb and phrases.phrases[i].kind is PhraseKind.VERB), end)
    first = {i for i in inside if phrases.phrases[i].kind is PhraseKind.NOUN and _is_part(phrases, i, verb, later)}
    whose = {i for i in inside if phrases.ties[i].governor in first and phrases.ties[i].via in {"of", "owner"}}
    return frozenset(first | whose)


def _is_part(phrases: Phrases, i: int, verb: int, later: int) -> bool:
    """Return whether a phrase is the object or the subject of a verb."""
    tie = phrases.ties[i]
    is_object = tie.governor == verb and tie.via == "object"
    is_subject = i < verb and (tie.via == "subject" or tie.governor is None)
    return (is_object and i < later) or is_subject

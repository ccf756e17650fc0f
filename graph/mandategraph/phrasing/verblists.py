"""Lists of verbs: which are coordinated with one at its own level, "to A, to B and to C", and which belong to what stands inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mandategraph.records.phrases import FARTHEST, MAIN, PhraseKind, VerbForm, ahead

if TYPE_CHECKING:
    from mandategraph.phrasing.reaching import Reach


def coordinated(reach: Reach, verb: int, end: int) -> tuple[int, ...]:
    """Return the index of a verb and of those that are coordinated with it at its own level."""
    found = [verb]
    is_nested, nesting, is_open, is_relative, is_purpose = False, verb, False, False, False
    is_closed = False
    light = reach.words.tables.word_classes["light"]
    for i in range(verb + 1, end):
        phrase = reach.phrases[i]
        if reach.is_mark(i, ".") or (reach.is_mark(i, ";") and not _resumes_list(reach, i, end)):
            break
        is_purpose = (is_purpose or reach.opens_aim(i)) and not reach.is_mark(i, ";")
        if phrase.kind is PhraseKind.OPENER:
            is_open = True
            is_relative = reach.phrases[i - 1].kind is not PhraseKind.VERB
        if is_open and phrase.form in {VerbForm.FINITE, VerbForm.BASE}:
            is_open = False
            is_nested = is_nested or is_relative
            continue
        if phrase.form not in {VerbForm.INFINITIVE, VerbForm.BASE} or phrase.modal:
            continue
        joint = joint_before(reach, i)
        is_set_off = joint == "," or reach.is_mark(reach.before_adverbs(reach.before_adverbs(i)), ",")
        has_to = phrase.form is VerbForm.INFINITIVE and (is_set_off or not is_purpose)
        is_level = has_to or not is_nested or (is_set_off and len(found) > 1)
        is_level = is_level or (is_set_off and _is_behind_insertion(reach, nesting, i))
        is_level = is_level or (is_closed and is_set_off and phrase.form is VerbForm.BASE)
        is_closed = is_closed or (is_nested and joint == "and" and not is_level and not is_purpose)
        if joint == "," and phrase.form is VerbForm.INFINITIVE and not _goes_on(reach, i, end):
            is_level, joint = False, ""
        if joint == "," and reach.phrases[found[-1]].word in light and reach.past_insertion(found[-1] + 1, end) == i:
            is_level, joint = False, ""
        if joint and not (has_to and is_set_off) and _verb_right_before(reach, i) not in {None, *found}:
            is_level = False
        is_bare = reach.tree.paragraph.tokens[phrase.begin].lower == "be"
        is_brought = phrase.is_passive and (is_bare or phrase.form is VerbForm.BASE)
        if joint and is_level and not is_brought and phrase.word not in {"be", "include"}:
            found.append(i)
            is_nested = is_purpose = False
        elif not joint:
            is_nested, nesting = True, i
    return tuple(found)


def _resumes_list(reach: Reach, mark: int, end: int) -> bool:
    """Return whether an infinitive goes on behind a semicolon: "; and to submit"."""
    return (
        mark + 2 < end
        and reach.phrases[mark + 1].kind is PhraseKind.JOINT
        and reach.phrases[mark + 2].form is VerbForm.INFINITIVE
    )


def _verb_right_before(reach: Reach, i: int) -> int | None:
    """Return the verb with which one is coordinated directly: "protect" of "protect and fulfil"."""
    before = reach.before_adverbs(i)
    if before > 0 and reach.phrases[before].kind is PhraseKind.JOINT and reach.is_mark(before - 1, ","):
        before -= 1
    before -= 1
    return before if before >= 0 and reach.phrases[before].form in MAIN else None


def _is_behind_insertion(reach: Reach, start: int, i: int) -> bool:
    """Return whether something is inserted between two verbs, so that the second is not part of the first one's list."""
    return any(reach.past_insertion(k, i) is not None for k in range(max(start + 1, i - FARTHEST), i - 1))


def _goes_on(reach: Reach, i: int, end: int) -> bool:
    """Return whether a list of infinitives goes on behind one: "to review ..., to report ... and to publish"."""
    stop = next((k for k in ahead(i, end) if reach.is_mark(k, ";")), end)
    return any(reach.phrases[k].form is VerbForm.INFINITIVE and joint_before(reach, k) == "and" for k in ahead(i, stop))


def joint_before(reach: Reach, i: int) -> str:
    """Return "and" where a verb stands behind a joint, be it with a phrase between them, "," behind a comma, else ""."""
    before = reach.before_adverbs(i)
    if (
        before >= 2
        and reach.phrases[before].kind is PhraseKind.NOUN
        and reach.phrases[before - 1].kind is PhraseKind.PREPOSITION
    ):
        before -= 2
        return (
            "and" if reach.phrases[before].kind is PhraseKind.JOINT and reach.phrases[i].form is VerbForm.BASE else ""
        )
    if (
        before > 0
        and reach.phrases[before].kind is PhraseKind.JOINT
        and reach.phrases[before - 1].kind is PhraseKind.ADVERB
        and not reach.words.is_particle(reach.phrases[before - 1].word)
    ):
        return ""
    if before >= 0 and reach.phrases[before].kind is PhraseKind.JOINT:
        return (
            "and" if reach.phrases[before].word != "including" or reach.phrases[i].form is VerbForm.INFINITIVE else ""
        )
    if not reach.is_mark(before, ","):
        return ""
    return "and" if reach.closes_after_and(before) else ","

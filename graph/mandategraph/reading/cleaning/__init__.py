"""SourceText -> CleanText: takes out what typesetting left behind, and keeps the map back.

In: the text as read. Out: one paragraph a line, without page furniture, emphasis, link targets and footnotes, with a
map from every character to its place in the source, and a list of what was taken out and why.

A pass is a function from a text to edits. An edit takes characters out, or puts one character for one; it never adds
and never moves, so the map is right by construction. What leaves the flow with a meaning of its own (footnotes)
becomes a record.

Limits: tables are read as lines of text; footnotes of a page that are told from the body only by their type size stay
in the flow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mandategraph.lexicon import Language
from mandategraph.reading.cleaning.beside import beside
from mandategraph.reading.cleaning.broken_words import broken_words
from mandategraph.reading.cleaning.characters import (
    emphasis,
    invisible,
    links,
    machine_marks,
    maths,
    omitted,
    overlong,
    plain,
)
from mandategraph.reading.cleaning.edits import Draft, Edit
from mandategraph.reading.cleaning.flow import blanks, flow, spaces
from mandategraph.reading.cleaning.footnotes import block_footnotes, inline_footnotes, tie, whole_note
from mandategraph.reading.cleaning.page_lines import double_spacing, furniture
from mandategraph.reading.cleaning.turns import in_turns
from mandategraph.records import CleanText, OffsetMap, SourceSpan, SourceText

_Pass = Callable[[str], Iterator[Edit]]
_CHARACTER_PASSES: tuple[_Pass, ...] = (
    invisible,
    machine_marks,
    maths,
    links,
    emphasis,
)
_LINE_PASSES: tuple[_Pass, ...] = (spaces, furniture, double_spacing)
_FLOW_PASSES: tuple[_Pass, ...] = (flow, spaces, blanks, overlong)


def clean(
    source: SourceText, *, words: frozenset[str] = frozenset(), languages: tuple[Language, ...] = ()
) -> CleanText:
    """Return the clean text of a source.

    Args:
        source: as read.
        words: word forms of the genre, in lower case; they tell a word broken in two from two words. May be empty.
        languages: with their small words; they tell the paragraphs of a second language. May be empty.
    """
    draft = Draft(source.text, list(range(len(source.text))), [])
    draft.apply(omitted(source), source.text)
    draft.apply(overlong(draft.text), source.text)
    draft.text = plain(draft.text)
    for pass_ in _CHARACTER_PASSES:
        draft.apply(pass_(draft.text), source.text)
    draft.apply(beside(draft.text, words), source.text)
    bodies: list[tuple[str, SourceSpan]] = []
    calls: list[tuple[str, int]] = []
    for find in (inline_footnotes, block_footnotes):
        notes = list(find(draft.text))
        for note in notes:
            if note.is_call:
                calls.append((note.mark, draft.places[note.start]))
            else:
                bodies.append((note.mark, SourceSpan(draft.places[note.start], draft.places[note.end - 1] + 1)))
        draft.apply((Edit(*whole_note(draft.text, n), "", "footnote") for n in notes), source.text)
    for pass_ in _LINE_PASSES:
        draft.apply(pass_(draft.text), source.text)
    draft.apply(broken_words(draft.text, words), source.text)
    draft.apply(in_turns(draft.text, languages), source.text)
    for pass_ in _FLOW_PASSES:
        draft.apply(pass_(draft.text), source.text)
    return CleanText(
        source=source,
        text=draft.text,
        offsets=OffsetMap.from_indices(draft.places),
        footnotes=tie(bodies, calls, draft.places, source.text),
        cuts=tuple(sorted(draft.cuts, key=lambda c: (c.span, c.reason))),
    )

"""Rules of drafting about names: short forms, bodies, and who is to do something.

In: a draft and what is known. Out: hits. Limits: short forms are those in capitals; a name that is wrong in more than a word is another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from mandategraph.drafting.drafts import Draft, Passage
from mandategraph.drafting.hits import Hit
from mandategraph.drafting.known import Known
from mandategraph.drafting.rows import DraftingRule
from mandategraph.lexicon import Tables
from mandategraph.records import Act, Mention, MentionKind

_SHORT = re.compile(r"(?<![\w/.&-])[A-Z]{3,}(?:-[A-Z]+)?(?: [A-Z]{3,})*(?![\w/&]|\.\d)")
_DEFINED = re.compile(
    r"(?<=[\w”\"'’]) \((?:(?:herein(?:after)?|hereafter)?,?(?: referred to as| known as)?,? ?(?:the )?[“\"']?)?"
    r"(?P<short>[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*(?:-[A-Z][A-Za-z]+)?|[A-Z]{3,})[”\"']?\)"
)
_ROMAN = re.compile(r"[IVXLCDM]+")
_NAME = re.compile(
    r"\b[A-Z][\w'’-]+(?: (?:(?:of|the|for|and|on|in|to|against|with|de|des|du|la) )*[A-Z][\w'’-]+){2,12}"
)
_WORD = re.compile(r"[\w-]+(?:['’](?!s\b)\w+)*")
_SMALL = frozenset("of the for on in to".split())
_NEAR_WORD, _LEAST_WORDS, _LONG_WORD = 0.7, 3, 5
_OBLIGED = frozenset({Act.DIRECTIVE, Act.COMMITMENT, Act.PROHIBITION})


def _definitions(draft: Draft) -> Iterator[tuple[str, Passage, int, int]]:
    """Yield the short forms that are defined, with their places, in reading order."""
    for passage in draft.passages:
        for found in _DEFINED.finditer(passage.text):
            yield found["short"], passage, found.start("short"), found.end("short")


def undefined(draft: Draft, known: Known, rule: DraftingRule) -> Iterator[Hit]:
    """Yield short forms where they first stand before they are defined, or that are defined nowhere and are no known name."""
    defined: dict[str, tuple[Passage, int]] = {}
    for short, passage, start, _ in _definitions(draft):
        defined.setdefault(short, (passage, start))
    names, places, seen = _short_names(known.tables), _long_names(known.tables)[2], set()
    for passage in draft.passages:
        letters = [c for c in passage.text if c.isalpha()]
        if sum(c.isupper() for c in letters) > len(letters) / 2:
            continue
        for found in _SHORT.finditer(passage.text):
            short = found[0].split()[0]
            if short in seen or _ROMAN.fullmatch(short) or short in rule.words or short.lower() in known.tables.words | places:
                continue
            seen.add(short)
            if short in defined:
                where, at = defined[short]
                if (where.start + at) > passage.start + found.start():
                    reason = f"“{short}” stands here before paragraph {where.label} says what it is short for."
                    yield Hit(passage, passage.at(*found.span()), reason)
            elif short not in names:
                yield Hit(passage, passage.at(*found.span()), f"Nothing here says what “{short}” is short for.", 0.9)


def defined_twice(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield definitions of short forms that were defined before."""
    seen: dict[str, Passage] = {}
    for short, passage, start, end in _definitions(draft):
        first = seen.setdefault(short, passage)
        if first is not passage and first.section == passage.section:
            yield Hit(passage, passage.at(start, end), f"“{short}” is defined in paragraph {first.label} already.")


def unknown_bearers(draft: Draft, known: Known, _: DraftingRule) -> Iterator[Hit]:
    """Yield those who are to do something and are named nowhere else: in no gazetteer, no known text, and no other paragraph of this one."""
    minted = {entity.id: entity.label for entity in draft.reading.entities if entity.minted}
    places: dict[str, set[str]] = {}
    for label, mentions in draft.mentions.items():
        for mention in mentions:
            places.setdefault(mention.entity or "", set()).add(label)
    seen: set[str] = set()
    for statement in draft.reading.statements:
        passage = draft.by_label.get(statement.paragraph)
        if statement.act not in _OBLIGED or passage is None or statement.quoted_from:
            continue
        for party in statement.addressees:
            actor = party.actor or ""
            if actor not in minted or actor in seen or party.span is None or len(places.get(actor, ())) > 1:
                continue
            seen.add(actor)
            if not known.is_named(actor):
                where = "no list of names and no text known here" if known.store is not None else "no list of names known here"
                yield Hit(passage, party.span, f"“{party.surface}” is to do something, and {where} has such a body.")


def misnamed_bodies(draft: Draft, known: Known, _: DraftingRule) -> Iterator[Hit]:
    """Yield names that are a known one but for a word that is spelt otherwise, or a small one."""
    names, by_word, places = _long_names(known.tables)
    for passage in draft.passages:
        for found in _NAME.finditer(passage.text):
            for start, words in _stretches(found):
                folded = tuple(word.lower() for word in words)
                if folded in names or _is_within(passage, start, " ".join(words), draft.mentions.get(passage.label, [])):
                    continue
                meant = _meant(folded, by_word, places)
                if meant:
                    end = start + _length(passage.text[start : found.end()], len(words))
                    yield Hit(passage, passage.at(start, end), f"“{' '.join(words)}” seems to be “{meant}”.")
                    break


def _stretches(found: re.Match[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield a name, and what is left of it from each of its greater words on, with their places in the text."""
    for word in _WORD.finditer(found[0]):
        words = _WORD.findall(found[0][word.start() :])
        if word[0].lower() not in _SMALL and len(words) >= _LEAST_WORDS:
            yield found.start() + word.start(), words


def _length(text: str, count: int) -> int:
    """Return the length of the first words of a text."""
    return list(_WORD.finditer(text))[count - 1].end()


def _is_within(passage: Passage, start: int, words: str, mentions: list[Mention]) -> bool:
    """Return whether a stretch stands in the name of a known actor or instrument, or is one."""
    here = passage.start + start
    return any(
        m.kind in {MentionKind.ACTOR, MentionKind.INSTRUMENT}
        and m.rule == "GAZ-alias"
        and m.span.start <= here
        and m.span.end >= here + len(words)
        for m in mentions
    )


def _meant(folded: tuple[str, ...], by_word: Mapping[str, list[tuple[tuple[str, ...], str]]], places: frozenset[str]) -> str:
    """Return the known name that a name is but for one word, "" where there is none."""
    rare = sorted((word for word in set(folded) if word in by_word), key=lambda word: len(by_word[word]))
    for name, label in (entry for word in rare[:2] for entry in by_word[word]):
        if abs(len(name) - len(folded)) > 1 or name == folded:
            continue
        bare = [tuple(word for word in words if word not in _SMALL) for words in (folded, name)]
        if bare[0] == bare[1]:
            return label
        other = [(a, b) for a, b in zip(*bare, strict=False) if a != b]
        if len(bare[0]) == len(bare[1]) >= _LEAST_WORDS and len(other) == 1 and _is_slip(*other[0], places):
            return label
    return ""


def _is_slip(word: str, known: str, places: frozenset[str]) -> bool:
    """Return whether a word is another that was spelt wrong, and no other word of its own."""
    if {word, known} & places or min(len(word), len(known)) < _LONG_WORD or word[0] != known[0]:
        return False
    return Levenshtein.normalized_similarity(word, known) >= _NEAR_WORD and fuzz.ratio(word, known) < 100


@lru_cache(maxsize=4)
def _short_names_of(aliases: frozenset[str]) -> frozenset[str]:
    return frozenset(word for alias in aliases for word in re.findall(r"[A-Z]{2,}[\w-]*", alias))


def _short_names(tables: Tables) -> frozenset[str]:
    """Return the short forms that stand in a known name."""
    entries = tables.gazetteer.entries
    return _short_names_of(frozenset(alias for e in entries for alias in (e.id, e.label, *e.aliases)))


_Names = tuple[frozenset[tuple[str, ...]], Mapping[str, list[tuple[tuple[str, ...], str]]], frozenset[str]]


def _long_names(tables: Tables) -> _Names:
    """Return known names in words, in small letters; the names by each greater word of them; and the words of places."""
    return _long_names_of(
        frozenset(
            alias
            for entry in tables.gazetteer.entries
            if entry.kind is MentionKind.ACTOR
            for alias in (entry.label, *entry.aliases)
            if len(alias.split()) >= _LEAST_WORDS
        ),
        frozenset(word.lower() for place in tables.places for word in re.findall(r"[\w'’-]+", " ".join((place.name, place.demonym, *place.other_names)))),
    )


@lru_cache(maxsize=4)
def _long_names_of(aliases: frozenset[str], places: frozenset[str]) -> _Names:
    names = {tuple(word.lower() for word in re.findall(r"[\w'’-]+", alias)): alias for alias in sorted(aliases)}
    by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, alias in names.items():
        for word in set(name) - _SMALL:
            by_word.setdefault(word, []).append((name, alias))
    return frozenset(names), by_word, places

"""Rules of drafting about names: short forms, bodies, and who is to do something.

In: a draft and what is known. Out: hits. Limits: short forms are those in capitals; a name that is wrong in more than a word is another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from mandategraph.drafting.drafts import Draft, Passage, paragraph_in_words
from mandategraph.drafting.hits import Hit
from mandategraph.drafting.known import Known
from mandategraph.drafting.rows import DraftingRule
from mandategraph.lexicon import Tables
from mandategraph.records import Act, Mention, MentionKind

_SHORT = re.compile(r"(?<![\w/.&-])[A-Z]{3,}(?:-[A-Z]+)?(?: [A-Z]{3,})*(?![\w/&]|\.\d)")
_DEFINED = re.compile(
    r"(?<=[\w”\"'’]) \((?:(?:herein(?:after)?|hereafter)?,?(?: referred to as| known as)?,? ?(?:the )?[“\"']?(?:the )?)?"
    r"(?P<short>[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*(?:-[A-Z][A-Za-z]+)?|[A-Z]{3,})[”\"']?(?: ?[–;-] [^()]{1,80})?\)"
)
# Behind what is no definition but stands within a name: "the Accelerated Modalities of Action (AMA) Pathway".
_GOES_ON = re.compile(r"[”\"']?\) [A-Z][a-z]+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_NAME = re.compile(
    r"\b[A-Z][\w'’-]+(?: (?:(?:of|the|for|and|on|in|to|against|with|de|des|du|la) )*[A-Z][\w'’-]+){1,12}"
)
_WORD = re.compile(r"[\w-]+(?:['’](?!s\b)\w+)*")
_SMALL = frozenset("of the for on in to".split())
_NEAR_WORD, _LEAST_WORDS, _LONG_WORD = 0.7, 3, 5
_OBLIGED = frozenset({Act.DIRECTIVE, Act.COMMITMENT, Act.PROHIBITION})


@dataclass(frozen=True)
class _Names:
    """Known names in words of small letters: all, and those that have a word, with how they are written; and the words of places."""

    whole: frozenset[tuple[str, ...]]
    by_word: Mapping[str, list[tuple[tuple[str, ...], str]]]
    places: frozenset[str]


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
    # A known name is to be defined before it is used only where the same part of the text defines it.
    section_of = {short: passage.section for short, (passage, _) in defined.items()}
    names, places, seen = _short_names(known.tables), _long_names(known.tables).places, set()
    for passage in draft.passages:
        letters = [c for c in passage.text if c.isalpha()]
        if sum(c.isupper() for c in letters) > len(letters) / 2:
            continue
        for found in _SHORT.finditer(passage.text):
            short = found[0].split()[0]
            if (
                short in seen
                or (names.issuperset(short.split("-")) and section_of.get(short) != passage.section)
                or _ROMAN.fullmatch(short)
                or short in rule.words
                or short.lower() in known.tables.words | places
            ):
                continue
            seen.add(short)
            if short in defined:
                where, at = defined[short]
                if (where.start + at) > passage.start + found.start():
                    reason = (
                        f"“{short}” stands here before {paragraph_in_words(where.label)} says what it is short for."
                    )
                    yield Hit(passage, passage.at(*found.span()), reason)
            elif short not in names:
                yield Hit(passage, passage.at(*found.span()), f"Nothing here says what “{short}” is short for.", 0.9)


def defined_twice(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield definitions of short forms that were defined before."""
    seen: dict[str, Passage] = {}
    for short, passage, start, end in _definitions(draft):
        first = seen.setdefault(short, passage)
        is_within = _GOES_ON.match(passage.text, end)
        if first is not passage and first.section == passage.section and not is_within:
            yield Hit(
                passage, passage.at(start, end), f"“{short}” is defined in {paragraph_in_words(first.label)} already."
            )


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
            if not known.is_named(actor, minted[actor]):
                where = (
                    "no list of names and no text known here"
                    if known.store is not None
                    else "no list of names known here"
                )
                yield Hit(passage, party.span, f"“{party.surface}” is to do something, and {where} has such a body.")


def misnamed_bodies(draft: Draft, known: Known, _: DraftingRule) -> Iterator[Hit]:
    """Yield names that are a known one but for a word that is spelt otherwise, or a small one."""
    names = _long_names(known.tables)
    for passage in draft.passages:
        mentions = draft.mentions.get(passage.label, [])
        for found in _NAME.finditer(passage.text):
            words = list(_WORD.finditer(passage.text, *found.span()))
            for n, word in enumerate(words):
                folded = tuple(each[0].lower() for each in words[n:])
                if folded[0] in _SMALL or _is_within(passage, word, mentions):
                    continue
                count, meant = _meant(folded, names, known.tables.words)
                if meant:
                    start, end = word.start(), words[n + count - 1].end()
                    yield Hit(passage, passage.at(start, end), f"“{passage.text[start:end]}” seems to be “{meant}”.")
                    break


def _is_within(passage: Passage, word: re.Match[str], mentions: list[Mention]) -> bool:
    """Return whether a word stands in the name of a known actor or instrument."""
    here, kinds = passage.start + word.start(), {MentionKind.ACTOR, MentionKind.INSTRUMENT}
    return any(m.kind in kinds and m.rule == "GAZ-alias" and m.span.start <= here < m.span.end for m in mentions)


def _meant(folded: tuple[str, ...], names: _Names, words: frozenset[str]) -> tuple[int, str]:
    """Return how many words of a name are a known one but for one word, and that one; (0, "") where there is none."""
    rare = sorted((word for word in set(folded) if word in names.by_word), key=lambda word: len(names.by_word[word]))
    for name, label in (entry for word in rare[:2] for entry in names.by_word[word]):
        for count in {len(name) - 1, len(name), len(name) + 1} - {0}:
            here = folded[:count]
            if len(here) == count and here not in names.whole and _is_but_for_one(here, name, names.places, words):
                return count, label
    return 0, ""


def _is_but_for_one(
    here: tuple[str, ...], name: tuple[str, ...], places: frozenset[str], words: frozenset[str]
) -> bool:
    """Return whether a name is another one but for a slip in one word, or but for small words."""
    bare = (_bare(here), _bare(name))
    if bare[0] == bare[1]:
        return len(bare[0]) > _LEAST_WORDS and here[0] == name[0] and here[-1] == name[-1]
    other = [(a, b) for a, b in zip(*bare, strict=False) if a != b]
    if len(here) != len(name) or len(bare[0]) != len(bare[1]) or len(other) != 1:
        return False
    is_word = other[0][0] in words and len(bare[0]) < _LEAST_WORDS
    return not is_word and _is_slip(*other[0], places)


@lru_cache(maxsize=16_384)
def _bare(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name without its small words."""
    return tuple(word for word in name if word not in _SMALL)


def _is_slip(word: str, known: str, places: frozenset[str]) -> bool:
    """Return whether a word is another that was spelt wrong, and no other word of its own."""
    is_variant = word.replace("isation", "ization") == known.replace("isation", "ization")
    is_compound = word.startswith(f"{known}-") or known.startswith(f"{word}-")
    if (
        {word, known} & places
        or is_variant
        or is_compound
        or min(len(word), len(known)) < _LONG_WORD
        or word[0] != known[0]
    ):
        return False
    return Levenshtein.normalized_similarity(word, known) >= _NEAR_WORD


@lru_cache(maxsize=4)
def _short_names_of(aliases: frozenset[str]) -> frozenset[str]:
    return frozenset(word for alias in aliases for word in re.findall(r"[A-Z]{2,}[\w-]*", alias))


def _short_names(tables: Tables) -> frozenset[str]:
    """Return the short forms that stand in a known name."""
    entries = tables.gazetteer.entries
    return _short_names_of(frozenset(alias for e in entries for alias in (e.id, e.label, *e.aliases)))


def _long_names(tables: Tables) -> _Names:
    """Return the known names of actors of two words and more."""
    actors = (entry for entry in tables.gazetteer.entries if entry.kind is MentionKind.ACTOR)
    return _long_names_of(
        frozenset(alias for entry in actors for alias in (entry.label, *entry.aliases) if _is_capital(alias)),
        frozenset(
            word.lower()
            for place in tables.places
            for word in _WORD.findall(" ".join((place.name, place.demonym, *place.other_names)))
        ),
    )


def _is_capital(alias: str) -> bool:
    """Return whether a name has two words and more, the greater ones in capitals."""
    words = alias.split()
    return len(words) > 1 and all(
        word[0].isupper() for word in words if len(word) > _LEAST_WORDS and word not in _SMALL
    )


@lru_cache(maxsize=4)
def _long_names_of(aliases: frozenset[str], places: frozenset[str]) -> _Names:
    names = {tuple(word.lower() for word in _WORD.findall(alias)): alias for alias in sorted(aliases)}
    by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, alias in names.items():
        for word in set(name) - _SMALL:
            by_word.setdefault(word, []).append((name, alias))
    return _Names(frozenset(names), by_word, places)

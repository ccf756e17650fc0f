"""Facts between actors and instruments that the text states outright.

In: annotated paragraphs with linked mentions, and their phrases. Out: `Relation` records. What states a fact are words (`lexicons/relations.csv`), with
the places beside them where its two ends stand (`phrasing/constructions.py`). A name is read like a sentence, for what it says of its bearer ("States
members of X", "Committee established pursuant to resolution 2374 (2017)"). `renews` and `terminates` are read from decisions.

Rule: annotation guidelines, relations.jsonl.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from mandategraph.dates import find_dates
from mandategraph.interpreting.factual import is_decided, is_fact
from mandategraph.interpreting.fields import source_of, span_of
from mandategraph.interpreting.grammar import Grammar
from mandategraph.interpreting.statements import Trees
from mandategraph.lexicon import Fact
from mandategraph.phrasing.constructions import about, standing
from mandategraph.phrasing.reaching import Reach
from mandategraph.records import (
    Act,
    Annotated,
    AnnotatedParagraph,
    DeadlineKind,
    Mention,
    MentionKind,
    ParagraphKind,
    Relation,
    Span,
    Statement,
)
from mandategraph.records.phrases import PhraseKind, Phrases

_STEM = 4
_KINDS = {"actor": MentionKind.ACTOR, "instrument": MentionKind.INSTRUMENT}
_BEHIND = 60
_ENDED = re.compile(r"\bshall (?:cease to (?:apply|have effect)|no longer (?:be in force|apply)|be terminated)\b")
_MEASURES = re.compile(
    r"\b(?:measures?|provisions|paragraphs?|prohibitions?|sanctions|embargo|authorizations?)\b", re.I
)


class RelationReader:
    """Reads what the words of `relations.csv` state."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        tables = grammar.tables
        self._classes = tables.word_classes
        self._violations = [theme for theme in tables.themes if theme.is_violation]
        self._rows: dict[str, list[tuple[PhraseKind, Fact]]] = defaultdict(list)
        for row in tables.facts:
            for kind, words in (
                (PhraseKind.VERB, row.verbs),
                (PhraseKind.NOUN, row.nouns),
                (PhraseKind.MARK, row.marks),
            ):
                for word in words:
                    self._rows[word].append((kind, row))
        self._stems = {word[:_STEM] for word in self._rows}
        self._names = {
            name.lower().removeprefix("the "): (entry.id, entry.kind, entry.type)
            for entry in reversed(tables.gazetteer.entries)
            for name in (entry.label, *entry.short_forms, *entry.aliases)
        }

    def read(self, annotated: Annotated, statements: Sequence[Statement], trees: Trees) -> list[Relation]:
        """Return the relations of a document, each once a paragraph."""
        decisions = [s for s in statements if s.act is Act.DECISION]
        ends = [s for s in decisions if s.deadlines]
        found: dict[tuple[str, str, str, str], Relation] = {}
        for at, paragraph in enumerate(annotated.paragraphs):
            is_read = paragraph.paragraph.kind is not ParagraphKind.TITLE and self._has_word(paragraph)
            for relation in self._stated(annotated, trees(at)) if is_read else ():
                found.setdefault((relation.paragraph, relation.subject, relation.relation, relation.object), relation)
        for relation in (fate for decision in decisions for fate in self._fates(annotated, decision)):
            found.setdefault((relation.paragraph, relation.subject, relation.relation, relation.object), relation)
        limited = (_limited(annotated, r, ends) if r.relation in {"extends", "renews"} else r for r in found.values())
        return sorted(limited, key=lambda r: (r.span, r.relation, r.subject, r.object))

    def _has_word(self, paragraph: AnnotatedParagraph) -> bool:
        stems, short = self._stems, _STEM - 1
        return any(t.lower[:_STEM] in stems or t.lower[:short] in stems for t in paragraph.tokens)

    def _stated(self, annotated: Annotated, phrases: Phrases, bearer: Mention | None = None) -> Iterator[Relation]:
        """Yield what the words of a paragraph, or of a name with its bearer, state."""
        place = _Place(annotated, Reach(phrases, self.grammar.morphology), bearer)
        for i, phrase in enumerate(phrases.phrases):
            for kind, row in self._rows.get(phrase.word, ()):
                if kind is phrase.kind and about(place.reach, i, row.about) and is_fact(place.reach, i, row.said):
                    subjects = place.named(i, row.subject, row.subject_is)
                    if not subjects:
                        continue
                    objects = place.named(i, row.object, row.object_is) if row.object else self._fixed(row, place, i)
                    if subjects == objects:
                        subjects = dict(list(subjects.items())[:1])
                    yield from place.relations(row, subjects, objects)
            if bearer is None and phrase.mention is not None and phrase.end - phrase.begin > 2:
                name = replace(phrases.paragraph, tokens=phrases.paragraph.tokens[phrase.begin : phrase.end])
                if self._has_word(name) and (inside := self._inside(name, phrase.mention)):
                    named = self.grammar.phrases(name.with_mentions(inside))
                    yield from self._stated(annotated, named, place.bearer_of(i))

    def _inside(self, paragraph: AnnotatedParagraph, whole: Mention) -> tuple[Mention, ...]:
        """Return what is cited in a name, which stands as a paragraph, else the names in it that the gazetteer has."""
        tokens = paragraph.tokens
        inside = [m for m in paragraph.mentions if m is not whole and whole.span.covers(m.span) and m.is_cited]
        at = len(tokens) if inside else sum(t.start <= whole.span.start for t in tokens)
        while at < len(tokens):
            known = (
                (stop, self._names.get(" ".join(t.lower for t in tokens[at:stop])))
                for stop in range(len(tokens), at, -1)
            )
            stop, entry = next(((stop, entry) for stop, entry in known if entry), (at + 1, None))
            if entry:
                span = Span(tokens[at].start, tokens[stop - 1].end)
                inside.append(Mention(span, entry[1], "", entry[0], entry[2], whole.rule))
            at = stop
        return tuple(inside)

    def _fixed(self, row: Fact, place: _Place, i: int) -> dict[str, Span]:
        """Return the object that a row names: a theme of violations is the last one whose words stand before."""
        if row.object_is != "={theme}":
            topic = place.annotated.topic
            is_known = topic or "{topic}" not in row.object_is
            return {row.object_is[1:].replace("{topic}", topic): place.span(i)} if is_known else {}
        before = place.words_before(i)
        named = [(before.rfind(k), t.id) for t in self._violations for k in t.keywords if k in before]
        return {max(named)[1]: place.span(i)} if named else {}

    def _fates(self, annotated: Annotated, decision: Statement) -> Iterator[Relation]:
        """ "Decides to renew the measures in paragraph 9 of resolution X": this document renews X; it may terminate it, too."""
        own, first = annotated.document.symbol, decision.actions[:1]
        words = annotated.document.text.words(decision.span)
        is_ended = not self._classes["ending"].isdisjoint(first) or _ENDED.search(words) is not None
        is_renewed = not self._classes["renewing"].isdisjoint(first)
        cited = dict.fromkeys(p.instrument for p in decision.provisions) or dict.fromkeys(decision.instruments[:1])
        if own and (is_ended or is_renewed) and _MEASURES.search(words):
            name, rule = ("terminates", "REL-terminates") if is_ended else ("renews", "REL-renews")
            for instrument in (each for each in cited if each != own and "/RES/" in each):
                yield Relation(decision.paragraph, decision.span, own, name, instrument, rule)


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph of a document, or a name in it with its bearer, with its phrases."""

    annotated: Annotated
    reach: Reach
    bearer: Mention | None

    def relations(self, row: Fact, subjects: Mapping[str, Span], objects: Mapping[str, Span]) -> Iterator[Relation]:
        """Yield what a row states of its ends, each from the first to the last word that shows it."""
        paragraph = self.reach.tree.paragraph
        for subject, object_ in product(subjects, objects):
            if subject != object_:
                where = source_of(self.annotated, paragraph, _around(subjects[subject], objects[object_]))
                yield Relation(paragraph.paragraph.label, where, subject, row.relation, object_, row.rule)

    def span(self, i: int) -> Span:
        """Return where a phrase stands."""
        return span_of(self.reach.tree.paragraph, self.reach.phrases[i].begin, self.reach.phrases[i].end)

    def words_before(self, i: int) -> str:
        """Return the words before a phrase, in small letters, and the next ones."""
        tokens, begin = self.reach.tree.paragraph.tokens, self.reach.phrases[i].begin
        return " ".join(t.lower for t in tokens[max(0, begin - 70) : begin + 15])

    def named(self, i: int, places: Sequence[str], kind: str) -> dict[str, Span]:
        """Return the ids of what stands in the first place that names something of a kind, each with where that is and the word it stands beside."""
        own = self.annotated.document.symbol
        if kind == "instrument" and places[0] == "agent" and is_decided(self.reach, i):
            return {own: self.span(i)} if own else {}
        for place in places:
            for group in standing(self.reach, i, place):
                found = [m for k in group for m in self._mentions(k, kind, is_plain=place == "self")]
                if found:
                    alike = (m for m in found if m.kind is found[0].kind)
                    return {m.entity or "": _around(m.span, self.span(i)) for m in alike}
        return {}

    def bearer_of(self, i: int) -> Mention | None:
        """Return the name that a name describes: X of "X as an observer of Y"; else the name itself."""
        is_described = i > 0 and self.reach.phrases[i - 1].word == "as"
        described = (self.reach.phrases[k] for group in standing(self.reach, i, "bearer") for k in group)
        return next((p.mention for p in described if is_described and p.mention), self.reach.phrases[i].mention)

    def _mentions(self, k: int, kind: str, *, is_plain: bool = False) -> Iterator[Mention]:
        """Yield what a phrase names, or those that it stands for: "members of X", "the campaign “X”"."""
        phrase = self.reach.phrases[k]
        is_bearer = self.bearer is not None and all(p.kind is not PhraseKind.NOUN for p in self.reach.phrases[:k])
        mention = self.bearer if is_bearer else phrase.mention
        if mention is not None:
            if mention.entity and (kind in {"any", mention.type} or _KINDS.get(kind) is mention.kind):
                yield mention
        elif k + 2 < len(self.reach.phrases) and self.reach.phrases[k + 1].word in {'"', "“"}:
            yield from self._mentions(k + 2, kind)
        elif not is_plain and self.reach.words.is_transparent(phrase.word):
            for group in (*standing(self.reach, k, "of"), *standing(self.reach, k, "with")):
                for n in group:
                    yield from self._mentions(n, kind)


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _limited(annotated: Annotated, relation: Relation, ends: Sequence[Statement]) -> Relation:
    """Return an extension with the day until which, or the time for which, it extends a mandate."""
    deciding = next((s for s in ends if s.span.start <= relation.span.start < s.span.end), None)
    if deciding is not None:
        day = next((each.day for each in deciding.deadlines if each.day), None)
        lasts = next((each.value for each in deciding.deadlines if each.kind is DeadlineKind.DURATION), None)
        return replace(relation, until=day, lasts=None if day else lasts)
    words = " ".join(annotated.document.text.source.text[relation.span.start : relation.span.end + _BEHIND].split())
    if found := re.search(r"\buntil ([^,;.]+)", words):
        dates = find_dates(found[1])
        return replace(relation, until=dates[0].last_day() if dates else None)
    return relation

"""Facts between actors and instruments that the text states outright.

In: annotated paragraphs with linked mentions. Out: `Relation` records. Patterns are data (`patterns/relations.jsonl`):
regular expressions in which a slot such as `{A:s}` stands for a linked mention. Kinds of slot: `A` actor, `I`
instrument, `B` either, `D` date, or an actor type (`office`, `person`, `state`, `court`); `+` takes a coordination of
them; `:s` and `:o` say which end of the relation it is.

A pattern with `named` instead of `regex` reads a fact that a name itself states ("Committee established pursuant to
resolution 2374 (2017)", "States members of X"): it is matched against the words of a mention, which is the other end of
the relation, and its group `s` or `o` holds the names of the one end. `extends`, `renews` and `terminates` are read from
decisions, with the day until which or the time for which they hold.

Rule: annotation guidelines, relations.jsonl.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mandategraph.dates import find_dates
from mandategraph.interpreting.fields import source_of
from mandategraph.lexicon import Tables, load_patterns
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

_SLOT = re.compile(r"\{(?P<kind>A|I|B|D|office|person|state|court)(?P<many>\+?)(?::(?P<end>[so]))?\}")
_JOINER = r"(?: \([^(){}]{1,40}\))?(?:,? and |,? as well as |, )(?:the |members of |by )*"
_TYPED = frozenset({"office", "person", "state", "court"})
_DOUBTED = re.compile(r"\b(?:no|not|whether|alleged(?:ly)?|allegations?|if)\b[^;.,]{0,60}$")
_ENDING = frozenset("terminate lift repeal rescind revoke cancel".split())
_RENEWING = frozenset("renew extend".split())
_ENDED = re.compile(r"\bshall (?:cease to (?:apply|have effect)|no longer (?:be in force|apply)|be terminated)\b")
_MEASURES = re.compile(
    r"\b(?:measures?|provisions|paragraphs?|prohibitions?|sanctions|embargo|authorizations?)\b", re.I
)
_EXTENDED = re.compile(r"\bext(?:end|ends|ended) the mandates? of\b")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A row: matched against a paragraph with slots, or against the words of a mention."""

    id: str
    regex: re.Pattern[str]
    relation: str
    object: str


class RelationReader:
    """The relation patterns, compiled once."""

    def __init__(self, tables: Tables) -> None:
        self.violations = [theme for theme in tables.themes if theme.is_violation]
        self.patterns = tuple(_load("regex"))
        self.in_names = tuple(_load("named"))
        self._names = {
            name.lower().removeprefix("the "): entry.id
            for entry in reversed(tables.gazetteer.entries)
            for name in (entry.label, *entry.short_forms, *entry.aliases)
        }

    def read(self, annotated: Annotated, statements: Sequence[Statement]) -> list[Relation]:
        """Return the relations of a document, each once a paragraph."""
        topic = annotated.topic
        decided: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            if statement.act is Act.DECISION:
                decided[statement.paragraph].append(statement)
        ends = [s for s in statements if s.act is Act.DECISION and s.deadlines]
        found: dict[tuple[str, str, str, str], Relation] = {}
        for paragraph in annotated.paragraphs:
            if paragraph.paragraph.kind is ParagraphKind.TITLE or not paragraph.tokens:
                continue
            for relation in (
                *self._patterned(annotated, paragraph, topic),
                *self._named(annotated, paragraph),
                *_extensions(annotated, paragraph),
                *_fates(annotated, decided.get(paragraph.paragraph.label, ())),
            ):
                key = (relation.paragraph, relation.subject, relation.relation, relation.object)
                limited = relation.relation in {"extends", "renews"}
                found.setdefault(key, _limited(annotated, relation, ends) if limited else relation)
        return sorted(found.values(), key=lambda r: (r.span, r.relation, r.subject, r.object))

    def _patterned(self, annotated: Annotated, paragraph: AnnotatedParagraph, topic: str) -> Iterator[Relation]:
        text, places, mentions = _with_slots(paragraph)
        base = _base(paragraph)
        for pattern in self.patterns:
            for match in pattern.regex.finditer(text):
                if _DOUBTED.search(text[: match.start()]):
                    continue
                subjects = _filled(match, "s", mentions)
                objects = _filled(match, "o", mentions)
                if pattern.object:
                    objects = [self._fixed(pattern.object, text, match, topic)]
                span = source_of(
                    annotated, paragraph, Span(base + places[match.start()], base + places[match.end() - 1] + 1)
                )
                for subject in subjects:
                    for object_ in objects:
                        if subject and object_ and subject != object_:
                            yield Relation(
                                paragraph.paragraph.label, span, subject, pattern.relation, object_, pattern.id
                            )

    def _named(self, annotated: Annotated, paragraph: AnnotatedParagraph) -> Iterator[Relation]:
        """Facts that names state. "X as an observer of Y" says of X what the name says of its bearer."""
        for mention in paragraph.mentions:
            if mention.kind not in {MentionKind.ACTOR, MentionKind.INSTRUMENT} or not mention.entity:
                continue
            for pattern in self.in_names:
                match = pattern.regex.fullmatch(mention.surface)
                if match is None:
                    continue
                bearer = _described(paragraph, mention) or mention.entity
                end = "o" if "o" in match.groupdict() else "s"
                span = source_of(annotated, paragraph, mention.span)
                for other in self._in_name(paragraph, mention, match, end):
                    subject, object_ = (bearer, other) if end == "o" else (other, bearer)
                    if subject != object_:
                        yield Relation(paragraph.paragraph.label, span, subject, pattern.relation, object_, pattern.id)

    def _in_name(
        self, paragraph: AnnotatedParagraph, mention: Mention, match: re.Match[str], end: str
    ) -> Iterator[str]:
        """Yield what the group of a name names: citations in it, else actors and instruments by name."""
        start = mention.span.start + match.start(end)
        inner = [m for m in paragraph.mentions if m is not mention and m.is_cited]
        cited = [m.entity for m in inner if mention.span.covers(m.span) and m.span.start >= start and m.entity]
        if cited:
            yield from cited
            return
        whole = match[end]
        for words in (whole, *re.split(r",? and |, ", whole)):
            id_ = self._names.get(words.lower().removeprefix("the ").strip())
            if id_:
                yield id_
                if words == whole:
                    return

    def _fixed(self, object_: str, text: str, match: re.Match[str], topic: str) -> str:
        if object_ == "{theme}":
            before = text[max(0, match.start() - 400) : match.end() + 80].lower()
            named = [(before.rfind(k), t.id) for t in self.violations for k in t.keywords if k in before]
            return max(named)[1] if named else ""
        return object_.replace("{topic}", topic) if topic or "{topic}" not in object_ else ""


def _limited(annotated: Annotated, relation: Relation, ends: Sequence[Statement]) -> Relation:
    """Return an extension with the day until which, or the time for which, it extends a mandate."""
    deciding = next((s for s in ends if s.span.start <= relation.span.start < s.span.end), None)
    if deciding is not None:
        day = next((each.day for each in deciding.deadlines if each.day), None)
        lasts = next((each.value for each in deciding.deadlines if each.kind is DeadlineKind.DURATION), None)
        return replace(relation, until=day, lasts=None if day else lasts)
    following = " ".join(annotated.document.text.source.text[relation.span.end : relation.span.end + 60].split())
    if found := re.match(r"until ([^,;.]+)", following):
        dates = find_dates(found[1])
        return replace(relation, until=dates[0].last_day() if dates else None)
    return relation


def _base(paragraph: AnnotatedParagraph) -> int:
    """Return what to add to an offset in the paragraph's text to make it one of the clean text (or of the footnote)."""
    return paragraph.paragraph.span.start if paragraph.offset is None else 0


def _with_slots(paragraph: AnnotatedParagraph) -> tuple[str, list[int], list[Mention]]:
    """Return the paragraph with each outer mention as one mark, where each character stood, and the mentions."""
    base = _base(paragraph)
    outer: list[Mention] = []
    for m in sorted(paragraph.mentions, key=lambda m: (m.span.start, -m.span.end)):
        if m.kind in {MentionKind.ACTOR, MentionKind.INSTRUMENT, MentionKind.DATE} and (
            not outer or m.span.start >= outer[-1].span.end
        ):
            outer.append(m)
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for n, m in enumerate(outer):
        start, end = m.span.start - base, m.span.end - base
        parts.append(paragraph.text[at:start])
        places.extend(range(at, start))
        kind = {MentionKind.ACTOR: "A", MentionKind.INSTRUMENT: "I", MentionKind.DATE: "D"}[m.kind]
        mark = f"<{kind}{n}:{m.type}>"
        parts.append(mark)
        places.extend([start] * (len(mark) - 1) + [end - 1])
        at = end
    parts.append(paragraph.text[at:])
    places.extend(range(at, len(paragraph.text)))
    return "".join(parts), places, outer


def _filled(match: re.Match[str], end: str, mentions: Sequence[Mention]) -> list[str]:
    text = match.groupdict().get(end) or ""
    return [mentions[int(n)].entity or "" for n in re.findall(r"<[AID](\d+):", text)]


def _extensions(annotated: Annotated, paragraph: AnnotatedParagraph) -> Iterator[Relation]:
    """ "Decides to extend the mandate of X": this document does; "resolutions ..., by which it extended": those do."""
    base = _base(paragraph)
    for found in _EXTENDED.finditer(paragraph.text):
        extended = next(
            (
                m
                for m in paragraph.mentions
                if m.kind is MentionKind.ACTOR and base + found.end() <= m.span.start <= base + found.end() + 6
            ),
            None,
        )
        if extended is None or extended.entity is None:
            continue
        before = paragraph.text[: found.start()]
        span = source_of(annotated, paragraph, Span(base + found.start(), extended.span.end))
        if re.search(r"[Dd]ecides(?: also| further)? to $", before) and annotated.document.symbol:
            yield Relation(
                paragraph.paragraph.label, span, annotated.document.symbol, "extends", extended.entity, "REL-extends"
            )
        elif re.search(r"by which it(?: has)? $", before):
            last = before.rfind("in which it")
            for m in paragraph.mentions:
                if m.is_cited and m.entity and base + max(last, 0) < m.span.start < base + found.start():
                    yield Relation(
                        paragraph.paragraph.label, span, m.entity, "extends", extended.entity, "REL-extended-by"
                    )


def _fates(annotated: Annotated, decided: Sequence[Statement]) -> Iterator[Relation]:
    """ "Decides to renew the measures in paragraph 9 of resolution X": this document renews X; it may terminate it, too."""
    own = annotated.document.symbol
    for statement in decided if own else ():
        words = annotated.document.text.words(statement.span)
        first = statement.actions[:1]
        ended = (first and first[0] in _ENDING) or _ENDED.search(words)
        renewed = first and first[0] in _RENEWING
        if not (ended or renewed) or not _MEASURES.search(words):
            continue
        cited = dict.fromkeys(p.instrument for p in statement.provisions) or dict.fromkeys(statement.instruments[:1])
        for instrument in cited:
            if instrument != own and "/RES/" in instrument:
                name, rule = ("terminates", "REL-terminates") if ended else ("renews", "REL-renews")
                yield Relation(statement.paragraph, statement.span, own, name, instrument, rule)


def _described(paragraph: AnnotatedParagraph, mention: Mention) -> str | None:
    """Return the actor that a name describes: X in "X as an independent observer of"."""
    before = [t for t in paragraph.tokens if t.end <= mention.span.start][-2:]
    if len(before) < 2 or before[0].lower != "as" or before[1].lower not in {"a", "an", "the"}:
        return None
    named = [m for m in paragraph.mentions if m.kind is MentionKind.ACTOR and m.span.end <= before[0].start]
    return next((m.entity for m in reversed(named) if before[0].start - m.span.end <= 1), None)


def _load(field: str) -> Iterator[_Pattern]:
    """Yield the patterns that have a field: `regex` for those of paragraphs, `named` for those of names."""
    optional = ("regex", "named", "object")
    for row in load_patterns("relations.jsonl", ("id", "relation", "source"), optional=optional):
        if field in row:
            yield _Pattern(row["id"], re.compile(_SLOT.sub(_slot, row[field])), row["relation"], row.get("object", ""))


def _slot(slot: re.Match[str]) -> str:
    kind = slot["kind"]
    one = f"<A\\d+:{kind}>" if kind in _TYPED else "<[AI]\\d+:[^>]*>" if kind == "B" else f"<{kind}\\d+:[^>]*>"
    whole = f"{one}(?:{_JOINER}{one})*" if slot["many"] else one
    return f"(?P<{slot['end']}>{whole})" if slot["end"] else f"(?:{whole})"

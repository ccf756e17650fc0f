"""Annotated -> Annotated with entities: which actor or instrument each mention means in this document.

In: mentions as the gazetteer and the citation patterns found them, overlapping and uncertain. Out: mentions that do
not overlap within a kind, each with its entity, and the list of entities. In this order:

1. short forms are dropped where the document does not speak of what they stand for;
2. definitions in the document ('X (Y)', 'X ("the Y")') name an entity for that document alone;
3. capitalized names that no gazetteer has get an entity of their own, marked as minted;
4. "the report of the Secretary-General" means the one report of his that the document cites by symbol, if it is one;
5. "that resolution", "the said resolution" mean the resolution cited last before them;
6. "the Mission", "the Committee" mean the nearest actor before them that is called so.

Limits: a definition is read only where the long form stands directly before the bracket.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mandategraph.dates import MONTHS
from mandategraph.lexicon import Tables
from mandategraph.records import Annotated, AnnotatedParagraph, Entity, Mention, MentionKind, ParagraphKind, Span
from mandategraph.symbols import SYMBOL, normalize, parts, type_of

_LINKED = (MentionKind.ACTOR, MentionKind.INSTRUMENT)
_DEFINITION = re.compile(
    r"\s?\((?:herein(?:after)?(?: referred to as)?,? |hereafter )?"
    r'(?:"(?:the |The )?(?P<quoted>[^"()]{2,60})"|(?P<acronym>[A-Z][\w/&-]*[A-Z0-9][\w/&-]*))\)'
)
_FOUNDED = re.compile(
    r"\b(?P<body>(?:Security Council )?(?:Sanctions )?Committee|(?:Panel|Group) of [Ee]xperts|Monitoring (?:Group|Team)|Mechanism)"
    r"(?: \(\"?[^()]{2,40}\"?\))?,? (?:established|created|constituted) (?:pursuant to|by|under|in accordance with|in) "
    r"(?:paragraphs? [\d()a-z, and]+ of )?(?:Security Council )?resolutions? (?P<number>\d{3,4})\b(?: ?\(\d{4}\))?(?:(?:,| and|, and) \d{3,4} ?\(\d{4}\))*"
)
_CAPITAL = r"[A-ZÀ-Ý][\w'’-]*"
_NAME = re.compile(
    rf"{_CAPITAL}(?:(?:(?:,? (?:of|for|on|to|in|and|with|against|de|du|des|la|pour)){{1,2}}(?:(?<! and) the)?)? {_CAPITAL})+"
)
_DEFINITE = re.compile(r"\b[Tt]he ((?:[A-Z][a-z-]+ ){0,2}[A-Z][a-z-]+)\b(?! (?:of|for) )")

_MODIFIER = re.compile(r" (?:of|for|on|to|in|against|with|de|du|des|pour|established|created|constituted|concerning) ")
_COMMON = frozenset(
    "National Supreme Constitutional Transitional Ministry Minister Parliament Senate High Central Independent Joint "
    "Interim Federal State Presidential Prime Electoral House Armed Government Constitution".split()
)
_OPENERS = frozenset(
    "the also further strongly its where when if as in on for all any each such these this that other both no of after "
    "before during following pursuant under upon with while having since until at by from their his her our every urges "
    "underscores".split()
)
_REPORT_CITED = re.compile(
    rf"\b[Rr]eport (?:\({SYMBOL.pattern}\) )?of the Secretary-General\b[^.;()]{{0,120}}\((?P<symbol>{SYMBOL.pattern})\)"
)
_REPORT_BARE = re.compile(
    r"\b[Tt]he (?:said |same |above-mentioned |aforementioned )?(report) of the Secretary-General"
    r"(?=[,.;:](?!\d)| (?:and|that|therefore|to|is|was|for|in|with|by)\b|$)"
)
_THAT_RESOLUTION = re.compile(r"\b(?:[Tt]hat|[Tt]he (?:said|same|latter|above-mentioned|aforementioned)) resolution\b")
_TITLE_OF = re.compile(r"\d\)?, on (?:the )?$")
_ORGANS = frozenset({"Council", "Assembly"})
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")


@dataclass(frozen=True, slots=True)
class _Known:
    """An entity that the document has named so far, with the words it is called by."""

    entity: str
    kind: MentionKind
    type: str
    words: str
    at: int


def link(annotated: Annotated, tables: Tables) -> Annotated:
    """Return the document with every mention linked, and its entities."""
    text = annotated.document.text.text
    entries = tables.gazetteer.by_id
    minted: dict[str, Entity] = {}
    topic = _topic(annotated, tables)
    titled = _titled(annotated)
    paragraphs = [
        replace(p, mentions=_drop_unfounded(p.mentions, text, topic, tables, titled)) for p in annotated.paragraphs
    ]
    known = {m.surface for p in paragraphs for m in p.mentions if m.kind is MentionKind.ACTOR and " " in m.surface}
    minter = _Minter(tables, minted, topic, annotated.document.symbol, known)
    paragraphs = [minter.mint(p) for p in paragraphs]
    names = _definitions(paragraphs, tables, minted)
    paragraphs = [replace(p, mentions=_apply_names(p, names)) for p in paragraphs]
    paragraphs = [replace(p, mentions=_untangle(p.mentions, p)) for p in paragraphs]
    paragraphs = _resolve_that(_resolve_report(paragraphs))
    paragraphs = _resolve_definite(paragraphs, annotated.document.body, tables, minted)
    used = {m.entity for p in paragraphs for m in p.mentions if m.entity and m.kind in _LINKED}
    found = []
    for key in sorted(used):
        if key in entries:
            entry = entries[key]
            found.append(Entity(entry.id, entry.kind, entry.type, entry.label))
        elif key in minted:
            found.append(minted[key])
        else:
            found.append(Entity(key, MentionKind.INSTRUMENT, type_of(key), _label(key)))
    return Annotated(annotated.document, tuple(paragraphs), tuple(found), topic)


def _label(symbol: str) -> str:
    number, year = parts(symbol)
    if number:
        return f"Security Council resolution {number} ({year})"
    for start, words in (
        ("A/HRC/RES/", "Human Rights Council resolution "),
        ("A/RES/", "General Assembly resolution "),
    ):
        if symbol.startswith(start):
            return words + symbol.removeprefix(start)
    return symbol


# --- 1. short forms ---------------------------------------------------------------------------------------------------


def _topic(annotated: Annotated, tables: Tables) -> str:
    """Return the name of the place that the document speaks of most, or ""."""
    ends = {place.name: (f"Of{place.bare}", f"In{place.bare}", f"_{place.bare}") for place in tables.places}
    ids = {place.id: place.name for place in tables.places}
    counts: Counter[str] = Counter()
    for paragraph in annotated.paragraphs:
        weight = 5 if paragraph.paragraph.kind is ParagraphKind.TITLE else 1
        for mention in paragraph.mentions:
            if mention.rule == "GAZ-short" or mention.kind is not MentionKind.ACTOR or not mention.entity:
                continue
            named = ids.get(mention.entity) or next((n for n, end in ends.items() if mention.entity.endswith(end)), "")
            if named:
                counts[named] += weight
    return min(counts, key=lambda n: (-counts[n], n)) if counts else ""


def _titled(annotated: Annotated) -> dict[str, set[str]]:
    """Return which actors the document names in full under each title: "High Commissioner" -> the one for refugees."""
    titled: dict[str, set[str]] = {}
    for paragraph in annotated.paragraphs:
        for m in paragraph.mentions:
            if m.kind is MentionKind.ACTOR and m.rule != "GAZ-short" and m.entity:
                for title in _titles(m.surface):
                    titled.setdefault(title, set()).add(m.entity)
    return titled


def _drop_unfounded(
    mentions: Iterable[Mention], text: str, topic: str, tables: Tables, titled: Mapping[str, set[str]]
) -> tuple[Mention, ...]:
    """Keep short forms only where the document speaks of their context; a place must be its topic.

    A title that the document gives to others in full is theirs: "the High Commissioner" may be the one for refugees.
    """
    entries = tables.gazetteer.by_id
    places = {place.name for place in tables.places}
    kept = []
    for mention in mentions:
        entry = entries.get(mention.entity or "")
        context = entry.context if entry else ""
        others = titled.get(mention.surface.removeprefix("the ").removeprefix("The "), set())
        if mention.rule == "GAZ-short" and others and mention.entity not in others:
            continue
        if mention.rule == "GAZ-short" and context:
            if context in places and context != topic:
                continue
            if context not in places and context not in text:
                continue
        kept.append(mention)
    return tuple(kept)


# --- 2. definitions ---------------------------------------------------------------------------------------------------


def _definitions(
    paragraphs: Iterable[AnnotatedParagraph], tables: Tables, minted: Mapping[str, Entity]
) -> dict[str, tuple[str, MentionKind, str]]:
    """Return the names that the document defines: words -> (entity, kind, type)."""
    names: dict[str, tuple[str, MentionKind, str]] = {}
    known = {a for entry in tables.gazetteer.entries for a in entry.aliases}
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - _lead(paragraph) if paragraph.tokens else 0
        for found in _DEFINITION.finditer(paragraph.text):
            words = (found["quoted"] or found["acronym"]).strip()
            if words in known or words in names or re.fullmatch(r"[IVX]+|[A-Z]", words) or SYMBOL.fullmatch(words):
                continue
            end = base + found.start()
            before = [m for m in paragraph.mentions if m.kind in _LINKED and m.span.end == end and m.entity]
            if not before and found["quoted"]:
                before = _named_so(paragraph.mentions, words, end)
            if before:
                longest = min(before, key=lambda m: m.span.start)
                assert longest.entity is not None
                names[words] = (longest.entity, longest.kind, longest.type)
    return names


def _named_so(mentions: Iterable[Mention], words: str, end: int) -> list[Mention]:
    """Return the nearest mention before a definition that has its noun: "a Committee of ... (herein "the Committee")"."""
    head = words.split()[-1]
    fitting = [m for m in mentions if m.kind in _LINKED and m.entity and m.span.end <= end and _head(m.surface) == head]
    return fitting[-1:]


def _lead(paragraph: AnnotatedParagraph) -> int:
    """Return how many characters stand before the first token in the paragraph's text."""
    return len(paragraph.text) - len(paragraph.text.lstrip())


def _apply_names(
    paragraph: AnnotatedParagraph, names: Mapping[str, tuple[str, MentionKind, str]]
) -> tuple[Mention, ...]:
    """Add a mention wherever a defined name stands as a whole word."""
    if not names or not paragraph.tokens:
        return paragraph.mentions
    base = paragraph.tokens[0].start - _lead(paragraph)
    pattern = re.compile(
        r"(?<![\w-])(?:the )?(" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?![\w-])"
    )
    added = [
        Mention(
            Span(base + f.start(1), base + f.end(1)),
            names[f[1]][1],
            f[1],
            names[f[1]][0],
            names[f[1]][2],
            "DEF-definition",
        )
        for f in pattern.finditer(paragraph.text)
    ]
    taken = [a.span for a in added]
    kept = [m for m in paragraph.mentions if m.rule != "GAZ-short" or not any(m.span.overlaps(t) for t in taken)]
    return tuple(sorted([*kept, *added], key=lambda m: (m.span.start, -m.span.end)))


# --- 3. new names -----------------------------------------------------------------------------------------------------


class _Minter:
    """Gives capitalized names with a telling noun an entity of their own, in one document.

    A name that many countries have ("National Assembly") gets the document's place added to its id, so that two
    documents do not mean one body by it.
    """

    def __init__(
        self, tables: Tables, minted: dict[str, Entity], topic: str, symbol: str, known: set[str]
    ) -> None:
        self.titles = {title for surface in known for title in _titles(surface)}
        self.tables = tables
        self.minted = minted
        self.verbs = {form.split()[0] for verb in tables.verbs for forms in verb.forms for form in forms}
        self.place = next((place.bare for place in tables.places if place.name == topic), "")
        self.number = parts(symbol)[0]

    def mint(self, paragraph: AnnotatedParagraph) -> AnnotatedParagraph:
        """Return the paragraph with its new names."""
        if not paragraph.tokens or paragraph.paragraph.kind is ParagraphKind.TITLE:
            return paragraph
        base = paragraph.tokens[0].start - _lead(paragraph)
        added = list(_founded(paragraph, base))
        for mention in added:
            assert mention.entity is not None
            if mention.entity not in self.tables.gazetteer.by_id:
                self.minted.setdefault(
                    mention.entity, Entity(mention.entity, mention.kind, mention.type, mention.surface, minted=True)
                )
        for found in _NAME.finditer(paragraph.text):
            start, words = self._trimmed(found)
            head = _head(words)
            if head not in self.tables.types or _MONTH.search(words) or sum(w[:1].isupper() for w in words.split()) < 2:
                continue
            span = Span(base + start, base + start + len(words))
            if words in self.titles:
                continue
            if self._is_taken(paragraph, span, words, head) or _TITLE_OF.search(paragraph.text[:start]):
                continue
            kind, type_ = self.tables.types[head]
            id_ = self._id(words)
            self.minted.setdefault(id_, Entity(id_, kind, type_, words, minted=True))
            added.append(Mention(span, kind, words, id_, type_, "MNT-capitalized-name"))
        mentions = tuple(sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end)))
        return replace(paragraph, mentions=mentions)

    def _trimmed(self, found: re.Match[str]) -> tuple[int, str]:
        """Return a name without the verb or function word that a sentence opens with, and where it starts."""
        start, words = found.start(), found[0]
        while " " in words and (words.split()[0].lower() in self.verbs or words.split()[0].lower() in _OPENERS):
            first = words.split()[0]
            start += len(first) + 1
            words = words[len(first) + 1 :]
        return start, words

    @staticmethod
    def _is_taken(paragraph: AnnotatedParagraph, span: Span, words: str, head: str) -> bool:
        """Return whether known names make up the words, or cut across them."""
        inner = [m for m in paragraph.mentions if m.kind in _LINKED and m.span.overlaps(span)]
        if any(not _within(m.span, span) for m in inner):
            return True
        inner = [m for m in inner if m.rule != "GAZ-short"]
        return any(" and " in words or _is_named(m, words) or _opens_as(m, span, head) for m in inner)

    def _id(self, words: str) -> str:
        if words == "Committee of the Security Council" and self.number:
            return f"SanctionsCommittee{self.number}"
        id_ = _camel(words)
        common = words.split()[0] in _COMMON or id_ in self.tables.gazetteer.by_id
        return f"{id_}_{self.place}" if common and self.place and self.place not in id_ else id_


def _founded(paragraph: AnnotatedParagraph, base: int) -> Iterable[Mention]:
    """Bodies that are named by the resolution that established them: `SanctionsCommittee1970`, `PanelOfExperts2140`."""
    for found in _FOUNDED.finditer(paragraph.text):
        span = Span(base + found.start(), base + found.end())
        if any(
            m.kind is MentionKind.ACTOR and m.rule == "GAZ-alias" and m.span.overlaps(span) for m in paragraph.mentions
        ):
            continue
        before = paragraph.text[: found.start()].split()
        if before and before[-1][:1].isupper() and before[-1] not in {"The", "Council"}:
            continue
        committee = "Committee" in found["body"]
        id_ = ("SanctionsCommittee" if committee else _camel(found["body"].title())) + found["number"]
        type_ = "un_organ" if committee else "un_entity"
        yield Mention(span, MentionKind.ACTOR, found[0], id_, type_, "MNT-founded-by-resolution")


def _titles(surface: str) -> Iterable[str]:
    """Yield the shorter titles that a name holds before its "of" or "for": "High Commissioner" of the one for refugees."""
    before = _MODIFIER.split(surface, maxsplit=1)
    if len(before) > 1:
        words = before[0].split()
        yield from (" ".join(words[n:]) for n in range(len(words) - 1))


def _within(inner: Span, outer: Span) -> bool:
    return outer.covers(inner) and inner != outer


def _is_named(mention: Mention, words: str) -> bool:
    """Whether a known mention is what the name is about, the rest being its title or place."""
    return words.endswith(mention.surface) and _head(words) == _head(mention.surface)


def _opens_as(mention: Mention, span: Span, head: str) -> bool:
    """Whether a known mention opens the name with its very noun: "Government of X of the Y" is no name of its own."""
    return mention.span.start == span.start and _head(mention.surface) == head


def _head(words: str) -> str:
    """Return the noun that a capitalized name is about: the last word before its first preposition."""
    before = _MODIFIER.split(words)[0]
    return before.split()[-1].rstrip(",") if before.split() else ""


def _camel(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    kept = [w for w in re.findall(r"[A-Za-z0-9]+", plain.replace("'s", "")) if w not in {"the"}]
    return "".join(w[:1].upper() + w[1:] for w in kept)[:80]


# --- overlaps ---------------------------------------------------------------------------------------------------------


def _untangle(mentions: Sequence[Mention], paragraph: AnnotatedParagraph) -> tuple[Mention, ...]:
    """Within a kind the longest mention wins; citations always stay; a name inside another kind's name goes.

    An instrument inside an actor's name stays where the name says "of" or "to" it ("signatories of the Agreement").
    """
    order = sorted(mentions, key=lambda m: (-(m.span.end - m.span.start), _rank(m), m.span.start, m.entity or ""))
    kept: list[Mention] = []
    for mention in order:
        cited = mention.rule.startswith("CIT-")
        if any(
            k.kind is mention.kind and k.span.overlaps(mention.span) and not (cited or k.rule.startswith("CIT-"))
            for k in kept
        ):
            continue
        if cited and any(k.rule.startswith("CIT-") and k.span.overlaps(mention.span) for k in kept):
            continue
        if not cited and mention.kind in _LINKED:
            outer = next(
                (
                    k
                    for k in kept
                    if k.kind in _LINKED
                    and k.kind is not mention.kind
                    and k.span.overlaps(mention.span)
                    and not _within(k.span, mention.span)
                ),
                None,
            )
            if outer and not (mention.kind is MentionKind.INSTRUMENT and _is_argument(mention, outer, paragraph)):
                continue
        kept.append(mention)
    return tuple(sorted(kept, key=lambda m: (m.span.start, -m.span.end, m.kind)))


def _rank(mention: Mention) -> int:
    return {"DEF-definition": 0, "GAZ-alias": 1, "GAZ-short": 2}.get(
        mention.rule, 1 if mention.rule.startswith("FAM") else 3
    )


def _is_argument(inner: Mention, outer: Mention, paragraph: AnnotatedParagraph) -> bool:
    words = [t.lower for t in paragraph.tokens if outer.span.start <= t.start < inner.span.start]
    while words and words[-1] == "the":
        words.pop()
    return bool(words) and words[-1] in {"of", "to", "by", "with"}


# --- 4. "the report of the Secretary-General" --------------------------------------------------------------------------


def _resolve_report(paragraphs: list[AnnotatedParagraph]) -> list[AnnotatedParagraph]:
    """Link the bare words to the report's symbol where the document cites exactly one report of the Secretary-General."""
    symbols = {normalize(found["symbol"]) for p in paragraphs for found in _REPORT_CITED.finditer(p.text)}
    if len(symbols) != 1:
        return paragraphs
    symbol = symbols.pop()
    done = []
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - _lead(paragraph) if paragraph.tokens else 0
        added = [
            Mention(
                Span(base + found.start(1), base + found.end(1)),
                MentionKind.INSTRUMENT,
                found[1],
                symbol,
                type_of(symbol),
                "ANA-report",
            )
            for found in _REPORT_BARE.finditer(paragraph.text)
        ]
        mentions = tuple(sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end, m.kind)))
        done.append(replace(paragraph, mentions=mentions) if added else paragraph)
    return done


# --- 5. "that resolution" ----------------------------------------------------------------------------------------------


def _resolve_that(paragraphs: list[AnnotatedParagraph]) -> list[AnnotatedParagraph]:
    """Link "that resolution" and its like to the resolution cited last, in the paragraph or in the one before it."""
    last: Mention | None = None
    done = []
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - _lead(paragraph) if paragraph.tokens else 0
        cited = [m for m in paragraph.mentions if m.rule.startswith("CIT-") and m.type.endswith("resolution")]
        added = []
        for found in _THAT_RESOLUTION.finditer(paragraph.text):
            span = Span(base + found.start(), base + found.end())
            before = [m for m in cited if m.span.end <= span.start]
            meant = before[-1] if before else last
            if meant is not None:
                added.append(replace(meant, span=span, surface=found[0], rule="ANA-that-resolution"))
        last = cited[-1] if cited else None
        mentions = tuple(sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end, m.kind)))
        done.append(replace(paragraph, mentions=mentions) if added else paragraph)
    return done


# --- 6. "the Mission" -------------------------------------------------------------------------------------------------


def _resolve_definite(
    paragraphs: Iterable[AnnotatedParagraph], body: str, tables: Tables, minted: Mapping[str, Entity]
) -> list[AnnotatedParagraph]:
    """Link "the" and a capitalized noun to the nearest actor or instrument before it that is called so."""
    known: list[_Known] = []
    done = []
    entries = tables.gazetteer.by_id
    for paragraph in paragraphs:
        base = paragraph.tokens[0].start - _lead(paragraph) if paragraph.tokens else 0
        added: list[Mention] = []
        for found in _DEFINITE.finditer(paragraph.text):
            span = Span(base + found.start(), base + found.end())
            if any(m.kind in _LINKED and m.span.overlaps(span) for m in paragraph.mentions):
                continue
            if paragraph.text.startswith(" on ", found.end()) and not body.endswith(found[1]):
                continue
            here = _known_of(paragraph.mentions, entries, minted, before=span.start)
            match = _nearest(found[1], [*known, *here], body, entries)
            if match:
                added.append(
                    Mention(
                        span,
                        match.kind,
                        paragraph.text[found.start() : found.end()],
                        match.entity,
                        match.type,
                        "ANA-definite-head",
                    )
                )
        mentions = tuple(sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end)))
        known.extend(_known_of(paragraph.mentions, entries, minted, before=None))
        known = list({k.entity: k for k in known}.values()) if len(known) > 400 else known
        done.append(replace(paragraph, mentions=mentions))
    return done


def _known_of(
    mentions: Iterable[Mention], entries: Mapping[str, object], minted: Mapping[str, Entity], *, before: int | None
) -> list[_Known]:
    found = []
    for m in mentions:
        if m.kind in _LINKED and m.entity and (before is None or m.span.start < before):
            entry = entries.get(m.entity) or minted.get(m.entity)
            label = getattr(entry, "label", m.surface)
            found.append(_Known(m.entity, m.kind, m.type, f"{m.surface} | {label}", m.span.start))
    return found


def _nearest(words: str, known: Sequence[_Known], body: str, entries: Mapping[str, object]) -> _Known | None:
    """Return the latest known entity whose name has the words as its head, else the issuing body."""
    pattern = re.compile(
        rf"(?:^|[ |]){re.escape(words)}(?=$| \||,| (?:of|for|on|to|in|against|with|established|pursuant|and)\b)"
    )
    last = words.split()[-1]
    fitting = [item for item in reversed(known) if pattern.search(item.words) and _head_in(item.words, last)]
    if fitting:
        return next((item for item in fitting if last in _ORGANS and item.type == "un_organ"), fitting[0])
    if body.endswith(words) or body.startswith(words):
        key = _camel(body)
        if key in entries:
            return _Known(key, MentionKind.ACTOR, "un_organ", body, 0)
    return None


def _head_in(names: str, word: str) -> bool:
    return any(_head(name.strip()) == word for name in names.split("|"))

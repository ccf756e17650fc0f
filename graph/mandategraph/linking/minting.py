"""Capitalized names that no gazetteer has: they get an entity of their own, marked as minted.

In: paragraphs with the known mentions. Out: paragraphs with the new ones; the type is read from the head noun.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mandategraph.dates import MONTHS
from mandategraph.lexicon import Entry, Tables
from mandategraph.linking.names import LINKED, camel, head_of, is_modified, lead, spelling, titles, within
from mandategraph.records import PLACES, AnnotatedParagraph, Entity, Mention, MentionKind, ParagraphKind, Span
from mandategraph.symbols import parts

_FOUNDING = re.compile("established|created|constituted")
_FOUNDED = re.compile(
    r"\b(?P<body>(?:Security Council )?(?:Sanctions )?Committee|(?:Panel|Group) of [Ee]xperts|Monitoring (?:Group|Team)|Mechanism)"
    r"(?: \(\"?[^()]{2,40}\"?\))?,? (?:established|created|constituted) (?:pursuant to|by|under|in accordance with|in) "
    r"(?:paragraphs? \d+(?:,? ?\([a-z]+\)|,? (?:and |to )?\d+)* of )?(?:Security Council )?resolutions? (?P<number>\d{3,4})\b(?: ?\(\d{4}\))?(?:(?:,| and|, and) \d{3,4} ?\(\d{4}\))*"
)
_NUMBERED = re.compile(
    r"(?<![\d/.])(?P<number>\d{3,4})(?:/\d{3,4})* (?P<body>(?:(?:[A-Z(][\w()'’-]+|and) ){0,6}?(?:Sanctions )?Committee)\b"
)
_CAPITAL = r"[A-ZÀ-Ý][\w'’-]*"
_NAME = re.compile(
    rf"(?:{_CAPITAL}, (?={_CAPITAL} and {_CAPITAL} {_CAPITAL}))?{_CAPITAL}(?:(?:(?:,? and| (?:of|for|on|to|in|with|against|de|du|des|la|pour)){{1,2}}(?:(?<! and) the)?)? {_CAPITAL})+"
)
_COMMITTEE = "Committee of the Security Council"
_BARE = frozenset(
    {f"{body}Sanctions Committee" for body in ("", "United Nations ", "Security Council ", "UN ")}
    | {f"Special {title} of the Secretary-General" for title in ("Representative", "Envoy")}
    | {"Panel of Experts", "Group of Experts", "Optional Protocol", "Optional Protocols", "State Party"}
)
"""Names that every sanctions regime or many treaties have: which one is meant, what was named before may tell."""
_SENT = frozenset({"office", "mandate_holder", "person"})
"""Types of those who are sent to somebody: "the Special Envoy to the Lakes" is one name."""
_OPENERS = frozenset(
    "a an the also further strongly its where when if as in on for all any each such these this that other both no of after "
    "before during following pursuant under upon with while having since until at by from their his her our every urges "
    "underscores".split()
)
_IN_FIELD = re.compile(rf"{_CAPITAL} in {_CAPITAL} {_CAPITAL}")
_OF = re.compile(r" of (?:the )?$")
_TITLE_OF = re.compile(r"\d\)?, on (?:the )?$")
_GENITIVE = re.compile(r"['’]s?$")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")


class Minter:
    """Gives capitalized names with a telling noun an entity of their own, in one document.

    A name that many countries have ("National Assembly") gets the document's place added to its id, so that two
    two documents do not mean one body by it. A name does not begin with one of `openers`, the first words of verbs.
    """

    def __init__(
        self,
        tables: Tables,
        openers: frozenset[str],
        minted: dict[str, Entity],
        topic: str,
        symbol: str,
        known: set[str],
        spellings: Mapping[str, Entry],
    ) -> None:
        self.spellings = spellings
        self.titles = {title for surface in known for title in titles(surface)}
        self.tables = tables
        self.minted = minted
        self.openers = openers | _OPENERS
        self.place = next((place.bare for place in tables.places if place.name == topic), "")
        self.number = parts(symbol)[0]

    def mint(self, paragraph: AnnotatedParagraph) -> AnnotatedParagraph:
        """Return the paragraph with its new names."""
        if not paragraph.tokens or paragraph.paragraph.kind is ParagraphKind.TITLE:
            return paragraph
        base = paragraph.tokens[0].start - lead(paragraph)
        added = list(_founded(paragraph, base))
        for mention in added:
            assert mention.entity is not None
            if mention.entity not in self.tables.gazetteer.by_id:
                self.minted.setdefault(
                    mention.entity, Entity(mention.entity, mention.kind, mention.type, mention.surface, minted=True)
                )
        for found in _NAME.finditer(paragraph.text):
            added.extend(m for start, words in self._names(found) if (m := self._minted(paragraph, base, start, words)))
        if not added:
            return paragraph
        mentions = tuple(sorted([*paragraph.mentions, *added], key=lambda m: (m.span.start, -m.span.end)))
        return paragraph.with_mentions(mentions)

    def _minted(self, paragraph: AnnotatedParagraph, base: int, start: int, words: str) -> Mention | None:
        """Return the mention of a new name, or of a known one that is spelt otherwise; None where the words are no name."""
        head = self._head(words)
        if head not in self.tables.types or _MONTH.search(words) or sum(w[:1].isupper() for w in words.split()) < 2:
            return None
        span = Span(base + start, base + start + len(words))
        if words in self.titles or words in _BARE:
            return None
        if self._is_taken(paragraph, span, words, head) or _TITLE_OF.search(paragraph.text[:start]):
            return None
        if known := self.spellings.get(spelling(words)):
            return Mention(span, known.kind, words, known.id, known.type, "MNT-other-spelling")
        kind, type_ = self.tables.types[head]
        if kind is MentionKind.INSTRUMENT and (owner := self._owner(paragraph, span, words)):
            words = words[:owner]
            span = Span(span.start, span.start + owner)
        id_ = self._id(words)
        if words == _COMMITTEE:
            type_ = "un_organ"
        self.minted.setdefault(id_, Entity(id_, kind, type_, words, minted=True))
        return Mention(span, kind, words, id_, type_, "MNT-capitalized-name")

    def _head(self, words: str) -> str:
        """Return the noun that a name is about; of a text that is named after its matter it is the last: "the Work in Mines Convention"."""
        head, last = head_of(words), words.split()[-1]
        is_text = self.tables.types.get(last, ("",))[0] is MentionKind.INSTRUMENT
        return last if is_text and head not in self.tables.types and _IN_FIELD.fullmatch(words) else head

    def _names(self, found: re.Match[str]) -> Iterator[tuple[int, str]]:
        """Yield the names in a run of capitalized words, and where each starts: two bodies joined by "and" are two.

        A name has neither the verb or function word that a sentence opens with, nor the mark of a genitive at its end.
        """
        start, words = found.start(), _GENITIVE.sub("", found[0])
        while " " in words and self._is_before(words.split(maxsplit=1)[0]):
            first = words.split(maxsplit=1)[0]
            start += len(first) + 1
            words = words[len(first) + 1 :]
        for joint in re.finditer(" to (?:the )?", words):
            if (
                self._is_body(words[: joint.start()])
                and self.tables.types[head_of(words[: joint.start()])][1] not in _SENT
            ):
                yield start, words[: joint.start()]
                start, words = start + joint.end(), words[joint.end() :]
                break
        for joint in re.finditer(" and ", words):
            left, right = words[: joint.start()], words[joint.end() :]
            is_pair = self._is_body(left) and (self._is_body(right) or spelling(right) in self.spellings)
            if is_pair and not is_modified(left):
                yield start, left
                start, words = start + joint.end(), right
                break
        yield start, words

    def _is_before(self, word: str) -> bool:
        """Return whether a word stands before a name: one that a sentence opens with, or whose it is ("ASEAN's")."""
        owner = _GENITIVE.sub("", word)
        return word.lower() in self.openers or (owner != word and owner.isupper())

    def _is_body(self, words: str) -> bool:
        """Whether the words could be the name of a body alone: their head says what it is, and more words which."""
        kind = self.tables.types.get(head_of(words))
        return kind is not None and kind[0] is MentionKind.ACTOR and " " in words

    @staticmethod
    def _is_taken(paragraph: AnnotatedParagraph, span: Span, words: str, head: str) -> bool:
        """Return whether known names make up the words, or cut across them."""
        inner = [m for m in paragraph.mentions if m.kind in LINKED and m.span.overlaps(span)]
        if any(not within(m.span, span) for m in inner):
            return True
        if any(m.span.start == span.start and ", " in m.surface for m in inner):
            return True
        inner = [m for m in inner if m.rule != "GAZ-short" and not _is_of_another(m, span, words)]
        start = span.start
        return any(
            _is_joined(words, m.span.start - start, m.span.end - start)
            or (m.kind is MentionKind.INSTRUMENT and _is_part(words[: m.span.start - start]))
            or _is_named(m, words)
            or _opens_as(m, span, head)
            for m in inner
        )

    @staticmethod
    def _owner(paragraph: AnnotatedParagraph, span: Span, words: str) -> int | None:
        """Return where the words go on with whose text it is, where its name is told without: "Code of Conduct for Wells of the Union"."""
        for m in paragraph.mentions:
            at = _OF.search(words[: max(m.span.start - span.start, 0)])
            is_owner = m.kind is MentionKind.ACTOR and m.type not in PLACES and m.span.end == span.end
            if is_owner and at and is_modified(words[: at.start()]):
                return at.start()
        return None

    def _id(self, words: str) -> str:
        if words == _COMMITTEE and self.number:
            return f"SanctionsCommittee{self.number}"
        id_ = camel(re.sub(r"\bUN\b", "United Nations", words))
        common = words.split()[0].lower() in self.tables.word_classes["state"] or id_ in self.tables.gazetteer.by_id
        return f"{id_}_{self.place}" if common and self.place and self.place not in id_ else id_


def fold_shortened(
    paragraphs: Iterable[AnnotatedParagraph], minted: dict[str, Entity], named: Mapping[str, str], body: str
) -> list[AnnotatedParagraph]:
    """Return the paragraphs where a new name means the longer one that puts its organization before it: "the Assembly of Wells" of "the African Union Assembly of Wells".

    Args:
        paragraphs: with the new names.
        minted: the entities of these; those that are folded are taken out.
        named: ids of known actors by their names in lower case.
        body: whose document it is, as printed.
    """
    paragraphs = list(paragraphs)
    longer = {m.surface.lower(): m.entity for p in paragraphs for m in p.mentions if m.kind is MentionKind.ACTOR}
    longer.setdefault(body.lower(), camel(body))
    ends: dict[str, set[str | None]] = defaultdict(set)
    for name, other in longer.items():
        for joint in re.finditer(" ", name):
            if name[: joint.start()] in named:
                ends[name[joint.end() :]].add(other)
    meant: dict[str, str] = {}
    for id_, entity in minted.items():
        others = ends.get(entity.label.lower(), set()) - {id_}
        if len(others) == 1:
            meant[id_] = str(others.pop())
    for id_ in meant:
        del minted[id_]
    return [p.with_mentions(tuple(_folded(m, meant) for m in p.mentions)) for p in paragraphs] if meant else paragraphs


def _folded(mention: Mention, meant: Mapping[str, str]) -> Mention:
    """Return a mention with the entity that it means, where that is another."""
    longer = meant.get(mention.entity or "")
    return replace(mention, entity=longer, rule="MNT-shortened") if longer else mention


def _founded(paragraph: AnnotatedParagraph, base: int) -> Iterable[Mention]:
    """Bodies that are named by the resolution that established them: `SanctionsCommittee1970`, `PanelOfExperts2140`."""
    text = paragraph.text
    founded = _FOUNDED.finditer(text) if _FOUNDING.search(text) else ()
    for found in (*founded, *(_NUMBERED.finditer(text) if "Committee" in text else ())):
        span = Span(base + found.start(), base + found.end())
        head_end = base + found.end("body")
        if any(
            m.kind is MentionKind.ACTOR and m.rule == "GAZ-alias" and m.span.overlaps(span) and m.span.end >= head_end
            for m in paragraph.mentions
        ):
            continue
        before = text[: found.start()].split()
        if before and before[-1][:1].isupper() and before[-1] not in {"The", "Council"}:
            continue
        committee = "Committee" in found["body"]
        id_ = ("SanctionsCommittee" if committee else camel(found["body"].title())) + found["number"]
        type_ = "un_organ" if committee else "un_entity"
        yield Mention(span, MentionKind.ACTOR, found[0], id_, type_, "MNT-founded-by-resolution")


def _is_part(words: str) -> bool:
    """Whether the words say what part of a text is meant: "the Principles of the" Charter."""
    of = _OF.search(words)
    return of is not None and not is_modified(words[: of.start()])


def _is_joined(words: str, start: int, end: int) -> bool:
    """Whether a known name between two characters of the words stands beside "and": one of two, and no part of one name."""
    return words[end:].startswith(" and ") or re.search(r" and (?:the )?$", words[:start]) is not None


def _is_of_another(mention: Mention, span: Span, words: str) -> bool:
    """Whether the words say that a known office is that of another body: "the Secretary-General of the League"."""
    following = words[mention.span.end - span.start :]
    return mention.type == "office" and mention.span.start == span.start and following.startswith(" of ")


def _is_named(mention: Mention, words: str) -> bool:
    """Whether a known mention is what the name is about, the rest being its title or place."""
    return words.endswith(mention.surface) and head_of(words) == head_of(mention.surface)


def _opens_as(mention: Mention, span: Span, head: str) -> bool:
    """Whether a known mention opens the name with its very noun: "Government of X of the Y" is no name of its own."""
    return mention.span.start == span.start and head_of(mention.surface) == head

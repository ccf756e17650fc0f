"""Annotated -> Annotated with entities: which actor or instrument each mention means in this document.

In: mentions as the gazetteer and the citation patterns found them, overlapping and uncertain. Out: mentions that do
not overlap within a kind, each with its entity, and the list of entities. In this order:

1. short forms are dropped where the document does not speak of what they stand for, and "States" where only some are meant;
2. definitions in the document ('X (Y)', 'X ("the Y")') name an entity for that document alone;
3. capitalized names that no gazetteer has get an entity of their own, marked as minted, unless they are a known name
   that is spelt otherwise, or one without the organization that stands before it elsewhere in the document;
4. "the report of the Secretary-General" means the one report of his that the document cites by symbol, if it is one;
5. "that resolution", "the said resolution" mean the resolution cited last before them;
6. "the Mission", "that Committee" mean the nearest actor before them that is called so; "the Council" is the document's
   own, and a committee or panel that was not named before is that of the sanctions on the document's place.

Limits: a definition is read only where the long form stands directly before the bracket.
"""

from __future__ import annotations

from collections.abc import Mapping

from mandategraph.lexicon import Tables
from mandategraph.linking.anaphora import resolve_definite, resolve_report, resolve_that
from mandategraph.linking.definitions import apply_names, find_definitions
from mandategraph.linking.minting import Minter, fold_shortened
from mandategraph.linking.names import LINKED, camel, head_of, spelling
from mandategraph.linking.narrowing import drop_narrowed
from mandategraph.linking.overlaps import untangle
from mandategraph.linking.short_forms import ShortForms, find_titled
from mandategraph.records import Annotated, Entity, MentionKind, ParagraphKind
from mandategraph.symbols import name_of, type_of

__all__ = ["Linker"]


class Linker:
    """Links with one set of tables; costly to make, so make one and keep it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._aliases = frozenset(alias for entry in tables.gazetteer.entries for alias in entry.aliases)
        self._named = {
            name.lower(): entry.id
            for entry in tables.gazetteer.entries
            if entry.kind is MentionKind.ACTOR
            for name in (entry.label, *entry.aliases)
        }
        self._spellings = {
            spelling(alias): entry
            for entry in tables.gazetteer.entries
            for alias in entry.aliases
            if entry.kind in LINKED and " " in alias
        }
        self._openers = frozenset(form.split()[0] for verb in tables.verbs for forms in verb.forms for form in forms)
        self._short_forms = ShortForms(tables)

    def link(self, annotated: Annotated) -> Annotated:
        """Return the document with every mention linked, and its entities."""
        text = annotated.document.text.text
        told = "\n".join(p.said.text for p in annotated.paragraphs) if self.tables.glossary else text
        minted: dict[str, Entity] = {}
        topic = self._short_forms.find_topic(annotated)
        titled = find_titled(annotated)
        paragraphs = [
            p.with_mentions(self._short_forms.drop_unfounded(p.mentions, text, told, topic, titled))
            for p in annotated.paragraphs
        ]
        known = {m.surface for p in paragraphs for m in p.mentions if m.kind is MentionKind.ACTOR and " " in m.surface}
        minter = Minter(self.tables, self._openers, minted, topic, annotated.document.symbol, known, self._spellings)
        paragraphs = fold_shortened((minter.mint(p) for p in paragraphs), minted, self._named, annotated.document.body)
        paragraphs = [p.with_mentions(drop_narrowed(p, p.mentions, self.tables)) for p in paragraphs]
        names = find_definitions(paragraphs, self._aliases)
        paragraphs = [p.with_mentions(untangle(apply_names(p, names), p)) for p in paragraphs]
        paragraphs = resolve_that(resolve_report(paragraphs))
        speakers = self._speakers(annotated, minted)
        own = self._entity(speakers[annotated.document.body], minted) if annotated.document.body in speakers else None
        paragraphs = resolve_definite(paragraphs, annotated.document.body, own, topic, self.tables, minted)
        used = {m.entity for p in paragraphs for m in p.mentions if m.entity and m.kind in LINKED}
        used.update(speakers.values())
        entities = tuple(self._entity(key, minted) for key in sorted(used))
        return Annotated(annotated.document, tuple(paragraphs), entities, topic, speakers)

    def _speakers(self, annotated: Annotated, minted: dict[str, Entity]) -> dict[str, str]:
        """Return the ids of the bodies that speak in a document, by their printed names; one that no gazetteer knows gets an entity of its own.

        A name that a longer one begins with ("Peace and Security Council") means that one where the head of the document names its union.
        """
        head = " ".join(p.text for p in annotated.paragraphs if p.paragraph.kind is ParagraphKind.TITLE).lower()
        found: dict[str, str] = {}
        for name in dict.fromkeys(section.issuer for section in annotated.document.sections):
            bare = name.lower().removeprefix("the ")
            longer = (alias for alias in self._named if alias.startswith(f"{bare} of the "))
            known = self._named.get(bare) or next(
                (self._named[alias] for alias in longer if alias.removeprefix(f"{bare} of the ") in head), None
            )
            if known or not name[:1].isupper():
                found.update({name: known} if known else {})
                continue
            kind, type_ = self.tables.types.get(head_of(name), (MentionKind.ACTOR, "body"))
            if kind is MentionKind.ACTOR:
                minted.setdefault(camel(name), Entity(camel(name), kind, type_, name, minted=True))
                found[name] = camel(name)
        return found

    def _entity(self, key: str, minted: Mapping[str, Entity]) -> Entity:
        """Return an entity by its id: of the gazetteer, else a new one, else an instrument by its symbol."""
        entry = self.tables.gazetteer.by_id.get(key)
        if entry is not None:
            return Entity(entry.id, entry.kind, entry.type, entry.label)
        return minted.get(key) or Entity(key, MentionKind.INSTRUMENT, type_of(key), name_of(key))

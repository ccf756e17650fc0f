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

from dataclasses import replace

from mandategraph.lexicon import Tables
from mandategraph.linking.anaphora import resolve_definite, resolve_report, resolve_that
from mandategraph.linking.definitions import apply_names, find_definitions
from mandategraph.linking.minting import Minter
from mandategraph.linking.names import LINKED
from mandategraph.linking.overlaps import untangle
from mandategraph.linking.short_forms import drop_unfounded, find_titled, find_topic
from mandategraph.records import Annotated, Entity, MentionKind
from mandategraph.symbols import name_of, type_of

__all__ = ["link"]


def link(annotated: Annotated, tables: Tables) -> Annotated:
    """Return the document with every mention linked, and its entities."""
    text = annotated.document.text.text
    entries = tables.gazetteer.by_id
    minted: dict[str, Entity] = {}
    topic = find_topic(annotated, tables)
    titled = find_titled(annotated)
    paragraphs = [
        replace(p, mentions=drop_unfounded(p.mentions, text, topic, tables, titled)) for p in annotated.paragraphs
    ]
    known = {m.surface for p in paragraphs for m in p.mentions if m.kind is MentionKind.ACTOR and " " in m.surface}
    minter = Minter(tables, minted, topic, annotated.document.symbol, known)
    paragraphs = [minter.mint(p) for p in paragraphs]
    names = find_definitions(paragraphs, tables, minted)
    paragraphs = [replace(p, mentions=apply_names(p, names)) for p in paragraphs]
    paragraphs = [replace(p, mentions=untangle(p.mentions, p)) for p in paragraphs]
    paragraphs = resolve_that(resolve_report(paragraphs))
    paragraphs = resolve_definite(paragraphs, annotated.document.body, tables, minted)
    used = {m.entity for p in paragraphs for m in p.mentions if m.entity and m.kind in LINKED}
    found = []
    for key in sorted(used):
        if key in entries:
            entry = entries[key]
            found.append(Entity(entry.id, entry.kind, entry.type, entry.label))
        elif key in minted:
            found.append(minted[key])
        else:
            found.append(Entity(key, MentionKind.INSTRUMENT, type_of(key), name_of(key)))
    return Annotated(annotated.document, tuple(paragraphs), tuple(found), topic)

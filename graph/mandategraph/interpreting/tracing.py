"""The fields read for a statement, and which rule made which.

In: the parts a statement is put together from. Out: `Step` records in the order of the fields, for `explain`. The rule of
the verb is the statement's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mandategraph.records import Counterpart, Deadline, Deed, Party, Step


@dataclass(frozen=True, slots=True)
class Fields:
    """What was read for a statement beside its verb.

    Attributes:
        addressees: each with the rule that addressed it, and the one that linked it.
        deeds: actions, each with its words.
        counterparts: each with its role and the frame that gives it.
        instruments: ids with their rules.
        deadlines: each with its rule.
        conditions: all are phrases of the lexicon.
        products: what is to be produced, by the table of products.
        sanctions: what is set, by the table of sanctions.
    """

    addressees: tuple[Party, ...]
    deeds: tuple[Deed, ...]
    counterparts: tuple[Counterpart, ...]
    instruments: Mapping[str, str]
    deadlines: tuple[Deadline, ...]
    conditions: tuple[str, ...]
    products: tuple[str, ...]
    sanctions: tuple[str, ...] = ()


def steps(act: str, actions: str, read: Fields, is_known: Callable[[str], bool]) -> tuple[Step, ...]:
    """Return the steps behind a statement's fields.

    Args:
        act: the rule of its act.
        actions: the rule by which its actions were read off.
        read: its other fields.
        is_known: whether a lexicon has a word; an action whose word none has is marked.
    """
    found = [Step("act", "", act)]
    for party in read.addressees:
        found.append(Step("addressees", party.surface, party.rule))
        if party.actor and party.link:
            found.append(Step("addressees", party.actor, party.link))
    found.extend(Step("actions", deed.head, actions) for deed in read.deeds)
    unknown = (deed.head for deed in read.deeds if not is_known(deed.head.removeprefix("not ")))
    found.extend(Step("actions", head, "CMP-unknown-word") for head in unknown)
    found.extend(Step("counterparts", f"{each.actor} ({each.role})", each.rule) for each in read.counterparts)
    found.extend(Step("instruments", id_, rule) for id_, rule in read.instruments.items())
    found.extend(Step("deadline", each.surface, each.rule) for each in read.deadlines)
    found.extend(Step("conditions", words, "CON-phrase") for words in read.conditions)
    found.extend(Step("products", product, "PRD-product") for product in read.products)
    found.extend(Step("sanctions", sanction, "SAN-sanction") for sanction in read.sanctions)
    return tuple(found)

"""Which rule made which field of a statement.

In: the parts a statement is put together from. Out: `Step` records in the order of the fields, for `explain`. The rule of
the verb is the statement's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mandategraph.interpreting.complements import Complement
from mandategraph.records import Deadline, Party, Step


def steps(
    act: str,
    parties: Sequence[Party],
    complement: Complement,
    counterparts: Mapping[str, str],
    instruments: Mapping[str, str],
    deadline: Deadline | None,
    conditions: Sequence[str],
    *,
    is_item: bool = False,
) -> tuple[Step, ...]:
    """Return the steps behind a statement's fields.

    Args:
        act: the rule of its act.
        parties: its addressees; each gives the rule that addressed it, and the one that linked it.
        complement: where its actions were read off.
        counterparts: ids with their rules.
        instruments: ids with their rules.
        deadline: with its rule.
        conditions: all are phrases of the lexicon.
        is_item: the actions are those of a list item.
    """
    found = [Step("act", "", act)]
    for party in parties:
        found.append(Step("addressees", party.surface, party.rule))
        if party.actor and party.link:
            found.append(Step("addressees", party.actor, party.link))
    shape = "passive" if complement.is_passive else complement.shape
    found.extend(Step("actions", action, f"{'ITM' if is_item else 'CMP'}-{shape}") for action in complement.actions)
    found.extend(Step("counterparts", id_, rule) for id_, rule in counterparts.items())
    found.extend(Step("instruments", id_, rule) for id_, rule in instruments.items())
    if deadline is not None:
        found.append(Step("deadline", deadline.surface, deadline.rule))
    found.extend(Step("conditions", words, "CON-phrase") for words in conditions)
    return tuple(found)

"""What a verb takes, as it is read: where the addressees stand, what is to be done, and in which shape."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.interpreting.parties import Ranges
from mandategraph.interpreting.wording import Placed


@dataclass(frozen=True, slots=True)
class Complement:
    """The reading of a complement, as token indices and lemmas.

    Attributes:
        addressees: token ranges, one for each coordinated addressee.
        deeds: actions in the order of the text, each with its words.
        acts_from: index of the first token of the action.
        is_negated: "shall not".
        is_passive: the bearer, if any, stands behind "by".
        modal: "shall", "should" ... of a clause; "may" where somebody "is authorized to" do something.
        shape: "to", "that", "noun", "base", "gerund" or "none".
    """

    addressees: Ranges = ()
    deeds: tuple[Placed, ...] = ()
    acts_from: int = 0
    is_negated: bool = False
    is_passive: bool = False
    modal: str = ""
    shape: str = "none"

    @property
    def actions(self) -> tuple[str, ...]:
        """The head verbs or nouns of what is to be done."""
        return tuple(deed.head for deed in self.deeds)

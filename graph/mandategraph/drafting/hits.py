"""What a rule of drafting yields: a place of a draft, why it is one, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.drafting.drafts import Passage
from mandategraph.records import SourceSpan, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a passage, of the clean text or of the source; `reason` a sentence; `sure` a share of what the rule's row has."""

    passage: Passage
    span: Span | SourceSpan
    reason: str
    sure: float = 1.0

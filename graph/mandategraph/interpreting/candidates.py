"""Which words of a paragraph may state something: forms of verbs, before what stands around them is asked.

In: an annotated paragraph. Out: the verbs that each of its tokens can be a form of. A form in two parts is one ("calls once again upon"), and
"continues to urge" is a form of "urge".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mandategraph.lexicon import FORMS, Tables, Verb
from mandategraph.phrasing.words import is_adverb
from mandategraph.records import Act, AnnotatedParagraph, Span, Token, Trigger

_CONTINUING = {"continue": "base", "continues": "finite", "continuing": "participle", "continued": "past"}


class Candidates:
    """The forms of the verbs of one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._parts: dict[str, list[tuple[list[str], Verb, str]]] = {}
        for verb in tables.verbs:
            for form, variants in zip(FORMS, verb.forms, strict=True):
                for first, *rest in (variant.split() for variant in variants):
                    if rest:
                        self._parts.setdefault(first, []).append((rest, verb, form))
        self._spread = {*_CONTINUING, *self._parts}

    def of(self, paragraph: AnnotatedParagraph) -> dict[int, list[Trigger]]:
        """Return the verbs of a paragraph, by the index of their first token."""
        tokens = paragraph.tokens
        at = {token.start: i for i, token in reversed(list(enumerate(tokens)))}  # an implied word stands first
        candidates: dict[int, list[Trigger]] = {}
        for trigger in paragraph.triggers:
            if trigger.span.start in at:
                i = at[trigger.span.start]
                if trigger.form == "past" and i and tokens[i - 1].lower == "having":
                    span = Span(tokens[i - 1].start, trigger.span.end)
                    trigger = replace(trigger, form="participle", span=span, act=Act.ASSERTION)
                candidates.setdefault(i, []).append(trigger)
        for i, token in enumerate(tokens):
            if token.lower in self._spread:
                if changed := self._parted(tokens, i) or self._continued(tokens, i):
                    candidates[i] = [changed]
        for i in [i for i, found in candidates.items() if any(t.frame == "act-under" for t in found)]:
            if i + 1 >= len(tokens) or tokens[i + 1].lower not in {"under", "pursuant", "in"}:
                del candidates[i]
        return candidates

    def _parted(self, tokens: Sequence[Token], i: int) -> Trigger | None:
        """Return a verb whose particle stands behind adverbs: "calls once again upon", "takes also note"."""
        variants = self._parts.get(tokens[i].lower)
        if not variants:
            return None
        k = i + 1
        while k < len(tokens) and is_adverb(tokens[k].lower):
            k += 1
        if k == i + 1:
            return None
        for rest, verb, form in variants:
            if [t.lower for t in tokens[k : k + len(rest)]] == rest:
                span = Span(tokens[i].start, tokens[k + len(rest) - 1].end)
                return verb.trigger(span, form)
        return None

    def _continued(self, tokens: Sequence[Token], i: int) -> Trigger | None:
        """Return the verb that "continues to" goes on with: "continues to urge" urges."""
        form = _CONTINUING.get(tokens[i].lower)
        if form is None or i + 2 >= len(tokens) or tokens[i + 1].lower != "to":
            return None
        k = i + 2
        while k < len(tokens) - 1 and is_adverb(tokens[k].lower):
            k += 1
        for n in (2, 1):
            words = " ".join(t.lower for t in tokens[k : k + n])
            verb = next((v for v in self.tables.verbs if v.place == "any" and words in v.forms[0]), None)
            if verb is not None:
                span = Span(tokens[k].start, tokens[k + n - 1].end)
                return verb.trigger(span, form)
        return None

"""A statement as it is made of what was read of it: its record, its deadlines with their places, what it sets in a regime of sanctions.

In: token indices and fields. Out: `Statement` records with spans of the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mandategraph.interpreting.boundaries import skip_adverbs
from mandategraph.interpreting.dated import of_the_duty
from mandategraph.interpreting.deadlines import MandateEnds, Setting
from mandategraph.interpreting.fields import said_of, source_of, text_of
from mandategraph.interpreting.grammar import Grammar
from mandategraph.interpreting.provisions import read_provisions
from mandategraph.interpreting.tracing import Fields, steps
from mandategraph.phrasing.reaching import Reach
from mandategraph.records import Act, Annotated, AnnotatedParagraph, Deadline, ParagraphKind, Span, Statement, Token

_EXEMPTING, _TAIL = re.compile(r"\bnot apply\b[^;]*$", re.IGNORECASE), 25


@dataclass(frozen=True)
class StatementMaker:
    """Makes the statements of one paragraph.

    Attributes:
        ends: what the document tells of the ends of mandates.
        below: the words of the points under the paragraph.
        reach: gives the phrases of the paragraph.
    """

    grammar: Grammar
    annotated: Annotated
    paragraph: AnnotatedParagraph
    issuer: str | None
    quoted_from: str | None
    ends: MandateEnds
    below: str
    reach: Callable[[], Reach]

    def statement(
        self,
        *,
        label: str,
        trigger: Span,
        span: Span,
        verb: str,
        act: Act,
        strength: int,
        rule: str,
        read: Fields,
        cited_in: Span,
        how: tuple[str, str],
        on_whom: str = "",
    ) -> Statement:
        """Return a statement of this paragraph, with its trace; `how` names the rules of its act and its actions."""
        return Statement(
            paragraph=label,
            trigger=source_of(self.annotated, self.paragraph, trigger),
            span=source_of(self.annotated, self.paragraph, span),
            verb=verb,
            act=act,
            strength=strength,
            issuer=self.issuer,
            addressees=read.addressees,
            deeds=read.deeds,
            counterparts=read.counterparts,
            instruments=tuple(read.instruments),
            deadlines=read.deadlines,
            conditions=read.conditions,
            status=self.paragraph.section.status,
            quoted_from=self.quoted_from,
            rule=rule,
            products=read.products,
            sanctions=read.sanctions,
            sanctioned=on_whom,
            provisions=read_provisions(self.annotated, self.paragraph, cited_in),
            trace=steps(*how, read, self.grammar.morphology.is_known),
        )

    def sanctions(self, start: int, end: int, verb: str) -> tuple[tuple[str, ...], str]:
        """Return what a stretch sets in a regime of sanctions, and on whom; what is banned may stand in the points below, but not where they are exempt.

        A preamble sets nothing.
        """
        if self.paragraph.paragraph.kind is ParagraphKind.PREAMBULAR:
            return (), ""
        ending = " ".join(token.text for token in self.paragraph.tokens[-_TAIL:])
        is_open = ending.endswith(":") and not _EXEMPTING.search(ending)
        below = self.below if is_open else ""
        return self.grammar.sanctions.read(self.reach(), start, end, verb, below)

    def due(self, span: Span, *, is_decision: bool = False) -> tuple[Deadline, ...]:
        """Return the deadlines that a stretch of this paragraph sets, each with its place."""
        since = "" if self.quoted_from else self.annotated.document.date or ""
        setting = Setting(self.ends, self.issuer or "", since, is_decision)
        said, place_of = said_of(self.paragraph, span)
        found = [(place_of(each.start, each.end), each.deadline) for each in self.grammar.deadlines.read(said, setting)]
        return tuple(
            replace(
                deadline,
                surface=text_of(self.paragraph, place),
                span=source_of(self.annotated, self.paragraph, place),
            )
            for place, deadline in of_the_duty(found, self.reach)
        )


def verb_span(tokens: Sequence[Token], begin: int) -> Span:
    """The trigger of an item runs from its "to" or adverb to its verb."""
    stop = begin + 1 if tokens[begin].lower == "to" else begin
    stop = min(skip_adverbs(tokens, stop), len(tokens) - 1)
    return Span(tokens[begin].start, tokens[stop].end)


def sentence_end(tokens: Sequence[Token], begin: int, end: int) -> int:
    """Return where the sentence of a verb ends: what a later one says is no day or condition of it."""
    return next(
        (k for k in range(begin, end - 1) if tokens[k].text == "." and tokens[k + 1].text[:1].isupper()),
        end,
    )

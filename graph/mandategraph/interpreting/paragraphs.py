"""One paragraph -> its statements, in the light of the paragraphs before it.

In: an annotated paragraph, the grammar and what the walk has seen. Out: `Statement` records. A list item takes verb, act,
addressees and deadline from its lead-in; a point without an addressee takes the one its section head or its letter is
addressed to.

Rule: annotation guidelines, sections on statements.jsonl, *Lists*, *Recommendations*, *Section heads*, *Chairs' letters*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from mandategraph.interpreting.acts import ActReader
from mandategraph.interpreting.bearers import BearerReader
from mandategraph.interpreting.boundaries import skip_adverbs
from mandategraph.interpreting.clauses import Clause
from mandategraph.interpreting.complements import ComplementReader
from mandategraph.interpreting.context import Lead, Walk, issuer_of, quoted_instrument, remember
from mandategraph.interpreting.counterparts import read_counterparts
from mandategraph.interpreting.deadlines import MandateEnds
from mandategraph.interpreting.fields import deeds, instruments, span_of
from mandategraph.interpreting.grammar import Grammar
from mandategraph.interpreting.joining import enumerations, with_shared_actions
from mandategraph.interpreting.making import StatementMaker, sentence_end, verb_span
from mandategraph.interpreting.narrative import TASKED
from mandategraph.interpreting.norms import RESPONSIBLE, joined
from mandategraph.interpreting.shapes import Complement
from mandategraph.interpreting.tracing import Fields
from mandategraph.records import (
    Act,
    Annotated,
    AnnotatedParagraph,
    Counterpart,
    Deadline,
    Genre,
    Party,
    Span,
    Statement,
    Status,
    Token,
)
from mandategraph.records.phrases import Phrases

# A list that carries the whole content stands for an infinitive.
_SHAPES = {"none": "to"}


def _from(complement: Complement, clause: Clause, act: Act) -> int:
    """Return where counterparts may stand: behind the addressees, so that "with the support of X" before "to" counts."""
    if act is Act.DECISION:
        return clause.after
    if complement.shape == "to" and complement.addressees and complement.addressees[-1][1] <= complement.acts_from:
        return complement.addressees[-1][1]
    return complement.acts_from or clause.after


class ParagraphReader:
    """Reads one paragraph in the light of those before it."""

    def __init__(
        self,
        grammar: Grammar,
        annotated: Annotated,
        paragraph: AnnotatedParagraph,
        walk: Walk,
        scopes: dict[str, MandateEnds],
    ) -> None:
        self.grammar = grammar
        self.annotated = annotated
        self.paragraph = paragraph
        self.tokens: Sequence[Token] = paragraph.tokens
        self.walk = walk
        self.label = paragraph.paragraph.label.split("~")[0]
        self.lead_in = paragraph.paragraph.lead_in
        section = paragraph.section
        self.ends = scopes.get(section.key if section.key.startswith("annex") else "", MandateEnds({}))
        self.quoted_from = quoted_instrument(annotated, paragraph)
        adopted_by = grammar.tables.issuer_of(self.quoted_from) if self.quoted_from else None
        self.issuer = issuer_of(annotated, paragraph, adopted_by)

    @property
    def _is_rule(self) -> bool:
        return self.paragraph.section.genre is Genre.RULES

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of the paragraph, with the verbs that state in it."""
        if self._is_rule:
            lead, first = self.walk.leads.get(self.lead_in or ""), self.tokens[0].lower if self.tokens else ""
            tells = lead is not None and lead.rule == RESPONSIBLE and self.grammar.morphology.of_finite(first)
            return self.grammar.phrases(self.paragraph, opens=bool(tells))
        clauses = self._inner if self.lead_in in self.walk.leads and not self._opens_with_trigger() else self._clauses
        return self.grammar.phrases(self.paragraph, [c for c in clauses if c.trigger.frame not in {"norm", "turn"}])

    @cached_property
    def _complements(self) -> ComplementReader:
        return self.grammar.complements(self.phrases)

    @cached_property
    def _maker(self) -> StatementMaker:
        below = self.walk.points.get(self.paragraph.paragraph.label, "")
        given = (self.issuer, self.quoted_from, self.ends, below, lambda: self._complements.reach)
        return StatementMaker(self.grammar, self.annotated, self.paragraph, *given)

    @cached_property
    def _acts(self) -> ActReader:
        return ActReader(self.paragraph, lambda: self._complements)

    @cached_property
    def _bearers(self) -> BearerReader:
        return BearerReader(
            self.grammar, self.annotated, self.paragraph, self.walk, self._complements, self._clauses, self.issuer
        )

    @cached_property
    def _clauses(self) -> list[Clause]:
        """The clauses of a paragraph that speaks itself."""
        if self._is_rule:
            return self._norms(Genre.RULES)
        return joined(self.grammar.finder.find(self.paragraph), self._norms(self.paragraph.section.genre), self.tokens)

    def _norms(self, *genres: Genre) -> list[Clause]:
        """The clauses of duty of the paragraph, by the words that state in some forms."""
        return self.grammar.duties(self.paragraph, genres)

    @cached_property
    def _inner(self) -> list[Clause]:
        """The clauses of a list item, behind the task that it states."""
        if self._is_rule:
            return self._clauses
        return self.grammar.finder.find(self.paragraph, is_item=True)

    def read(self) -> list[Statement]:
        """Return the paragraph's statements."""
        found: list[Statement] = []
        lead = self.walk.leads.get(self.lead_in or "")
        stated_item = self._stated_item(lead) if lead else None
        item = self._item(lead) if lead and stated_item is None else None
        if item is not None and lead is not None:
            begin, complement = item
            end = self._item_end(begin)
            statement = self._build_item(lead, begin, end, complement, self.label)
            found.append(statement)
            found.extend(self._enumerated(lead, begin + 1, end, self.label))
        own = self._with_subject(lead) if lead and item is None and stated_item is None else []
        as_item = item is not None or (lead is not None and not self._opens_with_trigger())
        stated: list[Statement] = []
        for clause in [stated_item] if stated_item else own or (self._inner if as_item else self._clauses):
            statement = self._build(clause, stated[-1] if stated else None)
            if own and lead is not None and lead.act is Act.DECISION and not statement.addressees:
                statement = replace(statement, act=Act.DECISION)
            stated.append(statement)
            if statement.act in {Act.DIRECTIVE, Act.AUTHORIZATION}:
                inline = Lead.of(statement, statement.addressees)
                found.extend(self._enumerated(inline, clause.after, clause.end, self.label))
        found.extend(with_shared_actions(stated))
        is_open = self._is_rule or self.paragraph.section.genre in self.grammar.leading
        leads = [
            s for s in found if is_open and s.rule.startswith("MOD-") and not s.actions and self.tokens[-1].text == ":"
        ]
        if not found and self.paragraph.section.status is Status.RECOMMENDED:
            found.extend(self._recommended())
        elif not found and self.paragraph.section.key in self.walk.charged:
            found.extend(self._imperative(self.walk.charged[self.paragraph.section.key]))
        found.sort(key=lambda s: s.trigger)
        remember(self.walk, self.annotated, self.paragraph, found, lead)
        if self._is_rule and not found and lead is None and (parties := self._bearers.alone()):
            self.walk.leads[self.label] = Lead(
                "be responsible", Act.DIRECTIVE, 3, parties, (), RESPONSIBLE, is_bare=True
            )
        return [s for s in found if s not in leads]

    def due(self) -> tuple[Deadline, ...]:
        """Return the deadlines in the whole paragraph, as where it only names a topic of its lead-in."""
        return self._maker.due(span_of(self.paragraph, 0, len(self.tokens)))

    def _opens_with_trigger(self) -> bool:
        """Return whether the paragraph speaks itself: it opens with a stating verb, and is no item under "by:"."""
        first = skip_adverbs(self.tokens, 0)
        if first >= len(self.tokens):
            return False
        if self.grammar.finder.goes_on_in_past(self.paragraph):
            return True
        forms = {"finite", "participle"} | ({"base"} if self.paragraph.section.status is Status.RECOMMENDED else set())
        opening = [t for t in self.paragraph.triggers if t.span.start == self.tokens[first].start and t.form in forms]
        if self.lead_in in self.walk.leads and all(t.form == "participle" for t in opening):
            means = self.lead_in in self.walk.means or self.paragraph.section.genre in TASKED
            return not means and any(self.grammar.finder.states_anywhere(t) for t in opening)
        return bool(opening)

    def _item(self, lead: Lead) -> tuple[int, Complement] | None:
        """Return where the item's action begins and what it is; None where the item is a topic or speaks itself."""
        is_note = self.paragraph.section.status is Status.RECOMMENDED and self.paragraph.section.genre is Genre.NOTE
        if (self._opens_with_trigger() and not (lead.is_helping or self._is_rule)) or is_note:
            return None
        end = self._before_enumeration(1, self._item_end(0))
        complement = self._complements.read_item(0, end)
        is_last = self.paragraph.paragraph.label not in self.walk.points
        if complement is None and is_last and (lead.is_tasking or lead.is_helping):
            complement = self._complements.nouns.read_task(0, end, is_any=lead.is_helping)
        is_wanted = complement is not None and (complement.shape == "finite" or not lead.is_bare)
        return (complement.acts_from, complement) if complement is not None and is_wanted else None

    def _with_subject(self, lead: Lead) -> list[Clause]:
        """Return the clauses of an item that has a subject of its own, with the verb of its lead-in: "Recommends: (a) Members should open"."""
        if lead.act not in {Act.DIRECTIVE, Act.DECISION} or lead.has_content or self._is_rule or self._inner:
            return []
        found = self._norms(Genre.RULES, Genre.REPORT)[:1]
        if lead.act is Act.DIRECTIVE:
            return [replace(clause, verb=lead.verb, act=Act.DIRECTIVE, strength=lead.strength) for clause in found]
        return [replace(clause, verb=lead.verb) for clause in found]

    def _stated_item(self, lead: Lead) -> Clause | None:
        """Return the clause of an item under "Decides:" that states, "(a) To renew"; under "Decides to:" of one that speaks to somebody, "(a) Instruct the Chair to"."""
        if lead.act is not Act.DECISION or lead.has_content or not self.tokens:
            return None
        clause, is_bare = self.grammar.finder.infinitive(self.paragraph), self.tokens[0].lower != "to"
        is_told = lead.is_done and clause is not None and clause.trigger.frame == "addressee"
        return clause if is_told or not is_bare else None

    def _item_end(self, begin: int) -> int:
        """An item reaches to the first clause of its own, or to its end."""
        return next((c.begin for c in self._inner if c.begin > begin), len(self.tokens))

    def _build_item(self, lead: Lead, begin: int, end: int, complement: Complement, label: str) -> Statement:
        end = self._before_enumeration(begin + 1, end)
        trigger = verb_span(self.tokens, begin)
        start = 0 if label == self.label else begin
        counterparts = read_counterparts(self._complements.reach, start, end, lead.parties, issuer=self.issuer)
        cited = instruments(self.annotated, self.paragraph, start, end)
        deadlines = self._maker.due(span_of(self.paragraph, begin, end)) or lead.due
        conditions = self.grammar.conditions.read(self._complements.reach, start, end)
        products = self.grammar.products.read(self._complements.reach, start, end)
        parties, done = lead.inherited, deeds(self.annotated, self.paragraph, complement.deeds)
        sanctions, on_whom = self._maker.sanctions(begin, end, lead.verb)
        return self._maker.statement(
            label=label,
            trigger=trigger,
            span=span_of(self.paragraph, begin, end),
            verb=lead.verb,
            act=lead.act if lead.is_done or lead.act is not Act.DECISION else Act.DIRECTIVE,
            strength=lead.strength,
            rule="ITM-task",
            read=Fields(parties, done, counterparts, cited, deadlines, conditions, products, sanctions),
            cited_in=span_of(self.paragraph, start, end),
            on_whom=on_whom,
            how=("ACT-lead-in", f"ITM-{complement.shape}"),
        )

    def _before_enumeration(self, begin: int, end: int) -> int:
        marks = enumerations(self.tokens, begin, end)
        return marks[0][0] - 3 if marks and self._complements.read_item(marks[0][0], end) is not None else end

    def _enumerated(self, lead: Lead, begin: int, end: int, label: str) -> list[Statement]:
        """Parts of an enumeration in the sentence that have verbs of their own are statements too: `3/2(i)`."""
        found = []
        marks = enumerations(self.tokens, begin, end)
        for n, (at, mark) in enumerate(marks):
            stop = marks[n + 1][0] - 3 if n + 1 < len(marks) else end
            complement = self._complements.read_item(at, stop)
            if complement is not None:
                found.append(self._build_item(lead, at, stop, complement, f"{label}({mark})"))
        return found

    def _build(self, clause: Clause, previous: Statement | None) -> Statement:
        complement, act = self._acts.read(clause, self._before_enumeration(clause.after, clause.end))
        parties = self._bearers.named(complement.addressees)
        if complement.is_passive or complement.shape == "noun":
            parties = tuple(replace(p, rule="PTY-agent") for p in parties)
        parties = tuple(p for party in parties for p in self._bearers.resolve(party, clause, previous))
        parties = parties or self._bearers.before_verb(clause, previous)
        obliging = act in {Act.DIRECTIVE, Act.AUTHORIZATION, Act.PROHIBITION}
        if act is Act.COMMITMENT:
            parties = self._bearers.committing(clause)
        elif not obliging:
            parties = ()
        elif not parties:
            parties = self._bearers.inherited(clause, complement, previous)
        stop = sentence_end(self.tokens, clause.after, clause.end)
        end = self._before_enumeration(clause.after, stop)
        begin = clause.begin if clause.start is None else clause.start
        counterparts: tuple[Counterpart, ...] = ()
        conditions: tuple[str, ...] = ()
        products: tuple[str, ...] = ()
        sanctions: tuple[str, ...] = ()
        on_whom = ""
        deadlines: tuple[Deadline, ...] = ()
        if act is not Act.ASSERTION:
            deadlines = self._maker.due(span_of(self.paragraph, begin, stop), is_decision=act is Act.DECISION)
            start = _from(complement, clause, act)
            counterparts = read_counterparts(
                self._complements.reach,
                start,
                end,
                parties,
                issuer=self.issuer,
                is_decision=act is Act.DECISION,
            )
            conditions = self.grammar.conditions.read(self._complements.reach, begin, stop)
            products = self.grammar.products.read(self._complements.reach, clause.after, end) if obliging else ()
        else:
            complement = replace(complement, deeds=())
        if act is not Act.COMMITMENT:
            sanctions, on_whom = self._maker.sanctions(clause.after, end, clause.verb)
        cited = instruments(self.annotated, self.paragraph, begin, clause.end)
        stretch = span_of(self.paragraph, clause.begin, clause.end)
        done = deeds(self.annotated, self.paragraph, complement.deeds)
        whole = Span(min(clause.trigger.span.start, stretch.start), stretch.end)
        shape = "passive" if complement.is_passive else complement.shape
        return self._maker.statement(
            label=self.label,
            trigger=clause.trigger.span,
            span=whole,
            verb=clause.verb,
            act=act,
            strength=clause.strength,
            rule=clause.trigger.rule,
            read=Fields(parties, done, counterparts, cited, deadlines, conditions, products, sanctions),
            cited_in=whole,
            on_whom=on_whom,
            how=(
                "ACT-verb" if act is clause.act else f"ACT-{_SHAPES.get(complement.shape, complement.shape)}",
                f"CMP-{shape}",
            ),
        )

    def _recommended(self) -> list[Statement]:
        """An expert note's "the Council should ...", and imperatives that no operative verb opens ("Ensure ...")."""
        first = skip_adverbs(self.tokens, 0)
        if first < len(self.tokens) and self.grammar.morphology.is_verb(self.tokens[first].lower) and self.lead_in:
            return self._imperative(())
        for clause in self._norms(Genre.RULES):
            statement = self._build(clause, None)
            if clause.verb == "should" and statement.addressees:
                return [statement]
        return []

    def _imperative(self, parties: tuple[Party, ...]) -> list[Statement]:
        """An imperative, or a gerund in the mandate of an office, that no operative verb opens; the parties bear it."""
        first = skip_adverbs(self.tokens, 0)
        complement = self._complements.read_item(first, len(self.tokens))
        if complement is None:
            return []
        lead = Lead(self.tokens[first].lower, Act.DIRECTIVE, 3, parties, (), "IMP-imperative")
        statement = self._build_item(lead, first, len(self.tokens), complement, self.label)
        return [replace(statement, verb=complement.actions[0], rule="IMP-imperative")]

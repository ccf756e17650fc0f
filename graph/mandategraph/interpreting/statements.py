"""Paragraphs -> statements: who says that whom must do what, under which instrument, by when.

In: annotated paragraphs with linked mentions. Out: `Statement` records in reading order, and `Unread` ones for
operative paragraphs in which no verb was understood. A list item takes verb, act, addressees and deadline from its
lead-in; a point without an addressee takes the one its section head or its letter is addressed to.

Rule: annotation guidelines, sections on statements.jsonl, *Lists*, *Recommendations*, *Section heads*, *Chairs' letters*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mandategraph.interpreting.clauses import Clause, ClauseFinder, skip_adverbs
from mandategraph.interpreting.complements import Complement, ComplementReader
from mandategraph.interpreting.conditions import ConditionReader
from mandategraph.interpreting.deadlines import DeadlineReader, MandateEnds, find_mandate_ends
from mandategraph.interpreting.fields import counterparts, instruments, source_of, span_of, text_of
from mandategraph.interpreting.words import Morphology, is_adverb
from mandategraph.lexicon import Tables
from mandategraph.records import (
    Act,
    Annotated,
    AnnotatedParagraph,
    Deadline,
    Genre,
    Mention,
    MentionKind,
    ParagraphKind,
    Party,
    Span,
    Statement,
    Status,
    Token,
    Unread,
)

_STATIVE = frozenset("be include comprise consist remain constitute have apply expire enter".split())
_PRONOUNS = frozenset("it them him her us they we he she i".split())
_PERSONS = frozenset({"office", "mandate_holder", "person"})
_ISSUERS = (
    ("S/RES/", "SecurityCouncil"),
    ("S/PRST/", "SecurityCouncil"),
    ("A/HRC/", "HumanRightsCouncil"),
    ("A/RES/", "GeneralAssembly"),
)
_MEANS = re.compile(r"\b(?:by|through|including)\s*:\s*$")
_NAMES_ISSUER = re.compile(r"\brecommendations?\b[^.]{0,80}\b(?:by|from)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Lead:
    """What list items take from their lead-in."""

    verb: str
    act: Act
    strength: int
    parties: tuple[Party, ...]
    deadline: Deadline | None
    rule: str


@dataclass(slots=True)
class _Walk:
    """What the walk through one document has seen; mutable only here."""

    leads: dict[str, _Lead] = field(default_factory=dict)
    letters: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    head: tuple[Party, ...] = ()
    means: set[str] = field(default_factory=set)
    named: dict[str, list[Mention]] = field(default_factory=dict)
    last_label: str = ""
    speaker: str | None = None


class StatementReader:
    """Reads statements with one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.morphology = Morphology(tables)
        self.finder = ClauseFinder(tables)
        self.complements = ComplementReader(self.morphology)
        self.conditions = ConditionReader(tables.conditions)
        self.deadlines = DeadlineReader(tables)
        self._names = {
            alias.lower(): e.id
            for e in tables.gazetteer.entries
            if e.kind is MentionKind.ACTOR
            for alias in (e.label, *e.aliases)
        }
        self._labels = {e.id: e.label for e in tables.gazetteer.entries}

    def read(self, annotated: Annotated) -> tuple[list[Statement], list[Unread]]:
        """Return the statements of a document and the operative passages that were not understood."""
        statements: list[Statement] = []
        unread: list[Unread] = []
        walk = _Walk()
        scopes = _scopes(annotated)
        for paragraph in annotated.paragraphs:
            kind = paragraph.paragraph.kind
            if kind is ParagraphKind.HEADING:
                walk.head = self._head_parties(annotated, paragraph)
            if kind in {ParagraphKind.TITLE, ParagraphKind.HEADING, ParagraphKind.FOOTNOTE} or not paragraph.tokens:
                continue
            if paragraph.section.status is Status.STATEMENT and annotated.document.genre in {Genre.NOTE, Genre.OTHER}:
                continue
            reader = _ParagraphReader(self, annotated, paragraph, walk, scopes)
            found = reader.read()
            statements.extend(found)
            if (
                not found
                and kind is ParagraphKind.OPERATIVE
                and not paragraph.paragraph.depth
                and len(paragraph.tokens) > 3
                and not paragraph.section.key.startswith("annex")
            ):
                unread.append(
                    Unread(
                        paragraph.paragraph.label,
                        annotated.document.text.offsets.to_source(paragraph.paragraph.span),
                        "no operative verb was recognized",
                    )
                )
        return statements, unread

    def actor_named(self, surface: str) -> str | None:
        """Return the id of the actor that a name means in any document."""
        low = surface.lower().removeprefix("the ")
        if low in self._names:
            return self._names[low]
        return next((id_ for name, id_ in self._names.items() if low.startswith(name) and len(name) > 20), None)

    def _head_parties(self, annotated: Annotated, heading: AnnotatedParagraph) -> tuple[Party, ...]:
        """Return the parties that a section head addresses: "To the Government of Mali"."""
        tokens = heading.tokens
        if len(tokens) < 2 or tokens[0].lower != "to":
            return ()
        stop = next((i for i in range(1, len(tokens)) if tokens[i].lower in {",", "mentioned"}), len(tokens))
        return self.parties(annotated, heading, self.complements.parties.split(heading, 1, stop))

    def parties(
        self, annotated: Annotated, paragraph: AnnotatedParagraph, ranges: Iterable[tuple[int, int]]
    ) -> tuple[Party, ...]:
        """Return token ranges as parties, with the actor that each one's head names."""
        found = []
        for start, end in ranges:
            tokens = paragraph.tokens
            while end > start and (
                tokens[end - 1].lower in {",", ";", "and", "or"} or is_adverb(tokens[end - 1].lower)
            ):
                end -= 1
            if end <= start:
                continue
            span = Span(tokens[start].start, tokens[end - 1].end)
            mention = self.complements.parties.mention_of(paragraph, start, end)
            surface = text_of(paragraph, span)
            found.append(
                Party(
                    _short(surface, mention), source_of(annotated, paragraph, span), mention.entity if mention else None
                )
            )
        return tuple(found)


def _short(surface: str, mention: Mention | None) -> str:
    """Return a surface without its definition in brackets or apposition."""
    bare = re.sub(r'\s*\((?:"[^"]*"|[A-Z][\w-]+)\)', "", surface)
    return bare.strip(" ,;")


def _scopes(annotated: Annotated) -> dict[str, MandateEnds]:
    """Return the ends of mandates by part of the document: its body, and each annex."""
    texts: dict[str, list[str]] = {}
    for paragraph in annotated.paragraphs:
        texts.setdefault(
            paragraph.section.key.split("/")[0] if paragraph.section.key.startswith("annex") else "", []
        ).append(paragraph.text)
    return {key: find_mandate_ends("\n".join(parts)) for key, parts in texts.items()}


class _ParagraphReader:
    """Reads one paragraph in the light of those before it."""

    def __init__(
        self,
        reader: StatementReader,
        annotated: Annotated,
        paragraph: AnnotatedParagraph,
        walk: _Walk,
        scopes: dict[str, MandateEnds],
    ) -> None:
        self.reader = reader
        self.annotated = annotated
        self.paragraph = paragraph
        self.tokens: Sequence[Token] = paragraph.tokens
        self.walk = walk
        self.label = paragraph.paragraph.label.split("~")[0]
        self.lead_in = paragraph.paragraph.lead_in
        section = paragraph.section
        self.ends = scopes.get(section.key if section.key.startswith("annex") else "", MandateEnds({}))
        self.quoted_from = self._quoted_from()
        self.issuer = self._issuer()

    # context

    def _quoted_from(self) -> str | None:
        if self.paragraph.section.status is not Status.QUOTED:
            return None
        for p in self.annotated.paragraphs:
            if p.section.key == self.paragraph.section.key and p.paragraph.kind is ParagraphKind.HEADING:
                for m in p.mentions:
                    if m.kind is MentionKind.INSTRUMENT and m.entity:
                        return m.entity
        return None

    def _issuer(self) -> str | None:
        section = self.paragraph.section
        if self.quoted_from:
            named = next((body for start, body in _ISSUERS if self.quoted_from.startswith(start)), None)
            if named:
                return named
        if section.status is Status.RECOMMENDED:
            for p in self.annotated.paragraphs:
                if p.section.key == section.key and (found := _NAMES_ISSUER.search(p.text)):
                    base = p.paragraph.span.start if p.offset is None else 0
                    actor = next(
                        (
                            m.entity
                            for m in p.mentions
                            if m.kind is MentionKind.ACTOR and m.span.start >= base + found.end()
                        ),
                        None,
                    )
                    if actor:
                        return actor
        return self.reader.actor_named(section.issuer) if section.issuer else None

    # the paragraph

    def read(self) -> list[Statement]:
        """Return the paragraph's statements."""
        found: list[Statement] = []
        lead = self.walk.leads.get(self.lead_in or "")
        item = self._item(lead) if lead else None
        if item is not None and lead is not None:
            begin, complement = item
            end = self._item_end(begin)
            statement = self._build_item(lead, begin, end, complement, self.label)
            found.append(statement)
            found.extend(self._enumerated(lead, begin + 1, end, self.label))
        clauses = self.reader.finder.find(
            self.paragraph, is_item=item is not None or (lead is not None and not self._opens_with_trigger())
        )
        previous: Statement | None = None
        for clause in clauses:
            statement = self._build(clause, previous)
            found.append(statement)
            if statement.act in {Act.DIRECTIVE, Act.AUTHORIZATION}:
                inline = _Lead(
                    statement.verb,
                    statement.act,
                    statement.strength,
                    statement.addressees,
                    statement.deadline,
                    statement.rule,
                )
                found.extend(self._enumerated(inline, clause.after, clause.end, self.label))
            previous = statement
        if not found and self.paragraph.section.status is Status.RECOMMENDED:
            found.extend(self._recommended())
        self._remember(found, lead)
        return sorted(found, key=lambda s: s.trigger)

    def _opens_with_trigger(self) -> bool:
        """Return whether the paragraph speaks itself: it opens with a stating verb, and is no item under "by:"."""
        first = skip_adverbs(self.tokens, 0)
        if first >= len(self.tokens):
            return False
        forms = {"finite", "participle"} | ({"base"} if self.paragraph.section.status is Status.RECOMMENDED else set())
        opening = [t for t in self.paragraph.triggers if t.span.start == self.tokens[first].start and t.form in forms]
        if self.lead_in in self.walk.leads and all(t.form == "participle" for t in opening):
            means = self.lead_in in self.walk.means
            return not means and any(self.reader.finder.states_anywhere(t) for t in opening)
        return bool(opening)

    def _item(self, lead: _Lead) -> tuple[int, Complement] | None:
        """Return where the item's action begins and what it is; None where the item is a topic or speaks itself."""
        if self._opens_with_trigger() or self.paragraph.section.status is Status.RECOMMENDED:
            return None
        end = self._before_enumeration(1, self._item_end(0))
        complement = self.reader.complements.read_item(self.tokens, 0, end)
        if complement is None:
            return None
        return complement.acts_from, complement

    def _item_end(self, begin: int) -> int:
        """An item reaches to the first clause of its own, or to its end."""
        clauses = self.reader.finder.find(self.paragraph, is_item=True)
        return next((c.begin for c in clauses if c.begin > begin), len(self.tokens))

    def _build_item(self, lead: _Lead, begin: int, end: int, complement: Complement, label: str) -> Statement:
        end = self._before_enumeration(begin + 1, end)
        text = text_of(self.paragraph, span_of(self.paragraph, begin, end))
        whole = text_of(self.paragraph, span_of(self.paragraph, 0, end)) if label == self.label else text
        trigger = self._verb_span(begin)
        start = 0 if label == self.label else begin
        return Statement(
            paragraph=label,
            trigger=source_of(self.annotated, self.paragraph, trigger),
            span=source_of(self.annotated, self.paragraph, span_of(self.paragraph, begin, end)),
            verb=lead.verb,
            act=lead.act if lead.act is not Act.DECISION else Act.DIRECTIVE,
            strength=lead.strength,
            issuer=self.issuer,
            addressees=lead.parties,
            actions=complement.actions,
            counterparts=counterparts(self.paragraph, start, end, lead.parties),
            instruments=instruments(self.annotated, self.paragraph, start, end),
            deadline=self.reader.deadlines.read(text, self.ends, body=self.issuer or "") or lead.deadline,
            conditions=self.reader.conditions.read(whole),
            status=self.paragraph.section.status,
            quoted_from=self.quoted_from,
            rule="ITM-task",
        )

    def _verb_span(self, begin: int) -> Span:
        """The trigger of an item runs from its "to" or adverb to its verb."""
        stop = begin + 1 if self.tokens[begin].lower == "to" else begin
        stop = min(skip_adverbs(self.tokens, stop), len(self.tokens) - 1)
        return Span(self.tokens[begin].start, self.tokens[stop].end)

    def _enumerations(self, begin: int, end: int) -> list[tuple[int, str]]:
        """Return the marks "(i)" or "(a)" within a stretch: index of the first token after each, and the mark."""
        marks = []
        for i in range(begin, end - 3):
            if (
                self.tokens[i].lower == "("
                and self.tokens[i + 2].lower == ")"
                and re.fullmatch(r"[ivx]{1,4}|[a-h]", self.tokens[i + 1].lower)
            ):
                before = self.tokens[i - 1].lower
                if before in {":", ",", ";", "and", "or"}:
                    marks.append((i + 3, self.tokens[i + 1].lower))
        return marks if len(marks) > 1 and marks[0][1] in {"i", "a"} else []

    def _before_enumeration(self, begin: int, end: int) -> int:
        marks = self._enumerations(begin, end)
        if not marks or self._enumerated_item(marks[0][0], end) is None:
            return end
        return marks[0][0] - 3

    def _enumerated_item(self, at: int, end: int) -> Complement | None:
        if at >= end:
            return None
        return self.reader.complements.read_item(self.tokens, at, end)

    def _enumerated(self, lead: _Lead, begin: int, end: int, label: str) -> list[Statement]:
        """Parts of an enumeration in the sentence that have verbs of their own are statements too: `3/2(i)`."""
        found = []
        marks = self._enumerations(begin, end)
        for n, (at, mark) in enumerate(marks):
            stop = marks[n + 1][0] - 3 if n + 1 < len(marks) else end
            complement = self._enumerated_item(at, stop)
            if complement is not None:
                found.append(self._build_item(lead, at, stop, complement, f"{label}({mark})"))
        return found

    # clauses

    def _build(self, clause: Clause, previous: Statement | None) -> Statement:
        complement, act = self._complement(clause)
        parties = self.reader.parties(self.annotated, self.paragraph, complement.addressees)
        parties = tuple(p for party in parties for p in self._resolve(party, clause))
        obliging = act in {Act.DIRECTIVE, Act.AUTHORIZATION, Act.PROHIBITION}
        if act is Act.COMMITMENT:
            parties = self._committing(clause)
        elif not obliging:
            parties = ()
        elif not parties:
            parties = self._inherited(clause, complement, previous)
        text = text_of(self.paragraph, span_of(self.paragraph, clause.begin, clause.end))
        end = self._before_enumeration(clause.after, clause.end)
        deadline = None
        if act is not Act.ASSERTION:
            deadline = self.reader.deadlines.read(
                text, self.ends, body=self.issuer or "", is_decision=act is Act.DECISION
            )
        return Statement(
            paragraph=self.label,
            trigger=source_of(self.annotated, self.paragraph, clause.trigger.span),
            span=source_of(self.annotated, self.paragraph, span_of(self.paragraph, clause.begin, clause.end)),
            verb=clause.verb,
            act=act,
            strength=clause.strength,
            issuer=self.issuer,
            addressees=parties,
            actions=complement.actions if act is not Act.ASSERTION else (),
            counterparts=counterparts(
                self.paragraph, complement.acts_from or clause.after, end, parties, whole=act is Act.DECISION
            )
            if act is not Act.ASSERTION
            else (),
            instruments=instruments(self.annotated, self.paragraph, clause.begin, clause.end),
            deadline=deadline,
            conditions=self.reader.conditions.read(text) if act is not Act.ASSERTION else (),
            status=self.paragraph.section.status,
            quoted_from=self.quoted_from,
            rule=clause.trigger.rule,
        )

    def _complement(self, clause: Clause) -> tuple[Complement, Act]:
        """Return the complement of a clause, and its act now that the complement is known."""
        read, tokens, frame = self.reader.complements, self.tokens, clause.trigger.frame
        start, end = clause.after, self._before_enumeration(clause.after, clause.end)
        if frame == "express" or clause.act is not clause.trigger.act:
            start = self._after_noun(clause)
        if clause.verb == "express intent" or (clause.act is Act.COMMITMENT and frame != "self"):
            return read.read_self(tokens, start, end), Act.COMMITMENT
        if clause.trigger.verb == "commit":
            return self._pledge(start, end), Act.COMMITMENT
        if frame == "self":
            return self._decision(clause, start, end)
        if frame == "object-that" and clause.act is not Act.DIRECTIVE:
            return self._stressed(clause, start, end)
        if clause.act in {Act.DIRECTIVE, Act.AUTHORIZATION} and frame in {
            "addressee",
            "noun",
            "express",
            "object",
            "object-that",
        }:
            return self._directive(clause, start, end)
        if clause.act is Act.DECISION:
            return replace(read.read_self(tokens, start, end), addressees=()), Act.DECISION
        return Complement(acts_from=start), clause.act

    def _after_noun(self, clause: Clause) -> int:
        nouns = self.reader.tables.nouns
        return next((i + 1 for i in range(clause.after, clause.end) if self.tokens[i].lower in nouns), clause.after)

    def _directive(self, clause: Clause, start: int, end: int) -> tuple[Complement, Act]:
        read, tokens = self.reader.complements, self.tokens
        if clause.verb in {"appeal", "recommend"} and start < end and tokens[start].lower in {"to"}:
            start += 1
        noun_only = clause.trigger.frame != "addressee" or (
            clause.verb == "appeal" and tokens[min(start, end - 1)].lower == "for"
        )
        if noun_only and start < end and tokens[start].lower in {"for", "to", "on", "upon"}:
            noun_only = tokens[start].lower == "for"
            start += 1
        if clause.verb == "recommend" and (to := self._recommended_to(start, end)):
            return Complement(
                self.reader.complements.parties.split(self.paragraph, *to), (), to[1], shape="noun"
            ), clause.act
        complement = read.read_directive(self.paragraph, start, end, noun_only=noun_only)
        act = clause.act
        if complement.is_negated and complement.modal in {"shall", "must", "should"}:
            act = Act.PROHIBITION
        if clause.act is Act.AUTHORIZATION and complement.shape == "noun" and not complement.addressees:
            complement = replace(complement, addressees=())
        return complement, act

    def _recommended_to(self, start: int, end: int) -> tuple[int, int] | None:
        """ "recommend the following to the Security Council"."""
        for i in range(start, min(end, start + 5)):
            if self.tokens[i].lower == "to" and self.tokens[i - 1].lower in {"following"}:
                stop = next((k for k in range(i + 1, end) if self.tokens[k].lower in {":", ",", ";", "."}), end)
                return i + 1, stop
        return None

    def _decision(self, clause: Clause, start: int, end: int) -> tuple[Complement, Act]:
        """Return a decision, or the directive or prohibition that "decides that X shall" is."""
        read, tokens = self.reader.complements, self.tokens
        start = read.skip_inserted(tokens, start, end)
        if start < end and tokens[start].lower == "that":
            complement = read.read_that(self.paragraph, start + 1, end)
            if complement.shape == "that" and not complement.modal and not complement.actions:
                return self._copular(start + 1, end), Act.DECISION
            modal = complement.modal in {"shall", "should", "must"}
            acting = bool(complement.addressees) and read.parties.is_actor(self.paragraph, *complement.addressees[0])
            if modal and acting and not complement.is_passive:
                if complement.is_negated:
                    return complement, Act.PROHIBITION
                if self._is_own(complement):
                    return complement, Act.COMMITMENT
                at = complement.acts_from
                inner = [t.lower for t in tokens[at + 1 : at + 4]] if complement.actions[:1] == ("continue",) else []
                if complement.actions[:1] and complement.actions[0] not in _STATIVE and not _STATIVE & set(inner):
                    return complement, Act.DIRECTIVE
            return complement, Act.DECISION
        complement = read.read_self(tokens, start, end)
        following = [t.lower for t in tokens[complement.acts_from : complement.acts_from + 4]]
        if (
            complement.actions[:1] in (("remain",), ("keep",), ("continue",))
            and any(w in {"seized", "review"} for w in following + [t.lower for t in tokens[start:end]][:8])
            and "seized" in [t.lower for t in tokens[start:end]]
        ):
            return replace(complement, actions=complement.actions[:1]), Act.COMMITMENT
        if clause.act is Act.COMMITMENT:
            return complement, Act.COMMITMENT
        if not complement.actions:
            complement = (
                replace(read.read_noun(self.paragraph, start, end), addressees=()) if start < end else complement
            )
        return complement, Act.DECISION

    def _is_own(self, complement: Complement) -> bool:
        """Return whether "that it shall" speaks of the issuer itself."""
        return len(complement.addressees) == 1 and self.tokens[complement.addressees[0][0]].lower == "it"

    def _copular(self, start: int, end: int) -> Complement:
        """ "that the priority of X remains to support": the action stands behind "is to" or "remains to"."""
        for i in range(start, end - 2):
            if self.tokens[i].lower in {"is", "are", "remains", "remain"} and self.tokens[i + 1].lower == "to":
                return Complement((), self.reader.complements.verbs(self.tokens, i + 2, end), start, shape="that")
        return Complement(acts_from=start, shape="that")

    def _stressed(self, clause: Clause, start: int, end: int) -> tuple[Complement, Act]:
        """ "stresses that X should": a directive where a modal of duty follows, else an assertion."""
        read, tokens = self.reader.complements, self.tokens
        start = read.skip_inserted(tokens, start, end)
        if start >= end or tokens[start].lower != "that":
            return Complement(acts_from=start), clause.act
        begins = [start + 1] + [
            i + 1 for i in range(start + 1, end) if tokens[i].lower == "that" and tokens[i - 1].lower in {",", "and"}
        ]
        parts = [
            read.read_that(self.paragraph, at, begins[n + 1] - 1 if n + 1 < len(begins) else end)
            for n, at in enumerate(begins)
        ]
        bound = [p for p in parts if p.modal in {"shall", "should", "must"} and p.actions]
        if not bound or parts[0].modal not in {"shall", "should", "must"}:
            return Complement(acts_from=start), clause.act
        parties: dict[tuple[int, int], None] = {}
        for part in bound:
            parties.update(dict.fromkeys(part.addressees))
        act = Act.PROHIBITION if bound[0].is_negated and bound[0].modal in {"shall", "must"} else Act.DIRECTIVE
        if self._is_own(bound[0]):
            act = Act.COMMITMENT
        merged = Complement(
            tuple(parties),
            tuple(a for p in bound for a in p.actions),
            start + 1,
            bound[0].is_negated,
            bound[0].is_passive,
            bound[0].modal,
            "that",
        )
        return merged, act

    def _pledge(self, start: int, end: int) -> Complement:
        """Return what a delegation's "will ...", "committed to ...-ing", "pledged its commitment to ..." binds it to."""
        read, tokens = self.reader.complements, self.tokens
        at = skip_adverbs(tokens, start)
        if at < end and self.reader.morphology.is_verb(tokens[at].lower):
            return Complement((), read.verbs(tokens, at, end), at, shape="to")
        if (
            at + 1 < end
            and tokens[at].lower == "to"
            and (base := self.reader.morphology.of_gerund(tokens[at + 1].lower))
        ):
            return Complement((), (base,), at + 1, shape="gerund")
        return read.read_self(tokens, at, end)

    # parties

    def _committing(self, clause: Clause) -> tuple[Party, ...]:
        if clause.subject is None:
            return (Party("", None, self.issuer),)
        party = self.reader.parties(self.annotated, self.paragraph, [clause.subject])[0]
        if party.surface.lower() in _PRONOUNS:
            return (replace(party, actor=self.walk.speaker),)
        if party.actor is None:
            last = [
                m
                for m in self.paragraph.mentions
                if m.kind is MentionKind.ACTOR and m.span.end == self.tokens[clause.subject[1] - 1].end
            ]
            party = replace(party, actor=last[-1].entity if last else None)
        self.walk.speaker = party.actor
        return (party,)

    def _inherited(self, clause: Clause, complement: Complement, previous: Statement | None) -> tuple[Party, ...]:
        """Return the bearer that a directive takes from the clause before it, its letter, or its section head."""
        if clause.act is Act.AUTHORIZATION:
            return ()
        before = self.tokens[clause.begin - 1].lower if clause.begin else ""
        earlier = self.tokens[clause.begin - 2].lower if clause.begin > 1 else ""
        if complement.shape == "noun" and before == "and" and earlier != "," and previous and previous.is_obligation:
            return previous.addressees
        if self.paragraph.paragraph.depth == 0:
            return ()
        return self.walk.letters.get(self.lead_in or "", ()) or self.walk.head

    def _resolve(self, party: Party, clause: Clause) -> tuple[Party, ...]:
        """Return a pronoun with the actor it stands for, and "the Committee" as each of those the letter goes to."""
        word = party.surface.lower()
        if word in _PRONOUNS:
            return (replace(party, actor=self._antecedent(word, clause)),)
        for addressed in self.walk.head:
            if set(word.split()) <= set(addressed.surface.lower().split()) and word.split()[-1] in {
                "parties",
                "groups",
                "authorities",
                "government",
                "states",
            }:
                return (replace(party, actor=addressed.actor),)
        head = re.fullmatch(r"[Tt]he ([A-Z]\w+)", party.surface)
        letter = self.walk.letters.get(self.lead_in or "", ())
        if head and len(letter) > 1:
            same = [p for p in letter if p.actor and head[1] in self.reader._labels.get(p.actor, "")]
            if len(same) > 1:
                return tuple(replace(party, actor=p.actor) for p in same)
        return (party,)

    def _antecedent(self, pronoun: str, clause: Clause) -> str | None:
        """Return the nearest actor before a pronoun that agrees with it in number and kind."""
        here = [
            m
            for m in self.paragraph.mentions
            if m.kind is MentionKind.ACTOR and m.span.start < self.tokens[clause.begin].start
        ]
        clauses = [c for c in self.reader.finder.find(self.paragraph) if c.begin < clause.begin]
        ordered: list[Mention] = []
        for earlier in reversed(clauses):
            left, right = self.tokens[earlier.begin].start, self.tokens[earlier.end - 1].end
            ordered.extend(m for m in here if left <= m.span.start < right)
        for m in ordered + self.walk.named.get(self.lead_in or self.walk.last_label, []):
            if m.entity and m.entity != self.issuer and _agrees(pronoun, m):
                return m.entity
        return None

    # fields

    # recommendations

    def _recommended(self) -> list[Statement]:
        """An expert note's "the Council should ...", and imperatives that no operative verb opens ("Ensure ...")."""
        first = skip_adverbs(self.tokens, 0)
        if first < len(self.tokens) and self.reader.morphology.is_verb(self.tokens[first].lower) and self.lead_in:
            verb = self.tokens[first].lower
            lead = _Lead(verb, Act.DIRECTIVE, 3, (), None, "IMP-imperative")
            complement = Complement(
                (), self.reader.complements.verbs(self.tokens, first, len(self.tokens)), first, shape="base"
            )
            return [
                replace(self._build_item(lead, first, len(self.tokens), complement, self.label), rule="IMP-imperative")
            ]
        for i, token in enumerate(self.tokens):
            if token.lower != "should":
                continue
            start = next((k + 1 for k in range(i - 1, -1, -1) if self.tokens[k].lower in {",", ".", ";", ":"}), 0)
            if not self.reader.complements.parties.is_actor(self.paragraph, start, i):
                continue
            parties = self.reader.parties(
                self.annotated, self.paragraph, self.reader.complements.parties.split(self.paragraph, start, i)
            )
            complement = Complement(
                (),
                self.reader.complements.verbs(self.tokens, skip_adverbs(self.tokens, i + 1), len(self.tokens)),
                i + 1,
            )
            lead = _Lead("should", Act.DIRECTIVE, 2, parties, None, "MOD-should")
            statement = self._build_item(lead, i, len(self.tokens), complement, self.label)
            return [
                replace(statement, rule="MOD-should", trigger=source_of(self.annotated, self.paragraph, token.span))
            ]
        return []

    # memory

    def _remember(self, found: list[Statement], lead: _Lead | None) -> None:
        """Keep what later paragraphs take from this one."""
        walk, label = self.walk, self.paragraph.paragraph.label
        binding = [
            s
            for s in found
            if s.paragraph == self.label and (s.is_obligation or s.act is Act.DECISION) and s.rule != "ITM-task"
        ]
        if binding and not self.paragraph.text.rstrip().endswith((".", ";")):
            last = binding[-1]
            parties = last.addressees
            if last.act is Act.DECISION:
                parties = self._tasked()
            walk.leads[label] = _Lead(last.verb, last.act, last.strength, parties, last.deadline, last.rule)
        elif lead is not None:
            walk.leads[label] = lead
        if _MEANS.search(self.paragraph.text):
            walk.means.add(label)
        mentions = [m for m in self.paragraph.mentions if m.kind is MentionKind.ACTOR]
        if self.lead_in:
            walk.named.setdefault(self.lead_in, [])[:0] = mentions
        walk.named[label] = mentions
        walk.last_label = label
        if self.paragraph.text.rstrip().endswith(":"):
            recipients = self._letter_recipients()
            if recipients:
                walk.letters[label] = recipients

    def _tasked(self) -> tuple[Party, ...]:
        """Return whose mandate or tasks a decision sets out: the items below are addressed to it."""
        for m in self.paragraph.mentions:
            if m.kind is MentionKind.ACTOR and m.type not in {"state", "un_organ"}:
                return (Party(m.surface, source_of(self.annotated, self.paragraph, m.span), m.entity),)
        return ()

    def _letter_recipients(self) -> tuple[Party, ...]:
        """Return whom a letter or message goes to: "transmit a letter addressed to X", "a message to Y"."""
        words = [t.lower for t in self.tokens]
        for i, word in enumerate(words):
            if word != "to" or i + 1 >= len(words):
                continue
            back = words[max(0, i - 12) : i]
            if not any(w in {"letter", "letters", "message"} for w in back):
                continue
            stop = next((k for k in range(i + 1, len(words)) if words[k] in {":", "through"}), len(words))
            left, right = self.tokens[i + 1].start, self.tokens[stop - 1].end
            found = [
                m
                for m in self.paragraph.mentions
                if m.kind is MentionKind.ACTOR and left <= m.span.start < right and m.type != "state"
            ]
            if not found:
                continue
            return tuple(
                Party(_with_article(self.paragraph, m), source_of(self.annotated, self.paragraph, m.span), m.entity)
                for m in found
            )
        return ()


def _with_article(paragraph: AnnotatedParagraph, mention: Mention) -> str:
    before = next((t for t in reversed(paragraph.tokens) if t.end <= mention.span.start), None)
    return f"{before.text} {mention.surface}" if before is not None and before.lower == "the" else mention.surface


def _agrees(pronoun: str, mention: Mention) -> bool:
    plural = mention.surface.rstrip(".").endswith("s") and not mention.surface.endswith(("ss", "us"))
    if pronoun in {"him", "her", "he", "she"}:
        return mention.type in _PERSONS
    if pronoun in {"them", "they"}:
        return plural or mention.type == "group"
    return not plural and mention.type not in _PERSONS | {"state"}

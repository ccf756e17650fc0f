"""Verbs with a subject of their own: statements in the third person, narrated conclusions, "we" of declarations, and speeches.

In: a paragraph, its verb forms, and the form of its section (`lexicons/forms.csv`), which says who speaks in it and in which verb forms. Out:
the verbs that state, each with the subject printed before it, if any. A subject opens a sentence or clause; verbs coordinated with its first
go on in the same verb form.

Rule: annotation guidelines, `commit`, `thank`, and the section *Forms other than resolutions*; S/AC.51/2020/11 paras. 3 and 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mandategraph.interpreting.boundaries import Begun, Places, skip_adverbs
from mandategraph.lexicon import Form, Tables, pledge_rule
from mandategraph.phrasing.words import DETERMINERS, RELATIVES, Morphology, is_adverb
from mandategraph.records import Act, AnnotatedParagraph, Genre, MentionKind, ParagraphKind, Token, Trigger

# Tokens that a subject has at most, and a phrase between commas before the verb.
_SUBJECT, _INSERTED = 14, 12
_TENSES = frozenset({"past", "finite", "base"})
_OTHERS = frozenset("resolution resolutions decision decisions".split())
_BEFORE_CAPITAL = frozenset(') . : ; "'.split())
_GOES_ON = frozenset({"and", ",and", ",", "but", ";and", ";"})
_LEADERS = re.compile(r"\bheads of state(?: (?:and|or|and of) governments?)?")
_OF_BODY = re.compile(r" (?:on|of|to|for|in) ")
# Forms in whose lists a gerund is what somebody is to do; in conclusions it is what a letter says.
TASKED = frozenset({Genre.DECLARATION, Genre.LETTER, Genre.MEETING_REPORT, Genre.REPORT, Genre.RULES})
# Forms that state nothing without a speaker: their participles tell what is being done.
SPOKEN = TASKED - {Genre.DECLARATION, Genre.MEETING_REPORT}
# What stands between a speaker and his verb: "I wish to thank", "I should like to recall".
_POLITE = (("would", "like", "to"), ("should", "like", "to"), ("wish", "to"))
_MEMBERS = re.compile(r"^(?:the |its )?(?:members? of )?(?:the )?")


class Narrator:
    """Finds narrated verbs with one set of tables."""

    def __init__(self, tables: Tables, morphology: Morphology, places: Places, opening: frozenset[str]) -> None:
        self.tables = tables
        self.morphology = morphology
        self.places = places
        self._opening = opening

    def narrated(
        self, paragraph: AnnotatedParagraph, candidates: dict[int, list[Trigger]], form: Form, *, listed: str = ""
    ) -> list[Begun]:
        """Return the verbs whose subject, at the start of a sentence or clause, is the speaker, and those that go on with them.

        Args:
            paragraph: with its tokens and names.
            candidates: verb forms by the token at which they begin.
            form: of the paragraph's section.
            listed: the verb form of a paragraph that goes on with the subject of its lead-in, else "".
        """
        tokens = paragraph.tokens
        begun: list[Begun] = []
        covered, tense = -1, listed
        first = skip_adverbs(tokens, 0)
        for i in range(len(tokens)):
            if i < covered:
                continue
            if tokens[i].lower == "." or (tokens[i].lower == ";" and not listed):
                tense = ""
            found = self._opened(paragraph, i, first, candidates, form, listed)
            found = found or self._spoken(paragraph, i, candidates, form)
            if found is not None and found[2] is not None and not self._is_told(tokens, found[2], begun):
                found = None
            if found is None and tense:
                found = self._coordinated(tokens, i, candidates, form, tense, begun[-1][0] if begun else first)
            found = found or self._trailing(tokens, i, candidates, form, chaining=bool(tense))
            if found is None:
                continue
            begun.append(found)
            said = found[1].form
            if found[1].frame == "adjective":
                tense = "any" if i != first else ""
            else:
                tense = said if said in _TENSES else tense
            covered = i + self.places.length(tokens, i, found[1])
        if not listed and not any(subject for _, _, subject in begun):
            is_told = form.genre is Genre.MEETING_REPORT and all(
                trigger.form == "participle" for _, trigger, _ in begun
            )
            begun = [] if form.genre in SPOKEN or is_told else begun
        return self._agreements(tokens, begun)

    def _opened(
        self,
        paragraph: AnnotatedParagraph,
        i: int,
        first: int,
        candidates: dict[int, list[Trigger]],
        form: Form,
        listed: str,
    ) -> Begun | None:
        """Return the verb that opens a paragraph: a participle before the sentence, or that of a list item, be it a modal."""
        if i != first:
            return None
        if (listed == "base" or self.pledges(paragraph, i)) and (modal := self._modal(paragraph.tokens, i, form)):
            return i, modal, None
        is_task = paragraph.paragraph.depth and paragraph.section.genre in TASKED and listed != "past"
        forms = () if is_task else (listed, "participle")
        options = sorted(candidates.get(i, ()), key=lambda t: t.frame == "adjective")
        trigger = next((t for said in forms for t in options if t.form == said), None)
        return (i, trigger, None) if trigger is not None else None

    def pledges(self, paragraph: AnnotatedParagraph, i: int) -> bool:
        """Return whether an operative paragraph of a resolution opens with what its body promises: "Will revert to this matter"."""
        form = self.tables.forms[paragraph.section.genre]
        stands = paragraph.paragraph.kind is ParagraphKind.OPERATIVE and not paragraph.paragraph.depth
        is_drafted = form.genre is Genre.RESOLUTION and stands and not paragraph.section.key.startswith("annex")
        return is_drafted and i < len(paragraph.tokens) and self._modal(paragraph.tokens, i, form) is not None

    @staticmethod
    def _is_told(tokens: Sequence[Token], subject: tuple[int, int], begun: Sequence[Begun]) -> bool:
        """Return whether a subject tells what its document does, and not what another did.

        "It" stands for the body where it opens the paragraph or another statement stands before; "in its resolution 12/3, the Board requested"
        tells of another document.
        """
        start = subject[0]
        if tokens[start].lower == "it" and start > 1 and not begun:
            return False
        if sum(token.text == '"' for token in tokens[1:start]) % 2:
            # What a quotation says in a sentence is somebody else's.
            return False
        opens = next((k + 1 for k in range(start - 1, -1, -1) if tokens[k].lower in {".", ";"}), 0)
        before = [t.lower for t in tokens[opens:start]]
        return not (before[:1] and before[0] in {"in", "by", "under"} and _OTHERS & set(before))

    def _spoken(
        self, paragraph: AnnotatedParagraph, i: int, candidates: dict[int, list[Trigger]], form: Form
    ) -> Begun | None:
        """Return a verb that has the speaker as its subject, be it a modal that binds him."""
        options = candidates.get(i, ())
        modal = self._modal(paragraph.tokens, i, form)
        if modal is None and not options:
            return None
        is_perfect = i > 0 and paragraph.tokens[i - 1].lower == "have" and any(t.form == "past" for t in options)
        start = i - 1 if is_perfect or (modal and paragraph.tokens[i].lower in {"committed", "pledged"}) else i
        subject = self.subject(paragraph, start, form)
        if subject is None:
            return None
        who = self._who(paragraph, *subject, form)
        if modal is not None:
            return (i, modal, subject) if "base" in form.speakers[who] else None
        forms = form.speakers.get(who, ())
        wanted = ("past",) if is_perfect and "perfect" in forms else () if is_perfect else forms
        # "I have continued to" tells, "I have decided to" decides.
        told = self._opening if is_perfect else frozenset()
        trigger = next((t for f in wanted for t in options if t.form == f and t.rule not in told), None)
        return (i, trigger, subject) if trigger is not None else None

    def _coordinated(
        self,
        tokens: Sequence[Token],
        i: int,
        candidates: dict[int, list[Trigger]],
        form: Form,
        tense: str,
        last: int,
    ) -> Begun | None:
        """Return a verb that goes on with the last one's subject: "welcomed X and requested Y"."""
        boundary = self.places.boundary(tokens, i)
        is_name = tokens[i].text.istitle() and tokens[i - 1].text not in _BEFORE_CAPITAL
        if boundary not in _GOES_ON or is_name or self.places.is_noun(tokens, i):
            return None
        if (modal := self._modal(tokens, i, form)) is not None:
            # "I am convinced that it will help and will last" promises nothing.
            return None if any(t.lower == "that" for t in tokens[last + 1 : i]) else (i, modal, None)
        for trigger in candidates.get(i, ()):
            if trigger.form not in (_TENSES if tense == "any" else {tense}) or trigger.rule in self._opening:
                continue
            if trigger.form == "past" and boundary == "," and self._is_by_another(tokens, i, trigger):
                continue
            if tense == "base" and self._is_infinitive(tokens, i, trigger, boundary, last):
                continue
            return i, trigger, None
        return None

    def _is_by_another(self, tokens: Sequence[Token], i: int, trigger: Trigger) -> bool:
        """Return whether a participle tells what somebody else did: "the protocol, adopted by the conference"."""
        after = [t.lower for t in tokens[i + self.places.length(tokens, i, trigger) :][:2]]
        return after[:1] == ["by"] and after[1:] in (["the"], ["a"], ["its"], ["all"])

    def _is_infinitive(self, tokens: Sequence[Token], i: int, trigger: Trigger, boundary: str, last: int) -> bool:
        """Return whether a base form can belong to an infinitive before it: "to promote and support"."""
        has_infinitive = any(
            tokens[k].lower == "to" and self.morphology.is_verb(tokens[min(skip_adverbs(tokens, k + 1), i)].lower)
            for k in range(last + 1, i)
        )
        after = i + self.places.length(tokens, i, trigger)
        is_said = after < len(tokens) and tokens[after].lower in {"that", "with"}
        return has_infinitive and not (boundary in {",and", ";and"} and (trigger.frame == "addressee" or is_said))

    def _trailing(
        self, tokens: Sequence[Token], i: int, candidates: dict[int, list[Trigger]], form: Form, *, chaining: bool
    ) -> Begun | None:
        """Return a participle that goes on with a sentence: ", noting that"; "they were concerned"."""
        if "government" in form.speakers:
            return None
        options = [t for t in candidates.get(i, ()) if t.rule not in self._opening]
        trailing = next((t for t in options if t.form == "participle"), None)
        if trailing is not None:
            boundary = self.places.boundary(tokens, i)
            is_apart = boundary in {";", ",while", ";while", "while"} and (chaining or form.genre not in TASKED)
            if is_apart or (chaining and boundary in {",", ",and", ";and"}):
                return i, trailing, None
        is_others = (
            form.genre is Genre.MEETING_REPORT and tokens[max(0, i - 2)].lower in {"it", "they"} and not chaining
        )
        if self._is_feeling(tokens, i) and not is_others:
            return next(((i, t, None) for t in options if t.frame == "adjective"), None)
        return None

    def _agreements(self, tokens: Sequence[Token], begun: list[Begun]) -> list[Begun]:
        """ "agreed to recommend that" states a recommendation: the verb is the one agreed on."""
        result = []
        for i, trigger, subject in begun:
            if (
                trigger.verb in {"agree", "decide"}
                and i + 3 < len(tokens)
                and tokens[i + 1].lower == "to"
                and (tokens[i + 3].lower == "that" or tokens[i + 3].lower in DETERMINERS)
            ):
                row = next(
                    (v for v in self.tables.verbs if v.frame == "addressee" and tokens[i + 2].lower in v.forms[0]), None
                )
                if row is not None:
                    token = tokens[i + 2]
                    result.append((i + 2, row.trigger(token.span, "base"), subject))
                    continue
            result.append((i, trigger, subject))
        return result

    @staticmethod
    def _is_feeling(tokens: Sequence[Token], i: int) -> bool:
        """ "they were particularly concerned by"."""
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        return (
            j >= 1
            and tokens[j].lower in {"were", "was", "are", "is", "am", "remained", "remain"}
            and tokens[j - 1].lower in {"they", "it", "we", "i", "council", "group", "members", "committee"}
        )

    def subject(self, paragraph: AnnotatedParagraph, i: int, form: Form) -> tuple[int, int] | None:
        """Return the subject before a verb where it opens a sentence and is the speaker; None otherwise."""
        tokens = paragraph.tokens
        j = i - 1
        while j >= 0 and is_adverb(tokens[j].lower):
            j -= 1
        j -= next((len(p) for p in _POLITE if tuple(t.lower for t in tokens[max(0, j + 1 - len(p)) : j + 1]) == p), 0)
        if j > 0 and tokens[j].lower == ",":
            return self._early_subject(paragraph, j, form)
        end = j + 1
        while (
            j >= 0 and tokens[j].lower not in {".", ";", ":"} and not (tokens[j].lower == "," and end - j > _INSERTED)
        ):
            is_joint = tokens[j].lower in {",", "and", "that", "why", "how"} and (end - j) <= _INSERTED
            # "The Heads of State and Government": a name goes on behind "and".
            if is_joint and (tokens[j].lower != "and" or j + 2 < end or self._who(paragraph, j + 1, end, form)):
                break
            j -= 1
        start = j + 1
        if start >= end or end - start > _SUBJECT:
            return None
        if j >= 0 and tokens[j].lower in {"that", "why", "how"} and not _is_informed(tokens, j, start):
            return None
        while tokens[start].lower in {"and", '"', "'"} and start + 1 < end:
            start += 1
        return (start, end) if self._who(paragraph, start, end, form) else None

    def _early_subject(self, paragraph: AnnotatedParagraph, comma: int, form: Form) -> tuple[int, int] | None:
        """Return the speaker at the start of a sentence where a phrase stands between it and the verb.

        "The Security Council, in this regard, urges": `comma` is the one before the verb.
        """
        tokens = paragraph.tokens
        opens = next((k + 1 for k in range(comma - 1, -1, -1) if tokens[k].lower in {".", ";"}), 0)
        while opens < comma and tokens[opens].lower in {'"', "'"}:
            opens += 1
        close = next((k for k in range(opens, comma) if tokens[k].lower == ","), None)
        if close is None or close - opens > _SUBJECT or not self._who(paragraph, opens, close, form):
            return None
        return opens, close

    def _who(self, paragraph: AnnotatedParagraph, start: int, end: int, form: Form) -> str:
        """Return which speaker of a form a noun phrase is: a pronoun, "body", "government", or "" where it is none."""
        tokens = paragraph.tokens
        words = [t.lower for t in tokens[start:end] if t.lower not in {'"', "'"}]
        if len(words) == 1 and words[0] in form.speakers:
            return words[0]
        if not words or any(w in RELATIVES or w in {"that", "to"} for w in words if "body" not in form.speakers):
            return ""
        if "government" in form.speakers:
            left, right = tokens[start].start, tokens[end - 1].end
            named = (m for m in paragraph.mentions if m.kind is MentionKind.ACTOR and m.type == "government")
            return "government" if any(left <= m.span.start and m.span.end == right for m in named) else ""
        issuer = paragraph.section.issuer
        if "body" not in form.speakers or not issuer:
            return ""
        return "body" if _MEMBERS.sub("", " ".join(words)) in _names_of(issuer) else ""

    def _modal(self, tokens: Sequence[Token], i: int, form: Form) -> Trigger | None:
        """Return the modal with which a speaker binds himself: "we will organize", "we are committed to", "has pledged"."""
        word = tokens[i].lower
        if not form.modals or i + 1 >= len(tokens):
            return None
        before, after = tokens[i - 1].lower if i else "", tokens[i + 1].lower
        if word == "committed" and after == "to" and before in {"are", "is", "am"}:
            return _pledged(tokens[i], "commit")
        if word == "pledged" and before in {"has", "have"}:
            return _pledged(tokens[i], "commit")
        verb = form.modals.get(word)
        if verb is None or after == "be" or (word == "need" and after != "to"):
            return None
        k = skip_adverbs(tokens, i + 2 if after in {"not", "to"} else i + 1)
        return _pledged(tokens[i], verb) if k < len(tokens) and self.morphology.is_verb(tokens[k].lower) else None


def _is_informed(tokens: Sequence[Token], that: int, start: int) -> bool:
    """Return whether a letter's writer informs of what he himself does: "I wish to inform you that I have decided"."""
    is_own = that + 1 == start and tokens[start].lower in {"i", "we"}
    return is_own and any(t.lower == "inform" for t in tokens[max(0, that - _SUBJECT) : that])


def _names_of(issuer: str) -> set[str]:
    """Return what a body is called in its own documents: "Committee on Housing", "Committee", its initials, and "Heads of State" of the "Assembly of Heads of State"."""
    low = issuer.lower()
    leaders = _LEADERS.search(low)
    main = _OF_BODY.split(issuer)[0]
    initials = "".join(word[0] for word in main.split() if word[:1].isupper()).lower()
    return {
        low,
        main.lower(),
        main.split()[-1].lower(),
        "members",
        *([initials] if len(initials) > 2 else []),
        *([leaders[0]] if leaders else []),
    }


def _pledged(token: Token, verb: str) -> Trigger:
    return Trigger(token.span, verb, "finite", "pledge", Act.COMMITMENT, 3, pledge_rule(verb))

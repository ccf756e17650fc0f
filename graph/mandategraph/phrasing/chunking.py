"""Tokens -> phrases without inner structure: noun phrases, verb groups, prepositions, openers of clauses, joints, marks.

One walk from left to right. What a word is depends on its lexicon, on the phrase before it and on the word after it: "the existing
measures" is a noun phrase, "measures existing in" a noun phrase and a participle, "to support of" a preposition and a noun phrase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mandategraph.phrasing.words import (
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    Morphology,
    guessed_base,
    is_adverb,
    looks_nominal,
    singular,
)
from mandategraph.records import AnnotatedParagraph, Mention, MentionKind, Token
from mandategraph.records.phrases import Phrase, PhraseKind, VerbForm

_OPENERS = frozenset(
    "that which who whom whose where when whenever if unless while whereas because whether although provided once".split()
)
_JOINTS = frozenset("and or nor but & and/or".split())
_EXPANDERS = frozenset("including notably particularly especially".split())
_MARKS = frozenset(', ; : . ( ) [ ] " “ ” ‘ ’ – — - …'.split())
_ITEM_MARKS = frozenset(") : – — - •".split())
_BEHIND_UNKNOWN = DETERMINERS | frozenset("themselves itself himself herself".split())
_HANGING = frozenset({VerbForm.GERUND, VerbForm.PARTICIPLE})
_RELATIVES = frozenset("that who which".split())
_PARTICLES = frozenset("out up forth off over down back".split())
_HAVE, _BE = frozenset("have has had having".split()), frozenset("be is are was were been being".split())
_MEASURES = frozenset("more most further much less".split())
_DO = frozenset("do does did".split())
_AFTER_VERB = DETERMINERS | PRONOUNS | frozenset("to with that over up out off back".split())


class Chunker:
    """Finds phrases with one set of tables."""

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology

    def chunk(self, paragraph: AnnotatedParagraph, stated: Mapping[int, int]) -> list[Phrase]:
        """Return the phrases of a paragraph, each token in one of them.

        Args:
            paragraph: with its names.
            stated: the verbs that state something: first token of each, and one past its last.
        """
        return _Walk(self.morphology, paragraph, stated).phrases()


class _Walk:
    """The walk over one paragraph."""

    def __init__(self, morphology: Morphology, paragraph: AnnotatedParagraph, stated: Mapping[int, int]) -> None:
        self.words = morphology
        self.frames = morphology.tables.frames
        self.tokens: Sequence[Token] = paragraph.tokens
        self.named = _names(paragraph)
        self.inside = {k for begin, (_, end) in self.named.items() for k in range(begin, end)}
        self.stated = stated
        self.found: list[Phrase] = []
        self.spoken: set[int] = set()
        self.closed: set[int] = set()

    def phrases(self) -> list[Phrase]:
        at = 0
        while at < len(self.tokens):
            phrase = self._phrase(at)
            self.found.append(phrase)
            at = phrase.end
        return self.found

    def _lower(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def _phrase(self, at: int) -> Phrase:
        """Return the phrase that begins at a token."""
        word = self.tokens[at].lower
        if at in self.named:
            return self._noun(at)
        if at in self.spoken:
            return Phrase(PhraseKind.ADVERB, at, at + 1, at, word)
        if (end := self.stated.get(at)) is not None:
            return Phrase(PhraseKind.VERB, at, end, at, word, VerbForm.FINITE)
        if word in _MARKS:
            return Phrase(PhraseKind.MARK, at, at + 1, at, word)
        if joint := self._joint(at):
            return joint
        if word in _OPENERS and not self._points(at):
            end = at + 2 if word == "provided" and self._lower(at + 1) == "that" else at + 1
            return Phrase(PhraseKind.OPENER, at, end, at, word)
        return self._verb(at) or self._other(at)

    def _other(self, at: int) -> Phrase:
        word = self.tokens[at].lower
        if word in PREPOSITIONS:
            return Phrase(PhraseKind.PREPOSITION, at, at + 1, at, word)
        if word in _PARTICLES | {"not"} or (is_adverb(word) and not self._modifies(at)):
            return Phrase(PhraseKind.ADVERB, at, at + 1, at, word)
        return self._noun(at)

    def _joint(self, at: int) -> Phrase | None:
        word = self.tokens[at].lower
        ahead = [t.lower for t in self.tokens[at : at + 3]]
        if ahead == ["as", "well", "as"]:
            return Phrase(PhraseKind.JOINT, at, at + 3, at, "and")
        if ahead[:2] in (["such", "as"], ["in", "particular"]):
            return Phrase(PhraseKind.JOINT, at, at + 2, at, "including")
        if word in _JOINTS:
            return Phrase(PhraseKind.JOINT, at, at + 1, at, "or" if word in {"or", "nor"} else "and")
        if word in _EXPANDERS:
            return Phrase(PhraseKind.JOINT, at, at + 1, at, "including")
        return None

    def _points(self, at: int) -> bool:
        """Return whether "that" is no opener but points: "in that regard", "that Council"."""
        before = self.found[-1].kind if self.found else PhraseKind.MARK
        return self._lower(at) == "that" and before is PhraseKind.PREPOSITION

    def _modifies(self, at: int) -> bool:
        """Return whether an adverb belongs to the noun phrase that it begins: "more effective measures", "further steps"."""
        following = self._lower(at + 1)
        if self._lower(at) in _MEASURES and self._goes_on_as_noun(at + 1) and not self.words.is_verb(following):
            return at + 1 not in self.stated
        is_participle = following.endswith("ed") and self._goes_on_as_noun(at + 2)
        return at + 1 not in self.stated and (is_participle or self.words.is_adjective(following))

    # verbs

    def _verb(self, at: int) -> Phrase | None:
        """Return the verb group that begins at a token, or None."""
        word = self.tokens[at].lower
        if word == "to" or (word == "not" and self._lower(at + 1) == "to"):
            return self._infinitive(at)
        if word in MODALS:
            return self._group(at, at + 1, VerbForm.FINITE, modal=word)
        if word in _BE | _HAVE | _DO:
            form = VerbForm.GERUND if word in {"being", "having"} else VerbForm.FINITE
            return self._group(at, at, VerbForm.INFINITIVE if word == "be" else form)
        if word == "not" and self._is_base(at + 1):
            return self._group(at, at, VerbForm.BASE)
        if is_adverb(word):
            return None
        if self._is_base(at):
            return Phrase(PhraseKind.VERB, at, at + 1, at, word, VerbForm.BASE)
        if base := self._gerund(at):
            return Phrase(PhraseKind.VERB, at, at + 1, at, base, VerbForm.GERUND)
        if base := self._participle(at):
            is_past = self._follows_subject() and self._lower(at + 1) in _AFTER_VERB
            form = VerbForm.FINITE if is_past else VerbForm.PARTICIPLE
            return Phrase(PhraseKind.VERB, at, at + 1, at, base, form, is_passive=not is_past)
        if base := self._finite(at):
            return Phrase(PhraseKind.VERB, at, at + 1, at, base, VerbForm.FINITE)
        return None

    def _follows_somebody(self) -> bool:
        """Return whether "to" follows somebody or "and", so that a verb follows it."""
        before = self._before()
        if before is None or before.kind is PhraseKind.JOINT:
            return True
        if before.kind is not PhraseKind.NOUN:
            return False
        has_name = before.mention is not None and before.mention.kind is MentionKind.ACTOR
        return has_name or self.words.is_actor_noun(before.word) or self.words.is_actor_noun(self._lower(before.head))

    def _follows_subject(self) -> bool:
        return bool(self.found) and self.found[-1].kind is PhraseKind.NOUN and not self.found[-1].is_owner

    def _infinitive(self, at: int) -> Phrase | None:
        is_negated = self._lower(at) == "not"
        group = self._group(at, at + 1 + is_negated, VerbForm.INFINITIVE)
        if group is None or group.head <= at + is_negated:
            return None
        return replace(group, is_negated=True) if is_negated else group

    def _group(self, begin: int, at: int, form: VerbForm, *, modal: str = "") -> Phrase | None:
        """Return a verb group: auxiliaries, adverbs, what a pair of commas inserts, and the verb behind them."""
        is_negated = is_passive = False
        auxiliary = ""
        end = len(self.tokens)
        while at < end:
            word = self.tokens[at].lower
            if (
                word == "and"
                and at > begin + 1
                and is_adverb(self._lower(at - 1))
                and (verb := self._behind_manner(at))
            ):
                at = verb
                break
            if word == "not":
                is_negated = True
            elif word in _BE | _HAVE | _DO:
                auxiliary, head = word, at
            elif not is_adverb(word) or self._is_further(at):
                break
            at += 1
        base = self._base_at(at, begin, auxiliary, modal)
        if base is None and self._lower(at) == "," and (form is VerbForm.INFINITIVE or modal):
            return self._parted(begin, at, form, modal, is_negated=is_negated)
        if base is not None:
            is_passive = auxiliary in _BE and not self._lower(at).endswith("ing")
            return Phrase(PhraseKind.VERB, begin, at + 1, at, base, form, modal, is_negated, is_passive)
        if auxiliary:
            base = "be" if auxiliary in _BE else "have" if auxiliary in _HAVE else "do"
            return Phrase(PhraseKind.VERB, begin, head + 1, head, base, form, modal, is_negated)
        if modal:
            parted = (
                self._parted(begin, at, form, modal, is_negated=is_negated)
                if self._lower(at) in PREPOSITIONS | {"no"}
                else None
            )
            parted = parted or self._carried(begin, at, form, modal, is_negated=is_negated)
            return parted or Phrase(PhraseKind.VERB, begin, begin + 1, begin, "", form, modal, is_negated)
        return None

    def _base_at(self, at: int, begin: int, auxiliary: str, modal: str) -> str | None:
        """Return the base form of the verb of a group, or None where there is none at a token."""
        if at >= len(self.tokens) or at in self.named:
            return None
        word = self.tokens[at].lower
        if auxiliary in _BE | _HAVE:
            base = self.words.of_participle(word) or self.words.of_gerund(word)
            is_regular = word.endswith(("ed", "ing")) and len(word) > 4 and not self.words.is_adjective(word)
            return base or (guessed_base(word) if is_regular else None)
        if modal or auxiliary in _DO:
            return word if self.words.is_verb(word) or self._is_plain(at) else None
        if at == begin:
            return None
        return word if self._looks_verbal(at) else None

    def _parted(self, begin: int, comma: int, form: VerbForm, modal: str, *, is_negated: bool) -> Phrase | None:
        """Return the group of "to, as appropriate, take" and "shall, within its mandate, support": its verb stands behind the commas."""
        close = next((k for k in range(comma + 1, len(self.tokens)) if self._lower(k) in {",", ";", ":", "."}), None)
        while close is not None and self._lower(close) == ",":
            at = close + 1
            while at < len(self.tokens) and (is_adverb(self._lower(at)) or self._lower(at) in {"and", "not"}):
                at += 1
            if at < len(self.tokens) and at not in self.named and self.words.is_verb(self._lower(at)):
                self.spoken.add(at)
                return Phrase(PhraseKind.VERB, begin, comma, at, self._lower(at), form, modal, is_negated)
            close = next(
                (k for k in range(close + 1, len(self.tokens)) if self._lower(k) in {",", ";", ":", "."}), None
            )
        return None

    def _carried(self, begin: int, at: int, form: VerbForm, modal: str, *, is_negated: bool) -> Phrase | None:
        """Return the group of "shall for one year ensure": its verb stands behind a phrase without commas."""
        if self._lower(at) not in PREPOSITIONS:
            return None
        for k in range(at + 1, len(self.tokens)):
            word = self._lower(k)
            if word in _MARKS | _OPENERS | {"to"}:
                return None
            if self.words.is_only_verb(word) and k not in self.inside and self._lower(k - 1) not in _JOINTS:
                self.spoken.add(k)
                return Phrase(PhraseKind.VERB, begin, begin + 1, k, word, form, modal, is_negated)
        return None

    def _behind_manner(self, at: int) -> int | None:
        """Return the verb behind "and without ...", "and in full": manner that goes on with an adverb."""
        if is_adverb(self._lower(at + 1)):
            return at + 2
        if self._lower(at + 1) not in PREPOSITIONS:
            return None
        return next((k for k in range(at + 3, len(self.tokens)) if self.words.is_verb(self._lower(k))), None)

    def _is_further(self, at: int) -> bool:
        """Return whether "further" is the verb of "to further its work"."""
        return self._lower(at) == "further" and self._lower(at + 1) in DETERMINERS

    def _looks_verbal(self, at: int) -> bool:
        """Return whether the word after "to" is a verb: "to support" and not "to support of"."""
        word, following = self._lower(at), self._lower(at + 1)
        if self._is_further(at):
            return True
        if not self.words.is_verb(word):
            return self._is_plain(at) and following in _BEHIND_UNKNOWN and not looks_nominal(word)
        if self.words.is_only_verb(word) or not following or is_adverb(self._lower(at - 1)) or at == 1:
            return True
        if following in {",", ";", "."} and self._follows_somebody():
            return True
        if following == "," and self._lower(at + 2) in _JOINTS:
            return self.words.is_verb(self._lower(at + 3))
        if following == "," and self._lower(at + 2) in PREPOSITIONS:
            return True
        if following in {",", "and", "or"}:
            after = at + 3 if self._lower(at + 2) == "to" else at + 2
            return self.words.is_verb(self._lower(after)) or is_adverb(self._lower(after))
        return following not in {"of", ";", "."}

    def _is_plain(self, at: int) -> bool:
        word = self._lower(at)
        return word.isalpha() and not self.tokens[at].text[:1].isupper() and word not in DETERMINERS | PREPOSITIONS

    def _gerund(self, at: int) -> str | None:
        """Return the base form of an -ing form that is a verb where it stands."""
        word, following = self._lower(at), self._lower(at + 1)
        base = self.words.of_gerund(word)
        is_adjective = self.words.is_adjective(word) and following != "to"
        if base is None or is_adjective or (self.found and self.found[-1].is_owner):
            return None
        if at + 1 in self.named and self.found and self.found[-1].begin in self.stated:
            return None
        before = self.found[-1] if self.found else None
        if (before is None or before.kind is PhraseKind.JOINT) and following != "of" and self._lower(0).endswith("ing"):
            return base
        is_open = (
            following in DETERMINERS | PREPOSITIONS | {"to", "that", "and", ",", ""}
            or at + 1 in self.named
            or is_adverb(following)
        )
        if before is not None and before.kind is PhraseKind.NOUN and not before.is_owner:
            return base
        return (
            base
            if (is_open and following != "of")
            or not self._goes_on_as_noun(at + 1)
            or (self.words.is_only_verb(base) and following != "of")
            else None
        )

    def _participle(self, at: int) -> str | None:
        """Return the base form of a participle that is no modifier of a noun behind it."""
        word = self._lower(at)
        base = self.words.of_participle(word)
        if base is None:
            return None
        before = self.found[-1] if self.found else None
        verb = next((p for p in reversed(self.found) if p.kind is PhraseKind.VERB), None)
        if (
            before is not None
            and before.kind is PhraseKind.JOINT
            and verb is not None
            and verb.is_passive
            and self.words.is_adjective(self._lower(at + 1))
        ):
            return base
        follows_noun = before is not None and before.kind is PhraseKind.NOUN and not before.is_owner
        return base if follows_noun or self._lower(at + 1) in _PARTICLES or not self._goes_on_as_noun(at + 1) else None

    def _goes_on_as_noun(self, at: int) -> bool:
        """Return whether a noun phrase goes on at a token that follows a word like "existing" or "armed"."""
        word = self._lower(at)
        return (
            bool(word)
            and (at in self.named or word[:1].isalnum())
            and word not in (DETERMINERS | PREPOSITIONS | _OPENERS | _JOINTS | MODALS | _BE | _HAVE)
            and not is_adverb(word)
            and word != "as"
        )

    def _is_base(self, at: int) -> bool:
        """Return whether a base form is a verb where it stands: coordinated with one, behind its subject, or first of an item."""
        word, following = self._lower(at), self._lower(at + 1)
        if at in self.named or not self.words.is_verb(word) or (at and self.tokens[at].text[:1].isupper()):
            return False
        if following in {"of", "'s"}:
            return False
        before = self._before()
        if before is None or (before.kind is PhraseKind.MARK and before.word in _ITEM_MARKS):
            return self.words.is_only_verb(word) or following not in {
                "of",
                "to",
                "for",
                "in",
                "on",
                "and",
                ",",
                "by",
                "at",
            }
        if before.begin in self.stated:
            return self._lower(before.begin) in MODALS
        if before.kind is PhraseKind.OPENER:
            is_relative = len(self.found) > 1 and self.found[-2].kind is PhraseKind.NOUN and before.word in _RELATIVES
            return is_relative and not self._begins_verb(at + 1) and following not in MODALS
        if before.kind is PhraseKind.NOUN and not before.is_owner:
            is_parted = [p.kind for p in self.found[-3:-1]] == [PhraseKind.JOINT, PhraseKind.PREPOSITION]
            return self._is_subjunctive(at) or (
                is_parted and self.words.is_only_verb(word) and self._is_joined_verb(at)
            )
        if before.kind is PhraseKind.JOINT or before.word == ",":
            return self._is_joined_verb(at)
        return False

    def _before(self) -> Phrase | None:
        return next((p for p in reversed(self.found) if p.kind is not PhraseKind.ADVERB), None)

    def _is_joined_verb(self, at: int) -> bool:
        """Return whether a base form behind "and" or a comma goes on with the infinitives before it."""
        verbs = [p for p in self.found if p.kind is PhraseKind.VERB]
        if len(self.found) > 1 and self.found[-2].begin in self.stated and self.found[-1].kind is PhraseKind.JOINT:
            return self._lower(at + 1) in _AFTER_VERB
        if not verbs or (
            verbs[-1].form not in {VerbForm.INFINITIVE, VerbForm.BASE}
            and not any(p.form in {VerbForm.INFINITIVE, VerbForm.BASE} or p.modal for p in verbs)
        ):
            return False
        word, following = self._lower(at), self._lower(at + 1)
        if self.words.is_adjective(word) and following not in DETERMINERS | PRONOUNS and at + 1 not in self.named:
            return False
        is_direct = (
            self.found[-1].kind in {PhraseKind.JOINT, PhraseKind.MARK}
            and len(self.found) > 1
            and (
                self.found[-2].kind is PhraseKind.VERB
                or (self.found[-2].word == "," and len(self.found) > 2 and self.found[-3].kind is PhraseKind.VERB)
            )
        )
        if is_direct:
            return True
        if self.words.is_only_verb(word):
            return following not in {",", ";", "."}
        if following in {"and", "or"}:
            return self.words.is_only_verb(self._lower(at + 2)) and at + 2 not in self.named
        if following in PREPOSITIONS | {"to", "that"}:
            has_frame = bool(self.frames.role(word, "verb", following)[1])
            return (
                following in _PARTICLES
                or has_frame
                or (following == "to" and self.words.is_only_verb(self._lower(at + 2)))
            )
        is_set_off = self.words.is_adjective(following) and len(self.found) > 1 and self.found[-2].word == ","
        is_clear = following in _AFTER_VERB or at + 1 in self.named or self.words.is_only_verb(following)
        return is_clear or is_set_off or following.endswith("ly")

    def _is_subjunctive(self, at: int) -> bool:
        """Return whether a base form follows its subject in a clause: "that all groups reject"."""
        opener = next(
            (
                p
                for p in reversed(self.found)
                if (p.kind in {PhraseKind.OPENER, PhraseKind.VERB} and p.form not in _HANGING) or p.word in {";", "."}
            ),
            None,
        )
        if opener is None or opener.kind is not PhraseKind.OPENER:
            return False
        word, following = self._lower(at), self._lower(at + 1)
        is_clear = following in DETERMINERS | _PARTICLES | {"to", "as", "with"} or at + 1 in self.named
        return self.words.is_only_verb(word) or is_clear or (at - 1 in self.inside and is_adverb(following))

    def _finite(self, at: int) -> str | None:
        """Return the base form of a verb in -s behind its subject: "that the mission continues"."""
        word = self._lower(at)
        before = self._before()
        if (
            not word.endswith("s")
            or before is None
            or before.kind not in {PhraseKind.NOUN, PhraseKind.OPENER}
            or at in self.named
        ):
            return None
        base = self.words.of_finite(word)
        if base is None or self._lower(at + 1) in {"of", "'s"}:
            return None
        is_clear = self.words.is_only_verb(base) or self._lower(at + 1) in DETERMINERS
        is_clear = is_clear or (self._awaits_verb() and not self._begins_verb(at + 1))
        return base if is_clear else None

    def _awaits_verb(self) -> bool:
        """Return whether a clause has its subject, and no verb yet."""
        last = next(
            (
                p
                for p in reversed(self.found)
                if p.kind in {PhraseKind.OPENER, PhraseKind.VERB} and p.form not in _HANGING
            ),
            None,
        )
        return last is not None and last.word == "that" and last.kind is PhraseKind.OPENER

    def _begins_verb(self, at: int) -> bool:
        word = self._lower(at)
        return word in MODALS | _BE | _HAVE or self.words.is_verb(word) or is_adverb(word)

    # nouns

    def _noun(self, begin: int) -> Phrase:
        """Return the noun phrase that begins at a token, its short form in brackets included."""
        at, head, mention, is_joined = begin, begin, None, False
        names: list[Mention] = []
        is_owning = self._lower(at) in DETERMINERS and self._goes_on_as_noun(at + 1)
        if self._lower(at) in PRONOUNS and at not in self.named and not is_owning and self._lower(at) != "all":
            return Phrase(PhraseKind.NOUN, at, at + 1, at, self._lower(at))
        while at < len(self.tokens):
            if at in self.named:
                mention, stop = self.named[at]
                names.append(mention)
                mention = None if is_joined else mention
                head, at = stop - 1, stop
                is_body = self.words.is_actor_noun(self._lower(at - 1)) and not self.words.is_actor_noun(
                    self._lower(at)
                )
                if self._lower(at - 1).endswith("s") and is_body:
                    self.closed.add(at - 1)
            elif self._lower(at) == "'s" and at > begin:
                return self._made(begin, at + 1, head, mention, names, is_owner=True)
            elif self._continues(at, begin):
                is_joined = is_joined or self._lower(at) in _JOINTS
                if self._lower(at) not in DETERMINERS and self._lower(at)[:1].isalnum():
                    if mention is not None and self.words.is_kind(self._lower(at)):
                        head = at - 1
                    else:
                        head, mention = at, None
                at += 1
            else:
                break
        end = self._behind_brackets(max(at, begin + 1))
        return self._made(begin, end, head, mention, names, is_owner=False)

    def _made(
        self, begin: int, end: int, head: int, mention: Mention | None, names: Sequence[Mention], *, is_owner: bool
    ) -> Phrase:
        word = singular(self._lower(head))
        others = tuple(name for name in names if name is not mention)
        return Phrase(PhraseKind.NOUN, begin, end, head, word, is_owner=is_owner, mention=mention, names=others)

    def _continues(self, at: int, begin: int) -> bool:
        """Return whether a noun phrase goes on at a token: with a word, or with "and" between modifiers of one noun."""
        word = self._lower(at)
        if at == begin or [word, self._lower(at + 1)] == ["per", "cent"]:
            return True
        if at in self.stated or at in self.spoken:
            return False
        if word in _JOINTS or word == ",":
            return self._joins_modifiers(at, begin)
        if word in DETERMINERS:
            return self._lower(at - 1) in DETERMINERS | _JOINTS or self._lower(at - 1) in {"all", "both"}
        if (
            word in _MARKS | PREPOSITIONS | _OPENERS | MODALS | _BE | _HAVE | _DO
            or word in {"to", "not", "as"}
            or word in _EXPANDERS
        ):
            return False
        before = self._lower(at - 1)
        if is_adverb(word):
            return before in DETERMINERS or (self._modifies(at) and self.words.is_adjective(before))
        if at - 1 in self.closed:
            return self.words.is_kind(word)
        is_after_head = not self._is_before_head(before)
        if is_after_head and word in _PARTICLES:
            return False
        if is_after_head and (self.words.of_participle(word) or self.words.of_gerund(word)):
            return word in {"training", "meeting", "building", "funding"} or (
                self._goes_on_as_noun(at + 1) and not word.endswith("ed")
            )
        return not (is_after_head and self._ends_before_verb(at))

    def _is_before_head(self, word: str) -> bool:
        """Return whether a word of a noun phrase stands before its head: a determiner, a number, an adjective or a joint."""
        return word in DETERMINERS | _JOINTS or self.words.is_number(word) or self.words.is_adjective(word)

    def _ends_before_verb(self, at: int) -> bool:
        """Return whether the verb of a clause stands at a token behind its subject."""
        kept, self.found = self.found, [*self.found, Phrase(PhraseKind.NOUN, at - 1, at, at - 1, self._lower(at - 1))]
        try:
            return self._finite(at) is not None or self._is_base(at)
        finally:
            self.found = kept

    def _joins_modifiers(self, at: int, begin: int) -> bool:
        """Return whether "and" or a comma stands between modifiers that share a noun: "regional, subregional and other bodies"."""
        last = self._lower(at - 1)
        if self._lower(at) == "," and self._lower(begin - 1) == "as":
            return False
        if at - 1 in self.inside or not (self.words.is_adjective(last) or last.endswith("-")):
            return False
        after = at + 2 if self._lower(at + 1) in _JOINTS else at + 1
        following = self._lower(after)
        if following in DETERMINERS - {"other"} or not following[:1].isalpha():
            return False
        return self._goes_on_as_noun(after) and not self.words.is_only_verb(following)

    def _behind_brackets(self, at: int) -> int:
        """Return where a phrase ends with the short form that it defines in brackets: "the Office (“the Office”)"."""
        if self._lower(at) != "(":
            return at
        close = next((k for k in range(at + 1, min(at + 8, len(self.tokens))) if self._lower(k) == ")"), None)
        if close is None or not any(
            self.tokens[k].text[:1].isupper() or self._lower(k) in {'"', "“"} for k in range(at + 1, close)
        ):
            return at
        return close + 1


def _names(paragraph: AnnotatedParagraph) -> dict[int, tuple[Mention, int]]:
    """Return the names of a paragraph by the token they begin at, each with one past its last; the longest of those that overlap."""
    found: dict[int, tuple[Mention, int]] = {}
    at = 0
    tokens = paragraph.tokens
    wanted = [m for m in paragraph.mentions if m.kind in {MentionKind.ACTOR, MentionKind.INSTRUMENT, MentionKind.PLACE}]
    for mention in sorted(wanted, key=lambda m: (m.span.start, -m.span.end)):
        while at < len(tokens) and tokens[at].end <= mention.span.start:
            at += 1
        if at >= len(tokens) or tokens[at].start > mention.span.start:
            continue
        end = at
        while end < len(tokens) and tokens[end].start < mention.span.end:
            end += 1
        found[at] = (mention, end)
        at = end
    return found

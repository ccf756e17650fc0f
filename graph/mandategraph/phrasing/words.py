"""Word forms: which words are verbs, and their base forms, over the lexicon of actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mandategraph.lexicon import Tables

ADVERBS = frozenset(
    "along also again already always duly ever fast further furthermore hard however in-depth indeed least likewise more most "
    "moreover much now often once otherwise quickly rather seldom so still soon then thereafter thereby therefore thus too "
    "together well yet inter alia".split()
)
NOT_ADVERBS = frozenset(
    "supply family apply rely reply comply assembly ally july italy early only imply multiply friendly likely elderly daily costly orderly timely".split()
)
DETERMINERS = frozenset(
    "a an the this that these those its his her their our my your any all some each every such no both several many "
    "other another more most few various certain".split()
)
PREPOSITIONS = frozenset(
    "of in on at for by with from into within under upon to through throughout against among between towards toward "
    "about over after before during including concerning regarding pursuant until without across as per via amongst inside outside beyond despite amid "
    "alongside onto since".split()
)
RELATIVES = frozenset("which who whom whose where".split())
PRONOUNS = frozenset("he she it them him her us you all".split())
_ACTION_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "ity", "ship", "ure", "age", "al")
_ACTOR_ENDINGS = ("ers", "ors", "ists", "ants", "ents", "ies", "ments")
_ADJECTIVE_ENDINGS = ("al", "ic", "ive", "ous", "ary", "ble", "ful", "ant")
_SIBILANTS = ("ches", "shes", "xes", "sses", "zzes", "oes")
DUTIES = frozenset("shall should must ought".split())
MODALS = frozenset("shall should must may can could will would ought".split())


@lru_cache(maxsize=32_768)
def is_adverb(word: str) -> bool:
    """Return whether a word in lower case is an adverb that may stand before a verb."""
    return word in ADVERBS or (word.endswith("ly") and word not in NOT_ADVERBS)


def is_clitic(word: str) -> bool:
    """Return whether a word is a pronoun that stands before its verb, as a glossary marks it: "it=", "to-them="."""
    return word.endswith("=") and len(word) > 1


@dataclass(frozen=True)
class Morphology:
    """The verbs of the lexicon of actions and their forms."""

    tables: Tables

    def is_verb(self, word: str) -> bool:
        """Return whether a word in lower case is the base form of a known verb."""
        return word in self.tables.actions

    def is_only_verb(self, word: str) -> bool:
        """Return whether a word is the base form of a verb and no noun."""
        return self.tables.actions.get(word) is False

    def is_known(self, word: str) -> bool:
        """Return whether a lexicon has a word: verbs, action nouns, and the word forms of the genre."""
        tables = self.tables
        return word in tables.actions or word in tables.words or word in tables.word_classes["action"]

    def is_kind(self, word: str) -> bool:
        """Return whether a noun only says what kind of body the name before it names: "the X mission"."""
        return word in self.tables.word_classes["kind"]

    def is_rank(self, word: str) -> bool:
        """Return whether a word makes another office of the one it stands before: the Deputy Secretary-General is not the Secretary-General."""
        return word in self.tables.word_classes["rank"]

    def holds_office(self, word: str) -> bool:
        """Return whether a noun names an office that one person holds: "envoy"."""
        return word in self.tables.word_classes["holder"]

    def is_transparent(self, word: str) -> bool:
        """Return whether a noun in the singular stands for those it belongs to: to support "the work of X" is to support X."""
        return word in self.tables.word_classes["transparent"]

    def takes_infinitive(self, word: str) -> bool:
        """Return whether a noun in the singular takes an infinitive of its own: "efforts to", "with a view to"."""
        return word in self.tables.word_classes["purpose"]

    def is_light(self, word: str) -> bool:
        """Return whether a verb, or a noun in the singular, leaves it to the words behind it to say what is done: "continue", "effort"."""
        return word in self.tables.word_classes["light"]

    def takes_gerund(self, word: str) -> bool:
        """Return whether a verb in its base form, or a noun in the singular before "to", takes a gerund: "encourage holding", "commit to ending"."""
        return word in self.tables.word_classes["gerund"]

    def is_particle(self, word: str) -> bool:
        """Return whether an adverb right behind a verb is part of it: "set up", "carry out"."""
        return word in self.tables.word_classes["particle"]

    def is_preposition(self, words: str) -> bool:
        """Return whether two words are a preposition together: "subject to"."""
        return words in self.tables.word_classes["preposition"]

    def is_actor_noun(self, word: str) -> bool:
        """Return whether a word in lower case is a pronoun or heads the description of somebody who can act."""
        if word.endswith("-general"):
            return True
        if word in PRONOUNS or word in self.tables.word_classes["actor"]:
            return True
        return word.endswith(("ers", "ors", "ists")) and word not in self.tables.word_classes["noun"]

    @cached_property
    def is_verbal(self) -> Callable[[str], bool]:
        """Whether a word in lower case is a form of a known verb, or ends like one; each word is asked of once."""
        forms = (self.is_verb, self.of_gerund, self.of_participle, self.of_finite)
        return lru_cache(maxsize=32_768)(lambda word: any(form(word) for form in forms))

    @cached_property
    def is_somebody(self) -> Callable[[str], bool]:
        """Whether a noun in the singular, it or its plural, heads the description of somebody who can act; each word is asked of once."""
        return lru_cache(maxsize=32_768)(lambda noun: any(map(self.is_actor_noun, (noun, plural(noun)))))

    def is_action_noun(self, word: str) -> bool:
        """Return whether a noun names something done rather than somebody who does it."""
        if word in self.tables.word_classes["action"]:
            return True
        return word.endswith(_ACTION_ENDINGS) and not word.endswith(_ACTOR_ENDINGS)

    def is_adjective(self, word: str) -> bool:
        """Return whether a word ends like an adjective that coordinates before a noun ("regional and multilateral")."""
        if word in self.tables.word_classes["adjective"]:
            return True
        is_other = word in self.tables.word_classes["noun"] or self.is_only_verb(word)
        return word.endswith(_ADJECTIVE_ENDINGS) and not is_other

    def of_gerund(self, word: str) -> str | None:
        """Return the base form of an -ing form, or None.

        Example:
            >>> from mandategraph.lexicon import load_tables
            >>> Morphology(load_tables()).of_gerund("improving")
            'improve'
        """
        if not word.endswith("ing") or len(word) < 5:
            return None
        return self._known(word[:-3])

    def of_participle(self, word: str) -> str | None:
        """Return the base form of a past participle, or None."""
        if word in self.tables.irregular:
            return self.tables.irregular[word]
        if not word.endswith("ed"):
            return None
        return self._known(word[:-2]) or (word[:-1] if word[:-1] in self.tables.actions else None)

    def of_finite(self, word: str) -> str | None:
        """Return the base form of a verb in -s, or None.

        Example:
            >>> from mandategraph.lexicon import load_tables
            >>> words = Morphology(load_tables())
            >>> words.of_finite("continues"), words.of_finite("reaches"), words.of_finite("observers")
            ('continue', 'reach', None)
        """
        base = word[:-3] + "y" if word.endswith("ies") else word[:-2] if word.endswith(_SIBILANTS) else word[:-1]
        return next((b for b in (word[:-1], base) if self.is_verb(b)), None)

    def is_number(self, word: str) -> bool:
        """Return whether a word in lower case is a number, in digits or spelt."""
        return word[:1].isdigit() or word.split("-")[0] in self.tables.numbers

    def _known(self, stem: str) -> str | None:
        candidates = [
            stem + "e",
            stem,
            stem[:-1] if stem[-2:-1] == stem[-1:] else "",
            stem[:-1] + "y" if stem.endswith("i") else "",
        ]
        return next((c for c in candidates if c and c in self.tables.actions), None)


def looks_nominal(word: str) -> bool:
    """Return whether an unknown word ends like a noun, so that it is no infinitive after "to"."""
    return word.endswith(("s", *_ACTION_ENDINGS))


def guessed_base(participle: str) -> str:
    """Return the base form of a regular participle in -ed or -ing that no lexicon has, by its ending.

    Example:
        >>> guessed_base("apprehended"), guessed_base("apportioned"), guessed_base("tallied"), guessed_base("tabulated")
        ('apprehend', 'apportion', 'tally', 'tabulate')
    """
    stem = participle.removesuffix("ed").removesuffix("ing")
    if stem.endswith("i"):
        return stem[:-1] + "y"
    return stem + "e" if stem.endswith(("at", "c", "g", "s", "u", "v", "z", "ur", "ir", "id")) else stem


@lru_cache(maxsize=32_768)
def singular(noun: str) -> str:
    """Return a noun in the singular, by its ending.

    Example:
        >>> singular("efforts"), singular("policies"), singular("access")
        ('effort', 'policy', 'access')
    """
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ss", "us", "is")) or not noun.endswith("s"):
        return noun
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1]


def plural(noun: str) -> str:
    """Return a regular noun in the plural.

    Example:
        >>> plural("team"), plural("body"), plural("day"), plural("branch")
        ('teams', 'bodies', 'days', 'branches')
    """
    if noun.endswith("y") and noun[-2:-1] not in {"a", "e", "o", "u"}:
        return noun[:-1] + "ies"
    return noun + "es" if noun.endswith(("ch", "sh", "x", "s")) else noun + "s"

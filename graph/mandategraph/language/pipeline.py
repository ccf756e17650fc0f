"""The spaCy pipeline: `blank` of the language, with the components `mg_mentions` and `mg_verbs`.

Each component writes one span group. A span's label is the kind of what was found, its `kb_id_` the entry or row it
was found by, its `id_` the rule. The tokenizer does not split at hyphens: "Secretary-General" is one word here. Names are looked for in the
printed words; verbs in those of the grammar, which in a language with a glossary are known only afterwards (`find_verbs`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex

from mandategraph.lexicon import FORMS, Tables

MENTIONS, VERBS = "mentions", "verbs"
SHORT = "GAZ-short"


def build_pipeline(tables: Tables) -> Language:
    """Return the pipeline over the given tables."""
    nlp = _blank(tables.language)
    infixes = [str(x) for x in nlp.Defaults.infixes or [] if "-" not in str(x) or "|" not in str(x)]
    nlp.tokenizer.infix_finditer = compile_infix_regex([*infixes, r"(?<=[a-zA-Z])[—;](?=[a-zA-Z])"]).finditer  # type: ignore[union-attr]
    for name in ("mg_mentions",) if tables.glossary else ("mg_mentions", "mg_verbs"):
        component = nlp.add_pipe(name)
        component.add_patterns(tables)  # type: ignore[attr-defined]
    return nlp


def _blank(language: str) -> Language:
    """Return an empty pipeline whose vocabulary knows of a new word only its letters and its lower case: nothing else is asked of it."""
    nlp = spacy.blank(language)
    lower = nlp.vocab.strings["LOWER"]
    nlp.vocab.lex_attr_getters = {lower: nlp.vocab.lex_attr_getters[lower]}  # type: ignore[attr-defined]
    return nlp


def find_verbs(tables: Tables) -> Callable[[Sequence[str]], list[Span]]:
    """Return what finds the verb forms in some words of the grammar: spans by the indices of the words."""
    nlp = _blank("en")
    verbs = Verbs(nlp, "mg_verbs")
    verbs.add_patterns(tables)
    return lambda words: verbs.match(Doc(nlp.vocab, words=list(words)))


class _Phrases:
    """Phrases matched by their letters where one word alone could be a common word, by lower case elsewhere."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.folded = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.keys: dict[int, tuple[str, str, str]] = {}

    def add(self, phrases: Iterable[tuple[str, tuple[str, str, str]]], *, fold: bool | None = None) -> None:
        """Add (phrase, (label, entry, rule)) pairs; `fold` forces matching by lower case."""
        exact: dict[str, list[Doc]] = {}
        folded: dict[str, list[Doc]] = {}
        for phrase, meaning in phrases:
            key = "\t".join(meaning)
            self.keys[self.nlp.vocab.strings.add(key)] = meaning
            doc = self.nlp.make_doc(phrase)
            by_case = len(doc) == 1 and any(c.isupper() for c in phrase) if fold is None else not fold
            (exact if by_case else folded).setdefault(key, []).append(doc)
        for key, docs in exact.items():
            self.exact.add(key, docs)
        for key, docs in folded.items():
            self.folded.add(key, docs)

    def find(self, doc: Doc) -> list[Span]:
        """Return the matches with their meaning, in reading order, longest first."""
        matches = [*self.exact(doc), *self.folded(doc)]
        found = sorted((start, -end, *self.keys[match]) for match, start, end in matches)
        return [
            Span(doc, start, -end, label=label, kb_id=entry, span_id=rule) for start, end, label, entry, rule in found
        ]


@Language.factory("mg_mentions", assigns=["doc.spans"])
class Mentions:
    """Names of the gazetteer: aliases, and short forms that linking keeps or drops."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.phrases = _Phrases(nlp)

    def add_patterns(self, tables: Tables) -> None:
        """Add the names of every entry."""
        for entry in tables.gazetteer.entries:
            self.phrases.add((alias, (entry.kind.value, entry.id, entry.rule)) for alias in entry.aliases)
            for short in entry.short_forms:
                self.phrases.add([(short, (entry.kind.value, entry.id, SHORT))], fold=short == short.lower())

    def match(self, doc: Doc) -> list[Span]:
        """Return all names in a text, overlapping ones included."""
        return self.phrases.find(doc)

    def __call__(self, doc: Doc) -> Doc:
        """Write the span group."""
        doc.spans[MENTIONS] = self.match(doc)
        return doc


@Language.factory("mg_verbs", assigns=["doc.spans"])
class Verbs:
    """Forms of operative verbs; the label is the form, the `kb_id_` the row."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.phrases = _Phrases(nlp)

    def add_patterns(self, tables: Tables) -> None:
        """Add every form of every verb."""
        for verb in tables.verbs:
            for form, variants in zip(FORMS, verb.forms, strict=True):
                self.phrases.add(((variant, (form, verb.rule, verb.rule)) for variant in variants), fold=True)

    def match(self, doc: Doc) -> list[Span]:
        """Return the verb forms in a text; where two overlap, the longer."""
        return _longest(self.phrases.find(doc))

    def __call__(self, doc: Doc) -> Doc:
        """Write the span group."""
        doc.spans[VERBS] = self.match(doc)
        return doc


def _longest(spans: list[Span]) -> list[Span]:
    """Return the spans that no longer span overlaps; several readings of one place are all kept."""
    by_length = sorted(spans, key=lambda s: (-(s.end - s.start), s.start))
    taken: dict[int, tuple[int, int]] = {}
    kept = []
    for span in by_length:
        place = (span.start, span.end)
        if all(taken.get(i, place) == place for i in range(span.start, span.end)):
            kept.append(span)
            taken.update(dict.fromkeys(range(span.start, span.end), place))
    return sorted(kept, key=lambda s: (s.start, s.label_, s.kb_id_))

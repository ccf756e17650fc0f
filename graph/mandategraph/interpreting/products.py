"""What a duty asks to produce: a report, a law.

In: the phrases of a paragraph. Out: names of products, by the table `lexicons/products.csv`. A thing counts where a verb that makes it has it as its
object or, in the passive, as its subject, or where a noun of making has it ("the adoption of the law"); what is only spoken of ("recommendations
contained in the report") does not.

Limits: a law or a report that goes by another name is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mandategraph.interpreting.counterparts import apart
from mandategraph.lexicon import Product
from mandategraph.phrasing.reaching import Reach
from mandategraph.records.phrases import Phrase, PhraseKind, VerbForm

_DONE = frozenset({VerbForm.INFINITIVE, VerbForm.BASE})
_MEANS = frozenset("by through including consider continue".split())
_PARTS = frozenset("context part framework".split())
_HEAD = r"(?: (?:on|to|of|thereon)\b.*)?$"
_INTO = frozenset({"in", "into", "within"})


class ProductReader:
    """Reads products with one table."""

    def __init__(self, rows: Mapping[str, tuple[Product, ...]]) -> None:
        self._rows = rows
        self._made = [(row, _pattern(row.words, _HEAD)) for row in rows["made"]]
        self._filled = [(row, _pattern(row.words, "")) for row in rows["put into"]]
        self._things = _pattern([word for way in ("made", "put into") for row in rows[way] for word in row.words], "")

    def read(self, reach: Reach, start: int, end: int) -> tuple[str, ...]:
        """Return what is produced by what is asked between two tokens, sorted; an aim asks nothing."""
        left_out = apart(reach, start, end, with_content=False)
        return tuple(
            sorted({p for i in reach.tree.within(start, end) if i not in left_out for p in self._of(reach, i)})
        )

    def _of(self, reach: Reach, i: int) -> Iterator[str]:
        """Yield what a phrase shows to be produced."""
        phrase = reach.phrases[i]
        if phrase.kind is PhraseKind.VERB:
            said = {phrase.word, *(f"{phrase.word} {p.word}" for p in reach.phrases[i + 1 : i + 2])}
            yield from (row.product for row in self._rows["done"] if said & set(row.words) and _is_done(reach, i))
            for row in self._rows["told"]:
                if phrase.word in row.verbs and (told := _verb_after(reach, i)) is not None and told.word in row.words:
                    yield row.product
        elif phrase.kind is PhraseKind.NOUN:
            words = " ".join(token.lower for token in reach.tree.paragraph.tokens[phrase.begin : phrase.end])
            if not self._things.search(words):
                return
            for row, thing in self._made:
                if thing.search(words) and not row.verbs.isdisjoint(_makers(reach, i)):
                    yield row.product
            for row, thing in self._filled:
                if thing.search(words) and _filled(reach, i) in row.verbs:
                    yield row.product


def _pattern(names: Iterable[str], ending: str) -> re.Pattern[str]:
    """Return the pattern of noun phrases that have one of some names in them, with a certain ending behind."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b{ending}")


def _is_done(reach: Reach, i: int) -> bool:
    """Return whether a verb says what is to be done, itself or as the means ("by reporting"), and not of whom one speaks ("who report")."""
    phrase, before = reach.phrases[i], reach.phrases[max(reach.before_adverbs(i), 0)]
    if phrase.is_passive or phrase.is_negated or before.kind is PhraseKind.OPENER:
        return False
    if phrase.form is VerbForm.GERUND:
        return before.word in _MEANS
    return phrase.form in _DONE or bool(phrase.modal)


def _makers(reach: Reach, i: int) -> Iterator[str]:
    """Yield what may make a thing: the verbs whose object it is, the one whose subject it is, the noun of making that it belongs to."""
    tie = reach.ties[i] if reach.ties[i].governor is not None else reach.ties[reach.ties[i].first]
    if tie.via == "subject" and (verb := _verb_after(reach, i)) is not None and verb.form is not VerbForm.PARTICIPLE:
        yield verb.word
    opening = reach.tree.paragraph.tokens[reach.phrases[i].begin].lower
    if tie.governor is None or (reach.is_mark(i - 1, ",") and opening in {"a", "an"}):
        yield from _joined(reach, _verb_before(reach, i))
    if tie.governor is None:
        return
    if tie.via == "of" and reach.phrases[tie.governor].kind is PhraseKind.NOUN:
        yield reach.phrases[tie.governor].word
    elif tie.via in {"object", "with"} and reach.phrases[tie.governor].kind is PhraseKind.VERB:
        yield from _joined(reach, tie.governor)


def _verb_after(reach: Reach, i: int) -> Phrase | None:
    """Return the next verb, before any mark and clause."""
    for phrase in reach.phrases[i + 1 :]:
        if phrase.kind is PhraseKind.VERB:
            return phrase
        if phrase.kind in {PhraseKind.MARK, PhraseKind.OPENER}:
            return None
    return None


def _verb_before(reach: Reach, i: int) -> int:
    """Return the index of the verb that governs what stands behind an insertion ("to submit, by 1 May, a report"), -1 where none does."""
    is_closed = False
    for k in range(i - 1, -1, -1):
        is_closed = is_closed or reach.is_mark(k, ",")
        if (reach.phrases[k].kind is PhraseKind.OPENER and not is_closed) or reach.is_mark(k, ";"):
            return -1
        if reach.phrases[k].kind is PhraseKind.VERB:
            return k
    return -1


def _joined(reach: Reach, i: int) -> Iterator[str]:
    """Yield a verb, unless it tells what was done, and the verbs before it that share its object ("adopt and implement")."""
    while i >= 0 and reach.phrases[i].kind is PhraseKind.VERB:
        if reach.phrases[i].form is not VerbForm.PARTICIPLE:
            word = reach.phrases[i].word
            yield reach.words.of_finite(word) or word
        i -= 1
        while i >= 0 and (reach.phrases[i].kind is PhraseKind.JOINT or reach.is_mark(i, ",")):
            i -= 1


def _filled(reach: Reach, i: int) -> str:
    """Return the verb that puts something into a thing ("include in his report", "provide information in the context of his report"), else ""."""
    tie = reach.ties[i]
    if tie.via == "of" and tie.governor is not None and reach.phrases[tie.governor].word in _PARTS:
        i, tie = tie.governor, reach.ties[tie.governor]
    elif tie.via not in _INTO:
        return ""
    before = tie.first - 2
    while before > 0 and reach.is_mark(before, ","):
        before -= 1
    if before >= 0 and (reach.phrases[before].kind is PhraseKind.VERB or reach.phrases[before].word == "including"):
        return reach.phrases[before].word.replace("including", "include")
    seen: set[int] = set()
    while tie.governor is not None and tie.governor not in seen:
        seen.add(tie.governor)
        i, tie = tie.governor, reach.ties[tie.governor]
        if reach.phrases[i].form is VerbForm.GERUND:
            break
        if reach.phrases[i].kind is PhraseKind.VERB:
            return "" if reach.phrases[i].form is VerbForm.PARTICIPLE else reach.phrases[i].word
    told = {VerbForm.GERUND, VerbForm.PARTICIPLE}
    verbs = (p for p in reversed(reach.phrases[:i]) if p.kind is PhraseKind.VERB and p.form not in told)
    return next((verb.word for verb in verbs), "")

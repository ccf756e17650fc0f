"""Rules of drafting about citations: years, resolutions, paragraphs and annexes that are cited.

In: a draft and what is known. Out: hits. Limits: an article, a section or a page that is cited is not looked up; a paragraph of another text is looked up only where the
text is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mandategraph.dates import find_dates, in_words
from mandategraph.drafting.drafts import Draft, Passage
from mandategraph.drafting.hits import Hit
from mandategraph.drafting.known import Known
from mandategraph.drafting.rows import DraftingRule
from mandategraph.interpreting.provisions import BETWEEN, CITED, labels_of
from mandategraph.records import Mention, MentionKind, ParagraphKind
from mandategraph.symbols import name_of, parts

_NUMBERED = re.compile(r"(?<![\d/.])(\d{1,4}) ?\((19[4-9]\d|20\d\d)\)")
_WHAT = re.compile(r"\b(?:[Rr]esolution|[Dd]ecision|[Cc]ommuniqu|[Ss]tatement|[Rr]eport|[Dd]irective|[Rr]egulation)")
# Other bodies number their resolutions alike.
_FOREIGN = re.compile(
    r"\b(?:Parliamentary|Conference|Commission|Committee|Board|Congress|European|Economic and Social)\b"
)
# Whose it is may be said behind it.
_OF_A_BODY = re.compile(
    r",? of the (?P<name>Security Council|(?:[A-Z][\w-]+ ){0,3}(?:Conference|Commission|Committee|Board|Congress|Union|Assembly|Parliament))\b"
)
# What a committee was founded by is a resolution of the Council.
_FOUNDED = re.compile(r"\b(?:pursuant to|established by|created by) $")
_OF_DAY = re.compile(r",? of (?=\d{1,2} [A-Z])")
_SESSION = re.compile(r"A/RES/(\d+)/(\d+)")
# The General Assembly opens its n-th session in September of this year and n; it resumes until the next one opens.
_FIRST, _OPENS, _ENDS = 1945, "-09-01", "-09-30"
_MOST_OF_A_SESSION, _NEARLY_ALL = 400, 0.9
_WORD = re.compile(r"[A-Za-z][a-z]{3,}")
_STEM, _SHORTEST, _BEFORE = 5, 2, 90
_FOR = re.compile(
    r"\b(?:the|its|their|his|these|those|this|an?|any|all) (?P<what>(?:(?!and\b|or\b|of\b|to\b|in\b|by\b|that\b|which\b)[\w'’-]+ ){1,4}?)(?:as )?"
    r"(?:(?:referred to|set out|set forth|described|mentioned|imposed|established|contained|specified|outlined|created|laid down|requested|defined|listed"
    r"|stipulated|provided|provided for|authorized|called for|foreseen) )?(?:in|by|at|under) (?:the )?(?:provisions of )?$"
)
_ANNEX_CITED = re.compile(
    r"\b[Aa]nnex(?:es)?(?: (?P<mark>[IVX]+|[A-Z]|\d{1,2}))?,? (?:to|of) (?:this|the present) (?:resolution|decision|declaration)\b"
    r"|\bannexed (?:hereto|to (?:this|the present) (?:resolution|decision))\b"
    r"|\b(?:set out|contained|listed|outlined|annexed|provided|specified|described|given|reproduced|included|defined) in (?:the )?annex(?: (?P<of>[IVX]+|[A-Z]|\d{1,2}))?"
    r"(?= ?[;,.]|$| hereto| below)"
)
_ANNEXED = re.compile(r"^[a-z][\w-]*/")
_ANNEX_THERE = re.compile(
    r"(?m)^\W*(?:Annex(?:es)?|ANNEX(?:ES)?|Appendix)\b(?:[ \t]+(?P<mark>[IVX]+|[A-Z]|\d{1,2})\b)?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Paragraphs that a passage cites: where, their labels, and the document; `own` are the words that say it is this one ("above"), else "" """

    passage: Passage
    start: int
    end: int
    labels: tuple[str, ...]
    symbol: str
    own: str


def references(draft: Draft) -> Iterator[Reference]:
    """Yield the paragraphs that a draft cites, of itself and of others."""
    for passage in draft.passages:
        for match in CITED.finditer(passage.text):
            own, symbol = match["own"] or "", ""
            if not own and match["of"]:
                symbol = _symbol_after(draft, passage, match.end())
            if own or symbol:
                labels = tuple(labels_of(match["list"]))
                yield Reference(passage, match.start(), match.end("list"), labels, symbol, own)


def _symbol_after(draft: Draft, passage: Passage, at: int) -> str:
    """Return the symbol of the instrument that is named right behind a place of a passage, "" where none is."""
    for mention in draft.mentions.get(passage.label, ()):
        begin = mention.span.start - passage.start
        if mention.kind is MentionKind.INSTRUMENT and mention.entity and begin >= at:
            return mention.entity if BETWEEN.fullmatch(passage.text[at:begin]) else ""
    return ""


def _council_numbers(passage: Passage) -> Iterator[re.Match[str]]:
    """Yield numbers with years that resolutions of the Security Council are cited by in a passage."""
    for found in _NUMBERED.finditer(passage.text):
        before = passage.text[: found.start()]
        what = list(_WHAT.finditer(before))
        if what and what[-1][0].lower() == "resolution":
            of = _OF_A_BODY.match(passage.text, found.end())
            if (of and of["name"] == "Security Council") or (
                not of
                and (
                    _FOUNDED.search(before[: what[-1].start()])
                    or not _FOREIGN.search(before[max(0, what[-1].start() - 60) :])
                )
            ):
                yield found


def wrong_years(draft: Draft, known: Known, _: DraftingRule) -> Iterator[Hit]:
    """Yield numbers of the Security Council with the year of another, and days on which the session of a resolution was not held."""
    for passage in draft.everything:
        for found in _council_numbers(passage):
            year = known.tables.year_of(int(found[1]))
            # One that was adopted after the draft is no resolution that is known.
            if year and year != int(found[2]) and not (draft.day and year > int(draft.day[:4])):
                reason = f"Resolution {found[1]} was adopted in {year}, not in {found[2]}."
                yield Hit(passage, passage.at(*found.span()), reason)
        for mention in draft.mentions.get(passage.label, ()):
            if mention.is_cited and (hit := _wrong_day(draft, passage, mention, known)):
                yield hit


def _wrong_day(draft: Draft, passage: Passage, mention: Mention, known: Known) -> Hit | None:
    """Return the hit of a resolution that is cited with a day on which its body had another session."""
    end = mention.span.end - passage.start
    of = _OF_DAY.match(passage.text, end)
    day = next(iter(find_dates(passage.text[of.end() : of.end() + 24])), None) if of else None
    entity = mention.entity or ""
    if day is None or of is None or day.start or len(day.iso) != len("2031-03-01"):
        return None
    place = passage.at(mention.span.start - passage.start, of.end() + day.end)
    if session := _SESSION.match(entity):
        first, last = (f"{_FIRST + int(session[1]) + n}{part}" for n, part in ((0, _OPENS), (1, _ENDS)))
        if not first <= day.iso <= last:
            held = f"from September {first[:4]} to September {last[:4]}"
            return Hit(passage, place, f"The session of {name_of(entity)} was held {held}, not on {in_words(day.iso)}.")
        return None
    own = known.heads.get(entity)
    if own and len(own.adopted) == len(day.iso) and own.adopted != day.iso:
        return Hit(passage, place, f"{name_of(entity)} is of {in_words(own.adopted)}, not of {in_words(day.iso)}.")
    number, year = parts(entity)
    if number and year != day.iso[:4]:
        return Hit(passage, place, f"{name_of(entity)} is cited with a day of another year, {in_words(day.iso)}.")
    return None


def unknown_resolutions(draft: Draft, known: Known, _: DraftingRule) -> Iterator[Hit]:
    """Yield citations of resolutions that were not adopted by the day of the draft, or that a nearly whole record has not."""
    for passage in draft.passages:
        cited = [(passage.at(*found.span()), f"S/RES/{found[1]} ({found[2]})") for found in _council_numbers(passage)]
        cited += [
            (mention.span, mention.entity)
            for mention in draft.mentions.get(passage.label, ())
            if mention.is_cited and mention.entity and _SESSION.match(mention.entity)
        ]
        for span, symbol in cited:
            if symbol not in {draft.document.symbol, *known.heads}:
                reason, sure = _unknown(symbol, draft.day, known)
                if reason:
                    yield Hit(passage, span, reason, sure)


def _unknown(symbol: str, day: str, known: Known) -> tuple[str, float]:
    """Return why a resolution is not in the record and how sure that is, ("", 0.0) where it may be."""
    number, year = parts(symbol)
    session = _SESSION.match(symbol)
    name = name_of(symbol)
    of_year = {y: last for y, _, last in known.tables.resolution_years}
    if number and day:
        last = of_year.get(int(day[:4]))
        if year > day[:4]:
            return f"{name} is of a year after the day of this draft, {in_words(day)}.", 1.0
        if last and int(number) > last:
            return (
                f"The Security Council had adopted no resolution {number} by the end of {day[:4]}: the last was {last}.",
                1.0,
            )
    if session:
        opened = f"{_FIRST + int(session[1])}{_OPENS}"
        if day and opened > day:
            return f"The session of {name} opened after the day of this draft, {in_words(day)}.", 1.0
        if int(session[2]) > _MOST_OF_A_SESSION:
            return f"No session of the General Assembly has adopted as many as {session[2]} resolutions.", 0.9
    share = known.share_of(symbol)
    if share >= _NEARLY_ALL:
        return f"The record known here has {share:.0%} of its series, and not {name}.", share
    return "", 0.0


def missing_paragraphs(draft: Draft, known: Known, _: DraftingRule) -> Iterator[Hit]:
    """Yield citations of paragraphs that neither this text nor the cited one has, or that stand on the other side."""
    # An annex may send to its own paragraphs, and to those of the text that it is annexed to.
    own = {_ANNEXED.sub("", p.label): p.text for p in draft.passages if p.is_operative}
    for ref in references(draft):
        there = own if ref.own else known.paragraphs(ref.symbol)
        whole = "this text" if ref.own else name_of(ref.symbol)
        place = ref.passage.at(ref.start, ref.end)
        for label in ref.labels:
            if there and (reason := _missing(label, there, whole)):
                yield Hit(ref.passage, place, *reason)
            elif (
                ref.own in {"above", "below"}
                and ref.passage.is_operative
                and not _ANNEXED.match(ref.passage.label)
                and "(" not in label
            ):
                is_above = int(label) < ref.passage.number
                if int(label) != ref.passage.number and is_above != (ref.own == "above"):
                    side = "above" if is_above else "below"
                    yield Hit(
                        ref.passage,
                        place,
                        f"Paragraph {label} stands {side} paragraph {ref.passage.number}, not {ref.own}.",
                    )


def _missing(label: str, there: Mapping[str, str], whole: str) -> tuple[str, float] | None:
    """Return why a text has not a paragraph and how sure that is, None where it has it or may have."""
    numbers = [int(found[0]) for key in there if (found := re.match(r"\d+", key))]
    top = int(re.match(r"\d+", label)[0])  # type: ignore[index]
    if not numbers or label in there:
        return None
    if top > max(numbers):
        return f"{whole[0].upper()}{whole[1:]} has {max(numbers)} paragraphs: there is no paragraph {label}.", 1.0
    if top not in numbers:
        return f"{whole[0].upper()}{whole[1:]} has no paragraph {label}.", 0.6
    points = [key for key in there if key.startswith(f"{top}(")]
    if "(" in label and points and not any(key.startswith(label) for key in points):
        return (
            f"Paragraph {top} of {whole} has points as far as {points[-1].removeprefix(str(top))}: there is no {label}.",
            0.8,
        )
    return None


def other_paragraphs(draft: Draft, known: Known, rule: DraftingRule) -> Iterator[Hit]:
    """Yield citations of paragraphs that share no telling word with what they are cited for."""
    own = {passage.label: passage.text for passage in draft.passages if passage.is_operative}
    for ref in references(draft):
        there = own if ref.own else known.paragraphs(ref.symbol)
        words = _cited_for(ref.passage.text[max(0, ref.start - _BEFORE) : ref.start], rule.words)
        cited = [text for label, text in there.items() if any(_is_part(label, asked) for asked in ref.labels)]
        if len(words) < _SHORTEST or not cited or not ref.passage.is_operative:
            continue
        stems = {word.lower()[:_STEM] for text in cited for word in _WORD.findall(text)}
        if not words & stems:
            whole = "this text" if ref.own else name_of(ref.symbol)
            which = (
                f"Paragraph {ref.labels[0]}"
                if len(ref.labels) == 1
                else f"Paragraphs {ref.labels[0]} to {ref.labels[-1]}"
            )
            reason = f"{which} of {whole} {'does' if len(ref.labels) == 1 else 'do'} not speak of what {'it is' if len(ref.labels) == 1 else 'they are'} cited for here."
            yield Hit(ref.passage, ref.passage.at(ref.start, ref.end), reason)


def _is_part(label: str, asked: str) -> bool:
    return label == asked or label.startswith((f"{asked}(", f"{asked}/")) or asked.startswith(f"{label}(")


def _cited_for(before: str, generic: tuple[str, ...]) -> set[str]:
    """Return the stems of what a paragraph is cited for, as far as they tell something: of "the troop ceiling set out in" those of "troop ceiling"."""
    found = _FOR.search(before)
    words = _WORD.findall(found["what"]) if found else []
    return {w.lower()[:_STEM] for w in words if not w.lower().startswith(generic) and not w[0].isupper()}


def missing_annexes(draft: Draft, _: Known, __: DraftingRule) -> Iterator[Hit]:
    """Yield citations of annexes of this text where it has none, or none of that number."""
    there = list(_ANNEX_THERE.finditer(draft.document.text.text))
    has_section = any(passage.section.startswith("annex") for passage in draft.everything)
    marks = {found["mark"] for found in there if found["mark"]}
    for passage in draft.passages:
        if passage.kind is ParagraphKind.BODY:
            continue
        for found in _ANNEX_CITED.finditer(passage.text):
            mark = found["mark"] or found["of"]
            if not there and not has_section:
                yield Hit(passage, passage.at(*found.span()), "This text has no annex.")
            elif mark and marks and mark not in marks:
                yield Hit(passage, passage.at(*found.span()), f"This text has no annex {mark}.")

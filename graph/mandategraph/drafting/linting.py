"""A draft -> findings: what is wrong in its drafting, or may be.

In: a draft, and what is known besides. Out: `Finding` records in the order of the text. Each rule is a row of `drafting.csv` and a short function over the
reading, which yields hits; level and sureness are the row's, the latter times what the hit says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mandategraph.drafting import citing, forming, mandating, naming
from mandategraph.drafting.drafts import Draft
from mandategraph.drafting.hits import Hit
from mandategraph.drafting.known import Known
from mandategraph.drafting.rows import LEVELS, DraftingRule, load_drafting_rules
from mandategraph.errors import QueryError
from mandategraph.records import SourceSpan
from mandategraph.symbols import did_you_mean

Check = Callable[[Draft, Known, DraftingRule], Iterator[Hit]]
CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "LNT-annex-missing": citing.missing_annexes,
        "LNT-authorization-open": mandating.open_authorizations,
        "LNT-bearer-unknown": naming.unknown_bearers,
        "LNT-body-misnamed": naming.misnamed_bodies,
        "LNT-cycle-open": mandating.open_cycles,
        "LNT-day-impossible": forming.impossible_days,
        "LNT-day-passed": mandating.passed_days,
        "LNT-numbering": forming.jumps,
        "LNT-paragraph-missing": citing.missing_paragraphs,
        "LNT-paragraph-other": citing.other_paragraphs,
        "LNT-paragraph-twice": forming.doubles,
        "LNT-recipient-missing": mandating.reports_to_nobody,
        "LNT-resolution-unknown": citing.unknown_resolutions,
        "LNT-resources-within": mandating.within_resources,
        "LNT-short-form-twice": naming.defined_twice,
        "LNT-short-form-undefined": naming.undefined,
        "LNT-term-open": mandating.open_terms,
        "LNT-year-wrong": citing.wrong_years,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in a place, or may be.

    Attributes:
        paragraph: label; `span`: the place in the source; `words`: that stand there, white space folded.
        reason: what is wrong, in a sentence.
        sure: how likely it is right, 0 to 1.
        is_silenced: whether the draft itself switches the rule off there.
    """

    rule: DraftingRule
    paragraph: str
    span: SourceSpan
    words: str
    reason: str
    sure: float
    is_silenced: bool = False

    @property
    def level(self) -> str:
        """How bad it is."""
        return self.rule.level


def lint(draft: Draft, known: Known, *, ignore: Iterable[str] = ()) -> list[Finding]:
    """Return the findings of all rules, in the order of the text; those that the draft switches off are marked so.

    Args:
        draft: as it was read.
        known: what is known besides.
        ignore: ids of rules that are not asked.

    Raises:
        QueryError: there is no such rule.
    """
    rules = load_drafting_rules()
    wrong = sorted(set(ignore) - set(rules))
    if wrong:
        raise QueryError(
            f"there is no rule {wrong[0]!r}", hint=did_you_mean(wrong[0], rules) or f"Use one of {', '.join(rules)}."
        )
    found = [
        _finding(draft, rules[id_], hit)
        for id_, check in CHECKS.items()
        if id_ not in ignore
        for hit in check(draft, known, rules[id_])
    ]
    return sorted(found, key=lambda each: (each.span, each.rule.id, each.reason))


def wanting(findings: Iterable[Finding], level: str) -> list[Finding]:
    """Return the findings that are of a level or above, and that the draft does not switch off."""
    least = LEVELS.index(level)
    return [each for each in findings if not each.is_silenced and LEVELS.index(each.level) >= least]


def _finding(draft: Draft, rule: DraftingRule, hit: Hit) -> Finding:
    span = hit.span if isinstance(hit.span, SourceSpan) else draft.to_source(hit.span)
    words = " ".join(draft.document.text.source.text[span.start : span.end].split())
    is_silenced = bool({(rule.id, ""), (rule.id, hit.passage.label)} & draft.silenced)
    return Finding(rule, hit.passage.label, span, words, hit.reason, round(rule.sure * hit.sure, 2), is_silenced)

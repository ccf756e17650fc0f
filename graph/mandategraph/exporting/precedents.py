"""Precedents in files: CSV and JSON for programs, Markdown to hand on, with the words that differ in bold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mandategraph.answering.marking import mark_words
from mandategraph.answering.precedents import Language, Likeness, Match, Precedent, Precedents, Uses
from mandategraph.answering.tabling import as_csv
from mandategraph.exporting.markdown import escaped
from mandategraph.indexing.index import Found

COLUMNS = (
    "paragraph", "likeness", "document", "precedent", "day", "body", "share", "similarity", "times", "verbatim", "first", "latest",
    "words", "quotation",
)  # fmt: skip
WORDINGS = ("times", "verbatim", "first", "latest", "bodies", "document", "paragraph", "quotation")


def rows(found: Precedents) -> Iterator[tuple[str, ...]]:
    """Yield a row of `COLUMNS` for each match, and one for a paragraph that has none."""
    for each in found.paragraphs:
        uses = (str(each.uses.times), str(each.uses.verbatim), _when(each.uses.first), _when(each.uses.latest))
        given = one_line(each.given.text)
        for match in each.matches:
            passage = match.passage
            scores = (f"{match.share:.2f}", f"{match.similarity:.2f}")
            place = (passage.document, passage.label, passage.day, passage.body)
            yield each.given.label, match.likeness, *place, *scores, *uses, given, one_line(passage.text)
        if not each.matches:
            yield each.given.label, Likeness.NEW, "", "", "", "", "", "", *uses, given, ""


def to_csv(found: Precedents) -> str:
    """Return precedents as CSV with a head, a row a match."""
    return as_csv(COLUMNS, rows(found))


def wording_rows(found: Language) -> Iterator[tuple[str, ...]]:
    """Yield a row of `WORDINGS` for each wording."""
    for each in found.wordings:
        bodies = ", ".join(f"{body} {count}" for body, count in each.uses.bodies)
        times = (str(each.uses.times), str(each.uses.verbatim), _when(each.uses.first), _when(each.uses.latest))
        yield *times, bodies, each.newest.document, each.newest.label, one_line(each.newest.text)


def wordings_to_csv(found: Language) -> str:
    """Return the wordings of a theme as CSV with a head."""
    return as_csv(WORDINGS, wording_rows(found))


def to_json(found: Precedents) -> str:
    """Return precedents as JSON: of the whole, then of each paragraph."""
    said = {
        "subject": found.subject.name,
        "day": found.subject.day,
        "counts": found.count(),
        "carried": round(found.carried, 4),
        "sources": [{"document": key, "paragraphs": count, "words": words} for key, count, words in found.sources],
        "paragraphs": [_plain(each) for each in found.paragraphs],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def wordings_to_json(found: Language) -> str:
    """Return the wordings of a theme as JSON."""
    said = [{"newest": _passage(each.newest), **_plain_uses(each.uses)} for each in found.wordings]
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _plain(each: Precedent) -> dict[str, Any]:
    matches = [
        {
            "likeness": match.likeness,
            "share": round(match.share, 4),
            "similarity": round(match.similarity, 4),
            **_passage(match.passage),
        }
        for match in each.matches
    ]
    return {
        "paragraph": each.given.label,
        "likeness": each.likeness,
        "text": each.given.text,
        "matches": matches,
        **_plain_uses(each.uses),
    }


def _plain_uses(uses: Uses) -> dict[str, Any]:
    return {
        "times": uses.times,
        "verbatim": uses.verbatim,
        "first": _passage(uses.first) if uses.first else None,
        "latest": _passage(uses.latest) if uses.latest else None,
        "bodies": dict(uses.bodies),
        "years": dict(uses.years),
    }


def _passage(passage: Found) -> dict[str, str]:
    return {
        "document": passage.document,
        "paragraph": passage.label,
        "day": passage.day,
        "body": passage.body,
        "text": passage.text,
    }


def to_markdown(found: Precedents) -> str:
    """Return precedents as Markdown: the sums, then each paragraph with its closest precedent, the words that differ in bold."""
    lines = [f"# Precedents of {escaped(found.subject.name)}", "", summary(found), ""]
    if found.sources:
        lines += ["| from | paragraphs | words |", "|---|---:|---:|"]
        lines += [f"| {escaped(key)} | {count} | {words} |" for key, count, words in found.sources]
        lines.append("")
    for each in found.paragraphs:
        lines += [*_item(each), ""]
    return "\n".join(lines)


def wordings_to_markdown(found: Language) -> str:
    """Return the wordings of a theme as a table in Markdown."""
    lines = [
        f"# Agreed language: {escaped(found.theme)}",
        "",
        "| times | first | latest | bodies | newest wording |",
        "|---:|---|---|---|---|",
    ]
    for times, _, first, latest, bodies, document, label, text in wording_rows(found):
        cells = (first, latest, bodies, f"{text} ({document}, {label})")
        lines.append(f"| {times} | {' | '.join(map(escaped, cells))} |")
    return "\n".join([*lines, ""])


def summary(found: Precedents) -> str:
    """Return what the paragraphs are, in one sentence."""
    counts = ", ".join(f"{count} {likeness}" for likeness, count in found.count().items() if count)
    return f"{counts}; {found.carried:.0%} of the words are carried over."


def told(uses: Uses) -> str:
    """Return how often a wording was used, when first and last, and by whom, in words; "" where it was not.

    Example:
        >>> told(Uses(0, 0, None, None, (), ()))
        ''
    """
    if not uses.times:
        return ""
    parts = [f"{uses.times} times before" if uses.times > 1 else "once before", f"{uses.verbatim} verbatim"]
    if uses.first and uses.latest:
        first = f"first {_when(uses.first)}"
        parts.append(first if uses.first == uses.latest else f"{first}, latest {_when(uses.latest)}")
    parts += [f"{body} {count}" for body, count in uses.bodies]
    return "; ".join(parts)


def one_line(text: str) -> str:
    """Return words on one line."""
    return " ".join(text.split())


def _when(passage: Found | None) -> str:
    return f"{passage.day} {passage.document}, {passage.label}" if passage else ""


def _item(each: Precedent) -> list[str]:
    label = f"{escaped(each.given.label)}: " if each.given.label else ""
    used = told(each.uses)
    lines = [f"- **{label}{each.likeness}**{f' ({escaped(used)})' if used else ''}"]
    if not each.matches:
        return [*lines, f"  - {escaped(one_line(each.given.text))}"]
    match = each.matches[0]
    place = f"{match.passage.document}, {match.passage.label}, {match.passage.day}"
    before, here = beside(match, each)
    return [*lines, f"  - {escaped(place)}: {_marked(before)}", f"  - here: {_marked(here)}"]


def beside(match: Match, each: Precedent) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return the words of a match and of the paragraph, in stretches with whether the other has them not."""
    return mark_words(one_line(match.passage.text), one_line(each.given.text))


def _marked(stretches: Sequence[tuple[str, bool]]) -> str:
    written = []
    for words, is_other in stretches:
        bare = words.rstrip()
        written.append(f"**{escaped(bare)}**{words[len(bare) :]}" if is_other and bare else escaped(words))
    return "".join(written)


def for_template(found: Precedents, link_of: Callable[[Found], str]) -> dict[str, Any]:
    """Return what the page of precedents takes; `link_of` says where a passage is to be read."""
    return {"found": found, "summary": summary(found), "link_of": link_of, "beside": beside, "told": told}

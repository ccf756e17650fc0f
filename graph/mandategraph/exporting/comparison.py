"""A comparison of two mandates in files: Markdown to read and hand on, JSON for programs.

Limits: words that changed are marked in Markdown by emphasis; marks that stand in the words themselves are escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import fields

from mandategraph.comparing import WEIGHTS, Change, Comparison, Pair, Stated, mark_words

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def to_json(comparison: Comparison, pairs: Sequence[Pair]) -> str:
    """Return pairs of a comparison as JSON, scores with their parts."""
    found = [
        {
            "changes": list(pair.changes),
            "score": round(pair.score, 4),
            "parts": dict(zip(WEIGHTS, pair.parts, strict=False)),
            "reasons": list(pair.reasons),
            "before": _plain(pair.before),
            "after": _plain(pair.after),
        }
        for pair in pairs
    ]
    said = {"earlier": comparison.earlier, "later": comparison.later, "counts": comparison.count(), "pairs": found}
    return json.dumps(said, ensure_ascii=False, indent=1)


def _plain(provision: Stated | None) -> dict[str, object] | None:
    if provision is None:
        return None
    values = ((field.name, getattr(provision, field.name)) for field in fields(provision))
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values}


def to_markdown(comparison: Comparison, pairs: Sequence[Pair]) -> str:
    """Return pairs of a comparison as Markdown, the words that changed in bold."""
    counts = ", ".join(f"{count} {change}" for change, count in comparison.count().items() if count)
    lines = [f"# {_escaped(comparison.earlier)} and {_escaped(comparison.later)}", "", f"{counts}.", ""]
    for change in Change:
        here = [pair for pair in pairs if pair.changes[0] is change]
        if here:
            lines += [f"## {change.value.capitalize()}", ""]
            for pair in here:
                lines += [*_item(pair), ""]
    return "\n".join(lines)


def _item(pair: Pair) -> list[str]:
    either = pair.after or pair.before
    assert either is not None
    places = " → ".join(f"{_escaped(p.document)}, {_escaped(p.paragraph)}" for p in (pair.before, pair.after) if p)
    also = [change.value for change in pair.changes[1:]]
    about = "; ".join(
        [*([", ".join(map(_escaped, either.names))] if either.names else []), *also, *map(_escaped, pair.reasons)]
    )
    lines = [f"- **{places}**{f' ({about})' if about else ''}"]
    if pair.before and pair.after and Change.KEPT not in pair.changes:
        before, after = mark_words(pair.before.text, pair.after.text)
        return [*lines, f"  - {_marked(before)}", f"  - {_marked(after)}"]
    return [*lines, f"  - {_escaped(either.text)}"]


def _marked(stretches: Sequence[tuple[str, bool]]) -> str:
    written = []
    for words, is_other in stretches:
        bare = words.rstrip()
        written.append(f"**{_escaped(bare)}**{words[len(bare) :]}" if is_other and bare else _escaped(words))
    return "".join(written)


def _escaped(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)

"""A comparison of two mandates in files: Markdown and HTML to read and hand on, JSON and RDF for programs.

Limits: words that changed are marked in Markdown by emphasis; marks that stand in the words themselves are escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from pyoxigraph import NamedNode, Triple

from mandategraph import __version__
from mandategraph.answering.comparing import WEIGHTS, Change, Comparison, Pair
from mandategraph.answering.marking import mark_words
from mandategraph.describing.terms import Graph, decimal, mg
from mandategraph.exporting.markdown import escaped
from mandategraph.exporting.pages import render
from mandategraph.exporting.rdf import turtle
from mandategraph.recalling.labels import paragraph_in_words
from mandategraph.recalling.statements import Stated
from mandategraph.vocabulary import (
    PROGRAM,
    PROV,
    comparison_iri,
    concept_iri,
    document_iri,
    instrument_iri,
    part_iri,
)

# A stretch without a change is folded on a page where it has more words than this; so many of its first and last words stay.
_LONG, _SHOWN = 45, 12


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
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _plain(stated: Stated | None) -> dict[str, object] | None:
    """Return a statement as JSON has it: what people compare, not where it stands in characters."""
    if stated is None:
        return None
    of_text = ("statement", "document", "mandate", "adopted", "paragraph", "section", "verb", "act", "strength", "bindingness", "status", "names", "counterparts")  # fmt: skip
    of_sets = {
        "actions": stated.heads,
        **{name: getattr(stated, name) for name in ("themes", "cites", "provisions", "conditions")},
    }
    of_time = ("when", "days", "cycles", "text")
    return {
        **{name: getattr(stated, name) for name in of_text},
        **{name: sorted(set(values)) for name, values in of_sets.items()},
        **{name: getattr(stated, name) for name in of_time},
    }


def to_markdown(comparison: Comparison, pairs: Sequence[Pair]) -> str:
    """Return pairs of a comparison as Markdown, the words that changed in bold."""
    counts = ", ".join(f"{count} {change}" for change, count in comparison.count().items() if count)
    lines = [f"# {escaped(comparison.earlier)} and {escaped(comparison.later)}", "", f"{counts}.", ""]
    for said in comparison.cautions:
        lines += [escaped(said), ""]
    for change, here in _grouped(pairs):
        lines += [f"## {change.value.capitalize()}", ""]
        for pair in here:
            lines += [*_item(pair), ""]
    return "\n".join(lines)


def _grouped(pairs: Sequence[Pair]) -> list[tuple[Change, list[Pair]]]:
    """Return pairs by their main change: what is other first, what was kept last."""
    order = sorted(Change, key=lambda change: (change is Change.KEPT, change is Change.DROPPED))
    found = [(change, [pair for pair in pairs if pair.changes[0] is change]) for change in order]
    return [(change, here) for change, here in found if here]


def to_html(comparison: Comparison, pairs: Sequence[Pair]) -> str:
    """Return pairs of a comparison as a page that stands alone, the words that changed marked."""
    title = f"{comparison.earlier} and {comparison.later}"
    return render("comparison.html", title=title, **for_template(comparison, pairs, lambda _: ""))


def for_template(
    comparison: Comparison, pairs: Sequence[Pair], link_of: Callable[[Stated], str], named: Callable[[str], str] = str
) -> dict[str, Any]:
    """Return what the template of a comparison takes.

    Args:
        comparison: of two mandates.
        pairs: of it.
        link_of: says where a statement's paragraph is to be read, "" where nowhere.
        named: gives the names of ids, which stand for themselves where it is not given.
    """
    return {
        "comparison": comparison,
        "groups": _grouped(pairs),
        "link_of": link_of,
        "named": named,
        "cite": paragraph_in_words,
        "mark_words": mark_words,
        "explained": _explained,
        "parted": _parted,
        "most": 0,
    }


def _parted(text: str) -> tuple[str, str, str]:
    """Return a stretch of words that did not change in three: its first words, what may be folded, and its last words."""
    words = re.findall(r"\S+\s*", text)
    if len(words) <= _LONG:
        return text, "", ""
    begin = text[: len(text) - len(text.lstrip())]
    return begin + "".join(words[:_SHOWN]), "".join(words[_SHOWN:-_SHOWN]), "".join(words[-_SHOWN:])


def _explained(pair: Pair) -> str:
    """Return of what a score is the sum, in words."""
    return ", ".join(f"{name} {part:.2f}" for name, part in zip(WEIGHTS, pair.parts, strict=False))


def to_turtle(comparison: Comparison, pairs: Sequence[Pair]) -> str:
    """Return pairs of a comparison as Turtle: an alignment for each, with its score, the parts of it, and what made it."""
    iri = comparison_iri(comparison.earlier, comparison.later)
    graph = Graph(iri)
    graph.type(iri, mg("Comparison"), PROV + "Entity")
    activity = part_iri(iri, "comparing")
    sides = {"earlier": comparison.earlier, "later": comparison.later}
    documents = sorted({s.document for p in comparison.pairs for s in (p.before, p.after) if s})
    graph.add(
        iri,
        *((mg(name), NamedNode(instrument_iri(key))) for name, key in sides.items()),
        *((PROV + "wasDerivedFrom", NamedNode(document_iri(key))) for key in documents),
        (PROV + "wasGeneratedBy", NamedNode(activity)),
    )
    graph.type(activity, PROV + "Activity")
    graph.add(activity, (PROV + "wasAssociatedWith", NamedNode(PROGRAM)), (mg("programVersion"), __version__))
    for pair in pairs:
        ends = [(name, side) for name, side in (("before", pair.before), ("after", pair.after)) if side]
        node = part_iri(iri, "alignment", *(side.statement.rpartition("/")[2] for _, side in ends))
        graph.type(node, mg("Alignment"))
        graph.add(
            node,
            (mg("inComparison"), NamedNode(iri)),
            *((mg(name), NamedNode(side.statement)) for name, side in ends),
            *((mg("change"), NamedNode(concept_iri("change", change))) for change in pair.changes),
            *((mg("reason"), reason) for reason in pair.reasons),
        )
        if pair.parts:
            graph.add(node, (mg("score"), decimal(pair.score)))
            graph.add(
                node, *((mg(f"{name}Score"), decimal(part)) for name, part in zip(WEIGHTS, pair.parts, strict=True))
            )
        if pair.before and pair.after:
            graph.add(pair.after.statement, (PROV + "wasDerivedFrom", NamedNode(pair.before.statement)))
    return turtle(Triple(q.subject, q.predicate, q.object) for q in graph.quads())


def _item(pair: Pair) -> list[str]:
    either = pair.after or pair.before
    assert either is not None
    places = " → ".join(f"{escaped(p.document)}, {escaped(p.paragraph)}" for p in (pair.before, pair.after) if p)
    also = [change.value for change in pair.changes[1:]]
    about = "; ".join(
        [*([", ".join(map(escaped, either.names))] if either.names else []), *also, *map(escaped, pair.reasons)]
    )
    lines = [f"- **{places}**{f' ({about})' if about else ''}"]
    if pair.before and pair.after and Change.KEPT not in pair.changes:
        before, after = mark_words(pair.before.text, pair.after.text)
        return [*lines, f"  - {_marked(before)}", f"  - {_marked(after)}"]
    return [*lines, f"  - {escaped(either.text)}"]


def _marked(stretches: Sequence[tuple[str, bool]]) -> str:
    written = []
    for words, is_other in stretches:
        bare = words.rstrip()
        written.append(f"**{escaped(bare)}**{words[len(bare) :]}" if is_other and bare else escaped(words))
    return "".join(written)

"""A draft -> the text that it takes the place of, and why that is the one.

In: a store, what a draft states, and where its words come from. Out: the key of a document, and the reason in words. In this order: who last gave the mandate that
the draft gives; the latest text of one title; of those that the draft cites, the one that most of its words come from; the text of the same body that most words come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from mandategraph.answering.precedents import Precedents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, citations
from mandategraph.recalling.facts import terms

# So much of the words of a draft come from a text that it cites, or from any, that it is its predecessor.
_CITED, _ANY = 0.05, 0.3
_LIKE_TITLE = 92


def find_predecessor(
    store: GraphStore, own: GraphStore, head: Head, heads: Mapping[str, Head], words: Precedents, day: str
) -> tuple[str, str]:
    """Return the key of the predecessor of a draft and why it is that, two empty strings where none is known.

    Args:
        store: open.
        own: a store of the draft alone.
        head: what the draft says of itself.
        heads: of the documents that may be it, by key.
        words: where the words of the draft come from.
        day: ISO 8601 day of the draft; what is not earlier is no predecessor. "" where all may be it.
    """
    earlier = {key: each for key, each in heads.items() if each.adopted and (not day or each.adopted < day)}
    same = {key: each for key, each in earlier.items() if each.body.casefold() == head.body.casefold()}
    held = {(term.kind, term.whose) for term in terms(own) if term.is_held and term.step != "ends"}
    given = [
        t
        for t in terms(store)
        if (t.kind, t.whose) in held and t.statement and t.document in earlier and t.step != "ends"
    ]
    if given:
        last = max(given, key=lambda term: (term.day, term.document))
        return last.document, "it gave the same mandate last"
    titled = [key for key, each in same.items() if _is_titled(head.title, each.title)]
    if titled:
        return max(titled, key=lambda key: (same[key].adopted, key)), "it has the same title"
    whole = sum(each.length for each in words.paragraphs) or 1
    cited = citations(own, head.key)
    shares: Sequence[tuple[str, float]] = [(key, count / whole) for key, _, count in words.sources if key in same]
    for key, share in shares:
        if (share >= _CITED and key in cited) or share >= _ANY:
            how = (
                "is cited, and more words come from it than from any other"
                if key in cited
                else "more words come from it than from any other"
            )
            return key, f"it {how}" if key in cited else how
    return "", ""


def _is_titled(title: str, other: str) -> bool:
    """Return whether two texts have one title that is more than a number."""
    is_told = all(len(each.split()) > 2 and not any(map(str.isdigit, each)) for each in (title, other))
    return is_told and fuzz.ratio(title.casefold(), other.casefold()) >= _LIKE_TITLE

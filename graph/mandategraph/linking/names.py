"""Parts of names: their head, their titles, and the ids made of them.

In: names as printed. Out: words, or an id. Shared by the steps of linking.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mandategraph.records import AnnotatedParagraph, MentionKind, Span

_UN, _PIECE = re.compile(r"\bUN\b"), re.compile(r"[^\W_]+")
LINKED = (MentionKind.ACTOR, MentionKind.INSTRUMENT)
_MODIFIER = re.compile(r" (?:of|for|on|to|in|against|with|de|du|des|pour|established|created|constituted|concerning) ")


def lead(paragraph: AnnotatedParagraph) -> int:
    """Return how many characters stand before the first token in the paragraph's text."""
    return len(paragraph.text) - len(paragraph.text.lstrip())


def titles(surface: str) -> Iterable[str]:
    """Yield the shorter titles that a name holds before its "of" or "for": "High Commissioner" of the one for refugees."""
    before = _MODIFIER.split(surface, maxsplit=1)
    if len(before) > 1:
        words = before[0].split()
        yield from (" ".join(words[n:]) for n in range(len(words) - 1))


def within(inner: Span, outer: Span) -> bool:
    """Return whether a span lies within another and is not the same."""
    return outer.covers(inner) and inner != outer


def head_of(words: str) -> str:
    """Return the noun that a capitalized name is about: the last word before its first preposition."""
    before = _MODIFIER.split(words)[0]
    return before.split()[-1].rstrip(",") if before.split() else ""


def is_modified(words: str) -> bool:
    """Return whether a name has a preposition: what "and" joins behind one may belong to it."""
    return _MODIFIER.search(words) is not None


def spelling(words: str) -> str:
    """Return what all spellings of a name have in common: hyphens, capitals and "UN" make no other body.

    Example:
        >>> spelling("UN Counter-Terrorism Office") == spelling("United Nations Counterterrorism Office")
        True
    """
    whole = _UN.sub("United Nations", words).lower().replace("organisation", "organization")
    return "".join(w for w in _PIECE.findall(whole) if w not in {"the", "s"})


def camel(words: str) -> str:
    """Return the id that a name makes: its words run together, plain letters only.

    Example:
        >>> camel("Office of the Special Envoy")
        'OfficeOfSpecialEnvoy'
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    kept = [w for w in re.findall(r"[A-Za-z0-9]+", plain.replace("'s", "")) if w not in {"the"}]
    return "".join(w[:1].upper() + w[1:] for w in kept)[:80]

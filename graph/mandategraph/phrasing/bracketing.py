"""Phrases -> one line that a linguist reads in a second: what was grouped, and what hangs on what.

`[the Council =recipient to>report]` is a noun phrase that a frame gives the role of a recipient, since "to" ties it to "report"; `{shall not
apply}` is a verb group. Coordinated phrases have the same tie.
"""

from __future__ import annotations

from mandategraph.records.phrases import Phrase, PhraseKind, Phrases, Tie


def bracketing(phrases: Phrases) -> str:
    """Return the phrases of a paragraph as a line of text."""
    return " ".join(_shown(phrases, phrase, tie) for phrase, tie in zip(phrases.phrases, phrases.ties, strict=True))


def _shown(phrases: Phrases, phrase: Phrase, tie: Tie) -> str:
    words = " ".join(token.text for token in phrases.paragraph.tokens[phrase.begin : phrase.end])
    if phrase.kind is PhraseKind.VERB:
        marks = [phrase.form, *(["passive"] if phrase.is_passive else []), *(["not"] if phrase.is_negated else [])]
        return f"{{{words} {' '.join(marks)}}}"
    if phrase.kind is not PhraseKind.NOUN:
        return words
    role = f" ={tie.role}" if tie.role else ""
    governor = f" {tie.via}>{phrases.phrases[tie.governor].word}" if tie.governor is not None else ""
    return f"[{words}{role}{governor}]"

"""Which paragraphs stand over others as their lead-ins, and which points stand under one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mandategraph.records import Annotated


def leads(annotated: Annotated) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the lead-ins over each paragraph with their words, the nearest first, by label; a part within a sentence hangs under its paragraph."""
    texts = {p.paragraph.label: p.text for p in annotated.paragraphs}
    over: dict[str, list[tuple[str, str]]] = {}
    for item in annotated.paragraphs:
        lead = item.paragraph.lead_in
        if lead is not None and item.offset is None:
            over[item.paragraph.label] = [(lead, texts.get(lead, "")), *over.get(lead, ())]
    return over


def points(annotated: Annotated) -> dict[str, str]:
    """Return the words of the points right under each paragraph that has some, by its label."""
    found: dict[str, list[str]] = {}
    for item in annotated.paragraphs:
        if item.paragraph.lead_in:
            found.setdefault(item.paragraph.lead_in, []).append(item.text)
    return {label: " ".join(texts) for label, texts in found.items()}

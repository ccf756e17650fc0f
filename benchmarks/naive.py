"""What a competent reader of leading verbs finds: one statement a paragraph, its addressees and its actions.

    python benchmarks/naive.py FOLDER > naive.jsonl
    python -m mandategraph evaluate --records naive.jsonl ANNOTATIONS

It is the honest other way, to measure against: a page of patterns that a good programmer writes in a day. It has the program's own lists of verbs, names
and actions, knows numbered, lettered and preambular paragraphs, gives points the verb and the addressees of their lead-in, and splits lists of addressees
and of actions at their commas. It has no grammar: a verb inside a paragraph is not seen, a name is what the gazetteer spells, and no condition,
counterpart, instrument or deadline is read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mandategraph.lexicon import Tables, Verb, load_tables

_LINE = re.compile(r"[^\n]+")
_LABEL = re.compile(r"[\s#*_\-–•]*(?:(?P<number>\d{1,3})\.(?!\d)|(?P<point>\(?[a-z]{1,4}\)))?[\s*_]*")
_STARTS = r"(?:^|(?<=, )|(?<=; )|(?<= and ))"
_ADVERBS = r"(?:(?:and|also|further|again|once more|in this regard|[a-z]+ly),? )*"
_AND = re.compile(r",? and (?:by |for )?|, as well as |, ")
_SHALL = re.compile(r" (?:shall|should|must|will|may) (?:not )?| to (?=[a-z])")
_FIRST_TO = re.compile(r"^to ", re.IGNORECASE)
_TO = re.compile(r",? (?:to|not to) (?=[a-z])")


@dataclass(frozen=True, slots=True)
class _Leading:
    """A verb that states, where it stands, whom it names, and the words that say what is to be done."""

    verb: Verb
    start: int
    end: int
    addressees: tuple[str, ...]
    task: str


class LeadingVerbs:
    """The reader, over the program's own tables."""

    def __init__(self, tables: Tables) -> None:
        self._forms = {form.lower(): verb for verb in tables.verbs for forms in verb.forms[:3] for form in forms}
        finite, participle = (
            sorted({f for v in tables.verbs for f in v.forms[at]}, key=len, reverse=True) for at in (1, 2)
        )
        self._numbered, self._preambular = (
            re.compile(rf"{_STARTS}{_ADVERBS}(?P<verb>{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)
            for forms in (finite, participle)
        )
        self._names = {
            name.lower().removeprefix("the "): entry.id
            for entry in tables.gazetteer.entries
            for name in (entry.label, *entry.short_forms, *entry.aliases)
        }
        self._actions = tables.actions

    def read(self, text: str, source: str) -> Iterator[dict[str, Any]]:
        """Yield the statements of a text, as `export --format jsonl` writes them."""
        status = "draft" if "draft resolution" in text[:2000].lower() else "adopted"
        preambular, number, lead = 0, "", None
        for line in _LINE.finditer(text):
            label = _LABEL.match(line[0])
            assert label is not None
            words, start = line[0][label.end() :], line.start() + label.end()
            if label["number"]:
                number, lead = label["number"], None
            found = list(self._leading(words, start, self._numbered if number else self._preambular))
            if not number and (not found or found[0].start != start):
                continue
            if label["point"] and lead and not found:
                found = [
                    _Leading(lead.verb, start, start + 1, lead.addressees, " to " + _FIRST_TO.sub("", words, count=1))
                ]
            elif found and line[0].rstrip().endswith((":", "to")):
                lead = found[-1]
            preambular += not number
            place = f"{number}{label['point'] or ''}" if number else f"pp{preambular}"
            for each in found:
                yield self._record(each, source, place, status)

    def _record(self, found: _Leading, source: str, place: str, status: str) -> dict[str, Any]:
        parties = [
            {"text": name, "id": self._names.get(name.lower().removeprefix("the "))} for name in found.addressees
        ]
        nothing: dict[str, Any] = dict.fromkeys(("counterparts", "instruments", "deadlines", "conditions"), ())
        return {
            **nothing, "record": "statement", "source": source, "start": found.start, "end": found.end, "para": place, "verb": found.verb.verb,
            "act": found.verb.act.value, "status": status, "addressees": parties, "actions": self._actions_in(found.task), "roles": {},
            "deadline": None, "source_instrument": None,
        }  # fmt: skip

    def _leading(self, words: str, at: int, pattern: re.Pattern[str]) -> Iterator[_Leading]:
        """Yield the verbs that stand at the start of a paragraph or of one of its clauses."""
        found = list(pattern.finditer(words))
        ends = [match.start() for match in found[1:]] + [len(words)]
        for match, end in zip(found, ends, strict=False):
            verb = self._forms[match["verb"].lower()]
            named, task = self._divided(verb, words[match.end() : end].split(";")[0])
            yield _Leading(verb, at + match.start("verb"), at + match.end("verb"), named, task)

    def _divided(self, verb: Verb, rest: str) -> tuple[tuple[str, ...], str]:
        """Return the addressees that stand between the verb and "to" or "shall", and what follows them."""
        says = rest.startswith(" that ")
        if not says and verb.frame != "addressee":
            return (), ""
        divided = (_SHALL if says else _TO).search(rest)
        if divided is None and (says or not rest.rstrip().endswith(":")):
            return (), ""
        end = divided.start() if divided else rest.rindex(":")
        named = rest[len(" that ") if says else 0 : end]
        return tuple(name.strip() for name in _AND.split(named) if 2 < len(name.strip()) < 80), rest[end:]

    def _actions_in(self, task: str) -> list[str]:
        """Return the first verb of the task, and those that another "to" adds."""
        found = re.findall(
            r"(?:^ (?:shall|should|must|will|may)(?: not)?|(?:^|,| and),? to) (?:[a-z]+ly )?([a-z]+)", task
        )
        return list(dict.fromkeys(word for word in found if word in self._actions))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    reader = LeadingVerbs(load_tables())
    for file in sorted(options.folder.glob("*.txt")):
        for record in reader.read(file.read_text(encoding="utf-8"), file.stem):
            print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()

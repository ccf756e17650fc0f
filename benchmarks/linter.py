"""Faults planted into real resolutions, and which of them the linter of `draft` finds.

    python benchmarks/linter.py [FOLDER] [--store DIR] [--each N] [--seed N] [--only RULE] [--misses] [--read N]

FOLDER holds texts of resolutions (`../shared/wild/text`). Each kind of fault is planted N times, each time into another text, by a rule that knows the structure of the
text and nothing of the linter. A fault is found where a finding of its rule begins in the paragraph that was changed, or that follows where one was taken out, and was
not there before. `--read N` prints all findings of N of 100 texts instead, all of them drawn by the seed, to be read and judged.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mandategraph.building.extracting import Reader
from mandategraph.dates import MONTHS
from mandategraph.drafting.drafts import Draft, Passage, draft_of, read_draft
from mandategraph.drafting.known import Known
from mandategraph.drafting.linting import Finding, lint
from mandategraph.errors import MandateGraphError
from mandategraph.indexing.opening import open_index
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.recalling.documents import documents
from mandategraph.records import MentionKind, SourceSpan, TermStep
from mandategraph.symbols import parts

WILD = Path(__file__).parent.parent.parent / "shared" / "wild" / "text"
OF = 100
# Names, subjects and endings of our own.
BODIES = (
    "Upland Seed Commission",
    "Harbour Lamp Authority",
    "Office for Orchard Affairs",
    "River Ferry Council",
    "Panel of Bell Founders",
)
SHORT = ("QXVT", "UPSEC", "HALAU", "ORFAF", "RIFCO", "BEFOP")
SUBJECTS = (
    "the walnut export ban",
    "the lighthouse repair fund",
    "the ferry inspection scheme",
    "the orchard boundary survey",
    "the beehive licence register",
)
EXISTING = (
    "within existing resources",
    "from within existing resources",
    "within available resources",
    "without additional resources",
)
_MONTH = "|".join(MONTHS)
_END = re.compile(r"[;,.:]?\s*$")
Planted = tuple[str, int, int]
Plant = Callable[["Text", random.Random], Planted | None]


@dataclass(frozen=True)
class Text:
    """A text with its structure, and what is known besides it."""

    draft: Draft
    known: Known

    @property
    def source(self) -> str:
        """The text as printed."""
        return self.draft.document.text.source.text

    @property
    def operative(self) -> list[Passage]:
        """Its numbered paragraphs of its own body."""
        return [p for p in self.draft.passages if re.fullmatch(r"\d+", p.label) and p.is_operative]

    def place(self, passage: Passage) -> SourceSpan:
        """Return where a paragraph stands in the source."""
        return self.draft.to_source(passage.at(0, len(passage.text)))

    def put(self, place: SourceSpan, words: str) -> Planted:
        """Return the text with words in a place, and where they stand."""
        text = self.source[: place.start] + words + self.source[place.end :]
        return text, place.start, place.start + len(words)

    def behind(self, passage: Passage, words: str) -> Planted:
        """Return the text with words put at the end of a paragraph, before its mark, and where the paragraph stands."""
        place = self.place(passage)
        printed = self.source[place.start : place.end]
        end = place.start + _END.search(printed).start()  # type: ignore[union-attr]
        text, _, last = self.put(SourceSpan(end, end), words)
        return text, place.start, last

    def found(self, pattern: str, passages: list[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield where a pattern stands in the printed words of paragraphs, with its place in the source."""
        for passage in passages:
            place = self.place(passage)
            for found in re.compile(pattern).finditer(self.source, place.start, place.end):
                yield passage, found


def _any(found: Iterator[tuple[Passage, re.Match[str]]], chance: random.Random) -> tuple[Passage, re.Match[str]] | None:
    everything = list(found)
    return chance.choice(everything) if everything else None


def wrong_year(text: Text, chance: random.Random) -> Planted | None:
    """The year of a resolution of the Security Council, one to three years off."""
    years = text.known.tables.year_of
    chosen = _any(text.found(r"(?<=\d \()\d{4}(?=\))|(?<=\d\()\d{4}(?=\))", list(text.draft.passages)), chance)
    if not chosen:
        return None
    passage, found = chosen
    number = re.search(r"(\d{3,4}) ?\($", text.source[: found.start()])
    before = text.source[text.place(passage).start : found.start()]
    if not number or years(int(number[1])) != int(found[0]) or "esolution" not in before:
        return None
    return text.put(SourceSpan(*found.span()), str(int(found[0]) + chance.choice((-3, -2, -1, 1, 2, 3))))


def unknown_resolution(text: Text, chance: random.Random) -> Planted | None:
    """A resolution that had not been adopted by the day of the text."""
    day = text.draft.day
    last = next((last for year, _, last in text.known.tables.resolution_years if day and year == int(day[:4])), None)
    operative = text.operative
    if not last or not operative:
        return None
    number = last + chance.randint(1, 60)
    return text.behind(
        chance.choice(operative), f", and recalls resolution {number} ({day[:4]}) of the Security Council"
    )


def missing_paragraph(text: Text, chance: random.Random) -> Planted | None:
    """A paragraph of this text, or of another one that is known, that does not exist."""
    operative = text.operative
    if len(operative) < 3:
        return None
    known = [key for key in sorted(text.known.heads) if parts(key)[0] and len(text.known.paragraphs(key)) > 4]
    number = max(p.number for p in operative) + chance.randint(1, 30)
    of = f"{number} above"
    if known and chance.random() < 0.5:
        key = chance.choice(known)
        top = max(int(found[0]) for label in text.known.paragraphs(key) if (found := re.match(r"\d+", label)))
        of = f"{top + chance.randint(1, 30)} of resolution {key.removeprefix('S/RES/')}"
    return text.behind(chance.choice(operative), f", as set out in paragraph {of}")


def other_paragraph(text: Text, chance: random.Random) -> Planted | None:
    """A paragraph that does not speak of what it is cited for."""
    operative = text.operative
    if len(operative) < 4:
        return None
    cited, citing = sorted(chance.sample(operative, 2), key=lambda p: p.number)
    return text.behind(citing, f", and recalls {chance.choice(SUBJECTS)} set out in paragraph {cited.number} above")


def missing_annex(text: Text, chance: random.Random) -> Planted | None:
    """An annex that is not there."""
    if re.search(r"(?mi)^\W*annex", text.source) or not text.operative:
        return None
    said = chance.choice(
        (
            ", as set out in the annex to the present resolution",
            ", as annexed hereto",
            ", as listed in annex II to this resolution",
        )
    )
    return text.behind(chance.choice(text.operative), said)


def undefined_short_form(text: Text, chance: random.Random) -> Planted | None:
    """A short form that nobody defined, or that is defined further on."""
    later = re.findall(r"(?<=\w )\((?![IVXLCDM]+\))([A-Z]{4,8})\)", text.source)
    first = text.draft.passages[0]
    later = (
        [short for short in later if short not in text.source[: text.place(text.draft.passages[1]).end]]
        if len(text.draft.passages) > 1
        else []
    )
    if later and chance.random() < 0.5:
        return text.behind(first, f" and the work of {chance.choice(later)}")
    return text.behind(chance.choice(text.operative or [first]), f", in cooperation with {chance.choice(SHORT)}")


def twice_defined(text: Text, chance: random.Random) -> Planted | None:
    """A short form that is spelt out a second time."""
    found = list(text.found(r"(?<=\w{3} )\(([A-Z]{4,9})\)", list(text.draft.passages)))
    if not found:
        return None
    passage, match = chance.choice(found)
    after = [p for p in text.operative if p.start > passage.start]
    return (
        text.behind(chance.choice(after), f", together with the Mission of Long Names ({match[1]})") if after else None
    )


def passed_day(text: Text, chance: random.Random) -> Planted | None:
    """A day on which something is due, before the day of the text; a 29 February, which other years have not, is left alone."""
    chosen = _any(
        text.found(
            rf"(?:until|by|no later than|not later than) (?!29 February)\d{{1,2}} (?:{_MONTH}) (\d{{4}})",
            text.operative,
        ),
        chance,
    )
    if not chosen or not text.draft.day or int(chosen[1][1]) < int(text.draft.day[:4]):
        return None
    return text.put(SourceSpan(*chosen[1].span(1)), str(int(text.draft.day[:4]) - chance.randint(1, 3)))


def impossible_day(text: Text, chance: random.Random) -> Planted | None:
    """A day that no calendar has."""
    chosen = _any(text.found(rf"\b\d{{1,2}} (?:{_MONTH})(?= \d{{4}})", list(text.draft.passages)), chance)
    if not chosen:
        return None
    return text.put(
        SourceSpan(*chosen[1].span()),
        chance.choice(("31 June", "30 February", "31 November", "31 April", "32 May", "31 September")),
    )


def unknown_bearer(text: Text, chance: random.Random) -> Planted | None:
    """A task of a body that does not exist."""
    chosen = _any(
        text.found(
            r"\b(?:Requests|requests|Calls upon|Urges|urges|Encourages|encourages) (the Secretary-General|Member States|all States|States|the Government of \w+)(?= to )",
            text.operative,
        ),
        chance,
    )
    return text.put(SourceSpan(*chosen[1].span(1)), f"the {chance.choice(BODIES)}") if chosen else None


def jump(text: Text, chance: random.Random) -> Planted | None:
    """A paragraph that is taken out, its number with it, or two of one number."""
    operative = [p for p in text.operative if p.number > 1]
    if len(operative) < 3:
        return None
    which = chance.randrange(len(operative) - 1)
    here, after = operative[which], operative[which + 1]
    place = text.place(here)
    begin = re.search(r"\d+\.\W*$", text.source[: place.start])
    if not begin:
        return None
    if chance.random() < 0.5:
        return text.put(SourceSpan(begin.start(), begin.start() + len(str(here.number))), str(here.number - 1))
    end = re.search(r"\d+\.\W*$", text.source[: text.place(after).start])
    if not end:
        return None
    planted, start, _ = text.put(SourceSpan(begin.start(), end.start()), "")
    return planted, start, start + 12 + len(after.text)


def open_authorization(text: Text, chance: random.Random) -> Planted | None:
    """An authorization whose end is taken out; where no text has one, a new one without an end."""
    operative = text.operative
    if not operative or operative[-1].number != len(operative):
        return None
    what = chance.choice(
        (
            "to inspect all ferries bound for the harbour",
            "to deploy observers to the orchards",
            "to use all necessary measures to guard the beehives",
        )
    )
    return _added(text, f"Authorizes Member States {what}")


def open_term(text: Text, chance: random.Random) -> Planted | None:
    """A mandate that is renewed, its end taken out."""
    terms = [
        t
        for t in text.draft.reading.terms
        if t.step is TermStep.CONTINUES and t.kind == "mandate" and t.statement is not None
    ]
    for term in chance.sample(terms, len(terms)):
        printed = text.source[term.span.start : term.span.end]
        found = re.search(
            r",? (?:until|through|for a (?:further |final |new )?period|for (?:another|\w+) (?:months|year))[^;:()]*?(?:\d{4}|months?|years?)(?: from [\w\s]*)?",
            printed,
        )
        if found and re.search(r"\bmandates?\b", printed) and sum(t.holder == term.holder for t in terms) == 1:
            if re.search(r"\b(?:until|for a (?:\w+ )?period)\b", printed[: found.start()] + printed[found.end() :]):
                continue  # It says twice until when.
            text_, start, _ = text.put(SourceSpan(term.span.start + found.start(), term.span.start + found.end()), "")
            return text_, start - found.start(), start + 80
    return None


def within_resources(text: Text, chance: random.Random) -> Planted | None:
    """A task to be done within what there is."""
    tasks = [
        p
        for p in text.operative
        if re.match(r"(?:Also |Further )?[Rr]equests the Secretary-General to", p.text) and "resources" not in p.text
    ]
    return text.behind(chance.choice(tasks), f", {chance.choice(EXISTING)}") if tasks else None


def open_cycle(text: Text, chance: random.Random) -> Planted | None:
    """A report in cycles that begin nowhere."""
    every = chance.choice(("every three months", "every 90 days", "every six months", "every 60 days", "quarterly"))
    return _added(text, f"Requests the Secretary-General to report to the Council {every} on the harvest of walnuts")


def report_to_nobody(text: Text, chance: random.Random) -> Planted | None:
    """A report that is asked, and to whom is taken out."""
    chosen = _any(
        text.found(
            r"(?<=to report)( back)? to (?:it\b|the (?:Security |Human Rights )?Council\b|the General Assembly\b|the Assembly\b)",
            text.operative,
        ),
        chance,
    )
    named = r"to (?:it\b|the (?:Security |Human Rights )?Council|the General Assembly|the Assembly)"
    is_once = bool(chosen) and len(re.findall(named, chosen[0].text)) == 1  # type: ignore[index]
    if not chosen or not is_once or "session" in chosen[0].text or len(re.findall("report", chosen[0].text)) > 1:
        return None
    text_, start, _ = text.put(SourceSpan(*chosen[1].span()), "")
    return text_, text.place(chosen[0]).start, start + 40


def doubled(text: Text, chance: random.Random) -> Planted | None:
    """A paragraph that stands twice."""
    long_ = [p for p in text.operative[:-1] if len(p.text.split()) >= 12 and not p.text.rstrip().endswith(":")]
    if not long_:
        return None
    place = text.place(chance.choice(long_))
    return _added(text, _END.sub("", text.source[place.start : place.end]))


def misnamed(text: Text, chance: random.Random) -> Planted | None:
    """The name of a body, a letter of it missing, two changed places, or a small word changed."""
    names = [
        (passage, mention)
        for passage in text.draft.passages
        for mention in text.draft.mentions.get(passage.label, ())
        if mention.kind is MentionKind.ACTOR
        and mention.rule == "GAZ-alias"
        and len(mention.surface.split()) >= 3
        and "\n" not in mention.surface
    ]
    if not names:
        return None
    _, mention = chance.choice(names)
    words = mention.surface.split()
    long_ = [n for n, word in enumerate(words) if len(word) > 6 and word[0].isupper() and word.isalpha() and n]
    if not long_:
        return None
    n = chance.choice(long_)
    at = chance.randrange(2, len(words[n]) - 2)
    words[n] = (
        words[n][:at] + words[n][at + 1 :]
        if chance.random() < 0.5
        else words[n][:at] + words[n][at + 1] + words[n][at] + words[n][at + 2 :]
    )
    if " ".join(words) == mention.surface:
        return None
    return text.put(text.draft.to_source(mention.span), " ".join(words))


def _added(text: Text, words: str) -> Planted | None:
    """Return the text with one more paragraph before its last, which is counted on."""
    operative = text.operative
    if len(operative) < 2:
        return None
    last = operative[-1]
    begin = re.search(rf"{last.number}\.(?=\W*$)", text.source[: text.place(last).start])
    if not begin:
        return None
    new = f"{last.number}. {words};\n\n"
    source = text.source[: begin.start()] + new + str(last.number + 1) + text.source[begin.end() - 1 :]
    return source, begin.start(), begin.start() + len(new)


PLANTS: dict[str, Plant] = {
    "LNT-annex-missing": missing_annex,
    "LNT-authorization-open": open_authorization,
    "LNT-bearer-unknown": unknown_bearer,
    "LNT-body-misnamed": misnamed,
    "LNT-cycle-open": open_cycle,
    "LNT-day-impossible": impossible_day,
    "LNT-day-passed": passed_day,
    "LNT-numbering": jump,
    "LNT-paragraph-missing": missing_paragraph,
    "LNT-paragraph-other": other_paragraph,
    "LNT-paragraph-twice": doubled,
    "LNT-recipient-missing": report_to_nobody,
    "LNT-resolution-unknown": unknown_resolution,
    "LNT-resources-within": within_resources,
    "LNT-short-form-twice": twice_defined,
    "LNT-short-form-undefined": undefined_short_form,
    "LNT-term-open": open_term,
    "LNT-year-wrong": wrong_year,
}


def is_found(planted: Planted, rule: str, before: list[Finding], after: list[Finding]) -> bool:
    """Return whether a finding of a rule is in a place and was not there before."""
    _, start, end = planted
    old = sum(each.rule.id == rule for each in before)
    here = any(each.rule.id == rule and each.span.start < end and each.span.end > start for each in after)
    return here and sum(each.rule.id == rule for each in after) > old


def plant(folder: Path, store: GraphStore | None, each: int, seed: int, *, misses: bool, only: str = "") -> None:
    """Print how many of the faults that were planted are found, by kind."""
    reader = Reader(load_tables())
    files = sorted(path for path in folder.iterdir() if "RES" in path.name)
    heads = documents(store) if store is not None else []
    index = open_index(store) if store is not None else None
    texts: dict[Path, tuple[Text, list[Finding]]] = {}

    def text_of(path: Path) -> tuple[Text, list[Finding]] | None:
        if path not in texts:
            try:
                draft = read_draft(path, reader=reader)
            except MandateGraphError:
                return None
            known = Known(store, reader.tables, without=draft.key, among=heads, index=index)
            texts[path] = Text(draft, known), lint(draft, known)
        return texts[path]

    found = planted = 0
    for rule, make in PLANTS.items():
        if only and rule not in only:
            continue
        # Each kind has a row of chances of its own, so that what one does changes nothing for the next.
        chance = random.Random(f"{seed} {rule}")
        hit = count = 0
        for path in chance.sample(files, len(files)):
            if count == each:
                break
            text = text_of(path)
            made = make(text[0], chance) if text else None
            if text is None or made is None:
                continue
            source = replace(text[0].draft.document.text.source, text=made[0])
            draft = draft_of(source, day=text[0].draft.day, reader=reader)
            after = lint(draft, text[0].known)
            count += 1
            is_hit = is_found(made, rule, text[1], after)
            hit += is_hit
            if misses and not is_hit:
                print(
                    f"  {rule} {path.name}: {' '.join(made[0][max(0, made[1] - 60, made[2] - 150) : made[2] + 60].split())!r}"
                )
        print(f"{rule:26} {hit:3} of {count}", flush=True)
        found, planted = found + hit, planted + count
    print(f"found: {found} of {planted}, {found / planted:.4f}")


def read(folder: Path, store: GraphStore | None, count: int, seed: int) -> None:
    """Print all findings of some texts, to be read."""
    reader = Reader(load_tables())
    chance = random.Random(seed)
    files = chance.sample(sorted(path for path in folder.iterdir() if "RES" in path.name), OF)
    for path in files[:count]:
        draft = read_draft(path, reader=reader)
        print(f"\n{draft.key}")
        for each in lint(draft, Known(store, reader.tables, without=draft.key)):
            print(f"  {each.rule.id} {each.paragraph} ({each.sure:.2f}): {each.reason} | {each.words[:160]}")


def main() -> None:
    """Plant or read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("folder", nargs="?", type=Path, default=WILD)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="", help="Rules, with commas between them.")
    parser.add_argument("--read", type=int)
    given = parser.parse_args()
    store = GraphStore.open_to_read(given.store) if given.store else None
    if given.read:
        read(given.folder, store, given.read, given.seed)
    else:
        plant(given.folder, store, given.each, given.seed, misses=given.misses, only=given.only)


if __name__ == "__main__":
    main()

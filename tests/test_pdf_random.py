"""Random PDF files of known words: each word is in the text once, heads and feet are omitted, and nothing else is.

300 files a run; `pytest tests/test_pdf_random.py --hypothesis-profile=long` tries 30,000.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from papers import WIDTH, Drawn, Picture, Put, Rule, kept, paper, words_of

LEFT, RIGHT, TOP = 90, WIDTH - 90, 690
SIZE, SMALL, STEP = 10, 8, 12.5
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
FEET = ["31-00001 {n}/{all}", "{n}", "Page {n} of {all}", "- {n} -", "{n}|31-00001 (E)", ""]


@dataclass
class Sheet:
    """A page on the way: what is drawn, how far down its text is, and how many notes it has."""

    drawn: list[Drawn] = field(default_factory=list)
    y: float = TOP
    low: float = 100.0


@dataclass
class Book:
    """A document on the way: its pages, and what its words are."""

    chance: Random
    sheets: list[Sheet] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    made: int = 0

    def words(self, count: int) -> list[str]:
        """Words that no other place in the document has."""
        self.made += count
        return [_word(n) for n in range(self.made - count, self.made)]


def _word(n: int) -> str:
    letters = ""
    for _ in range(3):
        n, syllable = divmod(n, len(SYLLABLES))
        letters += SYLLABLES[syllable]
    return f"{letters}n"


def _wrapped(words: Sequence[str], width: float, size: float) -> Iterator[str]:
    row = ""
    for word in words:
        longer = f"{row} {word}".strip()
        if stringWidth(longer, "Times-Roman", size) > width:
            yield row
            longer = word
        row = longer
    yield row


def _sheet(book: Book, free: float) -> Sheet:
    """The page that is written on, a new one where it has too little room."""
    if not book.sheets or book.sheets[-1].y - free < book.sheets[-1].low:
        book.sheets.append(Sheet())
    return book.sheets[-1]


def _paragraph(book: Book, *, size: float = SIZE, x: float = LEFT, first: str = "") -> None:
    words = book.words(book.chance.randint(4, 60))
    book.body += words
    words = [*words[:-1], words[-1] + book.chance.choice(".;,")]
    for row in _wrapped([first, *words] if first else words, RIGHT - x, size):
        sheet = _sheet(book, STEP)
        sheet.drawn.append(Put(x, sheet.y, row, size))
        sheet.y -= STEP * size / SIZE
    book.sheets[-1].y -= STEP / 2


def _small(book: Book) -> None:
    for n in range(book.chance.randint(1, 4)):
        _paragraph(book, size=SMALL, x=LEFT + 20, first=f"({chr(97 + n)})")


def _table(book: Book) -> None:
    columns = book.chance.randint(2, 4)
    for _ in range(book.chance.randint(2, 6)):
        sheet = _sheet(book, STEP)
        for n in range(columns):
            words = book.words(book.chance.randint(1, 2))
            book.body += words
            sheet.drawn.append(Put(LEFT + n * (RIGHT - LEFT) / columns, sheet.y, " ".join(words), SMALL))
        sheet.y -= STEP
    sheet.y -= STEP


def _caption(book: Book) -> None:
    sheet = _sheet(book, 160)
    words = book.words(5)
    book.body += words
    sheet.drawn += [Picture(LEFT, sheet.y - 110, 200, 120), Put(LEFT, sheet.y - 130, " ".join(words), SMALL)]
    sheet.y -= 160


def _columns(book: Book) -> None:
    if len(book.sheets) < 2:
        return
    sheet = Sheet()
    book.sheets.append(sheet)
    for x in (LEFT, WIDTH / 2 + 15):
        words = book.words(110)
        book.body += words
        for n, row in enumerate(_wrapped(words, WIDTH / 2 - LEFT - 15, SIZE)):
            sheet.drawn.append(Put(x, TOP - n * STEP, row, SIZE))
    sheet.y = 0


def _picture(book: Book) -> None:
    if len(book.sheets) > 1:
        book.sheets.append(Sheet([Picture(20, 90, WIDTH - 40, TOP - 80)], y=0))
        book.pictures.append(len(book.sheets))


def _sideways(book: Book) -> None:
    sheet = _sheet(book, STEP)
    words = book.words(4)
    book.aside += words
    sheet.drawn.append(Put(40, 200, " ".join(words), SMALL, turn=90))
    sheet.y -= STEP


def _note(book: Book) -> None:
    """A note at the foot of the page, whose end may stand at the foot of the next."""
    sheet = _sheet(book, 3 * STEP)
    if sheet.low > 100:
        return
    words = book.words(book.chance.randint(6, 40))
    book.notes += words
    lines = list(_wrapped(words, RIGHT - LEFT - 10, SMALL))
    here = lines if book.chance.random() < 0.6 else lines[:1]
    sheet.drawn += _foot_block(book.chance, here, mark="1")
    sheet.low = 150
    if lines[len(here) :]:
        book.sheets.append(Sheet(_foot_block(book.chance, lines[len(here) :]), low=150))


def _foot_block(chance: Random, lines: Sequence[str], mark: str = "") -> list[Drawn]:
    drawn: list[Drawn] = [chance.choice([Rule(LEFT, 138, 100), Put(LEFT, 136, "_" * 18, SMALL)])]
    if mark:
        drawn.append(Put(LEFT, 128, mark, 5))
    return [*drawn, *(Put(LEFT + 5, 125 - 9.5 * n, line, SMALL) for n, line in enumerate(lines))]


PARTS = {
    "paragraph": _paragraph, "small": _small, "table": _table, "caption": _caption, "columns": _columns,
    "picture": _picture, "sideways": _sideways, "note": _note,
}  # fmt: skip


def _with_furniture(book: Book, heads: Sequence[Sequence[str]], foot: str, size: float, is_first: bool) -> bytes:
    """Pages with heads on the inner ones, odd and even in turn, and a foot on all; drawn before or after the text."""
    pages = []
    for n, sheet in enumerate(book.sheets, 1):
        head = heads[n % len(heads)] if n > 1 else ()
        feet = foot.format(n=n, all=len(book.sheets)).split("|")
        book.furniture += _letters(" ".join(head))
        put = [Put(LEFT, 760 - (size + 2) * i, line.format(n=n), size) for i, line in enumerate(head)]
        put += [Put(LEFT, 50 - 10 * i, line, SMALL) for i, line in enumerate(feet) if line]
        pages.append([*put, *sheet.drawn] if is_first else [*sheet.drawn, *put])
    return paper(*pages)


@pytest.mark.slow
@settings(max_examples=settings().max_examples * 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    parts=st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=12),
    lines=st.integers(0, 3),
    is_odd_and_even=st.booleans(),
    foot=st.sampled_from(FEET),
    size=st.sampled_from([8.5, 10]),
    is_first=st.booleans(),
    seed=st.integers(0, 10_000),
)
@example(["small", "table", "note", "columns"], 2, True, FEET[0], 10, False, 326)
def test_every_word_is_in_the_text_once_and_heads_and_feet_are_omitted(
    parts: list[str], lines: int, is_odd_and_even: bool, foot: str, size: float, is_first: bool, seed: int
) -> None:
    book = Book(Random(seed))
    title = book.words(4)
    book.body += title
    book.sheets.append(Sheet([Put(LEFT, 740, "A/RES/99/8", SIZE), Put(LEFT, 715, " ".join(title), SIZE)]))
    for part in ["paragraph", *parts]:
        PARTS[part](book)
    heads = [["A/RES/99/8 page {n}", *(" ".join(title[2 * n : 2 * n + 2]) for n in range(lines - 1))][:lines]]
    if is_odd_and_even and lines:
        heads.append([" ".join(title), "A/RES/99/8"][:2] if lines > 1 else ["A/RES/99/8"])
    found = words_of(_with_furniture(book, heads, foot, size, is_first))
    _check(book, found.text, kept(found), found.remarks)


def _check(book: Book, text: str, read: str, remarks: Sequence[str]) -> None:
    once = Counter([*book.body, *book.notes, *book.aside])
    assert Counter(_letters(text)) == once + Counter(book.furniture)
    left = _letters(read)
    assert Counter(left) == once, "what is omitted is the furniture, all of it and nothing else"
    body = set(book.body)
    assert [word for word in left if word in body] == book.body, "in reading order"
    assert bool(book.pictures) == any("pictures" in remark for remark in remarks)


def _letters(text: str) -> list[str]:
    """The words that were made, in order."""
    words = (word.strip(".,;()¹") for word in text.split())
    return [word for word in words if word.isalpha() and len(word) > 4]

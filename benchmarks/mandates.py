"""Synthetic mandates in our own words: as many as are asked for, the same for the same seed.

python benchmarks/mandates.py FOLDER COUNT [--words 300] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

ACTORS = (
    "the Secretary-General", "all parties", "Member States", "the Government of Chad", "UNMISS", "UNICEF", "the African Union",
    "the Transitional Government", "the Panel of Experts", "the Peacebuilding Commission", "UN Women", "neighbouring States",
    "the Emergency Relief Coordinator", "the Department of Peace Operations", "regional organizations", "civil society",
)  # fmt: skip
VERBS = ("Requests", "Urges", "Encourages", "Calls upon", "Demands that", "Invites", "Authorizes", "Stresses that")
TASKS = (
    "to protect civilians who live near well {n}", "to report to the Security Council every {m} months on well {n}",
    "to mend well {n} by {d} {month} {year}", "to support the registration of voters in district {n}",
    "to disarm the groups that hold bridge {n}, in consultation with UNICEF", "to clear road {n} of mines",
    "to ensure that at least {p} per cent of the staff at post {n} are women", "to cooperate with the Mission at post {n}",
    "to bring those who burned market {n} to justice", "to let relief reach camp {n} without delay",
)  # fmt: skip
MONTHS = ("January", "March", "May", "July", "September", "November")


def write_mandates(folder: Path, count: int, *, words: int = 300, seed: int = 1) -> None:
    """Write so many resolutions of about so many words to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for n in range(count):
        year = 2031 + n // 60
        text = "\n\n".join(_paragraphs(chance, 5000 + n, year, words))
        (folder / f"S_RES_{5000 + n}_{year}.txt").write_text(text + "\n", encoding="utf-8")


def _paragraphs(chance: random.Random, number: int, year: int, words: int) -> Iterator[str]:
    yield f"Resolution {number} ({year})"
    yield "The Security Council,"
    yield f"Recalling its resolutions {number - 7} ({year - 1}) and {number - 3} ({year - 1}),"
    written, label = 12, 0
    while written < words:
        label += 1
        tasks = ", and ".join(_task(chance, year) for _ in range(chance.randint(1, 2)))
        verb, actor = chance.choice(VERBS), chance.choice(ACTORS)
        said = f"{actor} shall {tasks.removeprefix('to ')}" if verb.endswith("that") else f"{actor} {tasks}"
        text = f"{label}. {verb} {said};"
        written += len(text.split())
        yield text
    yield f"{label + 1}. Decides to remain seized of the matter."


def _task(chance: random.Random, year: int) -> str:
    given = {"n": chance.randint(1, 10**6), "m": chance.randint(2, 12), "p": chance.randint(20, 50)}
    return chance.choice(TASKS).format(**given, d=chance.randint(1, 28), month=chance.choice(MONTHS), year=year + 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_mandates(options.folder, options.count, words=options.words, seed=options.seed)

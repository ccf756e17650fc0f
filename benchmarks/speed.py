"""Words per second of the whole build beside the blank spaCy tokenizer alone, on the same text in the same run."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path

import spacy

from mandategraph.building import build
from mandategraph.reading import SourceReader, read
from mandategraph.store import GraphStore

ROOT = Path(__file__).resolve().parent.parent
WILD = ROOT.parent / "shared" / "wild" / "text"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=WILD if WILD.is_dir() else ROOT / "data" / "samples")
    parser.add_argument("--limit", type=int, default=0, help="read only the first N documents")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    files = [item.path for item in SourceReader().find(options.folder)][: options.limit or None]
    texts = [read(file).text for file in files]
    words = sum(len(text.split()) for text in texts)
    builds, tokenizers, quads, refused = [], [], 0, 0
    for _ in range(options.rounds):
        nlp = spacy.blank("en")
        start = time.perf_counter()
        for doc in nlp.pipe(texts):
            len(doc)
        tokenizers.append(time.perf_counter() - start)
        with tempfile.TemporaryDirectory() as folder, GraphStore.open(Path(folder) / "store") as store:
            start = time.perf_counter()
            reports = build(files, store)
            builds.append(time.perf_counter() - start)
            quads, refused = len(store), sum(r.outcome == "refused" for r in reports)
    built, tokenized = statistics.median(builds), statistics.median(tokenizers)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, spaCy {spacy.__version__}"
    )
    print(
        f"{len(files)} documents, {words:,} words, {quads:,} quads, {refused} refused, {options.rounds} round(s), one process"
    )
    print(f"whole build into a store on disk: {built:8.1f} s  {words / built:10,.0f} words/s")
    print(f"blank spaCy tokenizer alone:      {tokenized:8.1f} s  {words / tokenized:10,.0f} words/s")
    print(f"the build takes {built / tokenized:.1f} times as long as the tokenizer")


if __name__ == "__main__":
    main()

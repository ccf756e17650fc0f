"""`compare`: two mandates side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from mandategraph.cli.output import (
    as_read_option,
    forms_option,
    guarded,
    no_table,
    output_option,
    reading,
    stderr,
    stdout,
    store_option,
    write_whole,
)

if TYPE_CHECKING:
    from mandategraph.answering.comparing import Pair

CHANGES = (
    "kept",
    "strengthened",
    "weakened",
    "extended",
    "reworded",
    "moved",
    "split",
    "carried on",
    "added",
    "dropped",
)


@click.command()
@click.argument("earlier")
@click.argument("later")
@store_option
@as_read_option
@click.option("--change", "changes", multiple=True, type=click.Choice(CHANGES), help="Only these; may be repeated.")
@forms_option(
    "markdown", "html", "json", "turtle", said="For the terminal, to hand on (markdown, html), or for programs."
)
@output_option
@guarded
def compare(
    earlier: str, later: str, store_path: Path, changes: tuple[str, ...], format_: str, output: Path | None
) -> None:
    """Show what a LATER mandate kept, dropped, added, hardened and softened of an EARLIER one.

    Each is the symbol or IRI of a document in the store, or of an instrument that a document there quotes;
    "2640 (2022) as quoted in S/2023/1" is what one of them quotes. The exit code is 1 where nothing in the two resembles the other.
    """
    from mandategraph.answering.comparing import Change, chosen
    from mandategraph.answering.comparing import compare as compare_mandates
    from mandategraph.exporting import comparison as writing

    no_table(output, format_)
    with reading(store_path) as store:
        found = compare_mandates(store, earlier, later)
    pairs = chosen(found, map(Change, changes))
    if format_ == "table":
        console = stdout()
        counts = ", ".join(f"{count} {change}" for change, count in found.count().items() if count)
        console.print(Text(f"{found.earlier} and {found.later}: {counts}", style="bold"))
        for pair in pairs:
            _print(console, pair)
    else:
        writers = {
            "markdown": writing.to_markdown,
            "html": writing.to_html,
            "json": writing.to_json,
            "turtle": writing.to_turtle,
        }
        written = writers[format_](found, pairs)
        write_whole(output, lambda to: to.write(written.encode()))
    for said in found.cautions:
        stderr().print(said)
    if not found.is_aligned:
        sys.exit(1)


def _print(console: Console, pair: Pair) -> None:
    """Print a pair: what became of it and where, and the words, those that changed marked."""
    from mandategraph.answering.marking import mark_words

    places = " → ".join(side.paragraph for side in (pair.before, pair.after) if side)
    either = pair.after or pair.before
    assert either is not None
    score = f" · {pair.score:.2f}" if pair.parts else ""
    who = f" · {', '.join(either.names)}" if either.names else ""
    console.print(Text(f"\n{', '.join(pair.changes)} · {places}{who}{score}", style="bold"))
    for reason in pair.reasons:
        console.print(Text(f"  {reason}", style="italic"))
    if pair.before and pair.after and pair.before.text != pair.after.text:
        for sign, stretches in zip("-+", mark_words(pair.before.text, pair.after.text), strict=True):
            line = Text(f"  {sign} ")
            for words, is_other in stretches:
                line.append(words, style="bold underline" if is_other else "")
            console.print(line)
    else:
        console.print(Text(f"    {either.text}"))

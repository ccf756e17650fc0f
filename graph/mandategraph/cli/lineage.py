"""`lineage`: one bearer's duties, or one theme, through successive mandates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mandategraph.cli.output import (
    as_read_option,
    forms_option,
    guarded,
    in_force_option,
    no_table,
    output_option,
    reading,
    shortened,
    stdout,
    store_option,
    write_whole,
)

if TYPE_CHECKING:
    from mandategraph.answering.lineage import Lineage


@click.command()
@click.argument("name", metavar="ACTOR|THEME")
@store_option
@as_read_option
@click.option("--document", "documents", multiple=True, help="Only these, taken as one line (symbol); may be repeated.")
@click.option("--all", "is_whole", is_flag=True, help="In the table, also what stands in one mandate alone.")
@forms_option("csv", "json", "svg", said="A table, CSV, JSON, or a drawing of the lanes.")
@output_option
@in_force_option
@guarded
def lineage(
    name: str,
    store_path: Path,
    documents: tuple[str, ...],
    is_whole: bool,
    format_: str,
    output: Path | None,
    day: str | None,
) -> None:
    """Show how the duties of an ACTOR, or what is asked on a THEME, ran through successive mandates.

    Each task is a lane: where it was first asked, and what each later mandate made of it.
    """
    from mandategraph.answering.lineage import trace
    from mandategraph.exporting import lineage as writing
    from mandategraph.keeping.naming import ThingKind, find

    no_table(output, format_)
    with reading(store_path, day=day) as store:
        subject = find(store, name, (ThingKind.ACTOR, ThingKind.THEME))
        found = trace(store, **{subject.kind: subject.id}, documents=documents)
    if format_ == "table":
        _print(stdout(), found, is_whole=is_whole)
        return
    writers = {"csv": writing.to_csv, "json": writing.to_json, "svg": writing.to_svg}
    write_whole(output, lambda to: to.write(writers[format_](found).encode()))


def _print(console: Console, found: Lineage, *, is_whole: bool) -> None:
    """Print the lanes, each step with what became of it; those of one mandate alone are counted unless all are wanted."""
    line = " → ".join(
        f"{mandate.key}{f' ({mandate.day})' if len(mandate.day) > 4 else ''}" for mandate in found.mandates
    )
    console.print(Text(line, style="bold"))
    for n, lane in enumerate(found.lanes if is_whole else found.going, 1):
        console.print(Text(f"\n{n} · {', '.join(lane[-1].stated.names) or 'no bearer'}", style="bold"))
        for step in lane:
            stated, why = step.stated, f" ({'; '.join(step.pair.reasons)})" if step.pair and step.pair.reasons else ""
            where = f"{stated.mandate}, {stated.paragraph}" if stated.mandate == stated.document else f"{stated.mandate} in {stated.document}, {stated.paragraph}"  # fmt: skip
            console.print(
                Text(
                    f"  {where} · {step.change if step.pair else 'first asked'} · {stated.verb} ({stated.strength}){why}"
                )
            )
            console.print(Padding(Text(shortened(stated.text)), (0, 0, 0, 4)))
    alone = len(found.lanes) - len(found.going)
    if alone and not is_whole:
        console.print(Text(f"\n{alone} more stand in one mandate alone: --all shows them."))

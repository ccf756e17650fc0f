"""`overlaps`: what is asked more than once."""

from __future__ import annotations

from pathlib import Path

import click
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
    stderr,
    stdout,
    store_option,
    write_whole,
)

KINDS = ("series", "parallel", "report twice", "contradiction")


@click.command()
@store_option
@as_read_option
@forms_option(
    "csv",
    "json",
    "markdown",
    "xlsx",
    said="For people (xlsx is a workbook), for programs (csv, json), or to hand on (markdown).",
)
@output_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these; may be repeated.")
@click.option("--bearer", help="Only what this actor bears, or a part or member of it (id or name).")
@click.option("--body", default="", help="Only where this body asks one of them (Security Council).")
@click.option("--theme", help="Only on this theme.")
@in_force_option
@guarded
def overlaps(
    store_path: Path,
    format_: str,
    output: Path | None,
    kinds: tuple[str, ...],
    bearer: str | None,
    body: str,
    theme: str | None,
    day: str | None,
) -> None:
    """Group the obligations that ask the same of the same bearer in different documents.

    A series is one mandate renewed; parallel is what two bodies or two lines of one ask; a report may be asked twice; and a contradiction is what cannot
    both hold. Each group comes with its score, what made it, and the sentences.
    """
    from mandategraph.answering.overlaps import Kind
    from mandategraph.answering.overlaps import overlaps as look_up
    from mandategraph.exporting import overlaps as writing
    from mandategraph.exporting.landscape import overlap_book
    from mandategraph.keeping.naming import ThingKind, find

    no_table(output, format_)
    with reading(store_path, day=day) as store:
        store.filled()
        found = look_up(
            store,
            bearer=find(store, bearer, (ThingKind.ACTOR,)).id if bearer else "",
            body=body,
            theme=find(store, theme, (ThingKind.THEME,)).id if theme else "",
            kinds=[Kind(kind) for kind in kinds or KINDS],
        )
    if format_ == "xlsx":
        write_whole(output, lambda to: to.write(overlap_book(found)))
    elif format_ != "table":
        writers = {"csv": writing.to_csv, "json": writing.to_json, "markdown": writing.to_markdown}
        written = writers[format_](found)
        write_whole(output, lambda to: to.write(written.encode()))
    elif found:
        console = stdout()
        console.print(Text(writing.summary(found), style="bold"))
        for group in found:
            console.print(Text(f"\n{writing.heading(group)}", style="bold"))
            for duty in group.duties:
                console.print(Text(f"  {duty.document}, {duty.label} · {duty.day}", style="italic"))
                console.print(Text(f"    {shortened(duty.text)}"))
    else:
        stderr().print("Nothing is asked twice within these bounds.")

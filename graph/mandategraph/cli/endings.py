"""`endings`: which mandates end, which are reviewed, and which do neither."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from mandategraph.cli.output import (
    as_read_option,
    forms_option,
    guarded,
    no_table,
    nothing,
    output_option,
    print_rows,
    reading,
    stdout,
    store_option,
    write_whole,
)

OUTLOOKS = ("end", "review only", "neither", "brought to an end", "run out", "run out, not mentioned again")


@click.command()
@store_option
@as_read_option
@forms_option("csv", "json", "xlsx", said="For people, for programs (csv, json), or a workbook with a sheet each way.")
@output_option
@click.option(
    "--by",
    "way",
    type=click.Choice(("mandate", "body", "year")),
    default="mandate",
    show_default=True,
    help="Of a table, and of CSV.",
)
@click.option("--outlook", "outlooks", multiple=True, type=click.Choice(OUTLOOKS), help="Only these; may be repeated.")
@click.option("--body", default="", help="Only what this body decided last (Security Council).")
@click.option("--holder", help="Whose (id, name or symbol; for measures, the instrument they go back to).")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As it was known on this day; today if not given.")
@guarded
def endings(
    store_path: Path,
    format_: str,
    output: Path | None,
    way: str,
    outlooks: tuple[str, ...],
    body: str,
    holder: str | None,
    on: datetime | None,
) -> None:
    """List mandates, measures and authorizations by review and end.

    With an end; with a review only; with neither; brought to an end; run out; and run out and never mentioned again in the store.
    """
    from mandategraph.answering.endings import Outlook
    from mandategraph.answering.endings import endings as look_up
    from mandategraph.exporting import landscape as writing
    from mandategraph.keeping.naming import find
    from mandategraph.recalling.labels import labels_of

    no_table(output, format_)
    with reading(store_path) as store:
        store.filled()
        found = look_up(
            store,
            day=str(on.date() if on else date.today()),
            body=body,
            holder=find(store, holder).id if holder else "",
            outlooks=[Outlook(outlook) for outlook in outlooks or OUTLOOKS],
        )
        rows = writing.ending_rows(found, way)
        lines = list(labels_of(store).lines(rows))
    if format_ == "xlsx":
        write_whole(output, lambda to: to.write(writing.ending_book(found)))
    elif format_ != "table":
        written = writing.ending_csv(found, way) if format_ == "csv" else writing.ending_json(found)
        write_whole(output, lambda to: to.write(written.encode()))
    elif not found:
        nothing("No mandate fits.")
    else:
        print_rows(stdout(), rows.columns, lines)

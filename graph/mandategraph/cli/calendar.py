"""`calendar`: deadlines and reporting cycles, for people and for their calendars."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from mandategraph.cli.output import guarded, print_rows, stderr, stdout, store_option, write_whole
from mandategraph.store import GraphStore


@click.command()
@store_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "ics"]),
    default="table",
    show_default=True,
    help="A table, CSV (RFC 4180), or iCalendar (RFC 5545).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file; standard output where none is given.",
)
@click.option("--actor", help="Whose (id, name or symbol).")
@click.option("--document", "wanted", help="In which document (symbol).")
@click.option("--instrument", help="Citing which instrument.")
@click.option("--theme", "subject", help="On which theme.")
@click.option("--after", help="Not before this day (2021-03-31).")
@click.option("--before", help="Not after this day.")
@click.option("--alarm", type=click.IntRange(0, 366), help="Remind so many days before; for ics.")
@guarded
def calendar(store_path: Path, format_: str, output: Path | None, alarm: int | None, **given: str | None) -> None:
    """Show what falls due when, every reporting cycle, and what waits for an event or a session."""
    from mandategraph.agenda import COLUMNS, agenda, write_icalendar
    from mandategraph.showing import resolve

    if alarm is not None and format_ != "ics":
        raise click.UsageError("--alarm is for --format ics.")
    if output is not None and format_ == "table":
        raise click.UsageError("A table is not written to a file: give --format csv or ics.")
    with GraphStore.open_to_read(store_path) as store:
        wanted = {name: value for name, value in given.items() if value}
        if "actor" in wanted:
            _, wanted["actor"] = resolve(store, wanted["actor"])
        entries = agenda(store, wanted)
    if format_ == "ics":
        write_whole(output, lambda to: to.write(write_icalendar(entries, alarm=alarm)))
    elif format_ == "csv":
        written = io.StringIO(newline="")
        csv.writer(written).writerows([COLUMNS, *(entry.row() for entry in entries)])
        write_whole(output, lambda to: to.write(written.getvalue().encode()))
    elif not entries:
        stderr().print("Nothing falls due, recurs or waits there.")
    else:
        print_rows(stdout(), COLUMNS, [list(entry.row()) for entry in entries])

"""`calendar`: deadlines and reporting cycles, for people and for their calendars."""

from __future__ import annotations

from pathlib import Path

import click

from mandategraph.cli.output import (
    as_read_option,
    forms_option,
    guarded,
    in_force_option,
    no_table,
    nothing,
    output_option,
    print_rows,
    reading,
    stdout,
    store_option,
    write_whole,
)


@click.command()
@store_option
@as_read_option
@forms_option("csv", "ics", said="A table, CSV, or iCalendar (RFC 5545).")
@output_option
@click.option("--actor", help="Whose (id, name or symbol).")
@click.option("--document", "wanted", help="In which document (symbol).")
@click.option("--instrument", help="Citing which instrument.")
@click.option("--theme", "subject", help="On which theme.")
@click.option("--after", help="Not before this day (2021-03-31).")
@click.option("--before", help="Not after this day.")
@click.option("--alarm", type=click.IntRange(0, 366), help="Remind so many days before; for ics.")
@in_force_option
@guarded
def calendar(
    store_path: Path, format_: str, output: Path | None, alarm: int | None, day: str | None, **given: str | None
) -> None:
    """Show what falls due when, every reporting cycle, and what waits for an event or a session."""
    from mandategraph.answering.agenda import COLUMNS, agenda, write_csv, write_icalendar
    from mandategraph.recalling.labels import labels_of

    if alarm is not None and format_ != "ics":
        raise click.UsageError("--alarm is for --format ics.")
    no_table(output, format_)
    with reading(store_path, day=day) as store:
        wanted = {name: value for name, value in given.items() if value}
        entries = agenda(store, wanted)
        lines = labels_of(store).texts(COLUMNS, [entry.row() for entry in entries])
    if format_ == "ics":
        write_whole(output, lambda to: to.write(write_icalendar(entries, alarm=alarm)))
    elif format_ == "csv":
        write_whole(output, lambda to: to.write(write_csv(entries).encode()))
    elif not entries:
        nothing("Nothing falls due, recurs or waits there.")
    else:
        print_rows(stdout(), COLUMNS, lines)

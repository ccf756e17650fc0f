"""`burden`: the reports that are due, and what they come to."""

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
    nothing,
    output_option,
    print_rows,
    reading,
    stdout,
    store_option,
    write_whole,
)

WAYS = ("bearer", "body", "year", "month", "requirement")


@click.command()
@store_option
@as_read_option
@forms_option("csv", "json", "xlsx", said="For people, for programs (csv, json), or a workbook with a sheet each way.")
@output_option
@click.option("--by", "way", type=click.Choice(WAYS), help="A table is by bearer, CSV by requirement, if not given.")
@click.option("--actor", help="Who reports (id, name or symbol).")
@click.option("--body", default="", help="Only what this body asks for (Security Council).")
@click.option("--document", "wanted", help="In which document (symbol).")
@click.option("--theme", "subject", help="On which theme.")
@click.option("--after", help="Due not before this day (2021-03-31).")
@click.option("--before", help="Due not after this day.")
@in_force_option
@guarded
def burden(
    store_path: Path,
    format_: str,
    output: Path | None,
    way: str | None,
    body: str,
    day: str | None,
    **given: str | None,
) -> None:
    """Count the reports that are due: by bearer, body, year or month, how many a year, and which end with their mandate.

    A cycle ends with the mandate that its document extends, or where a later document of one line asks for the same.
    """
    from mandategraph.answering.burden import burden as look_up
    from mandategraph.exporting import landscape as writing
    from mandategraph.recalling.labels import labels_of

    no_table(output, format_)
    with reading(store_path, day=day) as store:
        found = look_up(store, {name: value for name, value in given.items() if value}, body=body)
        rows = writing.burden_rows(found, way or "bearer")
        lines = list(labels_of(store).lines(rows))
    if format_ == "xlsx":
        write_whole(output, lambda to: to.write(writing.burden_book(found)))
    elif format_ != "table":
        written = writing.burden_csv(found, way or "requirement") if format_ == "csv" else writing.burden_json(found)
        write_whole(output, lambda to: to.write(written.encode()))
    elif not found.dues:
        nothing("No report is asked for there.")
    else:
        stdout().print(Text(writing.burden_summary(found), style="bold"))
        print_rows(stdout(), rows.columns, lines)

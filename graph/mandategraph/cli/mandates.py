"""`mandates`: what goes on until it ends, and when that is."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from mandategraph.cli.output import (
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

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@store_option
@forms_option("csv", "json", said="A table, CSV, or JSON with every term.")
@output_option
@click.option("--on", type=_DAY, help="In force on this day, as it was known then (2021-03-31).")
@click.option("--ending-before", type=_DAY, help="Only what ends before this day.")
@click.option("--holder", help="Whose (id, name or symbol); for measures, the instrument they go back to.")
@guarded
def mandates(
    store_path: Path,
    format_: str,
    output: Path | None,
    on: datetime | None,
    ending_before: datetime | None,
    holder: str | None,
) -> None:
    """List mandates, measures and authorizations: until when, by which instrument, since when."""
    from mandategraph.answering import mandates as answering
    from mandategraph.exporting import mandates as writing
    from mandategraph.keeping.naming import find

    no_table(output, format_)
    day = str(on.date() if on else date.today())
    with reading(store_path) as store:
        found = answering.mandates(
            store,
            on=day if on else "",
            ending_before=str(ending_before.date()) if ending_before else "",
            holder=find(store, holder).id if holder else "",
        )
    if format_ == "csv":
        write_whole(output, lambda to: to.write(writing.to_csv(found, day).encode()))
    elif format_ == "json":
        said = json.dumps(writing.to_records(found, day), ensure_ascii=False, indent=1)
        write_whole(output, lambda to: to.write(f"{said}\n".encode()))
    elif found:
        print_rows(stdout(), answering.COLUMNS, [list(m.row(day)) for m in found])
    else:
        nothing("No mandate, measure or authorization fits.")

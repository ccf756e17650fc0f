"""`mandates`: what goes on until it ends, and when that is."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click
from rich.text import Text

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

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@store_option
@as_read_option
@forms_option("csv", "json", said="A table, CSV, or JSON with every term.")
@output_option
@click.option("--on", type=_DAY, help="In force on this day, as it was known then (2021-03-31).")
@click.option("--ending-before", type=_DAY, help="Only what ends before this day.")
@click.option(
    "--holder",
    help="Whose (id, name or symbol; for measures, the instrument they go back to), with tasks, ceilings, exemptions.",
)
@guarded
def mandates(
    store_path: Path,
    format_: str,
    output: Path | None,
    on: datetime | None,
    ending_before: datetime | None,
    holder: str | None,
) -> None:
    """List mandates, measures and authorizations: until when, by which instrument, since when; of a holder, what they are on that day too."""
    from mandategraph.answering import mandates as answering
    from mandategraph.answering.contents import ContentsOf
    from mandategraph.exporting import mandates as writing
    from mandategraph.keeping.naming import find
    from mandategraph.recalling.labels import labels_of

    no_table(output, format_)
    day = str(on.date() if on else date.today())
    with reading(store_path) as store:
        found = answering.mandates(
            store,
            on=day if on else "",
            ending_before=str(ending_before.date()) if ending_before else "",
            holder=find(store, holder).id if holder else "",
        )
        lines = labels_of(store).texts(answering.COLUMNS, [m.row(day) for m in found])
        is_told = holder or format_ == "json"
        contents = ContentsOf(store) if is_told else None
        known_on = day if on else str(date.max)
        held = {m.iri: contents.on(m, known_on) for m in found} if contents else {}
    if format_ == "csv":
        write_whole(output, lambda to: to.write(writing.to_csv(found, day).encode()))
    elif format_ == "json":
        said = json.dumps(writing.to_records(found, day, held), ensure_ascii=False, indent=1)
        write_whole(output, lambda to: to.write(f"{said}\n".encode()))
    elif found:
        print_rows(stdout(), answering.COLUMNS, lines)
        for mandate in (m for m in found if m.iri in held):
            for said in (*mandate.said(day), *held[mandate.iri].said()):
                stdout().print(Text(f"{mandate.name}: {said}"), soft_wrap=True)
    else:
        nothing("No mandate, measure or authorization fits.")

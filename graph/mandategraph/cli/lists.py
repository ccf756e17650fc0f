"""`documents`, `actors`, `obligations`: what the graph holds, filtered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mandategraph.cli.output import (
    as_read_option,
    format_option,
    guarded,
    in_force_option,
    reading,
    store_option,
    write_rows,
)
from mandategraph.errors import NotFoundError
from mandategraph.symbols import did_you_mean

if TYPE_CHECKING:
    from mandategraph.recalling.rows import Rows


def _chosen(found: Rows, column: str, value: str | None) -> Rows:
    """Return the rows that have a value in a column, in any case; all where none is given.

    Raises:
        NotFoundError: no row has it; the nearest values are named.
    """
    if value is None:
        return found
    known = {row[column].casefold(): row[column] for row in found.records() if row[column]}
    if value.strip().casefold() not in known:
        hint = did_you_mean(value, known.values()) or f"There is {', '.join(sorted(known.values()))}."
        raise NotFoundError(f"nothing here has the {column} {value!r}", hint=hint)
    return found.where(column, known[value.strip().casefold()])


@click.command()
@store_option
@as_read_option
@format_option
@click.option("--status", help="Only documents of this status (adopted, draft, conclusions, ...).")
@guarded
def documents(store_path: Path, format_: str, status: str | None) -> None:
    """List the documents in the store."""
    from mandategraph.recalling.things import list_documents

    with reading(store_path) as store:
        write_rows(_chosen(list_documents(store), "status", status), format_, store)


@click.command()
@store_option
@as_read_option
@format_option
@click.option("--type", "type_", help="Only actors of this type (un_mission, armed_group, government, ...).")
@guarded
def actors(store_path: Path, format_: str, type_: str | None) -> None:
    """List the actors that the documents name, those that bear most first."""
    from mandategraph.recalling.things import list_actors

    with reading(store_path) as store:
        found = list_actors(store)
    write_rows(_chosen(found, "type", type_), format_)


@click.command()
@store_option
@as_read_option
@format_option
@click.option("--actor", help="Only what this actor bears (MINUSMA, Secretary-General).")
@click.option("--document", help="Only from this document (symbol).")
@click.option("--instrument", help="Only under this instrument (symbol or id).")
@click.option("--due-before", help="Only what is due by this day (2021-06-30).")
@click.option("--strength", "minimum", type=click.IntRange(0, 5), help="Only verbs of at least this pressure (0-5).")
@in_force_option
@click.option(
    "--history",
    is_flag=True,
    help="Instead, what is in force no longer, each with why: today, or on the day of --in-force.",
)
@guarded
def obligations(
    store_path: Path,
    format_: str,
    actor: str | None,
    document: str | None,
    instrument: str | None,
    due_before: str | None,
    minimum: int | None,
    day: str | None,
    history: bool,
) -> None:
    """List who must, may or must not do what."""
    from mandategraph.answering.listing import obligations as listed
    from mandategraph.answering.standing import left_out

    given = {"actor": actor, "wanted": document, "instrument": instrument, "before": due_before, "minimum": minimum}
    asked = {name: str(value) for name, value in given.items() if value is not None}
    if history and (due_before or minimum is not None):
        raise click.UsageError("--due-before and --strength are not for --history.")
    with reading(store_path, day=None if history else day) as store:
        found = left_out(store, day or str(date.today()), asked) if history else listed(store, asked)
        write_rows(found, format_, store)

"""`documents`, `actors`, `obligations`: what the graph holds, filtered."""

from __future__ import annotations

from pathlib import Path

import click

from mandategraph.cli.output import format_option, guarded, in_force_option, reading, store_option, write_rows


@click.command()
@store_option
@format_option
@click.option("--status", help="Only documents of this status (adopted, draft, conclusions, ...).")
@guarded
def documents(store_path: Path, format_: str, status: str | None) -> None:
    """List the documents in the store."""
    from mandategraph.recalling.things import list_documents

    with reading(store_path) as store:
        found = list_documents(store)
    write_rows(found if status is None else found.where("status", status), format_)


@click.command()
@store_option
@format_option
@click.option("--type", "type_", help="Only actors of this type (un_mission, armed_group, government, ...).")
@guarded
def actors(store_path: Path, format_: str, type_: str | None) -> None:
    """List the actors that the documents name, those that bear most first."""
    from mandategraph.recalling.things import list_actors

    with reading(store_path) as store:
        found = list_actors(store)
    write_rows(found if type_ is None else found.where("type", type_), format_)


@click.command()
@store_option
@format_option
@click.option("--actor", help="Only what this actor bears (id, e.g. MINUSMA).")
@click.option("--document", help="Only from this document (symbol).")
@click.option("--instrument", help="Only under this instrument (symbol or id).")
@click.option("--due-before", help="Only what is due by this day (2021-06-30).")
@click.option("--strength", "minimum", type=click.IntRange(0, 5), help="Only verbs of at least this pressure (0-5).")
@in_force_option
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
) -> None:
    """List who must, may or must not do what."""
    from mandategraph.answering.listing import obligations as listed

    given = {"actor": actor, "wanted": document, "instrument": instrument, "before": due_before, "minimum": minimum}
    asked = {name: str(value) for name, value in given.items() if value is not None}
    with reading(store_path, day=day) as store:
        found = listed(store, asked)
    write_rows(found, format_)

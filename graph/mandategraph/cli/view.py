"""`view`: the network as one page."""

from __future__ import annotations

from pathlib import Path

import click

from mandategraph.cli.export import PROJECTIONS
from mandategraph.cli.output import as_read_option, guarded, in_force_option, reading, store_option, write_whole


@click.command()
@store_option
@as_read_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("mandategraph.html"),
    show_default=True,
    help="The file to write.",
)
@click.option(
    "--projection",
    type=click.Choice(PROJECTIONS),
    default="actor-actor",
    show_default=True,
    help="How it begins: with ties between actors, or with obligations as nodes.",
)
@click.option("--document", "documents", multiple=True, help="Only what this document says; may be repeated.")
@click.option(
    "--actor", "actors", multiple=True, help="Only what this actor (id) or instrument is an end of; may be repeated."
)
@click.option("--theme", "themes", multiple=True, help="Only obligations on this theme (id); may be repeated.")
@in_force_option
@guarded
def view(
    store_path: Path,
    output: Path,
    projection: str,
    documents: tuple[str, ...],
    actors: tuple[str, ...],
    themes: tuple[str, ...],
    day: str | None,
) -> None:
    """Write the network to one HTML file that opens without a server or a network."""
    from mandategraph.viewing import view as page

    with reading(store_path, day=day) as store:
        written = page(store, projection=projection, documents=documents, actors=actors, themes=themes)
    write_whole(output, lambda to: to.write(written.encode()))
    click.echo(f"Open {output} in a browser.", err=True)

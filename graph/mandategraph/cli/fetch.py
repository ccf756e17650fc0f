"""`fetch`: official documents from the document service of the United Nations."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click
from rich.text import Text

from mandategraph.cli.output import guarded, say, stderr


@click.command()
@click.argument("symbols", nargs=-1, required=True, metavar="SYMBOL...")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("documents"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--format", "format_", type=click.Choice(["pdf", "docx", "doc"]), help="The format.  [default: pdf]")
@click.option("--language", help="The language.  [default: en]")
@click.option("--again", is_flag=True, help="Fetch documents anew that are there.")
@click.option("--service", "service_file", type=click.Path(path_type=Path), help="A configuration of your own (TOML).")
@guarded
def fetch(
    symbols: tuple[str, ...],
    into: Path,
    format_: str | None,
    language: str | None,
    again: bool,
    service_file: Path | None,
) -> None:
    """Download official documents by symbol into a folder, each with a file that says where it came from."""
    from mandategraph.building.fetching import REFUSED, load_service
    from mandategraph.building.fetching import fetch as fetch_all

    service = load_service(service_file)
    service = replace(service, format=format_ or service.format, language=language or service.language)
    refused = 0
    for fetched in fetch_all(symbols, into, service, again=again):
        if fetched.outcome == REFUSED:
            refused += 1
            stderr().print(Text(f"Refused: {fetched.problem}"))
        else:
            say(f"{fetched.symbol} {fetched.outcome}: {fetched.file}")
    if refused:
        sys.exit(1)

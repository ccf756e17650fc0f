"""`build`: documents into the store."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from mandategraph.cli.output import guarded, print_rows, stderr, stdout, store_option
from mandategraph.store import GraphStore


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A gazetteer file of your own.",
)
@click.option("-v", "--verbose", is_flag=True, help="List the passages that were not understood.")
@guarded
def build(paths: tuple[Path, ...], store_path: Path, data: tuple[Path, ...], verbose: bool) -> None:
    """Read documents (files or folders) into the store; unchanged ones are skipped."""
    from mandategraph.building import REFUSED
    from mandategraph.building import build as build_store

    console = stderr()
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with (
        GraphStore.open(store_path) as store,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("", total=None)

        def advance(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total, description=name)

        reports = build_store(paths, store, data=data, on_progress=advance)
    names = ("document", "outcome", "statements", "obligations", "indicators", "relations", "mentions", "not read")
    rows = []
    for report in reports:
        if report.outcome != REFUSED:
            counts = (
                report.statements,
                report.obligations,
                report.indicators,
                report.relations,
                report.mentions,
                len(report.unread),
            )
            shown = ["" if report.outcome == "unchanged" else str(n) for n in counts]
            rows.append([report.key, report.outcome, *shown])
    if rows:
        print_rows(stdout(), names, rows)
    for report in reports:
        if report.outcome == REFUSED:
            console.print(Text(f"Refused: {report.problem}"))
        elif report.problem:
            console.print(Text(f"Note: {report.name}: {report.problem}."))
        if verbose:
            for unread in report.unread:
                console.print(
                    Text(
                        f"Not read: {report.key}, {unread.paragraph} ({unread.span.start}-{unread.span.end}): {unread.why}"
                    )
                )
    if any(report.outcome == REFUSED for report in reports):
        sys.exit(1)

"""`build`, `watch` and `migrate`: documents into the store."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from mandategraph.cli.output import guarded, print_rows, stderr, stdout, store_option
from mandategraph.keeping.store import GraphStore

if TYPE_CHECKING:
    from mandategraph.building.engines import Engine
    from mandategraph.building.extracting import DocumentReport

_COUNTS = ("statements", "obligations", "indicators", "relations", "mentions", "not read")
data_option = click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A gazetteer file of your own.",
)
limit_option = click.option(
    "--limit", "limits", multiple=True, metavar="NAME=NUMBER", help="Change a limit of what a document may have."
)


def _cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=_cores, show_default="the cores", help="Processes that read."
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@store_option
@data_option
@limit_option
@jobs_option
@click.option("--prune", is_flag=True, help="Remove documents from the store that are not at PATHS.")
@click.option(
    "--prefer",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A file, or a folder of them, that is the document of its symbol: others that print it are set aside.",
)
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="What reads.")
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster, such as tcp://10.0.0.1:8786.")
@click.option(
    "--shards", metavar="FOLDER", help="Where its workers write: a path or an address (s3://...) they all reach."
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Say why each document has its key, and which passages were not understood."
)
@guarded
def build(
    paths: tuple[Path, ...],
    store_path: Path,
    data: tuple[Path, ...],
    limits: tuple[str, ...],
    jobs: int,
    prune: bool,
    prefer: tuple[Path, ...],
    engine: str,
    scheduler: str | None,
    shards: str | None,
    verbose: bool,
) -> None:
    """Read documents (files, folders, archives, or - for standard input) into the store; unchanged ones are skipped."""
    from mandategraph.building.writing import build as build_store
    from mandategraph.reading.limits import parse_limits

    if not (paths or prefer):
        raise click.UsageError("Give files or folders to read.")
    if (engine == "dask") != bool(scheduler and shards) or (engine == "local" and (scheduler or shards)):
        raise click.UsageError("--engine dask, --scheduler and --shards go together.")
    allowed = parse_limits(limits)
    with GraphStore.open(store_path) as store, contextlib.ExitStack() as opened:
        cluster: Engine | None = None
        if scheduler and shards:
            from mandategraph.building.clusters import DaskEngine

            cluster = opened.enter_context(DaskEngine(scheduler, shards, data=data, limits=allowed))
        reports = _with_progress(
            lambda tell: build_store(
                paths,
                store,
                data=data,
                limits=allowed,
                prune=prune,
                prefer=prefer,
                jobs=jobs,
                engine=cluster,
                on_progress=tell,
            )
        )
    print_reports(reports, verbose=verbose)
    if any(report.is_wanting for report in reports):
        sys.exit(1)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@store_option
@data_option
@limit_option
@click.option("--prune", is_flag=True, help="Remove a document from the store when it goes from the folder.")
@guarded
def watch(folder: Path, store_path: Path, data: tuple[Path, ...], limits: tuple[str, ...], prune: bool) -> None:
    """Build a folder, and again whenever something in it changes, until Ctrl-C."""
    from mandategraph.building.watching import watch as watch_folder
    from mandategraph.reading.limits import parse_limits

    allowed = parse_limits(limits)
    stderr().print(Text(f"Watching {folder}; Ctrl-C stops."))
    for reports in watch_folder(folder, store_path, data=data, limits=allowed, prune=prune):
        print_reports([report for report in reports if report.outcome != "unchanged"], verbose=False)


@click.command()
@store_option
@data_option
@jobs_option
@guarded
def migrate(store_path: Path, data: tuple[Path, ...], jobs: int) -> None:
    """Read all documents of the store anew from the texts it holds: after an update, or where its format is older."""
    from mandategraph.building.writing import rebuild

    if not store_path.exists():
        GraphStore.open_to_read(store_path)
    with GraphStore.open(store_path, any_format=True) as store:
        print_reports(
            _with_progress(lambda tell: rebuild(store, data=data, jobs=jobs, on_progress=tell)), verbose=False
        )


def _with_progress(
    work: Callable[[Callable[[int, int, str], None]], Sequence[DocumentReport]],
) -> Sequence[DocumentReport]:
    console = stderr()
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        return work(lambda done, total, name: progress.update(task, completed=done, total=total, description=name))


def print_reports(reports: Iterable[DocumentReport], *, verbose: bool) -> None:
    """Print what became of documents: a table of those in the store, and a line for each of which there is more to say."""
    from mandategraph.building.writing import BESIDE, BUILT, PASSED, REFUSED, REPLACED

    console = stderr()
    rows = []
    for report in reports:
        if report.outcome not in {REFUSED, PASSED}:
            counts = (report.statements, report.obligations, report.indicators, report.relations, report.mentions)
            all_counts = (*counts, len(report.unread))
            shown = [str(n) if report.outcome in {BUILT, REPLACED, BESIDE} else "" for n in all_counts]
            rows.append([report.key, report.outcome, *shown])
    if rows:
        print_rows(stdout(), ("document", "outcome", *_COUNTS), rows)
    for report in reports:
        if report.outcome == REFUSED:
            console.print(Text(f"Refused: {report.problem}"))
        elif report.problem:
            what = "Passed over" if report.outcome == PASSED else report.outcome.capitalize()
            console.print(Text(f"{what}: {report.name}: {report.problem}."))
        if verbose and report.reason:
            console.print(Text(f"Key: {report.key}: {report.reason}"))
        for unread in report.unread if verbose else ():
            place = f"{report.key}, {unread.paragraph} ({unread.span.start}-{unread.span.end})"
            console.print(Text(f"Not read: {place}: {unread.why}"))

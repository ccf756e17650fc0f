"""`corrections`: what people said, listed, written to files and read from them."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.text import Text

from mandategraph.cli.build import data_option
from mandategraph.cli.output import (
    guarded,
    output_option,
    print_rows,
    reading,
    say,
    stderr,
    stdout,
    store_option,
    write_whole,
)
from mandategraph.errors import SourceError
from mandategraph.keeping.store import GraphStore

_TURTLE = (".ttl", ".turtle")


@click.group()
def corrections() -> None:
    """List what people said of the store's documents, and share it by file."""


@corrections.command("list")
@click.argument("document", default="")
@store_option
@click.option("--orphaned", is_flag=True, help="Only those whose words, or what is said of them, are not there.")
@click.option("--conflicts", is_flag=True, help="Only those of which another person says otherwise.")
@guarded
def list_(document: str, store_path: Path, orphaned: bool, conflicts: bool) -> None:
    """List all corrections, or those of a DOCUMENT, each with what became of it."""
    from mandategraph.answering.corrections import described, list_corrections
    from mandategraph.keeping.naming import find_documents

    with reading(store_path) as store:
        key = find_documents(store, [document])[0] if document in store.documents() else document
        found = list_corrections(store, key)
    chosen = [
        each for each in found if (each.standing == "orphaned" or not orphaned) and (each.rivals or not conflicts)
    ]
    rows = [
        [
            each.correction.id,
            each.standing,
            each.reason,
            ", ".join(each.rivals),
            each.correction.who,
            each.correction.when,
            described(each.correction),
            each.correction.reason,
        ]
        for each in chosen
    ]
    print_rows(stdout(), ("id", "standing", "why", "against", "who", "when", "said", "reason"), rows)


@corrections.command("export")
@store_option
@output_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "turtle", "annotations"]),
    default="jsonl",
    show_default=True,
    help="JSON Lines, Turtle, or a folder of reference annotations for evaluate.",
)
@guarded
def export(store_path: Path, output: Path | None, format_: str) -> None:
    """Write all corrections."""
    from mandategraph.correcting.lines import to_lines
    from mandategraph.evaluating.confirmed import write_annotations
    from mandategraph.exporting.corrections import to_turtle
    from mandategraph.recalling.corrections import corrections as recalled

    with reading(store_path) as store:
        if format_ == "annotations":
            if output is None:
                raise click.UsageError("Name a folder with -o.")
            for folder, count in write_annotations(store, output):
                say(f"{folder}: {count} statements")
            return
        every = recalled(store)
    text = to_turtle(every) if format_ == "turtle" else "".join(f"{line}\n" for line in to_lines(every)).encode()
    write_whole(output, lambda to: to.write(text))


@corrections.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@store_option
@data_option
@guarded
def import_(files: tuple[Path, ...], store_path: Path, data: tuple[Path, ...]) -> None:
    """Take the corrections of FILES (JSON Lines or Turtle) into the store, beside those that it has; show where people differ."""
    from mandategraph.answering.corrections import list_corrections
    from mandategraph.building.correcting import correct

    given = [each for file in files for each in read_corrections(file)]
    GraphStore.open_to_read(store_path).close()
    with GraphStore.open(store_path) as store:
        new = correct(store, given, data=data, is_strict=False)
        listed = [each for each in list_corrections(store) if each.correction in new]
    say(f"{len(new)} corrections are new, {len({each.id for each in given}) - len(new)} were here already")
    for each in listed:
        if each.standing == "orphaned":
            stderr().print(Text(f"Orphaned: {each.correction.id}: {each.reason}"))
        if each.rivals:
            stderr().print(Text(f"Conflict: {each.correction.id}: {', '.join(each.rivals)} says otherwise"))
    if any(each.rivals or each.standing == "orphaned" for each in listed):
        sys.exit(1)


@corrections.command("agreement")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@store_option
@guarded
def agreement(files: tuple[Path, ...], store_path: Path) -> None:
    """Say how far people agree (Cohen's kappa over the verdicts), in FILES, or in the store where none is given."""
    from mandategraph.correcting.settling import agreements, conflicts
    from mandategraph.recalling.corrections import corrections as recalled

    if files:
        every = [each for file in files for each in read_corrections(file)]
    else:
        with reading(store_path) as store:
            every = recalled(store)
    rows = [
        [
            *each.people,
            str(each.judged),
            str(each.same),
            "" if each.kappa is None else f"{each.kappa:.3f}",
            str(each.values),
            str(each.same_values),
        ]
        for each in agreements(every)
    ]
    print_rows(
        stdout(), ("one", "other", "judged by both", "same verdict", "kappa", "values by both", "same value"), rows
    )
    for conflict in conflicts(every):
        say(f"{conflict.held.id} ({conflict.held.who}) holds against {conflict.other.id} ({conflict.other.who})")


def read_corrections(file: Path) -> list:  # type: ignore[type-arg]
    """Return the corrections of a file, by its name in JSON Lines or in Turtle.

    Raises:
        SourceError: it cannot be read, or holds something else.
    """
    from mandategraph.correcting.lines import from_lines
    from mandategraph.exporting.corrections import from_turtle

    if file.suffix in _TURTLE:
        return from_turtle(file.read_bytes(), str(file))
    try:
        return from_lines(file.read_text(encoding="utf-8").splitlines(), str(file))
    except UnicodeDecodeError as error:
        raise SourceError("this is no text", where=str(file), hint="Give JSON Lines or Turtle.") from error

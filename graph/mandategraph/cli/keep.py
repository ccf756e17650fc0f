"""`remove`, `history`, `check`, `backup` and `restore`: the store as something to keep."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.text import Text

from mandategraph.cli.output import guarded, print_rows, reading, say, stderr, stdout, store_option, write_whole
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="SYMBOL...")
@store_option
@guarded
def remove(documents: tuple[str, ...], store_path: Path) -> None:
    """Take documents and their histories out of the store; all of them, or none where one is not there."""
    from mandategraph.building.writing import remove as remove_from

    GraphStore.open_to_read(store_path).close()
    with GraphStore.open(store_path) as store:
        for key in remove_from(store, documents):
            say(f"{key} removed")


@click.command()
@click.argument("document", metavar="SYMBOL")
@store_option
@guarded
def history(document: str, store_path: Path) -> None:
    """Show the versions of a document that others took the place of, which statements changed, and what people said of it."""
    from mandategraph.answering.corrections import described, list_corrections
    from mandategraph.keeping.documents import said_of
    from mandategraph.keeping.history import versions

    with reading(store_path) as store:
        (key,) = find_documents(store, [document])
        found = versions(store, key)
        now = said_of(store, key)
        said = list_corrections(store, key)
    rows = [[str(v.number), v.until, v.sha256[:12], v.program, str(len(v.dropped)), str(len(v.added))] for v in found]
    rows.append([str(len(found) + 1), "in the store", now["sha256"][:12], now.get("programVersion", ""), "", ""])
    print_rows(stdout(), ("version", "until", "sha256", "program", "dropped", "added"), rows)
    for version in found:
        for sign, statements in (("-", version.dropped), ("+", version.added)):
            for statement in statements:
                stdout().print(Text(f"{version.number} {sign} {statement}"))
    for each in said:
        made = each.correction
        stdout().print(Text(f"{made.when} {made.who}: {described(made)} ({each.standing})"))


@click.command()
@store_option
@guarded
def check(store_path: Path) -> None:
    """Read the whole store, and every quotation against its source; say what is not as it must be."""
    from mandategraph.keeping.checking import check as check_store
    from mandategraph.recalling.corrections import check_corrections

    with reading(store_path) as store:
        checked, findings = check_store(store)
        findings += check_corrections(store)
    say(f"{checked.documents:,} documents, {checked.quotations:,} quotations, {checked.quads:,} quads read")
    for finding in findings:
        say(f"{finding.where}: {finding.what}")
    if findings:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@store_option
@guarded
def backup(file: Path, store_path: Path) -> None:
    """Write the whole store to a FILE (N-Quads, compressed), as it is at this moment."""
    from mandategraph.keeping.backup import back_up

    counts: list[int] = []
    with reading(store_path) as store:
        write_whole(file, lambda to: counts.append(back_up(store, to)))
    stderr().print(Text(f"{counts[0]:,} quads in {file}"))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@store_option
@click.option("--replace", is_flag=True, help="Take the place of the store that is there.")
@guarded
def restore(file: Path, store_path: Path, replace: bool) -> None:
    """Make the store from a FILE of backup; one that is there goes on until all is loaded."""
    from mandategraph.keeping.backup import restore as restore_from

    count = restore_from(file, store_path, replace=replace)
    stderr().print(Text(f"{count:,} quads in {store_path}"))

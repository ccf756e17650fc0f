"""`precedents`: what was agreed before, in which words."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from mandategraph.cli.output import (
    as_read_option,
    forms_option,
    guarded,
    no_table,
    output_option,
    print_rows,
    reading,
    shortened,
    stderr,
    stdout,
    store_option,
    write_whole,
)

if TYPE_CHECKING:
    from mandategraph.answering.precedents import Precedent, Precedents
    from mandategraph.indexing.index import Scope

_DAY = click.DateTime(["%Y-%m-%d", "%Y"])


@click.command()
@click.argument("what", required=False)
@store_option
@as_read_option
@forms_option(
    "csv",
    "json",
    "markdown",
    "xlsx",
    said="For people (xlsx is a workbook), for programs (csv, json), or to hand on (markdown).",
)
@output_option
@click.option("--paragraph", default="", help="Only this paragraph of a document, by its label.")
@click.option("--theme", help="The agreed language of a theme, as a table, instead of WHAT.")
@click.option("--body", default="", help="Only what this body said (Security Council).")
@click.option("--since", type=_DAY, help="Only what is of this day, or year, or later (2015).")
@click.option("--before", type=_DAY, help="Only what is earlier than this day; else than WHAT, where its day is known.")
@click.option("--matches", default=3, show_default=True, type=click.IntRange(1, 50), help="So many a paragraph.")
@guarded
def precedents(
    what: str | None,
    store_path: Path,
    format_: str,
    output: Path | None,
    paragraph: str,
    theme: str | None,
    body: str,
    since: datetime | None,
    before: datetime | None,
    matches: int,
) -> None:
    """Show the earlier paragraphs that are closest to each paragraph of WHAT: verbatim, adapted, or new.

    WHAT is a text, a file, the symbol of a document in the store, the IRI of a statement or paragraph there, or - for standard input. The
    exit code is 1 where nothing of it has a precedent.
    """
    from mandategraph.answering.precedents import precedents as look_up
    from mandategraph.answering.subjects import subject_of, subject_of_text
    from mandategraph.exporting import precedents as writing
    from mandategraph.exporting.landscape import precedent_book
    from mandategraph.indexing.index import Scope
    from mandategraph.indexing.opening import open_index

    if bool(what) == bool(theme):
        raise click.UsageError("Give a text, a file or a symbol, or else a --theme.")
    no_table(output, format_)
    scope = Scope(body=body, since=_day(since), before=_day(before))
    if what is None:
        _language(store_path, str(theme), scope, format_, output)
        return
    with reading(store_path) as store:
        store.filled()
        with open_index(store) as index:
            given = (
                subject_of_text(sys.stdin.read())
                if what == "-"
                else subject_of(store, index, what, paragraph=paragraph)
            )
            found = look_up(index, given, scope, shown=matches)
    if format_ == "table":
        _print(stdout(), found)
    elif format_ == "xlsx":
        write_whole(output, lambda to: to.write(precedent_book(found)))
    else:
        writers = {"csv": writing.to_csv, "json": writing.to_json, "markdown": writing.to_markdown}
        written = writers[format_](found)
        write_whole(output, lambda to: to.write(written.encode()))
    if not any(each.source for each in found.paragraphs):
        stderr().print("Nothing of it has a precedent within these bounds.")
        sys.exit(1)


def _language(store_path: Path, theme: str, scope: Scope, format_: str, output: Path | None) -> None:
    """Write the agreed language of a theme."""
    from mandategraph.answering.precedents import language
    from mandategraph.exporting import precedents as writing
    from mandategraph.exporting.landscape import wording_book
    from mandategraph.indexing.opening import open_index
    from mandategraph.keeping.naming import ThingKind, find

    with reading(store_path) as store:
        named = find(store, theme, (ThingKind.THEME,)).id
        with open_index(store) as index:
            found = language(index, named, scope)
    if format_ == "table":
        print_rows(stdout(), writing.WORDINGS, [list(row) for row in writing.wording_rows(found)])
        return
    if format_ == "xlsx":
        write_whole(output, lambda to: to.write(wording_book(found)))
        return
    writers = {
        "csv": writing.wordings_to_csv,
        "json": writing.wordings_to_json,
        "markdown": writing.wordings_to_markdown,
    }
    written = writers[format_](found)
    write_whole(output, lambda to: to.write(written.encode()))


def _day(given: datetime | None) -> str:
    return str(given.date()) if given else ""


def _print(console: Console, found: Precedents) -> None:
    from mandategraph.exporting.precedents import summary

    console.print(Text(f"{found.subject.name}: {summary(found)}", style="bold"))
    if len(found.paragraphs) > 1:
        print_rows(console, ("from", "paragraphs", "words"), [[k, str(n), str(w)] for k, n, w in found.sources])
    for each in found.paragraphs:
        _print_one(console, each)


def _print_one(console: Console, each: Precedent) -> None:
    """Print a paragraph with what is closest, the words that differ marked, and where else it stands."""
    from mandategraph.answering.precedents import Likeness
    from mandategraph.exporting.precedents import beside, one_line, told

    head = " · ".join(filter(None, (each.likeness.value, each.given.label, told(each.uses))))
    console.print(Text(f"\n{head}", style="bold"))
    if not each.matches:
        console.print(Text(f"    {shortened(one_line(each.given.text))}"))
        return
    for match in each.matches:
        p = match.passage
        console.print(
            Text(f"  {match.likeness} · {p.document}, {p.label} · {p.day} · {match.share:.2f}", style="italic")
        )
    if each.likeness is Likeness.VERBATIM:
        console.print(Text(f"    {one_line(each.given.text)}"))
        return
    for sign, stretches in zip("-+", beside(each.matches[0], each), strict=True):
        line = Text(f"  {sign} ")
        for words, is_other in stretches:
            line.append(words, style="bold underline" if is_other else "")
        console.print(line)

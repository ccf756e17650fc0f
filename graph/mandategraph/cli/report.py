"""`report`: a mandate brief."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mandategraph.cli.output import (
    as_read_option,
    guarded,
    in_force_option,
    output_option,
    reading,
    store_option,
    write_whole,
)

_SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx"}


@click.command()
@click.argument("name", metavar="ACTOR|MANDATE")
@store_option
@as_read_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["markdown", "html", "docx"]),
    help="How to write it; by the suffix of --output where it is not given, else Markdown.",
)
@output_option
@click.option("--since", default="", help="The mandate to compare with, instead of the one that is found.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Of an actor: the mandate that it held on this day (2021-03-31), and what was asked by then.",
)
@click.option(
    "--order",
    type=click.Choice(["theme", "text"]),
    default="theme",
    show_default=True,
    help="By theme, or as the mandate has it: its priorities in their order, under its headings.",
)
@click.option("--document", "documents", multiple=True, help="Of an actor: only this one; may be repeated.")
@in_force_option
@guarded
def report(
    name: str,
    store_path: Path,
    format_: str | None,
    output: Path | None,
    since: str,
    on: datetime | None,
    order: str,
    documents: tuple[str, ...],
    day: str | None,
) -> None:
    """Write a brief of what an ACTOR bears by the mandate that it holds and by others, or of a MANDATE (a document, or what one quotes).

    Who bears what by subject, with strengths, deadlines, counterparts, changes since the previous mandate, open
    recommendations, and figures against targets; every line is noted to its paragraph.
    """
    from mandategraph.answering.briefing import brief
    from mandategraph.answering.showing import find_actor_or_mandate
    from mandategraph.exporting import brief as writing

    chosen = format_ or (_SUFFIXES.get(output.suffix.lower(), "markdown") if output else "markdown")
    if chosen == "docx" and output is None:
        raise click.UsageError("A Word document needs a file: give --output.")
    with reading(store_path, day=day) as store:
        kind, id_ = find_actor_or_mandate(store, name)
        if (documents or on) and kind == "mandate":
            raise click.UsageError("--document and --on are for the brief of an actor.")
        asked = {kind: id_, "since": since, "on": str(on.date()) if on else "", "order": order}
        made = brief(store, **asked, documents=documents)
    writers = {"markdown": writing.to_markdown, "html": writing.to_html, "docx": writing.to_docx}
    write_whole(output, lambda to: to.write(writers[chosen](made)))

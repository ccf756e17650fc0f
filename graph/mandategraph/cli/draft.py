"""`draft`: a draft checked before it is adopted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mandategraph.cli.output import (
    as_read_option,
    guarded,
    output_option,
    reading,
    say,
    stderr,
    store_option,
    write_whole,
)

if TYPE_CHECKING:
    from mandategraph.drafting.drafts import Draft
    from mandategraph.drafting.linting import Finding

_SUFFIXES = {
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".sarif": "sarif",
}
_BINARY = frozenset({"docx", "xlsx"})
_LEVELS = ("error", "warning", "note")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@store_option
@as_read_option
@click.option("--against", default="", help="Its predecessor, by symbol, instead of the one that is found.")
@click.option("--lint", is_flag=True, help="Only the remarks on the drafting, a line each; they need no store.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["markdown", "html", "docx", "csv", "xlsx", "sarif"]),
    help=(
        "How to write it; by the suffix of --output where it is not given, else Markdown. csv has a row a paragraph with its closest precedent "
        "(with --lint, a row a remark), xlsx a sheet for each table, sarif the remarks alone."
    ),
)
@output_option
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not ask this rule of drafting; may be repeated.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of a draft that gives none.")
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
    default="error",
    show_default=True,
    help="The exit code is 1 where a remark is of this level or above.",
)
@guarded
def draft(
    file: Path,
    store_path: Path,
    against: str,
    lint: bool,
    format_: str | None,
    output: Path | None,
    ignore: tuple[str, ...],
    on: datetime | None,
    fail_on: str,
) -> None:
    """Check a draft, which is read and not stored.

    What it changes against its predecessor, what of it is asked already and by whom, which reports and days it adds, where its words come from, and what is wrong
    in its drafting. A comment "[mandategraph: ignore RULE]" in the draft switches a rule off in its paragraph, above the opening line everywhere.
    """
    from mandategraph.drafting.linting import wanting

    chosen = format_ or (_SUFFIXES.get(output.suffix.lower(), "markdown") if output else "markdown")
    if chosen in _BINARY and output is None:
        raise click.UsageError("A Word document or a workbook needs a file: give --output.")
    if lint and chosen in {"html", *_BINARY}:
        raise click.UsageError("--lint writes lines, or --format csv or sarif.")
    day = str(on.date()) if on else ""
    if lint or chosen == "sarif":
        findings = _lint(file, store_path, chosen, output, ignore, day)
    else:
        findings = _write(file, store_path, against, chosen, output, ignore, day)
    if fail_on != "never" and (wrong := wanting(findings, fail_on)):
        stderr().print(f"{len(wrong)} remarks of the level {fail_on} or above.")
        sys.exit(1)


def _write(
    file: Path, store_path: Path, against: str, form: str, output: Path | None, ignore: tuple[str, ...], day: str
) -> Sequence[Finding]:
    """Write a draft beside the store, and return its findings."""
    from mandategraph.drafting.landscape import draft as look_up
    from mandategraph.drafting.paper import paper_of
    from mandategraph.exporting import brief as writing
    from mandategraph.exporting import drafts as tables

    with reading(store_path) as store:
        found = look_up(store, file, against=against, day=day, ignore=ignore)
        made = None if form in {"csv", "xlsx"} else paper_of(store, found)
    if made is None:
        written = tables.to_workbook(found) if form == "xlsx" else tables.to_csv(found).encode()
    else:
        writers = {"markdown": writing.to_markdown, "html": writing.to_html, "docx": writing.to_docx}
        written = writers[form](made)
    write_whole(output, lambda to: to.write(written))
    return found.findings


def _lint(
    file: Path, store_path: Path, form: str, output: Path | None, ignore: tuple[str, ...], day: str
) -> Sequence[Finding]:
    """Write the findings of a draft, beside the store where there is one, and return them."""
    from mandategraph.drafting.drafts import read_draft
    from mandategraph.drafting.known import Known
    from mandategraph.drafting.linting import lint
    from mandategraph.exporting.drafts import remarks_to_csv
    from mandategraph.exporting.sarif import to_sarif

    with reading(store_path) if store_path.exists() else nullcontext() as store:
        given = read_draft(file, day=day)
        findings = lint(given, Known(store, given.tables, without=given.key), ignore=ignore)
    if form in {"csv", "sarif"}:
        written = to_sarif(given, findings) if form == "sarif" else remarks_to_csv(findings)
        write_whole(output, lambda to: to.write(written.encode()))
    elif output is not None:
        lines = "".join(f"{line}\n" for line in _lines(given, findings))
        write_whole(output, lambda to: to.write(lines.encode()))
    else:
        for line in _lines(given, findings):
            say(line)
    return findings


def _lines(given: Draft, findings: Sequence[Finding]) -> list[str]:
    """Return findings as lines: file, paragraph, level, rule, reason and how sure."""
    from mandategraph.drafting.drafts import paragraph_in_words
    from mandategraph.drafting.paper import sureness

    return [
        f"{given.where}: {paragraph_in_words(each.paragraph)}: {each.level}: {each.reason} ({each.rule.id}, {sureness(each)})"
        for each in findings
        if not each.is_silenced
    ]

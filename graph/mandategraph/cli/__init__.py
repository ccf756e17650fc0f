"""The command line: a thin layer over the library, a file a group of commands.

Results go to standard output, all else to standard error. Exit codes: 0 done; 1 done, but something was found wanting
and is named; 2 wrong usage; 3 data or query invalid; 4 store unusable; 130 stopped by the user.
"""

from __future__ import annotations

import click

from mandategraph import __version__
from mandategraph.cli.build import build, migrate, watch
from mandategraph.cli.burden import burden
from mandategraph.cli.calendar import calendar
from mandategraph.cli.check import evaluate, explain, validate
from mandategraph.cli.compare import compare
from mandategraph.cli.correct import correct
from mandategraph.cli.corrections import corrections
from mandategraph.cli.draft import draft
from mandategraph.cli.endings import endings
from mandategraph.cli.export import export
from mandategraph.cli.fetch import fetch
from mandategraph.cli.keep import backup, check, history, remove, restore
from mandategraph.cli.lineage import lineage
from mandategraph.cli.lists import actors, documents, obligations
from mandategraph.cli.load import load
from mandategraph.cli.mandates import mandates
from mandategraph.cli.overlaps import overlaps
from mandategraph.cli.precedents import precedents
from mandategraph.cli.query import query, show
from mandategraph.cli.quota import quota
from mandategraph.cli.report import report
from mandategraph.cli.serve import serve
from mandategraph.cli.view import view


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mandategraph")
def main() -> None:
    """Read United Nations mandate documents into a knowledge graph, and ask it questions."""


COMMANDS = (
    fetch, build, watch, documents, actors, obligations, mandates, query, compare, lineage, precedents, overlaps, burden, endings, draft, calendar, quota, report, show, explain, view, serve, export, validate, evaluate,
    correct, corrections, load, remove, history, check, backup, restore, migrate,
)  # fmt: skip
for command in COMMANDS:
    main.add_command(command)

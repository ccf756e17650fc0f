"""`quota`: what is observed, held against quotas, ceilings and aims."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from mandategraph.cli.output import (
    as_read_option,
    forms_option,
    guarded,
    in_force_option,
    no_table,
    nothing,
    output_option,
    reading,
    shortened,
    stdout,
    store_option,
    write_whole,
)

if TYPE_CHECKING:
    from mandategraph.answering.targets import Standing

_BAR = 30


@click.command()
@store_option
@as_read_option
@forms_option("csv", "json", "svg", said="A table with bars, CSV, JSON, or the chart as a picture.")
@output_option
@click.option("--actor", help="Whose (id, name or symbol).")
@click.option("--document", default="", help="In which document (symbol).")
@in_force_option
@guarded
def quota(
    store_path: Path, format_: str, output: Path | None, actor: str | None, document: str, day: str | None
) -> None:
    """Show what is observed against quotas, ceilings and aims: met or not, by date, with both sources."""
    from mandategraph.answering.targets import standings
    from mandategraph.exporting import standings as writing
    from mandategraph.keeping.naming import ThingKind, find

    no_table(output, format_)
    with reading(store_path, day=day) as store:
        found = standings(store, actor=find(store, actor, (ThingKind.ACTOR,)).id if actor else "", document=document)
    if format_ != "table":
        writers = {"csv": writing.to_csv, "json": writing.to_json, "svg": writing.to_svg}
        write_whole(output, lambda to: to.write(writers[format_](found).encode()))
    elif found:
        _print(stdout(), found)
    else:
        nothing("No quota, ceiling or aim is stated there.")


def _print(console: Console, standings: list[Standing]) -> None:
    for target, members in groupby(standings, key=lambda standing: standing.target):
        whose = f" · {target.actor}" if target.actor and target.sex != "female" else ""
        console.print(Text(f"\n{shortened(target.said)}{whose} · {target.document}, {target.paragraph}", style="bold"))
        rows = [(each, each.observation) for each in members if each.observation]
        most = max([target.value, *(seen.value for _, seen in rows)]) or 1.0
        for standing, seen in rows:
            bar = _bar(seen.value / most, target.value / most)
            name = seen.of if seen.of == seen.measures else f"{seen.of}: {seen.measures}"
            dated = f" · {seen.time}{'' if seen.is_dated else ' (document)'}" if seen.time else ""
            line = f"  {bar} {seen.value:>10,.6g} {standing.answer:9} {name}{dated} · {seen.document}, {seen.paragraph}"
            console.print(Text(line), soft_wrap=True)
        if not rows:
            console.print(Text("  nothing observed"))


def _bar(share: float, aim: float) -> str:
    """Return a bar of characters, the aim marked in it."""
    drawn = ["█" if n < round(share * _BAR) else " " for n in range(_BAR + 1)]
    drawn[round(aim * _BAR)] = "│"
    return "".join(drawn)

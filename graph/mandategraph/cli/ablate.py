"""`evaluate --ablate`: which rules hardly fire, and which rows of data files change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

from mandategraph.cli.output import say, stderr, stdout, write_whole


def ablated(
    texts: Sequence[Path], folders: Sequence[Path], *, files: Sequence[str], jobs: int, output: Path | None
) -> None:
    """Print how much of each data file changes nothing over some texts, and write all that is known to a file."""
    from mandategraph.evaluating.ablating import ablate, is_idle, to_csv

    console = stderr()
    columns = (TextColumn("rows"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("rows", total=None)
        found = ablate(
            texts,
            folders,
            files=files,
            jobs=jobs,
            on_progress=lambda done, total: progress.update(bar, completed=done, total=total),
        )
    table = Table(
        "file",
        *(
            Column(head, justify="right")
            for head in ("rules", "hardly fire", "rows", "stand nowhere", "change nothing")
        ),
    )
    for file in dict.fromkeys(each.file for each in found):
        rules = [f for f in found if f.file == file and f.kind == "rule"]
        rows = [f for f in found if f.file == file and f.kind == "row"]
        counts = (len(rules), sum(map(is_idle, rules)), len(rows), sum(not f.documents for f in rows))
        table.add_row(file, *map(str, counts), str(sum(is_idle(f) and f.documents > 0 for f in rows)))
    stdout().print(table)
    if output is not None:
        write_whole(output, lambda to: to.write(to_csv(found).encode()))
        say(f"{output}: {len(found)} rules and rows")

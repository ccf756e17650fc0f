"""`validate`, `evaluate`, `explain`: whether the graph is right, and why it says what it says."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from mandategraph.cli.ablate import ablated
from mandategraph.cli.output import as_read_option, guarded, reading, say, shortened, stdout, store_option

if TYPE_CHECKING:
    from mandategraph.evaluating import Judgement, Score
    from mandategraph.reading.genres import Drafting


@click.command()
@click.argument("documents", nargs=-1, metavar="[SYMBOL]...")
@store_option
@guarded
def validate(documents: tuple[str, ...], store_path: Path) -> None:
    """Check the graphs of documents (all, or those of the SYMBOLs given) against the shapes of the ontology."""
    from mandategraph.keeping.validating import validate as check

    broken = 0
    with reading(store_path) as store:
        for report in check(store, documents):
            broken += bool(report.violations)
            count = len(report.violations)
            say(f"{report.document}: " + (f"{count} violations" if count else "conforms"))
            for violation in report.violations:
                say(f"  {violation}")
    if broken:
        sys.exit(1)


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@store_option
@as_read_option
@click.option("--records", type=click.Path(path_type=Path), help="Score this export (jsonl) instead of the store.")
@click.option(
    "--against", type=click.Path(path_type=Path), help="An earlier export (jsonl): show what was gained and lost."
)
@click.option("--misses", "with_misses", is_flag=True, help="List what is missed and spurious, by cause.")
@click.option(
    "--ablate",
    "texts",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Say over these texts which rules hardly fire, and which rows of data files change nothing. May be repeated.",
)
@click.option("--file", "files", multiple=True, help="With --ablate: only the rows of this data file (verbs.csv).")
@click.option("--jobs", type=click.IntRange(1), default=1, help="With --ablate: processes.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="With --ablate: write all of it as CSV.")
@click.option(
    "--against-corrections",
    "is_confirmed",
    is_flag=True,
    help="Score the reading on what people said of it in the store.",
)
@click.option("--confusion", "with_confusion", is_flag=True, help="Show which acts were read as which.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write the scores.",
)
@guarded
def evaluate(
    folders: tuple[Path, ...],
    store_path: Path,
    records: Path | None,
    against: Path | None,
    texts: tuple[Path, ...],
    files: tuple[str, ...],
    jobs: int,
    output: Path | None,
    with_misses: bool,
    with_confusion: bool,
    is_confirmed: bool,
    format_: str,
) -> None:
    """Score the store's records against folders of reference annotations, or say what of the program changes nothing."""
    from mandategraph import evaluating
    from mandategraph.exporting.records import read_records

    if texts:
        ablated(texts, folders, files=files, jobs=jobs, output=output)
        return
    if not (folders or is_confirmed):
        raise click.UsageError("Name a folder of reference annotations, or ask for --against-corrections.")
    if is_confirmed:
        with reading(store_path) as store:
            judged = evaluating.judge_corrections(store)
    elif records is not None:
        judged = evaluating.judge(evaluating.read_export(records), folders)
    else:
        with reading(store_path) as store:
            judged = evaluating.judge(read_records(store), folders)
    earlier = evaluating.judge(evaluating.read_export(against), folders) if against else None
    scores = evaluating.score(judged)
    if format_ == "json":
        click.echo(
            json.dumps(
                {
                    k: {"precision": s.precision, "recall": s.recall, "f1": s.f1, "n": s.right + s.missed}
                    for k, s in scores.items()
                }
            )
        )
        return
    out = stdout()
    out.print(_score_table(scores, evaluating.score(earlier) if earlier else {}))
    if with_confusion:
        _print_confusion(out, evaluating.confusion(judged))
    if earlier is not None:
        change = evaluating.compare(earlier, judged)
        for title, changed in (("gained", change.gained), ("lost", change.lost)):
            out.print(Text(f"\n{title}: {len(changed)}", style="bold"))
            _print_judgements(out, changed)
    if with_misses:
        for field, cause, found in evaluating.misses(judged):
            out.print(Text(f"\n{field}: {cause} ({len(found)})", style="bold"))
            _print_judgements(out, found)


def _score_table(scores: Mapping[str, Score], earlier: Mapping[str, Score]) -> Table:
    heads = ["precision", "recall", "F1", "n", *(["change of F1"] if earlier else [])]
    table = Table("field", *(Column(h, justify="right") for h in heads))
    for name, s in scores.items():
        change = [f"{s.f1 - earlier[name].f1:+.3f}"] if name in earlier else [""] if earlier else []
        table.add_row(name, *(f"{x:.3f}" for x in (s.precision, s.recall, s.f1)), str(s.right + s.missed), *change)
    return table


def _print_confusion(out: Console, counts: Mapping[tuple[str, str], int]) -> None:
    acts = sorted({act for pair in counts for act in pair})
    table = Table("act wanted", *(Column(act, justify="right") for act in acts), title="read as")
    for wanted in acts:
        table.add_row(wanted, *(str(counts.get((wanted, given), "")) for given in acts))
    out.print(table)


def _print_judgements(out: Console, found: Sequence[Judgement]) -> None:
    for j in found:
        where = " ".join(x for x in (j.source, j.paragraph) if x)
        out.print(Text(f"  {where}: {j.outcome.value} {j.value}"), Text(shortened(j.words), style="dim"))


def _print_form(out: Console, drafting: Drafting) -> None:
    out.print(Text(f"{drafting.genre.words}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("speaks for", "weight", "why", "words", "rule"):
        table.add_column(head, overflow="fold")
    for each in drafting.evidence:
        table.add_row(each.genre.words, str(each.weight), each.why, Text(shortened(each.words)), each.rule)
    out.print(table)


@click.command()
@click.argument("document")
@click.argument("paragraph", default="")
@store_option
@click.option(
    "--data", multiple=True, type=click.Path(path_type=Path), help="Your own gazetteer file (CSV); may be repeated."
)
@click.option("--phrases", is_flag=True, help="Show how the paragraph was grouped into phrases instead.")
@click.option("--form", is_flag=True, help="Show what tells the form of the document; no paragraph is needed.")
@guarded
def explain(
    document: str, paragraph: str, store_path: Path, data: tuple[Path, ...], *, phrases: bool, form: bool
) -> None:
    """Show which rule made each field of a paragraph's statements."""
    from mandategraph.answering.explaining import explain as explained
    from mandategraph.answering.explaining import explain_form, explain_phrases

    if not paragraph and not form:
        raise click.UsageError("Name a paragraph, or ask for the form of the document with --form.")
    out = stdout()
    with reading(store_path) as store:
        if form:
            _print_form(out, explain_form(store, document, data=data))
            return
        if phrases:
            out.print(Text(explain_phrases(store, document, paragraph, data=data)))
            return
        found = explained(store, document, paragraph, data=data)
    for each in found:
        note = "" if each.is_stored else "  (the store has it otherwise: build again)"
        out.print(Text(f"{paragraph}: {each.statement.verb}, {each.statement.act.value}{note}", style="bold"))
        out.print(Text("  " + shortened(each.words), style="dim"))
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for head in ("field", "value", "rule"):
            table.add_column(head, overflow="fold")
        for step in each.steps:
            table.add_row(step.field, Text(shortened(step.value)), step.rule)
        out.print(table)

"""The command line: a thin layer over the library.

Results go to standard output, all else to standard error. Exit codes: 0 done; 1 done, but something was found wanting
and is named; 2 wrong usage; 3 data or query invalid; 4 store unusable; 130 stopped by the user.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table
from rich.text import Text

from mandategraph import __version__
from mandategraph.errors import MandateGraphError
from mandategraph.store import DEFAULT, GraphStore

if TYPE_CHECKING:
    from mandategraph.evaluating import Judgement, Score

_OUT_WIDTH = 160
_CELL = 280
_QUOTATION = 50
_FOLDED = 30
Command = TypeVar("Command", bound=Callable[..., Any])


def _out() -> Console:
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", _OUT_WIDTH))
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)


def _err() -> Console:
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def _guarded(command: Command) -> Command:
    """Turn our errors into a sentence and an exit code, and a stop by the user into 130."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except MandateGraphError as error:
            _err().print(Text(f"Error: {error}"))
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            _err().print("Stopped. Every document that was done is in the store, and nothing is half there.")
            sys.exit(130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)

    return guarded  # type: ignore[return-value]


_store_option = click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path),
    default=DEFAULT,
    show_default=True,
    help="Directory of the store.",
)
_format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to write the answer.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mandategraph")
def main() -> None:
    """Read United Nations mandate documents into a knowledge graph, and ask it questions."""


# --- build ------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_store_option
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A gazetteer file of your own.",
)
@click.option("-v", "--verbose", is_flag=True, help="List the passages that were not understood.")
@_guarded
def build(paths: tuple[Path, ...], store_path: Path, data: tuple[Path, ...], verbose: bool) -> None:
    """Read documents (files or folders) into the store; unchanged ones are skipped."""
    from mandategraph.building import REFUSED
    from mandategraph.building import build as build_store

    console = _err()
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with (
        GraphStore.open(store_path) as store,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("", total=None)

        def advance(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total, description=name)

        reports = build_store(paths, store, data=data, on_progress=advance)
    names = ("document", "outcome", "statements", "obligations", "indicators", "relations", "mentions", "not read")
    rows = []
    for report in reports:
        if report.outcome != REFUSED:
            counts = (
                report.statements,
                report.obligations,
                report.indicators,
                report.relations,
                report.mentions,
                len(report.unread),
            )
            shown = ["" if report.outcome == "unchanged" else str(n) for n in counts]
            rows.append([report.key, report.outcome, *shown])
    if rows:
        _print_rows(_out(), names, rows)
    for report in reports:
        if report.outcome == REFUSED:
            console.print(Text(f"Refused: {report.problem}"))
        elif report.problem:
            console.print(Text(f"Note: {report.name}: {report.problem}."))
        if verbose:
            for unread in report.unread:
                console.print(
                    Text(
                        f"Not read: {report.key}, {unread.paragraph} ({unread.span.start}-{unread.span.end}): {unread.why}"
                    )
                )
    if any(report.outcome == REFUSED for report in reports):
        sys.exit(1)


# --- lists ------------------------------------------------------------------------------------------------------------

_DOCUMENTS = """
SELECT ?document ?date ?status ?title (COUNT(DISTINCT ?s) AS ?statements) (COUNT(DISTINCT ?o) AS ?obligations) WHERE {
  ?document a mg:Document ; mg:status ?status .
  OPTIONAL { ?document dcterms:date ?date } OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?s a mg:Statement ; mg:inDocument ?document OPTIONAL { ?s a mg:Obligation BIND (?s AS ?o) } }
} GROUP BY ?document ?date ?status ?title ORDER BY ?document"""
_ACTORS = """
SELECT ?actor ?label ?type ?bears ?mentions ?new WHERE {
  { SELECT ?actor (COUNT(?m) AS ?mentions) (MIN(?name) AS ?label) (MIN(?of) AS ?type) (MAX(?minted) AS ?new) WHERE {
      GRAPH ?document { ?actor a mg:Actor ; skos:prefLabel ?name . OPTIONAL { ?actor mg:actorType ?of }
        OPTIONAL { ?actor mg:minted ?minted } OPTIONAL { ?m a mg:Mention ; mg:names ?actor } }
      FILTER (?document != graph:gazetteer)
    } GROUP BY ?actor }
  OPTIONAL { SELECT ?actor (COUNT(DISTINCT ?o) AS ?bears) WHERE { ?actor mg:bears ?o } GROUP BY ?actor }
} ORDER BY DESC(?bears) DESC(?mentions) ?actor"""
_OBLIGATIONS = """
SELECT ?actor ?instrument ?minimum ?before ?wanted ?addressee ?act ?verb ?strength ?actions ?due ?document ?paragraph ?quotation WHERE {
  ?s a mg:Obligation ; mg:act ?act ; mg:verbLemma ?verb ; mg:strength ?strength ; mg:actionList ?list ;
    mg:inDocument ?document ; mg:inParagraph/mg:label ?paragraph ; mg:text ?quotation ; mg:trigger/oa:start ?start .
  BIND (REPLACE(?list, "\\\\|", ", ") AS ?actions)
  OPTIONAL { ?s mg:addressee ?addressee } OPTIONAL { ?s mg:due ?due }
  %s
} ORDER BY ?document ?start ?addressee"""


@main.command()
@_store_option
@_format_option
@click.option("--status", help="Only documents of this status (adopted, draft, conclusions, ...).")
@_guarded
def documents(store_path: Path, format_: str, status: str | None) -> None:
    """List the documents in the store."""
    from mandategraph.asking import Question

    _answer(store_path, Question("documents", "", "", (), _DOCUMENTS), {}, format_, keep=("status", status))


@main.command()
@_store_option
@_format_option
@click.option("--type", "type_", help="Only actors of this type (un_mission, armed_group, government, ...).")
@_guarded
def actors(store_path: Path, format_: str, type_: str | None) -> None:
    """List the actors that the documents name, those that bear most first."""
    from mandategraph.asking import Question

    _answer(store_path, Question("actors", "", "", (), _ACTORS), {}, format_, keep=("type", type_))


@main.command()
@_store_option
@_format_option
@click.option("--actor", help="Only what this actor bears (id, e.g. MINUSMA).")
@click.option("--document", help="Only from this document (symbol).")
@click.option("--instrument", help="Only under this instrument (symbol or id).")
@click.option("--due-before", help="Only what is due by this day (2021-06-30).")
@click.option("--strength", "minimum", type=click.IntRange(0, 5), help="Only verbs of at least this pressure (0-5).")
@_guarded
def obligations(
    store_path: Path,
    format_: str,
    actor: str | None,
    document: str | None,
    instrument: str | None,
    due_before: str | None,
    minimum: int | None,
) -> None:
    """List who must, may or must not do what."""
    from mandategraph.asking import Parameter, Question

    given = {"actor": actor, "wanted": document, "instrument": instrument, "before": due_before, "minimum": minimum}
    filters = {
        "actor": "FILTER (?addressee = ?actor)",
        "wanted": "FILTER (?document = ?wanted)",
        "instrument": "?s mg:cites ?instrument .",
        "before": "FILTER (BOUND(?due) && ?due <= ?before)",
        "minimum": "FILTER (?strength >= ?minimum)",
    }
    types = {"actor": "actor", "wanted": "document", "instrument": "instrument", "before": "date", "minimum": "integer"}
    asked = {name: str(value) for name, value in given.items() if value is not None}
    text = _OBLIGATIONS % "\n  ".join(filters[name] for name in asked)
    unused = " ".join(f"?{name}" for name in filters if name not in asked)
    for name in unused.split():
        text = text.replace(f" {name} ", " ", 1)
    parameters = tuple(Parameter(name, types[name], None, "") for name in asked)
    _answer(store_path, Question("obligations", "", "", parameters, text), asked, format_)


# --- query and show ---------------------------------------------------------------------------------------------------


def _complete_question(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from mandategraph.asking import load_question, question_names

    names = [name for name in question_names() if name.startswith(incomplete)]
    return [CompletionItem(name, help=load_question(name).title) for name in names]


def _complete_parameter(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from mandategraph.asking import load_question, question_names

    question = ctx.params.get("question") or next(iter(ctx.args), None)
    if question not in question_names():
        return []
    parameters = [p for p in load_question(question).parameters if p.name.startswith(incomplete)]
    return [CompletionItem(f"{p.name}=", help=p.about) for p in parameters]


@main.command()
@click.argument("question", required=False, shell_complete=_complete_question)
@_store_option
@_format_option
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=_complete_parameter,
    help="A parameter of the question.",
)
@click.option("--explain", is_flag=True, help="Say what the question asks and which parameters it takes; ask nothing.")
@_guarded
def query(question: str | None, store_path: Path, format_: str, params: tuple[str, ...], explain: bool) -> None:
    """Ask a named question, a query in a FILE, or one from standard input (-). Without a name: list the questions."""
    from mandategraph.asking import load_question, question_names, question_of_file

    if question is None:
        table = Table("question", "asks")
        for name in question_names():
            table.add_row(name, load_question(name).title)
        _out().print(table)
        return
    if question == "-":
        from mandategraph.asking import parse_question

        asked = parse_question("standard input", sys.stdin.read())
    elif question.endswith((".rq", ".sparql")) or Path(question).is_file():
        asked = question_of_file(Path(question))
    else:
        asked = load_question(question)
    if explain:
        click.echo(f"{asked.title}\n{asked.description}")
        for p in asked.parameters:
            usual = f", default {p.default}" if p.default else f", e.g. {p.example}" if p.example else ""
            click.echo(f"  {p.name} ({p.type}{usual})  {p.about}")
        return
    given = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} is not NAME=VALUE", param_hint="--param")
        given[name] = value
    _answer(store_path, asked, given, format_)


@main.command()
@click.argument("name")
@_store_option
@click.option("--paragraph", "-p", help="Of a document: only this paragraph, by its label, e.g. '28(a)(iii)/2'.")
@_guarded
def show(name: str, store_path: Path, paragraph: str | None) -> None:
    """Show a document, actor, instrument or statement with its sentences, the operative verb marked."""
    from mandategraph.showing import find_thing, source_text

    with GraphStore.open_to_read(store_path) as store:
        thing = find_thing(store, name, paragraph=paragraph)
        out = _out()
        out.print(Text(f"{thing.kind} {thing.iri}", style="bold"))
        if paragraph is None:
            for property_, value in thing.properties:
                out.print(Text(f"  {property_.split(':')[-1]}: {value}"))
        texts: dict[str, str] = {}
        for p in thing.passages:
            if p.document not in texts:
                texts[p.document] = source_text(store, p.document)
            text = texts[p.document]
            head = f"\n{p.document}, {p.paragraph}: {p.verb}" + (f" ({p.actions})" if p.actions else "")
            out.print(Text(head, style="bold"), Text(f"characters {p.start}-{p.end}", style="dim"))
            words = Text("  ")
            marked = f">>{text[p.trigger_start : p.trigger_end]}<<"
            words.append(text[p.start : p.trigger_start]).append(marked, style="reverse").append(
                text[p.trigger_end : p.end]
            )
            out.print(words)


# --- export and evaluate ----------------------------------------------------------------------------------------------


@main.command()
@_store_option
@click.option(
    "--format",
    "format_",
    required=True,
    type=click.Choice(
        [
            "turtle",
            "rdf-xml",
            "trig",
            "nquads",
            "json-ld",
            "graphml",
            "gexf",
            "csv-nodes",
            "csv-edges",
            "jsonl",
        ]
    ),
    help="What to write.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file; standard output where none is given.",
)
@_guarded
def export(store_path: Path, format_: str, output: Path | None) -> None:
    """Write the whole graph, the network (graphml, gexf, csv) or the records (jsonl) to a file."""
    from mandategraph.exporting import FORMATS

    with GraphStore.open_to_read(store_path) as store:
        if output is None:
            FORMATS[format_](store, sys.stdout.buffer)
            return
        written = io.BytesIO()
        FORMATS[format_](store, written)
    try:
        output.write_bytes(written.getvalue())
    except OSError as error:
        raise click.FileError(str(output), hint=error.strerror or str(error)) from error


@main.command()
@click.argument("documents", nargs=-1, metavar="[SYMBOL]...")
@_store_option
@_guarded
def validate(documents: tuple[str, ...], store_path: Path) -> None:
    """Check the graphs of documents (all, or those of the SYMBOLs given) against the shapes of the ontology."""
    from mandategraph.validating import validate as check

    broken = 0
    with GraphStore.open_to_read(store_path) as store:
        for report in check(store, documents):
            broken += bool(report.violations)
            count = len(report.violations)
            click.echo(f"{report.document}: " + (f"{count} violations" if count else "conforms"))
            for violation in report.violations:
                click.echo(f"  {violation}")
    if broken:
        sys.exit(1)


@main.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@_store_option
@click.option("--records", type=click.Path(path_type=Path), help="Score this export (jsonl) instead of the store.")
@click.option(
    "--against", type=click.Path(path_type=Path), help="An earlier export (jsonl): show what was gained and lost."
)
@click.option("--misses", "with_misses", is_flag=True, help="List what is missed and spurious, by cause.")
@click.option("--confusion", "with_confusion", is_flag=True, help="Show which acts were read as which.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write the scores.",
)
@_guarded
def evaluate(
    folders: tuple[Path, ...],
    store_path: Path,
    records: Path | None,
    against: Path | None,
    with_misses: bool,
    with_confusion: bool,
    format_: str,
) -> None:
    """Score the store's records against folders of reference annotations."""
    from mandategraph import evaluating
    from mandategraph.exporting.records import read_records

    if records is not None:
        judged = evaluating.judge(evaluating.read_export(records), folders)
    else:
        with GraphStore.open_to_read(store_path) as store:
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
    out = _out()
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
        out.print(Text(f"  {where}: {j.outcome.value} {j.value}"), Text(_shortened(j.words), style="dim"))


@main.command()
@click.argument("document")
@click.argument("paragraph")
@_store_option
@click.option(
    "--data", multiple=True, type=click.Path(path_type=Path), help="Your own gazetteer file (CSV); may be repeated."
)
@_guarded
def explain(document: str, paragraph: str, store_path: Path, data: tuple[Path, ...]) -> None:
    """Show which rule made each field of a paragraph's statements."""
    from mandategraph.explaining import explain as explained

    with GraphStore.open_to_read(store_path) as store:
        found = explained(store, document, paragraph, data=data)
    out = _out()
    for each in found:
        note = "" if each.is_stored else "  (the store has it otherwise: build again)"
        out.print(Text(f"{paragraph}: {each.statement.verb}, {each.statement.act.value}{note}", style="bold"))
        out.print(Text("  " + _shortened(each.words), style="dim"))
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for head in ("field", "value", "rule"):
            table.add_column(head, overflow="fold")
        for step in each.steps:
            table.add_row(step.field, Text(_shortened(step.value)), step.rule)
        out.print(table)


# --- answers ----------------------------------------------------------------------------------------------------------


def _answer(
    store_path: Path,
    question: Any,
    given: dict[str, str],
    format_: str,
    *,
    keep: tuple[str, str | None] = ("", None),
) -> None:
    """Ask a question of the store and write its answer; `keep` names a column and the one value to keep."""
    from mandategraph.asking import Rows, ask

    with GraphStore.open_to_read(store_path) as store:
        answer = ask(store, question, given)
        if not isinstance(answer, Rows):
            from pyoxigraph import RdfFormat, serialize

            from mandategraph.vocabulary import PREFIXES

            written = serialize(sorted(answer, key=str), format=RdfFormat.TURTLE, prefixes=PREFIXES)
            click.echo((written or b"").decode())
            return
        column, value = keep
        rows = list(answer.as_text())
        if value is not None:
            rows = [row for row in rows if row[answer.columns.index(column)] == value]
        _write(answer.columns, rows, format_)


def _write(columns: Sequence[str], rows: Iterable[list[str]], format_: str) -> None:
    if format_ == "csv":
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows([columns, *rows])
        click.echo(written.getvalue(), nl=False)
    elif format_ == "json":
        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    else:
        rows = list(rows)
        if not rows:
            _err().print("No answer: nothing in the store fits.")
            return
        _print_rows(_out(), columns, rows)


def _print_rows(console: Console, columns: Sequence[str], rows: Sequence[list[str]]) -> None:
    """Print rows as a table; where its columns would not fit, each row stands as a block, its quotation below it."""
    kept = [n for n, name in enumerate(columns) if name != "quotation" and any(row[n] for row in rows)]
    numeric = {n for n in kept if all(row[n].isdigit() for row in rows if row[n])}
    quoted = [columns.index("quotation")] if "quotation" in columns else []
    longest = {n: max([len(columns[n]), *(len(row[n]) for row in rows)]) for n in kept}
    width = sum((length if quoted else min(length, _FOLDED)) + 3 for length in longest.values())
    if width + _QUOTATION * len(quoted) > console.width:
        for row in rows:
            cells = (f"{columns[n]} {row[n]}" if n in numeric else _shortened(row[n]) for n in kept if row[n])
            console.print(Text(" · ".join(cells), style="bold" if quoted else ""))
            for n in quoted:
                console.print(Padding(Text(_shortened(row[n])), (0, 0, 1, 2)))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n in kept:
        table.add_column(columns[n], overflow="fold", justify="right" if n in numeric else "left")
    for n in quoted:
        table.add_column(columns[n], overflow="fold", ratio=1)
    for row in rows:
        table.add_row(*(Text(_shortened(row[n])) for n in [*kept, *quoted]))
    console.print(table)


def _shortened(cell: str) -> str:
    """Return a cell on one line, cut where it would fill the screen; CSV and JSON have it whole."""
    words = " ".join(cell.split())
    return words if len(words) <= _CELL else words[:_CELL].rsplit(" ", 1)[0] + " ..."


if __name__ == "__main__":
    main()

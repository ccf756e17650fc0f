"""`query`: named questions and any SPARQL; `show`: one thing with its sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem
from rich.table import Table
from rich.text import Text

from mandategraph.cli.output import (
    as_read_option,
    format_option,
    guarded,
    in_force_option,
    memory_option,
    reading,
    say,
    stdout,
    store_option,
    write_answer,
)
from mandategraph.confining import SECONDS

if TYPE_CHECKING:
    from mandategraph.recalling.statements import Stated


def _complete_question(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from mandategraph.answering.questions import load_question, question_names

    names = [name for name in question_names() if name.startswith(incomplete)]
    return [CompletionItem(name, help=load_question(name).title) for name in names]


def _complete_parameter(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from mandategraph.answering.questions import load_question, question_names

    question = ctx.params.get("question") or next(iter(ctx.args), None)
    if question not in question_names():
        return []
    parameters = [p for p in load_question(question).parameters if p.name.startswith(incomplete)]
    return [CompletionItem(f"{p.name}=", help=p.about) for p in parameters]


@click.command()
@click.argument("question", required=False, shell_complete=_complete_question)
@store_option
@as_read_option
@format_option
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=_complete_parameter,
    help="A parameter of the question.",
)
@click.option(
    "--evidence",
    is_flag=True,
    help="Add document, paragraph and quotation to each row that holds a statement, figure or fact.",
)
@memory_option
@click.option("--seconds", type=click.FloatRange(min=0.1), default=SECONDS, show_default=True, help="A query may take.")
@click.option(
    "--allow-service", is_flag=True, help="Let the query ask other servers with SERVICE, which may carry data to them."
)
@click.option("--explain", is_flag=True, help="Say what the question asks and which parameters it takes; ask nothing.")
@in_force_option
@guarded
def query(
    question: str | None,
    store_path: Path,
    format_: str,
    params: tuple[str, ...],
    evidence: bool,
    megabytes: int,
    seconds: float,
    allow_service: bool,
    explain: bool,
    day: str | None,
) -> None:
    """Ask a named question, a query in a FILE, or one from standard input (-). Without a name: list the questions."""
    from mandategraph.answering.questions import load_question, question_names, question_of_file

    if question is None:
        table = Table("question", "asks")
        for name in question_names():
            table.add_row(name, load_question(name).title)
        stdout().print(table)
        return
    if question == "-":
        from mandategraph.answering.questions import parse_question

        asked = parse_question("standard input", sys.stdin.read())
    elif question.endswith((".rq", ".sparql")) or Path(question).is_file():
        asked = question_of_file(Path(question))
    else:
        asked = load_question(question)
    if explain:
        say(f"{asked.title}\n{asked.description}")
        for p in asked.parameters:
            usual = f", default {p.default}" if p.default else f", e.g. {p.example}" if p.example else ""
            say(f"  {p.name} ({p.type}{usual})  {p.about}")
        return
    given = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} is not NAME=VALUE", param_hint="--param")
        given[name] = value
    write_answer(
        store_path,
        asked,
        given,
        format_,
        evidence=evidence,
        megabytes=megabytes,
        seconds=seconds,
        allow_service=allow_service,
        day=day,
    )


@click.command()
@click.argument("name")
@store_option
@as_read_option
@click.option("--paragraph", "-p", help="Of a document: only this paragraph, by its label, e.g. '28(a)(iii)/2'.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Mandates as they were known on this day (2021-03-31).",
)
@guarded
def show(name: str, store_path: Path, paragraph: str | None, on: datetime | None) -> None:
    """Show a document, actor, instrument or statement with its sentences, the operative verb marked; a holder's mandate with its tasks and ceilings."""
    from mandategraph.answering.contents import ContentsOf
    from mandategraph.answering.mandates import mandates
    from mandategraph.answering.showing import find_thing
    from mandategraph.recalling.documents import omissions, source_text
    from mandategraph.vocabulary import document_iri, shorten

    with reading(store_path) as store:
        thing = find_thing(store, name, paragraph=paragraph)
        out = stdout()
        out.print(Text(f"{thing.kind} {thing.iri}", style="bold"))
        if paragraph is None:
            day, known_on = str(on.date() if on else date.today()), str(on.date() if on else date.max)
            held = mandates(store, holder=shorten(thing.iri)) if thing.kind == "actor" else []
            contents = ContentsOf(store) if held else None
            for mandate in (known for m in held if (known := m.on(known_on))):
                for said in (*mandate.said(day), *(contents.on(mandate, known_on).said() if contents else ())):
                    out.print(Text(f"  {said}"), soft_wrap=True)
            for property_, value in thing.properties:
                out.print(Text(f"  {property_.split(':')[-1]}: {value}"))
        sources: dict[str, tuple[str, list[tuple[int, int, str]]]] = {}
        for p in thing.passages:
            if p.document not in sources:
                sources[p.document] = source_text(store, p.document), omissions(store, p.document)
            actions = f" ({', '.join(p.actions)})" if p.actions else ""
            where = f"{p.place.locator}, characters" if p.place.locator else "characters"
            out.print(
                Text(f"\n{shorten(document_iri(p.document))}, {p.paragraph}: {p.verb}{actions}", style="bold"),
                Text(f"{where} {p.place.start}-{p.place.end}", style="dim"),
            )
            out.print(_marked(p, *sources[p.document]))


def _marked(passage: Stated, source: str, omitted: Iterable[tuple[int, int, str]]) -> Text:
    """Return a passage with its verb marked, and struck through what of it is not read."""
    place = passage.place
    text = Text(source[place.start : place.end])
    for start, end, _ in omitted:
        if start < place.end and place.start < end:
            text.stylize("dim strike", max(0, start - place.start), end - place.start)
    before, after = place.trigger_start - place.start, place.trigger_end - place.start
    verb = Text(f">>{text.plain[before:after]}<<", style="reverse")
    return Text("  ").append(text[:before]).append(verb).append(text[after:])

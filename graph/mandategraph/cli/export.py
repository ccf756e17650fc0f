"""`export`: the graph in files, or to a server."""

from __future__ import annotations

import re
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mandategraph.cli.output import as_read_option, guarded, in_force_option, reading, stderr, store_option, write_whole
from mandategraph.keeping.documents import with_some
from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore

RDF = ("turtle", "rdf-xml", "trig", "nquads", "json-ld")
NETWORK = ("graphml", "gexf", "csv-nodes", "csv-edges")
PROJECTIONS = ("full", "bipartite", "actor-actor")

header_option = click.option(
    "--header",
    "headers",
    multiple=True,
    metavar="'NAME: VALUE'",
    help="For the server, e.g. 'Authorization: Bearer ...'; @FILE reads such lines from a file.",
)


@click.command()
@store_option
@as_read_option
@click.option("--format", "format_", type=click.Choice([*RDF, *NETWORK, "akn", "jsonl"]), help="What to write.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file, or for akn a folder; standard output where none is given.",
)
@click.option("--document", "documents", multiple=True, help="Only this document (symbol); may be repeated.")
@click.option(
    "--projection",
    type=click.Choice(PROJECTIONS),
    default="full",
    show_default=True,
    help="Of the network: all of it, entities against obligations, or who owes whom.",
)
@click.option("--graph-store", "url", metavar="URL", help="Send it to a SPARQL 1.1 Graph Store server instead.")
@header_option
@in_force_option
@guarded
def export(
    store_path: Path,
    format_: str | None,
    output: Path | None,
    documents: tuple[str, ...],
    projection: str,
    url: str | None,
    headers: tuple[str, ...],
    day: str | None,
) -> None:
    """Write the graph, the network (graphml, gexf, csv), Akoma Ntoso or the records (jsonl), or send it to a server."""
    if (format_ is None) == (url is None):
        raise click.UsageError("Give either --format or --graph-store.")
    if projection != "full" and format_ not in NETWORK:
        raise click.UsageError(f"--projection is for {', '.join(NETWORK)}.")
    if headers and url is None:
        raise click.UsageError("--header is for --graph-store.")
    with reading(store_path, day=day) as store:
        source = with_some(store, find_documents(store, documents)) if documents else store
        if url is not None:
            send_to(source, url, headers)
        elif format_ == "akn":
            _write_akoma_ntoso(source, output)
        else:
            from mandategraph.exporting import FORMATS, NETWORKS

            if format_ in NETWORKS:
                write_whole(output, lambda to: NETWORKS[format_](source, to, projection=projection))
            elif format_:
                write_whole(output, lambda to: FORMATS[format_](source, to))


def _write_akoma_ntoso(store: GraphStore, output: Path | None) -> None:
    """Write one document to a file or standard output, several into a folder, a file each."""
    from mandategraph.exporting import akoma_ntoso_documents

    written = list(akoma_ntoso_documents(store))
    if len(written) == 1 and not (output and output.is_dir()):
        write_whole(output, lambda to: to.write(written[0][1]))
        return
    if output is None or output.is_file():
        raise click.UsageError(
            f"There are {len(written)} documents: choose one with --document, or give a folder with -o."
        )
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.FileError(str(output), hint=error.strerror or str(error)) from error
    for key, xml in written:
        name = re.sub(r"[^\w.()~-]+", "_", key)
        write_whole(output / f"{name}.xml", lambda to, xml=xml: to.write(xml))  # type: ignore[misc]


def send_to(store: GraphStore, url: str, headers: tuple[str, ...]) -> None:
    """Send all graphs of a store to a server, with a progress bar."""
    from mandategraph.exporting.graph_store import send

    console = stderr()
    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def advance(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total, description=name)

        count = send(store, url, headers=dict(_header(h) for h in _lines(headers)), on_progress=advance)
    console.print(f"Sent {count} graphs.")


def _lines(headers: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    for header in headers:
        if header.startswith("@"):
            try:
                text = Path(header[1:]).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise click.FileError(header[1:], hint=str(error)) from error
            lines += [line for line in text.splitlines() if line.strip()]
        else:
            lines.append(header)
    return lines


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name) or not value.strip().isprintable():
        raise click.BadParameter("a header is 'NAME: VALUE' on one line", param_hint="--header")
    return name, value.strip()

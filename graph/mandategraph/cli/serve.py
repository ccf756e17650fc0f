"""`serve`: pages and a SPARQL endpoint on this machine."""

from __future__ import annotations

import getpass
import socket
from pathlib import Path

import click

from mandategraph.cli.output import as_read_option, guarded, is_as_read, memory_option, store_option
from mandategraph.errors import StoreError

HOST = "127.0.0.1"


@click.command()
@store_option
@as_read_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=20.0,
    show_default=True,
    help="A page or a SPARQL query may take.",
)
@click.option(
    "--megabytes",
    "answer",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="A page or a SPARQL answer may have.",
)
@memory_option
@click.option("--edit", is_flag=True, help="Let statements be corrected on their pages.")
@click.option("--who", envvar="MANDATEGRAPH_WHO", help="With --edit: who corrects; the name of the login.")
@guarded
def serve(
    store_path: Path, port: int, seconds: float, answer: int, megabytes: int, edit: bool, who: str | None
) -> None:
    """Show the network, the texts and the tables in a browser, with a SPARQL endpoint; on this machine alone."""
    from mandategraph.serving.app import create_app
    from mandategraph.serving.listening import make_server

    if edit and is_as_read():
        raise click.UsageError("--edit is not for --as-read: what is corrected would not be seen.")
    editor = who or getpass.getuser() if edit else None
    app = create_app(
        store_path, seconds=seconds, megabytes=answer, memory=megabytes, is_as_read=is_as_read(), who=editor
    )
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            hint = "Give another --port, or --port 0 for a free one."
            raise StoreError(f"port {port} cannot be had ({error.strerror})", where=HOST, hint=hint) from error
        click.echo(f"Open http://{HOST}:{listening.getsockname()[1]}/ in a browser; Ctrl-C stops.", err=True)
        make_server(app).run(sockets=[listening])

"""`load`: what other machines have extracted, into the store or onto a server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from mandategraph.cli.build import print_reports
from mandategraph.cli.export import header_option, send_to
from mandategraph.cli.output import guarded, stderr, store_option
from mandategraph.errors import SourceError
from mandategraph.keeping.store import GraphStore

if TYPE_CHECKING:
    from mandategraph.building.extracting import Extract


@click.command()
@click.argument("shards", nargs=-1, required=True, metavar="SHARDS...")
@store_option
@click.option(
    "--graph-store", "url", metavar="URL", help="Send them to a SPARQL 1.1 Graph Store, and to no store here."
)
@header_option
@guarded
def load(shards: tuple[str, ...], store_path: Path, url: str | None, headers: tuple[str, ...]) -> None:
    """Load SHARDS (files, folders of them, or addresses of storage) that `build --shards` has left; each whole or not at all."""
    from mandategraph.building.writing import load as load_extracts

    files = list(_files(shards))
    if url is not None:
        for file in files:
            _send(file, url, headers)
        return
    with GraphStore.open(store_path) as store:
        reports = list(load_extracts(store, _extracts(files)))
    print_reports(reports, verbose=False)
    if any(report.is_wanting for report in reports):
        sys.exit(1)


def _files(shards: tuple[str, ...]) -> Iterator[str]:
    from mandategraph.building.shards import SUFFIX

    for shard in shards:
        if "://" not in shard and Path(shard).is_dir():
            found = sorted(str(file) for file in Path(shard).iterdir() if file.name.endswith(SUFFIX))
            if not found:
                raise SourceError("the folder holds no shards", where=shard, hint=f"Shards end in {SUFFIX}.")
            yield from found
        else:
            yield shard


def _extracts(files: list[str]) -> Iterator[Extract]:
    from mandategraph.building.shards import read_shard

    for file in files:
        yield from read_shard(file)


def _send(file: str, url: str, headers: tuple[str, ...]) -> None:
    """Send the graphs of a shard's documents, without those that all documents share."""
    from mandategraph.building.shards import read_shard

    with GraphStore.in_memory() as store:
        for extract in read_shard(file):
            store.add(extract.quads)
        send_to(store, url, headers)
    stderr().print(Text(f"{file} is there."))

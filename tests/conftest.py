from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import make
from make import MANDATES
from mandategraph.building import builder, extracting
from mandategraph.building.extracting import Reader
from mandategraph.building.writing import build
from mandategraph.errors import ResourceError
from mandategraph.exporting.records import read_records
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import Tables, load_tables
from mandategraph.resources import folder

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
settings.register_profile("long", max_examples=10_000)
# A run of the checks has ten minutes.
settings.register_profile("checks", max_examples=40)
settings.load_profile("checks")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=4, help="How often a build is killed at a random moment.")
    parser.addoption("--evasions", type=int, default=400, help="How many queries try to get past the judge.")
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew.")


@pytest.fixture(scope="session", autouse=True)
def one_reader() -> Iterator[None]:
    """Builds of this process read with one reader, which takes a second to make; those with data of their own make another."""

    def tables(data: Iterable[Path] = ()) -> Tables:
        own = tuple(data)
        return load_tables(own) if own else make.tables()

    def reader(given: Tables) -> Reader:
        return make.reader() if given is make.tables() else Reader(given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "load_tables", tables)
        patch.setattr(extracting, "load_tables", tables)
        patch.setattr(extracting, "Reader", reader)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the folder of source documents and reference annotations is not beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "data" / "samples"


@pytest.fixture(scope="session")
def sample_store(samples: Path) -> GraphStore:
    store = GraphStore.in_memory()
    build([samples], store)
    return store


@pytest.fixture(scope="session")
def corpus_store(shared: Path) -> GraphStore:
    store = GraphStore.in_memory()
    build([shared / "corpus"], store)
    return store


@pytest.fixture(scope="session")
def corpus_records(corpus_store: GraphStore) -> list[dict[str, Any]]:
    """What `export --format jsonl` writes of the reference documents."""
    return list(read_records(corpus_store))


@pytest.fixture(scope="session")
def unseen_records(shared: Path) -> list[dict[str, Any]]:
    """The same of documents that the grammar was not written on."""
    if not (shared / "unseen" / "text").is_dir():
        pytest.skip("the folder of documents held out is not beside the checkout")
    with GraphStore.in_memory() as store:
        build([shared / "unseen" / "text"], store)
        return list(read_records(store))


@pytest.fixture(scope="session")
def forms_records(shared: Path) -> list[dict[str, Any]]:
    """The same of excerpts of other forms than resolutions."""
    if not (shared / "forms" / "text").is_dir():
        pytest.skip("the folder of documents of other forms is not beside the checkout")
    with GraphStore.in_memory() as store:
        build([shared / "forms" / "text"], store)
        return list(read_records(store))


@pytest.fixture(scope="session")
def store_on_disk(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    path = tmp_path_factory.mktemp("disk") / "store"
    with GraphStore.open(path) as store:
        build([samples], store)
    return path


@pytest.fixture(scope="session")
def mandates_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk of three successive mandates of our own, one of another line, and a note."""
    folder = tmp_path_factory.mktemp("mandates")
    for name, text in MANDATES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with GraphStore.open(folder / "store") as store:
        build([folder / name for name in MANDATES], store)
    return folder / "store"


@pytest.fixture(scope="session")
def mandates_store(mandates_path: Path) -> Iterator[GraphStore]:
    with GraphStore.open_to_read(mandates_path) as store:
        yield store


@pytest.fixture(scope="session")
def bundled() -> None:
    try:
        folder("explorer").joinpath("explorer.js").read_bytes()
    except (ResourceError, FileNotFoundError):
        pytest.skip("the explorer is not bundled: Node.js was missing when the package was installed")


@pytest.fixture(scope="session")
def browser(bundled: None) -> Iterator[Any]:
    """A real Chromium without a window."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
        )
        yield started
        started.close()

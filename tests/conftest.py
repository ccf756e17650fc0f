from __future__ import annotations

from pathlib import Path

import pytest

from mandategraph.building import build
from mandategraph.store import GraphStore

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew.")


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
def store_on_disk(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    path = tmp_path_factory.mktemp("disk") / "store"
    with GraphStore.open(path) as store:
        build([samples], store)
    return path

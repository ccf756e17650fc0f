"""Documents extracted by the workers of a Dask cluster, each partition of them into a shard on storage that all can reach.

The results come in the order of the documents, so that the store holds the same bytes as after a build on one machine. A partition whose
worker is lost goes to another; one whose shard is there and whole is not extracted again, so that a build that was stopped goes on.

Limits: the documents pass through the machine that builds; the workers have the same version of the program (it is checked), and a
user's own data files under the same paths.
"""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from mandategraph.building.extracting import DocumentReport, Extract, Extractor, Task, make_extractor
from mandategraph.building.program import digest_of_program
from mandategraph.building.shards import SUFFIX, is_shard, read_shard, write_shard
from mandategraph.errors import EngineError
from mandategraph.reading.limits import Limits

if TYPE_CHECKING:
    from distributed import Client, Future

# A partition has up to so many documents and bytes of them.
DOCUMENTS, BYTES = 50, 4_000_000
_TRIES = 5
_AHEAD = 3
_ONE_AT_A_TIME = threading.Lock()


class DaskEngine:
    """Extracts documents on a Dask cluster; use it in a `with` statement.

    Args:
        scheduler: address of the cluster's scheduler, such as `tcp://10.0.0.1:8786`.
        shards: folder that the workers and this machine reach: a path, or a URL that fsspec knows.
        data: a user's own gazetteer files.
        limits: what a document may have.

    Raises:
        EngineError: distributed is not installed, or the scheduler does not answer.
    """

    def __init__(self, scheduler: str, shards: str, *, data: Iterable[Path] = (), limits: Limits | None = None) -> None:
        try:
            from distributed import Client
        except ImportError:
            hint = "Install it with: pip install 'mandategraph[dask]'"
            raise EngineError("the engine dask needs distributed", hint=hint) from None
        self._shards = shards.rstrip("/")
        self._data = tuple(data)
        self._base = digest_of_program(self._data)
        self._limits = limits
        if "://" not in self._shards:
            Path(self._shards).mkdir(parents=True, exist_ok=True)
            self._shards = str(Path(self._shards).resolve())
        try:
            self._client: Client = Client(scheduler, timeout="15s", set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            hint = "Check the address, and that the scheduler is up."
            raise EngineError(f"the scheduler does not answer ({error})", where=scheduler, hint=hint) from error

    def __enter__(self) -> DaskEngine:
        """Return the engine itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the cluster."""
        self._client.close()

    def extract(self, tasks: Iterable[Task | DocumentReport]) -> Iterator[Extract | DocumentReport]:
        """Yield the extract of each task; a report among the tasks is passed through in its place.

        Raises:
            EngineError: the workers are of another version, or fail again and again.
        """
        ahead = _AHEAD * max(2, len(self._client.scheduler_info()["workers"]))
        waiting: deque[tuple[list[Task | DocumentReport], Future | None]] = deque()
        for number, partition in enumerate(_partitions(tasks)):
            waiting.append((partition, self._submit(number, [t for t in partition if isinstance(t, Task)])))
            while len(waiting) > ahead:
                yield from self._given(*waiting.popleft())
        while waiting:
            yield from self._given(*waiting.popleft())

    def _submit(self, number: int, tasks: list[Task]) -> Future | None:
        if not tasks:
            return None
        names = hashlib.sha256(
            "\n".join(f"{self._base} {t.source.sha256} {t.name} {t.key} {t.origin}" for t in tasks).encode()
        )
        shard = f"{self._shards}/{number:06d}-{names.hexdigest()[:16]}{SUFFIX}"
        given: tuple[Any, ...] = (tasks, shard, self._data, self._base, self._limits)
        return self._client.submit(extract_shard, *given, retries=_TRIES, pure=False)

    @staticmethod
    def _given(partition: list[Task | DocumentReport], future: Future | None) -> Iterator[Extract | DocumentReport]:
        extracts: Iterator[Extract] = iter(())
        if future is not None:
            try:
                extracts = iter(read_shard(future.result()))
            except EngineError:
                raise
            except Exception as error:
                raise EngineError(f"the workers failed ({error})", hint="See their logs, then build again.") from error
        for task in partition:
            yield task if isinstance(task, DocumentReport) else next(extracts)


def extract_shard(tasks: list[Task], shard: str, data: tuple[Path, ...], base: str, limits: Limits | None) -> str:
    """Write the extracts of some documents to a shard, unless it is there, and return where it is; runs on a worker."""
    if digest_of_program(data) != base:
        hint = "Install the same version on all machines, and the same data files."
        raise EngineError("a worker has another version of the program or its data", hint=hint)
    if not is_shard(shard):
        with _ONE_AT_A_TIME:
            extractor = _extractor(data, base, limits)
            write_shard(map(extractor.extract, tasks), shard)
    return shard


@lru_cache(maxsize=1)
def _extractor(data: tuple[Path, ...], base: str, limits: Limits | None) -> Extractor:
    """Return the worker's extractor: it is made once."""
    return make_extractor(data, base, limits)


def _partitions(tasks: Iterable[Task | DocumentReport]) -> Iterator[list[Task | DocumentReport]]:
    partition: list[Task | DocumentReport] = []
    size = 0
    for task in tasks:
        partition.append(task)
        size += _size(task)
        if len(partition) >= DOCUMENTS or size > BYTES:
            yield partition
            partition, size = [], 0
    if partition:
        yield partition


def _size(task: Task | DocumentReport) -> int:
    if isinstance(task, DocumentReport):
        return 0
    return len(getattr(task.source, "content", "")) or len(getattr(task.source, "text", ""))

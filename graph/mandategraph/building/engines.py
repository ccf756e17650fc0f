"""Where documents are extracted: in this process, or in several on this machine. The results come in the order of the tasks.

An engine takes a stream and gives a stream: of the documents under way no more are held than the processes have at hand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Protocol

from mandategraph.building.extracting import REFUSED, DocumentReport, Extract, Extractor, Task, make_extractor
from mandategraph.processes import EndedError, Processes
from mandategraph.reading.limits import Limits

# Fewer documents than this are extracted here: a process takes seconds to start.
FEW = 12
_AHEAD = 16


class Engine(Protocol):
    """What extracts documents, wherever it does."""

    def extract(self, tasks: Iterable[Task | DocumentReport]) -> Iterator[Extract | DocumentReport]:
        """Yield the extract of each task; a report among the tasks is passed through in its place."""


class LocalEngine:
    """Extracts documents on this machine.

    Args:
        extractor: of this process.
        data: a user's own gazetteer files.
        base: digest of the program and its data.
        limits: what a document may have.
        jobs: how many processes extract; 1 is this one.
    """

    def __init__(
        self, extractor: Extractor, data: tuple[Path, ...], base: str, limits: Limits | None, *, jobs: int = 1
    ) -> None:
        self.extractor = extractor
        self.jobs = jobs
        self._given = (data, base, limits)

    def extract(self, tasks: Iterable[Task | DocumentReport]) -> Iterator[Extract | DocumentReport]:
        """Yield the extract of each task; a report among the tasks is passed through in its place."""
        stream = iter(tasks)
        first: list[Task | DocumentReport] = []
        if self.jobs > 1:
            few = FEW
            for task in stream:
                first.append(task)
                few -= isinstance(task, Task)
                if not few:
                    yield from self._spread(chain(first, stream))
                    return
        for task in chain(first, stream):
            yield self.extractor.extract(task) if isinstance(task, Task) else task

    def _spread(self, tasks: Iterable[Task | DocumentReport]) -> Iterator[Extract | DocumentReport]:
        processes = Processes(_answering, *self._given, count=self.jobs)
        waiting: deque[Future[Extract] | DocumentReport] = deque()
        with ThreadPoolExecutor(self.jobs) as threads:
            try:
                for task in tasks:
                    waiting.append(threads.submit(_ask, processes, task) if isinstance(task, Task) else task)
                    while len(waiting) > _AHEAD * self.jobs:
                        yield _given(waiting.popleft())
                while waiting:
                    yield _given(waiting.popleft())
            finally:
                processes.close()
                threads.shutdown(wait=False, cancel_futures=True)


def _given(found: Future[Extract] | DocumentReport) -> Extract | DocumentReport:
    return found if isinstance(found, DocumentReport) else found.result()


def _answering(data: tuple[Path, ...], base: str, limits: Limits | None) -> Callable[[Task], Extract]:
    return make_extractor(data, base, limits).extract


def _ask(processes: Processes, task: Task) -> Extract:
    try:
        found = processes.ask(task)
        assert isinstance(found, Extract)
        return found
    except EndedError:
        problem = f"{task.name}: reading it ended the process that reads it. Give it less at once, or more memory."
        return Extract(DocumentReport(task.name, "", REFUSED, problem=problem, origin=task.origin))

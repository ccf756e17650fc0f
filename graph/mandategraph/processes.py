"""Processes that answer one message after the other; what happens in one ends there.

Each has a pipe of its own, whose other end is ours alone: when we are gone, it reads the end of its pipe and ends, too. They are
fresh interpreters ("spawn"), so a script that starts them does so under `if __name__ == "__main__"`.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any


class BusyError(Exception):
    """No process was free in time."""


class EndedError(Exception):
    """The process ended while it answered."""


class Processes:
    """Some processes with the same work; each is started when it is first needed, and anew after it ended.

    Args:
        make: called in each process once, with `given`; returns the function that answers messages there.
        count: of processes.
    """

    def __init__(self, make: Callable[..., Callable[[Any], Any]], *given: Any, count: int) -> None:
        self._make = make
        self._given = given
        self._context = multiprocessing.get_context("spawn")
        self._idle: queue.LifoQueue[tuple[BaseProcess, Connection] | None] = queue.LifoQueue()
        self._all: set[BaseProcess] = set()
        self._lock = threading.Lock()
        self._is_closed = False
        for _ in range(count):
            self._idle.put(None)

    def ask(self, message: Any, *, seconds: float | None = None) -> Any:
        """Return the answer to a message; blocks until a process is free and has answered, so call it from a thread.

        Args:
            message: anything that can be pickled.
            seconds: to wait for a free process, and again for its answer; None waits as long as it takes.

        Raises:
            BusyError: no process was free in time.
            TimeoutError: it took longer; the process has been ended.
            EndedError: the process ended.
            Exception: as the function raises.
        """
        try:
            process, connection = self._idle.get(timeout=seconds) or self._start()
        except queue.Empty:
            raise BusyError from None
        try:
            connection.send(message)
            if not connection.poll(seconds):
                raise TimeoutError
            is_done, answer = connection.recv()
        except (EOFError, OSError) as error:
            self._stop(process, connection)
            if isinstance(error, TimeoutError):
                raise
            raise EndedError from error
        except BaseException:
            self._stop(process, connection)
            raise
        self._idle.put((process, connection))
        if not is_done:
            raise answer
        return answer

    def close(self) -> None:
        """End all processes; who still waits for one gets an `EndedError`."""
        with self._lock:
            self._is_closed = True
            for process in self._all:
                process.kill()
            self._all.clear()

    def _start(self) -> tuple[BaseProcess, Connection]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._make, self._given), daemon=True)
        with self._lock:
            if self._is_closed:
                raise EndedError
            process.start()
            self._all.add(process)
        theirs.close()
        return process, ours

    def _stop(self, process: BaseProcess, connection: Connection) -> None:
        process.kill()
        connection.close()
        with self._lock:
            self._all.discard(process)
        self._idle.put(None)


def _serve(connection: Connection, make: Callable[..., Callable[[Any], Any]], given: tuple[Any, ...]) -> None:
    """Answer messages until the other end is gone; Ctrl-C is for the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer = make(*given)
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        try:
            connection.send((True, answer(message)))
        except Exception as error:
            connection.send((False, error))

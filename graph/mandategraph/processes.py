"""Processes that answer one message after the other; what happens in one ends there.

Each has a pipe of its own, whose other end is ours alone: when we are gone, it reads the end of its pipe and ends, too; one that is still
answering then looks for us from time to time. They are fresh interpreters ("spawn"), so a script that starts them does so under `if __name__ == "__main__"`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_PAUSE = 0.2
_STARTING = 60.0
_LOOK = 2.0


class BusyError(Exception):
    """No process was free in time."""


class EndedError(Exception):
    """The process ended while it answered, or could not be started.

    Args:
        signal: that ended it, as the system numbers it; 0 where none did.
    """

    def __init__(self, signal: int = 0) -> None:
        super().__init__(signal)
        self.signal = signal


class GivenUpError(Exception):
    """Nobody waits for the answer any more; the process has been ended."""


@dataclass(slots=True)
class _Running:
    """A process, the end of its pipe that is ours, whether it has said that it is made, whether it has answered, when last."""

    process: BaseProcess
    connection: Connection
    is_made: bool = False
    has_answered: bool = False
    last: float = 0.0


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
        self._idle: queue.LifoQueue[_Running | None] = queue.LifoQueue()
        self._all: set[BaseProcess] = set()
        self._lock = threading.Lock()
        self._is_closed = False
        for _ in range(count):
            self._idle.put(None)

    def ask(self, message: Any, *, seconds: float | None = None, given_up: threading.Event | None = None) -> Any:
        """Return the answer to a message; blocks until a process is free and has answered, so call it from a thread.

        Args:
            message: anything that can be pickled.
            seconds: to wait for a free process, and for its answer from when it is made; None waits as long as it takes.
            given_up: set by another thread when the answer is no longer wanted.

        Raises:
            BusyError: no process was free in time.
            TimeoutError: it took longer; the process has been ended.
            GivenUpError: it was given up.
            EndedError: the process ended, or none could be started.
            Exception: as the function raises.
        """
        try:
            found = self._idle.get(timeout=seconds)
        except queue.Empty:
            raise BusyError from None
        kept: _Running | None = None
        try:
            running = self._living(found)
            try:
                if not running.is_made:
                    _wait(running.connection, None if seconds is None else _STARTING, given_up)
                    running.is_made = running.connection.recv()
                running.connection.send(message)
                _wait(running.connection, seconds, given_up)
                is_done, answer = running.connection.recv()
                running.has_answered, running.last = True, time.monotonic()
                kept = running
            except TimeoutError:
                raise
            except (EOFError, OSError) as error:
                running.process.join(1)
                raise EndedError(max(0, -(running.process.exitcode or 0))) from error
            finally:
                if kept is None:
                    self._stop(running)
        finally:
            self._idle.put(kept)
        if not is_done:
            raise answer
        return answer

    def renew(self, *, seconds: float = 0.0) -> None:
        """Start each process that is not there, and anew each that has answered and has nothing to do: what is left in its memory goes.

        Args:
            seconds: that it has had nothing to do.
        """
        found: list[_Running | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._idle.get_nowait())
        for each in found:
            fresh: _Running | None = None
            with contextlib.suppress(EndedError):
                if each is not None and each.has_answered and time.monotonic() - each.last >= seconds:
                    self._stop(each)
                    fresh = self._start()
                else:
                    fresh = self._living(each)
            self._idle.put(fresh)

    def close(self) -> None:
        """End all processes; who still waits for one gets an `EndedError`."""
        with self._lock:
            self._is_closed = True
            for process in self._all:
                process.kill()
            self._all.clear()

    def _living(self, found: _Running | None) -> _Running:
        """Return a process that can be asked: the one that was found, unless it has ended meanwhile."""
        if found is not None and (not found.process.is_alive() or (found.is_made and found.connection.poll(0))):
            self._stop(found)
            found = None
        return found or self._start()

    def _start(self) -> _Running:
        try:
            ours, theirs = self._context.Pipe()
        except OSError as error:
            raise EndedError from error
        try:
            process = self._context.Process(target=_serve, args=(theirs, self._make, self._given), daemon=True)
            with self._lock:
                if self._is_closed:
                    raise EndedError
                process.start()
                self._all.add(process)
        except OSError as error:
            ours.close()
            raise EndedError from error
        finally:
            theirs.close()
        return _Running(process, ours)

    def _stop(self, running: _Running) -> None:
        running.process.kill()
        running.connection.close()
        running.process.join()
        with self._lock:
            self._all.discard(running.process)


def _wait(connection: Connection, seconds: float | None, given_up: threading.Event | None) -> None:
    """Return when there is something to receive.

    Raises:
        TimeoutError: there is nothing in time.
        GivenUpError: it was given up.
    """
    until = None if seconds is None else time.monotonic() + seconds
    while True:
        left = _PAUSE if until is None else min(_PAUSE, until - time.monotonic())
        if connection.poll(max(0, left)):
            return
        if given_up is not None and given_up.is_set():
            raise GivenUpError
        if left <= 0:
            raise TimeoutError


def _serve(connection: Connection, make: Callable[..., Callable[[Any], Any]], given: tuple[Any, ...]) -> None:
    """Answer messages until the other end is gone; Ctrl-C is for the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    answer = make(*given)
    connection.send(True)
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        try:
            connection.send((True, answer(message)))
        except Exception as error:
            connection.send((False, error))


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(0)

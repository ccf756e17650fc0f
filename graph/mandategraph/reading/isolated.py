"""A function in a process of its own, with limits of time and memory: what a hostile file does there ends there.

The process is a fresh interpreter that runs `serve`, and not a fork or a `multiprocessing` child: it never runs the
caller's own script again.
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from mandategraph.errors import MandateGraphError, SourceError

MEMORY = 4 * 2**30
_PROGRAM = f"from {__name__} import serve; serve()"
_HINT = "Save it anew, or as plain text."


class Here:
    """Runs functions in this process, for one that has walls of its own and can be ended."""

    def call(self, function: Callable[..., Any], *given: Any, where: str, seconds: float) -> Any:
        """Return what a function returns; arguments and errors as for `Helper.call`, but that nothing here ends what takes too long."""
        try:
            return function(*given)
        except (MandateGraphError, MemoryError):
            raise
        except Exception as error:
            raise SourceError(
                f"it cannot be read ({type(error).__name__}: {error})", where=where, hint=_HINT
            ) from error

    def close(self) -> None:
        """Do nothing: there is nothing to end."""


class Helper:
    """A process that runs functions for us, one after the other; started when it is first asked, and anew after it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[tuple[bool, Any] | None] = queue.Queue()

    def call(self, function: Callable[..., Any], *given: Any, where: str, seconds: float) -> Any:
        """Return what a function of a module returns for these arguments.

        Raises:
            SourceError: it took too long, needed too much memory, or ended its process.
            MandateGraphError: as the function raises.
        """
        process = self._started()
        assert process.stdin
        try:
            with contextlib.suppress(BrokenPipeError):
                pickle.dump((function, given), process.stdin)
                process.stdin.flush()
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.close()
            raise SourceError(f"reading it took more than {seconds:g} seconds", where=where, hint=_HINT) from None
        except BaseException:
            self.close()
            raise
        if answer is None:
            self.close()
            raise SourceError("reading it ended the program that reads it", where=where, hint=_HINT)
        is_done, found = answer
        if is_done:
            return found
        if isinstance(found, MandateGraphError):
            raise found
        raise SourceError(f"it cannot be read ({found})", where=where, hint=_HINT)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._answers = queue.Queue()
            threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        return self._process


def _listen(stream: Any, answers: queue.Queue[tuple[bool, Any] | None]) -> None:
    """Put each answer into the queue, and None when there are no more."""
    with contextlib.suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
        while True:
            answers.put(pickle.load(stream))
    answers.put(None)


def serve() -> None:
    """Answer what is asked on standard input until it is closed."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            function, given = pickle.load(sys.stdin.buffer)
        except (EOFError, KeyboardInterrupt):
            return
        try:
            answer: tuple[bool, Any] = (True, function(*given))
        except MandateGraphError as error:
            answer = (False, error)
        except (Exception, MemoryError) as error:
            answer = (False, f"{type(error).__name__}: {error}")
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()

"""Work in processes of their own, so that what takes too long or too much can be ended.

Each process is between walls (`confining`) and answers one message after the other. As many wait for one as it takes a moment to
answer; more are refused, to come back in a moment. A message whose client is gone is given up: at once where it waits, and where it is
being answered after a moment, since a process that is ended has to be started anew.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.requests import Request

from mandategraph.answering.apart import why
from mandategraph.confining import MEGABYTES
from mandategraph.processes import BusyError, EndedError, GivenUpError, Processes
from mandategraph.serving.answers import Answer, refusal

WAITING = 40
_GRACE, _LOOK = 1.5, 0.25
_IDLE = 5.0
T = TypeVar("T")


class Workers:
    """Some processes that answer messages.

    Args:
        make: called in each process once, with `given` and the megabytes of memory; returns what gives the `Answer` to a message there.
        count: of processes.
        seconds: a message may take, and may wait.
        memory: megabytes that a process may take.
        waiting: messages that may wait for a process.
    """

    def __init__(
        self,
        make: Callable[..., Callable[[Any], Answer]],
        *given: Any,
        count: int = 2,
        seconds: float = 20.0,
        memory: int = MEGABYTES,
        waiting: int = WAITING,
    ) -> None:
        self.seconds = seconds
        self._memory = memory
        self._processes = Processes(make, *given, memory, count=count)
        self._threads = ThreadPoolExecutor(count)
        self._free = asyncio.Semaphore(count)
        self._waiting, self._most = 0, waiting

    def ask(self, message: Any, *, given_up: threading.Event | None = None) -> Answer:
        """Return the answer to a message; blocks until a process is free, so call it from a thread."""
        try:
            answer = self._processes.ask(message, seconds=self.seconds, given_up=given_up)
            assert isinstance(answer, Answer)
            return answer
        except (BusyError, GivenUpError):
            return refusal(503, "All workers are busy: try again in a moment.")
        except TimeoutError:
            return refusal(503, f"It took longer than {self.seconds:g} seconds: narrow it, or give it a LIMIT.")
        except (EndedError, MemoryError) as error:
            return refusal(503, f"It {why(error, self._memory)}: narrow it, or give it a LIMIT.")

    async def answer(self, message: Any, request: Request) -> Answer:
        """Return the answer to a message, unless too many wait or its client goes away."""
        if self._waiting >= self._most:
            return refusal(503, "Too many wait already: try again in a moment.")
        gone = asyncio.ensure_future(_gone(request))
        try:
            self._waiting += 1
            try:
                is_free = await _first(self._free.acquire(), gone, self.seconds)
            finally:
                self._waiting -= 1
            if not is_free:
                return refusal(503, "All workers are busy: try again in a moment.")
            return await self._answered(message, gone)
        finally:
            gone.cancel()

    async def _answered(self, message: Any, gone: asyncio.Future[None]) -> Answer:
        """Return the answer of the process that is free; it is free again when it has ended, whoever waits."""
        given_up = threading.Event()
        answering = asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: self.ask(message, given_up=given_up)
        )
        answering.add_done_callback(lambda _: self._free.release())
        try:
            either: set[asyncio.Future[Any]] = {answering, gone}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                await asyncio.wait({answering}, timeout=_GRACE)
            if not answering.done():
                return refusal(503, "The client has gone.")
            return answering.result()
        finally:
            given_up.set()

    async def keep_fresh(self) -> None:
        """Start the processes, and keep them small: those that have answered and have nothing to do begin anew."""
        while True:
            await asyncio.to_thread(self._processes.renew, seconds=_IDLE)
            await asyncio.sleep(_IDLE)

    def close(self) -> None:
        """End all processes."""
        self._processes.close()
        self._threads.shutdown(wait=False, cancel_futures=True)


async def _gone(request: Request) -> None:
    """Return when a client has gone."""
    while not await request.is_disconnected():
        await asyncio.sleep(_LOOK)


async def _first(work: Coroutine[Any, Any, T], gone: asyncio.Future[None], seconds: float) -> T | None:
    """Return what work returns; None where a client goes before, or it takes longer."""
    working = asyncio.ensure_future(work)
    either: set[asyncio.Future[Any]] = {working, gone}
    await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    if working.done():
        return working.result()
    working.cancel()
    return None

"""The application -> a server on a socket that waits for nobody without end.

A connection has so many seconds for each request to arrive whole, and for each answer to be taken; there are so many connections at a
time, fewer where the system gives few descriptors, and one more is told to come back.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import sys
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from mandategraph.serving.answers import RETRY

CONNECTIONS = 300
SECONDS = 10.0
_OTHERS = 100  # descriptors that are for all else
_FEWEST = 8
_SELDOM = 60.0
_LOG = logging.getLogger(__name__)
_LINGER = 1.0  # seconds in which an early answer can be read before the connection is closed
_TOO_MANY = f"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {RETRY}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
_SAID = b"This is no HTTP request, or its head is longer than 64 kB: send a long query with POST.\n"
_NO_REQUEST = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_SAID), _SAID)
)


def make_server(app: ASGIApp, *, log_level: str = "error") -> uvicorn.Server:
    """Return a server of the application; run it with a socket that is bound."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=_Patient,
            ws="none",
            lifespan="on",
            log_level=log_level,
            server_header=False,
            backlog=128,
            timeout_graceful_shutdown=5,
        )
    )


class _Patient(H11Protocol):
    """A connection with an end to its patience: a timer runs while a request is on its way, and while an answer is not taken."""

    _arriving: asyncio.TimerHandle | None = None
    _leaving: asyncio.TimerHandle | None = None
    _is_refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, or refuse it."""
        super().connection_made(transport)
        if len(self.connections) > _most_connections():
            self._refuse(_TOO_MANY)
            return
        self._arriving = self.loop.call_later(SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Take what arrives, and go on waiting where the request is not whole yet."""
        if self._is_refused:
            return
        super().data_received(data)
        is_whole = self.conn.their_state in {h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR}
        if is_whole:
            _end(self._arriving)
            self._arriving = None
        elif self._arriving is None:
            self._arriving = self.loop.call_later(SECONDS, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with what is no request."""
        self._refuse(_NO_REQUEST)

    def _refuse(self, answer: bytes) -> None:
        """Answer at once; what still arrives is let go, since closing on it would take the answer from who has not read it."""
        self._is_refused = True
        self.transport.write(answer)
        self.transport.write_eof()
        self.loop.call_later(_LINGER, self.transport.abort)

    def pause_writing(self) -> None:
        """Begin to wait until an answer is taken."""
        super().pause_writing()
        self._leaving = self.loop.call_later(SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: it has been taken."""
        super().resume_writing()
        _end(self._leaving)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        _end(self._arriving)
        _end(self._leaving)
        super().connection_lost(exc)


def _end(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()


def _most_connections() -> int:
    if sys.platform == "win32":
        return CONNECTIONS
    import resource

    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return CONNECTIONS if descriptors < 0 else max(_FEWEST, min(CONNECTIONS, descriptors - _OTHERS))


def say_seldom(loop: asyncio.AbstractEventLoop) -> None:
    """Have a loop say once a minute that there are no descriptors left, and not for each connection that it cannot take."""
    last = float("-inf")

    def handle(loop: asyncio.AbstractEventLoop, said: dict[str, Any]) -> None:
        nonlocal last
        error = said.get("exception")
        if not isinstance(error, OSError) or error.errno not in {errno.EMFILE, errno.ENFILE}:
            loop.default_exception_handler(said)
        elif loop.time() - last > _SELDOM:
            last = loop.time()
            _LOG.warning("no connection can be taken: this process has as many files open as it may")

    loop.set_exception_handler(handle)

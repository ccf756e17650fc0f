"""What workers give back, ready for HTTP."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

RETRY = 2
Headers = tuple[tuple[str, str], ...]
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as HTTP gives it."""

    status: int
    media_type: str
    body: bytes
    headers: Headers = ()


def headers(policy: str = POLICY, **more: str) -> Headers:
    """Return the headers of every page; those given besides are written with - for _."""
    said = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }
    return tuple((said | {name.replace("_", "-"): value for name, value in more.items()}).items())


def refusal(status: int, said: str) -> Answer:
    """Return an answer that says in a sentence why there is no other; one that is to be asked for again says when."""
    headers = (("Retry-After", str(RETRY)),) if status == 503 else ()
    return Answer(status, "text/plain; charset=utf-8", f"{said}\n".encode(), headers)


class Kept:
    """The answers of one state of the store that were asked for last, as many as go into a number of bytes; for one thread.

    Args:
        length: of all that is kept, in bytes.
    """

    def __init__(self, length: int) -> None:
        self._length = self._left = length
        self._state = ""
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def get(self, state: str, key: Hashable) -> Answer | None:
        """Return the answer that was kept of a state, or None; what is kept of another state goes."""
        if state != self._state:
            self._answers.clear()
            self._state, self._left = state, self._length
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def put(self, state: str, key: Hashable, answer: Answer) -> None:
        """Keep an answer; those that were not asked for the longest go."""
        if self.get(state, key) is not None:
            return
        self._answers[key] = answer
        self._left -= len(answer.body)
        while self._left < 0:
            _, gone = self._answers.popitem(last=False)
            self._left += len(gone.body)

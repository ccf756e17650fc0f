"""What workers give back, ready for HTTP."""

from __future__ import annotations

from dataclasses import dataclass

RETRY = 2
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as HTTP gives it."""

    status: int
    media_type: str
    body: bytes
    headers: Headers = ()


def refusal(status: int, said: str) -> Answer:
    """Return an answer that says in a sentence why there is no other; one that is to be asked for again says when."""
    headers = (("Retry-After", str(RETRY)),) if status == 503 else ()
    return Answer(status, "text/plain; charset=utf-8", f"{said}\n".encode(), headers)

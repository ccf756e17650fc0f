"""The store -> a server: every named graph by the SPARQL 1.1 Graph Store HTTP Protocol.

One PUT a graph replaces that graph there, as the protocol says (W3C 2013, section 5.3), so that sending twice is sending
once. What a graph held before is fetched first and put back if anything fails later, so that the server ends with all graphs
or with none of them new. Limit: a process that is killed cannot put back; then send again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import requests
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from mandategraph.errors import StoreError
from mandategraph.keeping.store import GraphStore

_TYPE = RdfFormat.N_TRIPLES.media_type
_TIMEOUT = (10.0, 300.0)
_BUSY = (429, 502, 503, 504)
_ERROR_TEXT = 200


def send(
    store: GraphStore,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    attempts: int = 5,
    wait: float = 0.5,
    on_progress: Callable[[int, int, str], None] | None = None,
) -> int:
    """Send every named graph to a server, and return how many there were.

    Args:
        store: open.
        url: of the graph store, to which `?graph=` is added.
        headers: sent with each request, such as `Authorization`.
        attempts: how often a request is tried while the server is busy or does not answer.
        wait: seconds before the second try, doubled each time; a `Retry-After` of the server goes before it.
        on_progress: called with (done, total, name) before each graph and at the end.

    Raises:
        StoreError: the server refuses or cannot be reached; what was sent has been taken back, or the error says what not.
    """
    names = sorted({str(getattr(quad.graph_name, "value", "")) for quad in store.quads()})
    with _Server(url, dict(headers or {}), attempts, wait) as server, tempfile.TemporaryDirectory() as kept:
        sent: list[tuple[str, Path | None]] = []
        try:
            for n, name in enumerate(names):
                if on_progress:
                    on_progress(n, len(names), name)
                sent.append((name, server.keep(name, Path(kept) / str(n))))
                server.put(name, _triples(store, name))
        except BaseException as error:
            _take_back(server, sent, error)
            raise
    if on_progress:
        on_progress(len(names), len(names), "")
    return len(names)


def _triples(store: GraphStore, name: str) -> bytes:
    """Return a graph as N-Triples."""
    quads = store.store.quads_for_pattern(None, None, None, NamedNode(name))
    return serialize([Triple(q.subject, q.predicate, q.object) for q in quads], format=RdfFormat.N_TRIPLES) or b""


def _take_back(server: _Server, sent: list[tuple[str, Path | None]], cause: BaseException) -> None:
    """Put back what the graphs held before, the last first."""
    stuck = []
    for name, before in reversed(sent):
        try:
            if before is None:
                server.delete(name)
            else:
                server.put(name, before.read_bytes())
        except StoreError:
            stuck.append(name)
    if stuck:
        hint = f"These graphs may be new there, the others are as they were: {', '.join(sorted(stuck))}."
        raise StoreError(f"the transfer failed and could not be taken back ({cause})", hint=hint) from cause


class _Server:
    """A graph store: whole graphs in and out."""

    def __init__(self, url: str, headers: dict[str, str], attempts: int, wait: float) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(headers)
        retry = Retry(
            total=attempts - 1,
            backoff_factor=wait,
            status_forcelist=_BUSY,
            allowed_methods={"GET", "PUT", "DELETE"},
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=retry))

    def __enter__(self) -> _Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def keep(self, name: str, file: Path) -> Path | None:
        """Write what a graph holds to a file, and return it, or None where there is no such graph."""
        answer = self._ask("GET", name, headers={"Accept": _TYPE}, missing_ok=True)
        if answer.status_code == requests.codes.not_found:
            return None
        file.write_bytes(answer.content)
        return file

    def put(self, name: str, triples: bytes) -> None:
        """Replace a graph."""
        self._ask("PUT", name, headers={"Content-Type": _TYPE}, data=triples)

    def delete(self, name: str) -> None:
        """Remove a graph; one that is not there is fine."""
        self._ask("DELETE", name, missing_ok=True)

    def _ask(
        self,
        method: str,
        name: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        missing_ok: bool = False,
    ) -> requests.Response:
        try:
            answer = self.session.request(
                method,
                self.url,
                params={"graph": name},
                headers=headers,
                data=data,
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
        except (requests.RequestException, UnicodeError, ValueError) as error:
            reason = str(error).split("(Caused by ")[-1].rstrip(")")[:_ERROR_TEXT]
            raise StoreError(
                f"the server cannot be reached ({reason})", where=self.url, hint="Check the address, then send again."
            ) from error
        if answer.ok and not answer.is_redirect:
            return answer
        if missing_ok and answer.status_code == requests.codes.not_found:
            return answer
        raise StoreError(f"the server answers {_status(answer)}", where=self.url, hint=_advice(answer))


def _status(answer: requests.Response) -> str:
    said = " ".join(answer.text.split())[:_ERROR_TEXT]
    return f"{answer.status_code} {answer.reason}" + (f": {said}" if said else "")


def _advice(answer: requests.Response) -> str:
    if answer.status_code in (requests.codes.unauthorized, requests.codes.forbidden):
        return "Give the credentials with --header 'Authorization: ...'."
    if answer.is_redirect:
        return "Give the address to which it redirects; credentials are not sent on."
    if answer.status_code in (requests.codes.not_found, requests.codes.not_allowed):
        return "Is this the address of its SPARQL 1.1 Graph Store? Often it ends in /store, /data or /rdf-graph-store."
    return "Nothing was changed there; send again."

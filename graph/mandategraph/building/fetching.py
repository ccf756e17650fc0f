"""Official documents by symbol: from the document service of the United Nations into a folder, each with its provenance.

The one part of the package that goes out to the network, and only when it is asked to. A document is written under another name
until it is whole, and goes on from there when it is asked again; beside it stands a JSON file that says where it came from. The
addresses, hosts and limits are data (`data/fetch.toml`).
"""

from __future__ import annotations

import email.utils
import hashlib
import json
import re
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import requests

from mandategraph import __version__
from mandategraph.errors import LexiconError, SourceError
from mandategraph.resources import folder
from mandategraph.symbols import normalize

FETCHED, UNCHANGED, REFUSED = "fetched", "unchanged", "refused"
FORMATS = {"pdf": (b"%PDF-",), "docx": (b"PK\x03\x04",), "doc": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))
_MOST_REDIRECTS = 8
_CHUNK = 1 << 13


@dataclass(frozen=True, slots=True)
class Service:
    """Where documents are fetched from, and how gently; the fields are those of `data/fetch.toml`."""

    address: str
    hosts: tuple[str, ...]
    language: str
    format: str
    pause: float
    timeout: float
    longest_wait: float
    tries: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one symbol: the file where it is there, else why not."""

    symbol: str
    outcome: str
    file: Path | None = None
    problem: str = ""


class _TryAgainError(Exception):
    """The service is busy, or broke off; `wait` is how long it asks to wait, in seconds."""

    def __init__(self, said: str, wait: float = 0.0) -> None:
        super().__init__(said)
        self.wait = wait


def load_service(path: Path | None = None) -> Service:
    """Return the service of a TOML file, or that of the package.

    Raises:
        LexiconError: the file is not TOML, or lacks a field.
    """
    where = str(path or "data/fetch.toml")
    try:
        text = (path or folder("data") / "fetch.toml").read_text(encoding="utf-8")
        given = tomllib.loads(text)
        made = Service(
            **{field.name: given[field.name] for field in fields(Service) if field.name != "hosts"},
            hosts=tuple(given["hosts"]),
        )
    except OSError as error:
        raise LexiconError(f"cannot be read ({error.strerror})", where=where, hint="Check the path.") from error
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as error:
        hint = f"Its fields are {', '.join(field.name for field in fields(Service))}."
        raise LexiconError(f"no configuration of a document service ({error})", where=where, hint=hint) from error
    if made.format not in FORMATS:
        raise LexiconError(f"there is no format {made.format!r}", where=where, hint=f"Use one of {', '.join(FORMATS)}.")
    return made


def fetch(
    symbols: Iterable[str],
    into: Path,
    service: Service,
    *,
    again: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Fetched]:
    """Yield what became of each symbol, when it is done.

    Args:
        symbols: of documents: S/2020/600, S/RES/2374 (2017).
        into: the folder; it is made where there is none.
        service: where from.
        again: fetch documents anew that are there.
        sleep: waits some seconds.

    Raises:
        SourceError: the folder cannot be written.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(f"cannot be made ({error.strerror})", where=str(into), hint="Give another folder.") from error
    fetcher = _Fetcher(service, sleep)
    for given in symbols:
        symbol = normalize(given)
        try:
            yield fetcher.fetch(symbol, into, again=again)
        except SourceError as error:
            yield Fetched(symbol, REFUSED, problem=str(error))
        except OSError as error:
            raise SourceError(
                f"cannot be written ({error.strerror})", where=str(into), hint="Make room there."
            ) from error


class _Fetcher:
    def __init__(self, service: Service, sleep: Callable[[float], None]) -> None:
        self.service = service
        self.sleep = sleep
        self.session = requests.Session()
        self.session.headers["User-Agent"] = f"MandateGraph/{__version__}"
        self.session.trust_env = True
        self._last = 0.0

    def fetch(self, symbol: str, into: Path, *, again: bool) -> Fetched:
        """Fetch one document.

        Raises:
            SourceError: the service has none, refuses, or gives something else.
            OSError: the folder cannot be written.
        """
        if not re.fullmatch(r"[A-Z][\w./() -]{2,80}", symbol, re.ASCII) or ".." in symbol:
            raise SourceError("this is no symbol of a document", where=symbol, hint="Write it as S/2020/600.")
        file = into / f"{re.sub(r'[^A-Za-z0-9.-]+', '_', symbol).strip('_')}.{self.service.format}"
        if not again and _is_whole(file):
            return Fetched(symbol, UNCHANGED, file)
        part = file.with_name(f".{file.name}.part")
        if again:
            part.unlink(missing_ok=True)
        wait = self.service.pause
        for n in range(1, self.service.tries + 1):
            try:
                address, headers = self._download(symbol, part)
                break
            except _TryAgainError as error:
                if n == self.service.tries:
                    hint = "Ask again later: what is there already is kept."
                    raise SourceError(f"the service did not give it ({error})", where=symbol, hint=hint) from error
                self.sleep(min(max(wait, error.wait), self.service.longest_wait))
                wait *= 2
        content = part.read_bytes()
        if not content.startswith(FORMATS[self.service.format]):
            part.unlink()
            hint = "Check the symbol; not every document is there in every format."
            raise SourceError(f"the service gave no {self.service.format.upper()} file", where=symbol, hint=hint)
        provenance = {
            "symbol": symbol,
            "file": file.name,
            "asked": self._address(symbol),
            "address": address,
            "retrieved": datetime.now(UTC).isoformat(timespec="seconds"),
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            **headers,
            "program": f"MandateGraph {__version__}",
        }
        # The provenance goes first: a document that is there always has its own.
        _provenance_of(file).write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")
        part.replace(file)
        return Fetched(symbol, FETCHED, file)

    def _address(self, symbol: str) -> str:
        service = self.service
        return service.address.format(
            symbol=quote(symbol, safe="/()"), language=service.language, format=service.format
        )

    def _download(self, symbol: str, part: Path) -> tuple[str, dict[str, str]]:
        """Write what is still missing of a document, and return its address and what the service says of it."""
        tag = part.with_name(f"{part.name}.tag")
        have = part.stat().st_size if part.exists() and tag.exists() else 0
        asked = {"Range": f"bytes={have}-", "If-Range": tag.read_text(encoding="utf-8")} if have else {}
        response, address = self._ask(symbol, asked)
        with response:
            if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)
                raise _TryAgainError("the part that is there is not one of it")
            is_rest = response.status_code == HTTPStatus.PARTIAL_CONTENT and bool(have)
            if is_rest and not response.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
                part.unlink(missing_ok=True)
                raise _TryAgainError("the service gave another part than was asked for")
            validator = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
            if validator and not validator.startswith("W/"):
                tag.write_text(validator, encoding="utf-8")
            else:
                tag.unlink(missing_ok=True)
            self._save(response, part, have if is_rest else 0, symbol)
        tag.unlink(missing_ok=True)
        said = {
            name: response.headers[name]
            for name in ("Content-Type", "ETag", "Last-Modified")
            if name in response.headers
        }
        return address, {name.lower(): value for name, value in said.items()}

    def _save(self, response: requests.Response, part: Path, have: int, symbol: str) -> None:
        most = self.service.megabytes * 1_000_000
        length = response.headers.get("Content-Length", "")
        expected = have + int(length) if length.isdigit() and not response.headers.get("Content-Encoding") else None
        too_large = SourceError(
            f"it is larger than {self.service.megabytes} MB", where=symbol, hint="Change megabytes."
        )
        if expected is not None and expected > most:
            raise too_large
        written = have
        try:
            with part.open("ab" if have else "wb") as file:
                for chunk in response.iter_content(_CHUNK):
                    written += len(chunk)
                    if written > most:
                        break
                    file.write(chunk)
        except requests.RequestException as error:
            raise _TryAgainError("it broke off") from error
        if written > most:
            part.unlink()
            raise too_large
        if expected is not None and written < expected:
            raise _TryAgainError("it broke off")

    def _ask(self, symbol: str, headers: dict[str, str]) -> tuple[requests.Response, str]:
        """Return the answer to a request, redirects followed within the allowed hosts, and its address."""
        address = self._address(symbol)
        for _ in range(_MOST_REDIRECTS):
            self._check_host(address, symbol)
            self._wait()
            try:
                response = self.session.get(
                    address, headers=headers, stream=True, allow_redirects=False, timeout=self.service.timeout
                )
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
                raise _TryAgainError(_reason(error)) from error
            except requests.RequestException as error:
                raise SourceError(
                    f"it cannot be asked for ({error})", where=symbol, hint="Check the address."
                ) from error
            if response.status_code in _REDIRECTS and "Location" in response.headers:
                address = urljoin(address, response.headers["Location"])
                response.close()
                continue
            self._check_status(response, symbol)
            return response, address
        raise SourceError("the service leads from one address to the next", where=symbol, hint="Ask again later.")

    def _check_host(self, address: str, symbol: str) -> None:
        parts = urlsplit(address)
        is_local = parts.hostname in {"127.0.0.1", "localhost"}
        if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
            raise SourceError(
                f"the service leads to {parts.scheme or 'no'} address", where=symbol, hint="Only https is used."
            )
        if (parts.hostname or "") not in self.service.hosts:
            hint = f"Allowed are {', '.join(self.service.hosts)}."
            raise SourceError(f"the service leads to {parts.hostname}", where=symbol, hint=hint)

    def _check_status(self, response: requests.Response, symbol: str) -> None:
        status = response.status_code
        if status in _BUSY:
            wait = _seconds(response.headers.get("Retry-After", ""))
            response.close()
            raise _TryAgainError(f"it answers {status}", wait)
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            response.close()
            raise SourceError("the service has no such document", where=symbol, hint="Check the symbol.")
        if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}:
            response.close()
            raise SourceError(
                f"the service answers {status}", where=symbol, hint="Check the address in the configuration."
            )

    def _wait(self) -> None:
        """Wait until the pause since the last request is over."""
        rest = self._last + self.service.pause - time.monotonic()
        if self._last and rest > 0:
            self.sleep(rest)
        self._last = time.monotonic()


def _provenance_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _is_whole(file: Path) -> bool:
    """Return whether a document is there as its provenance says."""
    try:
        said: dict[str, Any] = json.loads(_provenance_of(file).read_text(encoding="utf-8"))
        return hashlib.sha256(file.read_bytes()).hexdigest() == str(said["sha256"])
    except (OSError, ValueError, KeyError):
        return False


def _reason(error: Exception) -> str:
    return "it takes too long" if isinstance(error, requests.Timeout) else "it cannot be reached"


def _seconds(retry_after: str) -> float:
    """Return the seconds that a Retry-After header asks for: a number, or a date."""
    if retry_after.isdigit():
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max(0.0, (until - datetime.now(UTC)).total_seconds())

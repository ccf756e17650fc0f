"""What a person says on a page -> the store: only by POST, from a page of this server, with the token that stands in its forms.

A worker of its own writes; it is ended like the others where it takes too long, and leaves the old or the new.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import Request

from mandategraph.building.correcting import Corrector
from mandategraph.confining import confine
from mandategraph.correcting.saying import Voice, withdrawing
from mandategraph.errors import MandateGraphError, NotFoundError, StoreError
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.corrections import corrections
from mandategraph.records import Correction, Verdict, moment
from mandategraph.serving.answers import Answer, refusal
from mandategraph.serving.workers import Workers
from mandategraph.vocabulary import BASE, document_iri, element_id

MEMORY, SECONDS = 6_000, 60.0
_LONGEST, _MOST = 100_000, 20
_FORM = "application/x-www-form-urlencoded"
_SAYABLE = (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.CORRECTED)
_SAFE = ":/%?=@[]!$&'()*+,;"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a form says: of the statement whose trigger begins at an offset, or which correction is taken back."""

    document: str
    paragraph: str
    who: str
    reason: str
    at: int = -1
    verdict: str = ""
    field: str = ""
    values: tuple[str, ...] = ()
    undo: str = ""


def editing(path: Path, memory: int) -> Callable[[Edit], Answer]:
    """Return what writes to a store what forms say, between walls.

    Args:
        path: of the store.
        memory: megabytes that it may take.
    """
    confine(megabytes=memory)

    def write(edit: Edit) -> Answer:
        voice = Voice(edit.who, moment(datetime.now(UTC).isoformat()), edit.reason)
        try:
            with GraphStore.open(path) as store, Corrector(store) as corrector:
                if edit.undo:
                    made = withdrawing(_known(store, edit.undo), voice)
                else:
                    made = corrector.say(edit.document, edit.at, edit.verdict, edit.field, edit.values, voice)
                corrector.correct([made], is_strict=True)
        except StoreError as error:
            return refusal(503, str(error))
        except MandateGraphError as error:
            return refusal(400, str(error))
        place = quote("/" + document_iri(edit.document).removeprefix(BASE), safe=_SAFE)
        return Answer(303, "text/plain; charset=utf-8", b"", (("Location", f"{place}#{element_id(edit.paragraph)}"),))

    return write


def _known(store: GraphStore, id_: str) -> Correction:
    for each in corrections(store):
        if each.id == id_:
            return each
    raise NotFoundError(f"there is no correction {id_!r}")


async def edit(request: Request, workers: Workers, token: str) -> Answer:
    """Return what becomes of what a form says; nothing changes without its token, or where a page of another site sent it."""
    origin, whence = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    # Under our policy of no referrer a browser gives "null" as the origin of our own forms, and says whence they come.
    is_from_elsewhere = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if is_from_elsewhere if whence is None else whence != "same-origin":
        return refusal(403, "What is not sent by a page of this server changes nothing.")
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM:
        return refusal(415, f"A correction is sent as {_FORM}.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            return refusal(413, f"The form is longer than {_LONGEST:,} bytes.")
    try:
        given = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        return refusal(400, "The form cannot be read.")
    said = {name: values[0].strip() for name, values in given.items()}
    if not secrets.compare_digest(said.get("token", "").encode(), token.encode()):
        return refusal(403, "The token of the form is missing or wrong: load the page again.")
    if not said.get("who"):
        return refusal(400, "Say who says so.")
    is_sayable = said.get("undo") or said.get("verdict") in _SAYABLE
    if not (is_sayable and said.get("document") and said.get("at", "0").isdigit()):
        return refusal(400, "The form does not say what holds of which statement.")
    lines = tuple(line for line in said.get("value", "").splitlines() if line.strip())
    is_field = said.get("verdict") == Verdict.CORRECTED
    return await workers.answer(
        Edit(
            said["document"],
            said.get("paragraph", ""),
            said["who"],
            said.get("reason", ""),
            int(said.get("at", "0")),
            said.get("verdict", ""),
            said.get("field", "") if is_field else "",
            lines if is_field else (),
            said.get("undo", ""),
        ),
        request,
    )

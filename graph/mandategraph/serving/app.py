"""The explorer, the reading view and the SPARQL endpoint, as an ASGI application for this machine alone.

Nothing is read here: pages and queries are made by workers (`site`, `queries`), processes that can be ended. Requests whose Host is
another name are refused, so that a page elsewhere cannot read the store by a name of its own, and so are those that a page of another
site makes, but for a link that somebody follows.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from mandategraph.confining import MEGABYTES
from mandategraph.exporting.pages import STATIC
from mandategraph.indexing.opening import open_index
from mandategraph.keeping.shared import SharedReader
from mandategraph.keeping.store import GraphStore
from mandategraph.serving import protocol
from mandategraph.serving.answers import Answer, Kept, headers
from mandategraph.serving.bundle import bundled
from mandategraph.serving.description import describe_service
from mandategraph.serving.document import READER, Editor
from mandategraph.serving.drafts import FORM, LARGEST
from mandategraph.serving.editing import MEMORY, SECONDS, edit, editing
from mandategraph.serving.listening import say_seldom
from mandategraph.serving.mandates import FILES
from mandategraph.serving.negotiating import negotiate
from mandategraph.serving.parameters import PAGES, Page
from mandategraph.serving.queries import answering
from mandategraph.serving.site import drafting, showing
from mandategraph.serving.workers import Workers

HOSTS = ("127.0.0.1", "localhost", "[::1]")
LARGEST_KEPT = 16_000_000
DRAFTS = 8  # that may wait for the one process that reads them
_KEPT = frozenset(
    {"home", "question", "thing", "timeline", *PAGES} - {"obligations", "obligations.csv", "explorer.json", "find"}
)
_PAGES = ("query", "timeline", "questions", *PAGES)
Handler = Callable[[Request], Awaitable[Response]]


def create_app(
    path: Path,
    *,
    seconds: float = 20.0,
    megabytes: int = 50,
    memory: int = MEGABYTES,
    is_as_read: bool = False,
    who: str | None = None,
) -> Starlette:
    """Return the application over a store.

    Args:
        path: of the store, which a build may write meanwhile.
        seconds: a page or a query may take.
        megabytes: a page or an answer may have.
        memory: megabytes that a page or a query may take while it is made.
        is_as_read: show what the machine reads, without what people corrected.
        who: may correct on the pages, by the name that stands in their forms; None where nobody may.

    Raises:
        StoreError: there is no store.
    """
    with GraphStore.open_to_read(path) as store:
        open_index(store).close()
    editor = READER if who is None else Editor(secrets.token_urlsafe(32), who)
    site = _Site(path, seconds=seconds, megabytes=megabytes, memory=memory, is_as_read=is_as_read, editor=editor)
    return Starlette(
        routes=[
            Route("/", site.page("home")),
            Route("/sparql", site.sparql, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
            *([Route("/correct", site.correct, methods=["POST"])] if editor.token else []),
            Route("/bundle/{name}", site.bundle),
            Route("/state", site.state),
            Route("/openapi.json", site.description),
            Route("/questions/{name}", site.page("question")),
            Mount("/static", StaticFiles(packages=[("mandategraph.serving", "static"), STATIC])),
            Route("/draft", site.draft, methods=["GET", "POST"]),
            *(Route(f"/{name}", site.page(name)) for name in (*_PAGES, *FILES)),
            Route("/favicon.ico", lambda _: Response(status_code=204)),
            Route("/{path:path}", site.thing),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
            Middleware(_OwnSite),
        ],
        lifespan=site.lifespan,
        exception_handlers={404: site.missing, ClientDisconnect: site.broken_off},
    )


class _OwnSite:
    """Lets through what this site asks for itself, what is typed, and links that somebody follows from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_foreign(scope["method"], Headers(scope=scope)):
            said = "Requests that the pages of another site make are refused.\n"
            await PlainTextResponse(said, 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    @staticmethod
    def _is_foreign(method: str, said: Headers) -> bool:
        """Return whether a page of another site asks; a browser that does not say whence says the origin, a program neither."""
        whence, origin = said.get("sec-fetch-site"), said.get("origin")
        if whence is None:
            return origin is not None and urlsplit(origin).netloc != said.get("host")
        is_link = said.get("sec-fetch-mode") == "navigate" and said.get("sec-fetch-dest") == "document"
        return whence not in {"same-origin", "none"} and not (is_link and method in {"GET", "HEAD"})


class _Site:
    def __init__(
        self, path: Path, *, seconds: float, megabytes: int, memory: int, is_as_read: bool, editor: Editor
    ) -> None:
        self.editor = editor
        self.edits = Workers(editing, path, count=1, seconds=SECONDS, memory=MEMORY)
        self.reader = SharedReader(path, is_as_read=is_as_read)
        self.kept = Kept(LARGEST_KEPT)
        self.pages = Workers(showing, path, megabytes, is_as_read, editor, seconds=seconds, memory=memory)
        self.queries = Workers(answering, path, megabytes, is_as_read, seconds=seconds, memory=memory)
        # Started by the first draft: it reads more before it answers than the others do.
        self.drafts = Workers(
            drafting, path, megabytes, is_as_read, editor, count=1, seconds=seconds, memory=memory, waiting=DRAFTS
        )

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Keep the workers, as long as the application is served."""
        say_seldom(asyncio.get_running_loop())
        kept = [asyncio.create_task(workers.keep_fresh()) for workers in (self.pages, self.queries)]
        yield
        for task in kept:
            task.cancel()
        for workers in (self.pages, self.queries, self.drafts, self.edits):
            workers.close()

    def page(self, route: str) -> Handler:
        """Return the handler of a route: a worker makes its page."""

        async def handler(request: Request) -> Response:
            return await self._made(route, request)

        return handler

    async def draft(self, request: Request) -> Response:
        """The form for a draft, and, where one is sent, what it changes; it goes no further than to the worker that reads it."""
        if request.method != "POST":
            return await self._made("draft", request)
        parts, length = [], 0
        async for part in request.stream():
            length += len(part)
            if length > LARGEST:
                return PlainTextResponse(f"A draft has {LARGEST // 1_000_000} MB at most.\n", 413)
            parts.append(part)
        kind, body = request.headers.get("content-type", ""), b"".join(parts)
        if not body or kind.partition(";")[0].strip().lower() != FORM:
            return PlainTextResponse(f"A draft is sent as a form ({FORM}).\n", 415)
        page = Page("draft", "draft", (), request.headers.get("accept", ""), body, kind)
        return respond(await self.drafts.answer(page, request))

    async def thing(self, request: Request) -> Response:
        """What an IRI of the graph names."""
        response = await self._made("thing", request)
        response.headers["Vary"] = "Accept"
        return response

    async def _made(self, route: str, request: Request) -> Response:
        try:
            query = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=protocol.MOST_FIELDS)
        except ValueError:
            return PlainTextResponse(f"There are more than {protocol.MOST_FIELDS} parameters.\n", 400)
        raw = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace").lstrip("/")
        page = Page(route, raw, tuple(query), request.headers.get("accept", ""))
        if route not in _KEPT:
            return respond(await self.pages.answer(page, request))
        state, key = (
            await asyncio.to_thread(self.reader.state),
            (route, page.path, page.query, page.accept, date.today()),
        )
        if found := self.kept.get(state, key):
            return respond(found)
        made = await self.pages.answer(page, request)
        if made.status == HTTPStatus.OK and state == await asyncio.to_thread(self.reader.state):
            self.kept.put(state, key, made)
        return respond(made)

    async def correct(self, request: Request) -> Response:
        """Write what a form says."""
        return respond(await edit(request, self.edits, self.editor.token))

    async def state(self, _: Request) -> Response:
        """Which state of the store is served now, for pages that stay open."""
        return PlainTextResponse(await asyncio.to_thread(self.reader.state), headers=dict(headers()))

    async def description(self, _: Request) -> Response:
        """What can be asked of the server."""
        return Response(describe_service(), media_type="application/json", headers=dict(headers()))

    async def bundle(self, request: Request) -> Response:
        """A script or style of the pages."""
        found = bundled(request.path_params["name"])
        if found is None:
            return PlainTextResponse("The script was not bundled when the package was built.\n", 404)
        return respond(found)

    async def sparql(self, request: Request) -> Response:
        """Answer the SPARQL Protocol; a browser that asks nothing gets the form."""
        wants_page = negotiate(request.headers.get("accept", ""), ["application/sparql-results+json", "text/html"])
        if request.method == "GET" and not request.url.query and wants_page == "text/html":
            return RedirectResponse("/query")
        return await protocol.answer(request, self.queries)

    async def missing(self, request: Request, __: Exception) -> Response:
        """Say that there is no such page."""
        return await self._made("thing", request)

    async def broken_off(self, _: Request, __: Exception) -> Response:
        """Answer a request whose client has gone before its end."""
        return PlainTextResponse("The request ended before its length.\n", 400)


def respond(answer: Answer) -> Response:
    """Return an answer as the response that it describes."""
    return Response(answer.body, answer.status, media_type=answer.media_type, headers=dict(answer.headers))

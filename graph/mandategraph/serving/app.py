"""The explorer, the reading view and the SPARQL endpoint, as an ASGI application for this machine alone.

Reading only: no route writes. Requests whose Host is another name are refused, so that a page elsewhere cannot read the store
by a name of its own; every text is escaped, and the policy lets no foreign script run.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from pyoxigraph import RdfFormat, serialize
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from mandategraph import __version__, listing
from mandategraph.asking import Question, Rows, ask_rows, load_question, plain_csv, text_of
from mandategraph.errors import MandateGraphError, NotFoundError, QueryError, ResourceError, StoreError
from mandategraph.exporting.pages import LOADER, STATIC
from mandategraph.resources import folder
from mandategraph.serving import pages, protocol
from mandategraph.serving.mandates import (
    FILES,
    PARAMETERS,
    File,
    comparison_page,
    lineage_page,
    quota_page,
    report_page,
)
from mandategraph.serving.negotiating import negotiate
from mandategraph.serving.reading import read_document
from mandategraph.serving.timeline import timeline
from mandategraph.serving.workers import GRAPHS, Workers
from mandategraph.showing import resolve
from mandategraph.store import GraphStore, SharedReader
from mandategraph.viewing import policy, view
from mandategraph.vocabulary import BASE, PREFIXES, SCHEMES, shorten

HOSTS = ("127.0.0.1", "localhost", "[::1]")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SYNTAXES = {
    name: GRAPHS[name]
    for name in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
}
_THINGS = (*SCHEMES, "scheme/", "graph/")
_OBLIGATIONS = ("actor", "wanted", "instrument", "subject", "after", "before", "minimum")
_SCRIPTS = ("query.js", "stale.js")
Handler = Callable[[Request], Awaitable[Response]]
LARGEST = 3000
KEPT = 8


def create_app(path: Path, *, seconds: float = 20.0, megabytes: int = 50) -> Starlette:
    """Return the application over a store.

    Args:
        path: of the store, which a build may write meanwhile.
        seconds: a query at `/sparql` may take.
        megabytes: an answer there may have.

    Raises:
        StoreError: there is no store.
    """
    site = _Site(path, Workers(path, seconds=seconds, megabytes=megabytes))
    site.reader.store()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        site.workers.close()

    return Starlette(
        routes=[
            Route("/", site.home),
            Route("/sparql", site.sparql, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
            Route("/query", site.query),
            Route("/bundle/{name}", site.script),
            Route("/obligations", site.obligations),
            Route("/obligations.csv", site.obligations_table),
            Route("/timeline", site.shown("timeline", PARAMETERS["calendar"], timeline)),
            Route("/compare", site.shown("compare", PARAMETERS["compare"], comparison_page)),
            Route("/lineage", site.shown("lineage", PARAMETERS["lineage"], lineage_page)),
            Route("/quota", site.shown("quota", PARAMETERS["quota"], quota_page)),
            Route("/report", site.shown("report", PARAMETERS["report"], report_page)),
            Route("/questions", site.questions),
            Route("/state", site.state),
            Route("/questions/{name}", site.question),
            Route("/explorer", site.explorer),
            Route("/find", site.find),
            Mount("/static", StaticFiles(packages=[("mandategraph.serving", "static"), STATIC])),
            *(Route(f"/{name}", site.file(name, file)) for name, file in FILES.items()),
            Route("/favicon.ico", lambda _: Response(status_code=204)),
            Route("/{path:path}", site.thing),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False)],
        lifespan=lifespan,
        exception_handlers={404: site.missing},
    )


class _Site:
    def __init__(self, path: Path, workers: Workers) -> None:
        self.reader = SharedReader(path)
        self.workers = workers
        self.templates = Environment(
            loader=ChoiceLoader([PackageLoader("mandategraph.serving"), LOADER]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self._made: dict[tuple[Any, ...], Any] = {}

    def _html(self, template: str, status: int = 200, **given: Any) -> Response:
        state, written = self.reader.state(), self.reader.written()
        text = self.templates.get_template(template).render(
            version=__version__, state=state, written=written, is_bundled=_script("stale.js") is not None, **given
        )
        return HTMLResponse(text, status, headers=_headers())

    async def _answer(self, make: Callable[[], Response]) -> Response:
        """Make a response in a thread; what is wrong is said on a page."""
        try:
            return await run_in_threadpool(make)
        except StoreError as error:
            return self._html("error.html", 503, title="The store cannot be read", said=str(error))
        except NotFoundError as error:
            return self._html("error.html", 404, title="Not found", said=str(error))
        except QueryError as error:
            return self._html("error.html", 400, title="Not so", said=str(error))
        except MandateGraphError as error:
            return self._html("error.html", 500, title="Not so", said=str(error))

    def _kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """Return what was made before for this state of the store, or make it: the last few are kept."""
        key = (self.reader.state(), *key)
        if key not in self._made:
            if len(self._made) >= KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[key] = make()
        return self._made[key]

    async def home(self, request: Request) -> Response:
        """The documents, who bears most, the questions."""
        page = _page(request)

        def make() -> Response:
            shown = self._kept(("home", page), lambda: pages.home(self.reader.store(), page))
            return self._html("home.html", page=page, more=_has_more(shown["documents"], page), params={}, **shown)

        return await self._answer(make)

    def shown(
        self, name: str, parameters: Sequence[str], show: Callable[[GraphStore, dict[str, str]], dict[str, Any]]
    ) -> Handler:
        """Return the handler of a page that shows what is made of some parameters."""

        async def handler(request: Request) -> Response:
            given = {each: request.query_params.get(each, "").strip() for each in parameters}

            def make() -> Response:
                shown = self._kept((name, *given.values()), lambda: show(self.reader.store(), given))
                return self._html(f"{name}.html", given=given, **shown)

            return await self._answer(make)

        return handler

    def file(self, name: str, file: File) -> Handler:
        """Return the handler of a file of that name."""
        parameters = PARAMETERS[name.partition(".")[0]]

        async def handler(request: Request) -> Response:
            given = {each: request.query_params.get(each, "").strip() for each in parameters}

            def make() -> Response:
                headers = {"Content-Disposition": f'attachment; filename="{name}"'}
                written = file.make(self.reader.store(), given)
                return Response(written, media_type=file.media_type, headers=headers | _headers())

            return await self._answer(make)

        return handler

    async def questions(self, _: Request) -> Response:
        """The named questions."""
        return await self._answer(lambda: self._html("questions.html", questions=pages.questions()))

    async def state(self, _: Request) -> Response:
        """Which state of the store is served now, for pages that stay open."""
        return PlainTextResponse(self.reader.state(), headers=_headers())

    async def query(self, _: Request) -> Response:
        """The SPARQL page; without the bundle it is a plain form. The editor writes styles of its own, and no more is allowed."""
        nonce = secrets.token_urlsafe(16)
        response = await self._answer(
            lambda: self._html(
                "query.html",
                nonce=nonce,
                base=BASE,
                prefixes=PREFIXES,
                terms=pages.terms(self.reader.store()),
            )
        )
        response.headers["Content-Security-Policy"] = _POLICY.replace(
            "style-src", f"style-src-attr 'unsafe-inline'; style-src 'nonce-{nonce}'"
        )
        return response

    async def script(self, request: Request) -> Response:
        """A script of the pages."""
        script = _script(request.path_params["name"])
        if script is None:
            return PlainTextResponse("The script was not bundled when the package was built.\n", 404)
        return Response(script, media_type="text/javascript; charset=utf-8", headers=_headers())

    async def sparql(self, request: Request) -> Response:
        """Answer the SPARQL Protocol; a browser that asks nothing gets the form."""
        wants_page = negotiate(request.headers.get("accept", ""), ["application/sparql-results+json", "text/html"])
        if request.method == "GET" and not request.url.query and wants_page == "text/html":
            return RedirectResponse("/query")
        return await protocol.answer(request, self.workers)

    async def obligations(self, request: Request) -> Response:
        """The table of obligations."""
        given = {name: request.query_params.get(name, "") for name in _OBLIGATIONS}
        sort, group = request.query_params.get("sort", ""), request.query_params.get("group", "")
        page = _page(request)

        def make() -> Response:
            found = pages.obligations_page(self.reader.store(), given, sort=sort, group=group, page=page)
            return self._html(
                "obligations.html",
                table=found,
                given=given,
                sort=sort,
                group=group,
                page=page,
                more=_has_more(found, page),
                params=_params(request),
            )

        return await self._answer(make)

    async def obligations_table(self, request: Request) -> Response:
        """The same obligations, all of them, as CSV (RFC 4180)."""
        given = {name: value for name in _OBLIGATIONS if (value := request.query_params.get(name, ""))}

        def make() -> Response:
            return _csv(ask_rows(self.reader.store(), listing.obligations(given), given), "obligations.csv")

        return await self._answer(make)

    async def question(self, request: Request) -> Response:
        """A named question as a form, with its answer."""
        name = request.path_params["name"]
        given = {k: v for k, v in request.query_params.items() if v and k not in {"format", "page"}}
        page = _page(request)

        def make() -> Response:
            question = load_question(name)
            if not request.query_params:
                given.update({p.name: p.default for p in question.parameters if p.default})
            answer = ask_rows(self.reader.store(), question, given)
            if request.query_params.get("format") == "csv":
                return _csv(answer, f"{name}.csv")
            table = pages.table(answer, page=page, size=pages.PAGE)
            more, params = _has_more(table, page), _params(request)
            return self._html(
                "question.html", question=question, given=given, table=table, page=page, more=more, params=params
            )

        return await self._answer(make)

    async def explorer(self, request: Request) -> Response:
        """The network: of everything where that can be drawn, else of what stands near the actors given."""
        chosen = {name: tuple(request.query_params.getlist(name)) for name in ("document", "actor", "theme")}
        projection = request.query_params.get("projection", "")

        def make() -> Response:
            store = self.reader.store()
            drawn = projection or ("full" if any(chosen.values()) or _size(store) <= LARGEST else "actor-actor")
            documents, actors, themes = chosen.values()

            def draw() -> str:
                return view(
                    store,
                    projection=drawn,
                    documents=documents,
                    actors=actors,
                    themes=themes,
                    state=self.reader.state(),
                )

            page = self._kept(("explorer", drawn, documents, actors, themes), draw)
            return HTMLResponse(page, headers=_headers(policy(is_served=True)))

        return await self._answer(make)

    async def find(self, request: Request) -> Response:
        """Lead from a name to its thing."""
        name = request.query_params.get("name", "").strip()

        def make() -> Response:
            _, iri = resolve(self.reader.store(), name)
            return RedirectResponse("/" + iri.removeprefix(BASE), 303)

        return await self._answer(make)

    async def thing(self, request: Request) -> Response:
        """What an IRI of the graph names: a page for browsers, RDF for programs."""
        raw = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace").lstrip("/")
        if not raw.startswith(_THINGS):
            return self._html("error.html", 404, title="Not found", said="There is no such page.")
        wanted = negotiate(request.headers.get("accept", ""), ["text/html", *_SYNTAXES])
        if wanted is None:
            return PlainTextResponse(f"This is to be had as text/html, {', '.join(_SYNTAXES)}.\n", 406)
        iri = BASE + raw
        page = (
            self._reading
            if raw.startswith("document/")
            else partial(self._thing, is_whole="all" in request.query_params)
        )
        response = await self._answer(
            (lambda: page(iri)) if wanted == "text/html" else (lambda: self._rdf(iri, _SYNTAXES[wanted]))
        )
        response.headers["Vary"] = "Accept"
        return response

    def _reading(self, iri: str) -> Response:
        store = self.reader.store()
        resolve(store, iri)
        key, facts = pages.label(store, iri), pages.facts(store, iri)
        return self._html("document.html", key=key, facts=facts, paragraphs=read_document(store, key))

    def _thing(self, iri: str, *, is_whole: bool) -> Response:
        store = self.reader.store()
        kind, _ = resolve(store, iri)
        label, facts = pages.label(store, iri), pages.facts(store, iri)
        tables = pages.tables(store, kind, iri, is_whole=is_whole)
        return self._html("thing.html", kind=kind, iri=iri, id=shorten(iri), label=label, facts=facts, tables=tables)

    def _rdf(self, iri: str, syntax: RdfFormat) -> Response:
        triples = pages.describe(self.reader.store(), iri)
        if not triples:
            return PlainTextResponse(f"There is nothing of the name {iri}.\n", 404)
        written = serialize(triples, format=syntax, prefixes=PREFIXES) or b""
        return Response(written, media_type=syntax.media_type, headers=_headers())

    async def missing(self, _: Request, __: Exception) -> Response:
        """Say that there is no such page."""
        return self._html("error.html", 404, title="Not found", said="There is no such page.")


def _script(name: str) -> bytes | None:
    if name not in _SCRIPTS:
        return None
    try:
        return (folder("explorer") / name).read_bytes()
    except (ResourceError, FileNotFoundError):
        return None


def _page(request: Request) -> int:
    number = request.query_params.get("page", "0")
    return int(number) if re.fullmatch(r"\d{1,6}", number) else 0


def _has_more(table: pages.Table, page: int) -> bool:
    return (page + 1) * pages.PAGE < table.total


def _params(request: Request) -> dict[str, str]:
    return {k: v for k, v in request.query_params.items() if k != "page"}


def _size(store: GraphStore) -> int:
    """Return how many obligations there are."""
    count = Question("size", "", "", (), "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?o a mg:Obligation }")
    return int(text_of(ask_rows(store, count).rows[0][0]))


def _csv(answer: Rows, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(plain_csv(answer), media_type="text/csv; charset=utf-8", headers=headers | _headers())


def _headers(policy: str = _POLICY) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }

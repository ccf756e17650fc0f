"""The pages, as a worker makes them: what is asked for -> an answer as HTTP gives it.

Reading only. Every text is escaped, and the policy lets no foreign script run. A worker answers one request after the other, and keeps
nothing between them but the open store.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from pyoxigraph import NamedNode, serialize

from mandategraph import __version__
from mandategraph.answering import listing
from mandategraph.answering.asking import ask_rows
from mandategraph.answering.questions import load_question
from mandategraph.answering.standing import in_force
from mandategraph.answering.tabling import plain_csv
from mandategraph.confining import confine
from mandategraph.errors import MandateGraphError, NotFoundError, QueryError, ResourceError, StoreError
from mandategraph.exporting.pages import LOADER
from mandategraph.keeping.naming import find
from mandategraph.keeping.shared import SharedReader
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import Rows
from mandategraph.recalling.things import count_obligations, described
from mandategraph.resources import folder
from mandategraph.serving import pages
from mandategraph.serving.answers import POLICY, RETRY, Answer, refusal
from mandategraph.serving.document import READER, Editor, document_page
from mandategraph.serving.landscape import burden_page, endings_page, overlaps_page
from mandategraph.serving.mandates import FILES, comparison_page, lineage_page, quota_page, report_page
from mandategraph.serving.negotiating import negotiate
from mandategraph.serving.parameters import FIELDS, LONGEST, Field, one, values
from mandategraph.serving.precedents import precedents_page, search_page
from mandategraph.serving.queries import GRAPHS
from mandategraph.serving.terms import terms_page
from mandategraph.serving.timeline import timeline
from mandategraph.viewing import policy, view
from mandategraph.vocabulary import BASE, PREFIXES, SCHEMES, shorten

_SYNTAXES = {
    name: GRAPHS[name]
    for name in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
}
_THINGS = (*SCHEMES, "scheme/", "graph/")
_SCRIPTS = ("query.js", "stale.js")
_SAFE_IN_LOCATION = ":/%#?=@[]!$&'()*+,;"
LARGEST = 3000
Show = Callable[[GraphStore, dict[str, str]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for: the name of its route, the path as it came, the parameters in their order, and the Accept header."""

    route: str
    path: str
    query: tuple[tuple[str, str], ...]
    accept: str


def showing(path: Path, megabytes: int, is_as_read: bool, editor: Editor, memory: int) -> Callable[[Page], Answer]:
    """Return what makes the pages of a store, between walls.

    Args:
        path: of the store.
        megabytes: a page may have.
        is_as_read: of what the machine reads, without what people corrected.
        editor: who may correct on the pages.
        memory: megabytes that it may take while it is made.
    """
    confine(megabytes=memory)
    site = Site(path, is_as_read=is_as_read, editor=editor)

    def show(page: Page) -> Answer:
        answer = site.answer(page)
        if len(answer.body) > megabytes * 1_000_000:
            return refusal(413, f"The page is larger than {megabytes} MB: choose less.")
        return answer

    return show


def headers(policy: str = POLICY, **more: str) -> tuple[tuple[str, str], ...]:
    """Return the headers of every page; those given besides are written with - for _."""
    return (
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-cache"),
        *((name.replace("_", "-"), value) for name, value in more.items()),
    )


def script(name: str) -> bytes | None:
    """Return a script of the pages, or None where it was not bundled when the package was built."""
    if name not in _SCRIPTS:
        return None
    try:
        return (folder("explorer") / name).read_bytes()
    except (ResourceError, FileNotFoundError):
        return None


class Site:
    """The pages of a store.

    Args:
        path: of the store, which a build may write meanwhile.
        is_as_read: show what the machine reads, without what people corrected.
        editor: who may correct.
    """

    def __init__(self, path: Path, *, is_as_read: bool = False, editor: Editor = READER) -> None:
        self.reader = SharedReader(path, is_as_read=is_as_read)
        self._editor = editor
        self._held: tuple[tuple[str, str], GraphStore] | None = None
        self.templates = Environment(
            loader=ChoiceLoader([PackageLoader("mandategraph.serving"), LOADER]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self._routes: dict[str, Callable[[Page], Answer]] = {
            "home": self.home,
            "query": self.query,
            "obligations": self.obligations,
            "obligations.csv": self.obligations_table,
            "timeline": self.shown("timeline", FIELDS["calendar"], timeline),
            "compare": self.shown("compare", FIELDS["compare"], comparison_page),
            "lineage": self.shown("lineage", FIELDS["lineage"], lineage_page),
            "mandates": self.shown("mandates", FIELDS["mandates"], terms_page),
            "precedents": self.shown("precedents", FIELDS["precedents"], precedents_page),
            "overlaps": self.shown("overlaps", FIELDS["overlaps"], overlaps_page),
            "burden": self.shown("burden", FIELDS["burden"], burden_page),
            "endings": self.shown("endings", FIELDS["endings"], endings_page),
            "quota": self.shown("quota", FIELDS["quota"], quota_page),
            "report": self.shown("report", FIELDS["report"], report_page),
            "questions": self.questions,
            "question": self.question,
            "explorer": self.explorer,
            "find": self.find,
            "thing": self.thing,
            **dict.fromkeys(FILES, self.file),
        }

    def answer(self, page: Page) -> Answer:
        """Return a page; what is wrong is said on one."""
        try:
            return self._routes[page.route](page)
        except StoreError as error:
            return self._html("error.html", 503, title="The store cannot be read", said=str(error))
        except NotFoundError as error:
            return self._html("error.html", 404, title="Not found", said=str(error))
        except QueryError as error:
            return self._html("error.html", 400, title="Not so", said=str(error))
        except MandateGraphError as error:
            return self._html("error.html", 500, title="Not so", said=str(error))

    def _html(self, template: str, status: int = 200, *, policy: str = POLICY, **given: Any) -> Answer:
        state, written = self.reader.state(), self.reader.written()
        text = self.templates.get_template(template).render(
            version=__version__, state=state, written=written, is_bundled=script("stale.js") is not None, **given
        )
        more = {"Retry_After": str(RETRY)} if status == 503 else {}
        return Answer(status, "text/html; charset=utf-8", text.encode(), headers(policy, **more))

    def _store(self, given: Mapping[str, str]) -> tuple[GraphStore, dict[str, str]]:
        """Return the store that a page is about, of what is in force where a day is given, and what else is given; the last day's is kept."""
        day, asked = given.get("in_force", ""), {name: value for name, value in given.items() if name != "in_force"}
        store = self.reader.store()
        if not day:
            return store, asked
        key = (self.reader.state(), day)
        if self._held is None or self._held[0] != key:
            self._held = (key, in_force(store, day))
        return self._held[1], asked

    def home(self, page: Page) -> Answer:
        """The documents, who bears most, the questions."""
        number = _number(page)
        shown = pages.home(self.reader.store(), number)
        more = _has_more(shown["documents"], number)
        return self._html("home.html", page=number, more=more, params={}, **shown)

    def shown(self, name: str, fields: Sequence[Field], show: Show) -> Callable[[Page], Answer]:
        """Return what makes a page that shows what follows from some parameters."""

        def make(page: Page) -> Answer:
            given = one(fields, page.query)
            store, asked = self._store(given)
            return self._html(f"{name}.html", given=given, **show(store, asked))

        return make

    def file(self, page: Page) -> Answer:
        """A file to save."""
        file, given = FILES[page.route], one(FIELDS[page.route.partition(".")[0]], page.query)
        saved = headers(Content_Disposition=f'attachment; filename="{page.route}"')
        return Answer(200, file.media_type, file.make(*self._store(given)), saved)

    def questions(self, _: Page) -> Answer:
        """The named questions."""
        return self._html("questions.html", questions=pages.questions())

    def query(self, _: Page) -> Answer:
        """The SPARQL page; without the bundle it is a plain form. The editor writes styles of its own, and no more is allowed."""
        nonce = secrets.token_urlsafe(16)
        allowed = POLICY.replace("style-src", f"style-src-attr 'unsafe-inline'; style-src 'nonce-{nonce}'")
        terms = pages.terms(self.reader.store())
        return self._html("query.html", policy=allowed, nonce=nonce, base=BASE, prefixes=PREFIXES, terms=terms)

    def obligations(self, page: Page) -> Answer:
        """The table of obligations."""
        given = one(FIELDS["obligations"], page.query)
        number = int(given.pop("page") or 0)
        sort, group = given.pop("sort"), given.pop("group")
        store, asked = self._store(given)
        found = pages.obligations_page(store, asked, sort=sort, group=group, page=number)
        return self._html(
            "obligations.html",
            table=found,
            given=given,
            sort=sort,
            group=group,
            page=number,
            more=_has_more(found, number),
            params=_others(page),
        )

    def obligations_table(self, page: Page) -> Answer:
        """The same obligations, all of them, as CSV (RFC 4180)."""
        found = listing.obligations(*self._store(one(FIELDS["obligations.csv"], page.query)))
        return _csv(found, "obligations.csv")

    def question(self, page: Page) -> Answer:
        """A named question as a form, with its answer."""
        name = page.path.removeprefix("questions/")
        question, chosen = load_question(name), one(FIELDS["question"], page.query)
        number = int(chosen["page"] or 0)
        types = {"date": "date", "integer": "integer"}
        asked = [(k, v) for k, v in page.query if v and k not in chosen]
        fields = {p.name: Field(p.name, types.get(p.type, "name")) for p in question.parameters}
        given = one((fields.get(k, Field(k)) for k, _ in asked), asked)
        if not page.query:
            given.update({p.name: p.default for p in question.parameters if p.default})
        store, _ = self._store(chosen)
        answer = ask_rows(store, question, given)
        if chosen["format"]:
            return _csv(answer, f"{name}.csv")
        table = pages.table(answer, page=number, size=pages.PAGE)
        more, params = _has_more(table, number), _others(page)
        return self._html(
            "question.html",
            question=question,
            given=given,
            in_force=chosen["in_force"],
            table=table,
            page=number,
            more=more,
            params=params,
        )

    def explorer(self, page: Page) -> Answer:
        """The network: of everything where that can be drawn, else of what stands near the actors given."""
        chosen = values(FIELDS["explorer"], page.query)
        projection = "".join(chosen.pop("projection"))
        store, _ = self._store({"in_force": "".join(chosen.pop("in_force"))})
        documents, actors, themes = chosen.values()
        drawn = projection or ("full" if any(chosen.values()) or count_obligations(store) <= LARGEST else "actor-actor")

        state = self.reader.state()
        text = view(store, projection=drawn, documents=documents, actors=actors, themes=themes, state=state)
        return Answer(200, "text/html; charset=utf-8", text.encode(), headers(policy(is_served=True)))

    def find(self, page: Page) -> Answer:
        """Lead from a name to its thing; where nothing is called so, to the paragraphs that hold its words, if any do."""
        typed = one(FIELDS["find"], page.query)["name"]
        try:
            iri = find(self.reader.store(), typed).iri
        except NotFoundError:
            found = search_page(self.reader.store(), typed)
            if not found["passages"]:
                raise
            return self._html("search.html", **found)
        place = quote("/" + iri.removeprefix(BASE), safe=_SAFE_IN_LOCATION)
        return Answer(303, "text/plain; charset=utf-8", b"", headers(Location=place))

    def thing(self, page: Page) -> Answer:
        """What an IRI of the graph names: a page for browsers, RDF for programs."""
        iri = BASE + page.path
        if not page.path.startswith(_THINGS) or not _is_iri(iri):
            return self._html("error.html", 404, title="Not found", said="There is no such page.")
        wanted = negotiate(page.accept, ["text/html", *_SYNTAXES])
        if wanted is None:
            said = f"This is to be had as text/html, {', '.join(_SYNTAXES)}.\n"
            return Answer(406, "text/plain; charset=utf-8", said.encode(), headers())
        if wanted != "text/html":
            return self._rdf(iri, wanted)
        return self._reading(iri) if page.path.startswith("document/") else self._thing(iri, page.query)

    def _reading(self, iri: str) -> Answer:
        return self._html("document.html", editor=self._editor, **document_page(self.reader.store(), iri))

    def _thing(self, iri: str, query: Sequence[tuple[str, str]]) -> Answer:
        store = self.reader.store()
        kind = find(store, iri).kind
        label, facts = pages.label(store, iri), pages.facts(store, iri)
        tables = pages.tables(store, kind, iri, is_whole="all" in dict(query))
        return self._html("thing.html", kind=kind, iri=iri, id=shorten(iri), label=label, facts=facts, tables=tables)

    def _rdf(self, iri: str, media_type: str) -> Answer:
        triples = described(self.reader.store(), iri)
        if not triples:
            said = f"There is nothing of the name {iri}.\n"
            return Answer(404, "text/plain; charset=utf-8", said.encode(), headers())
        written = serialize(triples, format=_SYNTAXES[media_type], prefixes=PREFIXES) or b""
        return Answer(200, media_type, written, headers())


def _number(page: Page) -> int:
    return int(one(FIELDS["home"], page.query)["page"] or 0)


def _has_more(table: pages.Table, page: int) -> bool:
    return (page + 1) * pages.PAGE < table.total


def _others(page: Page) -> Mapping[str, str]:
    """Return the parameters by which another page of the same table is asked for."""
    return {k: v[:LONGEST] for k, v in page.query if k != "page"}


def _is_iri(text: str) -> bool:
    try:
        return bool(NamedNode(text))
    except ValueError:
        return False


def _csv(answer: Rows, name: str) -> Answer:
    saved = headers(Content_Disposition=f'attachment; filename="{name}"')
    return Answer(200, "text/csv; charset=utf-8", plain_csv(answer).encode(), saved)

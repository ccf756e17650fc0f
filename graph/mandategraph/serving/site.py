"""The pages, as a worker makes them: what is asked for -> an answer as HTTP gives it.

Reading only. Every text is escaped, and the policy lets no foreign script run. A worker answers one request after the other, and keeps
nothing between them but the open store.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode, serialize

from mandategraph.answering import listing
from mandategraph.answering.asking import ask_rows
from mandategraph.answering.questions import load_question
from mandategraph.answering.tabling import plain_csv
from mandategraph.confining import confine
from mandategraph.errors import AmbiguousError, MandateGraphError, NotFoundError, QueryError, SourceError, StoreError
from mandategraph.exporting.sheets import sheet_of_rows, to_xlsx
from mandategraph.keeping.naming import THINGS, ThingKind, find
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import Rows
from mandategraph.recalling.things import described
from mandategraph.serving import pages, things
from mandategraph.serving.answers import POLICY, Answer, headers, refusal
from mandategraph.serving.document import READER, Editor, document_page
from mandategraph.serving.drafts import draft_page, draft_reader
from mandategraph.serving.files import CSV, XLSX
from mandategraph.serving.frame import Frame, advice
from mandategraph.serving.landscape import burden_page, endings_page, overlaps_page
from mandategraph.serving.mandates import FILES, comparison_page, lineage_page, quota_page, report_page
from mandategraph.serving.negotiating import negotiate
from mandategraph.serving.parameters import FIELDS, VIEW, Field, Page, one, values
from mandategraph.serving.precedents import precedents_page
from mandategraph.serving.queries import GRAPHS
from mandategraph.serving.searching import found_rows, search_page
from mandategraph.serving.start import start_page
from mandategraph.serving.statement import cited_page, statement_page
from mandategraph.serving.tables import View, table, view_of
from mandategraph.serving.terms import terms_page
from mandategraph.serving.timeline import timeline
from mandategraph.viewing import details, embedded, part, picture
from mandategraph.vocabulary import BASE, PREFIXES, SCHEMES

_SYNTAXES = {
    name: GRAPHS[name]
    for name in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
}
_THINGS = (*SCHEMES, "scheme/", "graph/")
_SAFE_IN_LOCATION = ":/%#?=@[]!$&'()*+,;"
Show = Callable[[GraphStore, dict[str, str]], dict[str, Any]]


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


def drafting(path: Path, megabytes: int, is_as_read: bool, editor: Editor, memory: int) -> Callable[[Page], Answer]:
    """Return what makes the pages of a store, as `showing` does, with the tables read beforehand that a draft is read with."""
    show = showing(path, megabytes, is_as_read, editor, memory)
    draft_reader()
    return show


class Site(Frame):
    """The pages of a store.

    Args:
        path: of the store, which a build may write meanwhile.
        is_as_read: show what the machine reads, without what people corrected.
        editor: who may correct.
    """

    def __init__(self, path: Path, *, is_as_read: bool = False, editor: Editor = READER) -> None:
        super().__init__(path, is_as_read=is_as_read, editor=editor)
        self._routes: dict[str, Callable[[Page], Answer]] = {
            "home": self.home,
            "query": self.query,
            "obligations": self.obligations,
            "obligations.csv": self.obligations_table,
            "documents": self.listed("documents", "Documents", pages.document_rows),
            "actors": self.listed("actors", "Actors", pages.actor_rows),
            "search": self.search,
            "search.csv": self.search_file,
            "search.xlsx": self.search_file,
            "timeline": self.shown("timeline", FIELDS["calendar"], timeline),
            "compare": self.shown("compare", FIELDS["compare"], comparison_page),
            "lineage": self.shown("lineage", FIELDS["lineage"], lineage_page),
            "mandates": self.shown("mandates", FIELDS["mandates"], terms_page),
            "precedents": self.shown("precedents", FIELDS["precedents"], precedents_page),
            "overlaps": self.shown("overlaps", FIELDS["overlaps"], overlaps_page),
            "burden": self.tabled("burden", burden_page),
            "endings": self.tabled("endings", endings_page),
            "quota": self.shown("quota", FIELDS["quota"], quota_page),
            "report": self.shown("report", FIELDS["report"], report_page),
            "questions": self.questions,
            "question": self.question,
            "statement": self.shown("statement", FIELDS["statement"], statement_page),
            "cited": self.shown("cited", FIELDS["cited"], cited_page),
            "explorer": self.explorer,
            "explorer.json": self.sentences,
            "find": self.find,
            "draft": self.draft,
            "thing": self.thing,
            **dict.fromkeys(FILES, self.file),
        }

    def answer(self, page: Page) -> Answer:
        """Return a page; what is wrong is said on one."""
        try:
            return self._routes[page.route](page)
        except StoreError as error:
            return self.html("error.html", 503, title="The store cannot be read", said=str(error))
        except (NotFoundError, AmbiguousError) as error:
            return self.nearest(error)
        except (QueryError, SourceError) as error:
            return self.html("error.html", 400, title="Not so", said=advice(error))
        except MandateGraphError as error:
            return self.html("error.html", 500, title="Not so", said=advice(error))

    def home(self, page: Page) -> Answer:
        """What is here, in force, due and newest; questions to begin with."""
        one(FIELDS["home"], page.query)
        return self.html("home.html", **start_page(self.reader.store(), date.today()))

    def listed(self, name: str, title: str, rows: Callable[[GraphStore], Rows]) -> Callable[[Page], Answer]:
        """Return what makes a page that lists all things of a kind."""

        def make(page: Page) -> Answer:
            store = self.reader.store()
            view = view_of(values(FIELDS[name], page.query), page.query)
            return self.html("list.html", here=name, title=title, table=table(store, rows(store), view=view))

        return make

    def shown(self, name: str, fields: Sequence[Field], show: Show) -> Callable[[Page], Answer]:
        """Return what makes a page that shows what follows from some parameters."""

        def make(page: Page) -> Answer:
            given = one(fields, page.query)
            store, asked = self.store_of(given)
            return self.html(f"{name}.html", given=given, suggested=pages.suggested(store), **show(store, asked))

        return make

    def tabled(
        self, name: str, show: Callable[[GraphStore, dict[str, str], View], dict[str, Any]]
    ) -> Callable[[Page], Answer]:
        """Return what makes a page whose table is looked at as the address says."""

        def make(page: Page) -> Answer:
            chosen = values(FIELDS[name], page.query)
            view = view_of({each.name: chosen.pop(each.name) for each in VIEW}, page.query)
            given = {field: "".join(said) for field, said in chosen.items()}
            store, asked = self.store_of(given)
            return self.html(f"{name}.html", given=given, suggested=pages.suggested(store), **show(store, asked, view))

        return make

    def file(self, page: Page) -> Answer:
        """A file to save."""
        fields = [field for field in FIELDS[page.route.partition(".")[0]] if field not in VIEW]
        file, given = FILES[page.route], one(fields, page.query)
        saved = headers(Content_Disposition=f'attachment; filename="{page.route}"')
        return Answer(200, file.media_type, file.make(*self.store_of(given)), saved)

    def questions(self, _: Page) -> Answer:
        """The named questions."""
        return self.html("questions.html", questions=pages.questions())

    def query(self, _: Page) -> Answer:
        """The SPARQL page; without the bundle it is a plain form. The editor writes styles of its own, and no more is allowed."""
        nonce = secrets.token_urlsafe(16)
        allowed = POLICY.replace("style-src", f"style-src-attr 'unsafe-inline'; style-src 'nonce-{nonce}'")
        terms = pages.terms(self.reader.store())
        return self.html("query.html", policy=allowed, nonce=nonce, base=BASE, prefixes=PREFIXES, terms=terms)

    def obligations(self, page: Page) -> Answer:
        """The table of obligations."""
        chosen = values(FIELDS["obligations"], page.query)
        view = view_of({each.name: chosen.pop(each.name) for each in VIEW}, page.query)
        given = {name: "".join(said) for name, said in chosen.items()}
        store, asked = self.store_of(given)
        is_by_instrument = "cited" in {view.sort.removeprefix("-"), view.group}
        found = table(store, pages.obligation_rows(store, asked, with_instruments=is_by_instrument), view=view)
        return self.html("obligations.html", table=found, given=given, suggested=pages.suggested(store))

    def obligations_table(self, page: Page) -> Answer:
        """The same obligations, all of them, as CSV (RFC 4180)."""
        found = listing.obligations(*self.store_of(one(FIELDS["obligations.csv"], page.query)))
        return _csv(found, "obligations.csv")

    def question(self, page: Page) -> Answer:
        """A named question as a form, with its answer."""
        name = page.path.removeprefix("questions/")
        question, chosen = load_question(name), values(FIELDS["question"], page.query)
        view = view_of({each.name: chosen[each.name] for each in VIEW}, page.query)
        types = {"date": "date", "integer": "integer"}
        asked = [(k, v) for k, v in page.query if v and k not in chosen]
        fields = {p.name: Field(p.name, types.get(p.type, "name")) for p in question.parameters}
        given = one((fields.get(k, Field(k)) for k, _ in asked), asked)
        if not page.query:
            given.update({p.name: p.default for p in question.parameters if p.default})
        store, _ = self.store_of({"in_force": "".join(chosen["in_force"])})
        answer = ask_rows(store, question, given)
        if chosen["format"]:
            return _csv(answer, f"{name}.csv")
        return self.html(
            "question.html",
            question=question,
            given=given,
            examples=pages.examples(store, question),
            in_force="".join(chosen["in_force"]),
            suggested=pages.suggested(store),
            table=table(store, answer, view=view),
        )

    def explorer(self, page: Page) -> Answer:
        """The network, whole or of what is chosen."""
        chosen = values(FIELDS["explorer"], page.query)
        begins = "".join(chosen.pop("projection")) or "actor-actor"
        store, _ = self.store_of({"in_force": "".join(chosen.pop("in_force"))})
        documents, actors, themes = chosen.values()
        drawn = picture(store, projection=begins, documents=documents, actors=actors, themes=themes, is_served=True)
        return self.html("explorer.html", network=part("network.html"), picture=embedded(drawn))

    def sentences(self, page: Page) -> Answer:
        """The words of obligations, for the network."""
        found = details(self.reader.store(), values(FIELDS["explorer.json"], page.query)["statement"])
        return Answer(200, "application/json", json.dumps(found, ensure_ascii=False).encode(), headers())

    def draft(self, page: Page) -> Answer:
        """A draft that was sent, beside the store; nobody on the way is to keep the page."""
        shown = draft_page(self.reader.store(), page.content_type, page.body)
        return self.html("draft.html", kept="no-store", **shown)

    def find(self, page: Page) -> Answer:
        """Lead from a name to its thing; where nothing is called so, or several are, to the search for its words."""
        typed = one(FIELDS["find"], page.query)["name"]
        try:
            iri = find(self.reader.store(), typed, (*THINGS, ThingKind.THEME)).iri
        except (NotFoundError, AmbiguousError):
            return Answer(303, "text/plain; charset=utf-8", b"", headers(Location=f"/search?{urlencode({'q': typed})}"))
        place = quote("/" + iri.removeprefix(BASE), safe=_SAFE_IN_LOCATION)
        return Answer(303, "text/plain; charset=utf-8", b"", headers(Location=place))

    def search(self, page: Page) -> Answer:
        """Names and paragraphs that hold what was typed, narrowed by facets."""
        given = values(FIELDS["search"], page.query)
        return self.html("search.html", **search_page(self.reader.store(), given, date.today()))

    def search_file(self, page: Page) -> Answer:
        """The paragraphs that a search finds, as a table for other programs."""
        given, suffix = values(FIELDS["search"], page.query), page.route.rpartition(".")[2]
        rows = found_rows(self.reader.store(), given, date.today())
        saved = headers(Content_Disposition=f'attachment; filename="{page.route}"')
        if suffix == "csv":
            return Answer(200, CSV, plain_csv(rows).encode(), saved)
        return Answer(200, XLSX, to_xlsx([sheet_of_rows("search", rows)]), saved)

    def thing(self, page: Page) -> Answer:
        """What an IRI of the graph names: a page for browsers, RDF for programs."""
        iri = BASE + page.path
        if not page.path.startswith(_THINGS) or not _is_iri(iri):
            return self.html("error.html", 404, title="Not found", said="There is no such page.")
        wanted = negotiate(page.accept, ["text/html", *_SYNTAXES])
        if wanted is None:
            said = f"This is to be had as text/html, {', '.join(_SYNTAXES)}.\n"
            return Answer(406, "text/plain; charset=utf-8", said.encode(), headers())
        if wanted != "text/html":
            return self._rdf(iri, wanted)
        return self._reading(iri) if page.path.startswith("document/") else self._thing(iri)

    def _reading(self, iri: str) -> Answer:
        return self.html("document.html", **document_page(self.reader.store(), iri))

    def _thing(self, iri: str) -> Answer:
        store = self.reader.store()
        return self.html("thing.html", **things.thing_page(store, find(store, iri), date.today()))

    def _rdf(self, iri: str, media_type: str) -> Answer:
        triples = described(self.reader.store(), iri)
        if not triples:
            said = f"There is nothing of the name {iri}.\n"
            return Answer(404, "text/plain; charset=utf-8", said.encode(), headers())
        written = serialize(triples, format=_SYNTAXES[media_type], prefixes=PREFIXES) or b""
        return Answer(200, media_type, written, headers())


def _is_iri(text: str) -> bool:
    try:
        return bool(NamedNode(text))
    except ValueError:
        return False


def _csv(answer: Rows, name: str) -> Answer:
    saved = headers(Content_Disposition=f'attachment; filename="{name}"')
    return Answer(200, "text/csv; charset=utf-8", plain_csv(answer).encode(), saved)

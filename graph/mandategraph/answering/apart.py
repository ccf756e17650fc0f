"""Questions asked in a process of their own, between walls: what a query does there ends there.

Goes in: the path of a store, a question, what is given for its parameters. Comes out: rows, or triples. The judge of queries is the first
wall; the process opens no connection and takes no more memory than it may even where the judge should err.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from pathlib import Path

from pyoxigraph import Triple

from mandategraph.answering.asking import ask, with_evidence
from mandategraph.answering.questions import Question
from mandategraph.answering.standing import held
from mandategraph.confining import MEGABYTES, SECONDS, confine
from mandategraph.errors import QueryError
from mandategraph.keeping.asread import open_to_read
from mandategraph.processes import EndedError, Processes
from mandategraph.recalling.rows import Rows

_HINT = "Narrow it, or give it a LIMIT."
Answer = Rows | tuple[Triple, ...]
_Asked = tuple[Question, Mapping[str, str], bool, str | None, bool]
_Told = tuple[Answer, int | None]


def ask_apart(
    path: Path,
    question: Question,
    given: Mapping[str, str],
    *,
    megabytes: int = MEGABYTES,
    seconds: float = SECONDS,
    evidence: bool = False,
    allow_service: bool = False,
    day: str | None = None,
    is_as_read: bool = False,
    on_history: Callable[[int], object] | None = None,
) -> Answer:
    """Return the answer to a question: rows, or the triples of a CONSTRUCT or DESCRIBE.

    Args:
        path: of the store.
        question: named, or made from any SPARQL text.
        given: parameters by name, as typed by the user.
        megabytes: of memory that it may take.
        seconds: that it may take.
        evidence: add document, paragraph and quotation to each row.
        allow_service: let it ask other servers with SERVICE.
        day: ISO 8601: ask what is in force on it alone.
        is_as_read: ask what the machine reads, without what people corrected.
        on_history: called with how many statements are history on that day, where one is given.

    Raises:
        QueryError: as `ask`, or it took too long or too much memory.
        StoreError: there is no store, or it cannot be read.
    """
    processes = Processes(_asking, path, megabytes, allow_service, count=1)
    try:
        told: _Told = processes.ask((question, given, evidence, day, is_as_read), seconds=seconds)
        answer, old = told
        if old is not None and on_history is not None:
            on_history(old)
        return answer
    except TimeoutError as error:
        raise QueryError(f"the query took longer than {seconds:g} seconds", where=question.name, hint=_HINT) from error
    except (EndedError, MemoryError) as error:
        raise QueryError(
            f"the query {why(error, megabytes)}", where=question.name, hint="Narrow it, or give it a LIMIT."
        ) from error
    finally:
        processes.close()


def why(error: EndedError | MemoryError, megabytes: int) -> str:
    """Return why something was not answered, without its subject: the engine aborts where it gets no more memory."""
    if isinstance(error, MemoryError) or error.signal == signal.SIGABRT:
        return f"needed more memory than {megabytes:,} MB"
    if error.signal == signal.SIGSEGV:
        return "is nested too deep for the engine"
    return "ended the process that answered it"


def _asking(path: Path, megabytes: int, allow_service: bool) -> Callable[[_Asked], _Told]:
    confine(megabytes=megabytes, is_offline=not allow_service)

    def answer(asked: _Asked) -> _Told:
        question, given, evidence, day, is_as_read = asked
        with open_to_read(path, is_as_read=is_as_read) as whole:
            standing = None if day is None else held(whole, day)
            store, old = (whole, None) if standing is None else (standing.store, standing.old)
            found = ask(store, question, given, allow_service=allow_service)
            if not isinstance(found, Rows):
                return tuple(found), old
            return (with_evidence(store, found) if evidence else found), old

    return answer

"""What all commands share: consoles, the guard that turns errors into exit codes, common options, tables and answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar

import click
from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from mandategraph.confining import MEGABYTES, SECONDS, within_bounds
from mandategraph.errors import MandateGraphError, StoreError
from mandategraph.keeping.asread import open_to_read
from mandategraph.keeping.store import DEFAULT, GraphStore

if TYPE_CHECKING:
    from mandategraph.answering.questions import Question
    from mandategraph.recalling.rows import Rows

READING_MEGABYTES, READING_SECONDS = 8192, 1800.0
_OUT_WIDTH = 160
_CELL = 280
_QUOTATION = 50
_FOLDED = 30
_TODAY = "today"
_AS_READ = "mandategraph.as_read"
Command = TypeVar("Command", bound=Callable[..., Any])


class _Console(Console):
    """A console that obeys nobody's words: what a document or a name holds can neither move the cursor nor hide text."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the segments of something, its words made visible."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


def visible(text: str) -> str:
    r"""Return words as a terminal may be given them: a character that does not print becomes U+FFFD.

    Example:
        >>> visible("well\x1b[31m") == "well\ufffd[31m"
        True
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" or (c.isspace() and c > "\x9f") else "\ufffd" for c in text)


def say(words: str) -> None:
    """Print a line of words on standard output."""
    click.echo(visible(words))


def stdout() -> Console:
    """Return the console of results: as wide as the terminal, or as COLUMNS says, or 160."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", _OUT_WIDTH))
    return _Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)


def stderr() -> Console:
    """Return the console of all else."""
    return _Console(file=sys.stderr, highlight=False, soft_wrap=True)


@contextmanager
def reading(path: Path, *, day: str | None = None) -> Iterator[GraphStore]:
    """Open a store for what a command shows of it: the store of one moment, read within bounds of memory and time.

    Where a day is given, what is in force on it; standard error says how much is not.
    """
    with (
        within_bounds(megabytes=READING_MEGABYTES, seconds=READING_SECONDS, end=_give_up),
        open_to_read(path, is_as_read=is_as_read()) as store,
    ):
        if day is None:
            yield store
        else:
            from mandategraph.answering.standing import held

            found = held(store, day)
            say_history(found.old, day)
            yield found.store


def is_as_read() -> bool:
    """Return whether the command is to show what the machine reads, and not what people made of it."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_AS_READ))


def say_history(old: int, day: str) -> None:
    """Say on standard error how many statements are history on a day, and so left out of an answer."""
    said = "statement is history on {} and is" if old == 1 else "statements are history on {} and are"
    stderr().print(f"{old:,} {said.format(day)} left out (mandategraph obligations --history).")


def _give_up() -> None:
    click.echo(f"Error: it took longer than {READING_SECONDS:g} seconds.", err=True)
    os._exit(StoreError.exit_code)


def guarded(command: Command) -> Command:
    """Turn our errors into a sentence and an exit code, and a stop by the user into 130."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except MandateGraphError as error:
            stderr().print(Text(f"Error: {error}"))
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            stderr().print("Stopped. Every document that was done is in the store, and nothing is half there.")
            sys.exit(130)
        except MemoryError:
            stderr().print(f"Error: it took more than {READING_MEGABYTES} MB of memory.")
            sys.exit(StoreError.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)

    return guarded  # type: ignore[return-value]


store_option = click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path),
    default=DEFAULT,
    show_default=True,
    help="Directory of the store.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file; standard output where none is given.",
)
memory_option = click.option(
    "--query-memory",
    "megabytes",
    type=click.IntRange(min=512),
    default=MEGABYTES,
    show_default=True,
    help="Megabytes of memory that a query, or a page, may take.",
)
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
    help="How to write the answer: for people (table, csv), or as SPARQL 1.1 results (tsv, json).",
)


def forms_option(*forms: str, said: str) -> Callable[[Command], Command]:
    """Return the option of how to write: a table, or one of some forms, which may go to a file."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["table", *forms]),
        default="table",
        show_default=True,
        help=said,
    )


def _named_day(_: click.Context, param: click.Parameter, given: str | None) -> str | None:
    """Return an ISO 8601 day, today where none is named; None where the option is not given."""
    if given is None or given == _TODAY:
        return str(date.today()) if given else None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise click.BadParameter(f"{given!r} is no day: write it as 2021-03-31.", param=param) from None


in_force_option = click.option(
    "--in-force",
    "day",
    is_flag=False,
    flag_value=_TODAY,
    metavar="[DAY]",
    callback=_named_day,
    help="Only what is in force today, or on a day (--in-force=2021-03-31).",
)


def _remembered(context: click.Context, _: click.Parameter, given: bool) -> None:
    context.meta[_AS_READ] = given


as_read_option = click.option(
    "--as-read",
    is_flag=True,
    expose_value=False,
    callback=_remembered,
    help="Show what the machine reads, without what people corrected.",
)


def nothing(said: str) -> NoReturn:
    """Say that nothing was found, and end with the exit code of it."""
    stderr().print(said)
    sys.exit(1)


def no_table(output: Path | None, format_: str) -> None:
    """Refuse to write a table to a file."""
    if output is not None and format_ == "table":
        raise click.UsageError("A table is not written to a file: give another --format.")


def write_answer(
    store_path: Path,
    question: Question,
    given: dict[str, str],
    format_: str,
    *,
    evidence: bool = False,
    megabytes: int = MEGABYTES,
    seconds: float = SECONDS,
    allow_service: bool = False,
    day: str | None = None,
) -> None:
    """Ask a question of the store and write its answer; what is given is as in `ask_apart`."""
    from mandategraph.answering.apart import ask_apart
    from mandategraph.recalling.rows import Rows

    answer = ask_apart(
        store_path,
        question,
        given,
        megabytes=megabytes,
        seconds=seconds,
        evidence=evidence,
        allow_service=allow_service,
        day=day,
        is_as_read=is_as_read(),
        on_history=lambda old: say_history(old, day or ""),
    )
    if not isinstance(answer, Rows):
        from mandategraph.exporting.rdf import turtle

        click.echo(turtle(answer), nl=False)
    elif format_ == "table":
        with reading(store_path) as store:
            write_rows(answer, format_, store)
    else:
        write_rows(answer, format_)


def write_rows(answer: Rows, format_: str, store: GraphStore | None = None) -> None:
    """Write rows, for people or as SPARQL 1.1 results; that nothing fits is said, and is no success.

    In the table for people names stand for ids, where the store is given that has them.
    """
    from mandategraph.answering.tabling import plain_csv, sparql_json, sparql_tsv
    from mandategraph.recalling.labels import labels_of

    if format_ == "json":
        click.echo(sparql_json(answer))
    elif format_ == "tsv":
        click.echo(sparql_tsv(answer), nl=False)
    elif format_ == "csv":
        click.echo(plain_csv(answer), nl=False)
    elif answer.rows:
        lines = labels_of(store).lines(answer) if store else answer.as_text()
        print_rows(stdout(), answer.columns, list(lines))
    if not answer.rows:
        nothing("No answer: nothing in the store fits.")


def print_rows(console: Console, columns: Sequence[str], rows: Sequence[list[str]]) -> None:
    """Print rows as a table; where its columns would not fit, each row stands as a block, its quotation below it."""
    kept = [n for n, name in enumerate(columns) if name != "quotation" and any(row[n] for row in rows)]
    numeric = {n for n in kept if all(row[n].isdigit() for row in rows if row[n])}
    quoted = [columns.index("quotation")] if "quotation" in columns else []
    longest = {n: max([len(columns[n]), *(len(row[n]) for row in rows)]) for n in kept}
    width = sum((length if quoted else min(length, _FOLDED)) + 3 for length in longest.values())
    if width + _QUOTATION * len(quoted) > console.width:
        for row in rows:
            cells = (f"{columns[n]} {row[n]}" if n in numeric else shortened(row[n]) for n in kept if row[n])
            console.print(Text(" · ".join(cells), style="bold" if quoted else ""))
            for n in quoted:
                console.print(Padding(Text(shortened(row[n])), (0, 0, 1, 2)))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n in kept:
        table.add_column(columns[n], overflow="fold", justify="right" if n in numeric else "left")
    for n in quoted:
        table.add_column(columns[n], overflow="fold", ratio=1)
    for row in rows:
        table.add_row(*(Text(shortened(row[n])) for n in [*kept, *quoted]))
    console.print(table)


def shortened(cell: str) -> str:
    """Return a cell on one line, cut where it would fill the screen; CSV and JSON have it whole."""
    words = " ".join(cell.split())
    return words if len(words) <= _CELL else words[:_CELL].rsplit(" ", 1)[0] + " ..."


def write_whole(output: Path | None, write: Callable[[BinaryIO], object]) -> None:
    """Write to standard output, or to a file that takes its place only when it is whole."""
    if output is None:
        write(sys.stdout.buffer)
        return
    part = output.with_name(f".{output.name}.part")
    try:
        try:
            with part.open("wb") as file:
                write(file)
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise click.FileError(str(output), hint=error.strerror or str(error)) from error

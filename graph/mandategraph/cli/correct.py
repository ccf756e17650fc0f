"""`correct`: what a person says of a reading."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from mandategraph.cli.build import data_option
from mandategraph.cli.output import guarded, say, stdout, store_option
from mandategraph.errors import NotFoundError, QueryError
from mandategraph.keeping.store import GraphStore

if TYPE_CHECKING:
    from mandategraph.building.correcting import Corrector
    from mandategraph.correcting.saying import Remark, Voice
    from mandategraph.recalling.statements import Stated
    from mandategraph.records import Correction, Entity

_VERDICTS = {"a": "accepted", "r": "rejected", "c": "corrected"}
_KEYS = "a accept   r reject   c correct a field   s skip   u take back the last   q end"


def _moment(context: click.Context, param: click.Parameter, given: str | None) -> str:
    from mandategraph.records import moment

    try:
        return moment(given or datetime.now(UTC).isoformat())
    except ValueError:
        raise click.BadParameter(f"{given!r} is no moment: write it as 2031-03-31T10:00:00Z.", param=param) from None


def voice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add who says something, when and why."""
    for option in (
        click.option("--reason", default="", help="Why."),
        click.option("--when", callback=_moment, metavar="MOMENT", help="When it was said (ISO 8601); now."),
        click.option("--who", envvar="MANDATEGRAPH_WHO", help="Who says so; the name of the login."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("document", default="")
@click.argument("paragraph", default="")
@store_option
@data_option
@click.option("--accept", "verdict", flag_value="accepted", help="It is right as it is shown.")
@click.option("--reject", "verdict", flag_value="rejected", help="It is not there.")
@click.option(
    "--add",
    "verdict",
    flag_value="added",
    help="It is there, and was not read: with --words and --verb, or --relation.",
)
@click.option(
    "--field",
    default="",
    help="Give this field another --value: of a statement, a relation, or the document's masthead.",
)
@click.option(
    "--value", "values", multiple=True, help="The value: an id, words, a day; may be repeated. None empties the field."
)
@click.option("--verb", default="", help="Which statement of the paragraph is meant, or the verb of one that is added.")
@click.option("--nth", type=click.IntRange(1), help="Which of several statements of the paragraph, or of the verb.")
@click.option("--act", help="What a statement that is added does (directive, ...).")
@click.option("--words", default="", help="The words of a statement or relation that is added.")
@click.option(
    "--relation", nargs=3, metavar="SUBJECT RELATION OBJECT", help="A relation is meant, and not a statement."
)
@click.option("--name", default="", help="Words that name somebody: --means says whom.")
@click.option("--means", help="The actor or instrument that --name names; '' where the words name nobody.")
@click.option(
    "--merge",
    nargs=2,
    metavar="OLD NEW",
    help="Two actors are one: the first, whom documents alone vouch for, is the second.",
)
@click.option("--undo", metavar="ID", help="Take a correction back.")
@click.option("--queue", is_flag=True, help="Go through what is worth a look first, one key a verdict.")
@voice_options
@guarded
def correct(document: str, paragraph: str, store_path: Path, data: tuple[Path, ...], **given: Any) -> None:
    """Say that a statement, a relation, a name or a document was read wrongly, or rightly; it holds from then on, whatever reads it again."""
    from mandategraph.answering.corrections import described
    from mandategraph.building.correcting import Corrector
    from mandategraph.correcting.saying import Voice

    GraphStore.open_to_read(store_path).close()
    voice = Voice(given.pop("who") or getpass.getuser(), given.pop("when"), given.pop("reason"))
    with GraphStore.open(store_path) as store, Corrector(store, data) as corrector:
        if given["queue"]:
            _go_through(corrector, document, voice)
            return
        made = _correction(corrector, document, paragraph, voice, given)
        corrector.correct([made], is_strict=True)
        say(f"{made.id} {described(made)}")


def _correction(corrector: Corrector, document: str, paragraph: str, voice: Voice, given: dict[str, Any]) -> Correction:
    from mandategraph.correcting.saying import correction_of, merging, withdrawing
    from mandategraph.recalling.corrections import corrections

    store = corrector.store
    if given["undo"]:
        known = {each.id: each for each in corrections(store)}
        if given["undo"] not in known:
            raise NotFoundError(
                f"there is no correction {given['undo']!r}", hint="List them with: mandategraph corrections list"
            )
        return withdrawing(known[given["undo"]], voice)
    if given["merge"]:
        old, new = (_called(corrector, name) for name in given["merge"])
        return merging(old, new, voice, is_known=corrector.is_known(new.id))
    if not document:
        raise click.UsageError("Name a document, or use --merge, --undo or --queue.")
    key, found = corrector.read(document)
    return correction_of(found, key, _remark(paragraph, given), voice, corrector.called)


def _called(corrector: Corrector, name: str) -> Entity:
    found = corrector.called(name)
    if found is None:
        raise NotFoundError(f"there is no one actor called {name!r}", hint="List them with: mandategraph actors")
    return found


def _remark(paragraph: str, given: dict[str, Any]) -> Remark:
    """Return what the options of the command say."""
    from mandategraph.correcting.saying import Remark
    from mandategraph.records import Target, Verdict, written

    field, verdict, values = given["field"], given["verdict"], given["values"]
    target = Target.STATEMENT
    if given["name"]:
        target, field = Target.NAME, "entity"
        values = (given["means"],) if given["means"] else ()
        verdict = verdict or ("corrected" if given["means"] else "rejected")
    elif given["relation"]:
        target = Target.RELATION
    elif not paragraph:
        target = Target.DOCUMENT
    elif verdict == "added":
        values = (written({"act": given["act"] or "directive"}),)
    if field and not verdict:
        verdict = "corrected"
    if not verdict:
        raise click.UsageError("Say what holds: --accept, --reject, --add, or --field with --value.")
    words = given["name"] or given["words"]
    return Remark(
        Verdict(verdict), target, paragraph, given["verb"], given["nth"] or 0, words, given["relation"], field, values
    )


# the queue


def _go_through(corrector: Corrector, document: str, voice: Voice) -> None:
    """Show what is worth a look first, one statement after the other, and take a key for each."""
    from mandategraph.answering.corrections import described, worth_a_look
    from mandategraph.correcting.saying import withdrawing
    from mandategraph.keeping.naming import find_documents

    key = find_documents(corrector.store, [document])[0] if document else ""
    waiting = worth_a_look(corrector.store, str(date.today()), document=key)
    said: list[Correction] = []
    for n, stated in enumerate(waiting, 1):
        _show(stated, n, len(waiting))
        while True:
            pressed = click.getchar().lower()
            if pressed == "q":
                say(f"{len(said)} said.")
                return
            if pressed == "u" and said:
                corrector.correct([withdrawing(said.pop(), voice)], is_strict=True)
                say("taken back")
            elif pressed == "s":
                break
            elif pressed in _VERDICTS:
                try:
                    made = _judged(corrector, stated, pressed, voice)
                    corrector.correct([made], is_strict=True)
                except QueryError as error:
                    say(str(error))
                    continue
                said.append(made)
                say(described(made))
                break
    say(f"{len(said)} said; there is no more.")


def _show(stated: Stated, n: int, of: int) -> None:
    out = stdout()
    out.print(Text(f"\n{n} of {of}  {stated.document} {stated.paragraph}", style="bold"))
    out.print(Text(stated.text))
    shown = {
        "verb": stated.verb,
        "act": stated.act,
        "addressees": ", ".join(stated.names),
        "actions": ", ".join(stated.actions),
        "deadlines": ", ".join(stated.when),
        "conditions": "; ".join(stated.conditions),
        "bindingness": stated.bindingness,
    }
    out.print(Text("   ".join(f"{name}: {value}" for name, value in shown.items() if value), style="dim"))
    out.print(Text(_KEYS))


def _judged(corrector: Corrector, stated: Stated, pressed: str, voice: Voice) -> Correction:
    """Return what a key says of a statement; a field and its values are asked for."""
    field, values = "", tuple[str, ...]()
    if pressed == "c":
        field = click.prompt("field")
        values = tuple(click.prompt("value (several with ;)", default="", show_default=False).split(";"))
    return corrector.say(stated.document, stated.place.trigger_start, _VERDICTS[pressed], field, values, voice)

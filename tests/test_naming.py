"""A thing is found by any of its names, in any case, or refused with those that come nearest."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mandategraph.cli import main
from mandategraph.errors import AmbiguousError, NotFoundError
from mandategraph.keeping.naming import THINGS, ThingKind, find, find_documents
from mandategraph.keeping.quadfiles import parse_turtle
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import BASE, MG, SKOS, actor_iri, document_iri

MANDATE = "S/RES/9980 (2030)"


@pytest.mark.parametrize(
    ("name", "kind", "id_"),
    [
        ("UNMISS", ThingKind.ACTOR, "UNMISS"),
        ("unmiss", ThingKind.ACTOR, "UNMISS"),
        ("Secretary-General", ThingKind.ACTOR, "SecretaryGeneral"),
        ("the secretary general", ThingKind.ACTOR, "SecretaryGeneral"),
        ("government of south sudan", ThingKind.ACTOR, "GovernmentOfSouthSudan"),
        (actor_iri("UNMISS"), ThingKind.ACTOR, "UNMISS"),
        (MANDATE, ThingKind.DOCUMENT, MANDATE),
        ("s/res/9980(2030)", ThingKind.DOCUMENT, MANDATE),
        ("9980", ThingKind.DOCUMENT, MANDATE),
        (" resolution 9980 ", ThingKind.DOCUMENT, MANDATE),
        ("Resolution 9980 (2030)", ThingKind.DOCUMENT, MANDATE),
        ("security council res. 9980", ThingKind.DOCUMENT, MANDATE),
        ("UNSCR 9980", ThingKind.DOCUMENT, MANDATE),
        (document_iri(MANDATE), ThingKind.DOCUMENT, MANDATE),
        ("NOTE", ThingKind.DOCUMENT, "note"),
    ],
)
def test_any_name_in_any_case_finds(name: str, kind: ThingKind, id_: str, mandates_store: GraphStore) -> None:
    found = find(mandates_store, name)
    assert (found.kind, found.id) == (kind, id_)


def test_a_theme_is_found_by_id_and_label(mandates_store: GraphStore) -> None:
    for name in ("elections", "Elections", "theme:elections"):
        assert find(mandates_store, name, (ThingKind.ACTOR, ThingKind.THEME)).id == "elections"


@pytest.mark.parametrize(
    ("name", "kinds", "says"),
    [
        ("Unmisss", THINGS, "nothing is called 'Unmisss'. Did you mean UNMISS"),
        ("998", (ThingKind.DOCUMENT,), "there is no document '998'"),
        ("9981", (ThingKind.DOCUMENT,), "there is no document '9981'"),
        ("General Assembly resolution 9980", (ThingKind.DOCUMENT,), "there is no document"),
        ("(2030)", (ThingKind.DOCUMENT,), "there is no document"),
        (MANDATE, (ThingKind.ACTOR,), "there is no actor"),
        (document_iri(MANDATE), (ThingKind.ACTOR,), "there is no actor"),
        (actor_iri("Unmisss"), (ThingKind.ACTOR,), "Did you mean UNMISS"),
        ("", THINGS, "nothing is called ''"),
        ("-", THINGS, "nothing is called '-'"),
    ],
)
def test_what_nothing_is_called_is_refused(
    name: str, kinds: tuple[ThingKind, ...], says: str, mandates_store: GraphStore
) -> None:
    with pytest.raises(NotFoundError) as refused:
        find(mandates_store, name, kinds)
    assert says in str(refused.value)


def _two_offices() -> GraphStore:
    """A store of two actors of one alias, each with a name that no other has."""
    store = GraphStore.in_memory()
    for country in ("Chad", "Mali"):
        written = f"""@prefix mg: <{MG}> . @prefix skos: <{SKOS}> .
            <{actor_iri(f"LanternOf{country}")}> a mg:Actor ;
                skos:prefLabel "Office of {country}" ; skos:altLabel "Lantern Office" ."""
        store.replace(f"{BASE}graph/{country}", parse_turtle([("offices", written)], f"{BASE}graph/{country}"))
    return store


def test_what_several_are_called_is_said(mandates_store: GraphStore) -> None:
    iris = [document_iri(key) for key in ("S/RES/9980 (2030)", "S/RES/9970 (2029)")]
    assert find_documents(mandates_store, ["9980", "9970"]) == ["S/RES/9980 (2030)", "S/RES/9970 (2029)"]
    with pytest.raises(NotFoundError):
        find(mandates_store, "9990", (ThingKind.DOCUMENT,), among=iris)
    with pytest.raises(AmbiguousError, match="'lantern office' may be LanternOfChad or LanternOfMali"):
        find(_two_offices(), "lantern office")
    assert find(_two_offices(), "Office of Chad").id == "LanternOfChad"


@pytest.mark.parametrize(
    "asked",
    [
        ["obligations", "--actor", "{actor}"],
        ["obligations", "--document", "{document}"],
        ["obligations", "--instrument", "{document}"],
        ["calendar", "--actor", "{actor}"],
        ["calendar", "--document", "{document}"],
        ["query", "reports", "-p", "actor={actor}"],
        ["query", "reports", "-p", "document={document}"],
        ["query", "sentence", "-p", "document={document}"],
        ["quota", "--document", "{document}"],
        ["compare", "{document}", "9990"],
        ["report", "{document}"],
        ["lineage", "{actor}"],
        ["show", "{actor}"],
        ["show", "{document}"],
        ["export", "--format", "turtle", "--document", "{document}"],
        ["validate", "{document}"],
    ],
)
def test_every_command_finds_or_refuses(asked: list[str], mandates_path: Path) -> None:
    def run(**names: str) -> tuple[int, str, str]:
        words = [word.format(**names) for word in asked]
        done = CliRunner().invoke(main, [*words, "--store", str(mandates_path)])
        return done.exit_code, done.stdout, done.stderr

    spelt = run(actor="UNMISS", document="S/RES/9980 (2030)")
    assert spelt[0] == int(not spelt[1]), "that nothing is found is no success"
    assert run(actor="unmiss", document="resolution 9980") == spelt
    refused = run(actor="Unmisss", document="9981")
    assert refused[0] == 3
    assert "9981" in refused[2] or "Did you mean UNMISS" in refused[2]
    assert not refused[1]

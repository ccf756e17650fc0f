from __future__ import annotations

import csv
from pathlib import Path

import pytest

import make
from mandategraph.describing.schemes import json_ld_context, themes_turtle, verbs_turtle
from mandategraph.errors import LexiconError
from mandategraph.lexicon import load_entries, load_tables, load_verbs

ROOT = Path(__file__).parent.parent
HEAD = "verb,forms,frame,place,act,strength,source\n"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("urge,urge|urges|urging|urged,addressee,any,directive,high,x\n", "strength 'high' is not 0-5"),
        ("urge,urge|urges|urging|urged,addressee,any,order,4,x\n", "unknown act 'order'"),
        ("urge,urge|urges|urging|urged,adresee,any,directive,4,x\n", "unknown frame 'adresee'"),
        ("urge,urge|urges|urging|urged,addressee,some,directive,4,x\n", "unknown place 'some'"),
        ("urge,urge|urges,addressee,any,directive,4,x\n", "has 2 forms"),
        (
            "a,urge|urges|urging|urged,noun,any,directive,4,x\nb,urge|-|-|-,noun,any,directive,4,x\n",
            "belongs to 'a' already",
        ),
        ("urge,urge|urges|urging|urged,addressee,any,directive\n", "too few columns"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(tmp_path: Path, row: str, problem: str) -> None:
    file = tmp_path / "verbs.csv"
    file.write_text(HEAD + row)
    with pytest.raises(LexiconError, match=problem) as error:
        load_verbs(file)
    assert error.value.where.startswith("verbs.csv:")
    assert error.value.exit_code == 3


def test_gazetteer_rules(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    head = "id,type,label,aliases,short_forms,context,groups,source\n"
    file.write_text(head + "A,body,A,x,,,,me\nA,body,A,y,,,,me\n")
    with pytest.raises(LexiconError, match="stands twice"):
        load_entries(file)
    file.write_text(head + "A,body,A,x,,,,me\nB,body,B,x,,,,me\n")
    with pytest.raises(LexiconError, match="means A and B"):
        load_entries(file)
    file.write_text("id,type\n")
    with pytest.raises(LexiconError, match="no column 'label'"):
        load_entries(file)


def test_a_users_file_extends_and_replaces(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    head = "id,type,label,aliases,short_forms,context,groups,source\n"
    file.write_text(
        head + "WellsBoard,body,Board of Wells,Board of Wells,,,,me\nMINUSMA,un_mission,Our MINUSMA,MINUSMA,,,,me\n"
    )
    gazetteer = load_tables([file]).gazetteer
    assert gazetteer.by_id["WellsBoard"].label == "Board of Wells"
    assert gazetteer.by_id["MINUSMA"].label == "Our MINUSMA"


@pytest.mark.parametrize("file", sorted((ROOT / "data").rglob("*.csv")), ids=lambda f: f.name)
def test_data_files_are_sorted_and_sourced(file: Path) -> None:
    assert b"\r" not in file.read_bytes()
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert all(row["source"] for row in rows), "each fact says where it comes from"
    keys = [next(iter(row.values())) for row in rows]
    if file.name not in {"bindingness.csv", "heads.csv"}:  # there the order decides
        assert keys == sorted(keys)


def test_ids_of_the_reference(shared: Path) -> None:
    """Actors and instruments have the ids of the reference annotations."""
    known = make.tables().gazetteer.by_id
    for name in ("actors.csv", "instruments.csv"):
        for row in csv.DictReader((shared / "gold" / name).read_text(encoding="utf-8").splitlines()):
            if "/" not in row["id"]:
                assert known[row["id"]].type == row["type"]


def test_schemes_are_written_from_the_data() -> None:
    """After a change of data: python -m mandategraph.describing.schemes"""
    tables = make.tables()
    assert (ROOT / "ontology" / "verbs.ttl").read_text(encoding="utf-8") == verbs_turtle(tables)
    assert (ROOT / "ontology" / "themes.ttl").read_text(encoding="utf-8") == themes_turtle(tables)
    context = json_ld_context((ROOT / "ontology" / "mandate.ttl").read_bytes())
    assert (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8") == context

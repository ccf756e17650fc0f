"""The words of actions: where they stand in the source, in the graph and in what is shown."""

from __future__ import annotations

from pathlib import Path

import make
from mandategraph.building.writing import build
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.rows import plain, select
from mandategraph.recalling.statements import statements

TEXT = (
    "1. Requests UNDP to continue\nto  support schools, to ensure that girls in camps receive books and to dig wells;\n"
)


def test_words_are_those_of_the_source() -> None:
    document, reading = make.read(TEXT)
    source = document.text.source.text
    deeds = [deed for statement in reading.statements for deed in statement.deeds]
    assert [(deed.head, deed.surface, source[deed.span.start : deed.span.end]) for deed in deeds] == [
        ("continue", "continue to support", "continue\nto  support"),
        ("ensure", "ensure that … receive", "ensure that girls in camps receive"),
        ("dig", "dig", "dig"),
    ]


def test_the_graph_has_the_words_beside_the_heads(tmp_path: Path) -> None:
    (tmp_path / "S_RES_9999_2030.txt").write_text(make.FORMS["resolution"][1].format(text=TEXT), encoding="utf-8")
    with GraphStore.in_memory() as store:
        build([tmp_path], store)
        said = [(each.heads, each.actions) for each in statements(store) if each.act == "directive"]
        quoted = "?s a mg:Directive ; mg:actionEvidence ?at . ?at oa:exact ?exact ; oa:start ?start"
        places = [exact for exact, _ in plain(select(store, "?exact ?start", quoted, order="?start"))]
    assert said == [(("continue", "ensure", "dig"), ("continue to support", "ensure that … receive", "dig"))]
    assert places == ["continue\nto  support", "ensure that girls in camps receive", "dig"]


def test_every_light_word_leaves_what_is_done_to_those_behind_it() -> None:
    tables = make.tables()
    words = sorted(tables.word_classes["light"])
    texts = [f"to {word} a wall" if word in tables.actions else f"to see {word}s to dig" for word in words]
    _, reading = make.read("\n\n".join(f"{n}. Requests UNDP {text};" for n, text in enumerate(texts, 1)))
    found = {s.paragraph: [deed.surface for deed in s.deeds] for s in reading.statements if s.deeds}
    assert found == {str(n): [text.removeprefix("to ")] for n, text in enumerate(texts, 1)}


def test_a_particle_is_part_of_its_verb() -> None:
    words = sorted(make.tables().word_classes["particle"])
    text = "\n\n".join(f"{n}. Requests UNDP to turn {word} the lamps;" for n, word in enumerate(words, 1))
    _, reading = make.read(text)
    assert [deed.surface for s in reading.statements for deed in s.deeds] == [f"turn {word}" for word in words]

"""What people say of a reading: it holds, wherever it is read again, or is orphaned with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mandategraph.answering.corrections import list_corrections, worth_a_look
from mandategraph.answering.explaining import explain
from mandategraph.building.correcting import Corrector, correct
from mandategraph.building.extracting import Task, make_extractor
from mandategraph.building.program import digest_of_program
from mandategraph.building.writing import build, load, rebuild, remove
from mandategraph.cli import main
from mandategraph.correcting.lines import from_lines, to_lines
from mandategraph.correcting.saying import Remark, Voice, correction_of, merging, withdrawing
from mandategraph.correcting.settling import agreements, conflicts, holding
from mandategraph.errors import QueryError, SourceError
from mandategraph.evaluating import judge_corrections, score
from mandategraph.exporting.corrections import from_turtle, to_turtle
from mandategraph.keeping.asread import as_read
from mandategraph.keeping.backup import back_up, restore
from mandategraph.keeping.checking import check
from mandategraph.keeping.history import versions
from mandategraph.keeping.store import GraphStore
from mandategraph.keeping.validating import validate
from mandategraph.reading import SourceReader
from mandategraph.recalling.corrections import check_corrections, corrections, fates
from mandategraph.recalling.facts import facts
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.things import value
from mandategraph.records import Correction, Entity, MentionKind, Standing, Target, Verdict
from mandategraph.vocabulary import CORRECTIONS_GRAPH, MG, actor_iri, document_iri, shorten

KEY = "S/RES/9301 (2031)"
TEXT = """Resolution 9301 (2031)
Adopted by the Security Council at its 9901st meeting, on 4 March 2031

The Security Council,

Recalling its work on the wells of the valley,

1. Requests the Secretary-General to report to the Security Council on the wells of the eastern valley by 30 June 2031;

2. Requests the Secretary-General to report to the Security Council on the gates by 30 July 2031;

3. Urges the Valley Water Committee to mend each well, in accordance with the customs of the valley;

4. Calls upon the Committee of Valley Wells to open each gate;

5. Decides to remain seized of the matter.
"""
LETTER = """Letter on wells

The Well Stewards Committee,

1. Requests the Valley Water Committee to count the wells;

2. Urges the Committee of Valley Wells to mend each gate.
"""
CHAD = Entity("Chad", MentionKind.ACTOR, "state", "Chad")
STEWARDS = Entity("StewardsOfWells", MentionKind.ACTOR, "body", "Stewards of Wells", minted=True)
OLD, NEW = (
    Entity(id_, MentionKind.ACTOR, "body", id_, minted=True)
    for id_ in ("CommitteeOfValleyWells", "ValleyWaterCommittee")
)


def _naming(name: str) -> Entity | None:
    return {"Chad": CHAD, "Stewards": STEWARDS, "SecretaryGeneral": replace(CHAD, id="SecretaryGeneral")}.get(name)


def _voice(who: str = "Ann", minute: int = 0, reason: str = "") -> Voice:
    return Voice(who, f"2031-05-01T10:{minute:02}:00Z", reason)


def _say(store: GraphStore, *remarks: Remark, key: str = KEY, who: str = "Ann", minute: int = 0) -> list[Correction]:
    """Say things of a document as it is now, a minute each, and write them."""
    with Corrector(store) as corrector:
        _, found = corrector.read(key)
        said = [correction_of(found, key, each, _voice(who, minute + n), _naming) for n, each in enumerate(remarks)]
        corrector.correct(said, is_strict=True)
    return said


def _field(paragraph: str, field: str, *values: str, **more: object) -> Remark:
    return Remark(Verdict.CORRECTED, Target.STATEMENT, paragraph, field=field, values=values, **more)  # type: ignore[arg-type]


def _whole(verdict: Verdict, paragraph: str) -> Remark:
    return Remark(verdict, Target.STATEMENT, paragraph)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    (place / "S_RES_9301_2031.txt").write_text(TEXT, encoding="utf-8")
    (place / "letter.txt").write_text(LETTER, encoding="utf-8")
    return place


@pytest.fixture
def store(folder: Path) -> Iterable[GraphStore]:
    with GraphStore.in_memory() as opened:
        build([folder], opened)
        yield opened


def _of(store: GraphStore, paragraph: str, key: str = KEY) -> Stated | None:
    return next((s for s in statements(store) if (s.document, s.paragraph) == (key, paragraph)), None)


def _documents(store: GraphStore) -> list[str]:
    return sorted(
        str(quad) for quad in store.store if str(quad.graph_name).startswith("<https://w3id.org/mandategraph/document")
    )


def _standing(store: GraphStore, key: str = KEY) -> list[tuple[str, str]]:
    return [(each.standing, each.reason) for each in list_corrections(store, key)]


def _replaced(folder: Path, old: str, new: str, name: str = "S_RES_9301_2031.txt") -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


EVERY = (
    _field("1", "addressees", "Chad=the Secretary-General"),
    _field("1", "deadlines", "date:2031-07-01=by 30 June 2031"),
    _field("1", "act", "authorization"),
    _field("3", "actions", "mend=mend each well"),
    _field("3", "verb", "invite"),
    _field("3", "strength", "1"),
    _field("3", "conditions"),
    _field("3", "counterparts", "Chad=beneficiary"),
    _field("3", "instruments", '["S/RES/9201 (2030)"]'),
    _field("3", "themes", "water"),
    _field("3", "bindingness", "binding"),
    _field("4", "issuer", "SecretaryGeneral"),
    _field("4", "status", "draft"),
    _whole(Verdict.REJECTED, "5"),
    _whole(Verdict.ACCEPTED, "2"),
)


# --- what holds -------------------------------------------------------------------------------------------------------


def test_every_field_can_be_corrected_and_all_is_undone_as_read(store: GraphStore) -> None:
    before = _documents(store)
    said = _say(store, *EVERY)
    first, second, third = (_of(store, paragraph) for paragraph in ("1", "2", "3"))
    assert first
    assert second
    assert third
    assert (first.names, first.days, first.act) == (("Chad",), ("2031-07-01",), "authorization")
    assert (third.verb, third.strength, third.conditions, third.bindingness) == ("invite", 1, (), "binding")
    assert (third.roles, third.themes) == ((("Chad", "beneficiary"),), ("water",))
    assert [shorten(id_) for id_ in third.cites] == ["S/RES/9201(2030)"]
    fourth = _of(store, "4")
    assert fourth
    assert (fourth.issuer, fourth.status) == ("SecretaryGeneral", "draft")
    assert _of(store, "5") is None
    assert {fate.standing for fate in fates(store, KEY)} == {Standing.STANDS}
    assert len(fates(store, KEY)) == len(said)
    assert check(store)[1] + check_corrections(store) == []
    assert [str(v) for each in validate(store) for v in each.violations] == []
    assert _documents(as_read(store)) == before
    with Corrector(store) as corrector:
        corrector.correct([withdrawing(each, _voice(minute=40)) for each in said], is_strict=True)
    assert _documents(store) == before, "what is taken back leaves nothing"
    assert len(corrections(store)) == 2 * len(said), "and is kept"


def test_what_is_said_is_of_who_when_and_what(store: GraphStore) -> None:
    _, found = Corrector(store).read(KEY)
    made = correction_of(found, KEY, _field("1", "act", "decision"), _voice(reason="it decides"), _naming)
    assert (made.was, made.becomes, made.who, made.reason) == ('"directive"', '"decision"', "Ann", "it decides")
    assert made.anchor
    assert (made.anchor.paragraph, made.anchor.exact) == ("1", "Requests")
    correct(store, [made])
    node = f"https://w3id.org/mandategraph/correction/{made.id}"
    assert value(store, node, f"{MG}was") == '"directive"'
    assert value(store, "https://w3id.org/mandategraph/person/Ann", "http://xmlns.com/foaf/0.1/name") == "Ann"
    assert value(store, f"{node}#quote", "http://www.w3.org/ns/oa#exact") == "Requests"


@pytest.mark.parametrize(
    ("remark", "why"),
    [
        (_field("1", "act", "order"), "no value of act"),
        (_field("1", "colour", "blue"), "no field 'colour'"),
        (_field("1", "deadlines", "date:2031-07-01=by the first of July"), "not in the text"),
        (_field("1", "addressees", "the Gatekeeper"), "not in the text"),
        (_field("1", "issuer", "Nobody"), "nothing is called"),
        (_field("1", "act", "directive"), "read so already"),
        (_field("9", "act", "directive"), "no such statement"),
        (Remark(Verdict.ADDED, Target.STATEMENT, "3", words="Urges nobody", verb="urge"), "do not stand there"),
        (Remark(Verdict.CORRECTED, Target.DOCUMENT, field="date", values=("May",)), "is no day"),
        (Remark(Verdict.REJECTED, Target.RELATION, "3", relation=("a", "b", "c")), "no such relation"),
    ],
)
def test_what_fits_nothing_is_refused_and_leaves_nothing(store: GraphStore, remark: Remark, why: str) -> None:
    before = sorted(map(str, store.store))
    with pytest.raises(QueryError, match=why):
        _say(store, remark)
    assert sorted(map(str, store.store)) == before


def test_a_statement_is_added_with_its_words(store: GraphStore) -> None:
    words = "open each gate"
    given = {
        "act": "directive",
        "addressees": [{"id": "Chad", "text": ""}],
        "actions": [{"head": "open", "text": "open"}],
    }
    _say(store, Remark(Verdict.ADDED, Target.STATEMENT, "4", "open", words=words, values=(json.dumps(given),)))
    added = [s for s in statements(store) if s.document == KEY and s.verb == "open"]
    assert [(s.text, s.names, s.heads, s.is_obligation) for s in added] == [(words, ("Chad",), ("open",), True)]
    assert check(store)[1] == []


def test_relations_are_added_corrected_and_rejected(store: GraphStore) -> None:
    words, ends = "the Valley Water Committee to mend each well", ("Chad", "supports", "Stewards")
    _say(store, Remark(Verdict.ADDED, Target.RELATION, "3", words=words, relation=ends))
    here = [(shorten(f.subject), f.relation, shorten(f.object)) for f in facts(store)]
    assert ("Chad", "supports", "StewardsOfWells") in here
    now = ("Chad", "supports", "StewardsOfWells")
    _say(
        store,
        Remark(Verdict.CORRECTED, Target.RELATION, "3", relation=now, field="relation", values=("funds",)),
        minute=5,
    )
    assert [f.relation for f in facts(store) if shorten(f.subject) == "Chad"] == ["funds"]
    _say(store, Remark(Verdict.REJECTED, Target.RELATION, "3", relation=("Chad", "funds", "StewardsOfWells")), minute=6)
    assert [f for f in facts(store) if shorten(f.subject) == "Chad"] == []


def test_a_name_means_another(store: GraphStore) -> None:
    words = "the Valley Water Committee"
    _say(store, Remark(Verdict.CORRECTED, Target.NAME, "3", words=words, field="entity", values=("Stewards",)))
    third = _of(store, "3")
    assert third
    assert third.names == ("StewardsOfWells",)
    assert (
        value(store, actor_iri("StewardsOfWells"), "http://www.w3.org/2000/01/rdf-schema#label") == "Stewards of Wells"
    )
    letter = _of(store, "1", "letter")
    assert letter
    assert letter.names == ("ValleyWaterCommittee",), "elsewhere it means what it meant"


def test_two_minted_actors_are_one_in_all_documents(store: GraphStore) -> None:
    correct(store, [merging(OLD, NEW, _voice(), is_known=False)])
    bearers = {name for s in statements(store) for name in s.names}
    assert "ValleyWaterCommittee" in bearers
    assert "CommitteeOfValleyWells" not in bearers
    assert not value(store, actor_iri("CommitteeOfValleyWells"), "http://purl.org/dc/terms/identifier")
    assert [each.standing for each in list_corrections(store)] == ["stands"]
    with pytest.raises(QueryError, match="no document names that actor"):
        correct(store, [merging(replace(OLD, id="NobodyAtAll"), NEW, _voice(minute=3), is_known=False)])
    with pytest.raises(QueryError, match="the gazetteer has"):
        merging(CHAD, NEW, _voice(), is_known=False)


def test_a_document_gets_its_symbol_and_its_day(store: GraphStore, folder: Path) -> None:
    _say(store, _field("1", "act", "decision"), key="letter")
    symbol, day = (
        Remark(Verdict.CORRECTED, Target.DOCUMENT, field=f, values=(v,))
        for f, v in (("symbol", "S/2031/77"), ("date", "2031-05-04"))
    )
    _say(store, symbol, key="letter", minute=1)
    assert store.documents() == ["S/2031/77", KEY]
    _say(store, day, key="S/2031/77", minute=2)
    first = _of(store, "1", "S/2031/77")
    assert first
    assert (first.act, first.adopted) == ("decision", "2031-05-04"), "what was said before goes with it"
    assert {report.outcome for report in build([folder], store)} == {"unchanged"}
    _replaced(folder, "mend each gate", "mend each gate and each well", "letter.txt")
    build([folder], store)
    assert store.documents() == ["S/2031/77", KEY], "a new version is the same document"
    assert {(each.standing, each.reason) for each in list_corrections(store)} == {("stands", "")}
    assert as_read(store).documents() == [KEY, "letter"]
    assert check(store)[1] + check_corrections(store) == []


# --- where the words are ----------------------------------------------------------------------------------------------


def test_words_are_found_again_under_other_numbers(store: GraphStore, folder: Path) -> None:
    _say(store, _field("2", "addressees", "Chad=the Secretary-General"))
    _replaced(folder, "1. Requests", "1. Requests the Secretary-General to count the keys;\n\n2. Requests")
    _replaced(
        folder,
        "2. Requests the Secretary-General to report to the Security Council on the gates",
        "3. Requests the Secretary-General\n   to report to the Security Council on the gates",
    )
    build([folder], store)
    assert [s.names for s in (_of(store, "1"), _of(store, "2"), _of(store, "3")) if s] == [
        ("SecretaryGeneral",),
        ("SecretaryGeneral",),
        ("Chad",),
    ]
    assert _standing(store) == [("stands", "")]


def test_what_has_gone_is_orphaned_with_its_reason_and_comes_back(store: GraphStore, folder: Path) -> None:
    said = _say(
        store,
        _whole(Verdict.REJECTED, "5"),
        _whole(Verdict.ACCEPTED, "3"),
        _field("1", "deadlines", "date:2031-07-01=by 30 June 2031"),
    )
    _replaced(folder, "5. Decides to remain seized of the matter.\n", "")
    _replaced(folder, "in accordance with the customs", "in accordance with the laws")
    _replaced(folder, "by 30 June 2031", "by 30 August 2031")
    build([folder], store)
    became = {each.correction.id: (each.standing, each.reason) for each in list_corrections(store, KEY)}
    assert [became[each.id] for each in said] == [
        ("orphaned", "the words are not in the text"),
        ("orphaned", "the words of the statement are others now"),
        ("orphaned", "the words of its value are not in the text: 'by 30 June 2031'"),
    ]
    first = _of(store, "1")
    assert first
    assert first.days == ("2031-08-30",), "an orphan changes nothing"
    (folder / "S_RES_9301_2031.txt").write_text(TEXT, encoding="utf-8")
    build([folder], store)
    assert _standing(store) == [("stands", "")] * 3
    assert _of(store, "5") is None


def test_a_quote_is_as_long_as_it_must_be_and_never_guessed(store: GraphStore, folder: Path) -> None:
    (made,) = _say(store, _field("2", "act", "decision"))
    assert made.anchor
    assert "gates" in made.anchor.suffix, "two paragraphs begin alike"
    _replaced(
        folder,
        "5. Decides",
        "5. Requests the Secretary-General to report to the Security Council on the gates by 30 July 2031;\n\n6. Decides",
    )
    build([folder], store)
    assert [s.act for s in (_of(store, "2"), _of(store, "5")) if s] == ["decision", "directive"], (
        "the paragraph tells two alike apart"
    )
    _replaced(folder, "\n2. Requests the Secretary-General", "\n7. Requests the Secretary-General")
    build([folder], store)
    assert _standing(store)[0][0] == "orphaned"
    assert "several places" in _standing(store)[0][1]


# --- whatever reads it again --------------------------------------------------------------------------------------------


def test_it_holds_under_another_program(store: GraphStore, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _say(store, _field("1", "addressees", "Chad=the Secretary-General"), _whole(Verdict.ACCEPTED, "4"))
    before = _documents(store)
    monkeypatch.setattr("mandategraph.building.builder.digest_of_program", lambda *_: "another program")
    assert {report.outcome for report in build([folder], store)} == {"replaced"}
    monkeypatch.setattr("mandategraph.building.builder.digest_of_program", lambda *_: "a third program")
    rebuild(store)
    now = _documents(store)
    assert [line for line in now if "fingerprint" not in line] == [line for line in before if "fingerprint" not in line]
    assert _standing(store) == [("stands", "")] * 2


def test_what_was_accepted_stays_where_a_program_reads_it_no_more(
    store: GraphStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _say(store, _whole(Verdict.ACCEPTED, "4"), _field("3", "act", "decision"))
    kept = _of(store, "4")
    from mandategraph.interpreting import Interpreter

    interpret = Interpreter.interpret

    def forgetful(self: Interpreter, *given: object, **named: object) -> object:
        found = interpret(self, *given, **named)  # type: ignore[arg-type]
        return replace(found, statements=tuple(s for s in found.statements if s.paragraph not in {"3", "4"}))

    monkeypatch.setattr(Interpreter, "interpret", forgetful)
    monkeypatch.setattr("mandategraph.building.builder.digest_of_program", lambda *_: "another program")
    build([folder], store)
    now = _of(store, "4")
    assert kept
    assert now
    assert replace(now, rule="", place=kept.place, provisions=()) == replace(kept, rule="", provisions=())
    assert _of(store, "3") is None
    assert ("orphaned", "nothing is read at these words any more") in _standing(store)


def test_removed_and_built_again_backed_up_and_restored(folder: Path, tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        build([folder], store)
        _say(store, _field("1", "addressees", "Chad=the Secretary-General"))
        before = sorted(map(str, store.store))
        with (tmp_path / "b.gz").open("wb") as file:
            back_up(store, file)
        remove(store, [KEY])
        assert [(each.standing, each.reason) for each in list_corrections(store)] == [
            ("orphaned", "the document is not in the store")
        ]
        assert check(store)[1] + check_corrections(store) == []
        build([folder], store)
        first = _of(store, "1")
        assert first
        assert first.names == ("Chad",)
    restore(tmp_path / "b.gz", tmp_path / "t")
    with GraphStore.open_to_read(tmp_path / "t") as store:
        assert sorted(map(str, store.store)) == before


def test_what_was_said_before_a_document_came_holds_when_it_comes(store: GraphStore, folder: Path) -> None:
    said = _say(store, _field("1", "addressees", "Chad=the Secretary-General"))
    said.append(merging(OLD, NEW, _voice(minute=2), is_known=False))
    with GraphStore.in_memory() as other:
        assert len(correct(other, said, is_strict=False)) == 2
        assert {each.standing for each in list_corrections(other)} == {"orphaned"}
        build([folder], other)
        assert {each.standing for each in list_corrections(other)} == {"stands"}
        first, second = _of(other, "1"), _of(other, "2", "letter")
        assert first
        assert second
        assert (first.names, second.names) == (("Chad",), ("ValleyWaterCommittee",))


def test_what_was_read_elsewhere_is_loaded_as_people_have_it(store: GraphStore, folder: Path) -> None:
    said = _say(store, _field("1", "addressees", "Chad=the Secretary-General"))
    extractor = make_extractor((), digest_of_program(), None)
    extracts = []
    with SourceReader() as sources:
        for item in sources.find(folder):
            extracts.append(extractor.extract(Task(sources.load(item))))
    extractor.close()
    with GraphStore.in_memory() as other:
        correct(other, said, is_strict=False)
        list(load(other, extracts))
        first = _of(other, "1")
        assert first
        assert first.names == ("Chad",)
        assert check_corrections(other) == []


def test_check_finds_what_was_changed_by_hand(store: GraphStore) -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    _say(store, _field("1", "act", "decision"))
    graph, was = NamedNode(CORRECTIONS_GRAPH), NamedNode(f"{MG}becomes")
    (quad,) = store.store.quads_for_pattern(None, was, None, graph)
    store.store.remove(quad)
    store.store.add(Quad(quad.subject, was, Literal('"assertion"'), graph))
    assert ["changed after it was written" in finding.what for finding in check_corrections(store)] == [True]


def test_history_has_versions_of_texts_and_corrections_are_a_history_of_their_own(
    store: GraphStore, folder: Path
) -> None:
    _say(store, _whole(Verdict.REJECTED, "5"))
    assert versions(store, KEY) == []
    _replaced(folder, "by 30 July 2031", "by 31 July 2031")
    build([folder], store)
    (version,) = versions(store, KEY)
    assert len(version.dropped) == len(version.added) == 1


# --- several people -----------------------------------------------------------------------------------------------------


def test_files_of_two_people_are_merged_and_their_differences_shown(store: GraphStore, folder: Path) -> None:
    ours = _say(store, _field("1", "act", "decision"), _whole(Verdict.ACCEPTED, "2"), _whole(Verdict.REJECTED, "5"))
    with GraphStore.in_memory() as other:
        build([folder], other)
        theirs = _say(
            other,
            _field("1", "act", "commitment"),
            _whole(Verdict.ACCEPTED, "2"),
            _whole(Verdict.ACCEPTED, "5"),
            who="Ben",
            minute=10,
        )
        correct(other, ours, is_strict=False)
        correct(store, theirs, is_strict=False)
        assert _documents(other) == _documents(store), "the order of merging does not matter"
    found = conflicts([*theirs, *ours])
    assert [(each.held.who, each.other.who) for each in found] == [("Ben", "Ann")] * 2
    listed = {each.correction.id: each for each in list_corrections(store)}
    assert [listed[each.id].rivals for each in ours] == [("Ben",), (), ("Ben",)]
    assert [listed[each.id].standing for each in ours] == ["overruled", "stands", "overruled"]
    first = _of(store, "1")
    assert first
    assert first.act == "commitment"
    assert _of(store, "5") is not None
    (agreed,) = agreements([*ours, *theirs])
    assert (agreed.judged, agreed.same, agreed.values, agreed.same_values) == (3, 2, 1, 0)
    assert agreed.kappa == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))
    with Corrector(store) as corrector:
        corrector.correct([withdrawing(theirs[0], _voice("Ben", 30))], is_strict=True)
    first = _of(store, "1")
    assert first
    assert first.act == "decision"


def test_the_last_word_of_a_person_counts() -> None:
    made = Correction(
        Verdict.CORRECTED, Target.STATEMENT, KEY, "", None, "act", '"a"', '"b"', "Ann", "2031-05-01T10:00:00Z"
    )
    later = replace(made, becomes='"c"', when="2031-05-01T11:00:00Z")
    assert holding([later, made]) == [later]
    assert conflicts([later, made]) == []
    assert holding([later, made, withdrawing(later, _voice(minute=59))]) == [made], "what was said before holds again"


def test_lines_and_turtle_give_back_what_they_were_given(store: GraphStore) -> None:
    said = _say(
        store,
        *EVERY[:2],
        _whole(Verdict.ACCEPTED, "2"),
        Remark(
            Verdict.CORRECTED,
            Target.NAME,
            "3",
            words="the Valley Water Committee",
            field="entity",
            values=("Stewards",),
        ),
    )
    said += [merging(OLD, NEW, _voice(minute=20), is_known=False), withdrawing(said[0], _voice(minute=21))]
    lines = list(to_lines(said))
    assert from_lines(lines, "here") == sorted(said, key=lambda each: each.order)
    assert from_turtle(to_turtle(said), "here") == sorted(said, key=lambda each: each.order)
    with pytest.raises(SourceError, match="changed after it was written"):
        from_lines([lines[0].replace("Ann", "Ben")], "here")
    for wrong in ("{}", "[]", "nothing", lines[0].replace("corrected", "liked")):
        with pytest.raises(SourceError, match="here:1: the line is no correction"):
            from_lines([wrong], "here")


# --- what it teaches ----------------------------------------------------------------------------------------------------


def test_the_reading_is_scored_on_what_people_said(store: GraphStore) -> None:
    _say(
        store,
        _field("1", "addressees", "Chad=the Secretary-General"),
        _whole(Verdict.ACCEPTED, "2"),
        _whole(Verdict.REJECTED, "5"),
    )
    found = score(judge_corrections(store))
    assert (found["statement"].right, found["statement"].spurious, found["statement"].missed) == (2, 1, 0)
    assert (found["addressee id"].right, found["addressee id"].missed) == (1, 1)


def test_what_a_person_says_is_explained(store: GraphStore) -> None:
    _say(store, _field("1", "addressees", "Chad=the Secretary-General"))
    (found,) = explain(store, KEY, "1")
    assert [(step.value, step.rule) for step in found.steps if step.field == "addressees"] == [("Chad", "PER-word")]


def test_what_is_worth_a_look_is_not_what_was_judged(store: GraphStore) -> None:
    found = worth_a_look(store, "2031-05-01", document=KEY)
    assert [each.paragraph for each in found[:2]] == ["2", "1"] or [each.paragraph for each in found[:2]] == [
        "1",
        "2",
    ], "what has a day comes first"
    _say(store, _whole(Verdict.ACCEPTED, "1"))
    assert "1" not in [each.paragraph for each in worth_a_look(store, "2031-05-01", document=KEY)]


# --- the commands -------------------------------------------------------------------------------------------------------


def _run(*given: object, keys: str = "") -> Result:
    return CliRunner().invoke(main, [str(each) for each in given], input=keys, env={"MANDATEGRAPH_WHO": "Ann"})


def test_a_person_corrects_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    place = ("--store", tmp_path / "s")
    assert _run("build", folder, *place).exit_code == 0
    done = _run(
        "correct",
        KEY,
        "1",
        "--field",
        "addressees",
        "--value",
        "Chad=the Secretary-General",
        "--reason",
        "as agreed",
        *place,
    )
    assert (done.exit_code, "SecretaryGeneral becomes Chad" in done.stdout) == (0, True), done.output
    id_ = done.stdout.split()[0]
    assert "Chad" in _run("obligations", *place).stdout
    assert "Chad" not in _run("obligations", "--as-read", *place).stdout
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?who WHERE { ?s a mg:Obligation ; mg:addressee ?who }")
    assert "Chad" in _run("query", query, *place).stdout
    assert "Chad" not in _run("query", query, "--as-read", *place).stdout
    listed = _run("corrections", "list", KEY, *place).stdout
    assert all(words in " ".join(listed.split()) for words in (id_, "stands", "Ann", "as agreed"))
    for name in ("c.jsonl", "c.ttl"):
        format_ = "turtle" if name.endswith("ttl") else "jsonl"
        assert _run("corrections", "export", "--format", format_, "-o", tmp_path / name, *place).exit_code == 0
        again = _run("corrections", "import", tmp_path / name, *place)
        assert again.stdout == "0 corrections are new, 1 were here already\n"
    assert "SecretaryGeneral becomes Chad (stands)" in " ".join(_run("history", KEY, *place).stdout.split())
    assert _run("correct", "--undo", id_, *place).exit_code == 0
    assert "Chad" not in _run("obligations", *place).stdout
    assert _run("check", *place).exit_code == 0
    assert _run("correct", "--undo", "nothing", *place).exit_code == 3
    assert _run("correct", KEY, "1", *place).exit_code == 2


def test_the_other_commands_of_corrections(folder: Path, tmp_path: Path) -> None:
    place = ("--store", tmp_path / "s")
    _run("build", folder, *place)
    assert _run("correct", KEY, "2", "--accept", *place).exit_code == 0
    assert _run("correct", KEY, "5", "--reject", *place).exit_code == 0
    assert _run("correct", "letter", "--field", "symbol", "--value", "S/2031/77", *place).exit_code == 0
    assert _run("correct", KEY, "4", "--add", "--words", "open each gate", "--verb", "open", *place).exit_code == 0
    assert _run("correct", KEY, "3", "--name", "the Valley Water Committee", "--means", "Chad", *place).exit_code == 0
    assert (
        _run(
            "correct",
            KEY,
            "3",
            "--add",
            "--words",
            "mend each well",
            "--relation",
            "Chad",
            "supports",
            "CommitteeOfValleyWells",
            *place,
        ).exit_code
        == 0
    )
    assert _run("correct", "--merge", "CommitteeOfValleyWells", "ValleyWaterCommittee", *place).exit_code == 0
    for who in ("Ann", "Ben"):
        done = _run(
            "correct",
            KEY,
            "1",
            "--field",
            "act",
            "--value",
            "decision" if who == "Ann" else "commitment",
            "--who",
            who,
            *place,
        )
        assert done.exit_code == 0, done.output
    agreed = _run("corrections", "agreement", *place)
    assert (agreed.exit_code, "holds against" in agreed.stdout) == (0, True), agreed.output
    listed = " ".join(_run("corrections", "list", "--conflicts", *place).stdout.split())
    assert [listed.count(f" · {standing} · ") for standing in ("stands", "overruled")] == [1, 1], listed
    assert "no such" not in _run("corrections", "list", "--orphaned", *place).stdout
    scores = _run("evaluate", "--against-corrections", "--format", "json", *place)
    assert json.loads(scores.stdout)["statement"]["n"] == 3
    assert _run("corrections", "export", "--format", "annotations", "-o", tmp_path / "gold", *place).exit_code == 0
    scored = _run("evaluate", tmp_path / "gold", "--format", "json", *place)
    assert json.loads(scored.stdout)["statement"]["recall"] == 1
    assert _run("check", *place).exit_code == 0
    assert _run("validate", *place).exit_code == 0


def test_the_queue_takes_one_key_a_verdict(folder: Path, tmp_path: Path) -> None:
    place = ("--store", tmp_path / "s")
    _run("build", folder, *place)
    done = _run("correct", KEY, "--queue", *place, keys="aruscact\ndecision\nq")
    assert (done.exit_code, done.exception) == (0, None), done.output
    with GraphStore.open_to_read(tmp_path / "s") as store:
        said = [(each.correction.verdict.value, each.standing) for each in list_corrections(store)]
    assert sorted(said) == [
        ("accepted", "stands"),
        ("corrected", "stands"),
        ("rejected", "withdrawn"),
        ("withdrawn", "takes back"),
    ]


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    def run() -> Sequence[str]:
        with GraphStore.in_memory() as store:
            build([folder], store)
            _say(store, *EVERY)
            return sorted(map(str, store.store))

    assert run() == run()


def test_a_document_in_the_file_of_others_is_corrected(tmp_path: Path) -> None:
    text = "\n\n".join(
        f"Resolution {n} (2031)\n\nThe Security Council,\n\n1. Requests the Secretary-General to count well {n};\n\n2. Decides to remain seized of the matter.\n"
        for n in (9311, 9312)
    )
    (tmp_path / "both.txt").write_text(text, encoding="utf-8")
    with GraphStore.in_memory() as store:
        build([tmp_path], store)
        keys = [key for key in store.documents() if key != "both"]
        assert len(keys) == 2, store.documents()
        _say(store, _field("1", "addressees", "Chad=the Secretary-General"), key=keys[1])
        assert [s.names for key in keys if (s := _of(store, "1", key))] == [("SecretaryGeneral",), ("Chad",)]
        assert document_iri(keys[1]) in {str(graph.value) for graph in store.store.named_graphs()}
        assert check(store)[1] + check_corrections(store) == []

"""What is asked more than once: of the same bearer, in different documents, and what that means."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from mandategraph.answering.overlaps import Group, Kind, grouped, overlaps
from mandategraph.answering.standing import in_force
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.cli.overlaps import KINDS
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.duties import Duty

SOWING = "Urges all States to hand out seeds of barley and of rye to the farmers of the uplands before the first snow of the year"
REPORT = "Requests the Secretary-General to report every six months on the seeds that farmers of the uplands were given and on their harvest"
CAP = "Decides that UNISFA shall guard the seed stores with up to 400 guards along the whole of the upland road and its bridges"


def _duty(n: int, text: str, **other: object) -> Duty:
    given = Duty(
        iri=f"https://example.org/d{n}#statement-1",
        document=f"D{n}",
        label="1",
        day=f"203{n}-03-01",
        body="Security Council",
        act="directive",
        actions=("hand",),
        status="adopted",
        bearers=frozenset({"MemberStates"}),
        counterparts=frozenset(),
        recipients=frozenset(),
        themes=frozenset(),
        products=frozenset(),
        days=(),
        cycles=(),
        text=text,
    )
    return replace(given, **other)  # type: ignore[arg-type]


class _Lines:
    """Lines of documents as they are given: pairs of one line, and pairs of one subject."""

    def __init__(self, line: str = "", subject: str = "") -> None:
        self.line, self.subject = line.split(), subject.split()

    def is_one(self, one: str, other: str) -> bool:
        return {one, other} <= set(self.line)

    def is_one_subject(self, one: str, other: str) -> bool:
        return {one, other} <= set(self.subject)


def _grouped(
    *duties: Duty, line: str = "", subject: str = "", above: dict[str, frozenset[str]] | None = None
) -> list[Group]:
    return grouped(duties, _Lines(line, subject), above or {})  # type: ignore[arg-type]


def test_documents_of_one_line_are_a_series() -> None:
    (group,) = _grouped(*(_duty(n, SOWING) for n in (3, 1, 2)), line="D1 D2 D3")
    assert (group.kind, [d.document for d in group.duties], group.score) == (Kind.SERIES, ["D1", "D2", "D3"], 1.0)
    assert group.reasons == ("3 documents of one line repeat it",)
    assert _grouped(_duty(1, SOWING), _duty(2, SOWING, day="2031-03-01"), line="D1 D2") == [], "one day renews nothing"


def test_two_bodies_ask_in_parallel() -> None:
    (group,) = _grouped(_duty(1, SOWING), _duty(2, SOWING.replace("hand out", "give"), body="General Assembly"))
    assert (group.kind, group.score < 1) == (Kind.PARALLEL, True)
    assert group.reasons == ("asked by General Assembly and Security Council",)


@pytest.mark.parametrize(
    "other",
    [
        _duty(2, SOWING, bearers=frozenset({"UNICEF"})),
        _duty(2, SOWING, bearers=frozenset()),
        _duty(2, SOWING.replace("all States", "all States of Chad")),
        _duty(2, SOWING, counterparts=frozenset({"FAO"})),
        _duty(
            2, "Urges all States to mend the roads that lead from the harbour to the old mill and to the fish market"
        ),
        _duty(1, SOWING, label="2"),
    ],
)
def test_another_bearer_name_counterpart_or_ask_is_not_the_same(other: Duty) -> None:
    assert _grouped(_duty(1, SOWING), other) == []


def test_what_speaks_of_its_own_resolution_is_another_thing_in_each() -> None:
    texts = [SOWING.replace("uplands", "uplands as in this resolution")] * 2
    assert _grouped(_duty(1, texts[0]), _duty(2, texts[1])) == []
    assert [g.kind for g in _grouped(_duty(1, texts[0]), _duty(2, texts[1]), subject="D1 D2")] == [Kind.PARALLEL]


def test_a_name_that_most_have_tells_nothing_and_that_of_one_mission_does() -> None:
    fillers = [
        _duty(n, f"Urges UNICEF to mend road {n} near the camps of MINUSMA and of MONUSCO, by itself")
        for n in range(9, 40)
    ]
    asked = (_duty(1, f"{SOWING} of MINUSMA"), _duty(2, f"{SOWING} of MONUSCO"))
    kinds = [[group.kind for group in grouped([*asked, *fillers], _Lines("", ""), {}, common=share) if group.duties[0] in asked] for share in (0.04, 0.99)]  # type: ignore[arg-type]  # fmt: skip
    assert kinds == [[Kind.PARALLEL], []]


def test_a_member_of_a_group_bears_what_the_group_bears() -> None:
    duties = (_duty(1, SOWING), _duty(2, SOWING, bearers=frozenset({"GovernmentOfChad"})))
    assert _grouped(*duties) == []
    (group,) = _grouped(*duties, above={"GovernmentOfChad": frozenset({"MemberStates"})})
    assert group.bearers == ("GovernmentOfChad", "MemberStates")


def test_a_report_asked_twice_meets_in_time() -> None:
    report = _duty(1, REPORT, products=frozenset({"report"}), cycles=("P6M",))
    (group,) = _grouped(
        report, replace(report, document="D2", day="2032-01-01", recipients=frozenset({"GeneralAssembly"}))
    )
    assert (group.kind, group.reasons[1]) == (Kind.REPORT_TWICE, "reports in cycles: P6M and P6M")
    due = replace(report, cycles=(), days=("2033-01-01",))
    near, far = (
        replace(due, document="D2", body="General Assembly", day="2032-01-01", days=(day,))
        for day in ("2031-02-01", "2032-02-01")
    )
    assert [g.kind for g in _grouped(due, near)] == [Kind.PARALLEL]
    assert [g.kind for g in _grouped(replace(due, days=("2031-01-10",)), near)] == [Kind.REPORT_TWICE]
    assert [g.kind for g in _grouped(replace(due, days=("2031-01-10",)), far)] == [Kind.PARALLEL]


def test_a_report_that_a_body_asks_for_again_is_renewed_under_any_title() -> None:
    report = _duty(1, REPORT, products=frozenset({"report"}), days=("2031-09-01",))
    again = replace(report, document="D2", day="2032-01-01", days=("2032-09-01",))
    assert [g.kind for g in _grouped(report, again)] == [Kind.SERIES]
    assert [g.kind for g in _grouped(report, replace(again, days=("2031-10-01",)))] == [Kind.REPORT_TWICE]
    assert [g.kind for g in _grouped(report, replace(again, body="General Assembly"))] == [Kind.PARALLEL]


@pytest.mark.parametrize(
    "words", ["for the mill at 914,501 dollars", "as resolution 8812 has it", "with the advice therein", "with all that is in the report"]
)  # fmt: skip
def test_other_figures_and_what_a_report_says_are_another_thing_even_on_one_subject(words: str) -> None:
    one, other = f"{SOWING} {words}", f"{SOWING} {words.replace('914,501', '555,820').replace('8812', '8813')}"
    assert _grouped(_duty(1, one), _duty(2, other), subject="D1 D2") == []
    assert [g.kind for g in _grouped(_duty(1, SOWING), _duty(2, SOWING), subject="D1 D2")] == [Kind.PARALLEL]


def test_what_cannot_both_hold_is_a_contradiction() -> None:
    said = _duty(1, SOWING)
    (group,) = _grouped(said, _duty(2, SOWING, act="prohibition"))
    assert (group.kind, group.reasons[0]) == (Kind.CONTRADICTION, "one forbids what the other asks")
    (group,) = _grouped(_duty(1, CAP), _duty(2, CAP.replace("400", "650")))
    assert group.reasons[0] == "ceilings differ: 400 and 650"
    assert [g.kind for g in _grouped(_duty(1, CAP), _duty(2, CAP.replace("whole", "length")))] == [Kind.PARALLEL]
    (group,) = _grouped(replace(said, days=("2040-01-01",)), _duty(2, SOWING, days=("2041-01-01",)))
    assert group.reasons[0] == "days differ: 2040-01-01 and 2041-01-01"
    over = _grouped(replace(said, days=("2031-05-01",)), _duty(2, SOWING, days=("2041-01-01",)))
    assert [g.kind for g in over] == [Kind.PARALLEL], "a day that was over when the later was said holds no more"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A line of two resolutions of the Council, and one of the Assembly."""
    folder = tmp_path_factory.mktemp("overlaps")
    heads = {
        "S_RES_8901_2031.txt": "Resolution 8901 (2031)\nAdopted by the Security Council at its 9901st meeting, on 4 March 2031\n\nThe Security Council,\n",
        "S_RES_8902_2032.txt": "Resolution 8902 (2032)\nAdopted by the Security Council at its 9902nd meeting, on 5 April 2032\n\nThe Security Council,\n\nRecalling its resolution 8901 (2031),\n",
        "A_RES_87_4.txt": "Resolution adopted by the General Assembly on 6 May 2033\n\n87/4. Seeds\n\nThe General Assembly,\n",
    }
    for name, head in heads.items():
        (folder / name).write_text(
            f"{head}\n1. {SOWING};\n\n2. Decides to remain seized of the matter.\n", encoding="utf-8"
        )
    with GraphStore.open(folder / "store") as store:
        build([folder / name for name in heads], store)
    return folder / "store"


def test_a_store_is_grouped_and_filtered(path: Path) -> None:
    with GraphStore.open_to_read(path) as store:
        found = overlaps(store)
        assert [(g.kind, len(g.duties)) for g in found] == [(Kind.PARALLEL, 3), (Kind.SERIES, 2)]
        assert overlaps(store, kinds=[Kind.SERIES]) == found[1:]
        assert overlaps(store, body="assembly") == found[:1]
        assert overlaps(store, bearer="MemberStates") == found
        assert (
            overlaps(store, bearer="UNICEF")
            == overlaps(store, theme="no_theme")
            == overlaps(in_force(store, "2031-12-31"))
            == []
        )
        assert [g.kind for g in overlaps(in_force(store, "2032-12-31"))] == [Kind.SERIES]


def test_the_command_writes_every_form(path: Path, tmp_path: Path) -> None:
    def run(*given: object) -> str:
        done = CliRunner().invoke(main, ["overlaps", "--store", str(path), *map(str, given)])
        assert done.exit_code == 0, done.output
        return done.stdout

    assert "1 parallel, 1 series" in run()
    assert [r["document"] for r in csv.DictReader(io.StringIO(run("--format", "csv", "--kind", "series")))] == [
        "S/RES/8901 (2031)",
        "S/RES/8902 (2032)",
    ]
    assert [g["kind"] for g in json.loads(run("--format", "json"))] == ["parallel", "series"]
    run("--format", "markdown", "-o", tmp_path / "o.md")
    assert "## Parallel, MemberStates (" in (tmp_path / "o.md").read_text(encoding="utf-8")
    assert run("--in-force=2031-12-31") == ""
    wrong = CliRunner().invoke(main, ["overlaps", "--store", str(path), "--bearer", "Nobodyy"])
    assert wrong.exit_code == 3


def test_the_kinds_of_the_command_are_those_of_the_library() -> None:
    assert set(KINDS) == set(Kind)

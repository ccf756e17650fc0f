from __future__ import annotations

import csv
import importlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from mandategraph.answering.network import PROJECTIONS
from mandategraph.cli import main
from mandategraph.exporting import FORMATS, NETWORKS
from mandategraph.keeping.store import GraphStore

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _run(*args: object, input: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=input, catch_exceptions=False)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_and_a_place_in_the_readme(command: str) -> None:
    done = _run(command, "--help")
    assert done.exit_code == 0
    assert len(main.commands[command].help or "") > 20
    assert f"mandategraph {command}" in README


def test_build_prints_a_summary_and_skips_what_is_unchanged(tmp_path: Path, samples: Path) -> None:
    done = _run("build", samples, "--store", tmp_path / "s")
    assert done.exit_code == 0
    assert done.stdout.count("built") == 5
    again = _run("build", samples, "--store", tmp_path / "s")
    assert again.stdout.count("unchanged") == 5


def test_build_names_what_it_refuses(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    done = _run("build", tmp_path / "empty.txt", tmp_path / "none", "--store", tmp_path / "s")
    assert done.exit_code == 1
    assert "empty" in done.stderr
    assert "no such file or folder" in done.stderr


def test_build_without_paths_is_wrong_usage() -> None:
    assert _run("build").exit_code == 2


def test_a_wrong_data_file_is_named(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,type\nA,b\n")
    done = _run("build", samples, "--store", tmp_path / "s", "--data", tmp_path / "mine.csv")
    assert done.exit_code == 3
    assert "mine.csv:1" in done.stderr


def test_a_store_in_use(tmp_path: Path, samples: Path) -> None:
    with GraphStore.open(tmp_path / "s"):
        done = _run("build", samples, "--store", tmp_path / "s")
    assert done.exit_code == 4
    assert "in use" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["documents"],
        ["actors"],
        ["obligations"],
        ["query", "reports"],
        ["show", "MINUSMA"],
        ["export", "--format", "turtle"],
    ],
)
def test_without_a_store(command: list[str], tmp_path: Path) -> None:
    done = _run(*command, "--store", tmp_path / "none")
    assert done.exit_code == 4
    assert "there is no store here" in done.stderr


def test_lists(store_on_disk: Path) -> None:
    def rows(*args: str) -> list[dict[str, str]]:
        done = _run(*args, "--store", store_on_disk, "--format", "csv")
        return list(csv.DictReader(io.StringIO(done.stdout)))

    assert len(rows("documents")) == 5
    actors = rows("actors")
    assert {"MINUSMA", "CMA", "G5Sahel", "TransitionalAuthorities"} <= {a["actor"] for a in actors}
    assert "MINUSMA" in _run("actors", "--store", store_on_disk).stdout
    assert {a["type"] for a in rows("actors", "--type", "un_mission")} == {"un_mission"}
    assert "S/AC.51" not in _run("documents", "--status", "draft", "--store", store_on_disk).stdout


def test_narrow_terminals_lose_nothing(store_on_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mandategraph.cli.output._OUT_WIDTH", 50)
    documents = _run("documents", "--store", store_on_disk).output
    assert "…" not in documents
    assert "statements" in documents
    assert "S/AC.51/2020/11 · conclusions" in documents


def test_results_are_read_by_another_program(store_on_disk: Path) -> None:
    """JSON and TSV are those of SPARQL 1.1; the bracketed kinds of term all come back."""
    text = 'SELECT ?d ?n ?l ?none WHERE { ?d a mg:Document ; mg:cutCount ?n BIND ("a\\tb\\"c"@en AS ?l) } ORDER BY ?d'
    answers = []
    for format_, syntax in (("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV)):
        done = _run("query", "-", "--store", store_on_disk, "--format", format_, input=text)
        solutions = parse_query_results(done.stdout, format=syntax)
        assert isinstance(solutions, QuerySolutions)
        assert [v.value for v in solutions.variables] == ["d", "n", "l", "none"]
        answers.append([tuple(solution) for solution in solutions])
    assert answers[0] == answers[1]
    assert len(answers[0]) == 5
    document, number, words, none = answers[0][0]
    assert str(document).startswith("<https://w3id.org/mandategraph/document/")
    assert number.datatype.value.endswith("#integer")
    assert (words.value, words.language, none) == ('a\tb"c', "en", None)


def test_rows_get_their_evidence_on_request(store_on_disk: Path) -> None:
    text = "SELECT ?s ?t WHERE { ?s a mg:Prohibition ; mg:act ?t } ORDER BY ?s"
    without = _run("query", "-", "--store", store_on_disk, "--format", "csv", input=text).stdout
    done = _run("query", "-", "--store", store_on_disk, "--format", "csv", "--evidence", input=text)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert without.splitlines()[0] == "s,t"
    assert len(rows) == len(without.splitlines()) - 1 > 0
    assert all(r["document"] and r["paragraph"] and r["quotation"] for r in rows)
    named = [
        _run("query", "due", "--store", store_on_disk, "--format", "csv", *more).stdout for more in ([], ["--evidence"])
    ]
    assert named[0] == named[1], "named questions carry it already"


def test_export_of_one_document_and_of_a_projection(store_on_disk: Path, tmp_path: Path) -> None:
    def export(*args: object) -> str:
        done = _run("export", "--store", store_on_disk, *args)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    one = export("--format", "nquads", "--document", "S/2020/600")
    assert "/document/S/2020/600" in one
    assert "graph/gazetteer" in one
    assert "<https://w3id.org/mandategraph/document/A/HRC/RES/46/28> .\n" not in one
    edges = list(csv.DictReader(io.StringIO(export("--format", "csv-edges", "--projection", "actor-actor"))))
    assert {e["type"] for e in edges} == {"owes"}
    assert export("--format", "akn", "--document", "S/2020/600").startswith("<?xml")
    export("--format", "akn", "-o", tmp_path / "akn")
    assert len(list((tmp_path / "akn").glob("*.xml"))) == 5
    export("--format", "turtle", "-o", tmp_path / "graph.ttl")
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ([], 2, "either --format or --graph-store"),
        (["--format", "turtle", "--graph-store", "http://localhost:1"], 2, "either --format or --graph-store"),
        (["--format", "turtle", "--projection", "bipartite"], 2, "--projection is for"),
        (["--format", "turtle", "--header", "A: b"], 2, "--header is for"),
        (["--format", "akn"], 2, "5 documents"),
        (["--format", "turtle", "--document", "S/2020/60"], 3, "Did you mean S/2020/600"),
        (["--format", "turtle", "-o", "/no/such/folder/x"], 1, "No such file or directory"),
        (["--graph-store", "http://127.0.0.1:1/store", "--header", "no colon"], 2, "a header is"),
        (["--graph-store", "http://127.0.0.1:1/store", "--header", "@/no/such/file"], 1, "No such file"),
        (["--graph-store", "not a url"], 4, "cannot be reached"),
    ],
)
def test_export_refuses_what_it_cannot_do(args: list[str], code: int, says: str, store_on_disk: Path) -> None:
    done = _run("export", "--store", store_on_disk, *args)
    assert (done.exit_code, says in done.stderr) == (code, True), done.stderr
    assert done.stdout == ""


def test_filters_of_obligations(store_on_disk: Path) -> None:
    def rows(*args: str) -> list[dict[str, str]]:
        done = _run("obligations", "--store", store_on_disk, "--format", "csv", *args)
        assert done.exit_code == 0, done.stderr
        return list(csv.DictReader(io.StringIO(done.stdout)))

    everything = rows()
    assert {r["addressee"] for r in rows("--actor", "CMA")} == {"CMA"}
    assert {r["document"] for r in rows("--document", "S/2020/600")} == {"S/2020/600"}
    assert all(r["due"] <= "2021-03-31" for r in rows("--due-before", "2021-03-31"))
    assert {r["verb"] for r in rows("--strength", "5")} >= {"demand"}
    under = rows("--instrument", "2374 (2017)", "--actor", "MINUSMA")
    assert 0 < len(under) < len(everything)
    assert _run("obligations", "--store", store_on_disk, "--due-before", "June").exit_code == 3


def test_query_by_name_file_and_standard_input(store_on_disk: Path, tmp_path: Path) -> None:
    text = "SELECT ?d WHERE { ?d a mg:Document } ORDER BY ?d"
    (tmp_path / "q.rq").write_text(text)
    by_file = _run("query", tmp_path / "q.rq", "--store", store_on_disk, "--format", "csv").stdout
    by_input = _run("query", "-", "--store", store_on_disk, "--format", "csv", input=text).stdout
    assert by_file == by_input
    assert len(by_file.splitlines()) == 6
    assert "2021-03-31" in _run("query", "due", "--store", store_on_disk, "-p", "to=2021-03-31").stdout
    assert "reports" in _run("query").stdout
    assert "e.g. SecretaryGeneral" in _run("query", "reports", "--explain").stdout
    construct = "CONSTRUCT { ?a mg:bears ?o } WHERE { ?a mg:bears ?o }"
    assert "mg:bears" in _run("query", "-", "--store", store_on_disk, input=construct).stdout
    assert "true" in _run("query", "-", "--store", store_on_disk, input="ASK { ?a mg:bears ?o }").stdout


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["query", "reprots"], 3, "Did you mean reports"),
        (["query", "reports", "-p", "who=x"], 3, "no parameter 'who'"),
        (["query", "reports", "-p", "who"], 2, "is not NAME=VALUE"),
        (["query", "missing.rq"], 3, "cannot be read"),
        (["show", "MINUSMO"], 3, "Did you mean"),
        (["export", "--format", "nonsense"], 2, "nonsense"),
    ],
)
def test_wrong_questions_get_a_sentence_and_a_code(args: list[str], code: int, words: str, store_on_disk: Path) -> None:
    done = _run(*args, "--store", store_on_disk)
    assert done.exit_code == code
    assert words in done.stderr
    assert "Traceback" not in done.output


def test_syntax_error_from_the_command_line(store_on_disk: Path) -> None:
    done = _run("query", "-", "--store", store_on_disk, input="SELECT ?s WHERE {\n  ?s ?p }")
    assert done.exit_code == 3
    assert re.search(r"line 2, column \d+", done.stderr)


def test_show_marks_the_verb_in_the_source(store_on_disk: Path) -> None:
    shown = _run("show", "S/2020/600", "-p", "16", "--store", store_on_disk).stdout
    assert ">>Decides<< to extend the mandate of MINUSMA until 30 June 2021" in shown
    assert "un_mission" in _run("show", "MINUSMA", "--store", store_on_disk).stdout


def test_export_to_a_file_and_to_standard_output(store_on_disk: Path, tmp_path: Path) -> None:
    out = tmp_path / "g.nq"
    assert _run("export", "--format", "nquads", "-o", out, "--store", store_on_disk).exit_code == 0
    assert out.read_bytes() == _run("export", "--format", "nquads", "--store", store_on_disk).stdout_bytes
    assert (
        _run("export", "--format", "nquads", "-o", tmp_path / "none" / "g.nq", "--store", store_on_disk).exit_code == 1
    )


def test_evaluate(store_on_disk: Path, shared: Path, tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "s") as store:
        from mandategraph.building.writing import build

        build([shared / "corpus" / "A_HRC_RES_46_28.txt"], store)
    done = _run("evaluate", shared / "gold" / "A_HRC_RES_46_28", "--store", tmp_path / "s", "--format", "json")
    assert json.loads(done.stdout)["statement"]["f1"] > 0.9


def test_what_only_asks_loads_no_spacy(store_on_disk: Path) -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom mandategraph.cli import main\n"
        f"done = CliRunner().invoke(main, ['query', 'due', '--store', {str(store_on_disk)!r}])\n"
        "assert done.exit_code == 0, done.output\nassert 'spacy' not in sys.modules\nassert 'networkx' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": ":".join(sys.path)})


def test_ctrl_c_exits_with_130(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mandategraph.reading.SourceReader.load", stop)
    done = _run("build", samples, "--store", tmp_path / "s")
    assert done.exit_code == 130
    assert "Stopped" in done.stderr


def test_the_readmes_commands(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of the README that begins with `mandategraph` runs as written, in order."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "samples").symlink_to(samples)
    lines = [
        line
        for block in re.findall(r"```sh\n(.*?)```", README, re.S)
        for line in block.splitlines()
        if line.startswith("mandategraph ")
    ]
    assert len(lines) >= 8
    for line in lines:
        if "../shared" in line:
            continue
        import shlex

        done = _run(*shlex.split(line.split("  #")[0])[1:])
        assert done.exit_code == 0, f"{line}: {done.output}"


def test_the_shell_completes_questions_and_parameters() -> None:
    from click.shell_completion import ShellComplete

    complete = ShellComplete(main, {}, "mandategraph", "_MANDATEGRAPH_COMPLETE")
    assert [c.value for c in complete.get_completions(["query"], "rep")] == ["reports"]
    assert [c.value for c in complete.get_completions(["query", "due", "-p"], "f")] == ["from="]
    assert complete.get_completions(["query", "nonsense", "-p"], "f") == []


def test_the_choices_of_export_are_those_of_the_library() -> None:
    """They are written out in the command line, so that `--help` loads no library."""
    export_command = importlib.import_module("mandategraph.cli.export")
    assert {*export_command.RDF, *export_command.NETWORK, "jsonl"} == set(FORMATS)
    assert set(export_command.NETWORK) == set(NETWORKS)
    assert export_command.PROJECTIONS == PROJECTIONS

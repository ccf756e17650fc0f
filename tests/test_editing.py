"""Statements are corrected on their pages: by a form of this server, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests

from mandategraph.answering.corrections import list_corrections
from mandategraph.building.writing import build
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import statements
from served import Served
from test_correcting import KEY, TEXT

PAGE = "/document/S/RES/9301(2031)"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "S_RES_9301_2031.txt").write_text(TEXT, encoding="utf-8")
    with GraphStore.open(tmp_path / "s") as store:
        build([tmp_path / "S_RES_9301_2031.txt"], store)
    return tmp_path / "s"


@pytest.fixture
def editor(place: Path) -> Iterator[Served]:
    started = Served(place, who="Ann", seconds=60)
    yield started
    started.close()


def _address(path: Path, paragraph: str) -> str:
    """Return where the page of a paragraph's first statement is."""
    with GraphStore.open_to_read(path) as store:
        found = next(s for s in statements(store) if s.paragraph == paragraph)
    return f"/statement?of={quote(KEY + '#' + found.statement.partition('#')[2])}"


def _form(served: Served, path: Path, paragraph: str = "5") -> dict[str, str]:
    """Return what the form on the page of a statement sends."""
    form = re.search(r'<form class="edit".*?</form>', served.get(_address(path, paragraph)).text, re.S)
    assert form
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])) | {"who": "Ann"}


def _said(path: Path) -> list[tuple[str, str]]:
    with GraphStore.open_to_read(path) as store:
        return [(each.correction.verdict.value, each.standing) for each in list_corrections(store)]


def _quads(path: Path) -> list[str]:
    with GraphStore.open_to_read(path) as store:
        return sorted(map(str, store.store))


def _post(served: Served, given: dict[str, str], **headers: str) -> requests.Response:
    return requests.post(f"{served.url}/correct", data=given, headers=headers, timeout=90, allow_redirects=False)


@pytest.mark.slow
def test_a_form_corrects_and_takes_back(editor: Served, place: Path) -> None:
    done = _post(editor, {**_form(editor, place), "verdict": "rejected", "reason": "it is a closing line"})
    assert (done.status_code, done.headers["location"]) == (303, f"{PAGE}#para_5"), done.text
    assert _said(place) == [("rejected", "stands")]
    page = editor.get(PAGE).text
    assert "it is a closing line" in page
    assert "remain seized" not in editor.get("/obligations").text
    changed = {
        **_form(editor, place, "1"),
        "verdict": "corrected",
        "field": "addressees",
        "value": "Chad=the Secretary-General",
    }
    assert _post(editor, changed).status_code == 303
    assert "Chad" in editor.get("/obligations").text
    undo = {**_form(editor, place, "1"), "undo": re.findall(r'name="undo" value="(\w+)"', editor.get(PAGE).text)[0]}
    assert _post(editor, undo).status_code == 303
    assert sorted(_said(place)) == [("corrected", "stands"), ("rejected", "withdrawn"), ("withdrawn", "takes back")]


@pytest.mark.slow
def test_nothing_else_changes_anything(editor: Served, place: Path) -> None:
    before = _quads(place)
    right = {**_form(editor, place), "verdict": "rejected"}
    token = right["token"]
    attempts: list[tuple[int, dict[str, str], dict[str, str]]] = [
        (403, {k: v for k, v in right.items() if k != "token"}, {}),
        (403, {**right, "token": ""}, {}),
        (403, {**right, "token": token[:-1] + ("A" if token[-1] != "A" else "B")}, {}),
        (403, {**right, "token": token + "A"}, {}),
        (403, {**right, "token": "é"}, {}),
        (403, right, {"Origin": "https://elsewhere.example"}),
        (403, right, {"Origin": "null"}),
        (403, right, {"Origin": editor.url.replace("127.0.0.1", "localhost")}),
        (403, right, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}),
        (403, right, {"Sec-Fetch-Site": "same-site"}),
        (403, right, {"Sec-Fetch-Site": "none"}),
        (400, right, {"Host": "elsewhere.example"}),
        (415, right, {"Content-Type": "text/plain"}),
        (413, {**right, "reason": "x" * 200_000}, {}),
        (400, {**right, "who": " "}, {}),
        (400, {**right, "verdict": "liked"}, {}),
        (400, {**right, "at": "-5"}, {}),
        (400, {**right, "at": "3"}, {}),
        (400, {**right, "document": "S/RES/1 (1946)"}, {}),
        (400, {**right, "verdict": "corrected", "field": "act", "value": "order"}, {}),
        (400, {**right, "undo": "0123456789abcdef"}, {}),
    ]
    for status, given, headers in attempts:
        done = _post(editor, given, **headers)
        assert done.status_code == status, (given, headers, done.text)
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        query = requests.request(method, f"{editor.url}/correct", params=right, data=right, timeout=30)
        assert query.status_code in {404, 405}, method
    assert _quads(place) == before


@pytest.mark.slow
def test_without_edit_there_is_neither_form_nor_way(place: Path) -> None:
    started = Served(place)
    try:
        for page in (PAGE, _address(place, "5")):
            assert 'action="/correct"' not in started.get(page).text
        assert _post(
            started, {"token": "", "who": "Ann", "document": KEY, "verdict": "rejected", "at": "1"}
        ).status_code in {404, 405}
    finally:
        started.close()
    assert _said(place) == []


@pytest.mark.slow
def test_what_the_machine_reads_is_served_where_it_is_asked_for(editor: Served, place: Path) -> None:
    assert _post(editor, {**_form(editor, place), "verdict": "rejected"}).status_code == 303
    started = Served(place, is_as_read=True)
    try:
        assert "remain seized" in started.get("/obligations").text
        assert "remain seized" not in editor.get("/obligations").text
    finally:
        started.close()


@pytest.mark.slow
def test_a_person_corrects_in_a_browser_and_the_brief_changes(editor: Served, place: Path, browser: Any) -> None:
    page = browser.new_page()

    def brief() -> str:
        page.goto(f"{editor.url}/report?name=SecretaryGeneral")
        return str(page.inner_text("main"))

    try:
        assert "30 June 2031" in brief()
        page.goto(editor.url + _address(place, "1"))
        page.locator("details.correct summary").click()
        page.locator("form.edit select").select_option("addressees")
        page.locator("form.edit textarea").fill("Chad=the Secretary-General")
        page.get_by_role("button", name="Correct it").click()
        page.wait_for_url("**/*#para_1")
        assert "SecretaryGeneral becomes Chad" in page.inner_text("#corrections")
        assert "30 June 2031" not in brief()
        page.goto(editor.url + PAGE)
        page.get_by_role("button", name="Take it back").click()
        page.wait_for_url("**/*#para_1")
        assert "30 June 2031" in brief()
    finally:
        page.close()

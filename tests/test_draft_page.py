"""The page of a draft: what is sent is read by a worker, shown, given as files, and kept nowhere."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner
from docx import Document as Word

from mandategraph.cli import main
from mandategraph.errors import QueryError
from mandategraph.serving.drafts import LARGEST, form_of
from served import Served

DRAFT = (
    "United Nations S/2031/900\n\nDistr.: General 12 March 2031\n\nOriginal: English\n\nChad: draft resolution\n\nThe Security Council,\n\n"
    "Recalling its resolution 2374 (2018) and noting the <img src=x onerror=alert(1)> of the uplands,\n\n"
    "1. Decides to extend the mandate of MINUSMA until 31 March 2032;\n\n"
    "2. Requests the Secretary-General to report to the Security Council on the harvest by 28 September 2031;\n\n"
    "4. Decides to remain seized of the matter.\n"
)
BOUNDARY = b"multipart/form-data; boundary=b"


@pytest.fixture(scope="module")
def served(store_on_disk: Path) -> Iterator[Served]:
    started = Served(store_on_disk, seconds=60)
    yield started
    started.close()


def _send(served: Served, *, headers: dict[str, str] | None = None, **given: Any) -> requests.Response:
    return requests.post(f"{served.url}/draft", headers=headers, timeout=120, **given)


def _files(page: str) -> dict[str, bytes]:
    """Return the files that stand in a page, by their names."""
    links = re.findall(r'href="data:[^"]*?;base64,([^"]*)" download="([^"]*)"', page)
    return {name: base64.b64decode(written) for written, name in links}


@pytest.mark.slow
def test_a_draft_is_shown_as_the_command_writes_it(served: Served, store_on_disk: Path, tmp_path: Path) -> None:
    """Its remarks with their rules and how sure they are, and the same bytes as files."""
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    answer = _send(served, files={"file": ("draft.txt", DRAFT.encode())}, data={"text": "", "on": "", "against": ""})
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<img" not in answer.text
    for said in ("Remarks on the drafting", "What it adds to the calendar", "Where the words come from", "28 September 2031", "LNT-numbering", "LNT-year-wrong", "certain"):  # fmt: skip
        assert said in answer.text
    found = _files(answer.text)
    for name in ("draft.docx", "draft.md", "draft.xlsx", "draft.csv", "draft.sarif"):
        command = ["draft", str(tmp_path / "draft.txt"), "--store", str(store_on_disk), "-o", str(tmp_path / name)]
        CliRunner().invoke(main, [*command, "--fail-on", "never"])
        written = (tmp_path / name).read_bytes().replace(str(tmp_path).encode() + b"/", b"")
        assert found[name] == written


@pytest.mark.slow
def test_words_and_word_are_read_and_a_predecessor_is_named(served: Served) -> None:
    """Notes lead to the paragraphs of the store."""
    word = Word()
    for paragraph in DRAFT.split("\n\n"):
        word.add_paragraph(paragraph)
    buffer = io.BytesIO()
    word.save(buffer)
    against = {"against": "S/2020/600"}
    pasted = _send(served, files={"file": ("", b"")}, data={"text": DRAFT, **against})
    sent = _send(served, files={"file": ("../../draft é.docx", buffer.getvalue())}, data={"text": "", **against})
    for answer in (pasted, sent):
        assert answer.status_code == 200, answer.text
        assert "What changes against S/2020/600" in answer.text
        links = re.findall(r'href="(/document/S/2020/600#[^"]+)"', answer.text)
        assert links
    place, _, element = links[0].partition("#")
    assert f'id="{element}"' in served.get(place).text
    (artifact,) = json.loads(_files(sent.text)["draft.sarif"])["runs"][0]["artifacts"]
    assert artifact["location"]["uri"] == "draft%20%C3%A9.docx"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ({"files": {"file": ("d.txt", b"")}, "data": {"text": " "}}, 400, "ive a file or words"),
        ({"files": {"file": ("d.txt", b"x")}, "data": {"text": "x"}}, 400, "one of them"),
        ({"files": {"file": ("d.txt", DRAFT.encode())}, "data": {"on": "June"}}, 400, "is no date"),
        ({"files": {"file": ("d.txt", DRAFT.encode())}, "data": {"against": "S/2020/601"}}, 404, "Did you mean"),
        ({"files": {"file": ("d.docx", b"PK\x03\x04 no archive")}}, 400, "Not so"),
        ({"files": {"file": ("d.pdf", b"%PDF-1.7 none")}}, 400, "Not so"),
        ({"files": {"file": ("d.txt", b"\n")}}, 400, "the file is empty"),
        ({"data": {"text": DRAFT}}, 415, "multipart/form-data"),
        ({"data": b"", "headers": {"Content-Type": "multipart/form-data"}}, 415, "multipart/form-data"),
        ({"data": b"no form", "headers": {"Content-Type": "multipart/form-data"}}, 400, "as a form"),
        ({"files": {"file": ("d.txt", b"a" * LARGEST)}}, 413, "10 MB"),
        ({"files": {"file": ("d.txt", b"a")}, "headers": {"Origin": "https://mandates.example"}}, 403, "another site"),
        ({"files": {"file": ("d.txt", b"a")}, "headers": {"Origin": "null"}}, 403, "another site"),
        ({"files": {"file": ("d.txt", b"a")}, "headers": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}}, 403, "another site"),
        ({"files": {"file": ("d.txt", b"a")}, "headers": {"Host": "mandates.example"}}, 400, "Invalid host"),
    ],
)  # fmt: skip
def test_what_is_no_draft_is_said(served: Served, given: dict[str, Any], status: int, says: str) -> None:
    answer = _send(served, **given)
    assert answer.status_code == status
    assert says in answer.text


@pytest.mark.slow
def test_nothing_is_kept(served: Served, store_on_disk: Path) -> None:
    """The folder of the store is as it was, and the form that is shown next is empty."""
    before = {file: file.read_bytes() for file in store_on_disk.parent.rglob("*") if file.is_file()}
    assert _send(served, files={"file": ("", b"")}, data={"text": DRAFT}).status_code == 200
    assert {file: file.read_bytes() for file in store_on_disk.parent.rglob("*") if file.is_file()} == before
    assert "uplands" not in served.get("/draft").text
    assert served.get("/document/S/2031/900").status_code == 404


@pytest.mark.slow
def test_the_page_works_without_script_and_can_be_read(served: Served, browser: Any, tmp_path: Path) -> None:
    """Chosen in a browser that runs no script; a narrow window needs no scrolling to the side."""
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/draft")
    page.set_input_files("input[type=file]", str(tmp_path / "draft.txt"))
    page.get_by_role("button", name="Check it").click()
    page.wait_for_selector(".brief h2", timeout=120_000)
    assert "Chad" in page.locator("h1").inner_text()
    with page.expect_download() as saved:
        page.click("a[download='draft.docx']")
    assert Word(saved.value.path()).paragraphs
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.slow
def test_what_may_be_sent_is_described(served: Served) -> None:
    described = served.get("/openapi.json").json()["paths"]["/draft"]["post"]
    assert set(described["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]) == {"file", "text", "on", "against"}  # fmt: skip
    assert {"200", "413", "415"} <= set(described["responses"])


def test_a_form_gives_its_bytes_as_they_were_sent() -> None:
    content = bytes(range(256)) * 9 + b"\r\n\r\n--bb\r\n\n\r"
    body = (
        b'--b\r\nContent-Disposition: form-data; name="on"\r\n\r\n2031-03-12\r\n'
        b'--b\r\ncontent-disposition: form-data; name="file"; filename="C:\\drafts\\\xc3\xa9\xc3\xa8.docx"\r\nContent-Type: application/octet-stream\r\n\r\n'
        + content + b"\r\n--b--\r\n"
    )  # fmt: skip
    form = form_of(BOUNDARY.decode(), body)
    assert form.fields == (("on", "2031-03-12"),)
    assert form.content == content
    assert form.name == "éè.docx"


@pytest.mark.parametrize(
    "body",
    [
        b"--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n",
        b"--b\r\n\r\nx\r\n" * 21 + b"--b--\r\n",
        b"--c\r\n\r\nx\r\n--c--\r\n",
    ],
    ids=["fields within a field", "too many fields", "another boundary"],
)  # fmt: skip
def test_a_form_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(QueryError):
        form_of(BOUNDARY.decode(), body)

"""Small documents of our own, read by the real pipeline."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import docx
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from mandategraph.building.extracting import Reader
from mandategraph.building.writing import build
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import Tables, load_tables
from mandategraph.records import Document, Reading, SourceText

PREAMBLE = "The Security Council,\n\nRecalling its work,\n\n"
FORMS = {
    "resolution": ("S_RES_9999_2030", "Resolution 9999 (2030)\n\n" + PREAMBLE + "{text}\n"),
    "draft": ("S_2030_600", "Draft resolution\n\n" + PREAMBLE + "{text}\n"),
    "preamble": (
        "S_RES_9999_2030",
        "Resolution 9999 (2030)\n\nThe Security Council,\n\n{text}\n\n1. Decides to meet.\n",
    ),
    "rights-council": ("A_HRC_RES_99_1", "99/1 Wells\n\nThe Human Rights Council,\n\nRecalling its work,\n\n{text}\n"),
    "presidential": ("S_PRST_2030_9", "Statement by the President of the Security Council\n\n{text}\n"),
    "conclusions": (
        "S_AC.51_2030_9",
        "Conclusions on children and armed conflict in Chad\n\n1. The Working Group on Children and Armed Conflict met.\n{text}\n",
    ),
    "speech": (
        "S_AC.51_2030_9",
        "Conclusions on children and armed conflict in Chad\n\n1. The Working Group on Children and Armed Conflict met.\n\n"
        "Annex\n\nStatement by the Permanent Representative of Chad to the Working Group\n\n1. Good day.\n{text}\n",
    ),
    "declaration": (
        "declaration",
        "Lake Declaration on Wells\n\n1. We, the Ministers of the Lake States, met in June.\n\n{text}\n",
    ),
    "meeting": (
        "report",
        "Report of the Committee on Wells on its fifth session\n\n1. The Committee on Wells held its fifth session in June.\n\n{text}\n",
    ),
    "letter": (
        "S_2030_401",
        "Letter dated 3 June 2030 from the President of the Security Council addressed to the Secretary-General\n\n"
        "I have the honour to inform you that your letter on wells has been read.\n\n{text}\n\n(Signed) A. Lake\n",
    ),
    "rules": (
        "rules",
        "Rules of procedure of the Well Commission\n\nRule 1\n\nThe Commission shall meet.\n\nRule 2\n\n{text}\n",
    ),
    "report": (
        "A_85_401",
        "Report of the Secretary-General on wells\n\n1. The present report is about the wells of Chad and of the lands around it.\n\n{text}\n",
    ),
    "observations": (
        "observations",
        "Concluding observations on the report of Chad\n\n1.The Committee on Wells considered the report of Chad in June.\n\n{text}\n",
    ),
    "press": ("press", "Security Council Press Statement on Wells in Chad\n\n{text}\n"),
    "assembly": ("assembly", "Clean wells\n\nThe Ninetieth World Well Assembly,\n\nRecalling its work,\n\n{text}\n"),
    "treaty": (
        "treaty",
        "Convention on the Wells of the Lake\n\nThe Parties to this Convention,\n\nHave agreed as follows:\n\n"
        "Article 1\n\nThis Convention covers all wells of the lake.\n\nArticle 2\n\n{text}\n",
    ),
    "summit": (
        "summit",
        "Communiqué of the Summit of Lake Leaders\n\n1. Summit elected Ms. Ada Well as Chairperson.\n\n"
        "2. Summit noted the map.\n\n{text}\n",
    ),
    "leaders": (
        "leaders",
        "Leaders' Declaration on Wells\n\nWE, the Member States of the Lake Union, meeting in May;\n\n{text}\n",
    ),
    "union": (
        "union",
        "African Union\n\nCommuniqué\n\nThe Peace and Security Council,\n\nRecalling its work,\n\n{text}\n",
    ),
    "act": (
        "act",
        "Council Decision on wells\n\nTHE COUNCIL OF THE LAKE UNION,\n\nHaving regard to the Treaty of the Lake,\n\nWhereas:\n\n"
        "(1) Wells are dry.\n\nHAS ADOPTED THIS DECISION:\n\nArticle 1\n\n{text}\n",
    ),
    "bare": ("S_RES_9999_2030", "Resolution 9999 (2030)\n\nThe Security Council,\n\n{text}\n"),
    "council": (
        "council",
        "Council conclusions on wells\n\nTHE COUNCIL OF THE LAKE UNION\n\n1. RECALLING its conclusions of 12 May 2029 on wells;\n\n{text}\n",
    ),
    "labour": (
        "labour",
        "Recommendation concerning well workers\n\nThe General Conference of the Lake Labour Organization,\n\nHaving met in June, and\n\n"
        "Having decided that these proposals take the form of a Recommendation;\n\nadopts this third day of June the following Recommendation, "
        "which may be cited as the Well Workers Recommendation:\n\nI. Scope\n\n1. This Recommendation applies to all who dig wells.\n\n{text}\n",
    ),
    "terms": (
        "terms",
        "Terms of reference of the Advisory Group on Wells\n\nI. Background\n\n1. The Advisory Group on Wells (the Group) was set up in June.\n\n{text}\n",
    ),
    "parties": (
        "parties",
        "Decision 9/CMA.12\n\nWells\n\nThe Conference of the Parties serving as the meeting of the Parties to the Lake Agreement,\n\nRecalling its work,\n\n{text}\n",
    ),
    "authority": (
        "authority",
        "SEVENTY-NINTH SESSION OF THE AUTHORITY OF HEADS OF STATE AND GOVERNMENT\n\nFINAL COMMUNIQUÉ\n\n1. The Authority of Heads of State and "
        "Government of the Community of Lake States met in June.\n\n2. The Authority takes note of the map.\n\n3. The Authority thanks Chad.\n\n"
        "4. Authority endorses the plan.\n\n5. Authority welcomes the talks.\n\n{text}\n",
    ),
    "pact": (
        "pact",
        "Agreement on the Wells of the Lake\n\nThe Contracting Parties,\n\nConscious of the drought,\n\nHave agreed as follows:\n\n"
        "Article I\n\nThis Agreement covers all wells of the lake.\n\n{text}\n",
    ),
    "ministers": (
        "ministers",
        "Ministerial Statement on Wells\n\nWe, the Ministers of Water of the Lake States, meeting in May,\n\n{text}\n",
    ),
    "typed": (
        "S_RES_9999_2031",
        "UNITED\n\nNATIONS\n\nSecurity Council\n\nDistr.\n\nGENERAL\n\nS/RES/9999 (2031)\n\n14 June 2031\n\nRESOLUTION 9999 (2031)\n\n"
        "          The Security Council,\n\n          Having read what the Secretary-General wrote on the wells and\n"
        "     on the masons of the lake and of the lands that are around it,\n     and on the talks,\n\n"
        "          Noting that the Government of Chad has agreed that in view\n     of the drought the masons have to go on with all their work and\n"
        "     that the wells matter,\n\n{text}\n",
    ),
    "note": (
        "note",
        "Update on wells\n\n"
        + "This note tells what has happened to the wells of Chad since the last meeting of the group. " * 4
        + "\n\nRecommendations:\n\nThese recommendations were made by UN Women.\n\nFor the talks that are to come the group would like to see these points taken up in the next text:\n\n{text}\n\n- Urge all to read it.\n",
    ),
    "note-body": (
        "note",
        "Update on wells\n\n"
        + "This note tells what has happened to the wells of Mali since the last meeting of the group. " * 4
        + "\n\nFigures\n\n{text}\n",
    ),
}


@cache
def tables() -> Tables:
    return load_tables()


@cache
def reader() -> Reader:
    return Reader(tables())


def source(text: str, name: str = "made") -> SourceText:
    return SourceText(name, "text/plain", text, "0" * 64)


def read(text: str, form: str = "resolution") -> tuple[Document, Reading]:
    name, frame = FORMS[form]
    return reader().read(source(frame.format(text=text), name))


RESOLUTION = "Resolution {number} ({year})\n\nAdopted by the Security Council at its 9000th meeting, on {day} {year}\n\nThe Security Council,\n\n"


def store_of_resolutions(folder: Path, texts: Mapping[tuple[str, str, str], str]) -> Path:
    """Build a store in a folder of resolutions by number, year and day, each under its masthead; return where it is."""
    files = []
    for (number, year, day), text in texts.items():
        file = folder / f"S_RES_{number}({year}).txt"
        file.write_text(RESOLUTION.format(number=number, year=year, day=day) + text, encoding="utf-8")
        files.append(file)
    with GraphStore.open(folder / "store") as store:
        build(files, store)
    return folder / "store"


HOSTILE = """UNITED NATIONS S/RES/9990 (2031)

The Security Council,

1. Requests the "Office of the </script><script>document.title='broken'</script> Registrar" to report every month;

2. Requests the Secretary-General to report to the Council <img src=x onerror="document.title='broken'"> every month.
"""


# --- the same text in other formats -----------------------------------------------------------------------------------


def as_docx(lines: Sequence[str]) -> bytes:
    """A Word document with a paragraph for each line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_html(lines: Sequence[str]) -> bytes:
    """A page with a paragraph for each line, and what pages have around their text."""
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><style>p {{ margin: 0 }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/all">All of them</a></li></ul></nav>
<div class="cookies" role="dialog"><p>Requests you to accept all cookies.</p></div>
<main>{paragraphs}</main>
<footer><p>Decides nothing. <a href="/terms">Terms</a></p></footer><script>var a = "1. Decides";</script></body></html>""".encode()


def as_pdf(lines: Sequence[str], *, head: str = "", columns: int = 1, notes: Sequence[str] = ()) -> bytes:
    """A PDF in type of 10 points with running heads, page numbers, words broken at line ends, and notes on its first page."""
    written = io.BytesIO()
    page = canvas.Canvas(written, pagesize=(595, 842), invariant=1)
    gap = 24
    width = (595 - 140 - gap * (columns - 1)) / columns
    rows = [row for line in lines for row in (*_wrapped(line, width), "")]
    number = 0
    while rows:
        number += 1
        page.setFont("Times-Roman", 9)
        if number > 1 and head:
            page.drawString(70, 800, head)
        page.drawString(70, 40, f"{number}/9 31-00001")
        page.setFont("Times-Roman", 10)
        for column in range(columns):
            y = 770
            bottom = 130 if notes and number == 1 else 70
            while rows and y > bottom:
                page.drawString(70 + column * (width + gap), y, rows.pop(0))
                y -= 13
        for n, note in enumerate(notes if number == 1 else (), 1):
            page.setFont("Times-Roman", 5)
            page.drawString(70, 112 - 10 * n, str(n))
            page.setFont("Times-Roman", 8)
            page.drawString(76, 109 - 10 * n, note)
        page.showPage()
    page.save()
    return written.getvalue()


def as_zip(members: Mapping[str, bytes]) -> bytes:
    """An archive with these members."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def _wrapped(text: str, width: float) -> Iterator[str]:
    """Rows of a text, the last word of a row broken in two where a long one would not fit."""
    row = ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if stringWidth(longer, "Times-Roman", 10) <= width:
            row = longer
            continue
        half = len(word) // 2
        if word.isalpha() and len(word) > 8 and stringWidth(f"{row} {word[:half]}-", "Times-Roman", 10) <= width:
            yield f"{row} {word[:half]}-"
            row = word[half:]
        else:
            yield row
            row = word
    yield row


def _mandate(number: int, year: int, recalled: str, *paragraphs: str) -> str:
    numbered = "\n\n".join(f"{n}. {paragraph}" for n, paragraph in enumerate(paragraphs, 1))
    return (
        f"UNITED NATIONS S/RES/{number} ({year})\n\nDistr.: General\n31 March {year}\n\nResolution {number} ({year})\n\n"
        f"Adopted by the Security Council at its 9999th meeting, on 31 March {year}\n\nThe Security Council,\n\n"
        f"Recalling its {recalled},\n\nConcerned at the state of the wells of South Sudan,\n\n{numbered}\n"
    )


# Three mandates of one mission in successive years, one of another line, and a note with figures and advice.
MANDATES = {
    "S_RES_9970_2029.txt": _mandate(
        9970,
        2029,
        "earlier work on South Sudan",
        "Decides to extend the mandate of UNMISS until 31 March 2030;",
        "Decides that UNMISS shall comprise up to 1,200 military personnel;",
        "Requests UNMISS to guard the wells of the northern villages and their keepers by day and by night, where possible;",
        "Encourages the Government of South Sudan to repair the pumps that the floods have carried away;",
        "Requests UNMISS to teach the keepers of the wells how elections to their councils are held;",
        "Requests the Secretary-General to report to the Security Council every six months on the state of the wells;",
    ),
    "S_RES_9980_2030.txt": _mandate(
        9980,
        2030,
        "resolution 9970 (2029)",
        "Decides to extend the mandate of UNMISS until 31 March 2031;",
        "Requests UNMISS to guard the wells of the northern villages and their keepers by day and by night;",
        "Urges the Government of South Sudan to repair the pumps that the floods have carried away;",
        "Requests the Secretary-General to report to the Security Council every three months on the state of the wells;",
        "Calls upon all parties to cooperate with UNMISS at the wells;",
    ),
    "S_RES_9990_2031.txt": _mandate(
        9990,
        2031,
        "resolution 9980 (2030)",
        "Decides to extend the mandate of UNMISS until 31 March 2032;",
        "Requests UNMISS to guard the wells of the northern villages and their keepers by day and by night;",
        "Requests UNMISS to teach the keepers of the wells how elections to their councils are held, and to print the ballots;",
    ),
    "S_RES_9975_2030.txt": _mandate(
        9975,
        2030,
        "earlier work on Cyprus",
        "Requests the Secretary-General to report to the Security Council every six months on the state of the bridges;",
    ).replace("the wells of South Sudan", "the bridges of Cyprus"),
    "note.txt": FORMS["note"][1].replace("Chad", "South Sudan").format(
        text="- Request UNMISS to lend its pumps to the villages;"
    ).replace(
        "Recommendations:",
        "Figures\n\nThe law asks for a quota of at least 25 per cent women in public office. In the National Assembly of South Sudan "
        "31 per cent of the members are women. In the Supreme Court of South Sudan 12 per cent of the judges are women. "
        "UNMISS had 1,350 military personnel in June 2030.\n\nRecommendations:",
    ),
}  # fmt: skip


# What the draft of the corpus asks for before the end of the mandate: question 2, by paragraph.
AT_THE_END = (
    "3", "3/1", "3/2", "3/2(i)", "3/2(ii)", "3/2(iii)", "3/2(iv)", "3/2(v)", "3/3", "3/4", "14", "14/1", "14/2", "38", "41",
)  # fmt: skip

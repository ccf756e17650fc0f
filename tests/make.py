"""Small documents of our own, read by the real pipeline."""

from __future__ import annotations

from functools import cache

from mandategraph.building import Reader
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


HOSTILE = """UNITED NATIONS S/RES/9990 (2031)

The Security Council,

1. Requests the "Office of the </script><script>document.title='broken'</script> Registrar" to report every month;

2. Requests the Secretary-General to report to the Council <img src=x onerror="document.title='broken'"> every month.
"""

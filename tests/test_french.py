"""French documents give the same records as their English twins; documents in languages that are not read are kept, and say so."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import make
from mandategraph.building.writing import build
from mandategraph.cli import main
from mandategraph.errors import LexiconError
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_glossary, tables_in
from mandategraph.records import ParagraphKind, Statement
from mandategraph.resources import folder, use_instead

PAIRS = yaml.safe_load((Path(__file__).parent / "french.yaml").read_text(encoding="utf-8"))
WORK = "Rappelant ses travaux et ceux de la mission dans la région du lac,\n\n"
FRAMES = {
    "resolution": "Résolution 9999 (2030)\n\nLe Conseil de sécurité,\n\n" + WORK + "{text}\n",
    "preamble": "Résolution 9999 (2030)\n\nLe Conseil de sécurité,\n\n{text}\n\n1. Décide de se réunir dans la région du lac.\n",
    "rights-council": "99/1. Puits\n\nLe Conseil des droits de l'homme,\n\n" + WORK + "{text}\n",
}
COUNCIL = """Nations Unies                                      S/RES/9998 (2031)

Conseil de sécurité

Distr. générale
15 mars 2031

Résolution 9998 (2031)

Adoptée par le Conseil de sécurité à sa 9991e séance, le 15 mars 2031

Le Conseil de sécurité,

Rappelant ses résolutions 2374 (2017) et 2640 (2022),

Prenant note du rapport du Secrétaire général sur les puits du lac (S/2031/950), et saluant ceux qui les curent,

Ayant examiné l'état des ponts,

Agissant en vertu du Chapitre VII de la Charte des Nations Unies,

Puits et ponts

1. Exhorte le Gouvernement du Mali et l'Union africaine à curer les puits, notamment en ouvrant les routes du lac;

2. Décide que la Mission multidimensionnelle intégrée des Nations Unies pour la stabilisation au Mali (MINUSMA) aura pour tâches :

a) De protéger les ponts;

b) D'aider le Gouvernement du Mali à mesurer l'eau, et de rendre compte au Conseil de chaque puits à sec;

3. Prie le Secrétaire général de remettre au Conseil un premier relevé le 30 septembre 2031 au plus tard et un dernier le 28 février 2032 au plus tard;

4. Engage les États Membres à prêter des pompes à la Mission et les invite à lui communiquer leurs cartes;

5. Décide de rester saisi de la question.
"""
RIGHTS = """Nations Unies                                      A/HRC/RES/99/7

Assemblée générale

Distr. générale
14 octobre 2031
Français
Original : anglais

Conseil des droits de l'homme
Quatre-vingt-dix-neuvième session
Point 10 de l'ordre du jour

Résolution adoptée par le Conseil des droits de l'homme le 11 octobre 2031

99/7. L'eau des villages du Tchad

Le Conseil des droits de l'homme,

Rappelant ses résolutions 5/1 et 5/2 du 18 juin 2007 et la résolution 60/251 de l'Assemblée générale, en date du 15 mars 2006,

1. Demande instamment au Gouvernement tchadien de creuser de nouveaux puits;

2. Décide de reconduire pour une période d'un an le mandat de l'Experte indépendante sur la situation des droits de l'homme au Tchad, et prie celle-ci de lui présenter un rapport à sa cent deuxième session et de faire rapport à l'Assemblée générale à sa quatre-vingt-sixième session;

3. Prie le Secrétaire général et la Haute-Commissaire de prêter des sourciers à l'Experte indépendante.
"""
OTHERS = {
    "Spanish": (
        "S/RES/9997 (2031)\n\nEl Consejo de Seguridad,\n\nRecordando su resolución sobre los pozos del lago y de la región,\n\n"
        "1. Pide a la MINUSMA que limpie los pozos del lago y que informe a los pueblos de la región en un mes;\n"
    ),
    "German": (
        "S/RES/9996 (2031)\n\nDer Sicherheitsrat,\n\nunter Hinweis auf seine Arbeit an den Brunnen und auf die Lage in der Region,\n\n"
        "1. ersucht die MINUSMA, die Brunnen zu reinigen und dem Rat über den Zustand der Brücken zu berichten;\n"
    ),
}


def _said(text: str, frame: str, name: str) -> tuple[str, list[Any]]:
    """Return the language of a text, and what its own statements, figures, relations and mandates say, whatever its words are."""
    document, reading = make.reader().read(make.source(frame.format(text=text), name))
    start = frame.index("{text}")
    own = range(start, start + len(text))
    said: list[Any] = [_fields(s) for s in reading.statements if s.trigger.start in own]
    said += [(r.subject, r.relation, r.object) for r in reading.relations if r.span.start in own]
    said += [
        (i.value, i.unit, i.about, i.target, i.bound, bool(i.of)) for i in reading.indicators if i.span.start in own
    ]
    return document.language, [*said, *((c.what, c.holder) for c in reading.contents)]


def _fields(s: Statement) -> dict[str, Any]:
    return {
        "paragraph": s.paragraph,
        "verb": s.verb,
        "act": s.act,
        "strength": s.strength,
        "issuer": s.issuer,
        "addressees": [party.actor for party in s.addressees],
        "actions": s.actions,
        "counterparts": {each.actor: each.role for each in s.counterparts},
        "instruments": sorted(s.instruments),
        "deadlines": [(each.kind, each.value, each.resolves) for each in s.deadlines],
        "conditions": len(s.conditions),
        "status": s.status,
        "bindingness": s.bindingness,
        "products": s.products,
    }


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_a_sentence_and_its_twin_give_the_same_statements(pair: dict[str, Any]) -> None:
    form = pair.get("form", "resolution")
    name = "A_HRC_RES_99_1" if form == "rights-council" else "S_RES_9999_2030"
    language, french = _said(pair["french"], FRAMES[form], name)
    _, english = _said(pair["english"], make.FORMS[form][1], name)
    assert language == "fr"
    assert french
    assert french == [each for each in english if each not in [tuple(r) for r in pair.get("unread", ())]]


def test_there_are_thirty_pairs() -> None:
    assert len({pair["french"] for pair in PAIRS}) == len(PAIRS) >= 30


def _read(text: str) -> dict[str, Statement]:
    _, reading = make.reader().read(make.source(text, "x"))
    return {s.paragraph: s for s in reading.statements}


def test_the_masthead_of_the_security_council() -> None:
    document, reading = make.reader().read(make.source(COUNCIL, "x"))
    assert (document.symbol, document.date, document.body) == ("S/RES/9998 (2031)", "2031-03-15", "Security Council")
    assert (document.title, document.language, document.is_read) == ("Résolution 9998 (2031)", "fr", True)
    kinds = {p.label: p.kind for _, p in document.paragraphs()}
    assert [label for label, kind in kinds.items() if kind is ParagraphKind.PREAMBULAR] == ["pp1", "pp2", "pp3", "pp4"]
    assert [s.title for s in document.sections if s.title] == ["Puits et ponts"]
    assert [s.verb for s in reading.statements][:5] == ["recall", "take note", "welcome", "consider", "act"]
    assert reading.unread == ()


def test_a_mission_and_its_tasks() -> None:
    found = _read(COUNCIL)
    assert {p: (s.verb, s.act.value, s.actions) for p, s in found.items() if p in {"1", "2(a)", "2(b)"}} == {
        "1": ("urge", "directive", ("clean",)),
        "2(a)": ("decide", "directive", ("protect",)),
        "2(b)": ("decide", "directive", ("assist", "report")),
    }
    assert [p.actor for p in found["2(a)"].addressees] == ["MINUSMA"]
    assert [d.surface for d in found["2(b)"].deeds] == ["aider", "rendre compte"]
    roles = {c.actor: c.role for c in found["2(b)"].counterparts}
    assert roles == {"GovernmentOfMali": "beneficiary", "SecurityCouncil": "recipient"}
    assert [(d.value, d.surface) for d in found["3"].deadlines] == [
        ("2031-09-30", "le 30 septembre 2031"),
        ("2032-02-28", "le 28 février 2032"),
    ]


def test_pronouns_before_verbs() -> None:
    _, reading = make.reader().read(make.source(COUNCIL, "x"))
    last = [s for s in reading.statements if s.paragraph == "4"]
    assert [(s.verb, [(p.surface, p.actor) for p in s.addressees]) for s in last] == [
        ("call upon", [("les États Membres", "MemberStates")]),
        ("invite", [("les", "MemberStates")]),
    ]


def test_themes_binding_force_and_cited_paragraphs() -> None:
    end = "\n6. Rappelle le paragraphe 4 de la résolution 2374 (2017) et le paragraphe 2 ci-dessus, et la protection des civils;\n"
    found = _read(COUNCIL + end)
    assert [(p.instrument, p.label) for p in found["6"].provisions] == [
        ("S/RES/2374 (2017)", "4"),
        ("S/RES/9998 (2031)", "2"),
    ]
    assert found["6"].themes == ("protection_of_civilians",)
    assert found["2"].bindingness.value == "binding"


def test_the_masthead_of_the_human_rights_council() -> None:
    document, _ = make.reader().read(make.source(RIGHTS, "x"))
    masthead = document.masthead
    assert (document.symbol, document.date, document.body) == ("A/HRC/RES/99/7", "2031-10-11", "Human Rights Council")
    assert (document.title, masthead.session, masthead.original) == (
        "L'eau des villages du Tchad",
        "Quatre-vingt-dix-neuvième session",
        "anglais",
    )
    assert (masthead.organ, masthead.agenda_item) == ("Assemblée générale", "10")
    found = _read(RIGHTS)
    assert sorted(found["pp1"].instruments) == ["A/HRC/RES/5/1", "A/HRC/RES/5/2", "A/RES/60/251"]
    assert [(p.surface, p.actor) for p in found["2"].addressees] == [("celle-ci", "IndependentExpert_Chad")]
    assert [d.value for d in found["2"].deadlines] == ["HRC102", "GA86"]
    assert [p.actor for p in found["3"].addressees] == ["SecretaryGeneral", "HighCommissioner"]


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("à la demande des villages", "at the request of villages"),
        ("Demande aux villages de creuser", "Calls upon villages to dig"),
        ("Demande la fin des attaques", "Calls for the end of the attacks"),
        ("de le publier et de ne pas les vendre", "to one= publish and to not them= sell"),
        ("le compte rendu des débats", "the report of the debates"),
        ("en application de la résolution", "pursuant to the resolution"),
        ("en appliquant la résolution", "by implementing the resolution"),
        ("a) De creuser des puits", "a) To dig some well"),
        ("S/RES/2374 (2017)", "S/RES/2374 (2017)"),
        ("la quatre-vingt-dix-neuvième session", "the ninety-ninth session"),
        ("protégera les puits et curera les canaux", "shall protect the well and clean the canaux"),
        ("appui technique, financier et logistique", "support"),
        ("tous les six mois", "every six months"),
        ("tous les villages", "all villages"),
    ],
)
def test_what_words_are_for_the_grammar(printed: str, said: str) -> None:
    glossary = tables_in(make.tables(), "fr").glossary
    assert glossary is not None
    assert glossary.said(printed) == said


@pytest.mark.parametrize("language", OTHERS)
def test_a_document_in_another_language_is_kept_and_refused_for_reading(language: str, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(OTHERS[language], encoding="utf-8")
    document, reading = make.reader().read(make.source(OTHERS[language], "notice"))
    assert (document.language_name, document.is_read, reading.statements, reading.unread) == (language, False, (), ())
    assert "MINUSMA" in {mention.entity for _, _, mention in reading.mentions}
    with GraphStore.in_memory() as store:
        (report,) = build([tmp_path / "notice.txt"], store)
    assert (report.outcome, report.key) == ("built", document.symbol)
    assert report.problem.startswith(
        f"no statement was read: it seems to be in {language}, and only documents in English and"
    )


def test_english_does_not_load_french() -> None:
    reader = type(make.reader())(make.tables(), make.reader().annotator)
    reader.read(make.source(make.FORMS["resolution"][1].format(text="1. Urges all States to dig;"), "x"))
    assert reader._others == {}


def test_the_french_sentence_answers_a_question(tmp_path: Path) -> None:
    file, store = tmp_path / "council.txt", tmp_path / "store"
    text = FRAMES["resolution"].format(text=PAIRS[0]["french"])
    file.write_text(text, encoding="utf-8")
    runner = CliRunner()
    built = runner.invoke(main, ["build", "--store", str(store), str(file)])
    assert built.exit_code == 0, built.output
    asked = runner.invoke(main, ["query", "--store", str(store), "reports", "--format", "csv"])
    assert asked.exit_code == 0, asked.output
    assert "Prie le Secrétaire général de lui rendre compte de l'état des puits tous les trois mois" in asked.output
    assert "P3M" in asked.output


@pytest.mark.parametrize(
    ("name", "row", "problem"),
    [
        ("glossary.fr.csv", "puits,noon,well,,,x\n", "unknown kind or context of 'puits'"),
        ("glossary.fr.csv", "puits,noun,well,nothing,,x\n", "unknown kind or context of 'puits'"),
        ("conjugation.fr.csv", "faire,make,faisant|fait,x\n", "'faire' has 2 forms"),
        ("conjugation.fr.csv", "boire,drink,,x\n", "'boire' has 0 forms"),
        ("names.fr.csv", "NoSuchBody,Puits,,x\n", "'NoSuchBody' is in no gazetteer"),
    ],
)
def test_a_wrong_row_is_named(
    name: str, row: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    shutil.copytree(str(folder("data")), data, ignore=shutil.ignore_patterns("samples"))
    file = next(data.rglob(name))
    file.write_text(file.read_text(encoding="utf-8") + row, encoding="utf-8")
    monkeypatch.setattr("mandategraph.resources._INSTEAD", {})
    use_instead("data", data)
    with pytest.raises(LexiconError, match=problem) as error:
        tables_in(make.tables(), "fr")
    assert error.value.where.startswith(f"{name}:")


def test_a_language_without_verbs_has_a_glossary_of_words(tmp_path: Path) -> None:
    (tmp_path / "glossary.xx.csv").write_text(
        "forms,kind,gloss,before,after,source\nwu,word,of,,,x\n", encoding="utf-8"
    )
    assert load_glossary(tmp_path, "xx", {}).said("wu Wu") == "of Of"

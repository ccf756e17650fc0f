"""The judge of queries: what is SPARQL 1.1 for reading, what is not, and how long it takes to say so."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store
from rdflib.plugins.sparql.parser import parseQuery

from mandategraph.answering.judging import DEEPEST, LONGEST, MOST_OPERATORS, _first, _Part, _rules, judge
from mandategraph.answering.questions import load_question, question_names
from mandategraph.answering.refusing import Kind, syntax_fault

# Each is SPARQL 1.1, and together they go through every production of its grammar for queries.
RIGHT = """
SELECT * WHERE { ?s ?p ?o }
select distinct ?s ?p from <http://x/> from named <http://y/> where { ?s ?p ?o . } order by ?s desc(?p) limit 5 offset 2
SELECT REDUCED (COUNT(DISTINCT *) AS ?n) (SUM(?x) AS ?m) { ?s ?p ?x } GROUP BY ?s (STR(?s) AS ?t) STRLEN(?t) HAVING (COUNT(*) > 1) OFFSET 3 LIMIT 4
BASE <http://x/> PREFIX : <http://x/> PREFIX a.b: <y> ASK { a.b:c :d <e> , "f"@en-GB , 'g'^^:h ; :i 1 , 2.5 , 3e4 , -1 , +.5 ; . }
CONSTRUCT { ?s ?p [] . [ ?p ?o ] ?q () . ( 1 ?x ) ?q ?z } WHERE { ?s ?p ?o } LIMIT 1
CONSTRUCT FROM <http://x/> WHERE { ?s ?p ?o . ?o ?p "x" }
DESCRIBE <http://x/> ?s WHERE { ?s a ?o } ORDER BY ASC(?s)
DESCRIBE * FROM <http://x/> { ?s ?p ?o }
ASK { { ?s ?p ?o } UNION { ?s ?p 1 } UNION { } OPTIONAL { ?a ?b ?c } MINUS { ?s ?p 2 } GRAPH ?g { ?x ?y ?z } GRAPH <http://x/> { } }
ASK { FILTER (?a = 1 || ?b != 2 && ?c < 3 && ?d > 4 || ?e <= 5 && ! (?f >= 6)) FILTER REGEX(?a, "b", "i") FILTER (1 IN (1, 2) && 3 NOT IN ()) }
ASK { FILTER EXISTS { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p 1 } FILTER (?a+1-2*3/4 = -?b +5 -6) BIND (IF(BOUND(?a), COALESCE(?a, 1), BNODE()) AS ?y) }
ASK { ?s (a|^a/!a)*/!(^a|<http://x/>)+/(<http://x/>?) ?o ; ^<http://y/> ?z , ?w . [ a ?x ] a|a ?y . ( ?q 1 ) a/a () }
SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 1 VALUES ?s { <http://x/> UNDEF } } VALUES (?a ?b) { (1 UNDEF) (true "x") (false 1) } VALUES () { () } }
SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=", ") AS ?c) (SAMPLE(?x) AS ?d) (MIN(?x) AS ?e) { ?s ?p ?x } VALUES ?x { 1 }
SELECT (REPLACE(SUBSTR(?x, 1, 2), "a", "b", "i") AS ?r) (<http://x/f>(DISTINCT 1, ?x) AS ?f) (<http://x/g>() AS ?h) (RAND() AS ?i) { ?s ?p ?x }
SELECT ?service { ?service ?SERVICE 'SERVICE' } # SERVICE <http://x/> { }
PREFIX service: <http://x/> SELECT * { service:SERVICE service:of <http://x/SERVICE> , "INSERT" , 'it\\'s' , \"\"\"a "" 'SERVICE' b\"\"\" , '''x''' , "" }
PREFIX e: <http://x/> SELECT * { e:a\\'b ?p e:c%20d.e , e:1.2 , e:f:g . ?s ?p _:b.1 , _:c . e: ?p ?o.?x ?y 1.?z ?w true }
SELECT * { ?s ?p "caf\\u00E9" , <http://x/caf\\u00e9> } #\\u000A is no line here, but a sign that is written out
""".strip().splitlines()  # fmt: skip
RIGHT[-1] = RIGHT[-1].partition(" #")[0]

WRONG = [
    ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", Kind.SERVICE, 1, 12),
    ("SELECT * { service silent ?where { ?s ?p ?o } }", Kind.SERVICE, 1, 12),
    ("SELECT * {\r# x\rSERVICE <http://x/> { ?s ?p ?o } }", Kind.SERVICE, 3, 1),
    ("SELECT * {\r\n# x\r\n SERVICE <http://x/> { ?s ?p ?o } }", Kind.SERVICE, 3, 2),
    ("SELECT * { SERVICESILENT<http://x/>{ ?s ?p ?o } }", Kind.SYNTAX, 1, 12),
    ("PREFIX : <http://x/> SELECT * { SERVICE:x { ?s ?p ?o } }", Kind.SYNTAX, 1, 43),
    ("SELECT * { BIND(1SERVICE<http://x/>{ } }", Kind.SERVICE, 1, 18),
    ("SELECT * { ?s ?p 1SERVICE<http://x/>{ ?s ?p ?o } }", Kind.SERVICE, 1, 19),
    ("SELECT * { ?s ?p 1.SERVICE<http://x/>{ ?s ?p ?o } }", Kind.SERVICE, 1, 20),
    ("SELECT * { ?s ?p trueSERVICE<http://x/>{ ?s ?p ?o } }", Kind.SYNTAX, 1, 18),
    ("SELECT * { ?s ?p 'x'SERVICE<http://x/>{ ?s ?p ?o } }", Kind.SERVICE, 1, 21),
    ("SELECT * { ?s ?p 'x'@enSERVICE<http://x/>{ ?s ?p ?o } }", Kind.SYNTAX, 1, 31),
    ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", Kind.SYNTAX, 1, 12),
    ("SELECT * { ?s ?p '\\u0027 . SERVICE <http://x/> { } #' }", Kind.SYNTAX, 1, 19),
    ("SELECT * { ?s ?p ?o \\u0023 } \n SERVICE", Kind.SYNTAX, 1, 21),
    ("PREFIX e: <http://x/> SELECT * { e:a\\' ?p ?o . SERVICE <http://x/> { } . e:b\\' ?q ?r }", Kind.SERVICE, 1, 48),
    ("SELECT * { FILTER(?a<?b)SERVICE<http://x/>{?s ?p ?o} FILTER(?c>?d) }", Kind.SERVICE, 1, 25),
    ('SELECT * { ?s ?p """ \\""" SERVICE """ . SERVICE <http://x/> { } }', Kind.SERVICE, 1, 41),
    ("ASK { { SELECT * { OPTIONAL { SERVICE ?x { } } } } }", Kind.SERVICE, 1, 31),
    ("ASK { FILTER EXISTS { SERVICE ?x { } } }", Kind.SERVICE, 1, 23),
    ("INSERT DATA { <x:a> <x:b> <x:c> }", Kind.UPDATE, 1, 1),
    ("PREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }", Kind.UPDATE, 2, 1),
    ("SELECT * { } ; DROP ALL", Kind.SYNTAX, 1, 14),
    ("ASK { } CLEAR ALL", Kind.UPDATE, 1, 9),
    ("LOAD <http://x/>", Kind.UPDATE, 1, 1),
    ("with <http://x/> insert { } where { }", Kind.UPDATE, 1, 1),
    ("SELECT * { ?s ?p ?o", Kind.SYNTAX, 1, 20),
    ("SELECT * WHERE {\n ?s ?p }", Kind.SYNTAX, 2, 8),
    ("SELECT * { ?s ?p 'x }", Kind.SYNTAX, 1, 18),
    ("SELECT * { ?s ?p '''x }", Kind.SYNTAX, 1, 18),
    ("SELECT * { ?s ?p 'x\ny' }", Kind.SYNTAX, 1, 18),
    ("SELECT * { ?s LATERAL ?o }", Kind.SYNTAX, 1, 15),
    ("SELECT * { LATERAL { } }", Kind.SYNTAX, 1, 12),
    ("SELECT * { ?s ?p <http://x y/> }", Kind.SYNTAX, 1, 18),
    ("\ufeffSELECT * { }", Kind.SYNTAX, 1, 1),
    ("SELECT * { ?s ?p ?o } \x00", Kind.SYNTAX, 1, 23),
    ("", Kind.SYNTAX, 1, 1),
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_what_reads_is_let_through_as_other_readers_of_sparql_do(text: str) -> None:
    assert judge(text) is None
    parseQuery(text)
    if "DISTINCT 1" not in text:
        Store().query(text, base_iri="http://x/")


@pytest.mark.parametrize(("text", "kind", "line", "column"), WRONG)
def test_what_does_not_read_is_refused_by_name_and_place(text: str, kind: Kind, line: int, column: int) -> None:
    fault = judge(text)
    assert fault is not None
    assert (fault.kind, fault.line, fault.column) == (kind, line, column), fault
    if kind in {Kind.SERVICE, Kind.UPDATE}:
        at = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[line - 1][column - 1 :]
        assert re.match(fault.said.split()[0], at, re.IGNORECASE)


def test_service_is_for_those_who_mean_it() -> None:
    text = "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }"
    assert judge(text, allow_service=True) is None
    wrong = judge("CLEAR ALL", allow_service=True)
    assert wrong is not None
    assert wrong.kind == Kind.UPDATE


def test_all_questions_of_the_program_pass() -> None:
    texts = [question.text for question in map(load_question, question_names()) if not question.by]
    for text in texts:
        assert judge(text) is None, text


def test_the_cases_go_through_the_whole_grammar() -> None:
    """Every keyword and sign of the grammar, but for SERVICE, stands in a case that is let through, or is a name of a function."""
    rules, _ = _rules()
    parts, names = list(rules.values()), set()
    while parts:
        part = parts.pop()
        parts.extend(part.parts)
        names |= {part.name} if part.kind == "name" and part.name not in rules else set()
    functions = {each.name for rule in ("One", "Two", "None") for each in rules[rule].parts}
    written = " ".join(RIGHT).upper()
    for name in names - functions - {"SERVICE", "SILENT", "CONCAT", "AVG", "MAX"}:
        assert not name.isupper() or re.search(rf"\b{name}\b", written), name


def test_one_token_decides_each_step() -> None:
    """The grammar is LL(1): no two branches begin with the same terminal, and of what may be left out nothing that follows does."""
    rules, firsts = _rules()
    parts: list[_Part] = list(rules.values())
    while parts:
        part = parts.pop()
        parts.extend(part.parts)
        if part.kind == "any":
            begun = [name for each in part.parts for name in _first(each, rules, firsts) if name]
            assert len(begun) == len(set(begun)), part


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * (DEEPEST + 1) + "}" * (DEEPEST + 1),
        "ASK { FILTER " + "(" * DEEPEST + "1" + ")" * DEEPEST + " }",
        "ASK { FILTER(" + "1+" * MOST_OPERATORS + "1) }",
        "ASK { " + "BIND(1 AS ?x) " * (MOST_OPERATORS + 1) + "}",
        "ASK { FILTER(" + "!(" * 50 + "+(" * 50 + "1" + "))" * 50 + ") }",
        "#" * (LONGEST + 1),
    ],
)
def test_depth_and_length_are_bounded(text: str) -> None:
    fault = judge(text)
    assert fault is not None
    assert fault.kind == Kind.SIZE


def test_what_is_long_but_flat_passes() -> None:
    assert judge("ASK { VALUES ?x { " + "1 " * 40_000 + "} }") is None
    assert judge("ASK " + "{" * DEEPEST + "}" * DEEPEST) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["1 ", '"""a ', "'''", '"', "'a' ", "#\n", "2,", ".", "a.", "<a", "<", "( ", "[ ", "\\u00e9", "\\", ":a.", "e:", "?a<", " ", "\r", "+1",
     "'\\", "{", "SERVICE", "SERVICE ", "@a-", "1e", "%20", ":%20\\-"],
)  # fmt: skip
@pytest.mark.parametrize(
    "before", ["ASK { VALUES ?x { ", "ASK { ?s ?p ", "ASK { FILTER(1 IN (", "", "ASK { ?s ?p :a", "ASK { ?s ?p '''"]
)
def test_judging_takes_no_more_than_a_length_allows(before: str, piece: str) -> None:
    """The longest text takes no more than two seconds, which it would not if time went with the square of it."""
    text = (before + piece * LONGEST)[:LONGEST]
    began = time.process_time()
    judge.__wrapped__(text)
    assert time.process_time() - began < 2


PIECES = st.sampled_from(
    [" ", "\t", "\r", "\n", "#", "# x\r", "\\u0053", "\\u0027", "\\", "'", '"', "'''", '"""', "<", ">", "<http://x/>", ":", "e:", "?", "$x",
     "{", "}", "(", ")", "1", "1.", "true", "a", "@en", "^^", "SERVICE", "service", "SERVICESILENT", "SILENT", "SELECT", "ASK", "*", "FILTER",
     "INSERT", "DELETE", "WHERE", "OPTIONAL", "GRAPH", "UNION", ".", ";", ",", "|", "_:", "[", "]", "é", "\u200b", "\U0001f600"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30))
def test_any_text_is_judged(pieces: list[str]) -> None:
    fault = judge("".join(pieces))
    assert fault is None or (fault.line >= 1 and fault.column >= 1 and fault.said)


def test_what_passes_is_followed_alike_with_other_spacing() -> None:
    """Comments and spaces between the terminals change nothing."""
    chance = random.Random(7)
    spaces = [" ", "\t", "\r", "\n", "#SERVICE\r", "# }\n", "  "]
    for text in RIGHT:
        if "#" not in text:
            spaced = re.sub(r"(?<=[{}]) | (?=[{}])", lambda _: chance.choice(spaces), text)
            assert judge(spaced) is None, spaced


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("SELECT ?s WHER { ?s ?p ?o }", (1, 11), "WHER does not fit here: WHERE is meant, perhaps"),
        ("SELECT * {\n ?s ?p ?o", (2, 10), "the query ends before the { of line 1, column 10 is closed"),
        ("SELECT * { ?s ?p ?o )", (1, 21), ") does not close the { of line 1, column 10"),
        ("SELECT * { ?s ?p }", (1, 18), "} does not fit here: a variable, a name or a value would"),
        ("SELECT * { ?s <a b> ?o }", (1, 15), "what stands between < and > is no IRI: it has no spaces, for one"),
        ("SELECT * { ?s ?p ?o } LIMIT x", (1, 29), "x does not fit here: a number would"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text: str, place: tuple[int, int], said: str) -> None:
    fault = judge(text)
    assert fault is not None
    assert ((fault.line, fault.column), fault.said) == (place, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PREFIX a: <http://a/>\nASK { ?s a:b ?o ;\n ex:foo 'no:where' }", "the prefix ex: is not declared"),
        ("SELECT ?n (COUNT(?o) AS ?c) { ?s ?p ?o } GROUP BY ?s", "neither grouped by nor counted"),
        ("SELECT (?x AS ?y) (?z AS ?y) {}", "two columns have one name"),
        ("ASK { ?x ?p ?o BIND(2 AS ?x) }", "the variable after AS has a value already"),
        ("ASK { VALUES (?a ?b) { (1) } }", "another number of values"),
        ("ASK { _:a ?p ?o . { _:a ?q ?r } }", "a blank node stands in two groups"),
    ],
)
def test_what_the_engine_refuses_is_said_without_the_rules_of_its_parser(text: str, said: str) -> None:
    assert judge(text) is None
    with pytest.raises(SyntaxError) as wrong:
        Store().query(text)
    line, column, found = syntax_fault(wrong.value, text)
    assert said in found
    assert line >= 1
    assert column >= 1
    assert not re.search(r"\\u\{|\.\.=|\[_\]|<unreported>", found)

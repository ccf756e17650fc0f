"""Write the reference of the ontology as HTML (pyLODE): `python docs/reference.py FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from pylode import OntPub
from rdflib import SKOS, Graph, Literal, URIRef

ROOT = Path(__file__).resolve().parent.parent
MATCHES = {SKOS.closeMatch: "Close match", SKOS.relatedMatch: "Related match"}


def write(output: Path) -> None:
    """Write the page; matches with other standards, which pyLODE does not show, stand in it as notes."""
    ontology = Graph().parse(ROOT / "ontology" / "mandate.ttl")
    for property_, name in MATCHES.items():
        for term, match in ontology.subject_objects(property_):
            if isinstance(match, URIRef):
                ontology.add((term, SKOS.note, Literal(f"{name}: [{ontology.qname(match)}]({match})", lang="en")))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(OntPub(ontology=ontology).make_html(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))

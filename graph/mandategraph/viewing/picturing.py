"""The store -> what the page draws, as JSON has it: things with places and communities, and obligations in columns.

The page gathers obligations into ties between who bears and to whom, and counts again when a filter is set; so it is given each obligation,
in numbers: a column holds for each obligation the number of its document, act, bearers and so on in the lists beside. Their words come with
the page where it is a file, and are asked for where it is served. Who is only described ("the parties concerned") is not drawn.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mandategraph.answering.network import Network, communities, tied
from mandategraph.errors import QueryError
from mandategraph.exporting.network import read_network
from mandategraph.keeping.naming import ThingKind, find, find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.statements import statements
from mandategraph.recalling.things import concept_labels
from mandategraph.recalling.wanted import Wanted
from mandategraph.viewing.placing import Backbone, backbone, place
from mandategraph.vocabulary import BASE, document_iri, element_id, shorten

_ENDS = {"addressed_to": "bearers", "counterpart": "counterparts", "cites": "cites"}
_VALUES = {"document": "document", "type": "act", "status": "status", "bindingness": "bindingness"}
_BEGINS = {"actor-actor": "", "full": "all", "bipartite": "only"}
_NUMBERED = "statement-"
_NAME = re.compile(r"[a-z0-9-]+")
_DESCRIBED = "#described-party"


def picture(
    store: GraphStore,
    *,
    projection: str = "actor-actor",
    documents: Sequence[str] = (),
    actors: Sequence[str] = (),
    themes: Sequence[str] = (),
    is_served: bool = False,
) -> dict[str, Any]:
    """Return what the page draws.

    Args:
        store: open.
        projection: how it begins, one of `mandategraph.answering.network.PROJECTIONS`: with ties between actors, or with obligations as nodes.
        documents: only what these documents say, by key; all where none is given.
        actors: only obligations and facts that one of these actors or instruments is an end of, by id or symbol.
        themes: only obligations on these themes, by id.
        is_served: whether `mandategraph serve` gives the page, which then leads to others and asks for words.

    Raises:
        QueryError: a document, actor or theme is not there, or nothing is left to draw.
    """
    network = read_network(
        store,
        documents=[document_iri(key) for key in find_documents(store, documents)],
        actors=[find(store, name, (ThingKind.INSTRUMENT, ThingKind.ACTOR)).iri for name in actors],
        themes=[find(store, theme, (ThingKind.THEME,)).iri for theme in themes],
    )
    if not network.number_of_edges():
        raise QueryError("there is nothing to draw", hint="Choose other documents, actors or themes.")
    duties = [node for node, said in network.nodes(data=True) if said["kind"] == "obligation"]
    network.remove_nodes_from([node for node in network if _DESCRIBED in node])
    things = [node for node, said in network.nodes(data=True) if said["kind"] != "obligation"]
    numbers = {node: n for n, node in enumerate(things)}
    labels, lists = concept_labels(store), _Lists()
    shape = backbone(tied(network), _aside(network))
    columns = _columns(network, duties, numbers, lists)
    drawn = {
        "title": "MandateGraph",
        "begins": _BEGINS[projection],
        "served": is_served,
        "things": _things(network, things, shape, labels),
        "communities": _communities(network, things, shape),
        "facts": [_fact(source, target, said, numbers) for source, target, said in _facts(network)],
        "duties": columns,
        "lists": lists.found,
    }
    if not is_served:
        drawn["details"] = [_detail(network.nodes[duty]) for duty in duties]
    used = {*lists.used("act", "theme", "status", "bindingness"), *(network.nodes[each]["type"] for each in things)}
    drawn["labels"] = {id_: labels[id_] for id_ in sorted(used) if id_ in labels}
    return drawn


def details(store: GraphStore, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the words of obligations and where they are read, for a page that is served.

    Args:
        store: open.
        names: of obligations, each the key of its document, # and its name there; those that the store has not are left out.
    """
    parted = (each.partition("#") for each in names)
    iris = [f"{document_iri(key)}#{name}" for key, _, name in parted if _NAME.fullmatch(name)]
    return [
        {
            "id": f"{shorten(document_iri(each.document))}#{each.statement.partition('#')[2]}",
            "label": f"{each.verb}: {', '.join(each.actions)}" if each.actions else each.verb,
            "document": each.document,
            "paragraph": each.paragraph,
            "words": each.text,
            "place": f"/{document_iri(each.document).removeprefix(BASE)}#{each.statement.partition('#')[2]}",
        }
        for each in statements(store, Wanted(statements=tuple(iris)))
        if each.is_obligation
    ]


class _Lists:
    """Lists of values, each once in the order in which it comes, and the number of a value in its list."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)

    def number(self, name: str, value: str) -> int:
        """Return the number of a value."""
        known = self._numbers[name]
        return known.setdefault(value, len(known))

    @property
    def found(self) -> dict[str, list[str]]:
        """The lists."""
        return {name: list(values) for name, values in self._numbers.items()}

    def used(self, *names: str) -> set[str]:
        """Return the values of some lists."""
        return {value for name in names for value in self._numbers[name]}


def _columns(
    network: Network, duties: Sequence[str], numbers: Mapping[str, int], lists: _Lists
) -> dict[str, list[Any]]:
    """Return the obligations in columns; `id` is what stands behind the document in its IRI, and tells it there."""
    columns: dict[str, list[Any]] = defaultdict(list)
    for duty in duties:
        said = network.nodes[duty]
        name_in_document = duty.partition("#")[2]
        number = name_in_document.removeprefix(_NUMBERED)
        columns["id"].append(int(number) if number.isdecimal() else name_in_document)
        for name, list_name in _VALUES.items():
            columns[list_name].append(lists.number(list_name, said[name]))
        columns["strength"].append(said["strength"])
        columns["days"].append(said["deadline"])
        columns["themes"].append([lists.number("theme", theme) for theme in said["themes"].split("|") if theme])
        ends: dict[str, list[int]] = {name: [] for name in _ENDS.values()}
        for _, end, edge in network.out_edges(duty, data=True):
            if edge["type"] in _ENDS:
                ends[_ENDS[edge["type"]]].append(numbers[end])
        for name, found in ends.items():
            columns[name].append(found)
        columns["issuer"].append(
            next((numbers[s] for s, _, e in network.in_edges(duty, data=True) if e["type"] == "issues"), -1)
        )
    return dict(columns)


def _aside(network: Network) -> frozenset[str]:
    """Return who issues more obligations than he bears: in the middle of every picture, and so set aside at first."""
    issued = Counter(source for source, _, said in network.edges(data=True) if said["type"] == "issues")
    borne = Counter(target for _, target, said in network.edges(data=True) if said["type"] == "addressed_to")
    return frozenset(actor for actor, count in issued.items() if count > borne[actor])


def _things(
    network: Network, things: Sequence[str], shape: Backbone, labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    places = place(network, shape)
    groups = {node: n for n, group in enumerate(communities(shape.graph)) for node in group}
    found = []
    for node in things:
        said, (x, y) = network.nodes[node], places[node]
        label = labels.get(shorten(node), said["label"]) if said["kind"] == "other" else said["label"]
        each = {
            "id": node.removeprefix(BASE),
            "label": label,
            "kind": said["kind"],
            "type": said["type"],
            "x": x,
            "y": y,
        }
        each["community"] = groups.get(node, -1)
        if node in shape.aside:
            each["aside"] = True
        found.append(each)
    return found


def _communities(network: Network, things: Sequence[str], shape: Backbone) -> list[int]:
    """Return the number of the largest member of each community, by which it is named."""
    numbers = {node: n for n, node in enumerate(things)}
    return [numbers[group[0]] for group in communities(shape.graph)]


def _facts(network: Network) -> list[tuple[str, str, dict[str, Any]]]:
    kinds = {node: said["kind"] for node, said in network.nodes(data=True)}
    edges = network.edges(data=True)
    return [each for each in edges if "obligation" not in (kinds[each[0]], kinds[each[1]])]


def _fact(source: str, target: str, said: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    place_ = f"/{document_iri(said['document']).removeprefix(BASE)}#{element_id(said['paragraph'])}"
    return {
        "source": numbers[source],
        "target": numbers[target],
        "label": said["label"],
        "document": said["document"],
        "paragraph": said["paragraph"],
        "words": said["quotation"],
        "place": place_,
    }


def _detail(said: Mapping[str, Any]) -> dict[str, str]:
    words = " ".join(said["quotation"].split())
    return {"label": said["label"], "document": said["document"], "paragraph": said["paragraph"], "words": words}

// What is known of a node or an edge, with its sentences; every name leads to its node.

import { type EdgeData, type NodeData, type Picture, wording } from "./data";
import { element } from "./element";
import type { Selection } from "./selecting";

/** What an edge is called from its other end. */
const BACKWARDS: Record<string, string> = {
  issues: "issued by",
  "addressed to": "bears",
  counterpart: "counterpart of",
  cites: "cited by",
  owes: "is owed by",
};

type Visit = (kind: "node" | "edge", n: number) => void;

export class Panel {
  constructor(
    private readonly picture: Picture,
    private readonly place: HTMLElement,
    private readonly visit: Visit,
    private readonly focus: (hops: number) => void,
  ) {}

  close(): void {
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  showNode(n: number, selection: Selection, hops: number): void {
    const node = this.picture.nodes[n]!;
    const facts: [string, string][] = [
      ["type", wording(this.picture, node.type)],
      ["document", [node.document, node.paragraph && `paragraph ${node.paragraph}`].filter(Boolean).join(", ")],
      ["status", node.status],
      ["pressure of the verb", node.kind === "obligation" ? `${node.strength} of 5` : ""],
      ["bindingness", wording(this.picture, node.bindingness)],
      ["due", node.deadline.split("|").join(", ")],
      ["themes", node.themes.map((theme) => wording(this.picture, theme)).join(", ")],
    ];
    const edges = [...selection.edges].filter((e) => this.picture.edges[e]!.source === n || this.picture.edges[e]!.target === n);
    this.fill(node.label, node.kind, facts, node.quotation, [pageLinks(node.place, node.kind === "obligation"), this.focusButtons(hops), this.links(n, edges)]);
  }

  showEdge(n: number): void {
    const edge = this.picture.edges[n]!;
    const ends = [this.picture.nodes[edge.source]!, this.picture.nodes[edge.target]!] as [NodeData, NodeData];
    const duty = ends.find((end) => end.kind === "obligation");
    const facts: [string, string][] = [
      ["from", ends[0].label],
      ["to", ends[1].label],
      ["document", [edge.document, edge.paragraph && `paragraph ${edge.paragraph}`].filter(Boolean).join(", ")],
      ["pressure of the verb", edge.strength ? `${edge.strength} of 5` : ""],
      ["obligations behind it", edge.weight > 1 ? String(edge.weight) : ""],
      ["due", edge.deadline.split("|").join(", ")],
    ];
    const list = element("ul", "links");
    list.append(this.nodeItem(edge.source), this.nodeItem(edge.target));
    this.fill(edge.label, "edge", facts, edge.quotation || duty?.quotation || "", [pageLinks(edge.place, true), list]);
  }

  private fill(title: string, kind: string, facts: [string, string][], quotation: string, rest: Node[]): void {
    const close = element("button", "close", "Close");
    close.addEventListener("click", () => this.visit("node", -1));
    const heading = element("h2", "", title);
    heading.tabIndex = -1;
    const list = element("dl");
    for (const [name, value] of facts) if (value) list.append(element("dt", "", name), element("dd", "", value));
    const words = quotation ? [element("blockquote", "", quotation)] : [];
    this.place.replaceChildren(close, element("p", "kind", kind), heading, list, ...words, ...rest);
    this.place.hidden = false;
    this.place.scrollTop = 0;
  }

  private focusButtons(hops: number): HTMLElement {
    const group = element("div", "focus");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Show");
    for (const [value, words] of [[0, "everything"], [1, "its neighbours"], [2, "two steps"]] as const) {
      const button = element("button", "", words);
      button.setAttribute("aria-pressed", String(value === hops));
      button.addEventListener("click", () => this.focus(value));
      group.append(button);
    }
    return group;
  }

  private links(n: number, edges: number[]): HTMLElement {
    const groups = new Map<string, number[]>();
    for (const e of edges) {
      const edge = this.picture.edges[e]!;
      const name = edge.source === n ? edge.label : (BACKWARDS[edge.label] ?? `${edge.label}, of`);
      groups.set(name, [...(groups.get(name) ?? []), e]);
    }
    const all = element("div");
    for (const [name, members] of [...groups].sort()) {
      all.append(element("h3", "", `${name} (${members.length})`));
      const list = element("ul", "links");
      for (const e of members) list.append(this.edgeItem(n, e, this.picture.edges[e]!));
      all.append(list);
    }
    return all;
  }

  private edgeItem(n: number, e: number, edge: EdgeData): HTMLElement {
    const other = edge.source === n ? edge.target : edge.source;
    const item = this.nodeItem(other);
    const where = element("button", "where", [edge.document, edge.paragraph].filter(Boolean).join(", ") || "details");
    where.title = "Show the edge with its sentence";
    where.addEventListener("click", () => this.visit("edge", e));
    item.append(" ", where);
    return item;
  }

  private nodeItem(n: number): HTMLElement {
    const item = element("li");
    const button = element("button", "link", this.picture.nodes[n]!.label);
    button.addEventListener("click", () => this.visit("node", n));
    item.append(button);
    return item;
  }
}

/** Links to the page of a thing and its neighbourhood, or to its words in the reading view; nothing where no pages are served. */
function pageLinks(place: string | undefined, isSentence: boolean): Node {
  if (!place) return document.createTextNode("");
  const line = element("p");
  const link = (words: string, to: string) => {
    const made = element("a", "page", words);
    made.href = to;
    return made;
  };
  if (isSentence) line.append(link("Read it in the document", place));
  else {
    const name = encodeURIComponent(decodeURIComponent(place.replace(/^\/[^/]+\//, "")));
    line.append(link("All that is known", place), " · ", link("Its network alone", `/explorer?actor=${name}`));
  }
  return line;
}

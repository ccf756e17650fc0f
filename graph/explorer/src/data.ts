// What the page is given: the network as `mandategraph.viewing` writes it, read once.

export type Kind = "actor" | "instrument" | "obligation" | "other";

export interface NodeData {
  id: string;
  label: string;
  kind: Kind;
  type: string;
  strength: number;
  /** The days on which it is due, divided by "|". */
  deadline: string;
  status: string;
  document: string;
  paragraph: string;
  quotation: string;
  themes: string[];
  bindingness: string;
  /** The path of its page, where the page is served. */
  place?: string;
  x: number;
  y: number;
}

export interface EdgeData {
  source: number;
  target: number;
  type: string;
  label: string;
  weight: number;
  strength: number;
  deadline: string;
  document: string;
  paragraph: string;
  quotation: string;
  place?: string;
}

export interface Picture {
  title: string;
  /** Of the store, where the page is served. */
  state?: string;
  labels: Record<string, string>;
  nodes: NodeData[];
  edges: EdgeData[];
}

export function readPicture(): Picture {
  const element = document.getElementById("picture");
  if (!element?.textContent) throw new Error("the page has no network in it");
  return JSON.parse(element.textContent) as Picture;
}

/** The words for an id of a type, theme or relation. */
export function wording(picture: Picture, id: string): string {
  return picture.labels[id] ?? id.replaceAll("_", " ");
}

// What the page is given: things, and obligations in columns, as `mandategraph.viewing.picturing` writes them; read once.

export type Kind = "actor" | "instrument" | "other";

export interface Thing {
  id: string;
  label: string;
  kind: Kind;
  type: string;
  x: number;
  y: number;
  /** The number of its community, where it is in one. */
  community?: number;
  /** Who issues more than he bears is set aside at first. */
  aside?: boolean;
}

export interface Fact {
  source: number;
  target: number;
  label: string;
  document: string;
  paragraph: string;
  words: string;
  place: string;
}

/** Each list has a value for each obligation; but for `id`, `strength` and `days` they are numbers of things, or places in `lists`. */
export interface Duties {
  id: (number | string)[];
  document: number[];
  act: number[];
  status: number[];
  bindingness: number[];
  strength: number[];
  /** The days on which it is due, divided by "|". */
  days: string[];
  themes: number[][];
  bearers: number[][];
  counterparts: number[][];
  cites: number[][];
  issuer: number[];
}

export interface Detail {
  label: string;
  document: string;
  paragraph: string;
  words: string;
  place?: string;
}

export type ListName = "document" | "act" | "status" | "theme" | "bindingness";

export interface Picture {
  /** Which obligations are nodes at the start: none, all, or all and nothing else. */
  begins: "" | "all" | "only";
  served: boolean;
  labels: Record<string, string>;
  things: Thing[];
  /** The largest member of each community. */
  communities: number[];
  facts: Fact[];
  duties: Duties;
  lists: Partial<Record<ListName, string[]>>;
  /** The words of each obligation, where the page is a file. */
  details?: Detail[];
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

/** The name of a thing on the canvas: the acronym where there is one, else the label, cut. */
export function short(thing: Thing): string {
  const id = decodeURIComponent(thing.id.slice(thing.id.lastIndexOf("/") + 1));
  if (thing.kind === "actor" && /^[A-Z][A-Z0-9_-]{1,9}$/.test(id)) return id.replaceAll("_", "-");
  const label = thing.label.replace(/ of the United Nations$/, "");
  return label.length > 34 ? `${label.slice(0, 32).trimEnd()}…` : label;
}

/** How often something is there, in words. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

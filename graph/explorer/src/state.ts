// What is chosen, kept in the fragment of the address, so that a link shows the same picture and Back leads to the one before.

export interface State {
  /** A thing by its id, or a tie by those of its two ends, with a space between. */
  node: string;
  tie: string;
  /** The largest member of a community, by its id. */
  group: string;
  hops: number;
  /** Which obligations are nodes: none, those of the chosen thing, all, or all and no ties of facts. */
  duties: "" | "its" | "all" | "only";
  /** Whether those who are set aside are drawn, and stated facts. */
  bodies: boolean;
  facts: boolean;
  /** Ties of fewer obligations are not drawn; 0 where nobody chose. */
  least: number;
  documents: string[];
  types: string[];
  themes: string[];
  acts: string[];
  statuses: string[];
  min: number;
  max: number;
  from: string;
  to: string;
}

export const LISTS = ["documents", "types", "themes", "acts", "statuses"] as const;
export type FilterName = (typeof LISTS)[number];
const TEXTS = ["node", "tie", "group", "from", "to"] as const;

export function emptyState(begins: State["duties"]): State {
  return {
    node: "", tie: "", group: "", hops: 0, duties: begins, bodies: false, facts: begins === "all", least: 0,
    documents: [], types: [], themes: [], acts: [], statuses: [], min: 0, max: 5, from: "", to: "",
  };
}

export function toFragment(state: State, begins: State["duties"]): string {
  const usual = emptyState(begins);
  const given = new URLSearchParams();
  for (const name of TEXTS) if (state[name]) given.set(name, state[name]);
  for (const name of LISTS) for (const value of state[name]) given.append(name, value);
  for (const name of ["bodies", "facts"] as const) if (state[name] !== usual[name]) given.set(name, state[name] ? "1" : "0");
  if (state.duties !== usual.duties) given.set("duties", state.duties || "none");
  for (const name of ["hops", "least", "min", "max"] as const) if (state[name] !== usual[name]) given.set(name, String(state[name]));
  return given.toString();
}

export function fromFragment(fragment: string, begins: State["duties"]): State {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = emptyState(begins);
  for (const name of TEXTS) state[name] = given.get(name) ?? "";
  for (const name of LISTS) state[name] = given.getAll(name);
  for (const name of ["bodies", "facts"] as const) if (given.has(name)) state[name] = given.get(name) === "1";
  const duties = given.get("duties") ?? "";
  if (duties === "none") state.duties = "";
  else if (duties === "its" || duties === "all" || duties === "only") state.duties = duties;
  state.hops = within(given.get("hops"), 0, 3, 0);
  state.least = within(given.get("least"), 0, 9999, 0);
  state.min = within(given.get("min"), 0, 5, 0);
  state.max = within(given.get("max"), 0, 5, 5);
  return state;
}

function within(text: string | null, low: number, high: number, otherwise: number): number {
  const value = Number(text ?? NaN);
  return text !== null && Number.isInteger(value) && value >= low && value <= high ? value : otherwise;
}

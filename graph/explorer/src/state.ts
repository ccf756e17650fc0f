// What is chosen, kept in the fragment of the address, so that a link shows the same picture.

export interface State {
  node: string;
  edge: string;
  hops: number;
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
export type ListName = (typeof LISTS)[number];

export function emptyState(): State {
  return {
    node: "", edge: "", hops: 0, documents: [], types: [], themes: [], acts: [], statuses: [], min: 0, max: 5, from: "", to: "",
  };
}

export function toFragment(state: State): string {
  const given = new URLSearchParams();
  for (const name of ["node", "edge", "from", "to"] as const) if (state[name]) given.set(name, state[name]);
  for (const name of LISTS) for (const value of state[name]) given.append(name, value);
  if (state.hops) given.set("hops", String(state.hops));
  if (state.min > 0) given.set("min", String(state.min));
  if (state.max < 5) given.set("max", String(state.max));
  return given.toString();
}

export function fromFragment(fragment: string): State {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = emptyState();
  for (const name of ["node", "edge", "from", "to"] as const) state[name] = given.get(name) ?? "";
  for (const name of LISTS) state[name] = given.getAll(name);
  state.hops = within(given.get("hops"), 0, 3, 0);
  state.min = within(given.get("min"), 0, 5, 0);
  state.max = within(given.get("max"), 0, 5, 5);
  return state;
}

function within(text: string | null, low: number, high: number, otherwise: number): number {
  const value = Number(text ?? NaN);
  return Number.isInteger(value) && value >= low && value <= high ? value : otherwise;
}

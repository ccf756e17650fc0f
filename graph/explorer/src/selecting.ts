// Which nodes and edges a state shows.

import type { Picture } from "./data";
import type { State } from "./state";

export interface Selection {
  nodes: Set<number>;
  edges: Set<number>;
}

/** Obligations are filtered by all that is said of them; actors by type; what then has no edge left is not shown. */
export function select(picture: Picture, state: State): Selection {
  const { nodes, edges } = picture;
  const aboutDuties =
    state.themes.length + state.acts.length + state.statuses.length > 0 ||
    state.min > 0 || state.max < 5 || state.from !== "" || state.to !== "";
  const kept = nodes.map((node) => {
    if (node.kind === "obligation") {
      return (
        holds(state.documents, node.document) && holds(state.acts, node.type) && holds(state.statuses, node.status) &&
        node.strength >= state.min && node.strength <= state.max && inTime(node.deadline, state) &&
        (state.themes.length === 0 || node.themes.some((theme) => state.themes.includes(theme)))
      );
    }
    return node.kind !== "actor" || holds(state.types, node.type);
  });
  const shown = new Set<number>();
  edges.forEach((edge, n) => {
    const ends = [nodes[edge.source]!, nodes[edge.target]!];
    const ofDuty = ends.some((end) => end.kind === "obligation");
    const owed = edge.type === "owes";
    if (!kept[edge.source] || !kept[edge.target] || !holds(state.documents, edge.document)) return;
    if (aboutDuties && !ofDuty && !owed) return;
    if (owed && (edge.strength < state.min || edge.strength > state.max || !inTime(edge.deadline, state))) return;
    shown.add(n);
  });
  const used = new Set<number>();
  for (const n of shown) used.add(edges[n]!.source).add(edges[n]!.target);
  const focus = state.hops > 0 ? nodes.findIndex((node) => node.id === state.node) : -1;
  if (focus < 0) return { nodes: used, edges: shown };
  const near = around(picture, shown, focus, state.hops);
  return { nodes: near, edges: new Set([...shown].filter((n) => near.has(edges[n]!.source) && near.has(edges[n]!.target))) };
}

function holds(wanted: string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

function inTime(days: string, state: State): boolean {
  if (!state.from && !state.to) return true;
  const falls = (day: string) => day !== "" && (!state.from || day >= state.from) && (!state.to || day <= state.to);
  return days.split("|").some(falls);
}

function around(picture: Picture, shown: Set<number>, start: number, hops: number): Set<number> {
  const found = new Set([start]);
  let border = new Set([start]);
  for (let step = 0; step < hops; step++) {
    const next = new Set<number>();
    for (const n of shown) {
      const { source, target } = picture.edges[n]!;
      if (border.has(source) && !found.has(target)) next.add(target);
      if (border.has(target) && !found.has(source)) next.add(source);
    }
    for (const n of next) found.add(n);
    border = next;
  }
  return found;
}

// The page: state from the address, filters and search into the state, the state into drawing and panel.

import { readPicture } from "./data";
import { Drawing } from "./drawing";
import { Filters } from "./filters";
import { Panel } from "./panel";
import { addSearch } from "./searching";
import { select } from "./selecting";
import { watch } from "./staleness";
import { emptyState, fromFragment, type State, toFragment } from "./state";

const by = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const picture = readPicture();
const numberOf = new Map(picture.nodes.map((node, n) => [node.id, n]));
let state = fromFragment(location.hash);

const visit = (kind: "node" | "edge", n: number, move = true) => {
  const hops = kind === "node" && n >= 0 ? state.hops : 0;
  set(kind === "node" ? { node: picture.nodes[n]?.id ?? "", edge: "", hops } : { node: "", edge: String(n), hops });
  if (kind === "node" && n >= 0 && move) drawing.visit(n);
};
const panel = new Panel(picture, by("panel"), visit, (hops) => set({ hops }));
const filters = new Filters(picture, by("filters"), set);
const drawing = new Drawing(picture, by("canvas"), (n) => visit("node", n, false), (n) => visit("edge", n), () => visit("node", -1));

function set(change: Partial<State>): void {
  state = { ...state, ...change };
  history.replaceState(null, "", `#${toFragment(state)}`);
  show();
}

function show(): void {
  const selection = select(picture, state);
  const node = numberOf.get(state.node) ?? -1;
  const edge = state.edge !== "" && picture.edges[Number(state.edge)] ? Number(state.edge) : -1;
  drawing.show(selection, node, edge);
  filters.show(state);
  if (edge >= 0) panel.showEdge(edge);
  else if (node >= 0) panel.showNode(node, selection, state.hops);
  else panel.close();
  by("counts").textContent = `${selection.nodes.size} of ${picture.nodes.length} nodes, ${selection.edges.size} of ${picture.edges.length} edges`;
  by("empty").hidden = selection.edges.size > 0;
}

addSearch(picture, by<HTMLInputElement>("search"), by("suggestions"), (n) => visit("node", n));
by("reset").addEventListener("click", () => {
  set(emptyState());
  drawing.whole();
});
by("zoom-in").addEventListener("click", () => drawing.zoom(0.7));
by("zoom-out").addEventListener("click", () => drawing.zoom(1.4));
by("whole").addEventListener("click", () => drawing.whole());
by("png").addEventListener("click", () => void drawing.savePng());
by("svg").addEventListener("click", () => drawing.saveSvg());
by("menu").addEventListener("click", () => {
  const open = document.body.classList.toggle("open");
  by("menu").setAttribute("aria-expanded", String(open));
});
by("canvas").addEventListener("keydown", (event) => {
  const moves: Record<string, [number, number]> = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
  const move = moves[event.key];
  if (move) drawing.pan(...move);
  else if (event.key === "+") drawing.zoom(0.7);
  else if (event.key === "-") drawing.zoom(1.4);
  else return;
  event.preventDefault();
});
addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !typing) {
    by("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape") visit("node", -1);
});
addEventListener("hashchange", () => {
  state = fromFragment(location.hash);
  show();
});
show();
requestAnimationFrame(() => {
  if (state.node) drawing.visit(numberOf.get(state.node) ?? -1);
});
if (picture.state) {
  by("pages").hidden = false;
  watch(picture.state, () => (by("stale").hidden = false));
}
document.body.dataset.ready = "true";

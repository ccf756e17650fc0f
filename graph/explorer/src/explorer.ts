// The page: state from the address, filters and search into the state, the state into drawing and panel.

import { counted, readPicture } from "./data";
import { Drawing } from "./drawing";
import { Filters } from "./filters";
import { Groups } from "./groups";
import { Panel } from "./panel";
import { compose } from "./scene";
import { addSearch } from "./searching";
import { Sentences } from "./sentences";
import { emptyState, fromFragment, type State, toFragment } from "./state";
import { gather } from "./ties";

const by = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const picture = readPicture();
const { things } = picture;
const numberOf = new Map(things.map((thing, n) => [thing.id, n]));
let state = fromFragment(location.hash, picture.begins);
let duty = -1;

const panel = new Panel(picture, by("panel"), new Sentences(picture), (change) => set(change, true));
const filters = new Filters(picture, by("filters"), (change) => set(change));
const groups = new Groups(picture, by("communities"), (change) => set(change, true));
const drawing = new Drawing(by("canvas"), {
  onMark: (mark) => (mark.thing >= 0 ? set({ node: things[mark.thing]!.id, tie: "", group: "" }) : showDuty(mark.duty)),
  onLine: (line) => {
    if (line.tie) set({ node: "", tie: line.tie, group: "", hops: 0 });
    else if (line.duty >= 0) showDuty(line.duty);
    else if (line.fact >= 0) set({ node: things[picture.facts[line.fact]!.source]!.id, tie: "", group: "" });
  },
  onNothing: letGo,
});

/** Change the state, as a step that Back undoes; with `move` the camera goes to what is lit. */
function set(change: Partial<State>, move = false): void {
  state = { ...state, ...change };
  duty = -1;
  const fragment = `#${toFragment(state, picture.begins)}`;
  if (fragment !== location.hash && (fragment !== "#" || location.hash)) history.pushState(null, "", fragment);
  show(move);
}

function letGo(): void {
  if (state.node || state.tie || state.group || duty >= 0) set({ node: "", tie: "", group: "", hops: 0, duties: state.duties === "its" ? "" : state.duties });
}

function showDuty(n: number): void {
  duty = n;
  panel.showDuty(n);
}

function show(move: boolean): void {
  const ties = gather(picture, state);
  const scene = compose(picture, state, ties);
  const node = numberOf.get(state.node);
  const tie = ties.owed.get(state.tie);
  const group = picture.communities.findIndex((n) => things[n]!.id === state.group);
  drawing.show(scene, node === undefined ? "" : state.node);
  filters.show(state, scene.least);
  groups.show(state);
  if (tie) panel.showTie(tie);
  else if (node !== undefined) panel.showThing(node, state, scene, ties);
  else if (group >= 0) panel.showGroup(things[picture.communities[group]!]!.label, things.filter((thing) => thing.community === group));
  else panel.showAll(scene, ties);
  const drawn = scene.lines.filter((line) => line.tie).length;
  const marks = [...scene.marks.values()].filter((mark) => mark.thing >= 0).length;
  by("counts").textContent = `${counted(marks, "actor or instrument", "actors and instruments")}, ${drawn} of ${counted(scene.ties, "tie")}, ${counted(ties.duties.length, "obligation")}`;
  by("empty").hidden = scene.marks.size > 0;
  if (move) drawing.fit(state.hops ? scene.marks.keys() : [...scene.lit].filter((key) => scene.marks.has(key)));
}

addSearch(picture, by<HTMLInputElement>("search"), by("suggestions"), (n) => set({ node: things[n]!.id, tie: "", group: "" }, true));
by("reset").addEventListener("click", () => {
  set(emptyState(picture.begins));
  drawing.whole();
});
by("zoom-in").addEventListener("click", () => drawing.zoom(0.7));
by("zoom-out").addEventListener("click", () => drawing.zoom(1.4));
by("whole").addEventListener("click", () => drawing.whole());
by("png").addEventListener("click", () => drawing.savePng());
by("svg").addEventListener("click", () => drawing.saveSvg());
by("menu").addEventListener("click", () => {
  const open = by("network").classList.toggle("open");
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
  } else if (event.key === "Escape") letGo();
});
addEventListener("popstate", () => {
  state = fromFragment(location.hash, picture.begins);
  duty = -1;
  show(false);
});
show(false);
requestAnimationFrame(() => {
  drawing.whole();
  if (state.node || state.tie || state.group) show(true);
});
document.body.dataset.ready = "true";

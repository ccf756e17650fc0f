// What is drawn: nodes and edges with their places and sizes, of the obligations that fit, and which of them are lit.

import { type Picture, short, type Thing } from "./data";
import type { State } from "./state";
import { keyOf, type Tie, type Ties } from "./ties";

export type Shape = "circle" | "square" | "ring";
export type EdgeKind = "owes" | "asks" | "fact" | "cites";

export interface Mark {
  key: string;
  x: number;
  y: number;
  size: number;
  shape: Shape;
  /** The number of its community, by which it is coloured. */
  community: number;
  label: string;
  /** The number of the thing or of the obligation, the other -1. */
  thing: number;
  duty: number;
}

export interface Line {
  key: string;
  source: string;
  target: string;
  size: number;
  kind: EdgeKind;
  /** What is written on it where it is lit. */
  label: string;
  /** The key of the tie, the number of the fact or of the obligation; "" or -1. */
  tie: string;
  fact: number;
  duty: number;
}

export interface Scene {
  marks: Map<string, Mark>;
  lines: Line[];
  /** Keys of marks and lines; empty where nothing is chosen. */
  lit: Set<string>;
  /** Ties of fewer obligations are left out. */
  least: number;
  /** How many ties fit, drawn or not. */
  ties: number;
  /** How many obligations of the chosen thing are too many to draw. */
  left: number;
}

/** No more ties are drawn than can be told apart; the same number stands in `mandategraph.viewing.placing`. */
const MOST_TIES = 120;
const MOST_DUTIES = 250;

/** So many marks stand in a ring. */
const RING = 22;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export function compose(picture: Picture, state: State, ties: Ties): Scene {
  const { things } = picture;
  const chosen = state.node ? things.findIndex((thing) => thing.id === state.node) : -1;
  const asideShown = state.bodies || ![...ties.owed.values()].some((tie) => !things[tie.source]!.aside && !things[tie.target]!.aside);
  const isShown = (n: number) => asideShown || !things[n]!.aside || n === chosen;
  const open = [...ties.owed.values()].filter((tie) => isShown(tie.source) && isShown(tie.target));
  const least = state.least || fewest(open);
  const scene: Scene = { marks: new Map(), lines: [], lit: new Set(), least, ties: open.length, left: 0 };
  const stage = new Stage(picture, ties, scene);
  const asNodes = state.duties === "all" || state.duties === "only";
  if (asNodes) for (const n of ties.duties) stage.addDuty(n, isShown);
  else {
    const isExpanded = (tie: Tie) => state.duties === "its" && (tie.source === chosen || tie.target === chosen);
    const isDrawn = (tie: Tie) => tie.duties.length >= least || tie.source === chosen || tie.target === chosen || keyOf(picture, tie.source, tie.target) === state.tie;
    for (const tie of open) if (isDrawn(tie) && !isExpanded(tie)) stage.addTie(tie, "owes");
    if (state.bodies) for (const tie of ties.asked.values()) if (isDrawn(tie) && isShown(tie.source) && isShown(tie.target) && !isExpanded(tie)) stage.addTie(tie, "asks");
    if (state.duties === "its" && chosen >= 0) {
      const its = [...new Set([...ties.borne[chosen]!, ...ties.due[chosen]!])];
      for (const n of its.slice(0, MOST_DUTIES)) stage.addDuty(n, isShown);
      scene.left = Math.max(0, its.length - MOST_DUTIES);
    }
  }
  if (state.facts && state.duties !== "only") picture.facts.forEach((_, n) => stage.addFact(n, isShown, state));
  if (chosen >= 0) stage.addThing(chosen);
  if (chosen >= 0 && state.hops > 0) keepAround(scene, things[chosen]!.id, state.hops);
  if (chosen >= 0 && state.hops === 1) circle(scene, things[chosen]!.id);
  light(picture, state, scene);
  return scene;
}

/** The least number of obligations that leaves as many ties as can be told apart. */
function fewest(ties: Tie[]): number {
  const counts = ties.map((tie) => tie.duties.length).sort((a, b) => b - a);
  if (counts.length <= MOST_TIES) return 1;
  return Math.min(counts[MOST_TIES]! + 1, counts[0]!);
}

class Stage {
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly picture: Picture,
    private readonly ties: Ties,
    private readonly scene: Scene,
  ) {}

  addThing(n: number): string {
    const thing = this.picture.things[n]!;
    if (!this.scene.marks.has(thing.id)) {
      const count = this.ties.borne[n]!.length + this.ties.due[n]!.length;
      this.scene.marks.set(thing.id, {
        key: thing.id, x: thing.x, y: thing.y, size: Math.min(22, 4 + 1.3 * Math.sqrt(count)), shape: shapeOf(thing), community: thing.community ?? -1,
        label: short(thing), thing: n, duty: -1,
      });
    }
    return thing.id;
  }

  addTie(tie: Tie, kind: EdgeKind): void {
    const key = keyOf(this.picture, tie.source, tie.target);
    const count = tie.duties.length;
    this.line(`${kind} ${key}`, this.addThing(tie.source), this.addThing(tie.target), 0.8 + 0.85 * Math.log2(count), kind, { label: String(count), tie: kind === "owes" ? key : "" });
  }

  addFact(n: number, isShown: (n: number) => boolean, state: State): void {
    const fact = this.picture.facts[n]!;
    if (!isShown(fact.source) || !isShown(fact.target)) return;
    if (state.documents.length && !state.documents.includes(fact.document)) return;
    this.line(`fact ${n}`, this.addThing(fact.source), this.addThing(fact.target), 1.2, "fact", { label: fact.label, fact: n });
  }

  addDuty(n: number, isShown: (n: number) => boolean): void {
    const { duties, things } = this.picture;
    const bearers = duties.bearers[n]!.filter(isShown);
    const counterparts = duties.counterparts[n]!.filter(isShown);
    const cites = duties.cites[n]!.filter(isShown);
    const issuer = duties.issuer[n]! >= 0 && isShown(duties.issuer[n]!) ? [duties.issuer[n]!] : [];
    const ends = [...bearers, ...counterparts];
    const near = ends.length ? ends : [...cites, ...issuer];
    if (near.length === 0) return;
    const key = `duty ${n}`;
    const x = near.reduce((sum, end) => sum + things[end]!.x, 0) / near.length;
    const y = near.reduce((sum, end) => sum + things[end]!.y, 0) / near.length;
    const at = `${x.toFixed(2)} ${y.toFixed(2)}`;
    const taken = (this.taken.get(at) ?? 0) + (near.length === 1 ? 6 : 1);
    this.taken.set(at, taken - (near.length === 1 ? 5 : 0));
    const [away, angle] = [0.022 * Math.sqrt(taken), GOLDEN_ANGLE * taken];
    this.scene.marks.set(key, {
      key, x: x + away * Math.cos(angle), y: y + away * Math.sin(angle), size: 3.6, shape: "ring", community: things[near[0]!]!.community ?? -1, label: "", thing: -1, duty: n,
    });
    const size = 0.6 + 0.3 * duties.strength[n]!;
    for (const end of bearers) this.line(`bears ${end} ${n}`, this.addThing(end), key, size, "owes", { label: "bears", duty: n });
    for (const end of counterparts) this.line(`toward ${end} ${n}`, key, this.addThing(end), size, "owes", { label: "toward", duty: n });
    for (const end of cites) this.line(`cites ${end} ${n}`, key, this.addThing(end), 0.8, "cites", { label: "cites", duty: n });
    for (const end of issuer) this.line(`issues ${end} ${n}`, this.addThing(end), key, 0.8, "asks", { label: "asks", duty: n });
  }

  private line(key: string, source: string, target: string, size: number, kind: EdgeKind, rest: Partial<Line>): void {
    if (source !== target) this.scene.lines.push({ key, source, target, size: Math.min(size, 8), kind, label: "", tie: "", fact: -1, duty: -1, ...rest });
  }
}

function shapeOf(thing: Thing): Shape {
  return thing.kind === "instrument" ? "square" : "circle";
}

/** Leave what is so many steps from a mark. */
function keepAround(scene: Scene, start: string, hops: number): void {
  const kept = new Set([start]);
  let border = new Set([start]);
  for (let step = 0; step < hops; step++) {
    const next = new Set<string>();
    for (const { source, target } of scene.lines) {
      if (border.has(source) && !kept.has(target)) next.add(target);
      if (border.has(target) && !kept.has(source)) next.add(source);
    }
    for (const key of next) kept.add(key);
    border = next;
  }
  // An obligation is no step: its other ends stand with it.
  for (const { source, target } of scene.lines) {
    if (kept.has(source) && scene.marks.get(source)!.duty >= 0) kept.add(target);
    if (kept.has(target) && scene.marks.get(target)!.duty >= 0) kept.add(source);
  }
  for (const key of [...scene.marks.keys()]) if (!kept.has(key)) scene.marks.delete(key);
  scene.lines = scene.lines.filter((line) => kept.has(line.source) && kept.has(line.target));
}

/** Stand the neighbours of a mark in rings around it, those of a community together, and obligations between their ends. */
function circle(scene: Scene, start: string): void {
  const others = [...scene.marks.values()].filter((mark) => mark.thing >= 0 && mark.key !== start);
  others.sort((a, b) => a.community - b.community || b.size - a.size);
  const rings = Math.ceil(others.length / RING);
  const middle = scene.marks.get(start)!;
  [middle.x, middle.y] = [0, 0];
  others.forEach((mark, n) => {
    const [far, angle] = [0.7 + 0.45 * (n % rings), (2 * Math.PI * n) / others.length];
    [mark.x, mark.y] = [far * Math.sin(angle), far * Math.cos(angle)];
  });
  const ends = new Map<string, Mark[]>();
  for (const { source, target, kind } of scene.lines) {
    for (const [key, other] of [[source, target], [target, source]] as const) {
      if (scene.marks.get(key)!.duty >= 0 && kind === "owes") ends.set(key, [...(ends.get(key) ?? []), scene.marks.get(other)!]);
    }
  }
  [...ends].forEach(([key, near], n) => {
    const mark = scene.marks.get(key)!;
    const [away, angle] = [0.03 * Math.sqrt(n + 1), GOLDEN_ANGLE * n];
    mark.x = near.reduce((sum, end) => sum + end.x, 0) / near.length + away * Math.cos(angle);
    mark.y = near.reduce((sum, end) => sum + end.y, 0) / near.length + away * Math.sin(angle);
  });
}

function light(picture: Picture, state: State, scene: Scene): void {
  const { lit, marks } = scene;
  if (state.tie) {
    for (const line of scene.lines) if (line.tie === state.tie) [line.key, line.source, line.target].forEach((key) => lit.add(key));
  } else if (state.node && marks.has(state.node)) {
    lit.add(state.node);
    const mine = new Set([state.node]);
    for (const { source, target } of scene.lines) {
      if (source === state.node && marks.get(target)!.duty >= 0) mine.add(target);
      if (target === state.node && marks.get(source)!.duty >= 0) mine.add(source);
    }
    for (const { key, source, target } of scene.lines) if (mine.has(source) || mine.has(target)) lit.add(key).add(source).add(target);
  } else if (state.group) {
    const group = picture.communities.findIndex((n) => picture.things[n]!.id === state.group);
    for (const mark of marks.values()) if (group >= 0 && mark.community === group) lit.add(mark.key);
    for (const { key, source, target } of scene.lines) if (lit.has(source) && lit.has(target)) lit.add(key);
  }
}

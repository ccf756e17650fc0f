// The same picture by two brushes, on a canvas and as SVG: what is lit over a veil on the rest, and names that do not lie on each other.

import type { EdgeKind, Mark, Scene, Shape } from "./scene";

export const GROUPS = 8;

export interface Colours {
  ink: string;
  paper: string;
  groups: string[];
  others: string;
  edges: Record<EdgeKind, string>;
}

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of("ink"),
    paper: of("paper"),
    groups: Array.from({ length: GROUPS }, (_, n) => of(`group-${n + 1}`)),
    others: of("group-others"),
    edges: { owes: of("tie-owes"), asks: of("tie-asks"), fact: of("tie-fact"), cites: of("tie-cites") },
  };
}

export function colourOf(mark: Mark, given: Colours): string {
  return given.groups[mark.community] ?? given.others;
}

export interface Brush {
  veil(): void;
  line(from: [number, number], to: [number, number], width: number, colour: string): void;
  mark(shape: Shape, at: [number, number], radius: number, colour: string, paper: string): void;
  words(at: [number, number], words: string, size: number, isStrong: boolean, given: Colours): void;
}

/** Where the canvas shows something, in pixels. */
export interface View {
  width: number;
  height: number;
  at(x: number, y: number): { x: number; y: number };
  scaled(size: number): number;
  measure(words: string, size: number, isStrong?: boolean): number;
}

export interface Wanted {
  /** Whether all is painted, or only what lies over the canvas of the graph. */
  whole: boolean;
  /** Marks whose names are written whatever lies there. */
  named: Set<string>;
}

const SIZE = 13;

/** Smaller marks are no bar to a name. */
const SMALL = 5;
const MOST_NAMES = 160;
const MOST_COUNTS = 60;

export function paint(scene: Scene, view: View, brush: Brush, given: Colours, wanted: Wanted): void {
  const places = new Places(scene, view);
  const edges = (isWanted: (key: string) => boolean) => {
    for (const line of scene.lines) {
      if (!isWanted(line.key)) continue;
      const [from, to] = [places.of(line.source), places.of(line.target)];
      const width = Math.max(1, view.scaled(line.size));
      const stop = Math.max(0, 1 - (to.r + 2 * width + 1) / (Math.hypot(to.x - from.x, to.y - from.y) || 1));
      brush.line([from.x, from.y], [from.x + (to.x - from.x) * stop, from.y + (to.y - from.y) * stop], width, given.edges[line.kind]);
    }
  };
  const marks = (isWanted: (key: string) => boolean) => {
    for (const mark of scene.marks.values()) {
      if (!isWanted(mark.key)) continue;
      const place = places.of(mark.key);
      brush.mark(mark.shape, [place.x, place.y], place.r, colourOf(mark, given), given.paper);
    }
  };
  const isLit = (key: string) => scene.lit.has(key);
  if (wanted.whole) {
    edges(() => true);
    marks(() => true);
  }
  if (scene.lit.size) {
    brush.veil();
    edges(isLit);
    marks(isLit);
  }
  const taken: Box[] = [];
  for (const mark of scene.marks.values()) {
    if (view.scaled(mark.size) < SMALL || (scene.lit.size && !isLit(mark.key))) continue;
    const { x, y, r } = places.of(mark.key);
    taken.push({ r, left: x - r, right: x + r, top: y - r, bottom: y + r });
  }
  names(scene, places, view, wanted, taken).forEach(({ at, words, strong }) => brush.words(at, words, SIZE, strong, given));
  const counted = scene.lines.filter((line) => isLit(line.key) && line.label);
  if (counted.length > MOST_COUNTS) return;
  for (const line of counted) {
    const [from, to] = [places.of(line.source), places.of(line.target)];
    const [x, y, width] = [from.x * 0.4 + to.x * 0.6, from.y * 0.4 + to.y * 0.6, view.measure(line.label, SIZE - 1)];
    const box = { r: Infinity, left: x - width / 2 - 2, right: x + width / 2 + 2, top: y - 8, bottom: y + 8 };
    if (taken.some((each) => overlap(each, box))) continue;
    taken.push(box);
    brush.words([x - width / 2, y + 4], line.label, SIZE - 1, false, given);
  }
}

interface Place {
  x: number;
  y: number;
  r: number;
}

/** Where marks stand on the canvas, each reckoned once where it is needed. */
class Places {
  private readonly known = new Map<string, Place>();

  constructor(
    private readonly scene: Scene,
    private readonly view: View,
  ) {}

  of(key: string): Place {
    let found = this.known.get(key);
    if (!found) {
      const mark = this.scene.marks.get(key)!;
      this.known.set(key, (found = { ...this.view.at(mark.x, mark.y), r: this.view.scaled(mark.size) }));
    }
    return found;
  }
}

interface Box {
  /** Of a mark: names of larger ones may go over it. */
  r: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The names of the largest marks, each where it lies on no other name nor mark: at the right, the left, below or above. */
function names(scene: Scene, places: Places, view: View, wanted: Wanted, taken: Box[]): { at: [number, number]; words: string; strong: boolean }[] {
  const isIn = ({ x, y, r }: Place) => x > -r && y > -r && x < view.width + r && y < view.height + r;
  const shown = [...scene.marks.values()].filter((mark) => mark.label && (!scene.lit.size || scene.lit.has(mark.key) || wanted.named.has(mark.key)) && isIn(places.of(mark.key)));
  const rank = (mark: Mark) => (wanted.named.has(mark.key) ? 1000 : 0) + mark.size;
  shown.sort((a, b) => rank(b) - rank(a) || a.key.localeCompare(b.key));
  const found: { at: [number, number]; words: string; strong: boolean }[] = [];
  for (const mark of shown.slice(0, MOST_NAMES)) {
    const { x, y, r } = places.of(mark.key);
    const strong = wanted.named.has(mark.key);
    const width = view.measure(mark.label, SIZE, strong);
    const tries: [number, number][] = [[x + r + 4, y + 4], [x - r - 4 - width, y + 4], [x - width / 2, y + r + 15], [x - width / 2, y - r - 6]];
    // First where nothing lies at all, then over smaller marks, and what is chosen in any case.
    const isFree = ([left, base]: [number, number], over: number) => {
      const box = { r: Infinity, left: left - 2, right: left + width + 2, top: base - 12, bottom: base + 4 };
      return box.left >= 0 && box.right <= view.width && box.top >= 0 && box.bottom <= view.height && !taken.some((each) => each.r >= over && overlap(each, box));
    };
    const at = tries.find((each) => isFree(each, 0)) ?? tries.find((each) => isFree(each, r)) ?? (strong ? tries[0] : undefined);
    if (!at) continue;
    taken.push({ r: Infinity, left: at[0] - 2, right: at[0] + width + 2, top: at[1] - 12, bottom: at[1] + 4 });
    found.push({ at, words: mark.label, strong });
  }
  return found;
}

/** Paints on a canvas. */
export function canvasBrush(context: CanvasRenderingContext2D, width: number, height: number, paper: string): Brush {
  return {
    veil() {
      context.globalAlpha = 0.82;
      context.fillStyle = paper;
      context.fillRect(0, 0, width, height);
      context.globalAlpha = 1;
    },
    line(from, to, size, colour) {
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      const long = Math.hypot(dx, dy) || 1;
      const [ux, uy] = [dx / long, dy / long];
      const head = 2 * size + 3;
      context.strokeStyle = context.fillStyle = colour;
      context.lineWidth = size;
      context.beginPath();
      context.moveTo(...from);
      context.lineTo(to[0] - ux * head * 0.5, to[1] - uy * head * 0.5);
      context.stroke();
      context.beginPath();
      context.moveTo(to[0] + ux * size, to[1] + uy * size);
      context.lineTo(to[0] - ux * head - uy * head * 0.55, to[1] - uy * head + ux * head * 0.55);
      context.lineTo(to[0] - ux * head + uy * head * 0.55, to[1] - uy * head - ux * head * 0.55);
      context.fill();
    },
    mark(shape, [x, y], r, colour, ground) {
      context.fillStyle = colour;
      context.beginPath();
      if (shape === "square") context.rect(x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r);
      else context.arc(x, y, r, 0, 2 * Math.PI);
      context.fill();
      if (shape !== "ring") return;
      context.fillStyle = ground;
      context.beginPath();
      context.arc(x, y, r * 0.55, 0, 2 * Math.PI);
      context.fill();
    },
    words(at, words, size, isStrong, given) {
      context.font = fontOf(size, isStrong);
      context.lineJoin = "round";
      context.lineWidth = 4;
      context.strokeStyle = given.paper;
      context.strokeText(words, ...at);
      context.fillStyle = given.ink;
      context.fillText(words, ...at);
    },
  };
}

export function fontOf(size: number, isStrong = false): string {
  return `${isStrong ? "600 " : ""}${size}px system-ui, sans-serif`;
}

/** Paints as SVG; `text` gives what was painted. */
export class SvgBrush implements Brush {
  private readonly parts: string[] = [];

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly paper: string,
  ) {}

  veil(): void {
    this.parts.push(`<rect width="${this.width}" height="${this.height}" fill="${this.paper}" opacity="0.82"/>`);
  }

  line(from: [number, number], to: [number, number], width: number, colour: string): void {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const long = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / long, dy / long];
    const head = 2 * width + 3;
    const [bx, by] = [to[0] - ux * head, to[1] - uy * head];
    const corners = [[to[0] + ux * width, to[1] + uy * width], [bx - uy * head * 0.55, by + ux * head * 0.55], [bx + uy * head * 0.55, by - ux * head * 0.55]];
    this.parts.push(
      `<line x1="${f(from[0])}" y1="${f(from[1])}" x2="${f(bx)}" y2="${f(by)}" stroke="${colour}" stroke-width="${f(width)}"/>` +
        `<path d="M${corners.map(([x, y]) => `${f(x!)} ${f(y!)}`).join("L")}z" fill="${colour}"/>`,
    );
  }

  mark(shape: Shape, [x, y]: [number, number], r: number, colour: string, ground: string): void {
    if (shape === "square") this.parts.push(`<rect x="${f(x - r * 0.9)}" y="${f(y - r * 0.9)}" width="${f(1.8 * r)}" height="${f(1.8 * r)}" fill="${colour}"/>`);
    else if (shape === "circle") this.parts.push(`<circle cx="${f(x)}" cy="${f(y)}" r="${f(r)}" fill="${colour}"/>`);
    else this.parts.push(`<circle cx="${f(x)}" cy="${f(y)}" r="${f(r * 0.78)}" fill="${ground}" stroke="${colour}" stroke-width="${f(r * 0.45)}"/>`);
  }

  words([x, y]: [number, number], words: string, size: number, isStrong: boolean, given: Colours): void {
    const weight = isStrong ? ' font-weight="600"' : "";
    const rim = `stroke="${given.paper}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`;
    this.parts.push(`<text x="${f(x)}" y="${f(y)}" font-size="${size}"${weight} fill="${given.ink}" ${rim}>${escape(words)}</text>`);
  }

  get text(): string {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.width} ${this.height}" font-family="system-ui, sans-serif">` +
      `<rect width="100%" height="100%" fill="${this.paper}"/>${this.parts.join("")}</svg>`
    );
  }
}

function f(value: number): string {
  return value.toFixed(1);
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);
}

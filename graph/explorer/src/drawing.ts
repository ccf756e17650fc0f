// The network on a canvas: sigma over graphology draws all of it, and a canvas above writes the names and what is lit.

import { createNodeBorderProgram } from "@sigma/node-border";
import { NodeSquareProgram } from "@sigma/node-square";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram } from "sigma/rendering";
import type { CameraState } from "sigma/types";
import { type Brush, canvasBrush, colourOf, colours, fontOf, paint, SvgBrush, type View } from "./painting";
import type { Line, Mark, Scene } from "./scene";

/** With more lines than this, they are drawn when the picture stands still. */
const MANY = 2000;
const NARROW = 700;

/** Share of the canvas that is left free around what the camera is fitted to. */
const MARGIN = 1.25;
const Ring = createNodeBorderProgram({
  borders: [
    { size: { value: 0.45 }, color: { attribute: "color" } },
    { size: { fill: true }, color: { attribute: "ground" } },
  ],
});

/** Hovering is written on the canvas above. */
class Square extends NodeSquareProgram {
  override drawHover = () => {};
}
const SHAPES = { circle: "circle", square: "square", ring: "ring" } as const;

interface Hooks {
  onMark(mark: Mark): void;
  onLine(line: Line): void;
  onNothing(): void;
}

export class Drawing {
  readonly graph = new MultiDirectedGraph();
  private readonly sigma: Sigma;
  private readonly layer = document.createElement("canvas");
  private readonly widths = new Map<string, number>();
  private colours = colours();
  private scene: Scene = { marks: new Map(), lines: [], lit: new Set(), least: 1, ties: 0, left: 0 };
  private chosen = "";
  private pointed = "";
  private readonly moved = new Map<string, { x: number; y: number }>();

  constructor(
    private readonly container: HTMLElement,
    hooks: Hooks,
  ) {
    const nothing = () => {};
    this.sigma = new Sigma(this.graph, container, {
      defaultEdgeType: "arrow",
      edgeProgramClasses: { arrow: EdgeArrowProgram },
      nodeProgramClasses: { square: Square, ring: Ring },
      defaultDrawNodeHover: nothing,
      renderLabels: false,
      enableEdgeEvents: true,
      zIndex: true,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      stagePadding: 40,
    });
    this.layer.className = "names";
    container.append(this.layer);
    this.sigma.on("clickNode", ({ node }) => hooks.onMark(this.scene.marks.get(node)!));
    this.sigma.on("clickEdge", ({ edge }) => hooks.onLine(this.scene.lines.find((line) => line.key === edge)!));
    this.sigma.on("clickStage", () => hooks.onNothing());
    this.sigma.on("enterNode", ({ node }) => this.point(node));
    this.sigma.on("leaveNode", () => this.point(""));
    this.sigma.on("afterRender", () => this.write());
    this.allowDragging();
    new ResizeObserver(() => this.sigma.resize() && this.sigma.refresh()).observe(container);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.colours = colours();
      this.show(this.scene, this.chosen);
    });
  }

  /** Draw a scene; `chosen` is the key of the mark whose name is written in any case. */
  show(scene: Scene, chosen: string): void {
    this.scene = scene;
    this.chosen = chosen;
    this.graph.clear();
    const narrow = this.container.clientWidth < NARROW ? 0.75 : 1;
    for (const mark of scene.marks.values()) {
      const at = this.moved.get(mark.key);
      if (at) Object.assign(mark, at);
      mark.size *= narrow;
      this.graph.addNode(mark.key, { x: mark.x, y: mark.y, size: mark.size, type: SHAPES[mark.shape], color: colourOf(mark, this.colours), ground: this.colours.paper });
    }
    for (const line of scene.lines) this.graph.addEdgeWithKey(line.key, line.source, line.target, { size: line.size, color: this.colours.edges[line.kind] });
    this.sigma.setSetting("hideEdgesOnMove", scene.lines.length > MANY);
    if (!this.sigma.getCustomBBox() && scene.marks.size) this.sigma.setCustomBBox(this.extent(scene.marks.values()));
    this.sigma.refresh();
  }

  /** Move the camera so that some marks fill the canvas, or all where none is named. */
  fit(keys: Iterable<string>, least = 0.35): void {
    const marks = [...keys].map((key) => this.sigma.getNodeDisplayData(key)).filter((each) => each !== undefined);
    if (marks.length === 0) return this.whole();
    const [xs, ys] = [marks.map((each) => each.x), marks.map((each) => each.y)];
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { width, height } = this.sigma.getDimensions();
    const side = Math.min(width, height);
    const ratio = MARGIN * Math.max(((right - left) * side) / width, ((high - low) * side) / height, least / MARGIN);
    this.move({ x: (left + right) / 2, y: (low + high) / 2, ratio, angle: 0 }, 350);
  }

  zoom(by: number): void {
    const camera = this.sigma.getCamera();
    this.move({ ratio: camera.getBoundedRatio(camera.ratio * by) });
  }

  pan(dx: number, dy: number): void {
    const camera = this.sigma.getCamera();
    this.move({ x: camera.x + dx * camera.ratio, y: camera.y + dy * camera.ratio });
  }

  whole(): void {
    this.fit(this.scene.marks.keys(), 1);
  }

  savePng(): void {
    const { width, height } = this.sigma.getDimensions();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    const context = canvas.getContext("2d")!;
    context.scale(2, 2);
    context.fillStyle = this.colours.paper;
    context.fillRect(0, 0, width, height);
    this.paint(canvasBrush(context, width, height, this.colours.paper), true);
    canvas.toBlob((blob) => blob && save(blob, "mandategraph.png"));
  }

  saveSvg(): void {
    const { width, height } = this.sigma.getDimensions();
    const brush = new SvgBrush(width, height, this.colours.paper);
    this.paint(brush, true);
    save(new Blob([brush.text], { type: "image/svg+xml" }), "mandategraph.svg");
  }

  private paint(brush: Brush, whole: boolean): void {
    const named = new Set([this.chosen, this.pointed].filter(Boolean));
    paint(this.scene, this.view(), brush, this.colours, { whole, named });
  }

  private view(): View {
    const { width, height } = this.sigma.getDimensions();
    const context = this.layer.getContext("2d")!;
    return {
      width,
      height,
      at: (x, y) => this.sigma.graphToViewport({ x, y }),
      scaled: (size) => this.sigma.scaleSize(size),
      measure: (words, size, isStrong = false) => {
        const key = `${size} ${isStrong} ${words}`;
        let known = this.widths.get(key);
        if (known === undefined) {
          context.font = fontOf(size, isStrong);
          this.widths.set(key, (known = context.measureText(words).width));
        }
        return known;
      },
    };
  }

  /** Write names and paint what is lit, over what sigma has drawn. */
  private write(): void {
    const { width, height } = this.sigma.getDimensions();
    const ratio = devicePixelRatio || 1;
    if (this.layer.width !== Math.round(width * ratio) || this.layer.height !== Math.round(height * ratio)) {
      [this.layer.width, this.layer.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    }
    const context = this.layer.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.paint(canvasBrush(context, width, height, this.colours.paper), false);
  }

  private point(key: string): void {
    this.pointed = key;
    this.container.style.cursor = key ? "pointer" : "";
    this.write();
  }

  private extent(marks: Iterable<Mark>): { x: [number, number]; y: [number, number] } {
    const all = [...marks];
    const [xs, ys] = [all.map((mark) => mark.x), all.map((mark) => mark.y)];
    return { x: [Math.min(...xs), Math.max(...xs) + 1e-6], y: [Math.min(...ys), Math.max(...ys) + 1e-6] };
  }

  private move(to: Partial<CameraState>, duration = 150): void {
    const camera = this.sigma.getCamera();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) camera.setState(to);
    else void camera.animate(to, { duration });
  }

  private allowDragging(): void {
    let dragged: string | null = null;
    let moved = false;
    this.sigma.on("downNode", ({ node }) => {
      dragged = node;
      moved = false;
    });
    this.sigma.on("moveBody", ({ event }) => {
      if (dragged === null) return;
      const at = this.sigma.viewportToGraph(event);
      this.graph.mergeNodeAttributes(dragged, at);
      Object.assign(this.scene.marks.get(dragged)!, at);
      this.moved.set(dragged, at);
      moved = true;
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      dragged = null;
    };
    this.sigma.on("upNode", drop);
    this.sigma.on("upStage", drop);
    this.sigma.on("clickNode", ({ preventSigmaDefault }) => moved && preventSigmaDefault());
  }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
